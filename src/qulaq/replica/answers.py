"""The respondents as exports of two Google Forms, one in Kazakh and one in Russian."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from qulaq.replica.respondents import Respondent, make_respondents, replica_questionnaire
from qulaq.sheets import write_csv_file
from qulaq.survey.questionnaire import Question

TIMESTAMP = {"kk": "Уақыт белгісі", "ru": "Отметка времени"}
"""How Google heads the first column, by the language of the form's owner."""


def write_answers(folder: Path) -> tuple[Path, ...]:
    """
    Write one CSV for each language, as a form's table of answers is downloaded.
    """
    folder.mkdir(parents=True, exist_ok=True)
    questions = [one for one in replica_questionnaire().questions if one.is_asked]
    respondents = make_respondents()
    return tuple(
        _write(folder / f"replica-answers-{language}.csv", language, questions, respondents)
        for language in TIMESTAMP
    )


def _write(
    file: Path, language: str, questions: Sequence[Question], respondents: Sequence[Respondent]
) -> Path:
    rows: list[list[str]] = [[TIMESTAMP[language], *(one.label.to(language) for one in questions)]]
    rows += [
        [f"{one.moment:%d.%m.%Y %H:%M:%S}", *(_label(one, question) for question in questions)]
        for one in respondents
        if one.language == language
    ]
    write_csv_file(rows, file)
    return file


def _label(respondent: Respondent, question: Question) -> str:
    code = respondent.answers.get(question.name)
    if code is None or question.choices is None:
        return ""
    return question.choices.by_name[code].label.to(respondent.language)
