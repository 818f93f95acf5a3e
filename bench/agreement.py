"""
Contestants that must give the same numbers: each runs in fresh processes, is checked, then timed by turns.

A contestant is a function of a study and its task file (`write_task`). It loads what it needs and returns the work to
be timed, which gives the indicators of all pages. Numbers must agree before anything is timed: counts exactly,
all else to nine digits.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.contest import (
    Contest,
    Spent,
    TooMuch,
    alternate,
    hide_pandas,
    run_apart,
    tell,
)
from bench.measuring_by_hand import Task

STANDARD, CALENDAR = 15, "KZ"
COUNTS = (
    "posts", "posts_per_day_min", "posts_per_day_max", "days_without_posts", "posts_all_time", "likes_max",
    "comments_max", "shares_max", "citizen_comments", "unanswered", "citizens", "reply_rate_rank",
    "answered_by_72h_rank", "latency_rmst_7d_rank",
)  # fmt: skip
DIGITS = 1e-9
PARTS = ("value", "low", "high", "n")

Columns = Mapping[str, Sequence[NDArray[np.float64]]]
"""Of each indicator value, low, high and n, page by page; NaN: there is none."""
Work = Callable[[], Columns]
Contestants = Mapping[str, Callable[[Path, Path], Work]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """
    The runs of all, how much they computed, and what the first runs took, those that were checked.
    """

    contest: Contest
    checked: Mapping[str, Spent]
    indicators: int
    results: int

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Comparison:
        return cls(
            contest=Contest.from_json(told["contest"]),
            checked={name: Spent(**spent) for name, spent in told["checked"].items()},
            indicators=told["indicators"],
            results=told["results"],
        )


def compare(
    module: str, names: Sequence[str], study: Path, *, rounds: int, **settings: str
) -> Comparison:
    """
    The contestants of a module by turns, after they were found to agree with the first; with no *rounds* the runs
    that were checked are those that count. Who cannot finish is left out.

    Raises Disagreement with all differences.
    """
    with tempfile.TemporaryDirectory() as folder:
        task = write_task(study, Path(folder), **settings)
        places = (str(study), str(task))
        checked, left_out, indicators, results = _check(module, names, places, Path(folder))
        contest = alternate(
            list(checked), lambda name: run_apart(module, name, *places), rounds=rounds
        )
    runs = contest.runs if rounds else {name: (spent,) for name, spent in checked.items()}
    contest = Contest(runs=runs, left_out=left_out)
    return Comparison(contest=contest, checked=checked, indicators=indicators, results=results)


def _check(
    module: str, names: Sequence[str], places: Sequence[str], folder: Path
) -> tuple[dict[str, Spent], dict[str, str], int, int]:
    """
    What a first run of each took, why others could not finish it, and how much was computed.
    """
    checked: dict[str, Spent] = {}
    left_out: dict[str, str] = {}
    ours: Columns | None = None
    for number, name in enumerate(names):
        file = folder / f"{number}.npz"
        try:
            checked[name] = run_apart(module, name, *places, str(file))
        except TooMuch as reason:
            left_out[name] = str(reason)
            continue
        found = _read(file)
        ours = found if ours is None else ours
        check_agreement(ours, found)
    if ours is None:
        raise RuntimeError(f"{module}: nobody could finish: {left_out}")
    return checked, left_out, len(ours), sum(len(columns[0]) for columns in ours.values())


def _read(file: Path) -> Columns:
    with np.load(file) as found:
        return {key: list(found[key]) for key in found}


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


# ── the task ─────────────────────────────────────────────────────────────────────────────────────


def write_task(study: Path, folder: Path, **settings: str) -> Path:
    """
    What the contestants are given, as files: the pages, who speaks for them (by their hashes), the window, and
    *settings* of one contest.
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
    task.write_text(json.dumps(told | settings), encoding="utf-8")
    return task


def read_task(task: Path) -> Task:
    told = json.loads(task.read_text(encoding="utf-8"))
    return Task(
        corpus=Path(told["corpus"]),
        parts=tuple(map(Path, told["parts"])),
        study_pages=task.with_name("study_pages.parquet"),
        speakers=task.with_name("speakers.parquet"),
        first=date.fromisoformat(told["first"]),
        last=date.fromisoformat(told["last"]),
        calendar=CALENDAR,
        standard=STANDARD,
    )


def read_setting(task: Path, name: str) -> str:
    """
    A setting of one contest.
    """
    told: str = json.loads(task.read_text(encoding="utf-8"))[name]
    return told


# ── one run ──────────────────────────────────────────────────────────────────────────────────────


def run(contestants: Contestants, name: str, *places: str, need_pandas: Sequence[str] = ()) -> None:
    """
    Do the work in this process and tell what it took. *places* are the study, its task and, if they are asked
    for, the file into which the numbers go.
    """
    if name not in need_pandas:
        hide_pandas()
    study, task, *file = map(Path, places)
    work = contestants[name](study, task)
    found: dict[str, NDArray[np.float64]] = {}
    tell(lambda: found.update({key: np.array(columns) for key, columns in work().items()}))
    for one in file:
        np.savez(one, **found)  # type: ignore[arg-type]  # a key could be named like a parameter
