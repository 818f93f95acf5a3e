"""The words that stand in the slots of a template."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any

from qulaq.replica.resources import read_table


@dataclass(frozen=True, slots=True, kw_only=True)
class Pools:
    """What one body's texts in one language choose from."""

    places: tuple[dict[str, str], ...]
    words: dict[str, tuple[str, ...]]


class Slots(dict[str, str]):
    """Slots of one text, drawn when first asked for, so that a district and its village agree."""

    def __init__(self, rng: Random, pools: Pools) -> None:
        super().__init__(rng.choice(pools.places))
        self.rng = rng
        self.pools = pools

    def __missing__(self, slot: str) -> str:
        self[slot] = word = self.rng.choice(self.pools.words[slot])
        return word


def fill(template: str, *, rng: Random, body: str, language: str) -> str:
    text = template.format_map(Slots(rng, read_pools(body, language)))
    return text[:1].upper() + text[1:]


@cache
def read_pools(body: str, language: str) -> Pools:
    table = read_slots()
    words = {**table[language], **table["bodies"][body][language]}
    numbers = {
        slot: range(first, last + 1, step) for slot, (first, last, step) in table["numbers"].items()
    }
    return Pools(
        places=tuple(place[language] for place in table["places"][body]),
        words={slot: tuple(map(str, pool)) for slot, pool in {**words, **numbers}.items()},
    )


@cache
def read_slots() -> dict[str, Any]:
    return read_table("slots.toml")
