"""Cells of an export and the choices of a question: a code or a label in any language is the same answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from qulaq.survey.exchange.likeness import alike
from qulaq.survey.questionnaire import Choice, Question

_WHOLE = re.compile(r"(-?\d+)\.0+", re.ASCII)

_LIMESURVEY_OTHER = "-oth-"

JOINTS = ("; ", ";", ", ", "|", "\n")
"""What stands between several choices in any program's cells, after what the format says."""


@dataclass(frozen=True, slots=True)
class Named:
    """
    The choice that a text names, and the languages in which it does; none where the text is its code.
    """

    code: str
    languages: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Split:
    """
    The choices that a cell names, in the order of the cell, and what is left of it.
    """

    chosen: tuple[Named, ...]
    rest: str


class KnownChoices:
    """
    The choices of one question by all that may name them.

    A text that names two choices names none: neither is likelier. `settled` are texts that a person has given a
    code, or "" for no answer at all.
    """

    def __init__(
        self, question: Question, *, codes_first: bool, settled: Mapping[str, str]
    ) -> None:
        self.question = question
        self._codes_first = codes_first
        choices = question.choices.choices if question.choices else ()
        codes = {alike(one.name): Named(one.name) for one in choices}
        labels = _by_label(choices)
        self._named = (labels | codes) if codes_first else (codes | labels)
        self._named |= {alike(text): Named(code) for text, code in settled.items()}
        if any(one.name == "other" for one in choices):
            self._named.setdefault(_LIMESURVEY_OTHER, Named("other"))
        self._order = {one.name: place for place, one in enumerate(choices)}

    def find(self, text: str) -> Named | None:
        """
        The choice that a whole text names.
        """
        if not self._named:  # a question without choices: its words need no spelling
            return None
        told = alike(text)
        whole = _WHOLE.fullmatch(told)
        return self._named.get(told) or (self._named.get(whole[1]) if whole else None)

    def split(self, cell: str, joints: Iterable[str]) -> Split:
        """
        The choices that a cell of several names. Labels may hold the joint themselves: the longest run of parts
        that is a label counts.
        """
        if whole := self.find(cell):
            return Split((whole,), "")
        best = Split((), cell)
        for joint in dict.fromkeys(joints):
            if joint not in cell:
                continue
            found = self._split_at(joint, cell)
            if not found.rest:
                return found
            # Blanks stand between words too: only where codes are written do some of them make an answer.
            if (joint != " " or self._codes_first) and len(found.chosen) > len(best.chosen):
                best = found
        return best

    def _split_at(self, joint: str, cell: str) -> Split:
        parts = [part for part in cell.split(joint) if part.strip()]
        mark = joint.strip() or " "
        most = 1 + max((text.count(mark) for text in self._named), default=0)
        chosen: list[Named] = []
        rest: list[str] = []
        start = 0
        while start < len(parts):
            end, named = self._longest_from(parts[start : start + most], start, joint)
            if named:
                chosen.append(named)
            else:
                rest.append(parts[start])
            start = end
        return Split(tuple(chosen), joint.join(rest).strip())

    def _longest_from(
        self, parts: Sequence[str], start: int, joint: str
    ) -> tuple[int, Named | None]:
        """
        The longest run of parts that names a choice, by where it ends; none leaves one part aside.
        """
        for n in range(len(parts), 0, -1):
            if named := self.find(joint.join(parts[:n])):
                return start + n, named
        return start + 1, None

    def in_order(self, codes: Iterable[str]) -> list[str]:
        """
        Each code once, in the order of the form; "" is none.
        """
        return sorted(filter(None, set(codes)), key=lambda code: self._order.get(code, 0))

    @property
    def other(self) -> str:
        """
        The code of the choice beside which people write their own, "" where there is none.
        """
        return "other" if "other" in self._order else ""


def _by_label(choices: Sequence[Choice]) -> dict[str, Named]:
    """
    The choices by label; labels that two of them share are left out.
    """
    found: dict[str, dict[str, set[str]]] = {}
    for choice in choices:
        for language, label in choice.label.texts.items():
            found.setdefault(alike(label), {}).setdefault(choice.name, set()).add(language)
    return {
        text: Named(code, frozenset(languages))
        for text, by_code in found.items()
        if text and len(by_code) == 1
        for code, languages in by_code.items()
    }
