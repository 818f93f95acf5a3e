"""Captures of an import: what was looked at, when, and what can be known from it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

import pyarrow as pa

from qulaq.corpus.placing import ROWS_PER_SHEET, placed_rows
from qulaq.corpus.runs import Run
from qulaq.corpus.schema import CAPTURES, RECORDS, Table
from qulaq.corpus.staging import Staged
from qulaq.corpus.vanished import complete_sheets
from qulaq.engine import arrow, name, paths, quote


def _newest(run: Run, staged: Iterable[Table]) -> datetime | None:
    """
    The newest moment in the file: where nothing says when it was captured, it was not before that.
    """
    newest = [_newest_in(run, table) for table in staged]
    return max(filter(None, newest), default=None)


def _newest_in(run: Run, table: Table) -> datetime | None:
    moments = [column.name for column in table.content if column.kind == "moment"]
    largest = ", ".join(f"max({name(moment)})" for moment in moments)
    found = arrow(
        run.connection,
        f"SELECT greatest({largest}, NULL) AS newest FROM ({placed_rows(table)}) JOIN placed_{table.name} USING (row) "
        f"WHERE placed_{table.name}.problem IS NULL OR starts_with(placed_{table.name}.problem, 'page_')",
    )
    newest: datetime | None = found["newest"][0].as_py()
    return newest


def make_captures(run: Run, staged: dict[Table, list[Staged]]) -> pa.Table:
    """
    One capture for each page, sheet and moment of capture; also as the table `fresh_captures`.
    """
    lower = _newest(run, staged)
    rows = [
        capture for table in staged for capture in _captures_of(run, table, staged[table], lower)
    ]
    for number, capture in enumerate(rows):
        capture["capture_id"] = f"{run.number:06}-{number}"
    captures = pa.Table.from_pylist(
        [{one: capture[one] for one in CAPTURES.arrow.names} for capture in rows],
        CAPTURES.arrow,
    )
    sheets = pa.array([capture["sheet"] for capture in rows], pa.int64())
    stated = pa.array([capture["stated"] for capture in rows], pa.timestamp("us", "UTC"))
    run.connection.register(
        "fresh_captures",
        captures.append_column("sheet", sheets).append_column("stated", stated),
    )
    return captures


def _captures_of(
    run: Run, table: Table, sheets: Sequence[Staged], lower: datetime | None
) -> Iterable[dict[str, object]]:
    complete = complete_sheets(run, table, sheets)
    groups = arrow(
        run.connection,
        f"SELECT row // {ROWS_PER_SHEET} AS sheet, page_id, stated, {_the_post(table)} "
        f"FROM ({placed_rows(table)}) r JOIN (SELECT row, captured AS stated, problem AS wrong "
        f"FROM placed_{table.name}) p USING (row) WHERE wrong IS NULL GROUP BY ALL ORDER BY ALL",
    )
    for group in groups.to_pylist():
        sheet = sheets[group["sheet"]].sheet
        knows, told = run.knows(run.study.page(group["page_id"]))
        captured = group["stated"] or run.order.captured
        reaches_back = complete[group["sheet"]] and not sheet.one_post
        yield {
            "page_id": group["page_id"],
            "post_id": group["post_id"] if sheet.one_post else None,
            "looked_at": table.name,
            "captured_at": captured,
            "captured_lower": None if captured else lower,
            "covers_from": group["oldest"] if reaches_back else None,
            # What is in the file was observed, whatever moment was told.
            "covers_until": max(filter(None, (captured, lower)), default=None),
            "complete": complete[group["sheet"]],
            "announced": sheet.announced,
            "knows_authors": knows.authors,
            "knows_parents": knows.parents,
            "exact_counts": knows.exact_counts,
            "knows_told": told,
            "format": run.importer.key,
            "batch": run.number,
            "sheet": group["sheet"],
            "stated": group["stated"],
        }


def captures_worth_keeping(run: Run, captures: pa.Table) -> pa.Table:
    """
    Those that kept rows or sightings point to, and those that tell something of which no capture told yet.
    """
    stored = run.store.files(CAPTURES.name)
    run.connection.register("new_captures", captures)
    used = " UNION ALL ".join(
        f"SELECT capture_id FROM fresh_{table} WHERE row NOT IN (SELECT row FROM unchanged_{table})"
        for table in RECORDS
        if has_fresh(run, table)
    )
    used += " UNION ALL SELECT capture_id FROM sighted"
    known = "false"
    if stored:
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
    query = f"SELECT 1 FROM duckdb_tables() WHERE table_name = {quote('fresh_' + table)}"
    return bool(run.connection.sql(query).fetchall())


def _the_post(table: Table) -> str:
    if table.name != "comments":
        return "NULL::VARCHAR AS post_id, NULL::TIMESTAMPTZ AS oldest"
    return "any_value(post_id) AS post_id, min(published_at) AS oldest"
