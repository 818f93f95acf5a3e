"""Spreadsheets in and out: XLSX and CSV that are safe to open, whatever a cell holds."""

from __future__ import annotations

import csv
import re
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from qulaq.errors import UnreadableExport
from qulaq.lang import phrase

if TYPE_CHECKING:
    import pyarrow as pa

Row = Sequence[object]

LONGEST_CELL = 32_767  # characters that a spreadsheet takes in one cell
MOST_ROWS = 1_048_576  # that it takes in one sheet, the heading included
_MOST_LINKS = 65_530  # that Excel takes in one sheet
_LONGEST_LINK = 2_079
_ROUNDED = 10**15  # a spreadsheet keeps fifteen digits of a number
_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_MOMENT = re.compile(rb"(?<=W3CDTF\">)[^<]+(?=</dcterms:(?:created|modified)>)")
_NO_MOMENT = b"1980-01-01T00:00:00Z"  # the first that a ZIP can tell
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class Link(str):
    """
    An address that a spreadsheet opens at a click, if it leads to the web; otherwise a text like any other.
    """

    __slots__ = ()


def safe(value: object) -> object:
    """
    A text that a spreadsheet would run as a formula gets an apostrophe before it; all else is left alone.

    OWASP, "CSV Injection": cells that begin with =, +, -, @, tab or carriage return.
    """
    if isinstance(value, str) and value.startswith(_STARTS_FORMULA):
        return "'" + value
    return value


def write_csv(rows: Iterable[Row], stream: TextIO) -> None:
    """
    Comma-separated rows, safe to open; the caller opens the stream (utf-8-sig for a spreadsheet).
    """
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerows([safe(cell) for cell in row] for row in rows)


def write_csv_file(rows: Iterable[Row], file: Path) -> None:
    """
    A CSV with the mark by which Excel knows UTF-8.
    """
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        write_csv(rows, stream)


def write_csv_batches(batches: Iterable[pa.RecordBatch], file: Path) -> None:
    """
    Arrow batches, one at least, as a CSV for Excel that is safe to open, the names of the columns first.

    Missing values are empty, texts stand in quotes, moments are told to the second.
    """
    from pyarrow.csv import CSVWriter

    written = map(_as_safe, map(with_written_moments, batches))
    first = next(written)
    with file.open("wb") as stream:
        stream.write("\ufeff".encode())
        with CSVWriter(stream, first.schema) as writer:
            for batch in chain([first], written):
                writer.write(batch)


def with_written_moments(batch: pa.RecordBatch) -> pa.RecordBatch:
    """
    The batch with moments as texts, 2023-01-02T05:00:00Z; without Z where they are what a clock showed.
    """
    return _each(batch, _as_written)


def _as_safe(batch: pa.RecordBatch) -> pa.RecordBatch:
    return _each(batch, _as_safe_texts)


def _each(batch: pa.RecordBatch, change: Callable[[pa.Array], pa.Array]) -> pa.RecordBatch:
    import pyarrow as pa

    columns = [change(column) for column in batch.columns]
    return pa.RecordBatch.from_arrays(columns, names=batch.schema.names)


def _as_written(column: pa.Array) -> pa.Array:
    import pyarrow as pa
    from pyarrow import compute

    if not pa.types.is_timestamp(column.type):
        return column
    sign = "Z" if column.type.tz else ""
    # Without its zone, which is UTC: zones are looked up in tables that Windows lacks.
    clock = column.cast(pa.timestamp("us")).cast(pa.timestamp("s"), safe=False)
    return compute.strftime(clock, format=f"%Y-%m-%dT%H:%M:%S{sign}")


def _as_safe_texts(column: pa.Array) -> pa.Array:
    import pyarrow as pa
    from pyarrow import compute

    if not pa.types.is_string(column.type):
        return column
    runs = compute.is_in(compute.utf8_slice_codeunits(column, 0, 1), pa.array(_STARTS_FORMULA))
    if not compute.any(runs).as_py():
        return column
    return compute.if_else(runs, compute.binary_join_element_wise("'", column, ""), column)


