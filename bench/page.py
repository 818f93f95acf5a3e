"""The page of benchmarks, written from what contests found, whenever each was run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from bench import describing, growth, importing, measuring, on_spark, pages, part, serving
from bench.agreement import Comparison
from bench.contest import Contest
from bench.results import Entry, Results

_INTRODUCTION = """\
# Benchmarks

Contestants run by turns, each in a process of its own, in one go; they must give the same numbers first: counts exactly,
all else to nine digits. Figures are medians (least–most). Seconds differ from machine to machine and hour to hour; the
ratios are what counts. A bar is what was asked for; where it is not met, that is said.

To repeat: `make bench`, or a contest alone, such as `python -m bench part --sizes 1M`. Sections that are not run again
are kept with their day."""


_EXPLANATIONS = Path(__file__).with_name("explanations")
"""Of each contest what was found by profiling, written by people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """
    A contest on the page. `describe` tells one size of it; `grows` are the contestants' runs of one size, where sizes
    are compared.
    """

    contest: str
    title: str
    words: str
    describe: Callable[[Entry], list[str]]
    grows: Callable[[Entry], Contest] | None = None


def _comparison(entry: Entry) -> Comparison:
    return Comparison.from_json(entry.found)


_LARGE = 10_000_000


def _is_large(entry: Entry) -> bool:
    """
    Whether a size is the one for which bars were asked: a million posts with ten million comments.
    """
    return entry.size.comments >= _LARGE


_OF_GROWTH = (
    "What a run costs at any size, such as planning, makes the beginning flat; so the slope between the two largest "
    "sizes stands beside that over all, and the bar is judged by the steeper."
)

SECTIONS = (
    Section(
        contest="import",
        title="Import of large files",
        words=importing.WORDS,
        describe=importing.describe,
    ),
    Section(
        contest="indicators",
        title="The indicator set",
        words=(
            "Every indicator that needs no coding and no reading of texts, with its interval, from the current copy, which "
            "imports keep up to date, and from the stored batches, against SQL for the same values written by hand for "
            "DuckDB (`bench/measuring.sql`)."
        ),
        describe=lambda entry: measuring.describe(_comparison(entry), judged=_is_large(entry)),
        grows=lambda entry: _comparison(entry).contest,
    ),
    Section(
        contest="part",
        title="Indicators, a part",
        words=(
            f"Polars, pandas and Python row by row have to compute {len(part.KEYS)} of the indicators, chosen so that every "
            "kind of work is in them: the newest state of posts and comments, counts of posts and of days, threads, who "
            "answered whom, waiting, citizens told apart, shares with clusters. Qulaq and SQL compute the same ones here. "
            f"They are: {', '.join(f'`{key}`' for key in part.KEYS)}."
        ),
        describe=lambda entry: part.describe(_comparison(entry), judged=_is_large(entry)),
        grows=lambda entry: _comparison(entry).contest,
    ),
    Section(
        contest="pages",
        title="Many pages",
        words=pages.WORDS,
        describe=pages.describe,
    ),
    Section(
        contest="spark",
        title="What Spark costs on one machine",
        words=on_spark.WORDS,
        describe=on_spark.describe,
    ),
    Section(
        contest="serving",
        title="The survey: submissions a second",
        words=serving.WORDS,
        describe=serving.describe,
    ),
    Section(
        contest="describing",
        title="The survey: described",
        words=describing.WORDS,
        describe=describing.describe,
    ),
)


def write(folder: Path, results: Results) -> Path:
    """
    The page and its pictures, into the folder.
    """
    parts = [_INTRODUCTION, "", *_machines(results), ""]
    parts += chain.from_iterable(_section(one, results, folder) for one in SECTIONS)
    page = folder / "benchmarks.md"
    page.write_text("\n".join(parts).rstrip() + "\n", encoding="utf-8")
    return page


def _machines(results: Results) -> list[str]:
    """
    Each machine and its versions, with the days on which it ran.
    """
    days: dict[tuple[str, ...], set[str]] = {}
    for entry in results:
        days.setdefault(entry.machine, set()).add(entry.day)
    return [f"- {', '.join(sorted(when))}: {'; '.join(what)}." for what, when in days.items()]


def _section(section: Section, results: Results, folder: Path) -> Iterator[str]:
    entries = results.of(section.contest)
    yield from (f"## {section.title}\n", section.words, "")
    if not entries:
        yield "Not measured yet.\n"
    for entry in entries:
        yield f"### {_heading(entry)}\n"
        yield f"{entry.day}, {_rounds(entry)}.{entry.note and ' ' + entry.note}\n"
        yield from (*section.describe(entry), "")
    if section.grows and len(entries) > 1:
        yield from _growth(section, entries, folder)
    why = _EXPLANATIONS / f"{section.contest}.md"
    if why.exists():
        yield f"### Why\n\n{why.read_text(encoding='utf-8')}"


def _heading(entry: Entry) -> str:
    if "what" in entry.found:
        return str(entry.found["what"])
    size = entry.size
    return f"{size.pages} pages, {size.posts:,} posts, {size.comments:,} comments"


def _rounds(entry: Entry) -> str:
    if not entry.rounds:
        return "one run of each, the one that was checked"
    return f"{entry.rounds} rounds" if entry.rounds > 1 else "one round"


def _growth(section: Section, entries: list[Entry], folder: Path) -> Iterator[str]:
    assert section.grows
    grown = growth.Growth([(one.size.comments, section.grows(one)) for one in entries])
    picture = Path("images") / f"benchmarks-{section.contest}.svg"
    growth.draw(grown, folder / picture)
    yield "### As comments grow\n"
    yield f"{_OF_GROWTH}\n"
    yield from growth.describe(grown, measuring.COPIED)
    yield f"\n![{section.title}: seconds and peak memory against comments, both axes logarithmic]({picture})\n"
