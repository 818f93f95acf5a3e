"""
A format that is no plain table: documents (answers of an API, objects that a tool kept) to records.

A `Reader` lists the kinds of documents that its tool writes, each with the keys by which it is known and
the function that finds the records in it. All that readers share is here: JSON, JSON lines, tables whose
rows are flattened documents, folders of such files; which documents were not understood; sheets for intake.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from qulaq.corpus.cells import Habits
from qulaq.corpus.exports import DAMAGED, Export
from qulaq.corpus.importers.base import (
    Broken,
    Extent,
    Nearness,
    Place,
    Plan,
    Proof,
    Sheet,
    column,
    networks,
)
from qulaq.corpus.importers.rows import Ragged, nested, read_rows, told_apart
from qulaq.corpus.importers.values import as_text, dig, has
from qulaq.corpus.schema import COMMENTS, RECORDS, Table
from qulaq.errors import UnreadableExport
from qulaq.lang import LANGUAGES, Sayable, Text, phrase, say
from qulaq.study import Knows
from qulaq.text.html import plain_text
from qulaq.text.masking import mask

Texts = dict[str, str | None]
"""
A record of a canonical table as texts of cells: its columns, and beside them `PAGES`, by which the page is
known, "wall" (the page on which it stands where others write too), "captured" (when that was seen) and
"problem" (the code of `qulaq.corpus.issues` that keeps the record out).
"""

PAGES = ("page_id", "page_handle", "page_link")
"""What may tell whose the record is, the first that names a page of the study wins."""

_LOOKED_AT = 200
_BEGINNING = 1 << 16
_BESIDE = (*PAGES, "wall", "captured", "problem")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """
    One document: an object of JSON, or the row of a table with its columns nested again.

    `line` is that on which it stands, or its number among others; `export` the file. `kind` is what the
    heading of a table tells of its rows, whose own cells may be empty.
    """

    value: Any
    line: int
    export: Export
    alone: bool = False
    kind: Kind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """
    The records of a document. `extent` is told where its comments are the answer to a question about one post,
    the same for all of them.

    `left` is what it names but does not hold, each as the code of its problem and what was found.
    """

    posts: Sequence[Texts] = ()
    comments: Sequence[Texts] = ()
    page_counts: Sequence[Texts] = ()
    extent: Extent | None = None
    left: Sequence[tuple[str, str]] = ()

    def of(self, table: Table) -> Sequence[Texts]:
        rows: Sequence[Texts] = getattr(self, table.name)
        return rows


def _always(_: object) -> bool:
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """
    A kind of document: `needs` are keys that it has (inner ones with dots; of several in a tuple one is
    enough), `holds` is what else must be true of it, `read` finds its records.

    `platform` is set where one tool keeps pages of several.
    """

    needs: tuple[str | tuple[str, ...], ...]
    read: Callable[[Document], Found]
    holds: Callable[[Any], bool] = _always
    platform: str | None = None

    def missing(self, value: object) -> tuple[str, ...]:
        names = (need if isinstance(need, tuple) else (need,) for need in self.needs)
        return tuple(" / ".join(one) for one in names if not any(has(value, name) for name in one))

    def fits(self, value: object) -> bool:
        return not self.missing(value) and self.holds(value)


Placed = tuple[Document, Found, Kind]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """
    An importer of documents; the first kind that fits a document reads it.

    `joined` may change what was found once all of a file or folder is (a reply whose post another document
    tells); it sees documents again only where `keeps_documents` says so, for they are held until then. Where
    `looks_beside` says so and comments do not tell on whose page they stand, it is also given what files hold that
    came with this one; it must keep order and number. `tables` says that the tool also writes tables whose headings
    are paths ("user/name").
    """

    key: str
    title: Text
    what: Text
    platform: str | None
    knows: Knows
    proof: Proof
    kinds: tuple[Kind, ...]
    habits: Habits = field(default_factory=Habits)
    joined: Callable[[list[Placed]], list[Placed]] = list
    keeps_documents: bool = False
    looks_beside: bool = False
    tables: bool = False

    @property
    def platforms(self) -> tuple[str, ...]:
        return networks(self.platform, (kind.platform for kind in self.kinds))

    def look(self, export: Export) -> Nearness:
        """
        How near the first documents come; a table by the paths of its heading.
        """
        values = list(islice(self._first_values(export), _LOOKED_AT))
        looks = (self._nearness(kind, value) for value in values for kind in self.kinds)
        return max(looks, key=lambda near: (near.share, near.needed), default=Nearness(0.0))

    def read(self, export: Export, connection: duckdb.DuckDBPyConnection) -> list[Sheet]:
        found: list[Placed] = []
        refusals = list(export.refused)
        broken = [
            Broken(
                line=1,
                problem="document_refused",
                found=_said_of(one),
                file=Path(str(one.where)).name,
            )
            for one in refusals
        ]
        for document in self._documents(export):
            try:
                self._read_document(document, found, broken)
            except UnreadableExport as refusal:
                refusals.append(refusal)
                broken.append(_broken(document, "document_refused", _said_of(refusal)))
        beside = self._found_beside(export, found) if self.looks_beside else []
        found = self.joined([*found, *beside])[: len(found) if beside else None]
        broken += [
            _broken(document, problem, told)
            for document, one, _ in found
            for problem, told in one.left
        ]
        sheets = list(self._sheets(found, connection))
        if not sheets:
            raise refusals[0] if refusals else _nothing(export, self.key)
        # Documents that gave no record are told with the first sheet.
        first = replace(sheets[0], broken=lambda: broken) if broken else sheets[0]
        return [first, *sheets[1:]]

    def _nearness(self, kind: Kind, value: object) -> Nearness:
        needed = len(kind.needs)
        missing = kind.missing(value)
        if not missing:
            return Nearness(1.0, (), needed) if kind.holds(value) else Nearness(0.0)
        return Nearness(1 - len(missing) / needed, missing, needed)

    def _first_values(self, export: Export) -> Iterator[object]:
        if export.shape == "folder":
            yield from (value for part in export.parts for value in self._first_values(part))
        elif export.shape == "json" and isinstance(export.document, list):
            yield export.document
            yield from export.first_records
        elif export.shape in {"json", "jsonl"}:
            yield from export.first_records
        elif self.tables:
            yield nested(dict.fromkeys(export.heading, ""))

    def _documents(self, export: Export) -> Iterator[Document]:
        if export.shape == "folder":
            for part in export.parts:
                try:
                    yield from self._documents(part)
                except UnreadableExport:  # JSON that is cut off
                    yield Document(value=DAMAGED, line=1, export=part)
        elif export.shape == "jsonl":
            for line, value in export.lines():
                yield Document(value=value, line=line, export=export)
        elif export.shape == "json":
            yield from self._documents_of_json(export)
        elif self.tables:
            yield from self._documents_of_table(export)
        else:  # in a folder, among files of JSON: what only bears their name
            yield Document(value=DAMAGED, line=1, export=export)

    def _documents_of_table(self, export: Export) -> Iterator[Document]:
        kind = self._kind_of(nested(dict.fromkeys(told_apart(export.heading), "")))
        for line, row in enumerate(read_rows(export), start=2):
            if isinstance(row, Ragged):
                yield Document(value=row, line=line, export=export)
            elif any(row.values()):
                yield Document(value=nested(row), line=line, export=export, kind=kind)

    def _documents_of_json(self, export: Export) -> Iterator[Document]:
        value = export.document
        if not isinstance(value, list) or self._kind_of(value):
            yield Document(value=value, line=1, export=export, alone=True)
            return
        for number, one in enumerate(value, start=1):
            yield Document(value=one, line=number, export=export)

    def _kind_of(self, value: object) -> Kind | None:
        return next((kind for kind in self.kinds if kind.fits(value)), None)

    def _read_document(self, document: Document, found: list[Placed], broken: list[Broken]) -> None:
        if (refusal := refusal_of(document.value)) is not None:
            raise refuse(document.export, refusal)
        problem = _no_document(document.value)
        kind = None if problem else document.kind or self._kind_of(document.value)
        if kind is None:
            broken.append(_broken(document, problem or "document_unknown", _told(document.value)))
            return
        records = kind.read(document)
        place = document if self.keeps_documents else replace(document, value=None)
        found.append((place, records, kind))

    def _found_beside(self, export: Export, found: Sequence[Placed]) -> list[Placed]:
        """
        What is found in the files that came with this one, if some comment needs it.
        """
        told: list[Placed] = []
        read = {document.export.file for document, _, _ in found}
        rows = (row for _, one, _ in found for row in one.comments)
        if read.issuperset(export.beside) or all(any(map(row.get, PAGES)) for row in rows):
            return told
        for other in export.neighbours():
            if other.file not in read and self.look(other).recognised:
                for document in self._documents(other):
                    with suppress(UnreadableExport):  # that is told when its own turn comes
                        self._read_document(document, told, [])
        return told

    def _sheets(
        self, found: Sequence[Placed], connection: duckdb.DuckDBPyConnection
    ) -> Iterator[Sheet]:
        for table in RECORDS.values():
            sheets: dict[tuple[str | None, int], _Rows] = {}
            times: Counter[str] = Counter()
            for document, one, kind in found:
                rows = one.of(table)
                post = rows[0].get("post_id") if rows and one.extent and table is COMMENTS else None
                # Answers about different posts go together; of two about the same post each says its own.
                times.update([post] if post else [])
                number = times[post] if post else 0
                into = sheets.setdefault((kind.platform, number), _Rows())
                into.add(document, rows)
                if post and one.extent:
                    into.extents[post] = one.extent
            for (platform, _), into in sheets.items():
                if into.texts:
                    yield self._sheet(table, into, connection, platform)

    def _sheet(
        self,
        table: Table,
        rows: _Rows,
        connection: duckdb.DuckDBPyConnection,
        platform: str | None,
    ) -> Sheet:
        there = {name for row in rows.texts for name in row}
        content = [one.name for one in table.content if one.name in there or one.kind != "people"]
        names = [*_BESIDE, *content]
        view = f"{self.key}_{table.name}_{id(rows)}"
        arrays = {
            name: pa.array([row.get(name) for row in rows.texts], pa.string()) for name in names
        }
        connection.register(view, pa.table(arrays))
        return Sheet(
            plan=Plan(
                table=table,
                values={name: column(name) for name in content},
                pages=tuple(map(column, PAGES)),
                captured=column("captured") if table.name != "page_counts" else None,
                wall=column("wall") if "wall" in there else None,
                platform=platform,
                habits=self.habits,
            ),
            relation=f'SELECT * FROM "{view}"',
            cell=lambda name: f'"{name}"' if name in names else None,
            problem='"problem"',
            first_line=1,
            places=rows.places,
            extents=rows.extents or None,
        )


@dataclass
class _Rows:
    """
    The rows of a sheet to be.
    """

    texts: list[Texts] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    extents: dict[str, Extent] = field(default_factory=dict)

    def add(self, document: Document, rows: Sequence[Texts]) -> None:
        """
        Records with where they stand: on the document's line, or, where the file is one document, by their
        number in it.
        """
        file = document.export.file.name
        self.texts.extend(rows)
        self.places.extend(
            Place(number if document.alone else document.line, file)
            for number in range(1, len(rows) + 1)
        )


# ── what other records of an import tell ─────────────────────────────────────────────────────────


def documents_beside(found: Sequence[Placed], *, mark: str) -> Iterator[Any]:
    """
    The documents of files that came with those that were read, where *mark* stands near the beginning.
    """
    read = {document.export.file for document, _, _ in found}
    for document, _, _ in found[:1]:
        if read.issuperset(document.export.beside):
            return
        for other in document.export.neighbours():
            if other.file not in read and mark in _beginning(other):
                yield from _values(other)


def _beginning(export: Export) -> str:
    with export.plain.open(encoding="utf-8-sig", errors="replace") as text:
        return text.read(_BEGINNING)


def _values(export: Export) -> Iterator[Any]:
    with suppress(UnreadableExport):
        if export.shape == "json":
            document = export.document
            yield from document if isinstance(document, list) else [document]
        elif export.shape == "jsonl":
            yield from (value for _, value in export.lines() if value is not DAMAGED)
        elif export.shape == "csv":
            yield from (nested(row) for row in read_rows(export) if not isinstance(row, Ragged))


def pages_of_posts(found: list[Placed]) -> list[Placed]:
    """
    Comments that do not say on whose page they stand stand on that of their post, where another record of
    the import tells it.
    """
    pages: dict[tuple[str | None, str | None], Texts] = {}
    told = [(kind, row) for _, one, kind in found for row in (*one.posts, *one.comments)]
    for kind, row in told:
        if row.get("post_id") and any(row.get(name) for name in PAGES):
            whose = {name: row.get(name) for name in (*PAGES, "wall")}
            pages.setdefault((kind.platform, row["post_id"]), whose)
    return [
        (
            document,
            replace(one, comments=[_on_page(row, kind, pages) for row in one.comments]),
            kind,
        )
        for document, one, kind in found
    ]


def _on_page(row: Texts, kind: Kind, pages: Mapping[tuple[str | None, str | None], Texts]) -> Texts:
    if any(row.get(name) for name in PAGES):
        return row
    return {**row, **pages.get((kind.platform, row.get("post_id")), {})}


def _said_of(refusal: UnreadableExport) -> Text:
    """
    What was found and what to do about it, without where.
    """
    return Text(
        **{
            language: f"{say(refusal.found, language)} {say(refusal.remedy, language)}"
            for language in LANGUAGES
        }
    )


def _broken(document: Document, problem: str, found: Sayable) -> Broken:
    return Broken(line=document.line, problem=problem, found=found, file=document.export.file.name)


def _no_document(value: object) -> str | None:
    """
    The problem of what is no document at all.
    """
    if value is DAMAGED:
        return "json_broken"
    return "cells" if isinstance(value, Ragged) else None


def refusal_of(value: object) -> str | None:
    """
    What a platform says instead of giving data: {"error": "…"} or {"error": {"message": "…", "code": 10}}.
    """
    error = dig(value, "error")
    if isinstance(error, str):
        return error or None
    message, code = as_text(dig(error, "message")), as_text(dig(error, "code"))
    # "ok" stands beside data.
    if message is None and code in {None, "ok"}:
        return None
    return f"{message or ''} (code {code})" if code else message


def refuse(export: Export, message: str) -> UnreadableExport:
    """
    The error of a document in which a platform says no; some say it in HTML.
    """
    message = mask((plain_text(message) or message).rstrip("."))
    return UnreadableExport(
        where=str(export.file),
        found=phrase("this is no data but a refusal by the platform: {message}.", message=message),
        remedy=phrase("Fetch it again, with a token that may read it."),
    )


def _told(value: object) -> str:
    """
    What a document looks like: its first keys, which hold no words of people.
    """
    if isinstance(value, Ragged):
        return f"{value.cells} / {value.named}"
    return ", ".join(map(str, islice(value, 6))) if isinstance(value, dict) else ""


def _nothing(export: Export, key: str) -> UnreadableExport:
    return UnreadableExport(
        where=str(export.file),
        found=phrase("{key} finds neither posts nor comments in it.", key=key),
        remedy=phrase("Fetch or export it again, or name another format with --as."),
    )