def write_xlsx(
    sheets: Mapping[str, Iterable[Row]], file: Path, *, repeatable: bool = False
) -> None:
    """
    One XLSX with a sheet for each name; the first row of each is its heading. Texts never run. Where it is to be
    *repeatable*, the same rows give the same bytes, for the moment of writing is left out.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title[:31])
        sheet.freeze_panes = "A2"
        links = iter(range(_MOST_LINKS))
        for row in rows:
            sheet.append([_as_linked(sheet, value, links) for value in row])
    book.save(file)
    if repeatable:
        _forget_the_moment(file)


def _forget_the_moment(file: Path) -> None:
    """
    An XLSX is a ZIP: the moment stands with each part of it, and within the one on its properties.
    """
    with ZipFile(file) as written:
        parts = {name: written.read(name) for name in written.namelist()}
    with ZipFile(file, "w", ZIP_DEFLATED) as again:
        for name, content in parts.items():
            again.writestr(ZipInfo(name), _MOMENT.sub(_NO_MOMENT, content), ZIP_DEFLATED)


def _as_linked(sheet: Any, value: object, links: Iterator[int]) -> object:  # noqa: ANN401
    cell: Any = as_cell(sheet, value)
    if isinstance(value, Link) and _leads_to_the_web(value) and next(links, None) is not None:
        cell.hyperlink = str(value)
        cell.style = "Hyperlink"
    return cell


def _leads_to_the_web(link: str) -> bool:
    return link.startswith(("https://", "http://")) and len(link) <= _LONGEST_LINK


def as_cell(sheet: Any, value: object) -> object:  # noqa: ANN401  # openpyxl ships no types
    """
    A value as an XLSX cell; a text stays a text even where it begins with "=". Moments are told in UTC, a
    clock without a zone as it is.
    """
    from openpyxl.cell import WriteOnlyCell

    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, value=_CONTROL.sub("\ufffd", value)[:LONGEST_CELL])
    cell.data_type = "s"
    return cell


def read_xlsx(file: Path, *, first: int | None = None) -> list[list[str]]:
    """
    The rows of the first sheet as texts, the heading first; days and moments in ISO 8601. All of them, or
    the *first* so many.

    Raises UnreadableExport where the file is no XLSX.
    """
    with _opened(file) as book:
        return list(_texts(book.worksheets[0], first))


def read_sheets(file: Path, *, gap: int) -> dict[str, list[list[str]]]:
    """
    The rows of every sheet as texts, by the sheet's name. A sheet ends where more than *gap* rows are empty:
    some programs store a million rows that only have a border. Raises UnreadableExport where the file is no XLSX.
    """
    with _opened(file) as book:
        return {str(sheet.title): list(_until(sheet, gap)) for sheet in book.worksheets}


def _until(sheet: Any, gap: int) -> Iterator[list[str]]:  # noqa: ANN401
    empty = 0
    for row in _texts(sheet, None):
        empty = 0 if any(row) else empty + 1
        if empty > gap:
            return
        yield row


@contextmanager
def _opened(file: Path) -> Iterator[Any]:
    from openpyxl import load_workbook

    try:
        # A stream, for openpyxl refuses a spreadsheet by its name where it ends otherwise.
        with file.open("rb") as stream, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and rules that are not read here
            yield load_workbook(stream, read_only=True, data_only=True)
    except Exception as error:  # noqa: BLE001  # a damaged file may raise anything there
        raise UnreadableExport(
            where=str(file),
            found=phrase("this is not a spreadsheet that can be read ({error}).", error=error),
            remedy=phrase("Save it again as XLSX or as CSV in UTF-8."),
        ) from None


def _texts(sheet: Any, first: int | None) -> Iterator[list[str]]:  # noqa: ANN401
    sheet.reset_dimensions()
    rows = sheet.iter_rows(max_row=first, values_only=True)
    return ([_as_text(value) for value in row] for row in rows)


def other_sheets(file: Path) -> list[str]:
    """
    The names of the sheets after the first one, which alone is read.
    """
    from openpyxl import load_workbook

    with file.open("rb") as stream:  # by content: the file may bear any name
        book = load_workbook(stream, read_only=True)
        return [str(name) for name in book.sheetnames[1:]]


def _as_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (datetime, date)):
        return value.isoformat(sep=" ") if isinstance(value, datetime) else value.isoformat()
    if isinstance(value, (int, float)) and abs(value) >= _ROUNDED:
        return f"{value:.14E}"  # an id that was typed as a number: its last digits are lost
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
