"""Could a difference be chance? Tests of two samples; NaN values are left out of each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import chdtrc, gammaln, ndtri, stdtr, stdtrit, xlogy

from qulaq.stats.ragged import FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Test:
    """What a test found; NaN: not defined."""

    statistic: float
    p_value: float
    """Two-sided."""
    effect: float
    """How large the difference is: what this is, the function says."""
    low: float = np.nan
    high: float = np.nan


def mann_whitney(x: FloatArray, y: FloatArray) -> Test:
    """
    Mann and Whitney's test (1947) that x and y come from one distribution.

    `statistic` is U of x. `effect` is the probability of superiority, P(x > y) + P(x = y) / 2, whose
    interval the test does not give: see `brunner_munzel`. p is exact for samples without ties, one of
    which has at most eight values, else normal with corrections for ties and continuity.
    An empty sample: all NaN. All values equal: p = 1.
    """
    from scipy.stats import mannwhitneyu

    x, y = _known(x), _known(y)
    if not (x.size and y.size):
        return Test(statistic=np.nan, p_value=np.nan, effect=np.nan)
    u = float(_beaten(x, y).sum())
    p_value = 1.0 if _all_equal(x, y) else float(mannwhitneyu(x, y).pvalue)
    return Test(statistic=u, p_value=p_value, effect=u / (x.size * y.size))


def brunner_munzel(x: FloatArray, y: FloatArray, *, level: float = 0.95) -> Test:
    """
    Brunner and Munzel's test (2000) that neither sample tends to the larger values.

    `effect` is P(x > y) + P(x = y) / 2 with its t interval, cut to [0, 1]; `statistic` is positive when
    x tends to be larger. Shapes and spreads may differ, ties are allowed; wants ten values or so in each.
    An empty sample: all NaN. Fewer than two values in one, or samples that do not overlap: only the
    effect, for the spread of it cannot be told. All values equal: p = 1.
    """
    x, y = _known(x), _known(y)
    if not (x.size and y.size):
        return Test(statistic=np.nan, p_value=np.nan, effect=np.nan)
    wins, losses = _beaten(x, y) / y.size, _beaten(y, x) / x.size
    effect = float(wins.mean())
    if _all_equal(x, y):
        return Test(statistic=0.0, p_value=1.0, effect=effect)
    parts = np.array([_variance_of_mean(wins), _variance_of_mean(losses)])
    # NaN, with a single value in a sample, is no spread either.
    if not parts.sum() > 0:
        return Test(statistic=np.nan, p_value=np.nan, effect=effect)
    error = float(np.sqrt(parts.sum()))
    freedom = float(parts.sum() ** 2 / (parts**2 / np.array([x.size - 1, y.size - 1])).sum())
    statistic = (effect - 0.5) / error
    half = float(stdtrit(freedom, 0.5 + level / 2)) * error
    return Test(
        statistic=statistic,
        p_value=float(2 * stdtr(freedom, -abs(statistic))),
        effect=effect,
        low=max(effect - half, 0.0),
        high=min(effect + half, 1.0),
    )


def negative_binomial(
    x: FloatArray,
    y: FloatArray,
    *,
    exposures: tuple[FloatArray, FloatArray] | None = None,
    level: float = 0.95,
) -> Test:
    """
    Likelihood-ratio test that two samples of counts have the same mean (or rate per exposure).

    `effect` is the ratio of the means of x and y, with Wald's interval of its logarithm;
    `statistic` is twice the gain in log-likelihood, chi-square with one degree of freedom.
    Counts are negative binomial with variance μ + α μ², one α for both samples, found by maximum
    likelihood with and without a difference (Hilbe 2011, chapter 8); where the counts spread no
    more than Poisson's, α is 0.
    An empty sample: all NaN. No counts in one: the interval is NaN; in both: the effect too, and p = 1.
    ValueError: a count below 0, an exposure not above 0.
    """
    samples = _counted(x, y, exposures)
    if not all(sample.counts.size for sample in samples):
        return Test(statistic=np.nan, p_value=np.nan, effect=np.nan)
    if not any(sample.counts.any() for sample in samples):
        return Test(statistic=0.0, p_value=1.0, effect=np.nan)
    alpha, apart = _fit(samples)
    _, alike = _fit([_joined(samples)])
    gain = max(2 * (apart - alike), 0.0)
    rate_x, rate_y = (_rate(sample, alpha) for sample in samples)
    effect = rate_x / rate_y if rate_y else np.inf
    low = high = np.nan
    if rate_x and rate_y:
        information = [_information(sample, alpha) for sample in samples]
        half = float(ndtri(0.5 + level / 2)) * np.sqrt(sum(1 / each for each in information))
        low, high = effect * np.exp(-half), effect * np.exp(half)
    return Test(
        statistic=gain,
        p_value=float(chdtrc(1, gain)),
        effect=effect,
        low=float(low),
        high=float(high),
    )


def holm(p_values: FloatArray) -> FloatArray:
    """
    P-values adjusted so that together they err no more often than each would alone (Holm 1979).

    NaN stays NaN and is no test.

    >>> holm(np.array([0.01, 0.04, np.nan, 0.03])).tolist()
    [0.03, 0.06, nan, 0.06]
    """
    p = np.asarray(p_values, dtype=np.float64)
    tests = np.count_nonzero(~np.isnan(p))
    # NaN is sorted last.
    order = np.argsort(p, axis=None)[:tests]
    adjusted = np.full(p.size, np.nan)
    grown = p.ravel()[order] * np.arange(tests, 0, -1)
    adjusted[order] = np.minimum(np.maximum.accumulate(grown), 1)
    return adjusted.reshape(p.shape)


def _known(values: FloatArray) -> FloatArray:
    values = np.asarray(values, dtype=np.float64)
    known: FloatArray = values[~np.isnan(values)]
    return known


def _all_equal(x: FloatArray, y: FloatArray) -> bool:
    return bool((x == x[0]).all() and (y == x[0]).all())


def _beaten(x: FloatArray, y: FloatArray) -> FloatArray:
    """How many of y each of x exceeds, those it equals counting half."""
    ordered = np.sort(y)
    beaten: FloatArray = (np.searchsorted(ordered, x) + np.searchsorted(ordered, x, "right")) / 2
    return beaten


def _variance_of_mean(values: FloatArray) -> float:
    return float(values.var(ddof=1) / values.size) if values.size > 1 else np.nan


# Counts


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Sample:
    """Counts with their exposures; equal ones of equal exposure stand once, with how many they are."""

    counts: FloatArray
    exposures: FloatArray
    times: FloatArray


def _counted(
    x: FloatArray, y: FloatArray, exposures: tuple[FloatArray, FloatArray] | None
) -> list[_Sample]:
    if exposures is None:
        return [_sample(x), _sample(y)]
    return [_sample(x, exposures[0]), _sample(y, exposures[1])]


def _sample(counts: FloatArray, exposures: FloatArray | None = None) -> _Sample:
    counts = np.asarray(counts, np.float64)
    times = np.ones(counts.shape)
    if exposures is None:
        counts, repeats = np.unique(counts, return_counts=True)
        times, exposures = repeats.astype(np.float64), np.ones(counts.shape)
    exposures = np.asarray(exposures, np.float64)
    if (counts < 0).any() or (exposures <= 0).any():
        raise ValueError("Counts are not below 0 and exposures are above 0.")
    known = ~np.isnan(counts) & ~np.isnan(exposures)
    return _Sample(counts=counts[known], exposures=exposures[known], times=times[known])


def _joined(samples: list[_Sample]) -> _Sample:
    return _Sample(
        counts=np.concatenate([sample.counts for sample in samples]),
        exposures=np.concatenate([sample.exposures for sample in samples]),
        times=np.concatenate([sample.times for sample in samples]),
    )


def _fit(samples: list[_Sample]) -> tuple[float, float]:
    """The dispersion that makes the counts likeliest, each sample at its own rate; the log-likelihood."""
    from scipy.optimize import minimize_scalar

    def unlikely(log_alpha: float) -> float:
        return -_likelihood(samples, float(np.exp(log_alpha)))

    # Below, it is Poisson to the last digit that matters; above, counts would have no mean.
    found = minimize_scalar(unlikely, bounds=(-12, 12), method="bounded", options={"xatol": 1e-8})
    poisson = _likelihood(samples, 0.0)
    if poisson >= -found.fun:
        return 0.0, poisson
    return float(np.exp(found.x)), float(-found.fun)


def _likelihood(samples: list[_Sample], alpha: float) -> float:
    return sum(_log_likelihood(sample, alpha) for sample in samples)


def _log_likelihood(sample: _Sample, alpha: float) -> float:
    """Of negative binomial counts, without the term that is the same for every α and rate."""
    y, times = sample.counts, sample.times
    mean = _rate(sample, alpha) * sample.exposures
    if alpha == 0:
        return float((times * (xlogy(y, mean) - mean)).sum())
    size = 1 / alpha
    spread = gammaln(y + size) - gammaln(size) + y * np.log(alpha)
    each = spread + xlogy(y, mean) - (y + size) * np.log1p(alpha * mean)
    return float((times * each).sum())


def _rate(sample: _Sample, alpha: float) -> float:
    """
    The likeliest rate per exposure at this dispersion.

    It solves Σ (y - e r) / (1 + α e r) = 0, by Newton's method on log r; with equal exposures that
    is the plain ratio, from which it starts.
    """
    y, e, times = sample.counts, sample.exposures, sample.times
    rate = float((times * y).sum() / (times * e).sum())
    if rate == 0 or alpha == 0 or (e == e[0]).all():
        return rate
    for _ in range(100):
        heavy = 1 + alpha * e * rate
        slope = times * e * rate * (1 + alpha * y) / heavy**2
        step = (times * (y - e * rate) / heavy).sum() / slope.sum()
        rate *= float(np.exp(np.clip(step, -1, 1)))
        if abs(step) < 1e-12:  # noqa: PLR2004 - a hundred times what rounding leaves
            break
    return rate


def _information(sample: _Sample, alpha: float) -> float:
    """Fisher's information of the logarithm of the rate: Σ μ / (1 + α μ)."""
    mean = _rate(sample, alpha) * sample.exposures
    return float((sample.times * mean / (1 + alpha * mean)).sum())
