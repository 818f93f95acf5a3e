"""
Comments that were there again and said the same: no new rows, but that they were seen is kept.

Without it nobody would know how long a comment that waits was followed, while those that were answered
meanwhile are followed by their answers: a page would look faster the less it answers.
"""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

from qulaq.corpus.runs import Run
from qulaq.corpus.schema import COMMENTS, SIGHTINGS
from qulaq.engine import arrow, quote


def write_sightings(run: Run, captures: pa.Table) -> tuple[Path, int]:
    """
    The unchanged comments of these captures as a Parquet file, and how many they are.

    Captures that reach all comments of a post or of a stretch of time tell it themselves.
    """
    file = run.writer.aside / f"{SIGHTINGS.name}.parquet"
    own = captures.filter(pa.compute.equal(captures["looked_at"], COMMENTS.name))
    if not own.num_rows:
        return file, 0
    run.connection.register("sighting_captures", own)
    again = (
        "SELECT page_id, comment_id, capture_id FROM fresh_comments SEMI JOIN unchanged_comments USING (row) "
        "WHERE capture_id IN (SELECT capture_id FROM sighting_captures WHERE complete IS NOT true AND post_id IS NULL)"
    )
    n = int(arrow(run.connection, f"SELECT count(*) AS n FROM ({again})")["n"][0].as_py())
    if n:
        run.connection.execute(
            f"COPY (SELECT DISTINCT * FROM ({again}) ORDER BY page_id, capture_id, comment_id) "
            f"TO {quote(str(file))} (FORMAT parquet, COMPRESSION zstd)"
        )
    return file, n
