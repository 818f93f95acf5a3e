"""
Answers of X's API v2: posts of accounts, searches for conversations and mentions, accounts.

Source: docs.x.com/x-api (data dictionary, fundamentals). The API calls the same fields `referenced_tweets`,
`includes.tweets`, `note_tweet` or `referenced_posts`, `includes.posts`, `note_post`. Errors about single records
stand beside data in an answer of status 200. An answer does not say whose page it is about: that is the account
which wrote, is answered or is mentioned in all of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from html import unescape
from typing import Any

from qulaq.corpus.importers.documents import Document, Found, Kind, Placed, Texts
from qulaq.corpus.importers.joins import documents_beside
from qulaq.corpus.importers.reader import Reader, refuse
from qulaq.corpus.importers.values import Record, as_text, dig, objects
from qulaq.lang import Text
from qulaq.study import Knows

_TWEETS, _REFERENCED, _NOTES = (
    (f"{before}tweet{after}", f"{before}post{after}")
    for before, after in (("", "s"), ("referenced_", "s"), ("note_", ""))
)
_OF_A_TWEET = (
    "conversation_id",
    "public_metrics",
    "edit_history_tweet_ids",
    "edit_history_post_ids",
)
_HANDLE = re.compile(r"@(\w{1,15})", re.ASCII)


def _either(record: object, names: tuple[str, str]) -> Any:  # noqa: ANN401  # JSON
    """
    What stands under one of the two names that a field has.
    """
    return next((found for name in names if (found := dig(record, name)) is not None), None)


# ── documents ────────────────────────────────────────────────────────────────────────────────────


def _is_answer(document: Record) -> bool:
    items = _items(document["data"])
    return bool(items) and (all(map(_is_tweet, items)) or all(map(_is_user, items)))


def _is_empty(document: Record) -> bool:
    """
    An answer to which nothing was found; most often it has no "data" at all.
    """
    return dig(document, "meta", "result_count") == 0 and not _items(document.get("data"))


def _items(data: object) -> list[Record]:
    return [data] if isinstance(data, dict) else objects(data)


def _is_tweet(item: Record) -> bool:
    own = ("author_id", "author", "created_at", *_OF_A_TWEET)
    return "id" in item and "text" in item and any(key in item for key in own)


def _is_user(item: Record) -> bool:
    return "username" in item and isinstance(item.get("public_metrics"), dict)


def _are_errors(document: Record) -> bool:
    errors = objects(document["errors"])
    return bool(errors) and all("title" in one and "type" in one for one in errors)


def _read_answer(document: Document) -> Found:
    """
    Accounts and what the answer misses; whose the posts are is known once all are there.
    """
    answer = document.value
    users = [_account(one) for one in _items(answer["data"]) if _is_user(one)]
    return Found(page_counts=users, left=_errors(answer))


def _read_errors(document: Document) -> Found:
    """
    An answer without data: what it names and does not show.
    """
    return Found(left=_errors(document.value))


def _errors(answer: Record) -> list[tuple[str, str]]:
    return [("withheld", "")] * len(objects(answer.get("errors")))


def _read_nothing(_: Document) -> Found:
    return Found()


def _refuse(document: Document) -> Found:
    raise refuse(document.export, as_text(document.value["detail"]) or "—")


def _account(user: Record) -> Texts:
    return {
        "page_id": as_text(user.get("id")),
        "page_handle": as_text(user.get("username")),
        "followers": as_text(dig(user, "public_metrics", "followers_count")),
        "posts_total": as_text(_either(user["public_metrics"], ("tweet_count", "post_count"))),
    }


# ── what posts say of each other ─────────────────────────────────────────────────────────────────


@dataclass(slots=True)
class _Known:
    """
    Posts and accounts that answers hold or bring along: `tweets` and `handles` by their ids, `ids` by handles
    in small letters, `media` by their keys. `begun` tells who began a conversation, by the direct replies to
    its first post.
    """

    tweets: dict[str | None, Record] = field(default_factory=dict)
    begun: dict[str | None, str] = field(default_factory=dict)
    handles: dict[str | None, str] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    media: dict[str | None, str] = field(default_factory=dict)

    def learn(self, document: object) -> None:
        includes = dig(document, "includes")
        tweets = [*_tweets(document), *objects(_either(includes, _TWEETS))]
        for one in tweets:
            self.tweets[as_text(one.get("id"))] = one
            conversation = as_text(one.get("conversation_id"))
            answered = _answered_account(one)
            if answered and conversation and conversation == _referenced(one, "replied_to"):
                self.begun[conversation] = answered
        users = [*objects(dig(includes, "users")), *filter(_is_user, _items(dig(document, "data")))]
        users += [author for one in tweets if isinstance(author := one.get("author"), dict)]
        users += [one for tweet in tweets for one in objects(dig(tweet, "entities", "mentions"))]
        for user in users:
            number, handle = as_text(user.get("id")), as_text(user.get("username"))
            if number and handle:
                self.handles[number] = handle
                self.ids[handle.lower()] = number
        for one in objects(dig(includes, "media")):
            if kind := as_text(one.get("type")):
                self.media[as_text(one.get("media_key"))] = kind

    def account(self, handle: str) -> str:
        """
        The id of a handle, or the handle where that is all that is known.
        """
        return self.ids.get(handle.lower(), handle.lower())

    def begun_by(self, tweet: Record) -> str | None:
        """
        Who wrote the first post of its conversation.
        """
        conversation = as_text(tweet.get("conversation_id"))
        if conversation in self.tweets:
            return _author(self.tweets[conversation])
        return self.begun.get(conversation)

    def begun_for(self, tweet: Record) -> str | None:
        """
        Who wrote the first post of its conversation, or whom that one addresses at its beginning.
        """
        first = self.tweets.get(as_text(tweet.get("conversation_id")), {})
        words = _words(first) or ""
        addressed = _HANDLE.match(words.removeprefix("."))
        return self.account(addressed[1]) if addressed else self.begun_by(tweet)

    def involved(self, tweet: Record) -> set[str]:
        """
        Accounts that wrote a post, are answered or mentioned by it, or began the conversation.
        """
        named = [as_text(one.get("id")) for one in objects(dig(tweet, "entities", "mentions"))]
        named += map(self.account, _HANDLE.findall(_words(tweet) or ""))
        accounts = (_author(tweet), _answered_account(tweet), self.begun_by(tweet), *named)
        return {one for one in accounts if one}


def _tweets(document: object) -> list[Record]:
    if isinstance(document, dict) and "data" not in document and _is_tweet(document):
        return [document]
    return [one for one in _items(dig(document, "data")) if _is_tweet(one)]


def _author(tweet: Record) -> str | None:
    return as_text(tweet.get("author_id")) or as_text(dig(tweet, "author", "id"))


def _answered_account(tweet: Record) -> str | None:
    return as_text(tweet.get("in_reply_to_user_id"))


def _referenced(tweet: Record, how: str) -> str | None:
    references = objects(_either(tweet, _REFERENCED))
    return next((as_text(one.get("id")) for one in references if one.get("type") == how), None)


def _words(tweet: Record) -> str | None:
    """
    The whole text, also of a long post, with its entities as letters.
    """
    told = as_text(dig(_either(tweet, _NOTES), "text")) or as_text(tweet.get("text"))
    return unescape(told) if told else None


def _whose(tweets: Sequence[Record], known: _Known) -> str | None:
    """
    The account which all of these posts are by, answer or mention; None where there is none. Of several, the
    one for which the conversations were begun, then the one that wrote them all.
    """
    if not tweets:
        return None
    common = set.intersection(*map(known.involved, tweets))
    begun = {known.begun_for(one) for one in tweets}
    wrote = {_author(one) for one in tweets}
    answered = {_answered_account(one) for one in tweets}
    for some in (begun, wrote, answered):
        if len(some & common) == 1 and len(some) == 1:
            return next(iter(some))
    return next(iter(common)) if len(common) == 1 else None


# ── records ──────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Answer:
    """
    Posts that came as one answer, and the account that all of them are about, if one is.
    """

    tweets: list[Record]
    known: _Known
    whose: str | None

    def found(self, tweets: Iterable[Record]) -> tuple[list[Texts], list[Texts]]:
        """
        The posts and the comments among these.
        """
        posts: list[Texts] = []
        comments: list[Texts] = []
        for tweet in tweets:
            page = self._page_of(tweet)
            if page is None:
                posts.append(self._post(tweet))
            else:
                comments.append(self._comment(tweet, page))
        return posts, comments

    def _page_of(self, tweet: Record) -> str | None:
        """
        The account on whose page it is a comment; None where it is a post of its author's.
        """
        author = _author(tweet)
        if _referenced(tweet, "retweeted"):
            return None
        begun_by = self.known.begun_by(tweet)
        if _referenced(tweet, "replied_to"):
            return self.whose or begun_by or _answered_account(tweet) or author
        whose = self.whose or self.known.begun_for(tweet)
        to_others = whose is not None and whose != author and whose in self.known.involved(tweet)
        return whose if to_others else None

    def _post(self, tweet: Record) -> Texts:
        metrics = tweet.get("public_metrics")
        author = _author(tweet)
        return {
            "page_id": author,
            "page_handle": self.known.handles.get(author),
            "wall": author,
            "problem": "reshared" if _referenced(tweet, "retweeted") else None,
            "post_id": as_text(tweet.get("id")),
            "published_at": as_text(tweet.get("created_at")),
            "kind": self._kind(tweet),
            "text": _words(tweet),
            "link": _link(self.known.handles.get(author) or "i", tweet),
            "likes": as_text(dig(metrics, "like_count")),
            "comments": as_text(dig(metrics, "reply_count")),
            "shares": _shares(metrics),
            # Nobody can have a post before it is shown once: 0 stands for times before views were counted.
            "views": as_text(dig(metrics, "impression_count") or None),
        }

    def _comment(self, tweet: Record, page: str) -> Texts:
        author, answered = _author(tweet), _referenced(tweet, "replied_to")
        conversation = as_text(tweet.get("conversation_id"))
        on_its_post = answered is not None and self.known.begun_by(tweet) == page
        return {
            "page_id": page,
            "page_handle": self.known.handles.get(page),
            # What a page answers elsewhere, below nobody's post that is known, is still its answer.
            "page_link": author if answered and not on_its_post else None,
            "post_id": conversation if on_its_post else None,
            "comment_id": as_text(tweet.get("id")),
            "parent_id": None if on_its_post and answered == conversation else answered,
            "author": author,
            "author_handle": self.known.handles.get(author),
            "published_at": as_text(tweet.get("created_at")),
            "text": _words(tweet),
            # The address that does without the name of who wrote it.
            "link": _link("i", tweet),
            "likes": as_text(dig(tweet, "public_metrics", "like_count")),
        }

    def _kind(self, tweet: Record) -> str | None:
        keys = dig(tweet, "attachments", "media_keys")
        media = self.known.media.get(as_text(dig(keys, 0)))
        return media or ("poll" if dig(tweet, "attachments", "poll_ids") else None)


def _link(handle: str, tweet: Record) -> str | None:
    number = as_text(tweet.get("id"))
    return f"https://x.com/{handle}/status/{number}" if number else None


def _shares(metrics: object) -> str | None:
    """
    Those who passed it on, with words of their own or without.
    """
    plain = _either(metrics, ("retweet_count", "repost_count"))
    counts = [one for one in (plain, dig(metrics, "quote_count")) if isinstance(one, int)]
    return str(sum(counts)) if isinstance(plain, int) else None


def _join(found: list[Placed]) -> list[Placed]:
    known = _Known()
    for document, _, _ in found:
        known.learn(document.value)
    tweets = [one for document, _, _ in found for one in _tweets(document.value)]
    if not {as_text(one.get("conversation_id")) for one in tweets} <= {None, *known.tweets}:
        for document in documents_beside(found, mark='"conversation_id"'):
            known.learn(document)
    return [
        (document, replace(one, posts=posts, comments=comments), kind)
        for (document, one, kind), (posts, comments) in zip(
            found, _records(found, known), strict=True
        )
    ]


def _records(found: list[Placed], known: _Known) -> Iterator[tuple[list[Texts], list[Texts]]]:
    """
    Posts and comments of each document. Posts that stand alone, one a line, are one answer together.
    """
    alone = [
        one
        for document, _, _ in found
        if "data" not in document.value
        for one in _tweets(document.value)
    ]
    together = _Answer(alone, known, _whose(alone, known))
    for document, _, _ in found:
        tweets = _tweets(document.value)
        if "data" not in document.value:
            yield together.found(tweets)
        else:
            tweets = [*tweets, *_brought_along(document.value, tweets)]
            yield _Answer(tweets, known, _whose(tweets, known)).found(tweets)


def _brought_along(answer: Record, tweets: list[Record]) -> list[Record]:
    """
    Posts that others of the answer belong to: what they answer, and the first ones of their conversations. Without
    their counts they are not taken: what is known of them already would be hidden.
    """
    wanted = {_referenced(one, "replied_to") for one in tweets}
    wanted |= {as_text(one.get("conversation_id")) for one in tweets}
    wanted -= {as_text(one.get("id")) for one in tweets} | {None}
    included = objects(_either(answer.get("includes"), _TWEETS))
    return [
        one
        for one in included
        if as_text(one.get("id")) in wanted and _is_tweet(one) and "public_metrics" in one
    ]


READER = Reader(
    key="x-api",
    title=Text(kk="X API жауаптары", ru="ответы X API", en="X API answers"),
    what=Text(
        kk="X API v2 қайтарған JSON: жарияланымдар, оларға жазылған жауаптар, аталымдар, аккаунттар.",
        ru="JSON, полученный из X API v2: публикации, ответы на них, упоминания, аккаунты.",
        en="JSON that X's API v2 returned: posts, the replies to them, mentions, accounts.",
    ),
    platform="x",
    knows=Knows(authors="all"),
    proof="documented shape",
    kinds=(
        Kind(needs=("meta.result_count",), holds=_is_empty, read=_read_errors),
        Kind(needs=("data",), holds=_is_answer, read=_read_answer),
        Kind(
            needs=("id", "text", "created_at", ("author_id", "author.id"), _OF_A_TWEET),
            read=_read_nothing,
        ),
        Kind(needs=("title", "detail", "type", "status"), read=_refuse),
        Kind(needs=("errors",), holds=_are_errors, read=_read_errors),
    ),
    joined=_join,
)
