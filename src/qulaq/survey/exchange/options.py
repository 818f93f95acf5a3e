"""What the cells of a column show of the choices behind them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

MOST = 15  # choices of one answer; more values than these are no list that anybody reads
MOST_OF_SEVERAL = 25
_LONGEST = 250  # characters of a label
_FIRST_NUMBER = re.compile(r"\d[\d\s,]*")


def find_options(cells: Iterable[str]) -> list[str]:
    """
    The choices of a question with one answer: few values, each of them met twice on average. None are an empty list.
    """
    counted = Counter(cells)
    few = 0 < len(counted) <= MOST and counted.total() >= 2 * len(counted)
    return _in_order(counted) if few and max(map(len, counted)) <= _LONGEST else []


def find_joined(cells: Iterable[str], joint: str) -> list[str]:
    """
    The choices of a question with several answers, which stand joined in its cells; none where they do not.

    Labels may hold the joint: parts that never stand without each other are one label. There must be fewer labels than
    ways in which they were combined, and each be met twice on average.
    """
    counted = Counter(cells)
    if not any(joint in cell for cell in counted):
        return []
    rows = {cell: [part for part in cell.split(joint) if part] for cell in counted}
    while pairs := _inseparable(rows.values()):
        rows = {cell: _merged(parts, pairs, joint) for cell, parts in rows.items()}
    met: Counter[str] = Counter()
    for cell, parts in rows.items():
        for part in parts:
            met[part] += counted[cell]
    several = any(len(parts) > 1 for parts in rows.values())
    few = 1 < len(met) <= MOST_OF_SEVERAL and met.total() >= 2 * len(met)
    return _in_order(met) if several and few and len(met) < len(counted) else []


def _inseparable(rows: Iterable[Sequence[str]]) -> Mapping[str, str]:
    """
    Parts that are always followed by the same one, which never stands elsewhere.
    """
    after: dict[str, set[str]] = {}
    before: dict[str, set[str]] = {}
    for parts in rows:
        for one, other in zip(["", *parts], [*parts, ""], strict=True):
            after.setdefault(one, set()).add(other)
            before.setdefault(other, set()).add(one)
    return {
        one: other
        for one, others in after.items()
        if one and len(others) == 1
        for other in others
        if other and other != one and before[other] == {one}
    }


def _merged(parts: Sequence[str], pairs: Mapping[str, str], joint: str) -> list[str]:
    merged: list[str] = []
    last = ""
    for part in parts:
        if merged and pairs.get(last) == part:
            merged[-1] = f"{merged[-1]}{joint}{part}"
        else:
            merged.append(part)
        last = part
    return merged


def _in_order(counted: Counter[str]) -> list[str]:
    """
    By the first number where every label has one, as ages and scales do; else the most frequent first.
    """
    numbers = {label: _FIRST_NUMBER.search(label) for label in counted}
    if all(numbers.values()):
        return sorted(counted, key=lambda label: (_number(numbers[label]), label))
    return [label for label, _ in sorted(counted.items(), key=lambda one: (-one[1], one[0]))]


def _number(told: re.Match[str] | None) -> int:
    return int(re.sub(r"[\s,]", "", told[0])) if told else 0
