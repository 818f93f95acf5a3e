"""How long citizens wait: the share of their comments answered, as time goes by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qulaq.indicators.waiting import Point, WaitingCurve
from qulaq.lang.formats import number, share
from qulaq.reports import nouns, wording
from qulaq.reports.cells import indicator_line, page_cell, page_column, page_table, sources
from qulaq.reports.document import Block, Cell, Column, Figure, Paragraph, Picture, Row, Table
from qulaq.reports.figures import Share, draw_curve
from qulaq.reports.findings import MILESTONES, OF_WAITING
from qulaq.reports.scope import Scope, bare, capitalize
from qulaq.reports.wording import answers as words
from qulaq.study import Page

_DAY = 24
_DAYS = 7
_TOLD = (_DAY, 3 * _DAY, _DAYS * _DAY)
"""The hours that the alternative in words tells."""


def show_waiting(scope: Scope) -> list[Block]:
    lines = [indicator_line(scope, key) for key in OF_WAITING]
    times = page_table(
        scope,
        caption=words.WAITING_TABLE,
        lines=lines,
        looked_at=("comments",),
        remarks=(words.WAITING_TABLE_NOTE,),
    )
    return [times, _curves(scope)]


def _curves(scope: Scope) -> Block:
    waiting = scope.findings.waiting
    known = {
        page: waiting[page.id]
        for page in scope.pages
        if page.id in waiting and waiting[page.id].points
    }
    if not known:
        return Paragraph(text=scope.say(words.WAITING_NONE))
    missing = [page for page in scope.pages if page not in known]
    left_out = [scope.say(words.WAITING_MISSING, pages=scope.list_pages(missing))]
    note = [*_removals(scope, known), *(left_out if missing else [])]
    if not scope.findings.few:
        return _table_of_many(scope, known, note)
    return Figure(
        name="waiting",
        caption=scope.say(words.WAITING_FIGURE),
        pictures=tuple(_picture(scope, page, curve) for page, curve in known.items()),
        note=" ".join([scope.say(words.WAITING_NOTE), *note]),
        source=" ".join(sources(scope, ("comments",))),
        numbers=_numbers(scope, known),
    )


def _removals(scope: Scope, curves: Mapping[Page, WaitingCurve]) -> list[str]:
    """
    What was made of comments that disappeared unanswered: it decides which curve is drawn.
    """
    removed = [
        f"{scope.page_name(page)} — {number(curve.removed, scope.language)}"
        for page, curve in curves.items()
        if curve.removed
    ]
    if removed:
        return [scope.say(words.WAITING_REMOVED, list="; ".join(removed))]
    return [scope.say(words.WAITING_KEPT)]


def _span(scope: Scope, hours: int) -> str:
    """
    "within 1 hour", "within 3 days".
    """
    days, rest = divmod(hours, _DAY)
    told = scope.count(hours, nouns.HOURS) if rest else scope.count(days, nouns.DAYS)
    return scope.say(words.WITHIN, span=told)


def _cell(scope: Scope, point: Point | None) -> Cell:
    if point is None:
        return Cell(text=scope.say(wording.NO_DATA), missing=True)
    return Cell(text=share(point.share, scope.language), details=_interval(scope, point))


def _interval(scope: Scope, point: Point) -> tuple[str, ...]:
    if point.low is None or point.high is None:
        return ()
    low, high = share(point.low, scope.language), share(point.high, scope.language)
    return (f"{bare(low)}–{high}",)


# ── few pages ────────────────────────────────────────────────────────────────────────────────────


def _picture(scope: Scope, page: Page, curve: WaitingCurve) -> Picture:
    told = [
        f"{_span(scope, hours)} — {share(point.share, scope.language)}"
        for hours in _TOLD
        if (point := curve.at(hours))
    ]
    ever = (
        [f"{scope.say(words.EVER)} — {share(curve.ever.share, scope.language)}"]
        if curve.ever
        else []
    )
    alternative = scope.say(
        words.WAITING_SHOWN,
        page=scope.page_name(page),
        comments=scope.count(curve.n, nouns.COMMENTS),
        list="; ".join([*told, *ever]),
    )
    points = [
        Share(hours=one.hours, value=one.share, low=one.low, high=one.high) for one in curve.points
    ]
    svg = draw_curve(
        points,
        days=_DAYS,
        below=scope.say(words.WAITING_DAYS),
        alternative=alternative,
        sign=scope.percent(0)[1:],
    )
    return Picture(svg=svg, alternative=alternative, title=scope.page_name(page))


def _numbers(scope: Scope, curves: Mapping[Page, WaitingCurve]) -> Table:
    rows = [
        _row(scope, _span(scope, hours), [curve.at(hours) for curve in curves.values()])
        for hours in MILESTONES
    ]
    return Table(
        caption=scope.say(words.WAITING_FIGURE),
        columns=(
            Column(title=scope.say(words.TIME), numeric=False),
            *(page_column(scope, page) for page in curves),
        ),
        rows=(
            Row(
                header=Cell(text=scope.say(words.CITIZENS_WROTE)),
                cells=tuple(Cell(text=number(one.n, scope.language)) for one in curves.values()),
            ),
            *rows,
            _row(scope, scope.say(words.EVER), [curve.ever for curve in curves.values()]),
        ),
    )


def _row(scope: Scope, title: str, points: Sequence[Point | None]) -> Row:
    return Row(
        header=Cell(text=capitalize(title)), cells=tuple(_cell(scope, one) for one in points)
    )


# ── many pages ───────────────────────────────────────────────────────────────────────────────────


def _table_of_many(scope: Scope, curves: Mapping[Page, WaitingCurve], note: Sequence[str]) -> Table:
    return Table(
        caption=scope.say(words.WAITING_FIGURE),
        columns=(
            Column(title=scope.say(wording.PAGE), numeric=False),
            Column(title=scope.say(words.CITIZENS_WROTE)),
            *(Column(title=capitalize(_span(scope, hours))) for hours in MILESTONES),
        ),
        rows=tuple(
            Row(
                header=page_cell(scope, page),
                cells=(
                    Cell(text=number(curve.n, scope.language)),
                    *(_cell(scope, curve.at(hours)) for hours in MILESTONES),
                ),
            )
            for page, curve in curves.items()
        ),
        note=" ".join([*note, *sources(scope, ("comments",))]),
        wide=True,
    )
