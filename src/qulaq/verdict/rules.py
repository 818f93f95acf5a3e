"""
Grunig's models as data: criteria with their thresholds and reasons, and which of them make which model.

`grunig.toml` of the package says what they are; one in the study's folder takes its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from itertools import product
from pathlib import Path
from typing import Literal, get_args

from qulaq.lang import Phrase, Text, phrase
from qulaq.study import Study
from qulaq.study.settings import Settings, read_settings
from qulaq.verdict.evidence import KEYS

Model = Literal[
    "silent", "publicity", "public_information", "two_way_asymmetric", "two_way_symmetric"
]
MODELS: tuple[Model, ...] = get_args(Model)
"""From the one that says least to the one that listens."""

FILE = "grunig.toml"
_NOT = "not "
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_MOST_CRITERIA = 14
"""All answers to so many criteria can be tried in a moment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """
    Whether a piece of evidence is at least the threshold. `reason` says where the threshold comes from; `missing_fails`:
    where the evidence is not there the criterion does not hold, instead of being open.
    """

    name: str
    evidence: str
    at_least: float
    label: Text
    reason: str
    missing_fails: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """
    A criterion that has to hold or, denied, must not.
    """

    criterion: str
    denied: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """
    A model and its alternatives: it is met where all conditions of one of them are.
    """

    model: Model
    label: Text
    meaning: Text
    when: tuple[tuple[Condition, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """
    Criteria by name, and the models in the order in which they are tried.
    """

    criteria: Mapping[str, Criterion]
    models: tuple[Rule, ...]

    def rule(self, model: str) -> Rule:
        return next(one for one in self.models if one.model == model)


def met(rule: Rule, holds: Mapping[str, bool | None]) -> bool | None:
    """
    Whether a model is met, None where that cannot be told (Kleene's logic of three values).
    """
    return _any(_all(_value(one, holds) for one in every) for every in rule.when)


def _value(one: Condition, holds: Mapping[str, bool | None]) -> bool | None:
    told = holds[one.criterion]
    return None if told is None else told is not one.denied


def _all(values: Iterator[bool | None]) -> bool | None:
    told = list(values)
    return False if False in told else None if None in told else True


def _any(values: Iterator[bool | None]) -> bool | None:
    told = list(values)
    return True if True in told else None if None in told else False


# ── Reading ──────────────────────────────────────────────────────────────────────────────────────


def read_rules(study: Study) -> Rules:
    """
    The study's rules or, where it has none, those of the package. Raises StudyError with line and remedy for gaps and
    contradictions.
    """
    own = study.folder / FILE
    if own.exists():
        return parse_rules(own)
    with resources.as_file(resources.files("qulaq.verdict") / FILE) as file:
        return parse_rules(file)


def parse_rules(file: Path) -> Rules:
    """
    The rules of that file. Raises StudyError.
    """
    settings = read_settings(file)
    settings.raw("version")
    criteria: dict[str, Criterion] = {}
    for table in settings.tables("criteria"):
        one = _read_criterion(table)
        if one.name in criteria:
            raise table.complain(
                "name",
                phrase("there are two criteria “{name}”.", name=one.name),
                phrase("Give one of them another name."),
            )
        criteria[one.name] = one
    models = tuple(_read_rule(table, criteria) for table in settings.tables("models"))
    settings.finish()
    rules = Rules(criteria=criteria, models=models)
    _check(rules, settings)
    return rules


def _read_criterion(table: Settings) -> Criterion:
    name = table.text("name")
    if not _NAME.fullmatch(name):
        raise table.complain(
            "name",
            phrase("“{name}” is no name of a criterion.", name=name),
            phrase("Write small Latin letters, digits and “_”, a letter first."),
        )
    evidence = table.text("evidence")
    if evidence not in KEYS:
        raise table.complain(
            "evidence",
            phrase("there is no evidence “{name}”.", name=evidence),
            phrase("Name one of: {expected}.", expected=", ".join(KEYS)),
        )
    criterion = Criterion(
        name=name,
        evidence=evidence,
        at_least=table.number("at_least"),
        label=table.wording("label"),
        reason=table.text("reason"),
        missing_fails=_missing_fails(table),
    )
    table.finish()
    return criterion


def _missing_fails(table: Settings) -> bool:
    told = table.text("if_missing", default="open")
    if told not in {"open", "fails"}:
        raise table.complain(
            "if_missing",
            phrase("“{key}” is {value}.", key="if_missing", value=repr(told)),
            phrase("Expected: {expected}.", expected="open, fails"),
        )
    return told == "fails"


def _read_rule(table: Settings, criteria: Mapping[str, Criterion]) -> Rule:
    name = table.text("name")
    model = next((one for one in MODELS if one == name), None)
    if model is None:
        raise table.complain(
            "name",
            phrase("there is no model “{name}”.", name=name),
            phrase("Name one of: {expected}.", expected=", ".join(MODELS)),
        )
    rule = Rule(
        model=model,
        label=table.wording("label"),
        meaning=table.wording("meaning"),
        when=tuple(_read_alternative(table, one, criteria) for one in _listed(table)),
    )
    table.finish()
    return rule


def _listed(table: Settings) -> Sequence[object]:
    told = table.raw("when")
    if not isinstance(told, list) or not told or not all(isinstance(one, list) for one in told):
        raise table.complain(
            "when",
            phrase("“when” is no list of lists of criteria."),
            phrase('Write when = [["answers_some", "not comments_off"], ["asks"]].'),
        )
    return told


def _read_alternative(
    table: Settings, told: object, criteria: Mapping[str, Criterion]
) -> tuple[Condition, ...]:
    conditions = []
    for word in told if isinstance(told, list) else []:
        text = str(word)
        name = text.removeprefix(_NOT).strip()
        if name not in criteria:
            raise table.complain(
                "when",
                phrase("there is no criterion “{name}”.", name=name),
                phrase("Name one of: {expected}.", expected=", ".join(criteria)),
            )
        conditions.append(Condition(criterion=name, denied=text.startswith(_NOT)))
    denied = {one.criterion: one.denied for one in conditions}
    if any(denied[one.criterion] != one.denied for one in conditions):
        raise table.complain(
            "when",
            phrase("a criterion is asked to hold and not to hold at once."),
            phrase("Take one of the two away, or make two alternatives of them."),
        )
    return tuple(conditions)


# ── Gaps and contradictions ──────────────────────────────────────────────────────────────────────


def _check(rules: Rules, settings: Settings) -> None:
    fault = _find_fault(rules)
    if fault is not None:
        raise settings.complain(None, *fault)


def _find_fault(rules: Rules) -> tuple[Phrase, Phrase] | None:
    """
    A model that lacks or stands twice, a criterion that no model asks for, evidence that leads to no model, or a model
    that no evidence leads to.
    """
    named = [one.model for one in rules.models]
    if lacking := [one for one in MODELS if named.count(one) != 1]:
        return (
            phrase(
                "the model “{name}” stands there {n} times.",
                name=lacking[0],
                n=named.count(lacking[0]),
            ),
            phrase("Each of the five models needs one [[models]] table."),
        )
    used = {one.criterion for rule in rules.models for every in rule.when for one in every}
    if idle := [name for name in rules.criteria if name not in used]:
        return (
            phrase("no model asks for the criterion “{name}”.", name=idle[0]),
            phrase("Use it in a “when”, or take it away."),
        )
    if len(used) > _MOST_CRITERIA:
        return (
            phrase("there are more than {n} criteria.", n=_MOST_CRITERIA),
            phrase("Take some away: nobody can check that many together."),
        )
    return _find_gap(rules, sorted(used))


def _find_gap(rules: Rules, used: Sequence[str]) -> tuple[Phrase, Phrase] | None:
    reached: set[str] = set()
    for values in product((True, False), repeat=len(used)):
        holds: dict[str, bool | None] = dict(zip(used, values, strict=True))
        if not _is_possible(rules, holds):
            continue
        first = next((one.model for one in rules.models if met(one, holds)), None)
        if first is None:
            told = ", ".join(name if value else f"{_NOT}{name}" for name, value in holds.items())
            return (
                phrase("a page with this evidence fits no model: {told}.", told=told),
                phrase("Let one of the models take it."),
            )
        reached.add(first)
    if never := [one.model for one in rules.models if one.model not in reached]:
        return (
            phrase(
                "no evidence leads to the model “{name}”: those before it take everything.",
                name=never[0],
            ),
            phrase("Change its “when”, or the order of the models."),
        )
    return None


def _is_possible(rules: Rules, holds: Mapping[str, bool | None]) -> bool:
    """
    What reaches the higher of two thresholds of the same evidence reaches the lower one.
    """
    told = [(rules.criteria[name], value) for name, value in holds.items()]
    return not any(
        one.evidence == other.evidence and one.at_least <= other.at_least and value is False and more is True
        for one, value in told
        for other, more in told
    )  # fmt: skip
