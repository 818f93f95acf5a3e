"""Second step of intake: which page each staged row belongs to, and what is wrong with it if anything."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

import duckdb
import pyarrow as pa

from qulaq.corpus.erasure import StopList
from qulaq.corpus.ids import Pseudonyms, normal, references
from qulaq.corpus.importers.base import NO_ROW
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
    latest: datetime | None,
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
    rows = _without_stopped(table, _numbered(staged), stops, pseudonyms)
    connection.execute(f"CREATE TEMP VIEW staged_{table.name} AS {rows}")
    walled = any(one.sheet.plan.wall for one in staged)
    dated = _with_local_moments(table, _with_page(table, forced, walled=walled))
    if _has_ids(table):
        _make_own_ids(table, dated, connection)
        dated = _with_own_ids(table, dated)
    connection.execute(
        f"CREATE TEMP TABLE placed_{table.name} AS "
        f"SELECT row, CASE WHEN page_problem IS NULL THEN page_id END AS page_id, "
        f"coalesce({broken}, page_problem, problem, {_later_than(table, latest)}, {_erased(table, pseudonyms)}) AS problem, "
        f"{_key(table)} AS key, {_captured(table)} AS captured "
        f"FROM ({dated}) WHERE NOT coalesce(starts_with(problem, '{NO_ROW}'), false)"
    )


def placed_rows(table: Table) -> str:
    """
    The staged rows with their pages and moments in UTC, as a query; `place` must have been run.
    """
    rows = _with_local_moments(
        table,
        f"SELECT s.*, p.page_id, z.page_zone FROM staged_{table.name} s "
        f"JOIN (SELECT row, page_id FROM placed_{table.name}) p USING (row) "
        f"LEFT JOIN page_zones z USING (page_id)",
    )
    return _with_own_ids(table, rows) if _has_ids(table) else rows


def _has_ids(table: Table) -> bool:
    return table.key[0].endswith("_id")


def _with_local_moments(table: Table, rows: str) -> str:
    """
    The rows with clock readings turned into moments by the zone of the page's body.
    """
    moments = [column.name for column in table.content if column.kind == "moment"] + ["captured"]
    local = ", ".join(
        f"coalesce({name(one)}, timezone(page_zone, {name('local_' + one)})) AS {name(one)}"
        for one in moments
    )
    return f"SELECT * REPLACE ({local}) FROM ({rows})"


def _with_own_ids(table: Table, rows: str) -> str:
    key = name(table.key[0])
    return (
        f"SELECT r.* REPLACE (coalesce(r.{key}, o.own_id) AS {key}) FROM ({rows}) r "
        f"LEFT JOIN own_ids_{table.name} o USING (row)"
    )


def _make_own_ids(table: Table, rows: str, connection: duckdb.DuckDBPyConnection) -> None:
    """
    The table `own_ids_<table>`: for records that came without an id one made of what they say, so that
    the same record gets it again. Records that say the same are told apart by their order: two posts
    of one day with equal counts, typed by hand, are two.
    """
    telling = ["page_id", "CAST(epoch_us(published_at) AS VARCHAR)", "text", "link"]
    if table.name == "comments":
        telling += ["post_id", "author", "author_handle"]
    said = f"concat_ws('{SEPARATOR}', {', '.join(telling)})"
    nth = "CAST(row_number() OVER (PARTITION BY said ORDER BY row) AS VARCHAR)"
    connection.execute(
        f"CREATE TEMP TABLE own_ids_{table.name} AS "
        f"SELECT row, '~' || left(sha256(said || '{SEPARATOR}' || {nth}), 24) AS own_id "
        f"FROM (SELECT row, {said} AS said FROM ({rows}) WHERE {name(table.key[0])} IS NULL)"
    )


def _numbered(staged: Sequence[Staged]) -> str:
    files = [one.file for one in staged]
    stems = ", ".join(quote(file.stem) for file in files)
    sheet = f"list_position([{stems}], parse_filename(filename, true)) - 1"
    return (
        f"SELECT * EXCLUDE (filename, file_row_number), "
        f"({sheet}) * {ROWS_PER_SHEET}::BIGINT + file_row_number AS row "
        f"FROM read_parquet({paths(files)}, filename = true, file_row_number = true)"
    )


def _without_stopped(table: Table, rows: str, stops: StopList, pseudonyms: Pseudonyms) -> str:
    """
    The rows without mentions of people whose records were erased.
    """
    if table.name != "comments" or not stops.hashes:
        return rows
    return f"SELECT * REPLACE ({stops.without(pseudonyms)}) FROM ({rows})"


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


def _with_page(table: Table, forced: Page | None, *, walled: bool) -> str:
    every = range(PAGE_REFERENCES)
    joins = " ".join(
        f"LEFT JOIN page_names n{i} ON s.reference_{i} = n{i}.reference" for i in every
    )
    found = f"coalesce({', '.join(f'n{i}.page_id' for i in every)})"
    zone = f"coalesce({', '.join(f'n{i}.zone' for i in every)})"
    # What a row calls a page may be a person's id where visitors write too: then the wall is named.
    called = "s.wall" if walled else f"coalesce({', '.join(f's.reference_{i}' for i in every)})"
    known = f"coalesce({', '.join(f'n{i}.reference' for i in every)})"
    visitor = f"w.page_id IS NOT NULL AND {found} IS NULL"
    if forced:
        page, zone = quote(forced.id), quote(forced.time_zone)
        problem = (
            f"CASE WHEN coalesce({found}, w.page_id) <> {page} THEN {_problem('page_other', f'coalesce({found}, w.page_id)')} "
            f"WHEN {visitor} THEN {_problem('visitor', quote(''))} "
            f"WHEN s.wall IS NOT NULL AND {found} IS NULL THEN {_problem('page_unknown', 's.wall')} END"
        )
    else:
        page = found
        problem = (
            f"CASE WHEN {found} IS NOT NULL THEN NULL "
            f"WHEN {visitor} THEN {_problem('visitor', quote(''))} "
            f"WHEN {called} IS NULL THEN {_problem('page_unnamed', quote(''))} "
            f"WHEN {known} IS NOT NULL THEN {_problem('page_ambiguous', called)} "
            f"ELSE {_problem('page_unknown', called)} END"
        )
    return (
        f"SELECT s.*, {page} AS page_id, {zone} AS page_zone, {problem} AS page_problem "
        f"FROM staged_{table.name} s {joins} LEFT JOIN page_names w ON s.wall = w.reference"
    )


def _later_than(table: Table, latest: datetime | None) -> str:
    """
    A record cannot be younger than its import; a typing error of the year would claim days to come.
    """
    if latest is None:
        return "CAST(NULL AS VARCHAR)"
    moment = next(column.name for column in table.content if column.kind == "moment")
    limit = quote((latest + timedelta(days=1)).isoformat())
    code = quote(f"moment_future{SEPARATOR}{moment}{SEPARATOR}")
    return f"CASE WHEN {moment} > CAST({limit} AS TIMESTAMPTZ) THEN {code} || left(CAST({moment} AS VARCHAR), 16) END"


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
