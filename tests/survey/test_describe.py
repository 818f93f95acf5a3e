"""
A survey described: counts and bases, intervals held to statsmodels, contradictions, scales, groups and weights.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import multinomial_proportions_confint, proportion_confint

from qulaq.errors import UnreadableExport
from qulaq.survey.crosstab import cross, find_grouping, groupings, suppress
from qulaq.survey.describe import describe
from qulaq.survey.expressions import compile_expression
from qulaq.survey.responses import Response
from qulaq.survey.sample import gather
from qulaq.survey.standard import standard_questionnaire
from qulaq.survey.weighting import read_margins, weigh

TODAY = date(2026, 11, 27)
FORM = standard_questionnaire()


def response(number, answers, *, language="kk", channel=None):
    return Response(
        survey="akimats",
        respondent=f"{number:032x}",
        submitted_at=datetime(2026, 11, 20, tzinfo=UTC),
        language=language,
        channel=channel,
        pilot=False,
        answers=answers,
    )


def sample_of(*answers, form=FORM, languages=(), channels=()):
    rows = []
    for number, given in enumerate(answers):
        language = languages[number] if languages else "kk"
        channel = channels[number] if channels else None
        rows.append(response(number, given, language=language, channel=channel))
    return gather(form, rows)


def described(sample, name, **options):
    found = describe(sample, today=TODAY, **options)
    return next(one for one in found.questions if one.question.name == name)


def by_code(question):
    return {one.code: one for one in question.answers}


def test_percentages_are_of_valid_answers_and_the_missing_are_counted():
    source = described(
        sample_of({"source": "social"}, {"source": "social"}, {"source": "press"}, {}), "source"
    )
    assert (source.asked, source.valid, source.missing) == (4, 3, 1)
    social = by_code(source)["social"]
    assert social.n == 2
    assert social.percent == pytest.approx(200 / 3)
    assert social.percent_of_all == pytest.approx(50)
    assert by_code(source)["portals"].n == 0
    assert by_code(source)["portals"].percent == 0


def test_single_choices_have_goodmans_intervals_and_two_options_wilsons():
    given = ["social"] * 40 + ["portals"] * 25 + ["sites"] * 20 + ["press"] * 15
    source = described(sample_of(*({"source": one} for one in given)), "source")
    counts = [one.n for one in source.answers]
    expected = multinomial_proportions_confint(counts, method="goodman") * 100
    found = [(one.low, one.high) for one in source.answers]
    np.testing.assert_allclose(found, expected, rtol=1e-9)


def test_of_several_choices_each_is_a_share_of_the_respondents():
    why = described(
        sample_of(*[{"why_follow": ["news", "services"]}] * 6, *[{"why_follow": ["news"]}] * 4, {}),
        "why_follow",
    )
    answers = by_code(why)
    assert (why.valid, why.missing) == (10, 1)
    assert (answers["news"].percent, answers["services"].percent) == (100, 60)
    low, high = proportion_confint(6, 10, method="wilson")
    assert (answers["services"].low, answers["services"].high) == pytest.approx(
        (100 * low, 100 * high)
    )


def test_an_answer_that_is_not_in_the_form_is_counted_under_its_code():
    source = described(sample_of({"source": "pigeons"}, {"source": "social"}), "source")
    assert by_code(source)["pigeons"].n == 1
    assert sum(one.n for one in source.answers) == source.valid == 2


def test_who_was_not_asked_is_not_missing():
    answered = described(
        sample_of({"wrote": "yes", "answered": "no"}, {"wrote": "yes"}, {"wrote": "never"}, {}),
        "answered",
    )
    assert (answered.asked, answered.valid, answered.missing) == (2, 1, 1)
    assert answered.contradictions == 0


def test_an_answer_to_what_was_not_asked_is_kept_and_contradicts():
    answered = described(
        sample_of({"wrote": "never", "answered": "no"}, {"wrote": "yes", "answered": "yes"}),
        "answered",
    )
    assert (answered.asked, answered.valid, answered.contradictions) == (2, 2, 1)


def test_a_form_may_say_when_answers_agree_and_still_ask_everybody():
    rule = compile_expression("${wrote} = 'yes'")
    questions = tuple(
        replace(one, relevant=(), consistent=rule) if one.name == "answered" else one
        for one in FORM.questions
    )
    form = replace(FORM, questions=questions)
    answered = described(
        sample_of({"wrote": "never", "answered": "no"}, {"answered": "yes"}, {}, form=form),
        "answered",
    )
    assert (answered.asked, answered.valid, answered.missing) == (3, 2, 1)
    assert answered.contradictions == 2


def test_scales_have_mean_deviation_and_median():
    marks = [2] * 10 + [3] * 37 + [4] * 35 + [5] * 19
    scale = described(sample_of(*({"rating": str(one)} for one in marks)), "rating").scale
    low, high = stats.t.interval(0.95, len(marks) - 1, np.mean(marks), stats.sem(marks))
    assert (scale.n, scale.median) == (101, 4)
    assert (scale.mean, scale.sd) == pytest.approx((np.mean(marks), np.std(marks, ddof=1)))
    assert (scale.low, scale.high) == pytest.approx((low, high))


def test_a_number_that_is_none_is_left_out_of_the_mean_and_told_of():
    days = described(
        sample_of(*({"answered": "yes", "answer_days": one} for one in ("2", "4", "soon"))),
        "answer_days",
    )
    assert (days.valid, days.scale.n, days.scale.mean, days.scale.strange) == (3, 2, 3, 1)


def test_nobody_is_no_percentage():
    found = describe(sample_of(), today=TODAY)
    assert found.n == 0
    assert all(np.isnan(one.percent) for question in found.questions for one in question.answers)


# ── Groups ───────────────────────────────────────────────────────────────────────────────────────


def crossed(sample, by, name):
    crosstab = cross(sample, find_grouping(sample, by))
    return next(one for one in crosstab.questions if one.question.name == name), crosstab


def test_groups_are_tested_by_chi_square_and_all_tests_by_holm():
    rng = np.random.default_rng(3)
    rows = [
        {
            "age": age,
            "source": rng.choice(["social", "portals"], p=[p, 1 - p]),
            "effective": rng.choice(["yes", "no"]),
            "rating": str(rng.integers(2, 6)),
            "why_follow": list(rng.choice(["news", "services"], 1)),
        }
        for age, p in (("18_24", 0.8), ("36_50", 0.5))
        for _ in range(60)
    ]
    sample = sample_of(*rows)
    source, crosstab = crossed(sample, "age", "source")
    table = [
        [
            sum(row["age"] == age and row["source"] == one for row in rows)
            for one in ("social", "portals")
        ]
        for age in ("18_24", "36_50")
    ]
    expected = stats.chi2_contingency(table, correction=False)
    (test,) = source.comparisons
    assert test.method == "chi_square"
    assert test.test.p_value == pytest.approx(expected.pvalue)
    assert [[one.n for one in group.answers if one.n] for group in source.groups] == table
    p = [one.test.p_value for question in crosstab.questions for one in question.comparisons]
    adjusted = [one.p_adjusted for question in crosstab.questions for one in question.comparisons]
    known = ~np.isnan(p)
    expected_adjusted = multipletests(np.array(p)[known], method="holm")[1]
    np.testing.assert_allclose(np.array(adjusted)[known], expected_adjusted)
    rating = next(one for one in crosstab.questions if one.question.name == "rating")
    assert rating.comparisons[0].method == "mann_whitney"
    why = next(one for one in crosstab.questions if one.question.name == "why_follow")
    assert [one.option for one in why.comparisons][:2] == ["news", "services"]


def test_every_group_is_told_of_also_by_language_and_channel():
    sample = sample_of(
        *[{"source": "social"}] * 3,
        languages=("kk", "ru", "kk"),
        channels=("whatsapp", None, "whatsapp"),
    )
    by_language, _ = crossed(sample, "language", "source")
    assert [(one.code, one.valid) for one in by_language.groups] == [("kk", 2), ("ru", 1)]
    by_channel, _ = crossed(sample, "channel", "source")
    assert [(one.code, one.valid) for one in by_channel.groups] == [("", 1), ("whatsapp", 2)]
    assert find_grouping(sample, "why_follow") is None
    assert "language" in groupings(sample)


def test_few_people_are_hidden_and_cannot_be_reckoned_back():
    rows = [
        {"age": "18_24", "source": one} for one in ["social"] * 9 + ["portals"] * 6 + ["press"] * 2
    ]
    _, crosstab = crossed(sample_of(*rows), "age", "source")
    (source,) = (
        one for one in suppress(crosstab, least=5).questions if one.question.name == "source"
    )
    (group,) = source.groups
    assert {group.answers[place].code for place in group.hidden} == {"press", "portals"}
    (shown,) = (
        one for one in suppress(crosstab, least=1).questions if one.question.name == "source"
    )
    assert not shown.groups[0].hidden


def test_what_is_hidden_cannot_be_reckoned_from_the_totals_of_answers():
    rows = [
        {"age": age, "effective": one}
        for age, counts in {"18_24": (9, 7, 0), "36_50": (8, 9, 2), "over_50": (9, 6, 6)}.items()
        for one, n in zip(("yes", "no", "unsure"), counts, strict=True)
        for _ in range(n)
    ]
    _, crosstab = crossed(sample_of(*rows), "age", "effective")
    found = suppress(crosstab, least=5).questions
    (effective,) = (one for one in found if one.question.name == "effective")
    hidden = np.array([[place in group.hidden for place in range(3)] for group in effective.groups])
    assert hidden[1, 2]
    for table in (hidden, hidden.T):
        assert all(row.sum() != 1 for row in table)


def test_the_only_group_that_gave_an_answer_is_not_its_total():
    rows = [{"age": age, "effective": "yes"} for age in ("18_24", "36_50") for _ in range(9)]
    rows += [{"age": "18_24", "effective": "no"}] * 2
    _, crosstab = crossed(sample_of(*rows), "age", "effective")
    found = suppress(crosstab, least=5).questions
    (effective,) = (one for one in found if one.question.name == "effective")
    no = [one.code for one in effective.groups[0].answers].index("no")
    assert all(no in group.hidden for group in effective.groups)


def test_who_told_no_group_is_counted():
    _, crosstab = crossed(
        sample_of({"age": "18_24", "source": "social"}, {"source": "press"}), "age", "source"
    )
    assert crosstab.ungrouped == 1


# ── Weights ──────────────────────────────────────────────────────────────────────────────────────


def test_weighted_percentages_meet_the_margins_and_intervals_grow(tmp_path):
    rows = [{"age": "18_24", "effective": "yes"}] * 30 + [{"age": "36_50", "effective": "no"}] * 10
    sample = sample_of(*rows)
    file = tmp_path / "margins.csv"
    file.write_text("question;answer;share\nage;18_24;50 %\nage;36_50;50,0\n", encoding="utf-8")
    weights = weigh(sample, read_margins(file), file=file)
    assert weights.effective_n == pytest.approx(30)
    weighted = by_code(described(sample, "effective", weights=weights))
    assert weighted["yes"].percent == pytest.approx(50)
    assert weighted["yes"].n == 30
    plain = by_code(described(sample, "effective"))
    assert weighted["yes"].high - weighted["yes"].low > plain["yes"].high - plain["yes"].low


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("question,answer\nage,18_24\n", "no column share"),
        ("question,answer,share\nage,18_24,few\n", "row 2, column share: “few” is no number"),
        ("question,answer,share\nage,18_24,0\n", "row 2, column share: “0” is no number above"),
        (
            "question,answer,share\nage,18_24,1\nage,18_24,2\n",
            "row 3, column answer: “18_24” stands",
        ),
        ("question,answer,share\nage,old,1\n", "“age” has no answer old"),
        ("question,answer,share\nshoes,1,1\n", "“shoes” is no question"),
    ],
)
def test_margins_that_cannot_be_used_are_refused_in_words(tmp_path, text, said):
    file = tmp_path / "margins.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableExport) as refusal:
        weigh(sample_of({"age": "18_24"}), read_margins(file), file=file)
    assert said in str(refusal.value)
