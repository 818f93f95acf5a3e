"""A result on stdout: a table to read, JSON, CSV or XLSX."""

from __future__ import annotations

import io
import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qulaq.cli.speech import said, tell
from qulaq.errors import Misused
from qulaq.lang import phrase, phrases

if TYPE_CHECKING:
    from rich.table import Table

AsJson = Annotated[bool, typer.Option("--json", help=said("Print JSON."))]
AsCsv = Annotated[bool, typer.Option("--csv", help=said("Print CSV."))]
AsParquet = Annotated[bool, typer.Option("--parquet", help=said("Give a Parquet file."))]
AsXlsx = Annotated[bool, typer.Option("--xlsx", help=said("Give a spreadsheet (XLSX)."))]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", help=said("Write to this file instead of the screen.")),
]

_WIDE = 200  # columns where the output is no terminal and nobody's eyes set the width


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """
    In which form a result is wanted, and where.
    """

    json: bool = False
    csv: bool = False
    xlsx: bool = False
    parquet: bool = False
    sav: bool = False
    output: Path | None = None

    @property
    def name(self) -> str:
        """
        Of the file that is wanted; empty where a table is to be read.
        """
        return next(iter(self._given), "")

    @property
    def _given(self) -> list[str]:
        return [one for one in ("json", "csv", "xlsx", "parquet", "sav") if getattr(self, one)]

    @property
    def is_binary(self) -> bool:
        """
        Whether nobody can read the file on a screen.
        """
        return self.xlsx or self.parquet or self.sav

    def __post_init__(self) -> None:
        if len(self._given) > 1:
            raise Misused(
                found=phrase(
                    "only one of {options} can be given.",
                    options=", ".join(f"--{one}" for one in self._given),
                ),
                remedy=phrase("Choose one."),
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """
    One table of a result; the title tells it from the others.
    """

    title: str
    heading: Sequence[str]
    rows: Sequence[Sequence[object]]

    @property
    def lines(self) -> list[Sequence[object]]:
        return [self.heading, *self.rows]


def show(
    form: Form, *, heading: Sequence[str], rows: Sequence[Sequence[object]], data: object
) -> None:
    """
    Print a result: *rows* under *heading* to read or as a sheet, *data* as JSON.
    """
    show_sheets(form, [Sheet(title="qulaq", heading=heading, rows=rows)], data=data)


def show_sheets(form: Form, sheets: Sequence[Sheet], *, data: object) -> None:
    """
    Print a result of several tables; a CSV file holds only one.
    """
    if form.json:
        _put(form, json.dumps(data, ensure_ascii=False, indent=2) + "\n")
    elif form.csv:
        (only,) = sheets
        _show_csv(form, only.lines)
    elif form.xlsx:
        _show_xlsx(form, {sheet.title: sheet.lines for sheet in sheets})
    else:
        _show_tables(form, sheets)


def _put(form: Form, text: str) -> None:
    if form.output:
        form.output.write_text(text, encoding="utf-8", newline="\n")
        tell(phrase("written: {file}", file=form.output))
    else:
        sys.stdout.write(text)


def _show_csv(form: Form, rows: Sequence[Sequence[object]]) -> None:
    from qulaq.sheets import write_csv, write_csv_file

    if form.output:
        write_csv_file(rows, form.output)
        tell(phrase("written: {file}", file=form.output))
        return
    text = io.StringIO()
    write_csv(rows, text)
    sys.stdout.write("\ufeff" + text.getvalue())


def _show_xlsx(form: Form, sheets: Mapping[str, Sequence[Sequence[object]]]) -> None:
    from qulaq.sheets import write_xlsx

    refuse_screen(form)
    deliver(form, lambda file: write_xlsx(sheets, file))


def refuse_screen(form: Form) -> None:
    """
    Raises Misused where a file that nobody can read would be shown on the screen.
    """
    if form.output or not sys.stdout.isatty() or not form.is_binary:
        return
    found = {
        "xlsx": phrase("a spreadsheet cannot be shown on the screen."),
        "parquet": phrase("a Parquet file cannot be shown on the screen."),
        "sav": phrase("a file for SPSS cannot be shown on the screen."),
    }
    raise Misused(
        found=found[form.name],
        remedy=phrase("Give --output FILE, or redirect the output into a file."),
    )


def deliver(form: Form, write: Callable[[Path], None]) -> None:
    """
    Let *write* make a file, and put it in its place when it is whole; on stdout where no place is named.
    """
    if form.output is None:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "result"
            write(file)
            _print_file(form, file)
        return
    # What is no file, such as a pipe, has nothing to lose.
    plain = form.output.is_file() or not form.output.exists()
    unfinished = form.output.with_name(f"{form.output.name}.part") if plain else form.output
    try:
        write(unfinished)
        if plain:
            unfinished.replace(form.output)
    finally:
        if plain:
            unfinished.unlink(missing_ok=True)
    tell(phrase("written: {file}", file=form.output))


def _print_file(form: Form, file: Path) -> None:
    if form.is_binary:
        with file.open("rb") as stream:
            shutil.copyfileobj(stream, sys.stdout.buffer)
        return
    with file.open(encoding="utf-8", newline="") as text:
        shutil.copyfileobj(text, sys.stdout)


MOST_PAGES = 50
"""The pages of which a table to be read tells; files tell of all."""


_MOST_NAMES = 12


def listed_names(names: Sequence[str]) -> str:
    """
    The names; of many the first, and how many there are besides.
    """
    if len(names) <= _MOST_NAMES:
        return ", ".join(names)
    few, n = ", ".join(names[:_MOST_NAMES]), len(names) - _MOST_NAMES
    return said("{names} and {n} more", names=few, n=n)


def tell_more(n: int, *, options: str = "--csv, --xlsx, --json") -> None:
    """
    Say of how many pages a table does not tell, and with which options all are told of.
    """
    if n > 0:
        tell(
            phrases(
                "and {n} more page; for all of them: {options}",
                "and {n} more pages; for all of them: {options}",
                n=n,
                options=options,
            )
        )


def _show_tables(form: Form, sheets: Sequence[Sheet]) -> None:
    from rich.console import Console
    from rich.markup import escape

    text = io.StringIO()
    on_terminal = sys.stdout.isatty() and form.output is None
    console = Console(emoji=False) if on_terminal else Console(file=text, width=_WIDE, emoji=False)
    for i, sheet in enumerate(sheets):
        if len(sheets) > 1:
            console.print(("\n" if i else "") + f"[bold]{escape(sheet.title)}[/]\n")
        console.print(_as_table(sheet))
    if not on_terminal:
        _put(form, "\n".join(line.rstrip() for line in text.getvalue().splitlines()) + "\n")


def _as_table(sheet: Sheet) -> Table:
    from rich.markup import escape
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for i, name in enumerate(sheet.heading):
        numeric = any(isinstance(row[i], (int, float)) for row in sheet.rows)
        table.add_column(name, justify="right" if numeric else "left", overflow="fold")
    for row in sheet.rows:
        table.add_row(*(escape("—" if cell is None else str(cell)) for cell in row))
    return table
