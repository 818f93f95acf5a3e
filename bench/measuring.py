"""
The indicator set against hand-written SQL: the same values and intervals, each way in fresh processes.

    python -m bench.measuring               # 200 pages, 100,000 posts, 1,000,000 comments
    python -m bench.measuring --large       # ten times as much
    python -m bench.measuring --small       # a few thousand rows
    python -m bench.measuring --study DIR   # a study that exists

Qulaq opens the corpus and computes every indicator that needs no coding and no reading of texts, as
results. The analyst runs `measuring.sql` over the same Parquet files and puts the intervals on. Before
anything is timed both must give the same numbers: counts exactly, all else to nine digits.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial
from importlib.abc import MetaPathFinder
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.contest import Contest, alternate, run_apart, tell
from bench.generate import Size, make

LARGE = Size(pages=200, posts=1_000_000, comments=10_000_000)
WHOLE = Size(pages=200, posts=100_000, comments=1_000_000)
SMALL = Size(pages=6, posts=300, comments=6_000)
BAR = 2.0
"""Qulaq may take so many times as long as hand-written SQL, both from the batches."""
COPY_BAR, COPIES_BAR = 0.5, 1.3
"""From the current copy it may take so much of the time of hand-written SQL from the batches, and from the copy."""
NOT_COMPARED = ("reply_rate_gap_kk_ru", "boilerplate_reply_share", "cross_posted_share")
"""These read texts with detectors that SQL does not have."""
COUNTS = (
    "posts", "posts_per_day_min", "posts_per_day_max", "days_without_posts", "posts_all_time", "likes_max",
    "comments_max", "shares_max", "citizen_comments", "unanswered", "citizens", "reply_rate_rank",
    "answered_by_72h_rank", "latency_rmst_7d_rank",
)  # fmt: skip
DIGITS = 1e-9
STANDARD, CALENDAR = 15, "KZ"
PARTS = ("value", "low", "high", "n")

Columns = Mapping[str, Sequence[NDArray[np.float64]]]
"""Of each indicator value, low, high and n, page by page; NaN: there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """
    The runs of both, and how much they computed.
    """

    contest: Contest
    indicators: int
    results: int


def compare(study: Path, *, rounds: int) -> Comparison:
    """
    Both by turns, after they were found to agree. Raises Disagreement with all differences.
    """
    with tempfile.TemporaryDirectory() as folder:
        task = write_task(study, Path(folder))
        ours, *others = (_numbers(name, study, task) for name in CONTESTANTS)
        for theirs in others:
            check_agreement(ours, theirs)
        contest = alternate(
            list(CONTESTANTS),
            lambda name: run_apart("bench.measuring", name, str(study), str(task)),
            rounds=rounds,
        )
    return Comparison(
        contest=contest,
        indicators=len(ours),
        results=sum(len(columns[0]) for columns in ours.values()),
    )


def _numbers(name: str, study: Path, task: Path) -> Columns:
    """
    What a contestant finds, by a run that is not timed.
    """
    file = task.with_name(f"{name}.npz")
    run_apart("bench.measuring", name, str(study), str(task), str(file))
    with np.load(file) as found:
        return {key: list(found[key]) for key in found}


def lines(found: Comparison) -> list[str]:
    """
    What it took, as lines of Markdown.
    """
    return [
        f"{found.indicators} indicators, {found.results:,} results with their intervals, the same numbers all ways: counts",
        "exactly, all else to nine digits.",
        "",
        f"- From the batches Qulaq takes {_told(found.contest.ratio(), BAR)}",
        f"- From its current copy it takes {_told(found.contest.share(COPIED, BY_HAND), COPY_BAR)}",
        f"- Both from that copy, it takes {_told(found.contest.share(COPIED, COPIED_BY_HAND), COPIES_BAR)}",
        "",
        *found.contest.table(),
    ]


def _told(ratio: float, bar: float) -> str:
    met = "met" if ratio <= bar else "**not met**"
    return f"{ratio:.2f} of the time of SQL by hand (bar: {bar:g}), so the bar is {met}."


class Disagreement(Exception):
    """
    The contestants do not give the same numbers, so there is nothing to time.
    """


def check_agreement(ours: Columns, theirs: Columns) -> None:
    """
    Raises Disagreement where a number differs or stands on one side only.
    """
    problems = [f"only on one side: {key}" for key in sorted(ours.keys() ^ theirs.keys())]
    for key in sorted(ours.keys() & theirs.keys()):
        for part, a, b in zip(PARTS, ours[key], theirs[key], strict=True):
            exact = part == "n" or key in COUNTS
            differs = np.flatnonzero(~_same(a, b, exact=exact))
            if differs.size:
                i = differs[0]
                problems.append(
                    f"{key}, {part}: {differs.size} pages, first {i}: {a[i]!r}, {b[i]!r}"
                )
    if problems:
        raise Disagreement("\n".join(problems))


def _same(a: NDArray[np.float64], b: NDArray[np.float64], *, exact: bool) -> NDArray[np.bool_]:
    digits = 0 if exact else DIGITS
    same: NDArray[np.bool_] = np.isclose(a, b, rtol=digits, atol=digits, equal_nan=True)
    return same


# ── the contestants ──────────────────────────────────────────────────────────────────────────────


