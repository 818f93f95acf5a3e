"""A sheet of text cells compiled to SQL: layers of columns, from raw cells up to the canonical ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import zip_longest

import duckdb

from qulaq.corpus import cells
from qulaq.corpus.cells import Layer, Typed, step
from qulaq.corpus.erasure import StopList
from qulaq.corpus.ids import Pseudonyms
from qulaq.corpus.importers.base import NO_ROW, Sheet
from qulaq.corpus.issues import NO_RECORD, SEPARATOR
from qulaq.corpus.moments import find_writing, moment
from qulaq.corpus.placing import PROBLEM, ZONE, Places
from qulaq.corpus.schema import Column, Table
from qulaq.engine import among, arrow, name, quote
from qulaq.lang import Text

# When a row itself says at which moment it was captured.
CAPTURED = Column(name="captured", kind="moment", title=Text.same("captured"))

_SHEET_PROBLEM = step("problem", "sheet")
_SAMPLE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """
    What rows are judged by besides their cells: who they may belong to, who must not come back, and the
    moment of the import. `captured` is the moment of the export, where the person told it.
    """

    places: Places
    pseudonyms: Pseudonyms
    stops: StopList
    latest: datetime | None
    captured: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Layers:
    """
    The rows of a sheet: canonical columns, `captured`, `page_id`, and what may be wrong.

    `wrong` is asked of every row and cheap; `problem` is the reason, first that of the page.
    """

    base: Layer
    upper: tuple[Layer, ...]
    replaced: str
    wrong: str
    problem: str
    is_row: str
    page: str

    def over(self, relation: str, *, numbered: bool = False) -> str:
        """
        The query of all rows; *numbered* by `row`, their place in the sheet from 0.
        """
        row = ", row_number() OVER () - 1 AS row" if numbered else ""
        rows = f"SELECT {_select(self.base)}{row} FROM ({relation})"
        for layer in self.upper:
            rows = f"SELECT *, {_select(layer)} FROM ({rows})"
        return f"SELECT * REPLACE ({self.replaced}) FROM ({rows})" if self.replaced else rows


def compile_sheet(sheet: Sheet, rules: Rules, connection: duckdb.DuckDBPyConnection) -> Layers:
    """
    The first cells of the sheet are read to see how its moments are written.
    """
    plan, raw = sheet.plan, _Cells()
    columns = (*plan.table.content, CAPTURED)
    used = {one.name: raw.add(_source(one, sheet, rules), one.name) for one in columns}
    pages = [raw.add(sql, f"page {n}") for n, sql in enumerate(_page_sources(sheet))]
    wall = plan.wall.sql(sheet.cell) if plan.wall else None
    wall = raw.add(wall, "wall") if wall else None
    raw.columns[_SHEET_PROBLEM] = sheet.problem or "CAST(NULL AS VARCHAR)"
    sample = _Sample(sheet, raw, connection)
    typed = {one: _typed(one, used[one.name], sheet, rules, sample) for one in columns}
    stacks = [value.layers for value in typed.values()]
    called = sample.of(*pages)
    known, plain = rules.places.know(called), rules.places.hold(called)
    stacks.append(tuple(rules.places.layers(pages, wall, plan.habits, known=known, plain=plain)))
    upper = [_merged(level) for level in zip_longest(*stacks, fillvalue={})]
    upper.append({one.name: _in_utc(value) for one, value in typed.items()})
    faults = list(_faults(plan.table, typed, rules))
    erasing = plan.table.name == "comments" and rules.stops.hashes
    return Layers(
        base=raw.columns,
        upper=tuple(upper),
        replaced=rules.stops.without(rules.pseudonyms) if erasing else "",
        wrong=" OR ".join(f"({wrong})" for wrong, _ in faults),
        problem=cells.first_problem(problem for _, problem in faults),
        is_row=f"{name(_SHEET_PROBLEM)} IS DISTINCT FROM '{NO_ROW}'",
        page=f"CASE WHEN {name(PROBLEM)} IS NULL THEN page_id END",
    )


class _Cells:
    """
    The raw cells that a plan reads, each once.
    """

    def __init__(self) -> None:
        self.columns: dict[str, str] = {}
        self._known: dict[str, str] = {}

    def add(self, sql: str | None, of: str) -> str:
        """
        The name of the column that holds a cell; one of nulls where the file has none.
        """
        sql = sql or "CAST(NULL AS VARCHAR)"
        if sql not in self._known:
            self._known[sql] = step("cell", of)
            self.columns[self._known[sql]] = sql
        return self._known[sql]


def _source(column: Column, sheet: Sheet, rules: Rules) -> str | None:
    sql = _cell_source(column, sheet)
    if column.name != "captured_at" or rules.captured is None:
        return sql
    # Counts of a page that carry no moment of their own were taken when the file was exported.
    told = quote(rules.captured.isoformat())
    return f"coalesce(nullif(trim({sql}), ''), {told})" if sql else told


def _cell_source(column: Column, sheet: Sheet) -> str | None:
    plan = sheet.plan
    if column is CAPTURED:
        source = plan.captured
    elif column.kind == "people":  # told by a column of handles, else every @handle of the text
        source = plan.values.get(column.name, plan.values.get("text"))
    else:
        source = plan.values.get(column.name)
    return source.sql(sheet.cell) if source else None


def _page_sources(sheet: Sheet) -> Iterator[str]:
    for source in sheet.plan.pages:
        if (sql := source.sql(sheet.cell)) is not None:
            yield sql


class _Sample:
    """
    The first rows of a sheet, to see how it is written.
    """

    def __init__(self, sheet: Sheet, raw: _Cells, connection: duckdb.DuckDBPyConnection) -> None:
        query = f"SELECT {_select(raw.columns)} FROM (FROM ({sheet.relation}) LIMIT {_SAMPLE})"
        self._rows = arrow(connection, query)

    def of(self, *cells: str) -> list[str]:
        """
        What stands in these columns, where something does.
        """
        return [text for cell in cells for text in self._rows[cell].to_pylist() if text]


def _typed(column: Column, cell: str, sheet: Sheet, rules: Rules, sample: _Sample) -> Typed:
    habits = sheet.plan.habits
    kinds: dict[str, Callable[[], Typed]] = {
        "person": lambda: cells.text(cell, habits, rules.pseudonyms.sql_of_trimmed),
        "people": lambda: cells.text(cell, habits, rules.pseudonyms.mentions_sql),
        "moment": lambda: moment(cell, column.name, habits, find_writing(sample.of(cell), habits)),
        "count": lambda: cells.count(cell, column.name, habits),
        "truth": lambda: cells.truth(cell, column.name, habits),
        "text": lambda: (
            cells.identifier(cell, column.name, habits)
            if column.name.endswith("_id")
            else cells.text(cell, habits)
        ),
    }
    return kinds[column.kind]()


def _merged(level: Iterable[Layer]) -> Layer:
    return {column: sql for layer in level for column, sql in layer.items()}


def _in_utc(value: Typed) -> str:
    """
    Clock readings become moments by the zone of the page's body.
    """
    return (
        f"coalesce({value.value}, timezone({name(ZONE)}, {value.local}))"
        if value.local
        else value.value
    )


def _faults(table: Table, typed: Mapping[Column, Typed], rules: Rules) -> Iterator[tuple[str, str]]:
    """
    What may be wrong with a row and the problem to be told, in the order in which one is chosen.
    """
    whole = f"{name(_SHEET_PROBLEM)} || {quote(SEPARATOR + SEPARATOR)}"
    # A sheet may tell what it found besides.
    whole = f"CASE WHEN contains({name(_SHEET_PROBLEM)}, {quote(SEPARATOR)}) THEN {name(_SHEET_PROBLEM)} ELSE {whole} END"
    # What is no record at all, or a comment of nobody knows what, names no page either: that is not what is
    # wrong with it.
    code = f"split_part({name(_SHEET_PROBLEM)}, {quote(SEPARATOR)}, 1)"
    nameless = f"starts_with({name(PROBLEM)}, 'page_unnamed')"
    first = f"{name(_SHEET_PROBLEM)} IS NOT NULL AND ({among(code, NO_RECORD)} OR {nameless})"
    yield first, f"CASE WHEN {first} THEN {whole} END"
    yield f"{name(PROBLEM)} IS NOT NULL", name(PROBLEM)
    yield f"{name(_SHEET_PROBLEM)} IS NOT NULL", whole
    for column, value in typed.items():
        if value.wrong and value.problem:
            yield value.wrong, f"CASE WHEN {value.wrong} THEN {value.problem} END"
        if column.needed:
            code = "captured_missing" if column.name == "captured_at" else "missing"
            yield value.absent, cells.missing(value, column.name, code)
    if rules.latest:
        yield _later_than(table, rules.latest)
    if table.name == "comments" and rules.stops.hashes:
        yield _erased(rules)


def _later_than(table: Table, latest: datetime) -> tuple[str, str]:
    """
    A record cannot be younger than its import; a typing error of the year would claim days to come.
    """
    moment = next(column.name for column in table.content if column.kind == "moment")
    limit = quote((latest + timedelta(days=1)).isoformat())
    code = quote(f"moment_future{SEPARATOR}{moment}{SEPARATOR}")
    late = f"{moment} > CAST({limit} AS TIMESTAMPTZ)"
    return late, f"CASE WHEN {late} THEN {code} || left(CAST({moment} AS VARCHAR), 16) END"


def _erased(rules: Rules) -> tuple[str, str]:
    hashes = ("author", "author_handle", rules.pseudonyms.sql("comment_id"))
    stopped = " OR ".join(rules.stops.holds(one) for one in hashes)
    return stopped, f"CASE WHEN {stopped} THEN {quote('erased' + SEPARATOR + SEPARATOR)} END"


def _select(columns: Layer) -> str:
    return ", ".join(f"{sql} AS {name(column)}" for column, sql in columns.items())
