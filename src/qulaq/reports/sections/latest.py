"""The newest full month beside the month before: what has changed, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from string import ascii_lowercase

from qulaq.indicators import Result
from qulaq.indicators.comparison import Change
from qulaq.indicators.latest import LatestMonth, Pair
from qulaq.lang import say
from qulaq.lang.formats import month, signed
from qulaq.reports import wording
from qulaq.reports.cells import page_cell, result_cell, sources
from qulaq.reports.document import Block, Cell, Column, Footnote, Paragraph, Row, Table
from qulaq.reports.findings import OF_MONTHS
from qulaq.reports.scope import Scope, capitalize, digits_of, indicator, with_minus
from qulaq.reports.wording import citizens
from qulaq.reports.wording import latest as words
from qulaq.study import Page


def show_latest(scope: Scope) -> list[Block]:
    found = scope.findings.latest
    if found is None:
        return [Paragraph(text=scope.say(words.NONE))]
    told = (words.NOTE, words.NOTE_INTERVAL) if scope.findings.few else (words.NOTE,)
    note = [scope.say(text) for text in (*told, words.FOLLOWED)]
    fresh = [page for page in scope.pages if page.id in found.fresh]
    note += [scope.say(words.FRESH, pages=scope.list_pages(fresh))] if fresh else []
    reasons = _letter_reasons(scope, found)
    return [
        Table(
            caption=scope.say(
                words.TABLE,
                month=month(found.month.first, scope.language),
                before=month(found.before.first, scope.language),
            ),
            columns=_columns(scope, found),
            rows=_rows(scope, found, reasons),
            note=" ".join([*note, *sources(scope, ("posts", "comments"))]),
            footnotes=tuple(Footnote(mark=mark, text=text) for text, mark in reasons.items()),
            wide=not scope.findings.few,
        )
    ]


def _letter_reasons(scope: Scope, found: LatestMonth) -> dict[str, str]:
    """
    Why some numbers have no change, each reason with its mark; what has no number needs none.
    """
    pairs = [found.pairs[key, page.id] for page in scope.pages for key in OF_MONTHS]
    reasons = [_why(scope, pair) for pair in pairs]
    return dict(zip(dict.fromkeys(filter(None, reasons)), ascii_lowercase, strict=False))


def _why(scope: Scope, pair: Pair) -> str:
    reason = pair.change.reason
    return say(reason, scope.language) if reason and pair.now.value is not None else ""


def _columns(scope: Scope, found: LatestMonth) -> tuple[Column, ...]:
    if not scope.findings.few:
        titles = [capitalize(indicator(key).title.to(scope.language)) for key in OF_MONTHS]
        first = Column(title=scope.say(wording.PAGE), numeric=False)
        return (
            first,
            *(
                Column(title=title, link=f"#{key}")
                for key, title in zip(OF_MONTHS, titles, strict=True)
            ),
        )
    months = [month(one.first, scope.language) for one in (found.month, found.before)]
    return (
        Column(title=scope.say(wording.INDICATOR), numeric=False),
        *(Column(title=title) for title in (*months, scope.say(words.CHANGE))),
    )


def _rows(scope: Scope, found: LatestMonth, reasons: dict[str, str]) -> tuple[Row, ...]:
    if not scope.findings.few:
        return tuple(_row_of_many(scope, found, page, reasons) for page in scope.pages)
    return tuple(
        _row(scope, key, found.pairs[key, page.id], reasons, group=_group(scope, key, page))
        for page in scope.pages
        for key in OF_MONTHS
    )


def _group(scope: Scope, key: str, page: Page) -> str:
    return scope.page_name(page) if key == OF_MONTHS[0] else ""


# ── few pages: a line for each number ────────────────────────────────────────────────────────────


def _row(scope: Scope, key: str, pair: Pair, reasons: dict[str, str], *, group: str) -> Row:
    title = capitalize(indicator(key).title.to(scope.language))
    numbers = [_month_cell(scope, one) for one in (pair.now, pair.before)]
    return Row(
        header=Cell(text=title, link=f"#{key}"),
        cells=(*numbers, _change_cell(scope, pair, reasons)),
        group=group,
    )


def _month_cell(scope: Scope, result: Result) -> Cell:
    cell = result_cell(scope, result)
    part = (scope.say(wording.PART),) if "observed_span" in result.notes else ()
    return Cell(text=cell.text, details=(*cell.details, *part), missing=cell.missing)


def _change_cell(scope: Scope, pair: Pair, reasons: dict[str, str]) -> Cell:
    if pair.change.value is None:
        why = _why(scope, pair)
        marks = (reasons[why],) if why in reasons else ()
        return Cell(text=scope.say(words.NOT_COMPARED), marks=marks, missing=True)
    return Cell(
        text=_signed(scope, pair, pair.change.value),
        details=(*_unit(scope, pair), *_ends(scope, pair, pair.change)),
    )


def _signed(scope: Scope, pair: Pair, value: float) -> str:
    if pair.now.unit == "share":
        return scope.points(value)
    return with_minus(signed(value, scope.language, digits=_digits(pair)))


def _unit(scope: Scope, pair: Pair) -> tuple[str, ...]:
    return (scope.say(words.POINTS),) if pair.now.unit == "share" else ()


def _digits(pair: Pair) -> int:
    """
    As many as the more exact of both numbers is printed with.
    """
    return max(digits_of(pair.now), digits_of(pair.before))


def _ends(scope: Scope, pair: Pair, change: Change) -> tuple[str, ...]:
    if change.low is None or change.high is None:
        return ()
    low, high = (_signed(scope, pair, end) for end in (change.low, change.high))
    return (scope.say(citizens.ENDS, low=low, high=high),)


# ── many pages: a line each ──────────────────────────────────────────────────────────────────────


def _row_of_many(scope: Scope, found: LatestMonth, page: Page, reasons: dict[str, str]) -> Row:
    pairs: Sequence[Pair] = [found.pairs[key, page.id] for key in OF_MONTHS]
    return Row(
        header=page_cell(scope, page), cells=tuple(_both(scope, pair, reasons) for pair in pairs)
    )


def _both(scope: Scope, pair: Pair, reasons: dict[str, str]) -> Cell:
    """
    The newest number, in small type the one before and the change.
    """
    now, then = result_cell(scope, pair.now), result_cell(scope, pair.before)
    if pair.now.value is None:
        return Cell(text=now.text, missing=True)
    change = _change_cell(scope, pair, reasons)
    told = scope.say(words.BEFORE, month=month(pair.before.first, scope.language), value=then.text)
    if pair.change.value is None:
        return Cell(text=now.text, details=(told,), marks=change.marks)
    told_change = " ".join([change.text, *_unit(scope, pair)])
    changed = scope.say(words.CHANGED, change=told_change)
    return Cell(text=now.text, details=(told, changed))
