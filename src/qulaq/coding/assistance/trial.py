"""How far a machine agrees with people, beside how far people agree among themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from qulaq.coding.agreement import Agreement, measure_agreement
from qulaq.coding.assistance.learning import Proposal
from qulaq.coding.assistance.material import Material
from qulaq.coding.judgements import Judgement
from qulaq.errors import StudyError
from qulaq.lang import LANGUAGES, Text, formats, phrase
from qulaq.stats.agreement import Level

Trial = Literal["validation", "all_coded", "people"]
"""The machine on units that chance drew; on all that people settled; people among themselves on units that chance
drew."""

FEWEST = 30
"""Units drawn by chance that people settled; of fewer no interval is worth its name."""
MOST_REFUSED = 0.1
"""The share of answers without a code up to which agreement on the others still tells something."""
_ALPHA = "krippendorff_alpha"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """
    Krippendorff's alpha of one trial, of all categories or of one against all others (`category`).
    """

    trial: Trial
    alpha: Agreement


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """
    How often the machine said what people said, beside how often it believed it would.
    """

    n: int
    right: float
    believed: float | None


def try_machine(
    material: Material, proposals: Mapping[int, Proposal], *, bootstraps: int = 1_000
) -> tuple[Finding, ...]:
    """
    All trials. Machine and people are two coders then; a unit that the machine did not code is left out.
    """
    drawn = [place for place in proposals if material.units[place] in material.drawn]
    people = [one for one in material.judgements if one.unit in material.drawn]
    level: Level = "ordinal" if material.variable.kind == "ordinal" else "nominal"
    told: dict[Trial, list[Judgement]] = {
        "validation": list(_two(material, {place: proposals[place] for place in drawn})),
        "all_coded": list(_two(material, proposals)),
        "people": people,
    }
    if len(told["all_coded"]) == len(told["validation"]):
        del told["all_coded"]  # all coded units were drawn: nothing else is told
    return tuple(
        Finding(trial=trial, alpha=one)
        for trial, judgements in told.items()
        for one in measure_agreement(judgements, level=level, bootstraps=bootstraps)
        if one.coefficient == _ALPHA and one.pair is None
    )


def _two(material: Material, proposals: Mapping[int, Proposal]) -> Iterator[Judgement]:
    for place, proposal in proposals.items():
        people, unit, name = material.codes[place], material.units[place], material.variable.name
        if people is not None:
            yield Judgement(unit=unit, coder="people", variable=name, code=people)
            yield Judgement(unit=unit, coder="machine", variable=name, code=proposal.code)


def calibrate(material: Material, proposals: Mapping[int, Proposal]) -> Calibration | None:
    """
    On units that chance drew; None where there are none.
    """
    tried = [
        (one, one.code == material.codes[place])
        for place, one in proposals.items()
        if material.codes[place] is not None and material.units[place] in material.drawn
    ]
    if not tried:
        return None
    believed = [one.probability for one, _ in tried if one.probability is not None]
    return Calibration(
        n=len(tried),
        right=sum(right for _, right in tried) / len(tried),
        believed=sum(believed) / len(believed) if believed else None,
    )


def find_refusal(
    material: Material,
    findings: tuple[Finding, ...],
    *,
    least: float,
    answers: int,
    refused: int = 0,
) -> StudyError | None:
    """
    Why the machine must not be used; None where it may. Of its *answers* so many were *refused*.
    """
    name = material.variable.name
    if refused > MOST_REFUSED * answers:
        return StudyError(
            where=name,
            found=phrase("{n} of {all} answers of the model were no codes of the codebook.", n=refused, all=answers),
            remedy=phrase("Ask another model: this one does not keep to the codebook."),
        )  # fmt: skip
    found = (one.alpha for one in findings if one.trial == "validation")
    alpha = next((one for one in found if not one.category), None)
    if alpha is None or alpha.units < FEWEST:
        n = 0 if alpha is None else alpha.units
        return StudyError(
            where=name,
            found=phrase("people settled on {n} units that chance drew, and {least} are needed to try a model on.", n=n, least=FEWEST),
            remedy=phrase("Draw units with qulaq coding sample, and code them."),
        )  # fmt: skip
    if alpha.low is None or alpha.value is None:
        return StudyError(
            where=name,
            found=phrase("the model's agreement with people is not defined: {reason}.", reason=alpha.reason or ""),
            remedy=phrase("Code a sample in which others occur."),
        )  # fmt: skip
    if alpha.low < least:
        return StudyError(
            where=name,
            found=phrase(
                "the model's alpha against people is {alpha}, and may be as low as {low}; this study wants {least} at least, so it proposes nothing.",
                alpha=_written(alpha.value), low=_written(alpha.low), least=_written(least),
            ),
            remedy=phrase("Code more units, first those of --ask, or sharpen the definitions on which people differ, too."),
        )  # fmt: skip
    return None


def _written(alpha: float) -> Text:
    return Text(**{one: formats.number(alpha, one, digits=3) for one in LANGUAGES})
