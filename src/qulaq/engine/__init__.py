"""
Compiles Ibis expressions and runs them: on DuckDB inside this process, or on a Spark cluster.

    with Corpus(study, engine=open_engine("sc://cluster:15002")) as corpus: ...   # of qulaq.engine.opening

Which of the two is chosen in `opening`, beside this: whoever only compiles or reads files touches no network.
"""

from __future__ import annotations

from qulaq.engine.base import MOMENT, Engine, as_ibis, hours_between, local_day, local_time, placed
from qulaq.engine.duck import (
    DuckEngine,
    among,
    arrow,
    connect,
    name,
    paths,
    quote,
    write_parquet,
)

__all__ = [
    "MOMENT",
    "DuckEngine",
    "Engine",
    "among",
    "arrow",
    "as_ibis",
    "connect",
    "hours_between",
    "local_day",
    "local_time",
    "name",
    "paths",
    "placed",
    "quote",
    "write_parquet",
]
