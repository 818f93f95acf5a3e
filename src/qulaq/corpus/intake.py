"""
The one road in: read, check, pseudonymise, store, balance.

A file goes through in two steps. First each sheet is typed in one DuckDB plan, in the order of the file,
authors already hashed (`staging`). Then rows are given to pages and checked (`placing`), compared with
what is stored (`novelty`), and written as one batch. Rows read = kept + unchanged + rejected, always.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import duckdb

from qulaq.corpus.balances import make_balance
from qulaq.corpus.batches import store_batch
from qulaq.corpus.captures import make_captures
from qulaq.corpus.erasure import read_stop_list
from qulaq.corpus.ids import open_pseudonyms
from qulaq.corpus.importers import IMPORTERS, Importer, recognise
from qulaq.corpus.importers.plain import no_rows
from qulaq.corpus.importers.table import with_mapping
from qulaq.corpus.issues import Balance
from qulaq.corpus.layers import Rules
from qulaq.corpus.novelty import compare
from qulaq.corpus.placing import Places
from qulaq.corpus.runs import Order, Run, find_page
from qulaq.corpus.schema import CAPTURES, Table
from qulaq.corpus.staging import Staged, gather, stage
from qulaq.corpus.vanished import find_vanished
from qulaq.engine import connect
from qulaq.errors import UnreadableExport
from qulaq.exports import Export, open_export
from qulaq.lang import Phrase, phrase
from qulaq.store import Store
from qulaq.study import Study

__all__ = ["Order", "take_in"]

Progress = Callable[[Phrase], None]

# With what Python and DuckDB hold besides, an import of any file stays below a gigabyte: press offices have
# small machines. More of it made no import faster.
_MEMORY = "650MB"


def take_in(
    study: Study,
    file: Path,
    order: Order | None = None,
    *,
    now: datetime | None = None,
    progress: Progress = lambda _: None,
) -> Balance:
    """
    Import one export and say what became of its rows. *now* goes into the manifest, nowhere else.

    Raises UnreadableExport, UnknownExport or StoreError; nothing is stored then.
    """
    study.must_have_pages()
    order = order or Order()
    store = Store(study.corpus)
    with store.writing(
        waiting=lambda: progress(phrase("waiting for another import to finish"))
    ) as writer:
        progress(phrase("reading"))
        export = open_export(file, writer.aside, beside=order.beside)
        importer = _find_importer(export, order)
        with connect(spill=writer.aside / "spill", memory=_MEMORY) as connection:
            run = Run(
                study=study,
                order=order,
                store=store,
                writer=writer,
                export=export,
                importer=importer,
                connection=connection,
                number=writer.next_number,
                forced=find_page(study, order, importer, export),
            )
            try:
                return _take_in(run, now, progress)
            except (
                duckdb.DataError,
                duckdb.ParserException,
                duckdb.InvalidInputException,
            ) as error:
                raise _unreadable(file, error) from error


def _take_in(run: Run, now: datetime | None, progress: Progress) -> Balance:
    staged = _stage(run, now)
    progress(phrase("checking"))
    captures = make_captures(run, staged)
    progress(phrase("comparing with what is stored"))
    for table in staged:
        compare(
            table,
            stored=run.store.files(table.name),
            captures=run.store.files(CAPTURES.name),
            connection=run.connection,
        )
    balance = make_balance(run, staged)
    vanished = find_vanished(run, captures, staged)
    balance = balance.told(vanished.notes, vanished=vanished.n)
    progress(phrase("storing"))
    store_batch(run, vanished, staged=staged, balance=balance, now=now)
    return balance


def _unreadable(file: Path, error: duckdb.Error) -> UnreadableExport:
    return UnreadableExport(
        where=str(file),
        found=phrase("the file cannot be read ({error}).", error=str(error).splitlines()[0][:200]),
        remedy=phrase("Export it again, or save it as CSV in UTF-8."),
    )


def _find_importer(export: Export, order: Order) -> Importer:
    if order.mapping:
        return with_mapping(IMPORTERS.get("table"), order.mapping)
    return IMPORTERS.get(order.importer) if order.importer else recognise(export)


def _stage(run: Run, now: datetime | None) -> dict[Table, list[Staged]]:
    pseudonyms, stops = open_pseudonyms(run.store, run.writer), read_stop_list(run.store)
    staged: dict[Table, list[Staged]] = {}
    for number, sheet in enumerate(run.importer.read(run.export, run.connection)):
        before = staged.setdefault(sheet.plan.table, [])
        one = stage(
            sheet,
            run.writer.aside / f"staged-{number:04}.parquet",
            number=len(before),
            captures=f"{run.number:06}-{number}-",
            rules=Rules(
                places=Places(pages=run.pages(sheet.plan), forced=run.forced),
                pseudonyms=pseudonyms,
                stops=stops,
                latest=now,
                captured=run.order.captured,
            ),
            connection=run.connection,
        )
        before.append(one)
    for table, sheets in staged.items():
        gather(table, [one.file for one in sheets], run.connection)
    if not any(_count(run, table, sheets) for table, sheets in staged.items()):
        raise no_rows(run.export)
    return staged


def _count(run: Run, table: Table, sheets: Sequence[Staged]) -> int:
    left = run.connection.sql(f"SELECT count(*) FROM left_{table.name}").fetchall()[0][0]
    return sum(one.n + len(one.broken) for one in sheets) + int(left)
