"""
The indicator set against hand-written SQL: the same values and intervals, each way in fresh processes.

Qulaq opens the corpus and computes every indicator that needs no coding and no reading of texts, as
results. The analyst runs `measuring.sql` over the same Parquet files and puts the intervals on.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from bench.agreement import (
    CALENDAR,
    PARTS,
    STANDARD,
    Columns,
    Comparison,
    Contestants,
    Work,
    compare,
    read_task,
    run,
)
from bench.contest import Contest, met

COPIED, BATCHES = "Qulaq, current copy", "Qulaq, batches"
BY_HAND, BY_HAND_COPIED = "SQL, batches", "SQL, current copy"
BARS = ((COPIED, BY_HAND, 0.5), (COPIED, BY_HAND_COPIED, 1.3), (BATCHES, BY_HAND, 2.0))
"""The first may take so much of the time of the second."""
MEMORY_BAR_MB = 1_500.0
NOT_COMPARED = ("reply_rate_gap_kk_ru", "boilerplate_reply_share", "cross_posted_share")
"""These read texts with detectors that SQL does not have."""


def measure_with_qulaq(
    study: Path, _task: Path, *, copy: bool, keys: Sequence[str] = (), engine: str | None = None
) -> Work:
    """
    The work to be timed: a study opened, all results made (or those of some *keys*); from the batches or from
    the current *copy*, on DuckDB or on the cluster at the address *engine*.
    """
    from qulaq.corpus.current import Corpus
    from qulaq.engine.opening import open_engine
    from qulaq.indicators import INDICATORS, Result, compute
    from qulaq.study import open_study
    from qulaq.study.model import Answering

    keys = keys or [
        key
        for key in INDICATORS.keys()  # noqa: SIM118  # a registry, not a mapping
        if key not in NOT_COMPARED and "codes" not in INDICATORS.get(key).needs
    ]
    standard = Answering(
        within_working_days=STANDARD, calendar=CALENDAR, basis="", verified_on=None
    )

    def work() -> list[Result]:
        opened = replace(open_study(study), answering=standard)
        with Corpus(opened, engine=open_engine(engine), copy=copy) as corpus:
            return compute(corpus, keys=keys)

    return lambda: _as_columns(work())


def _as_columns(results: Iterable[Any]) -> Columns:
    rows: dict[str, list[Any]] = {}
    for one in results:
        rows.setdefault(one.indicator, []).append([getattr(one, part) for part in PARTS])
    return {key: list(np.array(found, dtype=np.float64).T) for key, found in rows.items()}


def measure_by_hand(_study: Path, task: Path, *, copy: bool) -> Work:
    """
    The same with SQL.
    """
    from bench import measuring_by_hand

    return lambda: measuring_by_hand.measure(read_task(task), copy=copy)


CONTESTANTS: Contestants = {
    COPIED: partial(measure_with_qulaq, copy=True),
    BATCHES: partial(measure_with_qulaq, copy=False),
    BY_HAND: partial(measure_by_hand, copy=False),
    BY_HAND_COPIED: partial(measure_by_hand, copy=True),
}


def measure(study: Path, *, rounds: int) -> Comparison:
    return compare("bench.measuring", list(CONTESTANTS), study, rounds=rounds)


# ── on the page ──────────────────────────────────────────────────────────────────────────────────


def describe(found: Comparison, *, judged: bool = True) -> list[str]:
    """
    What it took, as lines of Markdown; bars are for ten million comments, and smaller sizes are not *judged* by them.
    """
    return [
        f"{found.indicators} indicators, {found.results:,} results with their intervals.",
        "",
        *(_told(found.contest, *bar, judged=judged) for bar in BARS),
        *([_memory_told(found.contest)] if judged else []),
        "",
        *found.contest.table(),
    ]


def _told(contest: Contest, one: str, other: str, bar: float, *, judged: bool) -> str:
    if other not in contest.runs:
        return f"- {one} against {other} (bar: {bar:g}): not measured yet."
    share = contest.share(one, other)
    told = f"- {one} takes {share:.2f} of the time of {other}"
    return f"{told} (bar: {bar:g}), so the bar is {met(share <= bar)}." if judged else f"{told}."


def _memory_told(contest: Contest) -> str:
    peak = contest.median(COPIED, "peak_mb")
    verdict = met(peak < MEMORY_BAR_MB)
    return f"- {COPIED} takes {peak:,.0f} MB at its peak (bar: {MEMORY_BAR_MB:,.0f} MB), so the bar is {verdict}."


if __name__ == "__main__":
    run(CONTESTANTS, *sys.argv[2:])
