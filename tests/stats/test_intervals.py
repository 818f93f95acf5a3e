"""
What the intervals of `qulaq.stats` promise.

1. Each agrees with a published example, and with statsmodels or SciPy.
2. Where a number is not defined it is NaN: nothing is raised, nothing warns.
3. A bootstrap, over clusters or over units, finds about the same interval.
4. Low <= value <= high, and shares stay in [0, 1].
"""

from __future__ import annotations

import doctest
import math
import warnings
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from qulaq.stats import intervals
from qulaq.stats.intervals import (
    ClusterSums,
    Interval,
    clustered_mean,
    clustered_wilson,
    design_effect,
    difference,
    goodman,
    mean_t,
    median_with_interval,
    newcombe,
    quantile_ranks,
    quantile_with_interval,
    ragged_quantiles,
    wilson,
)


@pytest.fixture(scope="module")
def statsmodels():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from statsmodels.regression.linear_model import OLS
        from statsmodels.stats.proportion import (
            confint_proportions_2indep,
            multinomial_proportions_confint,
            proportion_confint,
        )
        from statsmodels.stats.weightstats import DescrStatsW
    return SimpleNamespace(
        OLS=OLS,
        confint=proportion_confint,
        confint_of_categories=multinomial_proportions_confint,
        confint_of_difference=confint_proportions_2indep,
        Descriptive=DescrStatsW,
    )


def floats(*values):
    return np.array(values, dtype=float)


def comments_under_posts(*, seed, posts, per_post, precision):
    """
    k_j and n_j of posts whose own shares follow a beta distribution around 0.3.

    A precision of infinity makes comments independent; 4 makes them much alike within a post.
    """
    dice = np.random.default_rng(seed)
    n = 1 + dice.poisson(per_post - 1, posts)
    if math.isinf(precision):
        return dice.binomial(n, 0.3), n
    return dice.binomial(n, dice.beta(0.3 * precision, 0.7 * precision, posts)), n


def sums_of(k, n):
    return ClusterSums(
        m=floats(np.count_nonzero(n)),
        k=floats(k.sum()),
        n=floats(n.sum()),
        k_squared=floats((k**2).sum()),
        k_times_n=floats((k * n).sum()),
        n_squared=floats((n**2).sum()),
    )


def columns_of(*all_sums):
    return ClusterSums(
        **{
            name: np.concatenate([getattr(sums, name) for sums in all_sums])
            for name in ClusterSums.__slots__
        }
    )


def ends_by_bootstrap(estimate, *arrays, seed, draws=4000):
    """95 % of what is estimated from units drawn again; one row of the arrays is one unit."""
    n = len(arrays[0])
    drawn = np.random.default_rng(seed).integers(0, n, (draws, n))
    return np.quantile(estimate(*(array[drawn] for array in arrays)), [0.025, 0.975])


def assert_alike(interval, ends, *, within=0.08):
    """Ends that differ by no more than this part of their distance."""
    low, high = np.ravel(interval.low).item(), np.ravel(interval.high).item()
    np.testing.assert_allclose((low, high), ends, atol=within * (high - low))


