"""
Tables of minet: comments and posts of Instagram, comments of Facebook.

Source: minet/instagram/types.py and minet/facebook/types.py of minet 4.2 (github.com/medialab/minet), and
minet/facebook/constants.py of its versions before 2 for `facebook comments`. minet writes its columns
behind those of the table that it was given, among which one names the post: by address, shortcode or key.
"""

from __future__ import annotations

import re

from qulaq.corpus.importers.documents import Document, Found, Kind, Texts
from qulaq.corpus.importers.joins import PagesOfPosts
from qulaq.corpus.importers.reader import Reader
from qulaq.corpus.importers.values import Record, as_text, first_text, named_in
from qulaq.lang import Text
from qulaq.study import Knows
from qulaq.text.post_ids import shortcode_in, shortcode_of, unpacked

# How people call the column of posts; "post" and "post_url" are minet's own where one post was given.
_POST = ("post", "post_url", "url", "link", "permalink", "shortcode", "code", "post_id")
_SHORTCODE = re.compile(r"[A-Za-z0-9_-]{5,30}")


# ── Instagram ────────────────────────────────────────────────────────────────────────────────────


def _read_instagram_comment(document: Document) -> Found:
    row: Record = document.value
    post = _find_shortcode(row)
    # Given the table of `instagram user-posts`, each row begins with the post and its owner.
    owner = first_text(row, "given username") if "taken_at_timestamp" in row else None
    comment: Texts = {
        "page_handle": owner,
        "wall": owner,
        "problem": None if post else "post_unnamed",
        "post_id": post,
        "comment_id": first_text(row, "id"),
        "parent_id": first_text(row, "parent_id"),
        "author": first_text(row, "user_id"),
        "author_handle": first_text(row, "username"),
        "published_at": _moment(row, "created_at_utc"),
        "text": first_text(row, "text"),
        "likes": first_text(row, "comment_like_count"),
    }
    return Found(comments=[comment])


def _find_shortcode(row: Record) -> str | None:
    """
    The post in the column that was minet's input, whatever it is called.
    """
    named = [told for name in _POST if (told := first_text(row, name))]
    for told in named:
        if code := shortcode_in(told) or shortcode_of(told) or _bare(told):
            return code
    others = (as_text(cell) for name, cell in row.items() if name not in {"text", "caption"})
    return next(filter(None, map(shortcode_in, others)), None)


def _bare(told: str) -> str | None:
    return told if _SHORTCODE.fullmatch(told) else None


def _moment(row: Record, seconds: str) -> str | None:
    """
    Seconds since 1970; else minet's own clock, which shows UTC without saying so.
    """
    clock = first_text(row, "utc_time")
    return first_text(row, seconds) or (f"{clock}Z" if clock else None)


def _read_instagram_post(document: Document) -> Found:
    row: Record = document.value
    handle = first_text(row, "username")
    hidden = first_text(row, "like_and_view_counts_disabled") == "true"
    post: Texts = {
        "page_handle": handle,
        "wall": handle,
        "post_id": first_text(row, "shortcode") or shortcode_of(first_text(row, "id")),
        "published_at": _moment(row, "taken_at_timestamp"),
        "kind": first_text(row, "media_type"),
        "text": first_text(row, "caption"),
        "link": first_text(row, "url"),
        "likes": None if hidden else first_text(row, "like_count"),
        "comments": first_text(row, "comment_count"),
    }
    return Found(posts=[post])


def _read_instagram_profile(document: Document) -> Found:
    row: Record = document.value
    counts: Texts = {
        "page_id": first_text(row, "id"),
        "page_handle": first_text(row, "username"),
        "followers": first_text(row, "follower_count"),
    }
    return Found(page_counts=[counts])


# ── Facebook ─────────────────────────────────────────────────────────────────────────────────────


def _read_facebook_comment(document: Document) -> Found:
    row: Record = document.value
    post, number = unpacked(first_text(row, "id"))
    parent = unpacked(first_text(row, "parent_id"))[1]
    deep = (first_text(row, "depth") or "0") != "0"
    comment: Texts = {
        "page_link": _find_page(row),
        "problem": "answer_unplaced" if deep and not parent else None,
        "post_id": post,
        "comment_id": first_text(row, "fbid") or number,
        "parent_id": parent,
        "author_handle": named_in(first_text(row, "author_url")),
        "published_at": first_text(row, "created_time"),
        "text": first_text(row, "text"),
        "likes": first_text(row, "reactions"),
    }
    return Found(comments=[comment])


def _find_page(row: Record) -> str | None:
    """
    The address of the post, where it names the page.
    """
    told = (first_text(row, name) for name in _POST)
    return next((one for one in told if one and "/" in one and named_in(one)), None)


def _read_old_facebook_comment(document: Document) -> Found:
    row: Record = document.value
    comment: Texts = {
        "page_link": _find_page(row),
        "post_id": first_text(row, "post_id"),
        "comment_id": first_text(row, "id"),
        "parent_id": first_text(row, "in_reply_to"),
        "author": first_text(row, "user_id"),
        "author_handle": first_text(row, "user_handle"),
        # The clock of the machine that ran minet, whose zone nobody knows: intake refuses it without one.
        "published_at": first_text(row, "date"),
        "text": first_text(row, "text"),
        "likes": first_text(row, "reactions"),
    }
    return Found(comments=[comment])


READER = Reader(
    key="minet",
    title=Text(kk="minet кестелері", ru="таблицы minet", en="minet tables"),
    what=Text(
        kk="minet жазған CSV: Instagram жарияланымдары мен пікірлері, Facebook пікірлері.",
        ru="CSV, записанные minet: публикации и комментарии Instagram, комментарии Facebook.",
        en="CSV that minet wrote: posts and comments of Instagram, comments of Facebook.",
    ),
    platform=None,
    knows=Knows(authors="all"),
    proof="documented shape",
    kinds=(
        Kind(
            needs=(
                "id",
                "parent_id",
                ("created_at_utc", "utc_time"),
                "comment_like_count",
                "child_comment_count",
                "username",
            ),
            read=_read_instagram_comment,
            platform="instagram",
        ),
        Kind(
            needs=(
                "shortcode",
                ("taken_at_timestamp", "utc_time"),
                "like_and_view_counts_disabled",
                "comment_count",
                "username",
            ),
            read=_read_instagram_post,
            platform="instagram",
        ),
        Kind(
            needs=("username", "follower_count", "follow_count", "biography", "connected_fb_page"),
            read=_read_instagram_profile,
            platform="instagram",
        ),
        Kind(
            needs=("id", "fbid", "depth", "parent_id", "author_url", "created_time"),
            read=_read_facebook_comment,
            platform="facebook",
        ),
        Kind(
            needs=("post_id", "id", "user_handle", "formatted_date", "date", "in_reply_to"),
            read=_read_old_facebook_comment,
            platform="facebook",
        ),
    ),
    join=PagesOfPosts,
    looks_beside=True,
    tables=True,
)
