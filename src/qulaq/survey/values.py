"""
The values of expressions: texts, numbers and truths, turned into each other as XPath 1.0 does.

A day written 2026-11-23 counts as days since 1970-01-01 wherever a number is wanted, as in ODK Collect: so days
compare and can be counted with.
"""

from __future__ import annotations

import math
import re
from datetime import date

Value = str | float | bool

EPOCH = date(1970, 1, 1)
_NUMBER = re.compile(r"\s*(-?(?:\d+\.?\d*|\.\d+))\s*", re.ASCII)
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:T(\d\d):(\d\d)(?::(\d\d))?.*)?", re.ASCII)


def as_truth(value: Value) -> bool:
    if isinstance(value, float):
        return value != 0 and not math.isnan(value)
    return bool(value)


def as_number(value: Value) -> float:
    """
    A number; of a day the days since 1970-01-01; NaN of any other text.
    """
    if not isinstance(value, str):
        return float(value)
    if told := _NUMBER.fullmatch(value):
        return float(told[1])
    return _days(value)


def _days(text: str) -> float:
    told = _DAY.fullmatch(text)
    if told is None:
        return math.nan
    try:
        days = (date.fromisoformat(told[1]) - EPOCH).days
    except ValueError:
        return math.nan
    hours, minutes, seconds = (int(part or 0) for part in told.groups()[1:])
    return days + (hours * 3600 + minutes * 60 + seconds) / 86_400


def as_text(value: Value) -> str:
    """
    As XPath writes it: whole numbers without a point, none in scientific notation.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    if value.is_integer():
        return str(int(value))
    return f"{value:.12f}".rstrip("0").rstrip(".")


def are_equal(left: Value, right: Value) -> bool:
    """
    XPath 1.0, 3.4: as truths if one is a truth, else as numbers if one is a number, else as texts.
    """
    if isinstance(left, bool) or isinstance(right, bool):
        return as_truth(left) == as_truth(right)
    if isinstance(left, float) or isinstance(right, float):
        return as_number(left) == as_number(right)
    return left == right
