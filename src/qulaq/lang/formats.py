"""Numbers, shares and dates as each language writes them (Unicode CLDR through Babel)."""

from __future__ import annotations

import decimal
import math
from contextlib import AbstractContextManager
from datetime import date, datetime

from babel import dates, numbers

from qulaq.lang.texts import Language

# Kazakh and Russian print a no-break space before the percent sign: "90,9 %", as the study does.
_PERCENT = {"kk": "#,##0.0\u00a0%", "ru": "#,##0.0\u00a0%", "en": "#,##0.0%"}

_POINTS = {"kk": "\u00a0п.\u00a0т.", "ru": "\u00a0п.\u00a0п.", "en": "\u00a0pp"}

_SHOWN_BY_ONE_DIGIT = 0.0005
_MOST_DIGITS = 12


def number(value: float, language: Language, *, digits: int = 0) -> str:
    """
    A number with exactly so many digits after the decimal sign and grouped thousands.
    """
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    with _half_up():
        return str(numbers.format_decimal(value, format=pattern, locale=language))


def share(value: float, language: Language) -> str:
    """
    A share in [0, 1] as a percentage with one digit, with more where one would show 0 or 100 wrongly.
    """
    away = min(abs(value), abs(1 - value))
    pattern = _PERCENT[language]
    if 0 < away < _SHOWN_BY_ONE_DIGIT:
        pattern = pattern.replace("0.0", "0.0000")
    with _half_up():
        return str(numbers.format_percent(value, format=pattern, locale=language))


def gap(value: float, language: Language) -> str:
    """
    A difference of shares in percentage points, with its sign and one digit.
    """
    return f"{signed(value * 100, language, digits=1)}{_POINTS[language]}"


def signed(value: float, language: Language, *, digits: int = 0) -> str:
    """
    A number that tells whether it is above or below zero.
    """
    written = number(value, language, digits=digits)
    return f"+{written}" if value > 0 else written


def digits_for(value: float) -> int:
    """
    After how many digits a ratio shows two that count, and never fewer than two: 1.25, 0.034, 0.0034.

    >>> [digits_for(value) for value in (12.5, 1.25, 0.034, 0.0034, 0.0)]
    [2, 2, 3, 4, 2]
    """
    first = math.floor(math.log10(abs(value))) if value else 0
    return min(max(2, 1 - first), _MOST_DIGITS)


def _half_up() -> AbstractContextManager[decimal.Context]:
    """
    Halves go up, as readers round by hand; Babel takes the rule from the decimal context.
    """
    return decimal.localcontext(rounding=decimal.ROUND_HALF_UP)


def day(value: date, language: Language) -> str:
    """
    A day in words: "2026 ж. 23 қараша", "23 ноября 2026 г.", "November 23, 2026".
    """
    return str(dates.format_date(value, format="long", locale=language))


def month(value: date, language: Language) -> str:
    """
    A month and its year, as a heading writes it.
    """
    return str(dates.format_skeleton("yMMM", datetime(value.year, value.month, 1), locale=language))  # noqa: DTZ001
