"""The questionnaire that a new study begins with."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from importlib import resources
from pathlib import Path
from typing import Any

from qulaq.survey.dependence import depends, in_order
from qulaq.survey.expressions import compile_expression
from qulaq.survey.questionnaire import (
    Choice,
    ChoiceList,
    FormLanguage,
    Question,
    Questionnaire,
    Wording,
)
from qulaq.survey.screens import Placed, lay_out
from qulaq.survey.workbook import language_code
from qulaq.survey.writing import write_questionnaire


def write_standard_questionnaire(file: Path) -> None:
    """
    Write the standard questionnaire as an XLSForm, in Kazakh, Russian and English.
    """
    write_questionnaire(standard_questionnaire(), file)


def standard_questionnaire() -> Questionnaire:
    """
    The questionnaire of the study that Qulaq retells, from `questionnaire.toml` beside this module.
    """
    source = resources.files("qulaq.survey") / "questionnaire.toml"
    table = tomllib.loads(source.read_text(encoding="utf-8"))
    languages = tuple(FormLanguage(language_code(name), name) for name in table["languages"])
    placed = list(_read_screens(table["screens"]))
    questions = tuple(one.question for one in placed)
    default = languages[0].code
    return Questionnaire(
        name=table["name"],
        version=table["version"],
        title=Wording({default: table["title"]}),
        languages=languages,
        default_language=default,
        questions=questions,
        screens=lay_out(placed),
        order=in_order({one.name: depends(one) for one in questions}),
    )


def _read_screens(screens: list[dict[str, Any]]) -> Iterator[Placed]:
    for number, screen in enumerate(screens):
        label = Wording(screen["label"])
        for question in screen["questions"]:
            yield Placed(_read_question(question), (str(number),), label)


def _read_question(table: Mapping[str, Any]) -> Question:
    rules = {
        name: compile_expression(table[name]) if name in table else None
        for name in ("relevant", "constraint")
    }
    return Question(
        name=table["name"],
        kind=table["kind"],
        label=Wording(table["label"]),
        relevant=(rules["relevant"],) if rules["relevant"] else (),
        required=compile_expression("true()") if table.get("required") else None,
        constraint=rules["constraint"],
        constraint_message=Wording(table.get("constraint_message", {})),
        choices=_read_choices(table) if "choices" in table else None,
        appearance=table.get("appearance", ""),
    )


def _read_choices(table: Mapping[str, Any]) -> ChoiceList:
    choices = (Choice(name=one["name"], label=Wording(one["label"])) for one in table["choices"])
    return ChoiceList(table["name"], tuple(choices))
