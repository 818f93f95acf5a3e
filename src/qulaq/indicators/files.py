"""
Results as files: CSV, XLSX, JSON and Parquet.

One indicator after the other is estimated and written, so that of any number of pages only the sums of
their measures need lie in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow.parquet import ParquetWriter

from qulaq.engine import connect, quote
from qulaq.errors import Misused
from qulaq.indicators.results import SCHEMA, Results
from qulaq.lang import Language, Phrase, phrase
from qulaq.sheets import MOST_ROWS, write_csv_batches, write_xlsx

Write = Callable[[Iterable[pa.RecordBatch], Path], None]
Progress = Callable[[Phrase], None]


def write_results(
    results: Results,
    file: Path,
    *,
    form: str,
    language: Language,
    progress: Progress = lambda _: None,
) -> None:
    """
    Write the results to *file* in one of `FORMATS`, reasons in *language*. Raises Misused where they are too
    many for a spreadsheet.
    """
    if form == "xlsx":
        check_fits(len(results), file=file)
    FORMATS[form](_told(results, language, progress), file)


def check_fits(n: int, *, file: Path | None) -> None:
    """
    Raises Misused where so many rows and a heading are too many for a spreadsheet.
    """
    if n < MOST_ROWS:
        return
    raise Misused(
        where=str(file or "--xlsx"),
        found=phrase(
            "{n} results do not fit into a spreadsheet, which takes {most}.",
            n=n,
            most=MOST_ROWS - 1,
        ),
        remedy=phrase("Choose indicators with --key, or CSV or Parquet."),
    )


def _told(results: Results, language: Language, progress: Progress) -> Iterator[pa.RecordBatch]:
    total = len(results.indicators)
    for n, found in enumerate(results.parts()):
        progress(phrase("indicators written: {n} of {total}", n=n, total=total))
        yield found.as_arrow(language)


def _flat(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """
    The batches as sheets take them: notes as words, days as texts.
    """
    for batch in batches:
        notes = pc.binary_join(batch["notes"], " ")
        flat = {name: batch[name] for name in SCHEMA.names}
        flat |= {name: pc.cast(batch[name], pa.string()) for name in ("from", "to")}
        flat["notes"] = pc.if_else(pc.equal(notes, ""), None, notes)
        yield pa.RecordBatch.from_pydict(flat)


def _write_csv(batches: Iterable[pa.RecordBatch], file: Path) -> None:
    empty = pa.RecordBatch.from_pylist([], schema=SCHEMA)
    write_csv_batches(_flat(chain([empty], batches)), file)


def _write_xlsx(batches: Iterable[pa.RecordBatch], file: Path) -> None:
    rows = (
        row
        for batch in _flat(batches)
        for row in zip(*(column.to_pylist() for column in batch.columns), strict=True)
    )
    write_xlsx({"qulaq": chain([SCHEMA.names], rows)}, file)


def _write_parquet(batches: Iterable[pa.RecordBatch], file: Path) -> None:
    with ParquetWriter(file, SCHEMA, compression="zstd") as writer:
        for batch in batches:
            writer.write_batch(batch)


# A count without the ".0" of its arithmetic.
_PLAIN = (
    "CASE WHEN {0} = floor({0}) AND abs({0}) < 9007199254740992 THEN to_json(CAST({0} AS BIGINT)) "
    "ELSE to_json({0}) END AS {0}"
)
_OBJECTS = "SELECT * REPLACE ({}) FROM results".format(
    ", ".join(_PLAIN.format(name) for name in ("value", "low", "high"))
)


def _write_json(batches: Iterable[pa.RecordBatch], file: Path) -> None:
    """
    A list with an object on each line.
    """
    lines = file.with_name(f"{file.name}.lines")
    try:
        with connect() as connection, file.open("wb") as stream:
            before = b"[\n"
            for batch in batches:
                connection.register("results", batch)
                connection.execute(f"COPY ({_OBJECTS}) TO {quote(str(lines))} (FORMAT json)")
                objects = lines.read_bytes().removesuffix(b"\n").replace(b"\n", b",\n")
                stream.write(before + objects)
                before = b",\n"
            stream.write(b"\n]\n" if before != b"[\n" else b"[]\n")
    finally:
        lines.unlink(missing_ok=True)


FORMATS: Mapping[str, Write] = {
    "csv": _write_csv,
    "xlsx": _write_xlsx,
    "json": _write_json,
    "parquet": _write_parquet,
}
"""How results are written, by form."""
