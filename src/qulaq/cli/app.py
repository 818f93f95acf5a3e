"""The application, and the one place where an error becomes a message and an exit code."""

from __future__ import annotations

import logging
import os
import sys
from typing import Annotated

import typer
from typer.exceptions import TyperException

from qulaq import __version__
from qulaq.cli import (
    assist,
    audit,
    codebook,
    coding,
    comments,
    corpus,
    decisions,
    description,
    exchange,
    indicators,
    mapping,
    report,
    sampling,
    serving,
    shares,
    studies,
    survey,
    users,
    verdict,
)
from qulaq.cli.frame import Command, Group, as_misuse
from qulaq.cli.speech import complain, said
from qulaq.errors import Misused, QulaqError
from qulaq.lang import phrase

DONE, REFUSED, MISUSED, INTERRUPTED = 0, 1, 2, 130

app = typer.Typer(
    name="qulaq",
    cls=Group,
    help=said("Tells whether a public body listens on social media."),
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.command(
    cls=Command, name="demo", help=said("Build, measure and report the replica of the study.")
)(studies.demo)
app.command(cls=Command, name="new", help=said("Make a study folder with a commented study.toml."))(
    studies.new
)
corpus.app.command(
    cls=Command,
    name="mapping",
    help=said("Draft a mapping (TOML) from what a file looks like, for you to complete.")
    + "\n\nqulaq corpus mapping page.csv --output mapping.toml",
)(mapping.mapping)
corpus.app.command(
    cls=Command,
    name="unanswered",
    help=said("Who waits for an answer, the longest first.")
    + "\n\nqulaq corpus unanswered akimats --older-than 24h --asking --xlsx -o queue.xlsx",
)(comments.unanswered)
corpus.app.command(
    cls=Command,
    name="export",
    help=said("Write every comment with all that was found out about it, for other programs.")
    + "\n\nqulaq corpus export akimats --comments -o comments.csv",
)(comments.export)
app.add_typer(
    corpus.app, name="corpus", help=said("What pages published and what people answered.")
)
app.add_typer(
    indicators.app, name="indicators", help=said("What can be measured, and measuring it.")
)
survey.app.command(
    cls=Command,
    name="add",
    help=said("Take in answers from elsewhere: Google Forms, KoboToolbox, ODK and others.")
    + "\n\nqulaq survey add akimats answers.csv --channel whatsapp",
)(exchange.add)
survey.app.command(
    cls=Command,
    name="draft",
    help=said("Draft a questionnaire (XLSForm) from an export of answers, for you to finish.")
    + "\n\nqulaq survey draft answers.csv --output questionnaire.xlsx --language kk",
)(exchange.draft)
survey.app.command(
    cls=Command,
    name="describe",
    help=said("What the survey found, question by question, for all or by group.")
    + "\n\nqulaq survey describe akimats --by age --xlsx -o survey.xlsx",
)(description.describe)
survey.app.command(
    cls=Command,
    name="audit",
    help=said("Do published percentages follow from the counts beside them, and from which base?")
    + "\n\nqulaq survey audit figures.csv --most 105",
)(audit.audit)
app.add_typer(
    survey.app, name="survey", help=said("What the public is asked, and what it answers.")
)
coding.app.command(
    cls=Command,
    name="check",
    help=said("Look through a codebook: all that is wrong with it, or what it asks of which texts.")
    + "\n\nqulaq coding check akimats",
)(codebook.check)
coding.app.command(
    cls=Command,
    name="sample",
    help=said("Draw posts, comments or replies to be coded, and say how many of them twice.")
    + "\n\nqulaq coding sample akimats --unit post --n 400",
)(sampling.sample)
coding.app.command(
    cls=Command,
    name="shares",
    help=said("What the texts are about: shares of categories by page and period.")
    + "\n\nqulaq coding shares akimats --variable topic --by month",
)(shares.shares)
coding.app.command(
    cls=Command,
    name="import",
    help=said("Take in codes from a table, from doccano or from Label Studio.")
    + "\n\nqulaq coding import akimats codes.csv",
)(decisions.take_in_codes)
coding.app.command(
    cls=Command,
    name="export",
    help=said("The codes that count, a row for each judgement.")
    + "\n\nqulaq coding export akimats --output codes.csv",
)(decisions.give_out_codes)
coding.app.command(
    cls=Command,
    name="assist",
    help=said("Try a model against people, and let it propose codes where it agrees with them.")
    + "\n\nqulaq coding assist akimats --variable topic",
)(assist.assist)
app.add_typer(coding.app, name="coding", help=said("What people read out of texts."))
app.command(
    cls=Command,
    name="verdict",
    help=said("Which model of public relations each page lives by, with its reasons.")
    + "\n\nqulaq verdict akimats --json",
)(verdict.verdict)
app.command(cls=Command, name="report", help=said("Write the report of a study."))(report.report)

app.command(
    cls=Command,
    name="serve",
    help=said("Serve the survey, and what the operator sees of it, until interrupted.")
    + "\n\nqulaq serve akimats --port 8080",
)(serving.serve)
app.add_typer(users.app, name="user", help=said("Who may sign in to the web application."))


def _print_version(value: bool) -> None:
    if value:
        typer.echo(f"qulaq {__version__}")
        raise typer.Exit


@app.callback()
def _about(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help=said("Print the version.")
        ),
    ] = False,
) -> None:
    pass


