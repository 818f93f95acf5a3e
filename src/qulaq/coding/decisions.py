"""
What coders decided: append-only, each with who, what, when and under which definition; and which of it stands.

    stands = standing(decisions.read(), codebook)
    settled = settle(stands.decisions)
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol, get_args

from qulaq.coding.codebook import Codebook
from qulaq.coding.judgements import Judgement
from qulaq.errors import UnknownName

Status = Literal["coder", "gold", "machine"]
STATUSES: tuple[Status, ...] = get_args(Status)
"""Who speaks: a person who codes, a person who settles what coders see differently, a model."""

Basis = Literal["gold", "agreed", "single"]
"""Why a code counts: it was settled, all who coded the unit gave it, or one person alone coded the unit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """
    What a coder decided about a unit in one variable. No codes: an earlier decision was taken back.

    `turn` counts from 1 how often this coder decided on the unit: the last turn stands. `fingerprint` is that of the
    variable as the coder read it. `probability` is a model's of its codes, None of people.
    """

    unit: str
    variable: str
    coder: str
    status: Status = "coder"
    codes: tuple[str, ...]
    fingerprint: str
    decided_at: datetime
    turn: int = 1
    unsure: bool = False
    remark: str = ""
    probability: float | None = None

    @property
    def judgements(self) -> tuple[Judgement, ...]:
        """
        A judgement for each code.
        """
        return tuple(
            Judgement(unit=self.unit, coder=self.coder, variable=self.variable, code=code)
            for code in self.codes
        )


class Overtaken(Exception):
    """
    The coder decided on this unit elsewhere meanwhile, in another window or by an import.
    """


class Decisions(Protocol):
    """
    The store of a study's decisions. Nothing in it is changed but by `forget`.
    """

    def append(self, decisions: Iterable[Decision]) -> None:
        """
        Keep decisions for good, all or none; durable on return.

        Raises Overtaken where a turn of that coder on that unit and variable is taken, StudyError where the database
        cannot be written.
        """

    def read(
        self, *, units: Iterable[str] | None = None, coder: str | None = None
    ) -> Iterator[Decision]:
        """
        The decisions in the order in which they were stored; of these units, of this coder where they are given.
        """

    def forget(self, units: Iterable[str]) -> int:
        """
        Erase all decisions on these units, remarks included; how many they were.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """
    The decisions that count, and those that do not: `other_definitions` counts by variable what was coded under a
    definition that does not hold any more, `unknown_variables` what the codebook does not ask.
    """

    decisions: tuple[Decision, ...] = ()
    other_definitions: Mapping[str, int] = field(default_factory=dict)
    unknown_variables: Mapping[str, int] = field(default_factory=dict)

    def judgements(self, status: Status = "coder") -> tuple[Judgement, ...]:
        """
        What coders of that kind gave, a judgement for each code.
        """
        return tuple(
            one for told in self.decisions if told.status == status for one in told.judgements
        )


def standing(decisions: Iterable[Decision], codebook: Codebook) -> Standing:
    """
    The last decision of each coder on each unit and variable, where it was given under a definition that holds.

    Where the last one was given under another definition, an earlier one does not come back to life.
    """
    kept: list[Decision] = []
    other, unknown = Counter[str](), Counter[str]()
    for one in last_turns(decisions):
        try:
            variable = codebook.variable(one.variable)
        except UnknownName:
            unknown[one.variable] += 1
            continue
        if variable.accepts(one.fingerprint):
            kept.append(one)
        else:
            other[one.variable] += 1
    return Standing(
        decisions=tuple(kept), other_definitions=dict(other), unknown_variables=dict(unknown)
    )


def last_turns(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """
    The last decision of each coder on each unit and variable; what was taken back is left out.
    """
    last: dict[tuple[str, str, str, str], Decision] = {}
    for one in decisions:
        key = (one.unit, one.variable, one.coder, one.status)
        if key not in last or last[key].turn < one.turn:
            last.pop(key, None)  # among adjudicators the one who spoke last comes last
            last[key] = one
    return tuple(one for one in last.values() if one.codes)


# ── What counts of a unit ────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """
    The codes of a unit in one variable that figures rest on.
    """

    unit: str
    variable: str
    codes: tuple[str, ...]
    basis: Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """
    A unit that coders see differently, or of which one is unsure, until somebody settles it.
    """

    unit: str
    variable: str
    decisions: tuple[Decision, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """
    What counts, and what waits for somebody to settle it. A unit coded by people who agree, one of them unsure, counts
    and waits.
    """

    settled: tuple[Settled, ...]
    open: tuple[Open, ...]


def settle(decisions: Iterable[Decision]) -> Settlement:
    """
    Of each unit and variable the gold code, else the code on which its coders agree; a model's never counts.
    """
    people: dict[tuple[str, str], list[Decision]] = defaultdict(list)
    gold: dict[tuple[str, str], Decision] = {}
    for one in decisions:
        key = (one.unit, one.variable)
        if one.status == "gold":
            gold[key] = one  # of several adjudicators the last one to be read
        elif one.status == "coder":
            people[key].append(one)
    settled: list[Settled] = []
    waiting: list[Open] = []
    for key in dict.fromkeys((*people, *gold)):
        told = people[key]
        if key in gold:
            settled.append(_settled(gold[key], "gold"))
            continue
        agree = len({frozenset(one.codes) for one in told}) == 1
        if agree:
            settled.append(_settled(told[0], "agreed" if len(told) > 1 else "single"))
        if not agree or any(one.unsure for one in told):
            waiting.append(Open(unit=key[0], variable=key[1], decisions=tuple(told)))
    return Settlement(settled=tuple(settled), open=tuple(waiting))


def _settled(one: Decision, basis: Basis) -> Settled:
    return Settled(
        unit=one.unit, variable=one.variable, codes=tuple(sorted(one.codes)), basis=basis
    )
