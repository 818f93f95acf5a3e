"""First step of intake: a sheet of text cells becomes typed rows, authors hashed, in one DuckDB plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from qulaq.corpus import cells
from qulaq.corpus.cells import Typed
from qulaq.corpus.ids import Pseudonyms, reference_sql
from qulaq.corpus.importers.base import Broken, Plan, Sheet
from qulaq.corpus.issues import SEPARATOR
from qulaq.corpus.schema import Column
from qulaq.engine import name, quote

_SQL_TYPES = {
    "text": "VARCHAR", "moment": "TIMESTAMPTZ", "count": "BIGINT", "truth": "BOOLEAN",
    "person": "VARCHAR", "people": "VARCHAR[]",
}  # fmt: skip
PAGE_REFERENCES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Staged:
    """
    A sheet's typed rows as a Parquet file, in the order of the sheet, and the lines that were no rows.
    """

    sheet: Sheet
    file: Path
    broken: tuple[Broken, ...]

    def line(self, row: int) -> int:
        """
        The line of the export on which a staged row (from 0) stood.
        """
        line = row + self.sheet.first_line
        for broken in self.broken:
            if broken.line > line:
                break
            line += 1
        return line


def stage(
    sheet: Sheet, file: Path, *, connection: duckdb.DuckDBPyConnection, pseudonyms: Pseudonyms
) -> Staged:
    """
    Write a sheet's rows into *file*: the canonical columns, `local_*` for clock readings that wait for
    the page's zone, `reference_*` to the page, `captured`, `problem`.
    """
    columns = _compile(sheet, pseudonyms)
    selected = ", ".join(f"{sql} AS {name(column)}" for column, sql in columns)
    connection.execute(
        f"COPY (SELECT {selected} FROM ({sheet.relation})) TO {quote(str(file))} (FORMAT parquet)"
    )
    return Staged(sheet=sheet, file=file, broken=tuple(sheet.broken()))


def _compile(sheet: Sheet, pseudonyms: Pseudonyms) -> Iterable[tuple[str, str]]:
    plan = sheet.plan
    problems: list[str] = []
    if sheet.problem:
        problems.append(f"{sheet.problem} || {quote(SEPARATOR + SEPARATOR)}")
    for column in plan.table.content:
        typed = _typed(column, sheet, pseudonyms)
        yield column.name, typed.value
        if column.kind == "moment":
            yield f"local_{column.name}", typed.local or "CAST(NULL AS TIMESTAMP)"
        if typed.problem:
            problems.append(typed.problem)
        if column.needed:
            problems.append(cells.needed(typed, column.name))
    captured = _captured(plan, sheet)
    yield "captured", captured.value
    yield "local_captured", captured.local or "CAST(NULL AS TIMESTAMP)"
    if captured.problem:
        problems.append(captured.problem)
    yield from _references(plan, sheet)
    yield "problem", cells.first_problem(problems)


def _typed(column: Column, sheet: Sheet, pseudonyms: Pseudonyms) -> Typed:
    source = sheet.plan.values.get(column.name)
    cell = source.sql(sheet.cell) if source else None
    habits = sheet.plan.habits
    if column.kind == "people":
        return _mentions(cell, sheet, pseudonyms)
    if cell is None:
        return Typed(f"CAST(NULL AS {_SQL_TYPES[column.kind]})")
    if column.kind == "person":
        return Typed(pseudonyms.sql(cells.present(cell, habits)))
    if column.kind == "moment":
        return cells.moment(cell, habits, column.name)
    if column.kind == "count":
        return cells.count(cell, habits, column.name)
    if column.kind == "truth":
        return cells.truth(cell, habits, column.name)
    if column.name.endswith("_id"):
        return cells.identifier(cell, habits, column.name)
    return cells.text(cell, habits)


def _mentions(cell: str | None, sheet: Sheet, pseudonyms: Pseudonyms) -> Typed:
    """
    Who is mentioned: told by a column of handles, else every @handle of the text.
    """
    text = sheet.plan.values.get("text")
    source = cell or (text.sql(sheet.cell) if text else None)
    return Typed(pseudonyms.mentions_sql(source) if source else "CAST(NULL AS VARCHAR[])")


def _captured(plan: Plan, sheet: Sheet) -> Typed:
    cell = plan.captured.sql(sheet.cell) if plan.captured else None
    if cell is None:
        return Typed("CAST(NULL AS TIMESTAMPTZ)")
    return cells.moment(cell, plan.habits, "captured_at")


def _references(plan: Plan, sheet: Sheet) -> Iterable[tuple[str, str]]:
    found = [sql for source in plan.pages if (sql := source.sql(sheet.cell)) is not None]
    for number in range(PAGE_REFERENCES):
        sql = (
            reference_sql(cells.present(found[number], plan.habits))
            if number < len(found)
            else "CAST(NULL AS VARCHAR)"
        )
        yield f"reference_{number}", sql

