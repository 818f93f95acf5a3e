"""
What the survival curves of `qulaq.stats` promise.

1. The worked case of the handbook, published examples, and lifelines, number by number.
2. Without censoring all of it is arithmetic: shares, p (1 - p) / n, the mean of what was cut.
3. Intervals hold the truth about as often as they say, and a bootstrap finds the same spread.
4. What the data cannot tell is NaN or infinite: nothing is raised, nothing warns.
5. Many groups at once give what each gives alone.
"""

from __future__ import annotations

import warnings
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qulaq.stats.intervals import Interval
from qulaq.stats.survival import (
    ANSWERED,
    CENSORED,
    REMOVED,
    Waits,
    answered_as_happened_by,
    answered_by,
    estimate_curves,
    mean_wait,
    median_wait,
    removed_as_happened_by,
)

SHARES = [answered_by, answered_as_happened_by, removed_as_happened_by]


@pytest.fixture(scope="module")
def lifelines():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import lifelines
        from lifelines.utils import (
            median_survival_times,
            restricted_mean_survival_time,
        )
    return SimpleNamespace(
        KaplanMeier=lifelines.KaplanMeierFitter,
        AalenJohansen=lifelines.AalenJohansenFitter,
        medians=median_survival_times,
        restricted_mean=restricted_mean_survival_time,
    )


def waits_of(hours, event, *, group=None, groups=1):
    hours = np.asarray(hours, dtype=float)
    group = np.zeros(hours.size, dtype=np.int64) if group is None else np.asarray(group)
    event = np.asarray(event, dtype=np.int8)
    return Waits(group=group, hours=hours, event=event, groups=groups)


def curves_of(*arguments, **keywords):
    return estimate_curves(waits_of(*arguments, **keywords))


def one(estimate):
    """Value, low and high of the only group."""
    value, interval = estimate
    return value.item(), interval.low.item(), interval.high.item()


def worked_case():
    """Item 8 of the handbook of metrics."""
    return curves_of(
        [1, 2, 5, 30, 10, 20, 48, 60],
        [ANSWERED] * 4 + [REMOVED] + [CENSORED] * 3,
    )


def comments(*, seed, n, groups=1, removal=0.03, tied=False):
    """Waits with answers after a mean of 10 h, removals by a steady rate, captures up to 40 h."""
    dice = np.random.default_rng(seed)
    answer = dice.exponential(10, n * groups)
    removed = dice.exponential(1 / removal, n * groups) if removal else np.full(n * groups, np.inf)
    capture = dice.uniform(5, 40, n * groups)
    hours = np.minimum(np.minimum(answer, removed), capture)
    event = np.select([hours == answer, hours == removed], [ANSWERED, REMOVED], CENSORED)
    return waits_of(
        np.ceil(hours) if tied else hours,
        event,
        group=np.repeat(np.arange(groups), n),
        groups=groups,
    )


# Published and worked


def test_worked_case_of_the_handbook():
    curves = worked_case()
    at_answers = curves.waiting[curves.answered > 0]
    np.testing.assert_allclose(at_answers, [0.875, 0.750, 0.625, 0.41667], atol=5e-6)
    assert one(median_wait(curves)) == (30, 1, np.inf)
    assert mean_wait(curves, 24.0)[0] == pytest.approx(16.0)
    assert mean_wait(curves, 48.0)[0] == pytest.approx(27.25)
    assert answered_by(curves, 48.0)[0] == pytest.approx(0.5833, abs=5e-5)
    assert answered_as_happened_by(curves, 48.0)[0] == pytest.approx(0.5417, abs=5e-5)
    assert removed_as_happened_by(curves, 48.0)[0] == pytest.approx(0.125)


