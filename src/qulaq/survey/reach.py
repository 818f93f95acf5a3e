"""
What no answer can reach: questions that are never shown, choices that are never offered.

Every answer that the questions behind a rule allow is tried, where these are few enough; a question with a text or
a number allows too many, and then nothing is claimed. So what is reported is certain, and not all that is unreachable
is found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations, product
from math import prod

from qulaq.survey.expressions import Expression, Scope
from qulaq.survey.questionnaire import Choice, Question, Questionnaire

Domain = tuple[str, ...]
"""All values that an answer can have, "" for none."""

_MOST_TRIED = 50_000  # combinations of answers to one rule
_MOST_CHOICES_MANY = 10  # of which 1,024 selections are possible
_ANY_DAY = date(2026, 1, 1)


class Reach:
    """
    What can be reached of a questionnaire, worked out in the order of dependence.
    """

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.domains: dict[str, Domain] = {}
        self.never_shown: list[Question] = []
        self.never_offered: list[tuple[Question, Choice]] = []
        for name in questionnaire.order:
            self._visit(questionnaire.by_name[name])

    def _visit(self, question: Question) -> None:
        if not self._can_hold(question.relevant):
            self.never_shown.append(question)
            self.domains[question.name] = ("",)
            return
        if question.choices is None:
            return
        offered = self._offered(question)
        domain = _domain(question, offered)
        if domain is not None:
            self.domains[question.name] = domain

    def _offered(self, question: Question) -> Sequence[Choice]:
        choices = question.choices.choices if question.choices else ()
        wanted = question.choice_filter
        if wanted is None:
            return choices
        groups: dict[tuple[str, ...], list[Choice]] = {}
        for choice in choices:
            key = tuple(_row(choice).get(column, "") for column in sorted(wanted.columns))
            groups.setdefault(key, []).append(choice)
        lost = [
            choice
            for alike in groups.values()
            if not self._can_hold([wanted], row=_row(alike[0]))
            for choice in alike
        ]
        self.never_offered += [(question, choice) for choice in lost]
        gone = {id(choice) for choice in lost}
        return [choice for choice in choices if id(choice) not in gone]

    def _can_hold(
        self, rules: Sequence[Expression], *, row: Mapping[str, str] | None = None
    ) -> bool:
        """
        Whether some answers make all of these true; true also where that cannot be told.
        """
        names = sorted({name for rule in rules for name in rule.names})
        if any(name not in self.domains for name in names) or any(map(_asks_the_day, rules)):
            return True
        domains = [self.domains[name] for name in names]
        if prod(map(len, domains)) > _MOST_TRIED:
            return True
        scopes = (
            Scope(values=dict(zip(names, values, strict=True)), today=_ANY_DAY, row=row or {})
            for values in product(*domains)
        )
        return any(all(rule.holds(scope) for rule in rules) for scope in scopes)


def _asks_the_day(rule: Expression) -> bool:
    return "today" in rule.text


def _row(choice: Choice) -> Mapping[str, str]:
    return {**choice.columns, "name": choice.name}


def _domain(question: Question, offered: Sequence[Choice]) -> Domain | None:
    names = list(dict.fromkeys(choice.name for choice in offered))
    if not question.takes_many:
        return ("", *names)
    if len(names) > _MOST_CHOICES_MANY:
        return None
    return tuple(_selections(names))


def _selections(names: Sequence[str]) -> Iterator[str]:
    for n in range(len(names) + 1):
        yield from (" ".join(some) for some in combinations(names, n))


def unused_lists(questions: Iterable[Question], lists: Iterable[str]) -> list[str]:
    """
    The lists of choices that no question uses.
    """
    used = {question.choices.name for question in questions if question.choices}
    return [name for name in dict.fromkeys(lists) if name and name not in used]
