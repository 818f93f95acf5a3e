"""
What a person has settled about an export: a TOML file.

    [[columns]]
    column = "Сколько вам полных лет?"
    question = "age"            # or part = "ignored", "moment", "id", "language", "channel"

    [[columns]]
    column = "Причины: другое"
    question = "why_follow"
    choice = "other"            # a column that is for one choice only

    [[answers]]
    question = "age"
    given = ["18-24 жас", "от 18 до 24"]
    choice = "18_24"            # left out: no answer
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from qulaq.errors import listed_names
from qulaq.lang import phrase
from qulaq.study.settings import Settings, read_settings
from qulaq.survey.exchange.likeness import alike
from qulaq.survey.questionnaire import Question, Questionnaire

Part = Literal["question", "ignored", "moment", "id", "language", "channel"]
_PARTS: tuple[Part, ...] = ("ignored", "moment", "id", "language", "channel")


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """
    What a column is used for: a question, one choice of it, or a part of the response.
    """

    part: Part
    question: str = ""
    choice: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeMapping:
    """
    Columns by their heading, and per question the texts that are a choice, "" for none; both as `alike` spells them.
    """

    columns: Mapping[str, Use] = field(default_factory=dict)
    answers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


NO_MAPPING = ExchangeMapping()


def read_mapping(file: Path, questionnaire: Questionnaire) -> ExchangeMapping:
    """
    Read and check a mapping. Raises StudyError with the line for keys, questions and choices that do not exist.
    """
    top = read_settings(file)
    columns = dict(_read_column(one, questionnaire) for one in top.tables("columns"))
    answers: dict[str, dict[str, str]] = {}
    for one in top.tables("answers"):
        question = _read_question(one, questionnaire)
        code = _read_choice(one, question) if one.has("choice") else ""
        answers.setdefault(question.name, {}).update(
            (alike(text), code) for text in one.words("given")
        )
        one.finish()
    top.finish()
    return ExchangeMapping(columns=columns, answers=answers)


def _read_column(table: Settings, questionnaire: Questionnaire) -> tuple[str, Use]:
    heading = alike(table.text("column"))
    if table.has("part"):
        part = table.text("part")
        if part not in _PARTS:
            raise table.complain(
                "part",
                phrase("“{name}” is not known here.", name=part),
                phrase("Known: {names}.", names=listed_names(_PARTS)),
            )
        use = Use(part=part)
    else:
        question = _read_question(table, questionnaire)
        choice = _read_choice(table, question) if table.has("choice") else ""
        use = Use(part="question", question=question.name, choice=choice)
    table.finish()
    return heading, use


def _read_question(table: Settings, questionnaire: Questionnaire) -> Question:
    name = table.text("question")
    found = questionnaire.by_name.get(name)
    if found is None or not found.is_asked:
        known = [one.name for one in questionnaire.questions if one.is_asked]
        raise table.complain(
            "question",
            phrase("the form has no question “{name}”.", name=name),
            phrase("Known: {names}.", names=listed_names(known)),
        )
    return found


def _read_choice(table: Settings, question: Question) -> str:
    """
    A choice of the question; of a question without choices the value itself.
    """
    name = table.text("choice")
    if question.choices is not None and name not in question.choices.by_name:
        raise table.complain(
            "choice",
            phrase("“{text}” is none of the choices of {name}.", text=name, name=question.name),
            phrase("Known: {names}.", names=listed_names(list(question.choices.by_name))),
        )
    return name
