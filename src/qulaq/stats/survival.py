"""
How long until something happens, when for some it has not happened yet and for some it no longer can.

Two things end a wait: the event, and a competing event after which the first is impossible.
A wait that nothing has ended when it was last looked at is censored there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from qulaq.stats.intervals import Interval
from qulaq.stats.ragged import (
    BoolArray,
    FloatArray,
    IntArray,
    accumulate_within,
    count_below,
    group_of_each,
    offsets_of,
    order_of_groups,
    sort_within,
    sum_within,
)

CENSORED, ANSWERED, REMOVED = 0, 1, 2
"""What ended a wait: nothing yet, the event, the competing event."""

# A share that is 0 or 1/2 by arithmetic may miss it by rounding.
NOTHING, HALF = 1e-12, 0.5 + 1e-12


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Waits:
    """Waits of all groups together, in any order, one element each."""

    group: IntArray
    """From 0 to groups - 1."""
    hours: FloatArray
    """How long it lasted: any unit, as long as it is one."""
    event: NDArray[np.int8]
    """CENSORED, ANSWERED or REMOVED."""
    groups: int
    """How many groups there are, empty ones among them."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Curves:
    """
    What is estimated after each distinct time of each group at which something happened, in order of
    group and time; of other times, between which nothing changes, the last few of each group.

    `n` and `longest` have one element per group, `offsets` one more, `hours` one per wait, all else one per
    distinct time.
    """

    group: IntArray
    time: FloatArray
    at_risk: FloatArray
    """Waits that lasted at least so long."""
    answered: FloatArray
    """Events at this time."""
    removed: FloatArray
    """Competing events at this time."""
    waiting: FloatArray
    """Share that would still wait if nothing were removed: Kaplan–Meier, removals censored."""
    greenwood: FloatArray
    """Σ d / (n (n - d)) so far; times waiting² it is the variance of `waiting`."""
    pending: FloatArray
    """Share that neither event has ended."""
    answered_share: FloatArray
    """Share that the event has ended, by Aalen and Johansen."""
    answered_variance: FloatArray
    removed_share: FloatArray
    removed_variance: FloatArray
    hours: FloatArray
    """All waits, in order of group and time."""
    offsets: IntArray
    """Where in `hours` each group begins, and at last where all end."""
    longest: FloatArray
    """The longest wait of the group, NaN where it is empty."""

    @property
    def groups(self) -> int:
        return self.offsets.size - 1

    @property
    def n(self) -> FloatArray:
        """Waits of the group."""
        return np.diff(self.offsets).astype(np.float64)


def estimate_curves(waits: Waits) -> Curves:
    """
    Kaplan–Meier and Aalen–Johansen curves of all groups at once.

    At equal times events come before censoring, and the two events come together: each sees all
    who were at risk. ValueError: a time that is negative or not finite, an event or a group
    that does not exist.
    """
    _check(waits)
    hours, offsets = _sorted(waits)
    answered_at, removed_at = (_sorted(waits, event) for event in (ANSWERED, REMOVED))
    group, time = _distinct((answered_at, removed_at, _last_of(hours, offsets)))
    places = offsets_of(np.bincount(group, minlength=waits.groups))
    at_risk = np.diff(offsets)[group] - count_below(hours, offsets, time, places)
    answered, removed = (_count_at(ended, time, places) for ended in (answered_at, removed_at))
    counts = _Counts(
        group=group, offsets=places, at_risk=at_risk, answered=answered, removed=removed
    )
    waiting, greenwood = _survival(counts, answered)
    pending, _ = _survival(counts, answered + removed)
    before = _before(pending, group=group, start=1)
    answered_share, answered_variance = _incidence(counts, answered, before=before)
    removed_share, removed_variance = _incidence(counts, removed, before=before)
    return Curves(
        group=group,
        time=time,
        at_risk=at_risk,
        answered=answered,
        removed=removed,
        waiting=waiting,
        greenwood=greenwood,
        pending=pending,
        answered_share=answered_share,
        answered_variance=answered_variance,
        removed_share=removed_share,
        removed_variance=removed_variance,
        hours=hours,
        offsets=offsets,
        longest=np.where(np.diff(offsets) > 0, np.append(hours, np.nan)[offsets[1:] - 1], np.nan),
    )


_Sorted = tuple[FloatArray, IntArray]
"""Hours in order of group and time, and the offsets of the groups."""

_LAST = 64
"""
Of so many waits, none of them ended, at least half surely last on, at any level of confidence that a
number can express: only after them may an interval of the median move between events.
"""


