"""
The tables that indicators measure: the corpus' tables cut to the window, with each row's period.

Each is built when an indicator asks for it. Comments stand by their own day, whatever their post's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import ibis
import pyarrow as pa

from qulaq.corpus.coverage import Coverage, observed
from qulaq.corpus.crossposts import add_crossposts
from qulaq.corpus.current import Corpus
from qulaq.corpus.readings import add_boilerplate, add_readings
from qulaq.engine import as_ibis
from qulaq.indicators.codes import Kind, of_kind, read_codes
from qulaq.indicators.periods import TRUNCATION, By, united
from qulaq.lang import Phrase
from qulaq.study import Page, Window
from qulaq.workdays import working_day_numbers

Expression = Any  # Ibis ships no types

HORIZONS: Mapping[str, float] = {"1h": 1, "24h": 24, "72h": 72, "7d": 168}
"""Within so many hours an answer is asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """
    What is measured: a corpus, what of it was observed, the window, the kind of period.
    """

    corpus: Corpus
    coverage: Mapping[str, Coverage]
    window: Window
    by: By | None
    progress: Callable[[Phrase], None] = lambda _: None


def make_table(name: str, scope: Scope) -> Expression:
    """
    The table of that name, with `page_id` and `period`, the calendar start of each row's period.
    """
    return _TABLES[name](scope)


def _with_period(scope: Scope, table: Expression, *, cut: bool = True) -> Expression:
    """
    Without *cut*, rows outside the window stay: the nearest stands in where none lies inside.
    """
    window = scope.window
    if cut:
        table = table.filter(
            table.day.between(ibis.literal(window.first), ibis.literal(window.last))
        )
    if scope.by is None:
        return table.mutate(period=ibis.literal(window.first).cast("date"))
    # Ibis takes a truncated day for a day, DuckDB answers with a moment: hence the two casts.
    truncated = table.day.cast("timestamp").truncate(TRUNCATION[scope.by])
    return table.mutate(period=truncated.cast("date"))


def _stored(name: str) -> Callable[[Scope], Expression]:
    return lambda scope: _with_period(scope, scope.corpus.tables[name])


# ── posts ────────────────────────────────────────────────────────────────────────────────────────


def _posts(scope: Scope) -> Expression:
    """
    Posts with `interactions` (likes, comments and shares), null where one of the three is not known.
    """
    posts = _with_period(scope, scope.corpus.tables["posts"])
    return posts.mutate(interactions=posts.likes + posts.comments + posts.shares)


def _post_days(scope: Scope) -> Expression:
    """
    Posts by day: how many (`n`), their `interactions` (`interactions_each_1000`: for a thousand of the
    followers shown at posting), of how many posts those are not known (`hidden`). `observed` tells the
    days of the page's observed span from others, such as those before the opening that the study tells.
    """
    posts = _posts(scope)
    # Of nobody there is no share: followers who were not there yet are as if not known.
    posts = posts.mutate(followers_then=posts.followers_then.nullif(0))
    days = posts.group_by("page_id", "period", "day").aggregate(
        n=posts.count(),
        hidden=posts.interactions.isnull().sum(),
        interactions=posts.interactions.sum(),
        interactions_each=(posts.interactions / posts.followers_then).sum(),
        followers_hidden=posts.followers_then.isnull().sum(),
    )
    joined = days.left_join(_observed_spans(scope), "page_id")
    inside = joined.day.between(joined.first, joined.last).fill_null(False)
    return joined.mutate(observed=inside).drop("page_id_right", "first", "last")


def _observed_spans(scope: Scope) -> Expression:
    schema = pa.schema([("page_id", pa.string()), ("first", pa.date32()), ("last", pa.date32())])
    spans = [
        (page.id, observed(page, scope.coverage[page.id], scope.window))
        for page in scope.corpus.study.pages
    ]
    rows = [
        {"page_id": page, "first": span.first, "last": span.last} for page, span in spans if span
    ]
    scope.corpus.engine.add_rows("observed_spans", pa.Table.from_pylist(rows, schema))
    return ibis.table(as_ibis(schema), name="observed_spans")


