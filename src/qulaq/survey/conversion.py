"""
What pyxform makes of a form and says about it: with its place and, for what is met most, in three languages.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from qulaq.lang import Phrase, phrase
from qulaq.survey.problems import Level, Problem
from qulaq.survey.workbook import Sheet, Workbook

_PLACE = re.compile(
    r"\[row : (?P<row>\d+)\]\s*(?:On the '(?P<sheet>\w+)' sheet, the '(?P<column>[^']+)' value)?"
)
_SHEET = re.compile(r"for sheet: '(\w+)'|is missing the (survey|choices) |On the '(\w+)' sheet")

Reword = Callable[[re.Match[str]], tuple[Phrase, Phrase]]


def _same(found: str, remedy: str) -> Reword:
    """
    One wording, with the named parts of the message filled in.
    """

    def reword(told: re.Match[str]) -> tuple[Phrase, Phrase]:
        return phrase(found, **told.groupdict()), phrase(remedy, **told.groupdict())

    return reword


def _n(template: str) -> str:
    """
    Mark a template for the catalogues.
    """
    return template


_REWORDED: tuple[tuple[re.Pattern[str], Reword], ...] = tuple(
    (re.compile(pattern, re.DOTALL), _same(found, remedy))
    for pattern, found, remedy in (
        (
            r"Duplicate column header: (?P<name>.+)",
            _n("two columns are called “{name}”."),
            _n("Rename or delete one of them."),
        ),
        (
            r"the 'name' value '(?P<name>[^']*)' is invalid\. Questions, groups",
            _n("the name “{name}” stands twice in one group."),
            _n("Give each question a name of its own."),
        ),
        (
            r"the 'name' value '(?P<name>[^']*)' is problematic",
            _n("the name “{name}” differs from another only in capital letters."),
            _n("Give each question a name of its own."),
        ),
        (
            r"Choices should have a label",
            _n("the choice has no wording."),
            _n("Write its label in every language of the form."),
        ),
        (
            r"Choices must have a name",
            _n("the choice has no name."),
            _n("Write a short name, such as yes, in the column “name”."),
        ),
        (
            r"Choice names must be unique",
            _n("the name of the choice stands twice in its list."),
            _n("Give each choice of a list a name of its own."),
        ),
        (
            r"Names must begin with a letter",
            _n("the name is not one that forms can use."),
            _n(
                "Begin with a letter; go on with letters, digits, “_”, “-” and “.”, without spaces."
            ),
        ),
        (
            r"Could not find the name '(?P<name>[^']*)'",
            _n("“{name}” is no question of the form."),
            _n("Correct the name within ${{…}}."),
        ),
        (
            r"List name not in choices sheet: (?P<name>.+)",
            _n("the list “{name}” is not in the sheet of choices."),
            _n("Add its choices there, or correct the name."),
        ),
        (
            r"Question or group with no name",
            _n("the question has no name."),
            _n("Write a short name, such as age, in the column “name”."),
        ),
        (
            r"Question with no type",
            _n("the row has no type."),
            _n("Write one in the column “type”, such as text or select_one age."),
        ),
        (
            r"Unknown question type '(?P<name>[^']*)'",
            _n("there is no type “{name}”."),
            _n("Write one in the column “type”, such as text or select_one age."),
        ),
        (
            r"Unmatched 'begin_(?P<name>\w+)'",
            _n("the {name} that begins here does not end."),
            _n("Add a row of the type end_{name} where it ends."),
        ),
        (
            r"Unmatched 'end_(?P<name>\w+)'",
            _n("a {name} ends here that did not begin."),
            _n("Delete the row, or add one of the type begin_{name} where it begins."),
        ),
        (
            r"do not contain valid machine-readable codes: (?P<name>.+?)\. Learn",
            _n("the names of these languages have no code: {name}."),
            _n("Write the code in brackets: label::English (en), label::French (fr)."),
        ),
        (
            r"Language '(?P<language>[^']*)' is missing the \w+ (?:columns )?(?P<name>[\w, -]+?)(?: column)?\.",
            _n("the language “{language}” lacks columns that others have: {name}."),
            _n("Add them, or take the others away."),
        ),
        (
            r"^There should be an? (?P<name>\w+) sheet",
            _n("the form has no sheet “{name}”."),
            _n("Add it; the guide to questionnaires shows what stands in it."),
        ),
    )
)


def convert_form(file: Path, workbook: Workbook) -> tuple[dict[str, Any] | None, list[Problem]]:
    """
    The dictionary of pyxform, and all that it says; no dictionary where it refuses the form.
    """
    import warnings

    from pyxform.xls2xform import convert

    told: list[str] = []
    try:
        with file.open("rb") as stream, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of openpyxl, on styles and rules
            result = convert(
                stream, warnings=told, validate=False, file_type=".xlsx", form_name="data"
            )
    except Exception as error:  # noqa: BLE001  # besides its own errors, what it trips over
        refused = _place_message(str(error), workbook, level="error")
        return None, [*_warnings(told, workbook), refused]
    return result._pyxform, _warnings(told, workbook)  # noqa: SLF001


def _warnings(told: Iterable[str], workbook: Workbook) -> list[Problem]:
    lines = (line for message in told for line in _split(message))
    return [_place_message(line, workbook, level="warning") for line in lines]


def _split(message: str) -> list[str]:
    """
    One warning may list several languages, a line each; others show a row in theirs.
    """
    return message.splitlines() if message.startswith("Language '") else [message]


def _place_message(message: str, workbook: Workbook, *, level: Level) -> Problem:
    """
    A message of pyxform as a problem. One that is not met often is quoted in English.
    """
    sheet, row, column = _find_place(message, workbook)
    found, remedy = _reword(message)
    return Problem(
        level=level,
        blocks=level == "error",
        sheet=sheet,
        row=row,
        column=column,
        found=found,
        remedy=remedy,
    )


def _reword(message: str) -> tuple[Phrase, Phrase]:
    for pattern, reword in _REWORDED:
        if told := pattern.search(message):
            return reword(told)
    plain = " ".join(_PLACE.sub("", message).split())
    return (
        phrase("pyxform says: {message}", message=plain[:500]),
        phrase("The rules of XLSForm stand at https://xlsform.org."),
    )


def _find_place(message: str, workbook: Workbook) -> tuple[str, int | None, str]:
    told = _PLACE.search(message)
    if told:
        sheet = _sheet(told["sheet"] or "survey", workbook)
        column = sheet.heading(told["column"]) if told["column"] else ""
        return sheet.name, int(told["row"]), column
    if doubled := re.match(r"Duplicate column header: (.+)", message):
        return _doubled(doubled[1].strip(), workbook)
    if unknown := re.match(r"Unknown question type '([^']*)'", message):
        return _of_type(unknown[1], workbook.survey)
    named = _SHEET.search(message)
    name = next(filter(None, named.groups()), "") if named else ""
    return (_sheet(name, workbook).name if name else "", None, "")


def _sheet(name: str, workbook: Workbook) -> Sheet:
    by_name = {
        "survey": workbook.survey,
        "choices": workbook.choices,
        "settings": workbook.settings,
    }
    return by_name.get(name) or Sheet(name=name, headings=(), rows=())


def _doubled(heading: str, workbook: Workbook) -> tuple[str, int | None, str]:
    for sheet in workbook:
        if [one.text for one in sheet.headings].count(heading) > 1:
            return sheet.name, 1, heading
    return "", None, ""


def _of_type(kind: str, survey: Sheet) -> tuple[str, int | None, str]:
    rows = (row.number for row in survey.rows if survey.cell(row, "type") == kind)
    return survey.name, next(rows, None), survey.heading("type")
