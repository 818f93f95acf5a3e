"""
The newest state of each record, as tables that indicators measure.

Written in Ibis, so that one definition serves every engine. Who speaks for the body is decided here,
when reading: an account added to the study later corrects the past.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import ibis
import pyarrow as pa

from qulaq.corpus.ids import Pseudonyms, open_pseudonyms, speaks_for
from qulaq.corpus.schema import CAPTURES, RECORDS, TABLES
from qulaq.engine import Engine, as_ibis, local_day
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


class Corpus:
    """
    The corpus of a study, opened for measuring: `posts`, `comments`, `threads`, `extents`, `page_counts`
    and `captures` by name in `tables`, run by `engine`.

    posts: one row a post with `day` (local). comments: one row a comment with `by_page` (null: not
    known), `top_level`. threads: one row for each top-level comment with `first_reply_at`,
    `unknown_replies`, `inferred`. extents: one row a post with the comments `shown` and `captured`.
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

    def _materialize(self) -> dict[str, Expression]:
        raw = {name: _raw(name) for name in TABLES}
        pages = ibis.table(as_ibis(_PAGES), name="pages")
        build = _Builder(raw, pages, self._zones)
        tables: dict[str, Expression] = {}
        for name, make in build.steps():
            tables[name] = self.engine.materialize(name, make(tables))
        return tables


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

    def steps(self) -> list[tuple[str, Any]]:
        return [
            ("captures", lambda _: self.captures()),
            ("posts", self.posts),
            ("comments_as_stored", self.comments_as_stored),
            ("late_roots", self.late_roots),
            ("comments", self.comments),
            ("page_counts", self.page_counts),
            ("threads", self.threads),
            ("extents", self.extents),
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
        """
        key = RECORDS[name].key[0]
        captures = tables["captures"].select(
            "page_id", "capture_id", "seen", "knows_authors", "knows_parents"
        )
        rows = self.raw[name].inner_join(captures, ["page_id", "capture_id"])
        place = ibis.row_number().over(
            group_by=[rows.page_id, rows[key]],
            order_by=[rows.seen.desc(), rows.intake_batch.desc(), rows.intake_row.desc()],
        )
        ranked = rows.mutate(place=place)
        newest = ranked.filter(ranked.place == 0).drop("place")
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
        return rows.mutate(by_page=by_page, top_level=rows.parent_id.isnull()).drop(
            "zone", "speakers"
        )

    def threads(self, tables: dict[str, Expression]) -> Expression:
        """
        Each top-level comment with the body's first answer to it.

        A reply is a later comment by the body in the same thread. Where the source knows no parents, it
        is one under the same post that mentions the citizen, and counts for the citizen's last comment
        before it.
        """
        comments = tables["comments"]
        below = _first_replies(comments).union(_first_mentions(comments))
        first = below.group_by("page_id", "comment_id").aggregate(
            first_reply_at=below.first_reply_at.min(),
            unknown_replies=below.unknown_replies.sum(),
            inferred=below.inferred.any(),
        )
        roots = comments.filter(comments.top_level)
        return roots.left_join(first, ["page_id", "comment_id"]).drop(
            "page_id_right", "comment_id_right"
        )

    def extents(self, tables: dict[str, Expression]) -> Expression:
        """
        How many comments of each post are shown by the platform and how many are held.
        """
        comments, posts, captures = tables["comments"], tables["posts"], tables["captures"]
        told = captures.filter(captures.announced.notnull() & captures.post_id.notnull())
        told = told.group_by("page_id", "post_id").aggregate(
            announced=told.announced.argmax(told.seen)
        )
        told = told.mutate(comments=ibis.null("int64"))
        told = told.mutate(published_on=ibis.null("date"))
        shown = posts.select("page_id", "post_id", "comments", published_on=posts.day)
        shown = shown.mutate(announced=ibis.null("int64"))
        either = ibis.union(shown, told.select(*shown.columns))
        either = either.group_by("page_id", "post_id").aggregate(
            published_on=either.published_on.max(),
            shown=ibis.coalesce(either.comments.max(), either.announced.max()),
        )
        held = comments.filter(comments.post_id.notnull() & comments.gone_between.isnull())
        held = held.group_by("page_id", "post_id").aggregate(
            captured=held.count(), first_day=held.day.min()
        )
        both = either.left_join(held, ["page_id", "post_id"])
        return both.select(
            page_id=both.page_id,
            post_id=both.post_id,
            # A post known only by its comments is dated by the first of them.
            day=ibis.coalesce(both.published_on, both.first_day),
            shown=both.shown,
            captured=ibis.coalesce(both.captured, 0),
        )


def _first_replies(comments: Expression) -> Expression:
    """
    For each root with something below it: the body's first later comment, and how many replies are by
    nobody knows whom.
    """
    replies = comments.filter(comments.parent_id.notnull())
    replies = replies.select(
        "page_id", "by_page", comment_id=replies.thread_id, reply_at=replies.published_at
    )
    roots = comments.filter(comments.top_level).select("page_id", "comment_id", "published_at")
    pairs = roots.inner_join(replies, ["page_id", "comment_id"])
    later = pairs.by_page & (pairs.reply_at > pairs.published_at)
    first = pairs.group_by("page_id", "comment_id").aggregate(
        first_reply_at=pairs.reply_at.min(where=later), unknown_replies=pairs.by_page.isnull().sum()
    )
    return first.mutate(inferred=ibis.literal(False))


def _first_mentions(comments: Expression) -> Expression:
    flat = comments.filter(~comments.knows_parents)
    answers = flat.filter(flat.by_page)
    answers = answers.select(
        "page_id",
        "post_id",
        reply_id=answers.comment_id,
        reply_at=answers.published_at,
        citizen=answers.mentions.unnest(),
    )
    roots = flat.filter(flat.top_level & ~flat.by_page)
    roots = roots.select(
        "page_id",
        "post_id",
        "comment_id",
        "published_at",
        citizen=ibis.coalesce(roots.author_handle, roots.author),
    )
    pairs = roots.inner_join(answers, ["page_id", "post_id", "citizen"])
    pairs = pairs.filter(pairs.published_at < pairs.reply_at)
    place = ibis.row_number().over(
        group_by=[pairs.page_id, pairs.reply_id, pairs.citizen], order_by=pairs.published_at.desc()
    )
    last = pairs.mutate(place=place)
    last = last.filter(last.place == 0)
    first = last.group_by("page_id", "comment_id").aggregate(first_reply_at=last.reply_at.min())
    return first.mutate(unknown_replies=ibis.literal(0, "int64"), inferred=ibis.literal(True))
