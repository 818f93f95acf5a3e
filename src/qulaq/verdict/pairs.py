"""
What people say beside what was measured: claims of the survey and their twins, with the difference where both are shares.

Different people at different times: a contrast, not a test. The interval of the difference is Newcombe's (1998, Statistics in
Medicine 17, 873-890), from Wilson's of the claim and that of the twin.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import numpy as np

from qulaq.errors import UnknownName
from qulaq.indicators import INDICATORS
from qulaq.indicators.model import Result
from qulaq.lang import Phrase, Text, phrase
from qulaq.stats.intervals import Interval, difference, wilson
from qulaq.study import Study
from qulaq.study.settings import Settings, read_settings
from qulaq.survey.describe import Description

FILE = "pairs.toml"
NOT_ASKED = phrase(
    "The survey has no such question, or nobody answered it; asking it would make it comparable."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """
    A claim and its measured twin; `twin` names what is measured.
    """

    name: str
    question: str
    answers: tuple[str, ...]
    among: tuple[str, ...]
    indicator: str
    opposite: bool
    label: Text
    twin: Text
    caution: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """
    The share of respondents who say so, with Wilson's interval as if they had been drawn at random.
    """

    k: int
    n: int
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """
    A pair on one page. `claim` None: it was not asked. `measured` is the twin or, where the pair says so, what it leaves over
    of 1. `difference` is claim less twin, None where one of them is not there or is no share.
    """

    pair: Pair
    page: str
    claim: Claim | None
    measured: float | None
    low: float | None
    high: float | None
    n: int
    difference: float | None
    difference_low: float | None
    difference_high: float | None
    reason: Phrase | None


# ── Reading ──────────────────────────────────────────────────────────────────────────────────────


def read_pairs(study: Study) -> tuple[Pair, ...]:
    """
    The study's pairs or, where it has none, those of the package. Raises StudyError with line and remedy.
    """
    own = study.folder / FILE
    if own.exists():
        return parse_pairs(own)
    with resources.as_file(resources.files("qulaq.verdict") / FILE) as file:
        return parse_pairs(file)


def parse_pairs(file: Path) -> tuple[Pair, ...]:
    """
    The pairs of that file. Raises StudyError.
    """
    settings = read_settings(file)
    settings.raw("version")
    pairs = tuple(_read_pair(table) for table in settings.tables("pairs"))
    settings.finish()
    return pairs


def _read_pair(table: Settings) -> Pair:
    indicator = table.text("indicator")
    try:
        title = INDICATORS.get(indicator).title
    except UnknownName as error:
        raise table.complain("indicator", error.found, error.remedy) from None
    pair = Pair(
        name=table.word("name"),
        question=table.text("question"),
        answers=table.words("answers"),
        among=table.words("among"),
        indicator=indicator,
        opposite=table.flag("opposite"),
        label=table.wording("label"),
        twin=table.wording("twin") if table.has("twin") else title,
        caution=table.wording("caution"),
    )
    table.finish()
    if not pair.answers:
        raise table.complain(
            "answers",
            phrase("“{key}” is missing.", key="answers"),
            phrase("List the codes of the answers that make the claim."),
        )
    return pair


# ── Side by side ─────────────────────────────────────────────────────────────────────────────────


def set_side_by_side(
    pairs: tuple[Pair, ...],
    survey: Description,
    results: Mapping[tuple[str, str], Result],
    study: Study,
) -> tuple[Beside, ...]:
    """
    Every pair on every page; *results* are those of indicators by key and page.
    """
    return tuple(
        _beside(pair, find_claim(pair, survey), results[pair.indicator, page.id], page.id)
        for pair in pairs
        for page in study.pages
    )


def find_claim(pair: Pair, survey: Description) -> Claim | None:
    """
    The claim in what the survey found; None where it was not asked or nobody answered.
    """
    for one in survey.questions:
        if one.question.name == pair.question:
            counts = {answer.code: answer.n for answer in one.answers}
            n = sum(counts.get(code, 0) for code in pair.among) if pair.among else one.valid
            return _claim(sum(counts.get(code, 0) for code in pair.answers), n) if n else None
    return None


def _claim(k: int, n: int) -> Claim:
    interval = wilson(np.array([float(k)]), np.array([float(n)]))
    return Claim(k=k, n=n, share=k / n, low=float(interval.low[0]), high=float(interval.high[0]))


def _beside(pair: Pair, claim: Claim | None, result: Result, page: str) -> Beside:
    value, low, high = _twin(pair, result)
    apart: tuple[float | None, ...] = (None, None, None)
    if claim and result.unit == "share" and None not in {value, low, high}:
        apart = tuple(_subtract(claim, value, low, high))
    return Beside(
        pair=pair,
        page=page,
        claim=claim,
        measured=value,
        low=low,
        high=high,
        n=result.n,
        difference=apart[0],
        difference_low=apart[1],
        difference_high=apart[2],
        reason=result.reason if claim else NOT_ASKED,
    )


def _twin(pair: Pair, result: Result) -> tuple[float | None, float | None, float | None]:
    if not pair.opposite:
        return result.value, result.low, result.high
    told = (result.value, result.high, result.low)
    value, low, high = (None if one is None else 1 - one for one in told)
    return value, low, high


def _subtract(
    claim: Claim, value: float | None, low: float | None, high: float | None
) -> Iterator[float]:
    def one(number: float | None) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        return np.array([np.nan if number is None else number])

    told = (one(claim.share), Interval(low=one(claim.low), high=one(claim.high)))
    twin = (one(value), Interval(low=one(low), high=one(high)))
    interval = difference(told, twin)
    yield claim.share - (value or 0.0)
    yield float(interval.low[0])
    yield float(interval.high[0])
