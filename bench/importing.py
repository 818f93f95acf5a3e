"""
The import of a large CSV against DuckDB's own reading and copying of it.

    python -m bench.importing            # a gigabyte of comments
    python -m bench.importing --small    # a few thousand rows

Qulaq takes the file in by the normal road into an empty corpus: every cell typed and checked, authors
hashed, pages found, threads rooted, what is new told from what was known, the batch made durable. DuckDB
reads the same CSV and writes it as Parquet, types guessed, nothing checked.
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

WHOLE = Size(pages=200, posts=100_000, comments=4_200_000)
SMALL = Size(pages=6, posts=300, comments=6_000)
RATE_BAR, MEMORY_BAR_MB = 0.6, 1_000.0
"""At least so much of DuckDB's rate, in less than so much memory for a gigabyte."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imports:
    """
    The runs of both, the size of the file and the rows that both found in it.
    """

    contest: Contest
    megabytes: float
    rows: int

    @property
    def rate(self) -> float:
        """
        Qulaq's rate as a share of DuckDB's.
        """
        return 1 / self.contest.ratio("seconds")

    def lines(self) -> list[str]:
        rates = ", ".join(
            f"{name} {self.megabytes / self.contest.median(name, 'seconds'):.0f} MB/s"
            for name in self.contest.runs
        )
        peak = self.contest.median("Qulaq", "peak_mb")
        return [
            f"A CSV of {self.megabytes:,.0f} MB with {self.rows:,} comments: {rates}.",
            (
                f"Qulaq imports at {self.rate:.2f} of DuckDB's rate (bar: {RATE_BAR}) with a peak of {peak:,.0f} MB "
                f"(bar: {MEMORY_BAR_MB:,.0f} for a gigabyte)."
            ),
            "",
            *self.contest.table(),
        ]


def compare(folder: Path, size: Size, *, rounds: int) -> Imports:
    """
    Both by turns on a made file. Raises AssertionError where they do not find the same rows.
    """
    made = make(folder, size)
    rows = {name: _count(name, made, folder) for name in CONTESTANTS}
    assert len(set(rows.values())) == 1, rows
    contest = alternate(list(CONTESTANTS), lambda name: _run(name, made, folder), rounds=rounds)
    return Imports(
        contest=contest,
        megabytes=made.comments.stat().st_size / 1e6,
        rows=next(iter(rows.values())),
    )


def _count(name: str, made: Made, folder: Path) -> int:
    """
    The rows that a contestant writes.
    """
    import duckdb

    _run(name, made, folder)
    found = (
        folder / "copy.parquet"
        if name == "DuckDB"
        else made.study / "corpus" / "comments" / "*.parquet"
    )
    rows: int = duckdb.sql(f"SELECT count(*) FROM read_parquet('{found}')").fetchall()[0][0]
    return rows


def _run(name: str, made: Made, folder: Path) -> Spent:
    shutil.rmtree(made.study / "corpus", ignore_errors=True)
    return run_apart("bench.importing", name, str(made.study), str(made.comments), str(folder))


def import_with_qulaq(study: Path, file: Path, _folder: Path) -> None:
    from qulaq.corpus.intake import Order, take_in
    from qulaq.study import open_study

    order = Order(knows=("authors",))
    take_in(open_study(study), file, order, now=datetime(2026, 1, 1, tzinfo=UTC))


def copy_with_duckdb(_study: Path, file: Path, folder: Path) -> None:
    import duckdb

    target = folder / "copy.parquet"
    duckdb.connect().execute(
        f"COPY (SELECT * FROM read_csv('{file}')) TO '{target}' (FORMAT parquet, COMPRESSION zstd)"
    )


CONTESTANTS = {"Qulaq": import_with_qulaq, "DuckDB": copy_with_duckdb}


def _load(name: str) -> None:
    """
    What a run needs is loaded before the clock starts.
    """
    import duckdb  # noqa: F401

    if name == "Qulaq":
        import qulaq.corpus.intake  # noqa: F401


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
        size = SMALL if told.small else WHOLE
        print("\n".join(compare(Path(folder), size, rounds=told.rounds).lines()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
