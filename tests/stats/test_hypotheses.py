"""
What the tests in `qulaq.stats.hypotheses` promise.

1. Each agrees with SciPy or statsmodels, and where one is printed with a published example.
2. Under the null hypothesis p is below 5 % about as often as it says; intervals hold the truth.
3. What cannot be tested gives NaN, or p = 1, by the rule of the docstring: nothing warns.
"""

from __future__ import annotations

import doctest
import itertools
import math
import warnings
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from qulaq.stats import hypotheses
from qulaq.stats.hypotheses import brunner_munzel, holm, mann_whitney, negative_binomial

SAMPLES = st.lists(st.integers(0, 9), min_size=1, max_size=15)


@pytest.fixture(scope="module")
def statsmodels():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import statsmodels.api as sm
        from statsmodels.stats.multitest import multipletests
    return SimpleNamespace(
        NegativeBinomial=sm.NegativeBinomial,
        GLM=sm.GLM,
        family=sm.families.NegativeBinomial,
        holm=lambda p: multipletests(p, method="holm")[1],
    )


def floats(*values):
    return np.array(values, dtype=float)


def superiority(x, y):
    return np.mean([(a > b) + (a == b) / 2 for a, b in itertools.product(x, y)])


# Pain scores after laparoscopic surgery on two treatments, 1 to 5, as in Brunner & Munzel 2000.
PAIN_TREATED = floats(1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 2, 4, 1, 1)
PAIN_CONTROL = floats(3, 3, 4, 3, 1, 2, 3, 1, 1, 5, 4)


# Mann–Whitney


@given(SAMPLES, SAMPLES)
def test_mann_whitney_agrees_with_scipy(x, y):
    found = mann_whitney(floats(*x), floats(*y))
    assert found.effect == pytest.approx(superiority(x, y))
    if len({*x, *y}) > 1:
        expected = stats.mannwhitneyu(x, y)
        assert (found.statistic, found.p_value) == pytest.approx(expected)
    else:
        assert (found.statistic, found.p_value) == (len(x) * len(y) / 2, 1)


def test_mann_whitney_of_three_against_three_that_do_not_overlap_is_exact():
    # Two of the twenty arrangements are as extreme.
    found = mann_whitney(floats(4, 5, 6), floats(1, 2, 3))
    assert (found.statistic, found.p_value, found.effect) == (9, 0.1, 1)


# Brunner–Munzel


def test_brunner_munzel_gives_the_published_example():
    # Brunner & Munzel 2000; lawstat of R prints 3.1375, 0.0057862, .7889610 (.5952169, .9827052).
    found = brunner_munzel(PAIN_CONTROL, PAIN_TREATED)
    assert found.statistic == pytest.approx(3.1375, abs=5e-5)
    assert found.p_value == pytest.approx(0.0057862, abs=5e-8)
    assert (found.effect, found.low, found.high) == pytest.approx(
        (0.7889610, 0.5952169, 0.9827052), abs=5e-8
    )


@pytest.mark.parametrize("seed", range(10))
def test_brunner_munzel_agrees_with_scipy(seed):
    dice = np.random.default_rng(seed)
    x, y = dice.poisson(3, 12).astype(float), dice.poisson(4, 17).astype(float)
    found, expected = brunner_munzel(x, y), stats.brunnermunzel(y, x)
    assert (found.statistic, found.p_value) == pytest.approx(expected)
    assert found.effect == pytest.approx(superiority(x, y))


@given(SAMPLES, SAMPLES)
def test_brunner_munzel_turns_round_with_its_samples(x, y):
    one, other = brunner_munzel(floats(*x), floats(*y)), brunner_munzel(floats(*y), floats(*x))
    assert one.effect == pytest.approx(1 - other.effect)
    mirrored = [one.statistic, one.p_value, one.low, one.high]
    expected = [-other.statistic, other.p_value, 1 - other.high, 1 - other.low]
    np.testing.assert_allclose(mirrored, expected, atol=1e-9)


