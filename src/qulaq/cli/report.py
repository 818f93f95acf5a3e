"""`qulaq report`: the report in the languages and formats wanted."""

from __future__ import annotations

import shlex
from typing import Annotated

import typer

from qulaq.cli.answers import describe_answers
from qulaq.cli.decisions import read_coding
from qulaq.cli.options import EngineAddress, StudyFolder, now, read_language
from qulaq.cli.speech import said, working


def report(
    study: StudyFolder,
    lang: Annotated[
        list[str] | None,
        typer.Option(
            help=said("A language, kk, ru or en; may be repeated. All of the study's if left out.")
        ),
    ] = None,
    to: Annotated[list[str] | None, typer.Option(help=said("A format; may be repeated."))] = None,
    charts: Annotated[
        bool,
        typer.Option(
            "--charts/--no-charts",
            help=said("Write each chart also as PNG and SVG, into a folder beside the report."),
        ),
    ] = True,
    engine: EngineAddress = None,
) -> None:
    from qulaq.engine.opening import open_engine
    from qulaq.reports import FORMATS, write_report
    from qulaq.study import open_study

    opened = open_study(study)
    formats = to or ["html"]
    for name in formats:
        FORMATS.get(name)
    languages = [read_language(code) for code in lang] if lang else list(opened.languages)
    command = shlex.join(
        [
            "qulaq",
            "report",
            str(study),
            *(word for code in languages for word in ("--lang", code)),
            *(word for name in formats for word in ("--to", name)),
            *([] if charts else ["--no-charts"]),
        ]
    )
    with working(str(study)) as progress:
        files = write_report(
            opened,
            languages=languages,
            formats=formats,
            now=now(),
            command=command,
            charts=charts,
            survey=describe_answers(opened),
            coding=read_coding(opened),
            engine=open_engine(engine),
            progress=progress,
        )
    for file in files:
        typer.echo(file)
