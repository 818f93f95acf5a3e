"""
The records of an import on their way into the engine: batch by batch, so that no file is held in memory.

Each table has a sheet, or several: one for each platform, and where answers about the same post come twice.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import repeat

import duckdb
import pyarrow as pa

from qulaq.corpus.importers.base import Extent, Place
from qulaq.corpus.importers.documents import PAGES, Document, Found, Kind, Texts
from qulaq.corpus.importers.joins import Join
from qulaq.corpus.schema import COMMENTS, RECORDS, Table
from qulaq.engine import name

ROWS_AT_ONCE = 20_000
"""So many records are held before they go into the engine."""

_BESIDE = (*PAGES, "wall", "captured", "problem")


class Collected:
    """
    All records of an import, by table and sheet, in the order of the file.
    """

    def __init__(self, key: str, connection: duckdb.DuckDBPyConnection) -> None:
        self._key, self._connection = key, connection
        self._sheets: dict[Table, dict[tuple[str | None, int], Rows]] = {
            table: {} for table in RECORDS.values()
        }
        self._times: Counter[str] = Counter()

    def add(self, document: Document, found: Found, kind: Kind) -> None:
        for table, sheets in self._sheets.items():
            rows = found.of(table)
            extent = found.extent if table is COMMENTS else None
            post = rows[0].get("post_id") if rows and extent else None
            # Answers about different posts go together; of two about the same post each says its own.
            which = (kind.platform, self._times[post] + 1 if post else 0)
            if (into := sheets.get(which)) is None:
                relation = f"{self._key}_{table.name}_{len(sheets)}"
                into = sheets[which] = Rows(table, relation, self._connection)
            if rows:
                into.add(document, rows)
            if post and extent:
                self._times[post] += 1
                into.extents[post] = extent

    def finish(self, join: Join) -> None:
        """
        All that is left goes into the engine, and is mended by what the records tell each other.
        """
        for table, sheets in self._sheets.items():
            for (platform, _), rows in sheets.items():
                rows.flush()
                if rows.n and table in join.mended:
                    rows.mend(join, platform)

    def sheets(self) -> Iterator[tuple[str | None, Rows]]:
        """
        Those that hold records, with their platforms.
        """
        for sheets in self._sheets.values():
            yield from ((platform, rows) for (platform, _), rows in sheets.items() if rows.n)


class Places:
    """
    Where the rows of a sheet stand; four bytes each, for there may be millions.
    """

    def __init__(self) -> None:
        self._lines = array("I")
        self._files: list[str] = []
        self._first_rows: list[int] = []

    def add(self, document: Document, n: int) -> None:
        """
        *n* rows on the document's line, or, where the file is one document, by their number in it.
        """
        file = document.export.file.name
        if not self._files or self._files[-1] != file:
            self._files.append(file)
            self._first_rows.append(len(self._lines))
        self._lines.extend(range(1, n + 1) if document.alone else repeat(document.line, n))

    def __call__(self, row: int) -> Place:
        return Place(self._lines[row], self._files[bisect_right(self._first_rows, row) - 1])


@dataclass
class Rows:
    """
    The rows of a sheet to be: `n` of them in the table `relation` of the engine, some still here. `told` are the
    names that records bore.
    """

    table: Table
    relation: str
    connection: duckdb.DuckDBPyConnection
    n: int = 0
    told: set[str] = field(default_factory=set)
    places: Places = field(default_factory=Places)
    extents: dict[str, Extent] = field(default_factory=dict)
    _arriving: list[Texts] = field(default_factory=list)

    @property
    def columns(self) -> list[str]:
        return [*_BESIDE, *(one.name for one in self.table.content)]

    def add(self, document: Document, rows: Sequence[Texts]) -> None:
        self.places.add(document, len(rows))
        self._arriving.extend(rows)
        if len(self._arriving) >= ROWS_AT_ONCE:
            self.flush()

    def flush(self) -> None:
        """
        What has come goes into the engine.
        """
        if self._arriving:
            self.told.update(*self._arriving)
            if not self.n:
                columns = ", ".join(f"{name(one)} VARCHAR" for one in self.columns)
                table = name(self.relation)
                # Whoever reads one file after the other is done with the one before.
                self.connection.execute(f"CREATE OR REPLACE TABLE {table} ({columns})")
            self._insert(self._arriving)
            self.n += len(self._arriving)
            self._arriving = []

    def mend(self, join: Join, platform: str | None) -> None:
        """
        Put what *join* makes of each row into its place, batch after batch.
        """
        told = self.told.intersection(self.columns)
        before = f"{self.relation}_before"
        self.connection.execute(f"ALTER TABLE {name(self.relation)} RENAME TO {name(before)}")
        self.connection.execute(
            f"CREATE TABLE {name(self.relation)} AS FROM {name(before)} LIMIT 0"
        )
        query = f"SELECT {', '.join(map(name, sorted(told)))} FROM {name(before)}"
        # The engine answers one question at a time: reading goes by a way of its own.
        with self.connection.cursor() as reading:
            for batch in reading.sql(query).to_arrow_reader(ROWS_AT_ONCE):
                rows = [join.mend(row, platform) for row in batch.to_pylist()]
                self.told.update(*rows)
                self._insert(rows)
        self.connection.execute(f"DROP TABLE {name(before)}")
        self.extents = _renamed(self.extents, join)

    def _insert(self, rows: Sequence[Texts]) -> None:
        columns = {
            one: pa.array([row.get(one) for row in rows], pa.string())
            if one in self.told
            else pa.nulls(len(rows), pa.string())
            for one in self.columns
        }
        self.connection.register("arriving", pa.table(columns))
        self.connection.execute(f"INSERT INTO {name(self.relation)} FROM arriving")
        self.connection.unregister("arriving")


def _renamed(extents: dict[str, Extent], join: Join) -> dict[str, Extent]:
    """
    The same by the posts' own ids. Of two answers that named one post differently neither tells all of it.
    """
    renamed: dict[str, Extent] = {}
    for post, extent in extents.items():
        own = join.post_of(post)
        renamed[own] = Extent(complete=False) if own in renamed else extent
    return renamed
