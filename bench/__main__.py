"""
All benches in one go, written into `docs/benchmarks.md`.

    python -m bench                      # as `make bench` does
    python -m bench --large              # the indicator set on ten million comments too
    python -m bench --small --output x   # a few thousand rows, to see that it runs
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

from bench import importing, machine, measuring
from bench.generate import Size

PAGE = Path(__file__).parents[1] / "docs" / "benchmarks.md"


def write_page(*, small: bool, large: bool, rounds: int) -> str:
    with tempfile.TemporaryDirectory() as folder:
        imports = importing.compare(Path(folder), small=small, rounds=rounds)
    sizes = [measuring.SMALL if small else measuring.WHOLE, *([measuring.LARGE] if large else [])]
    lines = [
        "# Benchmarks\n",
        "Contestants run by turns, each in a process of its own, in one go; they must give the same numbers first.",
        "Figures are medians (least–most). Seconds differ from machine to machine and hour to hour; the ratios are what counts.\n",
        f"Rounds: {rounds}. To repeat: `make bench` (some ten minutes, 5 GB of temporary space).\n",
        *machine.describe(),
        "",
        "## Import of a large CSV\n",
        (
            "Against DuckDB's own reading of the file and copying of it into Parquet, types guessed and nothing checked. "
            "Of comments also against a copy in which DuckDB hashes the authors as Qulaq does: names may not be kept.\n"
        ),
        *chain.from_iterable((f"### {one.what.title()}\n", *one.lines(), "") for one in imports),
        "## The indicator set\n",
        (
            "Every indicator that needs no coding and no reading of texts, with its interval, from the stored batches and "
            "from the current copy, which imports keep up to date, against SQL for the same values written by hand for "
            "DuckDB, from the batches (`bench/measuring.sql`).\n"
        ),
        *chain.from_iterable(_measure(size, rounds=rounds) for size in sizes),
    ]
    return "\n".join(lines).rstrip() + "\n"


def _measure(size: Size, *, rounds: int) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        found = measuring.compare(measuring.build(Path(folder), size), rounds=rounds)
    heading = f"### {size.pages} pages, {size.posts:,} posts, {size.comments:,} comments\n"
    return [heading, *measuring.lines(found), ""]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="a few thousand rows")
    parser.add_argument("--large", action="store_true", help="ten million comments too")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--output", type=Path, default=PAGE)
    told = parser.parse_args(arguments)
    told.output.write_text(
        write_page(small=told.small, large=told.large, rounds=told.rounds), encoding="utf-8"
    )
    print(told.output)
    return 0


if __name__ == "__main__":
    sys.exit(main())
