"""Records written down as export files, the way a platform's export would look."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import fields
from datetime import datetime
from itertools import chain
from operator import attrgetter
from pathlib import Path

from qulaq.replica.records import Comment, PageCount, PageRecords, Post

Record = PageCount | Post | Comment


def write_exports(pages: Sequence[PageRecords], *, folder: Path) -> tuple[Path, ...]:
    """Write the files in the order of import: posts come before their comments."""
    counts = list(chain.from_iterable(page.counts for page in pages))
    return (
        write_export(folder / "replica-page-counts.csv", records=counts, record_type=PageCount),
        *(
            write_export(name_file(folder, page, "posts"), records=page.posts, record_type=Post)
            for page in pages
        ),
        *(
            write_export(
                name_file(folder, page, "comments"), records=page.comments, record_type=Comment
            )
            for page in pages
        ),
    )


def name_file(folder: Path, page: PageRecords, what: str) -> Path:
    return folder / f"replica-{page.page}-{what}.csv"


def write_export(path: Path, *, records: Sequence[Record], record_type: type[Record]) -> Path:
    """One CSV file, UTF-8 with a byte order mark, so that spreadsheets show Kazakh letters."""
    columns = [field.name for field in fields(record_type)]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(print_rows(records, columns=columns))
    return path


def print_rows(records: Sequence[Record], *, columns: Sequence[str]) -> Iterator[list[object]]:
    read = attrgetter(*columns)
    return ([print_cell(cell) for cell in read(record)] for record in records)


def print_cell(cell: object) -> object:
    return cell.isoformat() if isinstance(cell, datetime) else cell
