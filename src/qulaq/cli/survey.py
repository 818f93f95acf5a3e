"""`qulaq survey`: what the public is asked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qulaq.cli.frame import Command, Group
from qulaq.cli.speech import said, tell, working
from qulaq.cli.tables import AsJson, Form, show
from qulaq.lang import phrase, phrases, preferred_language, say

if TYPE_CHECKING:
    from qulaq.survey.check import Check
    from qulaq.survey.problems import Problem

app = typer.Typer(cls=Group, no_args_is_help=True, rich_markup_mode=None)

REFUSED = 1


@app.command(
    cls=Command,
    name="check",
    help=said("Look through a questionnaire (XLSForm): all that is wrong with it, row by row.")
    + "\n\nqulaq survey check questionnaire.xlsx",
)
def check(
    form: Annotated[
        Path,
        typer.Argument(
            metavar="FORM|STUDY",
            help=said("An XLSForm (XLSX), or the folder of a study with its questionnaire.xlsx."),
        ),
    ],
    as_json: AsJson = False,
) -> None:
    from qulaq.study import open_study
    from qulaq.survey.check import check_form
    from qulaq.survey.eligibility import check_screen_out

    study = open_study(form) if form.is_dir() else None
    file = study.questionnaire if study else form
    with working(file.name):
        found = check_form(file)
    if found.problems or as_json:
        show(
            Form(json=as_json),
            heading=[said("level"), said("sheet"), said("row"), said("column"), said("problem")],
            rows=[_told(problem) for problem in found.problems],
            data=_described(found),
        )
    _tell_outcome(found)
    if study and found.questionnaire:
        check_screen_out(study, found.questionnaire)
    if found.errors:
        raise typer.Exit(REFUSED)


def _told(problem: Problem) -> list[object]:
    language = preferred_language()
    level = said("error") if problem.level == "error" else said("warning")
    words = f"{say(problem.found, language)} {say(problem.remedy, language)}"
    return [level, problem.sheet or None, problem.row, problem.column or None, words]


def _described(found: Check) -> dict[str, object]:
    language = preferred_language()
    questionnaire = found.questionnaire
    return {
        "file": str(found.file),
        "converts": found.converts,
        "can_be_asked": questionnaire is not None,
        "errors": found.errors,
        "warnings": found.warnings,
        "languages": [one.code for one in questionnaire.languages] if questionnaire else None,
        "questions": sum(one.is_asked for one in questionnaire.questions)
        if questionnaire
        else None,
        "screens": len(questionnaire.screens) if questionnaire else None,
        "problems": [
            {
                "level": one.level,
                "sheet": one.sheet or None,
                "row": one.row,
                "column": one.column or None,
                "found": say(one.found, language),
                "remedy": say(one.remedy, language),
            }
            for one in found.problems
        ],
    }


def _tell_outcome(found: Check) -> None:
    tell(
        phrase(
            "looked through {file}: {errors}, {warnings}.",
            file=found.file,
            errors=phrases("{n} error", "{n} errors", n=found.errors),
            warnings=phrases("{n} warning", "{n} warnings", n=found.warnings),
        )
    )
    if not found.converts:
        tell(phrase("pyxform refuses the form: neither ODK nor KoboToolbox can ask it."))
    elif found.questionnaire is None:
        tell(phrase("pyxform converts the form for ODK and KoboToolbox; Qulaq cannot ask it."))
