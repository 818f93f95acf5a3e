"""Last step of intake: what is new becomes a batch of the store."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from qulaq.corpus.balances import write_rejects
from qulaq.corpus.captures import captures_worth_keeping
from qulaq.corpus.issues import Balance
from qulaq.corpus.runs import Run
from qulaq.corpus.schema import CAPTURES, SIGHTINGS, Table
from qulaq.corpus.sightings import find_sightings, write_sightings
from qulaq.corpus.threads import find_roots
from qulaq.engine import name, paths, quote
from qulaq.store import Batch
from qulaq.text.masking import mask


def store_batch(
    run: Run,
    captures: pa.Table,
    *,
    staged: Iterable[Table],
    balance: Balance,
    now: datetime | None,
) -> None:
    """
    Store what is new, and the captures that tell something; where there is neither, nothing.
    """
    if balance.rejects_file:
        write_rejects(run, balance)
    ready = {table.name: _write(run, table) for table in staged}
    find_sightings(run, staged)
    ready[SIGHTINGS.name] = write_sightings(run)
    rows = {table: n for table, (_, n) in ready.items() if n}
    kept_captures = captures_worth_keeping(run, captures)
    if not rows and not kept_captures.num_rows:
        return
    rows[CAPTURES.name] = kept_captures.num_rows
    files = {table: file for table, (file, n) in ready.items() if n}
    files[CAPTURES.name] = _write_captures(run, kept_captures)
    run.writer.commit(_batch(run, balance, rows, now), files)


def _write(run: Run, table: Table) -> tuple[Path, int]:
    """
    The new rows of a table as a Parquet file, in the order of the export.
    """
    if table.name == "comments":
        _name_roots(run)
    file = run.writer.aside / f"{table.name}.parquet"
    columns = ", ".join(
        f"{_stored(column.name)} AS {name(column.name)}" for column in table.columns
    )
    roots = "LEFT JOIN roots USING (page_id, comment_id)" if table.name == "comments" else ""
    run.connection.execute(
        f"COPY (SELECT {columns} FROM fresh_{table.name} {roots} "
        f"WHERE row NOT IN (SELECT row FROM unchanged_{table.name}) ORDER BY row) "
        f"TO {quote(str(file))} (FORMAT parquet, COMPRESSION zstd)"
    )
    query = f"SELECT count(*) FROM read_parquet({quote(str(file))})"
    return file, int(run.connection.sql(query).fetchall()[0][0])


def _name_roots(run: Run) -> None:
    stored = run.store.files("comments")
    above = "SELECT page_id, comment_id, thread_id AS above FROM read_parquet"
    find_roots(
        run.connection,
        fresh="SELECT page_id, comment_id, parent_id AS above FROM fresh_comments",
        stored=f"{above}({paths(stored.values())})"
        if stored
        else "SELECT NULL, NULL, NULL WHERE false",
    )


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


def _stored(column: str) -> str:
    if column == "thread_id":
        return "coalesce(roots.root, comment_id)"
    return name(column)
