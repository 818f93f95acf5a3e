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

from qulaq.corpus.conversations import below, extents, threads
from qulaq.corpus.ids import Pseudonyms, open_pseudonyms, speaks_for
from qulaq.corpus.schema import CAPTURES, RECORDS, TABLES
from qulaq.engine import Engine, as_ibis, compiled, local_day, local_time
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
_PLACE = ("intake_batch", "intake_row")
"""Where a stored row lies: which batch, which row of it."""


class Corpus:
    """
    The corpus of a study, opened for measuring: `posts`, `comments`, `threads`, `extents`, `page_counts`
    and `captures` by name in `tables`, run by `engine`. What a table holds stands at its expression.

    Tables hold no texts, which are most of the bytes and seldom asked for: `with_texts` adds them.
    """

    def __init__(self, study: Study) -> None:
        self.study = study
        self.store = Store(study.corpus)
        self.engine = Engine()
        self._zones = sorted({page.time_zone for page in study.pages})
        self._register()
        self.tables = self._materialize()

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
        steps = _compile(tuple(self._zones))
        for step in steps:
            self.engine.materialize(step.name, step.sql, as_view=step.name in _VIEWS)
        return {step.name: step.table for step in steps}


_VIEWS = ("comments",)
"""Late roots are few: looking them up again costs less than copying a million comments."""


@dataclass(frozen=True, slots=True)
class _Step:
    name: str
    sql: str
    table: Expression


@cache
def _compile(zones: tuple[str, ...]) -> tuple[_Step, ...]:
    """
    The tables as SQL, each from those before it. Compiling takes longer than running a small corpus.
    """
    raw = {name: _raw(name) for name in TABLES}
    build = _Builder(raw, ibis.table(as_ibis(_PAGES), name="pages"), list(zones))
    tables: dict[str, Expression] = {}
    steps = []
    for name, make in build.steps():
        expression = make(tables)
        tables[name] = ibis.table(expression.schema(), name=name)
        steps.append(_Step(name, compiled(expression), tables[name]))
    return tuple(steps)


def _raw(name: str) -> Expression:
    schema = TABLES[name].arrow
    schema = schema.append(pa.field("intake_batch", pa.int32())).append(
        pa.field("intake_row", pa.int64())
    )
    return ibis.table(as_ibis(schema), name=f"{name}_batches")


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

    def steps(self) -> list[tuple[str, Callable[[dict[str, Expression]], Expression]]]:
        return [
            ("captures", lambda _: self.captures()),
            ("posts", self.posts),
            ("comments_as_stored", self.comments_as_stored),
            ("late_roots", self.late_roots),
            ("comments", self.comments),
            ("page_counts", self.page_counts),
            ("below", below),
            ("threads", threads),
            ("extents", extents),
        ]

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

    def _newest(self, name: str, tables: dict[str, Expression]) -> Expression:
        """
        Of each record the row with the newest capture, of two the one taken in later.

        Most records were stored once; only those stored more often are put in order, which is dear.
        """
        key = ["page_id", RECORDS[name].key[0]]
        stored = self.raw[name]
        stored = stored.select(*(one for one in stored.columns if one not in _TEXTS))
        repeated = stored.group_by(key).having(stored.count() > 1).aggregate()
        once = stored.anti_join(repeated, key)
        captures = tables["captures"].select(
            "page_id", "capture_id", "seen", "knows_authors", "knows_parents"
        )
        several = stored.semi_join(repeated, key).inner_join(captures, ["page_id", "capture_id"])
        place = ibis.row_number().over(
            group_by=[several[one] for one in key],
            order_by=[several.seen.desc(), several.intake_batch.desc(), several.intake_row.desc()],
        )
        ranked = several.mutate(place=place)
        first = ranked.filter(ranked.place == 0).drop("place")
        single = once.inner_join(captures, ["page_id", "capture_id"])
        newest = ibis.union(single, first.select(*single.columns))
        return newest.inner_join(self.pages.select("page_id", "zone", "speakers"), "page_id")

    def _dated(self, rows: Expression, moment: str) -> Expression:
        return rows.mutate(day=local_day(rows[moment], rows.zone, self.zones))

    def posts(self, tables: dict[str, Expression]) -> Expression:
        return self._dated(self._newest("posts", tables), "published_at").drop("zone", "speakers")

    def page_counts(self, tables: dict[str, Expression]) -> Expression:
        return self._dated(self._newest("page_counts", tables), "captured_at").drop(
            "zone", "speakers"
        )

    def late_roots(self, tables: dict[str, Expression]) -> Expression:
        """
        Replies whose root, as found at intake, turned out later to be a reply itself: its comment came
        with a later import. Two steps up follow three imports in the unluckiest order.
        """
        stored = tables["comments_as_stored"]
        replies = stored.filter(
            stored.parent_id.notnull() & (stored.thread_id != stored.comment_id)
        )
        up = replies.select("page_id", root=replies.comment_id, higher=replies.thread_id)
        once = replies.select("page_id", "comment_id", root=replies.thread_id)
        once = once.inner_join(up, ["page_id", "root"])
        once = once.select("page_id", "comment_id", root=once.higher)
        twice = once.left_join(up.view(), ["page_id", "root"])
        return twice.select(
            page_id=twice.page_id,
            comment_id=twice.comment_id,
            late_root=ibis.coalesce(twice.higher, twice.root),
        )

    def comments(self, tables: dict[str, Expression]) -> Expression:
        stored = tables["comments_as_stored"]
        both = stored.left_join(tables["late_roots"], ["page_id", "comment_id"])
        both = both.mutate(thread_id=ibis.coalesce(both.late_root, both.thread_id))
        return both.select(*stored.columns)

    def comments_as_stored(self, tables: dict[str, Expression]) -> Expression:
        rows = self._dated(self._newest("comments", tables), "published_at")
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
        ).drop("zone", "speakers", "by_page_source")
