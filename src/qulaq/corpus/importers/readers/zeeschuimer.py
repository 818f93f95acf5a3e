"""
Captures of Zeeschuimer, as the browser extension exports them or as 4CAT hands them on (NDJSON).

Source: js/zs-background.js of Zeeschuimer 1.14 and the item mappers of 4CAT 1.56. A line holds what the
platform itself sent to the browser: in `data`, or, from 4CAT, flat with `__import_meta` beside it. Every
path is optional. Posts of Instagram, Threads, TikTok and X; comments of TikTok, and of X as the replies
that they are. Of Instagram no comments, of Facebook nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from email.utils import parsedate_to_datetime
from html import unescape
from typing import Any

from qulaq.corpus.importers.documents import PAGES, Document, Found, Kind, Texts
from qulaq.corpus.importers.joins import PagesOfPosts
from qulaq.corpus.importers.reader import Reader
from qulaq.corpus.importers.values import Record, as_text, dig, first_text, objects, to_the_minute
from qulaq.lang import Text
from qulaq.study import Knows
from qulaq.text.post_ids import shortcode_of

_AD = "https://www.facebook.com/ads/ig_redirect"
_KINDS = {"1": "photo", "2": "video", "8": "carousel"}
_THREAD = re.compile(r"threads\.(?:com|net)/@([\w.]+)(?:/post/([\w-]+))?")
_STATUS = re.compile(r"(?:x|twitter)\.com/(\w+)/status/(\d+)")
_PROFILE = re.compile(r"tiktok\.com/@[\w.]+(?:/(?:video|photo)/(\d+))?")


def _item(value: Record) -> Record:
    """
    The platform's own object.
    """
    data = value.get("data")
    return data if isinstance(data, dict) else value


def _about(value: Record) -> Record:
    """
    What Zeeschuimer notes about the object: when and where it was seen.
    """
    noted = value.get("__import_meta")
    return noted if isinstance(noted, dict) else value


def _captured(value: Record) -> str | None:
    return to_the_minute(_about(value).get("timestamp_collected"), per_second=1000)


def _seen_on(value: Record) -> str:
    return as_text(_about(value).get("source_platform_url")) or ""


def _whose(handle: str | None, key: str | None) -> Texts:
    """
    A stream shows posts of many: what is another's is not the page's, whatever page is named.
    """
    return {"page_handle": handle, "page_id": key, "wall": handle or key}


def _advertisement(row: Texts) -> Texts:
    """
    The same as an advertisement: whose it is does not matter.
    """
    return {**row, **dict.fromkeys((*PAGES, "wall")), "problem": "advertisement"}


# ── Instagram ────────────────────────────────────────────────────────────────────────────────────


def _read_instagram(document: Document) -> Found:
    item = _item(document.value)
    row = {**_instagram(item), "captured": _captured(document.value)}
    link = as_text(item.get("link")) or ""
    is_ad = item.get("product_type") == "ad" or link.startswith(_AD)
    return Found(posts=[_advertisement(row) if is_ad else row])


def _instagram(item: Record) -> Texts:
    user = item.get("user") or item.get("owner")
    code = _code(item)
    hidden = item.get("like_and_view_counts_disabled") is True
    likes = first_text(item, "like_count") or as_text(dig(item, "edge_media_preview_like", "count"))
    told = dig(item, "edge_media_preview_comment", "count")
    return {
        **_whose(as_text(dig(user, "username")), _key(user)),
        "post_id": code,
        "published_at": first_text(item, "taken_at", "taken_at_timestamp"),
        "kind": _KINDS.get(as_text(item.get("media_type")) or "")
        or as_text(item.get("__typename")),
        "text": _caption(item),
        "link": f"https://www.instagram.com/p/{code}/" if code else None,
        "likes": None if hidden else likes,
        "comments": first_text(item, "comment_count") or as_text(told),
        "views": None if hidden else first_text(item, "play_count", "view_count"),
    }


def _code(item: Record) -> str | None:
    return first_text(item, "code", "shortcode") or shortcode_of(first_text(item, "pk", "id"))


def _caption(item: Record) -> str | None:
    told = dig(item, "edge_media_to_caption", "edges", 0, "node", "text")
    return as_text(dig(item, "caption", "text")) or as_text(told)


def _key(user: object) -> str | None:
    return next((told for one in ("id", "pk") if (told := as_text(dig(user, one)))), None)


# ── Threads ──────────────────────────────────────────────────────────────────────────────────────


def _read_threads(document: Document) -> Found:
    item = _item(document.value)
    code, user = _code(item), item.get("user")
    handle = as_text(dig(user, "username"))
    open_page = _THREAD.search(_seen_on(document.value))
    below = bool(open_page and open_page[2] and open_page[2] != code)
    answers = below or dig(item, "text_post_app_info", "is_reply") is True
    row: Texts = {
        **_whose(handle, _key(user)),
        # What others say on the page of a thread is no post of the page.
        **({"wall": open_page[1]} if open_page else {}),
        # No object says what it answers.
        "problem": "answer_unplaced" if answers else None,
        "post_id": code,
        "published_at": as_text(item.get("taken_at")),
        "kind": _KINDS.get(as_text(item.get("media_type")) or ""),
        "text": _caption(item),
        "link": f"https://www.threads.com/@{handle}/post/{code}" if handle and code else None,
        "likes": None if item.get("like_and_view_counts_disabled") is True else _likes(item),
        "comments": as_text(dig(item, "text_post_app_info", "direct_reply_count")),
        "shares": _sum(
            dig(item, "text_post_app_info", "repost_count"),
            dig(item, "text_post_app_info", "quote_count"),
        ),
        "captured": _captured(document.value),
    }
    return Found(posts=[row])


def _likes(item: Record) -> str | None:
    return as_text(item.get("like_count"))


def _sum(*counts: object) -> str | None:
    """
    The sum of the counts that are there; None where none is.
    """
    told = [one for one in counts if isinstance(one, int) and not isinstance(one, bool)]
    return str(sum(told)) if told else None


# ── TikTok ───────────────────────────────────────────────────────────────────────────────────────


def _read_tiktok(document: Document) -> Found:
    item, captured = _item(document.value), _captured(document.value)
    author = item.get("author")
    handle, key = as_text(dig(author, "uniqueId")) or as_text(author), as_text(dig(author, "id"))
    number = as_text(item.get("id"))
    row: Texts = {
        **_whose(handle, key),
        "post_id": number,
        "published_at": as_text(item.get("createTime")),
        "text": as_text(item.get("desc")),
        "link": f"https://www.tiktok.com/@{handle}/video/{number}" if handle and number else None,
        "likes": as_text(dig(item, "stats", "diggCount")),
        "comments": as_text(dig(item, "stats", "commentCount")),
        "shares": as_text(dig(item, "stats", "shareCount")),
        "views": as_text(dig(item, "stats", "playCount")),
        "captured": captured,
    }
    if item.get("isAd") is True:
        return Found(posts=[_advertisement(row)])
    counts = {
        **_whose(handle, key),
        "captured_at": captured,
        "followers": as_text(dig(item, "authorStats", "followerCount")),
        "posts_total": as_text(dig(item, "authorStats", "videoCount")),
    }
    return Found(posts=[row], page_counts=[counts] if captured and counts["followers"] else [])


def _read_tiktok_comment(document: Document) -> Found:
    item, seen_on = _item(document.value), _seen_on(document.value)
    video = as_text(item.get("aweme_id"))
    above = as_text(item.get("reply_id"))
    profile = _PROFILE.search(seen_on)
    page = seen_on if profile and profile[1] in (None, video) else None
    row: Texts = {
        "page_link": page,
        "wall": page,
        "post_id": video,
        "comment_id": as_text(item.get("cid")),
        "parent_id": None if above == "0" else above,
        "author": as_text(dig(item, "user", "uid")),
        "author_handle": as_text(dig(item, "user", "unique_id")),
        "published_at": as_text(item.get("create_time")),
        "text": as_text(item.get("text")),
        "likes": as_text(item.get("digg_count")),
        "captured": _captured(document.value),
    }
    return Found(comments=[row])


# ── X ────────────────────────────────────────────────────────────────────────────────────────────


def _read_x(document: Document) -> Found:
    item = _item(document.value)
    root = as_text(dig(item, "legacy", "conversation_id_str"))
    parent = as_text(dig(item, "legacy", "in_reply_to_status_id_str"))
    if parent or root not in (None, _x_id(item)):
        return Found(comments=[_x_reply(document.value, root, parent)])
    return Found(posts=[_x_post(document.value)])


def _x_post(value: Record) -> Texts:
    item = _item(value)
    handle, key = _x_author(item)
    reshared = dig(item, "legacy", "retweeted_status_result") or item.get("retweeted_status_result")
    return {
        **_whose(handle, key),
        "problem": "reshared" if reshared else None,
        "post_id": _x_id(item),
        **_x_words(value, handle),
        "comments": as_text(dig(item, "legacy", "reply_count")),
        "shares": _sum(dig(item, "legacy", "retweet_count"), dig(item, "legacy", "quote_count")),
        "views": as_text(dig(item, "views", "count")) or as_text(dig(item, "ext_views", "count")),
    }


def _x_reply(value: Record, root: str | None, parent: str | None) -> Texts:
    item = _item(value)
    handle, key = _x_author(item)
    owner = _x_owner(value, root, parent)
    names = (as_text(one.get("screen_name")) for one in _x_mentioned(item) or ())
    words = _x_words(value, "i")  # the address that does without the name of who wrote it
    return {
        "page_handle": owner,
        "wall": owner,
        "problem": None if parent else "answer_unplaced",
        "post_id": root,
        "comment_id": _x_id(item),
        "parent_id": None if parent == root else parent,
        "author": key,
        "author_handle": handle,
        "mentions": words["text"]
        if _x_mentioned(item) is None
        else " ".join(f"@{name}" for name in names if name),
        **words,
    }


def _x_owner(value: Record, root: str | None, parent: str | None) -> str | None:
    """
    Whose the post is on top of the conversation, where the reply answers it or was seen on its page.
    """
    seen_on = _STATUS.search(_seen_on(value))
    if seen_on and seen_on[2] == root:
        return seen_on[1]
    answered = dig(_item(value), "legacy", "in_reply_to_screen_name")
    return as_text(answered) if parent and parent == root else None


def _x_words(value: Record, handle: str | None) -> Texts:
    item = _item(value)
    long = dig(item, "note_tweet", "note_tweet_results", "result", "text")
    text = as_text(long) or as_text(dig(item, "legacy", "full_text"))
    number = _x_id(item)
    return {
        "published_at": _x_moment(as_text(dig(item, "legacy", "created_at"))),
        "text": unescape(text) if text else None,
        "link": f"https://x.com/{handle}/status/{number}" if handle and number else None,
        "likes": as_text(dig(item, "legacy", "favorite_count")),
        "captured": _captured(value),
    }


def _x_id(item: Record) -> str | None:
    return as_text(item.get("rest_id")) or as_text(dig(item, "legacy", "id_str"))


def _x_author(item: Record) -> tuple[str | None, str | None]:
    """
    Handle and id, where the site has kept them in the course of the years.
    """
    user = dig(item, "core", "user_results", "result")
    places = (dig(user, "core"), dig(user, "legacy"), item.get("user"))
    handles = (as_text(dig(place, "screen_name")) for place in places)
    keys = (dig(item, "legacy", "user_id_str"), dig(user, "rest_id"), dig(item, "user", "id_str"))
    return next(filter(None, handles), None), next(filter(None, map(as_text, keys)), None)


def _x_mentioned(item: Record) -> list[Record] | None:
    """
    None where the object does not say whom the text names.
    """
    told = dig(item, "legacy", "entities", "user_mentions")
    return objects(told) if isinstance(told, list) else None


def _x_moment(told: str | None) -> str | None:
    """
    "Wed Mar 01 08:00:00 +0000 2023" in an order that is read everywhere; what is none stays as it is.
    """
    parts = (told or "").split()
    try:
        _, month, day, clock, offset, year = parts
        return parsedate_to_datetime(f"{day} {month} {year} {clock} {offset}").isoformat()
    except (ValueError, TypeError, OverflowError):
        return told


# ── kinds ────────────────────────────────────────────────────────────────────────────────────────

Needs = tuple[str | tuple[str, ...], ...]


def _kinds(
    platform: str, sources: tuple[str, ...], needs: Needs, read: Callable[[Document], Found]
) -> tuple[Kind, Kind]:
    """
    The same object wrapped and flat. Where it was seen is told by *sources*, Zeeschuimer's names of sites.
    """

    def is_wrapped(value: Any) -> bool:  # noqa: ANN401  # JSON
        return isinstance(value.get("data"), dict) and value.get("source_platform") in sources

    def is_flat(value: Any) -> bool:  # noqa: ANN401  # JSON
        told = _about(value).get("source_platform")
        return not isinstance(value.get("data"), dict) and told in (None, *sources)

    inside = tuple(
        f"data.{one}" if isinstance(one, str) else tuple(f"data.{name}" for name in one)
        for one in needs
    )
    return (
        Kind(needs=("source_platform", *inside), holds=is_wrapped, read=read, platform=platform),
        Kind(needs=needs, holds=is_flat, read=read, platform=platform),
    )


class _Join(PagesOfPosts):
    """
    Comments on the pages of their posts; followers of an author once a minute, not once a post.
    """

    def __init__(self) -> None:
        super().__init__()
        self._told: set[tuple[str | None, ...]] = set()

    def learn(self, found: Found, kind: Kind) -> Found:
        fresh = [row for row in found.page_counts if _moment_of(row) not in self._told]
        self._told.update(map(_moment_of, fresh))
        return replace(super().learn(found, kind), page_counts=fresh)


def _moment_of(counts: Texts) -> tuple[str | None, ...]:
    return counts["page_handle"], counts["page_id"], counts["captured_at"]


READER = Reader(
    key="zeeschuimer",
    title=Text(kk="Zeeschuimer жазбалары", ru="записи Zeeschuimer", en="Zeeschuimer captures"),
    what=Text(
        kk="Zeeschuimer шолғыш кеңейтімі не 4CAT берген NDJSON: Instagram, Threads, TikTok, Twitter жарияланымдары; TikTok пен Twitter пікірлері.",
        ru="NDJSON из расширения Zeeschuimer или из 4CAT: публикации Instagram, Threads, TikTok, Twitter; комментарии TikTok и Twitter.",
        en="NDJSON of the browser extension Zeeschuimer, or of 4CAT: posts of Instagram, Threads, TikTok, X; comments of TikTok and X.",
    ),
    platform=None,
    knows=Knows(authors="all"),
    proof="documented shape",
    kinds=(
        *_kinds(
            "threads",
            ("threads.net", "threads.com"),
            (("code", "pk"), "text_post_app_info", "user"),
            _read_threads,
        ),
        *_kinds(
            "instagram",
            ("instagram.com",),
            (
                ("code", "shortcode"),
                ("taken_at", "taken_at_timestamp", "__typename"),
                ("user", "owner"),
            ),
            _read_instagram,
        ),
        *_kinds(
            "tiktok",
            ("tiktok-comments",),
            ("cid", "aweme_id", "create_time"),
            _read_tiktok_comment,
        ),
        *_kinds("tiktok", ("tiktok.com",), ("id", "createTime", "author"), _read_tiktok),
        *_kinds(
            "x",
            ("twitter.com", "x.com"),
            (("rest_id", "legacy.id_str"), "legacy.created_at", "legacy.full_text"),
            _read_x,
        ),
    ),
    join=_Join,
    looks_beside=True,
)
