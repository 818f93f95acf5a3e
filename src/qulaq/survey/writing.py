"""A questionnaire as an XLSForm, which ODK, KoboToolbox and spreadsheets open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from pathlib import Path

from qulaq.sheets import Row, write_xlsx
from qulaq.survey.expressions import Expression
from qulaq.survey.questionnaire import (
    CONSISTENT,
    UNTOLD,
    Choice,
    ChoiceList,
    FormLanguage,
    Question,
    Questionnaire,
    Screen,
    Wording,
)

_WORDED = ("label", "hint", "constraint_message", "required_message")


def write_questionnaire(questionnaire: Questionnaire, file: Path) -> None:
    """
    Write the form. Each screen becomes a group that is shown at once; reading the file again gives the same
    questionnaire, and writing it again the same bytes. Columns of which nothing is filled in are left out.
    """
    survey = _write_table(list(_survey(questionnaire)), questionnaire.languages)
    choices = _write_table(list(_choices(questionnaire)), questionnaire.languages)
    settings = _settings(questionnaire)
    sheets = {"survey": survey, "choices": choices, "settings": settings}
    write_xlsx({name: rows for name, rows in sheets.items() if rows}, file, repeatable=True)


Cells = dict[str, "str | Wording"]
"""The filled cells of one row, by column."""


def _write_table(rows: Sequence[Cells], languages: Sequence[FormLanguage]) -> list[Row]:
    columns = list(dict.fromkeys(column for row in rows for column in row))
    plain = [column for column in columns if column not in _WORDED]
    worded = [column for column in _WORDED if column in columns]
    head = [one for one in ("type", "list_name", "name") if one in plain]
    rest = [one for one in plain if one not in head]
    headings = [
        *head,
        *(_heading(one, language) for one in worded for language in languages),
        *rest,
    ]
    if not rows:
        return []
    return [
        headings,
        *(
            [
                *(row.get(one, "") for one in head),
                *(_cell(row, one, language) for one in worded for language in languages),
                *(row.get(one, "") for one in rest),
            ]
            for row in rows
        ),
    ]


def _heading(column: str, language: FormLanguage) -> str:
    return column if language.code == UNTOLD else f"{column}::{language.name}"


def _cell(row: Cells, column: str, language: FormLanguage) -> str:
    wording = row.get(column)
    return wording.texts.get(language.code, "") if isinstance(wording, Wording) else ""


def _survey(questionnaire: Questionnaire) -> Iterator[Cells]:
    """
    The questions in the order of the form, groups begun and ended where the screen changes; a calculation, which is
    on no screen, stands in the group before it.
    """
    names = _free_names(questionnaire)
    screens = {one.name: screen for screen in questionnaire.screens for one in screen.questions}
    current: Screen | None = None
    for question in questionnaire.questions:
        screen = screens.get(question.name, current)
        if screen is not current:
            if current is not None:
                yield {"type": "end_group"}
            if screen is not None:
                yield _begin(screen, next(names))
            current = screen
        yield _question(question)
    if current is not None:
        yield {"type": "end_group"}


def _free_names(questionnaire: Questionnaire) -> Iterator[str]:
    names = (f"screen_{number}" for number in count(1))
    return (name for name in names if name not in questionnaire.by_name)


def _begin(screen: Screen, name: str) -> Cells:
    return _filled(
        {"type": "begin_group", "name": name, "label": screen.label, "appearance": "field-list"}
    )


def _question(question: Question) -> Cells:
    kind: str = question.kind
    if question.choices is not None:
        kind = f"{kind} {question.choices.name}"
    return _filled(
        {
            "type": kind,
            "name": question.name,
            "label": question.label,
            "hint": question.hint,
            "required": _required(question.required),
            "required_message": question.required_message,
            "relevant": _all(question.relevant),
            "constraint": _text(question.constraint),
            "constraint_message": question.constraint_message,
            CONSISTENT: _text(question.consistent),
            "calculation": _text(question.calculation),
            "choice_filter": _text(question.choice_filter),
            "appearance": question.appearance,
            "default": question.default,
        }
    )


def _filled(cells: Cells) -> Cells:
    return {column: value for column, value in cells.items() if value}


def _text(rule: Expression | None) -> str:
    return rule.text if rule else ""


def _required(rule: Expression | None) -> str:
    return "yes" if _text(rule) == "true()" else _text(rule)


def _all(rules: Sequence[Expression]) -> str:
    """
    Several conditions as one.
    """
    if len(rules) < 2:  # noqa: PLR2004
        return "".join(rule.text for rule in rules)
    return " and ".join(f"({rule.text})" for rule in rules)


def _choices(questionnaire: Questionnaire) -> Iterator[Cells]:
    for listed in _lists(questionnaire.questions):
        for choice in listed.choices:
            row: Cells = {"list_name": listed.name, "name": choice.name, "label": choice.label}
            yield _filled({**row, **choice.columns})


def _lists(questions: Iterable[Question]) -> list[ChoiceList]:
    found = {one.choices.name: one.choices for one in questions if one.choices is not None}
    return list(found.values())


def _settings(questionnaire: Questionnaire) -> list[Row]:
    default = questionnaire.default_language
    settings = {
        "form_title": questionnaire.title.to(default),
        "form_id": questionnaire.name,
        "version": questionnaire.version,
        "default_language": _name_of(default, questionnaire.languages),
        "allow_choice_duplicates": "yes" if _repeats(questionnaire) else "",
    }
    filled = {column: text for column, text in settings.items() if text}
    return [list(filled), list(filled.values())]


def _name_of(code: str, languages: Iterable[FormLanguage]) -> str:
    if code == UNTOLD:
        return ""
    return next(language.name for language in languages if language.code == code)


def _repeats(questionnaire: Questionnaire) -> bool:
    """
    Whether a name stands several times in one list, as cascading choices may want it.
    """

    def repeats(choices: Sequence[Choice]) -> bool:
        return len({choice.name for choice in choices}) < len(choices)

    return any(repeats(listed.choices) for listed in _lists(questionnaire.questions))
