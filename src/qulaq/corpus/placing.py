"""Second step of intake: which page each staged row belongs to, and what is wrong with it if anything."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import duckdb
import pyarrow as pa

from qulaq.corpus.erasure import StopList
from qulaq.corpus.ids import Pseudonyms, normal, references
from qulaq.corpus.issues import SEPARATOR
from qulaq.corpus.schema import Table
from qulaq.corpus.staging import PAGE_REFERENCES, Staged
from qulaq.engine import name, paths, quote
from qulaq.study import Page

ROWS_PER_SHEET = 1 << 40
"""Rows of the n-th sheet are numbered from n times this, so that one number orders all rows of a file."""


def place(
    table: Table,
    staged: Sequence[Staged],
    *,
    pages: Iterable[Page],
    forced: Page | None,
    stops: StopList,
    pseudonyms: Pseudonyms,
    connection: duckdb.DuckDBPyConnection,
) -> None:
    """
    Make the view `staged_<table>` and the table `placed_<table>`: row, page_id, problem, key, captured.

    `key` tells records of a page apart; `captured` is null where the row does not carry it.
    """
    pages = list(pages)
    connection.register("page_names", _page_names(pages))
    connection.register("page_zones", _page_zones([*pages, forced] if forced else pages))
    connection.register("stopped", stops.arrow)
    # A line that is no record at all names no page either: that is not what is wrong with it.
    broken = "CASE WHEN starts_with(problem, 'json_broken') THEN problem END"
    rows = _without_stopped(table, _numbered(staged), stops)
    connection.execute(f"CREATE TEMP VIEW staged_{table.name} AS {rows}")
    connection.execute(
        f"CREATE TEMP TABLE placed_{table.name} AS "
        f"SELECT row, CASE WHEN page_problem IS NULL THEN page_id END AS page_id, "
        f"coalesce({broken}, page_problem, problem, {_erased(table, pseudonyms)}) AS problem, "
        f"{_key(table)} AS key, {_captured(table)} AS captured "
        f"FROM ({_with_local_moments(table, _with_page(table, forced))})"
    )


def placed_rows(table: Table) -> str:
    """
    The staged rows with their pages and moments in UTC, as a query; `place` must have been run.
    """
    return _with_local_moments(
        table,
        f"SELECT s.*, p.page_id, z.page_zone FROM staged_{table.name} s "
        f"JOIN (SELECT row, page_id FROM placed_{table.name}) p USING (row) "
        f"LEFT JOIN page_zones z USING (page_id)",
    )


def _with_local_moments(table: Table, rows: str) -> str:
    """
    The rows with clock readings turned into moments by the zone of the page's body, and ids for
    records that came without.
    """
    moments = [column.name for column in table.content if column.kind == "moment"] + ["captured"]
    local = ", ".join(
        f"coalesce({name(one)}, timezone(page_zone, {name('local_' + one)})) AS {name(one)}"
        for one in moments
    )
    dated = f"SELECT * REPLACE ({local}) FROM ({rows})"
    return (
        f"SELECT * REPLACE ({_own_id(table)}) FROM ({dated})"
        if table.key[0].endswith("_id")
        else dated
    )


def _own_id(table: Table) -> str:
    """
    Where a source gives no id, one made of what the record says: the same record gets it again.
    """
    key = name(table.key[0])
    telling = ["page_id", "CAST(epoch_us(published_at) AS VARCHAR)", "text", "link"]
    if table.name == "comments":
        telling += ["post_id", "author", "author_handle"]
    made = f"'~' || left(sha256(concat_ws('{SEPARATOR}', {', '.join(telling)})), 24)"
    return f"coalesce({key}, {made}) AS {key}"


def _numbered(staged: Sequence[Staged]) -> str:
    files = [one.file for one in staged]
    stems = ", ".join(quote(file.stem) for file in files)
    sheet = f"list_position([{stems}], parse_filename(filename, true)) - 1"
    return (
        f"SELECT * EXCLUDE (filename, file_row_number), "
        f"({sheet}) * {ROWS_PER_SHEET}::BIGINT + file_row_number AS row "
        f"FROM read_parquet({paths(files)}, filename = true, file_row_number = true)"
    )


def _without_stopped(table: Table, rows: str, stops: StopList) -> str:
    """
    The rows without mentions of people whose records were erased.
    """
    people = [column.name for column in table.content if column.kind == "people"]
    if not people or not stops.hashes:
        return rows
    return f"SELECT * REPLACE ({', '.join(stops.without(one) for one in people)}) FROM ({rows})"


def _page_zones(pages: Sequence[Page]) -> pa.Table:
    zones = {page.id: page.time_zone for page in pages}
    return pa.table(
        {
            "page_id": pa.array(list(zones), pa.string()),
            "page_zone": pa.array(list(zones.values()), pa.string()),
        }
    )


def _page_names(pages: Sequence[Page]) -> pa.Table:
    """
    What a row may call a page, the study's own id of it first; a name that several bear means none.
    """
    meant: dict[str, set[str]] = {}
    for page in pages:
        for reference in references(page):
            meant.setdefault(reference, set()).add(page.id)
    meant.update({normal(page.id): {page.id} for page in pages})
    zones = {page.id: page.time_zone for page in pages}
    only = [min(ids) if len(ids) == 1 else None for ids in meant.values()]
    return pa.table(
        {
            "reference": pa.array(list(meant), pa.string()),
            "page_id": pa.array(only, pa.string()),
            "zone": pa.array([zones[one] if one else None for one in only], pa.string()),
        }
    )


def _with_page(table: Table, forced: Page | None) -> str:
    joins = " ".join(
        f"LEFT JOIN page_names n{i} ON s.reference_{i} = n{i}.reference"
        for i in range(PAGE_REFERENCES)
    )
    every = range(PAGE_REFERENCES)
    found = f"coalesce({', '.join(f'n{i}.page_id' for i in every)})"
    zone = f"coalesce({', '.join(f'n{i}.zone' for i in every)})"
    called = f"coalesce({', '.join(f's.reference_{i}' for i in every)})"
    known = f"coalesce({', '.join(f'n{i}.reference' for i in every)})"
    if forced:
        page, zone = quote(forced.id), quote(forced.time_zone)
        problem = f"CASE WHEN {found} <> {page} THEN {_problem('page_other', found)} END"
    else:
        page = found
        problem = (
            f"CASE WHEN {found} IS NOT NULL THEN NULL "
            f"WHEN w.page_id IS NOT NULL THEN {_problem('visitor', quote(''))} "
            f"WHEN {called} IS NULL THEN {_problem('page_unnamed', quote(''))} "
            f"WHEN {known} IS NOT NULL THEN {_problem('page_ambiguous', called)} "
            f"ELSE {_problem('page_unknown', called)} END"
        )
    return (
        f"SELECT s.*, {page} AS page_id, {zone} AS page_zone, {problem} AS page_problem "
        f"FROM staged_{table.name} s {joins} LEFT JOIN page_names w ON s.wall = w.reference"
    )


def _problem(code: str, found: str) -> str:
    return f"{quote(code + SEPARATOR + SEPARATOR)} || left({found}, 80)"


def _key(table: Table) -> str:
    key = name(table.key[0])
    return key if table.key[0].endswith("_id") else f"CAST(epoch_us({key}) AS VARCHAR)"


def _captured(table: Table) -> str:
    """
    Counts of a page are their own capture: the moment of counting.
    """
    return "captured_at" if table.name == "page_counts" else "captured"


def _erased(table: Table, pseudonyms: Pseudonyms) -> str:
    if table.name != "comments":
        return "CAST(NULL AS VARCHAR)"
    hashes = ("author", "author_handle", pseudonyms.sql("comment_id"))
    stopped = " OR ".join(f"{one} IN (SELECT hash FROM stopped)" for one in hashes)
    return f"CASE WHEN {stopped} THEN {quote('erased' + SEPARATOR + SEPARATOR)} END"
