"""
The canonical tables: their columns, in which the whole house speaks.

Null is "not known", everywhere. Moments are UTC microseconds, counts are whole numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pyarrow as pa

from qulaq.lang import Text

HELP_SHEET = "info"
"""The sheet of explanations in the sheets that Qulaq writes to be typed into."""

Kind = Literal["text", "moment", "count", "truth", "person", "people", "span"]

_SPAN = pa.struct([("seen", pa.timestamp("us", "UTC")), ("missed", pa.timestamp("us", "UTC"))])

ARROW: dict[Kind, pa.DataType] = {
    "text": pa.string(),
    "moment": pa.timestamp("us", "UTC"),
    "count": pa.int64(),
    "truth": pa.bool_(),
    "person": pa.string(),  # a keyed hash
    "people": pa.list_(pa.string()),
    "span": _SPAN,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """
    A column of a canonical table; `title` is its heading on sheets that people fill in.
    """

    name: str
    kind: Kind
    title: Text
    needed: bool = False
    derived: bool = False  # set by intake, never read from a file


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """
    A canonical table. `key` tells one record from another, within a page.
    """

    name: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def content(self) -> tuple[Column, ...]:
        """
        The columns that an export can fill.
        """
        return tuple(column for column in self.columns if not column.derived)

    @property
    def arrow(self) -> pa.Schema:
        return pa.schema([(column.name, ARROW[column.kind]) for column in self.columns])

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)


def _column(name: str, kind: Kind, kk: str, ru: str, en: str, *, needed: bool = False) -> Column:
    return Column(name=name, kind=kind, title=Text(kk=kk, ru=ru, en=en), needed=needed)


def _derived(name: str, kind: Kind) -> Column:
    return Column(name=name, kind=kind, title=Text.same(name), derived=True)


_PAGE = _derived("page_id", "text")
_CAPTURE = _derived("capture_id", "text")

POSTS = Table(
    name="posts",
    key=("post_id",),
    columns=(
        _PAGE,
        _column("post_id", "text", "жарияланым нөмірі", "номер публикации", "post id"),
        _column(
            "published_at",
            "moment",
            "жарияланған уақыты",
            "время публикации",
            "published at",
            needed=True,
        ),
        _column("kind", "text", "түрі", "вид", "kind"),
        _column("text", "text", "мәтіні", "текст", "text"),
        _column("link", "text", "сілтемесі", "ссылка", "link"),
        _column("likes", "count", "лайк саны", "лайки", "likes"),
        _column(
            "reaction_like", "count", "«ұнайды» реакциясы", "реакция «нравится»", "reaction: like"
        ),
        _column(
            "reaction_love", "count", "«сүйемін» реакциясы", "реакция «супер»", "reaction: love"
        ),
        _column(
            "reaction_care",
            "count",
            "«қамқорлық» реакциясы",
            "реакция «мы вместе»",
            "reaction: care",
        ),
        _column("reaction_haha", "count", "«күлкі» реакциясы", "реакция «ха-ха»", "reaction: haha"),
        _column("reaction_wow", "count", "«таңғалу» реакциясы", "реакция «ух ты»", "reaction: wow"),
        _column(
            "reaction_sad", "count", "«мұң» реакциясы", "реакция «сочувствую»", "reaction: sad"
        ),
        _column(
            "reaction_angry",
            "count",
            "«ашу» реакциясы",
            "реакция «возмутительно»",
            "reaction: angry",
        ),
        _column("reaction_other", "count", "өзге реакциялар", "другие реакции", "other reactions"),
        _column("comments", "count", "пікір саны", "комментарии", "comments"),
        _column("shares", "count", "бөлісу саны", "репосты", "shares"),
        _column("views", "count", "қаралым саны", "просмотры", "views"),
        _column(
            "followers_then",
            "count",
            "сол кездегі жазылушылар саны",
            "подписчиков в то время",
            "followers then",
        ),
        _column(
            "comments_open", "truth", "пікір қалдыру ашық", "комментарии открыты", "comments open"
        ),
        _CAPTURE,
    ),
)

COMMENTS = Table(
    name="comments",
    key=("comment_id",),
    columns=(
        _PAGE,
        _column("post_id", "text", "жарияланым нөмірі", "номер публикации", "post id"),
        _column("comment_id", "text", "пікір нөмірі", "номер комментария", "comment id"),
        _column(
            "parent_id", "text", "қай пікірге жауап", "ответ на комментарий", "answers comment"
        ),
        _derived("thread_id", "text"),
        _column("author", "person", "автордың нөмірі", "номер автора", "author id"),
        _column(
            "author_handle",
            "person",
            "автордың аты (handle)",
            "имя автора (handle)",
            "author handle",
        ),
        _column("mentions", "people", "аталған адамдар", "упомянутые", "mentions"),
        _column("by_page_source", "truth", "парақшаның жауабы", "ответ страницы", "by the page"),
        _column(
            "published_at",
            "moment",
            "жазылған уақыты",
            "время комментария",
            "published at",
            needed=True,
        ),
        _column("text", "text", "мәтіні", "текст", "text"),
        _column("link", "text", "сілтемесі", "ссылка", "link"),
        _column("likes", "count", "лайк саны", "лайки", "likes"),
        _derived("gone_between", "span"),
        _CAPTURE,
    ),
)

PAGE_COUNTS = Table(
    name="page_counts",
    key=("captured_at",),
    columns=(
        _PAGE,
        _column(
            "captured_at", "moment", "санақ уақыты", "время подсчёта", "counted at", needed=True
        ),
        _column("followers", "count", "жазылушылар саны", "подписчики", "followers"),
        _column("page_likes", "count", "парақшаның лайк саны", "лайки страницы", "page likes"),
        _column(
            "posts_total", "count", "барлық жарияланым саны", "всего публикаций", "posts in all"
        ),
        _CAPTURE,
    ),
)

CAPTURES = Table(
    name="captures",
    key=("capture_id",),
    columns=(
        _CAPTURE,
        _PAGE,
        _derived("post_id", "text"),  # null: the whole page was looked at
        _derived("looked_at", "text"),  # posts, comments or page_counts
        _derived("captured_at", "moment"),
        _derived("captured_lower", "moment"),
        _derived("covers_from", "moment"),
        _derived("covers_until", "moment"),
        _derived("complete", "truth"),
        _derived("announced", "count"),  # how many records the source said there are
        _derived("knows_authors", "text"),  # all, page or none
        _derived("knows_parents", "truth"),
        _derived("exact_counts", "truth"),
        _derived("knows_told", "text"),  # who said so: command, study or format
        _derived("format", "text"),
        _derived("batch", "count"),
    ),
)

SIGHTINGS = Table(
    name="sightings",
    key=("comment_id",),
    columns=(_PAGE, _derived("comment_id", "text"), _CAPTURE),
)

RECORDS: dict[str, Table] = {table.name: table for table in (POSTS, COMMENTS, PAGE_COUNTS)}
TABLES: dict[str, Table] = {**RECORDS, CAPTURES.name: CAPTURES, SIGHTINGS.name: SIGHTINGS}
