"""Groups of different sizes laid end to end: group i holds the elements offsets[i] … offsets[i+1]-1."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]


def offsets_of(n: IntArray) -> IntArray:
    """
    Where each group begins, and at last where all end, from the groups' sizes.

    >>> offsets_of(np.array([2, 0, 3])).tolist()
    [0, 2, 2, 5]
    """
    return np.concatenate([[0], np.cumsum(n, dtype=np.int64)])


def group_of_each(offsets: IntArray) -> IntArray:
    """
    The group of each element.

    >>> group_of_each(np.array([0, 2, 2, 5])).tolist()
    [0, 0, 2, 2, 2]
    """
    return np.repeat(np.arange(offsets.size - 1), np.diff(offsets))


def sum_within(values: FloatArray, offsets: IntArray) -> FloatArray:
    """Sum of each group, 0 where it is empty."""
    sums = np.bincount(group_of_each(offsets), weights=values, minlength=offsets.size - 1)
    return sums.astype(np.float64, copy=False)


def accumulate_within(operation: np.ufunc, values: FloatArray, offsets: IntArray) -> FloatArray:
    """
    Running result of an associative operation, begun anew in each group.

    Neighbors at distances 1, 2, 4, … are combined (Hillis & Steele 1986), so the number of passes
    is the logarithm of the largest group, and no digit leaks from one group into the next,
    as it would if one running sum over all were cut into pieces.

    >>> accumulate_within(np.add, np.array([1.0, 2.0, 3.0, 4.0]), np.array([0, 1, 4])).tolist()
    [1.0, 2.0, 5.0, 9.0]
    """
    position = np.arange(values.size) - np.repeat(offsets[:-1], np.diff(offsets))
    result = values.copy()
    distance = 1
    while distance <= position.max(initial=0):
        reaches = position[distance:] >= distance
        combined = operation(result[:-distance], result[distance:])
        result[distance:] = np.where(reaches, combined, result[distance:])
        distance *= 2
    return result


def order_within(values: FloatArray, group: IntArray) -> IntArray:
    """
    The places of all values in ascending order within their groups, group after group.

    >>> order_within(np.array([3.0, 2.0, 1.0]), np.array([0, 1, 0])).tolist()
    [2, 0, 1]
    """
    order = np.argsort(values)
    # Numbers of 16 bits, as the groups mostly are, are sorted without comparing them.
    small = group.astype(np.min_scalar_type(group.max(initial=0)))
    return order[np.argsort(small[order], kind="stable")]


def known_sorted(values: FloatArray, offsets: IntArray) -> tuple[FloatArray, IntArray]:
    """Values sorted within their groups, without those that are NaN, and their new offsets."""
    group = group_of_each(offsets)
    known = ~np.isnan(values)
    values, group = values[known], group[known]
    n = np.bincount(group, minlength=offsets.size - 1)
    return values[order_within(values, group)], offsets_of(n)
