"""
Reading a plain table: one heading, one record a row; CSV, XLSX, JSON or JSON lines.

What comes out is a sheet of text cells in the order of the file, read at DuckDB's own rate where it can.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import duckdb
import pyarrow as pa

from qulaq import engine
from qulaq.corpus.importers.base import NO_ROW, Broken, Cell, Nearness, Plan, Sheet, Source
from qulaq.errors import UnreadableExport
from qulaq.exports import Export
from qulaq.lang import phrase
from qulaq.sheets import read_xlsx

# Sixteen million bytes are no record but a quotation mark that was never closed. DuckDB reads in buffers of at
# least that size (left alone, in sixteen times more) and keeps several in memory.
_LONGEST_LINE = 16 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """
    One heading that a tool writes: what must be there, what is knowingly left, and the plan.

    Each of `needs` is a set of names of which one must stand in the heading. `checks` give the problem of
    a row that is no record, or whose cells contradict each other.
    """

    needs: tuple[tuple[str, ...], ...]
    plan: Plan
    ignored: tuple[str, ...] = ()
    checks: tuple[Source, ...] = ()

    @property
    def columns(self) -> set[str]:
        """
        All columns of which something is known.
        """
        checked = {name for check in self.checks for name in check.columns}
        return self.plan.columns.union(self.ignored, checked)

    def missing(self, heading: Iterable[str]) -> tuple[str, ...]:
        there = set(heading)
        return tuple(" / ".join(names) for names in self.needs if not there.intersection(names))

    def nearness(self, heading: Iterable[str]) -> Nearness:
        """
        How near a heading comes to this one.
        """
        missing = self.missing(heading)
        return Nearness(1 - len(missing) / len(self.needs), missing, len(self.needs))


def check_needs(export: Export, shape: Shape, *, key: str) -> None:
    """
    Raises UnreadableExport where the file has not the heading of the format of that key.
    """
    if missing := shape.missing(export.heading):
        raise UnreadableExport(
            where=str(export.file),
            found=phrase(
                "{key} needs a column that is not there: {missing}. The heading holds: {names}.",
                key=key,
                missing=", ".join(missing),
                names=", ".join(export.heading[:40]) or "—",
            ),
            remedy=phrase("Export with that column, or name another format with --as."),
        )


def read_table(export: Export, shape: Shape, connection: duckdb.DuckDBPyConnection) -> Sheet:
    """
    The one sheet of a file that is a plain table. Raises UnreadableExport for a heading without rows.
    """
    if export.shape == "folder":
        raise UnreadableExport(
            where=str(export.file),
            found=phrase("this is a folder of tables, which are read one by one."),
            remedy=phrase("Name the files in it, such as {folder}/*.json.", folder=export.file),
        )
    _check_needed(export, shape.plan)
    known = shape.columns
    unused = [one for one in export.heading if one and one not in known]
    # Of JSON the inner keys count, not what holds them.
    leaves = [
        one for one in unused if not any(name.startswith(f"{one}.") for name in export.heading)
    ]
    readers: dict[str, Callable[..., Sheet]] = {
        "csv": _csv_sheet,
        "jsonl": _json_lines_sheet,
        "json": _json_sheet,
        "xlsx": _xlsx_sheet,
    }
    sheet = readers[export.shape](export, shape.plan, connection)
    checks = [sql for check in shape.checks if (sql := check.sql(sheet.cell)) is not None]
    problems = ", ".join(filter(None, (sheet.problem, *checks)))
    return replace(
        sheet, unused=tuple(leaves), problem=f"coalesce({problems})" if checks else sheet.problem
    )


def _check_needed(export: Export, plan: Plan) -> None:
    """
    Raises UnreadableExport where the heading has no column for what every record needs.
    """
    for column_needed in plan.table.content:
        source = plan.values.get(column_needed.name)
        if column_needed.needed and (
            source is None or not set(source.columns) & set(export.heading)
        ):
            raise UnreadableExport(
                where=str(export.file),
                found=phrase(
                    "no column holds {column}; looked for: {names}. The heading holds: {heading}.",
                    column=column_needed.name,
                    names=", ".join(source.columns) if source else "—",
                    heading=", ".join(export.heading[:40]) or "—",
                ),
                remedy=phrase("Correct the mapping or the heading."),
            )


def no_rows(export: Export) -> UnreadableExport:
    return UnreadableExport(
        where=str(export.file),
        found=phrase("the file has a heading but no rows."),
        remedy=phrase("Export it again; a page without posts needs no file."),
    )


def _csv_sheet(export: Export, plan: Plan, connection: duckdb.DuckDBPyConnection) -> Sheet:
    names = _distinct(export.heading)
    columns = ", ".join(f"{engine.quote(name)}: 'VARCHAR'" for name in names)
    options = (
        f"header = true, delim = {engine.quote(export.separator)}, quote = '\"', escape = '\"', "
        f"auto_detect = false, columns = {{{columns}}}, encoding = 'utf-8', "
        f"compression = 'none', {_limits(export)}, store_rejects = true, rejects_limit = 0"
    )
    relation = f"SELECT * FROM read_csv({engine.quote(str(export.plain))}, {options})"
    broken = partial(_csv_broken, connection)
    return Sheet(
        plan=plan,
        relation=relation,
        cell=_by_name(names),
        problem=_no_row(names, plan),
        broken=broken,
        blank=partial(_blank_records, export),
    )


def _blank_records(export: Export) -> Iterator[int]:
    """
    The numbers of blank lines between records, which DuckDB passes over without counting.
    """
    csv.field_size_limit(_LONGEST_LINE)
    with export.plain.open(encoding="utf-8-sig", newline="") as text, suppress(csv.Error):
        for number, cells in enumerate(csv.reader(text, delimiter=export.separator), start=1):
            if not cells:
                yield number


def _blank_lines(export: Export) -> Iterator[int]:
    with export.plain.open(encoding="utf-8-sig") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                yield number


def _limits(export: Export) -> str:
    longest = min(max(export.plain.stat().st_size, 1 << 21), _LONGEST_LINE)
    return f"max_line_size = {longest}, buffer_size = {longest}"


def _csv_broken(connection: duckdb.DuckDBPyConnection) -> list[Broken]:
    rejected = connection.sql(
        "SELECT line, any_value(error_type), any_value(error_message) FROM reject_errors GROUP BY line ORDER BY line"
    ).fetchall()
    cells = {"MISSING COLUMNS", "TOO MANY COLUMNS"}
    return [
        Broken(
            line=line,
            problem="cells" if str(kind) in cells else "broken",
            found=str(message).splitlines()[0][:80],
        )
        for line, kind, message in rejected
    ]


def _json_lines_sheet(export: Export, plan: Plan, _: duckdb.DuckDBPyConnection) -> Sheet:
    # Read as a table of one column: DuckDB's reader of JSON lines does not keep their order.
    lines = (
        f"read_csv({engine.quote(str(export.plain))}, columns = {{line: 'VARCHAR'}}, header = false, "
        f"auto_detect = false, delim = '\x1f', quote = '', escape = '', strict_mode = false, "
        f"encoding = 'utf-8', compression = 'none', {_limits(export)})"
    )
    record = (
        "CASE WHEN json_valid(line) THEN CASE WHEN json_type(line) = 'OBJECT' THEN line END END"
    )
    relation = f"SELECT {record} AS record FROM {lines} WHERE regexp_matches(line, '\\S')"
    problem = "CASE WHEN record IS NULL THEN 'json_broken' END"
    return Sheet(
        plan=plan,
        relation=relation,
        cell=_by_path(export.heading),
        problem=problem,
        blank=partial(_blank_lines, export),
        first_line=1,
    )


def _json_sheet(export: Export, plan: Plan, connection: duckdb.DuckDBPyConnection) -> Sheet:
    document = export.document
    records = document if isinstance(document, list) else [document]
    flat = [_texts(record) if isinstance(record, dict) else {} for record in records]
    if not any(flat):
        raise no_rows(export)
    names = _distinct(tuple(dict.fromkeys(name for record in flat for name in record)))
    return _sheet_of_rows(
        [[record.get(name) for name in names] for record in flat], names, plan, connection, 1
    )


def _xlsx_sheet(export: Export, plan: Plan, connection: duckdb.DuckDBPyConnection) -> Sheet:
    rows = read_xlsx(export.plain)
    heading = tuple(cell.strip() for cell in rows[0]) if rows else ()
    width = len(heading)
    texts = [[cell or None for cell in (*row, *[""] * width)][:width] for row in rows[1:]]
    while texts and not any(texts[-1]):  # a spreadsheet keeps rows that were emptied
        texts.pop()
    return _sheet_of_rows(texts, _distinct(heading), plan, connection, 2)


def _sheet_of_rows(
    rows: list[list[str | None]],
    names: tuple[str, ...],
    plan: Plan,
    connection: duckdb.DuckDBPyConnection,
    first_line: int,
) -> Sheet:
    arrays = [pa.array([row[i] for row in rows], pa.string()) for i in range(len(names))]
    view = f"sheet_{plan.table.name}"
    connection.register(view, pa.Table.from_arrays(arrays, names=list(names)))
    return Sheet(
        plan=plan,
        relation=f"SELECT * FROM {view}",
        cell=_by_name(names),
        problem=_no_row(names, plan),
        first_line=first_line,
    )


def _no_row(names: tuple[str, ...], plan: Plan) -> str | None:
    """
    The SQL that marks rows of empty cells; all cells are looked at only where a needed one is empty.
    """
    needed = next(column.name for column in plan.table.content if column.needed)
    cell = plan.values[needed].sql(_by_name(names))
    if cell is None:
        return None
    everything = f"concat_ws('', {', '.join(map(engine.name, names))})"
    # One condition inside the other, the dear ones last: an AND would look at everything of some rows.
    empty = f"CASE WHEN trim({everything}, ' \t\u00a0') = '' THEN '{NO_ROW}' END"
    empty = f"CASE WHEN coalesce(trim({cell}), '') = '' THEN {empty} END"
    return f"CASE WHEN coalesce({cell}, '') < '!' THEN {empty} END"


def _by_name(names: tuple[str, ...]) -> Cell:
    there = set(names)
    return lambda wanted: engine.name(wanted) if wanted in there else None


def _by_path(names: tuple[str, ...]) -> Cell:
    there = set(names)

    def cell(wanted: str) -> str | None:
        if wanted not in there:
            return None
        steps = "".join(f'."{step}"' for step in wanted.replace('"', "").split("."))
        return f"json_extract_string(record, {engine.quote('$' + steps)})"

    return cell


def _distinct(names: tuple[str, ...]) -> tuple[str, ...]:
    """
    Names that a table can bear: a second "likes" becomes "likes_2", an empty one "column_3".
    """
    seen: set[str] = set()
    result: list[str] = []
    for place, name in enumerate(names, start=1):
        wanted = name or f"column_{place}"
        while wanted.lower() in seen:
            wanted = f"{wanted}_{place}"
        seen.add(wanted.lower())
        result.append(wanted)
    return tuple(result)


def _texts(record: dict[str, Any], before: str = "") -> dict[str, str]:
    """
    A JSON record as flat texts, inner keys with dots; null and lists of records are left out.
    """
    texts: dict[str, str] = {}
    for key, value in record.items():
        name = f"{before}{key}"
        if isinstance(value, dict):
            texts.update(_texts(value, f"{name}."))
        elif isinstance(value, bool):
            texts[name] = "true" if value else "false"
        elif value is not None and not isinstance(value, list):
            texts[name] = str(value)
    return texts
