"""
What contests found, kept beside the page, so that one contest can be run again without the others.

Each entry bears its day, how many rounds there were and on what machine; what is not run again is kept as it was.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bench import machine
from bench.generate import Size


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """
    What one contest found at one size, as its module writes it; a note says what must be known of the run.
    """

    contest: str
    size: Size
    found: Mapping[str, Any]
    rounds: int
    day: str
    machine: tuple[str, ...]
    note: str = ""

    @property
    def key(self) -> str:
        what = self.found.get("what", "")
        return f"{self.contest} {what} {self.size.pages} {self.size.posts} {self.size.comments}"


def new_entry(
    contest: str, size: Size, found: Mapping[str, Any], *, rounds: int, note: str
) -> Entry:
    """
    What was found now, on this machine.
    """
    return Entry(
        contest=contest,
        size=size,
        found=found,
        rounds=rounds,
        day=time.strftime("%Y-%m-%d"),
        machine=tuple(machine.describe()),
        note=note,
    )


class Results:
    """
    The entries in a file, the newest of each contest and size.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        told = json.loads(file.read_text(encoding="utf-8")) if file.exists() else []
        entries = map(_entry, told)
        self._entries = {one.key: one for one in entries}

    def add(self, entry: Entry) -> None:
        self._entries[entry.key] = entry
        told = [asdict(one) for one in self]
        self._file.write_text(
            json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
        )

    def __iter__(self) -> Iterator[Entry]:
        return iter(sorted(self._entries.values(), key=_place))

    def of(self, contest: str) -> list[Entry]:
        """
        The entries of a contest, the smallest first.
        """
        return [one for one in self if one.contest == contest]


def _place(entry: Entry) -> tuple[str, int, int]:
    return entry.contest, entry.size.comments, entry.size.posts


def _entry(told: dict[str, Any]) -> Entry:
    size, lines = Size(**told.pop("size")), tuple(told.pop("machine"))
    return Entry(size=size, machine=lines, **told)
