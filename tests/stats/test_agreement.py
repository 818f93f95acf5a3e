"""
Agreement is held to published examples, to a second implementation, and to what is not defined.

The 4 × 12 example: Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability". The 3 × 3 table: Gwet's two
radiologists' 100 patients (figures of irrCAC, recomputed).
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qulaq.stats.agreement import (
    Scale,
    cohen_kappa,
    cross_tables,
    find_patterns,
    fleiss_kappa,
    gwet,
    krippendorff_alpha,
    percent_agreement,
    resample,
)

_ = -1
FOUR_CODERS = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3],
        [_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _],
    ]
)
FOUR_CODERS = np.where(FOUR_CODERS > 0, FOUR_CODERS - 1, -1)
TABLE = np.array([[13, 0, 0], [0, 20, 7], [0, 4, 56]], float)
SCALE = {level: Scale(level=level, values=np.arange(1.0, 6)) for level in ("nominal", "ordinal", "interval", "ratio")}  # fmt: skip


def two_coders(table):
    first, second = np.nonzero(table)
    n = table[first, second].astype(int)
    return np.array([np.repeat(first, n), np.repeat(second, n)])


def once(patterns):
    return patterns.units[None, :].astype(float)


@pytest.mark.parametrize(
    ("level", "expected"),
    [("nominal", 0.7434), ("ordinal", 0.8154), ("interval", 0.8491), ("ratio", 0.7974)],
)
def test_alpha_is_krippendorffs_own(level, expected):
    patterns = find_patterns(FOUR_CODERS, 5)
    (alpha,) = krippendorff_alpha(patterns, once(patterns), SCALE[level])
    assert alpha == pytest.approx(expected, abs=5e-5)


def test_coefficients_of_two_coders_are_the_published_ones():
    codes = two_coders(TABLE)
    patterns = find_patterns(codes, 3)
    nominal = Scale(level="nominal", values=np.arange(3.0))
    assert gwet(patterns, once(patterns), nominal) == pytest.approx(0.8493305, abs=1e-7)
    assert fleiss_kappa(patterns, once(patterns)) == pytest.approx(0.7962397, abs=1e-7)
    assert krippendorff_alpha(patterns, once(patterns), nominal) == pytest.approx(
        0.7972585, abs=1e-7
    )
    ((first, second, table),) = cross_tables(codes, 3)
    assert (first, second) == (0, 1)
    np.testing.assert_array_equal(table, TABLE)
    assert cohen_kappa(table) == pytest.approx(0.7964094, abs=1e-7)
    assert percent_agreement(patterns, once(patterns)) == pytest.approx(0.89)


def test_ac1_of_the_four_coders_is_gwets():
    patterns = find_patterns(FOUR_CODERS, 5)
    assert gwet(patterns, once(patterns), SCALE["nominal"]) == pytest.approx(0.77544, abs=5e-6)


def defined(codes, level):
    """
    Alpha by its definition, pair by pair: a second implementation, slow and plain.
    """
    units = [unit[unit >= 0] for unit in codes.T]
    units = [unit for unit in units if len(unit) > 1]
    everything = np.concatenate(units) if units else np.array([], int)
    counts = np.bincount(everything, minlength=5)

    def apart(a, b):
        low, high = min(a, b), max(a, b)
        if level == "nominal":
            return float(a != b)
        if level == "ordinal":
            return (counts[low : high + 1].sum() - (counts[low] + counts[high]) / 2) ** 2
        if level == "interval":
            return float(a - b) ** 2
        return ((a - b) / (a + b + 2)) ** 2

    n = len(everything)
    observed = sum(sum(apart(a, b) for a in unit for b in unit) / (len(unit) - 1) for unit in units)
    expected = sum(apart(a, b) for a in everything for b in everything)
    return 1 - (n - 1) * observed / expected if expected else np.nan


@given(
    codes=st.integers(2, 4).flatmap(
        lambda coders: st.lists(
            st.lists(st.integers(-1, 4), min_size=coders, max_size=coders), min_size=1, max_size=8
        )
    ),
    level=st.sampled_from(["nominal", "ordinal", "interval", "ratio"]),
)
def test_alpha_is_what_its_definition_says(codes, level):
    matrix = np.array(codes).T
    if (matrix < 0).all():
        return
    patterns = find_patterns(matrix, 5)
    (alpha,) = krippendorff_alpha(patterns, once(patterns), SCALE[level])
    np.testing.assert_allclose(alpha, defined(matrix, level), atol=1e-9)


def test_where_only_one_category_was_used_chance_is_everything():
    patterns = find_patterns(np.zeros((3, 5), int), 3)
    nominal = Scale(level="nominal", values=np.arange(3.0))
    assert np.isnan(krippendorff_alpha(patterns, once(patterns), nominal)).all()
    assert np.isnan(fleiss_kappa(patterns, once(patterns))).all()
    assert percent_agreement(patterns, once(patterns)) == 1
    assert gwet(patterns, once(patterns), nominal) == 1


def test_without_a_unit_that_two_coded_nothing_is_defined():
    patterns = find_patterns(np.array([[0, -1], [-1, 1]]), 2)
    nominal = Scale(level="nominal", values=np.arange(2.0))
    for found in (
        krippendorff_alpha(patterns, once(patterns), nominal),
        gwet(patterns, once(patterns), nominal),
        percent_agreement(patterns, once(patterns)),
    ):
        assert np.isnan(found).all()


def test_samples_have_as_many_units_and_repeat_by_seed():
    units = np.array([5, 3, 2])
    first = np.concatenate(list(resample(units, times=7, seed=1)))
    again = np.concatenate(list(resample(units, times=7, seed=1)))
    assert first.shape == (7, 3)
    assert (first.sum(axis=1) == 10).all()
    np.testing.assert_array_equal(first, again)
