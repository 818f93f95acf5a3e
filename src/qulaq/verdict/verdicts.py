"""The verdict on a page: the model that its evidence leads to, why, what is missing, and what would change it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Literal

from qulaq.lang import Phrase
from qulaq.study import Page, Study
from qulaq.verdict.evidence import Evidence
from qulaq.verdict.rules import Criterion, Model, Rules, met

UNDECIDED: Literal["undecided"] = "undecided"
Outcome = Model | Literal["undecided"]
Bearing = Literal["holds", "fails", "open", "missing"]
"""An interval above the threshold, below it, astride it; no evidence."""
_ANSWERS: tuple[Bearing, ...] = ("holds", "fails")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """
    What one criterion found on a page. `counts`: the verdict rests on it, for with another answer it would be another.
    """

    criterion: Criterion
    evidence: Evidence
    bearing: Bearing
    counts: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sensitivity:
    """
    How far a threshold can move before the verdict changes: down to `lowest`, up to `highest`; None: however far.
    """

    criterion: str
    threshold: float
    lowest: float | None
    highest: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """
    On a page, a body (`page` None) or a network (`body` None, too). `between` are the models that are left where it is
    undecided; of a body and a network `parts` are the verdicts that it follows from.
    """

    page: str | None
    body: str | None
    network: str | None
    outcome: Outcome
    between: tuple[Model, ...]
    reasons: tuple[Reason, ...] = ()
    sensitivity: tuple[Sensitivity, ...] = ()
    parts: tuple[Verdict, ...] = ()

    def __post_init__(self) -> None:
        if not self.reasons and not self.parts:
            raise ValueError("a verdict without reasons")

    @property
    def models(self) -> tuple[Model, ...]:
        """
        All models that it may be: one where it is decided.
        """
        return self.between if self.outcome == UNDECIDED else (self.outcome,)

    @property
    def missing(self) -> Mapping[str, Phrase]:
        """
        The evidence that lacks although another answer of it would count, and why.
        """
        told = [one for one in self.reasons if one.bearing == "missing" and one.counts]
        own = {one.evidence.key: one.evidence.reason for one in told if one.evidence.reason}
        return own | {key: why for part in self.parts for key, why in part.missing.items()}


def reach_verdicts(
    evidence: Mapping[str, Mapping[str, Evidence]], rules: Rules, study: Study
) -> tuple[Verdict, ...]:
    """
    The verdict on every page, then on every body and every network.
    """
    known: dict[tuple[Bearing, ...], frozenset[str]] = {}  # pages alike rest on the same criteria
    pages = [reach_verdict(evidence[page.id], rules, page, known=known) for page in study.pages]
    bodies = [
        _together([one for one in pages if one.body == body.id], body=body.id, network=None)
        for body in study.bodies
        if any(one.body == body.id for one in pages)
    ]
    networks = [
        _together([one for one in pages if one.network == network], body=None, network=network)
        for network in dict.fromkeys(page.platform for page in study.pages)
    ]
    return (*pages, *bodies, *networks)


def reach_verdict(
    evidence: Mapping[str, Evidence],
    rules: Rules,
    page: Page,
    *,
    known: dict[tuple[Bearing, ...], frozenset[str]] | None = None,
) -> Verdict:
    """
    The first model that is met, where none before it could be; else undecided between those that may be.
    """
    bearings = {
        name: bearing_of(one, evidence[one.evidence]) for name, one in rules.criteria.items()
    }
    between = find_models(rules, bearings)
    key = tuple(bearings.values())
    memory = {} if known is None else known
    if key not in memory:
        memory[key] = find_bearing(rules, bearings)
    rests_on = memory[key]
    reasons = tuple(
        Reason(
            criterion=one,
            evidence=evidence[one.evidence],
            bearing=bearings[name],
            counts=name in rests_on,
        )
        for name, one in rules.criteria.items()
    )
    decided = len(between) == 1
    return Verdict(
        page=page.id,
        body=page.body,
        network=page.platform,
        outcome=between[0] if decided else UNDECIDED,
        between=() if decided else between,
        reasons=reasons,
        sensitivity=tuple(_find_sensitivity(rules, bearings, reasons, between)),
    )


def bearing_of(criterion: Criterion, evidence: Evidence, *, threshold: float | None = None) -> Bearing:  # fmt: skip
    """
    How the evidence lies to the threshold. Without an interval its value decides.
    """
    limit = criterion.at_least if threshold is None else threshold
    if evidence.value is None:
        return "fails" if criterion.missing_fails else "missing"
    low = evidence.value if evidence.low is None else evidence.low
    high = evidence.value if evidence.high is None else evidence.high
    return "holds" if low >= limit else "fails" if high < limit else "open"


def find_models(rules: Rules, bearings: Mapping[str, Bearing]) -> tuple[Model, ...]:
    """
    The models that a page may live by, in the order of the rules.
    """
    known: dict[Bearing, bool | None] = {
        "holds": True,
        "fails": False,
        "open": None,
        "missing": None,
    }
    holds = {name: known[bearing] for name, bearing in bearings.items()}
    possible: list[Model] = []
    for rule in rules.models:
        told = met(rule, holds)
        if told is not False:
            possible.append(rule.model)
        if told:
            break
    return tuple(possible)


def find_bearing(rules: Rules, bearings: Mapping[str, Bearing]) -> frozenset[str]:
    """
    The criteria on which the verdict rests: those with another answer of which it would be another, whatever the answers of
    those that nobody can tell turn out to be.
    """
    unknown = [name for name, one in bearings.items() if one in {"open", "missing"}]
    found = {
        name
        for name in bearings.keys() - set(unknown)
        if len({find_models(rules, {**bearings, name: told}) for told in _ANSWERS}) > 1
    }
    for answers in product(_ANSWERS, repeat=len(unknown)):
        whole = {**bearings, **dict(zip(unknown, answers, strict=True))}
        first = find_models(rules, whole)
        for name in unknown:
            other: Bearing = "fails" if whole[name] == "holds" else "holds"
            if name not in found and find_models(rules, {**whole, name: other}) != first:
                found.add(name)
    return frozenset(found)


def _find_sensitivity(
    rules: Rules,
    bearings: Mapping[str, Bearing],
    reasons: Sequence[Reason],
    between: Sequence[Model],
) -> list[Sensitivity]:
    """
    Of criteria whose threshold could change the verdict. As a threshold rises, what held becomes open above the lower end
    of the interval, and fails above its upper end.
    """
    found = []
    for one in reasons:
        told = one.evidence
        if told.value is None:
            continue
        low = told.value if told.low is None else told.low
        high = told.value if told.high is None else told.high
        name = one.criterion.name

        def changes(bearing: Bearing, name: str = name) -> bool:
            return find_models(rules, {**bearings, name: bearing}) != tuple(between)

        lowest = _lowest(one.bearing, low, high, holds=changes("holds"), opens=changes("open"))
        highest = _highest(one.bearing, low, high, fails=changes("fails"), opens=changes("open"))
        if lowest is not None or highest is not None:
            found.append(
                Sensitivity(
                    criterion=name,
                    threshold=one.criterion.at_least,
                    lowest=lowest,
                    highest=highest,
                )
            )
    return found


def _lowest(bearing: Bearing, low: float, high: float, *, holds: bool, opens: bool) -> float | None:
    """
    Down to where the threshold can go: a falling one turns "fails" into "open" at the upper end, that into "holds" at the lower.
    """
    if bearing == "fails" and opens:
        return high
    if bearing in {"fails", "open"} and holds:
        return low
    return None


def _highest(bearing: Bearing, low: float, high: float, *, fails: bool, opens: bool) -> float | None:  # fmt: skip
    if bearing == "holds" and opens:
        return low
    if bearing in {"holds", "open"} and fails:
        return high
    return None


def _together(parts: Sequence[Verdict], *, body: str | None, network: str | None) -> Verdict:
    """
    What pages have in common: their verdict where it is the same, else undecided between all that they may be.
    """
    models = tuple(dict.fromkeys(model for one in parts for model in one.models))
    decided = len(models) == 1
    return Verdict(
        page=None,
        body=body,
        network=network,
        outcome=models[0] if decided else UNDECIDED,
        between=() if decided else models,
        parts=tuple(parts),
    )