def main() -> None:
    """
    Run the command line and leave with its exit code; nobody sees a traceback.
    """
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:  # a Windows console may not be in UTF-8
            reconfigure(encoding="utf-8", errors="replace")
    sys.exit(_run())


def _run() -> int:
    try:
        code = app(standalone_mode=False)
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001  # the outermost layer
        return _leave(error)
    if code == INTERRUPTED:  # Typer has caught it
        return leave_interrupted()
    return code if isinstance(code, int) else DONE


def _leave(error: BaseException) -> int:  # noqa: PLR0911  # one end for each kind
    """
    Say what went wrong, once and without a traceback; the answer is the exit code.
    """
    match error:
        case QulaqError():
            complain(error)
            return MISUSED if isinstance(error, Misused) else REFUSED
        case TyperException():
            return _leave_misused(error)
        case typer.Abort() | KeyboardInterrupt():
            return leave_interrupted()
        case RuntimeError() if "nterrupt" in str(error):  # the engine's own way of saying it
            return leave_interrupted()
        case Exception() if isinstance(error, MemoryError) or "OutOfMemory" in type(error).__name__:
            complain(
                phrase("there is not enough memory; close other programs or import smaller files.")
            )
            return REFUSED
        case BrokenPipeError():  # the reader of our output has left
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return DONE
        case OSError():
            complain(_as_place(error))
            return REFUSED
    if os.environ.get("QULAQ_DEBUG"):
        logging.getLogger("qulaq").error("a fault of Qulaq", exc_info=error)
    complain(
        phrase(
            "this is a fault of Qulaq itself ({error}). Set QULAQ_DEBUG=1 for details, and please report it.",
            error=f"{type(error).__name__}: {error}",
        )
    )
    return REFUSED


def _leave_misused(error: TyperException) -> int:
    if type(error).__name__ == "NoArgsIsHelpError":  # help was not asked for, but is what helps
        sys.stdout.write(error.format_message() + "\n")
    else:
        complain(as_misuse(error))
    return MISUSED


def leave_interrupted() -> int:
    """
    Say that nothing was harmed; the answer is the exit code.
    """
    complain(said("interrupted; what was stored before stands."))
    return INTERRUPTED


def _as_place(error: OSError) -> QulaqError:
    return QulaqError(
        where=str(error.filename or ""),
        found=phrase(
            "this cannot be read or written ({message}).", message=error.strerror or error
        ),
        remedy=phrase("Check that the folder exists and may be written."),
    )
