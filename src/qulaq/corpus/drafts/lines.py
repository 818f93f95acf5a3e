"""What a drafted mapping is: its lines, and how TOML writes what stands in them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from qulaq.corpus.drafts.description import SeenColumn
from qulaq.lang import Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """
    A line of the draft: a key, the TOML of its value, what to know about it, the file's columns it speaks of.

    A `doubtful` line is to be commented out; one with nothing in its value is for a person to fill in.
    """

    key: str
    value: str = '""'
    remarks: tuple[Phrase, ...] = ()
    doubtful: bool = False
    columns: tuple[str, ...] = ()

    @property
    def to_fill(self) -> bool:
        return not self.doubtful and self.value in ('""', '[""]')

    @property
    def stands(self) -> bool:
        return not self.doubtful and not self.to_fill


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """
    A mapping to complete: what stands above the columns, the columns, and those of the file left out.

    `told_by` are the columns from which the table was guessed, `knows` the words that `--knows` has to say.
    """

    table: str
    told_by: tuple[str, ...]
    head: tuple[Line, ...]
    columns: tuple[Line, ...]
    left: tuple[SeenColumn, ...]
    knows: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[Line, ...]:
        return (*self.head, *self.columns)

    @property
    def to_fill(self) -> tuple[str, ...]:
        """
        The keys that a person must fill in before the mapping can be read.
        """
        return tuple(line.key for line in self.lines if line.to_fill)

    def means(self, name: str) -> str | None:
        """
        The key for which a column of the file stands in the mapping.
        """
        told = [line.key for line in self.columns if line.stands and name in line.columns]
        told += [
            line.key
            for line in self.head
            if line.key in ("captured", "page") and line.stands and name in line.columns
        ]
        return next(iter(told), None)


def quoted(text: str) -> str:
    """
    A text as TOML writes it.
    """
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def listed(texts: Iterable[str]) -> str:
    return f"[{', '.join(map(quoted, texts))}]"
