"""
The frame that Typer puts around our words, in the language of the person at the keyboard.

Typer writes its headings and complaints in English only.
"""

from __future__ import annotations

import re
from typing import Any

from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

from qulaq.cli.speech import said
from qulaq.errors import Misused
from qulaq.lang import phrase


def _translate(text: str) -> str:
    """
    A help text of Typer with its own words said in our language.
    """
    words = {
        r"^Usage:": said("Usage:"),
        r"^Arguments:": said("Arguments:"),
        r"^Options:": said("Options:"),
        r"^Commands:": said("Commands:"),
        r"Show this message and exit\.": said("Show this message and exit."),
        r"\[required\]": said("[required]"),
        r"\[default: ": said("[default: "),
    }
    for english, ours in words.items():
        text = re.sub(english, lambda _, ours=ours: ours, text, flags=re.MULTILINE)  # type: ignore[misc]
    return text


class Group(TyperGroup):
    """
    A group of commands whose help speaks one language.
    """

    def get_help(self, ctx: Any) -> str:  # noqa: ANN401  # Typer keeps this type to itself
        return _translate(super().get_help(ctx))


class Command(TyperCommand):
    """
    A command whose help speaks one language.
    """

    def get_help(self, ctx: Any) -> str:  # noqa: ANN401  # Typer keeps this type to itself
        return _translate(super().get_help(ctx))


def as_misuse(error: TyperException) -> Misused:
    """
    A complaint of Typer as one of ours: what is wrong with the command, and where its help is.
    """
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "qulaq"
    option = getattr(error, "option_name", None)
    parameter = getattr(error, "param", None)
    if option and type(error).__name__ == "NoSuchOption":
        found = phrase("there is no option “{name}”.", name=option)
    elif parameter is not None and type(error).__name__ == "MissingParameter":
        found = phrase("“{name}” is missing.", name=parameter.metavar or parameter.opts[0])
    else:
        found = phrase("the command is not understood: {message}", message=error.format_message())
    return Misused(
        where=path, found=found, remedy=phrase("Its help: {command} --help", command=path)
    )
