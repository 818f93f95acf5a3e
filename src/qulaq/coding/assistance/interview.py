"""A language model asked about units one by one, first about those that people coded."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Protocol

from qulaq.coding.assistance.learning import Proposal
from qulaq.coding.assistance.material import Material
from qulaq.coding.assistance.prompt import instruct, read_answer, to_send
from qulaq.coding.assistance.transcript import Transcript
from qulaq.lang import Phrase, phrase


class Asked(Protocol):
    """
    Whoever answers: `remote.Connection`.
    """

    def ask(self, instructions: str, text: str) -> str:
        """
        What the model answers to that text.
        """


@dataclass(slots=True, kw_only=True)
class Interview:
    """
    What was answered so far, by a unit's place; `refused` are answers that the codebook does not know.
    """

    material: Material
    transcript: Transcript
    proposals: dict[int, Proposal] = field(default_factory=dict)
    refused: set[int] = field(default_factory=set)

    def ask(
        self, model: Asked, places: Iterable[int], *, progress: Callable[[Phrase], None]
    ) -> None:
        """
        Ask about units of which the answer is not known. Each answer is kept before the next question.
        """
        variable = self.material.variable
        instructions = instruct(variable)
        wanted = list(places)
        for n, place in enumerate(wanted):
            progress(phrase("texts read by the model: {n} of {total}", n=n, total=len(wanted)))
            unit, sent = self.material.units[place], to_send(self.material.texts[place] or "")
            raw = self.transcript.find(unit, sent)
            if raw is None:
                raw = model.ask(instructions, sent)
                told = read_answer(raw, variable)
                self.transcript.keep(unit, sent, raw, code=told.code if told else None)
            proposal = read_answer(raw, variable)
            if proposal:
                self.proposals[place] = proposal
            else:
                self.refused.add(place)


def to_try(material: Material) -> list[int]:
    """
    The places of units on which a model can be tried: chance drew them and people settled them.
    """
    return [place for place in material.learnable if material.units[place] in material.drawn]
