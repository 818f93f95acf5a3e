"""
What is new: a row that says what was known already, of the same record at that time, is unchanged.

Known means: said by the row before it in the record's history (ordered by moment of capture, then
intake), under the same knowledge. Knowing more of the same words is new; knowing less is not, unless the
person who imports says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb

from qulaq.corpus.schema import COMMENTS, Table
from qulaq.corpus.staging import key_of
from qulaq.engine import name, paths


def compare(
    table: Table,
    *,
    stored: Mapping[int, Path],
    captures: Mapping[int, Path],
    connection: duckdb.DuckDBPyConnection,
) -> None:
    """
    Make the table `unchanged_<table>`: `row` of the rows of `fresh_<table>` that need not be stored.

    Only records that occur twice, in the file or in the store, are looked at.
    """
    connection.execute(f"CREATE TEMP TABLE unchanged_{table.name} (row BIGINT)")
    _find_recurring(table, stored, connection)
    if not connection.sql("SELECT 1 FROM recurring LIMIT 1").fetchall():
        return
    told_of = ", ".join(f"{one.name}: {name(one.name)}" for one in table.content)
    content = f"{{{told_of}, gone: gone}}"  # what was gone and is there again is new
    told = f"page_id, key, seen, knowledge, told, rank, {content} AS content"
    history = f"SELECT 1 AS is_new, 0 AS batch, row, {told} FROM ({_fresh(table)})"
    if stored:
        history += f" UNION ALL SELECT 0 AS is_new, batch, row, {told} FROM ({_existing(table, stored, captures)})"
    connection.execute(
        f"INSERT INTO unchanged_{table.name} WITH history AS ({history}) "
        "SELECT row FROM (SELECT is_new, row, content, knowledge, told, rank, lag(rank) OVER w AS ranked_before, "
        "row_number() OVER w AS place, lag(content) OVER w AS before, lag(knowledge) OVER w AS known_before, "
        # The same file again: what it says of that moment is stored, in whatever order.
        "count(*) FILTER (is_new = 0) OVER (PARTITION BY page_id, key, seen, content, knowledge) AS stored "
        "FROM history WINDOW w AS (PARTITION BY page_id, key ORDER BY seen, is_new, batch, row)) "
        "WHERE is_new = 1 AND (stored > 0 OR (place > 1 AND content IS NOT DISTINCT FROM before "
        "AND (knowledge IS NOT DISTINCT FROM known_before OR (told <> 'command' AND rank <= ranked_before))))"
    )


def _find_recurring(
    table: Table, stored: Mapping[int, Path], connection: duckdb.DuckDBPyConnection
) -> None:
    """
    The table `recurring`: page_id and key of records that may occur twice. Hashes are compared, which takes a
    fraction of the memory; that two records share one costs a look, no more.
    """
    hashed = f"SELECT hash(page_id, key) AS hashed FROM fresh_{table.name}"
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE recurring AS "
        f"SELECT hashed FROM ({hashed}) GROUP BY hashed HAVING count(*) > 1"
    )
    if stored:
        keys = f"SELECT hash(page_id, {key_of(table)}) AS hashed FROM read_parquet({paths(stored.values())})"
        connection.execute(
            f"INSERT INTO recurring SELECT DISTINCT hashed FROM ({keys}) SEMI JOIN ({hashed}) USING (hashed)"
        )


def _fresh(table: Table) -> str:
    return (
        f"SELECT r.*, coalesce(c.captured_at, c.captured_lower) AS seen, false AS gone, {knowledge('c')} "
        f"FROM fresh_{table.name} r JOIN fresh_captures c USING (page_id, capture_id) "
        "WHERE hash(page_id, key) IN (FROM recurring)"
    )


def knowledge(captures: str) -> str:
    """
    What of a capture's knowledge makes the same words mean something else, who told it, and its rank.
    """
    known = f"concat_ws('/', {captures}.knows_authors, {captures}.knows_parents, {captures}.exact_counts)"
    rank = f"list_position(['none', 'page', 'all'], {captures}.knows_authors)"
    return f"{known} AS knowledge, {captures}.knows_told AS told, {rank} AS rank"


def _existing(table: Table, stored: Mapping[int, Path], captures: Mapping[int, Path]) -> str:
    gone = "r.gone_between IS NOT NULL" if table is COMMENTS else "false"
    return (
        f"SELECT r.*, coalesce(c.captured_at, c.captured_lower) AS seen, {gone} AS gone, c.batch, {knowledge('c')} "
        f"FROM (SELECT * EXCLUDE (filename, file_row_number), file_row_number AS row, {key_of(table)} AS key "
        f"FROM read_parquet({paths(stored.values())}, filename = true, file_row_number = true)) r "
        f"JOIN read_parquet({paths(captures.values())}) c USING (page_id, capture_id) "
        "WHERE hash(page_id, key) IN (FROM recurring)"
    )
