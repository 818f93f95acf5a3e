"""Samples of a study: which units are to be coded, and the record of how they were drawn."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, get_args

from qulaq.coding.codebook import Unit
from qulaq.coding.sampling import (
    draw,
    draw_by_stratum,
    draw_weeks,
    lot,
    units_for_alpha,
    units_for_percent,
)
from qulaq.coding.units import Population, find_links
from qulaq.corpus.current import Corpus
from qulaq.errors import Misused
from qulaq.lang import LANGUAGES, Language, formats, phrase
from qulaq.sheets import write_csv_file
from qulaq.stats.alpha_thresholds import RELIABLE_ALPHA
from qulaq.study import Window

By = Literal["page-month", "simple", "weeks"]
WAYS: tuple[By, ...] = get_args(By)

RAREST = 0.1
_PERCENT = 0.9
"""The percent agreement that is taken for Lacy & Riffe's number of units."""

HEADING = ("unit", "page", "day", "link", "stratum", "probability", "twice")
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """
    How to draw: *n* units by page and month or simply, or all units of so many constructed *weeks*. *least* is the
    alpha that coders are to reach, *rarest* the share of the rarest category that it is to hold for.
    """

    by: By = "page-month"
    n: int = 400
    weeks: int = 2
    seed: int = 1
    least: float = RELIABLE_ALPHA
    rarest: float = RAREST


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """
    One unit to be coded; `place` is its row in the population, `probability` how likely it was to be drawn.
    """

    unit: str
    place: int
    day: date
    stratum: str
    probability: float
    twice: bool

    @property
    def page(self) -> str:
        return self.unit.partition("/")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stratum:
    """
    A part of the population, and what was drawn of it.
    """

    name: str
    units: int
    drawn: int
    twice: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """
    What was drawn, in the order of its lots: whoever codes only the first hundred has a random hundred. `days` are
    those of constructed weeks, `needed` how many units coders must share.
    """

    unit: Unit
    order: Order
    window: Window
    units: int
    rows: tuple[Drawn, ...]
    strata: tuple[Stratum, ...]
    days: tuple[date, ...]
    needed: int

    @property
    def twice(self) -> int:
        return sum(row.twice for row in self.rows)

    def reason(self, language: Language) -> str:
        """
        Why so many are coded twice.
        """
        values = {
            "n": self.twice,
            "drawn": len(self.rows),
            "needed": self.needed,
            "least": formats.number(self.order.least, language, digits=3),
            "rarest": formats.share(self.order.rarest, language),
        }
        told = (
            phrase(
                "{n} of {drawn} units are coded twice: so many tell an alpha below {least} from that one at 5 %, one-sided, if the rarest category holds {rarest} of the units (Krippendorff's formula after Bloch and Kraemer).",
                **values,
            )
            if self.needed <= len(self.rows)
            else phrase(
                "all {drawn} units are coded twice; {needed} would tell an alpha below {least} from that one at 5 %, one-sided, if the rarest category holds {rarest} of the units (Krippendorff's formula after Bloch and Kraemer).",
                **values,
            )
        )
        beside = phrase(
            "A percent agreement of {agreement} would want {percent} (Lacy and Riffe 1996), but it flatters rare categories.",
            agreement=formats.share(_PERCENT, language),
            percent=units_for_percent(max(self.units, 2), _PERCENT),
        )
        return f"{told.to(language)} {beside.to(language)}"


def draw_sample(population: Population, order: Order, window: Window) -> Sample:
    """
    Draw from the population. Raises Misused where it is empty, unless days are drawn, which may be captured by hand
    only then.
    """
    names = list(population.names())
    if not names and order.by != "weeks":
        raise Misused(
            where="--unit",
            found=phrase("there is nothing of that kind on these pages and days."),
            remedy=phrase("Import more, or choose other days with --from and --to."),
        )
    place = {name: n for n, name in enumerate(names)}
    by_unit = dict(zip(names, population.days(), strict=True))
    days: tuple[date, ...] = ()
    strata = {name: _stratum(name, day, order.by) for name, day in by_unit.items()}
    if order.by == "weeks":
        days = draw_weeks(window.first, window.last, order.weeks, seed=order.seed)
        chosen = [name for name in names if by_unit[name] in set(days)]
    elif order.by == "simple":
        chosen = draw(names, order.n, seed=order.seed)
    else:
        chosen = draw_by_stratum(strata, order.n, seed=order.seed)
    chosen.sort(key=lambda name: lot(name, seed=order.seed, purpose="unit"))
    needed = units_for_alpha(order.least, order.rarest)
    twice = set(draw(chosen, needed, seed=order.seed, purpose="twice"))
    probabilities = _probabilities(strata, chosen, days, window)
    rows = tuple(
        Drawn(
            unit=name,
            place=place[name],
            day=by_unit[name],
            stratum=strata[name],
            probability=probabilities[strata[name]],
            twice=name in twice,
        )
        for name in chosen
    )
    return Sample(
        unit=population.unit,
        order=order,
        window=window,
        units=len(names),
        rows=rows,
        strata=tuple(_count(strata, rows)),
        days=days,
        needed=needed,
    )