def write_task(study: Path, folder: Path) -> Path:
    """
    What the analyst is given, as files: the pages, who speaks for them (by their hashes), the window.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    from qulaq.corpus.copies import find_parts
    from qulaq.corpus.current import Corpus
    from qulaq.corpus.ids import open_pseudonyms, speaks_for
    from qulaq.corpus.newest import page_rows
    from qulaq.store import Store
    from qulaq.study import open_study

    opened = open_study(study)
    pseudonyms = open_pseudonyms(Store(opened.corpus))
    pages = [
        {
            "page": i,
            "page_id": one.id,
            "zone": one.time_zone,
            "opened": one.opened and one.opened.first,
        }
        for i, one in enumerate(opened.pages)
    ]
    speakers = [
        {"page": i, "person": pseudonyms.of(name)}
        for i, one in enumerate(opened.pages)
        for name in speaks_for(one)
    ]
    text, number = pa.string(), pa.int32()
    schema = {"page": number, "page_id": text, "zone": text, "opened": pa.date32()}
    pq.write_table(pa.Table.from_pylist(pages, pa.schema(schema)), folder / "study_pages.parquet")
    schema = {"page": number, "person": text}
    pq.write_table(pa.Table.from_pylist(speakers, pa.schema(schema)), folder / "speakers.parquet")
    with Corpus(opened) as corpus:  # which makes the copy
        parts = find_parts(corpus.engine, corpus.store, page_rows(opened.pages, pseudonyms))
    window = opened.window
    task = folder / "task.json"
    told = {
        "corpus": str(opened.corpus),
        "parts": [str(part.folder) for part in parts],
        "first": f"{window.first}",
        "last": f"{window.last}",
    }
    task.write_text(json.dumps(told), encoding="utf-8")
    return task


def measure_with_qulaq(study: Path, _task: Path, *, copy: bool = False) -> Callable[[], Columns]:
    """
    The work to be timed: a study opened, all results made; from the batches or from the current *copy*.
    """
    from qulaq.corpus.current import Corpus
    from qulaq.indicators import INDICATORS, Result, compute
    from qulaq.study import open_study
    from qulaq.study.model import Answering

    keys = [
        key
        for key in INDICATORS.keys()  # noqa: SIM118  # a registry, not a mapping
        if key not in NOT_COMPARED and "codes" not in INDICATORS.get(key).needs
    ]
    standard = Answering(
        within_working_days=STANDARD, calendar=CALENDAR, basis="", verified_on=None
    )

    def work() -> list[Result]:
        with Corpus(replace(open_study(study), answering=standard), copy=copy) as corpus:
            return compute(corpus, keys=keys)

    return lambda: _as_columns(work())


def _as_columns(results: Iterable[Any]) -> Columns:
    rows: dict[str, list[Any]] = {}
    for one in results:
        rows.setdefault(one.indicator, []).append([getattr(one, part) for part in PARTS])
    return {key: list(np.array(found, dtype=np.float64).T) for key, found in rows.items()}


def measure_by_hand(_study: Path, task: Path, *, copy: bool = False) -> Callable[[], Columns]:
    """
    The same with SQL.
    """
    from bench import measuring_by_hand

    told = json.loads(task.read_text(encoding="utf-8"))
    given = measuring_by_hand.Task(
        corpus=Path(told["corpus"]),
        parts=tuple(map(Path, told["parts"])),
        study_pages=task.with_name("study_pages.parquet"),
        speakers=task.with_name("speakers.parquet"),
        first=date.fromisoformat(told["first"]),
        last=date.fromisoformat(told["last"]),
        calendar=CALENDAR,
        standard=STANDARD,
    )
    return lambda: measuring_by_hand.measure(given, copy=copy)


BY_HAND, COPIED, COPIED_BY_HAND = "SQL by hand", "Qulaq, current copy", "SQL by hand, current copy"
CONTESTANTS: Mapping[str, Callable[[Path, Path], Callable[[], Columns]]] = {
    "Qulaq": measure_with_qulaq,
    BY_HAND: measure_by_hand,
    COPIED: partial(measure_with_qulaq, copy=True),
    COPIED_BY_HAND: partial(measure_by_hand, copy=True),
}


def run(name: str, study: Path, task: Path, file: Path | None = None) -> None:
    """
    Do the work in this process and tell what it took; the numbers go into *file*.
    """
    sys.meta_path.insert(0, _WithoutPandas())
    work = CONTESTANTS[name](study, task)
    found: dict[str, NDArray[np.float64]] = {}
    tell(lambda: found.update({key: np.array(columns) for key, columns in work().items()}))
    if file:
        np.savez(file, **found)  # type: ignore[arg-type]  # a key could be named like a parameter


class _WithoutPandas(MetaPathFinder):
    """
    Developers have pandas for the tests, users of Qulaq do not: PyArrow loads it where it finds it, in a
    quarter of a second.
    """

    def find_spec(self, fullname: str, *_: object) -> None:
        if fullname == "pandas":
            raise ModuleNotFoundError(fullname, name=fullname)


# ── the bench ────────────────────────────────────────────────────────────────────────────────────


def build(folder: Path, size: Size) -> Path:
    """
    A study of that size, its exports taken in.
    """
    from qulaq.corpus.intake import Order, take_in
    from qulaq.study import open_study

    made = make(folder, size)
    for export in made.exports:
        take_in(open_study(made.study), export, Order(), now=datetime(2026, 1, 1, tzinfo=UTC))
    return made.study


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="a few thousand rows")
    parser.add_argument("--large", action="store_true", help="ten times as many")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--study", type=Path, help="a study that exists; it is only read")
    parser.add_argument("--run", nargs="+", metavar="WHAT", help=argparse.SUPPRESS)
    told = parser.parse_args(arguments)
    if told.run:
        name, *places = told.run
        run(name, *map(Path, places))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        size = LARGE if told.large else SMALL if told.small else WHOLE
        study = told.study or build(Path(folder), size)
        print("\n".join(lines(compare(study, rounds=told.rounds))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
