"""
What verdicts promise: named cases of evidence, and pages that we made.

1. Evidence well above or below its thresholds leads to each of the five models.
2. An interval astride a threshold gives undecided between what it could be; evidence that lacks does, too, and is named with
   its reason; never a default.
3. A threshold can move as far as the sensitivity says, and no further.
4. A body or network has the verdict of its pages where these agree, else it is undecided between theirs.
5. On pages: one that answers, talks on and reports changes is two-way symmetric; one whose authors nobody knows is
   undecided and says why; one that answers nobody and informs is public information.
6. No verdict without reasons.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib import resources

import pytest

from qulaq.coding.codebook import read_codebook
from qulaq.coding.coding import Coding
from qulaq.coding.decisions import Decision, standing
from qulaq.coding.standard import write_standard_codebook
from qulaq.corpus.current import Corpus
from qulaq.corpus.intake import Order, take_in
from qulaq.lang import Text, phrase
from qulaq.study import open_study
from qulaq.verdict import (
    UNDECIDED,
    Evidence,
    Verdict,
    gather_evidence,
    reach_verdict,
    reach_verdicts,
)
from qulaq.verdict.evidence import KEYS
from qulaq.verdict.rules import parse_rules

WHY = phrase("nobody counted it")
NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def rules(tmp_path_factory):
    file = tmp_path_factory.mktemp("rules") / "grunig.toml"
    file.write_bytes((resources.files("qulaq.verdict") / "grunig.toml").read_bytes())
    return parse_rules(file)


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    return made_study(tmp_path_factory.mktemp("page")).pages[0]


def found(**told):
    """
    Evidence with these values or (low, value, high); whatever is not told lacks.
    """
    return {key: _evidence(key, told.get(key)) for key in KEYS}


def _evidence(key, told):
    low, value, high = told if isinstance(told, tuple) else (told, told, told)
    return Evidence(
        key=key,
        source="indicator",
        title=Text.same(key),
        unit="share",
        value=value,
        low=low,
        high=high,
        n=100,
        reason=WHY if value is None else None,
        notes=(),
    )


ONE_WAY = {"posts_per_week_mean": 7, "reply_rate": 0.01, "inviting_share": 0.01}
TALKS = {
    "posts_per_week_mean": 7,
    "reply_rate": (0.6, 0.7, 0.8),
    "reply_within_72h": (0.6, 0.7, 0.8),
    "threads_continued_share": (0.2, 0.3, 0.4),
    "closed_loop_share": (0.1, 0.2, 0.3),
    "comments_closed_share": 0.0,
}
CASES = {
    "silent": {"posts_per_week_mean": 0.2, "reply_rate": 0.0},
    "publicity": ONE_WAY | {"publicity_share": (0.6, 0.7, 0.8)},
    "public_information": ONE_WAY | {"publicity_share": (0.1, 0.2, 0.3)},
    "two_way_asymmetric": TALKS | {"closed_loop_share": (0.0, 0.01, 0.02)},
    "two_way_symmetric": TALKS,
}


@pytest.mark.parametrize("model", CASES)
def test_each_model_has_its_evidence(rules, page, model):
    """
    Requirement 1.
    """
    verdict = reach_verdict(found(**CASES[model]), rules, page)
    assert (verdict.outcome, verdict.between) == (model, ())
    assert any(one.counts for one in verdict.reasons)


def test_who_asks_and_stays_is_asymmetric(rules, page):
    """
    Requirement 1: without answering many.
    """
    told = ONE_WAY | {"inviting_share": 0.3, "ask_and_stay_share": 0.8}
    assert reach_verdict(found(**told), rules, page).outcome == "two_way_asymmetric"


def test_likes_and_mentions_are_no_evidence():
    """
    Requirement 1: what citizens do is not among what rules can ask for.
    """
    assert not {"likes_mean", "comments_mean", "mention_only_share", "engagement"} & set(KEYS)


def test_switched_off_comments_are_one_way(rules, page):
    told = TALKS | {"comments_closed_share": 0.9, "publicity_share": 0.0}
    assert reach_verdict(found(**told), rules, page).outcome == "public_information"


@pytest.mark.parametrize(
    ("change", "between", "missing"),
    [
        ({"closed_loop_share": (0.01, 0.06, 0.2)}, {"two_way_symmetric", "two_way_asymmetric"}, set()),
        ({"closed_loop_share": None}, {"two_way_symmetric", "two_way_asymmetric"}, {"closed_loop_share"}),
        ({"comments_closed_share": None}, {"two_way_symmetric"}, set()),
        ({"reply_rate": None, "reply_within_72h": None}, {"two_way_symmetric", "two_way_asymmetric", "publicity", "public_information"}, {"reply_rate", "reply_within_72h", "publicity_share", "inviting_share", "ask_and_stay_share"}),
    ],
)  # fmt: skip
def test_what_cannot_be_told_is_undecided(rules, page, change, between, missing):
    """
    Requirement 2.
    """
    verdict = reach_verdict(found(**TALKS | change), rules, page)
    assert set(verdict.models) == between
    assert (verdict.outcome == UNDECIDED) == (len(between) > 1)
    assert set(verdict.missing) <= missing
    assert bool(verdict.missing) == bool(missing)
    assert all(reason == WHY for reason in verdict.missing.values())


def test_nothing_known_is_no_default(rules, page):
    """
    Requirement 2.
    """
    verdict = reach_verdict(found(), rules, page)
    assert verdict.outcome == UNDECIDED
    assert len(verdict.between) == 5


@pytest.mark.parametrize("model", CASES)
def test_thresholds_move_as_far_as_told(rules, page, model):
    """
    Requirement 3.
    """
    evidence = found(**CASES[model])
    verdict = reach_verdict(evidence, rules, page)
    assert verdict.sensitivity

    def with_threshold(name, limit):
        criteria = {**rules.criteria, name: replace(rules.criteria[name], at_least=limit)}
        return reach_verdict(evidence, replace(rules, criteria=criteria), page).outcome

    for one in verdict.sensitivity:
        for end, step in ((one.lowest, -1e-6), (one.highest, 1e-6)):
            if end is not None:
                assert with_threshold(one.criterion, end - step) == model or end == one.threshold
                assert with_threshold(one.criterion, end + step) != model


def test_bodies_and_networks_follow_their_pages(rules, tmp_path):
    """
    Requirement 4.
    """
    study = made_study(tmp_path, pages=("one", "two"))
    alike = reach_verdicts(
        {page: found(**CASES["silent"]) for page in ("one", "two")}, rules, study
    )
    assert [(one.page, one.body, one.network, one.outcome) for one in alike] == [
        ("one", "akimat", "facebook", "silent"),
        ("two", "akimat", "facebook", "silent"),
        (None, "akimat", None, "silent"),
        (None, None, "facebook", "silent"),
    ]
    apart = reach_verdicts({"one": found(**TALKS), "two": found(**CASES["silent"])}, rules, study)
    assert (apart[2].outcome, set(apart[2].between)) == (UNDECIDED, {"silent", "two_way_symmetric"})


def test_no_verdict_without_reasons():
    """
    Requirement 6.
    """
    with pytest.raises(ValueError, match="without reasons"):
        Verdict(page="one", body="b", network="facebook", outcome="silent", between=())


# ── 5 pages that we made ─────────────────────────────────────────────────────────────────────────


def made_study(folder, *, pages=("one",)):
    tables = "".join(
        f'[[pages]]\nid = "{page}"\nbody = "akimat"\nplatform = "facebook"\nhandle = "{page}"\nids = ["{page}.body"]\n'
        for page in pages
    )
    (folder / "study.toml").write_text(
        'id = "made"\ntitle = "Made"\ntime_zone = "Asia/Almaty"\nwindow = { from = 2024-01-01, to = 2024-02-29 }\n'
        '[[bodies]]\nid = "akimat"\nname = "Akimat"\n' + tables,
        encoding="utf-8",
    )
    return open_study(folder)


POSTS = 60
FIRST = datetime(2024, 1, 1, 6, tzinfo=UTC)


def take_in_page(study, *, answers, knows="authors"):
    """
    Sixty posts, one a day, with two comments each; where it *answers*, all but each fifth within an hour, and each other
    thread goes on.
    """
    import csv

    posts, comments = [], []
    for n in range(POSTS):
        moment = FIRST + timedelta(days=n)
        posts.append(("one", f"p{n}", moment.isoformat(), "Жаңалық"))
        for k in range(2):
            asked = moment + timedelta(hours=1)
            told = [(f"c{n}-{k}", "", f"u{n}{k}", asked, "Қашан?")]
            if answers and (2 * n + k) % 5:
                told.append(
                    (f"r{n}-{k}", f"c{n}-{k}", "one.body", asked + timedelta(hours=1), "Бүгін")
                )
                if k:
                    told.append(
                        (
                            f"d{n}-{k}",
                            f"c{n}-{k}",
                            f"u{n}{k}",
                            asked + timedelta(hours=2),
                            "Кешке ме?",
                        )
                    )
                    told.append(
                        (f"e{n}-{k}", f"c{n}-{k}", "one.body", asked + timedelta(hours=3), "Иә")
                    )
            comments += [
                (
                    "one",
                    f"p{n}",
                    *row[:2],
                    row[2] if knows == "authors" else "",
                    row[3].isoformat(),
                    row[4],
                )
                for row in told
            ]
    for name, heading, rows in (
        ("posts", ("page_id", "post_id", "published_at", "text"), posts),
        ("comments", ("page_id", "post_id", "comment_id", "parent_id", "author", "published_at", "text"), comments),
    ):  # fmt: skip
        file = study.folder / f"{name}.csv"
        with file.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([heading, *rows])
        order = Order(captured=datetime(2024, 4, 1, tzinfo=UTC), knows=(knows,))
        take_in(study, file, now=NOW, order=order)


def coded(study, *, closes):
    """
    All posts coded as information that invites nobody, and all replies, of which each third closes a loop where it *closes*.
    """
    write_standard_codebook(study.codebook)
    book = read_codebook(study.codebook)
    rows = [(f"one/p{n}", "pr_model", ("report_inside",)) for n in range(POSTS)]
    rows += [(f"one/p{n}", "invites", ("no",)) for n in range(POSTS)]
    for n in range(POSTS):
        acts = ("loop_closed",) if closes and n % 3 == 0 else ("answer",)
        rows += [(f"one/r{n}-{k}", "reply_acts", acts) for k in range(2)]
    told = [
        Decision(
            unit=unit,
            variable=variable,
            coder=coder,
            codes=codes,
            fingerprint=book.variable(variable).fingerprint,
            decided_at=NOW,
        )
        for unit, variable, codes in rows
        for coder in ("asel", "bolat")
    ]
    return Coding(codebook=book, standing=standing(told, book))


def judged(study, rules, coding=None):
    with Corpus(study, codes=coding.codes if coding else None) as corpus:
        evidence = gather_evidence(corpus)
    return reach_verdicts(evidence, rules, study)[0]


@pytest.mark.parametrize(
    ("answers", "closes", "model"),
    [
        (True, True, "two_way_symmetric"),
        (True, False, "two_way_asymmetric"),
        (False, False, "public_information"),
    ],
)
def test_pages_that_we_made(tmp_path, rules, answers, closes, model):
    """
    Requirement 5.
    """
    study = made_study(tmp_path)
    take_in_page(study, answers=answers)
    verdict = judged(study, rules, coded(study, closes=closes))
    assert verdict.outcome == model, verdict


def test_a_page_without_known_authors_is_undecided_and_says_why(tmp_path, rules):
    """
    Requirement 5.
    """
    study = made_study(tmp_path)
    take_in_page(study, answers=True, knows="no-authors")
    verdict = judged(study, rules)
    assert verdict.outcome == UNDECIDED
    assert "reply_rate" in verdict.missing
    assert "platforms show authors to the page's owner" in verdict.missing["reply_rate"].to("en")


def test_without_codes_the_models_of_one_way_stay_open(tmp_path, rules):
    """
    Requirement 5: what coding would settle is named.
    """
    study = made_study(tmp_path)
    take_in_page(study, answers=False)
    verdict = judged(study, rules)
    assert set(verdict.between) == {"two_way_asymmetric", "publicity", "public_information"}
    assert set(verdict.missing) == {"publicity_share", "inviting_share", "ask_and_stay_share"}