def _crossposts(scope: Scope) -> Expression:
    """
    Posts: `comparable`, whose texts can be compared; `judged`, of which it is known whether another platform
    has them too; `elsewhere`, those that one has.

    A post can be judged where its text can be compared and a page of the body on another platform was
    observed on its day: from that page's oldest post that can be compared on, for an export may begin
    later than the page, and nobody knows what a page without texts says.
    """
    found = add_crossposts(scope.corpus, progress=scope.progress)
    posts = _with_period(scope, scope.corpus.tables["posts"]).select(
        "page_id", "post_id", "period", "day"
    )
    key = ["page_id", "post_id"]
    joined = posts.left_join(found, key).drop(*(f"{one}_right" for one in key))
    spans = _spans_elsewhere(scope, _first_compared(scope, found))
    seen = joined.left_join(
        spans,
        [
            joined.page_id == spans.page,
            joined.day >= spans.first,
            joined.day <= spans.last,
        ],
    )
    comparable = seen.elsewhere.notnull()
    judged = comparable & seen.page.notnull()
    return seen.select(
        "page_id",
        "period",
        comparable=comparable,
        judged=judged,
        elsewhere=judged & seen.elsewhere.fill_null(False),
    )


def _first_compared(scope: Scope, found: Expression) -> Mapping[str, date]:
    """
    Of each page the day of its oldest post that can be compared.
    """
    posts = scope.corpus.tables["posts"].select("page_id", "post_id", "day")
    compared = posts.inner_join(found.filter(found.elsewhere.notnull()), ["page_id", "post_id"])
    oldest = compared.group_by("page_id").aggregate(first=compared.day.min())
    rows = scope.corpus.engine.run(oldest).to_pylist()
    return {row["page_id"]: row["first"] for row in rows}


def _spans_elsewhere(scope: Scope, compared: Mapping[str, date]) -> Expression:
    """
    Of each `page` the days on which another platform was observed, no day twice.
    """

    def spans(page: Page) -> list[Window]:
        return [
            Window(first=max(span.first, compared[other.id]), last=span.last)
            for other in scope.corpus.study.pages_elsewhere(page)
            if other.id in compared
            and (span := observed(other, scope.coverage[other.id], scope.window))
        ]

    schema = pa.schema([("page", pa.string()), ("first", pa.date32()), ("last", pa.date32())])
    rows = [
        {"page": page.id, "first": span.first, "last": span.last}
        for page in scope.corpus.study.pages
        for span in united(spans(page))
    ]
    scope.corpus.engine.add_rows("spans_elsewhere", pa.Table.from_pylist(rows, schema))
    return ibis.table(as_ibis(schema), name="spans_elsewhere")


def _snapshots(scope: Scope) -> Expression:
    """
    Every count of followers: of the page itself, and as shown when a post was published.
    """
    counts, posts = scope.corpus.tables["page_counts"], scope.corpus.tables["posts"]
    counts = counts.select("page_id", "day", "followers", "posts_total", moment=counts.captured_at)
    then = posts.filter(posts.followers_then.notnull())
    then = then.select("page_id", "day", followers=then.followers_then, moment=then.published_at)
    then = then.mutate(posts_total=ibis.null("int64"), at_posting=ibis.literal(True))
    both = ibis.union(
        counts.mutate(at_posting=ibis.literal(False)), then.select(*counts.columns, "at_posting")
    )
    return _with_period(scope, both, cut=scope.by is not None)


# ── comments ─────────────────────────────────────────────────────────────────────────────────────


def _threads(scope: Scope, *, cut: bool = True) -> Expression:
    """
    Threads with what is known of each: `asked`, begun by a citizen; `answered`; `judged`, of which it is
    known whether they were answered; `unknown`, begun by nobody knows whom or not judged.

    A thread with no answer of the body but replies by nobody knows whom cannot be judged.
    """
    threads = _with_period(scope, scope.corpus.tables["threads"], cut=cut)
    by_citizen = ~threads.by_page
    answered = threads.first_reply_at.notnull()
    unsure = ~answered & (threads.unknown_replies > 0)
    return threads.mutate(
        asked=by_citizen,
        answered=by_citizen & answered,
        judged=by_citizen & ~unsure,
        unknown=threads.by_page.isnull() | (by_citizen & unsure),
    )


