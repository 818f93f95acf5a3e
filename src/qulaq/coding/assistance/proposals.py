"""What a machine proposes: codes for units that no person coded, and the units that people should code next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from qulaq.coding.assistance.learning import Proposal
from qulaq.coding.assistance.material import Material
from qulaq.coding.decisions import Decision

PREFIX = "model:"


def find_uncoded(material: Material) -> list[int]:
    """
    The places of units with words that no person coded; whom people differ on wait for people.
    """
    coded = {one.unit for one in material.judgements}
    return [
        place
        for place in material.readable
        if material.codes[place] is None and material.units[place] not in coded
    ]


def as_decisions(
    material: Material,
    proposals: Mapping[int, Proposal],
    *,
    coder: str,
    stored: Iterable[Decision],
    now: datetime,
) -> Iterator[Decision]:
    """
    The proposals for uncoded units as decisions to be stored, those of other models taken back: a unit has one
    machine's code. What stands so already is left out.
    """
    variable = material.variable
    last = {
        (one.coder, one.unit): one
        for one in stored
        if one.status == "machine" and one.variable == variable.name
    }
    proposed = {material.units[place]: proposals[place] for place in find_uncoded(material) if place in proposals}  # fmt: skip
    for (other, unit), one in last.items():
        if one.codes and (other != coder or unit not in proposed):
            yield _decision(material, one.turn + 1, coder=other, unit=unit, now=now)
    for unit, proposal in proposed.items():
        before = last.get((coder, unit))
        if (
            before
            and before.codes == (proposal.code,)
            and before.fingerprint == variable.fingerprint
        ):
            continue
        turn = before.turn + 1 if before else 1
        yield _decision(material, turn, coder=coder, unit=unit, now=now, proposal=proposal)


def _decision(
    material: Material,
    turn: int,
    *,
    coder: str,
    unit: str,
    now: datetime,
    proposal: Proposal | None = None,
) -> Decision:
    return Decision(
        unit=unit,
        variable=material.variable.name,
        coder=coder,
        status="machine",
        codes=(proposal.code,) if proposal else (),
        fingerprint=material.variable.fingerprint,
        decided_at=now,
        turn=turn,
        probability=proposal.probability if proposal else None,
    )


def find_uncertain(material: Material, proposals: Mapping[int, Proposal], n: int) -> list[int]:
    """
    The places of the uncoded units of which the machine is least sure, equal words once. They are no sample of
    anything: nothing may be estimated from them.
    """
    uncoded = [place for place in find_uncoded(material) if place in proposals]
    uncoded.sort(key=lambda place: (_probability(proposals[place]), material.units[place]))
    distinct: dict[str, int] = {}
    for place in uncoded:
        distinct.setdefault(" ".join((material.texts[place] or "").split()), place)
    return list(distinct.values())[:n]


def _probability(proposal: Proposal) -> float:
    return 1.0 if proposal.probability is None else proposal.probability
