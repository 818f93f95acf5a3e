"""
What plain Python finds of a page's posts on the other networks of its body.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from plain_numbers import share
from plain_records import PageRecords, Reckoned, Row
from plain_texts import words_of_post

LONGER_THAN = 40
WEEK = timedelta(days=7)


def cross_posted(
    page: PageRecords, posts: Sequence[Row], others: Sequence[PageRecords]
) -> Reckoned:
    """
    Of these posts of the page those that another has, if on their day another was watched.
    """
    judged = [
        post
        for post in posts
        if _words(post) and any(_watched(one, page.day(post["published_at"])) for one in others)
    ]
    told = [
        (_words(one), other.day(one["published_at"]))
        for other in others
        for one in other.posts.values()
    ]
    copied = [
        post
        for post in judged
        if any(
            words == _words(post) and abs(day - page.day(post["published_at"])) <= WEEK
            for words, day in told
        )
    ]
    return Reckoned(share(len(copied), len(judged)), len(judged), len(posts) - len(judged))


def elsewhere(page: PageRecords, pages: Sequence[PageRecords]) -> list[PageRecords]:
    mine = page.facts
    return [
        one
        for one in pages
        if one.facts.owner == mine.owner and one.facts.platform != mine.platform
    ]


def _words(post: Row) -> str:
    words = words_of_post(post.get("text"))
    return words if len(words) > LONGER_THAN else ""


def _watched(page: PageRecords, day: date) -> bool:
    """
    From its opening and from its oldest text on, until it was looked at last.
    """
    first = min(
        (page.day(one["published_at"]) for one in page.posts.values() if _words(one)), default=None
    )
    until, opened = page.until("posts"), page.facts.opened
    return first is not None and until is not None and max(first, opened or first) <= day <= until