# Wilson


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [
        (171, 188, 0.8600, 0.9428),
        # Newcombe 1998, Statistics in Medicine 17, 857–872, table I, method 3.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_gives_the_published_intervals(k, n, low, high):
    interval = wilson(floats(k), floats(n))
    assert interval.low == pytest.approx(low, abs=5e-5)
    assert interval.high == pytest.approx(high, abs=5e-5)


@pytest.mark.parametrize("level", [0.8, 0.95, 0.99])
def test_wilson_agrees_with_statsmodels(statsmodels, level):
    n = np.repeat(floats(1, 2, 7, 50, 1000), 5)
    k = np.round(n * np.tile(floats(0, 0.1, 0.5, 0.9, 1), 5))
    low, high = statsmodels.confint(k, n, alpha=1 - level, method="wilson")
    interval = wilson(k, n, level=level)
    np.testing.assert_allclose(interval.low, low, atol=1e-14)
    np.testing.assert_allclose(interval.high, high, atol=1e-14)


def test_wilson_of_nothing_is_not_defined():
    interval = wilson(floats(0, np.nan, 1, 3, -1), floats(0, 5, np.nan, 2, 2))
    assert np.isnan(interval.low).all()
    assert np.isnan(interval.high).all()


def test_wilson_ends_exactly_at_none_and_all():
    n = floats(1, 3, 49, 1e6)
    assert (wilson(0 * n, n).low == 0.0).all()
    assert (wilson(n, n).high == 1.0).all()


def test_wilson_is_the_set_of_shares_that_a_score_test_does_not_reject():
    interval = wilson(floats(2.5), floats(7.25))
    for end in (interval.low, interval.high):
        z = (2.5 / 7.25 - end) / np.sqrt(end * (1 - end) / 7.25)
        assert abs(z) == pytest.approx(stats.norm.ppf(0.975))


@given(st.floats(0, 1), st.floats(1e-6, 1e9), st.floats(0.5, 0.999))
def test_wilson_holds_the_share_and_stays_in_range(p, n, level):
    k = floats(min(p * n, n))
    interval = wilson(k, floats(n), level=level)
    assert 0 <= interval.low <= k / n <= interval.high <= 1


@given(st.floats(0, 1), st.floats(1, 1e6), st.floats(1.1, 100))
def test_wilson_is_shorter_with_more_comments(p, n, times):
    few, many = (wilson(floats(p * size), floats(size)) for size in (n, n * times))
    assert many.high - many.low < few.high - few.low


@given(st.integers(0, 500), st.integers(1, 500))
def test_wilson_of_the_complement_is_its_mirror(k, n):
    k = min(k, n)
    interval, mirror = wilson(floats(k), floats(n)), wilson(floats(n - k), floats(n))
    assert interval.low == pytest.approx(1 - mirror.high, abs=1e-12)


# Design effect


def test_design_effect_worked_by_hand():
    # Posts 2/2, 0/2, 1/4: p = 3/8, residuals 5/4, -3/4, -1/2, squares sum to 19/8;
    # deff = 3/2 × 19/8 / (8 × 15/64) = 1.9.
    sums = sums_of(np.array([2, 0, 1]), np.array([2, 2, 4]))
    assert design_effect(sums) == pytest.approx(1.9)


def test_design_effect_of_comments_all_alike_is_their_number_per_post():
    # Kish 1965: 1 + (b - 1) × rho, with rho = 1 and b = 5; m / (m - 1) for not knowing p.
    sums = sums_of(np.array([5, 0] * 50), np.full(100, 5))
    assert design_effect(sums) == pytest.approx(5 * 100 / 99)


@pytest.mark.parametrize("precision", [2, 10, math.inf])
def test_design_effect_agrees_with_a_cluster_robust_regression(statsmodels, precision):
    k, n = comments_under_posts(seed=1, posts=200, per_post=8, precision=precision)
    answered = np.concatenate([np.arange(size) < some for some, size in zip(k, n, strict=True)])
    by_post = {"groups": np.repeat(np.arange(200), n)}
    fit = statsmodels.OLS(answered.astype(float), np.ones(n.sum())).fit(
        cov_type="cluster", cov_kwds=by_post
    )
    p = answered.mean()
    expected = max(1, fit.cov_params()[0, 0] / (p * (1 - p) / n.sum()))
    assert design_effect(sums_of(k, n)) == pytest.approx(expected)


@pytest.mark.parametrize("precision", [1, 4, 20])
def test_design_effect_agrees_with_a_bootstrap_over_posts(precision):
    k, n = comments_under_posts(seed=2, posts=300, per_post=6, precision=precision)
    drawn = np.random.default_rng(3).integers(0, 300, (10_000, 300))
    shares = k[drawn].sum(axis=1) / n[drawn].sum(axis=1)
    p = k.sum() / n.sum()
    expected = shares.var() / (p * (1 - p) / n.sum())
    assert design_effect(sums_of(k, n)) == pytest.approx(expected, rel=0.05)


def test_design_effect_of_independent_comments_is_about_one():
    draws = [
        sums_of(*comments_under_posts(seed=seed, posts=2000, per_post=6, precision=math.inf))
        for seed in range(50)
    ]
    effects = design_effect(columns_of(*draws))
    assert effects.min() >= 1
    assert effects.max() < 1.12
    assert effects.mean() < 1.03


def test_design_effect_is_one_where_it_cannot_be_estimated():
    none, everyone = np.zeros(40, int), np.full(40, 3)
    single = sums_of(np.array([2]), np.array([5]))
    empty = sums_of(np.array([0]), np.array([0]))
    sums = columns_of(sums_of(none, everyone), sums_of(everyone, everyone), single, empty)
    assert (design_effect(sums) == 1).all()


# Wilson with clusters


def test_clustered_wilson_divides_the_comments_by_the_design_effect():
    sums = sums_of(*comments_under_posts(seed=4, posts=60, per_post=8, precision=3))
    deff = design_effect(sums)
    interval, plain = clustered_wilson(sums, level=0.9)
    expected = wilson(sums.k / deff, sums.n / deff, level=0.9)
    assert deff > 1.5
    assert not plain
    assert (interval.low, interval.high) == (expected.low, expected.high)


def test_clustered_wilson_is_plain_and_says_so():
    few = sums_of(*comments_under_posts(seed=5, posts=29, per_post=8, precision=3))
    none = sums_of(np.zeros(40, int), np.full(40, 3))
    everyone = sums_of(np.full(40, 3), np.full(40, 3))
    sums = columns_of(few, none, everyone)
    interval, plain = clustered_wilson(sums)
    expected = wilson(sums.k, sums.n)
    assert plain.all()
    np.testing.assert_array_equal(interval.low, expected.low)
    np.testing.assert_array_equal(interval.high, expected.high)


def test_clustered_wilson_of_nothing_is_not_defined():
    empty = ClusterSums(**dict.fromkeys(ClusterSums.__slots__, floats(0, np.nan)))
    interval, plain = clustered_wilson(empty, least_clusters=0)
    assert np.isnan(interval.low).all()
    assert np.isnan(interval.high).all()
    assert plain.all()


def test_clustered_wilson_holds_the_true_share_about_as_often_as_it_says():
    draws = [
        sums_of(*comments_under_posts(seed=seed, posts=100, per_post=8, precision=4))
        for seed in range(1000)
    ]
    sums = columns_of(*draws)
    clustered, _ = clustered_wilson(sums)
    independent = wilson(sums.k, sums.n)
    assert 0.93 < ((clustered.low <= 0.3) & (clustered.high >= 0.3)).mean() < 0.97
    assert ((independent.low <= 0.3) & (independent.high >= 0.3)).mean() < 0.85


@given(st.lists(st.integers(1, 20).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))))
def test_clustered_wilson_is_never_shorter_than_plain(posts):
    k, n = np.array([(0, 0), *posts]).T
    sums = sums_of(k, n)
    interval, _ = clustered_wilson(sums, least_clusters=2)
    independent = wilson(sums.k, sums.n)
    if sums.n == 0:
        assert np.isnan(interval.low)
    else:
        assert 0 <= interval.low <= independent.low + 1e-12
        assert independent.high - 1e-12 <= interval.high <= 1


