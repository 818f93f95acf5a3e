"""Do groups answer differently? Tests of tables of counts, and of ordered answers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from qulaq.stats.hypotheses import Test
from qulaq.stats.ragged import FloatArray

LEAST_EXPECTED = 5.0
"""Cochran's rule (1954): below it, in any cell here, chi-square is not to be trusted and Fisher's test is made."""

_RESAMPLES = 9_999
_SEED = 20_150_116  # any constant: the same table gives the same p
_TWO = 2


def association(table: FloatArray) -> tuple[Test, bool]:
    """
    Whether rows and columns of a table of counts are independent, and whether Fisher's exact test was used.

    Pearson's chi-square without continuity correction where every expected count is five or more; else Fisher's
    test, exact for 2 × 2, of larger tables (Freeman and Halton 1951) by 9,999 random tables of the same margins
    from a fixed seed, so that its p is no finer than .0001. `statistic` is chi-square in both; `effect` is
    Cramér's V (Cramér 1946), not corrected for small samples. Rows and columns without a count are left out; NaN
    where fewer than two of either are left.

    >>> test, exact = association(np.array([[3.0, 1.0], [1.0, 3.0]]))
    >>> round(test.p_value, 4), exact
    (0.4857, True)
    """
    counted = table[table.sum(axis=1) > 0][:, table.sum(axis=0) > 0]
    if min(counted.shape) < _TWO:
        return Test(statistic=np.nan, p_value=np.nan, effect=np.nan), False
    expected = counted.sum(axis=1, keepdims=True) * counted.sum(axis=0) / counted.sum()
    statistic = float(((counted - expected) ** 2 / expected).sum())
    effect = float(np.sqrt(statistic / counted.sum() / (min(counted.shape) - 1)))
    exact = bool(expected.min() < LEAST_EXPECTED)
    p_value = _fisher(counted) if exact else _chi_square(statistic, counted.shape)
    return Test(statistic=statistic, p_value=p_value, effect=effect), exact


def _chi_square(statistic: float, shape: tuple[int, ...]) -> float:
    from scipy.special import chdtrc

    return float(chdtrc((shape[0] - 1) * (shape[1] - 1), statistic))


def _fisher(table: FloatArray) -> float:
    from scipy.stats import MonteCarloMethod, fisher_exact

    whole = table.astype(np.int64)
    if table.shape == (_TWO, _TWO):
        return float(fisher_exact(whole).pvalue)
    method = MonteCarloMethod(n_resamples=_RESAMPLES, rng=np.random.default_rng(_SEED))
    return float(fisher_exact(whole, method=method).pvalue)


def kruskal_wallis(groups: Sequence[FloatArray]) -> Test:
    """
    Kruskal and Wallis's test (1952) that ordered answers of several groups come from one distribution, corrected for
    ties.

    `effect` is epsilon squared, H (n + 1) / (n² - 1) (Tomczak and Tomczak 2014): 0 to 1. NaN values are left out,
    empty groups too; fewer than two groups left: all NaN. All values equal: p = 1, no effect.
    """
    from scipy.stats import kruskal

    known = [values[~np.isnan(values)] for values in groups]
    known = [values for values in known if values.size]
    if len(known) < _TWO:
        return Test(statistic=np.nan, p_value=np.nan, effect=np.nan)
    together = np.concatenate(known)
    if together.min() == together.max():
        return Test(statistic=0.0, p_value=1.0, effect=0.0)
    found = kruskal(*known)
    n = together.size
    effect = float(found.statistic) * (n + 1) / (n**2 - 1)
    return Test(statistic=float(found.statistic), p_value=float(found.pvalue), effect=effect)
