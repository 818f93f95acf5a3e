"""
Who was asked a question, and whose answer contradicts the others.

Answers from elsewhere are kept as they came: somebody may have answered what the form would not have asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from qulaq.stats.ragged import BoolArray, IntArray
from qulaq.survey.answers import Answers
from qulaq.survey.dependence import inputs
from qulaq.survey.expressions import Expression, Scope
from qulaq.survey.questionnaire import Question, Questionnaire
from qulaq.survey.sample import Column, Sample


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """
    Of one question, who was asked and whose answer contradicts the others, by respondent.

    Asked are those to whom the form asks it by what they answered, and all who answered it.
    """

    asked: BoolArray
    contradicts: BoolArray


def find_asking(sample: Sample, question: Question, *, today: date) -> Asking:
    """
    An answer contradicts where the form's `consistent` does not hold or, where it has none, where the question is
    not relevant. A condition is decided once for each combination of the answers that it asks about.
    """
    valid = sample.columns[question.name].valid
    relevant = _hold(sample, question, question.relevant, today)
    agrees = relevant
    if question.consistent is not None:
        agrees = _hold(sample, question, (question.consistent,), today)
    return Asking(asked=relevant | valid, contradicts=valid & ~agrees)


def _hold(
    sample: Sample, question: Question, rules: Sequence[Expression], today: date
) -> BoolArray:
    """
    For whom all the rules of that question hold.
    """
    if not rules:
        return np.ones(sample.n, dtype=bool)
    named = (question.name if name == "." else name for rule in rules for name in rule.names)
    behind = inputs(named, sample.questionnaire.by_name)
    columns = [sample.columns[name] for name in sorted(behind)]
    first, kind = _kinds(columns, sample.n)
    held = []
    for row in first:
        given = {one.question.name: one.given(row) for one in columns}
        told = {name: answer for name, answer in given.items() if answer is not None}
        values = _values(sample.questionnaire, told, today)
        scope = Scope(values=values, today=today, current=values.get(question.name, ""))
        held.append(all(rule.holds(scope) for rule in rules))
    return np.array(held, dtype=bool)[kind]


def _values(questionnaire: Questionnaire, answers: Answers, today: date) -> dict[str, str]:
    """
    The answers as expressions see them, none of them hidden, and what is calculated from them.
    """
    values: dict[str, str] = {}
    for name in questionnaire.order:
        question, answer = questionnaire.by_name[name], answers.get(name)
        if question.calculation is not None:
            values[name] = question.calculation.told(Scope(values=values, today=today))
        elif answer is not None:
            values[name] = answer if isinstance(answer, str) else " ".join(answer)
    return values


def _kinds(columns: Sequence[Column], n: int) -> tuple[IntArray, IntArray]:
    """
    The combinations of answers: a respondent of each, and the combination of each respondent.
    """
    together = np.zeros(n, dtype=np.int64)
    for column in columns:
        # Numbered anew at each step, so that no product of numbers of answers grows too large.
        _, together = np.unique(together * len(column.distinct) + column.kind, return_inverse=True)
    _, first, kind = np.unique(together, return_index=True, return_inverse=True)
    return first, kind
