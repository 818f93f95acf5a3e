"""The rows of a table that somebody exported or typed, CSV or XLSX, as texts with their numbers."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from qulaq.errors import UnreadableExport
from qulaq.exports import Export, open_export
from qulaq.lang import Sayable, phrase
from qulaq.sheets import read_xlsx

_LONGEST_CELL = 16 << 20


@dataclass(frozen=True, slots=True)
class Line:
    """
    One row: its number as a spreadsheet counts, the heading being 1, and its cells, one for each heading. Blanks
    around a cell are gone, and one that is empty or that the row lacks is "".
    """

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """
    The first sheet of a file. Rows without a word in them are left out, their numbers are not.
    """

    file: Path
    heading: tuple[str, ...]
    lines: tuple[Line, ...]

    def find(self, column: str) -> int | None:
        """
        The place of a column; capitals and blanks do not count.
        """
        named = [name.casefold() for name in self.heading]
        return named.index(column.casefold()) if column.casefold() in named else None

    def refusal(
        self, found: Sayable, remedy: Sayable, *, line: Line | None = None, column: str = ""
    ) -> UnreadableExport:
        """
        The error that tells of this table, of a row or a cell of it.
        """
        where: Sayable = str(self.file)
        if line is not None and column:
            where = phrase(
                "{file}, row {row}, column {column}",
                file=self.file,
                row=line.number,
                column=column,
            )
        elif line is not None:
            where = phrase("{file}, row {row}", file=self.file, row=line.number)
        return UnreadableExport(where=where, found=found, remedy=remedy)


def read_table(file: Path) -> Table:
    """
    Read a CSV in any known encoding and with any usual separator, or an XLSX.

    Raises UnreadableExport for anything else, and where a row has more cells than the heading names.
    """
    with tempfile.TemporaryDirectory() as aside:
        export = open_export(file, Path(aside))
        if export.shape not in {"csv", "xlsx"}:
            raise UnreadableExport(
                where=str(file),
                found=phrase("this is no table."),
                remedy=phrase("Give a CSV or an XLSX."),
            )
        rows = _rows(export)
        heading = next(rows, (1, []))[1]
        while heading and not heading[-1].strip():
            heading.pop()
        table = Table(file, tuple(cell.strip() for cell in heading), ())
        lines = tuple(_line(table, number, row) for number, row in rows if any(map(str.strip, row)))
        return Table(file, table.heading, lines)


def _rows(export: Export) -> Iterator[tuple[int, list[str]]]:
    if export.shape == "xlsx":
        yield from enumerate(read_xlsx(export.plain), start=1)
        return
    csv.field_size_limit(_LONGEST_CELL)
    with export.plain.open(encoding="utf-8-sig", newline="") as text:
        try:
            yield from enumerate(csv.reader(text, delimiter=export.separator), start=1)
        except csv.Error as error:
            raise UnreadableExport(
                where=str(export.file),
                found=phrase("the file cannot be read ({error}).", error=error),
                remedy=phrase("Export it again, or save it as CSV in UTF-8."),
            ) from None


def _line(table: Table, number: int, cells: Sequence[str]) -> Line:
    n = len(table.heading)
    line = Line(number, tuple(cell.strip() for cell in (*cells[:n], *[""] * (n - len(cells)))))
    if any(map(str.strip, cells[n:])):
        raise table.refusal(
            phrase("{n} cells below {named} headings.", n=len(cells), named=n),
            phrase("Put cells that hold the separator in quotation marks, and name every column."),
            line=line,
        )
    return line
