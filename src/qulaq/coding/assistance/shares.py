"""Shares of categories by page as a machine tells them, and corrected by what people said of units that chance drew."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from qulaq.coding.assignments import Assignment
from qulaq.coding.assistance.learning import Proposal
from qulaq.coding.assistance.material import Material
from qulaq.lang import Phrase, phrase
from qulaq.stats.corrected import Share, design_based

FEW = 5
FEWEST = 30
"""Units of a page, drawn by chance, that people settled; of fewer no correction is made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """
    One category's share of a page's units (of all pages: page ""). `machine` is the share among units that the machine
    coded, None where it coded none; `share` the corrected one, None for a `reason`. `coded` units of the sample carry
    the correction; it is `rough` where machine and people differ on fewer than five of them.
    """

    page: str
    category: str
    units: int
    coded: int
    machine: float | None
    share: Share | None
    reason: Phrase | None = None
    rough: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """
    The units of a sample that carry the correction, with the probability of each to be drawn and coded. `waiting` is
    the first unit, in the order of lots, on which people have not settled.
    """

    sample: str
    drawn: int
    probabilities: Mapping[str, float]
    waiting: str = ""


def find_basis(material: Material, samples: Sequence[Assignment], folder: Path) -> Basis | Phrase:
    """
    The sample of which most units are coded, or why none can carry a correction.

    Samples stand in random order, so the first units of one, until one that nobody settled, are a random part of it.
    Units that are gone from the corpus count neither way.
    """
    codes = dict(zip(material.units, material.codes, strict=True))
    bases: list[Basis] = []
    refusals: list[Phrase] = []
    for one in samples:
        if one.unit != material.variable.unit or not one.tasks:
            continue
        refusal = _why_not(folder / f"{one.name}.toml", len(material.units))
        if refusal:
            refusals.append(refusal)
        else:
            bases.append(_basis(one, codes))
    if bases:
        return max(bases, key=lambda one: len(one.probabilities))
    return refusals[0] if refusals else phrase("no sample of these units was drawn")


def _why_not(record: Path, units: int) -> Phrase | None:
    told = tomllib.loads(record.read_text(encoding="utf-8"))
    if told.get("by") not in {"page-month", "simple"}:
        return phrase("sample {sample} drew days, not units", sample=record.stem)
    if told.get("units") != units:
        return phrase(
            "sample {sample} was drawn from {drawn_from} units, and here are {units}: take the same pages and days, or draw anew",
            sample=record.stem, drawn_from=told.get("units"), units=units,
        )  # fmt: skip
    return None


def _basis(sample: Assignment, codes: Mapping[str, str | None]) -> Basis:
    here = [task for task in sample.tasks if task.unit in codes]
    done = next((n for n, task in enumerate(here) if codes[task.unit] is None), len(here))
    part = done / len(here) if here else 0.0
    return Basis(
        sample=sample.name,
        drawn=len(sample.tasks),
        probabilities={task.unit: task.probability * part for task in here[:done]},
        waiting=here[done].unit if done < len(here) else "",
    )


def correct_shares(
    material: Material, proposals: Mapping[int, Proposal], basis: Basis
) -> Iterator[Corrected]:
    """
    All categories of all pages, and of each page. A unit that the machine did not code counts as none of its
    categories to it; what people said of such units corrects that, too.
    """
    pages = [unit.partition("/")[0] for unit in material.units]
    for page in ("", *dict.fromkeys(pages)):
        places = [n for n, one in enumerate(pages) if page in {"", one}]
        yield from _of_page(material, proposals, basis, page=page, places=places)


def _of_page(
    material: Material,
    proposals: Mapping[int, Proposal],
    basis: Basis,
    *,
    page: str,
    places: Sequence[int],
) -> Iterator[Corrected]:
    probability = np.array([basis.probabilities.get(material.units[n], 0.0) for n in places])
    coded = probability > 0
    told = Counter(proposals[n].code for n in places if n in proposals)
    n = int(coded.sum())
    for category in material.variable.codes:
        machine = np.array(
            [float(n in proposals and proposals[n].code == category) for n in places]
        )
        people = np.array([float(material.codes[n] == category) for n in places])
        reason = _too_few(int(people[coded].sum()), n)
        yield Corrected(
            page=page,
            category=category,
            units=len(places),
            coded=n,
            machine=told[category] / told.total() if told else None,
            share=None if reason else design_based(machine, people, coded, np.where(coded, probability, 1.0)),
            reason=reason,
            rough=reason is None and int(np.abs(people - machine)[coded].sum()) < FEW,
        )  # fmt: skip


def _too_few(k: int, n: int) -> Phrase | None:
    """
    Why an interval would promise too much, where it would.
    """
    if n < FEWEST:
        return phrase("people settled on {n} of its drawn units; {least} are needed", n=n, least=FEWEST)  # fmt: skip
    if min(k, n - k) < FEW:
        return phrase("{k} of {n} coded units are of this category: of fewer than {least}, or all but so many, an interval would promise too much", k=k, n=n, least=FEW)  # fmt: skip
    return None