def test_clustered_wilson_agrees_with_a_bootstrap_over_posts():
    k, n = comments_under_posts(seed=8, posts=300, per_post=6, precision=3)
    ends = ends_by_bootstrap(lambda k, n: k.sum(axis=1) / n.sum(axis=1), k, n, seed=9)
    interval, _ = clustered_wilson(sums_of(k, n))
    assert_alike(interval, ends)
    with pytest.raises(AssertionError):
        assert_alike(wilson(floats(k.sum()), floats(n.sum())), ends)


# Goodman


def test_goodman_gives_the_published_intervals():
    # CoinMinD of R, function GM, on the data of its manual.
    interval = goodman(floats(44, 55, 43, 32, 67, 78))
    assert interval.low[0] == pytest.approx(0.09468, abs=5e-6)
    assert interval.high[0] == pytest.approx(0.19664, abs=5e-6)


@pytest.mark.parametrize("counts", [[56, 72, 73, 59, 62, 87, 58], [5, 9], [0, 3, 12], [7]])
def test_goodman_agrees_with_statsmodels(statsmodels, counts):
    if len(counts) == 1:
        expected = np.column_stack(statsmodels.confint(7, 7, alpha=0.1, method="wilson"))
    else:
        expected = statsmodels.confint_of_categories(counts, alpha=0.1, method="goodman")
    interval = goodman(floats(*counts), level=0.9)
    np.testing.assert_allclose(np.column_stack([interval.low, interval.high]), expected, atol=1e-12)


