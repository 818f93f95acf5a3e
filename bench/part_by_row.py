"""The sums of the part in plain Python, one row after another, as research tools are written."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow.parquet as pq

from bench.measuring_by_hand import Task
from bench.part import HOURS, MixedSources, Sums

Row = dict[str, Any]
Sum = dict[str, Any]
_KINDS = ("likes", "comments", "shares")


def add_up(task: Task) -> Sums:
    corpus = _Corpus(task)
    found: dict[str, dict[int, Sum]] = {
        "looked": corpus.looked,
        "of_posts": _of_posts(corpus),
        "of_days": _of_days(corpus),
        "of_comments": _of_comments(corpus),
    }
    threads = list(_threads(corpus))
    found |= {
        "of_threads": _of_threads(threads),
        "of_citizens": _of_citizens(threads),
        "of_waits": _of_waits(threads),
    }
    return {name: _aligned(table, len(corpus.pages)) for name, table in found.items()}


def _aligned(table: dict[int, Sum], pages: int) -> dict[str, Any]:
    """
    The columns page by page; what there is none of is not a number.
    """
    names = dict.fromkeys(name for row in table.values() for name in row)
    return {
        name: _column([table.get(page, {}).get(name) for page in range(pages)]) for name in names
    }


def _column(values: list[Any]) -> Any:  # noqa: ANN401
    if any(isinstance(one, list) for one in values):
        column = np.empty(len(values), dtype=object)
        column[:] = values
        return column
    return np.array([np.nan if one is None else float(one) for one in values])


# ── what is stored ───────────────────────────────────────────────────────────────────────────────


@dataclass(slots=True)
class _Comment:
    """
    A comment in its newest state; `order` tells newer from older.
    """

    order: tuple[datetime, int, int]
    post: str | None
    thread: str | None
    is_reply: bool
    person: str | None
    by_page: bool | None
    published: datetime
    day: date


class _Corpus:
    """
    The newest state of all records, read row by row.
    """

    def __init__(self, task: Task) -> None:
        self.task = task
        self.pages = pq.read_table(task.study_pages).to_pylist()
        self._numbers = {row["page_id"]: row["page"] for row in self.pages}
        self._zones = [ZoneInfo(row["zone"]) for row in self.pages]
        speakers = pq.read_table(task.speakers).to_pylist()
        self._speakers = {(row["page"], row["person"]) for row in speakers}
        self.captures = self._read_captures()
        self.observed: dict[int, tuple[date, date | None]] = {}
        self.looked = self._read_looked()
        self.posts = self._read_posts()
        self.comments = self._read_comments()

    def inside(self, day: date) -> bool:
        return self.task.first <= day <= self.task.last

    def _rows(self, table: str, columns: list[str]) -> Iterator[tuple[int, int, int, Row]]:
        """
        The rows of the study's pages, each with its page, its batch and its place in that.
        """
        for file in sorted((self.task.corpus / table).glob("*.parquet")):
            number = 0
            for batch in pq.ParquetFile(file).iter_batches(10_000, columns=["page_id", *columns]):
                for row in batch.to_pylist():
                    page = self._numbers.get(row["page_id"])
                    if page is not None:
                        yield page, int(file.stem), number, row
                    number += 1

    def _day(self, page: int, moment: datetime) -> date:
        return moment.astimezone(self._zones[page]).date()

    def _read_captures(self) -> dict[tuple[int, str], Row]:
        columns = [
            "capture_id", "looked_at", "post_id", "captured_at", "captured_lower", "covers_from",
            "covers_until", "complete", "knows_authors", "knows_parents",
        ]  # fmt: skip
        captures = {}
        for page, _, _, row in self._rows("captures", columns):
            row["seen"] = row["captured_at"] or row["captured_lower"]
            if row["looked_at"] == "comments" and not row["knows_parents"]:
                raise MixedSources
            captures[page, row["capture_id"]] = row
        return captures

    def _read_looked(self) -> dict[int, Sum]:
        """
        Which days of a page were looked at; a capture at midnight has seen nothing of the day that begins.
        """
        until: dict[tuple[int, str], date] = {}
        for (page, _), row in self.captures.items():
            if row["covers_until"] is None:
                continue
            before = timedelta(microseconds=1 if row["captured_at"] else 0)
            day = self._day(page, row["covers_until"] - before)
            key = page, row["looked_at"]
            until[key] = max(until.get(key, day), day)
        return {row["page"]: self._looked_at(row, until) for row in self.pages}

    def _looked_at(self, row: Row, until: dict[tuple[int, str], date]) -> Sum:
        posts, comments = (until.get((row["page"], what)) for what in ("posts", "comments"))
        first = max(self.task.first, row["opened"] or self.task.first)
        last = posts and min(self.task.last, posts)
        self.observed[row["page"]] = (first, last)
        return {
            "days": max((last - first).days + 1, 0) if last else 0,
            "comments_observed": comments and comments >= self.task.first,
        }

    def _read_posts(self) -> dict[tuple[int, str], Row]:
        posts: dict[tuple[int, str], Row] = {}
        columns = ["capture_id", "post_id", "published_at", *_KINDS, "comments_open"]
        for page, batch, number, row in self._rows("posts", columns):
            capture = self.captures[page, row["capture_id"]]
            row["order"] = capture["seen"], batch, number
            known = posts.get((page, row["post_id"]))
            if known is None or known["order"] < row["order"]:
                row["page"], row["day"] = page, self._day(page, row["published_at"])
                posts[page, row["post_id"]] = row
        return posts

    def _read_comments(self) -> dict[tuple[int, str], _Comment]:
        comments: dict[tuple[int, str], _Comment] = {}
        columns = [
            "capture_id", "post_id", "comment_id", "parent_id", "thread_id", "author", "author_handle",
            "by_page_source", "published_at",
        ]  # fmt: skip
        for page, batch, number, row in self._rows("comments", columns):
            capture = self.captures[page, row["capture_id"]]
            order = capture["seen"], batch, number
            known = comments.get((page, row["comment_id"]))
            if known is None or known.order < order:
                comments[page, row["comment_id"]] = _Comment(
                    order=order,
                    post=row["post_id"],
                    thread=row["thread_id"],
                    is_reply=row["parent_id"] is not None,
                    person=row["author_handle"] or row["author"],
                    by_page=self._by_page(page, row, capture),
                    published=row["published_at"],
                    day=self._day(page, row["published_at"]),
                )
        return comments

    def _by_page(self, page: int, row: Row, capture: Row) -> bool | None:
        """
        Whether the body speaks: known by its hashes, else as the source says, else by having an author at all.
        """
        names = row["author"], row["author_handle"]
        if any((page, name) in self._speakers for name in names):
            return True
        if row["by_page_source"] is not None:
            told: bool = row["by_page_source"]
            return told
        return False if any(names) or capture["knows_authors"] == "page" else None


# ── conversations ────────────────────────────────────────────────────────────────────────────────


@dataclass(slots=True)
class _Thread:
    """
    A comment at top level and what was answered to it.
    """

    page: int
    cluster: str | None
    of_post: bool
    person: str | None
    asked: bool
    nobody: bool
    answered: bool
    judged: bool
    changes: int | None
    reply_hours: float | None  # of those answered
    followed_hours: float

    @property
    def unknown(self) -> bool:
        return self.nobody or (self.asked and not self.judged)


def _threads(corpus: _Corpus) -> Iterator[_Thread]:
    """
    The threads that began inside the window.
    """
    below: dict[tuple[int, str | None], list[tuple[datetime, str, _Comment]]] = defaultdict(list)
    for (page, own), one in corpus.comments.items():
        if one.is_reply:
            below[page, one.thread].append((one.published, own, one))
    looks = _Looks(corpus)
    for (page, own), one in corpus.comments.items():
        if not one.is_reply and corpus.inside(one.day):
            replies = sorted(below.get((page, own), ()), key=lambda reply: reply[:2])
            yield _thread(page, one, [reply for *_, reply in replies], looks)


def _thread(page: int, root: _Comment, replies: list[_Comment], looks: _Looks) -> _Thread:
    later = [one for one in replies if one.published > root.published]
    by_page = [one for one in later if one.by_page]
    unknown = sum(one.by_page is None for one in later)
    nameless = sum(
        one.by_page is False and (one.person is None or root.person is None) for one in later
    )
    asked = root.by_page is False
    answered = asked and bool(by_page)
    seen = max([root.order[0], *(one.order[0] for one in replies), *looks.at(page, root)])
    changes = _passed(root, later) if by_page else 0
    return _Thread(
        page=page,
        cluster=root.post or root.thread,
        of_post=root.post is not None,
        person=root.person,
        asked=asked,
        nobody=root.by_page is None,
        answered=answered,
        judged=answered or (asked and not unknown),
        changes=None if unknown or (by_page and nameless) else changes,
        reply_hours=_hours(root.published, by_page[0].published) if by_page else None,
        followed_hours=max(_hours(root.published, seen), 0),
    )


def _passed(root: _Comment, later: list[_Comment]) -> int:
    """
    How often the word passed between the citizen, who begins, and the body.
    """
    passed, before = 0, False
    for one in later:
        if one.by_page or (one.by_page is False and root.person and one.person == root.person):
            passed += one.by_page != before
            before = bool(one.by_page)
    return passed


def _hours(since: datetime, until: datetime) -> float:
    return (until - since) / timedelta(hours=1)


class _Looks:
    """
    When comments of a post, or all of a page, were looked at.
    """

    def __init__(self, corpus: _Corpus) -> None:
        self._of_posts: dict[tuple[int, str], datetime] = {}
        self._of_pages: dict[int, list[tuple[datetime, datetime]]] = defaultdict(list)
        for (page, _), row in corpus.captures.items():
            if row["looked_at"] != "comments":
                continue
            if row["post_id"] is not None:
                key = page, row["post_id"]
                self._of_posts[key] = max(self._of_posts.get(key, row["seen"]), row["seen"])
            elif row["complete"] and row["covers_from"] is not None:
                self._of_pages[page].append((row["covers_from"], row["seen"]))

    def at(self, page: int, comment: _Comment) -> Iterator[datetime]:
        if (page, comment.post) in self._of_posts:
            yield self._of_posts[page, comment.post]
        for covers_from, seen in self._of_pages[page]:
            if covers_from <= comment.published:
                yield seen


# ── sums ─────────────────────────────────────────────────────────────────────────────────────────


def _of_posts(corpus: _Corpus) -> dict[int, Sum]:
    found: dict[int, Sum] = {}
    for post in corpus.posts.values():
        if not corpus.inside(post["day"]):
            continue
        sums = found.setdefault(post["page"], Counter(likes_values=[]))
        sums["posts"] += 1
        sums["open_n"] += post["comments_open"] is not None
        sums["closed"] += post["comments_open"] is False
        sums["likes_some"] += bool(post["likes"])
        for kind in _KINDS:
            if post[kind] is not None:
                sums[f"{kind}_n"] += 1
                sums[f"{kind}_sum"] += post[kind]
                sums[f"{kind}_squares"] += post[kind] ** 2
        if post["likes"] is not None:
            sums["likes_values"].append(post["likes"])
    for sums in found.values():
        sums["likes_values"].sort()
        sums["likes_max"] = max(sums["likes_values"], default=None)
    return found


def _of_days(corpus: _Corpus) -> dict[int, Sum]:
    days: dict[int, Counter[date]] = defaultdict(Counter)
    for post in corpus.posts.values():
        first, last = corpus.observed[post["page"]]
        if corpus.inside(post["day"]) and last and first <= post["day"] <= last:
            days[post["page"]][post["day"]] += 1
    return {
        page: {
            "active_days": len(counts),
            "observed": sum(counts.values()),
            "observed_squares": sum(n * n for n in counts.values()),
            "least": min(counts.values()),
            "most": max(counts.values()),
        }
        for page, counts in days.items()
    }


def _of_comments(corpus: _Corpus) -> dict[int, Sum]:
    clusters: dict[tuple[int, str | None], list[int]] = defaultdict(lambda: [0, 0, 0])
    for (page, _), one in corpus.comments.items():
        if corpus.inside(one.day):
            place = 2 if one.by_page is None else 1 if one.by_page else 0
            clusters[page, one.post or one.thread][place] += 1
    found: dict[int, Sum] = defaultdict(Counter)
    for (page, _), (citizens, by_page, unknown) in clusters.items():
        sums = found[page]
        sums["comments"] += citizens + by_page + unknown
        sums["known"] += citizens + by_page
        sums["m"] += citizens + by_page > 0
        sums["page_n"] += by_page
        sums["citizens_n"] += citizens
        sums["unknown_n"] += unknown
        sums["page_squares"] += by_page**2
        sums["page_times_citizens"] += by_page * citizens
        sums["citizens_squares"] += citizens**2
    return found


_TOTALS = ("asked", "nobody", "unknown", "keyless", "n_keyless")


def _of_threads(threads: Iterable[_Thread]) -> dict[int, Sum]:
    clusters: dict[tuple[int, str | None], Counter[str]] = defaultdict(Counter)
    for one in threads:
        cluster = clusters[one.page, one.cluster]
        cluster["of_post"] |= one.of_post
        for name, counts in _counted(one):
            cluster[name] += counts
    found: dict[int, Sum] = defaultdict(Counter)
    for (page, _), cluster in clusters.items():
        sums = found[page]
        for name in _TOTALS:
            sums[name] += cluster[name]
        for name in _SHARES:
            _add_clustered(sums, name, cluster[f"n_{name}"], cluster[f"k_{name}"])
        asked = cluster["of_post"] and cluster["n_all"] > 0
        sums["posts_asked"] += asked
        sums["posts_answered"] += asked and cluster["k_all"] > 0
    return found


_SHARES = ("all", *(f"{hours}h" for hours in HOURS), "followed", "turns")


def _counted(one: _Thread) -> Iterator[tuple[str, int]]:
    yield "asked", one.asked
    yield "nobody", one.nobody
    yield "unknown", one.unknown
    yield "keyless", one.asked and one.person is None
    yield "n_keyless", one.judged and one.person is None
    yield "n_all", one.judged
    yield "k_all", one.answered
    for hours in HOURS:
        if one.followed_hours >= hours:
            yield f"n_{hours}h", one.judged
            yield f"k_{hours}h", one.answered and one.reply_hours <= hours
    if one.judged and one.changes is not None:
        yield "n_turns", 1
        yield "k_turns", one.changes
        yield "n_followed", one.answered
        yield "k_followed", one.changes >= 3  # noqa: PLR2004


def _add_clustered(sums: Sum, name: str, n: int, k: int) -> None:
    sums[f"m_{name}"] += n > 0
    sums[f"n_{name}"] += n
    sums[f"k_{name}"] += k
    sums[f"kk_{name}"] += k * k
    sums[f"kn_{name}"] += k * n
    sums[f"nn_{name}"] += n * n


def _of_citizens(threads: Iterable[_Thread]) -> dict[int, Sum]:
    citizens: dict[tuple[int, str], tuple[bool, bool]] = {}
    for one in threads:
        if one.asked and one.person is not None:
            judged, answered = citizens.get((one.page, one.person), (False, False))
            citizens[one.page, one.person] = judged or one.judged, answered or one.answered
    found: dict[int, Sum] = defaultdict(Counter)
    for (page, _), (judged, answered) in citizens.items():
        found[page]["asked"] += 1
        found[page]["persons"] += judged
        found[page]["answered"] += answered
    return found


def _of_waits(threads: Iterable[_Thread]) -> dict[int, Sum]:
    hours: dict[int, list[float]] = defaultdict(list)
    for one in threads:
        if one.answered:
            hours[one.page].append(one.reply_hours)
    return {page: {"answered_hours": sorted(waits)} for page, waits in hours.items()}
