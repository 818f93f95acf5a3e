"""
What Spark costs on one machine: the start of a cluster, its memory, and the indicator set on it beside DuckDB.

The cluster (`bench/local_spark.py`) is a master, two workers of one core and Spark Connect. A run's own figures are
those of the client; what the cluster's processes took meanwhile stands beside them.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bench import local_spark
from bench.agreement import Comparison, Contestants, Work, compare, read_setting, run
from bench.contest import memory_mb
from bench.measuring import BATCHES, COPIED, measure_with_qulaq
from bench.results import Entry

SPARK = "Qulaq, Spark"
WORDS = (
    "Spark is for corpora that one machine cannot hold. On one machine it costs: a master, two workers and Spark Connect "
    "are several Java processes that must start, be kept in memory and be sent every plan. The indicator set is the same one, "
    "from the batches, for the current copy is DuckDB's."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """
    Seconds until the cluster listens, its memory then and at its peak, the CPU that it used in all runs, and the runs.
    """

    start_seconds: float
    idle_mb: float
    peak_mb: float
    cpu: float
    comparison: Comparison

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Cost:
        return cls(**{**told, "comparison": Comparison.from_json(told["comparison"])})


def missing() -> str:
    """
    Why there can be no cluster here; nothing where there can.
    """
    return "" if local_spark.CAN_RUN else "it needs Java 17 and pip install 'qulaq[spark]'"


def measure(study: Path, *, rounds: int) -> Cost:
    """
    A cluster of its own, started for this and stopped after it.
    """
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        with local_spark.running(Path(folder)) as cluster:
            start_seconds = time.perf_counter() - began
            idle_mb, used = _memory(cluster, "VmRSS"), _cpu(cluster)
            comparison = compare(
                "bench.on_spark", list(CONTESTANTS), study, rounds=rounds, engine=cluster.address
            )
            return Cost(
                start_seconds=start_seconds,
                idle_mb=idle_mb,
                peak_mb=_memory(cluster, "VmHWM"),
                cpu=_cpu(cluster) - used,
                comparison=comparison,
            )


def _memory(cluster: local_spark.Cluster, key: str) -> float:
    return sum(memory_mb(f"/proc/{process}/status", key) for process in _processes(cluster))


def _cpu(cluster: local_spark.Cluster) -> float:
    """
    Seconds used by the cluster's processes that still run.
    """
    ticks = os.sysconf("SC_CLK_TCK")
    stats = (_stat(process) for process in _processes(cluster))
    return sum(int(user) + int(system) for one in stats for user, system in [one[11:13]]) / ticks


def _processes(cluster: local_spark.Cluster) -> Iterator[int]:
    """
    The servers and what they started, which all belong to the servers' sessions.
    """
    sessions = {str(process) for process in cluster.processes()}
    for folder in Path("/proc").glob("[0-9]*"):
        if sessions.intersection(_stat(int(folder.name))[3:4]):
            yield int(folder.name)


def _stat(process: int) -> list[str]:
    """
    What Linux tells of a process after its name; nothing where it is gone.
    """
    try:
        told = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    return told.rpartition(")")[2].split()


def measure_on_spark(study: Path, task: Path) -> Work:
    return measure_with_qulaq(study, task, copy=False, engine=read_setting(task, "engine"))


def measure_on_duckdb(study: Path, task: Path) -> Work:
    return measure_with_qulaq(study, task, copy=False)


def measure_copy(study: Path, task: Path) -> Work:
    return measure_with_qulaq(study, task, copy=True)


CONTESTANTS: Contestants = {
    BATCHES: measure_on_duckdb,
    COPIED: measure_copy,
    SPARK: measure_on_spark,
}


# ── on the page ──────────────────────────────────────────────────────────────────────────────────


def describe(entry: Entry) -> list[str]:
    """
    What it costs, as lines of Markdown.
    """
    cost = Cost.from_json(entry.found)
    contest = cost.comparison.contest
    return [
        f"{cost.comparison.indicators} indicators, {cost.comparison.results:,} results, the same on both engines.",
        "",
        f"- The cluster listens after {cost.start_seconds:.0f} seconds and then holds {cost.idle_mb:,.0f} MB of memory.",
        f"- Its processes hold {cost.peak_mb:,.0f} MB at their peaks; the client's memory, in the table, comes on top.",
        *(_runs_told(cost, rounds=entry.rounds) if SPARK in contest.runs else ()),
        "",
        *contest.table(),
    ]


def _runs_told(cost: Cost, *, rounds: int) -> list[str]:
    contest, first = cost.comparison.contest, cost.comparison.checked[SPARK].seconds
    shares = (
        f"{contest.share(SPARK, other):.0f} times as long as {other}" for other in (BATCHES, COPIED)
    )
    return [
        f"- The first run on a new cluster takes {first:.0f} seconds.",
        f"- {'Later runs take' if rounds else 'That is'} {', '.join(shares)}.",
        f"- All its runs together ({rounds + 1}) used {cost.cpu:.0f} seconds of CPU; the table counts the client's only.",
    ]


if __name__ == "__main__":
    run(CONTESTANTS, *sys.argv[2:], need_pandas=[SPARK])
