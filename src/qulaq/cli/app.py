"""The application, and the one place where an error becomes a message and an exit code."""

from __future__ import annotations

import logging
import os
import sys
from typing import Annotated

import typer
from typer.exceptions import TyperException

from qulaq import __version__
from qulaq.cli import corpus, indicators, report, studies
from qulaq.cli.speech import complain, said
from qulaq.errors import Misused, QulaqError

DONE, REFUSED, MISUSED, INTERRUPTED = 0, 1, 2, 130

app = typer.Typer(
    name="qulaq",
    help=said("Tells whether a public body listens on social media."),
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.command("demo", help=said("Build, measure and report the replica of the study."))(studies.demo)
app.command("new", help=said("Make a study folder with a commented study.toml."))(studies.new)
app.add_typer(
    corpus.app, name="corpus", help=said("What pages published and what people answered.")
)
app.add_typer(
    indicators.app, name="indicators", help=said("What can be measured, and measuring it.")
)
app.command("report", help=said("Write the report of a study."))(report.report)


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


def _show_usage(error: TyperException) -> None:
    show = getattr(error, "show", None)
    if show:
        show()
    else:
        complain(str(error))


def _run() -> int:
    try:
        code = app(standalone_mode=False)
    except TyperException as error:  # an option or command that is none
        _show_usage(error)
        return error.exit_code
    except (typer.Abort, KeyboardInterrupt):
        complain(said("interrupted; what was stored before stands."))
        return INTERRUPTED
    except QulaqError as error:
        complain(error)
        return MISUSED if isinstance(error, Misused) else REFUSED
    except BrokenPipeError:  # the reader of our output has left
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception as error:  # the outermost layer: a fault of ours, told in one line
        if os.environ.get("QULAQ_DEBUG"):
            logging.getLogger("qulaq").exception("a fault of Qulaq")
        complain(
            said(
                "this is a fault of Qulaq itself ({error}). Set QULAQ_DEBUG=1 for details, and please report it.",
                error=f"{type(error).__name__}: {error}",
            )
        )
        return REFUSED
    return code if isinstance(code, int) else DONE
