"""How sure a rank is: from intervals of all differences between pairs."""

from __future__ import annotations

import numpy as np

from qulaq.stats.intervals import Interval
from qulaq.stats.ragged import BoolArray, FloatArray

# Two estimates that are equal by arithmetic may differ by rounding.
_ROUNDING = 1e-12


def pairwise_level(p: int, *, level: float = 0.95) -> float:
    """
    Level of each pair's interval such that all pairs of p hold together at `level` (Bonferroni).

    >>> round(pairwise_level(4), 5)
    0.99167
    """
    pairs = max(p * (p - 1) // 2, 1)
    return 1 - (1 - level) / pairs


def ranks(values: FloatArray, *, larger_is_better: bool = True) -> FloatArray:
    """
    Rank of each value, 1 the best, NaN where the value is NaN.

    Ties, also those that only rounding hides, share the better rank.

    >>> ranks(np.array([0.1, 0.3, 0.1, 0.2])).tolist()
    [3.0, 1.0, 3.0, 2.0]
    """
    height = values if larger_is_better else -values
    known = np.sort(height[~np.isnan(height)])
    hidden = _ROUNDING * (1 + np.abs(height))
    ahead = known.size - np.searchsorted(known, height + hidden, side="right")
    return np.where(np.isnan(values), np.nan, 1 + ahead)


def rank_intervals(
    values: FloatArray, interval_at_pairwise_level: Interval, *, larger_is_better: bool = True
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """
    Rank of each value (`ranks`), and the lowest and highest number that its rank may be.

    With the intervals of all differences, low = 1 + how many are significantly better and
    high = p - how many are significantly worse (Mogstad, Romano, Shaikh & Wilhelm 2023). A difference's interval is put together from those of the two values
    (Newcombe 1998 for shares; Zou & Donner 2008), so these must be computed at
    `pairwise_level(p)`, p being how many values are known.
    A value that is NaN competes with nobody and gets NaN; one whose interval is NaN differs
    significantly from none.
    """
    known = ~np.isnan(values)
    p = np.count_nonzero(known)
    higher = _significantly_higher(values, interval_at_pairwise_level)
    better = higher if larger_is_better else higher.T
    return (
        ranks(values, larger_is_better=larger_is_better),
        np.where(known, 1 + better.sum(axis=0), np.nan),
        np.where(known, p - better.sum(axis=1), np.nan),
    )


def _significantly_higher(values: FloatArray, interval: Interval) -> BoolArray:
    """[i, j]: the interval of value i minus value j lies above 0."""
    below, above = values - interval.low, interval.high - values
    difference = values[:, None] - values
    higher: BoolArray = difference > np.hypot(below[:, None], above)
    return higher