def test_brunner_munzel_holds_the_truth_about_as_often_as_it_says():
    # Normal with unlike spreads: P(x > y) = Φ(1 / √(1 + 9)).
    dice, truth = np.random.default_rng(1), stats.norm.cdf(1 / math.sqrt(10))
    held = 0
    for _ in range(2000):
        found = brunner_munzel(dice.normal(1, 1, 25), dice.normal(0, 3, 40))
        held += found.low <= truth <= found.high
    assert 0.935 < held / 2000 < 0.965


def test_brunner_munzel_agrees_with_a_bootstrap():
    dice = np.random.default_rng(2)
    x, y = dice.poisson(3, 60).astype(float), dice.poisson(4, 80).astype(float)
    found = brunner_munzel(x, y)
    again = [superiority_fast(dice.choice(x, 60), dice.choice(y, 80)) for _ in range(4000)]
    np.testing.assert_allclose(
        (found.low, found.high), np.quantile(again, [0.025, 0.975]), atol=0.012
    )


def superiority_fast(x, y):
    return ((x[:, None] > y) + (x[:, None] == y) / 2).mean()


# Negative binomial


def comments(*, seed, dispersion, mean=5.0, times=1.5, n=(60, 50)):
    """Counts of two samples, and exposures, whose rates stand as `times` to 1."""
    dice = np.random.default_rng(seed)
    exposures = [dice.uniform(0.5, 3, size) for size in n]
    rates = (mean * times * exposures[0], mean * exposures[1])
    return [
        dice.poisson(rate * dice.gamma(1 / dispersion, dispersion, rate.size)).astype(float)
        for rate in rates
    ], tuple(exposures)


