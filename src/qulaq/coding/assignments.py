"""
Who codes what: the drawn samples of a study as work to be done, and the next unit of each coder.

Nobody hands units out. Each coder has a lot for each unit; the lowest lots code it, one or, where it is coded twice,
two. So the same people get the same units on any machine, coders who come later take only their part, and who has
finished helps with what others left.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from qulaq.coding.codebook import UNITS, Unit
from qulaq.coding.sampling import lot
from qulaq.errors import StudyError
from qulaq.lang import phrase
from qulaq.tables import read_table

_YES = "yes"
_TWO = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """
    One unit of a sample to be coded. `probability` is how likely it was to be drawn, `link` "" where there is none.
    """

    unit: str
    link: str
    probability: float
    twice: bool

    @property
    def wanted(self) -> int:
        """
        How many people code it.
        """
        return _TWO if self.twice else 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """
    A sample that was drawn, its units in the order of their lots.
    """

    name: str
    unit: Unit
    tasks: tuple[Task, ...]

    def turns(
        self, coder: str, coders: Collection[str], decided: Mapping[str, Collection[str]]
    ) -> Iterator[Task]:
        """
        What that coder has still to code, first their own units, then those that wait for others; *decided* are the
        coders who decided on a unit already.
        """
        left = [
            task
            for task in self.tasks
            if coder not in (by := decided.get(task.unit, ())) and len(by) < task.wanted
        ]
        own = {task.unit for task in left if coder in self.coders_of(task, coders)}
        yield from (task for task in left if task.unit in own)
        yield from (task for task in left if task.unit not in own)

    def coders_of(self, task: Task, coders: Iterable[str]) -> Sequence[str]:
        """
        The coders whose unit it is.
        """
        return sorted(coders, key=lambda name: lot(f"{task.unit}\t{name}", seed=0, purpose="coder"))[: task.wanted]  # fmt: skip


def read_assignments(folder: Path) -> tuple[Assignment, ...]:
    """
    The samples in that folder by name, none where there is no folder. Raises StudyError, UnreadableExport.
    """
    return tuple(_read_assignment(file) for file in sorted(folder.glob("*.toml")))


def _read_assignment(record: Path) -> Assignment:
    rows = record.with_suffix(".csv")
    unit = _read_unit(record)
    if not rows.is_file():
        raise _damaged(rows)
    table = read_table(rows)
    places = {name: table.find(name) for name in ("unit", "link", "probability", "twice")}
    if None in places.values():
        raise _damaged(rows)
    told = [
        {name: line.cells[place or 0] for name, place in places.items()} for line in table.lines
    ]
    try:
        tasks = tuple(
            Task(
                unit=row["unit"],
                link=row["link"],
                probability=float(row["probability"]),
                twice=row["twice"] == _YES,
            )
            for row in told
        )
    except ValueError:
        raise _damaged(rows) from None
    return Assignment(name=record.stem, unit=unit, tasks=tasks)


def _read_unit(record: Path) -> Unit:
    try:
        told = tomllib.loads(record.read_text(encoding="utf-8")).get("unit")
    except (OSError, ValueError):
        raise _damaged(record) from None
    for one in UNITS:
        if one == told:
            return one
    raise _damaged(record)


def _damaged(file: Path) -> StudyError:
    return StudyError(
        where=str(file),
        found=phrase("this is not, or no more, a sample as it was drawn."),
        remedy=phrase(
            "Draw it again: the record of a sample names the command, qulaq coding sample."
        ),
    )
