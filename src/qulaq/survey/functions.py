"""The functions that expressions of a form can call: those of XPath 1.0 and ODK that questionnaires need."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from qulaq.survey.values import EPOCH, Value, as_number, as_text, as_truth


def _round(value: Value, digits: Value = 0.0) -> float:
    """
    Halves go up, as XPath 1.0 rounds.
    """
    number, places = as_number(value), as_number(digits)
    if not math.isfinite(number) or not math.isfinite(places):
        return math.nan if math.isnan(places) else number
    scale = 10.0 ** max(-15, min(15, int(places)))
    return math.floor(number * scale + 0.5) / scale


def _whole(rule: Callable[[float], int]) -> Callable[[Value], float]:
    def apply(value: Value) -> float:
        number = as_number(value)
        return float(rule(number)) if math.isfinite(number) else number

    return apply


def _substring(value: Value, start: Value, length: Value = math.inf) -> str:
    """
    Characters count from 1; those from the rounded start on, as many as the rounded length.
    """
    text, first = as_text(value), _round(start)
    end = first + (_round(length) if length != math.inf else math.inf)
    return "".join(one for place, one in enumerate(text, 1) if first <= place < end)


def _before(value: Value, part: Value) -> str:
    text, place = as_text(value), as_text(value).find(as_text(part))
    return text[:place] if place > 0 else ""


def _after(value: Value, part: Value) -> str:
    text, place = as_text(value), as_text(value).find(as_text(part))
    return text[place + len(as_text(part)) :] if place >= 0 else ""


def _translate(value: Value, old: Value, new: Value) -> str:
    into = as_text(new)
    table: dict[int, str | None] = {}
    for place, one in enumerate(as_text(old)):
        table.setdefault(ord(one), into[place] if place < len(into) else None)
    return as_text(value).translate(table)


def _selected_at(value: Value, place: Value) -> str:
    names, wanted = as_text(value).split(), as_number(place)
    return names[int(wanted)] if wanted.is_integer() and 0 <= wanted < len(names) else ""


def _extreme(rule: Callable[[list[float]], float]) -> Callable[..., float]:
    def apply(*values: Value) -> float:
        numbers = [as_number(value) for value in values]
        return math.nan if any(map(math.isnan, numbers)) else rule(numbers)

    return apply


def _date(value: Value) -> str:
    """
    The day of a number of days since 1970-01-01, or of a text that is a day; nothing else is one.
    """
    days = as_number(value)
    try:
        return (EPOCH + timedelta(days=math.floor(days))).isoformat()
    except (ValueError, OverflowError):
        return ""


def matches(value: Value, pattern: Value) -> bool:
    """
    Whether the whole text matches. RE2 takes time that grows with the text only, whoever wrote the pattern.
    """
    import pyarrow as pa
    from pyarrow import compute

    wanted = f"\\A(?:{as_text(pattern)})\\z"
    return bool(compute.match_substring_regex(pa.scalar(as_text(value)), wanted).as_py())


@dataclass(frozen=True, slots=True)
class Function:
    """
    A function of the subset: how many arguments it takes, and its rule over their values.
    """

    least: int
    most: int | None
    rule: Callable[..., Value]


_MANY = None
FUNCTIONS: dict[str, Function] = {
    "true": Function(0, 0, lambda: True),
    "false": Function(0, 0, lambda: False),
    "not": Function(1, 1, lambda value: not as_truth(value)),
    "boolean": Function(1, 1, as_truth),
    "number": Function(1, 1, as_number),
    "string": Function(1, 1, as_text),
    "int": Function(1, 1, _whole(math.trunc)),
    "floor": Function(1, 1, _whole(math.floor)),
    "ceiling": Function(1, 1, _whole(math.ceil)),
    "round": Function(1, 2, _round),
    "abs": Function(1, 1, lambda value: abs(as_number(value))),
    "min": Function(1, _MANY, _extreme(min)),
    "max": Function(1, _MANY, _extreme(max)),
    "concat": Function(1, _MANY, lambda *values: "".join(map(as_text, values))),
    "contains": Function(2, 2, lambda text, part: as_text(part) in as_text(text)),
    "starts-with": Function(2, 2, lambda text, part: as_text(text).startswith(as_text(part))),
    "ends-with": Function(2, 2, lambda text, part: as_text(text).endswith(as_text(part))),
    "substring": Function(2, 3, _substring),
    "substring-before": Function(2, 2, _before),
    "substring-after": Function(2, 2, _after),
    "string-length": Function(1, 1, lambda text: float(len(as_text(text)))),
    "normalize-space": Function(1, 1, lambda text: " ".join(as_text(text).split())),
    "translate": Function(3, 3, _translate),
    "selected": Function(2, 2, lambda value, name: as_text(name) in as_text(value).split()),
    "selected-at": Function(2, 2, _selected_at),
    "count-selected": Function(1, 1, lambda value: float(len(as_text(value).split()))),
    "regex": Function(2, 2, matches),
    "date": Function(1, 1, _date),
    "if": Function(3, 3, lambda test, yes, no: yes if as_truth(test) else no),
    "coalesce": Function(2, 2, lambda first, second: first if as_text(first) else second),
    "today": Function(0, 0, lambda: ""),  # the day of the scope: see _call
}
"""The whole of what can be called; `docs/how-to/write-a-questionnaire.md` lists it for authors."""
