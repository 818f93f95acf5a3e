"""
The current copy: the tables of `qulaq.corpus.newest`, kept so that they need not be made each time.

It lies beside the batches in `current/`, a folder for each part of the study's pages, named by a key of all
that its tables follow from: their definition, what the study says of the pages, the batches that touch them. A
part whose folder is not there, or not whole, is made anew; an import changes the keys of the pages that it
touches and of no others. So the copy is never the only one, and may be deleted at any time.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
import time
import zlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
import pyarrow.compute as pc

from qulaq.corpus.newest import Expression, make_tables, stored_table
from qulaq.corpus.schema import CAPTURES, TABLES
from qulaq.engine import DuckEngine, Engine, among, name
from qulaq.lang import Phrase, phrase
from qulaq.store import Store, is_whole

Progress = Callable[[Phrase], None]

VERSION = 2
"""Of the definition of the tables: a test holds it to their SQL, so that no old copy is taken for a new one."""

KEPT = ("captures", "posts", "comments", "page_counts", "threads", "extents")
_ORDER = ("page_id", "day", "record", "post_id", "captured_at", "capture_id")
"""Rows lie by page and day, so that a page or a month is read without the others."""

_ROWS_OF_A_PART = 1_000_000
_PARTS_AT_ONCE = 4
_SUPERSEDED = 3600  # seconds; whoever began to read before goes on reading


@dataclass(frozen=True, slots=True)
class Part:
    """
    Some pages of the study and the folder of their tables.
    """

    pages: tuple[str, ...]
    folder: Path

    def file(self, table: str) -> Path:
        return self.folder / f"{table}.parquet"

    @property
    def whole(self) -> bool:
        return all(is_whole(self.file(table)) for table in KEPT)


def bring_up_to_date(
    engine: Engine,
    store: Store,
    pages: pa.Table,
    *,
    zones: Sequence[str],
    progress: Progress = lambda _: None,
) -> list[Part]:
    """
    The parts of the copy, all of them whole; those that were not are made. *engine* knows the batches,
    *pages* is what the study says.

    Raises OSError or duckdb.IOException where they cannot be written.
    """
    parts = find_parts(engine, store, pages)
    stale = [part for part in parts if not part.whole]
    for start in range(0, len(stale), _PARTS_AT_ONCE):
        progress(
            phrase(
                "bringing the current copy up to date ({n} of {total} parts)",
                n=start,
                total=len(stale),
            )
        )
        _make(stale[start : start + _PARTS_AT_ONCE], store, pages, zones)
    if stale:
        _remove_superseded(store, parts)
    return parts


def read_parts(engine: DuckEngine, parts: Sequence[Part]) -> dict[str, Expression]:
    """
    The tables of the copy, known to the engine by their names.
    """
    return {table: engine.add_copies(table, [part.file(table) for part in parts]) for table in KEPT}


def make_in_memory(engine: DuckEngine, zones: Sequence[str]) -> dict[str, Expression]:
    """
    The same tables without a copy, with their rows in the same order: sums of fractions depend on it in their
    last digit.
    """
    tables = make_tables(engine, zones)
    return {table: engine.sort(tables[table], by=_ORDER) for table in KEPT}


def find_parts(engine: Engine, store: Store, pages: pa.Table) -> list[Part]:
    """
    The parts into which the pages fall, each with the folder that its tables have or will have.
    """
    batches = store.batches()
    rows = sum(batch.rows.get(table, 0) for batch in batches for table in ("posts", "comments"))
    of = 1 << max(rows // _ROWS_OF_A_PART, 1).bit_length() - 1
    told = {row["page_id"]: row for row in pages.to_pylist()}
    parts: dict[int, list[str]] = {}
    for page in told:
        parts.setdefault(zlib.crc32(page.encode()) % of, []).append(page)
    touched, states = _touching(engine), _states(store)
    erased = store.erasures.read_text(encoding="utf-8") if store.erasures.exists() else ""

    def folder(number: int, pages: Sequence[str]) -> Path:
        of_pages = sorted({batch for page in pages for batch in touched.get(page, ())})
        follows_from: list[Any] = [
            VERSION, [told[page] for page in pages], [states[one] for one in of_pages], erased,
        ]  # fmt: skip
        key = hashlib.sha256(json.dumps(follows_from).encode()).hexdigest()[:16]
        return store.current / f"{of}-{number}-{key}"

    return [Part(tuple(some), folder(number, some)) for number, some in sorted(parts.items())]


def _touching(engine: Engine) -> dict[str, list[int]]:
    """
    The batches that tell of each page: whatever they tell, they hold a capture of it.
    """
    captures = stored_table(CAPTURES.name)
    pairs = engine.run(captures.select("page_id", "intake_batch").distinct())
    touching: dict[str, list[int]] = {}
    for row in pairs.to_pylist():
        touching.setdefault(row["page_id"], []).append(row["intake_batch"])
    return touching


def _states(store: Store) -> Mapping[int, list[Any]]:
    """
    What tells one state of a batch from another: an erasure alone changes its files.
    """
    states: dict[int, list[Any]] = {batch.number: [batch.number] for batch in store.batches()}
    for table in TABLES:
        for number, file in store.files(table).items():
            states[number].append([table, file.stat().st_size])
    return states


# ── making ───────────────────────────────────────────────────────────────────────────────────────


def _make(parts: Sequence[Part], store: Store, pages: pa.Table, zones: Sequence[str]) -> None:
    chosen = pa.array([page for part in parts for page in part.pages], pa.string())
    engine = DuckEngine()
    try:
        engine.add_rows("pages", pages.filter(pc.is_in(pages["page_id"], chosen)))
        for table in TABLES:
            engine.add_files(f"{table}_batches", store.files(table), TABLES[table].arrow)
        tables = _numbered(engine, make_tables(engine, zones))
        for part in parts:
            _write(engine, part, tables)
    finally:
        engine.close()


def _numbered(engine: DuckEngine, tables: Mapping[str, Expression]) -> dict[str, Expression]:
    """
    The tables with numbers in place of the ids by which comments are counted together: grouping by numbers
    takes half the time. A number is that of the first record among them.
    """
    comments = tables["comments"]
    clusters = comments.group_by("page_id", "cluster").aggregate(number=comments.record.min())
    engine.materialize("clusters", engine.compiled(clusters))
    clusters = ibis.table(clusters.schema(), name="clusters")
    numbered = dict(tables)
    for table in ("comments", "threads"):
        rows = tables[table].inner_join(clusters, ["page_id", "cluster"])
        rows = rows.mutate(cluster=rows.number).select(*tables[table].columns)
        engine.materialize(f"{table}_numbered", engine.compiled(rows), as_view=True)
        numbered[table] = ibis.table(rows.schema(), name=f"{table}_numbered")
    return numbered


def _write(engine: DuckEngine, part: Part, tables: Mapping[str, Expression]) -> None:
    """
    All tables of a part or none: they are written aside and come to their place in one step.
    """
    above = part.folder.parent
    above.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=".aside-", dir=above))
    try:
        for table in KEPT:
            engine.write_copy(
                tables[table],
                aside / f"{table}.parquet",
                where=among(name("page_id"), part.pages),
                by=_ORDER,
            )
        if part.folder.exists():  # broken, or made by another at the same time
            part.folder.rename(tempfile.mkdtemp(prefix=".aside-", dir=above) + "/broken")
        aside.rename(part.folder)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _remove_superseded(store: Store, parts: Sequence[Part]) -> None:
    current = {part.folder for part in parts}
    with suppress(OSError):
        for folder in store.current.iterdir():
            old = time.time() - folder.stat().st_mtime > _SUPERSEDED
            if folder not in current and old:
                shutil.rmtree(folder, ignore_errors=True)


# ── what is there ────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """
    How much there is of a copy, superseded parts not counted.
    """

    parts: int
    bytes: int


def describe_copy(engine: Engine, store: Store, pages: pa.Table) -> Copy:
    """
    The parts that are whole.
    """
    parts = [part for part in find_parts(engine, store, pages) if part.whole]
    sizes = (part.file(table).stat().st_size for part in parts for table in KEPT)
    return Copy(parts=len(parts), bytes=sum(sizes))


def remove_copy(store: Store) -> None:
    """
    Delete the copy; it is made anew when it is asked for.
    """
    shutil.rmtree(store.current, ignore_errors=True)
