"""The most liked and the most commented posts."""

from __future__ import annotations

from collections.abc import Sequence

from qulaq.lang.formats import day, number
from qulaq.reports import wording
from qulaq.reports.cells import sources
from qulaq.reports.document import Block, Cell, Column, Paragraph, Row, Table
from qulaq.reports.findings import Kind, Post
from qulaq.reports.quoting import quote_text, web_address
from qulaq.reports.scope import Scope
from qulaq.reports.wording import activity as words

_KINDS: tuple[Kind, ...] = ("likes", "comments")


def show_top(scope: Scope) -> list[Block]:
    return [_table(scope, kind) for kind in _KINDS]


def _table(scope: Scope, kind: Kind) -> Block:
    posts = scope.findings.top[kind]
    if not posts:
        return Paragraph(text=scope.say(words.TOP_NONE[kind]))
    return Table(
        caption=scope.say(words.TOP_TABLES[kind]),
        columns=(
            Column(title=scope.say(wording.POST), numeric=False),
            Column(title=scope.say(wording.DATE), numeric=False),
            *(Column(title=scope.say(title)) for title in (wording.LIKES, wording.COMMENTS)),
        ),
        rows=_rows(scope, posts),
        note=" ".join([scope.say(words.TOP_NOTE), *sources(scope, ("posts",))]),
    )


def _rows(scope: Scope, posts: Sequence[Post]) -> tuple[Row, ...]:
    rows = []
    group = ""
    for post in posts:
        page = scope.page_name(scope.findings.study.page(post.page))
        begins = scope.findings.few and page != group
        rows.append(
            _row(
                scope,
                post,
                group=page if begins else "",
                below=() if scope.findings.few else (page,),
            )
        )
        group = page
    return tuple(rows)


def _row(scope: Scope, post: Post, *, group: str, below: tuple[str, ...]) -> Row:
    text = quote_text(post.text)
    header = Cell(
        text=text or scope.say(words.NO_TEXT),
        details=below,
        quoted=bool(text),
        missing=not text,
    )
    dated = Cell(text=day(post.day, scope.language), link=web_address(post.link))
    return Row(
        header=header,
        cells=(dated, _count(scope, post.likes), _count(scope, post.comments)),
        group=group,
    )


def _count(scope: Scope, count: int | None) -> Cell:
    if count is None:
        return Cell(text=scope.say(wording.NO_DATA), missing=True)
    return Cell(text=number(count, scope.language))
