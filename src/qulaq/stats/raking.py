"""Weights that make a sample agree with known margins of the population."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from qulaq.stats.ragged import BoolArray, FloatArray, IntArray

_CLOSE = 1e-10
_MOST_ROUNDS = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Margin:
    """
    One known distribution. `category` of each unit, from 0, and -1 where it is not known; `shares` of the
    categories in the population sum to 1.
    """

    category: IntArray
    shares: FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """
    A weight for each unit, mean 1 over those that are weighted; NaN for units of which a margin is not known.
    """

    values: FloatArray
    converged: bool
    largest_gap: float
    """Between a wanted and a reached share; 0 where all margins are met."""

    @property
    def used(self) -> BoolArray:
        known: BoolArray = ~np.isnan(self.values)
        return known

    @property
    def effective_n(self) -> float:
        """
        Kish (1965): (Σw)² / Σw².
        """
        w = self.values[self.used]
        return float(w.sum() ** 2 / (w**2).sum()) if w.size else np.nan

    @property
    def design_effect(self) -> float:
        """
        Kish's design effect of weighting: n / effective n, 1 where all weigh alike.
        """
        return float(self.used.sum() / self.effective_n) if self.used.any() else np.nan


def rake(margins: Sequence[Margin]) -> Weights:
    """
    Iterative proportional fitting (Deming and Stephan 1940): scale the weights to each margin in turn until all hold.

    A category that the population has and the sample lacks cannot be reached: the others then keep their proportion
    and `largest_gap` tells of it. Margins that contradict each other do not converge.

    >>> margin = Margin(category=np.array([0, 0, 0, 1]), shares=np.array([0.5, 0.5]))
    >>> weights = rake([margin])
    >>> weights.values.round(3).tolist(), round(weights.effective_n, 2)
    ([0.667, 0.667, 0.667, 2.0], 3.0)
    """
    known = np.logical_and.reduce([margin.category >= 0 for margin in margins])
    weights = np.where(known, 1.0, np.nan)
    if not known.any():
        return Weights(values=weights, converged=False, largest_gap=np.nan)
    places = [margin.category[known] for margin in margins]
    reachable = [_reachable(margin.shares, at) for margin, at in zip(margins, places, strict=True)]
    w = np.ones(int(known.sum()))
    converged = False
    for _ in range(_MOST_ROUNDS):
        before = w
        for at, shares in zip(places, reachable, strict=True):
            w = w * _factors(w, at, shares)[at]
        if converged := bool(np.abs(w - before).max() < _CLOSE):
            break
    weights[known] = w * w.size / w.sum()
    gap = max(
        float(np.abs(_shares(w, at, len(margin.shares)) - margin.shares).max())
        for margin, at in zip(margins, places, strict=True)
    )
    return Weights(values=weights, converged=converged, largest_gap=gap if gap > _CLOSE else 0.0)


def _reachable(shares: FloatArray, at: IntArray) -> FloatArray:
    """
    The shares of the categories that somebody belongs to, summing to 1.
    """
    there = np.where(np.bincount(at, minlength=len(shares)) > 0, shares, 0.0)
    total = there.sum()
    return there / total if total else there


def _shares(w: FloatArray, at: IntArray, n: int) -> FloatArray:
    sums = np.bincount(at, weights=w, minlength=n).astype(np.float64)
    shares: FloatArray = sums / sums.sum()
    return shares


def _factors(w: FloatArray, at: IntArray, shares: FloatArray) -> FloatArray:
    reached = _shares(w, at, len(shares))
    return np.divide(shares, reached, out=np.ones_like(shares), where=reached > 0)
