"""
Which units are coded, and how many of them twice: drawn by chance, and drawn again to the same.

Every unit has a lot, a hash of the seed and its name, and those with the lowest lots are drawn. So the order in which
units come does not matter, anybody can repeat the draw, and a larger sample holds the smaller one of the same seed.
"""

from __future__ import annotations

import hashlib
import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import TypeVar

from qulaq.errors import Misused
from qulaq.lang import phrase

_ONE_SIDED = 1.645
"""Of the normal distribution: a level of 5 % on one side, which metrics of agreement usually take."""
_STANDARD_ERROR = 0.03
"""Of percent agreement in Lacy & Riffe: five points at 95 %, one-sided."""
_DAYS_A_WEEK = 7

Name = TypeVar("Name", str, date)


# ── Drawing ──────────────────────────────────────────────────────────────────────────────────────


def lot(name: object, *, seed: int, purpose: str) -> bytes:
    """
    What chance gives a name. Draws for several purposes do not depend on each other.
    """
    return hashlib.sha256(f"{seed}\t{purpose}\t{name}".encode()).digest()


def draw(names: Iterable[Name], n: int, *, seed: int, purpose: str = "unit") -> list[Name]:
    """
    A simple random sample of n names in the order of their lots, all of them where there are no more.

    >>> sorted(draw("abcdef", 3, seed=1)) == sorted(draw("fedcba", 3, seed=1))
    True
    """
    return heapq.nsmallest(n, names, key=lambda name: lot(name, seed=seed, purpose=purpose))


def draw_by_stratum(strata: Mapping[str, str], n: int, *, seed: int) -> list[str]:
    """
    A sample of n units, of every stratum its part by size and one at least; *strata* are those of the units.

    Raises Misused where there are more strata than units to draw.
    """
    members: dict[str, list[str]] = defaultdict(list)
    for unit, stratum in strata.items():
        members[stratum].append(unit)
    parts = allocate(Counter(strata.values()), n)
    return [one for name, units in members.items() for one in draw(units, parts[name], seed=seed)]


def allocate(sizes: Mapping[str, int], n: int) -> dict[str, int]:
    """
    How many units to draw of each stratum: proportional to its size by largest remainders, one at least, never more
    than it has.

    >>> allocate({"large": 90, "middle": 9, "small": 1}, 10)
    {'large': 8, 'middle': 1, 'small': 1}
    """
    if n < len(sizes):
        raise Misused(
            where="--n",
            found=phrase("{n} units cannot hold one of each of {strata} strata.", n=n, strata=len(sizes)),
            remedy=phrase("Draw {strata} or more, or choose --by simple.", strata=len(sizes)),
        )  # fmt: skip
    n = min(n, sum(sizes.values()))
    single, rest = set[str](), dict(sizes)
    while small := {name for name in rest if _quota(rest, n - len(single), name) < 1}:
        single |= small
        rest = {name: size for name, size in rest.items() if name not in small}
    quotas = {name: _quota(rest, n - len(single), name) for name in rest}
    parts = {name: math.floor(quotas.get(name, 1)) for name in sizes}
    by_remainder = sorted(quotas, key=lambda name: (parts[name] - quotas[name], name))
    for name in by_remainder[: n - sum(parts.values())]:
        parts[name] += 1
    return parts


def _quota(sizes: Mapping[str, int], n: int, name: str) -> float:
    return n * sizes[name] / sum(sizes.values())


def draw_weeks(first: date, last: date, weeks: int, *, seed: int) -> tuple[date, ...]:
    """
    The days of so many constructed weeks: of every weekday as many, drawn from all of the window, in their order.

    Raises Misused where the window has fewer of some weekday.
    """
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    by_weekday = [days[place::_DAYS_A_WEEK] for place in range(_DAYS_A_WEEK)]
    if any(len(one) < weeks for one in by_weekday):
        raise Misused(
            where="--weeks",
            found=phrase(
                "from {first} to {last} not every weekday occurs {weeks} times.",
                first=first,
                last=last,
                weeks=weeks,
            ),
            remedy=phrase("Construct fewer weeks, or take more days with --from and --to."),
        )
    drawn = (draw(one, weeks, seed=seed, purpose="day") for one in by_weekday)
    return tuple(sorted(day for one in drawn for day in one))


# ── How many are coded twice ─────────────────────────────────────────────────────────────────────


def units_for_alpha(least: float, rarest: float) -> int:
    """
    How many units two coders must share so that an alpha below *least* is told from it at 5 %, one-sided, where the
    rarest category holds the share *rarest*: Krippendorff's formula after Bloch & Kraemer.

    >>> units_for_alpha(0.8, 0.25), units_for_alpha(0.667, 0.25)
    (139, 81)
    """
    doubled = (1 + least) * (3 - least) / (4 * (1 - least) * rarest * (1 - rarest))
    return math.ceil(2 * _ONE_SIDED**2 * (doubled - least))


def units_for_percent(units: int, agreement: float) -> int:
    """
    The same for percent agreement of that level in a population of so many units: Lacy & Riffe 1996, Journalism & Mass
    Communication Quarterly 73(4), at 95 % and five points. It flatters rare categories, so it stands beside alpha's.

    >>> [units_for_percent(1000, agreement) for agreement in (0.85, 0.90, 0.95)]
    [125, 92, 51]
    """
    spread = (units - 1) * _STANDARD_ERROR**2
    variance = agreement * (1 - agreement)
    return round((spread + variance * units) / (spread + variance))
