"""Questions as a page shows them: wording, what was answered, what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from qulaq.survey.answers import LONGEST_TEXT, Settled, Told
from qulaq.survey.questionnaire import Choice, Question
from qulaq.web.survey.finding import MOST_LISTED, find_choices


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """
    One answer to choose.
    """

    name: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """
    One question on a page, all its texts in the page's language.

    `searched`: its choices are too many to list, and `options` are those found for `sought`.
    """

    name: str
    kind: str
    label: str
    hint: str
    required: bool
    value: str
    options: tuple[Option, ...]
    searched: bool
    sought: str
    problem: str

    @property
    def is_group(self) -> bool:
        return self.kind in {"select_one", "select_multiple"}


def make_fields(
    settled: Settled,
    questions: Iterable[Question],
    *,
    language: str,
    problems: Mapping[str, Told],
    sought: Mapping[str, str],
) -> list[Field]:
    """
    The fields of a screen's questions. *problems* and *sought* are by question.
    """
    return [
        _make_field(
            settled,
            question,
            language=language,
            problem=problems.get(question.name),
            sought=sought.get(question.name, ""),
        )
        for question in questions
    ]


def _make_field(
    settled: Settled, question: Question, *, language: str, problem: Told | None, sought: str
) -> Field:
    answer = settled.answers.get(question.name, "")
    chosen = {answer} if isinstance(answer, str) else set(answer)
    choices = settled.choices(question)
    searched = len(choices) > MOST_LISTED
    if searched:
        choices = _found(choices, chosen, sought, language)
    return Field(
        name=question.name,
        kind=question.kind,
        label=settled.fill(question.label, language),
        hint=settled.fill(question.hint, language),
        required=settled.requires(question),
        value=answer[:LONGEST_TEXT] if isinstance(answer, str) else "",
        options=tuple(
            Option(
                name=one.name, label=settled.fill(one.label, language), chosen=one.name in chosen
            )
            for one in choices
        ),
        searched=searched,
        sought=sought,
        problem=problem.to(language) if problem else "",  # type: ignore[arg-type]
    )


def _found(
    choices: tuple[Choice, ...], chosen: set[str], sought: str, language: str
) -> tuple[Choice, ...]:
    found = [one for one in find_choices(choices, sought, language) if one.name not in chosen]
    return (*(one for one in choices if one.name in chosen), *found)