# Weeks in remission on 6-mercaptopurine (Freireich et al. 1963), as in Klein & Moeschberger 2003.
REMISSION = [6, 6, 6, 7, 10, 13, 16, 22, 23, 6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
RELAPSE = [ANSWERED] * 9 + [CENSORED] * 12


def test_survival_with_its_error_is_that_of_klein_and_moeschberger():
    # Their table 4.1A.
    curves = curves_of(REMISSION, RELAPSE)
    at = curves.answered > 0
    expected = [0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448]
    errors = [0.076, 0.087, 0.096, 0.107, 0.114, 0.128, 0.135]
    np.testing.assert_allclose(curves.waiting[at], expected, atol=6e-4)
    np.testing.assert_allclose((curves.waiting * np.sqrt(curves.greenwood))[at], errors, atol=6e-4)


@pytest.mark.parametrize(
    ("hours", "event", "limit", "mean", "error"),
    [
        # Klein & Moeschberger 2003, section 4.5.
        (REMISSION, RELAPSE, 35, 23.3, 2.83),
        # Acute myelogenous leukemia (Miller 1997), as `survfit` of R's survival prints it.
        ([9, 13, 18, 23, 31, 34, 48, 13, 28, 45, 161], [1] * 7 + [0] * 4, 161, 52.6, 19.83),
        ([5, 5, 8, 8, 12, 23, 27, 30, 33, 43, 45, 16], [1] * 11 + [0], 45, 22.7, 4.18),
    ],
)
def test_restricted_mean_with_its_error_is_the_published_one(hours, event, limit, mean, error):
    value, low, _ = one(mean_wait(curves_of(hours, event), limit, level=0.6))
    assert value == pytest.approx(mean, abs=0.05)
    assert (value - low) / 0.8416212 == pytest.approx(error, abs=0.005)


# lifelines


@pytest.mark.parametrize("tied", [False, True])
@pytest.mark.parametrize("seed", range(5))
def test_kaplan_meier_agrees_with_lifelines(lifelines, seed, tied):
    waits = comments(seed=seed, n=80, tied=tied)
    curves = estimate_curves(waits)
    fit = lifelines.KaplanMeier(alpha=0.1).fit(waits.hours, waits.event == ANSWERED)
    band = fit.confidence_interval_
    for at in np.quantile(waits.hours, [0.1, 0.5, 0.9]):
        expected = 1 - fit.predict(at)
        high, low = 1 - band.loc[:at].iloc[-1]
        assert one(answered_by(curves, at, level=0.9)) == pytest.approx((expected, low, high))


@pytest.mark.parametrize("seed", range(5))
def test_median_agrees_with_lifelines(lifelines, seed):
    waits = comments(seed=seed, n=80)
    fit = lifelines.KaplanMeier().fit(waits.hours, waits.event == ANSWERED)
    found = one(median_wait(estimate_curves(waits)))
    limits = lifelines.medians(fit.confidence_interval_).to_numpy().ravel()
    assert found == pytest.approx((fit.median_survival_time_, *sorted(limits)))


@pytest.mark.parametrize("limit", [0.5, 12, 20])
@pytest.mark.parametrize("seed", range(3))
def test_restricted_mean_agrees_with_lifelines(lifelines, seed, limit):
    waits = comments(seed=seed, n=80, tied=True)
    fit = lifelines.KaplanMeier().fit(waits.hours, waits.event == ANSWERED)
    mean, _ = mean_wait(estimate_curves(waits), limit)
    assert mean == pytest.approx(lifelines.restricted_mean(fit, t=limit))


@pytest.mark.parametrize(("event", "estimate"), [(1, SHARES[1]), (2, SHARES[2])])
@pytest.mark.parametrize("seed", range(3))
def test_aalen_johansen_agrees_with_lifelines(lifelines, seed, event, estimate):
    waits = comments(seed=seed, n=80)
    curves = estimate_curves(waits)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # It takes the logarithm of shares that are 0.
        fit = lifelines.AalenJohansen().fit(waits.hours, waits.event, event_of_interest=event)
    at = np.searchsorted(fit.variance_.index, [5.0, 20.0], side="right") - 1
    share = [estimate(curves, hours)[0].item() for hours in (5.0, 20.0)]
    np.testing.assert_allclose(share, fit.cumulative_density_.to_numpy()[at, 0])
    variance = curves.answered_variance if event == ANSWERED else curves.removed_variance
    rows = np.searchsorted(curves.time, [5.0, 20.0], side="right") - 1
    np.testing.assert_allclose(variance[rows], fit.variance_.to_numpy()[at])


# Arithmetic


@given(
    st.lists(st.tuples(st.integers(0, 9), st.sampled_from([ANSWERED, REMOVED])), min_size=1),
    st.integers(0, 9),
)
def test_without_censoring_shares_are_counts_and_variances_binomial(waits, at):
    hours, event = np.array(waits).T
    curves, n = curves_of(hours, event), len(waits)
    row = np.searchsorted(curves.time, at, side="right") - 1
    for kind, estimate, variance in (
        (ANSWERED, answered_as_happened_by, curves.answered_variance),
        (REMOVED, removed_as_happened_by, curves.removed_variance),
    ):
        p = ((event == kind) & (hours <= at)).mean()
        assert estimate(curves, float(at))[0] == pytest.approx(p)
        if row >= 0:
            assert variance[row] == pytest.approx(p * (1 - p) / n, abs=1e-12)


@given(st.lists(st.integers(0, 20), min_size=1, max_size=60), st.integers(0, 25))
def test_without_removals_aalen_johansen_is_kaplan_meier(hours, at):
    event = np.arange(len(hours)) % 3 > 0
    curves = curves_of(hours, event)
    np.testing.assert_allclose(
        one(answered_as_happened_by(curves, at)), one(answered_by(curves, at)), atol=1e-9
    )


@given(st.lists(st.integers(0, 20), min_size=2, max_size=60), st.integers(1, 25))
def test_restricted_mean_of_ended_waits_is_the_mean_of_what_was_cut(hours, limit):
    cut = np.minimum(hours, limit)
    mean, low, high = one(mean_wait(curves_of(hours, [ANSWERED] * len(hours)), limit))
    assert mean == pytest.approx(cut.mean())
    if min(hours) <= limit:
        half = 1.959963984540054 * cut.std() / np.sqrt(len(hours))
        assert (low, high) == pytest.approx(
            (max(mean - half, 0), min(mean + half, limit)), abs=1e-7
        )


@given(st.lists(st.tuples(st.integers(0, 30), st.sampled_from([0, 1, 2])), min_size=1))
def test_the_two_shares_and_what_is_pending_make_a_whole(waits):
    curves = curves_of(*np.array(waits).T)
    whole = curves.answered_share + curves.removed_share + curves.pending
    np.testing.assert_allclose(whole, 1, atol=1e-12)
    assert (1 - curves.waiting >= curves.answered_share - 1e-12).all()


@given(
    st.lists(st.tuples(st.integers(0, 30), st.sampled_from([0, 1, 2])), min_size=1),
    st.integers(0, 40),
)
def test_values_lie_within_their_intervals_and_their_range(waits, at):
    curves = curves_of(*np.array(waits).T)
    for estimate, most in [(share, 1) for share in SHARES] + [(mean_wait, at)]:
        value, low, high = one(estimate(curves, float(at)))
        if np.isnan(value):
            assert np.isnan([low, high]).all()
        elif np.isnan(low):
            assert estimate is mean_wait
            assert len(waits) == 1
        else:
            assert -1e-9 <= low <= value + 1e-9
            assert value - 1e-9 <= high <= most + 1e-9
    median, low, high = one(median_wait(curves))
    assert low <= high
    assert np.isnan(median) or low <= median <= high


# Coverage and bootstrap

ESTIMATES = {
    "answered": lambda curves: answered_by(curves, 12.0),
    "answered as happened": lambda curves: answered_as_happened_by(curves, 12.0),
    "removed as happened": lambda curves: removed_as_happened_by(curves, 12.0),
    "median": median_wait,
    "mean": lambda curves: mean_wait(curves, 15.0),
}
# Of waits that answers end at a rate of 0.1 an hour and removals at 0.03.
TRUTHS = {
    "answered": 1 - np.exp(-1.2),
    "answered as happened": (1 - np.exp(-0.13 * 12)) * 0.1 / 0.13,
    "removed as happened": (1 - np.exp(-0.13 * 12)) * 0.03 / 0.13,
    "median": 10 * np.log(2),
    "mean": 10 * (1 - np.exp(-1.5)),
}


@pytest.mark.parametrize("n", [30, 100])
@pytest.mark.parametrize("name", ESTIMATES)
def test_intervals_hold_the_truth_about_as_often_as_they_say(name, n):
    truth = TRUTHS[name]
    _, interval = ESTIMATES[name](estimate_curves(comments(seed=1, n=n, groups=3000)))
    known = ~np.isnan(interval.low)
    held = ((interval.low <= truth) & (truth <= interval.high))[known].mean()
    assert 0.93 < held < 0.975


@pytest.mark.parametrize("level", [0.8, 0.95])
def test_seeing_no_event_excludes_the_truth_no_more_often_than_allowed(level):
    # Thirty waits a group, half of them cut before the time in question.
    dice, at, groups = np.random.default_rng(2), 10.0, 4000
    excluded = []
    for truth in (0.05, 0.1, 0.15, 0.2, 0.25):
        answer = dice.exponential(-at / np.log(1 - truth), 30 * groups)
        capture = dice.uniform(0, 2 * at, 30 * groups)
        group = np.repeat(np.arange(groups), 30)
        curves = curves_of(
            np.minimum(answer, capture), answer <= capture, group=group, groups=groups
        )
        value, interval = answered_by(curves, at, level=level)
        excluded.append(((value == 0) & (interval.high < truth)).mean())
    assert 0 < max(excluded) < (1 - level) / 2


@pytest.mark.parametrize("name", ESTIMATES)
def test_a_bootstrap_over_waits_finds_about_the_same_interval(name):
    estimate = ESTIMATES[name]
    waits = comments(seed=3, n=400)
    drawn = np.random.default_rng(4).integers(0, 400, (2000, 400)).ravel()
    again = waits_of(
        waits.hours[drawn], waits.event[drawn], group=np.repeat(np.arange(2000), 400), groups=2000
    )
    _, low, high = one(estimate(estimate_curves(waits)))
    ends = np.quantile(estimate(estimate_curves(again))[0], [0.025, 0.975])
    np.testing.assert_allclose((low, high), ends, atol=0.15 * (high - low))


# What cannot be told


def test_beyond_the_longest_wait_nothing_is_known_while_some_still_wait():
    curves = worked_case()
    for estimate in (*SHARES, mean_wait):
        assert not np.isnan(one(estimate(curves, 60.0))).any()
        assert np.isnan(one(estimate(curves, 60.1))).all()


def test_beyond_the_longest_wait_all_is_known_when_nobody_waits():
    curves = curves_of([1, 2, 3, 4], [ANSWERED, REMOVED, ANSWERED, ANSWERED])
    assert one(answered_by(curves, 99.0))[0] == 1
    assert one(answered_as_happened_by(curves, 99.0))[0] == pytest.approx(0.75)
    assert one(mean_wait(curves, 99.0))[0] == pytest.approx(1 + 2 * 0.75 + 1 * 0.375)


def test_a_last_wait_that_was_removed_leaves_kaplan_meier_open_and_aalen_johansen_closed():
    curves = curves_of([1, 2, 3], [ANSWERED, ANSWERED, REMOVED])
    assert np.isnan(one(answered_by(curves, 4.0))).all()
    assert one(answered_as_happened_by(curves, 4.0))[0] == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("event", "at", "expected"),
    [
        # Clopper & Pearson 1934 for 0 and 8 of 8: 0.025 ** (1 / 8) = 0.6306.
        (CENSORED, 1.0, (0, 0, 0.3694)),
        (ANSWERED, 8.0, (1, 0.6306, 1)),
        (ANSWERED, 0.5, (0, 0, 0.3694)),
    ],
)
def test_with_none_or_all_answered_the_interval_is_exact(event, at, expected):
    curves = curves_of(range(1, 9), [event] * 8)
    assert one(answered_by(curves, at)) == pytest.approx(expected, abs=5e-5)


