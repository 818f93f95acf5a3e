"""A corpus opened for measuring: the newest state of each record, from the current copy or from the batches."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

import duckdb
import ibis

from qulaq.corpus.codes import Codes
from qulaq.corpus.copies import Copy, bring_up_to_date, describe_copy, make_in_memory, read_parts
from qulaq.corpus.ids import open_pseudonyms
from qulaq.corpus.newest import PAGES, PLACE, TEXTS, make_tables, page_rows, stored_table
from qulaq.corpus.schema import CAPTURES, TABLES
from qulaq.engine import DuckEngine, Engine, as_ibis, local_time
from qulaq.lang import Phrase
from qulaq.store import Store
from qulaq.study import Study

Expression = Any  # Ibis ships no types


class Corpus:
    """
    The corpus of a study, opened for measuring: `posts`, `comments`, `threads`, `extents`, `page_counts`
    and `captures` by name in `tables`, run by `engine`. What a table holds stands at its expression in
    `qulaq.corpus.newest`.

    They are read from the current copy, which is brought up to date first; without *copy*, or where its folder
    may not be written, they are made of the batches, as they are where an *engine* is given, which is closed
    with the corpus. `codes` are what people read out of the texts, None where nobody did. Tables hold no texts, which are most of the bytes and seldom asked for: `with_texts` adds them.
    """

    def __init__(
        self,
        study: Study,
        *,
        engine: Engine | None = None,
        copy: bool = True,
        codes: Codes | None = None,
        progress: Callable[[Phrase], None] = lambda _: None,
    ) -> None:
        self.study = study
        self.codes = codes
        self.store = Store(study.corpus)
        self._zones = sorted({page.time_zone for page in study.pages})
        self.engine: Engine = engine or DuckEngine()
        try:
            self._register()
            self.tables = (
                self._open_tables(self.engine, progress, copy=copy)
                if engine is None and isinstance(self.engine, DuckEngine)
                else make_tables(self.engine, self._zones)
            )
        except BaseException:
            self.engine.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.engine.close()

    def _register(self) -> None:
        self._pages = page_rows(self.study.pages, open_pseudonyms(self.store))
        self.engine.add_rows("pages", self._pages)
        for name, table in TABLES.items():
            self.engine.add_files(f"{name}_batches", self.store.files(name), table.arrow)

    def _open_tables(
        self, engine: DuckEngine, progress: Callable[[Phrase], None], *, copy: bool
    ) -> dict[str, Expression]:
        if copy and self.store.batches():
            # What cannot be written, or is no folder, is done without.
            with suppress(OSError, duckdb.IOException):
                parts = bring_up_to_date(
                    engine, self.store, self._pages, zones=self._zones, progress=progress
                )
                return read_parts(engine, parts)
        return make_in_memory(engine, self._zones)

    def describe_copy(self) -> Copy:
        """
        How much there is of the current copy.
        """
        return describe_copy(self.engine, self.store, self._pages)

    @property
    def stored_captures(self) -> Expression:
        """
        All captures in the batches, also those of pages that the study does not name.
        """
        return stored_table(CAPTURES.name)

    def with_texts(self, rows: Expression, table: str) -> Expression:
        """
        The rows with `text` and `link`; they must still bear `intake_batch` and `intake_row`.
        """
        texts = stored_table(table).select(*PLACE, *TEXTS)
        return rows.inner_join(texts, list(PLACE))

    def local_time(self, rows: Expression, moment: str) -> Expression:
        """
        The rows with `clock`, what the clock on the wall of the page's body showed at that moment.
        """
        zones = ibis.table(as_ibis(PAGES), name="pages").select("page_id", "zone")
        joined = rows.inner_join(zones, "page_id")
        return joined.mutate(clock=local_time(joined[moment], joined.zone, self._zones)).drop(
            "zone"
        )
