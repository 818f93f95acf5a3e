"""
Invented codes for the replica: two coders who read a sample of its texts, and a third who settles what they see differently.

Codes follow from the kind of a post and the group of a comment; coders err in known shares of the units, so how far they
agree is known before it is measured.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from qulaq.coding.codebook import Codebook, Unit
from qulaq.coding.decisions import Decision, Status
from qulaq.coding.exchange import HEADING, as_rows
from qulaq.coding.samples import (
    RAREST,
    Order,
    draw_sample,
    place_sample,
    write_sample,
)
from qulaq.coding.sampling import draw, draw_by_stratum, lot, units_for_alpha
from qulaq.coding.units import find_units
from qulaq.corpus.current import Corpus
from qulaq.lang import Phrase
from qulaq.replica.records import PageRecords
from qulaq.replica.resources import read_table
from qulaq.sheets import write_csv_file
from qulaq.stats.alpha_thresholds import RELIABLE_ALPHA
from qulaq.study import Study

SIZE = 400
SEED = 1
_CODED_AT = datetime(2026, 11, 27, 9, tzinfo=UTC)
_VARIABLES: Mapping[Unit, tuple[str, ...]] = {
    "post": ("topic", "pr_model", "mode", "dialogic", "invites"),
    "comment": ("comment_kind",),
}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A unit of the sample, what it is about, and whether both coders read it."""

    unit: str
    about: str
    twice: bool


def write_codes(file: Path, pages: Sequence[PageRecords], *, window: Mapping[str, date], codebook: Codebook) -> None:  # fmt: skip
    """Write the codes as a table that `qulaq coding import` takes in; *window* has the days `from` and `to`."""
    told = [
        one
        for unit in _VARIABLES
        for one in decide(draw_units(pages, unit, window=window), unit, codebook=codebook)
    ]
    write_csv_file([HEADING, *as_rows(told)], file)


def draw_units(pages: Iterable[PageRecords], unit: Unit, *, window: Mapping[str, date]) -> list[Drawn]:  # fmt: skip
    """Draw the units that `qulaq coding sample` draws of the replica by page and month."""
    about: dict[str, str] = {}
    strata: dict[str, str] = {}
    for page in pages:
        for one, day in _days(page, unit):
            if window["from"] <= day <= window["to"]:
                name = f"{page.page}/{one}"
                about[name] = page.about[one]
                strata[name] = f"{page.page} {day:%Y-%m}"
    chosen = draw_by_stratum(strata, SIZE, seed=SEED)
    twice = set(draw(chosen, units_for_alpha(RELIABLE_ALPHA, RAREST), seed=SEED, purpose="twice"))
    return [Drawn(name, about[name], name in twice) for name in sorted(chosen)]


def draw_samples(study: Study, *, progress: Callable[[Phrase], None]) -> None:
    """Write the samples that the codes are of into the study, where they do not lie there already."""
    with Corpus(study, progress=progress) as corpus:
        for unit in _VARIABLES:
            name = f"{unit}-page-month-{SEED}"
            if (study.samples / f"{name}.toml").exists():
                continue
            population = find_units(corpus, unit, pages=study.pages, window=study.window)
            order = Order(n=SIZE, seed=SEED)
            drawn = draw_sample(population, order, study.window)
            command = (
                f"qulaq coding sample . --unit {unit} --by {order.by} --n {SIZE} --seed {SEED}"
            )
            write_sample(
                corpus, population, drawn, place_sample(study.samples, name), command=command
            )


def _days(page: PageRecords, unit: Unit) -> Iterator[tuple[str, date]]:
    if unit == "post":
        yield from ((post.post_id, post.published_at.date()) for post in page.posts)
    else:
        yield from ((one.comment_id, one.published_at.date()) for one in page.comments)


def decide(units: Sequence[Drawn], unit: Unit, *, codebook: Codebook) -> Iterator[Decision]:
    """What the two coders gave, and what the third settled."""
    names = _read()["coders"]
    for variable in _VARIABLES[unit]:
        fingerprint = codebook.variable(variable).fingerprint
        right = {one.unit: _right(one.about, variable, unit) for one in units}
        given = {
            "first": _with_errors(right, variable, share=_read()["errors"][variable] / 2, whose="first"),
            "second": _with_errors(right, variable, share=_read()["errors"][variable], whose="second"),
        }  # fmt: skip
        for one in units:
            coders = ("first", "second") if one.twice else (_alone(one.unit),)
            for whose in coders:
                yield _decision(
                    one.unit, variable, names[whose], given[whose][one.unit], fingerprint
                )
            if len({given[whose][one.unit] for whose in coders}) > 1:
                codes = right[one.unit]
                yield _decision(
                    one.unit, variable, names["settles"], codes, fingerprint, status="gold"
                )


def _decision(
    unit: str,
    variable: str,
    coder: str,
    codes: tuple[str, ...],
    fingerprint: str,
    *,
    status: Status = "coder",
) -> Decision:
    return Decision(
        unit=unit,
        variable=variable,
        coder=coder,
        status=status,
        codes=codes,
        fingerprint=fingerprint,
        decided_at=_CODED_AT,
        remark=_read()["coders"]["remark"],
    )


def _right(about: str, variable: str, unit: Unit) -> tuple[str, ...]:
    told: str | list[str] = _read()["comments"][about] if unit == "comment" else _read()["posts"][about][variable]  # fmt: skip
    return (told,) if isinstance(told, str) else tuple(told)


def _with_errors(
    right: Mapping[str, tuple[str, ...]], variable: str, *, share: float, whose: str
) -> dict[str, tuple[str, ...]]:
    """The codes of a coder who errs in that share of the units, drawn by lot."""
    known = sorted(set(right.values())) + ([("yes",)] if variable == "invites" else [])
    wrong = draw(right, round(share * len(right)), seed=SEED, purpose=f"{variable} {whose}")
    rng = Random(f"replica codes {variable} {whose}")  # noqa: S311  # a seeded shape, no secret
    return dict(right) | {
        unit: rng.choice([one for one in known if one != right[unit]]) for unit in wrong
    }


def _alone(unit: str) -> str:
    return "first" if lot(unit, seed=SEED, purpose="coder")[0] % 2 else "second"


@cache
def _read() -> dict[str, Any]:
    return read_table("codes.toml")
