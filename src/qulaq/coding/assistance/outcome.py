"""All that is told of a machine that was tried: its agreement, and what it proposes where it may be used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from qulaq.coding.assignments import Assignment
from qulaq.coding.assistance.learning import Proposal
from qulaq.coding.assistance.material import Material
from qulaq.coding.assistance.proposals import find_uncertain, find_uncoded
from qulaq.coding.assistance.shares import Basis, Corrected, correct_shares, find_basis
from qulaq.coding.assistance.trial import (
    Calibration,
    Finding,
    calibrate,
    find_refusal,
    try_machine,
)
from qulaq.errors import StudyError
from qulaq.lang import Phrase, phrase

NOT_USED = phrase("the model may not be used")
NOT_ALL = phrase("the model has not read all units")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """
    `proposed` are the places of uncoded units that the machine codes, none where there is a `refusal`; `uncertain`
    those to be coded by people next, which a refusal leaves. `basis` is the sample that corrects shares, or why none.
    """

    material: Material
    coder: str
    least: float
    proposals: Mapping[int, Proposal]
    findings: tuple[Finding, ...]
    calibration: Calibration | None
    refusal: StudyError | None
    proposed: tuple[int, ...]
    uncertain: tuple[int, ...]
    basis: Basis | Phrase
    refused: int
    shares: tuple[Corrected, ...]


def judge(
    material: Material,
    proposals: Mapping[int, Proposal],
    *,
    coder: str,
    samples: Sequence[Assignment],
    folder: Path,
    least: float,
    ask: int = 0,
    complete: bool = True,
    refused: int = 0,
) -> Outcome:
    """
    Try the machine, and where it may be used tell what it proposes and the shares that follow, corrected.

    Shares want a machine that read all units alike (`complete`): one that read those first that people coded knows
    more of them than of the others. `refused` of its answers the codebook did not know.
    """
    findings = try_machine(material, proposals)
    refusal = find_refusal(
        material, findings, least=least, answers=len(proposals) + refused, refused=refused
    )
    usable = refusal is None
    basis: Basis | Phrase = NOT_USED if refusal else NOT_ALL
    if usable and complete:
        basis = find_basis(material, samples, folder)
    return Outcome(
        material=material,
        coder=coder,
        least=least,
        proposals=proposals,
        findings=findings,
        calibration=calibrate(material, proposals),
        refusal=refusal,
        proposed=tuple(n for n in find_uncoded(material) if n in proposals) if usable else (),
        uncertain=tuple(find_uncertain(material, proposals, ask)),
        basis=basis,
        refused=refused,
        shares=(
            tuple(correct_shares(material, proposals, basis)) if isinstance(basis, Basis) else ()
        ),
    )
