"""First step of intake: a sheet of text cells becomes typed rows, authors hashed, in one DuckDB plan."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import duckdb

from qulaq.corpus import cells
from qulaq.corpus.cells import Typed
from qulaq.corpus.ids import Pseudonyms, reference_sql
from qulaq.corpus.importers.base import Broken, Plan, Sheet
from qulaq.corpus.issues import SEPARATOR
from qulaq.corpus.schema import Column
from qulaq.engine import name, quote
from qulaq.lang import Text

PAGE_REFERENCES = 3

# When a row itself says at which moment it was captured.
CAPTURED = Column(name="captured", kind="moment", title=Text.same("captured"))


@dataclass(frozen=True, kw_only=True)
class Staged:
    """
    A sheet's typed rows as a Parquet file, in the order of the sheet, and the lines that were no rows.
    """

    sheet: Sheet
    file: Path
    broken: tuple[Broken, ...]

    def line(self, row: int) -> int:
        """
        The line of the export on which a staged row (from 0) stood, as a spreadsheet numbers it.
        """
        return row + self.sheet.first_line + bisect_right(self._rows_before_gaps, row)

    @cached_property
    def _rows_before_gaps(self) -> list[int]:
        """
        For each line that gave no row, blank or broken, how many rows came before it.
        """
        gaps = sorted({broken.line for broken in self.broken}.union(self.sheet.blank()))
        return [line - self.sheet.first_line - number for number, line in enumerate(gaps)]


def stage(
    sheet: Sheet, file: Path, *, connection: duckdb.DuckDBPyConnection, pseudonyms: Pseudonyms
) -> Staged:
    """
    Write a sheet's rows into *file*: the canonical columns, `local_*` for clock readings that wait for
    the page's zone, `reference_*` to the page, `captured`, `problem`.
    """
    layers = _compile(sheet, pseudonyms)
    relation = sheet.relation
    for layer in layers.inner:
        relation = f"SELECT *, {_select(layer)} FROM ({relation})" if layer else relation
    connection.execute(
        f"COPY (SELECT {_select(layers.outer)} FROM ({relation})) TO {quote(str(file))} (FORMAT parquet)"
    )
    return Staged(sheet=sheet, file=file, broken=tuple(sheet.broken()))


def _select(columns: Mapping[str, str]) -> str:
    return ", ".join(f"{sql} AS {name(column)}" for column, sql in columns.items())


@dataclass(frozen=True, slots=True)
class _Layers:
    """
    Columns computed one upon the other: trimmed texts, steps of the rules, then the typed columns.
    """

    inner: tuple[dict[str, str], dict[str, str]]
    outer: dict[str, str]


def _compile(sheet: Sheet, pseudonyms: Pseudonyms) -> _Layers:
    texts, steps, typed = dict[str, str](), dict[str, str](), dict[str, str]()
    problems = [f"{sheet.problem} || {quote(SEPARATOR + SEPARATOR)}"] if sheet.problem else []
    columns = (*sheet.plan.table.content, CAPTURED)
    for column in columns:
        cell = _cell(column, sheet)
        text = name(cells.step("text", column.name))
        texts[cells.step("text", column.name)] = (
            cells.present(cell, sheet.plan.habits) if cell else "CAST(NULL AS VARCHAR)"
        )
        value = _typed(column, text, sheet, pseudonyms)
        steps.update(value.steps)
        typed[column.name] = value.value
        if column.kind == "moment":
            typed[f"local_{column.name}"] = value.local or "CAST(NULL AS TIMESTAMP)"
        problems += [value.problem] if value.problem else []
        problems += [cells.needed(text, column.name)] if column.needed else []
    typed.update(_references(sheet.plan, sheet))
    wall = sheet.plan.wall.sql(sheet.cell) if sheet.plan.wall else None
    typed["wall"] = reference_sql(wall) if wall else "CAST(NULL AS VARCHAR)"
    typed["problem"] = cells.first_problem(problems)
    return _Layers((texts, steps), typed)


def _cell(column: Column, sheet: Sheet) -> str | None:
    plan = sheet.plan
    if column is CAPTURED:
        source = plan.captured
    elif column.kind == "people":  # told by a column of handles, else every @handle of the text
        source = plan.values.get(column.name, plan.values.get("text"))
    else:
        source = plan.values.get(column.name)
    return source.sql(sheet.cell) if source else None


def _typed(column: Column, text: str, sheet: Sheet, pseudonyms: Pseudonyms) -> Typed:
    rules: dict[str, Callable[[], Typed]] = {
        "person": lambda: Typed(pseudonyms.sql(text)),
        "people": lambda: Typed(pseudonyms.mentions_sql(text)),
        "moment": lambda: cells.moment(text, column.name, sheet.plan.habits),
        "count": lambda: cells.count(text, column.name),
        "truth": lambda: cells.truth(text, column.name),
        "text": lambda: (
            cells.identifier(text, column.name) if column.name.endswith("_id") else Typed(text)
        ),
    }
    return rules[column.kind]()


def _references(plan: Plan, sheet: Sheet) -> Iterable[tuple[str, str]]:
    found = [sql for source in plan.pages if (sql := source.sql(sheet.cell)) is not None]
    for number in range(PAGE_REFERENCES):
        sql = (
            reference_sql(cells.present(found[number], plan.habits))
            if number < len(found)
            else "CAST(NULL AS VARCHAR)"
        )
        yield f"reference_{number}", sql
