"""One cell as an answer to a question, and what could not be read of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qulaq.lang import Phrase, phrase
from qulaq.survey.answers import ACKNOWLEDGED, Answer, clean, find_misfit
from qulaq.survey.exchange.choices import JOINTS, KnownChoices, Named
from qulaq.survey.exchange.likeness import alike
from qulaq.survey.exchange.moments import Order, read_day
from qulaq.survey.questionnaire import Question

TICKS = frozenset(("1", "1.0", "true", "yes", "y", "x", "✓", "✔", "✅", "+", "да", "иә", "ия"))
BLANKS = frozenset(("", "0", "0.0", "false", "no", "n", "нет", "жоқ", "n/a", "-"))

NO_CHOICE = phrase("this is none of the choices")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """
    What a cell tells: an answer, words of the person's own that belong to `…_other`, the languages of the labels.

    `unread` is the part of the cell that is no answer, `why` the reason.
    """

    answer: Answer | None = None
    other: str = ""
    languages: Sequence[frozenset[str]] = ()
    unread: str = ""
    why: Phrase | None = None


NOTHING = Told()


class Cells:
    """
    The cells of one question, each distinct one read once.

    `takes_other`: the form has a question for what people wrote themselves, beside a choice for it.
    """

    def __init__(
        self, known: KnownChoices, *, joints: Sequence[str], takes_other: bool, order: Order
    ) -> None:
        self.question: Question = known.question
        self.known = known
        self._joints = (*joints, *JOINTS)
        self._other = known.other if takes_other else ""
        self._order = order
        self._read: dict[str, Told] = {"": NOTHING}

    def read(self, cell: str) -> Told:
        told = self._read.get(cell)
        if told is None:
            told = self._read[cell] = self._read_anew(cell)
        return told

    def _read_anew(self, cell: str) -> Told:
        if self.question.choices is None:
            return self._read_value(clean(cell))
        if self.question.takes_many:
            return self._read_several(cell)
        named = self.known.find(cell)
        if named is None:
            return self._own_words((), cell)
        return Told(answer=named.code or None, languages=(named.languages,))

    def _read_several(self, cell: str) -> Told:
        split = self.known.split(cell, self._joints)
        if split.rest:
            return self._own_words(split.chosen, split.rest)
        codes = self.known.in_order(one.code for one in split.chosen)
        return Told(answer=codes or None, languages=tuple(one.languages for one in split.chosen))

    def _own_words(self, chosen: Sequence[Named], rest: str) -> Told:
        """
        What is no label: words for "other" where the form has a place for them, else not read.
        """
        codes = [one.code for one in chosen] + ([self._other] if self._other else [])
        several = self.known.in_order(codes)
        answer = several if self.question.takes_many else self._other
        return Told(
            answer=answer or None,
            other=clean(rest) if self._other else "",
            languages=tuple(one.languages for one in chosen),
            unread="" if self._other else rest,
            why=None if self._other else NO_CHOICE,
        )

    def _read_value(self, text: str) -> Told:
        settled = self.known.find(text)
        value = settled.code if settled else _as_kept(self.question, text, self._order)
        if not value:
            return NOTHING
        misfit = find_misfit(self.question, value)
        return Told(unread=text, why=misfit) if misfit else Told(answer=value)


def _as_kept(question: Question, text: str, order: Order) -> str:
    """
    The value as answers keep it; what is of another kind stays as it is.
    """
    match question.kind:
        case "integer" | "decimal":
            number = re.sub(r"\s", "", text).replace(",", ".").replace("−", "-")
            return re.sub(r"\.0*$", "", number)
        case "date":
            return read_day(text, order) or text
        case "time":
            return re.sub(r"^(\d{1,2}:\d\d):\d\d.*$", r"\1", text).rjust(5, "0")
        case "acknowledge":
            return ACKNOWLEDGED if alike(text) in TICKS or text == ACKNOWLEDGED else ""
    return text


def read_tick(cell: str, code: str, known: KnownChoices) -> bool | None:
    """
    Whether the column of one choice says that it was chosen; None where it says neither yes nor no.
    """
    told = alike(cell)
    if told in BLANKS:
        return False
    if told in TICKS:
        return True
    named = known.find(cell)
    return True if named and named.code == code else None
