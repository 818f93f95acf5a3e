"""
Any table: a heading in Qulaq's own words (in any of the three languages), or the user's mapping.

`qulaq corpus template` writes sheets with these headings, for studies that count by hand.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from qulaq.corpus.cells import Habits
from qulaq.corpus.importers.base import Importer, Nearness, Plan, Proof, Sheet, column
from qulaq.corpus.importers.mapping import find_unfilled, read_shape
from qulaq.corpus.importers.plain import Shape, read_table
from qulaq.corpus.schema import RECORDS, Column, Table
from qulaq.errors import UnreadableExport
from qulaq.exports import Export
from qulaq.lang import LANGUAGES, Text, phrase
from qulaq.study import Knows

PAGE_HEADINGS = Text(kk="парақша", ru="страница", en="page")
CAPTURED_HEADINGS = Text(kk="алынған уақыты", ru="время снимка", en="captured at")


def names_of(one: Column) -> tuple[str, ...]:
    """
    All headings by which a column is known: its name and its titles.
    """
    return tuple(dict.fromkeys((one.name, *(one.title.to(language) for language in LANGUAGES))))


def _wordings(name: str, text: Text) -> tuple[str, ...]:
    return (name, *(text.to(language) for language in LANGUAGES))


def _default_plan(table: Table) -> Plan:
    captured = column("captured_at", *_wordings("captured_at", CAPTURED_HEADINGS))
    return Plan(
        table=table,
        values={one.name: column(*names_of(one)) for one in table.content if one.kind != "people"},
        pages=(column("page_id", *_wordings("page", PAGE_HEADINGS)),),
        captured=None if table.name == "page_counts" else captured,
        # What is typed by hand is told by the clock on the wall of the body.
        habits=Habits(absent=("—", "-", "NA", "N/A", "null", "None"), zone="page"),
    )


# What tells one sheet from another, besides the columns that every record needs.
_MARKS: dict[str, tuple[str, ...]] = {
    "comments": ("comment_id", "author", "author_handle", "parent_id", "by_page_source"),
    "page_counts": ("followers", "posts_total", "page_likes"),
    "posts": ("post_id", "likes", "comments", "kind", "text", "link", "shares", "views"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTable:
    """
    The importer of tables; `shape` is the user's mapping, where one is given.
    """

    shape: Shape | None = None
    key: str = "table"
    title: Text = Text(kk="кез келген кесте", ru="любая таблица", en="any table")
    what: Text = Text(
        kk="Қолмен толтырылған не басқа құрал жасаған CSV, XLSX, JSON; бағандары Qulaq атауларымен.",
        ru="CSV, XLSX, JSON, заполненные вручную или другим инструментом, с названиями столбцов Qulaq.",
        en="CSV, XLSX or JSON, typed by hand or made by another tool, with Qulaq's own headings.",
    )
    platform: str | None = None
    platforms: tuple[str, ...] = ()
    knows: Knows = Knows(authors="all")
    proof: Proof = "real files"

    def look(self, export: Export) -> Nearness:
        return Nearness(1.0) if _find_table(export.heading) else Nearness(0.0)

    def read(self, export: Export, connection: duckdb.DuckDBPyConnection) -> list[Sheet]:
        return [read_table(export, self._shape(export), connection)]

    def _shape(self, export: Export) -> Shape:
        if self.shape:
            _check_needs(export, self.shape)
            return self.shape
        table = _find_table(export.heading)
        if table is None:
            raise _unlike_any(export)
        return Shape(needs=(), plan=_default_plan(table))


TABLE: Importer = OwnTable()


def with_mapping(importer: Importer, file: Path) -> Importer:
    """
    The table importer that reads by the mapping in that TOML file. Raises UnreadableExport.
    """
    try:
        told = tomllib.loads(file.read_text(encoding="utf-8-sig"))
        unfilled = find_unfilled(told)
        shape = None if unfilled else read_shape(told)
    except (OSError, ValueError, KeyError, TypeError, StopIteration, AttributeError) as error:
        raise UnreadableExport(
            where=str(file),
            found=phrase("this mapping cannot be read ({error}).", error=error),
            remedy=phrase("It needs table, needs, page and columns; see docs/how-to/any-table.md."),
        ) from None
    if unfilled:
        raise UnreadableExport(
            where=str(file),
            found=phrase(
                "these lines of the mapping are still empty: {names}.", names=", ".join(unfilled)
            ),
            remedy=phrase("Fill them in, as the comments beside them say, or take them out."),
        )
    return replace(importer, shape=shape) if isinstance(importer, OwnTable) else importer


def _find_table(heading: tuple[str, ...]) -> Table | None:
    there = set(heading)
    for name, marks in _MARKS.items():
        table = RECORDS[name]
        needed = [one for one in table.content if one.needed]
        has_needed = all(there.intersection(names_of(one)) for one in needed)
        if has_needed and any(there.intersection(names_of(table.column(mark))) for mark in marks):
            return table
    return None


def _unlike_any(export: Export) -> UnreadableExport:
    return UnreadableExport(
        where=str(export.file),
        found=phrase(
            "the heading is none that Qulaq knows. It holds: {names}.",
            names=", ".join(export.heading[:40]) or "—",
        ),
        remedy=phrase(
            "Posts and comments need published_at and one more column, page counts captured_at; "
            "qulaq corpus template writes such sheets. Or describe yours with --mapping."
        ),
    )


def _check_needs(export: Export, shape: Shape) -> None:
    if missing := shape.missing(export.heading):
        raise UnreadableExport(
            where=str(export.file),
            found=phrase(
                "the mapping needs a column that is not there: {missing}. The heading holds: {names}.",
                missing=", ".join(missing),
                names=", ".join(export.heading[:40]) or "—",
            ),
            remedy=phrase("Correct the mapping or the heading."),
        )
