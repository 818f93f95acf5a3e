"""The columns that answer one question, read together: whole answers, and columns of single choices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from qulaq.lang import Phrase, phrase
from qulaq.survey.answers import Answer, clean
from qulaq.survey.exchange.matching import Match
from qulaq.survey.exchange.values import Cells, Told, read_tick
from qulaq.survey.questionnaire import Question


@dataclass(frozen=True, slots=True)
class Fault:
    """
    What stands in a column and is not read, and why.
    """

    match: Match
    value: str
    why: Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """
    What one row answers to one question. `other`: in words of its own, beside the choice for it; `is_unlisted` where
    these words stood among the answers themselves.
    """

    answer: Answer | None = None
    other: str = ""
    is_unlisted: bool = False
    languages: Sequence[frozenset[str]] = ()
    faults: Sequence[Fault] = ()


NOTHING = Given()


@dataclass(slots=True, kw_only=True)
class Feed:
    """
    A question and its columns.

    Where an export writes several choices both in one cell and in a column each, the columns count where the cell
    cannot be read.
    """

    cells: Cells
    whole: list[Match] = field(default_factory=list)
    single: list[Match] = field(default_factory=list)
    _given: dict[str, Given] = field(default_factory=dict, init=False)

    @property
    def question(self) -> Question:
        return self.cells.question

    def read(self, row: Sequence[str]) -> Given:
        """
        Of one column, as questions mostly have, each distinct cell is read once.
        """
        if len(self.whole) != 1 or self.single:
            return self._read_together(row)
        cell = row[self.whole[0].column.place]
        given = self._given.get(cell)
        if given is None:
            given = self._given[cell] = self._read_together(row)
        return given

    def _read_together(self, row: Sequence[str]) -> Given:
        told = [
            (match, cell, self.cells.read(cell))
            for match in self.whole
            if (cell := row[match.column.place])
        ]
        if not self.single:
            return _agreed(told) if told else NOTHING
        ticked = self._read_single(row)
        if any(one.answer and not one.why for _, _, one in told):
            given = _agreed(told)
            return replace(given, other=given.other or ticked.other)
        return _agreed(told) if told and not ticked.answer else ticked

    def _read_single(self, row: Sequence[str]) -> Given:
        chosen: list[str] = []
        words: list[str] = []
        faults: list[Fault] = []
        for match in self.single:
            cell = row[match.column.place]
            is_chosen = read_tick(cell, match.choice, self.cells.known)
            if is_chosen or (is_chosen is None and match.words):
                chosen.append(match.choice)
            if is_chosen is None and match.words:
                words.append(clean(cell))
            elif is_chosen is None:
                faults.append(Fault(match, cell, _NO_TICK))
        given = Given(other="; ".join(words), faults=faults)
        codes = self.cells.known.in_order(chosen)
        if self.question.takes_many:
            return replace(given, answer=codes or None)
        if len(codes) > 1:
            faults.append(Fault(self.single[0], ", ".join(codes), _ONE_ONLY))
            return given
        return replace(given, answer="".join(codes) or None)


_NO_TICK = phrase("this says neither yes nor no")
_ONE_ONLY = phrase("only one answer can be given here")
_OTHERWISE = phrase("another column answers the question otherwise")


def _agreed(told: Sequence[tuple[Match, str, Told]]) -> Given:
    """
    What the columns say together: the first answer stands, another one beside it is left out.
    """
    if len(told) == 1:
        ((match, _, one),) = told
        faults = (Fault(match, one.unread, one.why),) if one.why else ()
        return Given(
            answer=one.answer,
            other=one.other,
            is_unlisted=bool(one.other),
            languages=one.languages,
            faults=faults,
        )
    first = next((one for _, _, one in told if one.answer is not None), told[0][2])
    return Given(
        answer=first.answer,
        other=first.other,
        is_unlisted=bool(first.other),
        languages=[each for _, _, one in told for each in one.languages],
        faults=list(_disagreements(told, first)),
    )


def _disagreements(told: Sequence[tuple[Match, str, Told]], first: Told) -> Iterator[Fault]:
    for match, cell, one in told:
        if one.why is not None:
            yield Fault(match, one.unread, one.why)
        elif one.answer is not None and one.answer != first.answer:
            yield Fault(match, cell, _OTHERWISE)
