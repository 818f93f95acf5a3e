"""
Do groups of respondents answer differently: every question by the answers to one, by language, or by channel.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from qulaq.stats.contingency import association, kruskal_wallis
from qulaq.stats.hypotheses import Test, holm, mann_whitney
from qulaq.stats.ragged import BoolArray, FloatArray, IntArray
from qulaq.survey.describe import AnswerCount, count_answers
from qulaq.survey.questionnaire import Question
from qulaq.survey.sample import Column, Sample

Method = Literal["chi_square", "fisher", "mann_whitney", "kruskal_wallis"]

LANGUAGE, CHANNEL = "language", "channel"
"""What responses are told apart by besides the questions of the form."""

UNTOLD = ""
"""The code of the group of which the channel was not told."""

_TWO = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouping:
    """
    Which group everybody belongs to: `place` in `codes`, -1 for those who told none. `question` None: by language
    or channel.
    """

    by: str
    question: Question | None
    codes: tuple[str, ...]
    place: IntArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """
    One group's answers. `valid` is what percentages are of. `hidden`: the places of answers that are too few to
    be published.
    """

    code: str
    valid: int
    answers: tuple[AnswerCount, ...]
    hidden: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """
    A test that groups do not differ. `option` is the answer that it is about, of several choices one each; empty:
    the whole question. `p_adjusted` is Holm's, over all tests of the crosstab; NaN where nothing could be tested.

    The effect is Cramér's V of a table, of a scale epsilon squared or, with two groups, the probability of
    superiority.
    """

    option: str
    method: Method
    test: Test
    p_adjusted: float = np.nan


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossedQuestion:
    """
    A question by groups, those of nobody left out, and the tests.
    """

    question: Question
    groups: tuple[Group, ...]
    comparisons: tuple[Comparison, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Crosstab:
    """
    All questions with choices by one grouping. `ungrouped`: respondents who told no group and are in no column.
    """

    grouping: Grouping
    ungrouped: int
    questions: tuple[CrossedQuestion, ...]


def find_grouping(sample: Sample, by: str) -> Grouping | None:
    """
    The groups by a question with single choices, by "language" or by "channel"; None where there is no such question.

    A question of the form goes before language and channel.
    """
    column = sample.columns.get(by)
    if column is not None and column.question.kind == "select_one":
        return Grouping(by=by, question=column.question, codes=column.codes, place=column.choice)
    if column is not None or by not in {LANGUAGE, CHANNEL}:
        return None
    told = sample.language if by == LANGUAGE else [one or UNTOLD for one in sample.channel]
    codes, place = np.unique(np.array(told, dtype=object), return_inverse=True)
    return Grouping(by=by, question=None, codes=tuple(map(str, codes)), place=place)


def groupings(sample: Sample) -> list[str]:
    """
    By what the responses can be grouped.
    """
    single = [name for name, one in sample.columns.items() if one.question.kind == "select_one"]
    return [*single, *(one for one in (LANGUAGE, CHANNEL) if one not in sample.columns)]


def cross(sample: Sample, grouping: Grouping) -> Crosstab:
    """
    Every other question with choices by these groups, each tested once: by chi-square or Fisher's test, scales by
    ranks, several choices option by option. Tests take no weights.
    """
    columns = [
        one
        for one in sample.columns.values()
        if one.question.choices is not None and one.question is not grouping.question
    ]
    crossed = tuple(_cross_question(one, grouping) for one in columns)
    return Crosstab(
        grouping=grouping,
        ungrouped=int((grouping.place < 0).sum()),
        questions=_adjusted(crossed),
    )


def _cross_question(column: Column, grouping: Grouping) -> CrossedQuestion:
    members = [grouping.place == place for place in range(len(grouping.codes))]
    groups = tuple(
        _count_group(column, code, member)
        for code, member in zip(grouping.codes, members, strict=True)
        if member.any()
    )
    return CrossedQuestion(
        question=column.question,
        groups=groups,
        comparisons=tuple(_compare(column, [one for one in members if one.any()])),
    )


def _count_group(column: Column, code: str, member: BoolArray) -> Group:
    answers = tuple(count_answers(column, member))
    return Group(code=code, valid=int(column.valid[member].sum()), answers=answers)


def _compare(column: Column, members: Sequence[BoolArray]) -> Iterator[Comparison]:
    if column.is_scale:
        yield _compare_ranks([column.numbers[one] for one in members])
    elif column.question.takes_many:
        for place, code in enumerate(column.codes):
            yield _compare_option(column, code, place, members)
    else:
        table = np.array([column.chosen[one].sum(axis=0) for one in members], dtype=float)
        yield _compare_table(table)


def _compare_ranks(groups: list[FloatArray]) -> Comparison:
    known = [one[~np.isnan(one)] for one in groups]
    known = [one for one in known if one.size]
    if len(known) == _TWO:
        return Comparison(option="", method="mann_whitney", test=mann_whitney(*known))
    return Comparison(option="", method="kruskal_wallis", test=kruskal_wallis(known))


def _compare_option(
    column: Column, code: str, place: int, members: Sequence[BoolArray]
) -> Comparison:
    chosen = [column.chosen[one & column.valid, place] for one in members]
    table = np.array([[one.sum(), (~one).sum()] for one in chosen], dtype=float)
    return replace(_compare_table(table), option=code)


def _compare_table(table: FloatArray) -> Comparison:
    test, exact = association(table) if table.size else (_UNDEFINED, False)
    return Comparison(option="", method="fisher" if exact else "chi_square", test=test)


_UNDEFINED = Test(statistic=np.nan, p_value=np.nan, effect=np.nan)


def _adjusted(questions: Sequence[CrossedQuestion]) -> tuple[CrossedQuestion, ...]:
    """
    With p values corrected for how many tests there are.
    """
    tests = [one.test.p_value for question in questions for one in question.comparisons]
    adjusted = iter(holm(np.array(tests, dtype=float)))
    return tuple(
        replace(
            question,
            comparisons=tuple(
                replace(one, p_adjusted=float(next(adjusted))) for one in question.comparisons
            ),
        )
        for question in questions
    )


def suppress(crosstab: Crosstab, *, least: int) -> Crosstab:
    """
    Hide the answers that fewer than *least* people of a group gave, so that nobody is recognised in a table. An answer
    that nobody gave tells of nobody and stays where it can.

    One hidden number alone could be reckoned from the others, for the totals are told elsewhere: the next smallest of
    its group (where one answer is given) and of its answer is hidden too. With *least* of 1 nothing is hidden.
    """
    return replace(
        crosstab,
        questions=tuple(_suppress_question(one, least) for one in crosstab.questions),
    )


def _suppress_question(crossed: CrossedQuestion, least: int) -> CrossedQuestion:
    counts = np.array([[one.n for one in group.answers] for group in crossed.groups])
    hidden = (counts > 0) & (counts < least)
    before = -1
    while hidden.sum() != before:
        before = hidden.sum()
        _hide_seconds(counts.T, hidden.T)
        if not crossed.question.takes_many:
            _hide_seconds(counts, hidden)
    groups = (
        replace(group, hidden=frozenset(np.flatnonzero(row).tolist()))
        for group, row in zip(crossed.groups, hidden, strict=True)
    )
    return replace(crossed, groups=tuple(groups))


def _hide_seconds(counts: IntArray, hidden: BoolArray) -> None:
    """
    In each row with one hidden number, hide the smallest of the others; one that nobody gave only where all are such,
    for the hidden one would be the total.
    """
    for n, row in zip(counts, hidden, strict=True):
        shown = np.flatnonzero(~row)
        if row.sum() == 1 and shown.size:
            given = shown[n[shown] > 0]
            others = given if given.size else shown
            row[others[np.argmin(n[others])]] = True
