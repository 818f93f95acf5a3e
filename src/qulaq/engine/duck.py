"""DuckDB: inside this process, on one machine."""

from __future__ import annotations

import os
import shutil
import tempfile
import warnings
import weakref
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import ibis
import pyarrow as pa
import pyarrow.parquet as pq

from qulaq.engine.base import as_ibis, placed
from qulaq.errors import Misused, StoreError
from qulaq.lang import phrase


def connect(*, spill: Path | None = None, memory: str = "") -> duckdb.DuckDBPyConnection:
    """
    A DuckDB of one's own, in UTC, that spills into *spill* rather than fill the memory, or more than
    *memory* of it ("700MB").
    """
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    connection.execute("SET enable_progress_bar = false")
    # Nothing is fetched from the internet, whatever a file asks for.
    connection.execute("SET autoinstall_known_extensions = false")
    # Of a list of constants DuckDB makes a join, which is dear and loses the order of the rows.
    connection.execute("SET disabled_optimizers = 'in_clause'")
    if memory:
        connection.execute(f"SET memory_limit = {quote(memory)}")
    if spill is not None:
        connection.execute(f"SET temp_directory = {quote(str(spill))}")
    return connection


def quote(value: str) -> str:
    """
    A text as an SQL literal.
    """
    return "'" + value.replace("'", "''") + "'"


def name(column: str) -> str:
    """
    A column's name as an SQL identifier.
    """
    return '"' + column.replace('"', '""') + '"'


def among(value: str, texts: Iterable[str]) -> str:
    """
    Whether an SQL expression is one of these texts.
    """
    return f"list_contains(CAST([{', '.join(map(quote, texts))}] AS VARCHAR[]), {value})"


def paths(files: Iterable[Path]) -> str:
    """
    Files as the SQL list that `read_parquet` takes.
    """
    return "[" + ", ".join(quote(str(file)) for file in files) + "]"


def write_parquet(connection: duckdb.DuckDBPyConnection, query: str, file: Path) -> int:
    """
    Write the rows of a query to a Parquet file, in their order, and say how many they were.
    """
    answer = connection.execute(f"COPY ({query}) TO {quote(str(file))} ({_PARQUET})").fetchone()
    return int(answer[0]) if answer else 0


# Texts hardly ever recur: dictionaries of them, and the filters made of those, cost a fifth of writing for nothing.
# Small groups of rows keep the memory of an import low.
_PARQUET = (
    "FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, DICTIONARY_SIZE_LIMIT 1000, WRITE_BLOOM_FILTER false, "
    "ROW_GROUP_SIZE 61440"
)


