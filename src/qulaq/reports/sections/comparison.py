"""Bodies side by side: the share of comments answered, and how sure their order is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from qulaq.indicators import Result
from qulaq.indicators.ranking import FEWEST, WHAT_RANKS_CANNOT_SAY
from qulaq.lang.formats import number
from qulaq.reports import wording
from qulaq.reports.cells import page_cell, result_cell, sources
from qulaq.reports.document import Block, Cell, Column, Figure, Paragraph, Picture, Row, Table
from qulaq.reports.figures import Dot, draw_dots
from qulaq.reports.findings import MANY_PAGES
from qulaq.reports.scope import Scope, capitalize, indicator
from qulaq.reports.wording import comparison as words
from qulaq.study import Page

_DOTS_OF_A_PICTURE = 12
_AT_EACH_END = 2 * _DOTS_OF_A_PICTURE
_MOST_NAMES = 40


def show_comparison(scope: Scope) -> list[Block]:
    compared, few, unknown = _sort(scope)
    left_out = [
        Paragraph(text=scope.say(text, pages=scope.list_pages(pages, most=_MOST_NAMES), n=least))
        for text, pages, least in (
            (words.TOO_FEW, few, number(FEWEST, scope.language)),
            (words.UNKNOWN, unknown, ""),
        )
        if pages
    ]
    if len(compared) < 2:  # noqa: PLR2004  # one page has nobody to stand beside
        least = number(FEWEST, scope.language)
        return [Paragraph(text=scope.say(words.NONE, n=least)), *left_out]
    lead = f"{scope.say(words.LEAD)} {scope.say(WHAT_RANKS_CANNOT_SAY)}"
    drawn = _extremes(compared)
    return [Paragraph(text=lead), *_cut(scope, compared, drawn), _figure(scope, drawn), *left_out]


def _extremes(compared: Sequence[Page]) -> Sequence[Page]:
    """
    All; of very many the first and the last.
    """
    if len(compared) <= MANY_PAGES:
        return compared
    return [*compared[:_AT_EACH_END], *compared[-_AT_EACH_END:]]


def _cut(scope: Scope, compared: Sequence[Page], drawn: Sequence[Page]) -> list[Block]:
    if len(drawn) == len(compared):
        return []
    n, every = (number(one, scope.language) for one in (_AT_EACH_END, len(compared)))
    return [Paragraph(text=scope.say(words.EXTREMES, n=n, all=every))]


def _sort(scope: Scope) -> tuple[list[Page], list[Page], list[Page]]:
    """
    Pages to be compared, the highest first; those with too few comments; those without a share.
    """
    enough: list[tuple[float, Page]] = []
    few: list[Page] = []
    unknown: list[Page] = []
    for page, rate in zip(scope.every_page, scope.findings.found["reply_rate"], strict=True):
        if rate.value is None:
            unknown.append(page)
        elif rate.n < FEWEST:
            few.append(page)
        else:
            enough.append((rate.value, page))
    enough.sort(key=lambda one: -one[0])
    return [page for _, page in enough], few, unknown


def _rate(scope: Scope, page: Page) -> Result:
    return scope.result("reply_rate", page)


def _place(scope: Scope, page: Page) -> str:
    """
    "place 1–3"; empty where places were not reckoned.
    """
    rank = scope.find("reply_rate_rank", page)
    if rank is None or rank.value is None:
        return ""
    low, high = rank.low or rank.value, rank.high or rank.value
    ends = dict.fromkeys(number(end, scope.language) for end in (low, high))
    return scope.say(words.PLACE, place="–".join(ends))


def _figure(scope: Scope, pages: Sequence[Page]) -> Figure:
    ranked = any(_place(scope, page) for page in pages)
    rates = [_rate(scope, page) for page in pages]
    ticks = share_ticks(scope, (one.high or one.value or 0 for one in rates))
    note = [words.NOTE, *([words.PLACE_NOTE] if ranked else [])]
    return Figure(
        name="comparison",
        caption=scope.say(words.FIGURE),
        pictures=tuple(
            _picture(scope, pages[start : start + _DOTS_OF_A_PICTURE], ticks=ticks)
            for start in range(0, len(pages), _DOTS_OF_A_PICTURE)
        ),
        note=" ".join(scope.say(text) for text in note),
        source=" ".join(sources(scope, ("comments",))),
        numbers=_numbers(scope, pages),
    )


def _picture(scope: Scope, pages: Sequence[Page], *, ticks: Sequence[tuple[float, str]]) -> Picture:
    listed = []
    dots = []
    for page in pages:
        rate, place = _rate(scope, page), _place(scope, page)
        listed.append(f"{scope.page_name(page)} — {scope.value(rate)}{place and f', {place}'}")
        dots.append(
            Dot(
                group=scope.page_name(page),
                name=place,
                value=rate.value or 0,
                low=rate.low,
                high=rate.high,
                written=scope.value(rate),
            )
        )
    alternative = scope.say(words.SHOWN, list="; ".join(listed))
    svg = draw_dots(dots, alternative=alternative, ticks=ticks)
    return Picture(svg=svg, alternative=alternative)


_SCALES = (0.1, 0.2, 0.5, 1.0)


def share_ticks(scope: Scope, highest: Iterable[float]) -> list[tuple[float, str]]:
    """
    The places that a scale of shares names: it begins at 0 and ends where all intervals fit, for on
    one that always ran to 100 % small shares and their intervals could not be told apart.
    """
    most = max(highest, default=1.0)
    top = next((scale for scale in _SCALES if scale >= most), 1.0)
    return [(end, scope.percent(end)) for end in (0, top / 2, top)]


def _numbers(scope: Scope, pages: Sequence[Page]) -> Table:
    return Table(
        caption=scope.say(words.FIGURE),
        columns=(
            Column(title=scope.say(wording.PAGE), numeric=False),
            Column(title=capitalize(indicator("reply_rate").title.to(scope.language))),
        ),
        rows=tuple(
            Row(
                header=page_cell(scope, page, below=_place(scope, page)),
                cells=(_unmarked(result_cell(scope, _rate(scope, page))),),
            )
            for page in pages
        ),
    )


def _unmarked(cell: Cell) -> Cell:
    return Cell(text=cell.text, details=cell.details, missing=cell.missing)
