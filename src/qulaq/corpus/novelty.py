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

from qulaq.corpus.placing import ROWS_PER_SHEET, placed_rows
from qulaq.corpus.schema import Table
from qulaq.engine import name, paths, quote


def compare(
    table: Table,
    *,
    stored: Mapping[int, Path],
    captures: Mapping[int, Path],
    connection: duckdb.DuckDBPyConnection,
) -> None:
    """
    Make the table `fresh_<table>` of the rows that are right, each with its capture, and the table `unchanged_<table>` of rows that need not be stored.

    Only records that occur twice, in the file or in the store, are looked at.
    """
    connection.execute(
        f"CREATE TEMP TABLE fresh_{table.name} AS "
        f"SELECT r.*, p.key, c.capture_id, coalesce(c.captured_at, c.captured_lower) AS seen, "
        f"{knowledge('c')}, false AS gone "
        f"FROM ({placed_rows(table)}) r "
        f"JOIN (SELECT row, key, captured AS stated FROM placed_{table.name} WHERE problem IS NULL) p USING (row) "
        f"JOIN fresh_captures c ON c.looked_at = {quote(table.name)} AND c.page_id = r.page_id "
        f"AND c.sheet = r.row // {ROWS_PER_SHEET} AND c.stated IS NOT DISTINCT FROM p.stated"
    )
    fresh = f"fresh_{table.name}"
    existing = _existing(table, stored, captures)
    same_key = "page_id, key"
    twice = f"SELECT {same_key} FROM {fresh} GROUP BY ALL HAVING count(*) > 1"
    if existing:
        twice += f" UNION SELECT {same_key} FROM ({existing}) SEMI JOIN {fresh} USING ({same_key})"
    told_of = ", ".join(f"{one.name}: {name(one.name)}" for one in table.content)
    content = f"{{{told_of}, gone: gone}}"  # what was gone and is there again is new
    told = f"page_id, key, seen, knowledge, told, rank, {content} AS content"
    history = f"SELECT 1 AS is_new, 0 AS batch, row, {told} FROM {fresh} SEMI JOIN twice USING ({same_key})"
    if existing:
        history += f" UNION ALL SELECT 0 AS is_new, batch, row, {told} FROM ({existing}) SEMI JOIN twice USING ({same_key})"
    connection.execute(
        f"CREATE TEMP TABLE unchanged_{table.name} AS WITH twice AS ({twice}), history AS ({history}) "
        "SELECT row FROM (SELECT is_new, row, content, knowledge, told, rank, lag(rank) OVER w AS ranked_before, "
        "row_number() OVER w AS place, lag(content) OVER w AS before, lag(knowledge) OVER w AS known_before, "
        # The same file again: what it says of that moment is stored, in whatever order.
        "count(*) FILTER (is_new = 0) OVER (PARTITION BY page_id, key, seen, content, knowledge) AS stored "
        "FROM history WINDOW w AS (PARTITION BY page_id, key ORDER BY seen, is_new, batch, row)) "
        "WHERE is_new = 1 AND (stored > 0 OR (place > 1 AND content IS NOT DISTINCT FROM before "
        "AND (knowledge IS NOT DISTINCT FROM known_before OR (told <> 'command' AND rank <= ranked_before))))"
    )


def knowledge(captures: str) -> str:
    """
    What of a capture's knowledge makes the same words mean something else, who told it, and its rank.
    """
    known = f"concat_ws('/', {captures}.knows_authors, {captures}.knows_parents, {captures}.exact_counts)"
    rank = f"list_position(['none', 'page', 'all'], {captures}.knows_authors)"
    return f"{known} AS knowledge, {captures}.knows_told AS told, {rank} AS rank"


def _existing(table: Table, stored: Mapping[int, Path], captures: Mapping[int, Path]) -> str | None:
    if not stored:
        return None
    key = f"r.{name(table.key[0])}"
    gone = "r.gone_between IS NOT NULL" if table.name == "comments" else "false"
    as_text = key if table.key[0].endswith("_id") else f"CAST(epoch_us({key}) AS VARCHAR)"
    return (
        f"SELECT r.* EXCLUDE (filename, file_row_number), r.file_row_number AS row, "
        f"{as_text} AS key, coalesce(c.captured_at, c.captured_lower) AS seen, c.batch, "
        f"{knowledge('c')}, {gone} AS gone "
        f"FROM read_parquet({paths(stored.values())}, filename = true, file_row_number = true) r "
        f"JOIN read_parquet({paths(captures.values())}) c USING (page_id, capture_id)"
    )
