"""
Rows of tables whose headings are paths ("replies/0/text", "user.name"): documents laid flat.

Read in Python, for what comes out are documents; `plain` reads plain tables at the engine's rate.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

from qulaq.corpus.importers.values import Record
from qulaq.errors import UnreadableExport
from qulaq.exports import Export
from qulaq.lang import phrase
from qulaq.sheets import read_xlsx

_LONGEST_CELL = 16 << 20
_ABSURD = 9  # digits of a place in a list


def nested(row: Mapping[str, str | None]) -> Record:
    """
    A row of a table whose headings are paths ("replies/0/text", "user.name") as the document that it was.
    Empty cells are left out.
    """
    document: Record = {}
    told = {path: cell for path, cell in row.items() if cell is not None}
    for path in sorted(told, key=_places):
        _put(document, _keys(path), told[path])
    return document


@lru_cache(maxsize=1 << 14)
def _keys(path: str) -> list[str]:
    return path.replace("/", ".").split(".")


@lru_cache(maxsize=1 << 14)
def _places(path: str) -> list[int]:
    """
    The numbers in a path: tools sort their headings by letters, "replies/10" before "replies/2".
    """
    return [int(key) if _is_place(key) else -1 for key in _keys(path)]


def _is_place(key: str) -> bool:
    return key.isdecimal() and len(key) < _ABSURD


def _put(document: Record, path: list[str], cell: str) -> None:
    """
    A cell under its path; numbers in it are places of a list. Where two paths contradict, the first stays.
    """
    place: Any = document
    for key, following in pairwise(path):
        place = _step(place, key, [] if _is_place(following) else {})
        if not isinstance(place, (dict, list)):
            return
    _step(place, path[-1], cell)


def _step(place: Any, key: str, new: object) -> Any:  # noqa: ANN401  # a tree under construction
    if isinstance(place, dict):
        return place.setdefault(key, new)
    if not _is_place(key) or int(key) > len(place):
        return None
    if int(key) == len(place):
        place.append(new)
    return place[int(key)]


@dataclass(frozen=True, slots=True)
class Ragged:
    """
    A row that has other cells than the heading names.
    """

    cells: int
    named: int


def read_rows(export: Export) -> Iterator[dict[str, str | None] | Ragged]:
    """
    The rows of a table below its heading.
    """
    if export.shape == "xlsx":
        # A sheet leaves out the empty cells at the end of a row.
        heading, *rows = read_xlsx(export.plain) or [[]]
        names = told_apart(heading)
        yield from (_row(names, row) for row in rows)
        return
    csv.field_size_limit(_LONGEST_CELL)
    with export.plain.open(encoding="utf-8-sig", newline="") as text:
        cells = csv.reader(text, delimiter=export.separator)
        try:
            names = told_apart(next(cells, []))
            for row in cells:
                fits = not row or (len(row) >= len(names) and not any(row[len(names) :]))
                yield _row(names, row) if fits else Ragged(len(row), len(names))
        except csv.Error as error:
            raise UnreadableExport(
                where=str(export.file),
                found=phrase("the file cannot be read ({error}).", error=error),
                remedy=phrase("Export it again, or save it as CSV in UTF-8."),
            ) from None


def told_apart(heading: Sequence[str]) -> list[str]:
    """
    The headings, of which none comes twice: tools write their columns behind those of the table that they
    were given, so the last of a name keeps it and those before are "given NAME".
    """
    names = [name.strip() for name in heading]
    last = {name: place for place, name in enumerate(names)}
    return [
        name if not name or last[name] == place else f"given {name}"
        for place, name in enumerate(names)
    ]


def _row(heading: Sequence[str], cells: Sequence[str]) -> dict[str, str | None]:
    return {name: cell or None for name, cell in zip(heading, cells, strict=False) if name}
