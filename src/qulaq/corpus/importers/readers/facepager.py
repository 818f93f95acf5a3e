"""
Facepager's table: the nodes of its tree, one a row; pages, below them posts, below these comments.

Source: github.com/strohne/Facepager, `src/dialogs/export.py` and the presets for Facebook. Which columns there
are beside the first ones is the user's choice. `parent_id` is the tool's own number of the row above, not a
comment; nothing is written "None"; `query_time` is the clock of the computer that fetched, without its zone, so
that it is not read. Only pages of Facebook are read.

One file has rows of several tables, so that no mapping describes it; but it is read as one is: by DuckDB.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

import duckdb

from qulaq.corpus.cells import Habits
from qulaq.corpus.importers.base import Nearness, Plan, Proof, Sheet, column, networks
from qulaq.corpus.importers.plain import Shape, check_needs, read_table
from qulaq.corpus.issues import LONGEST_FOUND, SEPARATOR
from qulaq.corpus.schema import PAGE_COUNTS, POSTS, RECORDS, Table
from qulaq.engine import name, quote
from qulaq.exports import Export
from qulaq.lang import Text
from qulaq.study import Knows

_NEEDS = ("level", "id", "parent_id", "object_id", "object_type", "query_status", "query_type")
_REACTIONS = ("like", "love", "care", "haha", "wow", "sad", "angry")
_NODES, _ROWS = "facepager_nodes", "facepager_rows"
_ABOVE = range(1, 4)  # of a reply: its comment, the post, the page

# Cells of a node by the names that they have below; a column that the user did not choose is null.
_CELLS: dict[str, str] = {
    **{one: one for one in (*_NEEDS, "path", "created_time", "status_type", "type", "message", "story")},
    **{one: one for one in ("permalink_url", "like_count", "fan_count", "followers_count")},
    "author": "from.id",
    "parent": "parent.id",
    "reactions": "reactions.summary.total_count",
    **{f"reaction_{one}": f"{one}.summary.total_count" for one in _REACTIONS},
    "comments": "comments.summary.total_count",
    "shares": "shares.count",
}  # fmt: skip
_IGNORED = (
    "object_key", "query_time", "from.name", "updated_time", "picture", "full_picture", "icon", "link",
    "error.message", "name", "about", "category", "talking_about_count", "location.city", "comment_count",
)  # fmt: skip

# ── what a node is ───────────────────────────────────────────────────────────────────────────────

_FETCHED = "regexp_matches(query_status, '^(fetched|downloaded|stream)')"
_DATA = "object_type IN ('data', 'unpacked')"
_WHAT = f"""CASE
    WHEN object_type = 'seed' THEN 'seed'
    WHEN NOT coalesce({_DATA} AND {_FETCHED} AND starts_with(lower(query_type), 'facebook'), false) THEN 'nothing'
    WHEN regexp_matches(query_type, '/comments$') THEN 'comments'
    WHEN regexp_matches(query_type, '/(posts|feed|published_posts|visitor_posts|tagged)$') THEN 'posts'
    WHEN coalesce(fan_count, followers_count) IS NOT NULL THEN 'page_counts'
    ELSE 'nothing' END"""
# Of the tool's own are pages to fetch, heads of answers and what was left of them.
_PROBLEM = f"""CASE
    WHEN n.what NOT IN ('seed', 'nothing') THEN NULL
    WHEN n.what = 'seed' THEN 'tool_row'
    WHEN NOT coalesce({_FETCHED}, false)
        THEN {quote(f"query_failed{SEPARATOR}{SEPARATOR}")} || left(coalesce(query_status, ''), {LONGEST_FOUND})
    WHEN {_DATA} THEN 'other_object'
    ELSE 'tool_row' END"""

# ── what it says ─────────────────────────────────────────────────────────────────────────────────


def _after(whole: str) -> str:
    """
    Of "page_post" and "post_comment" what comes last, which is the thing's own.
    """
    return f"nullif(regexp_extract({whole}, '[^_]+$'), '')"


def _before(whole: str) -> str:
    return f"nullif(regexp_extract({whole}, '^(.+)_[^_]+$', 1), '')"


def _nearest(what: str) -> str:
    """
    The id that the platform gave to the nearest such node above.
    """
    whens = " ".join(f"WHEN p{n}.what = {quote(what)} THEN p{n}.object_id" for n in _ABOVE)
    return f"CASE {whens} END"


def _asked(key: str) -> str:
    return f"nullif(regexp_extract(n.permalink_url, '[?&]{key}=([0-9]+)', 1), '')"


_ADDRESSED = "nullif(regexp_extract(n.permalink_url, '/posts/([0-9]+)', 1), '')"
_ON_PATH = (
    "nullif(regexp_extract(n.path, '^[^/]*/[0-9]+_([0-9]+)', 1), '')"  # page/page_post/comment
)
_POST, _SEED = _nearest("posts"), _nearest("seed")
_OWN, _PAGE = _after("n.object_id"), _before("n.object_id")
_HANDLE = f"coalesce({_SEED}, nullif(split_part(n.path, '/', 1), ''))"
_VALUES: dict[str, str] = {
    # A feed holds visitors' posts too: their author is not the page.
    "page_id": (
        f"CASE n.what WHEN 'comments' THEN {_before(_POST)} WHEN 'posts' THEN coalesce(n.author, {_PAGE}) "
        f"ELSE n.object_id END"
    ),
    "page_handle": f"CASE WHEN n.what <> 'posts' OR coalesce(n.author, {_PAGE}) IS NULL THEN {_HANDLE} END",
    "wall": f"CASE WHEN n.what = 'posts' THEN coalesce({_PAGE}, {_HANDLE}) END",
    "post_id": (
        f"CASE n.what WHEN 'comments' THEN coalesce({_after(_POST)}, {_after(_PAGE)}, {_ON_PATH}, "
        f"{_asked('story_fbid')}, {_ADDRESSED}) ELSE {_OWN} END"
    ),
    # Outsiders are told a comment's id only in its address.
    "comment_id": f"coalesce({_OWN}, {_asked('reply_comment_id')}, {_asked('comment_id')})",
    "parent_id": (
        f"coalesce({_after('n.parent')}, CASE WHEN p1.what = 'comments' THEN {_after('p1.object_id')} END, "
        f"CASE WHEN {_asked('reply_comment_id')} IS NOT NULL THEN {_asked('comment_id')} END)"
    ),
    "author": "n.author",
    "published_at": "n.created_time",
    "kind": "coalesce(n.status_type, n.type)",
    "text": "coalesce(n.message, n.story)",
    "link": "n.permalink_url",
    "likes": "CASE n.what WHEN 'comments' THEN n.like_count ELSE n.reactions END",
    **{f"reaction_{one}": f"n.reaction_{one}" for one in _REACTIONS},
    "comments": "n.comments",
    "shares": "n.shares",
    "captured_at": "CAST(NULL AS VARCHAR)",
    "followers": "n.followers_count",
    "page_likes": "n.fan_count",
}
# Exported alone, comments may not tell below which post they stand; that of a reply is that of what it answers.
_UNNAMED = (
    f"CASE WHEN n.what = 'comments' AND coalesce({_VALUES['post_id']}, {_VALUES['parent_id']}) IS NULL "
    "THEN 'post_unnamed' END"
)


def _make_rows(sheet: Sheet, connection: duckdb.DuckDBPyConnection) -> None:
    """
    The table of all rows in the order of the file, each with what it is and what the nodes above it tell.
    """
    cells = ", ".join(f"{_cell(sheet, path)} AS {name(one)}" for one, path in _CELLS.items())
    connection.execute(
        f"CREATE TEMP TABLE {_NODES} AS SELECT *, {_WHAT} AS what FROM ("
        f"SELECT row_number() OVER () - 1 AS row, {cells}, {sheet.problem or 'NULL'} AS blank FROM ({sheet.relation}))"
    )
    # Where a number stands twice, two exports were pasted together, and nothing tells which row is meant.
    only = (
        "SELECT id, any_value(parent_id) AS parent_id, any_value(what) AS what, any_value(object_id) AS object_id "
        f"FROM {_NODES} WHERE id IS NOT NULL GROUP BY id HAVING count(*) = 1"
    )
    above = " ".join(
        f"LEFT JOIN only_ones p{n} ON p{n}.id = {f'p{n - 1}' if n > 1 else 'n'}.parent_id"
        for n in _ABOVE
    )
    values = ", ".join(f"{sql} AS {name(one)}" for one, sql in _VALUES.items())
    connection.execute(
        f"CREATE TEMP TABLE {_ROWS} AS WITH only_ones AS MATERIALIZED ({only}) "
        f"SELECT n.row, {_TABLE} AS in_table, coalesce(n.blank, {_PROBLEM}, {_UNNAMED}) AS problem, {values} "
        f"FROM {_NODES} n {above} ORDER BY n.row"
    )


# What is no record is told with the posts.
_TABLE = "CASE WHEN n.what IN ('comments', 'page_counts') THEN n.what ELSE 'posts' END"


def _cell(sheet: Sheet, path: str) -> str:
    cell = sheet.cell(path)
    return f"nullif(nullif(trim({cell}), ''), 'None')" if cell else "CAST(NULL AS VARCHAR)"


# ── sheets ───────────────────────────────────────────────────────────────────────────────────────


def _plan(table: Table) -> Plan:
    values = {one.name: column(one.name) for one in table.content if one.name in _VALUES}
    return Plan(
        table=table,
        values=values,
        pages=(column("page_id"), column("page_handle")),
        wall=column("wall") if table is POSTS else None,
        habits=Habits(),
    )


def _part(whole: Sheet, table: Table, connection: duckdb.DuckDBPyConnection) -> Sheet:
    """
    The rows of one table.
    """
    these = f"FROM {_ROWS} WHERE in_table = {quote(table.name)}"
    names = {*_VALUES, "problem"}
    return replace(
        whole,
        plan=_plan(table),
        relation=f"SELECT * {these}",
        cell=lambda wanted: name(wanted) if wanted in names else None,
        problem="problem",
        row_of_file=_finder(f"SELECT row {these} ORDER BY row", connection),
    )


def _finder(query: str, connection: duckdb.DuckDBPyConnection) -> Callable[[int], int]:
    """
    Which row of the file a row of a part is: looked up once, when the first line must be named.
    """

    @cache
    def rows() -> list[int]:
        return [int(row) for (row,) in connection.sql(query).fetchall()]

    return lambda row: rows()[row]


_SHAPE = Shape(
    needs=tuple((one,) for one in _NEEDS),
    plan=Plan(
        table=PAGE_COUNTS,
        values={"captured_at": column("id")},  # a row without the tool's number is empty
        pages=tuple(map(column, _CELLS.values())),
    ),
    ignored=_IGNORED,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facepager:
    """
    The importer. One page of posts or millions of comments: three passes over the file.
    """

    key: str = "facepager"
    title: Text = Text(kk="Facepager экспорты", ru="экспорт Facepager", en="Facepager export")
    what: Text = Text(
        kk="Facepager бағдарламасының CSV файлы: Facebook парақшалары, жарияланымдары мен пікірлері.",
        ru="CSV программы Facepager: страницы Facebook, публикации и комментарии к ним.",
        en="CSV of the program Facepager: pages of Facebook, their posts and comments.",
    )
    platform: str | None = "facebook"
    # Without the page's own token no author is shown.
    knows: Knows = Knows(authors="none", views=False)
    proof: Proof = "documented shape"

    @property
    def platforms(self) -> tuple[str, ...]:
        return networks(self.platform, ())

    def look(self, export: Export) -> Nearness:
        return _SHAPE.nearness(export.heading)

    def read(self, export: Export, connection: duckdb.DuckDBPyConnection) -> list[Sheet]:
        check_needs(export, _SHAPE, key=self.key)
        whole = read_table(export, _SHAPE, connection)
        _make_rows(whole, connection)
        there = connection.sql(f"SELECT DISTINCT in_table FROM {_ROWS}").fetchall()
        names = {table for (table,) in there} or {POSTS.name}
        first, *others = [
            _part(whole, table, connection) for table in RECORDS.values() if table.name in names
        ]
        return [first, *(_without_broken(one) for one in others)]


def _without_broken(sheet: Sheet) -> Sheet:
    """
    Lines that are no rows are told once; to the others they are gaps.
    """
    broken, blank = sheet.broken, sheet.blank
    return replace(
        sheet,
        broken=tuple,
        unused=(),
        blank=lambda: [*blank(), *(one.line for one in broken())],
    )


READER = Facepager()
