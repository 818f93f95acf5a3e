"""Posts month by month: what was not observed is a gap and never a zero."""

from __future__ import annotations

from datetime import date

from qulaq.indicators import Result
from qulaq.lang import Text
from qulaq.lang.formats import month
from qulaq.reports import nouns, wording
from qulaq.reports.cells import sources
from qulaq.reports.document import Block, Cell, Column, Figure, Paragraph, Picture, Row, Table
from qulaq.reports.figures import Month, draw_months
from qulaq.reports.scope import Scope
from qulaq.reports.wording import activity as words
from qulaq.study import Page

_UNLIKE = 5
"""Charts whose largest months differ by more than so many times get scales of their own."""


def show_months(scope: Scope) -> list[Block]:
    known = [
        page for page in scope.pages if any(one.value is not None for one in _months(scope, page))
    ]
    if not known:
        return [Paragraph(text=scope.say(words.MONTHS_NONE))]
    missing = [page for page in scope.pages if page not in known]
    left_out = [scope.say(words.MONTHS_MISSING, pages=scope.list_pages(missing))] if missing else []
    if not scope.findings.few:
        return [_many(scope, left_out)]
    figure = Figure(
        caption=scope.say(words.MONTHS_FIGURE),
        pictures=_pictures(scope, known),
        note=" ".join([*_legend(scope, known), *left_out, *sources(scope, ("posts",))]),
        numbers=_numbers(scope, known),
    )
    return [figure]


def _months(scope: Scope, page: Page) -> tuple[Result, ...]:
    return scope.findings.months[page.id]


def _is_partial(result: Result) -> bool:
    return "partial_period" in result.notes or "observed_span" in result.notes


# ── few pages: a chart each, and their numbers ───────────────────────────────────────────────────


def _legend(scope: Scope, pages: list[Page]) -> list[str]:
    """
    A sentence for every kind of bar that occurs.
    """
    months = [one for page in pages for one in _months(scope, page)]
    said: list[Text] = []
    if any(one.value is not None and _is_partial(one) for one in months):
        said += [words.MONTHS_NOTE_FULL, words.MONTHS_NOTE_PARTIAL]
    if any(one.value is None for one in months):
        said.append(words.MONTHS_NOTE_GAP)
    if len(pages) > 1 and not _is_comparable(scope, pages):
        said.append(words.MONTHS_NOTE_OWN)
    return [scope.say(text) for text in said]


def _most(scope: Scope, page: Page) -> float:
    return max(one.value or 0 for one in _months(scope, page))


def _is_comparable(scope: Scope, pages: list[Page]) -> bool:
    tops = [_most(scope, page) for page in pages]
    return max(tops) <= _UNLIKE * max(min(tops), 1)


def _pictures(scope: Scope, pages: list[Page]) -> tuple[Picture, ...]:
    common = max(_most(scope, page) for page in pages) if _is_comparable(scope, pages) else None
    return tuple(_picture(scope, page, common or _most(scope, page)) for page in pages)


def _picture(scope: Scope, page: Page, most: float) -> Picture:
    results = _months(scope, page)
    months = [
        Month(first=_start(one), value=one.value, partial=_is_partial(one)) for one in results
    ]
    known = sorted(
        (one for one in results if one.value is not None), key=lambda one: one.value or 0
    )
    low, high = known[0], known[-1]
    alternative = scope.say(
        words.MONTHS_SHOWN,
        page=scope.page_name(page),
        low=scope.value(low),
        high=scope.value(high),
        noun=nouns.OF_POSTS.after(high.value or 0, scope.language),
        most=month(high.first, scope.language),
    )
    svg = draw_months(months, most=most, alternative=alternative, language=scope.language)
    return Picture(svg=svg, alternative=alternative, title=scope.page_name(page))


def _start(result: Result) -> date:
    return result.first.replace(day=1)


def _numbers(scope: Scope, pages: list[Page]) -> Table:
    count = len(_months(scope, pages[0]))
    columns = [Column(title=scope.body_name(page), detail=scope.network(page)) for page in pages]
    return Table(
        caption=scope.say(words.MONTHS_FIGURE),
        columns=(Column(title=scope.say(wording.MONTH), numeric=False), *columns),
        rows=tuple(
            Row(
                header=Cell(text=month(_months(scope, pages[0])[i].first, scope.language)),
                cells=tuple(_cell(scope, _months(scope, page)[i]) for page in pages),
            )
            for i in range(count)
        ),
    )


def _cell(scope: Scope, result: Result, *, shade: float | None = None) -> Cell:
    if result.value is None:
        return Cell(text=scope.say(wording.NO_DATA), missing=True)
    part = (scope.say(wording.PART),) if _is_partial(result) else ()
    return Cell(text=scope.value(result), details=part, shade=shade)


# ── many pages: a table, the darker the more ─────────────────────────────────────────────────────


def _many(scope: Scope, left_out: list[str]) -> Table:
    starts = [one.first for one in _months(scope, scope.pages[0])]
    return Table(
        caption=scope.say(words.MONTHS_FIGURE),
        columns=(
            Column(title=scope.say(wording.PAGE), numeric=False),
            *(Column(title=month(start, scope.language)) for start in starts),
        ),
        rows=tuple(_shaded_row(scope, page) for page in scope.pages),
        note=" ".join([*left_out, *sources(scope, ("posts",))]),
        wide=True,
    )


def _shaded_row(scope: Scope, page: Page) -> Row:
    months = _months(scope, page)
    most = max(one.value or 0 for one in months) or 1
    cells = (_cell(scope, one, shade=(one.value or 0) / most) for one in months)
    return Row(
        header=Cell(text=scope.body_name(page), details=(scope.network(page),)), cells=tuple(cells)
    )
