"""`qulaq new` and `qulaq demo`: study folders."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qulaq.cli.answers import describe_answers, open_answers
from qulaq.cli.decisions import open_decisions, read_coding
from qulaq.cli.options import now
from qulaq.cli.serving import HOST, PORT, Port, serve_study
from qulaq.cli.speech import said, tell, working
from qulaq.errors import StudyError, UnknownName
from qulaq.lang import phrase

if TYPE_CHECKING:
    from qulaq.study import Study

REPLICA = "replica"
DEMO_FOLDER = Path("qulaq-demo")

Folder = Annotated[Path, typer.Argument(metavar="DIR", help=said("The folder to make."))]


def new(
    folder: Folder,
    example: Annotated[
        str | None,
        typer.Option(
            help=said("“replica”: the study of the paper, rebuilt from its published figures.")
        ),
    ] = None,
) -> None:
    if example is None:
        _make_fresh(folder)
        return
    if example != REPLICA:
        raise UnknownName.among(example, [REPLICA], kind="--example")
    make_replica(folder)
    typer.echo(folder / "study.toml")
    tell(phrase("Next: qulaq report {folder}", folder=shlex.quote(str(folder))))


def _make_fresh(folder: Path) -> None:
    from qulaq.coding.standard import write_standard_codebook
    from qulaq.study import new_study, open_study
    from qulaq.survey.standard import write_standard_questionnaire

    file = new_study(folder, today=now().date())
    typer.echo(file)
    study = open_study(folder)
    for place, write in (
        (study.questionnaire, write_standard_questionnaire),
        (study.codebook, write_standard_codebook),
    ):
        if not place.exists():  # one that lies there already is the person's own
            write(place)
            tell(phrase("written: {file}", file=place))
    tell(
        phrase(
            "Next: write your pages into it, then qulaq corpus add {folder} FILE…", folder=folder
        )
    )


def make_replica(folder: Path) -> Study:
    """
    The replica study, its exports taken in by the normal road. Raises StudyError where a study stands.
    """
    from qulaq.replica import write_replica
    from qulaq.study import open_study, refuse_taken

    refuse_taken(folder)
    exports = write_replica(folder)
    study = open_study(folder)
    _take_in(study, exports)
    _take_in_answers(study)
    _take_in_codes(study)
    return study


def _take_in_codes(study: Study) -> None:
    """
    The invented codes of the replica with the samples that they are of, stored once however often they are taken in.
    """
    from qulaq.coding.codebook import read_codebook
    from qulaq.coding.exchange import Defaults, read_given, take_in
    from qulaq.replica import CODES
    from qulaq.replica.codes import draw_samples

    file = study.folder / "exports" / CODES
    with working(file.name) as progress:
        draw_samples(study, progress=progress)
        given = read_given(file, format="csv", defaults=Defaults())
        decisions = open_decisions(study)
        codebook = read_codebook(study.codebook)
        intake = take_in(given, codebook=codebook, stored=decisions.read(), known=None, now=now())
        decisions.append(intake.decisions)


def _take_in_answers(study: Study) -> None:
    """
    The answers to the replica's survey, stored once however often they are taken in.
    """
    from qulaq.replica import ANSWERS
    from qulaq.survey.exchange import take_in_answers

    questionnaire, responses = open_answers(study)
    for file in sorted((study.folder / "exports").glob(ANSWERS)):
        with working(file.name):
            take_in_answers(study, questionnaire, responses, file)


def _take_in(study: Study, exports: tuple[Path, ...]) -> None:
    from qulaq.corpus.intake import take_in

    for export in exports:
        with working(export.name) as progress:
            take_in(study, export, now=now(), progress=progress)


def demo(
    folder: Annotated[
        Path, typer.Argument(metavar="[DIR]", help=said("The folder to make."))
    ] = DEMO_FOLDER,
    no_serve: Annotated[
        bool, typer.Option("--no-serve", help=said("Stop after the reports."))
    ] = False,
    port: Port = PORT,
) -> None:
    from qulaq.reports import write_report
    from qulaq.web.listening import check_port

    if not no_serve:
        check_port(HOST, port)  # before the long work
    study = _open_demo(folder)
    with working() as progress:
        reports = write_report(
            study,
            languages=study.languages,
            now=now(),
            command=shlex.join(["qulaq", "report", str(folder)]),
            survey=describe_answers(study),
            coding=read_coding(study),
            progress=progress,
        )
    tell(phrase("The replica of the study is in {folder}. Its reports:", folder=folder))
    for file in reports:
        typer.echo(file)
    if not no_serve:
        serve_study(study, port=port)


def _open_demo(folder: Path) -> Study:
    """
    The replica in that folder, made or, after an interruption, completed.
    """
    from qulaq.replica import ANSWERS, CODES
    from qulaq.study import open_study

    if not (folder / "study.toml").exists():
        return make_replica(folder)
    study = open_study(folder)
    exports = tuple(
        one
        for one in sorted((folder / "exports").glob("replica-*.csv"))
        if not one.match(ANSWERS) and one.name != CODES
    )
    if not exports:
        raise StudyError(
            where=str(folder),
            found=phrase("there is another study here, not the replica."),
            remedy=phrase("Name another folder; nothing was changed."),
        )
    _take_in(study, exports)
    _take_in_answers(study)
    _take_in_codes(study)
    return study
