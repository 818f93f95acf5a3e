"""Captures of an import: what was looked at, when, and what can be known from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import pyarrow as pa

from qulaq.corpus.runs import Run
from qulaq.corpus.schema import CAPTURES, COMMENTS, RECORDS, Table
from qulaq.corpus.staging import Staged
from qulaq.corpus.vanished import complete_posts
from qulaq.engine import arrow, name, paths, quote
from qulaq.study import Knows


def make_captures(run: Run, staged: Mapping[Table, Sequence[Staged]]) -> pa.Table:
    """
    One capture for each page, sheet and moment of capture; also as the table `fresh_captures`.
    """
    groups = [
        (table, one, group, complete.get(group["post_id"]))
        for table, sheets in staged.items()
        for one, complete in zip(sheets, complete_posts(run, table, sheets), strict=True)
        for group in _groups(run, table, one)
    ]
    # Where nothing says when the file was captured, it was not before the newest moment in it.
    moments = [group["newest"] for _, _, group, _ in groups]
    moments += [_newest_left(run, table) for table in staged]
    lower = max(filter(None, moments), default=None)
    pages = dict.fromkeys(str(group["page_id"]) for _, _, group, _ in groups)
    known = {page: run.knows(run.study.page(page)) for page in pages}
    captures = pa.Table.from_pylist(
        [
            _capture(run, table, one, group=group, known=known, complete=complete, lower=lower)
            for table, one, group, complete in groups
        ],
        CAPTURES.arrow,
    )
    run.connection.register("fresh_captures", captures)
    return captures


def _groups(run: Run, table: Table, one: Staged) -> list[dict[str, Any]]:
    post = "any_value(post_id)" if one.sheet.extents else "NULL::VARCHAR"
    oldest = "min(published_at)" if table is COMMENTS else "NULL::TIMESTAMPTZ"
    newest = ", ".join(
        f"max({name(column.name)})" for column in table.content if column.kind == "moment"
    )
    groups: list[dict[str, Any]] = arrow(
        run.connection,
        f"SELECT page_id, capture_id, {post} AS post_id, {oldest} AS oldest, greatest({newest}, NULL) AS newest "
        f"FROM read_parquet({quote(str(one.file))}) GROUP BY page_id, capture_id ORDER BY ALL",
    ).to_pylist()
    return groups


def _newest_left(run: Run, table: Table) -> datetime | None:
    """
    The newest moment among rows with which nothing is wrong but their page.
    """
    query = (
        f"SELECT max(newest) AS newest FROM left_{table.name} WHERE starts_with(problem, 'page_')"
    )
    newest: datetime | None = arrow(run.connection, query)["newest"][0].as_py()
    return newest


def _capture(
    run: Run,
    table: Table,
    one: Staged,
    *,
    group: Mapping[str, Any],
    known: Mapping[str, tuple[Knows, str]],
    complete: bool | None,
    lower: datetime | None,
) -> dict[str, object]:
    page, capture = str(group["page_id"]), str(group["capture_id"])
    knows, told = known[page]
    stated = one.stated(capture, page)
    captured = stated or run.order.captured
    # Rows that state their moment are not younger for what others of the file say.
    newest = group["newest"] if stated else lower
    return {
        "capture_id": capture,
        "page_id": page,
        "post_id": group["post_id"],
        "looked_at": table.name,
        "captured_at": captured,
        "captured_lower": None if captured else lower,
        "covers_from": group["oldest"] if complete and group["post_id"] is None else None,
        # What is in the file was observed, whatever moment was told.
        "covers_until": max(filter(None, (captured, newest)), default=None),
        "complete": complete,
        "announced": _announced(one, group["post_id"]),
        "knows_authors": knows.authors,
        "knows_parents": knows.parents,
        "exact_counts": knows.exact_counts,
        "knows_told": told,
        "format": run.importer.key,
        "batch": run.number,
    }


def _announced(one: Staged, post: object) -> int | None:
    extent = (one.sheet.extents or {}).get(str(post))
    return extent.announced if extent else None


def captures_worth_keeping(run: Run, captures: pa.Table) -> pa.Table:
    """
    Those that kept rows or sightings point to, and those that tell something of which no capture told yet.
    """
    stored = run.store.files(CAPTURES.name)
    if not stored:
        return captures
    run.connection.register("new_captures", captures)
    used = " UNION ALL ".join(
        f"SELECT DISTINCT capture_id FROM fresh_{table} ANTI JOIN unchanged_{table} USING (row)"
        for table in RECORDS
        if has_fresh(run, table)
    )
    used += " UNION ALL SELECT capture_id FROM sighted"
    same = " AND ".join(
        f"s.{name(column)} IS NOT DISTINCT FROM n.{name(column)}"
        for column in CAPTURES.arrow.names
        if column not in {"capture_id", "batch"}
    )
    known = f"EXISTS (SELECT 1 FROM read_parquet({paths(stored.values())}) s WHERE {same})"
    return arrow(
        run.connection,
        f"SELECT * FROM new_captures n WHERE capture_id IN ({used}) OR NOT {known} ORDER BY capture_id",
    )


def has_fresh(run: Run, table: str) -> bool:
    query = f"SELECT 1 FROM duckdb_views() WHERE view_name = {quote('fresh_' + table)}"
    return bool(run.connection.sql(query).fetchall())