def _sorted(waits: Waits, event: int | None = None) -> _Sorted:
    """
    The waits that this event ended, or all.
    """
    chosen = slice(None) if event is None else waits.event == event
    hours, group = waits.hours[chosen], waits.group[chosen]
    offsets = offsets_of(np.bincount(group, minlength=waits.groups))
    return sort_within(hours[order_of_groups(group)], offsets), offsets


def _last_of(hours: FloatArray, offsets: IntArray) -> _Sorted:
    n = np.minimum(np.diff(offsets), _LAST)
    ends = offsets_of(n)
    places = np.arange(ends[-1]) - np.repeat(ends[1:] - offsets[1:], n)
    return hours[places], ends


def _distinct(some: Sequence[_Sorted]) -> tuple[IntArray, FloatArray]:
    """
    The distinct times of all these, in order of group and time, with their groups.
    """
    group = np.concatenate([group_of_each(offsets) for _, offsets in some])
    offsets = offsets_of(np.bincount(group, minlength=some[0][1].size - 1))
    time = np.concatenate([hours for hours, _ in some])
    time, group = sort_within(time[order_of_groups(group)], offsets), group_of_each(offsets)
    distinct = np.ones(group.size, np.bool_)
    distinct[1:] = (group[1:] != group[:-1]) | (time[1:] != time[:-1])
    return group[distinct], time[distinct]


def _count_at(ended: _Sorted, time: FloatArray, places: IntArray) -> FloatArray:
    """
    How many ended at each of these times, all of them being among the times.
    """
    hours, offsets = ended
    earlier = count_below(hours, offsets, time, places)
    n = np.diff(offsets).astype(np.float64)
    last = np.diff(group_of_each(places), append=-1) != 0
    return np.where(last, n[group_of_each(places)], np.append(earlier[1:], 0)) - earlier


def answered_by(
    curves: Curves, hours: float | FloatArray, *, level: float = 0.95
) -> tuple[FloatArray, Interval]:
    """
    Share with the event by this time if nothing were removed: 1 - S(t) by Kaplan and Meier (1958).

    `hours` is one time for all groups, or one for each. The interval is that of log(-log S) with
    Greenwood's variance (Kalbfleisch & Prentice 2002, section 1.4). That one does not exist where
    nothing or everything has happened: there, Clopper and Pearson's exact end for none or all of
    n' waits, n' being those at risk at t divided by the share still waiting before it, the
    effective number of Peto (1977), which is n where nobody was censored earlier
    (Dorey & Korn 1987 take the like).
    NaN where the group is empty, and where t lies beyond its longest wait while some still wait.
    """
    at = _spread(curves, hours)
    return _happened(
        curves,
        at,
        survival=curves.waiting,
        variance=curves.waiting**2 * curves.greenwood,
        left=curves.waiting,
        level=level,
    )


def answered_as_happened_by(
    curves: Curves, hours: float | FloatArray, *, level: float = 0.95
) -> tuple[FloatArray, Interval]:
    """
    Share that the event had ended by this time, removals being what they were: Aalen–Johansen.

    Variance: the delta method with multinomial counts at each time (Greenwood's formula for two
    kinds of events: Marubini & Valsecchi 1995, section 10.2; Collett 2015, chapter 12), so that
    without censoring it is p (1 - p) / n. The interval is that of log(-log(1 - p)), as in
    `answered_by`, to which all this comes down where nothing is removed
    (on the choice among transformations: Choudhury 2002). Ends at 0 and 1, and NaN: as there.
    """
    at = _spread(curves, hours)
    return _happened(
        curves,
        at,
        survival=1 - curves.answered_share,
        variance=curves.answered_variance,
        left=curves.pending,
        level=level,
    )


def removed_as_happened_by(
    curves: Curves, hours: float | FloatArray, *, level: float = 0.95
) -> tuple[FloatArray, Interval]:
    """Share that the competing event had ended by this time; all as in `answered_as_happened_by`."""
    at = _spread(curves, hours)
    return _happened(
        curves,
        at,
        survival=1 - curves.removed_share,
        variance=curves.removed_variance,
        left=curves.pending,
        level=level,
    )


