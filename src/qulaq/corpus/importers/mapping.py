"""
A format that is a plain table: columns to fields, as TOML, compiled to one DuckDB plan.

`mappings/*.toml` show the form; `docs/how-to/any-table.md` explains it for one's own tables.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib import resources
from typing import Any
from zoneinfo import ZoneInfo

import duckdb

from qulaq.corpus.cells import Habits, whole_number
from qulaq.corpus.importers.base import Cell, Nearness, Plan, Proof, Sheet, Source, column, networks
from qulaq.corpus.importers.plain import Shape, check_needs, read_table
from qulaq.corpus.issues import LONGEST_FOUND, PROBLEMS, SEPARATOR
from qulaq.corpus.schema import RECORDS
from qulaq.engine import quote
from qulaq.exports import Export
from qulaq.lang import Text
from qulaq.study import Knows


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

    @property
    def platforms(self) -> tuple[str, ...]:
        return networks(self.platform, (shape.plan.platform for shape in self.shapes))

    def look(self, export: Export) -> Nearness:
        return self._nearest(export).nearness(export.heading)

    def read(self, export: Export, connection: duckdb.DuckDBPyConnection) -> list[Sheet]:
        shape = self._nearest(export)
        check_needs(export, shape, key=self.key)
        return [read_table(export, shape, connection)]

    def _nearest(self, export: Export) -> Shape:
        """
        Of two shapes that fit, the one that needs more knows the file better.
        """

        def near(shape: Shape) -> tuple[float, int]:
            nearness = shape.nearness(export.heading)
            return nearness.share, nearness.needed

        return max(self.shapes, key=near)


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
    "sum_check", "refused",
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
    checks = [_refuse(**rule) for rule in table.get("refused", ())]
    if "sum_check" in table:
        checks.append(_check_sum(**table["sum_check"]))
    return Shape(
        needs=needs, plan=plan, ignored=tuple(table.get("ignored", ())), checks=tuple(checks)
    )


Names = str | list[str]
"""A column, or names of which the file has one."""


def _refuse(*, column: Names, matches: str, problem: str) -> Source:
    """
    Rows of which a cell matches a pattern are no records, for that reason.
    """
    if problem not in PROBLEMS:
        raise ValueError(f"problem = {problem!r}: {', '.join(PROBLEMS)}")
    cell = _column(column)

    def sql(found: Cell) -> str | None:
        told = cell.sql(found)
        case = f"CASE WHEN regexp_matches({told}, {quote(matches)}) THEN {_problem(problem, str(told))} END"
        return case if told else None

    return Source(sql, cell.columns)


def _check_sum(*, total: Names, parts: list[Names]) -> Source:
    """
    Rows of which the parts do not add up to the total are rejected: their cells are shifted. Where one of them
    is blank or no number, that cannot be told.
    """
    columns = [_column(total), *map(_column, parts)]

    def sql(found: Cell) -> str | None:
        cells = [told for one in columns if (told := one.sql(found)) is not None]
        if len(cells) < len(columns):
            return None
        whole, *summed = map(_whole, cells)
        told = f"trim({cells[0]}) || ' ≠ ' || concat_ws(' + ', {', '.join(f'trim({one})' for one in cells[1:])})"
        return f"CASE WHEN {whole} <> {' + '.join(summed)} THEN {_problem('sum_check', told)} END"

    return Source(sql, tuple(name for one in columns for name in one.columns))


def _problem(code: str, found: str) -> str:
    return f"{quote(code + SEPARATOR + SEPARATOR)} || left({found}, {LONGEST_FOUND})"


def _column(names: Names) -> Source:
    return column(*([names] if isinstance(names, str) else names))


def find_unfilled(table: dict[str, Any]) -> list[str]:
    """
    The words of a drafted mapping that still wait for a person: those with nothing in them.
    """
    columns = table.get("columns")
    told = {**table, **(columns if isinstance(columns, dict) else {})}
    return [word for word, value in told.items() if value in ("", [""])]


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
    inner = [_column(name) for name in ([named] if isinstance(named, str) else named)]
    if "less" in source:
        inner += [_column(name) for name in source["less"]]
    names = tuple(name for one in inner for name in one.columns)
    return Source(partial(_apply, _RULES[rule], inner), names)


def _apply(rule: Callable[[list[str]], str], inner: list[Source], cell: Cell) -> str | None:
    """
    The rule over the columns that the file has. A sum goes without kinds that the tool did not know yet, and
    the first that says something without those that are not there.
    """
    cells = [sql for source in inner if (sql := source.sql(cell)) is not None]
    enough = bool(cells) if rule in {_sum, _first} else len(cells) == len(inner)
    return rule(cells) if enough else None


def _whole(cell: str) -> str:
    return whole_number(f"trim({cell})")


def _sum(cells: list[str]) -> str:
    return f"CAST({' + '.join(map(_whole, cells))} AS VARCHAR)"


def _first(cells: list[str]) -> str:
    told = ", ".join(f"nullif(trim({one}), '')" for one in cells)
    return f"coalesce({told})"


def _rest(cells: list[str]) -> str:
    """
    What the parts leave of the whole; null where one of them is not known, for the engine's greatest() would
    then make it 0.
    """
    whole, *parts = map(_whole, cells)
    left = f"{whole} - ({' + '.join(parts)})"
    return f"CAST(CASE WHEN {left} < 0 THEN 0 ELSE {left} END AS VARCHAR)"


def _last_part(address: str) -> str:
    """
    The last part of an address's path; of a script's what it is asked for, as of photo.php?fbid=7 and watch/?v=7.
    """
    part = f"regexp_extract(rtrim(regexp_replace({address}, '[?#].*$', ''), '/'), '[^/]+$')"
    asked = f"nullif(regexp_extract({address}, '[?&](?:story_fbid|fbid|v)=([^&#]+)', 1), '')"
    script = f"regexp_matches({address}, '(?:[.]php|/watch/?)[?]')"
    return f"CASE WHEN {script} THEN {asked} ELSE {part} END"


_RULES: dict[str, Callable[[list[str]], str]] = {
    "after": lambda cells: f"regexp_extract({cells[0]}, '[^_]+$')",  # of "page_post" the post
    "before": lambda cells: f"nullif(regexp_extract({cells[0]}, '^(.+)_[^_]+$', 1), '')",
    "last_part": lambda cells: _last_part(cells[0]),
    "sum": _sum,
    "first": _first,
    "rest": _rest,
    "nonzero": lambda cells: f"nullif(trim({cells[0]}), '0')",
    "join": lambda cells: f"concat_ws('-', {', '.join(cells)})",
}


def built_in(name: str) -> Mapping:
    """
    The mapping of `mappings/<name>.toml`.
    """
    source = resources.files("qulaq.corpus.importers") / "mappings" / f"{name}.toml"
    return read_mapping(source.read_text(encoding="utf-8"))
