"""Reading of a TOML table key by key, where every complaint knows its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from math import isfinite
from pathlib import Path
from typing import Any

from qulaq.errors import StudyError
from qulaq.lang import Sayable, Text, phrase

_HEADER = re.compile(r"\s*(\[\[?)\s*([\w.-]+)\s*\]")
_KEY = re.compile(r"""\s*["']?([\w-]+)["']?\s*=""")

_FIRST_YEAR, _LAST_YEAR = 1995, 2100  # of what can lie on a social network

Place = tuple[str | int, ...]


@dataclass(slots=True)
class Settings:
    """
    One table of a TOML file. Each value is taken away as it is read; `finish` reports what is left.
    """

    file: Path
    table: dict[str, Any]
    place: Place
    lines: dict[Place, int]
    taken: set[str] = field(default_factory=set)

    def complain(self, key: str | None, found: Sayable, remedy: Sayable) -> StudyError:
        """
        The error for a key (None: the table itself), with the line on which it stands.
        """
        where = phrase("{file}, line {line}", file=self.file, line=self.line(key))
        return StudyError(where=where, found=found, remedy=remedy)

    def line(self, key: str | None) -> int:
        """
        The line on which a key stands, or else what holds it.
        """
        place = self.place if key is None else (*self.place, key)
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    def has(self, key: str) -> bool:
        """
        Whether the table has the key, which from now on counts as known here.
        """
        self.taken.add(key)
        return key in self.table

    def raw(self, key: str) -> Any:  # noqa: ANN401  # TOML may hold anything here
        self.taken.add(key)
        return self.table.get(key)

    def _wrong(self, key: str, expected: Sayable) -> StudyError:
        value = self.table.get(key)
        if value is None:
            found = phrase("“{key}” is missing.", key=key)
        else:
            found = phrase("“{key}” is {value}.", key=key, value=repr(value))
        return self.complain(key, found, phrase("Expected: {expected}.", expected=expected))

    def _get(self, key: str, fits: Callable[[Any], bool], expected: Sayable) -> Any:  # noqa: ANN401
        value = self.raw(key)
        if not fits(value):
            raise self._wrong(key, expected)
        return value

    def text(self, key: str, *, default: str | None = None) -> str:
        if default is not None and not self.has(key):
            return default
        value: str = self._get(key, _is_text, phrase("a text in quotes"))
        return value

    def word(self, key: str) -> str:
        """
        A short name of Latin letters, digits and hyphens, as ids and platforms are.
        """
        value: str = self._get(
            key, _is_word, phrase("a short name of small Latin letters, digits, “-” and “_”")
        )
        return value

    def words(self, key: str) -> tuple[str, ...]:
        """
        One text or a list of texts; nothing where the key is absent.
        """
        if not self.has(key):
            return ()
        value = self.raw(key)
        listed = [value] if isinstance(value, str) else value
        if not isinstance(listed, list) or not all(map(_is_text, listed)):
            raise self._wrong(key, phrase("a list of texts in quotes"))
        return tuple(listed)

    def flag(self, key: str) -> bool:
        """
        True or false; false where the key is absent.
        """
        if not self.has(key):
            return False
        value: bool = self._get(key, _is_flag, phrase("true or false"))
        return value

    def part(self, key: str) -> float:
        """
        A number between 0 and 1, neither of the two.
        """
        value: float = self._get(key, _is_part, phrase("a number between 0 and 1, such as 0.667"))
        return value

    def whole(self, key: str) -> int:
        value: int = self._get(key, _is_positive, phrase("a whole number above 0"))
        return value

    def number(self, key: str) -> float:
        value: float = self._get(key, _is_number, phrase("a number"))
        return float(value)

    def wording(self, key: str) -> Text:
        """
        One text for all languages, or a table with kk, ru and en.
        """
        value = self.raw(key)
        if _is_text(value):
            return Text.same(value)
        expected = phrase('one text in quotes, or {{ kk = "…", ru = "…", en = "…" }}')
        if not isinstance(value, dict) or set(value) != {"kk", "ru", "en"}:
            raise self._wrong(key, expected)
        if not all(map(_is_text, value.values())):
            raise self._wrong(key, expected)
        return Text(**value)

    def day(self, key: str) -> date:
        """
        A day, written 2023-05-31 with or without quotes.
        """
        day = _as_day(self.raw(key))
        if day is None or not _FIRST_YEAR <= day.year <= _LAST_YEAR:
            raise self._wrong(key, phrase("a day such as 2023-05-31"))
        return day

    def inner(self, key: str) -> Settings:
        self.taken.add(key)
        value = self.table.get(key)
        if not isinstance(value, dict):
            raise self._wrong(key, phrase("a table"))
        return Settings(self.file, value, (*self.place, key), self.lines)

    def tables(self, key: str) -> list[Settings]:
        self.taken.add(key)
        value = self.table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            raise self._wrong(key, phrase("tables that begin with [[{key}]]", key=key))
        places = ((*self.place, key, i) for i in range(len(value)))
        return [
            Settings(self.file, one, at, self.lines) for one, at in zip(value, places, strict=True)
        ]

    def finish(self) -> None:
        """
        Raises StudyError for the first key that nobody asked for, with the likely one.
        """
        for key in self.table:
            if key in self.taken:
                continue
            near = get_close_matches(key, self.taken, n=1)
            remedy = (
                phrase("Did you mean “{near}”?", near=near[0])
                if near
                else phrase("Known here: {names}.", names=", ".join(sorted(self.taken)))
            )
            raise self.complain(key, phrase("“{key}” is not a setting.", key=key), remedy)


def read_settings(file: Path) -> Settings:
    """
    The TOML file's outermost table. Raises StudyError where the file is no TOML.
    """
    try:
        source = file.read_bytes().decode("utf-8-sig")
        table = tomllib.loads(source)
    except UnicodeDecodeError:
        raise StudyError(
            where=str(file),
            found=phrase("the file is not in UTF-8."),
            remedy=phrase("Save it as UTF-8."),
        ) from None
    except tomllib.TOMLDecodeError as error:
        message, _, place = str(error).partition(" (at ")
        at_line = re.match(r"line (\d+)", place)
        line = at_line[1] if at_line else str(source.rstrip().count("\n") + 1)  # at end of document
        raise StudyError(
            where=phrase("{file}, line {line}", file=file, line=line),
            found=phrase("this is not TOML: {message}.", message=message),
            remedy=phrase("Mend that line; texts stand in quotes, lists in [ ]."),
        ) from None
    return Settings(file, table, (), _find_lines(source))


def _find_lines(source: str) -> dict[Place, int]:
    """
    Where each table and key of a TOML source stands.
    """
    lines: dict[Place, int] = {}
    place: Place = ()
    counts: dict[Place, int] = {}
    for number, line in enumerate(source.split("\n"), start=1):
        if header := _HEADER.match(line):
            place = ()
            *outer, name = header[2].split(".")
            for one in outer:
                place = _newest((*place, one), counts)
            place = (*place, name)
            if header[1] == "[[":
                counts[place] = counts.get(place, 0) + 1
                place = _newest(place, counts)
            lines.setdefault(place, number)
        elif key := _KEY.match(line):
            lines.setdefault((*place, key[1]), number)
    return lines


def _newest(place: Place, counts: dict[Place, int]) -> Place:
    """
    Where [[tables]] of that name stand, the last of them so far.
    """
    return (*place, counts[place] - 1) if place in counts else place


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_flag(value: object) -> bool:
    return isinstance(value, bool)


def _is_part(value: object) -> bool:
    return isinstance(value, float) and 0 < value < 1


def _is_word(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(r"[a-z0-9][a-z0-9_-]*", value) is not None


def _is_positive(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


def _as_day(value: object) -> date | None:
    if isinstance(value, datetime):
        return None
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
