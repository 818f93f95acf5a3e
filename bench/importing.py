"""
The import of large CSVs against DuckDB's own reading and copying of them.

    python -m bench.importing            # a gigabyte of comments, half a gigabyte of posts
    python -m bench.importing --small    # a few thousand rows

Qulaq takes a file in by the normal road into an empty corpus: every cell typed and checked, authors
hashed, pages found, threads rooted, what is new told from what was known, the batch made durable. DuckDB
reads the same CSV and writes it as Parquet, types guessed, nothing checked; of comments it does so a second time
with authors hashed as Qulaq hashes them, for a copy with their names is none that Qulaq may make.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench.contest import Contest, Spent, alternate, run_apart, tell
from bench.generate import Made, Size, make

COMMENTS = Size(pages=200, posts=100_000, comments=4_200_000)
POSTS = Size(pages=200, posts=1_000_000, comments=8)
SMALL = Size(pages=6, posts=300, comments=6_000)
RATE_BAR, MEMORY_BAR_MB = 0.6, 1_000.0
"""At least so much of DuckDB's rate, in less than so much memory for a gigabyte."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """
    The runs of all contestants on one file, its size and the rows that all found in it.
    """

    what: str
    contest: Contest
    megabytes: float
    rows: int

    @property
    def rate(self) -> float:
        """
        Qulaq's rate as a share of DuckDB's.
        """
        return 1 / self.contest.ratio()

    @property
    def peak_mb(self) -> float:
        return self.contest.median("Qulaq", "peak_mb")

    def lines(self) -> list[str]:
        rates = "; ".join(
            f"{name} {self.megabytes / self.contest.median(name, 'seconds'):.0f} MB/s"
            for name in self.contest.runs
        )
        return [
            f"A CSV of {self.megabytes:,.0f} MB with {self.rows:,} {self.what}: {rates}.",
            "",
            (
                f"- Rate: {self.rate:.2f} of DuckDB's (bar: {RATE_BAR}), so the bar is {_met(self.rate >= RATE_BAR)}."
            ),
            (
                f"- Peak memory: {self.peak_mb:,.0f} MB (bar: {MEMORY_BAR_MB:,.0f} MB for a gigabyte), "
                f"so the bar is {_met(self.peak_mb < MEMORY_BAR_MB)}."
            ),
            "",
            *self.contest.table(),
        ]


def _met(truth: bool) -> str:
    return "met" if truth else "**not met**"


def compare(folder: Path, *, small: bool, rounds: int) -> list[Import]:
    """
    All by turns on made files. Raises AssertionError where they do not find the same rows.
    """
    return [
        _compare(folder / what, size=SMALL if small else size, what=what, rounds=rounds)
        for what, size in (("comments", COMMENTS), ("posts", POSTS))
    ]


def _compare(folder: Path, *, size: Size, what: str, rounds: int) -> Import:
    made = make(folder, size)
    names = [name for name in CONTESTANTS if what == "comments" or name != HASHING]
    found = {name: _find(name, made, what) for name in names}
    assert len(set(found.values())) == 1, found
    contest = alternate(names, lambda name: _run(name, made, what), rounds=rounds)
    return Import(
        what=what,
        contest=contest,
        megabytes=_file(made, what).stat().st_size / 1e6,
        rows=found["Qulaq"][0],
    )


def _file(made: Made, what: str) -> Path:
    return made.comments if what == "comments" else made.posts


def _find(name: str, made: Made, what: str) -> tuple[int, ...]:
    """
    The rows that a contestant writes, and how many different authors or texts.
    """
    import duckdb

    _run(name, made, what)
    files = made.study / "corpus" / what / "*.parquet" if name == "Qulaq" else _copy(made)
    several = "author" if what == "comments" else "text"
    query = f"SELECT count(*), count(DISTINCT {several}) FROM read_parquet('{files}')"
    found: tuple[int, ...] = duckdb.sql(query).fetchall()[0]
    return found


def _copy(made: Made) -> Path:
    return made.study.parent / "copy.parquet"


def _run(name: str, made: Made, what: str) -> Spent:
    shutil.rmtree(made.study / "corpus", ignore_errors=True)
    return run_apart(
        "bench.importing", name, str(made.study), str(_file(made, what)), str(_copy(made))
    )


def import_with_qulaq(study: Path, file: Path, _copy: Path) -> None:
    from qulaq.corpus.intake import Order, take_in
    from qulaq.study import open_study

    order = Order(knows=("authors",))
    take_in(open_study(study), file, order, now=datetime(2026, 1, 1, tzinfo=UTC))


def copy_with_duckdb(_study: Path, file: Path, copy: Path) -> None:
    _copy_columns("*", file, copy)


def copy_hashed_with_duckdb(_study: Path, file: Path, copy: Path) -> None:
    from qulaq.corpus.ids import Pseudonyms

    pseudonyms = Pseudonyms("0123456789abcdef" * 2)
    hashed = ", ".join(
        f"{pseudonyms.sql_of_trimmed(f'CAST({column} AS VARCHAR)')} AS {column}"
        for column in ("author", "author_handle")
    )
    _copy_columns(f"* REPLACE ({hashed})", file, copy)


def _copy_columns(columns: str, file: Path, copy: Path) -> None:
    import duckdb

    duckdb.connect().execute(
        f"COPY (SELECT {columns} FROM read_csv('{file}')) TO '{copy}' (FORMAT parquet, COMPRESSION zstd)"
    )


HASHING = "DuckDB, authors hashed"
CONTESTANTS = {
    "Qulaq": import_with_qulaq,
    "DuckDB": copy_with_duckdb,
    HASHING: copy_hashed_with_duckdb,
}


def _load(name: str) -> None:
    """
    What a run needs is loaded before the clock starts.
    """
    import duckdb  # noqa: F401

    if name == "Qulaq":
        import qulaq.corpus.intake
    if name == HASHING:
        import qulaq.corpus.ids  # noqa: F401


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="a few thousand rows")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--run", nargs=4, metavar="WHAT", help=argparse.SUPPRESS)
    told = parser.parse_args(arguments)
    if told.run:
        name, *places = told.run
        _load(name)
        tell(lambda: CONTESTANTS[name](*map(Path, places)))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        for one in compare(Path(folder), small=told.small, rounds=told.rounds):
            print("\n".join(one.lines()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