def median_wait(curves: Curves, *, level: float = 0.95) -> tuple[FloatArray, Interval]:
    """
    First time by which half have had the event, if nothing were removed; NaN: not reached.

    The interval holds the times at which the interval of S (that of `answered_by`) holds 1/2
    (Brookmeyer & Crowley 1982). Its high end is infinite where the data set none. Its low end is 0
    with fewer than six waits at 95 %, which say nothing of a median, and the longest wait where
    more than half surely still waited then. NaN at both ends: the group is empty.
    """
    before = _before(curves.waiting, group=curves.group, start=1)
    band = _loglog(
        curves.waiting,
        variance=curves.waiting**2 * curves.greenwood,
        effective=curves.at_risk / before,
        level=level,
    )
    some = curves.n > 0
    median = _first_time(curves, curves.waiting <= HALF)
    low = np.minimum(_first_time(curves, band.low <= HALF), curves.longest)
    at_start = _least_left(np.where(some, curves.n, np.nan), level=level) <= HALF
    return np.where(np.isfinite(median), median, np.nan), Interval(
        low=np.where(at_start, 0, low),
        high=np.where(some, _first_time(curves, band.high <= HALF), np.nan),
    )


def mean_wait(
    curves: Curves, hours: float | FloatArray, *, level: float = 0.95
) -> tuple[FloatArray, Interval]:
    """
    Mean time to the event, a wait longer than `hours` counting as `hours`, if nothing were removed.

    The restricted mean, ∫ S from 0 to τ; variance Σ (∫ S from t_i to τ)² d_i / (n_i (n_i - d_i))
    (Klein & Moeschberger 2003, section 4.5), without censoring Σ (x - mean)² / n²; normal interval, cut to
    [0, τ]. With no event by τ the variance says nothing; there the low end is τ times the least
    share that may still wait at τ (see `answered_by`). The interval of one ended wait is NaN.
    Where few are at risk near τ it is somewhat short: a normal interval, for want of a better.
    NaN where the group is empty, and where τ lies beyond its longest wait while some still wait.
    """
    at = _spread(curves, hours)
    offsets = _offsets(curves)
    count = _rows_until(curves, at)
    left = _value_at(curves, curves.waiting, count, start=1)
    until = np.minimum(curves.time, at[curves.group])
    stretch = curves.waiting * (_after(curves, until, end=at) - until)
    ahead = sum_within(stretch, offsets)
    first = _value_at(curves, until, np.minimum(curves.n, 1).astype(np.int64), start=np.nan)
    known = (at >= 0) & _is_known(curves, at, left)
    mean = np.where(known, first + ahead, np.nan)
    passed = accumulate_within(np.add, stretch, offsets) - stretch
    rest = np.maximum(ahead[curves.group] - passed, 0)
    terms = _greenwood_terms(curves.answered, curves.at_risk)
    half = ndtri(0.5 + level / 2) * np.sqrt(sum_within(rest**2 * terms, offsets))
    low = np.maximum(mean - half, 0)
    none = _least_left(_effective(curves, at, left=curves.waiting), level=level) * at
    low = np.where(known & (left == 1), none, np.where(curves.n > 1, low, np.nan))
    high = np.where(np.isnan(low), np.nan, np.minimum(mean + half, at))
    return mean, Interval(low=low, high=high)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Counts:
    """Times at which something happened."""

    group: IntArray
    offsets: IntArray
    at_risk: FloatArray
    answered: FloatArray
    removed: FloatArray


def _check(waits: Waits) -> None:
    if not (np.isfinite(waits.hours).all() and (waits.hours >= 0).all()):
        raise ValueError("A wait lasts a finite time, and not less than 0.")
    if not np.isin(waits.event, (CENSORED, ANSWERED, REMOVED)).all():
        raise ValueError("An event is CENSORED, ANSWERED or REMOVED.")
    if not ((waits.group >= 0) & (waits.group < waits.groups)).all():
        raise ValueError("A group lies between 0 and groups - 1.")


def _survival(counts: _Counts, events: FloatArray) -> tuple[FloatArray, FloatArray]:
    share = accumulate_within(np.multiply, 1 - events / counts.at_risk, counts.offsets)
    terms = _greenwood_terms(events, counts.at_risk)
    return share, accumulate_within(np.add, terms, counts.offsets)


def _greenwood_terms(events: FloatArray, at_risk: FloatArray) -> FloatArray:
    """Terms d / (n (n - d)), 0 where all have the event, for nothing comes after it."""
    below = at_risk * (at_risk - events)
    return np.divide(events, below, out=np.zeros_like(below), where=below > 0)


