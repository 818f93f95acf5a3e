"""How likes and comments are spread over posts: most draw few, some very many."""

from __future__ import annotations

from collections.abc import Mapping

from qulaq.indicators.distributions import Bin, Distribution, Reaction
from qulaq.lang.formats import number, share
from qulaq.reports import nouns, wording
from qulaq.reports.cells import page_cell, page_column, sources
from qulaq.reports.document import Block, Cell, Column, Figure, Picture, Row, Table
from qulaq.reports.figures import Bar, draw_bars
from qulaq.reports.findings import REACTIONS
from qulaq.reports.scope import Scope
from qulaq.reports.wording import activity as words
from qulaq.study import Page

_TITLES = {"likes": wording.LIKES, "comments": wording.COMMENTS}


def show_spread(scope: Scope) -> list[Block]:
    """
    A figure for likes and one for comments; of many pages a table for each.
    """
    shown: list[Block] = []
    for kind in REACTIONS:
        spread = scope.findings.distributions[kind]
        known = {
            page: spread[page.id] for page in scope.pages if page.id in spread and spread[page.id].n
        }
        if known:
            draw = _figure if scope.findings.few else _table_of_many
            shown.append(draw(scope, kind, known))
    return shown


def name_bin(scope: Scope, one: Bin) -> str:
    """
    "0", "1–2", "501–1,000", "1,001 and more".
    """
    if one.last is None:
        return scope.say(words.AND_MORE, n=number(one.first, scope.language))
    ends = dict.fromkeys((one.first, one.last))
    return "–".join(number(end, scope.language) for end in ends)


def _left_out(scope: Scope, kind: Reaction, spread: Mapping[Page, Distribution]) -> list[str]:
    missing = [
        f"{scope.page_name(page)} — {number(one.missing, scope.language)}"
        for page, one in spread.items()
        if one.missing
    ]
    return [scope.say(words.SPREAD_MISSING[kind], list="; ".join(missing))] if missing else []


# ── few pages ────────────────────────────────────────────────────────────────────────────────────


def _figure(scope: Scope, kind: Reaction, spread: Mapping[Page, Distribution]) -> Figure:
    most = max(max(one.shares) for one in spread.values())
    note = [scope.say(words.SPREAD_NOTES[kind]), *_left_out(scope, kind, spread)]
    return Figure(
        name=f"{kind}-of-posts",
        caption=scope.say(words.SPREAD_FIGURES[kind]),
        pictures=tuple(_picture(scope, kind, page, one, most) for page, one in spread.items()),
        note=" ".join(note),
        source=" ".join(sources(scope, ("posts",))),
        numbers=_numbers(scope, kind, spread),
    )


def _picture(scope: Scope, kind: Reaction, page: Page, one: Distribution, most: float) -> Picture:
    named = [name_bin(scope, each) for each in one.bins]
    written = [share(each, scope.language) for each in one.shares]
    listed = [f"{name} — {text}" for name, text in zip(named, written, strict=True)]
    alternative = scope.say(
        words.SPREAD_SHOWN[kind],
        page=scope.page_name(page),
        posts=scope.count(one.n, nouns.POSTS),
        list="; ".join(listed),
    )
    bars = [
        Bar(name=name, value=value, written=text)
        for name, value, text in zip(named, one.shares, written, strict=True)
    ]
    svg = draw_bars(bars, most=most, alternative=alternative, dense=True)
    return Picture(svg=svg, alternative=alternative, title=scope.page_name(page))


def _numbers(scope: Scope, kind: Reaction, spread: Mapping[Page, Distribution]) -> Table:
    """
    Posts in each class, page by page.
    """
    bins = next(iter(spread.values())).bins
    return Table(
        caption=scope.say(words.SPREAD_FIGURES[kind]),
        columns=(
            Column(title=scope.say(_TITLES[kind]), numeric=False),
            *(page_column(scope, page) for page in spread),
        ),
        rows=tuple(
            Row(
                header=Cell(text=name_bin(scope, each)),
                cells=tuple(_cell(scope, one, i) for one in spread.values()),
            )
            for i, each in enumerate(bins)
        ),
    )


def _cell(scope: Scope, one: Distribution, i: int) -> Cell:
    posts = scope.count(one.posts[i], nouns.POSTS)
    return Cell(text=share(one.shares[i], scope.language), details=(posts,))


# ── many pages ───────────────────────────────────────────────────────────────────────────────────


def _table_of_many(scope: Scope, kind: Reaction, spread: Mapping[Page, Distribution]) -> Table:
    """
    Shares of posts in each class, the darker the more.
    """
    bins = next(iter(spread.values())).bins
    return Table(
        caption=scope.say(words.SPREAD_FIGURES[kind]),
        columns=(
            Column(title=scope.say(wording.PAGE), numeric=False),
            Column(title=scope.say(words.OF_POSTS)),
            *(Column(title=name_bin(scope, each)) for each in bins),
        ),
        rows=tuple(
            Row(
                header=page_cell(scope, page),
                cells=(
                    Cell(text=number(one.n, scope.language)),
                    *(Cell(text=share(each, scope.language), shade=each) for each in one.shares),
                ),
            )
            for page, one in spread.items()
        ),
        note=" ".join([*_left_out(scope, kind, spread), *sources(scope, ("posts",))]),
        wide=True,
    )
