"""Judgements from a table: who gave which unit which code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from qulaq.errors import UnreadableExport
from qulaq.lang import phrase
from qulaq.tables import Line, Table, read_table

_UNIT, _CODER, _VARIABLE, _CODE = _NAMES = ("unit", "coder", "variable", "code")
ONLY_VARIABLE = "code"
"""The name of the variable in a table that tells of one and does not name it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """
    One code that a coder gave a unit in one variable. A coder who gives several codes makes several judgements.
    """

    unit: str
    coder: str
    variable: str
    code: str


def read_judgements(file: Path) -> tuple[Judgement, ...]:
    """
    Read a CSV or XLSX with a row for each judgement (columns unit, coder, code, and variable where there are several),
    or with a row for each unit and a column for each coder. An empty code is none: the coder left the unit out.

    Raises UnreadableExport where columns are missing, a cell that names something is empty, or a row stands twice.
    """
    table = read_table(file)
    if table.find(_UNIT) is None:
        raise table.refusal(
            phrase("there is no column {names}.", names=_UNIT),
            phrase(
                "A row is a judgement (unit, coder, variable, code), or a unit with a column for each coder."
            ),
        )
    long = table.find(_CODER) is not None or table.find(_CODE) is not None
    told = _read_long(table) if long else _read_wide(table)
    _refuse_repeats(table, told)
    return tuple(one for _, one in told if one.code)


Told = Sequence[tuple[Line, Judgement]]


def _read_long(table: Table) -> Told:
    needed = (_UNIT, _CODER, _CODE)
    if missing := [name for name in needed if table.find(name) is None]:
        raise table.refusal(
            phrase("there is no column {names}.", names=", ".join(missing)),
            phrase("Needed are: {names}.", names=", ".join(needed)),
        )
    places = {name: place for name in _NAMES if (place := table.find(name)) is not None}
    return [(line, _judgement(table, line, places)) for line in table.lines]


def _judgement(table: Table, line: Line, places: Mapping[str, int]) -> Judgement:
    cells = {name: line.cells[place] for name, place in places.items()}
    for name in (_UNIT, _CODER, *([_VARIABLE] if _VARIABLE in cells else [])):
        if not cells[name]:
            raise table.refusal(
                phrase("the cell is empty."),
                phrase("Only a code may be left empty: the coder left the unit out."),
                line=line,
                column=name,
            )
    return Judgement(
        unit=cells[_UNIT],
        coder=cells[_CODER],
        variable=cells.get(_VARIABLE, ONLY_VARIABLE),
        code=cells[_CODE],
    )


def _read_wide(table: Table) -> Told:
    unit = table.find(_UNIT) or 0
    coders = [(place, name) for place, name in enumerate(table.heading) if place != unit and name]
    if len(coders) < 2:  # noqa: PLR2004
        raise table.refusal(
            phrase("there are columns of fewer than two coders."),
            phrase(
                "A row is a judgement (unit, coder, variable, code), or a unit with a column for each coder."
            ),
        )
    _refuse_alike(table, [name for _, name in coders])
    return [
        (
            line,
            Judgement(
                unit=_unit(table, line, unit),
                coder=name,
                variable=ONLY_VARIABLE,
                code=line.cells[place],
            ),
        )
        for line in table.lines
        for place, name in coders
    ]


def _unit(table: Table, line: Line, place: int) -> str:
    if not line.cells[place]:
        raise table.refusal(
            phrase("the cell is empty."), phrase("Name each unit."), line=line, column=_UNIT
        )
    return line.cells[place]


def _refuse_alike(table: Table, names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise table.refusal(
                phrase("two columns are called “{name}”.", name=name),
                phrase("Give every coder a name of their own."),
            )
        seen.add(name)


def _refuse_repeats(table: Table, told: Told) -> None:
    seen: dict[Judgement, int] = {}
    for line, one in told:
        if one in seen:
            raise _repeated(table, line, one, seen[one])
        seen[one] = line.number


def _repeated(table: Table, line: Line, one: Judgement, first: int) -> UnreadableExport:
    return table.refusal(
        phrase(
            "{coder} gave the unit {unit} the code “{code}” in row {row} already.",
            coder=one.coder,
            unit=one.unit,
            code=one.code,
            row=first,
        ),
        phrase("Leave each judgement there once."),
        line=line,
    )
