"""
The newest state of each record, and what came of each comment, as tables that indicators measure.

Written in Ibis, so that one definition serves every engine. Who speaks for the body is decided here,
when reading: an account added to the study later corrects the past.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import ibis
import pyarrow as pa

from qulaq.corpus.conversations import (
    Tables,
    answers,
    below,
    cluster_of,
    comments,
    corrections,
    extents,
    threads,
)
from qulaq.corpus.ids import Pseudonyms, speaks_for
from qulaq.corpus.schema import CAPTURES, RECORDS, SIGHTINGS, TABLES
from qulaq.engine import Engine, as_ibis, local_day, placed
from qulaq.study import Page, read_words

Expression = Any  # Ibis ships no types

PAGES = pa.schema(
    [
        ("page_id", pa.string()),
        ("zone", pa.string()),
        ("speakers", pa.list_(pa.string())),
        ("told_authors", pa.string()),
        ("told_parents", pa.bool_()),
    ]
)
"""What the study says of its pages."""

TEXTS = ("text", "link")
_SETTLED = ("author", "author_handle", "by_page_source", "capture_id")
"""Of comments, what `by_page`, `person` and `seen` have settled."""
PLACE = ("intake_batch", "intake_row")
"""Where a stored row lies: which batch, which row of it."""
_ROWS_OF_A_BATCH = 1 << 40  # more than any has: `record` is one number for both


Make = Callable[[Tables], Expression]


@dataclass(frozen=True, slots=True)
class Plan:
    """
    How a table is made from those before it. With *of* and *by* it is the table *of*, corrected *by* a
    small one: a view, for few rows are concerned, and copying a million comments costs more.
    """

    name: str
    make: Make
    of: str | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """
    A plan as SQL; *as_it_is* is the table that it corrects.
    """

    plan: Plan
    sql: str
    as_it_is: str | None
    table: Expression


@cache
def compile_tables(
    zones: tuple[str, ...], compiled: Callable[[Expression], str]
) -> tuple[Step, ...]:
    """
    The tables as SQL, each from those before it. Compiling takes longer than running a small corpus.
    """
    raw = {name: stored_table(name) for name in TABLES}
    build = _Builder(raw, ibis.table(as_ibis(PAGES), name="pages"), list(zones))
    tables: Tables = {}
    steps = []
    for plan in build.plans():
        expression = plan.make(tables)
        tables[plan.name] = ibis.table(expression.schema(), name=plan.name)
        as_it_is = compiled(tables[plan.of]) if plan.of else None
        steps.append(Step(plan, compiled(expression), as_it_is, tables[plan.name]))
    return tuple(steps)


def make_tables(engine: Engine, zones: Sequence[str]) -> dict[str, Expression]:
    """
    Run the tables on an engine that knows the batches (`posts_batches`, …) and `pages`, and keep them there under
    their names. *zones* are those of the pages.
    """
    steps = compile_tables(tuple(zones), engine.compiled)
    for step in steps:
        plan, sql = step.plan, step.sql
        # Where there is nothing to correct, engines plan better for the table itself.
        if plan.by and step.as_it_is and engine.is_empty(plan.by):
            sql = step.as_it_is
        engine.materialize(plan.name, sql, as_view=plan.of is not None)
    return {step.plan.name: step.table for step in steps}


def stored_table(name: str) -> Expression:
    return ibis.table(as_ibis(placed(TABLES[name].arrow)), name=f"{name}_batches")


def page_rows(pages: tuple[Page, ...], pseudonyms: Pseudonyms) -> pa.Table:
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
    return pa.Table.from_pylist(rows, PAGES)


@dataclass(frozen=True, slots=True)
class _Builder:
    """
    The expressions behind the tables, each from those before it.
    """

    raw: dict[str, Expression]
    pages: Expression
    zones: list[str]

    def plans(self) -> list[Plan]:
        return [
            Plan("captures", lambda _: self.captures()),
            *self._newest("posts", self.posts, "posts"),
            *self._newest("comments", self.comments, "comments_found"),
            Plan("corrections", corrections),
            Plan("comments", comments, of="comments_found", by="corrections"),
            *self._newest("page_counts", self.page_counts, "page_counts"),
            Plan("sightings", self.sightings),
            Plan("below", below),
            Plan("answers", answers),
            Plan("threads", self.threads),
            Plan("extents", extents),
        ]

    def sightings(self, tables: Tables) -> Expression:
        """
        When comments were `seen` again that said the same as before.
        """
        captures = tables["captures"].select("page_id", "capture_id", "seen")
        again = self.raw[SIGHTINGS.name].inner_join(captures, ["page_id", "capture_id"])
        return again.select("page_id", "comment_id", "seen")

    def threads(self, tables: Tables) -> Expression:
        """
        The threads, with the days on the body's calendar on which they were answered (`replied_on`) and last
        looked at (`seen_on`).
        """
        rows = threads(tables).inner_join(self.pages.select("page_id", "zone"), "page_id")
        return rows.mutate(
            replied_on=local_day(rows.first_reply_at, rows.zone, self.zones),
            seen_on=local_day(rows.seen_until, rows.zone, self.zones),
        ).drop("zone")

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
    ) -> list[Plan]:
        """
        The steps to the newest state of each record: all states, those that are not it, the others.
        """
        states, older = f"{name}_states", f"{name}_older"
        key = ["page_id", RECORDS[name].key[0]]

        def without_older(tables: Tables) -> Expression:
            return tables[states].anti_join(tables[older], "record")

        return [
            Plan(states, lambda tables: derive(self._states(name, tables))),
            Plan(older, lambda tables: _older(tables[states], key)),
            Plan(newest, without_older, of=states, by=older),
        ]

    def _states(self, name: str, tables: Tables) -> Expression:
        stored = self.raw[name]
        stored = stored.select(
            *(one for one in stored.columns if one not in TEXTS),
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
            cluster=cluster_of(rows),
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
