"""
Apache Spark, through Spark Connect: on a cluster that reads the study's folder under the same path.

Ibis is the compiler only, as for DuckDB; its Spark backend asks for packages that nothing else needs.
"""

from __future__ import annotations

import logging
import re
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import ibis
import pyarrow as pa
import sqlglot.expressions as sge
from ibis.backends.sql.compilers.base import AggGen
from ibis.backends.sql.compilers.pyspark import PySparkCompiler

from qulaq.engine.base import placed
from qulaq.engine.clock import knows_the_clocks
from qulaq.errors import EngineError, Misused
from qulaq.lang import Phrase, phrase

DataFrame = Any  # whoever has no cluster need not have the package
Session = Any
Sql = Any  # Ibis ships no types

_ZONE = "spark.sql.session.timeZone"
SETTINGS: Mapping[str, str] = {
    _ZONE: "UTC",  # elsewhere `from_utc_timestamp` shifts twice
    "spark.sql.ansi.enabled": "true",  # what does not fit is an error, as on DuckDB, and no other number
}
"""What a session must be set to, for its answers to be those of DuckDB."""

_PORT = 15002
_PATIENCE = 10.0  # seconds until a cluster must have answered
_MESSAGE = 32_000_000  # bytes: a message may hold 128 MB, and is not as well packed as the rows


class SparkEngine:
    """
    An engine on a cluster. Its session is its own and ends with it.

    Raises Misused where the package is not installed, EngineError where the cluster does not answer or
    would answer wrongly.
    """

    def __init__(self, address: str) -> None:
        self._address = address
        self._kept: list[DataFrame] = []
        self._mark = uuid4().hex
        self._session = _connect(address)
        try:
            self._prepare()
        except BaseException:
            self.close()
            raise

    def _prepare(self) -> None:
        with self._telling_of_failures():
            for setting, value in SETTINGS.items():
                self._set(setting, value)
        if not knows_the_clocks(self):
            raise EngineError(
                where=self._address,
                found=phrase(
                    "the cluster does not know that Almaty's clocks went back on 2024-03-01."
                ),
                remedy=phrase("Renew its Java, or the time zone data of that (2024a or newer)."),
            )

    def _set(self, setting: str, value: str) -> None:
        """
        Raises EngineError where the cluster keeps to a value of its own.
        """
        from pyspark.errors import PySparkException

        with suppress(PySparkException):
            self._session.conf.set(setting, value)
        found = self._session.conf.get(setting)
        if found.lower() != value.lower():
            raise EngineError(
                where=self._address,
                found=phrase(
                    "its sessions have {setting} = {found}.", setting=setting, found=found
                ),
                remedy=phrase(
                    "Start Spark Connect with --conf {setting}={value}.",
                    setting=setting,
                    value=value,
                ),
            )

    @staticmethod
    def compiled(expression: Any) -> str:  # noqa: ANN401  # Ibis ships no types
        return str(_COMPILER.to_sqlglot(expression).sql(dialect=_COMPILER.dialect, pretty=True))

    def add_rows(self, table: str, rows: pa.Table) -> None:
        from pyspark.sql.pandas.types import from_arrow_schema

        schema = from_arrow_schema(rows.schema)
        parts = list(_in_parts(rows))
        names = [table if len(parts) == 1 else f"{table}_part{i}" for i in range(len(parts))]
        with self._telling_of_failures():
            for name, part in zip(names, parts, strict=True):
                self._session.createDataFrame(part, schema).createOrReplaceTempView(name)
            if len(parts) > 1:
                whole = " UNION ALL ".join(f"SELECT * FROM `{name}`" for name in names)
                self._session.sql(whole).createOrReplaceTempView(table)

    def add_files(self, table: str, files: Mapping[int, Path], empty: pa.Schema) -> None:
        if not files:
            self.add_rows(table, placed(empty).empty_table())
            return
        from pyspark.sql.connect import functions as f
        from pyspark.sql.pandas.types import from_arrow_schema

        number = f.regexp_extract("_metadata.file_name", r"^(\d+)", 1)
        with self._telling_of_failures():
            rows = self._session.read.schema(from_arrow_schema(empty))
            rows = rows.parquet(*(_as_pattern(file) for file in files.values()))
            # A cluster keeps rows for all sessions by what they were read from, which may be another
            # state of the same file. Said of this session, they are read anew.
            rows = rows.filter(f.lit(self._mark) != f.lit(""))
            rows.select(
                *empty.names,
                number.cast("int").alias("intake_batch"),
                f.col("_metadata.row_index").alias("intake_row"),
            ).createOrReplaceTempView(table)

    def run(self, expression: Any) -> pa.Table:  # noqa: ANN401  # Ibis ships no types
        with self._telling_of_failures():
            return self._session.sql(self.compiled(expression)).toArrow()

    def materialize(self, table: str, sql: str, *, as_view: bool = False) -> None:
        """
        Rows are kept when they are first asked for, and what a lost machine kept is made anew.
        """
        with self._telling_of_failures():
            rows = self._session.sql(sql)
            if not as_view:
                rows = rows.persist()
                self._kept.append(rows)
            rows.createOrReplaceTempView(table)

    def is_empty(self, table: str) -> bool:
        with self._telling_of_failures():
            return bool(self._session.table(table).limit(1).toArrow().num_rows == 0)

    def close(self) -> None:
        from pyspark.errors import PySparkException

        # A cluster that is gone keeps nothing, and why it went was said already.
        with suppress(PySparkException):
            for rows in self._kept:
                rows.unpersist()
            self._session.stop()

    @contextmanager
    def _telling_of_failures(self) -> Iterator[None]:
        from pyspark.errors import PySparkException

        try:
            yield
        except PySparkException as error:
            said = _first_line(error)
            raise EngineError(
                where=self._address,
                found=phrase("the cluster cannot do it ({error}).", error=said),
                remedy=_MORE_MEMORY if "heap space" in said else _SAME_PATH,
            ) from error


