"""When people answered, as programs and spreadsheets write it down."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Literal

Order = Literal["day", "month"]
"""What stands first in 03/04/2024: the day or the month."""

FIRST_YEAR = 1995
"""Nobody was asked on line before; an anonymous survey of LimeSurvey dates everything 1980-01-01."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECONDS = re.compile(r"\d{9,10}(?:\.\d+)?", re.ASCII)
_MILLISECONDS = re.compile(r"\d{12,13}(?:\.0)?", re.ASCII)
_CLOCK = (
    r"(?:(?:[T ]|, ?)\s*(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d+)?)?"
    r"\s*(?P<half>[AaPp]\.?\s?[Mm]\.?)?\s*(?P<zone>Z|UTC|(?:GMT|UTC)?\s?[+-]\d{1,2}(?::?\d\d)?)?)?"
)
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})[-./](?P<a>\d{1,2})[-./](?P<b>\d{1,2})" + _CLOCK)
_YEAR_LAST = re.compile(
    r"(?P<a>\d{1,2})(?P<mark>[-./])(?P<b>\d{1,2})[-./](?P<year>\d{4}|\d\d)(?!\d)" + _CLOCK
)
_OFFSET = re.compile(r"([+-])(\d{1,2}):?(\d\d)?$")


@dataclass(frozen=True, slots=True)
class DayOrder:
    """
    What stands first in the dates of a column; `guessed` where its cells do not decide it.
    """

    first: Order
    guessed: bool = False


def find_order(cells: Iterable[str], *, language: str) -> DayOrder:
    """
    Decide by the whole column: a first number above 12 can only be a day, a second one only follows a month.

    Dates with dots begin with the day everywhere. What remains undecided follows the habit of the language.
    """
    told = [found for cell in cells if (found := _YEAR_LAST.match(cell))]
    slashed = [one for one in told if one["mark"] != "."]
    if any(int(one["a"]) > 12 for one in slashed) or not slashed:  # noqa: PLR2004  # months
        return DayOrder("day")
    if any(int(one["b"]) > 12 for one in slashed):  # noqa: PLR2004
        return DayOrder("month")
    return DayOrder("month" if language == "en" else "day", guessed=True)


@lru_cache(maxsize=10_000)
def read_moment(cell: str, order: Order, zone: tzinfo) -> datetime | None:
    """
    A moment in UTC; without an offset of its own it is told by the clock of *zone*, without a clock it is that
    day's beginning. Also seconds since 1970. None for anything else, and for years before people were asked on line.
    """
    moment = _since_1970(cell) or _written(cell, order, zone)
    return moment if moment and moment.year >= FIRST_YEAR else None


def _since_1970(cell: str) -> datetime | None:
    if _SECONDS.fullmatch(cell):
        return _EPOCH + timedelta(seconds=float(cell))
    if _MILLISECONDS.fullmatch(cell):
        return _EPOCH + timedelta(milliseconds=float(cell))
    return None


def _written(cell: str, order: Order, zone: tzinfo) -> datetime | None:
    told = _YEAR_FIRST.fullmatch(cell) or _YEAR_LAST.fullmatch(cell)
    if told is None:
        return None
    try:
        moment = datetime.combine(_day(told, order), _clock(told), _zone(told["zone"]) or zone)
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _day(told: re.Match[str], order: Order) -> date:
    year, a, b = int(told["year"]), int(told["a"]), int(told["b"])
    if told.re is _YEAR_FIRST:
        return date(year, a, b)
    month_first = order == "month" and told["mark"] != "."
    month, day = (a, b) if month_first else (b, a)
    return date(year if year > 99 else 2000 + year, month, day)  # noqa: PLR2004  # two digits


def _clock(told: re.Match[str]) -> time:
    if told["hour"] is None:
        return time()
    hour = int(told["hour"])
    if told["half"]:
        if not 1 <= hour <= 12:  # noqa: PLR2004  # on a dial
            raise ValueError(hour)
        hour = hour % 12 + (12 if told["half"][0] in "pP" else 0)
    return time(hour, int(told["minute"]), int(told["second"] or 0))


def _zone(text: str | None) -> tzinfo | None:
    if not text:
        return None
    told = _OFFSET.search(text)
    if told is None:  # Z, UTC
        return UTC
    offset = timedelta(hours=int(told[2]), minutes=int(told[3] or 0))
    return timezone(-offset if told[1] == "-" else offset)


def read_day(cell: str, order: Order) -> str | None:
    """
    A day as answers keep it, 2026-11-23; a clock behind it is dropped, days since 1970 are days too.
    """
    told = _YEAR_FIRST.fullmatch(cell) or _YEAR_LAST.fullmatch(cell)
    try:
        return _day(told, order).isoformat() if told else None
    except ValueError:
        return None


def are_moments(cells: Sequence[str]) -> bool:
    """
    Whether all cells that hold anything are moments with a clock.
    """
    told = [one for one in cells if one]
    return bool(told) and all(
        ":" in one and (_YEAR_FIRST.fullmatch(one) or _YEAR_LAST.fullmatch(one)) for one in told
    )
