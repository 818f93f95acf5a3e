"""Which column of an export answers which question of the form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from qulaq.lang import Phrase, phrase
from qulaq.survey.exchange.layout import Column, Layout
from qulaq.survey.exchange.likeness import alike, without_number
from qulaq.survey.exchange.mapping import ExchangeMapping, Part, Use
from qulaq.survey.exchange.privacy import is_personal
from qulaq.survey.questionnaire import Question, Questionnaire

How = Literal["name", "text", "mapping"]
"""By what a column was matched: the question's name, its text in some language, a person's mapping."""

_PREFIXES = "/-:."
_MARKS = ("/", ": ", " - ", " – ", "_", ".")
_LANGUAGES = ("language", "lang", "язык", "тіл", "тілі")
_CHANNELS = ("channel", "from", "utm_source", "канал", "арна")
_OTHER = ("other", "другое", "басқа", "other (please specify)", "другое (укажите)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """
    A column and what it answers. `choice`: it is for this choice only; `words`: it holds what people wrote beside it.

    `languages` are those in which the question's text stands above the column.
    """

    column: Column
    question: Question
    how: How
    choice: str = ""
    words: bool = False
    languages: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """
    A column that is not taken in, and why.
    """

    column: Column
    why: Phrase
    is_unknown: bool = False


@dataclass(slots=True, kw_only=True)
class Matching:
    """
    What every column is used for. `sure_ids` tell rows apart for certain: the others of `ids` are numbers that somebody
    typed, which another file may hold too.
    """

    matches: list[Match] = field(default_factory=list)
    moments: list[Column] = field(default_factory=list)
    ids: list[Column] = field(default_factory=list)
    sure_ids: list[Column] = field(default_factory=list)
    languages: list[Column] = field(default_factory=list)
    channels: list[Column] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

    @property
    def parts(self) -> Mapping[Part, list[Column]]:
        """
        The columns that tell of the response itself, the best of each kind first.
        """
        return {
            "moment": self.moments,
            "id": self.ids,
            "language": self.languages,
            "channel": self.channels,
        }


def match_columns(
    layout: Layout, questionnaire: Questionnaire, mapping: ExchangeMapping
) -> Matching:
    """
    Match every column: what a person settled first, then personal data, which is left out, then questions, then
    what formats say of the response. Several columns may answer one question, as where a form asks it in two
    languages in turn.
    """
    known = _Known(questionnaire)
    matching = Matching()
    for column in layout.columns:
        use = mapping.columns.get(alike(column.name)) or mapping.columns.get(alike(column.heading))
        if use is not None:
            _apply(matching, column, use, questionnaire)
        elif is_personal(column.heading, layout.cells(column)):
            why = phrase("names, addresses and telephone numbers are not stored")
            matching.left_out.append(LeftOut(column=column, why=why))
        elif found := known.find(column):
            matching.matches.append(found)
        else:
            _place(matching, column, layout, known)
    _rank(matching, layout)
    return matching


def _apply(matching: Matching, column: Column, use: Use, questionnaire: Questionnaire) -> None:
    if use.part == "question":
        question = questionnaire.by_name[use.question]
        matching.matches.append(
            Match(column=column, question=question, how="mapping", choice=use.choice)
        )
    elif use.part == "ignored":
        why = phrase("the mapping says so")
        matching.left_out.append(LeftOut(column=column, why=why))
    else:
        matching.parts[use.part].append(column)
        if use.part == "id":
            matching.sure_ids.append(column)


def _place(matching: Matching, column: Column, layout: Layout, known: _Known) -> None:
    """
    A column that is no question: a part of the response, one of the format's own, or unknown.
    """
    part = _part_of(column, layout)
    if part is not None:
        matching.parts[part].append(column)
        if part == "id" and layout.format.has_sure_ids:
            matching.sure_ids.append(column)
    elif _is_technical(column, layout):
        why = phrase("it says nothing of the answers")
        matching.left_out.append(LeftOut(column=column, why=why))
    else:
        why = known.why_not(column)
        matching.left_out.append(LeftOut(column=column, why=why, is_unknown=True))


def _spellings(column: Column) -> tuple[str, ...]:
    told = alike(column.heading)
    return (told, told.partition(". ")[0])


def _part_of(column: Column, layout: Layout) -> Part | None:
    spellings = _spellings(column)
    kept: dict[Part, tuple[str, ...]] = {
        "moment": tuple(layout.format.moments),
        "id": tuple(layout.format.ids),
        "language": (*layout.format.languages, *_LANGUAGES),
        "channel": _CHANNELS,
    }
    if layout.format.moment_first and column.place == 0:
        return "moment"
    return next((part for part, names in kept.items() if set(names) & set(spellings)), None)


def _is_technical(column: Column, layout: Layout) -> bool:
    prefix = layout.format.technical_prefix
    spellings = _spellings(column)
    return bool(layout.format.technical & set(spellings)) or bool(
        prefix and spellings[0].startswith(prefix)
    )


def _rank(matching: Matching, layout: Layout) -> None:
    """
    The best column of each part first; where a mapping named one, that stands first already.
    """
    for columns, names in (
        (matching.moments, layout.format.moments),
        (matching.ids, layout.format.ids),
    ):
        order = {name: place for place, name in enumerate(names)}
        columns.sort(key=lambda one: min(order.get(name, len(order)) for name in _spellings(one)))


class _Known:
    """
    The questions of a form by all that may stand above their columns.
    """

    def __init__(self, questionnaire: Questionnaire) -> None:
        asked = [one for one in questionnaire.questions if one.is_asked]
        self._by_name = {alike(one.name): one for one in asked}
        self._run_together = {
            alike(one.name).replace("_", ""): one for one in reversed(asked)
        }  # LimeSurvey takes no "_" in a code
        self._by_text: dict[str, dict[str, set[str]]] = {}
        for question in asked:
            for language, text in question.label.texts.items():
                for spelling in {alike(text), without_number(alike(text))} - {""}:
                    named = self._by_text.setdefault(spelling, {})
                    named.setdefault(question.name, set()).add(language)

    def find(self, column: Column) -> Match | None:
        if column.option:
            whole = self._question(column, column.name)
            return whole or self._choice(column, column.heading, column.option)
        return self._question(column, column.heading) or next(
            (
                found
                for above, option, _ in split_heading(column.heading)
                if (found := self._choice(column, above, option))
            ),
            None,
        )

    def _question(self, column: Column, text: str) -> Match | None:
        """
        By name, with the groups before it or its text behind it; by text, unless two questions share it.
        """
        told = alike(text)
        for name in _names(told):
            if found := self._by_name.get(name) or self._run_together.get(name):
                return Match(column=column, question=found, how="name")
        for spelling in (told, without_number(told)):
            named = self._by_text.get(spelling, {})
            if len(named) == 1:
                ((name, languages),) = named.items()
                return Match(
                    column=column,
                    question=self._by_name[alike(name)],
                    how="text",
                    languages=frozenset(languages),
                )
        return None

    def _choice(self, column: Column, above: str, option: str) -> Match | None:
        """
        A column for one choice, or for what was written beside "other".
        """
        found = self._question(column, above)
        if found is None or found.question.choices is None:
            return None
        own = f"{found.question.name}_other"
        told = alike(option)
        code = self._code(found.question, told)
        if code is None and not (told in _OTHER and own in self._by_name):
            return None
        words = code in {None, "other"} and own in self._by_name
        return Match(
            column=column,
            question=found.question,
            how=found.how,
            choice=code or "other",
            words=words,
            languages=found.languages,
        )

    def _code(self, question: Question, told: str) -> str | None:
        choices = question.choices.choices if question.choices else ()
        named = [one.name for one in choices if alike(one.name) == told]
        named += [
            one.name
            for one in choices
            if told in {alike(text) for text in one.label.texts.values()}
        ]
        return named[0] if named else None

    def why_not(self, column: Column) -> Phrase:
        """
        Why a column is none of the questions.
        """
        named = self._by_text.get(alike(column.heading), {})
        if len(named) > 1:
            return phrase("the questions {names} share this text", names=", ".join(sorted(named)))
        return phrase("no question is like this")


def _names(told: str) -> Iterator[str]:
    """
    What in a heading may be a name: all of it, what stands after its groups, what stands before its text.
    """
    yield told
    yield told.partition(". ")[0]
    for mark in _PREFIXES if " " not in told else "":
        place = told.find(mark)
        while place >= 0:
            yield told[place + 1 :]
            place = told.find(mark, place + 1)


def split_heading(heading: str) -> Iterator[tuple[str, str, str]]:
    """
    A heading as a question and a choice, with the mark between: `q[choice]`, `q/choice`, `q_choice`, "Text [Choice]".
    """
    if heading.endswith("]") and "[" in heading:
        above, _, option = heading[:-1].rpartition("[")
        yield above.strip(), option, "["
    for mark in _MARKS:
        place = heading.rfind(mark)
        while place > 0:
            yield heading[:place], heading[place + len(mark) :], mark
            place = heading.rfind(mark, 0, place)