_AGAIN, _INTERACTIVE = 2, 3  # changes of speaker: citizen, body, citizen, body


def _thread_posts(scope: Scope) -> Expression:
    """
    Citizens' threads (`asked`) counted by post, for comments under one post are alike: `n` judged, `k` answered,
    and the same of those old enough to be judged by each horizon (`n_24h`, `k_24h`), of first-time
    writers (`n_first`, `k_first`); the changes of speaker (`turns_n`, `turns`); of answered threads
    (`n_followed`) those that went on (`k_continued`), of those in which the citizen wrote again (`n_again`)
    the ones whose last turn was answered (`k_again`).
    """
    threads = _threads(scope)
    judged, answered = threads.judged, threads.answered
    first = threads.first_time
    followed = judged & threads.changes.notnull()
    again = followed & (threads.changes >= _AGAIN)
    counts = {
        "n": judged.sum(),
        "k": answered.sum(),
        "unknown": threads.unknown.sum(),
        "asked": threads.asked.sum(),
        "nobody": threads.by_page.isnull().sum(),
        "inferred": (threads.asked & ~threads.knows_parents).sum(),
        "n_first": (judged & first).sum(),
        "k_first": (answered & first).sum(),
        "keyless": (threads.asked & threads.writer.isnull()).sum(),
        "n_keyless": (judged & threads.writer.isnull()).sum(),
        "turns_n": followed.sum(),
        "turns": threads.changes.sum(where=followed),
        "n_followed": (followed & answered).sum(),
        "k_continued": (followed & (threads.changes >= _INTERACTIVE)).sum(),
        "n_again": again.sum(),
        "k_again": (again & (threads.changes % 2 == 1)).sum(),
        "of_post": threads.post_id.notnull().any(),
    }
    for name, hours in HORIZONS.items():
        old = judged & (threads.followed_hours >= hours)
        counts[f"n_{name}"] = old.sum()
        counts[f"k_{name}"] = (old & answered & (threads.reply_hours <= hours)).sum()
    return threads.group_by("page_id", "period", "cluster").aggregate(**counts)


def _standard_posts(scope: Scope) -> Expression:
    """
    Citizens' threads by post that are older than the study's benchmark (`n`), and those answered within
    it (`k`), in working days of the body's calendar: the day of the comment does not count.
    """
    answering = scope.corpus.study.answering
    if answering is None:
        raise ValueError("a study without a benchmark has no threads to judge by it")
    threads = _threads(scope)
    rows = threads.filter(threads.judged)
    working_days = _working_days(scope, answering.calendar)
    for day in ("day", "replied_on", "seen_on"):
        numbers = working_days.select(**{day: "workday", f"{day}_number": "number"})
        rows = rows.left_join(numbers, day)
    within = answering.within_working_days
    old = rows.seen_on_number - rows.day_number > within
    met = old & rows.answered & (rows.replied_on_number - rows.day_number <= within)
    return rows.group_by("page_id", "period", "cluster").aggregate(n=old.sum(), k=met.sum())


_SLACK = timedelta(days=3)  # zones, and a clock that is a little off


def _working_days(scope: Scope, calendar: str) -> Expression:
    threads = scope.corpus.tables["threads"]
    ends = scope.corpus.engine.run(
        threads.aggregate(
            first=threads.published_at.min(),
            last=ibis.greatest(threads.first_reply_at.max(), threads.seen_until.max()),
        )
    ).to_pylist()[0]
    schema = pa.schema([("workday", pa.date32()), ("number", pa.int64())])
    days: list[date] = []
    numbers: list[int] = []
    if ends["first"] is not None:
        first, last = ends["first"].date() - _SLACK, ends["last"].date() + _SLACK
        days = [first + timedelta(days=i) for i in range((last - first).days + 1)]
        numbers = working_day_numbers(calendar, first=first, last=last).tolist()
    scope.corpus.engine.add_rows(
        "working_days", pa.Table.from_pydict({"workday": days, "number": numbers}, schema)
    )
    return ibis.table(as_ibis(schema), name="working_days")


