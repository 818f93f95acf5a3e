"""`qulaq coding sample`: which texts people are to read."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from qulaq.cli.options import FirstDay, LastDay, PageIds, StudyFolder, read_window
from qulaq.cli.speech import said, tell, working
from qulaq.cli.tables import MOST_PAGES, AsJson, Form, show
from qulaq.errors import Misused, UnknownName
from qulaq.lang import phrase, phrases, preferred_language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qulaq.coding.samples import Files, Order, Sample
    from qulaq.study import Window

Known = TypeVar("Known", bound=str)


def sample(
    study: StudyFolder,
    unit: Annotated[
        str, typer.Option(metavar="UNIT", help=said("What is read: post, comment or reply."))
    ],
    n: Annotated[
        int | None,
        typer.Option("--n", min=1, help=said("How many to draw; 400 where it is left out.")),
    ] = None,
    by: Annotated[
        str,
        typer.Option(
            metavar="WAY",
            help=said(
                "page-month: of each page and month its part; simple: of all alike; weeks: all of the days of constructed weeks."
            ),
        ),
    ] = "page-month",
    weeks: Annotated[
        int, typer.Option("--weeks", min=1, help=said("How many weeks to construct."))
    ] = 2,
    seed: Annotated[
        int, typer.Option("--seed", min=0, help=said("The same seed draws the same units."))
    ] = 1,
    alpha: Annotated[
        float,
        typer.Option(min=0.1, max=0.99, help=said("The alpha that coders are to reach.")),
    ] = 0.8,
    rarest: Annotated[
        float,
        typer.Option(
            min=0.001, max=0.5, help=said("The share of units that the rarest category holds.")
        ),
    ] = 0.1,
    name: Annotated[
        str | None,
        typer.Option(help=said("What to call the sample; otherwise by unit, way and seed.")),
    ] = None,
    page: PageIds = None,
    first: FirstDay = None,
    last: LastDay = None,
    as_json: AsJson = False,
) -> None:
    from qulaq.coding.codebook import UNITS
    from qulaq.coding.samples import WAYS, Order, draw_sample, place_sample, write_sample
    from qulaq.coding.units import find_units
    from qulaq.corpus.current import Corpus
    from qulaq.study import open_study

    kind, way = _among(unit, UNITS, "--unit"), _among(by, WAYS, "--by")
    if way == "weeks" and n is not None:
        raise Misused(
            where="--n",
            found=phrase("of constructed weeks all units are drawn."),
            remedy=phrase("Leave --n out, or choose another way than weeks."),
        )
    order = Order(by=way, n=n or Order().n, weeks=weeks, seed=seed, least=alpha, rarest=rarest)
    opened = open_study(study)
    opened.must_have_pages()
    window = read_window(opened, first=first, last=last)
    pages = tuple(dict.fromkeys(map(opened.page, page))) if page else opened.pages
    named = name if name is not None else f"{kind}-{way}-{seed}"
    files = place_sample(opened.samples, named)
    command = _command(study, kind, order, window, pages=page or [], name=named)
    with working(str(study)) as progress, Corpus(opened, progress=progress) as corpus:
        population = find_units(corpus, kind, pages=pages, window=window)
        drawn = draw_sample(population, order, window)
        write_sample(corpus, population, drawn, files, command=command)
        fingerprint = corpus.store.fingerprint()
    described = _described(drawn, files, command=command, corpus=fingerprint)
    _show(drawn, described, Form(json=as_json))
    _tell(drawn, files, nameless=population.nameless)


def _command(
    study: Path, unit: str, order: Order, window: Window, *, pages: Sequence[str], name: str
) -> str:
    """
    The command that draws the same, with nothing left to defaults.
    """
    words: list[object] = ["qulaq", "coding", "sample", study, "--unit", unit, "--by", order.by]
    words += ["--weeks", order.weeks] if order.by == "weeks" else ["--n", order.n]
    words += ["--seed", order.seed, "--alpha", order.least, "--rarest", order.rarest]
    words += ["--from", window.first, "--to", window.last, "--name", name]
    words += [word for one in pages for word in ("--page", one)]
    return shlex.join(map(str, words))


def _among(word: str, known: Sequence[Known], option: str) -> Known:
    for one in known:
        if one == word:
            return one
    raise UnknownName.among(word, list(known), kind=option)


def _described(drawn: Sample, files: Files, *, command: str, corpus: str) -> dict[str, object]:
    return {
        "unit": drawn.unit,
        "by": drawn.order.by,
        "seed": drawn.order.seed,
        "from": str(drawn.window.first),
        "to": str(drawn.window.last),
        "units": drawn.units,
        "drawn": len(drawn.rows),
        "twice": drawn.twice,
        "twice_needed": drawn.needed,
        "twice_reason": drawn.reason(preferred_language()) if drawn.rows else None,
        "days": [str(day) for day in drawn.days] or None,
        "strata": [
            {"name": one.name, "units": one.units, "drawn": one.drawn, "twice": one.twice}
            for one in drawn.strata
        ],
        "rows": str(files.rows),
        "record": str(files.record),
        "command": command,
        "corpus": corpus,
    }


def _show(drawn: Sample, described: dict[str, object], form: Form) -> None:
    if drawn.days:
        on = [row.day for row in drawn.rows]
        heading = [said("day"), said("weekday"), said("units")]
        rows: list[list[object]] = [
            [str(day), day.isoweekday(), on.count(day)] for day in drawn.days
        ]
    else:
        heading = [said("stratum"), said("units"), said("drawn"), said("coded twice")]
        rows = [[one.name, one.units, one.drawn, one.twice] for one in drawn.strata]
    show(form, heading=heading, rows=rows[:MOST_PAGES], data=described)
    if not form.json and (more := len(rows) - MOST_PAGES) > 0:
        tell(phrases("and {n} more row; all: --json", "and {n} more rows; all: --json", n=more))


def _tell(drawn: Sample, files: Files, *, nameless: int) -> None:
    for file in (files.rows, files.record):
        tell(phrase("written: {file}", file=file))
    if drawn.rows:
        tell(drawn.reason(preferred_language()))
    if nameless:
        tell(
            phrases(
                "of the comments to draw from {n} has an author that nobody knows: it may be the body's own.",
                "of the comments to draw from {n} have authors that nobody knows: they may be the body's own.",
                n=nameless,
            )
        )
