"""What a coder sends: read against the codebook, so that nothing is stored that it does not hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.http import QueryDict

from qulaq.coding.codebook import NONE, UNCLEAR, Category, Variable
from qulaq.coding.decisions import Decision
from qulaq.lang import Language, Phrase
from qulaq.web.coding import words

LONGEST_REMARK = 4_000
_KEYS = ("1234567890", "qwertyiopadfghjklxcvbnm")  # without U, S, Z, which do something else
KEYS = "".join(_KEYS)


class Forged(Exception):
    """
    The form tells what no form of ours does: a category or a variable that the codebook lacks.
    """


class Outdated(Exception):
    """
    The form was made by another definition than the codebook has now.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """
    A category to choose. `key` is its shortcut, "" where keys have run out.
    """

    code: str
    label: str
    definition: str
    examples: Sequence[str]
    counter_examples: Sequence[str]
    key: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """
    A variable as a question of the form.
    """

    name: str
    label: str
    question: str
    fingerprint: str
    many: bool
    unsure: bool
    options: Sequence[Option]
    problem: Phrase | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """
    What was sent: the codes of each variable, of which the coder is unsure, a remark, the turn that the form has seen.
    """

    turn: int = 0
    codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unsure: frozenset[str] = frozenset()
    remark: str = ""


def read_sent(data: QueryDict, variables: Sequence[Variable]) -> Sent:
    """
    Raises Forged, Outdated.
    """
    for variable in variables:
        told = data.get(f"print.{variable.name}", "")
        if told != variable.fingerprint:
            raise Outdated
        if not set(data.getlist(f"code.{variable.name}")) <= {"", *variable.codes}:
            raise Forged
    turn = data.get("turn", "")
    if not (turn.isascii() and turn.isdigit() and len(turn) < 10):  # noqa: PLR2004  # digits
        raise Forged
    return Sent(
        turn=int(turn),
        codes={
            one.name: tuple(
                dict.fromkeys(code for code in data.getlist(f"code.{one.name}") if code)
            )
            for one in variables
        },
        unsure=frozenset(one.name for one in variables if data.get(f"unsure.{one.name}")),
        remark=data.get("remark", "").replace("\r\n", "\n").replace("\0", "").strip(),
    )


def find_problems(sent: Sent, variables: Sequence[Variable]) -> dict[str, Phrase]:
    """
    What is wrong with the codes, by variable.
    """
    told = ((one.name, _problem(one, sent.codes.get(one.name, ()))) for one in variables)
    return {name: problem for name, problem in told if problem}


def _problem(variable: Variable, codes: Sequence[str]) -> Phrase | None:
    if not codes:
        return words.NOT_CHOSEN
    if variable.kind != "any":
        return words.ONLY_ONE if len(codes) > 1 else None
    alone = [code for code in codes if code in (NONE, UNCLEAR)]
    if alone and len(codes) > 1:
        return words.clash(alone[0])
    return None


def as_sent(decisions: Sequence[Decision]) -> Sent:
    """
    What is stored of a coder's decisions on one unit, as if it had just been sent.
    """
    last = max((one.turn for one in decisions), default=0)
    standing = [one for one in decisions if one.turn == last and one.codes]
    return Sent(
        turn=last,
        codes={one.variable: one.codes for one in standing},
        unsure=frozenset(one.variable for one in standing if one.unsure),
        remark=next((one.remark for one in standing), ""),
    )


def make_fields(
    variables: Sequence[Variable], sent: Sent, problems: Mapping[str, Phrase], language: Language
) -> Iterator[Field]:
    for one in variables:
        chosen = sent.codes.get(one.name, ())
        yield Field(
            name=one.name,
            label=one.label.to(language),
            question=one.question.to(language),
            fingerprint=one.fingerprint,
            many=one.kind == "any",
            unsure=one.name in sent.unsure,
            options=[
                _option(part, place, part.code in chosen, language)
                for place, part in enumerate(one.categories)
            ],
            problem=problems.get(one.name),
        )


def _option(part: Category, place: int, chosen: bool, language: Language) -> Option:
    return Option(
        code=part.code,
        label=part.label.to(language),
        definition=part.definition.to(language),
        examples=[one.to(language) for one in part.examples],
        counter_examples=[one.to(language) for one in part.counter_examples],
        key=KEYS[place] if place < len(KEYS) else "",
        chosen=chosen,
    )
