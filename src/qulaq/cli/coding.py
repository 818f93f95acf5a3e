"""`qulaq coding`: what people read out of texts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from qulaq.cli.decisions import must_be_coded
from qulaq.cli.frame import Command, Group
from qulaq.cli.speech import said, tell, working
from qulaq.cli.tables import AsCsv, AsJson, AsXlsx, Form, Output, show
from qulaq.errors import UnknownName
from qulaq.lang import formats, phrase, preferred_language, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qulaq.coding.agreement import Agreement
    from qulaq.stats.agreement import Level

app = typer.Typer(cls=Group, no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def _about() -> None:
    pass


@app.command(
    cls=Command,
    name="agree",
    help=said("How far coders agree, by every usual coefficient, with intervals.")
    + "\n\nqulaq coding agree codes.csv --level ordinal",
)
def agree(
    place: Annotated[
        Path,
        typer.Argument(
            metavar="STUDY|FILE",
            help=said(
                "A study with its codes, or a table (CSV, XLSX): unit, coder, code; or unit and a column for each coder."
            ),
        ),
    ],
    level: Annotated[
        str | None,
        typer.Option(
            metavar="LEVEL",
            help=said(
                "Of the codes: nominal, ordinal, interval, ratio; if left out, as the codebook says, nominal for a file."
            ),
        ),
    ] = None,
    bootstraps: Annotated[
        int,
        typer.Option("--bootstraps", min=100, help=said("Samples of which intervals are made.")),
    ] = 1_000,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    as_xlsx: AsXlsx = False,
    output: Output = None,
) -> None:
    form = Form(json=as_json, csv=as_csv, xlsx=as_xlsx, output=output)
    wanted = _level(level)
    with working(place.name):
        found = (
            _of_study(place, wanted, bootstraps)
            if place.is_dir()
            else _of_file(place, wanted, bootstraps)
        )
    show(
        form,
        heading=[
            said("variable"), said("category"), said("coders"), said("coefficient"), said("level"),
            said("value"), said("95 % interval"), said("units coded twice"), said("not defined because"),
        ],
        rows=[_as_row(one) for one in found],
        data=[_as_object(one) for one in found],
    )  # fmt: skip
    tell(
        phrase(
            "Krippendorff's rule of thumb: .800 and more can be relied upon, from .667 conclusions are tentative, below none."
        )
    )


def _level(told: str | None) -> Level | None:
    from qulaq.stats.agreement import Level

    levels: tuple[Level, ...] = get_args(Level)
    wanted = next((one for one in levels if one == told), None)
    if told is not None and wanted is None:
        raise UnknownName.among(told, list(levels), kind="--level")
    return wanted


def _of_file(file: Path, level: Level | None, bootstraps: int) -> Sequence[Agreement]:
    from qulaq.coding.agreement import measure_agreement
    from qulaq.coding.judgements import read_judgements

    return measure_agreement(read_judgements(file), level=level or "nominal", bootstraps=bootstraps)


def _of_study(folder: Path, level: Level | None, bootstraps: int) -> Sequence[Agreement]:
    """
    How far the people who coded agree; what models coded and what was settled is left aside.
    """
    from qulaq.study import open_study

    coding = must_be_coded(open_study(folder))
    return coding.measure_agreement(level=level, bootstraps=bootstraps)


def _as_row(one: Agreement) -> list[object]:
    language = preferred_language()
    interval = [
        formats.number(end, language, digits=3) for end in (one.low, one.high) if end is not None
    ]
    return [
        one.variable,
        one.category or None,
        " × ".join(one.pair) if one.pair else one.coders,
        one.coefficient,
        one.level,
        None if one.value is None else formats.number(one.value, language, digits=3),
        " – ".join(interval) or None,
        one.units,
        None if one.reason is None else say(one.reason, language),
    ]


def _as_object(one: Agreement) -> dict[str, object]:
    told: dict[str, object] = {
        name: getattr(one, name)
        for name in ("variable", "coefficient", "level", "value", "low", "high", "units", "coders")
    }
    told["reason"] = None if one.reason is None else say(one.reason, preferred_language())
    told["category"] = one.category or None
    told["pair"] = list(one.pair) if one.pair else None
    return told
