"""Table 1 and figure 1: the pages, how much they publish, and to how many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qulaq.reports import nouns
from qulaq.reports.cells import indicator_line, opened_line, page_table, sources
from qulaq.reports.document import Block, Figure, Paragraph, Picture
from qulaq.reports.figures import NETWORKS, OTHER_NETWORK, Bar, draw_bars
from qulaq.reports.findings import ELSEWHERE, OF_PAGES
from qulaq.reports.scope import Scope
from qulaq.reports.wording import activity as words
from qulaq.study import Page

_BARS_OF_A_PICTURE = 10


def show_pages(scope: Scope) -> list[Block]:
    keys = [*OF_PAGES, ELSEWHERE] if _is_known_elsewhere(scope) else OF_PAGES
    lines = [opened_line(scope), *(indicator_line(scope, key) for key in keys)]
    table = page_table(
        scope, caption=words.PAGES_TABLE, lines=lines, looked_at=("posts", "page_counts")
    )
    return [table, *_followers(scope)]


def _is_known_elsewhere(scope: Scope) -> bool:
    found = [scope.find(ELSEWHERE, page) for page in scope.pages]
    return any(one is not None and one.value is not None for one in found)


def _followers(scope: Scope) -> list[Block]:
    known = [page for page in scope.pages if scope.result("followers", page).value is not None]
    if not known:
        return [Paragraph(text=scope.say(words.NO_FOLLOWERS))]
    missing = [page for page in scope.pages if page not in known]
    note = [scope.say(words.FOLLOWERS_MISSING, pages=scope.list_pages(missing))] if missing else []
    most = max(scope.result("followers", page).value or 0 for page in known)
    figure = Figure(
        name="followers",
        caption=scope.say(words.FOLLOWERS_FIGURE),
        pictures=tuple(_picture(scope, pages, most) for pages in _portions(known)),
        note=" ".join(note),
        source=" ".join(sources(scope, ("page_counts", "posts"))),
    )
    return [figure]


def _portions(pages: Sequence[Page]) -> Iterator[Sequence[Page]]:
    for start in range(0, len(pages), _BARS_OF_A_PICTURE):
        yield pages[start : start + _BARS_OF_A_PICTURE]


def _picture(scope: Scope, pages: Sequence[Page], most: float) -> Picture:
    results = [(page, scope.result("followers", page)) for page in pages]
    listed = [
        f"{scope.page_name(page)} — {scope.count(result.value or 0, nouns.FOLLOWERS)}"
        for page, result in results
    ]
    alternative = scope.say(words.FOLLOWERS_SHOWN, list="; ".join(listed))
    bars = [
        Bar(
            group=scope.body_name(page),
            name=scope.network(page),
            value=result.value or 0,
            written=scope.value(result),
            color=NETWORKS.get(page.platform, OTHER_NETWORK),
        )
        for page, result in results
    ]
    return Picture(svg=draw_bars(bars, most=most, alternative=alternative), alternative=alternative)
