"""
All benches in one go, written into `docs/benchmarks.md`.

    python -m bench                      # as `make bench` does
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

PAGE = Path(__file__).parents[1] / "docs" / "benchmarks.md"


def write_page(*, small: bool, rounds: int) -> str:
    with tempfile.TemporaryDirectory() as folder:
        imports = importing.compare(Path(folder), small=small, rounds=rounds)
    with tempfile.TemporaryDirectory() as folder:
        size = measuring.SMALL if small else measuring.WHOLE
        study = measuring.build(Path(folder), size)
        indicators = measuring.compare(study, rounds=rounds)
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
            "Every indicator that needs no coding and no reading of texts, with its interval, from the stored batches, "
            "against SQL for the same values written by hand for DuckDB (`bench/measuring.sql`).\n"
        ),
        f"{size.pages} pages, {size.posts:,} posts, {size.comments:,} comments.\n",
        *measuring.lines(indicators),
    ]
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="a few thousand rows")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--output", type=Path, default=PAGE)
    told = parser.parse_args(arguments)
    told.output.write_text(write_page(small=told.small, rounds=told.rounds), encoding="utf-8")
    print(told.output)
    return 0


if __name__ == "__main__":
    sys.exit(main())
