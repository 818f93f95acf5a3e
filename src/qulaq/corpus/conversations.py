"""
What came of each citizen's comment: replies of the body, turns taken, how long anybody looked.

A conversation is a top-level comment with all below it. Threads nest seven deep on open networks and
are flat on others, so turns are counted by time and speaker, never by nesting.
"""

from __future__ import annotations

from typing import Any

import ibis

from qulaq.engine import hours_between

Expression = Any  # Ibis ships no types
Tables = dict[str, Expression]


def corrections(tables: Tables) -> Expression:
    """
    Replies of which later imports tell more than their own: the root of their thread, the post.
    """
    found = tables["comments_found"]
    roots, posts = _late_roots(found), _posts_of_threads(found)
    both = roots.outer_join(posts, "record")
    record = ibis.coalesce(both.record, both.record_right)
    return both.select("late_root", "late_post", record=record)


def _late_roots(found: Expression) -> Expression:
    """
    Replies whose root, as found at intake, turned out later to be a reply itself: its comment came with a
    later import. Two steps up follow three imports in the unluckiest order.
    """
    replies = found.filter(found.parent_id.notnull() & (found.thread_id != found.comment_id))
    up = replies.select("page_id", root=replies.comment_id, higher=replies.thread_id)
    once = replies.select("page_id", "record", root=replies.thread_id)
    once = once.inner_join(up, ["page_id", "root"])
    once = once.select("page_id", "record", root=once.higher)
    twice = once.left_join(up.view(), ["page_id", "root"])
    return twice.select("record", late_root=ibis.coalesce(twice.higher, twice.root))


def _posts_of_threads(found: Expression) -> Expression:
    """
    Replies that came without their post, for some platforms answer so when asked about one comment: they
    stand below the post below which the rest of their thread does.
    """
    lost = found.filter(found.parent_id.notnull() & found.post_id.isnull())
    lost = lost.select("page_id", "thread_id", "record")
    told = found.filter(found.post_id.notnull()).semi_join(lost, ["page_id", "thread_id"])
    told = told.group_by("page_id", "thread_id").aggregate(late_post=told.post_id.min())
    return lost.inner_join(told, ["page_id", "thread_id"]).select("record", "late_post")


def comments(tables: Tables) -> Expression:
    found = tables["comments_found"]
    both = found.left_join(tables["corrections"], "record")
    both = both.mutate(
        thread_id=ibis.coalesce(both.late_root, both.thread_id),
        post_id=ibis.coalesce(both.post_id, both.late_post),
    )
    return both.mutate(cluster=cluster_of(both)).select(*found.columns)


def cluster_of(comments: Expression) -> Expression:
    """
    What comments have in common that are counted together: the post, or the thread where no post is known.
    """
    return ibis.coalesce(comments.post_id, comments.thread_id)


def below(tables: Tables) -> Expression:
    """
    Each comment that stands below a top-level one, beside that one: `thread`, `root_at`, `root_person`,
    `root_by_page` are the root's; `message_id`, `message_at`, `person`, `by_page`, `seen` its own.
    """
    comments = tables["comments"]
    replies = comments.filter(comments.parent_id.notnull()).select(
        "page_id",
        "by_page",
        "person",
        "seen",
        comment_id=comments.thread_id,
        message_id=comments.comment_id,
        message_at=comments.published_at,
    )
    roots = comments.filter(comments.top_level)
    roots = roots.select(
        "page_id",
        "comment_id",
        thread=roots.record,
        root_at=roots.published_at,
        root_person=roots.person,
        root_by_page=roots.by_page,
    )
    return replies.inner_join(roots, ["page_id", "comment_id"]).drop("page_id", "comment_id")


def answers(tables: Tables) -> Expression:
    """
    What stands below each top-level comment that has something below it.
    """
    replies, turns = _replies(tables["below"]), _turns(tables["below"])
    return replies.left_join(turns, "thread").drop("thread_right")


def threads(tables: Tables) -> Expression:
    """
    Each top-level comment with what came of it. Null is "not known" throughout.

    `first_reply_at`, `replies`: the body's later comments in the thread; where the source knows no
    parents, those under the same post that mention the citizen, counted for the citizen's last comment
    before (`inferred`). `unknown_replies`: later ones by nobody knows whom. `changes`: how often the word
    passed between the citizen and the body. `waiting_since`: the citizen's first turn that is
    known to have no answer yet.
    `reply_hours`, `removed_hours` (the middle of the time in which it disappeared) and `followed_hours`
    (until somebody last looked) count from the comment. `first_time`: the citizen's first on this page.
    `writer` is one number for all threads of a citizen on this page, `returns` tells that there are several.
    """
    comments = tables["comments"]
    roots = comments.filter(comments.top_level)
    roots = roots.drop("parent_id", "thread_id", "top_level", "mentions", "likes", "knows_authors")
    joined = roots
    for part in (tables["answers"], _mentions(comments), _looked_at(roots, tables)):
        # A name of its own for each key, or Ibis could not make one join of all.
        joined = joined.left_join(
            part, roots.record == part.thread, rname=f"{{name}}_{len(joined.columns)}"
        )
    joined = joined.left_join(_returning(roots), ["page_id", "person"])
    return _with_hours(_with_answers(joined)).select(*roots.columns, *_CAME_OF_IT)


