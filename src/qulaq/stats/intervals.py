"""How sure a share, a mean, a quantile or a difference is: closed forms, from counts and sums."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

# Not scipy.stats: the same functions, but its import takes four times as long.
from scipy.special import bdtr, ndtri, stdtrit

from qulaq.stats.ragged import BoolArray, FloatArray, IntArray, known_sorted


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Interval:
    """
    The two ends of an interval, one element per page or period.

    NaN at both ends: not defined.
    """

    low: FloatArray
    high: FloatArray


Estimate = tuple[FloatArray, Interval]
"""What was estimated, and how sure it is."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ClusterSums:
    """
    What the interval of a clustered share needs, one element per page or period.

    A cluster is a post: of its n_j comments, k_j have the property that is counted.
    """

    m: FloatArray
    """Clusters, without those where n_j is 0."""
    k: FloatArray
    """Σ k_j."""
    n: FloatArray
    """Σ n_j."""
    k_squared: FloatArray
    """Σ k_j²."""
    k_times_n: FloatArray
    """Σ k_j n_j."""
    n_squared: FloatArray
    """Σ n_j²."""


def wilson(k: FloatArray, n: FloatArray, *, level: float = 0.95) -> Interval:
    """
    Score interval of the share k / n, by Wilson (1927).

    Both may be fractional, as when n is an effective sample size; they broadcast.
    NaN where n is 0 or missing, and where k lies outside [0, n].

    >>> interval = wilson(np.array([171.0]), np.array([188.0]))
    >>> interval.low.round(4), interval.high.round(4)
    (array([0.86]), array([0.9428]))
    """
    k, p = _count_and_share(k, n)
    z2 = ndtri(0.5 + level / 2) ** 2
    middle = k + z2 / 2
    half = np.sqrt(z2 * (k * (1 - p) + z2 / 4))
    # Clipping at p changes nothing but rounding: exact ends at 0 and at n.
    return Interval(
        low=np.clip((middle - half) / (n + z2), 0, p),
        high=np.clip((middle + half) / (n + z2), p, 1),
    )


def design_effect(sums: ClusterSums) -> FloatArray:
    """
    How many times clustering multiplies the variance of k / n.

    deff = V / (p (1 - p) / n), with V = m / (m - 1) × Σ (k_j - p n_j)² / n², the linearized variance
    of a ratio of cluster totals (Cochran 1977, ch. 9; deff after Kish 1965).
    Never below 1, which is cautious; and 1 where it cannot be estimated: p is 0 or 1, or m < 2.
    """
    _, p = _count_and_share(sums.k, sums.n)
    squares = _squares_about(p, sums.k_squared, sums.k_times_n, sums.n_squared)
    binomial = sums.n * p * (1 - p)
    estimable = (binomial > 0) & (sums.m > 1)
    ratio = np.ones_like(binomial)
    np.divide(sums.m * squares, (sums.m - 1) * binomial, out=ratio, where=estimable)
    return np.maximum(ratio, 1)


def clustered_wilson(
    sums: ClusterSums, *, level: float = 0.95, least_clusters: int = 30
) -> tuple[Interval, BoolArray]:
    """
    Wilson interval of k / n with n divided by the design effect, and where it is plain after all.

    Plain, with True in the second array: fewer than `least_clusters` clusters, or a share of 0 or 1,
    or n = 0. There the interval takes the comments for independent and is likely too short.
    """
    _, p = _count_and_share(sums.k, sums.n)
    plain = ~((sums.m >= least_clusters) & (p > 0) & (p < 1))
    deff = np.where(plain, 1, design_effect(sums))
    return wilson(sums.k / deff, sums.n / deff, level=level), plain


def goodman(counts: FloatArray, *, level: float = 0.95) -> Interval:
    """
    Intervals of the shares of categories, which hold together: one code per unit, last axis.

    Goodman (1965): Wilson's interval of each at the level 1 - (1 - level) / categories. Categories
    that were never met count among them. Wants every count to be 5 or more.
    NaN where nothing or not everything was counted.

    >>> goodman(np.array([44.0, 55, 43, 32, 67, 78])).low[0].round(5)
    np.float64(0.09468)
    """
    total = counts.sum(axis=-1, keepdims=True)
    return wilson(counts, total, level=1 - (1 - level) / max(counts.shape[-1], 1))


