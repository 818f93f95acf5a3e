"""Whole numbers with a heavy tail that add up to a published total."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log, sqrt
from random import Random

HALVINGS = 60
TAIL = 3.4  # standard deviations: how far the greatest of a thousand or two draws lies


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What a set of counts must look like; `idle` is the share of zeros."""

    n: int
    total: int
    most: int
    idle: float


def make_counts(rng: Random, shape: Shape) -> tuple[int, ...]:
    """
    Make `shape.n` counts, largest first; the first alone is `shape.most`, all make `shape.total`.

    >>> make_counts(Random(7), Shape(n=6, total=12, most=5, idle=0.3))
    (5, 3, 2, 2, 0, 0)
    """
    if shape.total == 0:
        return (0,) * shape.n
    zeros = round(shape.n * shape.idle)
    spread = find_spread(mean=shape.total / (shape.n - zeros), most=shape.most)
    weights = [rng.lognormvariate(0, spread) for _ in range(shape.n - zeros - 1)]
    rest = share_out(weights, total=shape.total - shape.most, cap=shape.most - 1)
    return (shape.most, *sorted(rest, reverse=True), *[0] * zeros)


def find_spread(*, mean: float, most: int) -> float:
    """Find the lognormal spread at which a greatest value of `most` is to be expected."""
    return TAIL - sqrt(max(0.0, TAIL**2 - 2 * log(most / mean)))


def share_out(weights: Sequence[float], *, total: int, cap: int) -> list[int]:
    """
    Divide `total` into shares from 1 to `cap`, about as the weights.

    Raises `ValueError` when no such shares exist.
    """
    if not len(weights) <= total <= len(weights) * cap:
        message = f"{total} cannot be shared among {len(weights)} with 1 to {cap} each"
        raise ValueError(message)
    return top_up(scale(weights, total=total, cap=cap), total=total, cap=cap)


def scale(weights: Sequence[float], *, total: int, cap: int) -> list[int]:
    """Find the largest proportional shares whose sum does not pass `total`."""
    low, high = 0.0, float(total * cap) / min(weights)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if sum(take(weights, middle, cap=cap)) > total:
            high = middle
        else:
            low = middle
    return take(weights, low, cap=cap)


def take(weights: Sequence[float], factor: float, *, cap: int) -> list[int]:
    return [min(cap, 1 + int(weight * factor)) for weight in weights]


def top_up(shares: list[int], *, total: int, cap: int) -> list[int]:
    while lacking := total - sum(shares):
        open_places = [place for place, share in enumerate(shares) if share < cap]
        for place in open_places[:lacking]:
            shares[place] += 1
    return shares


def deal(counts: Sequence[int], *, scores: Sequence[float]) -> list[int]:
    """
    Put counts in the order of their scores: the highest score gets the first count.

    >>> deal([9, 4, 0], scores=[0.2, 1.5, -3.0])
    [4, 9, 0]
    """
    order = sorted(range(len(scores)), key=lambda place: -scores[place])
    dealt = dict(zip(order, counts, strict=True))
    return [dealt[place] for place in range(len(scores))]
