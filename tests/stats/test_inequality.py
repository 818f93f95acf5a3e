"""
What `qulaq.stats.inequality` promises.

1. The worked case of the handbook, and the definitions by brute force.
2. Order does not matter, ties among the top are split evenly.
3. Where there is nothing to share the result is NaN: nothing is raised, nothing warns.
"""

from __future__ import annotations

import doctest
import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qulaq.stats import inequality
from qulaq.stats.inequality import gini, share_held_by, top_share

AMOUNTS = st.lists(st.integers(0, 9), min_size=2, max_size=12).filter(any)


def floats(*values):
    return np.array(values, dtype=float)


def of_one(measure, *arrays, **keywords):
    return measure(*(floats(*array) for array in arrays), np.array([0, len(arrays[0])]), **keywords)


# Gini


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([0, 0, 1, 3], 0.8333),  # item 22 of the handbook of metrics
        ([5, 5, 5], 0),
        ([0, 0, 0, 9], 1),
        ([1, 0], 1),
    ],
)
def test_gini_worked_by_hand(values, expected):
    assert of_one(gini, values) == pytest.approx(expected, abs=5e-5)


@given(AMOUNTS)
def test_gini_is_half_the_mean_difference_of_pairs_over_the_mean(values):
    # Over pairs of two different units, which is what n / (n - 1) makes of it.
    pairs = [abs(a - b) for a, b in itertools.combinations(values, 2)]
    assert of_one(gini, values) == pytest.approx(np.mean(pairs) / 2 / np.mean(values))


def test_gini_of_a_sample_is_about_that_of_what_it_is_drawn_from():
    # An exponential distribution has a Gini coefficient of 1/2; the factor removes the bias.
    draws = np.random.default_rng(1).exponential(3, 20 * 5000)
    offsets = np.arange(0, 20 * 5000 + 1, 20)
    assert gini(draws, offsets).mean() == pytest.approx(0.5, abs=0.004)


@pytest.mark.parametrize("values", [[], [7], [0, 0, 0], [np.nan, 4]])
def test_gini_of_nothing_to_compare_is_not_defined(values):
    assert np.isnan(of_one(gini, values))


# Shares of the top


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [
        ([1, 5, 2, 2], 0.1, 0.5),
        ([1, 5, 2, 2], 0.5, 0.7),
        ([1, 5, 2, 2], 0.51, 0.9),
        ([1, 5, 2, 2], 1, 1),
        ([4], 0.1, 1),
        ([1, np.nan, 3], 0.1, 0.75),
    ],
)
def test_top_share_worked_by_hand(values, share, expected):
    assert of_one(top_share, values, share=share) == pytest.approx(expected)


def test_a_round_number_of_places_is_not_rounded_up():
    # In floating point 0.07 × 100 is 7 and a little.
    assert of_one(top_share, [1] * 100, share=0.07) == pytest.approx(0.07)


@given(AMOUNTS, st.floats(0.01, 1))
def test_top_share_is_that_of_the_largest_values(values, share):
    places = math.ceil(share * len(values) - 1e-9)
    expected = sum(sorted(values)[-places:]) / sum(values)
    assert of_one(top_share, values, share=share) == pytest.approx(expected)


def test_those_who_write_most_hold_their_part_of_the_replies():
    replies, written = [3, 1, 0, 0], [9, 2, 1, 1]
    assert of_one(share_held_by, replies, written, share=0.25) == pytest.approx(0.75)
    assert of_one(share_held_by, replies, written, share=0.5) == pytest.approx(1)


def test_those_who_tie_for_the_last_place_split_it():
    # Three tie for one place, and hold 0, 3 and 3 of 8 replies.
    replies, written = [2, 0, 3, 3], [5, 2, 2, 2]
    assert of_one(share_held_by, replies, written, share=0.5) == pytest.approx((2 + 6 / 3) / 8)


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 3)), min_size=1, max_size=8),
    st.floats(0.01, 1),
)
def test_ties_give_the_mean_over_all_ways_to_break_them(units, share):
    values, by = np.array(units, dtype=float).T
    if not values.any():
        return
    places = math.ceil(share * len(units) - 1e-9)
    dice = np.random.default_rng(2)
    drawn = [values[np.lexsort((dice.random(by.size), -by))[:places]].sum() for _ in range(400)]
    assert of_one(share_held_by, values, by, share=share) == pytest.approx(
        np.mean(drawn) / values.sum(), abs=0.12
    )


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 3)), min_size=2), st.randoms())
def test_order_does_not_matter(units, dice):
    shuffled = list(units)
    dice.shuffle(shuffled)
    for measure in (gini, top_share):
        first, second = (of_one(measure, [unit[0] for unit in some]) for some in (units, shuffled))
        np.testing.assert_allclose(first, second)
    first, second = (
        of_one(share_held_by, *zip(*some, strict=True), share=0.3) for some in (units, shuffled)
    )
    np.testing.assert_allclose(first, second)


@pytest.mark.parametrize("values", [[], [0, 0], [np.nan]])
def test_shares_of_nothing_are_not_defined(values):
    assert np.isnan(of_one(top_share, values))
    assert np.isnan(of_one(share_held_by, values, [1.0] * len(values)))


def test_many_groups_give_what_each_gives_alone():
    dice = np.random.default_rng(3)
    n = np.array([0, 5, 1, 0, 40, 12, 0])
    offsets = np.concatenate([[0], np.cumsum(n)])
    values, by = dice.poisson(1, 58).astype(float), dice.poisson(2, 58).astype(float)
    values[::7] = np.nan
    found = np.array(
        [gini(values, offsets), top_share(values, offsets), share_held_by(values, by, offsets)]
    )
    for each, (start, end) in enumerate(itertools.pairwise(offsets)):
        one, other = values[start:end], by[start:end]
        expected = [of_one(gini, one), of_one(top_share, one), of_one(share_held_by, one, other)]
        np.testing.assert_allclose(found[:, each], np.ravel(expected))


def test_amounts_below_zero_are_refused():
    for measure in (gini, top_share):
        with pytest.raises(ValueError, match="not below 0"):
            of_one(measure, [-1, 2])


def test_examples_in_the_docstrings_hold():
    assert doctest.testmod(inequality).failed == 0


@given(
    st.lists(
        st.tuples(st.integers(0, 9), st.integers(0, 3), st.integers(0, 4)), min_size=1, max_size=8
    ),
    st.floats(0.05, 1),
)
def test_so_many_alike_are_as_each_of_them_alone(units, share):
    values, by, alike = np.array(units, dtype=float).T
    each, other = (np.repeat(one, alike.astype(int)) for one in (values, by))
    ends = np.array([0, values.size])
    np.testing.assert_allclose(gini(values, ends, alike), of_one(gini, each))
    np.testing.assert_allclose(
        top_share(values, ends, alike, share=share), of_one(top_share, each, share=share)
    )
    np.testing.assert_allclose(
        share_held_by(values, by, ends, alike, share=share),
        of_one(share_held_by, each, other, share=share),
    )
