"""`qulaq user`: who may sign in."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from qulaq.cli.frame import Command, Group
from qulaq.cli.options import StudyFolder
from qulaq.cli.speech import said, tell
from qulaq.errors import Misused
from qulaq.lang import phrase

app = typer.Typer(cls=Group, no_args_is_help=True)

Name = Annotated[str, typer.Argument(metavar="NAME", help=said("The name to sign in with."))]


def _open(folder: Path) -> None:
    """
    The study's database, ready to be asked.
    """
    from qulaq.study import open_study
    from qulaq.web.database import prepare_database
    from qulaq.web.opening import open_web

    open_web(open_study(folder), None)
    prepare_database()


@app.command(
    cls=Command,
    name="add",
    help=said("Let somebody sign in. The password is asked for, or read from the input.")
    + "\n\nqulaq user add akimats asel --role owner",
)
def add(
    study: StudyFolder,
    name: Name,
    role: Annotated[
        str,
        typer.Option(
            help=said(
                "owner: everything; coder: counts, answers, reports; reader: counts and reports."
            )
        ),
    ] = "reader",
) -> None:
    _open(study)
    from qulaq.web.accounts.users import add_user, check_role

    check_role(role)
    add_user(name, role=role, password=_ask_password())
    tell(phrase("{name} can sign in now.", name=name))


@app.command(
    cls=Command,
    name="password",
    help=said("Change a password.") + "\n\nqulaq user password akimats asel",
)
def password(study: StudyFolder, name: Name) -> None:
    _open(study)
    from qulaq.web.accounts.users import change_password

    change_password(name, password=_ask_password())
    tell(phrase("{name} can sign in now.", name=name))


@app.command(
    cls=Command,
    name="remove",
    help=said("Let somebody in no more.") + "\n\nqulaq user remove akimats asel",
)
def remove(study: StudyFolder, name: Name) -> None:
    _open(study)
    from qulaq.web.accounts.users import remove_user

    remove_user(name)
    tell(phrase("{name} cannot sign in any more.", name=name))


@app.command(
    cls=Command,
    name="list",
    help=said("Who may sign in, with their roles.") + "\n\nqulaq user list akimats",
)
def list_all(study: StudyFolder) -> None:
    _open(study)
    from qulaq.web.accounts.users import list_users

    for name, role in list_users():
        typer.echo(f"{name}\t{role}")


def _ask_password() -> str:
    """
    Typed twice where somebody sits there, else the first line of the input.
    """
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    typed: str = typer.prompt(said("Password"), hide_input=True, err=True)
    again: str = typer.prompt(said("Once more"), hide_input=True, err=True)
    if typed != again:
        raise Misused(
            found=phrase("the two passwords differ."), remedy=phrase("Run the same command again.")
        )
    return typed
