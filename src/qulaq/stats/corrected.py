"""
Shares from a machine's codes, corrected by what people read.

A machine that is right nine times in ten still tells wrong shares, for its errors do not cancel (Egami, Hinck, Stewart
& Wei 2023). Each correction says which units people must have read.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from qulaq.stats.ragged import BoolArray, FloatArray

LEVEL = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """
    A share and its interval, cut at 0 and 1, which a correction can overstep.
    """

    value: float
    low: float
    high: float


def design_based(
    machine: FloatArray, people: FloatArray, coded: BoolArray, probability: FloatArray
) -> Share:
    """
    The mean of what people would say of all units, f + R/π (y - f): design-based supervised learning (Egami et al.
    2023). *machine* and *people* are 1 where they give the category; *people* counts only where *coded*. The machine
    must not have learnt from the unit it codes, and each unit have been coded by its known probability π > 0.

    The interval takes the units themselves for drawn from what the body might have published.
    """
    error = np.where(coded, people - machine, 0.0)
    told = machine + np.where(coded, error / probability, 0.0)
    return _share(float(told.mean()), float(told.var()) / told.size)


def prediction_powered(machine: FloatArray, people: FloatArray, coded: BoolArray) -> Share:
    """
    The same for a simple random sample, from which the uncoded units are apart: mean f of these plus the mean of y - f
    of the coded (Angelopoulos et al. 2023).

    >>> cases = np.repeat([[1, 1, 1], [1, 0, 1], [0, 1, 1], [0, 0, 1], [1, 0, 0], [0, 0, 0]],
    ...                   [25, 10, 5, 60, 300, 700], axis=0).astype(float)
    >>> share = prediction_powered(cases[:, 0], cases[:, 1], cases[:, 2] == 1)
    >>> round(share.value, 4), round(share.low, 4), round(share.high, 4)
    (0.25, 0.1695, 0.3305)
    """
    error, rest = (people - machine)[coded], machine[~coded]
    variance = float(error.var()) / error.size + float(rest.var()) / rest.size
    return _share(float(rest.mean() + error.mean()), variance)


def _share(value: float, variance: float) -> Share:
    half = float(ndtri(0.5 + LEVEL / 2)) * variance**0.5
    return Share(value=_cut(value), low=_cut(value - half), high=_cut(value + half))


def _cut(value: float) -> float:
    return min(max(value, 0.0), 1.0)


# ── Sensitivity and specificity from elsewhere ───────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """
    A sensitivity or specificity, and of how many units it was found.
    """

    value: float
    n: int


def rogan_gladen(k: int, n: int, *, sensitivity: Known, specificity: Known) -> Share | None:
    """
    The share behind k of n units that a machine gave a category (Rogan & Gladen 1978), with the interval of Lang &
    Reiczigel (2014). Only where its sensitivity and specificity were found elsewhere and hold here. None where the
    machine does no better than chance: they add up to no more than 1.

    >>> known = Known(value=0.96, n=100), Known(value=0.89, n=100)
    >>> share = rogan_gladen(23, 150, sensitivity=known[0], specificity=known[1])
    >>> round(share.value, 4)
    0.051
    """
    informed = sensitivity.value + specificity.value - 1
    if informed <= 0:
        return None
    z2 = float(ndtri(0.5 + LEVEL / 2)) ** 2
    p, p_n = (k + z2 / 2) / (n + z2), n + z2
    (se, se_n), (sp, sp_n) = _smoothed(sensitivity), _smoothed(specificity)
    share = (p + sp - 1) / (se + sp - 1)
    of_se, of_sp = se * (1 - se) / se_n, sp * (1 - sp) / sp_n
    middle = share + 2 * z2 * (share * of_se - (1 - share) * of_sp)
    variance = p * (1 - p) / p_n + share**2 * of_se + (1 - share) ** 2 * of_sp
    half = z2**0.5 * variance**0.5 / (se + sp - 1)
    return Share(
        value=_cut((k / n + specificity.value - 1) / informed),
        low=_cut(middle - half),
        high=_cut(middle + half),
    )


def _smoothed(known: Known) -> tuple[float, int]:
    return (known.value * known.n + 1) / (known.n + 2), known.n + 2
