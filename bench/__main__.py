"""
All benches in one go, written into `docs/benchmarks.md`.

    python -m bench                              # as `make bench` does, up to a million comments
    python -m bench --large                      # up to ten million
    python -m bench part --sizes 100k 1M         # one contest alone; the others stay as they were on the page
    python -m bench part --sizes 10M --rounds 1
    python -m bench --page                       # the page again, from what was found before
    python -m bench --small --output x           # a few thousand rows, to see that it runs
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from bench import describing, importing, measuring, on_spark, page, pages, part, serving
from bench.corpora import SMALL, Corpora, of_comments, open_corpora
from bench.generate import Size
from bench.results import Results, new_entry

FOLDER = Path(__file__).parents[1] / "docs"
SIZES = (100_000, 300_000, 1_000_000)
LARGE = (3_000_000, 10_000_000)
_UNITS = {"": 1, "k": 1_000, "M": 1_000_000}
Found = Iterable[tuple[Size, dict[str, Any], int]]
"""What was found at each size, and in how many rounds."""


def main(arguments: Sequence[str] | None = None) -> int:
    told = _parser().parse_args(arguments)
    told.output.mkdir(parents=True, exist_ok=True)
    results = Results(told.output / "benchmarks.json")
    if not told.page:
        with open_corpora(told.corpora) as corpora:
            for contest in told.contests or CONTESTS:
                for size, found, rounds in CONTESTS[contest](told, corpora):
                    results.add(new_entry(contest, size, found, rounds=rounds, note=told.note))
    print(page.write(told.output, results))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "contests", nargs="*", choices=[[], *CONTESTS], metavar="CONTEST", help=", ".join(CONTESTS)
    )
    parser.add_argument("--sizes", nargs="+", type=_size, help="in comments, such as 300k 1M")
    parser.add_argument("--small", action="store_true", help="a few thousand rows")
    parser.add_argument("--large", action="store_true", help="three and ten million comments too")
    parser.add_argument(
        "--files", nargs="+", default=(), choices=[one.name for one in importing.FILES]
    )
    parser.add_argument("--rounds", type=int, default=2, help="0: the runs that are checked count")
    parser.add_argument("--output", type=Path, default=FOLDER, help="the folder of the page")
    parser.add_argument(
        "--corpora", type=Path, help="keep the made corpora there for the next time"
    )
    parser.add_argument("--note", default="", help="what must be known of these runs, for the page")
    parser.add_argument("--page", action="store_true", help="run nothing, write the page")
    return parser


def _size(told: str) -> Size:
    found = re.fullmatch(r"([\d.]+)([kM]?)", told)
    if found is None:
        raise argparse.ArgumentTypeError(f"{told!r} is no number of comments such as 300k or 1M")
    return of_comments(int(float(found[1]) * _UNITS[found[2]]))


def _sizes(told: argparse.Namespace) -> list[Size]:
    if told.small:
        return [SMALL]
    usual = map(of_comments, (*SIZES, *(LARGE if told.large else ())))
    return told.sizes or list(usual)


def _import(told: argparse.Namespace, _: Corpora) -> Found:
    with tempfile.TemporaryDirectory() as folder:
        yield from importing.compare(
            Path(folder), small=told.small, rounds=told.rounds, only=told.files
        )


def _by_size(measure: Callable[..., Any]) -> Callable[[argparse.Namespace, Corpora], Found]:
    def found(told: argparse.Namespace, corpora: Corpora) -> Found:
        for size in _sizes(told):
            yield size, measure(corpora.study(size), rounds=told.rounds).as_json(), told.rounds

    return found


def _pages(told: argparse.Namespace, corpora: Corpora) -> Found:
    for size in [pages.SMALL if told.small else pages.WHOLE]:
        yield size, dict(pages.measure(corpora.study(size), rounds=told.rounds)), told.rounds


def _spark(told: argparse.Namespace, corpora: Corpora) -> Found:
    if why := on_spark.missing():
        print(f"spark is left out: {why}", file=sys.stderr)
        return
    rounds = min(told.rounds, 1)  # each takes minutes
    for size in told.sizes or [SMALL if told.small else of_comments(SIZES[-1])]:
        yield size, on_spark.measure(corpora.study(size), rounds=rounds).as_json(), rounds


def _serving(told: argparse.Namespace, _: Corpora) -> Found:
    with tempfile.TemporaryDirectory() as folder:
        found = serving.measure(Path(folder), small=told.small, rounds=told.rounds)
    yield Size(pages=0, posts=0, comments=0), found, max(told.rounds, 1)


def _describing(told: argparse.Namespace, _: Corpora) -> Found:
    with tempfile.TemporaryDirectory() as folder:
        found = describing.measure(Path(folder), small=told.small, rounds=told.rounds)
    yield Size(pages=0, posts=0, comments=0), found, max(told.rounds, 1)


CONTESTS: dict[str, Callable[[argparse.Namespace, Corpora], Found]] = {
    "import": _import,
    "indicators": _by_size(measuring.measure),
    "part": _by_size(part.measure),
    "pages": _pages,
    "spark": _spark,
    "serving": _serving,
    "describing": _describing,
}

if __name__ == "__main__":
    sys.exit(main())
