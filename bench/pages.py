"""
Many pages: every indicator of thousands of them, with its interval, computed and stored as CSV.

There is no contestant: the bar is a minute. Texts are read in a run before those that count, for that takes
as long as there are comments, however few the pages, and is done once for each.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench.contest import Spent, hide_pandas, met, run_apart, tell
from bench.generate import Size
from bench.results import Entry

WHOLE = Size(pages=20_000, posts=200_000, comments=1_000_000)
SMALL = Size(pages=300, posts=600, comments=6_000)
BAR = 60.0
"""Seconds from the opening of the study to the last row written."""
_READING = 3 * 60 * 60.0  # seconds for all texts, on a machine that others use
WORDS = (
    "All indicators, with their intervals, of thousands of pages: the study opened, everything computed from the current "
    "copy and written as CSV. Nobody competes; what was asked for is less than a minute. Languages, questions and "
    "boilerplate were read out of the texts before and kept: that takes minutes for a million comments, however few the "
    "pages."
)


def measure(study: Path, *, rounds: int) -> Mapping[str, Any]:
    """
    What it took, round by round, each in a process of its own; the first run of all does not count.
    """
    with tempfile.TemporaryDirectory() as folder:
        file = str(Path(folder) / "results.csv")
        run_apart("bench.pages", str(study), file, patience=_READING)
        runs = [run_apart("bench.pages", str(study), file) for _ in range(max(rounds, 1))]
    return {"runs": [asdict(one) for one in runs]}


def describe(entry: Entry) -> list[str]:
    """
    What it took, as lines of Markdown.
    """
    runs = [Spent(**one) for one in entry.found["runs"]]
    took = sorted(one.seconds for one in runs)
    middle, cpu = statistics.median(took), statistics.median(one.cpu for one in runs)
    peak = max(one.peak_mb for one in runs)
    return [
        f"- {middle:.1f} seconds ({took[0]:.1f}–{took[-1]:.1f}; bar: {BAR:g}), so the bar is {met(middle <= BAR)}.",
        f"- {cpu:.1f} seconds of CPU, {peak:,.0f} MB of memory at the peak.",
    ]


def compute_and_store(study: Path, file: Path) -> None:
    from qulaq.corpus.current import Corpus
    from qulaq.indicators import compute
    from qulaq.indicators.files import write_results
    from qulaq.study import open_study

    with Corpus(open_study(study)) as corpus:
        results = compute(corpus)
    write_results(results, file, form="csv", language="en")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", nargs=2, metavar="WHAT", required=True, type=Path)
    study, file = parser.parse_args(arguments).run
    hide_pandas()
    tell(lambda: compute_and_store(study, file))
    return 0


if __name__ == "__main__":
    sys.exit(main())
