"""
A format that is a plain table: columns to fields, as TOML, compiled to one DuckDB plan.

`mappings/*.toml` show the form; `docs/how-to/any-table.md` explains it for one's own tables.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from importlib import resources
from typing import Any
from zoneinfo import ZoneInfo

import duckdb

from qulaq import engine
from qulaq.corpus.cells import Habits, whole_number
from qulaq.corpus.exports import Export
from qulaq.corpus.importers.base import (
    NO_ROW,
    Broken,
    Cell,
    Nearness,
    Plan,
    Proof,
    Sheet,
    Source,
    column,
)
from qulaq.corpus.schema import RECORDS
from qulaq.errors import UnreadableExport
from qulaq.lang import Text, phrase
from qulaq.sheets import read_xlsx
from qulaq.study import Knows

_LONGEST_LINE = 64 << 20
_BATCH = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """
    One heading that a tool writes: what must be there, what is knowingly left, and the plan.

    Each of `needs` is a set of names of which one must stand in the heading.
    """

    needs: tuple[tuple[str, ...], ...]
    plan: Plan
    ignored: tuple[str, ...] = ()

    def missing(self, heading: Iterable[str]) -> tuple[str, ...]:
        there = set(heading)
        return tuple(" / ".join(names) for names in self.needs if not there.intersection(names))


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """
    An importer made of data.
    """

    key: str
    title: Text
    what: Text
    platform: str | None
    knows: Knows
    proof: Proof
    shapes: tuple[Shape, ...]

    def look(self, export: Export) -> Nearness:
        return max(
            (self._nearness(shape, export) for shape in self.shapes), key=lambda near: near.share
        )

    def read(self, export: Export, connection: duckdb.DuckDBPyConnection) -> list[Sheet]:
        shape = max(self.shapes, key=lambda shape: self._nearness(shape, export).share)
        if missing := shape.missing(export.heading):
            raise UnreadableExport(
                where=str(export.file),
                found=phrase(
                    "{key} needs a column that is not there: {missing}. The heading holds: {names}.",
                    key=self.key,
                    missing=", ".join(missing),
                    names=", ".join(export.heading[:40]) or "—",
                ),
                remedy=phrase("Export with that column, or name another format with --as."),
            )
        return [read_table(export, shape, connection)]

    def _nearness(self, shape: Shape, export: Export) -> Nearness:
        missing = shape.missing(export.heading)
        return Nearness(1 - len(missing) / len(shape.needs), missing)


def read_table(export: Export, shape: Shape, connection: duckdb.DuckDBPyConnection) -> Sheet:
    """
    The one sheet of a file that is a plain table. Raises UnreadableExport for a heading without rows.
    """
    _check_needed(export, shape.plan)
    known = shape.plan.columns.union(shape.ignored)
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
    return replace(sheet, unused=tuple(leaves))


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
        f"compression = 'none', max_line_size = {_longest_line(export)}, store_rejects = true, "
        f"rejects_limit = 0"
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


def _longest_line(export: Export) -> int:
    return min(max(export.plain.stat().st_size, 1 << 21), _LONGEST_LINE)


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
        f"encoding = 'utf-8', compression = 'none', max_line_size = {_longest_line(export)})"
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
    import pyarrow as pa

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
    empty = f"coalesce(trim({cell}), '') = '' AND trim({everything}, ' \t\u00a0') = ''"
    return f"CASE WHEN {empty} THEN '{NO_ROW}' END"


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


# ── The TOML form ────────────────────────────────────────────────────────────────────────────────


def read_mapping(source: str) -> Mapping:
    """
    A mapping from its TOML. A mistake in a built-in one breaks the tests, not a user's day.
    """
    table = tomllib.loads(source)
    return Mapping(
        key=table["key"],
        title=Text(**table["title"]),
        what=Text(**table["what"]),
        platform=table.get("platform"),
        knows=Knows(**table.get("knows", {})),
        proof=table["proof"],
        shapes=tuple(read_shape(shape) for shape in table["shapes"]),
    )


_SHAPE_KEYS = (
    "table", "needs", "page", "zone", "absent", "formats", "captured", "columns", "ignored", "platform",
)  # fmt: skip


def read_shape(table: dict[str, Any]) -> Shape:
    """
    One shape from its TOML. Raises ValueError with the word that is wrong.
    """
    canonical = RECORDS.get(table.get("table", ""))
    if canonical is None:
        raise ValueError(f"table = {table.get('table')!r}: {', '.join(RECORDS)}")
    _check_words(table, _SHAPE_KEYS)
    _check_words(table["columns"], tuple(column.name for column in canonical.content))
    _check_zone(table.get("zone", ""))
    values = {name: read_source(source) for name, source in table["columns"].items()}
    captured = table.get("captured")
    plan = Plan(
        table=canonical,
        values=values,
        pages=tuple(read_source(source) for source in table.get("page", [])),
        captured=read_source(captured) if captured else None,
        platform=table.get("platform"),
        habits=Habits(
            absent=tuple(table.get("absent", ())),
            zone=table.get("zone", ""),
            formats=tuple(table.get("formats", ())),
        ),
    )
    needs = tuple((one,) if isinstance(one, str) else tuple(one) for one in table["needs"])
    return Shape(needs=needs, plan=plan, ignored=tuple(table.get("ignored", ())))


def _check_words(table: dict[str, Any], known: tuple[str, ...]) -> None:
    for word in table:
        if word not in known:
            raise ValueError(f"{word!r}: {', '.join(known)}")


def _check_zone(zone: str) -> None:
    if zone not in ("", "page") and not re.fullmatch(r"[+-]\d\d:\d\d", zone):
        try:
            ZoneInfo(zone)
        except (KeyError, ValueError, OSError):
            raise ValueError(f"zone = {zone!r}: +05:00, Asia/Almaty, page") from None


def read_source(source: str | list[str] | dict[str, Any]) -> Source:
    """
    One source: a column, several of which the first counts, or a rule such as `{ sum = [...] }`.
    """
    if isinstance(source, str):
        return column(source)
    if isinstance(source, list):
        return column(*source)
    rule, named = next((key, source[key]) for key in _RULES if key in source)
    inner = [column(name) for name in ([named] if isinstance(named, str) else named)]
    if "less" in source:
        inner += [column(name) for name in source["less"]]
    names = tuple(name for one in inner for name in one.columns)
    return Source(partial(_apply, _RULES[rule], inner), names)


def _apply(rule: Callable[[list[str]], str], inner: list[Source], cell: Cell) -> str | None:
    """
    The rule over the columns that the file has. A sum goes without kinds that the tool did not know yet.
    """
    cells = [sql for source in inner if (sql := source.sql(cell)) is not None]
    enough = bool(cells) if rule is _sum else len(cells) == len(inner)
    return rule(cells) if enough else None


def _whole(cell: str) -> str:
    return whole_number(f"trim({cell})")


def _sum(cells: list[str]) -> str:
    return f"CAST({' + '.join(map(_whole, cells))} AS VARCHAR)"


def _rest(cells: list[str]) -> str:
    whole, *parts = map(_whole, cells)
    return f"CAST(greatest({whole} - ({' + '.join(parts)}), 0) AS VARCHAR)"


_RULES: dict[str, Callable[[list[str]], str]] = {
    "after": lambda cells: f"regexp_extract({cells[0]}, '[^_]+$')",  # of "page_post" the post
    "before": lambda cells: f"nullif(regexp_extract({cells[0]}, '^(.+)_[^_]+$', 1), '')",
    "last_part": lambda cells: (
        f"regexp_extract(rtrim(regexp_replace({cells[0]}, '[?#].*$', ''), '/'), '[^/]+$')"
    ),
    "sum": _sum,
    "rest": _rest,
    "join": lambda cells: f"concat_ws('-', {', '.join(cells)})",
}


def _built_in(name: str) -> Mapping:
    source = resources.files("qulaq.corpus.importers") / "mappings" / f"{name}.toml"
    return read_mapping(source.read_text(encoding="utf-8"))


FACEBOOK_PAGE_POST_SCRAPER = _built_in("facebook-page-post-scraper")
RFACEBOOK = _built_in("rfacebook")
CROWDTANGLE = _built_in("crowdtangle")
