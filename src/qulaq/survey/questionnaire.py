"""What a questionnaire is: languages, screens, questions, choices, and the rules among them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from qulaq.survey.expressions import Expression

Kind = Literal[
    "text", "integer", "decimal", "date", "time", "select_one", "select_multiple", "acknowledge",
    "note", "calculate",
]  # fmt: skip

UNTOLD = "und"
"""The language of a form that names none (BCP 47, "undetermined")."""

CONSISTENT = "bind::consistent"
"""The column of a form that says when an answer agrees with the others; ODK and KoboToolbox pass over it."""

REFERENCE = re.compile(r"\$\{\s*([^{}]*?)\s*\}")
"""How a form names a question within an expression or a wording: `${name}`."""


@dataclass(frozen=True, slots=True)
class Wording:
    """
    A text of the form in those of its languages that have it, by code.

    `to` falls back on the first language of the form that has a wording, and then on nothing; `${name}` in a
    wording is filled in by `qulaq.survey.answers.fill`.
    """

    texts: Mapping[str, str] = field(default_factory=dict)

    def to(self, language: str) -> str:
        return self.texts.get(language) or next(iter(self.texts.values()), "")

    @property
    def names(self) -> frozenset[str]:
        """
        The questions whose answers stand in it.
        """
        return frozenset(name for text in self.texts.values() for name in REFERENCE.findall(text))

    def __bool__(self) -> bool:
        return bool(self.texts)


@dataclass(frozen=True, slots=True)
class FormLanguage:
    """
    A language of the form: its code, such as "kk", and its name as the form writes it.
    """

    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """
    One answer to choose. `columns` are the further cells of its row, which a choice filter may ask about.
    """

    name: str
    label: Wording
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ChoiceList:
    """
    The choices of one list, in the order of the form; questions may share it.
    """

    name: str
    choices: tuple[Choice, ...]
    by_name: Mapping[str, Choice] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_name = {choice.name: choice for choice in reversed(self.choices)}
        object.__setattr__(self, "by_name", by_name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """
    One question, note or calculation.

    `relevant` are the conditions under which it is asked, those of the groups around it first: all must hold.
    `required` and `constraint` are conditions too; none means "never" and "anything". `consistent` says when an
    answer agrees with the others; none means: when the question is relevant. It never keeps anybody from answering.
    """

    name: str
    kind: Kind
    label: Wording = field(default_factory=Wording)
    hint: Wording = field(default_factory=Wording)
    relevant: tuple[Expression, ...] = ()
    required: Expression | None = None
    required_message: Wording = field(default_factory=Wording)
    constraint: Expression | None = None
    constraint_message: Wording = field(default_factory=Wording)
    consistent: Expression | None = None
    calculation: Expression | None = None
    choices: ChoiceList | None = None
    choice_filter: Expression | None = None
    appearance: str = ""
    default: str = ""

    @property
    def is_asked(self) -> bool:
        """
        Whether people answer it: notes are only read, calculations are not even seen.
        """
        return self.kind not in {"note", "calculate"}

    @property
    def is_seen(self) -> bool:
        return self.kind != "calculate"

    @property
    def takes_many(self) -> bool:
        return self.kind == "select_multiple"


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """
    Questions that are shown together. What one of them shows never hangs on another of the same screen, so
    that a page made on the server is right without a script. `number` counts from 1.
    """

    number: int
    label: Wording
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Questionnaire:
    """
    A form, read and checked.

    `questions` stand in the order of the form, calculations among them; `order` names them so that each comes
    after all on which its relevance and calculation depend.
    """

    name: str
    version: str
    title: Wording
    languages: tuple[FormLanguage, ...]
    default_language: str
    questions: tuple[Question, ...]
    screens: tuple[Screen, ...]
    order: tuple[str, ...]
    by_name: Mapping[str, Question] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_name = {question.name: question for question in self.questions}
        object.__setattr__(self, "by_name", by_name)

    def nearest_language(self, code: str) -> str:
        """
        That language where the form has it, else its default one.
        """
        codes = [language.code for language in self.languages]
        return code if code in codes else self.default_language
