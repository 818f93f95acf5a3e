"""
Copying of a CSV or of lines of JSON into Parquet by other tools, each as its users write it.

A way takes the file and a folder with the folders `posts` and `comments`, into which it writes; its libraries are
loaded before it is handed out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

Way = Callable[[Path, Path], None]
Record = dict[str, Any]
_LINES = 10_000  # read at once
_PARQUET = "(FORMAT parquet, COMPRESSION zstd)"


def load(tool: str, shape: str) -> Way:
    """
    The way of a tool to copy a file of that shape.
    """
    return _LOADERS[tool, shape]()


def _copied(file: Path, folder: Path) -> Path:
    """
    Where the copy of a CSV belongs.
    """
    return folder / file.stem / "copy.parquet"


# ── CSV ──────────────────────────────────────────────────────────────────────────────────────────


def _load_duckdb() -> Way:
    return _copy_columns("*")


def _load_duckdb_hashed() -> Way:
    from qulaq.corpus.ids import Pseudonyms

    pseudonyms = Pseudonyms("0123456789abcdef" * 2)
    hashed = ", ".join(
        f"{pseudonyms.sql_of_trimmed(f'CAST({column} AS VARCHAR)')} AS {column}"
        for column in ("author", "author_handle")
    )
    return _copy_columns(f"* REPLACE ({hashed})")


def _copy_columns(columns: str) -> Way:
    import duckdb

    def copy(file: Path, folder: Path) -> None:
        duckdb.connect().execute(
            f"COPY (SELECT {columns} FROM read_csv('{file}')) TO '{_copied(file, folder)}' {_PARQUET}"
        )

    return copy


def _load_arrow() -> Way:
    import pyarrow.parquet as pq
    from pyarrow import csv

    def copy(file: Path, folder: Path) -> None:
        # Texts go over several lines; an empty cell of a text is none.
        table = csv.read_csv(
            file,
            parse_options=csv.ParseOptions(newlines_in_values=True),
            convert_options=csv.ConvertOptions(strings_can_be_null=True),
        )
        pq.write_table(table, _copied(file, folder), compression="zstd")

    return copy


def _load_pandas() -> Way:
    import pandas as pd

    def copy(file: Path, folder: Path) -> None:
        table = pd.read_csv(file, low_memory=False)
        table.to_parquet(_copied(file, folder), compression="zstd", index=False)

    return copy


# ── lines of JSON ────────────────────────────────────────────────────────────────────────────────


def _load_duckdb_json() -> Way:
    import duckdb

    def copy(file: Path, folder: Path) -> None:
        connection = duckdb.connect()
        connection.execute(
            f"CREATE TEMP TABLE posts AS FROM read_json('{file}', columns = {_SHAPE})"
        )
        for table, query in (("posts", _POSTS), ("comments", _COMMENTS)):
            connection.execute(f"COPY ({query}) TO '{folder}/{table}/copy.parquet' {_PARQUET}")

    return copy


_SHAPE = """{
    id: 'VARCHAR', created_time: 'TIMESTAMPTZ', status_type: 'VARCHAR', message: 'VARCHAR', permalink_url: 'VARCHAR',
    shares: 'STRUCT("count" BIGINT)', reactions: 'STRUCT(summary STRUCT(total_count BIGINT))',
    comments: 'STRUCT(data STRUCT(id VARCHAR, created_time TIMESTAMPTZ, "from" STRUCT(id VARCHAR), message VARCHAR,
        like_count BIGINT, parent STRUCT(id VARCHAR))[], summary STRUCT(total_count BIGINT, can_comment BOOLEAN))'
}"""
_POSTS = """
    SELECT id, created_time, status_type, message AS text, permalink_url, shares."count" AS shares,
        reactions.summary.total_count AS reactions, comments.summary.total_count AS comments,
        comments.summary.can_comment AS comments_open
    FROM posts
"""
_COMMENTS = """
    SELECT post, one.id, one.created_time, one."from".id AS author, one.message AS text, one.like_count, one.parent.id AS parent
    FROM (SELECT id AS post, unnest(comments.data) AS one FROM posts)
"""


def _load_orjson() -> Way:
    import orjson
    import pyarrow as pa
    import pyarrow.parquet as pq

    text, number = pa.string(), pa.int64()
    posts = pa.schema(
        {
            "id": text, "created_time": text, "status_type": text, "text": text, "permalink_url": text,
            "shares": number, "reactions": number, "comments": number, "comments_open": pa.bool_(),
        }
    )  # fmt: skip
    comments = pa.schema(
        {
            "post": text, "id": text, "created_time": text, "author": text, "text": text,
            "like_count": number, "parent": text,
        }
    )  # fmt: skip

    def copy(file: Path, folder: Path) -> None:
        with (
            file.open("rb") as lines,
            pq.ParquetWriter(
                folder / "posts" / "copy.parquet", posts, compression="zstd"
            ) as of_posts,
            pq.ParquetWriter(
                folder / "comments" / "copy.parquet", comments, compression="zstd"
            ) as of_comments,
        ):
            while many := list(map(orjson.loads, islice(lines, _LINES))):
                below = [row for post in many for row in _comments_of(post)]
                of_posts.write_batch(pa.RecordBatch.from_pylist(list(map(_post, many)), posts))
                of_comments.write_batch(pa.RecordBatch.from_pylist(below, comments))

    return copy


def _post(post: Record) -> Record:
    summary = post["comments"]["summary"]
    return {
        "id": post["id"],
        "created_time": post["created_time"],
        "status_type": post["status_type"],
        "text": post["message"],
        "permalink_url": post["permalink_url"],
        "shares": post["shares"]["count"],
        "reactions": post["reactions"]["summary"]["total_count"],
        "comments": summary["total_count"],
        "comments_open": summary["can_comment"],
    }


def _comments_of(post: Record) -> Iterator[Record]:
    for one in post["comments"]["data"]:
        yield {
            "post": post["id"],
            "id": one["id"],
            "created_time": one["created_time"],
            "author": one["from"]["id"],
            "text": one["message"],
            "like_count": one["like_count"],
            "parent": one["parent"] and one["parent"]["id"],
        }


def _load_pandas_json() -> Way:
    import pandas as pd
    import pyarrow as pa
    import pyarrow.parquet as pq

    def copy(file: Path, folder: Path) -> None:
        posts, comments = [], []
        for many in pd.read_json(file, lines=True, chunksize=_LINES, dtype={"id": str}):
            records = many.to_dict("records")
            posts.append(pd.json_normalize(records).drop(columns="comments.data"))
            below = pd.json_normalize(records, ["comments", "data"], ["id"], meta_prefix="post.")
            comments.append(below)
        for table, parts in (("posts", posts), ("comments", comments)):
            whole = pd.concat(parts).rename(columns={"message": "text", "from.id": "author"})
            found = pa.Table.from_pandas(
                whole.drop(columns="from.name", errors="ignore"), preserve_index=False
            )
            pq.write_table(found, folder / table / "copy.parquet", compression="zstd")

    return copy


_LOADERS: dict[tuple[str, str], Callable[[], Way]] = {
    ("duckdb", "csv"): _load_duckdb,
    ("duckdb_hashed", "csv"): _load_duckdb_hashed,
    ("arrow", "csv"): _load_arrow,
    ("pandas", "csv"): _load_pandas,
    ("duckdb", "json"): _load_duckdb_json,
    ("arrow", "json"): _load_orjson,
    ("pandas", "json"): _load_pandas_json,
}
