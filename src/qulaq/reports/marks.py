"""Notes on numbers as letters: said once of a whole table, else of a line, else of a cell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from qulaq.indicators import NOTES
from qulaq.reports.document import Cell
from qulaq.study import Page

_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Line:
    """
    One quantity of every page: its title and how it is written for a page.
    """

    title: str
    link: str
    cell: Callable[[Page], Cell]


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """
    The lines of a table with their cells, page by page. `titles` are the marks of each line as a
    whole, `common` the notes of all lines, `letters` the mark of every other note.
    """

    lines: tuple[Line, ...]
    titles: tuple[tuple[str, ...], ...]
    cells: tuple[tuple[Cell, ...], ...]
    common: tuple[str, ...]
    letters: dict[str, str]


def mark(lines: Sequence[Line], cells: Sequence[Sequence[Cell]]) -> Marked:
    """
    The cells come with the keys of their notes as marks and leave with letters.
    """
    of_lines = [_shared(line) for line in cells]
    found = [note for note in NOTES if any(note in cell.marks for line in cells for cell in line)]
    measured = [shared for shared, line in zip(of_lines, cells, strict=True) if _bearing(line)]
    common = tuple(note for note in found if all(note in shared for shared in measured))
    marked = [note for note in found if note not in common]
    letters = dict(zip(marked, _LETTERS, strict=False))
    return Marked(
        lines=tuple(lines),
        titles=tuple(_as_letters(shared, letters) for shared in of_lines),
        cells=tuple(
            tuple(_marked(cell, shared, letters) for cell in line)
            for line, shared in zip(cells, of_lines, strict=True)
        ),
        common=common,
        letters=letters,
    )


def _bearing(cells: Sequence[Cell]) -> list[Cell]:
    """
    The cells that hold a number of which notes may tell: what is missing bears none.
    """
    return [cell for cell in cells if not cell.missing and (cell.details or cell.marks)]


def _shared(cells: Sequence[Cell]) -> tuple[str, ...]:
    """
    The notes of all numbers in a line.
    """
    bearing = _bearing(cells)
    return tuple(note for note in NOTES if bearing and all(note in cell.marks for cell in bearing))


def _marked(cell: Cell, shared: Sequence[str], letters: dict[str, str]) -> Cell:
    own = [note for note in cell.marks if note not in shared and not cell.missing]
    return replace(cell, marks=_as_letters(own, letters))


def _as_letters(notes: Sequence[str], letters: dict[str, str]) -> tuple[str, ...]:
    return tuple(letters[note] for note in notes if note in letters)