def test_goodman_holds_all_true_shares_together():
    shares = floats(0.4, 0.3, 0.2, 0.1)
    interval = goodman(np.random.default_rng(10).multinomial(120, shares, 5000).astype(float))
    together = ((interval.low <= shares) & (shares <= interval.high)).all(axis=1)
    assert 0.95 <= together.mean() < 0.985


@pytest.mark.parametrize("counts", [[0, 0], [np.nan, 4], []])
def test_goodman_of_what_is_not_counted_is_not_defined(counts):
    interval = goodman(floats(*counts))
    assert interval.low.shape == (len(counts),)
    assert np.isnan([interval.low, interval.high]).all()


# Differences


@pytest.mark.parametrize(
    ("counts", "low", "high"),
    [
        # Newcombe 1998, Statistics in Medicine 17, 873–890, table II, method 10.
        ((56, 70, 48, 80), 0.0524, 0.3339),
        ((9, 10, 3, 10), 0.1705, 0.8090),
        ((6, 7, 2, 7), 0.0582, 0.8062),
        ((5, 56, 0, 29), -0.0381, 0.1926),
        ((0, 10, 0, 20), -0.1611, 0.2775),
        ((10, 10, 0, 20), 0.6791, 1.0),
    ],
)
def test_newcombe_gives_the_published_intervals(counts, low, high):
    interval = newcombe(*floats(*counts))
    assert (interval.low, interval.high) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(1, 90), st.integers(1, 90), st.floats(0, 1), st.floats(0, 1))
def test_newcombe_agrees_with_statsmodels(statsmodels, n1, n2, p1, p2):
    k1, k2 = round(p1 * n1), round(p2 * n2)
    expected = statsmodels.confint_of_difference(k1, n1, k2, n2, method="newcomb", compare="diff")
    interval = newcombe(*floats(k1, n1, k2, n2))
    assert (interval.low, interval.high) == pytest.approx(expected, abs=1e-9)


def test_newcombe_agrees_with_a_bootstrap_over_comments():
    answered = [np.random.default_rng(11).random(n) < p for n, p in ((900, 0.7), (700, 0.55))]
    ends = ends_by_bootstrap(lambda drawn: drawn.mean(axis=1), answered[0], seed=12)
    assert_alike(wilson(floats(answered[0].sum()), floats(900)), ends)
    dice = np.random.default_rng(13)
    again = [dice.choice(sample, (4000, sample.size)).mean(axis=1) for sample in answered]
    interval = newcombe(*floats(answered[0].sum(), 900, answered[1].sum(), 700))
    assert_alike(interval, np.quantile(again[0] - again[1], [0.025, 0.975]))


def test_newcombe_of_nothing_is_not_defined():
    interval = newcombe(floats(0, 1), floats(0, 2), floats(1, 0), floats(2, 0))
    assert np.isnan([interval.low, interval.high]).all()


