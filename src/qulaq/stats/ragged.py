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
    Running result of an associative operation, begun anew in each group, so that no digit leaks from one
    group into the next, as it would if one running sum over all were cut into pieces.

    >>> accumulate_within(np.add, np.array([1.0, 2.0, 3.0, 4.0]), np.array([0, 1, 4])).tolist()
    [1.0, 2.0, 5.0, 9.0]
    """
    if values.size > _LARGE * offsets.size:
        pieces = [operation.accumulate(values[one]) for one in slices_of(offsets)]
        return np.concatenate(pieces)
    return _accumulate_by_doubling(operation, values, offsets)


_LARGE = 64
"""From so many values a group on, going through the groups one by one is faster."""


def _accumulate_by_doubling(
    operation: np.ufunc, values: FloatArray, offsets: IntArray
) -> FloatArray:
    """
    Neighbours at distances 1, 2, 4, … are combined (Hillis & Steele 1986), so the number of passes is the
    logarithm of the largest group.
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


def slices_of(offsets: IntArray) -> list[slice]:
    """
    Where each group lies.

    >>> slices_of(np.array([0, 2, 5]))
    [slice(0, 2, None), slice(2, 5, None)]
    """
    return list(map(slice, offsets[:-1].tolist(), offsets[1:].tolist()))


def sort_within(values: FloatArray, offsets: IntArray) -> FloatArray:
    """
    The values in ascending order within their groups, NaN last.

    >>> sort_within(np.array([3.0, 2.0, 1.0]), np.array([0, 1, 3])).tolist()
    [3.0, 1.0, 2.0]
    """
    result = values.copy()
    for one in slices_of(offsets):
        result[one].sort()
    return result


def count_below(
    values: FloatArray, offsets: IntArray, limits: FloatArray, limit_offsets: IntArray
) -> FloatArray:
    """
    How many values of the same group are less than each limit; values are sorted within groups.

    >>> hours, ends = np.array([1.0, 2.0, 5.0, 9.0]), np.array([0, 3, 4])
    >>> count_below(hours, ends, np.array([2.0, 6.0, 6.0]), np.array([0, 2, 3])).tolist()
    [1.0, 3.0, 0.0]
    """
    counts = np.empty(limits.size)
    for group, asked in zip(slices_of(offsets), slices_of(limit_offsets), strict=True):
        counts[asked] = np.searchsorted(values[group], limits[asked])
    return counts


def order_within(values: FloatArray, group: IntArray) -> IntArray:
    """
    The places of all values in ascending order within their groups, group after group.

    >>> order_within(np.array([3.0, 2.0, 1.0]), np.array([0, 1, 0])).tolist()
    [2, 0, 1]
    """
    order = np.argsort(values)
    return order[order_of_groups(group[order])]


def order_of_groups(group: IntArray) -> IntArray:
    """
    The places of the elements group after group, those of one group in the order that they have.
    """
    # Numbers of 16 bits, as the groups mostly are, are sorted without comparing them.
    small = group.astype(np.min_scalar_type(group.max(initial=0)))
    return np.argsort(small, kind="stable")


def known_sorted(values: FloatArray, offsets: IntArray) -> tuple[FloatArray, IntArray]:
    """Values sorted within their groups, without those that are NaN, and their new offsets."""
    ordered = sort_within(values, offsets)
    unknown = np.isnan(ordered)
    if not unknown.any():
        return ordered, offsets
    n = np.diff(offsets) - sum_within(unknown.astype(np.float64), offsets).astype(np.int64)
    return ordered[~unknown], offsets_of(n)