_CAME_OF_IT = (
    "first_reply_at", "replies", "inferred", "unknown_replies", "changes", "waiting_since", "seen_until",
    "first_time", "writer", "returns", "reply_hours", "removed_hours", "followed_hours",
)  # fmt: skip


def _with_answers(rows: Expression) -> Expression:
    inferred = rows.mentioned_at.notnull()
    rows = rows.mutate(
        first_reply_at=ibis.coalesce(rows.replied_at, rows.mentioned_at),
        replies=ibis.coalesce(rows.replied, 0) + ibis.coalesce(rows.mentioned, 0),
        unknown_replies=ibis.coalesce(rows.unknown_replies, 0),
        nameless=ibis.coalesce(rows.nameless, 0),
        inferred=inferred,
        seen_until=ibis.greatest(
            rows.seen,
            ibis.coalesce(rows.seen_below, rows.seen),
            ibis.coalesce(rows.looked_until, rows.seen),
        ),
        first_time=ibis.coalesce(
            rows.published_at == rows.first_written, ~rows.by_page & rows.person.notnull()
        ),
        # Most write once, and need no other number than their comment's.
        writer=ibis.ifelse(
            rows.person.notnull(), ibis.coalesce(rows.first_record, rows.record), ibis.null("int64")
        ),
        returns=rows.first_record.notnull(),
    )
    unanswered = rows.first_reply_at.isnull()
    changes = ibis.cases(
        (rows.unknown_replies > 0, ibis.null("int64")),
        (unanswered, 0),
        (rows.nameless > 0, ibis.null("int64")),
        (inferred, 1),
        else_=rows.passed,
    )
    waiting = ibis.cases(
        (unanswered & (rows.unknown_replies == 0), rows.published_at),
        (changes % 2 == 0, rows.turned_at),
        else_=None,
    )
    return rows.mutate(changes=changes, waiting_since=waiting)


def _with_hours(rows: Expression) -> Expression:
    gone = rows.gone_between
    asked = rows.published_at
    middle = (hours_between(asked, gone["seen"]) + hours_between(asked, gone["missed"])) / 2
    return rows.mutate(
        reply_hours=hours_between(asked, rows.first_reply_at),
        # The greatest of nothing and 0 would be 0: removed at once, where nothing was removed.
        removed_hours=ibis.ifelse(middle < 0, 0.0, middle),
        followed_hours=ibis.greatest(hours_between(asked, rows.seen_until), 0.0),
    )


def _replies(messages: Expression) -> Expression:
    """
    The body's replies, and what may be a reply, or the citizen again: `nameless` messages of citizens in a
    thread where one of the two bears no author key.
    """
    later = messages.message_at > messages.root_at
    reply = messages.by_page & later
    keyless = messages.person.isnull() | messages.root_person.isnull()
    return messages.group_by("thread").aggregate(
        replied_at=messages.message_at.min(where=reply),
        replied=reply.sum(),
        unknown_replies=(messages.by_page.isnull() & later).sum(),
        nameless=(~messages.by_page & keyless & later).sum(),
        seen_below=messages.seen.max(),
    )


def _turns(messages: Expression) -> Expression:
    """
    How often the word `passed` in each answered thread, and when it did last (`turned_at`).

    Only what the body and that citizen said counts.
    """
    later = messages.message_at > messages.root_at
    messages = messages.filter(later, ~messages.root_by_page)
    theirs = messages.filter(messages.by_page | (messages.person == messages.root_person))
    before = theirs.by_page.lag().over(
        group_by=theirs.thread, order_by=[theirs.message_at, theirs.message_id]
    )
    # The citizen begins.
    passes = theirs.mutate(passes=theirs.by_page != ibis.coalesce(before, False))
    return passes.group_by("thread").aggregate(
        passed=passes.passes.sum(), turned_at=passes.message_at.max(where=passes.passes)
    )


