"""
How unevenly a total is shared out among those who could have a part in it.

Groups lie end to end: group i holds the values offsets[i] … offsets[i + 1] - 1 (`qulaq.stats.ragged`).
Values are amounts, not below 0; NaN values are left out.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from qulaq.stats.ragged import (
    FloatArray,
    IntArray,
    accumulate_within,
    group_of_each,
    offsets_of,
    order_within,
    sum_within,
)


def gini(values: FloatArray, offsets: IntArray, alike: FloatArray | None = None) -> FloatArray:
    """
    Gini coefficient of each group, times n / (n - 1): 0, all have the same; 1, one has everything.

    G = Σ (2i - n - 1) x_i / (n Σ x) over the values in ascending order (Gini 1912; the factor that
    removes its bias and lets it reach 1: Deltas 2003). NaN where n < 2, and where there is nothing
    to share. `alike`: so many have the value, not one. ValueError: a value below 0.

    >>> gini(np.array([0.0, 0.0, 1.0, 3.0]), np.array([0, 4])).round(4)
    array([0.8333])
    >>> gini(np.array([0.0, 1.0, 3.0]), np.array([0, 3]), np.array([2.0, 1.0, 1.0])).round(4)
    array([0.8333])
    """
    _check(values)
    shares = _known(values, values, offsets, alike)
    n = sum_within(shares.alike, shares.offsets)
    below = accumulate_within(np.add, shares.alike, shares.offsets) - shares.alike
    # The ranks i of those alike add up to their number times the mean of the first and the last.
    weighed = (2 * below + shares.alike - n[shares.group]) * shares.alike * shares.values
    total = sum_within(shares.values * shares.alike, shares.offsets)
    return _divide(sum_within(weighed, shares.offsets), (n - 1) * total)


def top_share(
    values: FloatArray, offsets: IntArray, alike: FloatArray | None = None, *, share: float = 0.1
) -> FloatArray:
    """
    Share of each group's total that its largest ⌈share × n⌉ values hold.

    Where several are as large as the last of them, it makes no difference which are taken.
    NaN where there is nothing to share. `alike`: so many have the value, not one. ValueError: a value below 0.

    >>> top_share(np.array([1.0, 5.0, 2.0, 2.0]), np.array([0, 4]))
    array([0.5])
    """
    return share_held_by(values, values, offsets, alike, share=share)


def share_held_by(
    values: FloatArray,
    by: FloatArray,
    offsets: IntArray,
    alike: FloatArray | None = None,
    *,
    share: float = 0.1,
) -> FloatArray:
    """
    Share of each group's total that those hold who have the largest ⌈share × n⌉ of `by`.

    Those who tie for the last places split them evenly, so that order does not matter: of three
    who tie for one place each brings a third of his value. Counted are those whose value
    and `by` are both known. NaN where there is nothing to share. `alike`: so many have the value and `by`,
    not one. ValueError: a value below 0.

    >>> replies, comments = np.array([3.0, 1.0, 0.0, 0.0]), np.array([9.0, 2.0, 1.0, 1.0])
    >>> share_held_by(replies, comments, np.array([0, 4]), share=0.25)
    array([0.75])
    """
    _check(values)
    shares = _known(values, -by, offsets, alike)
    group, offsets, by, alike = shares.group, shares.offsets, -shares.by, shares.alike
    # Before it is rounded up, 0.07 × 100 must not be 7 and a little.
    places = np.ceil(share * sum_within(alike, offsets) - 1e-9)
    reached = accumulate_within(np.add, alike, offsets)
    holds = (reached >= places[group]) & (reached - alike < places[group])
    last = np.full(places.size, np.nan)
    last[group[holds]] = by[holds]
    above, level = by > last[group], by == last[group]
    left = places - sum_within(above * alike, offsets)
    part = _divide(left, sum_within(level * alike, offsets))
    taken = np.where(above, 1, np.where(level, part[group], 0))
    held = shares.values * alike
    return _divide(sum_within(taken * held, offsets), sum_within(held, offsets))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Shares:
    """
    What is known, in ascending order of `by` within groups.
    """

    values: FloatArray
    by: FloatArray
    alike: FloatArray
    group: IntArray
    offsets: IntArray


def _known(
    values: FloatArray, by: FloatArray, offsets: IntArray, alike: FloatArray | None
) -> _Shares:
    group = group_of_each(offsets)
    known = ~np.isnan(values) & ~np.isnan(by)
    order = np.flatnonzero(known)[order_within(by[known], group[known])]
    group = group[order]
    return _Shares(
        values=values[order],
        by=by[order],
        alike=np.ones(order.size) if alike is None else alike[order],
        group=group,
        offsets=offsets_of(np.bincount(group, minlength=offsets.size - 1)),
    )


def _check(values: FloatArray) -> None:
    if (values < 0).any():
        raise ValueError("Amounts that are shared out are not below 0.")


def _divide(above: FloatArray, below: FloatArray) -> FloatArray:
    result = np.full(below.shape, np.nan)
    np.divide(above, below, out=result, where=below > 0)
    return result
