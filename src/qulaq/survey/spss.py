"""Names that SPSS can take: the rules of its variables, as IBM's reference of the command syntax states them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from qulaq.lang import Phrase, phrase
from qulaq.survey.questionnaire import Question

LONGEST_NAME = 64  # bytes in UTF-8
RESERVED = frozenset(
    ("ALL", "AND", "BY", "EQ", "GE", "GT", "LE", "LT", "NE", "NOT", "OR", "TO", "WITH")
)
_FIRST = re.compile(r"[^\W\d_]")
_REST = re.compile(r"[\w.@#$]*")


def find_fault(name: str) -> Phrase | None:
    """
    Why SPSS would not take that name; nothing where it would.
    """
    if name.upper() in RESERVED:
        return phrase("“{name}” is a word of SPSS itself.", name=name)
    if len(name.encode()) > LONGEST_NAME:
        return phrase(
            "the name “{name}” is longer than the {n} bytes that SPSS takes.",
            name=name,
            n=LONGEST_NAME,
        )
    if not _FIRST.match(name) or not _REST.fullmatch(name) or name.endswith("."):
        return phrase("SPSS does not take the name “{name}”.", name=name)
    return None


def variables(question: Question) -> Iterator[str]:
    """
    The variables of a question in a file for SPSS: one, or one for each of several choices.
    """
    if not question.takes_many or question.choices is None:
        yield question.name
        return
    for choice in question.choices.choices:
        yield f"{question.name}_{choice.name}"


def find_faults(questions: Iterable[Question]) -> Iterator[tuple[Question, Phrase]]:
    """
    The questions whose names SPSS would not take, or could not tell apart, the first fault of each.
    """
    seen: dict[str, str] = {}
    for question in questions:
        for name in (question.name, *variables(question)):
            fault = find_fault(name) or _repeated(name, seen)
            if fault is not None:
                yield question, fault
                break
        seen |= {name.upper(): name for name in variables(question)}


def _repeated(name: str, seen: dict[str, str]) -> Phrase | None:
    other = seen.get(name.upper())
    if other is None:
        return None
    return phrase("SPSS does not tell “{name}” from “{other}”.", name=name, other=other)
