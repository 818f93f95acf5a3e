"""Claims of the survey beside their measured twins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qulaq.lang.formats import number
from qulaq.reports.cells import page_cell, result_cell
from qulaq.reports.document import Block, Cell, Column, Paragraph, Row, Table
from qulaq.reports.scope import Scope, bare, capitalize
from qulaq.reports.wording import pairs as words
from qulaq.verdict.pairs import Beside


def show_pairs(scope: Scope) -> list[Block]:
    """
    Nothing where no survey was held, or where it asked nothing that has a twin.
    """
    asked = [one for one in scope.findings.beside if one.claim is not None]
    if not asked or not scope.findings.few:
        return []
    pairs = dict.fromkeys(one.pair.name for one in asked)
    tables = [_table(scope, [one for one in asked if one.pair.name == name]) for name in pairs]
    return [Paragraph(text=scope.say(words.LEAD)), *tables]


def _table(scope: Scope, beside: Sequence[Beside]) -> Table:
    pair = beside[0].pair
    told = {one.page: one for one in beside}
    shares = any(one.difference is not None for one in beside)
    said = [pair.caution.to(scope.language)]
    return Table(
        caption=scope.say(
            words.CAPTION,
            claim=capitalize(pair.label.to(scope.language)),
            title=pair.twin.to(scope.language),
        ),
        columns=tuple(
            Column(title=scope.say(title), numeric=place > 0)
            for place, title in enumerate(
                (words.PAGE, words.CLAIM, words.MEASURED, words.DIFFERENCE)
            )
        ),
        rows=tuple(
            Row(header=page_cell(scope, page), cells=_cells(scope, told[page.id]))
            for page in scope.pages
        ),
        note=" ".join([*said, *([scope.say(words.NEWCOMBE)] if shares else [])]),
    )


def _cells(scope: Scope, one: Beside) -> tuple[Cell, ...]:
    return (_claim(scope, one), _measured(scope, one), _difference(scope, one))


def _claim(scope: Scope, one: Beside) -> Cell:
    if one.claim is None:
        return Cell(text=scope.say(words.NOT_ASKED), missing=True)
    n = f"n\u00a0=\u00a0{number(one.claim.n, scope.language)}"
    interval = f"{bare(scope.percent(one.claim.low))}–{scope.percent(one.claim.high)}"
    return Cell(text=scope.percent(one.claim.share), details=(n, interval))


def _measured(scope: Scope, one: Beside) -> Cell:
    result = scope.findings.result(one.pair.indicator, one.page)
    if not one.pair.opposite or one.measured is None:
        return replace(
            result_cell(scope, result), marks=()
        )  # what they mean stands beside the indicator
    n = f"n\u00a0=\u00a0{number(one.n, scope.language)}"
    ends = [scope.percent(end) for end in (one.low, one.high) if end is not None]
    interval = [f"{bare(ends[0])}–{ends[1]}"] if len(ends) > 1 else []
    return Cell(text=scope.percent(one.measured), details=(n, *interval))


def _difference(scope: Scope, one: Beside) -> Cell:
    if one.difference is None or one.difference_low is None or one.difference_high is None:
        return Cell(text=scope.say(words.NO_DIFFERENCE), missing=True)
    interval = f"{scope.points(one.difference_low)} – {scope.points(one.difference_high)}"
    return Cell(text=scope.points(one.difference), details=(interval,))