def test_difference_of_means_has_the_error_of_both():
    # With ends at equal distances it is the normal interval: 1.96 × √(3² + 4²).
    first = floats(50), Interval(low=floats(50 - 3 * 1.96), high=floats(50 + 3 * 1.96))
    second = floats(20), Interval(low=floats(20 - 4 * 1.96), high=floats(20 + 4 * 1.96))
    interval = difference(first, second)
    assert (interval.low, interval.high) == pytest.approx((30 - 5 * 1.96, 30 + 5 * 1.96))


def test_difference_from_what_is_not_reached_is_open():
    first = floats(30), Interval(low=floats(1), high=floats(np.inf))
    second = floats(10), Interval(low=floats(4), high=floats(18))
    interval, turned = difference(first, second), difference(second, first)
    assert (interval.low, interval.high) == pytest.approx((20 - math.hypot(29, 8), np.inf))
    assert (turned.low, turned.high) == pytest.approx((-np.inf, -20 + math.hypot(29, 8)))


# Means


@pytest.mark.parametrize("level", [0.9, 0.95])
def test_mean_and_its_interval_agree_with_statsmodels(statsmodels, level):
    samples = [floats(3, 5), floats(0, 0, 1, 12), np.random.default_rng(6).gamma(0.5, 40, 500)]
    n, total, squares = np.array([(s.size, s.sum(), (s**2).sum()) for s in samples]).T
    mean, interval = mean_t(n, total, squares, level=level)
    for i, sample in enumerate(samples):
        low, high = statsmodels.Descriptive(sample).tconfint_mean(alpha=1 - level)
        assert mean[i] == pytest.approx(sample.mean())
        assert (interval.low[i], interval.high[i]) == pytest.approx((low, high))


def test_mean_of_nothing_and_interval_of_one_value_are_not_defined():
    mean, interval = mean_t(floats(0, 1, np.nan), floats(0, 7, 7), floats(0, 49, 49))
    np.testing.assert_array_equal(mean, floats(np.nan, 7, np.nan))
    assert np.isnan(interval.low).all()
    assert np.isnan(interval.high).all()


@given(st.floats(-1e6, 1e6), st.integers(2, 10_000))
def test_mean_of_equal_values_survives_rounding(value, n):
    mean, interval = mean_t(floats(n), floats(value * n), floats(value**2 * n))
    assert interval.low <= mean <= interval.high
    assert interval.high - interval.low <= 1e-5 * (1 + abs(value))


def test_mean_agrees_with_a_bootstrap_over_units():
    likes = np.random.default_rng(14).gamma(2, 30, 400)
    ends = ends_by_bootstrap(lambda drawn: drawn.mean(axis=1), likes, seed=15)
    n, total, squares = floats(400), floats(likes.sum()), floats((likes**2).sum())
    assert_alike(mean_t(n, total, squares)[1], ends)


# Means of units in clusters


def values_under_posts(*, seed, posts, per_post):
    """Values of comments, sorted by post, which are alike within a post; and how many each has."""
    dice = np.random.default_rng(seed)
    n = 1 + dice.poisson(per_post - 1, posts)
    return dice.gamma(2, np.repeat(dice.gamma(4, 3, posts), n)), n


def clustered_mean_of(y, n, **keywords):
    """From each post's total and number, not empty ones among them."""
    sums = [np.count_nonzero(n), n.sum(), y.sum(), (y**2).sum(), (y * n).sum(), (n**2).sum()]
    return clustered_mean(*(floats(each) for each in sums), **keywords)


