"""
Krippendorff's alpha against another implementation: random matrices of codes, some missing, at all four levels.

The other one is the package `krippendorff` (GPL-3), which only these tests import.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from qulaq.stats.agreement import Scale, find_patterns, krippendorff_alpha

other = pytest.importorskip("krippendorff", reason="the package krippendorff is not installed")
LEVELS = ("nominal", "ordinal", "interval", "ratio")
CATEGORIES = 5

codes = st.tuples(st.integers(2, 5), st.integers(1, 12)).flatmap(
    lambda shape: arrays(np.int64, shape, elements=st.integers(-1, CATEGORIES - 1))
)


def ours(matrix, level):
    patterns = find_patterns(matrix, CATEGORIES)
    scale = Scale(level=level, values=np.arange(CATEGORIES, dtype=float) + 1)
    return float(krippendorff_alpha(patterns, patterns.units[None, :].astype(float), scale)[0])


def theirs(matrix, level):
    """
    NaN where the other one refuses: nothing varies, or nothing is paired.
    """
    data = np.where(matrix < 0, np.nan, matrix + 1.0)
    try:
        with np.errstate(all="ignore"):
            return float(other.alpha(reliability_data=data, level_of_measurement=level))
    except ValueError:
        return np.nan


@pytest.mark.parametrize("level", LEVELS)
@given(matrix=codes)
def test_alphas_are_equal(level, matrix):
    paired = (matrix >= 0).sum(axis=0) >= 2
    used = np.unique(matrix[:, paired][matrix[:, paired] >= 0])
    found = ours(matrix, level)
    if len(used) < 2:
        assert np.isnan(found), "one category alone leaves alpha undefined"
    else:
        assert found == pytest.approx(theirs(matrix, level), abs=1e-9)


@pytest.mark.parametrize("level", LEVELS)
def test_alphas_of_many_units_are_equal(level):
    draw = np.random.default_rng(11)
    matrix = draw.integers(-1, CATEGORIES, size=(6, 2_000))
    assert ours(matrix, level) == pytest.approx(theirs(matrix, level), abs=1e-9)
