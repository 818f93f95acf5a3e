"""
A machine as one more coder.

1. It learns from what people settled, and is tried only on texts that it did not learn from.
2. It is refused in words: too little to learn from, one category, no drawn units, too low an alpha.
3. Its codes are a machine's, for uncoded units only, one machine's at a time.
4. Shares are corrected by people's codes; a sample that does not fit corrects nothing.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from assisted_study import (
    NOW,
    decide,
    make_material,
    make_posts,
    make_variable,
    write_record,
)

from qulaq.coding.assistance.learning import Proposal, learn_and_read, name_model
from qulaq.coding.assistance.outcome import judge
from qulaq.coding.assistance.proposals import as_decisions, find_uncertain, find_uncoded
from qulaq.errors import Misused, StudyError

LEAST = 0.667


@pytest.fixture(scope="module")
def learnt():
    pytest.importorskip("sklearn", reason="learning needs pip install 'qulaq[assist]'")
    material, samples = make_material()
    return material, samples, learn_and_read(material)


def told_of(material, proposals, samples, folder, **told):
    return judge(material, proposals, coder="model:x", samples=samples, folder=folder, least=LEAST, **told)  # fmt: skip


def alpha_of(outcome, trial):
    return next(
        one.alpha for one in outcome.findings if one.trial == trial and not one.alpha.category
    )


# ── 1 learning ───────────────────────────────────────────────────────────────────────────────────


def test_it_learns_and_stands_beside_people(learnt, tmp_path):
    material, samples, proposals = learnt
    outcome = told_of(material, proposals, samples, write_record(tmp_path, units=600))
    assert outcome.refusal is None
    machine, people = alpha_of(outcome, "validation"), alpha_of(outcome, "people")
    assert machine.units == people.units == 200
    assert machine.low > LEAST
    assert 0.8 < people.value < 1
    by_category = {one.alpha.category for one in outcome.findings if one.trial == "validation"}
    assert by_category == {"", "water", "roads", "meeting"}
    assert learn_and_read(material) == proposals
    assert all(0 < one.probability <= 1 for one in proposals.values())
    assert outcome.calibration.right > 0.9


def test_codes_without_rhyme_or_reason_are_not_learnt_by_heart(tmp_path):
    """
    Requirement 1: had the machine read what it learnt from, it would know these codes, and agree.
    """
    pytest.importorskip("sklearn")
    posts = [
        (text, topic)
        for (text, _), (_, topic) in zip(make_posts(300), make_posts(300, seed=9), strict=True)
    ]
    material, samples = make_material(posts=posts, coded=300, noise=0)
    outcome = told_of(material, learn_and_read(material), samples, tmp_path)
    assert abs(alpha_of(outcome, "validation").value) < 0.15
    assert alpha_of(outcome, "people").value == 1
    assert "wants 0.667 at least" in str(outcome.refusal)
    assert "0,667" in outcome.refusal.to("ru")
    assert not outcome.proposed
    assert not outcome.shares


def test_its_name_changes_with_what_it_learnt_from(learnt):
    material, _, _ = learnt
    other, _ = make_material(coded=199)
    assert name_model(material).startswith("model:")
    assert name_model(material) == name_model(make_material()[0]) != name_model(other)


# ── 2 refusals ───────────────────────────────────────────────────────────────────────────────────


def test_too_little_is_refused_in_words():
    pytest.importorskip("sklearn")
    with pytest.raises(StudyError, match="20 coded texts are too few to learn from; 50"):
        learn_and_read(make_material(coded=20)[0])
    alike = [(text, "water") for text, _ in make_posts(100)]
    with pytest.raises(StudyError, match="people gave the category “water” only"):
        learn_and_read(make_material(posts=alike, coded=100, noise=0)[0])
    wordless = [(None, topic) for _, topic in make_posts(100)]
    material, _ = make_material(posts=wordless, coded=100)
    assert material.wordless == 100
    with pytest.raises(StudyError, match="0 coded texts"):
        learn_and_read(material)


def test_several_codes_a_unit_are_refused():
    with pytest.raises(Misused, match="may have several codes"):
        make_material(variable=make_variable(kind="any"))


def test_what_chance_did_not_draw_validates_nothing(learnt, tmp_path):
    material, _, proposals = learnt
    outcome = told_of(replace(material, drawn=frozenset()), proposals, (), tmp_path)
    assert "people settled on 0 units that chance drew, and 30 are needed" in str(outcome.refusal)
    assert alpha_of(outcome, "all_coded").value > LEAST


def test_a_model_that_does_not_keep_to_the_codebook_is_refused(learnt, tmp_path):
    material, samples, proposals = learnt
    outcome = told_of(material, proposals, samples, tmp_path, refused=100)
    assert "100 of 700 answers of the model were no codes" in str(outcome.refusal)


# ── 3 proposals ──────────────────────────────────────────────────────────────────────────────────


def test_only_what_nobody_coded_is_proposed_and_as_a_machine(learnt):
    material, _, proposals = learnt
    told = list(as_decisions(material, proposals, coder="model:a", stored=[], now=NOW))
    assert {one.unit for one in told} == {f"akimat/{n}" for n in range(200, 600)}
    assert {one.status for one in told} == {"machine"}
    assert list(as_decisions(material, proposals, coder="model:a", stored=told, now=NOW)) == []
    after = list(as_decisions(material, proposals, coder="model:b", stored=told, now=NOW))
    back = [one for one in after if not one.codes]
    assert {(one.coder, one.turn) for one in back} == {("model:a", 2)}
    assert len(back) == len(told) == len(after) - len(back)


def test_a_unit_on_which_people_differ_waits_for_people():
    variable = make_variable()
    material, _ = make_material(n=10, coded=0)
    from qulaq.coding.assistance.material import gather
    from qulaq.coding.decisions import Standing

    differ = [decide(variable, "akimat/3", who, code) for who, code in (("a", "water"), ("b", "roads"))]  # fmt: skip
    material = gather(
        variable,
        units=material.units,
        texts=material.texts,
        stands=Standing(decisions=tuple(differ)),
        samples=(),
    )
    assert material.waiting == 1
    assert 3 not in find_uncoded(material)


def test_the_least_sure_come_first_and_equal_words_once(learnt):
    material, _, proposals = learnt
    texts = list(material.texts)
    texts[300] = texts[301] = "Ештеңе"
    doubtful = proposals | {n: Proposal(code="water", probability=0.01) for n in (300, 301)}
    asked = find_uncertain(replace(material, texts=tuple(texts)), doubtful, 5)
    assert len(asked) == 5
    assert asked[0] in {300, 301}
    assert len(set(asked) & {300, 301}) == 1


# ── 4 shares ─────────────────────────────────────────────────────────────────────────────────────


def test_shares_are_corrected_by_what_people_said(learnt, tmp_path):
    """
    Requirement 4: a machine that says "roads" of everything tells nothing, and the correction still finds the truth.
    """
    material, samples, proposals = learnt
    folder = write_record(tmp_path, units=600)
    stubborn = {place: Proposal(code="roads", probability=None) for place in proposals}
    from qulaq.coding.assistance.shares import correct_shares, find_basis

    basis = find_basis(material, samples, folder)
    found = {
        one.category: one for one in correct_shares(material, stubborn, basis) if one.page == ""
    }
    truth = [topic for _, topic in make_posts(600)]
    assert found["roads"].machine == 1
    for category in ("roads", "water", "meeting"):
        share = found[category].share
        assert share.low < truth.count(category) / 600 < share.high
    ours = told_of(material, proposals, samples, folder)
    narrow = next(one.share for one in ours.shares if one.category == "roads" and one.page == "")
    assert narrow.high - narrow.low < found["roads"].share.high - found["roads"].share.low


@pytest.mark.parametrize(
    ("units", "by", "reason"),
    [(601, "simple", "drawn from 601 units, and here are 600"), (600, "weeks", "drew days")],
)
def test_a_sample_that_does_not_fit_corrects_nothing(learnt, tmp_path, units, by, reason):
    material, samples, proposals = learnt
    outcome = told_of(material, proposals, samples, write_record(tmp_path, units=units, by=by))
    assert reason in str(outcome.basis)
    assert not outcome.shares


def test_a_sample_counts_until_its_first_unsettled_unit(learnt, tmp_path):
    material, samples, proposals = learnt
    codes = list(material.codes)
    codes[120] = None
    outcome = told_of(
        replace(material, codes=tuple(codes)), proposals, samples, write_record(tmp_path, units=600)
    )
    assert (len(outcome.basis.probabilities), outcome.basis.waiting) == (120, "akimat/120")
    assert outcome.basis.probabilities["akimat/0"] == pytest.approx(120 / 600)


def test_a_model_that_has_not_read_all_corrects_nothing(learnt, tmp_path):
    material, samples, proposals = learnt
    outcome = told_of(
        material, proposals, samples, write_record(tmp_path, units=600), complete=False
    )
    assert str(outcome.basis) == "the model has not read all units"
