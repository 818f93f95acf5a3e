"""
Working days of a country's five-day week: its weekends, holidays and moved days.

The facts are those of the library `holidays`. Days that a government will move in years to come are not
known to it yet, and those of the Muslim calendar are estimated until they are announced.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from qulaq.errors import Misused, UnknownName
from qulaq.lang import phrase

if TYPE_CHECKING:
    from holidays import HolidayBase


def is_calendar(code: str) -> bool:
    """
    Whether it is the calendar of a country: two capital letters of ISO 3166-1, without a subdivision.
    """
    return code in _countries()


def working_day_numbers(calendar: str, *, first: date, last: date) -> NDArray[np.int64]:
    """
    For each day from *first* to *last* how many working days there were, from *first* up to and with it.

    Raises UnknownName for a calendar that is none, Misused for days outside the years that it knows.
    """
    holidays = _read(calendar, first=first, last=last)
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return np.cumsum([holidays.is_working_day(day) for day in days], dtype=np.int64)


def working_days_between(calendar: str, start: date, end: date) -> int:
    """
    Working days after *start* up to and with *end*, as terms are counted; below zero where *end* is earlier.

    >>> working_days_between("KZ", date(2024, 5, 3), date(2024, 5, 10))  # the 4th worked, 7 to 9 did not
    3
    """
    first, last = min(start, end), max(start, end)
    numbers = working_day_numbers(calendar, first=first, last=last)
    between = int(numbers[-1] - numbers[0])
    return between if start <= end else -between


def _countries() -> frozenset[str]:
    # Not list_supported_countries, which loads every one of them.
    from holidays.registry import COUNTRIES

    return frozenset(codes[1] for codes in COUNTRIES.values())


def _read(calendar: str, *, first: date, last: date) -> HolidayBase:
    from holidays import country_holidays

    if not is_calendar(calendar):
        raise UnknownName.among(calendar, sorted(_countries()), kind=phrase("calendars"))
    holidays = country_holidays(calendar)
    start, end = holidays.start_year, holidays.end_year
    if first.year < start or last.year > end:
        raise Misused(
            where=phrase("the calendar of {country}", country=calendar),
            found=phrase(
                "its working days are known for the years {start} to {end}, not for {first} to {last}.",
                start=start,
                end=end,
                first=first,
                last=last,
            ),
            remedy=phrase("Choose days inside those years."),
        )
    # A day off in January may be paid for in the December before: that year must know of it too.
    years = range(max(first.year - 1, start), min(last.year + 1, end) + 1)
    return country_holidays(calendar, years=years)
