"""How the moments of a column are written: read as they are, or in a format that must be told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import duckdb

from qulaq.corpus.cells import Habits
from qulaq.corpus.drafts.sampling import share_read
from qulaq.corpus.moments import find_writing, moment

MOSTLY = 0.9
"""The share of cells from which a column is taken for what they read as."""

_FEW = 3  # cells that are tried in every format
_CLOCK_ONLY = re.compile(r"[\d\s:.,/TZ+-]+(?:\s(?:AM|PM|[A-Z]{3,4}))?")
_MAYBE_MOMENT = re.compile(r"\d{10}|\d{13}|\d{1,4}[-./]\d{1,2}[-./]\d{1,4}(?:\D.{0,30})?")
_FORMATS = tuple(
    day + clock
    for day in ("%d/%m/%Y", "%m/%d/%Y", "%Y/%m/%d", "%d-%m-%Y", "%d.%m.%y", "%d/%m/%y", "%m/%d/%y")
    for clock in (" %H:%M:%S", " %H:%M", " %I:%M:%S %p", " %I:%M %p", "")
)
_CLOCK = Habits(zone="+00:00")  # any clock is taken, whatever its zone would be


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """
    How a column's moments are written, and the share of cells that are.
    """

    share: float = 0.0
    zoned: bool = False
    unix: bool = False
    writing: str = ""
    formats: tuple[str, ...] = ()


def may_be_moments(some: Sequence[str]) -> bool:
    return sum(bool(_MAYBE_MOMENT.fullmatch(cell)) for cell in some) > len(some) / 2


def find_moments(some: Sequence[str], connection: duckdb.DuckDBPyConnection) -> Written:
    """
    How moments are written that are read as they are; else in which format, if one is known, they would be.
    """
    share = _share_of_moments(some, _CLOCK, connection)
    if share < MOSTLY and (told := _find_format(some, connection)):
        return told
    if not share:
        return Written()
    zoned = _share_of_moments(some, Habits(), connection) >= share
    if all(map(str.isdigit, some)):
        return Written(share=share, zoned=True, unix=True, writing=_writing_of_seconds(some))
    found = find_writing(some, _CLOCK)
    writing = found.format + ("" if found.zone == "" else "Z") if found else _shape(some)
    return Written(share=share, zoned=zoned, writing=as_pattern(writing))


def _writing_of_seconds(some: Sequence[str]) -> str:
    return "s" if len(some[0]) == 10 else "ms"  # noqa: PLR2004


def _shape(some: Sequence[str]) -> str:
    """
    Where no format is known by name, a cell with every digit a zero; never one that may hold words.
    """
    return next((re.sub(r"\d", "0", cell) for cell in some if _CLOCK_ONLY.fullmatch(cell)), "?")


def _find_format(some: Sequence[str], connection: duckdb.DuckDBPyConnection) -> Written | None:
    """
    Formats that must be told: all that fit every cell, for day and month may be mistaken for each other.
    """
    likely = [one for one in _FORMATS if any(_is_written(cell, one) for cell in some[:_FEW])]
    shares = {
        one: _share_of_moments(some, Habits(zone="+00:00", formats=(one,)), connection)
        for one in likely
    }
    best = max(shares.values(), default=0.0)
    if best < MOSTLY:
        return None
    formats = tuple(one for one, share in shares.items() if share == best)
    return Written(share=best, writing=as_pattern(formats[0]), formats=formats)


def _is_written(cell: str, written: str) -> bool:
    try:
        datetime.strptime(cell, written)  # noqa: DTZ007  # asked only whether it is written so
    except ValueError:
        return False
    return True


def as_pattern(written: str) -> str:
    """
    A format as people write it: YYYY-MM-DD hh:mm.
    """
    letters = {
        "Y": "YYYY", "y": "YY", "m": "MM", "d": "DD", "H": "hh", "I": "hh", "M": "mm", "S": "ss", "f": "ffffff",
        "p": "AM/PM",
    }  # fmt: skip
    return re.sub("%(.)", lambda found: letters.get(found[1], found[1]), written)


def _share_of_moments(
    some: Sequence[str], habits: Habits, connection: duckdb.DuckDBPyConnection
) -> float:
    return share_read(moment("cell", "cell", habits), some, connection)
