"""
What `qulaq.stats.ranking` promises.

1. The worked case of the handbook of metrics.
2. Low <= rank <= high, and unknown values are no competitors.
3. All true ranks together lie in their intervals at least as often as promised.
"""

from __future__ import annotations

import doctest

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qulaq.stats import ranking
from qulaq.stats.intervals import Interval, newcombe, wilson
from qulaq.stats.ranking import pairwise_level, rank_intervals


def floats(*values):
    return np.array(values, dtype=float)


def ranked(k, n, **keywords):
    k, n = np.asarray(k, dtype=float), np.asarray(n, dtype=float)
    known = np.count_nonzero(n > 0)
    interval = wilson(k, n, level=pairwise_level(known))
    values = np.divide(k, n, out=np.full(n.shape, np.nan), where=n > 0)
    return rank_intervals(values, interval, **keywords)


def test_worked_case_of_the_handbook():
    rank, low, high = ranked([45, 30, 28, 0], [50] * 4)
    assert rank.tolist() == [1, 2, 3, 4]
    assert list(zip(low, high, strict=True)) == [(1, 1), (2, 3), (2, 3), (4, 4)]


def test_where_less_is_better_the_order_turns_round():
    rank, low, high = ranked([45, 30, 28, 0], [50] * 4, larger_is_better=False)
    assert rank.tolist() == [4, 3, 2, 1]
    assert list(zip(low, high, strict=True)) == [(4, 4), (2, 3), (2, 3), (1, 1)]


def test_ties_share_the_better_rank():
    assert ranked([9, 7, 7, 1], [10] * 4)[0].tolist() == [1, 2, 2, 4]
    assert ranked([9, 7, 7, 1], [10] * 4, larger_is_better=False)[0].tolist() == [4, 2, 2, 1]


def test_values_that_only_rounding_tells_apart_are_ties():
    shares = floats(0.3, 0.1 + 0.2, 0.4)
    assert shares[0] != shares[1]
    rank, low, high = rank_intervals(shares, Interval(low=shares - 0.01, high=shares + 0.01))
    assert (rank.tolist(), low.tolist(), high.tolist()) == ([2, 2, 1], [2, 2, 1], [3, 3, 1])


def test_the_unknown_are_no_competitors():
    rank, low, high = ranked([45, 0, 30, 28, 0], [50, 0, 50, 50, 50])
    for found, expected in ((rank, [1, 2, 3, 4]), (low, [1, 2, 2, 4]), (high, [1, 3, 3, 4])):
        assert np.isnan(found[1])
        assert np.delete(found, 1).tolist() == expected


def test_a_value_without_an_interval_differs_from_none():
    interval = Interval(low=floats(0.8, np.nan, 0.1), high=floats(0.9, np.nan, 0.2))
    _, low, high = rank_intervals(floats(0.85, 0.5, 0.15), interval)
    assert low.tolist() == [1, 1, 2]
    assert high.tolist() == [2, 3, 3]


def test_an_end_that_is_infinite_is_never_significant():
    interval = Interval(low=floats(90, 1), high=floats(110, np.inf))
    _, low, high = rank_intervals(floats(100, 2), interval, larger_is_better=False)
    assert (low.tolist(), high.tolist()) == ([1, 1], [2, 2])


def test_of_none_and_of_one():
    assert [part.size for part in ranked([], [])] == [0, 0, 0]
    assert [part.tolist() for part in ranked([3], [9])] == [[1], [1], [1]]
    assert pairwise_level(1) == pairwise_level(0) == pairwise_level(2) == 0.95


@given(st.lists(st.integers(0, 30).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))))
def test_intervals_count_the_pairs_that_newcombe_tells_apart(pages):
    k, n = np.array([*pages, (1, 2)], dtype=float).T
    rank, low, high = ranked(k, n)
    p = np.count_nonzero(n > 0)
    for i in range(k.size):
        if n[i] == 0:
            assert np.isnan([rank[i], low[i], high[i]]).all()
            continue
        apart = newcombe(
            k, n, np.full(k.size, k[i]), np.full(k.size, n[i]), level=pairwise_level(p)
        )
        assert low[i] == 1 + np.count_nonzero(apart.low > 0)
        assert high[i] == p - np.count_nonzero(apart.high < 0)
        assert 1 <= low[i] <= rank[i] <= high[i] <= p


@pytest.mark.parametrize("shares", [[0.9, 0.6, 0.58, 0.1], [0.3, 0.31, 0.32, 0.33, 0.34, 0.5]])
def test_all_true_ranks_lie_in_their_intervals_as_often_as_promised(shares):
    dice, truth = np.random.default_rng(1), np.argsort(np.argsort(-np.array(shares))) + 1
    held = 0
    for _ in range(1000):
        _, low, high = ranked(dice.binomial(60, shares), [60] * len(shares))
        held += ((low <= truth) & (truth <= high)).all()
    assert held / 1000 >= 0.95


def test_examples_in_the_docstrings_hold():
    assert doctest.testmod(ranking).failed == 0


@given(
    st.lists(
        st.one_of(st.just(float("nan")), st.integers(-5, 5).map(lambda n: n / 7)), max_size=30
    ),
    st.booleans(),
)
def test_a_rank_is_one_more_than_those_ahead(values, larger_is_better):
    values = floats(*values)
    sign = 1 if larger_is_better else -1
    expected = [
        np.nan if np.isnan(one) else 1 + sum(sign * other > sign * one for other in values)
        for one in values
    ]
    found = ranking.ranks(values, larger_is_better=larger_is_better)
    np.testing.assert_array_equal(found, expected)


def test_ranks_do_not_mind_rounding():
    assert ranking.ranks(floats(0.3, 0.1 + 0.2, 0.2)).tolist() == [1, 1, 3]
