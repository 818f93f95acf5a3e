"""
Shares, quantiles, inequality, waiting curves and working days by loops and fractions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from math import ceil
from typing import Any

Row = dict[str, Any]

# Kazakhstan's days off from Monday to Friday and its Saturday of work, January to August 2024.
_OFF = {(1, 1), (1, 2), (3, 8), (3, 21), (3, 22), (3, 25), (5, 1), (5, 7), (5, 8), (5, 9), (7, 8)}
_WORKED = {(5, 4)}


def working_days(start: date, end: date) -> int:
    """
    Working days after *start* up to and with *end*, in 2024; below zero where *end* is earlier.
    """
    if end < start:
        return -working_days(end, start)
    after = [start + timedelta(days=i + 1) for i in range((end - start).days)]
    assert {one.year for one in after} <= {2024}
    assert all(one.month <= 8 for one in after)
    worked = [one for one in after if one.weekday() < 5 or (one.month, one.day) in _WORKED]
    return sum((one.month, one.day) not in _OFF for one in worked)


# ── plain arithmetic ─────────────────────────────────────────────────────────────────────────────


def share(k: float, n: float) -> float | None:
    return k / n if n else None


def added(*parts: float | None) -> float | None:
    return None if None in parts else sum(parts)


def per_thousand(average: float | None, followers: float | None) -> float | None:
    return None if average is None or not followers else average / followers * 1000


def interactions(post: Row) -> int | None:
    return added(*(post.get(kind) for kind in ("likes", "comments", "shares")))


def total_rate(posts: Sequence[Row], followers: float | None) -> float | None:
    """
    Interactions over followers added up: over those at posting if all show them, else over the period's.
    """
    if posts and all(post.get("followers_then") for post in posts):
        return sum(interactions(post) / post["followers_then"] for post in posts)
    if not followers:
        return None
    return sum(interactions(post) for post in posts) / followers


def mean_rate(posts: Sequence[Row], followers: float | None) -> float | None:
    total = total_rate(posts, followers)
    return total / len(posts) if posts and total is not None else None


def quantile(values: Sequence[float], q: Fraction) -> float | None:
    """
    The value at place q × (n - 1) of the ordered values, between two of them if need be.
    """
    if not values:
        return None
    ordered = sorted(values)
    place = q * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + float(place - below) * (ordered[above] - ordered[below])


def gini(values: Sequence[int]) -> float | None:
    """
    The mean difference of all pairs over twice the mean: with n × (n - 1) pairs the factor is in it.
    """
    n, total = len(values), sum(values)
    if n < 2 or not total:
        return None
    times = Counter(values)
    apart = sum(abs(a - b) * times[a] * times[b] for a in times for b in times)
    return apart / (n * (n - 1)) / (2 * total / n)


def held_by_top_tenth(has: Counter[str], wrote: Counter[str]) -> float:
    """
    What those hold who wrote most; those who tie for the last places share them evenly.
    """
    places = ceil(Fraction(len(wrote), 10))
    last = sorted(wrote.values(), reverse=True)[places - 1]
    above = [one for one in wrote if wrote[one] > last]
    level = [one for one in wrote if wrote[one] == last]
    part = (places - len(above)) / len(level)
    taken = sum(has[one] for one in above) + part * sum(has[one] for one in level)
    return taken / sum(has[one] for one in wrote)


class Curve:
    """
    Kaplan and Meier's curve and Aalen and Johansen's shares, from pairs of hours and what ended them.
    """

    def __init__(self, waits: Sequence[tuple[float, str]]) -> None:
        self.waits = waits
        self.longest = max((hours for hours, _ in waits), default=0.0)
        ended = Counter(waits)
        at_risk = len(waits)
        self.steps: list[tuple[float, int, int, int]] = []
        for time in sorted({hours for hours, _ in waits}):
            kinds = [ended[time, how] for how in ("answered", "removed", "waiting")]
            self.steps.append((time, at_risk, kinds[0], kinds[1]))
            at_risk -= sum(kinds)

    def _steps(self, until: float) -> list[tuple[float, int, int, int]]:
        """
        Each time up to *until* at which a wait ended: at risk, answered, removed.
        """
        return [step for step in self.steps if step[0] <= until]

    def still(self, until: float) -> Fraction:
        share = Fraction(1)
        for _, at_risk, answered, _ in self._steps(until):
            share *= 1 - Fraction(answered, at_risk)
        return share

    def pending(self, until: float) -> Fraction:
        share = Fraction(1)
        for _, at_risk, answered, removed in self._steps(until):
            share *= 1 - Fraction(answered + removed, at_risk)
        return share

    def answered_by(self, hours: float) -> float | None:
        still = self.still(hours)
        known = self.waits and (hours <= self.longest or still == 0)
        return float(1 - still) if known else None

    def ended_by(self, hours: float, how: str) -> float | None:
        known = self.waits and (hours <= self.longest or self.pending(hours) == 0)
        share, before = Fraction(0), Fraction(1)
        for _, at_risk, answered, removed in self._steps(hours):
            share += before * Fraction(answered if how == "answered" else removed, at_risk)
            before *= 1 - Fraction(answered + removed, at_risk)
        return float(share) if known else None

    def median(self) -> float | None:
        share = Fraction(1)
        for time, at_risk, answered, _ in self.steps:
            share *= 1 - Fraction(answered, at_risk)
            if share <= Fraction(1, 2):
                return time
        return None

    def mean_until(self, hours: float) -> float | None:
        if self.answered_by(hours) is None:
            return None
        area, since, share = 0.0, 0.0, Fraction(1)
        for time, at_risk, answered, _ in self._steps(hours):
            area += float(share) * (time - since)
            since, share = time, share * (1 - Fraction(answered, at_risk))
        return area + float(share) * (hours - since)