def arrow(connection: duckdb.DuckDBPyConnection, sql: str) -> pa.Table:
    """
    The answer to a query, as an Arrow table.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return connection.sql(sql).to_arrow_table()


@contextmanager
def _telling_of_damage() -> Iterator[None]:
    """
    Reading stored tables fails only where a file is damaged, or where there is too little memory.
    """
    try:
        yield
    except (duckdb.InvalidInputException, duckdb.IOException, duckdb.DataError) as error:
        raise StoreError(
            where=phrase("the corpus"),
            found=phrase(
                "a stored file cannot be read ({error}).", error=str(error).splitlines()[0][:200]
            ),
            remedy=phrase("Restore the corpus folder from a copy, or import the exports anew."),
        ) from error


_INTEGERS = {"int8": "TINYINT", "int16": "SMALLINT", "int32": "INTEGER", "int64": "BIGINT"}


def _sorted(table: Any, where: str, by: Sequence[str]) -> str:  # noqa: ANN401
    """
    The query of some rows of a table, with the types that Ibis takes its columns for: an engine's own sums are
    wider than Parquet's numbers.
    """
    columns = table.schema()
    told = (
        f"CAST({name(one)} AS {_INTEGERS[str(kind)]}) AS {name(one)}"
        if str(kind) in _INTEGERS
        else name(one)
        for one, kind in columns.items()
    )
    order = ", ".join(name(one) for one in by if one in columns)
    return f"SELECT {', '.join(told)} FROM {name(table.get_name())} WHERE {where} ORDER BY {order}"


MEMORY, SPILL = "QULAQ_MEMORY", "QULAQ_SPILL"
"""Variables of the environment: how much memory is used ("4GB"), and the folder for what goes beyond it."""


def _half_of_the_memory() -> str:
    """
    Half of what the machine has; where that is not told, DuckDB's own choice.
    """
    try:
        half = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2
    except (AttributeError, ValueError, OSError):
        return ""
    return f"{half // 1_000_000}MB"


def _open_limited(spill: Path) -> duckdb.DuckDBPyConnection:
    """
    Raises Misused where the environment asks for an amount of memory that is none.
    """
    memory = os.environ.get(MEMORY, "")
    try:
        return connect(spill=spill, memory=memory or _half_of_the_memory())
    except (duckdb.ParserException, duckdb.InvalidInputException):
        raise Misused(
            where=MEMORY,
            found=phrase("“{text}” is no amount of memory.", text=memory),
            remedy=phrase("Write it as 4GB or 700MB, or leave it out."),
        ) from None


def _make_spill() -> Path:
    """
    Raises Misused where the environment names a folder in which nothing can be written.
    """
    folder = os.environ.get(SPILL) or None
    try:
        return Path(tempfile.mkdtemp(prefix="qulaq-spill-", dir=folder))
    except OSError as error:
        raise Misused(
            where=SPILL,
            found=phrase(
                "nothing can be written into “{folder}” ({error}).",
                folder=folder or tempfile.gettempdir(),
                error=error.strerror or error,
            ),
            remedy=phrase("Name a folder that exists and may be written."),
        ) from None


class DuckEngine:
    """
    An engine on a DuckDB of its own, within half of the machine's memory or what `QULAQ_MEMORY` says; what goes
    beyond is spilled into a folder that ends with it.
    """

    def __init__(self) -> None:
        spill = _make_spill()
        # Also where nobody closes it.
        self._tidy = weakref.finalize(self, shutil.rmtree, spill, ignore_errors=True)
        self._connection = _open_limited(spill)

    @staticmethod
    def compiled(expression: Any) -> str:  # noqa: ANN401  # Ibis ships no types
        return str(ibis.to_sql(expression, dialect="duckdb"))

    def add_rows(self, table: str, rows: pa.Table) -> None:
        self._connection.register(table, rows)

    def add_files(self, table: str, files: Mapping[int, Path], empty: pa.Schema) -> None:
        if not files:
            self.add_rows(table, placed(empty).empty_table())
            return
        columns = ", ".join(name(column) for column in empty.names)
        self._connection.execute(
            f"CREATE VIEW {name(table)} AS SELECT {columns}, "
            f"CAST(parse_filename(filename, true) AS INTEGER) AS intake_batch, "
            "file_row_number AS intake_row "
            f"FROM read_parquet({paths(files.values())}, filename = true, file_row_number = true, "
            "union_by_name = true)"
        )

    def add_copies(self, table: str, files: Sequence[Path]) -> Any:  # noqa: ANN401
        """
        Make Parquet files of one schema known as one table; the answer is that table.
        """
        self._connection.execute(
            f"CREATE OR REPLACE TEMP VIEW {name(table)} AS SELECT * FROM read_parquet({paths(files)})"
        )
        return ibis.table(as_ibis(pq.read_schema(files[0])), name=table)

    def write_copy(self, table: Any, file: Path, *, where: str, by: Sequence[str]) -> None:  # noqa: ANN401
        """
        Write those rows of a table to a Parquet file, in the order of those of the columns *by* that it has.
        """
        write_parquet(self._connection, _sorted(table, where, by), file)

    def sort(self, table: Any, *, by: Sequence[str]) -> Any:  # noqa: ANN401
        """
        The rows of a table in such an order, kept under a name of their own.
        """
        ordered = f"{table.get_name()}_in_order"
        self.materialize(ordered, _sorted(table, "true", by))
        return ibis.table(table.schema(), name=ordered)

    def run(self, expression: Any) -> pa.Table:  # noqa: ANN401  # Ibis ships no types
        with _telling_of_damage():
            return arrow(self._connection, self.compiled(expression))

    def materialize(self, table: str, sql: str, *, as_view: bool = False) -> None:
        kind = "VIEW" if as_view else "TABLE"
        with _telling_of_damage():
            self._connection.execute(f"CREATE TEMP {kind} {name(table)} AS {sql}")

    def is_empty(self, table: str) -> bool:
        return not self._connection.sql(f"SELECT 1 FROM {name(table)} LIMIT 1").fetchall()

    def close(self) -> None:
        self._connection.close()
        self._tidy()
