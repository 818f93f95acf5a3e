"""
Records as they were imported, and what plain Python knows of them: newest states, threads, replies.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFacts:
    """
    What the study says of a page; `speakers` are ids and handles in small letters without @. A page
    without a `body` is its own.
    """

    id: str
    zone: str
    speakers: frozenset[str]
    opened: date | None = None
    body: str = ""
    platform: str = "facebook"

    @property
    def owner(self) -> str:
        return self.body or self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """
    One file as it was imported. Rows hold Python values; a missing key and None both mean "not told".
    """

    table: str
    rows: Sequence[Row]
    captured: datetime | None = None
    authors: str = "all"  # or "page", "none"
    parents: bool = True
    complete: bool = False

    @property
    def seen(self) -> datetime:
        return self.captured or self.newest

    @property
    def newest(self) -> datetime:
        moment = "captured_at" if self.table == "page_counts" else "published_at"
        return max(row[moment] for row in self.rows)


class Reckoned(NamedTuple):
    """
    What an indicator must say; `value` None where it must give a reason instead.
    """

    value: float | None
    n: int
    missing: int


class Span(NamedTuple):
    """
    The days of a period inside the window.
    """

    first: date
    last: date

    def holds(self, day: date | None) -> bool:
        return day is not None and self.first <= day <= self.last

    @property
    def length(self) -> int:
        return (self.last - self.first).days + 1


# ── what is known of a page ──────────────────────────────────────────────────────────────────────


@dataclass(slots=True)
class Thread:
    root: Row
    below: list[Row] = field(default_factory=list)
    replies: list[datetime] = field(default_factory=list)
    inferred: bool = False
    seen: datetime | None = None

    @property
    def asked(self) -> bool:
        return self.root["by_page"] is False

    @property
    def answered(self) -> bool:
        return self.asked and bool(self.replies)

    @property
    def unsure(self) -> bool:
        """
        Somebody unknown wrote later and nobody known answered: perhaps it was the body.
        """
        later = [one for one in self.below if one["published_at"] > self.root["published_at"]]
        return self.asked and not self.replies and any(one["by_page"] is None for one in later)

    @property
    def judged(self) -> bool:
        return self.asked and not self.unsure

    @property
    def wait(self) -> float:
        return _hours(min(self.replies) - self.root["published_at"])

    @property
    def removed(self) -> float | None:
        """
        The middle of the time in which it disappeared.
        """
        gone = self.root.get("gone_between")
        if gone is None:
            return None
        middle = [_hours(moment - self.root["published_at"]) for moment in gone]
        return max(sum(middle) / 2, 0.0)

    @property
    def followed(self) -> float:
        return max(_hours(self.seen - self.root["published_at"]), 0.0)

    def changes(self) -> int | None:
        """
        How often the word passed between the citizen and the body; None where that cannot be told.
        """
        if not self.replies:
            return 0
        later = [one for one in self.below if one["published_at"] > self.root["published_at"]]
        if any(one["by_page"] is None for one in later):
            return None
        if self.inferred:
            return 1
        others = [one for one in later if not one["by_page"]]
        if others and None in {self.root["person"], *(one["person"] for one in others)}:
            return None
        theirs = [one for one in later if one["by_page"] or one["person"] == self.root["person"]]
        theirs.sort(key=lambda one: (one["published_at"], one["comment_id"]))
        speakers = [False, *(one["by_page"] for one in theirs)]
        return sum(before != after for before, after in pairwise(speakers))


def _hours(length: timedelta) -> float:
    return length / timedelta(hours=1)


class _Look(NamedTuple):
    """
    A capture of a page's comments: when, whether all that was there, from when on, and the ids of its comments.
    """

    seen: datetime
    complete: bool
    oldest: datetime
    ids: set[str]

    def should_show(self, comment: Row) -> bool:
        return self.complete and self.oldest <= comment["published_at"] < self.seen


class PageRecords:
    """
    The newest state of a page's records, its threads, and what of it was observed.
    """

    def __init__(self, facts: PageFacts, imports: Sequence[Import]) -> None:
        self.facts = facts
        self.zone = ZoneInfo(facts.zone)
        self.imports = imports
        self.posts = self._newest("posts", "post_id")
        self.counts = self._newest("page_counts", "captured_at")
        self.comments = self._newest("comments", "comment_id")
        self.looks = list(self._comment_captures())
        for comment in self.comments.values():
            comment["gone_between"] = self._disappearance(comment)
            comment["by_page"] = self._speaks(comment)
            comment["person"] = _name(comment.get("author_handle")) or _name(comment.get("author"))
        self.threads = self._threads()
        persons = [one.root for one in self.threads if one.asked and one.root["person"]]
        self.first_written: dict[str, datetime] = {}
        for root in persons:
            before = self.first_written.get(root["person"], root["published_at"])
            self.first_written[root["person"]] = min(before, root["published_at"])

    def day(self, moment: datetime) -> date:
        return moment.astimezone(self.zone).date()

    @property
    def removals_seen(self) -> bool:
        """
        Whether the comments were captured, and completely again later, at a moment that is told.
        """
        looks = [
            one
            for one in self.imports
            if one.table == "comments" and any(row["page_id"] == self.facts.id for row in one.rows)
        ]
        whole = [one.captured for one in looks if one.complete and one.captured]
        return bool(whole) and min(one.captured or one.newest for one in looks) < max(whole)

    def until(self, table: str) -> date | None:
        """
        The last day observed: a capture stated for midnight saw nothing of the day that begins.
        """
        ends = [
            one.newest
            if one.captured is None
            else max(one.captured, one.newest) - timedelta(microseconds=1)
            for one in self.imports
            if one.table == table and any(row["page_id"] == self.facts.id for row in one.rows)
        ]
        return self.day(max(ends)) if ends else None

    def _newest(self, table: str, key: str) -> dict[Any, Row]:
        """
        Of each record what the newest capture says, of two the one taken in later.
        """
        newest: dict[Any, Row] = {}
        for batch, one in enumerate(self.imports):
            captured = one.seen if one.table == table else None
            for row in one.rows if one.table == table else ():
                if row["page_id"] == self.facts.id:
                    seen = row["captured_at"] if table == "page_counts" else captured
                    told = {
                        "seen": seen,
                        "batch": batch,
                        "authors": one.authors,
                        "parents": one.parents,
                    }
                    before = newest.get(row[key])
                    if before is None or (seen, batch) >= (before["seen"], before["batch"]):
                        newest[row[key]] = {**row, **told}
        return newest

    def _comment_captures(self) -> Iterator[_Look]:
        for one in self.imports:
            mine = [row for row in one.rows if row["page_id"] == self.facts.id]
            if one.table == "comments" and mine:
                yield _Look(
                    seen=one.seen,
                    complete=one.complete,
                    oldest=min(row["published_at"] for row in mine),
                    ids={row["comment_id"] for row in mine},
                )

    def _disappearance(self, comment: Row) -> tuple[datetime, datetime] | None:
        """
        The last look that showed it and the first complete one after it that did not.

        Captures come in the order of their moments here.
        """
        known, gone = None, None
        for look in self.looks:
            if comment["comment_id"] in look.ids:
                known, gone = look.seen, None
            elif known and not gone and look.should_show(comment):
                gone = (known, look.seen)
        return gone

    def _speaks(self, comment: Row) -> bool | None:
        names = {_name(comment.get("author")), _name(comment.get("author_handle"))} - {None}
        if names & self.facts.speakers:
            return True
        if comment.get("by_page_source") is not None:
            return bool(comment["by_page_source"])
        return False if names or comment["authors"] == "page" else None

    def _threads(self) -> list[Thread]:
        threads = {
            one["comment_id"]: Thread(root=one)
            for one in self.comments.values()
            if one.get("parent_id") is None
        }
        for comment in self.comments.values():
            if comment.get("parent_id") is not None and (root := self._root(comment)) in threads:
                threads[root].below.append(comment)
        for thread in threads.values():
            asked_at = thread.root["published_at"]
            thread.replies = [
                one["published_at"]
                for one in thread.below
                if one["by_page"] and one["published_at"] > asked_at
            ]
            thread.seen = max(self._looks(thread))
        self._infer(threads)
        return list(threads.values())

    def _root(self, comment: Row) -> str:
        while comment.get("parent_id") in self.comments:
            comment = self.comments[comment["parent_id"]]
        return comment.get("parent_id") or comment["comment_id"]

    def _looks(self, thread: Thread) -> list[datetime]:
        looks = [thread.root["seen"], *(one["seen"] for one in thread.below)]
        asked_at = thread.root["published_at"]
        looks += [one.seen for one in self.looks if one.complete and one.oldest <= asked_at]
        return looks

    def _infer(self, threads: dict[str, Thread]) -> None:
        """
        Without parents an answer is the page's later comment under that post which names the citizen;
        it answers the last one that the citizen wrote before.
        """
        flat = [one for one in self.comments.values() if not one["parents"] and one.get("post_id")]
        for reply in (one for one in flat if one["by_page"]):
            for named in _mentioned(reply.get("text")):
                before = [
                    one
                    for one in flat
                    if one["comment_id"] in threads
                    and one["by_page"] is False
                    and one["post_id"] == reply["post_id"]
                    and one["person"] == named
                    and one["published_at"] < reply["published_at"]
                ]
                if before:
                    last = max(before, key=lambda one: one["published_at"])
                    threads[last["comment_id"]].replies.append(reply["published_at"])
                    threads[last["comment_id"]].inferred = True


def _name(written: str | None) -> str | None:
    return written.strip().removeprefix("@").lower() if written else None


def _mentioned(text: str | None) -> set[str]:
    return {name.lower() for name in re.findall(r"@([A-Za-z0-9_.]*[A-Za-z0-9_])", text or "")}
