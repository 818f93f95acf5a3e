"""What an engine does, and the words that mean the same on each: one place for local days and durations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import ibis
import ibis.expr.datatypes as dt
import pyarrow as pa

MOMENT = dt.Timestamp(timezone="UTC", scale=6)
_HOUR = 3_600_000_000  # microseconds


class Engine(Protocol):
    """
    Tables by name, and Ibis expressions over them.
    """

    @staticmethod
    def compiled(expression: Any) -> str:  # noqa: ANN401  # Ibis ships no types
        """
        An unbound Ibis expression as the engine's SQL.
        """

    def add_rows(self, table: str, rows: pa.Table) -> None:
        """
        Make an Arrow table known under that name.
        """

    def add_files(self, table: str, files: Mapping[int, Path], empty: pa.Schema) -> None:
        """
        Make Parquet files known as one table, with `intake_batch` (the file's number) and
        `intake_row` (the row's place in it).

        *empty* is the schema that stands where there is no file.
        """

    def run(self, expression: Any) -> pa.Table:  # noqa: ANN401  # Ibis ships no types
        """
        The value of an unbound Ibis table expression.
        """

    def materialize(self, table: str, sql: str, *, as_view: bool = False) -> None:
        """
        Run a compiled expression once and keep its rows under that name; *as_view*, run it when asked.
        """

    def is_empty(self, table: str) -> bool:
        """
        Whether the table of that name has no rows.
        """

    def close(self) -> None: ...


def placed(schema: pa.Schema) -> pa.Schema:
    """
    The schema with `intake_batch` and `intake_row`.
    """
    for column, kind in (("intake_batch", pa.int32()), ("intake_row", pa.int64())):
        schema = schema.append(pa.field(column, kind))
    return schema


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
