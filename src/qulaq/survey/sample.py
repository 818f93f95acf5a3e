"""Who answered, seen by question: columns of codes over the same respondents."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

import numpy as np

from qulaq.stats.ragged import BoolArray, FloatArray, IntArray
from qulaq.survey.answers import Answer, Answers
from qulaq.survey.questionnaire import Choice, Question, Questionnaire
from qulaq.survey.responses import Response
from qulaq.survey.values import as_number


@dataclass(frozen=True, kw_only=True)
class Column:
    """
    What everybody answered to one question: the distinct answers, None for none among them, and which of them each
    respondent gave. Whatever hangs on an answer is worked out once for each distinct one.
    """

    question: Question
    distinct: Sequence[Answer | None]
    kind: IntArray

    def given(self, row: int) -> Answer | None:
        """
        What that respondent answered.
        """
        return self.distinct[int(self.kind[row])]

    @cached_property
    def valid(self) -> BoolArray:
        valid: BoolArray = self._each([one is not None for one in self.distinct], bool)
        return valid

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """
        The choices in the order of the form, then codes that were answered and are not in the form.
        """
        listed = dict.fromkeys(one.name for one in _choices(self.question))
        met = dict.fromkeys(code for one in self.distinct for code in _chosen(one))
        return (*listed, *(code for code in met if code not in listed))

    @cached_property
    def choice(self) -> IntArray:
        """
        Of a single choice: the place of the answer in `codes`, -1 where there is none.
        """
        places: dict[object, int] = {code: place for place, code in enumerate(self.codes)}
        told = [places.get(one, -1) if isinstance(one, str) else -1 for one in self.distinct]
        choice: IntArray = self._each(told, np.int64)
        return choice

    @cached_property
    def chosen(self) -> BoolArray:
        """
        Respondents × codes: who chose what, of single and of multiple choice.
        """
        places = {code: place for place, code in enumerate(self.codes)}
        chosen = np.zeros((len(self.distinct), len(self.codes)), dtype=bool)
        for row, one in enumerate(self.distinct):
            chosen[row, [places[code] for code in _chosen(one)]] = True
        return chosen[self.kind]

    def _each(self, told: Sequence[object], dtype: type) -> Any:  # noqa: ANN401  # an array of that kind
        """
        What is told of the distinct answers, for each respondent.
        """
        return np.array(told, dtype=dtype)[self.kind]

    @property
    def is_scale(self) -> bool:
        """
        Whether the answers are numbers to reckon with: numeric questions, and choices whose codes are numbers.
        """
        if self.question.kind in {"integer", "decimal"}:
            return True
        choices = _choices(self.question)
        return (
            self.question.kind == "select_one"
            and len(choices) > 1
            and all(not np.isnan(as_number(one.name)) for one in choices)
        )

    @cached_property
    def numbers(self) -> FloatArray:
        """
        The answers as numbers; NaN where there is none or where it is no number.
        """
        told = [as_number(one) if isinstance(one, str) else np.nan for one in self.distinct]
        numbers: FloatArray = self._each(told, np.float64)
        return numbers

    def label(self, code: str, language: str) -> str:
        """
        The choice in that language; a code that is not in the form stands for itself.
        """
        known = self.question.choices.by_name if self.question.choices else {}
        return (known[code].label.to(language) if code in known else "") or code


@dataclass(frozen=True, kw_only=True)
class Sample:
    """
    The respondents of a survey, as many in each column.

    `language` of each response; `channel` and `submitted_at`, None where they are not told.
    """

    questionnaire: Questionnaire
    n: int
    columns: Mapping[str, Column]
    language: Sequence[str] = field(repr=False)
    channel: Sequence[str | None] = field(repr=False)
    submitted_at: Sequence[datetime | None] = field(repr=False)


class _Growing:
    """
    A column while the responses are read: of each answer only its place among the distinct ones is kept.
    """

    def __init__(self, question: Question) -> None:
        self.question = question
        self.name = question.name
        self.places: dict[object, int] = {}
        self.kind = array("q")

    def take(self, answers: Answers) -> None:
        answer = answers.get(self.name)
        key = tuple(answer) if type(answer) is list else answer
        places = self.places
        self.kind.append(places.setdefault(key, len(places)))

    def grown(self) -> Column:
        return Column(
            question=self.question,
            distinct=[list(key) if isinstance(key, tuple) else key for key in self.places],  # type: ignore[misc]  # a text, or none
            kind=np.frombuffer(self.kind, dtype=np.int64) if self.kind else np.zeros(0, np.int64),
        )


def gather(questionnaire: Questionnaire, responses: Iterable[Response]) -> Sample:
    """
    The responses by question, each let go of when it has been read. What was answered to a question that the form does
    not have is left out.
    """
    columns = [_Growing(one) for one in questionnaire.questions if one.kind != "note"]
    takes = [one.take for one in columns]
    languages: list[str] = []
    channels: list[str | None] = []
    moments: list[datetime | None] = []
    for response in responses:
        for take in takes:
            take(response.answers)
        languages.append(sys.intern(response.language))
        channels.append(response.channel)
        moments.append(response.submitted_at)
    return Sample(
        questionnaire=questionnaire,
        n=len(languages),
        columns={one.name: one.grown() for one in columns},
        language=languages,
        channel=channels,
        submitted_at=moments,
    )


def _choices(question: Question) -> Sequence[Choice]:
    return question.choices.choices if question.choices else ()


def _chosen(answer: Answer | None) -> Sequence[str]:
    if answer is None:
        return ()
    return (answer,) if isinstance(answer, str) else answer
