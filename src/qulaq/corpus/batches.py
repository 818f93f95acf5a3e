"""Last step of intake: what is new becomes a batch of the store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from qulaq.corpus.balances import write_rejects
from qulaq.corpus.captures import captures_worth_keeping
from qulaq.corpus.issues import Balance
from qulaq.corpus.runs import Run
from qulaq.corpus.schema import CAPTURES, COMMENTS, SIGHTINGS, Table
from qulaq.corpus.sightings import find_sightings, write_sightings
from qulaq.corpus.staging import Staged
from qulaq.corpus.threads import find_roots
from qulaq.corpus.vanished import Vanished
from qulaq.engine import name, paths, write_parquet
from qulaq.store import Batch
from qulaq.text.masking import mask


def store_batch(
    run: Run,
    vanished: Vanished,
    *,
    staged: Mapping[Table, Sequence[Staged]],
    balance: Balance,
    now: datetime | None,
) -> None:
    """
    Store what is new or gone, and the captures that tell something; where there is none, nothing.
    """
    if balance.rejects_file:
        write_rejects(run, balance)
    files_of = {table: {one.file: one.n for one in sheets} for table, sheets in staged.items()}
    if vanished.file:
        files_of[COMMENTS][vanished.file] = vanished.n
    ready = {table.name: _ready(run, table, written) for table, written in files_of.items()}
    find_sightings(run, staged)
    ready[SIGHTINGS.name] = write_sightings(run)
    rows = {table: n for table, (_, n) in ready.items() if n}
    kept_captures = captures_worth_keeping(run, vanished.captures)
    if not rows and not kept_captures.num_rows:
        return
    rows[CAPTURES.name] = kept_captures.num_rows
    files = {table: file for table, (file, n) in ready.items() if n}
    files[CAPTURES.name] = _write_captures(run, kept_captures)
    run.writer.commit(_batch(run, balance, rows, now), files)


def _ready(run: Run, table: Table, written: Mapping[Path, int]) -> tuple[Path, int]:
    """
    The new rows of a table as a Parquet file, in the order of the export, and how many they are: the
    staged file itself, where all its rows are new and stand as they should.
    """
    deeper = table.name == "comments" and _name_roots(run)
    unchanged = _n_unchanged(run, table)
    n = sum(written.values()) - unchanged
    if (len(written) == 1 and not deeper and not unchanged) or not n:
        return next(iter(written)), n
    file = run.writer.aside / f"{table.name}.parquet"
    roots = "LEFT JOIN roots USING (page_id, comment_id)" if deeper else ""
    columns = ", ".join(
        "coalesce(root, thread_id) AS thread_id"
        if deeper and one.name == "thread_id"
        else name(one.name)
        for one in table.columns
    )
    query = f"SELECT {columns} FROM fresh_{table.name} {roots} ANTI JOIN unchanged_{table.name} USING (row) ORDER BY row"
    return file, write_parquet(run.connection, query, file)


def _n_unchanged(run: Run, table: Table) -> int:
    return int(run.connection.sql(f"SELECT count(*) FROM unchanged_{table.name}").fetchall()[0][0])


def _name_roots(run: Run) -> bool:
    """
    Find the roots of threads, and say whether some answer is not to its root, as staged rows take it to be.
    """
    stored = run.store.files("comments")
    find_roots(
        run.connection,
        fresh="SELECT page_id, comment_id, parent_id AS above FROM fresh_comments",
        stored=f"SELECT page_id, comment_id, thread_id AS above FROM read_parquet({paths(stored.values())})"
        if stored
        else None,
    )
    query = "SELECT 1 FROM fresh_comments JOIN roots USING (page_id, comment_id) WHERE root <> parent_id LIMIT 1"
    return bool(run.connection.sql(query).fetchall())


def _write_captures(run: Run, captures: pa.Table) -> Path:
    file = run.writer.aside / "captures.parquet"
    pq.write_table(captures.cast(CAPTURES.arrow), file)
    return file


def _batch(run: Run, balance: Balance, rows: dict[str, int], now: datetime | None) -> Batch:
    order = run.order
    options = {
        "mapping": order.mapping.name if order.mapping else "",
        "page": order.page or "",
        "captured": order.captured.isoformat() if order.captured else "",
        "knows": " ".join(order.knows),
        "complete": "" if order.complete is None else str(order.complete).lower(),
    }
    return Batch(
        number=run.number,
        file=mask(run.export.file.name),
        sha256=run.export.sha256,
        format=run.importer.key,
        options={key: value for key, value in options.items() if value},
        read=balance.total("read"),
        kept=balance.total("kept"),
        unchanged=balance.total("unchanged"),
        rejected=balance.total("rejected"),
        rows=rows,
        taken_in=now.astimezone(UTC).isoformat(timespec="seconds") if now else "",
    )
