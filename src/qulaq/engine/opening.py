"""Which engine a command runs on."""

from __future__ import annotations

from qulaq.engine.base import Engine
from qulaq.errors import Misused
from qulaq.lang import phrase

_SPARK = "sc://"


def open_engine(address: str | None = None) -> Engine | None:
    """
    The Spark cluster whose Spark Connect listens at `sc://host:port`; without an address None: the corpus then
    opens DuckDB in this process, and reads its current copy.

    Raises Misused for another address, and EngineError where the cluster does not answer or would answer
    wrongly.
    """
    if address is None:
        return None
    if not address.startswith(_SPARK):
        raise Misused(
            where="--engine",
            found=phrase("“{address}” is no address of a cluster.", address=address),
            remedy=phrase("Write it as sc://host:15002, or leave it out."),
        )
    # Whoever has no cluster need not have the package.
    from qulaq.engine.spark import SparkEngine

    return SparkEngine(address)
