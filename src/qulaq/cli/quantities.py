"""A number as its unit is written on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qulaq.lang import formats, preferred_language

if TYPE_CHECKING:
    from qulaq.indicators.model import Unit


def written(value: float, unit: Unit) -> str:
    """
    Shares as percentages, gaps in percentage points, ratios with two digits that count, an index with
    two, counts without a fraction.
    """
    language = preferred_language()
    if unit == "share":
        return formats.share(value, language)
    if unit == "gap":
        return formats.gap(value, language)
    return formats.number(value, language, digits=_digits(value, unit))


def written_change(value: float, unit: Unit) -> str:
    """
    A difference of two such numbers, with its sign.
    """
    language = preferred_language()
    if unit in {"share", "gap"}:
        return formats.gap(value, language)
    return formats.signed(value, language, digits=_digits(value, unit))


def written_interval(low: float | None, high: float | None, unit: Unit) -> str | None:
    """
    Both ends; None where there is no interval.
    """
    if low is None or high is None:
        return None
    return f"{written(low, unit)} – {written(high, unit)}"


def _digits(value: float, unit: Unit) -> int:
    if unit == "index":
        return 2
    if float(value).is_integer():
        return 0
    return formats.digits_for(value) if unit in {"ratio", "per_1000_followers"} else 2
