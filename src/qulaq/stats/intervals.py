"""How sure a share, a mean or a median is: closed forms, from counts and sums."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

# Not scipy.stats: the same functions, but its import takes four times as long.
from scipy.special import bdtr, ndtri, stdtrit

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Interval:
    """
    The two ends of an interval, one element per page or period.

    NaN at both ends: not defined.
    """

    low: FloatArray
    high: FloatArray


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
    squares = sums.k_squared - 2 * p * sums.k_times_n + p**2 * sums.n_squared
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


def median_with_interval(values: FloatArray, *, level: float = 0.95) -> tuple[float, float, float]:
    """
    Median, low and high, the ends being values of the sample (Conover 1999, section 3.2).

    NaN values are left out. Nothing is assumed of the distribution; the interval holds the median
    with at least the probability `level`, often more.
    The ends are NaN when no pair of values can do so (at 95 %: n < 6), the median when n is 0.
    """
    known = np.sort(values[~np.isnan(values)])
    if known.size == 0:
        return np.nan, np.nan, np.nan
    median = float(np.median(known))
    ranks = quantile_ranks(known.size, 0.5, level=level)
    if ranks is None:
        return median, np.nan, np.nan
    return median, float(known[ranks[0] - 1]), float(known[ranks[1] - 1])


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


def _rank_below(n: int, q: float, level: float) -> int:
    def at_most(successes: int) -> float:
        return float(bdtr(successes, n, q))

    return bisect_right(range(n + 1), (1 - level) / 2, key=at_most)


def _count_and_share(k: FloatArray, n: FloatArray) -> tuple[FloatArray, FloatArray]:
    defined = (n > 0) & (k >= 0) & (k <= n)
    return np.where(defined, k, np.nan), _divide(k, n, where=defined)


def _divide(above: FloatArray, below: FloatArray, *, where: BoolArray) -> FloatArray:
    result = np.full(where.shape, np.nan)
    np.divide(above, below, out=result, where=where)
    return result
