"""`qulaq coding check`: is the codebook sound?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qulaq.cli.speech import said, tell
from qulaq.cli.tables import AsJson, Form, show
from qulaq.lang import phrase, phrases, preferred_language, say

if TYPE_CHECKING:
    from qulaq.coding.codebook import Category, Reading, Variable

REFUSED = 1


def check(
    place: Annotated[
        Path,
        typer.Argument(
            metavar="STUDY|FILE",
            help=said("The folder of a study with its codebook.toml, or a codebook itself."),
        ),
    ],
    as_json: AsJson = False,
) -> None:
    from qulaq.coding.codebook import look_through

    file = _codebook_of(place)
    reading = look_through(file)
    if reading.faults and not as_json:
        _show_faults(reading)
    else:
        _show_variables(reading, file, Form(json=as_json))
    tell(
        phrase(
            "looked through {file}: {errors}, {variables}.",
            file=file,
            errors=phrases("{n} error", "{n} errors", n=len(reading.faults)),
            variables=phrases("{n} variable", "{n} variables", n=len(_variables(reading))),
        )
    )
    if reading.faults:
        raise typer.Exit(REFUSED)


def _codebook_of(place: Path) -> Path:
    """
    The codebook itself, or that of a study. Raises StudyError for a folder that is no study.
    """
    if not place.is_dir():
        return place
    from qulaq.study import open_study

    return open_study(place).codebook


def _variables(reading: Reading) -> tuple[Variable, ...]:
    return reading.codebook.variables if reading.codebook else ()


def _show_faults(reading: Reading) -> None:
    language = preferred_language()
    show(
        Form(),
        heading=[said("where"), said("problem")],
        rows=[
            [say(one.where, language), f"{say(one.found, language)} {say(one.remedy, language)}"]
            for one in reading.faults
        ],
        data=None,
    )


def _show_variables(reading: Reading, file: Path, form: Form) -> None:
    language = preferred_language()
    variables = _variables(reading)
    show(
        form,
        heading=[
            said("variable"), said("unit"), said("kind"), said("categories"), said("question"), said("fingerprint"),
        ],
        rows=[
            [one.name, one.unit, one.kind, len(one.categories), one.question.to(language), one.fingerprint]
            for one in variables
        ],
        data={
            "file": str(file),
            "problems": [
                {
                    "where": say(one.where, language),
                    "found": say(one.found, language),
                    "remedy": say(one.remedy, language),
                }
                for one in reading.faults
            ],
            "variables": [_described(one) for one in variables],
        },
    )  # fmt: skip


def _described(one: Variable) -> dict[str, object]:
    language = preferred_language()
    return {
        "name": one.name,
        "unit": one.unit,
        "kind": one.kind,
        "label": one.label.to(language),
        "question": one.question.to(language),
        "source": one.source or None,
        "fingerprint": one.fingerprint,
        "same_as": list(one.same_as),
        "levels": list(one.levels) or None,
        "categories": [_category(category) for category in one.categories],
    }


def _category(one: Category) -> dict[str, object]:
    language = preferred_language()
    return {
        "code": one.code,
        "group": one.group or None,
        "label": one.label.to(language),
        "definition": one.definition.to(language),
        "examples": [text.to(language) for text in one.examples],
        "counter_examples": [text.to(language) for text in one.counter_examples],
        "answerable": one.answerable,
    }
