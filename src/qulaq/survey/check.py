"""All that is wrong with a form, by sheet, row and column."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from qulaq.lang import Phrase, phrase
from qulaq.survey.problems import Level, Problem
from qulaq.survey.questionnaire import Question, Questionnaire
from qulaq.survey.reach import Reach, unused_lists
from qulaq.survey.soundness import Rule
from qulaq.survey.spss import find_faults
from qulaq.survey.workbook import TRANSLATED, Heading, Row, Sheet, Workbook
from qulaq.survey.xlsform import RECORDED, FormReading, read_form

_WORDLESS = ("end", "begin", "calculate")
"""How the types of rows begin that need no wording."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """
    What was found in a form. `converts`: ODK and KoboToolbox can ask it; `questionnaire` is null where Qulaq cannot.
    """

    file: Path
    converts: bool
    questionnaire: Questionnaire | None
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> int:
        return sum(problem.level == "error" for problem in self.problems)

    @property
    def warnings(self) -> int:
        return len(self.problems) - self.errors


def check_form(file: Path) -> Check:
    """
    Look through a form for everything that is wrong with it, in the order of its sheets and rows. Raises as
    `read_form` does.
    """
    reading = read_form(file)
    found = [*reading.problems, *_find_untranslated(reading.workbook)]
    if reading.questionnaire is not None:
        found += _find_in_questionnaire(reading, reading.questionnaire)
    return Check(
        file=file,
        converts=reading.converts,
        questionnaire=reading.questionnaire,
        problems=tuple(sorted(found, key=lambda one: _place(one, reading.workbook))),
    )


def _place(problem: Problem, workbook: Workbook) -> tuple[int, int, int]:
    sheets = [sheet.name for sheet in workbook]
    sheet = sheets.index(problem.sheet) if problem.sheet in sheets else len(sheets)
    columns = [one.text for one in list(workbook)[sheet].headings] if sheet < len(sheets) else []
    column = columns.index(problem.column) if problem.column in columns else -1
    return sheet, problem.row or 0, column


# ── Translations ─────────────────────────────────────────────────────────────────────────────────


def _find_untranslated(workbook: Workbook) -> Iterator[Problem]:
    for sheet in (workbook.survey, workbook.choices):
        for column in TRANSLATED:
            headings = sheet.in_languages(column)
            if headings:
                yield from _find_missing_columns(sheet, headings, workbook)
                yield from _find_empty_cells(sheet, headings)


def _find_missing_columns(
    sheet: Sheet, headings: tuple[Heading, ...], workbook: Workbook
) -> Iterator[Problem]:
    has = {heading.language for heading in headings}
    for language in workbook.languages:
        if language not in has:
            column = f"{headings[0].column}::{language}"
            yield Problem(
                level="warning",
                sheet=sheet.name,
                row=1,
                column=column,
                found=phrase("there is no column “{column}”.", column=column),
                remedy=phrase("Add it: nothing in it is translated into that language."),
            )


def _find_empty_cells(sheet: Sheet, headings: tuple[Heading, ...]) -> Iterator[Problem]:
    for row in sheet.rows:
        empty = [one for one in headings if one.text not in row.cells]
        if len(empty) < len(headings):
            yield from (_untranslated(sheet, row, heading) for heading in empty)
        elif headings[0].column == "label" and _needs_wording(sheet, row):
            yield Problem(
                level="warning",
                sheet=sheet.name,
                row=row.number,
                column=headings[0].text,
                found=phrase("the row has no wording in any language."),
                remedy=phrase("Write what people are to read."),
            )


def _needs_wording(sheet: Sheet, row: Row) -> bool:
    kind = sheet.cell(row, "type").lower()
    named = bool(kind) and bool(sheet.cell(row, "name"))
    return named and kind not in RECORDED and not kind.startswith(_WORDLESS)


def _untranslated(sheet: Sheet, row: Row, heading: Heading) -> Problem:
    return Problem(
        level="warning",
        sheet=sheet.name,
        row=row.number,
        column=heading.text,
        found=phrase("the translation is missing."),
        remedy=phrase("Fill in the cell; people read another language, in KoboToolbox a dash."),
    )


# ── Questions, choices, names ────────────────────────────────────────────────────────────────────


def _find_in_questionnaire(reading: FormReading, questionnaire: Questionnaire) -> Iterator[Problem]:
    workbook = reading.workbook
    yield from _find_wrong_languages(questionnaire)
    yield from _find_unreachable(workbook, questionnaire)
    yield from _find_unused_lists(workbook.choices, questionnaire)
    for rule in reading.rules:
        yield from _find_strange_choices(workbook.survey, rule, questionnaire)
    asked = (one for one in questionnaire.questions if one.kind != "note")
    for question, fault in find_faults(asked):
        yield _at(
            workbook.survey,
            question.name,
            "name",
            level="warning",
            found=fault,
            remedy=phrase("Take a short name of Latin letters, digits and “_”, unlike all others."),
        )


def _at(
    sheet: Sheet, name: str, column: str, *, level: Level, found: Phrase, remedy: Phrase
) -> Problem:
    """
    A problem of the question or group of that name.
    """
    row = sheet.by_name.get(name)
    return Problem(
        level=level,
        sheet=sheet.name,
        row=row.number if row else None,
        column=sheet.heading(column),
        found=found,
        remedy=remedy,
    )


def _find_wrong_languages(questionnaire: Questionnaire) -> Iterator[Problem]:
    codes = [language.code for language in questionnaire.languages]
    for code in dict.fromkeys(code for code in codes if codes.count(code) > 1):
        yield Problem(
            level="error",
            sheet="survey",
            row=1,
            found=phrase("two languages of the form have the code “{code}”.", code=code),
            remedy=phrase("Write each language alike in every heading."),
        )


def _find_unreachable(workbook: Workbook, questionnaire: Questionnaire) -> Iterator[Problem]:
    reach = Reach(questionnaire)
    for question in reach.never_shown:
        yield _at(
            workbook.survey,
            question.name,
            "relevant",
            level="error",
            found=phrase("no answers lead to this question: it is never shown."),
            remedy=phrase("Correct the condition, or that of its group."),
        )
    for question, choice in reach.never_offered:
        row = workbook.choices.by_list.get((_list_of(question), choice.name))
        yield Problem(
            level="warning",
            sheet=workbook.choices.name,
            row=row.number if row else None,
            column=workbook.choices.heading("name"),
            found=phrase(
                "no answers lead to the choice “{name}” of {question}.",
                name=choice.name,
                question=question.name,
            ),
            remedy=phrase("Correct its row, or the choice filter of the question."),
        )


def _list_of(question: Question) -> str:
    return question.choices.name if question.choices else ""


def _find_unused_lists(choices: Sheet, questionnaire: Questionnaire) -> Iterator[Problem]:
    first = {
        name: row for row in reversed(choices.rows) if (name := choices.cell(row, "list_name"))
    }
    named = (choices.cell(row, "list_name") for row in choices.rows)
    for name in unused_lists(questionnaire.questions, named):
        yield Problem(
            level="warning",
            sheet=choices.name,
            row=first[name].number,
            column=choices.heading("list_name"),
            found=phrase("no question uses the list “{name}”.", name=name),
            remedy=phrase("Delete it, or name it in the type of a question."),
        )


def _find_strange_choices(
    survey: Sheet, rule: Rule, questionnaire: Questionnaire
) -> Iterator[Problem]:
    """
    A rule that compares an answer with what is none of its choices: most often a name was mistyped.
    """
    for asked, text in sorted(rule.expression.compared):
        name = rule.owner if asked == "." else asked
        if not _is_possible(questionnaire.by_name.get(name), text):
            yield _at(
                survey,
                rule.owner,
                rule.column,
                level="error",
                found=phrase("“{text}” is none of the choices of {name}.", text=text, name=name),
                remedy=phrase("Correct the name of the choice; capital letters count."),
            )


def _is_possible(question: Question | None, text: str) -> bool:
    if not text or question is None or question.choices is None:
        return True
    return text in question.choices.by_name