@pytest.mark.parametrize("seed", range(3))
def test_clustered_mean_agrees_with_a_cluster_robust_regression(statsmodels, seed):
    values, n = values_under_posts(seed=seed, posts=20, per_post=6)
    post = np.repeat(np.arange(20), n)
    fit = statsmodels.OLS(values, np.ones(values.size)).fit(
        cov_type="cluster", cov_kwds={"groups": post}, use_t=True
    )
    mean, interval = clustered_mean_of(np.bincount(post, weights=values), n, level=0.9)
    assert mean == pytest.approx(values.mean())
    expected = fit.conf_int(alpha=0.1)[0]
    assert (interval.low, interval.high) == pytest.approx(tuple(expected))


def test_clustered_mean_agrees_with_a_bootstrap_over_posts():
    values, n = values_under_posts(seed=4, posts=300, per_post=6)
    y = np.bincount(np.repeat(np.arange(300), n), weights=values)
    ends = ends_by_bootstrap(lambda y, n: y.sum(axis=1) / n.sum(axis=1), y, n, seed=16)
    assert_alike(clustered_mean_of(y, n)[1], ends)
    with pytest.raises(AssertionError):
        assert_alike(mean_t(*floats(values.size, values.sum(), (values**2).sum()))[1], ends)


@given(st.lists(st.floats(-1e3, 1e3), min_size=2, max_size=30))
def test_clustered_mean_of_single_units_is_the_plain_mean(values):
    y, n = floats(*values), np.ones(len(values))
    mean, interval = clustered_mean_of(y, n)
    plain, expected = mean_t(floats(n.sum()), floats(y.sum()), floats((y**2).sum()))
    np.testing.assert_allclose(mean, plain)
    np.testing.assert_allclose(
        [interval.low, interval.high], [expected.low, expected.high], atol=1e-3
    )


def test_clustered_mean_of_nothing_and_interval_of_one_post_are_not_defined():
    mean, interval = clustered_mean(
        floats(0, 1), floats(0, 4), floats(0, 8), floats(0, 64), floats(0, 32), floats(0, 16)
    )
    np.testing.assert_array_equal(mean, [np.nan, 2])
    assert np.isnan([interval.low, interval.high]).all()


# Medians and quantiles


@pytest.mark.parametrize(
    ("n", "ranks"),
    [
        (5, None),
        (6, (1, 6)),
        (8, (1, 8)),
        (9, (2, 8)),
        (10, (2, 9)),
        (20, (6, 15)),
        (100, (40, 61)),
    ],
)
def test_ranks_of_the_median_are_those_of_the_tables(n, ranks):
    assert quantile_ranks(n) == ranks


def coverage_of(ranks, n, q):
    """How probably the quantile lies between two ordered values, summed term by term."""
    low, high = ranks
    return sum(math.comb(n, i) * q**i * (1 - q) ** (n - i) for i in range(low, high))


@pytest.mark.parametrize("level", [0.8, 0.95, 0.99])
def test_ranks_of_the_median_cover_enough_and_no_inner_pair_does(level):
    for n in range(1, 200):
        ranks = quantile_ranks(n, level=level)
        if ranks is None:
            assert coverage_of((1, n), n, 0.5) < level
            continue
        low, high = ranks
        assert high == n + 1 - low
        assert coverage_of((low, high), n, 0.5) >= level
        assert low + 1 >= high - 1 or coverage_of((low + 1, high - 1), n, 0.5) < level


@pytest.mark.parametrize("q", [0.1, 0.25, 0.5, 0.9])
@pytest.mark.parametrize("n", [1, 6, 30, 61, 500])
def test_ranks_of_a_quantile_agree_with_scipy(n, q):
    interval = stats.quantile_test(np.arange(1, n + 1), p=q).confidence_interval(0.95)
    exists = not np.isnan([interval.low, interval.high]).any()
    expected = (interval.low, interval.high) if exists else None
    assert quantile_ranks(n, q, level=0.95) == expected


def test_ranks_follow_the_binomial_of_scipy_at_any_size():
    for n in (1_000, 1_000_000):
        low, high = quantile_ranks(n, 0.9)
        tail = (1 - 0.95) / 2
        assert stats.binom.cdf(low - 1, n, 0.9) <= tail < stats.binom.cdf(low, n, 0.9)
        assert stats.binom.sf(high - 1, n, 0.9) <= tail < stats.binom.sf(high - 2, n, 0.9)


