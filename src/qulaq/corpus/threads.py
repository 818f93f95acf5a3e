"""
The root of each thread, found at intake: SQL engines that read the corpus need not recurse.

Threads on open networks nest seven deep and more; each pass doubles the steps taken, so that sixty
passes outrun any depth, and a ring of comments that answer each other ends too.
"""

from __future__ import annotations

import duckdb

_PASSES = 60
_OWN, _ANSWERED = "hash(page_id, comment_id)", "hash(page_id, above)"


def find_roots(connection: duckdb.DuckDBPyConnection, *, fresh: str, stored: str | None) -> None:
    """
    Make the table `roots`: page_id, comment_id, root, of every reply that answers a reply or is answered by
    one. (All others root in what they answer, and most platforms nest no deeper.)

    *fresh* and *stored* are queries of page_id, comment_id and `above`: the comment answered, or, of
    stored ones, the root of their thread. A reply to a comment that nobody holds roots in that comment.
    """
    both = f"{fresh} UNION ALL {stored}" if stored else fresh
    replies = f"(SELECT * FROM ({both}) WHERE above IS NOT NULL AND above <> comment_id)"
    # Hashes take a fraction of the time; where two comments share one, a reply too many is looked at.
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE answered AS SELECT DISTINCT {_ANSWERED} AS hashed FROM {replies} "
        f"WHERE {_ANSWERED} IN (SELECT {_OWN} FROM {replies})"
    )
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE roots AS SELECT page_id, comment_id, any_value(above) AS root FROM {replies} "
        f"WHERE {_OWN} IN (FROM answered) OR {_ANSWERED} IN (FROM answered) GROUP BY ALL"
    )
    for _ in range(_PASSES):
        connection.execute(
            "CREATE OR REPLACE TEMP TABLE higher AS SELECT r.page_id, r.comment_id, up.root "
            "FROM roots r JOIN roots up ON r.page_id = up.page_id AND r.root = up.comment_id "
            "WHERE up.root <> r.root"
        )
        if not connection.sql("SELECT count(*) FROM higher").fetchall()[0][0]:
            break
        connection.execute(
            "CREATE OR REPLACE TEMP TABLE roots AS SELECT page_id, comment_id, coalesce(h.root, r.root) AS root "
            "FROM roots r LEFT JOIN higher h USING (page_id, comment_id)"
        )
