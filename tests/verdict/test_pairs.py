"""
What people say beside what was measured.

1. The claim is a share of those who answered, or of those among whom the pair looks; its twin is the indicator or what it
   leaves over; the difference has Newcombe's interval (the published case 56/70 - 48/80: .0524 to .3339).
2. What was not asked, is not measurable or is no share has no difference, and says why.
3. Pairs of a study take the place of the package's; what is wrong in them is named.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pytest

from qulaq.errors import StudyError
from qulaq.indicators.model import Result
from qulaq.lang import phrase
from qulaq.study import open_study
from qulaq.verdict.pairs import NOT_ASKED, parse_pairs, read_pairs, set_side_by_side

STUDY = """\
id = "town"
title = "Town"
time_zone = "Asia/Almaty"
window = { from = 2024-01-01, to = 2024-12-31 }
[[bodies]]
id = "b"
name = "B"
[[pages]]
id = "one"
body = "b"
platform = "facebook"
handle = "one"
"""


@pytest.fixture
def study(tmp_path):
    (tmp_path / "study.toml").write_text(STUDY, encoding="utf-8")
    return open_study(tmp_path)


@dataclass
class Count:
    code: str
    n: int


@dataclass
class Asked:
    name: str


@dataclass
class Described:
    question: Asked
    answers: list
    valid: int


@dataclass
class Survey:
    questions: list


def survey(**asked):
    return Survey(
        [
            Described(
                Asked(name), [Count(code, n) for code, n in counts.items()], sum(counts.values())
            )
            for name, counts in asked.items()
        ]
    )


def result(key, value, low=None, high=None, unit="share"):
    return Result(
        indicator=key, page="one", body="b", first=date(2024, 1, 1), last=date(2024, 12, 31), value=value, n=80,
        missing=0, low=low, high=high, unit=unit, base="all", reason=None if value is not None else phrase("hidden"), notes=(),
    )  # fmt: skip


def beside(study, told, *results):
    pairs = read_pairs(study)
    known = {"reply_rate": result("reply_rate", 0.1, 0.05, 0.2), "posts_per_day_mean": result("posts_per_day_mean", 3.0, 2.5, 3.5, "posts")}  # fmt: skip
    known |= {one.indicator: one for one in results}
    by_page = {(key, "one"): one for key, one in known.items()}
    return {one.pair.name: one for one in set_side_by_side(pairs, told, by_page, study)}


def test_the_published_difference(study):
    """
    Requirement 1.
    """
    from statsmodels.stats.proportion import proportion_confint

    low, high = proportion_confint(48, 80, method="wilson")
    told = survey(answered={"yes": 56, "no": 14, "not_expected": 21})
    found = beside(study, told, result("reply_rate", 0.6, low, high))["got_answer"]
    assert (found.claim.k, found.claim.n) == (56, 70)
    assert found.difference == pytest.approx(0.2)
    assert (found.difference_low, found.difference_high) == pytest.approx(
        (0.0524, 0.3339), abs=5e-5
    )


def test_what_an_indicator_leaves_over(study):
    """
    Requirement 1.
    """
    found = beside(study, survey(must_answer={"must": 68, "cannot": 31}))["must_answer_everyone"]
    assert found.measured == pytest.approx(0.9)
    assert (found.low, found.high) == pytest.approx((0.8, 0.95))
    assert found.difference == pytest.approx(68 / 99 - 0.9)


def test_what_has_no_difference(study):
    """
    Requirement 2.
    """
    told = survey(
        answered={"yes": 0, "no": 0, "not_expected": 5}, updates_seen={"rarely": 5, "often": 5}
    )
    found = beside(study, told, result("reply_rate", None))
    assert (found["got_answer"].claim, found["got_answer"].reason) == (None, NOT_ASKED)
    assert found["updated_rarely"].claim.share == 0.5
    assert found["updated_rarely"].difference is None, "a share and posts a day"
    hidden = beside(study, survey(must_answer={"must": 5, "cannot": 5}), result("reply_rate", None))
    assert hidden["must_answer_everyone"].difference is None
    assert hidden["must_answer_everyone"].reason.to("en") == "hidden"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('indicator = "reply_rate"', 'indicator = "reply_rat"'), "reply_rat"),
        (('answers = ["yes"]', "answers = []"), "answers"),
        (("version = 1", "version = 1\nextra = 1"), "extra"),
        (('question = "answered"', "question = 7"), "question"),
    ],
)
def test_what_is_wrong_in_pairs_is_named(tmp_path, study, change, said):
    """
    Requirement 3.
    """
    from importlib import resources

    source = (resources.files("qulaq.verdict") / "pairs.toml").read_text(encoding="utf-8")
    file = tmp_path / "pairs.toml"
    file.write_text(source.replace(*change, 1), encoding="utf-8")
    with pytest.raises(StudyError, match=said):
        parse_pairs(file)
    with pytest.raises(StudyError, match=said):
        read_pairs(replace(study))
