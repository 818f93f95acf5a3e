"""Compiles Ibis expressions and runs them on DuckDB; one connection, one place for local days."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import ibis
import ibis.expr.datatypes as dt
import pyarrow as pa
import pyarrow.parquet as pq

from qulaq.errors import StoreError
from qulaq.lang import phrase

MOMENT = dt.Timestamp(timezone="UTC", scale=6)
_HOUR = 3_600_000_000  # microseconds


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


def compiled(expression: Any) -> str:  # noqa: ANN401  # Ibis ships no types
    """
    An unbound Ibis expression as SQL.
    """
    return str(ibis.to_sql(expression, dialect="duckdb"))


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


class Engine:
    """
    Tables by name, and Ibis expressions over them.
    """

    def __init__(self) -> None:
        self._connection = connect()

    def add_rows(self, table: str, rows: pa.Table) -> None:
        """
        Make an Arrow table known under that name.
        """
        self._connection.register(table, rows)

    def add_files(self, table: str, files: Mapping[int, Path], empty: pa.Schema) -> None:
        """
        Make Parquet files known as one table, with `intake_batch` (the file's number) and
        `intake_row` (the row's place in it).

        *empty* is the schema that stands where there is no file.
        """
        if not files:
            rows = empty.empty_table()
            rows = rows.append_column("intake_batch", pa.array([], pa.int32()))
            self.add_rows(table, rows.append_column("intake_row", pa.array([], pa.int64())))
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
        """
        The value of an unbound Ibis table expression.
        """
        with _telling_of_damage():
            return arrow(self._connection, compiled(expression))

    def materialize(self, table: str, sql: str, *, as_view: bool = False) -> None:
        """
        Run a compiled expression once and keep its rows under that name; *as_view*, run it when asked.
        """
        kind = "VIEW" if as_view else "TABLE"
        with _telling_of_damage():
            self._connection.execute(f"CREATE TEMP {kind} {name(table)} AS {sql}")

    def is_empty(self, table: str) -> bool:
        """
        Whether the table of that name has no rows.
        """
        return not self._connection.sql(f"SELECT 1 FROM {name(table)} LIMIT 1").fetchall()

    def close(self) -> None:
        self._connection.close()


def as_ibis(schema: pa.Schema) -> Any:  # noqa: ANN401
    """
    An Arrow schema in Ibis' words. (Ibis' own translation imports a package that nothing else needs.)
    """
    return ibis.schema({field.name: _as_ibis(field.type) for field in schema})


def _as_ibis(kind: pa.DataType) -> dt.DataType:
    if pa.types.is_timestamp(kind):
        return MOMENT
    if pa.types.is_date(kind):
        return dt.date
    if pa.types.is_list(kind):
        return dt.Array(_as_ibis(kind.value_type))
    if pa.types.is_struct(kind):
        return dt.Struct({field.name: _as_ibis(field.type) for field in kind})
    return dt.dtype({"bool": "boolean"}.get(str(kind), str(kind)))


def _timezone(zone: str, moment: Any) -> Any:  # noqa: ANN401
    """
    The clock on the wall of a zone: declared here, done by the engine.
    """


# DuckDB's `timezone(zone, moment)`.
_local_time: Any = ibis.udf.scalar.builtin(
    _timezone, name="timezone", signature=((dt.string, MOMENT), dt.Timestamp(scale=6))
)


def _epoch_us(moment: Any) -> Any:  # noqa: ANN401
    """
    Microseconds since 1970: declared here, done by the engine.
    """


# DuckDB's `epoch_us(moment)`.
_microseconds: Any = ibis.udf.scalar.builtin(
    _epoch_us, name="epoch_us", signature=((MOMENT,), dt.int64)
)


def hours_between(start: Any, end: Any) -> Any:  # noqa: ANN401
    """
    Hours from one moment to another, to the microsecond; below zero where *end* is earlier.

    The difference of moments with a zone, as Ibis has it, asks the calendar and takes ten times as long.
    """
    return (_microseconds(end) - _microseconds(start)) / _HOUR


def local_time(moment: Any, zone: Any, zones: Sequence[str]) -> Any:  # noqa: ANN401
    """
    What the clock on the wall shows in *zone* (a column whose values are among *zones*).

    Casting to a zone in Ibis drops it silently: this is the one place where a zone is applied.
    """
    cases = [(zone == one, _local_time(one, moment)) for one in zones]
    return ibis.cases(*cases) if cases else ibis.null("timestamp")


def local_day(moment: Any, zone: Any, zones: Sequence[str]) -> Any:  # noqa: ANN401
    """
    The day on the wall calendar of *zone*.
    """
    return local_time(moment, zone, zones).date()