_SAME_PATH = phrase(
    "Each of its machines must be able to read the study's folder under the same path as this one."
)
_MORE_MEMORY = phrase(
    "Give it more memory: spark.driver.memory for what is sent to it, spark.executor.memory for the rest."
)


# ── connecting ───────────────────────────────────────────────────────────────────────────────────


def _connect(address: str) -> Session:
    """
    A session of one's own.
    """
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql.connect.session import SparkSession
    except ImportError as error:
        raise Misused(
            where="--engine",
            found=phrase("what speaks with Spark is not installed ({error}).", error=str(error)),
            remedy=phrase("Install it: pip install 'qulaq[spark]'."),
        ) from error
    _must_listen(address)
    # It writes each failure to the screen as JSON, before we can say it.
    logging.getLogger("SQLQueryContextLogger").setLevel(logging.CRITICAL)
    try:
        return SparkSession.builder.remote(address).create()
    except PySparkException as error:
        raise _silent(
            address, phrase("no Spark Connect answers ({error}).", error=_first_line(error))
        ) from error


def _must_listen(address: str) -> None:
    """
    Spark's own client asks for minutes before it gives up.
    """
    try:
        place = urlsplit(address)
        host, port = place.hostname or "", place.port or _PORT
    except ValueError:
        host, port = "", _PORT
    try:
        socket.create_connection((host, port), timeout=_PATIENCE).close()
    except OSError as error:
        found = phrase("nobody listens there ({error}).", error=error.strerror or str(error))
        raise _silent(address, found) from error


def _silent(address: str, found: Phrase) -> EngineError:
    remedy = phrase("Check host and port, and that Spark Connect is started on the cluster.")
    return EngineError(where=address, found=found, remedy=remedy)


def _in_parts(rows: pa.Table) -> Iterator[pa.Table]:
    """
    The rows so that none of the parts is larger than a message to the cluster may be.
    """
    of_each = max(1, len(rows) * _MESSAGE // max(1, rows.nbytes))
    for start in range(0, max(1, len(rows)), of_each):
        yield rows.slice(start, of_each)


def _first_line(error: Exception) -> str:
    """
    What was said, without the plan and the trace below it. What the connection says has a line `details`.
    """
    said = str(error).strip()
    details = re.search(r'details = "(.+?)"', said)
    return (details[1] if details else said.partition("\n")[0])[:300]


def _as_pattern(file: Path) -> str:
    """
    A file's place as Spark takes it, which reads wildcards in it.
    """
    return re.sub(r"([\\*?\[\]{},])", r"\\\1", str(file.absolute()))


# ── compiling ────────────────────────────────────────────────────────────────────────────────────


class _Options(ibis.config.Config):  # type: ignore[misc]  # Ibis ships no types
    treat_nan_as_null: bool = False


# As an import of the backend would: the compiler asks for it where numbers have a point.
if ibis.options.pyspark is None:
    ibis.options.pyspark = _Options()


class _Compiler(PySparkCompiler):  # type: ignore[misc]
    """
    Ibis' compiler for Spark, and what it lacks. The names of its methods are Ibis'.
    """

    __slots__ = ()

    # Else a condition is laid upon each argument, also upon the fraction of a quantile.
    agg = AggGen(supports_filter=True)

    def visit_ScalarUDF(self, op: Any, **arguments: Any) -> Sql:  # noqa: ANN401, N802
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

    def visit_ArrayCollect(  # noqa: N802
        self,
        op: Any,  # noqa: ANN401
        *,
        arg: sge.Expression,
        where: sge.Expression | None,
        order_by: tuple[sge.Ordered, ...],
        **ways: bool,
    ) -> Sql:
        """
        Lists in an order, which Spark has for no aggregate: structs of the keys and the value are sorted.
        """
        if not order_by:
            return super().visit_ArrayCollect(op, arg=arg, where=where, order_by=(), **ways)
        if any(ways.values()) or any(key.args.get("desc") for key in order_by):
            raise NotImplementedError("lists are compiled in ascending order, without nulls")
        keys = [part for i, key in enumerate(order_by) for part in (f"key{i}", key.this)]
        struct = self.f.anon.named_struct(*keys, "value", arg)
        there = arg.is_(sge.null()).not_()
        wanted = sge.and_(there, where) if where is not None else there
        kept = self.f.anon.collect_list(self.if_(wanted, struct, sge.null()))
        one = sge.to_identifier("one")
        value = sge.Dot(this=one, expression=sge.to_identifier("value"))
        ordered = self.f.anon.array_sort(kept)
        return self.f.anon.transform(ordered, sge.Lambda(this=value, expressions=[one]))


_COMPILER = _Compiler()