def _language_posts(scope: Scope) -> Expression:
    """
    Citizens' threads by post and language: `n_kk` judged and `k_kk` answered, the same of Russian;
    `others` are in neither.
    """
    readings = add_readings(scope.corpus, progress=scope.progress)
    threads = _threads(scope).left_join(
        readings.select("page_id", "comment_id", "language"), ["page_id", "comment_id"]
    )
    counts: dict[str, Expression] = {"unknown": threads.unknown.sum()}
    for language in ("kk", "ru"):
        said = threads.language == language
        counts[f"n_{language}"] = (threads.judged & said).sum()
        counts[f"k_{language}"] = (threads.answered & said).sum()
    neither = ibis.coalesce(~threads.language.isin(["kk", "ru"]), True)
    counts["others"] = (threads.judged & neither).sum()
    return threads.group_by("page_id", "period", "cluster").aggregate(**counts)


def _citizens(scope: Scope) -> Expression:
    """
    Persons who wrote, those alike together, `persons` so many: with how many `comments` that can be judged,
    how many `replies` they got. `persons_answered`: those of them with an answer.
    """
    threads = _threads(scope)
    known = threads.filter(threads.asked, threads.writer.notnull())
    once = known.filter(~known.returns).select(
        "page_id",
        "period",
        "replies",
        "answered",
        comments=known.judged.cast("int64"),
    )
    several = known.filter(known.returns)
    several = several.group_by("page_id", "period", "writer").aggregate(
        comments=several.judged.sum(),
        answered=several.answered.any(),
        replies=several.replies.sum(),
    )
    each = ibis.union(several.drop("writer"), once.select(*several.drop("writer").columns))
    return each.group_by("page_id", "period", "comments", "replies").aggregate(
        persons=each.count(), persons_answered=each.answered.sum()
    )


def _comment_posts(scope: Scope) -> Expression:
    """
    All comments by post: `by_page`, `by_citizens`, `by_unknown`.
    """
    comments = _with_period(scope, scope.corpus.tables["comments"])
    return comments.group_by("page_id", "period", "cluster").aggregate(
        by_page=comments.by_page.sum(),
        by_citizens=(~comments.by_page).sum(),
        by_unknown=comments.by_page.isnull().sum(),
    )


def _boilerplate_posts(scope: Scope) -> Expression:
    """
    The page's replies with a text by post (`n`), and those of them that repeat others (`k`).
    """
    alike = add_boilerplate(scope.corpus, progress=scope.progress)
    comments = _with_period(scope, scope.corpus.tables["comments"])
    replies = comments.filter(comments.by_page, ~comments.top_level | ~comments.knows_parents)
    replies = replies.inner_join(alike, ["page_id", "comment_id"])
    return replies.group_by("page_id", "period", "cluster").aggregate(
        n=replies.count(), k=replies.boilerplate.sum()
    )


# ── what people coded ────────────────────────────────────────────────────────────────────────────


def _coded(scope: Scope, kind: Kind) -> Expression:
    """
    The readings of units of that kind; `n_` and a name: it was read, `k_`: what was read, `open_`: its codes leave it open.
    """
    if scope.corpus.codes is None:
        raise ValueError("a study without codes has no coded units")
    rows = read_codes(scope.corpus.codes, kind)
    scope.corpus.engine.add_rows(f"coded_{kind}", rows)
    table = ibis.table(as_ibis(rows.schema), name=f"coded_{kind}")
    told: dict[str, Expression] = {}
    for name in rows.column_names[2:]:
        known = table[name].notnull() & ~table[name].isnan()
        told |= {
            f"n_{name}": known.fill_null(False).cast("int64"),
            f"k_{name}": known.ifelse(table[name], 0.0).fill_null(0.0),
            f"open_{name}": table[name].isnan().fill_null(False).cast("int64"),
        }
    return table.select("page_id", "id", **told)