def _incidence(
    counts: _Counts, events: FloatArray, *, before: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """
    Cumulative incidence F of one kind of event, with its variance, after each time.

    Σ (F - F_i)² a_i + Σ b_i - 2 Σ (F - F_i) c_i, where a is Greenwood's term of both events,
    b = S² d (n - d) / n³, c = S d / n² and S is the share pending `before`; sorted by powers of F.
    """
    n = counts.at_risk
    share = np.minimum(accumulate_within(np.add, before * events / n, counts.offsets), 1)
    a = _greenwood_terms(counts.answered + counts.removed, n)
    b = before**2 * events * (n - events) / n**3
    c = before * events / n**2
    squared, linear, constant = (
        accumulate_within(np.add, terms, counts.offsets)
        for terms in (a, a * share + c, a * share**2 + b + 2 * c * share)
    )
    return share, np.maximum(share**2 * squared - 2 * share * linear + constant, 0)


def _happened(
    curves: Curves,
    at: FloatArray,
    *,
    survival: FloatArray,
    variance: FloatArray,
    left: FloatArray,
    level: float,
) -> tuple[FloatArray, Interval]:
    count = _rows_until(curves, at)
    known = _is_known(curves, at, _value_at(curves, left, count, start=1))
    share = np.where(known, _value_at(curves, survival, count, start=1), np.nan)
    interval = _loglog(
        share,
        variance=_value_at(curves, variance, count, start=0),
        effective=_effective(curves, at, left=left),
        level=level,
    )
    return 1 - share, Interval(low=1 - interval.high, high=1 - interval.low)


def _loglog(
    survival: FloatArray, *, variance: FloatArray, effective: FloatArray, level: float
) -> Interval:
    """Interval of a survival share, by log(-log) inside (0, 1) and exact at its ends."""
    none, everyone = survival == 1, survival < NOTHING
    s = np.where(none | everyone, 0.5, survival)
    half = ndtri(0.5 + level / 2) * np.sqrt(variance) / np.abs(s * np.log(s))
    least = _least_left(effective, level=level)
    return Interval(
        low=np.select([none, everyone], [least, 0 * survival], s ** np.exp(half)),
        high=np.select([none, everyone], [survival, 1 - least], s ** np.exp(-half)),
    )


def _least_left(n: FloatArray, *, level: float) -> FloatArray:
    """Low end of a share when all of n have the property, by Clopper and Pearson (1934)."""
    return ((1 - level) / 2) ** (1 / n)


def _spread(curves: Curves, hours: float | FloatArray) -> FloatArray:
    return np.broadcast_to(np.asarray(hours, dtype=np.float64), curves.n.shape)


def _is_known(curves: Curves, at: FloatArray, left: FloatArray) -> BoolArray:
    known: BoolArray = (at <= curves.longest) | (left == 0)
    return known


def _effective(curves: Curves, at: FloatArray, *, left: FloatArray) -> FloatArray:
    """Peto's number: those at risk at this time, or at the longest, over the share left before it."""
    at = np.minimum(at, curves.longest)
    each = np.arange(curves.groups + 1)
    at_risk = curves.n - count_below(curves.hours, curves.offsets, at, each)
    count = _rows_until(curves, at, before=True)
    return np.where(curves.n > 0, at_risk, np.nan) / _value_at(curves, left, count, start=1)


def _offsets(curves: Curves) -> IntArray:
    return np.searchsorted(curves.group, np.arange(curves.groups + 1))


def _rows_until(curves: Curves, at: FloatArray, *, before: bool = False) -> IntArray:
    """How many times of each group lie at or before this one, or only before it."""
    limit = at[curves.group]
    early = curves.time < limit if before else curves.time <= limit
    return np.bincount(curves.group[early], minlength=curves.groups)


def _value_at(curves: Curves, values: FloatArray, count: IntArray, *, start: float) -> FloatArray:
    """The value after the first `count` times of each group, `start` where there are none."""
    row = _offsets(curves)[:-1] + count - 1
    return np.append(values, start)[np.where(count > 0, row, -1)]


def _before(values: FloatArray, *, group: IntArray, start: float) -> FloatArray:
    """The value before each time: that of the time before it in the group, else `start`."""
    shifted = np.append(start, values[:-1])
    return np.where(np.diff(group, prepend=-1) != 0, start, shifted)


def _after(curves: Curves, values: FloatArray, *, end: FloatArray) -> FloatArray:
    """The value at the next time of the group, else the group's `end`."""
    shifted = np.append(values[1:], np.nan)
    return np.where(np.diff(curves.group, append=-1) != 0, end[curves.group], shifted)


def _first_time(curves: Curves, where: BoolArray) -> FloatArray:
    """The first time of each group at which something holds, infinite where it never does."""
    first = np.full(curves.groups, np.inf)
    np.minimum.at(first, curves.group[where], curves.time[where])
    return first
