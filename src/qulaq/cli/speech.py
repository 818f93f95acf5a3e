"""Speaking to the person at the keyboard, in their language, on stderr."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

from rich.console import Console
from rich.markup import escape
from rich.status import Status

from qulaq.errors import QulaqError
from qulaq.lang import Phrase, Sayable, phrase, preferred_language, say

_YES = frozenset(("y", "yes", "д", "да", "и", "иә", "ия"))
_READ_IN = 0.1  # seconds
_aside = Console(stderr=True, highlight=False, soft_wrap=True, emoji=False)


def said(template: str, /, **values: object) -> str:
    """
    A phrase in the language of the person at the keyboard.
    """
    return phrase(template, **values).to(preferred_language())


def tell(message: Sayable) -> None:
    """
    Say something that is not the result.
    """
    _aside.print(escape(say(message, preferred_language())))


def complain(message: Sayable | QulaqError) -> None:
    language = preferred_language()
    text = message.to(language) if isinstance(message, QulaqError) else say(message, language)
    title = said("Error")
    _aside.print(f"[bold red]{title}:[/] {escape(text)}")


def ask(question: Sayable) -> bool:
    """
    Whether the person at the keyboard says yes, in any of the languages; no answer is no.
    """
    _aside.print(escape(f"{say(question, preferred_language())} [y/N]"), end=" ")
    answer = sys.stdin.readline().strip().lower()
    return answer in _YES


def can_ask() -> bool:
    """
    Whether a person sits at both ends: nobody answers where the input or the output is a file.
    """
    return sys.stdin.isatty() and sys.stdout.isatty()


class Progress:
    """
    What is being done now, on a terminal only.
    """

    def __init__(self, status: Status, prefix: str) -> None:
        self._status = status
        self._prefix = prefix
        self._said: tuple[str, float] = ("", 0.0)

    def __call__(self, step: Phrase) -> None:
        template, when = self._said
        now = monotonic()
        # Of the thousands of numbers that a step may count through, only those are said that can be read.
        if step.template == template and now - when < _READ_IN:
            return
        self._said = (step.template, now)
        self._status.update(escape(f"{self._prefix}{say(step, preferred_language())} …"))


@contextmanager
def working(on: str = "") -> Iterator[Progress]:
    """
    A moving sign while long work goes on.
    """
    prefix = f"{on}: " if on else ""
    with _aside.status(escape(prefix)) as status:
        yield Progress(status, prefix)
