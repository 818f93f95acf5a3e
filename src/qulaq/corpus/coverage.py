"""What is there and how complete: which days of a page were observed, how many comments are held."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import ibis

from qulaq.corpus.current import Corpus, Expression
from qulaq.study import Page, Window

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """
    What captures say of one page: until which local day posts and comments were looked at (None: never),
    whether that moment is only a lower bound, and from which formats it is known. `removals_seen`: comments
    were captured, and completely again later, so that one which is gone would be missed.
    """

    posts_until: date | None = None
    comments_until: date | None = None
    posts_inferred: bool = False
    comments_inferred: bool = False
    oldest_post: date | None = None
    removals_seen: bool = False
    captures: int = 0
    formats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSummary:
    """
    A line of `corpus show`. `first` and `last` are the days of the oldest and newest post or comment.
    """

    page: str
    posts: int
    comments: int
    first: date | None
    last: date | None
    captures: int
    comments_captured_share: float | None
    observed_from: date | None
    observed_to: date | None


def read_coverage(corpus: Corpus) -> dict[str, Coverage]:
    """
    The coverage of every page of the study, by its id.
    """
    captures = _by_page(corpus, _looked_at(corpus.tables["captures"]))
    formats = _formats(corpus)
    posts = _by_page(corpus, _extremes(corpus.tables["posts"]))
    return {
        page.id: _cover(
            page,
            captures.get(page.id, {}),
            formats=formats.get(page.id, ()),
            oldest_post=posts.get(page.id, {}).get("first"),
        )
        for page in corpus.study.pages
    }


def _looked_at(captures: Expression) -> Expression:
    """
    Of each page until when posts and comments were looked at, and since when that is only `inferred`;
    when comments were first seen, and last all of them.
    """
    inferred = captures.captured_at.isnull()
    of_comments = captures.looked_at == "comments"
    complete = of_comments & captures.complete.fill_null(False) & captures.captured_at.notnull()
    until = captures.covers_until
    return captures.group_by("page_id").aggregate(
        n=captures.count(),
        posts=until.max(where=captures.looked_at == "posts"),
        posts_inferred=until.max(where=(captures.looked_at == "posts") & inferred),
        comments=until.max(where=of_comments),
        comments_inferred=until.max(where=of_comments & inferred),
        seen_first=captures.seen.min(where=of_comments),
        seen_complete=captures.seen.max(where=complete),
    )


def _formats(corpus: Corpus) -> dict[str, tuple[str, ...]]:
    captures = corpus.tables["captures"]
    rows = corpus.engine.run(captures.select("page_id", "format").distinct()).to_pylist()
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row["page_id"], []).append(str(row["format"]))
    return {page: tuple(sorted(names)) for page, names in found.items()}


def _cover(
    page: Page, captures: Row, *, formats: tuple[str, ...], oldest_post: date | None
) -> Coverage:
    zone = ZoneInfo(page.time_zone)

    def until(looked_at: str) -> tuple[date | None, bool]:
        moment: datetime | None = captures.get(looked_at)
        if moment is None:
            return None, False
        inferred = captures[f"{looked_at}_inferred"] == moment
        # A capture at midnight has seen nothing of the day that begins; a record of midnight has.
        end = moment if inferred else moment - timedelta(microseconds=1)
        return end.astimezone(zone).date(), inferred

    posts, posts_inferred = until("posts")
    comments, comments_inferred = until("comments")
    first, complete = captures.get("seen_first"), captures.get("seen_complete")
    return Coverage(
        posts_until=posts,
        comments_until=comments,
        posts_inferred=posts_inferred,
        comments_inferred=comments_inferred,
        oldest_post=oldest_post,
        removals_seen=bool(first and complete and first < complete),
        captures=captures.get("n", 0),
        formats=formats,
    )


def observed(page: Page, coverage: Coverage, period: Window) -> Window | None:
    """
    The days of the period on which the page's posts were observed: from its opening to the end of
    coverage. Empty days inside are days without posts; days outside are not known.
    """
    if coverage.posts_until is None:
        return None
    first = max(period.first, page.opened.first if page.opened else period.first)
    last = min(period.last, coverage.posts_until)
    return Window(first=first, last=last) if first <= last else None


def describe(corpus: Corpus) -> list[PageSummary]:
    """
    One line for every page of the study, also for those without records.
    """
    coverage = read_coverage(corpus)
    posts = _by_page(corpus, _extremes(corpus.tables["posts"]))
    comments = _by_page(corpus, _extremes(corpus.tables["comments"]))
    extents = corpus.tables["extents"]
    shares = _by_page(
        corpus,
        extents.group_by("page_id").aggregate(
            shown=extents.shown.sum(), held=held_of_shown(extents).sum()
        ),
    )
    return [
        _summarise(
            page,
            coverage[page.id],
            posts=posts.get(page.id),
            comments=comments.get(page.id),
            share=shares.get(page.id),
            window=corpus.study.window,
        )
        for page in corpus.study.pages
    ]


def strangers(corpus: Corpus) -> list[str]:
    """
    Ids of pages that the corpus holds and the study does not name: renamed or taken out.
    """
    stored = corpus.stored_captures
    held = corpus.engine.run(stored.select("page_id").distinct())["page_id"].to_pylist()
    return sorted(set(held) - {page.id for page in corpus.study.pages})


def held_of_shown(extents: Expression) -> Expression:
    """
    Of the comments that a post shows, how many are held; null where the post shows no count. Never more
    than shown: what was captured and then disappeared does not make up for what was never captured.
    """
    known = extents.shown.notnull()
    return ibis.cases(
        (known, ibis.least(extents.captured, extents.shown)), else_=ibis.null("int64")
    )


def _extremes(table: Expression) -> Expression:
    return table.group_by("page_id").aggregate(
        n=table.count(), first=table.day.min(), last=table.day.max()
    )


def _by_page(corpus: Corpus, expression: Expression) -> dict[str, Row]:
    return {row["page_id"]: row for row in corpus.engine.run(expression).to_pylist()}


def _summarise(
    page: Page,
    coverage: Coverage,
    *,
    posts: Row | None,
    comments: Row | None,
    share: Row | None,
    window: Window,
) -> PageSummary:
    span = observed(page, coverage, window)
    both = [row for row in (posts, comments) if row]
    return PageSummary(
        page=page.id,
        posts=posts["n"] if posts else 0,
        comments=comments["n"] if comments else 0,
        first=min((row["first"] for row in both if row["first"]), default=None),
        last=max((row["last"] for row in both if row["last"]), default=None),
        captures=coverage.captures,
        comments_captured_share=float(share["held"] / share["shown"])
        if share and share["shown"]
        else None,
        observed_from=span.first if span else None,
        observed_to=span.last if span else None,
    )
