"""An export of answers laid out: its format, its columns with what stands above them, its rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qulaq.survey.exchange.formats import FORMATS, GOOGLE_FORMS, TABLE, Format
from qulaq.survey.exchange.likeness import alike
from qulaq.survey.exchange.moments import are_moments
from qulaq.tables import Line, Table

_LOOKED_AT = 200  # rows by which a column is judged
_RESPONSE = frozenset(("response", "open-ended response", "ответ", "жауап"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """
    One column. `place` counts from 0; `heading` is the question's text or name, `option` what a second row of
    headings says below it, "" where it says nothing more.
    """

    place: int
    heading: str
    option: str = ""

    @property
    def name(self) -> str:
        """
        The column as people are told of it, and as a mapping names it.
        """
        return f"{self.heading} – {self.option}" if self.option else self.heading


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """
    The columns that have a heading, and the rows of answers.
    """

    table: Table
    format: Format
    columns: tuple[Column, ...]
    lines: Sequence[Line]

    def cells(self, column: Column) -> list[str]:
        return [line.cells[column.place] for line in self.lines]


def make_layout(table: Table, *, format: Format | None = None) -> Layout:  # noqa: A002  # the word for it
    """
    See how a table is laid out; a format that is not named is recognised.
    """
    format = format or recognise(table)  # noqa: A001
    columns, lines = _plain(table), table.lines
    if format.subheadings and _has_subheadings(table):
        columns, lines = _two_rows(table), table.lines[1:]
    return Layout(table=table, format=format, columns=columns, lines=lines)


def recognise(table: Table) -> Format:
    """
    The format by the headings; one whose first column holds moments is Google's whatever the language of its
    owner, and any other is a table.
    """
    headings = {alike(one) for one in table.heading}
    codes = headings | {one.partition(". ")[0] for one in headings}
    for known in FORMATS:
        if any(sign <= codes for sign in known.signs):
            return known
    cells = [line.cells[0] for line in table.lines[:_LOOKED_AT]]
    named = alike(table.heading[0]) if table.heading else ""
    if named not in TABLE.moments and are_moments(cells):
        return GOOGLE_FORMS
    return TABLE


def _plain(table: Table) -> tuple[Column, ...]:
    told = enumerate(table.heading)
    return tuple(Column(place=place, heading=name) for place, name in told if name)


def _has_subheadings(table: Table) -> bool:
    if not table.lines:
        return False
    below = {alike(one) for one in table.lines[0].cells}
    return not table.lines[0].cells[0] and bool(below & _RESPONSE or "" in table.heading)


def _two_rows(table: Table) -> tuple[Column, ...]:
    columns, heading = [], ""
    for place, (above, below) in enumerate(zip(table.heading, table.lines[0].cells, strict=True)):
        heading = above or heading
        option = "" if alike(below) in _RESPONSE else below
        if heading:
            columns.append(Column(place=place, heading=heading, option=option))
    return tuple(columns)
