"""
What a survey found, question by question: how many were asked, what they answered, in which percentages.

Percentages are of valid answers; missing ones are counted, never shared out. Of several choices they are of the
respondents who answered, and may sum to more than a hundred. Intervals are those of a simple random sample: whoever
prints them says "if they had been drawn at random".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from qulaq.stats.intervals import Interval, goodman, mean_t, wilson
from qulaq.stats.ragged import BoolArray, FloatArray
from qulaq.stats.raking import Weights
from qulaq.survey.consistency import find_asking
from qulaq.survey.questionnaire import Question
from qulaq.survey.sample import Column, Sample

_SEVERAL = 3
"""From so many categories on, intervals are made to hold together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerCount:
    """
    One answer. `percent` is of valid answers, `percent_of_all` of all who were asked, `low` and `high` bound `percent`;
    all from 0 to 100, NaN where nobody answered. `n` counts people, also where percentages are weighted.

    The interval is Goodman's, simultaneous, for single choices of three and more, Wilson's for others.
    """

    code: str
    n: int
    percent: float
    percent_of_all: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleSummary:
    """
    Of answers that are numbers: how many, mean with Student's t interval, standard deviation (n - 1), median.

    NaN where there are too few. `strange`: answers that are no numbers, left out of it. Weighted means have no
    interval here, and their deviation is weighted; the median is of people.
    """

    n: int
    mean: float
    low: float
    high: float
    sd: float
    median: float
    strange: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DescribedQuestion:
    """
    One question. `asked` = `valid` + `missing`; `contradictions` are among the valid. `effective_n` is Kish's of the
    weights of those who answered, the valid ones where everybody counts alike.

    `answers` are empty for open questions and for numbers to be typed; `scale` is there for both kinds of numbers.
    `texts` are open answers as they were given: mask them before they leave.
    """

    question: Question
    asked: int
    valid: int
    missing: int
    contradictions: int
    effective_n: float
    answers: tuple[AnswerCount, ...] = ()
    scale: ScaleSummary | None = None
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """
    All questions, in the order of the form. `weights` None: everybody counts alike.
    """

    sample: Sample
    weights: Weights | None
    questions: tuple[DescribedQuestion, ...]

    @property
    def n(self) -> int:
        return self.sample.n


def describe(sample: Sample, *, today: date, weights: Weights | None = None) -> Description:
    """
    Describe every question that people answer and everything that is calculated. *today* is the day by which
    conditions of the form are decided that ask for it. Whoever has no weight counts in `n` and not in percentages.
    """
    return Description(
        sample=sample,
        weights=weights,
        questions=tuple(
            _describe_question(sample, column, today, weights) for column in sample.columns.values()
        ),
    )


def _describe_question(
    sample: Sample, column: Column, today: date, weights: Weights | None
) -> DescribedQuestion:
    asking = find_asking(sample, column.question, today=today)
    asked, valid = int(asking.asked.sum()), int(column.valid.sum())
    return DescribedQuestion(
        question=column.question,
        asked=asked,
        valid=valid,
        missing=asked - valid,
        contradictions=int(asking.contradicts.sum()),
        effective_n=_effective_n(_weight(weights, sample.n)[column.valid]),
        answers=tuple(count_answers(column, asking.asked, weights)),
        scale=_summarize(column, weights) if column.is_scale else None,
        texts=tuple(_texts(column)),
    )


def count_answers(
    column: Column, asked: BoolArray, weights: Weights | None = None
) -> Iterator[AnswerCount]:
    """
    The answers of those who were *asked*, to a question with choices; those that nobody chose are among them.
    """
    if column.question.choices is None:
        return
    chosen, valid = column.chosen[asked], column.valid[asked]
    weight = _weight(weights, len(column.kind))[asked]
    counts, shares = chosen.sum(axis=0), weight @ chosen
    base, all_asked = weight[valid].sum(), weight.sum()
    interval = _interval(column, shares, base, _scaling(weight[valid]))
    for place, code in enumerate(column.codes):
        yield AnswerCount(
            code=code,
            n=int(counts[place]),
            percent=_percent(shares[place], base),
            percent_of_all=_percent(shares[place], all_asked),
            low=100 * float(interval.low[place]),
            high=100 * float(interval.high[place]),
        )


def _weight(weights: Weights | None, n: int) -> FloatArray:
    return np.ones(n) if weights is None else np.where(weights.used, weights.values, 0.0)


def _effective_n(weight: FloatArray) -> float:
    return float(weight.sum()) * _scaling(weight)


def _scaling(weight: FloatArray) -> float:
    """
    What makes weighted counts of these respondents sum to their effective number, after Kish.
    """
    squares = (weight**2).sum()
    return float(weight.sum() / squares) if squares else 1.0


def _interval(column: Column, shares: FloatArray, valid: float, scaling: float) -> Interval:
    counts = shares * scaling
    total = np.full(len(counts), valid * scaling)
    if column.question.takes_many or len(counts) < _SEVERAL:
        return wilson(counts, total)
    return goodman(counts)


def _percent(part: float, whole: float) -> float:
    return float(100 * part / whole) if whole else np.nan


def _summarize(column: Column, weights: Weights | None) -> ScaleSummary:
    known = ~np.isnan(column.numbers)
    values = column.numbers[known]
    mean, sd = _mean_and_sd(values, _weight(weights, len(column.kind))[known])
    low, high = _mean_interval(values) if weights is None else (np.nan, np.nan)
    return ScaleSummary(
        n=len(values),
        mean=mean,
        low=low,
        high=high,
        sd=sd,
        median=float(np.median(values)) if len(values) else np.nan,
        strange=int(column.valid.sum()) - len(values),
    )


def _mean_and_sd(values: FloatArray, weight: FloatArray) -> tuple[float, float]:
    total, n = weight.sum(), np.count_nonzero(weight)
    if not total:
        return np.nan, np.nan
    mean = float(weight @ values / total)
    if n < 2:  # noqa: PLR2004
        return mean, np.nan
    variance = weight @ (values - mean) ** 2 / total * n / (n - 1)
    return mean, float(np.sqrt(variance))


def _mean_interval(values: FloatArray) -> tuple[float, float]:
    sums = (values.size, values.sum(), (values**2).sum())
    _, interval = mean_t(*(np.array([one], dtype=float) for one in sums))
    return float(interval.low[0]), float(interval.high[0])


def _texts(column: Column) -> Iterator[str]:
    if column.question.kind == "text":
        told = (column.distinct[kind] for kind in column.kind)
        yield from (one for one in told if isinstance(one, str))
