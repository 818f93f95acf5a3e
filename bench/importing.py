"""
The import of large files against DuckDB's own reading and copying, PyArrow (with orjson) and pandas.

Qulaq takes a file in by the normal road into an empty corpus: every cell typed and checked, authors
hashed, pages found, threads rooted, what is new told from what was known, the batch made durable. The others read the
same file and write it as Parquet, types guessed, nothing checked (`bench/copying.py`).
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from bench import copying
from bench.contest import Contest, Spent, TooMuch, alternate, hide_pandas, met, run_apart, tell
from bench.corpora import SMALL
from bench.generate import Size, make, make_answers
from bench.results import Entry

RATE_BAR, MEMORY_BAR_MB = 0.8, 1_000.0
"""At least so much of DuckDB's rate, in less than so much memory for a gigabyte."""
WORDS = (
    "Qulaq types and checks every cell, hashes authors, finds pages and threads, tells what is new and makes the batch "
    "durable. The others copy the same file into Parquet, types guessed and nothing checked; of comments in a CSV DuckDB "
    "does so a second time with authors hashed as Qulaq hashes them: names may not be kept. The lines of JSON are answers of "
    "the Graph API, a post a line with its comments inside, which become a table of posts and one of comments."
)
OURS, DUCKDB, HASHING, PANDAS = "Qulaq", "DuckDB", "DuckDB, authors hashed", "pandas"
ARROW, ORJSON = "PyArrow", "orjson with PyArrow"
NEEDED = {PANDAS: "pandas", ORJSON: "orjson"}


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """
    A file to be taken in: how much of it is made, who does it, and in how many rounds at most.
    """

    what: str
    name: str
    size: Size
    contestants: tuple[str, ...]
    most_rounds: int = 99


