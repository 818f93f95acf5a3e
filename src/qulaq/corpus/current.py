"""
The newest state of each record, as tables that indicators measure.

Written in Ibis, so that one definition serves every engine. Who speaks for the body is decided here,
when reading: an account added to the study later corrects the past.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from types import TracebackType
from typing import Any, Self

import ibis
import pyarrow as pa

from qulaq.corpus.conversations import (
    Tables,
    answers,
    below,
    comments,
    corrections,
    extents,
    threads,
)
from qulaq.corpus.ids import Pseudonyms, open_pseudonyms, speaks_for
from qulaq.corpus.schema import CAPTURES, RECORDS, SIGHTINGS, TABLES
from qulaq.engine import DuckEngine, Engine, as_ibis, local_day, local_time, placed
from qulaq.store import Store
from qulaq.study import Page, Study, read_words

Expression = Any  # Ibis ships no types

_PAGES = pa.schema(
    [
        ("page_id", pa.string()),
        ("zone", pa.string()),
        ("speakers", pa.list_(pa.string())),
        ("told_authors", pa.string()),
        ("told_parents", pa.bool_()),
    ]
)
_TEXTS = ("text", "link")
_SETTLED = ("author", "author_handle", "by_page_source", "capture_id")
"""Of comments, what `by_page`, `person` and `seen` have settled."""
_PLACE = ("intake_batch", "intake_row")
"""Where a stored row lies: which batch, which row of it."""
_ROWS_OF_A_BATCH = 1 << 40  # more than any has: `record` is one number for both


class Corpus:
    """
    The corpus of a study, opened for measuring: `posts`, `comments`, `threads`, `extents`, `page_counts`
    and `captures` by name in `tables`, run by `engine`. What a table holds stands at its expression.

    Tables hold no texts, which are most of the bytes and seldom asked for: `with_texts` adds them.
    The *engine* (left out: DuckDB) is closed with the corpus.
    """

    def __init__(self, study: Study, *, engine: Engine | None = None) -> None:
        self.study = study
        self.store = Store(study.corpus)
        self.engine = engine or DuckEngine()
        self._zones = sorted({page.time_zone for page in study.pages})
        try:
            self._register()
            self.tables = self._materialize()
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
        pseudonyms = open_pseudonyms(self.store)
        self.engine.add_rows("pages", _page_rows(self.study.pages, pseudonyms))
        for name, table in TABLES.items():
            self.engine.add_files(f"{name}_batches", self.store.files(name), table.arrow)

    @property
    def stored_captures(self) -> Expression:
        """
        All captures in the batches, also those of pages that the study does not name.
        """
        return _raw(CAPTURES.name)

    def with_texts(self, rows: Expression, table: str) -> Expression:
        """
        The rows with `text` and `link`; they must still bear `intake_batch` and `intake_row`.
        """
        texts = _raw(table).select(*_PLACE, *_TEXTS)
        return rows.inner_join(texts, list(_PLACE))

    def local_time(self, rows: Expression, moment: str) -> Expression:
        """
        The rows with `clock`, what the clock on the wall of the page's body showed at that moment.
        """
        zones = ibis.table(as_ibis(_PAGES), name="pages").select("page_id", "zone")
        joined = rows.inner_join(zones, "page_id")
        return joined.mutate(clock=local_time(joined[moment], joined.zone, self._zones)).drop(
            "zone"
        )

    def _materialize(self) -> dict[str, Expression]:
        steps = _compile(tuple(self._zones), self.engine.compiled)
        for step in steps:
            plan, sql = step.plan, step.sql
            # Where there is nothing to correct, engines plan better for the table itself.
            if plan.by and step.as_it_is and self.engine.is_empty(plan.by):
                sql = step.as_it_is
            self.engine.materialize(plan.name, sql, as_view=plan.of is not None)
        return {step.plan.name: step.table for step in steps}


Make = Callable[[Tables], Expression]


@dataclass(frozen=True, slots=True)
class _Plan:
    """
    How a table is made from those before it. With *of* and *by* it is the table *of*, corrected *by* a
    small one: a view, for few rows are concerned, and copying a million comments costs more.
    """

    name: str
    make: Make
    of: str | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True)
class _Step:
    """
    A plan as SQL; *as_it_is* is the table that it corrects.
    """

    plan: _Plan
    sql: str
    as_it_is: str | None
    table: Expression


@cache
def _compile(zones: tuple[str, ...], compiled: Callable[[Expression], str]) -> tuple[_Step, ...]:
    """
    The tables as SQL, each from those before it. Compiling takes longer than running a small corpus.
    """
    raw = {name: _raw(name) for name in TABLES}
    build = _Builder(raw, ibis.table(as_ibis(_PAGES), name="pages"), list(zones))
    tables: Tables = {}
    steps = []
    for plan in build.plans():
        expression = plan.make(tables)
        tables[plan.name] = ibis.table(expression.schema(), name=plan.name)
        as_it_is = compiled(tables[plan.of]) if plan.of else None
        steps.append(_Step(plan, compiled(expression), as_it_is, tables[plan.name]))
    return tuple(steps)


def _raw(name: str) -> Expression:
    return ibis.table(as_ibis(placed(TABLES[name].arrow)), name=f"{name}_batches")


def _page_rows(pages: tuple[Page, ...], pseudonyms: Pseudonyms) -> pa.Table:
    rows = []
    for page in pages:
        said = read_words(page.knows)
        rows.append(
            {
                "page_id": page.id,
                "zone": page.time_zone,
                "speakers": [pseudonyms.of(one) for one in speaks_for(page)],
                "told_authors": said.get("authors"),
                "told_parents": said.get("parents"),
            }
        )
    return pa.Table.from_pylist(rows, _PAGES)


@dataclass(frozen=True, slots=True)
class _Builder:
    """
    The expressions behind the tables, each from those before it.
    """

    raw: dict[str, Expression]
    pages: Expression
    zones: list[str]

    def plans(self) -> list[_Plan]:
        return [
            _Plan("captures", lambda _: self.captures()),
            *self._newest("posts", self.posts, "posts"),
            *self._newest("comments", self.comments, "comments_found"),
            _Plan("corrections", corrections),
            _Plan("comments", comments, of="comments_found", by="corrections"),
            *self._newest("page_counts", self.page_counts, "page_counts"),
            _Plan("sightings", self.sightings),
            _Plan("below", below),
            _Plan("answers", answers),
            _Plan("threads", threads),
            _Plan("extents", extents),
        ]

    def sightings(self, tables: Tables) -> Expression:
        """
        When comments were `seen` again that said the same as before.
        """
        captures = tables["captures"].select("page_id", "capture_id", "seen")
        again = self.raw[SIGHTINGS.name].inner_join(captures, ["page_id", "capture_id"])
        return again.select("page_id", "comment_id", "seen")

    def captures(self) -> Expression:
        """
        Captures with `seen`, the moment for which they stand, and what the study says they know.
        """
        captures = self.raw[CAPTURES.name].inner_join(self.pages, "page_id")
        commanded = captures.knows_told == "command"
        authors = ibis.ifelse(commanded, ibis.null("string"), captures.told_authors)
        parents = ibis.ifelse(commanded, ibis.null("boolean"), captures.told_parents)
        return captures.mutate(
            seen=ibis.coalesce(captures.captured_at, captures.captured_lower),
            knows_authors=ibis.coalesce(authors, captures.knows_authors),
            knows_parents=ibis.coalesce(parents, captures.knows_parents),
        ).drop("told_authors", "told_parents", "speakers", "zone", "intake_batch", "intake_row")

    def _newest(
        self, name: str, derive: Callable[[Expression], Expression], newest: str
    ) -> list[_Plan]:
        """
        The steps to the newest state of each record: all states, those that are not it, the others.
        """
        states, older = f"{name}_states", f"{name}_older"
        key = ["page_id", RECORDS[name].key[0]]

        def without_older(tables: Tables) -> Expression:
            return tables[states].anti_join(tables[older], "record")

        return [
            _Plan(states, lambda tables: derive(self._states(name, tables))),
            _Plan(older, lambda tables: _older(tables[states], key)),
            _Plan(newest, without_older, of=states, by=older),
        ]

    def _states(self, name: str, tables: Tables) -> Expression:
        stored = self.raw[name]
        stored = stored.select(
            *(one for one in stored.columns if one not in _TEXTS),
            record=stored.intake_batch.cast("int64") * _ROWS_OF_A_BATCH + stored.intake_row,
        )
        captures = tables["captures"].select(
            "page_id", "capture_id", "seen", "knows_authors", "knows_parents"
        )
        return stored.inner_join(captures, ["page_id", "capture_id"]).inner_join(
            self.pages.select("page_id", "zone", "speakers"), "page_id"
        )

    def _dated(self, rows: Expression, moment: str) -> Expression:
        return rows.mutate(day=local_day(rows[moment], rows.zone, self.zones))

    def posts(self, states: Expression) -> Expression:
        return self._dated(states, "published_at").drop("zone", "speakers")

    def page_counts(self, states: Expression) -> Expression:
        return self._dated(states, "captured_at").drop("zone", "speakers")

    def comments(self, states: Expression) -> Expression:
        rows = self._dated(states, "published_at")
        speaks = rows.speakers.contains(rows.author) | rows.speakers.contains(rows.author_handle)
        named = rows.author.notnull() | rows.author_handle.notnull()
        by_page = ibis.cases(
            (speaks.fill_null(False), True),
            (rows.by_page_source.notnull(), rows.by_page_source),
            (named | (rows.knows_authors == "page"), False),
            else_=ibis.null("boolean"),
        )
        return rows.mutate(
            by_page=by_page,
            top_level=rows.parent_id.isnull(),
            # A person known by handle and by id is the same under the handle, which mentions use.
            person=ibis.coalesce(rows.author_handle, rows.author),
        ).drop("zone", "speakers", *_SETTLED)


def _older(states: Expression, key: list[str]) -> Expression:
    """
    The states that are not the newest: of each record that with the newest capture, of two the one taken
    in later, which has the larger number.

    Most records were stored once. Their ids alone tell which may have been stored more often; only these
    are put in order, which is dear.
    """
    several = states.group_by(key[-1]).having(states.count() > 1).aggregate()
    several = states.select(*key, "seen", "record").semi_join(several, key[-1])
    place = ibis.row_number().over(
        group_by=[several[one] for one in key],
        order_by=[several.seen.desc(), several.record.desc()],
    )
    ranked = several.mutate(place=place)
    return ranked.filter(ranked.place > 0).select("record")
