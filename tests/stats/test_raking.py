"""Raking is held to margins, to a second implementation, and to what cannot be reached."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qulaq.stats.raking import Margin, rake


def fit_table(counts, rows, columns, rounds=2_000):
    """
    Deming and Stephan's fitting of a table of counts: a second implementation, on cells instead of units.
    """
    fitted = counts.astype(float)
    for _ in range(rounds):
        fitted *= (rows / fitted.sum(axis=1))[:, None]
        fitted *= columns / fitted.sum(axis=0)
    return fitted


@given(seed=st.integers(0, 10_000), n=st.integers(40, 300))
@settings(max_examples=25, deadline=None)
def test_units_weigh_as_the_fitted_table_says(seed, n):
    rng = np.random.default_rng(seed)
    age, sex = rng.integers(0, 3, n), rng.integers(0, 2, n)
    age[:6], sex[:6] = [0, 1, 2, 0, 1, 2], [0, 0, 0, 1, 1, 1]  # every cell is met
    of_age, of_sex = rng.dirichlet([4, 4, 4]), rng.dirichlet([4, 4])
    weights = rake([Margin(category=age, shares=of_age), Margin(category=sex, shares=of_sex)])
    counts = np.zeros((3, 2))
    np.add.at(counts, (age, sex), 1)
    expected = fit_table(counts, of_age, of_sex) / counts * n
    assert weights.converged
    assert weights.largest_gap == 0
    np.testing.assert_allclose(weights.values, expected[age, sex], rtol=1e-6)
    assert weights.values.mean() == pytest.approx(1)
    assert weights.effective_n == pytest.approx(n / weights.design_effect)
    assert weights.effective_n <= n + 1e-9


def test_who_told_no_age_has_no_weight():
    margin = Margin(category=np.array([0, 1, -1, 1]), shares=np.array([0.5, 0.5]))
    weights = rake([margin])
    assert weights.values.tolist()[:2] == [1.5, 0.75]
    assert np.isnan(weights.values[2])
    assert weights.used.tolist() == [True, True, False, True]


def test_a_group_that_nobody_belongs_to_is_told_of():
    weights = rake([Margin(category=np.array([0, 1, 1]), shares=np.array([0.4, 0.4, 0.2]))])
    assert weights.largest_gap == pytest.approx(0.2)
    assert weights.values.tolist() == [1.5, 0.75, 0.75]


def test_margins_that_contradict_each_other_do_not_converge():
    same = np.array([0, 0, 1, 1])
    weights = rake(
        [
            Margin(category=same, shares=np.array([0.9, 0.1])),
            Margin(category=same, shares=np.array([0.1, 0.9])),
        ]
    )
    assert not weights.converged or weights.largest_gap > 0


def test_without_anybody_there_are_no_weights():
    weights = rake([Margin(category=np.array([-1, -1]), shares=np.array([1.0]))])
    assert np.isnan(weights.effective_n)
    assert not weights.converged