def _coded_posts(scope: Scope) -> Expression:
    """
    Coded posts with their readings.
    """
    posts = _with_period(scope, scope.corpus.tables["posts"])
    coded = _coded(scope, "posts").rename(post_id="id")
    return posts.select("page_id", "post_id", "period").inner_join(coded, ["page_id", "post_id"])


def _coded_thread_posts(scope: Scope) -> Expression:
    """
    Citizens' coded comments by post: of each kind `n_` those that can be judged and `k_` those answered, `open_` those
    whose codes leave the kind open; `unjudged` those coded that cannot be judged.
    """
    threads = _threads(scope).inner_join(
        _coded(scope, "comments").rename(comment_id="id"), ["page_id", "comment_id"]
    )
    counts: dict[str, Expression] = {"unjudged": threads.unknown.sum()}
    for one in of_kind("comments"):
        hit = threads[f"k_{one.name}"] > 0
        counts[f"n_{one.name}"] = (threads.judged & hit).sum()
        counts[f"k_{one.name}"] = (threads.answered & hit).sum()
        counts[f"open_{one.name}"] = (threads.asked & (threads[f"open_{one.name}"] > 0)).sum()
    return threads.group_by("page_id", "period", "cluster").aggregate(**counts)


def _coded_reply_posts(scope: Scope) -> Expression:
    """
    The page's coded replies by post, with the sums of their readings.
    """
    comments = _with_period(scope, scope.corpus.tables["comments"])
    replies = comments.filter(comments.by_page, ~comments.top_level | ~comments.knows_parents)
    replies = replies.inner_join(
        _coded(scope, "replies").rename(comment_id="id"), ["page_id", "comment_id"]
    )
    counts = {
        f"{what}_{one.name}": replies[f"{what}_{one.name}"].sum()
        for one in of_kind("replies")
        for what in ("n", "k", "open")
    }
    return replies.group_by("page_id", "period", "cluster").aggregate(**counts)


def _inviting_posts(scope: Scope) -> Expression:
    """
    Posts coded as inviting: `n` those that drew a citizen's comment and of which it is known whether the page answered one,
    `k` those under which it did, `quiet` those that drew none, `unjudged` those of which it is not known. Comments and
    answers count whenever they were written.
    """
    posts = _coded_posts(scope)
    posts = posts.filter(posts.k_inviting > 0).select("page_id", "post_id", "period")
    threads = _threads(scope, cut=False)
    under = threads.group_by("page_id", "post_id").aggregate(
        asked=threads.asked.sum(), answered=threads.answered.sum(), unknown=threads.unknown.sum()
    )
    joined = posts.left_join(under, ["page_id", "post_id"])
    asked, answered, unknown = (
        joined[one].fill_null(0) for one in ("asked", "answered", "unknown")
    )
    judged = (answered > 0) | ((asked > 0) & (unknown == 0))
    return joined.select(
        "page_id",
        "period",
        n=judged.cast("int64"),
        k=(answered > 0).cast("int64"),
        quiet=((asked == 0) & (unknown == 0)).cast("int64"),
        unjudged=(~judged & (unknown > 0)).cast("int64"),
    )


_TABLES: Mapping[str, Callable[[Scope], Expression]] = {
    "posts": _posts,
    "post_days": _post_days,
    "crossposts": _crossposts,
    "extents": _stored("extents"),
    "snapshots": _snapshots,
    "comments": _stored("comments"),
    "comment_posts": _comment_posts,
    "threads": _threads,
    "thread_posts": _thread_posts,
    "standard_posts": _standard_posts,
    "language_posts": _language_posts,
    "citizens": _citizens,
    "boilerplate_posts": _boilerplate_posts,
    "coded_posts": _coded_posts,
    "coded_thread_posts": _coded_thread_posts,
    "coded_reply_posts": _coded_reply_posts,
    "inviting_posts": _inviting_posts,
}
