"""
What a source can know, declared and never inferred from what it holds.

A page that never answers looks like a source that hides authors, so the importer's default, the
study or the person who imports must say it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Literal

from qulaq.errors import Misused, UnknownName
from qulaq.lang import phrase

Authors = Literal["all", "page", "none"]

_AUTHORS: dict[str, Authors] = {"authors": "all", "page-authors": "page", "no-authors": "none"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Knows:
    """
    What the rows of an export can tell.

    `authors`: "all" names who wrote each comment (an empty author is missing); "page" names only the
    page itself (an empty author is a citizen); "none" names nobody.
    """

    authors: Authors = "none"
    ids: bool = True
    parents: bool = True
    followers: bool = True
    views: bool = True
    exact_counts: bool = True

    def told(self, words: Iterable[str]) -> Knows:
        """
        The same knowledge with what *words* say instead. Raises UnknownName, listing the known words.
        """
        return replace(self, **read_words(words))  # type: ignore[arg-type]  # literals and bools, by their names


def read_words(words: Iterable[str]) -> dict[str, str | bool]:
    """
    What the words say, and only that, by the fields of `Knows`. Raises UnknownName.
    """
    said: dict[str, str | bool] = {}
    for word in words:
        change = _change(word)
        if any(said.get(name, value) != value for name, value in change.items()):
            raise Misused(
                where=phrase("what a source can know"),
                found=phrase("“{word}” contradicts a word before it.", word=word),
                remedy=phrase("Give only one of the two."),
            )
        said.update(change)
    return said


def _change(word: str) -> dict[str, str | bool]:
    name = word.strip().lower().replace("_", "-")
    if name in _AUTHORS:
        return {"authors": _AUTHORS[name]}
    flags = [field.name for field in fields(Knows) if field.name != "authors"]
    flag = name.removeprefix("no-").replace("-", "_")
    if flag not in flags:
        known = [f"{no}{one.replace('_', '-')}" for one in flags for no in ("", "no-")]
        raise UnknownName.among(word, [*_AUTHORS, *known], kind=phrase("what a source can know"))
    return {flag: not name.startswith("no-")}
