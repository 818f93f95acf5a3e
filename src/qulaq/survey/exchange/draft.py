"""A questionnaire drafted from an export of answers, for a person to finish."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from qulaq.survey.exchange.formats import get_format
from qulaq.survey.exchange.layout import Column, Layout, make_layout
from qulaq.survey.exchange.mapping import NO_MAPPING
from qulaq.survey.exchange.matching import LeftOut, match_columns
from qulaq.survey.exchange.naming import make_names
from qulaq.survey.exchange.questions import Seen, see_questions
from qulaq.survey.questionnaire import (
    UNTOLD,
    Choice,
    ChoiceList,
    FormLanguage,
    Question,
    Questionnaire,
    Wording,
)
from qulaq.survey.screens import Placed, lay_out
from qulaq.survey.spss import find_fault
from qulaq.tables import read_table
from qulaq.text.language import detect_languages

_NAMES = {"kk": "Қазақша (kk)", "ru": "Русский (ru)", "en": "English (en)"}
_OWN_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """
    The questionnaire, and the columns that became no question.
    """

    questionnaire: Questionnaire
    left_out: tuple[LeftOut, ...]


def draft_from(file: Path, *, format: str | None = None, language: str | None = None) -> Draft:  # noqa: A002  # the word for it
    """
    Draft from a file, in the language that most of its headings are written in unless *language* says otherwise.

    Raises SourceError for a file that is no table, UnknownName for a format.
    """
    layout = make_layout(read_table(file), format=get_format(format) if format else None)
    return draft_questionnaire(layout, name=file.stem, language=language)


def draft_questionnaire(layout: Layout, *, name: str, language: str | None = None) -> Draft:
    """
    One question for each column, or for each run of columns that are the choices of one; one screen for each
    question. What tells who answered, and what the program itself wrote down, is left out.
    """
    matching = match_columns(layout, _form(name, UNTOLD, ()), NO_MAPPING)
    unknown = [one.column for one in matching.left_out if one.is_unknown]
    language = language or _language_of(unknown)
    seen = list(see_questions(layout, unknown))
    names = make_names((_spelled(one.text) for one in seen), default="q")
    questions = [_question(*one, language) for one in zip(names, seen, strict=True)]
    return Draft(
        questionnaire=_form(name, language, questions),
        left_out=tuple(one for one in matching.left_out if not one.is_unknown),
    )


def _language_of(columns: Sequence[Column]) -> str:
    found = detect_languages([one.heading for one in columns])
    told = Counter(one for one in found if one in _NAMES)
    return told.most_common(1)[0][0] if told else UNTOLD


def _form(name: str, language: str, questions: Sequence[Question]) -> Questionnaire:
    placed = [Placed(one, (str(number),), Wording()) for number, one in enumerate(questions)]
    told = FormLanguage(language, _NAMES.get(language, f"{language} ({language})"))
    return Questionnaire(
        name=make_names([name], default="survey")[0],
        version="1",
        title=Wording({language: name}),
        languages=(told,),
        default_language=language,
        questions=tuple(questions),
        screens=lay_out(placed),
        order=tuple(one.name for one in questions),
    )


def _spelled(text: str) -> str:
    """
    What a question is named after: of a name with groups before it the name.
    """
    return text if " " in text else text.rpartition("/")[2]


def _question(name: str, seen: Seen, language: str) -> Question:
    own = _spelled(seen.text)
    if _OWN_NAME.fullmatch(own) and find_fault(own) is None:
        name = own
    codes = make_names(seen.labels, default="")
    choices = ChoiceList(
        name,
        tuple(
            Choice(name=code or f"choice_{place}", label=_worded(label, language))
            for place, (code, label) in enumerate(zip(codes, seen.labels, strict=True), start=1)
        ),
    )
    return Question(
        name=name,
        kind=seen.kind,
        label=_worded(seen.text, language),
        choices=choices if seen.labels else None,
        appearance="multiline" if seen.kind == "text" else "",
    )


def _worded(text: str, language: str) -> Wording:
    """
    A text of the form; what a form would take for a reference to another question is none here.
    """
    return Wording({language: text.replace("${", "$ {")})
