"""
Given judgements held against the codebook and against what is stored: what is new, what is known, what is refused.

Judgements of one coder on one unit and variable are one decision; where a file tells moments, a decision for each.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from qulaq.coding.codebook import NONE, UNCLEAR, Codebook, Variable
from qulaq.coding.decisions import Decision, Status
from qulaq.coding.exchange.given import Given
from qulaq.errors import UnknownName
from qulaq.lang import Phrase, Sayable, phrase

_LONGEST_UNIT = 400
_LONGEST_CODER = 150

Key = tuple[str, str, str, Status]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """
    A judgement that was not taken in, why, and what to do.
    """

    where: Sayable
    found: Phrase
    remedy: Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """
    What became of the judgements of a file: `read` = those of `decisions` + `unchanged` + `refusals`.

    `undefined`: judgements whose file does not tell under which definition they were given; they count for the present one.
    `other_definitions`: those given under one that does not hold any more; they are kept and not used.
    """

    read: int
    decisions: tuple[Decision, ...]
    unchanged: int
    refusals: tuple[Refusal, ...]
    undefined: int
    other_definitions: int

    @property
    def stored(self) -> int:
        return self.read - self.unchanged - len(self.refusals)


def take_in(
    given: Sequence[Given],
    *,
    codebook: Codebook,
    stored: Iterable[Decision],
    known: Collection[str] | None,
    now: datetime,
) -> Intake:
    """
    What to store of a file. *known* are the units that there are; None: nobody can tell, for there is no corpus.
    """
    refusals: list[Refusal] = []
    sound: list[Given] = []
    for one in given:
        fault = _find_fault(one, codebook, known)
        refusals += [fault] if fault else []
        sound += [] if fault else [one]
    wholes = _as_wholes(sound, codebook, refusals)
    history = _History(stored)
    decisions: list[Decision] = []
    unchanged = 0
    for whole in sorted(wholes, key=lambda whole: whole.decided_at or now):
        if history.holds(whole):
            unchanged += whole.rows
        else:
            decisions.append(history.append(_as_decision(whole, codebook, now)))
    return Intake(
        read=len(given),
        decisions=tuple(decisions),
        unchanged=unchanged,
        refusals=tuple(refusals),
        undefined=sum(whole.rows for whole in wholes if not whole.fingerprint),
        other_definitions=sum(
            not codebook.variable(one.variable).accepts(one.fingerprint) for one in decisions
        ),
    )


# ── One judgement ────────────────────────────────────────────────────────────────────────────────


def _find_fault(one: Given, codebook: Codebook, known: Collection[str] | None) -> Refusal | None:
    def refuse(found: Phrase, remedy: Phrase) -> Refusal:
        return Refusal(where=one.where, found=found, remedy=remedy)

    try:
        variable = codebook.variable(one.variable)
    except UnknownName:
        return refuse(
            phrase("the codebook has no variable “{name}”.", name=one.variable),
            phrase("Name one of: {expected}.", expected=_named(v.name for v in codebook.variables)),
        )
    if lacking := [code for code in one.codes if code not in variable.codes]:
        return refuse(
            phrase("“{name}” has no category “{code}”.", name=variable.name, code=lacking[0]),
            phrase("Its codes are: {expected}.", expected=_named(variable.codes)),
        )
    if len(one.unit) > _LONGEST_UNIT or len(one.coder) > _LONGEST_CODER:
        return refuse(
            phrase("the name of the unit or of the coder is too long."),
            phrase("A unit is named page/id, a coder with 150 characters at most."),
        )
    if known is not None and one.unit not in known:
        return refuse(
            phrase(
                "the corpus has no unit {unit}: it was erased or never imported.", unit=one.unit
            ),
            phrase(
                "Units are named page/id, as in samples/. Import the page first, or leave it out."
            ),
        )
    return None


def _named(names: Iterable[str]) -> str:
    return ", ".join(names)


# ── One decision ─────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Whole:
    """
    All codes that a coder gave at one moment.
    """

    given: tuple[Given, ...]

    @property
    def key(self) -> Key:
        return _key(self.given[0])

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(code for one in self.given for code in one.codes))

    @property
    def decided_at(self) -> datetime | None:
        return self.given[0].decided_at

    @property
    def fingerprint(self) -> str:
        return self.given[0].fingerprint

    @property
    def rows(self) -> int:
        return len(self.given)


def _key(one: Given) -> Key:
    return one.unit, one.variable, one.coder, one.status


def _as_wholes(given: Iterable[Given], codebook: Codebook, refusals: list[Refusal]) -> list[_Whole]:
    gathered: dict[tuple[Key, datetime | None], list[Given]] = defaultdict(list)
    for one in given:
        told = gathered[_key(one), one.decided_at]
        fault = _find_clash(one, told, codebook.variable(one.variable))
        refusals += [fault] if fault else []
        told += [] if fault else [one]
    return [_Whole(tuple(told)) for told in gathered.values() if told]


def _find_clash(one: Given, before: Sequence[Given], variable: Variable) -> Refusal | None:
    """
    What is wrong with a judgement beside others of the same coder on the same unit at the same moment.
    """
    codes = [code for other in before for code in other.codes]
    both = [*codes, *one.codes]
    if len(both) == len(set(both)) and (len(both) == 1 or _go_together(both, variable)):
        return None
    told = ", ".join(f"“{code}”" for code in codes or one.codes)
    return Refusal(
        where=one.where,
        found=phrase(
            "{coder} coded the unit {unit} already: {codes}.",
            coder=one.coder,
            unit=one.unit,
            codes=told,
        )
        if before
        else phrase("these codes do not go together: {codes}.", codes=told),
        remedy=phrase(
            "Leave one judgement of each coder on a unit, or tell by decided_at which came later."
        ),
    )


def _go_together(codes: Sequence[str], variable: Variable) -> bool:
    return variable.kind == "any" and not {NONE, UNCLEAR} & set(codes)


def _as_decision(whole: _Whole, codebook: Codebook, now: datetime) -> Decision:
    first = whole.given[0]
    return Decision(
        unit=first.unit,
        variable=first.variable,
        coder=first.coder,
        status=first.status,
        codes=whole.codes,
        fingerprint=whole.fingerprint or codebook.variable(first.variable).fingerprint,
        decided_at=whole.decided_at or now,
        unsure=any(one.unsure for one in whole.given),
        remark="\n".join(dict.fromkeys(one.remark for one in whole.given if one.remark)),
        probability=first.probability,
    )


class _History:
    """
    What each coder decided so far: what is stored, then what the file adds.
    """

    def __init__(self, stored: Iterable[Decision]) -> None:
        self._last: dict[Key, Decision] = {}
        self._moments: set[tuple[Key, datetime]] = set()
        for one in stored:
            self._keep(one)

    def _keep(self, one: Decision) -> None:
        key = (one.unit, one.variable, one.coder, one.status)
        if key not in self._last or self._last[key].turn < one.turn:
            self._last[key] = one
        self._moments.add((key, one.decided_at))

    def holds(self, whole: _Whole) -> bool:
        """
        Whether that decision is stored: by its moment, or, where the file does not tell it, as the last one.
        """
        if whole.decided_at is not None:
            return (whole.key, whole.decided_at) in self._moments
        last = self._last.get(whole.key)
        return last is not None and set(last.codes) == set(whole.codes)

    def append(self, one: Decision) -> Decision:
        key = (one.unit, one.variable, one.coder, one.status)
        last = self._last.get(key)
        placed = replace(one, turn=last.turn + 1 if last else 1)
        self._keep(placed)
        return placed
