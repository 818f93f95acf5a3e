"""`qulaq indicators …`: what can be measured, and measuring it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qulaq.cli.decisions import read_codes
from qulaq.cli.frame import Command, Group
from qulaq.cli.options import EngineAddress, FirstDay, LastDay, StudyFolder, read_window
from qulaq.cli.quantities import written, written_interval
from qulaq.cli.ranking import rank
from qulaq.cli.speech import said, tell, working
from qulaq.cli.tables import (
    MOST_PAGES,
    AsCsv,
    AsJson,
    AsParquet,
    AsXlsx,
    Form,
    Output,
    deliver,
    refuse_screen,
    show,
    tell_more,
)
from qulaq.errors import UnknownName
from qulaq.lang import formats, phrase, preferred_language, say

if TYPE_CHECKING:
    from qulaq.indicators import Result
    from qulaq.indicators.results import Results

app = typer.Typer(cls=Group, no_args_is_help=True, rich_markup_mode=None)

app.command(
    cls=Command,
    help=said("Compare the pages: their places by an indicator.")
    + "\n\nqulaq indicators rank akimats --by reply_rate --tests",
)(rank)


@app.command("list", cls=Command, help=said("What can be measured."))
def list_indicators(
    as_json: AsJson = False, as_csv: AsCsv = False, as_xlsx: AsXlsx = False, output: Output = None
) -> None:
    from qulaq.indicators import INDICATORS

    language = preferred_language()
    data = [
        {
            "indicator": one.key,
            "theme": one.theme,
            "title": one.title.to(language),
            "question": one.question.to(language),
            "definition": one.definition.to(language),
            "caveat": one.caveat.to(language),
            "citation": one.citation.to(language),
            "unit": one.unit,
            "needs": list(one.needs),
        }
        for one in INDICATORS
    ]
    form = Form(json=as_json, csv=as_csv, xlsx=as_xlsx, output=output)
    columns = {
        "indicator": said("key"), "theme": said("theme"), "title": said("title"), "question": said("question")
    }  # fmt: skip
    if as_csv or as_xlsx:
        columns |= {
            "definition": said("definition"),
            "caveat": said("caveat"),
            "citation": said("citation"),
            "unit": said("unit"),
        }
    rows = [[one[name] for name in columns] for one in data]
    show(form, heading=list(columns.values()), rows=rows, data=data)


@app.command(
    cls=Command,
    help=said("Measure a study.") + "\n\nqulaq indicators compute akimats --by month --json",
)
def compute(
    study: StudyFolder,
    key: Annotated[
        list[str] | None,
        typer.Option(metavar="KEY", help=said("Only this indicator; may be repeated.")),
    ] = None,
    by: Annotated[
        str | None,
        typer.Option(
            metavar="day|week|month|year", help=said("A series instead of the whole period.")
        ),
    ] = None,
    first: FirstDay = None,
    last: LastDay = None,
    engine: EngineAddress = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    as_xlsx: AsXlsx = False,
    as_parquet: AsParquet = False,
    output: Output = None,
) -> None:
    from qulaq import indicators
    from qulaq.corpus.current import Corpus
    from qulaq.engine.opening import open_engine
    from qulaq.indicators.files import check_fits, write_results
    from qulaq.indicators.periods import BYS, periods
    from qulaq.study import open_study

    form = Form(json=as_json, csv=as_csv, xlsx=as_xlsx, parquet=as_parquet, output=output)
    refuse_screen(form)
    if by is not None and by not in BYS:
        raise UnknownName.among(by, list(BYS), kind="--by")
    opened = open_study(study)
    opened.must_have_pages()
    window = read_window(opened, first=first, last=last)
    if form.xlsx:
        chosen, spans = key or list(indicators.INDICATORS.keys()), periods(window, by)
        check_fits(len(chosen) * len(opened.pages) * len(spans), file=output)
    with (
        working(str(study)) as progress,
        Corpus(
            opened, engine=open_engine(engine), codes=read_codes(opened), progress=progress
        ) as corpus,
    ):
        results = indicators.compute(corpus, keys=key, by=by, window=window, progress=progress)
    if not form.name:
        _show_table(results, form)
        return

    def write(file: Path) -> None:
        with working(str(study)) as progress:
            write_results(
                results, file, form=form.name, language=preferred_language(), progress=progress
            )

    deliver(form, write)


def _show_table(results: Results, form: Form) -> None:
    """
    The numbers of the first pages to read, and why something is not measurable on any of them.
    """
    heading = [
        said("indicator"), said("page"), said("from"), said("to"), said("value"), said("95 % interval"),
        said("n"), said("missing"), said("notes"),
    ]  # fmt: skip
    pages = len(results.study.pages)
    shown = len(results.stats.frame) // pages * min(pages, MOST_PAGES)
    rows: list[list[object]] = []
    keys_of: dict[str, dict[str, None]] = {}
    for found in results.parts():
        rows += map(_line, found[:shown])
        for reason in found.reasons.distinct():
            keys = keys_of.setdefault(say(reason, preferred_language()), {})
            keys[found.indicator.key] = None
    show(form, heading=heading, rows=rows, data=None)
    tell_more(pages - MOST_PAGES, options="--csv, --parquet, --json")
    for told, keys in keys_of.items():
        tell(phrase("Not measurable: {keys}. {reason}", keys=", ".join(keys), reason=told))


def _line(result: Result) -> list[object]:
    language = preferred_language()
    return [
        result.indicator,
        result.page,
        result.first.isoformat(),
        result.last.isoformat(),
        said("not measurable") if result.value is None else written(result.value, result.unit),
        written_interval(result.low, result.high, result.unit),
        formats.number(result.n, language),
        formats.number(result.missing, language),
        " ".join(result.notes) or None,
    ]
