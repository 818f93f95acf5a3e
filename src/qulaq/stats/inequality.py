"""
How unevenly a total is shared out among those who could have a part in it.

Groups lie end to end: group i holds the values offsets[i] … offsets[i + 1] - 1 (`qulaq.stats.ragged`).
Values are amounts, not below 0; NaN values are left out.
"""

from __future__ import annotations

import numpy as np

from qulaq.stats.ragged import (
    BoolArray,
    FloatArray,
    IntArray,
    group_of_each,
    known_sorted,
    offsets_of,
    order_within,
    sum_within,
)


def gini(values: FloatArray, offsets: IntArray) -> FloatArray:
    """
    Gini coefficient of each group, times n / (n - 1): 0, all have the same; 1, one has everything.

    G = Σ (2i - n - 1) x_i / (n Σ x) over the values in ascending order (Gini 1912; the factor that
    removes its bias and lets it reach 1: Deltas 2003). NaN where n < 2, and where there is nothing
    to share. ValueError: a value below 0.

    >>> gini(np.array([0.0, 0.0, 1.0, 3.0]), np.array([0, 4])).round(4)
    array([0.8333])
    """
    _check(values)
    values, offsets = known_sorted(values, offsets)
    n = np.diff(offsets)
    rank = np.arange(values.size) - np.repeat(offsets[:-1], n) + 1
    weighed = sum_within((2 * rank - np.repeat(n, n) - 1) * values, offsets)
    return _divide(weighed, (n - 1) * sum_within(values, offsets))


def top_share(values: FloatArray, offsets: IntArray, *, share: float = 0.1) -> FloatArray:
    """
    Share of each group's total that its largest ⌈share × n⌉ values hold.

    Where several are as large as the last of them, it makes no difference which are taken.
    NaN where there is nothing to share. ValueError: a value below 0.

    >>> top_share(np.array([1.0, 5.0, 2.0, 2.0]), np.array([0, 4]))
    array([0.5])
    """
    return share_held_by(values, values, offsets, share=share)


def share_held_by(
    values: FloatArray, by: FloatArray, offsets: IntArray, share: float = 0.1
) -> FloatArray:
    """
    Share of each group's total that those hold who have the largest ⌈share × n⌉ of `by`.

    Those who tie for the last places split them evenly, so that order does not matter: of three
    who tie for one place each brings a third of his value. Counted are those whose value
    and `by` are both known. NaN where there is nothing to share. ValueError: a value below 0.

    >>> replies, comments = np.array([3.0, 1.0, 0.0, 0.0]), np.array([9.0, 2.0, 1.0, 1.0])
    >>> share_held_by(replies, comments, np.array([0, 4]), 0.25)
    array([0.75])
    """
    _check(values)
    group = group_of_each(offsets)
    known = ~np.isnan(values) & ~np.isnan(by)
    values, by, group = values[known], by[known], group[known]
    n = np.bincount(group, minlength=offsets.size - 1)
    order = order_within(-by, group)
    values, by, offsets = values[order], by[order], offsets_of(n)
    # Before it is rounded up, 0.07 × 100 must not be 7 and a little.
    places = np.ceil(share * n - 1e-9).astype(np.int64)
    last = np.repeat(_at(by, offsets[:-1] + places - 1, where=places > 0), n)
    above, level = by > last, by == last
    left = places - sum_within(above.astype(np.float64), offsets)
    part = _divide(left, sum_within(level.astype(np.float64), offsets))
    taken = np.where(above, 1, np.where(level, np.repeat(part, n), 0))
    return _divide(sum_within(taken * values, offsets), sum_within(values, offsets))


def _check(values: FloatArray) -> None:
    if (values < 0).any():
        raise ValueError("Amounts that are shared out are not below 0.")


def _at(values: FloatArray, places: IntArray, *, where: BoolArray) -> FloatArray:
    return np.append(values, np.nan)[np.where(where, places, -1)]


def _divide(above: FloatArray, below: FloatArray) -> FloatArray:
    result = np.full(below.shape, np.nan)
    np.divide(above, below, out=result, where=below > 0)
    return result
