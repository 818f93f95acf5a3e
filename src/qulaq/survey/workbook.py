"""The cells of a form as they stand in its sheets, found by what their column means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from qulaq.sheets import read_sheets
from qulaq.survey.questionnaire import UNTOLD

SHEETS = ("survey", "choices", "settings")
TRANSLATED = ("label", "hint", "constraint_message", "required_message")

_ALIASES = {
    "caption": "label",
    "relevance": "relevant",
    "calculate": "calculation",
    "command": "type",
    "tag": "name",
    "value": "name",
    "readonly": "read_only",
    "requiredmsg": "required_message",
    "constraining_message": "constraint_message",
}
_LONGEST_GAP = 60  # empty rows after which a sheet has ended, as pyxform reads it
_CODE = re.compile(r"\(\s*([A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)\s*\)\s*$")
_BARE_CODE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*")
_NAMES = {
    "қазақша": "kk", "қазақ тілі": "kk", "казахский": "kk", "kazakh": "kk",
    "орысша": "ru", "русский": "ru", "russian": "ru",
    "ағылшынша": "en", "английский": "en", "english": "en",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Heading:
    """
    A heading as it is written, the column that it means and the language that it names, both in small letters
    where XLSForm does not care.
    """

    text: str
    column: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """
    One row below the heading: its number as a spreadsheet counts, its cells by heading, empty ones left out.
    """

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Sheet:
    """
    One sheet of a form.
    """

    name: str
    headings: tuple[Heading, ...]
    rows: tuple[Row, ...]

    @cached_property
    def written(self) -> Mapping[str, str]:
        """
        By column the heading as it is written; of a translated one the first.
        """
        return {heading.column: heading.text for heading in reversed(self.headings)}

    def heading(self, column: str) -> str:
        """
        How the sheet writes that column; its own name where it has none.
        """
        return self.written.get(column, column)

    def cell(self, row: Row, column: str) -> str:
        return row.cells.get(self.heading(column), "")

    def in_languages(self, column: str) -> tuple[Heading, ...]:
        return tuple(heading for heading in self.headings if heading.column == column)

    @cached_property
    def by_name(self) -> Mapping[str, Row]:
        """
        Rows by their cell `name`, the first of a name.
        """
        return {name: row for row in reversed(self.rows) if (name := self.cell(row, "name"))}

    @cached_property
    def by_list(self) -> Mapping[tuple[str, str], Row]:
        """
        Rows of choices by list and name.
        """
        keys = ((self.cell(row, "list_name"), self.cell(row, "name"), row) for row in self.rows)
        return {(listed, name): row for listed, name, row in reversed(list(keys))}


@dataclass(frozen=True)
class Workbook:
    """
    The sheets of a form that have a meaning; an absent one is empty.
    """

    survey: Sheet
    choices: Sheet
    settings: Sheet

    def __iter__(self) -> Iterator[Sheet]:
        return iter((self.survey, self.choices, self.settings))

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """
        The languages that headings name, in their order.
        """
        named = (one.language for sheet in self for one in sheet.headings if one.language)
        return tuple(dict.fromkeys(named))


def read_workbook(file: Path) -> Workbook:
    """
    The sheets of an XLSForm. Raises UnreadableExport where the file is no XLSX.
    """
    found = {
        name.strip().lower(): (name, rows)
        for name, rows in read_sheets(file, gap=_LONGEST_GAP).items()
    }
    if len(found) == 1:  # pyxform takes an only sheet for the survey
        found = {"survey": next(iter(found.values()))}
    survey, choices, settings = (_read_sheet(*found.get(name, (name, []))) for name in SHEETS)
    return Workbook(survey, choices, settings)


def language_code(name: str) -> str:
    """
    The code of a language as a form names it.

    >>> [language_code(name) for name in ("Қазақша (kk)", "Русский", "EN", "default")]
    ['kk', 'ru', 'en', 'und']
    """
    if told := _CODE.search(name):
        return told[1].lower()
    plain = name.strip().lower()
    if plain in {"", "default"}:
        return UNTOLD
    return _NAMES.get(plain) or plain


def has_code(name: str) -> bool:
    return bool(_CODE.search(name) or _BARE_CODE.fullmatch(name.strip()))


def _read_sheet(name: str, rows: list[list[str]]) -> Sheet:
    first = [_in_one_line(cell) for cell in rows[0]] if rows else []
    doubled = any("::" in cell for cell in first)
    headings = [_read_heading(cell, doubled=doubled) for cell in first]
    below = tuple(_read_rows(first, rows[1:]))
    return Sheet(name=name, headings=tuple(one for one in headings if one.text), rows=below)


def _read_rows(headings: list[str], rows: list[list[str]]) -> Iterator[Row]:
    for number, row in enumerate(rows, 2):
        pairs = zip(headings, row, strict=False)
        cells = {heading: text.strip() for heading, text in pairs if heading and text.strip()}
        if cells:
            yield Row(number, cells)


def _read_heading(text: str, *, doubled: bool) -> Heading:
    """
    `label::Қазақша (kk)`; old forms write one colon, which stands within names such as jr:count too.
    """
    separator = "::" if doubled or "::" in text or "jr:" in text else ":"
    first, *rest = (part.strip() for part in text.split(separator))
    column = "_".join(first.lower().split())
    column = _ALIASES.get(column, column)
    language = rest[-1] if rest and column in TRANSLATED else ""
    return Heading(text, column, language)


def _in_one_line(cell: str) -> str:
    return re.sub(" +", " ", cell.strip())