def newcombe(
    k1: FloatArray, n1: FloatArray, k2: FloatArray, n2: FloatArray, *, level: float = 0.95
) -> Interval:
    """
    Interval of the difference of two independent shares, k1 / n1 - k2 / n2.

    Newcombe (1998, Statistics in Medicine 17, 873–890), method 10: square-and-add of two Wilson
    intervals. Fractional counts, as of effective sample sizes, are allowed. NaN as in `wilson`.

    >>> interval = newcombe(*np.array([56.0, 70.0, 48.0, 80.0]))
    >>> interval.low.round(4), interval.high.round(4)
    (np.float64(0.0524), np.float64(0.3339))
    """
    return difference(_share(k1, n1, level=level), _share(k2, n2, level=level))


def difference(first: Estimate, second: Estimate) -> Interval:
    """
    Interval of first - second, from two independent estimates with their intervals.

    The distances from each value to its ends are squared and added (Newcombe 1998 for shares;
    Zou & Donner 2008, Statistics in Medicine 27, 1693–1702, for any two estimates). The level is
    that of the two. Lopsided intervals stay lopsided; an infinite end gives an infinite end.
    NaN where either interval is.
    """
    value_1, ends_1 = first
    value_2, ends_2 = second
    apart = value_1 - value_2
    return Interval(
        low=apart - np.hypot(value_1 - ends_1.low, ends_2.high - value_2),
        high=apart + np.hypot(ends_1.high - value_1, value_2 - ends_2.low),
    )


def mean_t(
    n: FloatArray, total: FloatArray, squares: FloatArray, *, level: float = 0.95
) -> tuple[FloatArray, Interval]:
    """
    Mean and its Student t interval, from the count, the sum and the sum of squares of the values.

    The mean is NaN where n is 0, the interval where n < 2.
    Squares minus total² / n loses digits when the mean is far larger than the spread: fine for
    likes and hours, not for moments in time, which must first be counted from a near zero.
    """
    some, two = n > 0, n > 1
    mean = _divide(total, n, where=some)
    spread = np.maximum(squares - total * mean, 0)
    variance = _divide(spread, n - 1, where=two)
    error = np.sqrt(_divide(variance, n, where=two))
    half = stdtrit(np.where(two, n - 1, 1), 0.5 + level / 2) * error
    return mean, Interval(low=mean - half, high=mean + half)


def clustered_mean(  # noqa: PLR0917 - sums, in the order of ClusterSums
    m: FloatArray,
    n: FloatArray,
    total: FloatArray,
    total_squared: FloatArray,
    total_times_n: FloatArray,
    n_squared: FloatArray,
    *,
    level: float = 0.95,
) -> tuple[FloatArray, Interval]:
    """
    Mean of units that stand in clusters, Σ y_j / Σ n_j, with its Student t interval.

    A cluster is a post: the values of its n_j comments add up to y_j. Wanted are the number of
    clusters that are not empty, Σ n_j, Σ y_j, Σ y_j², Σ y_j n_j and Σ n_j². Variance
    m / (m - 1) × Σ (y_j - R n_j)² / n², linearized (Cochran 1977, ch. 9), with m - 1 degrees of
    freedom. The mean is NaN where n is 0, the interval where m < 2.
    """
    mean = _divide(total, n, where=n > 0)
    two = (m > 1) & (n > 0)
    squares = _squares_about(mean, total_squared, total_times_n, n_squared)
    variance = _divide(m * np.maximum(squares, 0), (m - 1) * n**2, where=two)
    half = stdtrit(np.where(two, m - 1, 1), 0.5 + level / 2) * np.sqrt(variance)
    return mean, Interval(low=mean - half, high=mean + half)


def median_with_interval(values: FloatArray, *, level: float = 0.95) -> tuple[float, float, float]:
    """
    Median, low and high, the ends being values of the sample (Conover 1999, section 3.2).

    NaN values are left out. Nothing is assumed of the distribution; the interval holds the median
    with at least the probability `level`, often more.
    The ends are NaN when no pair of values can do so (at 95 %: n < 6), the median when n is 0.
    """
    return quantile_with_interval(values, 0.5, level=level)