@pytest.mark.parametrize("exposed", [False, True])
@pytest.mark.parametrize("dispersion", [0.3, 1, 3])
@pytest.mark.parametrize("seed", range(2))
def test_negative_binomial_agrees_with_statsmodels(statsmodels, seed, dispersion, exposed):
    (x, y), exposures = comments(seed=seed, dispersion=dispersion)
    found = negative_binomial(x, y, exposures=exposures if exposed else None)
    counts = np.concatenate([x, y])
    first = np.column_stack([np.ones(counts.size), np.arange(counts.size) < x.size]).astype(float)
    exposure = {"exposure": np.concatenate(exposures)} if exposed else {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Its search stops a little early and says so.
        apart, alike = (
            statsmodels.NegativeBinomial(counts, columns, **exposure).fit(
                disp=0, method="bfgs", maxiter=500, gtol=1e-9
            )
            for columns in (first, first[:, :1])
        )
    # Its own interval uses the observed information; the expected one is that of its GLM.
    glm = statsmodels.GLM(
        counts, first, family=statsmodels.family(alpha=apart.params[2]), **exposure
    ).fit()
    assert found.statistic == pytest.approx(2 * (apart.llf - alike.llf), rel=1e-5)
    assert found.p_value == pytest.approx(stats.chi2.sf(found.statistic, 1))
    assert found.effect == pytest.approx(np.exp(glm.params[1]), rel=1e-5)
    assert (found.low, found.high) == pytest.approx(tuple(np.exp(glm.conf_int()[1])), rel=1e-4)


def test_counts_that_spread_no_more_than_poisson_are_taken_for_poisson():
    # Two Poisson samples: the likelihoods need only the sums.
    x, y = floats(4, 5, 6, 5), floats(3, 4, 3, 4, 3)
    found = negative_binomial(x, y)
    means = (5, 3.4, 37 / 9)
    gain = 2 * (20 * math.log(means[0] / means[2]) + 17 * math.log(means[1] / means[2]))
    half = 1.959963984540054 * math.sqrt(1 / 20 + 1 / 17)
    assert found.statistic == pytest.approx(gain)
    assert found.effect == pytest.approx(5 / 3.4)
    assert (found.low, found.high) == pytest.approx(
        (found.effect * math.exp(-half), found.effect * math.exp(half))
    )


def test_negative_binomial_errs_about_as_often_as_it_says():
    wrong = held = 0
    for seed in range(600):
        (x, y), exposures = comments(seed=seed, dispersion=1, times=1)
        found = negative_binomial(x, y, exposures=exposures)
        wrong += found.p_value < 0.05
        held += found.low <= 1 <= found.high
    assert 0.03 < wrong / 600 < 0.075
    assert 0.925 < held / 600 < 0.97


@given(SAMPLES, SAMPLES)
def test_negative_binomial_turns_round_with_its_samples(x, y):
    one, other = (
        negative_binomial(floats(*x), floats(*y)),
        negative_binomial(floats(*y), floats(*x)),
    )
    np.testing.assert_allclose(one.statistic, other.statistic, atol=1e-5)
    np.testing.assert_allclose(one.p_value, other.p_value, atol=1e-3)
    if sum(x) and sum(y):
        np.testing.assert_allclose(
            [one.effect, one.low, one.high], [1 / other.effect, 1 / other.high, 1 / other.low]
        )


def test_counts_in_one_sample_only_are_tested_without_an_interval():
    found = negative_binomial(floats(0, 0, 0), floats(1, 1, 1))
    assert found.effect == 0
    # Poisson: all three fall into one half.
    assert found.statistic == pytest.approx(2 * 3 * math.log(2))
    assert np.isnan([found.low, found.high]).all()
    assert negative_binomial(floats(1, 1, 1), floats(0, 0, 0)).effect == math.inf


def test_no_counts_at_all_are_no_difference():
    found = negative_binomial(floats(0, 0), floats(0, 0, 0))
    assert (found.statistic, found.p_value) == (0, 1)
    assert np.isnan([found.effect, found.low, found.high]).all()


def test_impossible_counts_and_exposures_are_refused():
    with pytest.raises(ValueError, match="Counts"):
        negative_binomial(floats(-1), floats(1))
    with pytest.raises(ValueError, match="exposures"):
        negative_binomial(floats(1), floats(1), exposures=(floats(0), floats(1)))


# Holm


def test_holm_worked_by_hand():
    np.testing.assert_allclose(holm(floats(0.01, 0.04, 0.03, 0.005)), [0.03, 0.06, 0.06, 0.02])


@pytest.mark.parametrize("n", [1, 2, 10, 100])
def test_holm_agrees_with_statsmodels(statsmodels, n):
    # Rounded, so that some tie.
    p_values = np.round(np.random.default_rng(n).beta(0.2, 2, n), 3)
    np.testing.assert_allclose(holm(p_values), statsmodels.holm(p_values), atol=1e-15)


def test_holm_leaves_out_what_is_not_known():
    found = holm(np.array([[0.01, np.nan], [0.04, 0.03]]))
    np.testing.assert_allclose(found, [[0.03, np.nan], [0.06, 0.06]])
    assert holm(floats()).size == 0
    assert np.isnan(holm(floats(np.nan))).all()


# What cannot be tested


@pytest.mark.parametrize("test", [mann_whitney, brunner_munzel, negative_binomial])
@pytest.mark.parametrize(("x", "y"), [([], [1.0, 2]), ([1.0, 2], []), ([], []), ([np.nan], [1.0])])
def test_of_an_empty_sample_nothing_is_known(test, x, y):
    found = test(floats(*x), floats(*y))
    numbers = [found.statistic, found.p_value, found.effect, found.low, found.high]
    assert np.isnan(numbers).all()


@pytest.mark.parametrize("test", [mann_whitney, brunner_munzel, negative_binomial])
def test_missing_values_are_left_out(test):
    x, y = floats(3, 1, 4, 1, 5, 9), floats(2, 7, 1, 8, 2, 8)
    with_gaps = test(np.append(x, np.nan), np.insert(y, 2, np.nan))
    assert with_gaps == test(x, y)


@pytest.mark.parametrize("test", [mann_whitney, brunner_munzel])
def test_values_that_are_all_equal_are_no_difference(test):
    found = test(floats(2, 2, 2), floats(2, 2))
    assert (found.p_value, found.effect) == (1, 0.5)


@pytest.mark.parametrize(
    ("x", "y", "effect"), [([5, 6, 7], [1, 2, 3], 1), ([1, 1], [2, 2], 0), ([4], [1, 5, 4], 0.5)]
)
def test_brunner_munzel_without_a_spread_gives_the_effect_alone(x, y, effect):
    found = brunner_munzel(floats(*x), floats(*y))
    assert found.effect == effect
    assert np.isnan([found.statistic, found.p_value, found.low, found.high]).all()


def test_examples_in_the_docstrings_hold():
    assert doctest.testmod(hypotheses).failed == 0
