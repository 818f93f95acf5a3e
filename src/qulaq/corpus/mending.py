"""Staged rows that cannot stay as they are: some are not to be stored, or answer an answer. Done group by group."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from qulaq.corpus.grafts import graft
from qulaq.corpus.schema import COMMENTS
from qulaq.corpus.staging import ROWS_PER_SHEET

Rows = npt.NDArray[np.int64]


def mend(
    files: Sequence[Path],
    target: Path,
    *,
    schema: pa.Schema,
    dropped: Rows,
    deeper: Rows,
    roots: pa.Array,
) -> None:
    """
    Write the rows of staged files into one, without those whose `row` is among *dropped*; the *deeper* rows
    get *roots* as their threads. Both are sorted.

    No engine's join keeps the order of rows, and sorting them again costs twice as much as writing.
    """
    with _writer(target, schema) as writer:
        for sheet, file in enumerate(files):
            first = sheet * ROWS_PER_SHEET
            with pq.ParquetFile(file) as staged:
                for group in range(staged.num_row_groups):
                    rows = staged.read_row_group(group).select(schema.names).cast(schema)
                    kept = pa.array(~_among(dropped, first, len(rows)))
                    found = slice(*np.searchsorted(deeper, [first, first + len(rows)]))
                    if found.start < found.stop:
                        rows = _rooted(rows, _among(deeper, first, len(rows)), roots[found])
                    writer.write_table(rows.filter(kept))
                    first += len(kept)


def root(file: Path, aside: Path, *, deeper: Rows, roots: pa.Array) -> None:
    """
    Give the *deeper* rows of the only staged file *roots* as their threads, in place.

    Nothing but the threads is written: most bytes of comments are their texts.
    """
    field = COMMENTS.arrow.field("thread_id")
    with pq.ParquetFile(file) as staged, _writer(aside, pa.schema([field])) as writer:
        first = 0
        for group in range(staged.num_row_groups):
            rows = staged.read_row_group(group, columns=[field.name])
            n = len(rows)
            found = slice(*np.searchsorted(deeper, [first, first + n]))
            writer.write_table(_rooted(rows, _among(deeper, first, n), roots[found]), n)
            first += n
    graft(file, aside, field.name)


def _writer(target: Path, schema: pa.Schema) -> pq.ParquetWriter:
    return pq.ParquetWriter(target, schema, compression="zstd", compression_level=1)


def _among(chosen: Rows, first: int, n: int) -> npt.NDArray[np.bool_]:
    """
    Which of the *n* rows from *first* on are among the chosen.
    """
    begin, end = np.searchsorted(chosen, [first, first + n])
    marks = np.zeros(n, dtype=bool)
    marks[chosen[begin:end] - first] = True
    return marks


def _rooted(rows: pa.Table, places: npt.NDArray[np.bool_], roots: pa.Array) -> pa.Table:
    at = rows.schema.get_field_index("thread_id")
    threads = pc.replace_with_mask(rows["thread_id"].combine_chunks(), places, roots)
    return rows.set_column(at, rows.schema.field(at), threads)