def _mentions(comments: Expression) -> Expression:
    flat = comments.filter(~comments.knows_parents)
    answers = flat.filter(flat.by_page)
    answers = answers.select(
        "page_id",
        "post_id",
        reply_id=answers.comment_id,
        reply_at=answers.published_at,
        person=answers.mentions.unnest(),
    )
    roots = flat.filter(flat.top_level & ~flat.by_page)
    roots = roots.select("page_id", "post_id", "published_at", "person", thread=roots.record)
    pairs = roots.inner_join(answers, ["page_id", "post_id", "person"])
    pairs = pairs.filter(pairs.published_at < pairs.reply_at)
    place = ibis.row_number().over(
        group_by=[pairs.page_id, pairs.reply_id, pairs.person], order_by=pairs.published_at.desc()
    )
    last = pairs.mutate(place=place)
    last = last.filter(last.place == 0)
    return last.group_by("thread").aggregate(
        mentioned_at=last.reply_at.min(), mentioned=last.count()
    )


def _returning(roots: Expression) -> Expression:
    """
    When those who wrote more than once did so first; most write once.
    """
    known = roots.filter(~roots.by_page, roots.person.notnull())
    wrote = known.group_by("page_id", "person").having(known.count() > 1)
    return wrote.aggregate(first_written=known.published_at.min(), first_record=known.record.min())


def _looked_at(roots: Expression, tables: Tables) -> Expression:
    """
    Until when each comment was looked at by captures that need not have stored it again, because nothing
    had changed: those of its post, complete ones of the page that reach back to it, and those of which is
    kept that they showed it, or one below it, again.
    """
    captures = tables["captures"]
    of_comments = captures.filter(captures.looked_at == "comments")
    of_posts = of_comments.filter(of_comments.post_id.notnull())
    of_posts = of_posts.group_by("page_id", "post_id").aggregate(seen=of_posts.seen.max())
    by_post = roots.select("page_id", "post_id", thread=roots.record)
    by_post = by_post.inner_join(of_posts, ["page_id", "post_id"])
    of_pages = of_comments.filter(
        of_comments.post_id.isnull(), of_comments.complete, of_comments.covers_from.notnull()
    ).select("page_id", "covers_from", "seen")
    by_page = roots.select("page_id", "published_at", thread=roots.record)
    by_page = by_page.inner_join(of_pages, "page_id")
    by_page = by_page.filter(by_page.covers_from <= by_page.published_at)
    either = ibis.union(
        by_post.select("thread", "seen"),
        by_page.select("thread", "seen"),
        _seen_again(roots, tables),
    )
    return either.group_by("thread").aggregate(looked_until=either.seen.max())


def _seen_again(roots: Expression, tables: Tables) -> Expression:
    comments, sightings = tables["comments"], tables["sightings"]
    again = sightings.group_by("page_id", "comment_id").aggregate(seen=sightings.seen.max())
    of_thread = comments.select("page_id", "comment_id", root=comments.thread_id)
    again = again.inner_join(of_thread, ["page_id", "comment_id"]).drop("comment_id")
    of_root = roots.select("page_id", root=roots.comment_id, thread=roots.record)
    return again.inner_join(of_root, ["page_id", "root"]).select("thread", "seen")


def extents(tables: Tables) -> Expression:
    """
    How many comments of each post are `shown` by the platform and how many are `captured`.
    """
    comments, posts, captures = tables["comments"], tables["posts"], tables["captures"]
    told = captures.filter(captures.announced.notnull() & captures.post_id.notnull())
    told = told.group_by("page_id", "post_id").aggregate(announced=told.announced.argmax(told.seen))
    told = told.mutate(comments=ibis.null("int64"))
    told = told.mutate(published_on=ibis.null("date"))
    shown = posts.select("page_id", "post_id", "comments", published_on=posts.day)
    shown = shown.mutate(announced=ibis.null("int64"))
    either = ibis.union(shown, told.select(*shown.columns))
    either = either.group_by("page_id", "post_id").aggregate(
        published_on=either.published_on.max(),
        shown=ibis.coalesce(either.comments.max(), either.announced.max()),
    )
    under = comments.filter(comments.post_id.notnull())
    held = under.group_by("page_id", "post_id").aggregate(
        captured=under.gone_between.isnull().sum(), first_day=under.day.min()
    )
    both = either.outer_join(held, ["page_id", "post_id"])
    return both.select(
        page_id=ibis.coalesce(both.page_id, both.page_id_right),
        post_id=ibis.coalesce(both.post_id, both.post_id_right),
        # A post known only by its comments is dated by the first of them.
        day=ibis.coalesce(both.published_on, both.first_day),
        shown=both.shown,
        captured=ibis.coalesce(both.captured, 0),
    )
