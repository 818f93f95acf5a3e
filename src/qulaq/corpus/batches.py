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
from qulaq.corpus.mending import mend
from qulaq.corpus.runs import Run
from qulaq.corpus.schema import CAPTURES, COMMENTS, SIGHTINGS, Table
from qulaq.corpus.sightings import find_sightings, write_sightings
from qulaq.corpus.staging import Staged
from qulaq.corpus.threads import find_roots
from qulaq.corpus.vanished import Vanished
from qulaq.engine import arrow, paths
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
    find_sightings(run, staged)
    kept_captures = captures_worth_keeping(run, vanished.captures)
    ready = {table.name: _ready(run, table, written) for table, written in files_of.items()}
    ready[SIGHTINGS.name] = write_sightings(run)
    rows = {table: n for table, (_, n) in ready.items() if n}
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
    unchanged = arrow(run.connection, f"SELECT row FROM unchanged_{table.name} ORDER BY row")
    deeper = _find_deeper(run) if table is COMMENTS else _NONE_DEEPER
    n = sum(written.values()) - len(unchanged)
    if (len(written) == 1 and not len(deeper) and not len(unchanged)) or not n:
        return next(iter(written)), n
    file = run.writer.aside / f"{table.name}.parquet"
    mend(
        list(written),
        file,
        schema=table.arrow,
        dropped=unchanged["row"].to_numpy(),
        deeper=deeper["row"].to_numpy(),
        roots=deeper["root"].combine_chunks(),
    )
    return file, n


_NONE_DEEPER = pa.table({"row": pa.array([], pa.int64()), "root": pa.array([], pa.string())})


def _find_deeper(run: Run) -> pa.Table:
    """
    The rows (row, root) that answer an answer: staged rows take what they answer to be the root.
    """
    stored = run.store.files("comments")
    above = "SELECT page_id, comment_id, thread_id AS above FROM read_parquet"
    find_roots(
        run.connection,
        fresh="SELECT page_id, comment_id, parent_id AS above FROM fresh_comments",
        stored=f"{above}({paths(stored.values())})" if stored else None,
    )
    return arrow(
        run.connection,
        "SELECT row, root FROM fresh_comments JOIN roots USING (page_id, comment_id) "
        "WHERE root <> thread_id ORDER BY row",
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
