"""A result on stdout: a table to read, JSON, CSV or XLSX."""

from __future__ import annotations

import io
import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from qulaq.cli.speech import said, tell
from qulaq.errors import Misused
from qulaq.lang import phrase

AsJson = Annotated[bool, typer.Option("--json", help=said("Print JSON."))]
AsCsv = Annotated[bool, typer.Option("--csv", help=said("Print CSV."))]
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
    output: Path | None = None

    def __post_init__(self) -> None:
        if self.json + self.csv + self.xlsx > 1:
            raise Misused(
                found=phrase("only one of --json, --csv and --xlsx can be given."),
                remedy=phrase("Choose one."),
            )


def show(
    form: Form, *, heading: Sequence[str], rows: Sequence[Sequence[object]], data: object
) -> None:
    """
    Print a result: *rows* under *heading* to read or as a sheet, *data* as JSON.
    """
    if form.json:
        _put(form, json.dumps(data, ensure_ascii=False, indent=2) + "\n")
    elif form.csv:
        _show_csv(form, [heading, *rows])
    elif form.xlsx:
        _show_xlsx(form, [heading, *rows])
    else:
        _show_table(form, heading, rows)


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


def _show_xlsx(form: Form, rows: Sequence[Sequence[object]]) -> None:
    from qulaq.sheets import write_xlsx

    if form.output:
        write_xlsx({"qulaq": rows}, form.output)
        tell(phrase("written: {file}", file=form.output))
        return
    if sys.stdout.isatty():
        raise Misused(
            found=phrase("a spreadsheet cannot be shown on the screen."),
            remedy=phrase("Give --output FILE, or redirect the output into a file."),
        )
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "sheet.xlsx"
        write_xlsx({"qulaq": rows}, file)
        sys.stdout.buffer.write(file.read_bytes())


def _show_table(form: Form, heading: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    text = io.StringIO()
    on_terminal = sys.stdout.isatty() and form.output is None
    console = Console(emoji=False) if on_terminal else Console(file=text, width=_WIDE, emoji=False)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for i, name in enumerate(heading):
        numeric = any(isinstance(row[i], (int, float)) for row in rows)
        table.add_column(name, justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        table.add_row(*(escape("—" if cell is None else str(cell)) for cell in row))
    console.print(table)
    if not on_terminal:
        _put(form, "\n".join(line.rstrip() for line in text.getvalue().splitlines()) + "\n")
