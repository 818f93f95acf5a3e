"""What `qulaq coding assist` shows."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from qulaq.cli.speech import said, tell
from qulaq.cli.tables import Form, Sheet, show_sheets
from qulaq.lang import Phrase, formats, phrase, phrases, preferred_language, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qulaq.coding.assistance.outcome import Outcome
    from qulaq.coding.assistance.shares import Corrected
    from qulaq.coding.assistance.trial import Finding


def report(outcome: Outcome, links: Sequence[str | None], form: Form) -> None:
    """
    Show how far the machine agrees, what it proposes, the shares that follow and whom to ask.
    """
    show_sheets(form, list(_sheets(outcome, links)), data=_as_object(outcome, links))
    if not form.json:
        for told in _remarks(outcome):
            tell(told)


def _sheets(outcome: Outcome, links: Sequence[str | None]) -> Iterator[Sheet]:
    yield Sheet(
        title=said("agreement"),
        heading=[
            said("who"),
            said("category"),
            said("Krippendorff's alpha"),
            said("95 % interval"),
            said("units"),
            said("not defined because"),
        ],
        rows=[_agreement_row(one) for one in outcome.findings],
    )
    if outcome.proposed:
        yield Sheet(
            title=said("proposals"),
            heading=[said("category"), said("units"), said("mean probability")],
            rows=list(_proposal_rows(outcome)),
        )
    if outcome.shares:
        yield Sheet(
            title=said("shares"),
            heading=[
                said("page"),
                said("category"),
                said("units"),
                said("as the machine says"),
                said("corrected"),
                said("95 % interval"),
                said("coded by people"),
                said("not given because"),
            ],
            rows=[_share_row(one) for one in outcome.shares if one.machine or one.share],
        )
    if outcome.uncertain:
        yield Sheet(
            title=said("to be coded next"),
            heading=[said("unit"), said("category"), said("probability"), said("link")],
            rows=list(_uncertain_rows(outcome, links)),
        )


def _trial_name(one: Finding) -> str:
    return {
        "validation": said("machine and people, drawn units"),
        "all_coded": said("machine and people, all coded units"),
        "people": said("people among themselves, drawn units"),
    }[one.trial]


def _number(value: float | None) -> str | None:
    return None if value is None else formats.number(value, preferred_language(), digits=3)


def _percent(value: float | None) -> str | None:
    return None if value is None else formats.share(value, preferred_language())


def _agreement_row(one: Finding) -> list[object]:
    alpha = one.alpha
    ends = [end for end in (_number(alpha.low), _number(alpha.high)) if end]
    return [
        _trial_name(one),
        alpha.category or None,
        _number(alpha.value),
        " – ".join(ends) or None,
        alpha.units,
        say(alpha.reason, preferred_language()) if alpha.reason else None,
    ]


def _proposal_rows(outcome: Outcome) -> Iterator[list[object]]:
    proposed = [outcome.proposals[place] for place in outcome.proposed]
    for code, n in Counter(one.code for one in proposed).most_common():
        sure = [p for one in proposed if one.code == code and (p := one.probability) is not None]
        yield [code, n, _number(sum(sure) / len(sure)) if sure else None]


def _share_row(one: Corrected) -> list[object]:
    share = one.share
    return [
        one.page or said("all pages"),
        one.category,
        one.units,
        _percent(one.machine),
        _percent(share.value) if share else None,
        f"{_percent(share.low)} – {_percent(share.high)}" if share else None,
        one.coded,
        say(one.reason, preferred_language()) if one.reason else None,
    ]


def _uncertain_rows(outcome: Outcome, links: Sequence[str | None]) -> Iterator[list[object]]:
    for place, link in zip(outcome.uncertain, links, strict=True):
        proposal = outcome.proposals[place]
        yield [outcome.material.units[place], proposal.code, _number(proposal.probability), link]


def _remarks(outcome: Outcome) -> Iterator[Phrase]:
    material, calibration = outcome.material, outcome.calibration
    coded = sum(code is not None for code in material.codes)
    yield phrases(
        "{n} of {units} units is coded by people; {single} by one person alone.",
        "{n} of {units} units are coded by people; {single} by one person alone.",
        n=coded, units=len(material.units), single=material.single,
    )  # fmt: skip
    if n := material.wordless:
        yield phrases("{n} unit has no words: no model reads it.", "{n} units have no words: no model reads them.", n=n)  # fmt: skip
    if n := material.waiting:
        yield phrases(
            "{n} unit waits for people to settle it; without it agreement looks better than it is.",
            "{n} units wait for people to settle them; without them agreement looks better than it is.",
            n=n,
        )
    if n := material.gone:
        yield phrases(
            "{n} coded unit is not among those looked at (other days or pages, or gone).",
            "{n} coded units are not among those looked at (other days or pages, or gone).",
            n=n,
        )
    if n := outcome.refused:
        yield phrases(
            "{n} answer was no code of the codebook and counts for nothing.",
            "{n} answers were no codes of the codebook and count for nothing.",
            n=n,
        )
    if calibration:
        language = preferred_language()
        right = formats.share(calibration.right, language)
        if calibration.believed is None:
            yield phrase("The model said what people said of {right} of {n} drawn units.", right=right, n=calibration.n)  # fmt: skip
        else:
            yield phrase(
                "The model said what people said of {right} of {n} drawn units, and believed it would of {believed}.",
                right=right, n=calibration.n, believed=formats.share(calibration.believed, language),
            )  # fmt: skip
    yield from _remarks_on_use(outcome)


def _remarks_on_use(outcome: Outcome) -> Iterator[Phrase]:
    if outcome.uncertain:
        yield phrase("Units to be coded next are no sample: nothing may be estimated from them.")
    if outcome.refusal:
        return
    if any(one.rough for one in outcome.shares):
        yield phrase("Intervals where machine and people differ on fewer than five coded units are rough.")  # fmt: skip
    if isinstance(outcome.basis, Phrase):
        yield phrase("Shares are not corrected: {reason}.", reason=outcome.basis)
    else:
        yield phrase(
            "Shares are corrected by the first {n} of {drawn} units of sample {sample} (design-based supervised learning, Egami et al. 2023).",
            n=len(outcome.basis.probabilities), drawn=outcome.basis.drawn, sample=outcome.basis.sample,
        )  # fmt: skip
        if outcome.basis.waiting:
            yield phrase("More of it would count if {unit} were settled.", unit=outcome.basis.waiting)  # fmt: skip


# ── As JSON ──────────────────────────────────────────────────────────────────────────────────────


def _as_object(outcome: Outcome, links: Sequence[str | None]) -> dict[str, object]:
    material, language = outcome.material, preferred_language()
    calibration, basis = outcome.calibration, outcome.basis
    return {
        "variable": material.variable.name,
        "coder": outcome.coder,
        "units": len(material.units),
        "coded": sum(code is not None for code in material.codes),
        "single": material.single,
        "waiting": material.waiting,
        "wordless": material.wordless,
        "not_among_these": material.gone,
        "least_alpha": outcome.least,
        "refused": outcome.refused,
        "usable": outcome.refusal is None,
        "reason": say(outcome.refusal.found, language) if outcome.refusal else None,
        "agreement": [_finding_object(one) for one in outcome.findings],
        "calibration": calibration
        and {"n": calibration.n, "right": calibration.right, "believed": calibration.believed},
        "proposals": [_proposal_object(outcome, place) for place in outcome.proposed],
        "ask": [
            _proposal_object(outcome, place) | {"link": link}
            for place, link in zip(outcome.uncertain, links, strict=True)
        ],
        "correction": None
        if isinstance(basis, Phrase)
        else {"sample": basis.sample, "drawn": basis.drawn, "used": len(basis.probabilities)},
        "not_corrected_because": say(basis, language) if isinstance(basis, Phrase) else None,
        "shares": [_share_object(one) for one in outcome.shares],
    }


def _finding_object(one: Finding) -> dict[str, object]:
    alpha = one.alpha
    told: dict[str, object] = {"trial": one.trial, "category": alpha.category or None}
    told |= {name: getattr(alpha, name) for name in ("level", "value", "low", "high", "units")}
    told["reason"] = say(alpha.reason, preferred_language()) if alpha.reason else None
    return told


def _proposal_object(outcome: Outcome, place: int) -> dict[str, object]:
    proposal = outcome.proposals[place]
    return {
        "unit": outcome.material.units[place],
        "code": proposal.code,
        "probability": proposal.probability,
    }


def _share_object(one: Corrected) -> dict[str, object]:
    share = one.share
    return {
        "page": one.page or None,
        "category": one.category,
        "units": one.units,
        "coded": one.coded,
        "machine": one.machine,
        "value": share.value if share else None,
        "low": share.low if share else None,
        "high": share.high if share else None,
        "rough": one.rough,
        "reason": say(one.reason, preferred_language()) if one.reason else None,
    }
