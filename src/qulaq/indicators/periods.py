"""Periods of a window: the whole of it, or its days, ISO weeks, months and years."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Literal, get_args

from qulaq.study import Window

By = Literal["day", "week", "month", "year"]
BYS: tuple[By, ...] = get_args(By)

TRUNCATION: dict[By, str] = {"day": "D", "week": "W", "month": "M", "year": "Y"}


def periods(window: Window, by: By | None) -> list[tuple[date, Window, bool]]:
    """
    Each period as its calendar start, its days inside the window, and whether some days lie outside.

    Weeks begin on Monday (ISO 8601).
    """
    if by is None:
        return [(window.first, window, False)]
    found = []
    start = start_of(window.first, by)
    while start <= window.last:
        following = _next(start, by)
        end = following - timedelta(days=1)
        inside = Window(first=max(start, window.first), last=min(end, window.last))
        found.append((start, inside, inside != Window(first=start, last=end)))
        start = following
    return found


def start_of(day: date, by: By) -> date:
    if by == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1 if by != "day" else day.day, month=1 if by == "year" else day.month)


def _next(start: date, by: By) -> date:
    if by in ("day", "week"):
        return start + timedelta(days=1 if by == "day" else 7)
    if by == "year":
        return start.replace(year=start.year + 1)
    return (start + timedelta(days=31)).replace(day=1)


def length(window: Window) -> int:
    """
    The number of days of a window, both ends included.
    """
    return (window.last - window.first).days + 1


def united(windows: Iterable[Window]) -> list[Window]:
    """
    The same days in windows that do not overlap; one that ends before it begins has none.
    """
    found: list[Window] = []
    for one in sorted(windows, key=lambda window: window.first):
        if one.first > one.last:
            continue
        if found and one.first <= found[-1].last:
            found[-1] = Window(first=found[-1].first, last=max(found[-1].last, one.last))
        else:
            found.append(one)
    return found
