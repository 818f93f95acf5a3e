"""`qulaq coding import` and `qulaq coding export`: codes in and out; and what other commands ask of stored codes."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qulaq.cli.options import StudyFolder, now
from qulaq.cli.speech import said, tell, working
from qulaq.cli.tables import AsCsv, AsJson, AsXlsx, Form, Output, show
from qulaq.errors import QulaqError, StudyError
from qulaq.lang import phrase, phrases, preferred_language, say

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from qulaq.coding.coding import Coding
    from qulaq.coding.decisions import Decisions, Standing
    from qulaq.coding.exchange import Intake
    from qulaq.corpus.codes import Codes
    from qulaq.study import Study

REFUSED = 1
_MOST = 20  # refusals of which the screen tells


def open_decisions(study: Study) -> Decisions:
    """
    The store of what coders of the study decided, ready to be asked. One study a process.
    """
    from qulaq.web.database import prepare_database
    from qulaq.web.opening import open_web

    open_web(study, None)
    prepare_database()
    from qulaq.web.decisions.store import StoredDecisions  # a table: Django must be open

    return StoredDecisions()


def read_standing(study: Study) -> Standing:
    """
    The decisions that count by the study's codebook; of what does not count it is told. Nothing where there is neither
    codebook nor database.
    """
    from qulaq.coding.codebook import read_codebook
    from qulaq.coding.decisions import Standing, standing

    if not study.codebook.exists() or not (study.database_url or study.database.exists()):
        return Standing()
    found = standing(open_decisions(study).read(), read_codebook(study.codebook))
    for name, n in found.other_definitions.items():
        tell(
            phrases(
                "{n} decision on “{name}” was made under another definition and is not used; see same_as in codebook.toml.",
                "{n} decisions on “{name}” were made under another definition and are not used; see same_as in codebook.toml.",
                n=n,
                name=name,
            )
        )
    for name, n in found.unknown_variables.items():
        tell(
            phrases(
                "{n} decision on “{name}” is not used: the codebook has no such variable.",
                "{n} decisions on “{name}” are not used: the codebook has no such variable.",
                n=n,
                name=name,
            )
        )
    return found


def read_coding(study: Study) -> Coding | None:
    """
    The coding of the study, None where nobody coded anything that counts.
    """
    from qulaq.coding.codebook import read_codebook
    from qulaq.coding.coding import Coding

    stands = read_standing(study)
    if not stands.judgements() and not stands.judgements("gold"):
        return None
    return Coding(codebook=read_codebook(study.codebook), standing=stands)


def read_codes(study: Study) -> Codes | None:
    """
    What people read out of the study's texts, for indicators; None where nobody did.
    """
    coding = read_coding(study)
    return coding.codes if coding else None


def must_be_coded(study: Study) -> Coding:
    """
    The coding of the study. Raises StudyError where there is none.
    """
    coding = read_coding(study)
    if coding is None:
        raise StudyError(
            where=str(study.folder),
            found=phrase("nobody has coded anything in this study."),
            remedy=phrase(
                "Code in the web application (qulaq serve), or bring codes: qulaq coding import"
            ),
        )
    return coding


@contextmanager
def forgetting_codes(study: Study) -> Iterator[None]:
    """
    Erase with the units that go meanwhile what coders decided on them: remarks may quote.
    """
    if not (study.database_url or study.database.exists()):
        yield
        return
    from qulaq.coding.assistance.transcript import forget_answers

    decisions = open_decisions(study)
    before = _known(study, {one.unit for one in decisions.read()}) or set()
    yield
    gone = before - (_known(study, before) or set())
    decisions.forget(gone)
    forget_answers(study.answers, gone)


def take_in_codes(
    study: StudyFolder,
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE...",
            help=said(
                "Tables with a row for each judgement, or exports of doccano or Label Studio."
            ),
        ),
    ],
    format_key: Annotated[
        str,
        typer.Option("--as", metavar="FORMAT", help=said("csv (or XLSX), doccano, label-studio.")),
    ] = "csv",
    coder: Annotated[
        str,
        typer.Option(
            "--coder", metavar="NAME", help=said("Who coded, where the file does not tell.")
        ),
    ] = "",
    variable: Annotated[
        str,
        typer.Option(
            "--variable", metavar="NAME", help=said("Which variable, where the file does not tell.")
        ),
    ] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=said("Say what would happen; store nothing."))
    ] = False,
    as_json: AsJson = False,
) -> None:
    from qulaq.coding.codebook import read_codebook
    from qulaq.coding.exchange import Defaults, read_given, take_in
    from qulaq.study import open_study

    opened = open_study(study)
    codebook = read_codebook(opened.codebook)
    defaults = Defaults(coder=coder, variable=variable)
    intakes: list[tuple[Path, Intake]] = []
    with working(str(study)):
        given = [(file, read_given(file, format=format_key, defaults=defaults)) for file in files]
        known = _known(opened, {one.unit for _, told in given for one in told})
        decisions = open_decisions(opened)
        for file, told in given:
            intake = take_in(
                told, codebook=codebook, stored=decisions.read(), known=known, now=now()
            )
            if not dry_run:
                decisions.append(intake.decisions)
            intakes.append((file, intake))
    _show(intakes, as_json=as_json)
    _tell(intakes, known=known is not None, dry_run=dry_run)
    if all(len(intake.refusals) == intake.read for _, intake in intakes):
        raise typer.Exit(REFUSED)


def _known(study: Study, units: Collection[str]) -> set[str] | None:
    from qulaq.coding.units import find_known
    from qulaq.corpus.current import Corpus

    if not study.pages:
        return None
    with Corpus(study) as corpus:
        return find_known(corpus, units)


def _show(intakes: list[tuple[Path, Intake]], *, as_json: bool) -> None:
    language = preferred_language()
    show(
        Form(json=as_json),
        heading=[said("file"), said("judgements read"), said("stored"), said("unchanged"), said("refused")],
        rows=[
            [str(file), intake.read, intake.stored, intake.unchanged, len(intake.refusals)]
            for file, intake in intakes
        ],
        data=[
            {
                "file": str(file),
                "read": intake.read,
                "stored": intake.stored,
                "unchanged": intake.unchanged,
                "refused": [
                    {
                        "where": say(one.where, language),
                        "found": say(one.found, language),
                        "remedy": say(one.remedy, language),
                    }
                    for one in intake.refusals
                ],
                "undefined": intake.undefined,
                "other_definitions": intake.other_definitions,
            }
            for file, intake in intakes
        ],
    )  # fmt: skip


def _tell(intakes: list[tuple[Path, Intake]], *, known: bool, dry_run: bool) -> None:
    refusals = [one for _, intake in intakes for one in intake.refusals]
    for one in refusals[:_MOST]:
        told = QulaqError(where=one.where, found=one.found, remedy=one.remedy)
        tell(told.to(preferred_language()))
    if (more := len(refusals) - _MOST) > 0:
        tell(phrases("and {n} more row; all: --json", "and {n} more rows; all: --json", n=more))
    if n := sum(intake.undefined for _, intake in intakes):
        tell(
            phrases(
                "{n} judgement does not tell under which definition it was made (fingerprint); it counts for the present one.",
                "{n} judgements do not tell under which definition they were made (fingerprint); they count for the present one.",
                n=n,
            )
        )
    if n := sum(intake.other_definitions for _, intake in intakes):
        tell(
            phrases(
                "{n} decision was made under another definition: it is kept, and not used until same_as in codebook.toml says that it holds.",
                "{n} decisions were made under another definition: they are kept, and not used until same_as in codebook.toml says that they hold.",
                n=n,
            )
        )
    if not known:
        tell(phrase("The study has no corpus: whether these units exist was not checked."))
    if dry_run:
        tell(phrase("Nothing was stored: --dry-run"))


def give_out_codes(
    study: StudyFolder,
    history: Annotated[
        bool,
        typer.Option("--history", help=said("Also what was decided before and changed later.")),
    ] = False,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    as_xlsx: AsXlsx = False,
    output: Output = None,
) -> None:
    from qulaq.coding.decisions import last_turns
    from qulaq.coding.exchange import HEADING, as_rows
    from qulaq.study import open_study

    opened = open_study(study)
    must_be_coded(opened)
    stored = tuple(open_decisions(opened).read())
    rows = list(as_rows(stored if history else last_turns(stored)))
    form = Form(json=as_json, csv=as_csv or not (as_json or as_xlsx), xlsx=as_xlsx, output=output)
    show(
        form,
        heading=list(HEADING),
        rows=rows,
        data=[dict(zip(HEADING, row, strict=True)) for row in rows],
    )
