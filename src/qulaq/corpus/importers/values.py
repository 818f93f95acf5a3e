"""What lies in JSON, whatever shape it has: tools and platforms change theirs without notice."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from qulaq.corpus import ids

Record = dict[str, Any]
"""An object of JSON."""

_ABSURD = 20  # digits
_NODE = re.compile(r"\d+(?:_\d+)*")


def dig(item: object, *keys: str | int) -> Any:  # noqa: ANN401  # whatever lies there
    """
    What lies under these keys and places, one inside the other; None where something on the way is missing.
    """
    for key in keys:
        if isinstance(item, dict):
            item = None if isinstance(key, int) else item.get(key)
        elif isinstance(item, list) and isinstance(key, int):
            item = item[key] if -len(item) <= key < len(item) else None
        else:
            return None
    return item


def has(item: object, path: str) -> bool:
    """
    Whether a path of keys ("owner.username") is there, whatever it holds.
    """
    above, last = _steps(path)
    inner = dig(item, *above)
    return isinstance(inner, dict) and last in inner


@lru_cache(maxsize=1 << 12)
def _steps(path: str) -> tuple[tuple[str, ...], str]:
    *above, last = path.split(".")
    return tuple(above), last


def as_text(value: object) -> str | None:
    """
    A value of JSON as the text of a cell; None where it is empty or no single value.
    """
    if isinstance(value, str):  # by far the most are
        return value or None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value) if isinstance(value, (int, float)) else None


def first_text(item: Record, *keys: str) -> str | None:
    """
    The first of these keys that says something, as the text of a cell.
    """
    return next((told for key in keys if (told := as_text(item.get(key)))), None)


def objects(value: object) -> list[Record]:
    """
    The objects of a list; none where it is no list.
    """
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def to_the_minute(value: object, *, per_second: int = 1) -> str | None:
    """
    A moment in seconds since 1970 (or in parts of one) without its seconds, so that one look at a page, of
    some minutes, is not a capture for each record. None where it is no such number.
    """
    told = as_text(value) or ""
    digits = told if told.isascii() and told.isdecimal() else ""
    return str(int(digits) // (60 * per_second) * 60) if digits and len(digits) < _ABSURD else None


def named_in(address: str | None) -> str | None:
    """
    The part of an address that names a page or a person: a handle or a number. None where it names none, as
    the address of a reel.
    """
    named = ids.reference(address) if address else ""
    return None if not named or "/" in named else named


def asked_in(answer: Record) -> tuple[str | None, str | None]:
    """
    Whose what an answer of Meta's interfaces is, as the address of its next or last page tells it: (a post's
    id, "comments"). None where it does not.
    """
    address = dig(answer, "paging", "next") or dig(answer, "paging", "previous")
    try:
        parts = urlsplit(address if isinstance(address, str) else "").path.split("/")
    except ValueError:
        return None, None
    *_, node, edge = ("", "", *parts)
    return (node if _NODE.fullmatch(node) else None), edge or None
