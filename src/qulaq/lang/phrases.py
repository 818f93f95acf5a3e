"""
Phrases with blanks: English in the code, Kazakh and Russian in `catalogues/*.po`.

The `.po` files are read as they are, on first use: a compiled copy beside them could be stale.
"""

from __future__ import annotations

import gettext
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from qulaq.lang.texts import Language, Text


@dataclass(frozen=True, slots=True)
class Phrase:
    """
    A sentence to be said in one of three languages once it is known to whom.

    `plural` stands beside `template` where the sentence counts something; the count is the value `n`.
    Values may be phrases and texts themselves.
    """

    template: str
    plural: str | None = None
    values: Mapping[str, object] = field(default_factory=dict)

    def to(self, language: Language) -> str:
        values = {name: say(value, language) for name, value in self.values.items()}
        return _wording(self, language).format(**values)

    def __str__(self) -> str:
        return self.to("en")


Sayable = str | Text | Phrase


def phrase(template: str, /, **values: object) -> Phrase:
    """
    A phrase of the catalogues; the template is its English wording.
    """
    return Phrase(template, values=values)


def phrases(singular: str, plural: str, /, *, n: int, **values: object) -> Phrase:
    """
    A phrase that counts: `phrases("{n} row", "{n} rows", n=3)`.
    """
    return Phrase(singular, plural, {"n": n, **values})


def say(value: object, language: Language) -> str:
    """
    A text or phrase in that language; anything else as `str` prints it.
    """
    return value.to(language) if isinstance(value, (Text, Phrase)) else str(value)


def _wording(said: Phrase, language: Language) -> str:
    if language == "en":
        return said.plural if said.plural and said.values["n"] != 1 else said.template
    catalogue = read_catalogue(language)
    wordings = catalogue.wordings.get(said.template)
    if wordings is None:
        return said.template
    form = catalogue.plural_form(_count(said)) if said.plural else 0
    return wordings[form] or said.template


def _count(said: Phrase) -> int:
    n = said.values["n"]
    if not isinstance(n, int):
        raise TypeError("a phrase that counts needs a whole number n")
    return n


@dataclass(frozen=True, slots=True)
class Catalogue:
    """
    Wordings of one language by English template, one for each plural form.
    """

    wordings: Mapping[str, tuple[str, ...]]
    plural_form: Callable[[int], int]


@cache
def read_catalogue(language: Language) -> Catalogue:
    from babel.messages.pofile import read_po

    source = resources.files("qulaq.lang") / "catalogues" / f"{language}.po"
    if not source.is_file():  # a broken installation still speaks, in English
        return Catalogue({}, lambda _: 0)
    with source.open("rb") as file:
        catalogue = read_po(file, locale=language)
    wordings = {
        _first(message.id): _all(message.string)
        for message in catalogue
        if message.id and message.string
    }
    # gettext.c2py is how the standard library itself reads a catalogue's plural rule.
    return Catalogue(wordings, gettext.c2py(catalogue.plural_expr))


def _first(value: str | tuple[str, ...] | list[str]) -> str:
    return value if isinstance(value, str) else value[0]


def _all(value: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)
