"""
Apache Spark, through Spark Connect: on a cluster that reads the study's folder under the same path.

Ibis is the compiler only, as for DuckDB; its Spark backend asks for packages that nothing else needs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import ibis
import pyarrow as pa
import sqlglot.expressions as sge
from ibis.backends.sql.compilers.base import AggGen
from ibis.backends.sql.compilers.pyspark import PySparkCompiler

from qulaq.engine.base import placed
from qulaq.errors import EngineError
from qulaq.lang import phrase

if TYPE_CHECKING:
    from pyspark.sql.connect.dataframe import DataFrame
    from pyspark.sql.connect.session import SparkSession

SETTINGS: Mapping[str, str] = {
    "spark.sql.session.timeZone": "UTC",  # elsewhere `from_utc_timestamp` shifts twice
    "spark.sql.ansi.enabled": "false",  # a division by zero is null and no error
    "spark.sql.legacy.timeParserPolicy": "CORRECTED",
}
"""What a session must be set to, for its answers to be those of DuckDB."""


class _Options(ibis.config.Config):
    treat_nan_as_null: bool = False


# What the backend's import would do: without it the compiler stumbles over numbers with a point.
if ibis.options.pyspark is None:
    ibis.options.pyspark = _Options()


class _Compiler(PySparkCompiler):
    """
    Ibis' compiler for Spark, and what it lacks.
    """

    __slots__ = ()

    # Without it the condition is laid on each argument, also on the fraction of a quantile.
    agg = AggGen(supports_filter=True)

    def visit_ScalarUDF(self, op: Any, **arguments: Any) -> sge.Expression:  # noqa: ANN401, N802  # Ibis' name
        """
        The functions that `qulaq.engine.base` leaves to the engine, as Spark calls them.
        """
        values = list(arguments.values())
        match self.__sql_name__(op):
            case "timezone":
                return self.f.anon.from_utc_timestamp(*reversed(values))
            case "epoch_us":
                return self.f.anon.unix_micros(*values)
            case other:
                raise NotImplementedError(other)

    def visit_ArrayCollect(self, op: Any, *, arg: Any, where: Any, order_by: Any, **ways: Any) -> sge.Expression:  # noqa: ANN401, N802
        """
        Lists in an order, which Spark has for no aggregate: pairs of the key and the value are sorted.
        """
        if not order_by:
            return super().visit_ArrayCollect(op, arg=arg, where=where, order_by=(), **ways)
        (key,) = order_by
        there = arg.is_(sge.null()).not_()
        pair = self.f.anon.named_struct("key", key.this, "value", arg)
        pairs = self.f.anon.array_sort(
            self.f.anon.collect_list(self.if_(sge.and_(there, where), pair, sge.null()))
        )
        one = sge.to_identifier("pair")
        value = sge.Lambda(this=sge.Dot(this=one, expression=sge.to_identifier("value")), expressions=[one])
        return self.f.anon.transform(pairs, value)


_COMPILER = _Compiler()


class SparkEngine:
    """
    An engine on a cluster. Its session is its own and ends with it.
    """

    def __init__(self, address: str) -> None:
        self._address = address
        self._kept: list[DataFrame] = []
        self._session = _connect(address)
        self._mark = uuid4().hex

    @staticmethod
    def compiled(expression: Any) -> str:  # noqa: ANN401  # Ibis ships no types
        return str(_COMPILER.to_sqlglot(expression).sql(dialect=_COMPILER.dialect, pretty=True))

    def add_rows(self, table: str, rows: pa.Table) -> None:
        from pyspark.sql.pandas.types import from_arrow_schema

        with self._telling_of_failures():
            told = self._session.createDataFrame(rows, from_arrow_schema(rows.schema))
            told.createOrReplaceTempView(table)

    def add_files(self, table: str, files: Mapping[int, Path], empty: pa.Schema) -> None:
        if not files:
            self.add_rows(table, placed(empty).empty_table())
            return
        from pyspark.sql.connect import functions as f
        from pyspark.sql.pandas.types import from_arrow_schema

        read = self._session.read.schema(from_arrow_schema(empty))
        with self._telling_of_failures():
            rows = read.parquet(*(_as_pattern(file) for file in files.values()))
            place = f.regexp_extract("_metadata.file_name", r"^(\d+)", 1)
            # Rows kept for another session, of a file that was rewritten since, are not these.
            own = rows.filter(f.lit(self._mark) != f.lit(""))
            own.select(
                *empty.names,
                place.cast("int").alias("intake_batch"),
                f.col("_metadata.row_index").alias("intake_row"),
            ).createOrReplaceTempView(table)

    def run(self, expression: Any) -> pa.Table:  # noqa: ANN401  # Ibis ships no types
        with self._telling_of_failures():
            return self._session.sql(self.compiled(expression)).toArrow()

    def materialize(self, table: str, sql: str, *, as_view: bool = False) -> None:
        with self._telling_of_failures():
            rows = self._session.sql(sql)
            if not as_view:
                rows = rows.persist()
                self._kept.append(rows)
            rows.createOrReplaceTempView(table)

    def is_empty(self, table: str) -> bool:
        with self._telling_of_failures():
            return self._session.table(table).limit(1).toArrow().num_rows == 0

    @contextmanager
    def _telling_of_failures(self) -> Iterator[None]:
        from pyspark.errors import PySparkException

        try:
            yield
        except PySparkException as error:
            raise EngineError(
                where=self._address,
                found=phrase("the cluster failed ({error}).", error=_first_line(error)),
                remedy=phrase(
                    "Check that each of its machines reads the study's folder under this very path: {folder}",
                ),
            ) from error

    def close(self) -> None:
        with self._telling_of_failures():
            for rows in self._kept:
                rows.unpersist()
            self._session.stop()


def _connect(address: str) -> SparkSession:
    from pyspark.sql.connect.session import SparkSession

    session = SparkSession.builder.remote(address).create()
    for setting, value in SETTINGS.items():
        session.conf.set(setting, value)
    return session

def _as_pattern(file: Path) -> str:
    """
    A file's place as Spark reads it: absolute, and no letter of it a wildcard.
    """
    return re.sub(r"([\\*?\[\]{},])", r"\\\1", str(file.absolute()))
