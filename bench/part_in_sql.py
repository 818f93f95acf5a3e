"""The sums of the part in SQL: `measuring.sql` without the tables that the part does not need."""

from __future__ import annotations

import re

import duckdb

from bench.measuring_by_hand import Answers, Task, prepare, read_sql
from bench.part import Sums

_NOT_NEEDED = (
    "page_counts", "extents", "of_followers", "of_extents", "of_standard", "waits", "curves", "looked_twice", "of_waits",
    "of_followed",
)  # fmt: skip
_LEFT = ("looked", "of_posts", "of_days", "of_comments", "of_threads", "of_citizens", "of_waits")
_WAITS = """
    CREATE TEMP TABLE of_waits AS
    SELECT page, list_sort(list(reply_hours) FILTER (answered)) AS answered_hours
    FROM threads WHERE day BETWEEN getvariable('first') AND getvariable('last') GROUP BY page
"""


def add_up(task: Task, *, copy: bool = False) -> Sums:
    with duckdb.connect() as connection:
        prepare(connection, task)
        for statement in duckdb.extract_statements(read_sql(copy=copy)):
            if _table_of(statement.query) not in _NOT_NEEDED:
                connection.execute(statement)
        connection.execute(_WAITS)
        answers = Answers(connection)
        return {table: answers.read(table) for table in _LEFT}


def _table_of(query: str) -> str:
    """
    The table that a statement makes or deletes from.
    """
    found = re.search(r"(?:CREATE TEMP (?:TABLE|VIEW)|DELETE FROM) (\w+)", query)
    return found[1] if found else ""
