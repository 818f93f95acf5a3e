"""Tables of indicators by page: few pages stand as columns, as in the study; many as rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from qulaq.indicators import NOTES, Result
from qulaq.indicators.latency import NO_ANSWER, NOT_REACHED, TOO_EARLY
from qulaq.indicators.responsiveness import TOO_YOUNG
from qulaq.lang import Text
from qulaq.lang.formats import day, month, number
from qulaq.reports import wording
from qulaq.reports.document import Cell, Column, Footnote, Row, Table
from qulaq.reports.findings import LookedAt
from qulaq.reports.marks import Line, Marked, mark
from qulaq.reports.scope import Scope, capitalize, indicator
from qulaq.reports.wording import activity as words
from qulaq.study import Opening, Page

_COUNTS = ("posts", "citizen_comments", "citizens")
"""Counts that are their own n."""
_SHORT = (
    (NO_ANSWER, wording.NO_ANSWER),
    (NOT_REACHED, wording.NOT_REACHED),
    (TOO_EARLY, wording.TOO_EARLY),
    (TOO_YOUNG, wording.TOO_EARLY),
)
"""Reasons that a few words tell where the number would stand."""


def indicator_line(scope: Scope, key: str) -> Line:
    title = capitalize(indicator(key).title.to(scope.language))
    return Line(title, f"#{key}", lambda page: result_cell(scope, scope.result(key, page)))


def opened_line(scope: Scope) -> Line:
    def cell(page: Page) -> Cell:
        if page.opened is None:
            return Cell(text=scope.say(wording.NO_DATA), missing=True)
        return Cell(text=_opened(page.opened, scope))

    return Line(capitalize(scope.say(words.OPENED)), "", cell)


def _opened(opened: Opening, scope: Scope) -> str:
    if opened.told == "year":
        return str(opened.first.year)
    write = month if opened.told == "month" else day
    return write(opened.first, scope.language)


def result_cell(scope: Scope, result: Result) -> Cell:
    """
    A number with its n, interval and missing in small type, marked with its notes.
    """
    details = []
    if result.value is not None and result.indicator not in _COUNTS:
        details.append(f"n\u00a0=\u00a0{number(result.n, scope.language)}")
    if result.value is not None and (interval := scope.interval(result)):
        details.append(interval)
    if result.missing and (result.value is not None or result.n or "bounds" in result.notes):
        details.append(scope.say(wording.MISSING, n=number(result.missing, scope.language)))
    return Cell(
        text=_text(scope, result),
        details=tuple(details),
        marks=result.notes,
        missing=result.value is None and "bounds" not in result.notes,
    )


def _text(scope: Scope, result: Result) -> str:
    if result.value is not None:
        return scope.value(result)
    if "bounds" in result.notes:
        return scope.interval(result)
    for reason, few_words in _SHORT:
        if result.reason == reason:
            return scope.say(few_words)
    counts = indicator(result.indicator).theme in ("activity", "engagement")
    return scope.say(wording.NO_DATA if counts else wording.NOT_MEASURABLE)


def page_column(scope: Scope, page: Page) -> Column:
    return Column(title=scope.body_name(page), detail=scope.network(page))


def page_cell(scope: Scope, page: Page, *, below: str = "") -> Cell:
    """
    A page as the header of a row, perhaps with a remark.
    """
    details = (scope.network(page), below) if below else (scope.network(page),)
    return Cell(text=scope.body_name(page), details=details)


def page_table(
    scope: Scope,
    *,
    caption: Text,
    lines: Sequence[Line],
    looked_at: Sequence[LookedAt],
    remarks: Sequence[Text] = (),
) -> Table:
    """
    Lines by page, marked with their notes, the remarks and the source below.
    """
    marked = mark(lines, [[line.cell(page) for page in scope.pages] for line in lines])
    # When the data were captured is told with their source.
    common = [note for note in marked.common if note != "capture_time_inferred"]
    everywhere = [
        scope.say(wording.ALL_MARKED, note=NOTES[note].to(scope.language)) for note in common
    ]
    said = [scope.say(text) for text in remarks]
    details = [detail for cells in marked.cells for cell in cells for detail in cell.details]
    return Table(
        caption=scope.say(caption),
        columns=_columns(scope, marked),
        rows=_rows(scope, marked),
        note=" ".join([*said, *_legend(scope, details), *sources(scope, looked_at), *everywhere]),
        footnotes=tuple(
            Footnote(mark=letter, text=NOTES[note].to(scope.language))
            for note, letter in marked.letters.items()
        ),
        wide=not scope.findings.few,
    )


def _legend(scope: Scope, details: Sequence[str]) -> list[str]:
    missing = wording.MISSING.to(scope.language).format(n="")
    said = [wording.LEGEND] if details else []
    said += [wording.LEGEND_MISSING] if any(missing in detail for detail in details) else []
    return [scope.say(text) for text in said]


def _columns(scope: Scope, marked: Marked) -> tuple[Column, ...]:
    if scope.findings.few:
        first = Column(title=scope.say(wording.INDICATOR), numeric=False)
        return (
            first,
            *(page_column(scope, page) for page in scope.pages),
        )
    first = Column(title=scope.say(wording.PAGE), numeric=False)
    named = zip(marked.lines, marked.titles, strict=True)
    return (
        first,
        *(Column(title=line.title, marks=marks, link=line.link) for line, marks in named),
    )


def _rows(scope: Scope, marked: Marked) -> tuple[Row, ...]:
    if scope.findings.few:
        headers = [
            Cell(text=line.title, marks=marks, link=line.link)
            for line, marks in zip(marked.lines, marked.titles, strict=True)
        ]
        return tuple(
            Row(header=header, cells=cells)
            for header, cells in zip(headers, marked.cells, strict=True)
        )
    return tuple(
        Row(
            header=page_cell(scope, page),
            cells=tuple(cells[i] for cells in marked.cells),
        )
        for i, page in enumerate(scope.pages)
    )


def sources(scope: Scope, looked_at: Iterable[LookedAt]) -> list[str]:
    """
    Where the numbers come from and when they were captured, one sentence for all kinds of data alike.
    """
    captured = scope.findings.captured
    spans = {captured[one] for one in looked_at if one in captured}
    if not spans:
        return [scope.say(wording.SOURCE_NONE)]
    first, last = min(one.first for one in spans), max(one.last for one in spans)
    when = scope.days(first, last)
    inferred = any(one.inferred for one in spans)
    return [scope.say(wording.SOURCE_INFERRED if inferred else wording.SOURCE_CAPTURED, when=when)]