def test_median_interval_is_made_of_values_of_the_sample():
    values = floats(9, 1, np.nan, 4, 25, 16, 36, 49, 64, 81, 100)
    assert median_with_interval(values) == (30.5, 4, 81)


def test_median_of_few_values_has_no_interval():
    median, low, high = median_with_interval(floats(3, 1, 2))
    assert median == 2
    assert np.isnan([low, high]).all()


@pytest.mark.parametrize("values", [floats(), floats(np.nan, np.nan)])
def test_median_of_nothing_is_not_defined(values):
    assert np.isnan(median_with_interval(values)).all()


def test_median_interval_holds_the_true_median_often_enough():
    dice = np.random.default_rng(7)
    held = 0
    for _ in range(2000):
        _, low, high = median_with_interval(dice.exponential(1, 25))
        held += low <= math.log(2) <= high
    assert held / 2000 == pytest.approx(coverage_of(quantile_ranks(25), 25, 0.5), abs=0.015)


@given(st.lists(st.floats(-1e9, 1e9), min_size=6))
def test_median_lies_within_its_interval(values):
    median, low, high = median_with_interval(floats(*values))
    assert min(values) <= low <= median <= high <= max(values)


def test_median_agrees_with_a_bootstrap_over_units():
    hours = np.random.default_rng(17).exponential(20, 800)
    ends = ends_by_bootstrap(lambda drawn: np.median(drawn, axis=1), hours, seed=18)
    _, low, high = median_with_interval(hours)
    assert_alike(Interval(low=floats(low), high=floats(high)), ends, within=0.12)


@pytest.mark.parametrize("q", [0, 0.1, 0.5, 0.9, 1])
@pytest.mark.parametrize("n", [1, 2, 7, 100])
def test_quantile_is_that_of_numpy_and_its_ends_that_of_scipy(n, q):
    values = np.random.default_rng(n).gamma(1, 10, n)
    value, low, high = quantile_with_interval(values, q)
    assert value == pytest.approx(np.quantile(values, q))
    if 0 < q < 1:
        expected = stats.quantile_test(values, p=q).confidence_interval(0.95)
        both = not np.isnan([expected.low, expected.high]).any()
        assert (low, high) == pytest.approx(expected if both else (np.nan, np.nan), nan_ok=True)


def test_ninetieth_percentile_agrees_with_a_bootstrap_over_units():
    hours = np.random.default_rng(19).exponential(20, 1500)
    ends = ends_by_bootstrap(lambda drawn: np.quantile(drawn, 0.9, axis=1), hours, seed=20)
    _, low, high = quantile_with_interval(hours, 0.9)
    assert_alike(Interval(low=floats(low), high=floats(high)), ends, within=0.12)


@given(
    st.lists(st.lists(st.one_of(st.integers(-9, 9), st.just(math.nan)), max_size=12), max_size=5),
    st.floats(0, 1),
)
def test_quantiles_of_many_groups_are_those_of_each(groups, q):
    values = floats(*(value for group in groups for value in group))
    offsets = np.cumsum([0, *map(len, groups)])
    value, ends = ragged_quantiles(values, offsets, q, level=0.5)
    for i, group in enumerate(groups):
        known = np.sort([each for each in group if not math.isnan(each)])
        ranks = quantile_ranks(known.size, q, level=0.5) if known.size else None
        low, high = (known[rank - 1] for rank in ranks) if ranks else (np.nan, np.nan)
        expected = [np.quantile(known, q) if known.size else np.nan, low, high]
        np.testing.assert_allclose([value[i], ends.low[i], ends.high[i]], expected, atol=1e-12)


def test_examples_in_the_docstrings_hold():
    assert doctest.testmod(intervals).failed == 0
