"""
Do people who code the same units agree, beyond what chance would give?

Codes are a matrix of coders × units: the place of a category, -1 where a coder left a unit out. Every coefficient but
Cohen's hangs only on how many coders gave a unit each category, so units of equal counts are reckoned once, and a
bootstrap over units draws how often each such pattern occurs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np

from qulaq.stats.ragged import BoolArray, FloatArray, IntArray

Level = Literal["nominal", "ordinal", "interval", "ratio"]

_PAIR = 2
_CELLS = 20_000_000
"""So many numbers of a bootstrap are held at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """
    Categories as numbers to reckon distances with: their places where they have no values of their own.
    """

    level: Level
    values: FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Patterns:
    """
    How many coders gave each category, by distinct pattern, and how many units have it. Only units that two coders and
    more coded are `paired`.
    """

    counts: FloatArray
    units: IntArray

    @property
    def coders(self) -> FloatArray:
        """
        How many coded a unit of each pattern.
        """
        coders: FloatArray = self.counts.sum(axis=1)
        return coders

    @property
    def paired(self) -> BoolArray:
        paired: BoolArray = self.coders >= _PAIR
        return paired


def find_patterns(codes: IntArray, categories: int) -> Patterns:
    """
    The patterns of a matrix coders × units; units that nobody coded are left out.
    """
    counts = np.stack([(codes == place).sum(axis=0) for place in range(categories)], axis=1)
    counts = counts[counts.sum(axis=1) > 0]
    distinct, units = np.unique(counts, axis=0, return_counts=True)
    return Patterns(counts=distinct.astype(np.float64), units=units)


# ── Coefficients of patterns ─────────────────────────────────────────────────────────────────────
# Each takes how often every pattern occurs, one row a sample, and answers one number a row: NaN where it is not defined.


def percent_agreement(patterns: Patterns, times: FloatArray) -> FloatArray:
    """
    The share of pairs of coders who gave a unit the same category, averaged over units.
    """
    return _observed(patterns, times, np.eye(patterns.counts.shape[1]))


def krippendorff_alpha(patterns: Patterns, times: FloatArray, scale: Scale) -> FloatArray:
    """
    Krippendorff's alpha, 1 - D_o / D_e, through the coincidence matrix (Krippendorff 2011, "Computing Krippendorff's
    Alpha-Reliability"); missing codes are no codes. NaN where only one category was used in paired units.
    """
    paired = patterns.paired
    counts, coders = patterns.counts[paired], patterns.coders[paired]
    categories = counts.shape[1]
    pairs = counts[:, :, None] * (counts[:, None, :] - np.eye(categories))
    pairs = (pairs / (coders - 1)[:, None, None]).reshape(len(counts), categories**2)
    coincidences = (times[:, paired] @ pairs).reshape(-1, categories, categories)
    margins = coincidences.sum(axis=2)
    n = margins.sum(axis=1)
    distance = _distances(scale, margins)
    observed = (coincidences * distance).sum(axis=(1, 2))
    expected = (margins[:, :, None] * margins[:, None, :] * distance).sum(axis=(1, 2))
    return 1 - _divide((n - 1) * observed, expected)


def _distances(scale: Scale, margins: FloatArray) -> FloatArray:
    """
    Krippendorff's squared differences, categories × categories for each row of margins.
    """
    values = scale.values
    if scale.level == "nominal":
        return np.broadcast_to(1.0 - np.eye(len(values)), (len(margins), len(values), len(values)))
    if scale.level == "ordinal":
        # What lies between two ranks, and half of both: Σ n_g from c to k, less (n_c + n_k) / 2.
        middle = np.cumsum(margins, axis=1) - margins / 2
        return (middle[:, :, None] - middle[:, None, :]) ** 2
    difference = values[:, None] - values[None, :]
    if scale.level == "ratio":
        difference = _divide(difference, values[:, None] + values[None, :], undefined=0.0)
    return np.broadcast_to(difference**2, (len(margins), *difference.shape))


def gwet(patterns: Patterns, times: FloatArray, scale: Scale) -> FloatArray:
    """
    Gwet's AC1 (2008), with weights by the scale AC2 (Gwet 2014, "Handbook of Inter-Rater Reliability"). All categories of
    the codebook count, used or not. NaN where there is only one, or no paired unit.
    """
    weights = _weights(scale)
    categories = len(scale.values)
    prevalence = _prevalence(patterns, times)
    spread = (prevalence * (1 - prevalence)).sum(axis=1)
    chance = weights.sum() / (categories * (categories - 1)) * spread if categories > 1 else np.nan
    return _beyond(_observed(patterns, times, weights), chance)


