"""The first rows of a file as flat cells, to see what they hold before anyone reads it in earnest."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import Any

import duckdb
import pyarrow as pa

from qulaq.corpus.cells import Typed
from qulaq.engine import name
from qulaq.exports import Export, parse_json
from qulaq.sheets import read_xlsx

MOST_ROWS = 100_000
"""Rows looked at where ids must be told from what repeats; a longer file is judged by so many."""

_DEEPEST_LIST = 4  # keys, one inside the other, under which a list of records is looked for

Cells = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """
    Rows of trimmed cells, empty where there is nothing, under the names of the heading.

    `n` is how many rows the file has, estimated by its size unless the sample is the `whole` of it.
    `lists` are names under which JSON holds lists, `under` the key of JSON's records where the file is
    no list of them itself.
    """

    names: tuple[str, ...]
    rows: Sequence[Cells]
    n: int
    whole: bool = True
    lists: frozenset[str] = frozenset()
    under: str = ""

    def cells(self, place: int) -> list[str]:
        """
        One column, every row.
        """
        return [row[place] for row in self.rows]


def draw_sample(export: Export, *, most: int = MOST_ROWS) -> Sample:
    """
    The first *most* rows of an export. Raises UnreadableExport for JSON and XLSX that are damaged.
    """
    if export.shape == "csv":
        return _draw_csv(export, most)
    if export.shape == "xlsx":
        rows = read_xlsx(export.plain, first=most + 2)[1:]
        return _of_rows(export, rows[:most], n=len(rows), whole=len(rows) <= most)
    if export.shape == "jsonl":
        return _draw_lines(export, most)
    under, records = _find_records(export.document)
    return _of_records(records[:most], n=len(records), whole=len(records) <= most, under=under)


def _draw_csv(export: Export, most: int) -> Sample:
    """
    What stands before a cell that no reader takes, such as one of a megabyte, is looked at all the same.
    """
    rows: list[list[str]] = []
    read_well = False
    with export.plain.open("rb") as binary, _as_text(binary) as text:
        reader = csv.reader(text, delimiter=export.separator)
        with suppress(csv.Error):
            next(reader, None)
            rows.extend(islice(filter(None, reader), most))
            read_well = True
        read = binary.tell()
    size = export.plain.stat().st_size
    whole = read_well and read >= size and len(rows) < most
    n = len(rows) if whole else max(len(rows), round(len(rows) * size / max(read, 1)))
    return _of_rows(export, rows, n=n, whole=whole)


def _draw_lines(export: Export, most: int) -> Sample:
    with export.plain.open("rb") as binary, _as_text(binary) as text:
        lines = list(islice(filter(str.strip, text), most))
        read = binary.tell()
    size = export.plain.stat().st_size
    whole = read >= size and len(lines) < most
    n = len(lines) if whole else max(len(lines), round(len(lines) * size / max(read, 1)))
    return _of_records(list(_parsed(lines)), n=n, whole=whole)


def _as_text(binary: Any) -> io.TextIOWrapper:  # noqa: ANN401  # a buffered reader
    return io.TextIOWrapper(binary, encoding="utf-8-sig", newline="")


def _parsed(lines: Iterable[str]) -> Iterator[object]:
    for line in lines:
        with suppress(ValueError, RecursionError):
            yield parse_json(line)


def _of_rows(export: Export, rows: Iterable[list[str]], *, n: int, whole: bool) -> Sample:
    width = len(export.heading)
    cells = [tuple(cell.strip() for cell in (*row, *[""] * width)[:width]) for row in rows]
    return Sample(names=export.heading, rows=cells, n=n, whole=whole)


# ── JSON ─────────────────────────────────────────────────────────────────────────────────────────


def _find_records(document: object) -> tuple[str, list[object]]:
    """
    The records of a document: itself a list, else the longest list of objects inside, else the one object.
    """
    if isinstance(document, list):
        return "", document
    inside = list(_lists_of_records(document, (), _DEEPEST_LIST))
    if not inside:
        return "", [document]
    keys, records = max(inside, key=lambda found: len(found[1]))
    return ".".join(keys), records


def _lists_of_records(
    value: object, keys: tuple[str, ...], deep: int
) -> Iterator[tuple[tuple[str, ...], list[object]]]:
    if isinstance(value, list) and any(isinstance(one, dict) for one in value):
        yield keys, value
    elif isinstance(value, dict) and deep:
        for key, inner in value.items():
            yield from _lists_of_records(inner, (*keys, key), deep - 1)


def _of_records(records: Sequence[object], *, n: int, whole: bool, under: str = "") -> Sample:
    lists: dict[str, None] = {}
    flat = [_flat(record, lists) for record in records if isinstance(record, dict)]
    names = tuple(dict.fromkeys((*(name for record in flat for name in record), *lists)))
    rows = [tuple(record.get(name, "") for name in names) for record in flat]
    return Sample(names=names, rows=rows, n=n, whole=whole, lists=frozenset(lists), under=under)


def _flat(record: dict[str, Any], lists: dict[str, None], before: str = "") -> dict[str, str]:
    """
    A record's cells by name, inner keys with dots; names of lists go into *lists*.
    """
    cells: dict[str, str] = {}
    for key, value in record.items():
        name = f"{before}{key}"
        if isinstance(value, dict):
            cells.update(_flat(value, lists, f"{name}."))
        elif isinstance(value, list):
            lists[name] = None
        elif isinstance(value, bool):
            cells[name] = "true" if value else "false"
        else:  # a name counts even where its value is null
            cells[name] = "" if value is None else str(value).strip()
    return cells


# ── rules tried on cells ─────────────────────────────────────────────────────────────────────────


def share_read(typed: Typed, some: Sequence[str], connection: duckdb.DuckDBPyConnection) -> float:
    """
    The share of cells that the rule takes.
    """
    connection.register("sampled", pa.table({"cell": pa.array(some, pa.string())}))
    rows = "SELECT cell FROM sampled"
    for layer in typed.layers:
        computed = ", ".join(f"{sql} AS {name(column)}" for column, sql in layer.items())
        rows = f"SELECT *, {computed} FROM ({rows})"
    taken = f"NOT coalesce({typed.wrong or 'false'}, false) AND ({typed.value}) IS NOT NULL"
    [(share,)] = connection.sql(
        f"SELECT count(*) FILTER ({taken}) / count(*) FROM ({rows})"
    ).fetchall()
    return float(share)
