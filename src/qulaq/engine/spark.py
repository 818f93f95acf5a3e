"""
Apache Spark, through Spark Connect: on a cluster that reads the study's folder under the same path.

Ibis is the compiler only, as for DuckDB; its Spark backend asks for packages that nothing else needs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import ibis
import pyarrow as pa
import sqlglot.expressions as sge
from ibis.backends.sql.compilers.pyspark import compiler

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
        query = compiler.to_sqlglot(expression).transform(_in_words_of_spark)
        return str(query.sql(dialect=compiler.dialect, pretty=True))

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
        yield

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

def _in_words_of_spark(node: sge.Expression) -> sge.Expression:
    """
    The functions that `qulaq.engine.base` leaves to the engine, as Spark calls them.
    """
    if isinstance(node, sge.Anonymous):
        match node.name.lower():
            case "timezone":
                zone, moment = node.expressions
                return sge.func("from_utc_timestamp", moment, zone)
            case "epoch_us":
                return sge.func("unix_micros", *node.expressions)
    return node


def _as_pattern(file: Path) -> str:
    """
    A file's place as Spark reads it: absolute, and no letter of it a wildcard.
    """
    return re.sub(r"([\\*?\[\]{},])", r"\\\1", str(file.absolute()))
