"""What an importer is, and what it hands to intake: sheets of text cells with the rule to read them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

import duckdb

from qulaq.corpus.cells import Habits
from qulaq.corpus.schema import Table
from qulaq.exports import Export
from qulaq.lang import Sayable, Text
from qulaq.study import Knows

Proof = Literal["real files", "documented shape"]

Cell = Callable[[str], str | None]
"""The SQL of a named cell of the relation; None where the file has no such column."""


@dataclass(frozen=True, slots=True)
class Source:
    """
    Where a value comes from: one cell, or a small rule over several. `sql` is None where the file has
    none of the columns.
    """

    sql: Callable[[Cell], str | None]
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """
    How the rows of one sheet become records of one canonical table.

    `pages` name the page, the first that is one of the study's wins; `captured` is the moment of capture
    where rows carry it. `wall` is the page on which a row stands where others than the page may have
    written it. `platform` is set where one format holds several.
    """

    table: Table
    values: dict[str, Source]
    pages: tuple[Source, ...] = ()
    captured: Source | None = None
    wall: Source | None = None
    platform: str | None = None
    habits: Habits = field(default_factory=Habits)

    @property
    def columns(self) -> set[str]:
        """
        All columns that the plan may read.
        """
        sources = (*self.values.values(), *self.pages, self.captured, self.wall)
        return {name for source in sources if source for name in source.columns}


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """
    A row that is not even a row: too few cells, a line of JSON cut off. `file` is the one in which it
    stands, where a folder of files is read.
    """

    line: int
    problem: str
    found: Sayable
    file: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """
    Where a record stands: its line, or its number among the records of a file.
    """

    line: int
    file: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """
    How much of the comments of one post an answer about it holds: all that were shown, or not, or not known;
    and how many the source said there are.
    """

    complete: bool | None = None
    announced: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """
    A relation of text cells, in the order of the file, and the plan to read it.

    `broken` tells afterwards which lines the relation left out and `blank` which
    are empty (asked only where a line must be named), `unused` which columns nobody asked for. `places` are
    where its rows stand, if that is not simply line after line; `row_of_file` tells it where the sheet is a part
    of the rows of a table. `extents` is set where the rows are answers to questions about single posts: what
    each answer tells, by post.
    """

    plan: Plan
    relation: str
    cell: Cell
    broken: Callable[[], Sequence[Broken]] = tuple
    blank: Callable[[], Iterable[int]] = tuple
    unused: tuple[str, ...] = ()
    problem: str | None = None  # SQL of a problem's code, where a whole row can be wrong
    first_line: int = 2
    places: Callable[[int], Place] | None = None
    row_of_file: Callable[[int], int] = int
    extents: Mapping[str, Extent] | None = None


@dataclass(frozen=True, slots=True)
class Nearness:
    """
    How near a file comes to a format: the share of what it needs that is there, and what is missing.

    `needed` counts what the format needs: of two that fit, the one that needs more knows the file better.
    """

    share: float
    missing: tuple[str, ...] = ()
    needed: int = 0

    @property
    def recognised(self) -> bool:
        return self.share >= 1


NO_ROW = "no_row"
"""The problem of a row of empty cells, as spreadsheets leave them: it is no row and not counted."""


class Importer(Protocol):
    """
    A format. Pure: bytes in, cells out; no network, no clock.
    """

    @property
    def key(self) -> str: ...
    @property
    def title(self) -> Text: ...
    @property
    def what(self) -> Text:
        """How people come by such a file."""
        ...

    @property
    def platform(self) -> str | None:
        """The one platform whose exports these are, or None for several (plans then name theirs) or any."""
        ...

    @property
    def platforms(self) -> tuple[str, ...]:
        """The platforms of which it may hold pages; none where it may be any."""
        ...

    @property
    def knows(self) -> Knows: ...
    @property
    def proof(self) -> Proof: ...

    def look(self, export: Export) -> Nearness:
        """How near the file's content comes to the format."""
        ...

    def read(self, export: Export, connection: duckdb.DuckDBPyConnection) -> list[Sheet]:
        """The sheets of a file. Raises UnreadableExport."""
        ...


def column(name: str, *others: str) -> Source:
    """
    The first of these columns that the file has.
    """

    def sql(cell: Cell) -> str | None:
        return next((found for one in (name, *others) if (found := cell(one)) is not None), None)

    return Source(sql, (name, *others))


def networks(platform: str | None, others: Iterable[str | None]) -> tuple[str, ...]:
    """
    The platforms of a format: its one, or those of its parts, each once.
    """
    return tuple(dict.fromkeys(one for one in (platform, *others) if one))
