"""Who answered, seen by question: columns of codes over the same respondents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from qulaq.stats.ragged import BoolArray, FloatArray, IntArray
from qulaq.survey.answers import Answer, Answers
from qulaq.survey.questionnaire import Choice, Question, Questionnaire
from qulaq.survey.responses import Response
from qulaq.survey.values import as_number


@dataclass(frozen=True, kw_only=True)
class Column:
    """
    What everybody answered to one question, None where nothing, one entry for each respondent.
    """

    question: Question
    given: Sequence[Answer | None]

    @cached_property
    def valid(self) -> BoolArray:
        return np.fromiter((one is not None for one in self.given), bool, len(self.given))

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """
        The choices in the order of the form, then codes that were answered and are not in the form.
        """
        listed = dict.fromkeys(one.name for one in _choices(self.question))
        met = dict.fromkeys(
            code for one in self.given for code in _chosen(one) if code not in listed
        )
        return (*listed, *met)

    @cached_property
    def choice(self) -> IntArray:
        """
        Of a single choice: the place of the answer in `codes`, -1 where there is none.
        """
        places: dict[object, int] = {code: place for place, code in enumerate(self.codes)}
        return np.fromiter(
            (places.get(one, -1) if isinstance(one, str) else -1 for one in self.given),
            np.int64,
            len(self.given),
        )

    @cached_property
    def chosen(self) -> BoolArray:
        """
        Respondents × codes: who chose what, of single and of multiple choice.
        """
        n = len(self.given)
        chosen = np.zeros((n, len(self.codes)), dtype=bool)
        if not self.question.takes_many:
            chosen[np.flatnonzero(self.choice >= 0), self.choice[self.choice >= 0]] = True
            return chosen
        places = {code: place for place, code in enumerate(self.codes)}
        for row, one in enumerate(self.given):
            for code in _chosen(one):
                chosen[row, places[code]] = True
        return chosen

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
        if self.question.kind == "select_one":
            of_code = np.array([as_number(code) for code in self.codes] or [np.nan])
            return np.where(self.choice >= 0, of_code[self.choice], np.nan)
        return np.array(
            [as_number(one) if isinstance(one, str) else np.nan for one in self.given], float
        )

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

    `language` of each response; `channel`, None where it is not told.
    """

    questionnaire: Questionnaire
    n: int
    columns: Mapping[str, Column]
    language: Sequence[str] = field(repr=False)
    channel: Sequence[str | None] = field(repr=False)


def gather(questionnaire: Questionnaire, responses: Iterable[Response]) -> Sample:
    """
    The responses by question. What was answered to a question that the form does not have is left out.
    """
    answers: list[Answers] = []
    languages: list[str] = []
    channels: list[str | None] = []
    for one in responses:
        answers.append(one.answers)
        languages.append(one.language)
        channels.append(one.channel)
    asked = [one for one in questionnaire.questions if one.kind != "note"]
    columns = {
        one.name: Column(question=one, given=[given.get(one.name) for given in answers])
        for one in asked
    }
    return Sample(
        questionnaire=questionnaire,
        n=len(answers),
        columns=columns,
        language=languages,
        channel=channels,
    )


def _choices(question: Question) -> Sequence[Choice]:
    return question.choices.choices if question.choices else ()


def _chosen(answer: Answer | None) -> Sequence[str]:
    if answer is None:
        return ()
    return (answer,) if isinstance(answer, str) else answer
