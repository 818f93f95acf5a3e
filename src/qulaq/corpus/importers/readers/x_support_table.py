"""
The table of customer support on Twitter: who wrote to companies' accounts, and what those answered.

Source: kaggle.com/datasets/thoughtvector/customer-support-on-twitter: `tweet_id, author_id, inbound, created_at,
text, response_tweet_id, in_response_to_tweet_id`. Companies keep their handles as `author_id`, citizens are
numbers. There are no posts: citizens address an account, which answers. A citizen's row stands on the page whose
tweet it answers, else on that which answers it, else on the first that it mentions and the study has. There may be
millions of rows, so that all is found by the database.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import duckdb

from qulaq.corpus.importers.base import Cell, Nearness, Plan, Proof, Sheet, Source, column, networks
from qulaq.corpus.importers.plain import Shape, check_needs, read_table
from qulaq.corpus.schema import COMMENTS
from qulaq.engine import name, quote
from qulaq.exports import Export
from qulaq.lang import Text
from qulaq.study import Knows

_HEADING = (
    "tweet_id", "author_id", "inbound", "created_at", "text", "response_tweet_id", "in_response_to_tweet_id",
)  # fmt: skip
_WRITTEN = "%a %b %d %H:%M:%S %z %Y"  # Tue Oct 31 22:10:47 +0000 2017
_PLACED = "placed_rows"
_MENTIONS = 3
_BESIDE = ("own", "answered", "answering", *(f"mention_{n}" for n in range(1, _MENTIONS + 1)))
_YES, _NO = ("true", "1", "t"), ("false", "0", "f")


def _sql(make: Callable[[str], str], of: str) -> Source:
    """
    A source that changes the cell of one column.
    """

    def sql(cell: Cell) -> str | None:
        found = cell(of)
        return make(found) if found is not None else None

    return Source(sql, (of,))


def _moment(cell: str) -> str:
    """
    The moment as all others are written; what is written otherwise is left as it is.
    """
    read = f"timezone('UTC', try_strptime({cell}, {quote(_WRITTEN)}))"
    return f"coalesce(strftime({read}, '%Y-%m-%dT%H:%M:%SZ'), {cell})"


def _by_page(cell: str) -> str:
    """
    Whether a row is a company's: the opposite of "inbound".
    """
    low = f"lower(trim({cell}))"
    return f"CASE WHEN {_one_of(low, _YES)} THEN 'false' WHEN {_one_of(low, _NO)} THEN 'true' ELSE {cell} END"


def _one_of(text: str, words: tuple[str, ...]) -> str:
    return f"{text} IN ({', '.join(map(quote, words))})"


_PLAN = Plan(
    table=COMMENTS,
    values={
        "comment_id": column("tweet_id"),
        "parent_id": column("in_response_to_tweet_id"),
        "author": column("author_id"),
        "by_page_source": _sql(_by_page, "inbound"),
        "published_at": _sql(_moment, "created_at"),
        "text": column("text"),
    },
    pages=tuple(column(one) for one in _BESIDE),
)
_SHAPE = Shape(
    needs=tuple((one,) for one in _HEADING),
    plan=replace(_PLAN, pages=()),
    ignored=("response_tweet_id",),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportTable:
    """
    The importer of that table.
    """

    key: str
    title: Text
    what: Text
    platform: str | None
    knows: Knows
    proof: Proof

    @property
    def platforms(self) -> tuple[str, ...]:
        return networks(self.platform, ())

    def look(self, export: Export) -> Nearness:
        return _SHAPE.nearness(export.heading)

    def read(self, export: Export, connection: duckdb.DuckDBPyConnection) -> list[Sheet]:
        check_needs(export, _SHAPE, key=self.key)
        sheet = read_table(export, _SHAPE, connection)
        _place(sheet, connection)
        beside = dict(zip(_BESIDE, map(name, _BESIDE), strict=True))
        return [
            replace(
                sheet,
                plan=_PLAN,
                # Side by side, for a join would not keep the order of the rows.
                relation=f"SELECT * FROM ({sheet.relation}) POSITIONAL JOIN {_PLACED}",
                cell=lambda wanted: beside.get(wanted) or sheet.cell(wanted),
            )
        ]


def _place(sheet: Sheet, connection: duckdb.DuckDBPyConnection) -> None:
    """
    Make the table of the accounts to which each row may belong, row by row in the order of the file.
    """
    number, author, inbound, text, answers = (
        sheet.cell(one)
        for one in ("tweet_id", "author_id", "inbound", "text", "in_response_to_tweet_id")
    )
    found = f"regexp_extract_all({text}, '@(\\w+)', 1)"
    # Numbers are citizens.
    named = f"list_filter({found}, lambda one: NOT regexp_full_match(one, '\\d+'))"
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE read_rows AS SELECT row_number() OVER () AS row, "
        f"{_number(number)} AS tweet, {_number(answers)} AS answers, {author} AS author, "
        f"{_one_of(f'lower(trim({inbound}))', _NO)} AS by_page, {named} AS named FROM ({sheet.relation})"
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE by_pages AS SELECT tweet, answers, author, row FROM read_rows WHERE by_page"
    )
    mentions = ", ".join(f"named[{n}] AS mention_{n}" for n in range(1, _MENTIONS + 1))
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {_PLACED} AS "
        "WITH written AS (SELECT tweet, min(author) AS author FROM by_pages GROUP BY tweet), "
        "answering AS (SELECT answers AS tweet, arg_min(author, row) AS author FROM by_pages "
        "WHERE answers IS NOT NULL GROUP BY answers) "
        "SELECT CASE WHEN r.by_page THEN r.author END AS own, "
        "CASE WHEN NOT r.by_page THEN w.author END AS answered, "
        f"CASE WHEN NOT r.by_page THEN a.author END AS answering, {mentions} "
        "FROM (SELECT * REPLACE (CASE WHEN NOT by_page THEN named END AS named) FROM read_rows) r "
        "LEFT JOIN written w ON w.tweet = r.answers LEFT JOIN answering a ON a.tweet = r.tweet ORDER BY r.row"
    )
    connection.execute("DROP TABLE read_rows")
    connection.execute("DROP TABLE by_pages")


def _number(cell: str | None) -> str:
    """
    An id, also as spreadsheets and data frames leave it ("3.0").
    """
    return f"nullif(regexp_replace(trim({cell}), '\\.0$', ''), '')"


READER = SupportTable(
    key="x-support-table",
    title=Text(
        kk="Twitter-дегі қолдау қызметі кестесі",
        ru="таблица службы поддержки в Twitter",
        en="table of customer support on Twitter",
    ),
    what=Text(
        kk="Компания аккаунттарына жазылған твиттер мен олардың жауаптары (CSV); жарияланымдар мен сандық көрсеткіштер жоқ.",
        ru="Твиты, адресованные аккаунтам компаний, и ответы этих аккаунтов (CSV); без публикаций и счётчиков.",
        en="Tweets to companies' accounts and what those answered (CSV); no posts and no counts.",
    ),
    platform="x",
    knows=Knows(authors="all", followers=False, views=False),
    proof="documented shape",
)
