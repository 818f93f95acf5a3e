"""
A format that is no plain table: documents (answers of an API, objects that a tool kept) to records.

A `Reader` lists the kinds of documents that its tool writes, each with the keys by which it is known and
the function that finds the records in it. All that readers share is here: JSON, JSON lines, tables whose
rows are flattened documents, folders of such files; which documents were not understood; sheets for intake.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

import duckdb

from qulaq.corpus.cells import Habits
from qulaq.corpus.importers.base import Broken, Nearness, Plan, Proof, Sheet, column, networks
from qulaq.corpus.importers.collecting import Collected, Rows
from qulaq.corpus.importers.documents import PAGES, Document, Kind, Placed
from qulaq.corpus.importers.joins import Beside, Join
from qulaq.corpus.importers.rows import Ragged, nested, read_rows, told_apart
from qulaq.corpus.importers.values import as_text, dig
from qulaq.errors import UnreadableExport
from qulaq.exports import DAMAGED, Export
from qulaq.lang import LANGUAGES, Sayable, Text, phrase, say
from qulaq.study import Knows
from qulaq.text.html import plain_text
from qulaq.text.masking import mask

_LOOKED_AT = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """
    An importer of documents; the first kind that fits a document reads it.

    `join` makes what changes records once all of a file or folder are known (a reply whose post another document
    tells). Where `looks_beside` says so and comments do not tell on whose page they stand, it also learns what files
    hold that came with this one. `joined` changes documents, which are all held until then; it must keep order and
    number. `tables` says that the tool also writes tables whose headings are paths ("user/name").
    """

    key: str
    title: Text
    what: Text
    platform: str | None
    knows: Knows
    proof: Proof
    kinds: tuple[Kind, ...]
    habits: Habits = field(default_factory=Habits)
    join: Callable[[], Join] = Join
    joined: Callable[[list[Placed]], list[Placed]] | None = None
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
        sheets = self._sheets(self._found(export, refusals, broken), broken, connection)
        if not sheets:
            raise refusals[0] if refusals else _nothing(export, self.key)
        # Documents that gave no record are told with the first sheet.
        first = replace(sheets[0], broken=lambda: broken) if broken else sheets[0]
        return [first, *sheets[1:]]

    def _found(
        self, export: Export, refusals: list[UnreadableExport], broken: list[Broken]
    ) -> Iterator[Placed]:
        """
        What each document holds; why others gave nothing goes into *refusals* and *broken*.
        """
        for document in self._documents(export):
            try:
                yield from self._read_document(document, broken)
            except UnreadableExport as refusal:
                refusals.append(refusal)
                broken.append(_broken(document, "document_refused", _said_of(refusal)))

    def _sheets(
        self,
        found: Iterable[Placed],
        broken: list[Broken],
        connection: duckdb.DuckDBPyConnection,
    ) -> list[Sheet]:
        join, beside, collected = self.join(), Beside(), Collected(self.key, connection)
        left: list[Broken] = []
        for document, one, kind in self.joined(list(found)) if self.joined else found:
            beside.note(document.export)
            collected.add(document, join.learn(one, kind), kind)
            left += [_broken(document, problem, told) for problem, told in one.left]
        if self.looks_beside and join.lacks_pages:
            self._learn_beside(join, beside)
        join.settle(beside)
        collected.finish(join)
        broken += left
        return [self._sheet(rows, platform) for platform, rows in collected.sheets()]

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

    def _read_document(self, document: Document, broken: list[Broken]) -> Iterator[Placed]:
        if (refusal := refusal_of(document.value)) is not None:
            raise refuse(document.export, refusal)
        problem = _no_document(document.value)
        kind = None if problem else document.kind or self._kind_of(document.value)
        if kind is None:
            broken.append(_broken(document, problem or "document_unknown", _told(document.value)))
            return
        yield document, kind.read(document), kind

    def _learn_beside(self, join: Join, beside: Beside) -> None:
        """
        Learn what is found in the files that came with this one.
        """
        for other in beside.files():
            if self.look(other).recognised:
                for _, one, kind in self._found(other, [], []):  # what is wrong is told in its turn
                    join.learn(one, kind)

    def _sheet(self, rows: Rows, platform: str | None) -> Sheet:
        table = rows.table
        content = [
            one.name for one in table.content if one.name in rows.told or one.kind != "people"
        ]
        names = {*rows.columns} - {one.name for one in table.content} | {*content}
        return Sheet(
            plan=Plan(
                table=table,
                values={name: column(name) for name in content},
                pages=tuple(map(column, PAGES)),
                captured=column("captured") if table.name != "page_counts" else None,
                wall=column("wall") if "wall" in rows.told else None,
                platform=platform,
                habits=self.habits,
            ),
            relation=f'SELECT * FROM "{rows.relation}"',
            cell=lambda name: f'"{name}"' if name in names else None,
            problem='"problem"',
            first_line=1,
            places=rows.places,
            extents=rows.extents or None,
        )


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
