"""Intervals of the indicators, as an analyst puts them on with NumPy and SciPy; nothing of Qulaq is used."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import bdtr, ndtri, stdtrit

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
Ends = tuple[Numbers, Numbers]
Columns = tuple[Numbers, Numbers, Numbers, Numbers]
"""Value, low, high and n of an indicator, page by page; NaN: there is none."""

LEVEL = 0.95
ROUNDING = 1e-12
"""Numbers that are equal by arithmetic may differ so much."""


def z_of(level: float) -> float:
    return float(ndtri(0.5 + level / 2))


def wilson(k: Numbers, n: Numbers, level: float = LEVEL) -> Ends:
    z2, p = z_of(level) ** 2, k / n
    middle, half = k + z2 / 2, np.sqrt(z2 * (k * (1 - p) + z2 / 4))
    return np.clip((middle - half) / (n + z2), 0, p), np.clip((middle + half) / (n + z2), p, 1)


def clustered_share(sums: Mapping[str, Numbers], name: str, level: float = LEVEL) -> Columns:
    """
    A share of comments, which are alike under one post: n divided by the design effect, from 30 posts on.
    """
    m, n, k, kk, kn, nn = (
        or_zero(sums[f"{one}_{name}"]) for one in ("m", "n", "k", "kk", "kn", "nn")
    )
    p = k / n
    variance = m / (m - 1) * (kk - 2 * p * kn + p**2 * nn)
    effect = np.where((m >= 30) & (p > 0) & (p < 1), variance / (n * p * (1 - p)), 1)  # noqa: PLR2004
    effect = np.maximum(effect, 1)
    return p, *wilson(k / effect, n / effect, level), n


def clustered_mean(sums: Mapping[str, Numbers], names: tuple[str, ...]) -> Columns:
    m, n, k, kk, kn, nn = (or_zero(sums[one]) for one in names)
    mean = k / n
    variance = m / (m - 1) * np.maximum(kk - 2 * mean * kn + mean**2 * nn, 0) / n**2
    half = stdtrit(m - 1, 0.5 + LEVEL / 2) * np.sqrt(variance)
    return mean, np.maximum(mean - half, 0), mean + half, n


def mean_and_half(n: Numbers, total: Numbers, squares: Numbers) -> tuple[Numbers, Numbers]:
    """
    A mean and half the length of its interval.
    """
    mean = total / n
    variance = np.maximum(squares - total * mean, 0) / (n - 1)
    return mean, stdtrit(n - 1, 0.5 + LEVEL / 2) * np.sqrt(variance / n)


def quantile_of_lists(lists: Any, q: float) -> Columns:  # noqa: ANN401
    """
    A quantile of sorted values, between two of them (Conover 1999).
    """
    rows = [_quantile_of(np.asarray(one, np.float64), q) for one in map(_known, lists)]
    value, low, high, n = np.array(rows, dtype=np.float64).T
    return value, low, high, n


def _known(values: Any) -> Any:  # noqa: ANN401
    return () if values is None or values is np.ma.masked or np.isscalar(values) else values


def _quantile_of(values: Numbers, q: float) -> tuple[float, float, float, int]:
    n = values.size
    if not n:
        return np.nan, np.nan, np.nan, 0
    below, above = _rank(n, q), n + 1 - _rank(n, 1 - q)
    low, high = (
        (values[below - 1], values[above - 1]) if below >= 1 and above <= n else (np.nan, np.nan)
    )
    return float(np.quantile(values, q)), low, high, n


def _rank(n: int, q: float) -> int:
    """
    The largest l with P(B < l) at most 2.5 %, B binomial.
    """
    return int(np.searchsorted(bdtr(np.arange(n), n, q), (1 - LEVEL) / 2, "right"))


def loglog(left: Numbers, variance: Numbers, effective: Numbers, level: float = LEVEL) -> Columns:
    """
    1 - S with the interval of log(-log S); exact where all or none are left.
    """
    least = ((1 - level) / 2) ** (1 / effective)
    half = z_of(level) * np.sqrt(variance) / np.abs(left * np.log(left))
    low, high = left ** np.exp(half), left ** np.exp(-half)
    everyone, nobody = left == 1, left < 1e-12  # noqa: PLR2004
    low = np.where(everyone, least, np.where(nobody, 0, low))
    high = np.where(everyone, 1, np.where(nobody, 1 - least, high))
    return 1 - left, 1 - high, 1 - low, effective


def ranks_with_ends(
    value: Numbers, ends: Ends, *, larger: bool
) -> tuple[Numbers, Numbers, Numbers]:
    """
    Places, 1 the best, from all differences of pairs.
    """
    low, high = ends
    apart = value[:, None] - value
    higher = apart > np.hypot((value - low)[:, None], high - value)
    # Equal shares may differ in the last digits.
    better, ahead = (higher, apart < -ROUNDING) if larger else (higher.T, apart > ROUNDING)
    return 1.0 + ahead.sum(1), 1.0 + better.sum(0), value.size - better.sum(1).astype(np.float64)


def or_zero(column: Numbers) -> Numbers:
    return np.nan_to_num(column, nan=0.0)
