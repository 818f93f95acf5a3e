"""
Every comment with all that was found out about it, one row each, for other programs.

Rows come in batches, in the order of intake, so that a corpus of any size can be written.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import pyarrow as pa
from pyarrow import compute
from pyarrow.parquet import ParquetWriter

from qulaq.corpus.current import Corpus, Expression
from qulaq.corpus.readings import add_boilerplate, add_readings
from qulaq.corpus.selection import of_pages
from qulaq.errors import Misused
from qulaq.lang import Phrase, phrase
from qulaq.sheets import MOST_ROWS, with_written_moments, write_csv_batches, write_xlsx
from qulaq.study import Page, Window
from qulaq.text.masking import mask

Write = Callable[[Iterable[pa.RecordBatch], Path], None]
Progress = Callable[[Phrase], None]

_MOMENT = pa.timestamp("us", "UTC")

FIELDS = pa.schema(
    [
        ("page_id", pa.string()),
        ("body", pa.string()),
        ("platform", pa.string()),
        ("post_id", pa.string()),
        ("comment_id", pa.string()),
        ("parent_id", pa.string()),
        ("thread_id", pa.string()),
        ("author", pa.string()),
        ("by_page", pa.bool_()),
        ("top_level", pa.bool_()),
        ("published_at", _MOMENT),
        ("published_local", pa.timestamp("us")),
        ("text", pa.string()),
        ("link", pa.string()),
        ("likes", pa.int64()),
        ("language", pa.string()),
        ("asks", pa.bool_()),
        ("boilerplate", pa.bool_()),
        ("first_reply_at", _MOMENT),
        ("reply_hours", pa.float64()),
        ("replies", pa.int64()),
        ("unknown_replies", pa.int64()),
        ("changes", pa.int64()),
        ("inferred", pa.bool_()),
        ("waiting_since", _MOMENT),
        ("first_time", pa.bool_()),
        ("followed_hours", pa.float64()),
        ("removed_seen", _MOMENT),
        ("removed_missed", _MOMENT),
        ("captured_at", _MOMENT),
    ]
)
"""The columns of a row, in this order; null is "not known" or "does not apply"."""

_OF_THREADS = (
    "first_reply_at", "reply_hours", "replies", "unknown_replies", "changes", "inferred", "waiting_since",
    "first_time", "followed_hours",
)  # fmt: skip
_OF_PAGES = ("body", "platform")
_ROWS = 50_000  # of the stored file, read at a time
# A profile's address is a name: https://mastodon.social/@somebody/1, https://bsky.app/profile/somebody/…
_NAMES_SOMEBODY = r"/(@|profile/|user/|users/|people/)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """
    Comments of these pages, written on these local days.
    """

    pages: tuple[Page, ...]
    window: Window

    def of(self, corpus: Corpus) -> Expression:
        comments = corpus.tables["comments"]
        inside = comments.day.between(self.window.first, self.window.last)
        return of_pages(corpus, comments.filter(inside), self.pages)


def count_comments(corpus: Corpus, selection: Selection) -> int:
    """
    How many rows there are to write.
    """
    found = selection.of(corpus).aggregate(n=lambda rows: rows.count())
    n: int = corpus.engine.run(found)["n"][0].as_py()
    return n


def read_dataset(
    corpus: Corpus, selection: Selection, *, progress: Progress
) -> Iterator[pa.RecordBatch]:
    """
    The rows in batches under `FIELDS`, texts masked; one batch at least, which may be empty.
    """
    total, done = count_comments(corpus, selection), 0
    comments = selection.of(corpus)
    readings = add_readings(corpus, progress=progress)
    boilerplate = add_boilerplate(corpus, progress=progress)
    yield pa.RecordBatch.from_pylist([], schema=FIELDS)
    for part in _parts(corpus, comments):
        progress(phrase("comments written: {n} of {total}", n=done, total=total))
        rows = corpus.engine.run(_derived(corpus, part, readings=readings, boilerplate=boilerplate))
        done += len(rows)
        yield from _finished(rows, selection.pages).to_batches()


def _parts(corpus: Corpus, comments: Expression) -> Iterator[Expression]:
    """
    Comments that lie side by side in one stored file, so many that their texts fit into memory.
    """
    ends = comments.group_by("intake_batch").aggregate(
        first=comments.intake_row.min(), last=comments.intake_row.max()
    )
    for end in corpus.engine.run(ends.order_by("intake_batch")).to_pylist():
        for start in range(end["first"], end["last"] + 1, _ROWS):
            yield comments.filter(
                comments.intake_batch == end["intake_batch"],
                comments.intake_row.between(start, start + _ROWS - 1),
            )


def _derived(
    corpus: Corpus, comments: Expression, *, readings: Expression, boilerplate: Expression
) -> Expression:
    key = ["page_id", "comment_id"]
    rows = corpus.local_time(corpus.with_texts(comments, "comments"), "published_at")
    for part in (_came_of(corpus.tables["threads"]), readings, boilerplate):
        rows = rows.left_join(part, key).drop(*(f"{name}_right" for name in key))
    gone = rows.gone_between
    rows = rows.mutate(
        author=rows.person,
        published_local=rows.clock,
        removed_seen=gone["seen"],
        removed_missed=gone["missed"],
        captured_at=rows.seen,
    )
    stored = [name for name in FIELDS.names if name not in _OF_PAGES]
    return rows.order_by("intake_row").select(*stored)


def _came_of(threads: Expression) -> Expression:
    """
    What came of citizens' comments; of the body's own and of nobody knows whose nothing is said.
    """
    return threads.filter(~threads.by_page).select("page_id", "comment_id", *_OF_THREADS)


def _finished(rows: pa.Table, pages: tuple[Page, ...]) -> pa.Table:
    place = compute.index_in(rows["page_id"], pa.array([page.id for page in pages]))
    of_pages = {
        name: pa.array([getattr(page, name) for page in pages]).take(place) for name in _OF_PAGES
    }
    texts = [None if text is None else mask(text) for text in rows["text"].to_pylist()]
    columns = {name: rows[name] for name in rows.column_names}
    columns |= of_pages | {
        "text": pa.array(texts, pa.string()),
        "link": without_people(rows["link"]),
    }
    return pa.table([columns[name] for name in FIELDS.names], schema=FIELDS)


def without_people(links: pa.ChunkedArray) -> pa.ChunkedArray:
    """
    The addresses, null where one names a person.
    """
    return compute.if_else(compute.match_substring_regex(links, _NAMES_SOMEBODY), None, links)


def write_json_lines(batches: Iterable[pa.RecordBatch], file: Path) -> None:
    """
    One JSON object a line, moments as CSV has them.
    """
    with file.open("w", encoding="utf-8", newline="\n") as stream:
        for batch in batches:
            for row in with_written_moments(batch).to_pylist():
                stream.write(json.dumps(row, ensure_ascii=False) + "\n")


def write_parquet(batches: Iterable[pa.RecordBatch], file: Path) -> None:
    with ParquetWriter(file, FIELDS, compression="zstd") as writer:
        for batch in batches:
            if batch.num_rows:
                writer.write_batch(batch)


def write_sheet(batches: Iterable[pa.RecordBatch], file: Path) -> None:
    write_xlsx({"comments": chain([FIELDS.names], _rows(batches))}, file)


def _rows(batches: Iterable[pa.RecordBatch]) -> Iterator[tuple[object, ...]]:
    for batch in batches:
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


FORMATS: Mapping[str, Write] = {
    "csv": write_csv_batches,
    "xlsx": write_sheet,
    "jsonl": write_json_lines,
    "parquet": write_parquet,
}
"""How rows are written, by the ending of the file."""


def check_fits(n: int, *, file: Path) -> None:
    """
    Raises Misused where so many rows and a heading are too many for a spreadsheet.
    """
    if n < MOST_ROWS:
        return
    raise Misused(
        where=str(file),
        found=phrase(
            "{n} comments do not fit into a spreadsheet, which takes {most}.",
            n=n,
            most=MOST_ROWS - 1,
        ),
        remedy=phrase("Choose days with --from and --to, pages with --page, or CSV or Parquet."),
    )


def write_dataset(
    corpus: Corpus, selection: Selection, *, file: Path, form: str, progress: Progress
) -> int:
    """
    Write the rows to *file* in one of `FORMATS`; the answer is how many. The file stands there only when
    it is whole. Raises Misused where they are too many for a spreadsheet.
    """
    n = count_comments(corpus, selection)
    if form == "xlsx":
        check_fits(n, file=file)
    unfinished = file.with_name(f"{file.name}.part")
    try:
        FORMATS[form](read_dataset(corpus, selection, progress=progress), unfinished)
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)
    return n