def test_waits_that_ended_too_early_to_tell_do_not_shorten_the_exact_interval():
    # At 5 h four of the eight are still looked at; none is answered.
    curves = curves_of(range(1, 9), [CENSORED] * 8)
    assert one(answered_by(curves, 5.0)) == pytest.approx((0, 0, 1 - 0.025**0.25))


def test_the_mean_of_waits_none_of_which_ended_is_the_limit_with_an_exact_low_end():
    curves = curves_of([24.0] * 10, [CENSORED] * 10)
    assert one(mean_wait(curves, 12.0)) == pytest.approx((12, 12 * 0.025**0.1, 12))


def test_one_wait_has_no_interval_but_the_widest():
    curves = curves_of([5.0], [ANSWERED])
    assert one(median_wait(curves)) == (5, 0, np.inf)
    mean, low, high = one(mean_wait(curves, 9.0))
    assert mean == 5
    assert np.isnan([low, high]).all()


def test_the_high_end_of_a_median_may_be_where_the_last_are_answered():
    # Of ten, none of whom still wait at 3 h: 1 - 0.025 ** (1 / 10) = 0.3085 at most do.
    curves = curves_of([1.0] * 5 + [3.0] * 5, [ANSWERED] * 10)
    assert one(median_wait(curves)) == (1, 1, 3)