def quantile_with_interval(
    values: FloatArray, q: float, *, level: float = 0.95
) -> tuple[float, float, float]:
    """Quantile, low and high of one group; all as in `ragged_quantiles`."""
    value, ends = ragged_quantiles(values, np.array([0, values.size]), q, level=level)
    return value.item(), ends.low.item(), ends.high.item()


def ragged_quantiles(
    values: FloatArray, offsets: IntArray, q: float, *, level: float = 0.95
) -> tuple[FloatArray, Interval]:
    """
    Quantile q of each group, interpolated linearly, and its interval, whose ends are values.

    Group i holds values[offsets[i]:offsets[i + 1]]. The quantile is that of NumPy's default and of
    `quantile_cont` in SQL (type 7 of Hyndman & Fan 1996); the ends stand at `quantile_ranks`.
    NaN values are left out. All is NaN where none is left, the ends where no pair of values can
    hold the quantile so surely.
    """
    known, offsets = known_sorted(values, offsets)
    n, first = np.diff(offsets), offsets[:-1]
    ranks = _ranks_of_sizes(n, q, level=level)
    # A NaN at the end stands for whatever a group does not have.
    known = np.append(known, np.nan)

    def ranked(rank: IntArray) -> FloatArray:
        return known[np.where(rank > 0, first + rank - 1, known.size - 1)]

    place = (n - 1) * q
    under = np.where(n > 0, np.floor(place), -1).astype(np.int64) + 1
    low, high = ranked(under), ranked(np.minimum(under + 1, n))
    value = np.minimum(low + (high - low) * (place - (under - 1)), high)
    return value, Interval(low=ranked(ranks[0]), high=ranked(ranks[1]))


@lru_cache(maxsize=4096)
def quantile_ranks(n: int, q: float = 0.5, *, level: float = 0.95) -> tuple[int, int] | None:
    """
    Ranks, from 1, of the two ordered values between which the quantile q lies.

    With B binomial (n, q): the largest l with P(B < l) <= (1 - level) / 2 and the smallest u with
    P(B >= u) <= (1 - level) / 2 (Conover 1999, section 3.2). For the median u = n + 1 - l.
    None where either rank would fall outside 1 … n.

    >>> quantile_ranks(10), quantile_ranks(5)
    ((2, 9), None)
    """
    low, high = _rank_below(n, q, level), n + 1 - _rank_below(n, 1 - q, level)
    return (low, high) if low >= 1 and high <= n else None


def _ranks_of_sizes(n: IntArray, q: float, *, level: float) -> tuple[IntArray, IntArray]:
    """Ranks of groups of these sizes, 0 where there are none."""
    sizes, which = np.unique(n, return_inverse=True)
    ranks = [quantile_ranks(int(size), q, level=level) or (0, 0) for size in sizes]
    low, high = np.array(ranks, dtype=np.int64).reshape(-1, 2).T
    return low[which], high[which]


def _rank_below(n: int, q: float, level: float) -> int:
    def at_most(successes: int) -> float:
        return float(bdtr(successes, n, q))

    return bisect_right(range(n + 1), (1 - level) / 2, key=at_most)


def _share(k: FloatArray, n: FloatArray, *, level: float) -> Estimate:
    _, p = _count_and_share(k, n)
    return p, wilson(k, n, level=level)


def _squares_about(
    ratio: FloatArray, squared: FloatArray, times_n: FloatArray, n_squared: FloatArray
) -> FloatArray:
    """Σ (y_j - R n_j)² from the sums of its terms."""
    return squared - 2 * ratio * times_n + ratio**2 * n_squared


def _count_and_share(k: FloatArray, n: FloatArray) -> tuple[FloatArray, FloatArray]:
    defined = (n > 0) & (k >= 0) & (k <= n)
    return np.where(defined, k, np.nan), _divide(k, n, where=defined)


def _divide(above: FloatArray, below: FloatArray, *, where: BoolArray) -> FloatArray:
    result = np.full(where.shape, np.nan)
    np.divide(above, below, out=result, where=where)
    return result
