"""Who waits for an answer: citizens' comments that the body has not answered, or not the last time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

import ibis
import numpy as np

from qulaq.corpus.current import Corpus, Expression
from qulaq.corpus.readings import add_readings
from qulaq.corpus.selection import of_pages
from qulaq.engine import MOMENT
from qulaq.lang import Phrase, phrase
from qulaq.study import Page
from qulaq.text.masking import mask
from qulaq.workdays import working_day_numbers

CALENDAR = "KZ"
"""Of the working days where the study names no calendar."""

BUCKETS = ((1, "0-1h"), (4, "1-4h"), (8, "4-8h"), (24, "8-24h"), (72, "1-3d"), (168, "3-7d"))
"""Waiting times by their upper end in hours, which is not included."""
LONGEST = "7d+"

_NOT_IMPORTED = phrase(
    "No comments of this page were imported; an export of them would make a list possible."
)
_WITHHELD = phrase(
    "Who wrote the comments is not known, so nobody can tell which of them the body answered: platforms show authors "
    "to the page's owner. An export made with the page's own access would make a list possible; if the file names at "
    "least the page's own comments, import it with --knows page-authors."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """
    One citizen who waits. `since` is when the first turn without an answer was written, by the clock of
    the body; `turn` is "first" where the body never answered, "again" where the citizen wrote again.

    The wait is counted to the moment of asking, though nobody has looked after `seen_until`. `text` is
    masked; `language` and `asks` are None where the comment has no text.
    """

    page: str
    body: str
    post_id: str | None
    post_link: str | None
    comment_id: str
    link: str | None
    text: str | None
    language: str | None
    asks: bool | None
    since: datetime
    waiting_hours: float
    working_days: int
    bucket: str
    turn: Literal["first", "again"]
    seen_until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """
    What the list holds of one page, and what it cannot hold: `unclear` are citizens' comments answered by
    nobody knows whom, `nameless` comments that nobody knows who wrote. `reason`: why there is no list.
    """

    page: str
    waiting: int
    unclear: int
    nameless: int
    seen_until: datetime | None
    reason: Phrase | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """
    Who waits, the longest first, and what the list knows of each page asked for. `n` wait, of whom no more
    are told in `waiting` than was asked for.
    """

    waiting: tuple[Waiting, ...]
    n: int
    pages: tuple[Listed, ...]


def find_unanswered(
    corpus: Corpus,
    *,
    now: datetime,
    pages: Sequence[Page] | None = None,
    older_than: timedelta = timedelta(0),
    asking: bool = False,
    most: int | None = None,
    progress: Callable[[Phrase], None] = lambda _: None,
) -> Queue:
    """
    Citizens' comments of the study's window that wait at *now*: those of *pages* (all of them), that wait
    for *older_than* at least and, where *asking*, that seem to ask something. Told are the first *most*, or all.

    Left out: what disappeared, and what nobody can tell (`Listed`). Raises Misused where the calendar of
    the study does not know the days.
    """
    chosen = tuple(corpus.study.pages if pages is None else pages)
    threads = _of_window(corpus, chosen)
    rows = _waiting(threads)
    if older_than:
        latest = ibis.literal(now.astimezone(UTC) - older_than, MOMENT)
        rows = rows.filter(rows.waiting_since <= latest)
    readings = add_readings(corpus, progress=progress)
    rows = rows.left_join(readings, ["page_id", "comment_id"], rname="{name}_read")
    if asking:
        rows = rows.filter(rows.asks)
    progress(phrase("counting who waits"))
    counted = rows.group_by("page_id").aggregate(n=rows.count())
    counts = {row["page_id"]: row["n"] for row in corpus.engine.run(counted).to_pylist()}
    progress(phrase("reading what they wrote"))
    found = corpus.engine.run(_with_words(corpus, _first(rows, most))).to_pylist()
    waiting = _as_waiting(found, {page.id: page for page in chosen}, corpus=corpus, now=now)
    listed = _describe(corpus, threads, chosen, counts=counts)
    return Queue(waiting=waiting, n=sum(counts.values()), pages=listed)


def _of_window(corpus: Corpus, pages: Sequence[Page]) -> Expression:
    threads, window = corpus.tables["threads"], corpus.study.window
    inside = threads.day.between(window.first, window.last)
    return of_pages(corpus, threads.filter(inside, threads.gone_between.isnull()), pages)


def _waiting(threads: Expression) -> Expression:
    """
    Threads of citizens in which the citizen had the last word, as far as is known.
    """
    return threads.filter(~threads.by_page, threads.waiting_since.notnull())


_ORDER = ("waiting_since", "page_id", "comment_id")


def _first(rows: Expression, most: int | None) -> Expression:
    return rows if most is None else rows.order_by(*_ORDER).limit(most)


def _with_words(corpus: Corpus, rows: Expression) -> Expression:
    posts = corpus.with_texts(corpus.tables["posts"], "posts")
    posts = posts.select("page_id", "post_id", post_link=posts.link)
    worded = corpus.with_texts(rows, "comments").left_join(
        posts, ["page_id", "post_id"], rname="{name}_of_post"
    )
    return worded.select(
        "page_id", "post_id", "comment_id", "text", "link", "post_link", "language", "asks", "waiting_since",
        "first_reply_at", "seen_until",
    ).order_by(*_ORDER)  # fmt: skip


def _as_waiting(
    rows: list[dict[str, Any]], pages: dict[str, Page], *, corpus: Corpus, now: datetime
) -> tuple[Waiting, ...]:
    zones = {page.id: ZoneInfo(page.time_zone) for page in pages.values()}
    moments = [row["waiting_since"].astimezone(zones[row["page_id"]]) for row in rows]
    todays = [now.astimezone(moment.tzinfo).date() for moment in moments]
    days = _working_days(corpus, [moment.date() for moment in moments], todays)
    return tuple(
        _one(row, pages[row["page_id"]], since=since, working_days=n, now=now)
        for row, since, n in zip(rows, moments, days, strict=True)
    )


def _working_days(corpus: Corpus, starts: list[date], ends: list[date]) -> list[int]:
    if not starts:
        return []
    answering = corpus.study.answering
    first, last = min(starts + ends), max(starts + ends)
    numbers = working_day_numbers(
        answering.calendar if answering else CALENDAR, first=first, last=last
    )
    places = [np.array([(day - first).days for day in days]) for days in (starts, ends)]
    between: list[int] = (numbers[places[1]] - numbers[places[0]]).clip(min=0).tolist()
    return between


def _one(
    row: dict[str, Any], page: Page, *, since: datetime, working_days: int, now: datetime
) -> Waiting:
    hours = max((now - since) / timedelta(hours=1), 0.0)
    return Waiting(
        page=page.id,
        body=page.body,
        post_id=row["post_id"],
        post_link=_to_the_web(row["post_link"]),
        comment_id=row["comment_id"],
        link=_to_the_web(row["link"]),
        text=None if row["text"] is None else mask(row["text"]),
        language=row["language"],
        asks=row["asks"],
        since=since,
        waiting_hours=hours,
        working_days=working_days,
        bucket=next((name for end, name in BUCKETS if hours < end), LONGEST),
        turn="first" if row["first_reply_at"] is None else "again",
        seen_until=row["seen_until"].astimezone(since.tzinfo),
    )


def _to_the_web(link: str | None) -> str | None:
    return link if link and link.startswith(("https://", "http://")) else None


def _describe(
    corpus: Corpus, threads: Expression, pages: Sequence[Page], *, counts: Mapping[str, int]
) -> tuple[Listed, ...]:
    by_page = threads.group_by("page_id").aggregate(
        citizens=(~threads.by_page).sum(),
        nameless=threads.by_page.isnull().sum(),
        unclear=(~threads.by_page & (threads.unknown_replies > 0)).sum(),
        seen_until=threads.seen_until.max(where=~threads.by_page),
    )
    told = {row["page_id"]: row for row in corpus.engine.run(by_page).to_pylist()}
    captures = corpus.tables["captures"]
    looked_at = captures.filter(captures.looked_at == "comments").select("page_id").distinct()
    imported = set(corpus.engine.run(looked_at)["page_id"].to_pylist())
    return tuple(
        _listed(
            page,
            told.get(page.id, {}),
            imported=page.id in imported,
            waiting=counts.get(page.id, 0),
        )
        for page in pages
    )


def _listed(page: Page, told: dict[str, Any], *, imported: bool, waiting: int) -> Listed:
    citizens, nameless = told.get("citizens") or 0, told.get("nameless") or 0
    reason = None
    if not imported:
        reason = _NOT_IMPORTED
    elif nameless and not citizens:
        reason = _WITHHELD
    seen_until: datetime | None = told.get("seen_until")
    return Listed(
        page=page.id,
        waiting=waiting,
        unclear=told.get("unclear") or 0,
        nameless=nameless,
        seen_until=seen_until and seen_until.astimezone(ZoneInfo(page.time_zone)),
        reason=reason,
    )