def _stratum(name: str, day: date, by: By) -> str:
    if by == "page-month":
        return f"{name.partition('/')[0]} {day:%Y-%m}"
    return str(day.isoweekday()) if by == "weeks" else "all"


def _probabilities(
    strata: Mapping[str, str], chosen: Sequence[str], days: Sequence[date], window: Window
) -> dict[str, float]:
    if days:
        n = (window.last - window.first).days + 1
        first = window.first.toordinal()
        all_days = Counter(date.fromordinal(first + k).isoweekday() for k in range(n))
        drawn_days = Counter(day.isoweekday() for day in days)
        return {str(one): drawn_days[one] / all_days[one] for one in all_days}
    sizes, drawn = Counter(strata.values()), Counter(strata[name] for name in chosen)
    return {name: drawn[name] / size for name, size in sizes.items()}


def _count(strata: Mapping[str, str], rows: Sequence[Drawn]) -> Iterator[Stratum]:
    sizes = Counter(strata.values())
    drawn = Counter(row.stratum for row in rows)
    twice = Counter(row.stratum for row in rows if row.twice)
    for name in sorted(sizes):
        yield Stratum(name=name, units=sizes[name], drawn=drawn[name], twice=twice[name])


# ── Files ────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """
    Where a sample lies: its rows, and the record of how they were drawn.
    """

    rows: Path
    record: Path


def place_sample(folder: Path, name: str) -> Files:
    """
    Where the sample of that name will lie. Raises Misused where one lies there already, or the name is none.
    """
    if not _NAME.fullmatch(name):
        raise Misused(
            where="--name",
            found=phrase("“{name}” cannot name a file here.", name=name),
            remedy=phrase("Write small Latin letters, digits, “-” and “_”."),
        )
    files = Files(rows=folder / f"{name}.csv", record=folder / f"{name}.toml")
    for file in (files.rows, files.record):
        if file.exists():
            raise Misused(
                where=str(file),
                found=phrase("a sample of that name was drawn already; codes may rest on it."),
                remedy=phrase("Give this one another --name."),
            )
    return files


def write_sample(corpus: Corpus, population: Population, sample: Sample, files: Files, *, command: str) -> None:  # fmt: skip
    """
    Write the units and, beside them, how they were drawn: both, or neither where writing fails.
    """
    links = find_links(corpus, population, [row.place for row in sample.rows])
    record = "\n".join(_record(sample, command=command, corpus=corpus.store.fingerprint())) + "\n"
    files.rows.parent.mkdir(parents=True, exist_ok=True)
    with _whole(files.rows) as rows, _whole(files.record) as told:
        write_csv_file([HEADING, *_lines(sample, links)], rows)
        told.write_text(record, encoding="utf-8", newline="\n")


@contextmanager
def _whole(file: Path) -> Iterator[Path]:
    """
    A place beside a file for what becomes that file when it is written to the end.
    """
    unfinished = file.with_name(f"{file.name}.part")
    try:
        yield unfinished
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)


def _lines(sample: Sample, links: Sequence[str | None]) -> Iterator[Sequence[object]]:
    for row, link in zip(sample.rows, links, strict=True):
        twice = "yes" if row.twice else "no"
        yield row.unit, row.page, row.day, link, row.stratum, f"{row.probability:.6g}", twice


def _record(sample: Sample, *, command: str, corpus: str) -> Iterator[str]:
    order = sample.order
    yield f"command = {_quoted(command)}"
    yield f"corpus = {_quoted(corpus)}"
    yield f"unit = {_quoted(sample.unit)}"
    yield f"by = {_quoted(order.by)}"
    yield f"seed = {order.seed}"
    yield f"from = {sample.window.first}"
    yield f"to = {sample.window.last}"
    if sample.days:
        yield f"weeks = {order.weeks}"
        yield f"days = [{', '.join(map(str, sample.days))}]"
    yield f"units = {sample.units}"
    yield f"drawn = {len(sample.rows)}"
    yield f"twice = {sample.twice}"
    if sample.rows:
        reasons = (f"{one} = {_quoted(sample.reason(one))}" for one in LANGUAGES)
        yield f"twice_needed = {sample.needed}"
        yield f"twice_reason = {{ {', '.join(reasons)} }}"
    for one in sample.strata:
        yield f"\n[[strata]]\nname = {_quoted(one.name)}"
        yield f"units = {one.units}\ndrawn = {one.drawn}\ntwice = {one.twice}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
