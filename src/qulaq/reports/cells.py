"""Tables of indicators by page: few pages stand as columns, as in the study; many as rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from qulaq.indicators import NOTES, Result
from qulaq.lang import Text
from qulaq.lang.formats import day, month, number
from qulaq.reports import wording
from qulaq.reports.document import Cell, Column, Footnote, Row, Table
from qulaq.reports.findings import LookedAt
from qulaq.reports.scope import Scope, capitalize, indicator
from qulaq.study import Page

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_COUNTS = ("posts", "citizen_comments")
"""Counts that are their own n."""


@dataclass(frozen=True, slots=True)
class Line:
    """
    One quantity of every page: its title and how it is written for a page.
    """

    title: str
    link: str
    cell: Callable[[Page], Cell]


def indicator_line(scope: Scope, key: str) -> Line:
    title = capitalize(indicator(key).title.to(scope.language))
    return Line(title, f"#{key}", lambda page: result_cell(scope, scope.result(key, page)))


def opened_line(scope: Scope) -> Line:
    def cell(page: Page) -> Cell:
        if page.opened is None:
            return Cell(text=scope.say(wording.NO_DATA), missing=True)
        return Cell(text=_opened(page.opened, scope))

    return Line(capitalize(scope.say(wording.OPENED)), "", cell)


def _opened(opened: date, scope: Scope) -> str:
    """
    A study may tell only the year or the month of opening; its first day stands for it.
    """
    if (opened.month, opened.day) == (1, 1):
        return str(opened.year)
    return month(opened, scope.language) if opened.day == 1 else day(opened, scope.language)


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
        detail="; ".join(details),
        marks=result.notes,
        missing=result.value is None and "bounds" not in result.notes,
    )


def _text(scope: Scope, result: Result) -> str:
    if result.value is not None:
        return scope.value(result)
    if "bounds" in result.notes:
        return scope.interval(result)
    counts = indicator(result.indicator).theme in ("activity", "engagement")
    return scope.say(wording.NO_DATA if counts else wording.NOT_MEASURABLE)


def page_table(scope: Scope, *, caption: Text, lines: Sequence[Line], looked_at: Sequence[LookedAt]) -> Table:
    """
    Lines by page, numbered notes and the source below.
    """
    cells = {(i, page.id): line.cell(page) for i, line in enumerate(lines) for page in scope.pages}
    common, marked = _settle_marks(cells)
    footnotes = [Footnote(mark=mark, text=_note(note, scope)) for note, mark in marked.items()]
    # When the data were captured is told with their source.
    told = [note for note in common if note != "capture_time_inferred"]
    everywhere = [scope.say(wording.ALL_MARKED, note=_note(note, scope)) for note in told]
    has_detail = any(cell.detail for cell in cells.values())
    legend = [scope.say(wording.LEGEND)] if has_detail else []
    return Table(
        caption=scope.say(caption),
        columns=_columns(scope, lines),
        rows=_rows(scope, lines, cells),
        note=" ".join([*legend, *sources(scope, looked_at), *everywhere]),
        footnotes=tuple(footnotes),
        wide=not scope.findings.few,
    )


def _columns(scope: Scope, lines: Sequence[Line]) -> tuple[Column, ...]:
    if not scope.findings.few:
        first = Column(title=scope.say(wording.PAGE), numeric=False)
        return (first, *(Column(title=line.title, link=line.link) for line in lines))
    first = Column(title=scope.say(wording.INDICATOR), numeric=False)
    return (first, *(Column(title=scope.body_name(page), detail=scope.network(page)) for page in scope.pages))


def _rows(scope: Scope, lines: Sequence[Line], cells: dict[tuple[int, str], Cell]) -> tuple[Row, ...]:
    numbers = range(len(lines))
    if not scope.findings.few:
        return tuple(
            Row(
                header=Cell(text=scope.body_name(page), detail=scope.network(page)),
                cells=tuple(cells[i, page.id] for i in numbers),
            )
            for page in scope.pages
        )
    return tuple(
        Row(
            header=Cell(text=lines[i].title, link=lines[i].link),
            cells=tuple(cells[i, page.id] for page in scope.pages),
        )
        for i in numbers
    )


def _settle_marks(cells: dict[tuple[int, str], Cell]) -> tuple[list[str], dict[str, str]]:
    """
    Notes of every number are said once, without a mark; the others get letters, in order.
    """
    numbers = [cell for cell in cells.values() if cell.detail and not cell.missing]
    found = [note for note in NOTES if any(note in cell.marks for cell in cells.values())]
    common = [note for note in found if numbers and all(note in cell.marks for cell in numbers)]
    marked = {note: _LETTERS[i] for i, note in enumerate(note for note in found if note not in common)}
    for place, cell in cells.items():
        letters = tuple(marked[note] for note in cell.marks if note in marked)
        cells[place] = replace(cell, marks=letters)
    return common, marked


def _note(key: str, scope: Scope) -> str:
    return NOTES[key].to(scope.language)


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
