"""Posts and answers month by month: what was not observed is a gap and never a zero."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from qulaq.indicators import Result
from qulaq.indicators.rhythm import AnswerMonth
from qulaq.lang import Text
from qulaq.lang.formats import month, number
from qulaq.reports import nouns, wording
from qulaq.reports.cells import page_cell, sources
from qulaq.reports.document import Block, Cell, Column, Figure, Paragraph, Picture, Row, Table
from qulaq.reports.figures import GREEN, LIGHT_GREEN, Month, Series, draw_months
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
        return _many(scope, left_out)
    answering = [page for page in known if _answers_known(scope, page)]
    figure = Figure(
        name="posts-by-month",
        caption=scope.say(words.MONTHS_BOTH if answering else words.MONTHS_FIGURE),
        pictures=_pictures(scope, known),
        note=" ".join([*_legend(scope, known), *left_out, *_of_answers(scope, known, answering)]),
        source=" ".join(sources(scope, ("posts", "comments") if answering else ("posts",))),
        numbers=_numbers(scope, known, answering),
    )
    return [figure]


def _months(scope: Scope, page: Page) -> tuple[Result, ...]:
    return scope.findings.months[page.id]


def _answers(scope: Scope, page: Page) -> tuple[AnswerMonth, ...]:
    return scope.findings.answers[page.id]


def _answers_known(scope: Scope, page: Page) -> bool:
    return any(one.answers is not None for one in _answers(scope, page))


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
    answering = [page for page in pages if _answers_known(scope, page)]
    tops = (
        [_most(scope, page) for page in pages],
        [_most_answers(scope, page) for page in answering],
    )
    if any(len(one) > 1 and not _is_comparable(one) for one in tops):
        said.append(words.MONTHS_NOTE_OWN)
    return [scope.say(text) for text in said]


def _of_answers(scope: Scope, known: list[Page], answering: list[Page]) -> list[str]:
    if not answering:
        return []
    missing = [page for page in known if page not in answering]
    unknown = scope.say(words.ANSWERS_MISSING, pages=scope.list_pages(missing))
    return [scope.say(words.ANSWERS_NOTE), *([unknown] if missing else [])]


def _most(scope: Scope, page: Page) -> float:
    return max(one.value or 0 for one in _months(scope, page))


def _most_answers(scope: Scope, page: Page) -> float:
    return max(one.answers or 0 for one in _answers(scope, page))


def _is_comparable(tops: Sequence[float]) -> bool:
    return max(tops) <= _UNLIKE * max(min(tops), 1)


def _common(tops: Sequence[float]) -> float | None:
    """
    The scale that charts share, unless it would flatten some of them.
    """
    return max(tops) if _is_comparable(tops) else None


def _pictures(scope: Scope, pages: list[Page]) -> tuple[Picture, ...]:
    answering = [page for page in pages if _answers_known(scope, page)]
    posts = _common([_most(scope, page) for page in pages])
    answers = _common([_most_answers(scope, page) for page in answering]) if answering else None
    return tuple(
        _picture(
            scope,
            page,
            series=[
                _posts_series(scope, page, posts or _most(scope, page), titled=page in answering),
                *(
                    [_answers_series(scope, page, answers or _most_answers(scope, page))]
                    if page in answering
                    else []
                ),
            ],
        )
        for page in pages
    )


def _posts_series(scope: Scope, page: Page, most: float, *, titled: bool) -> Series:
    return Series(
        months=tuple(
            Month(first=_start(one), value=one.value, partial=_is_partial(one))
            for one in _months(scope, page)
        ),
        most=most,
        title=scope.say(words.OF_POSTS) if titled else "",
    )


def _answers_series(scope: Scope, page: Page, most: float) -> Series:
    return Series(
        months=tuple(
            Month(first=one.first, value=one.answers, partial=one.partial)
            for one in _answers(scope, page)
        ),
        most=most,
        title=scope.say(words.OF_ANSWERS),
        dark=GREEN,
        light=LIGHT_GREEN,
    )


def _picture(scope: Scope, page: Page, *, series: list[Series]) -> Picture:
    alternative = " ".join([_posts_shown(scope, page), *_answers_shown(scope, page)])
    svg = draw_months(series, alternative=alternative, language=scope.language)
    return Picture(svg=svg, alternative=alternative, title=scope.page_name(page))


def _posts_shown(scope: Scope, page: Page) -> str:
    known = [one for one in _months(scope, page) if one.value is not None]
    known.sort(key=lambda one: one.value or 0)
    low, high = known[0], known[-1]
    return scope.say(
        words.MONTHS_SHOWN,
        page=scope.page_name(page),
        low=scope.value(low),
        high=scope.value(high),
        noun=nouns.OF_POSTS.after(high.value or 0, scope.language),
        most=month(high.first, scope.language),
    )


def _answers_shown(scope: Scope, page: Page) -> list[str]:
    known = [(one.answers, one.first) for one in _answers(scope, page) if one.answers is not None]
    if not known:
        return []
    (low, _), (high, most) = min(known), max(known)
    low_and_high = {"low": number(low, scope.language), "high": number(high, scope.language)}
    return [scope.say(words.ANSWERS_SHOWN, **low_and_high, most=month(most, scope.language))]


def _start(result: Result) -> date:
    return result.first.replace(day=1)


def _numbers(scope: Scope, pages: list[Page], answering: list[Page]) -> Table:
    """
    A month a row; a column for a page's posts and one for its answers.
    """
    columns: list[Column] = []
    cells: list[list[Cell]] = []
    for page in pages:
        titles = (words.OF_POSTS, words.OF_ANSWERS) if page in answering else (words.OF_POSTS,)
        columns += [
            Column(title=scope.body_name(page), detail=f"{scope.network(page)}: {scope.say(title)}")
            for title in titles
        ]
        cells.append([_cell(scope, one) for one in _months(scope, page)])
        if page in answering:
            cells.append([_answer_cell(scope, one) for one in _answers(scope, page)])
    return Table(
        caption=scope.say(words.MONTHS_BOTH if answering else words.MONTHS_FIGURE),
        columns=(Column(title=scope.say(wording.MONTH), numeric=False), *columns),
        rows=tuple(
            Row(
                header=Cell(text=month(one.first, scope.language)),
                cells=tuple(column[i] for column in cells),
            )
            for i, one in enumerate(_months(scope, pages[0]))
        ),
    )


def _cell(scope: Scope, result: Result, *, shade: float | None = None) -> Cell:
    return _amount(scope, result.value, partial=_is_partial(result), shade=shade)


def _answer_cell(scope: Scope, one: AnswerMonth, *, shade: float | None = None) -> Cell:
    return _amount(scope, one.answers, partial=one.partial, shade=shade)


def _amount(scope: Scope, value: float | None, *, partial: bool, shade: float | None) -> Cell:
    if value is None:
        return Cell(text=scope.say(wording.NO_DATA), missing=True)
    part = (scope.say(wording.PART),) if partial else ()
    return Cell(text=number(value, scope.language), details=part, shade=shade)


# ── many pages: tables, the darker the more ──────────────────────────────────────────────────────


def _many(scope: Scope, left_out: list[str]) -> list[Block]:
    note = " ".join([*left_out, *sources(scope, ("posts",))])
    posts = [_shaded(scope, page) for page in scope.pages]
    tables: list[Block] = [_table(scope, words.MONTHS_FIGURE, posts, note)]
    if any(_answers_known(scope, page) for page in scope.pages):
        note = " ".join([scope.say(words.ANSWERS_NOTE), *sources(scope, ("comments",))])
        answers = [_shaded_answers(scope, page) for page in scope.pages]
        tables.append(_table(scope, words.ANSWERS_FIGURE, answers, note))
    return tables


def _table(scope: Scope, caption: Text, cells: Sequence[tuple[Cell, ...]], note: str) -> Table:
    starts = [one.first for one in _months(scope, scope.pages[0])]
    headers = [page_cell(scope, page) for page in scope.pages]
    return Table(
        caption=scope.say(caption),
        columns=(
            Column(title=scope.say(wording.PAGE), numeric=False),
            *(Column(title=month(start, scope.language)) for start in starts),
        ),
        rows=tuple(
            Row(header=header, cells=row) for header, row in zip(headers, cells, strict=True)
        ),
        note=note,
        wide=True,
    )


def _shaded(scope: Scope, page: Page) -> tuple[Cell, ...]:
    most = _most(scope, page) or 1
    months = _months(scope, page)
    return tuple(_cell(scope, one, shade=(one.value or 0) / most) for one in months)


def _shaded_answers(scope: Scope, page: Page) -> tuple[Cell, ...]:
    most = _most_answers(scope, page) or 1
    months = _answers(scope, page)
    return tuple(_answer_cell(scope, one, shade=(one.answers or 0) / most) for one in months)
