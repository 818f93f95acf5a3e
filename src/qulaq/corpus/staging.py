"""
First step of intake: a sheet of text cells becomes the rows to be stored, in one DuckDB plan.

Rows that are right are written once, in the order of the file, as they would lie in the store: most often
that file becomes the batch. Of the others only their number is noted; where there are some, the sheet is read
again, numbered, for what is wrong with them.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path

import duckdb

from qulaq.corpus.importers.base import Broken, Place, Sheet
from qulaq.corpus.issues import SEPARATOR
from qulaq.corpus.layers import CAPTURED, Layers, Rules, compile_sheet
from qulaq.corpus.schema import Column, Table
from qulaq.engine import name, paths, quote, write_parquet

_POST = "#"  # in the name of a capture stands before the post that was looked at

ROWS_PER_SHEET = 1 << 40
"""Rows of the n-th sheet are numbered from n times this, so that one number orders all rows of a file."""


@dataclass(frozen=True, kw_only=True)
class Staged:
    """
    A sheet's right rows as a Parquet file, in the order of the sheet and as they would be stored, and the
    lines that were no rows. `n` counts the rows of the file; `captures` begins the names of their captures.
    """

    sheet: Sheet
    file: Path
    n: int
    captures: str
    broken: tuple[Broken, ...]

    def place(self, row: int) -> Place:
        """
        Where a row (from 0) of the sheet stood in the export, as a spreadsheet numbers its lines.
        """
        if self.sheet.places is not None:
            return self.sheet.places(row)
        row = self.sheet.row_of_file(row)
        return Place(row + self.sheet.first_line + bisect_right(self._rows_before_gaps, row))

    @cached_property
    def _rows_before_gaps(self) -> list[int]:
        """
        For each line that gave no row, blank or broken, how many rows came before it.
        """
        gaps = sorted({broken.line for broken in self.broken}.union(self.sheet.blank()))
        return [line - self.sheet.first_line - number for number, line in enumerate(gaps)]

    def stated(self, capture: str, page: str) -> datetime | None:
        """
        The moment that the rows of a capture state, which its name holds.
        """
        told = capture.removeprefix(self.captures + page).partition(_POST)[0].removeprefix("-")
        return (
            datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=int(told)) if told else None
        )


def stage(
    sheet: Sheet,
    file: Path,
    *,
    number: int,
    captures: str,
    rules: Rules,
    connection: duckdb.DuckDBPyConnection,
) -> Staged:
    """
    Write a sheet's right rows into *file*, and the others into the table `left_<table>`: row, page_id,
    key (where it has one), problem, newest (its newest moment).

    *number* is the sheet's among those of its table; *captures* begins the names of captures.
    """
    layers = compile_sheet(sheet, rules, connection)
    rows = _Rows(sheet, layers, captures, connection)
    n = rows.write(file)
    if rows.lack_ids(file):
        rows.make_own_ids()
        n = rows.write(file)
    connection.execute(
        f"CREATE TEMP TABLE IF NOT EXISTS left_{sheet.plan.table.name} "
        "(row BIGINT, page_id VARCHAR, key VARCHAR, problem VARCHAR, newest TIMESTAMPTZ)"
    )
    if rows.any_left_out:
        rows.tell_of_left(number * ROWS_PER_SHEET)
    return Staged(sheet=sheet, file=file, n=n, captures=captures, broken=tuple(sheet.broken()))


def gather(table: Table, files: list[Path], connection: duckdb.DuckDBPyConnection) -> None:
    """
    Make the view `fresh_<table>` of all right rows, with `row`, their order, and `key`, which tells records of a
    page apart.
    """
    stems = ", ".join(quote(file.stem) for file in files)
    sheet = f"list_position([{stems}], parse_filename(filename, true)) - 1"
    connection.execute(
        f"CREATE OR REPLACE TEMP VIEW fresh_{table.name} AS SELECT * EXCLUDE (filename, file_row_number), "
        f"({sheet}) * {ROWS_PER_SHEET}::BIGINT + file_row_number AS row, {key_of(table)} AS key "
        f"FROM read_parquet({paths(files)}, filename = true, file_row_number = true)"
    )


def key_of(table: Table) -> str:
    """
    What tells the records of one page apart, as a text.
    """
    key = name(table.key[0])
    return key if _has_ids(table) else f"CAST(epoch_us({key}) AS VARCHAR)"


def _has_ids(table: Table) -> bool:
    return table.key[0].endswith("_id")


@dataclass
class _Rows:
    """
    The rows of one sheet on their way; `own_ids` once some were given ids of their own.
    """

    sheet: Sheet
    layers: Layers
    captures: str
    connection: duckdb.DuckDBPyConnection
    own_ids: bool = False

    @property
    def table(self) -> Table:
        return self.sheet.plan.table

    def write(self, file: Path) -> int:
        """
        The right rows as they would be stored; of the others it is noted that there are some. (One cannot
        write to two places at once, and to count them by reading again would cost a fifth of all.)
        """
        self.connection.execute("CREATE OR REPLACE TEMP SEQUENCE left_out")
        columns = ", ".join(
            f"{self._stored(one)} AS {name(one.name)}" for one in self.table.columns
        )
        noted = f"CASE WHEN {self.layers.wrong} THEN nextval('left_out') < 0 ELSE true END"
        order = "ORDER BY row" if self.own_ids else ""
        rows = self._all(numbered=self.own_ids)
        return write_parquet(
            self.connection, f"SELECT {columns} FROM ({rows}) WHERE {noted} {order}", file
        )

    @property
    def any_left_out(self) -> bool:
        query = (
            "SELECT last_value IS NOT NULL FROM duckdb_sequences() WHERE sequence_name = 'left_out'"
        )
        return bool(self.connection.sql(query).fetchall()[0][0])

    def lack_ids(self, file: Path) -> bool:
        """
        Whether a row came without the id that its table needs.
        """
        key = name(self.table.key[0])
        query = f"SELECT 1 FROM read_parquet({quote(str(file))}) WHERE {key} IS NULL LIMIT 1"
        return _has_ids(self.table) and bool(self.connection.sql(query).fetchall())

    def make_own_ids(self) -> None:
        """
        The table `own_ids`: for records that came without an id one made of what they say, so that
        the same record gets it again. Records that say the same are told apart by their order: two posts
        of one day with equal counts, typed by hand, are two.
        """
        telling = ["page_id", "CAST(epoch_us(published_at) AS VARCHAR)", "text", "link"]
        if self.table.name == "comments":
            telling += ["post_id", "author", "author_handle"]
        said = f"concat_ws('{SEPARATOR}', {', '.join(telling)})"
        nth = "CAST(row_number() OVER (PARTITION BY said ORDER BY row) AS VARCHAR)"
        self.connection.execute(
            f"CREATE OR REPLACE TEMP TABLE own_ids AS "
            f"SELECT row, '~' || left(sha256(said || '{SEPARATOR}' || {nth}), 24) AS own_id "
            f"FROM (SELECT row, {said} AS said FROM ({self._all(numbered=True)}) WHERE {key_of(self.table)} IS NULL)"
        )
        self.own_ids = True

    def tell_of_left(self, first: int) -> None:
        newest = ", ".join(name(one.name) for one in self.table.content if one.kind == "moment")
        self.connection.execute(
            f"INSERT INTO left_{self.table.name} SELECT {first} + row, {self.layers.page}, {key_of(self.table)}, "
            f"coalesce({self.layers.problem}, 'broken'), greatest({newest}, NULL) "
            f"FROM ({self._all(numbered=True)}) WHERE ({self.layers.wrong}) AND {self.layers.is_row}"
        )

    def _all(self, *, numbered: bool) -> str:
        rows = self.layers.over(self.sheet.relation, numbered=numbered)
        if not self.own_ids:
            return rows
        key = name(self.table.key[0])
        return (
            f"SELECT r.* REPLACE (coalesce(r.{key}, o.own_id) AS {key}) FROM ({rows}) r "
            "LEFT JOIN own_ids o USING (row)"
        )

    def _stored(self, column: Column) -> str:
        if column.name == "capture_id":
            return self._capture()
        if column.name == "thread_id":  # what `threads` finds to be deeper is mended later
            return "coalesce(parent_id, comment_id)"
        if column.kind == "span":
            return "CAST(NULL AS STRUCT(seen TIMESTAMPTZ, missed TIMESTAMPTZ))"
        return name(column.name)

    def _capture(self) -> str:
        """
        Page and, where the row tells them, moment and post: so a row's capture is known before all rows are.
        """
        # Counts of a page are their own capture: the moment of counting.
        stated = "captured_at" if self.table.name == "page_counts" else CAPTURED.name
        begin = f"{quote(self.captures)}, page_id"
        post = f", '{_POST}', post_id" if self.sheet.extents else ""
        # In most files no row states its moment: to concatenate fewer texts is cheaper.
        return (
            f"CASE WHEN {stated} IS NULL THEN concat({begin}{post}) "
            f"ELSE concat({begin}, '-', epoch_us({stated}){post}) END"
        )