def test_a_median_that_is_not_reached_is_at_least_the_longest_wait():
    curves = curves_of(np.linspace(50, 60, 100), [ANSWERED] + [CENSORED] * 99)
    median, low, high = one(median_wait(curves))
    assert np.isnan(median)
    assert 50 < low <= 60
    assert high == np.inf


def test_of_no_waits_nothing_is_known():
    curves = curves_of([], [], groups=2)
    estimates = [estimate(curves, 5.0) for estimate in (*SHARES, mean_wait)]
    for value, interval in [*estimates, median_wait(curves)]:
        assert value.shape == (2,)
        assert np.isnan([value, interval.low, interval.high]).all()


def test_an_unknown_time_gives_an_unknown_share():
    for estimate in (*SHARES, mean_wait):
        assert np.isnan(one(estimate(worked_case(), np.array([np.nan])))).all()


@pytest.mark.parametrize(
    ("hours", "event", "group"),
    [(-1, 0, 0), (np.nan, 0, 0), (np.inf, 0, 0), (1, 3, 0), (1, 0, 1), (1, 0, -1)],
)
def test_waits_that_cannot_be_are_refused(hours, event, group):
    with pytest.raises(ValueError, match=r"wait|event|group"):
        curves_of([hours], [event], group=[group])


def test_events_come_before_censoring_at_the_same_time():
    curves = curves_of([3, 3, 3], [CENSORED, ANSWERED, REMOVED])
    assert one(answered_by(curves, 3.0))[0] == pytest.approx(1 / 3)
    assert curves.at_risk.tolist() == [3]


# Many groups


def test_many_groups_give_what_each_gives_alone():
    dice = np.random.default_rng(5)
    group = dice.choice([0, 1, 1, 3, 3, 3, 3, 6], 300)
    together = waits_of(dice.integers(0, 40, 300), dice.integers(0, 3, 300), group=group, groups=8)
    limits = dice.uniform(0, 30, 8)
    curves = estimate_curves(together)
    for each in range(8):
        alone = curves_of(together.hours[group == each], together.event[group == each])
        for estimate in (*SHARES, mean_wait):
            np.testing.assert_allclose(
                picked(estimate(curves, limits), each), one(estimate(alone, limits[each]))
            )
        np.testing.assert_array_equal(picked(median_wait(curves), each), one(median_wait(alone)))


def picked(estimate, each):
    value, interval = estimate
    assert isinstance(interval, Interval)
    return value[each], interval.low[each], interval.high[each]
