"""Groups laid end to end give what each group would give alone, however many are empty."""

from __future__ import annotations

import doctest

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from qulaq.stats import ragged
from qulaq.stats.ragged import (
    accumulate_within,
    count_below,
    known_sorted,
    offsets_of,
    sort_within,
    sum_within,
)

NUMBERS = st.one_of(st.floats(-1e3, 1e3), st.just(float("nan")))
GROUPS = st.lists(st.lists(NUMBERS, max_size=20), max_size=6)


def laid_end_to_end(groups):
    values = np.array([value for group in groups for value in group], dtype=float)
    return values, offsets_of(np.array([len(group) for group in groups], dtype=int))


def cut(values, offsets):
    return np.split(values, offsets[1:-1]) if offsets.size > 1 else []


@given(GROUPS)
def test_running_sums_and_products_are_those_of_each_group(groups):
    values, offsets = laid_end_to_end(groups)
    for operation in (np.add, np.multiply):
        found = cut(accumulate_within(operation, values, offsets), offsets)
        for running, group in zip(found, groups, strict=True):
            np.testing.assert_allclose(
                running, operation.accumulate(np.array(group)), rtol=1e-9, atol=1e-300
            )  # below the normal numbers digits are lost


def test_running_sum_keeps_the_digits_of_a_small_group_after_a_huge_one():
    values = np.array([1e18, 1e-3, 2e-3])
    running = accumulate_within(np.add, values, np.array([0, 1, 3]))
    assert running.tolist() == [1e18, 1e-3, 3e-3]


@given(GROUPS)
def test_sums_are_those_of_each_group(groups):
    values, offsets = laid_end_to_end(groups)
    expected = [np.sum(np.array(group)) for group in groups]
    np.testing.assert_allclose(sum_within(values, offsets), expected, atol=1e-9)


@given(GROUPS)
def test_sorting_keeps_groups_apart_and_drops_what_is_missing(groups):
    found = cut(*known_sorted(*laid_end_to_end(groups)))
    for ordered, group in zip(found, groups, strict=True):
        assert ordered.tolist() == sorted(value for value in group if value == value)  # noqa: PLR0124


def test_examples_in_the_docstrings_hold():
    assert doctest.testmod(ragged).failed == 0


@given(GROUPS)
def test_large_groups_are_gone_through_as_small_ones_are(groups):
    values, offsets = laid_end_to_end(groups)
    one_by_one = [np.add.accumulate(group) for group in cut(values, offsets)]
    found = cut(ragged._accumulate_by_doubling(np.add, values, offsets), offsets)
    for running, due in zip(found, one_by_one, strict=True):
        np.testing.assert_allclose(running, due, rtol=1e-9, atol=1e-9)


@given(GROUPS, st.lists(st.floats(-1e3, 1e3), max_size=4))
def test_counting_below_a_limit_asks_only_the_group(groups, limits):
    values, offsets = laid_end_to_end(groups)
    asked = offsets_of(np.full(len(groups), len(limits)))
    ordered = sort_within(values, offsets)
    found = cut(count_below(ordered, offsets, np.tile(limits, len(groups)), asked), asked)
    for counts, group in zip(found, groups, strict=True):
        assert counts.tolist() == [sum(value < limit for value in group) for limit in limits]
