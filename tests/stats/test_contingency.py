"""Tests of tables are held to SciPy, effects to their definitions, and edges to words."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from qulaq.stats.contingency import association, kruskal_wallis

RNG = np.random.default_rng(7)


@pytest.mark.parametrize("shape", [(2, 2), (2, 5), (3, 4), (6, 3)])
def test_large_counts_are_tested_by_chi_square(shape):
    table = RNG.integers(20, 90, shape).astype(float)
    test, exact = association(table)
    found = stats.chi2_contingency(table, correction=False)
    assert not exact
    assert test.statistic == pytest.approx(found.statistic)
    assert test.p_value == pytest.approx(found.pvalue)
    assert test.effect == pytest.approx(stats.contingency.association(table.astype(int)))


def test_small_counts_are_tested_exactly():
    # Fisher's tea (1935): p = 34 / 70.
    test, exact = association(np.array([[3.0, 1.0], [1.0, 3.0]]))
    assert (exact, round(test.p_value, 6)) == (True, round(34 / 70, 6))


def test_small_larger_tables_come_near_the_exact_p():
    # R's `Job` of `fisher.test`'s documentation (Agresti 2002, table 2.8): p = 0.7827.
    job = np.array([[1, 2, 1, 0], [3, 3, 6, 1], [10, 10, 14, 9], [6, 7, 12, 11]], float)
    first, exact = association(job)
    again, _ = association(job)
    assert exact
    assert first.p_value == pytest.approx(0.7827, abs=0.015)
    assert first == again


@given(
    table=st.lists(
        st.lists(st.integers(0, 40), min_size=3, max_size=3), min_size=2, max_size=4
    ).map(lambda rows: np.array(rows, float)),
    row=st.integers(0, 2),
)
@settings(max_examples=30, deadline=None)
def test_rows_and_columns_without_a_count_change_nothing(table, row):
    wider = np.insert(np.insert(table, row, 0, axis=1), 0, 0, axis=0)
    np.testing.assert_equal(association(wider), association(table))


@pytest.mark.parametrize(
    "table", [np.zeros((2, 2)), np.array([[3.0, 4.0]]), np.array([[3.0], [2]])]
)
def test_nothing_to_compare_is_no_test(table):
    test, _ = association(table)
    assert np.isnan([test.statistic, test.p_value, test.effect]).all()


def test_ordered_answers_are_tested_by_ranks():
    groups = [RNG.integers(1, 6, n).astype(float) for n in (30, 25, 40)]
    test = kruskal_wallis([*groups, np.array([np.nan])])
    found = stats.kruskal(*groups)
    assert (test.statistic, test.p_value) == (found.statistic, found.pvalue)
    assert test.effect == pytest.approx(found.statistic / (95**2 - 1) * 96)


def test_equal_answers_differ_by_nothing_and_one_group_is_not_compared():
    same = np.full(4, 3.0)
    assert kruskal_wallis([same, same]).p_value == 1
    assert np.isnan(kruskal_wallis([same, np.array([])]).p_value)
