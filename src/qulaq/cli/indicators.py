"""`qulaq indicators …`: what can be measured, and measuring it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from qulaq.cli.frame import Command, Group
from qulaq.cli.options import EngineAddress, FirstDay, LastDay, StudyFolder, read_window
from qulaq.cli.quantities import written, written_interval
from qulaq.cli.ranking import rank
from qulaq.cli.speech import said, tell, working
from qulaq.cli.tables import AsCsv, AsJson, AsXlsx, Form, Output, show
from qulaq.errors import UnknownName
from qulaq.lang import formats, phrase, preferred_language, say

if TYPE_CHECKING:
    from qulaq.indicators import Result

app = typer.Typer(cls=Group, no_args_is_help=True, rich_markup_mode=None)

app.command(
    cls=Command,
    help=said("Compare the pages: their places by an indicator.")
    + "\n\nqulaq indicators rank akimats --by reply_rate --tests",
)(rank)

_FIELDS = (
    "indicator", "page", "body", "from", "to", "category", "value", "n", "missing", "low", "high", "unit", "base",
    "reason", "notes",
)  # fmt: skip


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
    output: Output = None,
) -> None:
    from qulaq import indicators
    from qulaq.corpus.current import Corpus
    from qulaq.engine.opening import open_engine
    from qulaq.indicators.periods import BYS
    from qulaq.study import open_study

    form = Form(json=as_json, csv=as_csv, xlsx=as_xlsx, output=output)
    if by is not None and by not in BYS:
        raise UnknownName.among(by, list(BYS), kind="--by")
    opened = open_study(study)
    opened.must_have_pages()
    window = read_window(opened, first=first, last=last)
    with (
        working(str(study)) as progress,
        Corpus(opened, engine=open_engine(engine), progress=progress) as corpus,
    ):
        results = indicators.compute(corpus, keys=key, by=by, window=window, progress=progress)
    _show_results(results, form)


def _show_results(results: list[Result], form: Form) -> None:
    language = preferred_language()
    data = [result.as_json(language) for result in results]
    if form.csv or form.xlsx:
        rows = [
            [" ".join(one["notes"]) if name == "notes" else one[name] for name in _FIELDS]
            for one in data
        ]
        show(form, heading=list(_FIELDS), rows=rows, data=data)
        return
    heading = [
        said("indicator"), said("page"), said("from"), said("to"), said("value"), said("95 % interval"),
        said("n"), said("missing"), said("notes"),
    ]  # fmt: skip
    show(form, heading=heading, rows=[_line(result) for result in results], data=data)
    if not form.json:
        _tell_reasons(results)


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


def _tell_reasons(results: list[Result]) -> None:
    """
    Why something is not measurable: each reason once, with the indicators it concerns.
    """
    language = preferred_language()
    by_reason: dict[str, dict[str, None]] = {}
    for result in results:
        if result.reason is not None:
            by_reason.setdefault(say(result.reason, language), {})[result.indicator] = None
    for reason, keys in by_reason.items():
        tell(phrase("Not measurable: {keys}. {reason}", keys=", ".join(keys), reason=reason))
