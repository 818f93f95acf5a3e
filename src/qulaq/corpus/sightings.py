"""
Comments that were there again and said the same: no new rows, but that they were seen is kept.

Without it nobody would know how long a comment that waits was followed, while those that were answered
meanwhile are followed by their answers: a page would look faster the less it answers.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from qulaq.corpus.runs import Run
from qulaq.corpus.schema import CAPTURES, COMMENTS, SIGHTINGS, Table
from qulaq.engine import paths, quote

_MOMENT = "coalesce(captured_at, captured_lower) AS moment"


def find_sightings(run: Run, staged: Iterable[Table]) -> None:
    """
    Make the table `sighted` (page_id, comment_id, capture_id): unchanged comments that this import saw
    later than anything stored tells.

    Captures that reach all comments of a post, or of a stretch of time, tell it themselves.
    """
    again = "SELECT 1 FROM unchanged_comments LIMIT 1"
    if COMMENTS not in staged or not run.connection.sql(again).fetchall():
        run.connection.execute(
            "CREATE TEMP TABLE sighted (page_id VARCHAR, comment_id VARCHAR, capture_id VARCHAR)"
        )
        return
    run.connection.execute(
        "CREATE TEMP TABLE sighted AS WITH "
        f"looks AS (SELECT capture_id, {_MOMENT}, complete IS NOT true AND post_id IS NULL AS partly "
        f"FROM fresh_captures WHERE looked_at = {quote(COMMENTS.name)}), "
        "again AS (SELECT DISTINCT page_id, comment_id, capture_id, moment FROM fresh_comments "
        "SEMI JOIN unchanged_comments USING (row) JOIN looks USING (capture_id) WHERE partly), "
        "known AS (SELECT page_id, comment_id, moment FROM fresh_comments "
        f"ANTI JOIN unchanged_comments USING (row) JOIN looks USING (capture_id) {_stored(run)}) "
        "SELECT page_id, comment_id, capture_id FROM again LEFT JOIN "
        "(SELECT page_id, comment_id, max(moment) AS last FROM known GROUP BY ALL) "
        "USING (page_id, comment_id) WHERE last IS NULL OR moment > last"
    )


def _stored(run: Run) -> str:
    """
    What stored rows and earlier sightings tell, as further rows of `known`.
    """
    captures = run.store.files(CAPTURES.name).values()
    told = [run.store.files(table).values() for table in (COMMENTS.name, SIGHTINGS.name)]
    return "".join(
        f"UNION ALL SELECT page_id, comment_id, moment FROM read_parquet({paths(files)}) r "
        "SEMI JOIN again USING (page_id, comment_id) "
        f"JOIN (SELECT capture_id, {_MOMENT} FROM read_parquet({paths(captures)})) USING (capture_id) "
        for files in told
        if files
    )


def write_sightings(run: Run) -> tuple[Path, int]:
    """
    The table `sighted` as a Parquet file, and how many rows it has; no file where it has none.
    """
    file = run.writer.aside / f"{SIGHTINGS.name}.parquet"
    n = int(run.connection.sql("SELECT count(*) FROM sighted").fetchall()[0][0])
    if n:
        run.connection.execute(
            "COPY (SELECT * FROM sighted ORDER BY page_id, capture_id, comment_id) "
            f"TO {quote(str(file))} (FORMAT parquet, COMPRESSION zstd)"
        )
    return file, n