FILES = (
    File(
        what="Comments, CSV",
        name="comments.csv",
        size=Size(pages=200, posts=100_000, comments=4_200_000),
        contestants=(OURS, DUCKDB, HASHING, ARROW, PANDAS),
    ),
    File(
        what="Posts, CSV",
        name="posts.csv",
        size=Size(pages=200, posts=1_000_000, comments=8),
        contestants=(OURS, DUCKDB, ARROW, PANDAS),
    ),
    File(
        what="Posts with comments, lines of JSON",
        name="posts.ndjson",
        size=Size(pages=200, posts=100_000, comments=6_400_000),
        contestants=(OURS, DUCKDB, ORJSON, PANDAS),
        most_rounds=1,  # each takes minutes
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """
    The study into which a file is taken, the file, and the folder into which others copy it.
    """

    study: Path
    file: Path
    copies: Path

    @classmethod
    def inside(cls, folder: Path, name: str) -> Place:
        return cls(study=folder / "study", file=folder / name, copies=folder / "copies")


def compare(
    folder: Path, *, small: bool, rounds: int, only: Sequence[str] = ()
) -> Iterator[tuple[Size, dict[str, Any], int]]:
    """
    All by turns on made files (or on the *only* ones named), after they found the same rows: each file's size, what was
    found, and in how many rounds.
    """
    for one in FILES:
        if not only or one.name in only:
            size = SMALL if small else one.size
            turns = min(rounds, one.most_rounds)
            yield size, _compare(folder / one.name, one, size=size, rounds=turns), turns
            shutil.rmtree(folder / one.name)


def _compare(folder: Path, file: File, *, size: Size, rounds: int) -> dict[str, Any]:
    place = Place.inside(folder, file.name)
    _write(folder, file, size)
    names = [name for name in file.contestants if not _missing(name)]
    left_out = {
        name: f"{NEEDED[name]} is not installed" for name in file.contestants if _missing(name)
    }
    checked: dict[str, Spent] = {}
    found: dict[str, Mapping[str, int]] = {}
    for name in names:
        try:
            checked[name] = _run(name, place)
            found[name] = _rows(name, place)
        except TooMuch as reason:
            left_out[name] = str(reason)
    _check(found)
    contest = alternate(list(checked), lambda name: _run(name, place), rounds=rounds)
    runs = contest.runs if rounds else {name: (spent,) for name, spent in checked.items()}
    return {
        "what": file.what,
        "megabytes": place.file.stat().st_size / 1e6,
        "rows": next(iter(found.values())),
        "contest": Contest(runs=runs, left_out=left_out).as_json(),
    }


def _missing(name: str) -> bool:
    return name in NEEDED and find_spec(NEEDED[name]) is None


def _write(folder: Path, file: File, size: Size) -> None:
    if file.name.endswith("ndjson"):
        make_answers(folder, size)
    else:
        for other in set(make(folder, size).exports) - {folder / file.name}:
            other.unlink()


def _check(found: Mapping[str, Mapping[str, int]]) -> None:
    """
    Raises AssertionError where they do not find the same rows.
    """
    ours = next(iter(found.values()))
    assert all(one == ours for one in found.values()), found


def _rows(name: str, place: Place) -> dict[str, int]:
    """
    The rows of each table that a contestant wrote, and how many different authors or texts.
    """
    import duckdb

    found = {}
    for table, several in (("posts", "text"), ("comments", "author")):
        where = place.study / "corpus" if name == OURS else place.copies
        if any((where / table).glob("*.parquet")):
            query = f"SELECT count(*), count(DISTINCT {several}) FROM read_parquet('{where}/{table}/*.parquet')"
            found[table], found[f"{table}, {several}s"] = duckdb.sql(query).fetchall()[0]
    return found


def _run(name: str, place: Place) -> Spent:
    shutil.rmtree(place.study / "corpus", ignore_errors=True)
    shutil.rmtree(place.copies, ignore_errors=True)
    return run_apart("bench.importing", name, str(place.file.parent), place.file.name)


def run(name: str, folder: str, file: str) -> None:
    """
    Take the file in by one way, in this process, and tell what it took.
    """
    if name != PANDAS:
        hide_pandas()
    place = Place.inside(Path(folder), file)
    for table in ("posts", "comments"):
        (place.copies / table).mkdir(parents=True, exist_ok=True)
    if name == OURS:
        _load()
        tell(lambda: import_with_qulaq(place))
    else:
        copy = copying.load(WAYS[name], "json" if file.endswith("ndjson") else "csv")
        tell(lambda: copy(place.file, place.copies))


WAYS = {
    DUCKDB: "duckdb",
    HASHING: "duckdb_hashed",
    ARROW: "arrow",
    ORJSON: "arrow",
    PANDAS: "pandas",
}


def _load() -> None:
    """
    What a run needs is loaded before the clock starts.
    """
    import qulaq.corpus.intake  # noqa: F401


def import_with_qulaq(place: Place) -> None:
    from qulaq.corpus.intake import Order, take_in
    from qulaq.study import open_study

    order = Order(knows=("authors",))
    take_in(open_study(place.study), place.file, order, now=datetime(2026, 1, 1, tzinfo=UTC))


# ── on the page ──────────────────────────────────────────────────────────────────────────────────


def describe(entry: Entry) -> list[str]:
    """
    What it took, as lines of Markdown.
    """
    contest, megabytes = Contest.from_json(entry.found["contest"]), entry.found["megabytes"]
    rows = ", ".join(
        f"{n:,} {table}" for table, n in entry.found["rows"].items() if "," not in table
    )
    rates = "; ".join(
        f"{name} {megabytes / contest.median(name):.0f} MB/s" for name in contest.runs
    )
    return [
        f"A file of {megabytes:,.0f} MB with {rows}: {rates}.",
        "",
        *_bars(contest),
        "",
        *contest.table(),
    ]


def _bars(contest: Contest) -> list[str]:
    if OURS not in contest.runs:
        return [f"- {OURS} could not take it in, so no bar is met."]
    rate, peak = contest.share(DUCKDB, OURS), contest.median(OURS, "peak_mb")
    return [
        f"- Rate: {rate:.2f} of DuckDB's (bar: {RATE_BAR}), so the bar is {met(rate >= RATE_BAR)}.",
        (
            f"- Peak memory: {peak:,.0f} MB (bar: {MEMORY_BAR_MB:,.0f} MB for a gigabyte), "
            f"so the bar is {met(peak < MEMORY_BAR_MB)}."
        ),
    ]


if __name__ == "__main__":
    run(*sys.argv[2:])
