"""
A part of the indicator set against what else analysts use: SQL, Polars, pandas, and Python row by row.

Every kind of work is in it: the newest state of posts and comments, counts of posts and of days, threads, who
answered whom and how often the word passed, waiting, citizens told apart, shares with clusters. Each contestant
reads the batches, makes the sums of `measuring.sql` that the part needs, and puts the same intervals on them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from bench.agreement import Columns, Comparison, Contestants, Work, compare, read_task, run
from bench.contest import Contest, met
from bench.measuring import BATCHES, BY_HAND, BY_HAND_COPIED, COPIED, measure_with_qulaq
from bench.measuring_by_hand import put_intervals

KEYS = (
    "posts", "posts_per_day_mean", "posts_per_day_min", "posts_per_day_max", "days_without_posts", "likes_mean",
    "likes_median", "likes_max", "popularity_1", "comments_mean", "shares_mean", "comments_closed_share",
    "authors_known_share", "page_comments_per_citizen_comment", "citizen_comments", "reply_rate", "unanswered",
    "answered_posts_share", "reply_within_24h", "reply_within_72h", "latency_median_hours", "latency_p90_hours",
    "threads_continued_share", "speaker_changes_mean", "citizens", "citizens_answered_share",
)  # fmt: skip
HOURS = (24, 72)
"""Of the shares of comments that were answered within so many hours."""
POLARS, PANDAS, ROWS = "Polars", "pandas", "Python, row by row"
BARS = {PANDAS: 5.0, ROWS: 20.0}
"""Qulaq, from its current copy, must be at least so many times as fast."""

Sums = Mapping[str, Mapping[str, Any]]
"""
The tables of `measuring.sql` that the part needs, with their columns page by page (of a quantile a sorted array of
values for each page).
"""


class MixedSources(Exception):
    """
    Some captures know no parents. Answers are then found by the names they mention, which no contestant but
    Qulaq and the whole of `measuring.sql` can do; the made corpora have none.
    """


class _Columns(dict[str, Any]):
    """
    Columns of which those that the part does not need are unknown.
    """

    def __init__(self, columns: Mapping[str, Any], pages: int) -> None:
        super().__init__(columns)
        self._pages = pages

    def __missing__(self, _: str) -> Any:  # noqa: ANN401
        return np.full(self._pages, np.nan)


def as_indicators(sums: Sums) -> Columns:
    """
    The part's indicators, with their intervals.
    """
    pages = len(sums["looked"]["days"])
    found = put_intervals(lambda table: _Columns(sums.get(table, {}), pages))
    return {key: found[key] for key in KEYS}


def _by(module: str, **words: bool) -> Callable[[Path, Path], Work]:
    """
    A contestant that makes the sums with the function `add_up` of a module of this folder.
    """

    def contestant(_study: Path, task: Path) -> Work:
        from importlib import import_module

        add_up: Callable[..., Sums] = import_module(f"bench.{module}").add_up
        return lambda: as_indicators(add_up(read_task(task), **words))

    return contestant


CONTESTANTS: Contestants = {
    COPIED: partial(measure_with_qulaq, copy=True, keys=KEYS),
    BATCHES: partial(measure_with_qulaq, copy=False, keys=KEYS),
    BY_HAND: _by("part_in_sql", copy=False),
    BY_HAND_COPIED: _by("part_in_sql", copy=True),
    POLARS: _by("part_in_polars"),
    PANDAS: _by("part_in_pandas"),
    ROWS: _by("part_by_row"),
}
NEEDED = {POLARS: "polars", PANDAS: "pandas"}


def missing() -> dict[str, str]:
    """
    The contestants whose library is not installed, with its name.
    """
    return {name: library for name, library in NEEDED.items() if find_spec(library) is None}


def measure(study: Path, *, rounds: int) -> Comparison:
    names = [name for name in CONTESTANTS if name not in missing()]
    return compare("bench.part", names, study, rounds=rounds)


# ── on the page ──────────────────────────────────────────────────────────────────────────────────


def describe(found: Comparison, *, judged: bool = True) -> list[str]:
    """
    What it took, as lines of Markdown; bars are for ten million comments, and smaller sizes are not *judged* by them.
    """
    return [
        f"{found.indicators} indicators, {found.results:,} results with their intervals.",
        "",
        *(_told(found.contest, other, bar, judged=judged) for other, bar in BARS.items()),
        "",
        *found.contest.table(),
    ]


def _told(contest: Contest, other: str, bar: float, *, judged: bool) -> str:
    if other not in contest.runs:
        return f"- {COPIED} against {other} (bar: {bar:g}): not measured."
    times = contest.share(other, COPIED)
    told = f"- {COPIED} is {times:.1f} times as fast as {other}"
    return f"{told} (bar: {bar:g}), so the bar is {met(times >= bar)}." if judged else f"{told}."


if __name__ == "__main__":
    run(CONTESTANTS, *sys.argv[2:], need_pandas=[PANDAS])