def fleiss_kappa(patterns: Patterns, times: FloatArray) -> FloatArray:
    """
    Fleiss's kappa (1971) for any number of coders, in Gwet's form for missing codes; Scott's pi (1955) with two.
    """
    chance = (_prevalence(patterns, times) ** 2).sum(axis=1)
    return _beyond(_observed(patterns, times, np.eye(patterns.counts.shape[1])), chance)


def _observed(patterns: Patterns, times: FloatArray, weights: FloatArray) -> FloatArray:
    """
    Weighted agreement of pairs, averaged over units with two codes and more.
    """
    paired = patterns.paired
    counts, coders = patterns.counts[paired], patterns.coders[paired]
    agreeing = (counts * (counts @ weights - 1)).sum(axis=1) / (coders * (coders - 1))
    return _divide(times[:, paired] @ agreeing, times[:, paired].sum(axis=1))


def _prevalence(patterns: Patterns, times: FloatArray) -> FloatArray:
    """
    The share of each category, averaged over all coded units.
    """
    shares = patterns.counts / patterns.coders[:, None]
    return _divide(times @ shares, times.sum(axis=1, keepdims=True))


def _weights(scale: Scale) -> FloatArray:
    """
    Gwet's weights of partial agreement: identity, ordinal, quadratic, ratio.
    """
    values = scale.values
    n = len(values)
    if scale.level == "nominal":
        return np.eye(n)
    if scale.level == "ordinal":
        apart = np.abs(np.subtract.outer(np.arange(n), np.arange(n)))
        most = n * (n - 1) / 2
        return 1 - (apart + 1) * apart / 2 / most if most else np.ones((n, n))
    difference = values[:, None] - values[None, :]
    if scale.level == "ratio":
        difference = _divide(difference, values[:, None] + values[None, :], undefined=0.0)
    squares = difference**2
    return 1 - _divide(squares, np.full_like(squares, squares.max()), undefined=0.0)


def _beyond(observed: FloatArray, chance: FloatArray | float) -> FloatArray:
    return _divide(observed - chance, 1 - np.broadcast_to(np.asarray(chance), observed.shape))


def _divide(above: FloatArray, below: FloatArray, *, undefined: float = np.nan) -> FloatArray:
    above, below = np.broadcast_arrays(above, below)
    # What rounding leaves of zero is zero: 1 - Σ p² where one category has all.
    defined = np.abs(below) > 1e-12  # noqa: PLR2004
    quotient: FloatArray = np.divide(
        above, below, out=np.full(above.shape, undefined), where=defined
    )
    return quotient


# ── Cohen's kappa, which asks who coded ──────────────────────────────────────────────────────────


def cohen_kappa(tables: FloatArray) -> FloatArray:
    """
    Cohen's kappa (1960) of two coders' cross tables, categories × categories in the last axes. NaN where both used one
    category only.
    """
    n = tables.sum(axis=(-2, -1))
    observed = _divide(np.trace(tables, axis1=-2, axis2=-1), n)
    first = _divide(tables.sum(axis=-1), n[..., None])
    second = _divide(tables.sum(axis=-2), n[..., None])
    return _beyond(observed, (first * second).sum(axis=-1))


def cross_tables(codes: IntArray, categories: int) -> Iterator[tuple[int, int, FloatArray]]:
    """
    For each two coders the table of what they gave the units that both coded.
    """
    for first, second in combinations(range(len(codes)), 2):
        both = (codes[first] >= 0) & (codes[second] >= 0)
        cells = codes[first, both] * categories + codes[second, both]
        table = np.bincount(cells, minlength=categories**2).reshape(categories, categories)
        yield first, second, table.astype(np.float64)


# ── Bootstrap ────────────────────────────────────────────────────────────────────────────────────


def resample(units: IntArray, *, times: int, seed: int) -> Iterator[FloatArray]:
    """
    How often each pattern occurs in samples of as many units drawn with replacement, a row a sample, in pieces that fit
    into memory.
    """
    draw = np.random.default_rng(seed)
    n = int(units.sum())
    piece = max(1, _CELLS // max(len(units), 1))
    for first in range(0, times, piece):
        rows = min(piece, times - first)
        yield draw.multinomial(n, units / n, size=rows).astype(np.float64)
