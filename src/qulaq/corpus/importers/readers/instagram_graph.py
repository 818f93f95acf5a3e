"""
Answers of Instagram's Graph API: media of an account with comments and replies, comments of a media,
accounts with their numbers of followers, and other accounts by `business_discovery`.

Source: developers.facebook.com/docs/instagram-platform (IG User, IG Media, IG Comment, business_discovery).
Comments do not name the media below which they stand, unless the field `media` was asked for. It is told by
the address of the next page; on a last page whoever keeps it can name it: `media_id` beside `data`, and
`username` for the account. No answer says when it was fetched: the moment is given with the file.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import cast

from qulaq.corpus.importers.base import Extent
from qulaq.corpus.importers.documents import Document, Found, Kind, Texts
from qulaq.corpus.importers.joins import PagesOfPosts
from qulaq.corpus.importers.reader import Reader
from qulaq.corpus.importers.values import Record, as_text, asked_in, dig, objects
from qulaq.errors import UnreadableExport
from qulaq.lang import Text, phrase
from qulaq.study import Knows

_A_MEDIAS_OWN = (
    "media_type", "media_product_type", "permalink", "comments_count", "like_count", "ig_id",
)  # fmt: skip
# Parts of an album and stories just fetched show nothing of these.
_OF_A_WHOLE_MEDIA = (
    "caption", "comments_count", "like_count", "username", "owner", "media_product_type", "is_comment_enabled",
)  # fmt: skip
_OF_A_COMMENT = {
    "id", "text", "timestamp", "username", "from", "user", "like_count", "hidden", "parent_id", "replies", "media",
    "legacy_instagram_comment_id",
}  # fmt: skip
_OF_AN_ACCOUNT = (
    "media_count",
    "follows_count",
    "follow_count",
    "biography",
    "ig_id",
    "account_type",
)
_ACCOUNTS = "17841"  # with which the ids of accounts begin
_OF_STRANGERS = {"tags", "recent_media", "top_media"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """
    What is known of the place of an item: the account, the media, and the comment that it answers.
    """

    account: Texts = field(default_factory=dict)
    media: str | None = None
    above: str | None = None


# ── what an item is ──────────────────────────────────────────────────────────────────────────────


def _may_be_media(item: object) -> bool:
    if not isinstance(item, dict) or "id" not in item or "timestamp" not in item:
        return False
    # Threads has media of its own, with almost the same fields.
    threads = item.get("media_product_type") == "THREADS"
    return any(key in item for key in _A_MEDIAS_OWN) and "text" not in item and not threads


def _is_media(item: object) -> bool:
    return _may_be_media(item) and any(key in cast("Record", item) for key in _OF_A_WHOLE_MEDIA)


def _is_comment(item: object) -> bool:
    if not isinstance(item, dict) or not {"id", "text", "timestamp"} <= set(item):
        return False
    return set(item) <= _OF_A_COMMENT


def _is_item(item: object) -> bool:
    return _is_media(item) or _is_comment(item)


def _is_account(item: object) -> bool:
    """
    Whether it counts an account's followers or media; Facebook's pages are liked, Mastodon's have an `acct`.
    """
    if not isinstance(item, dict) or "fan_count" in item or "acct" in item:
        return False
    by_id = str(item.get("id")).startswith(_ACCOUNTS) and "followers_count" in item
    return "username" in item and (by_id or any(key in item for key in _OF_AN_ACCOUNT))


def _holds_items(answer: Record) -> bool:
    data = answer["data"]
    return isinstance(data, list) and any(map(_is_item, data))


def _is_asked_by_ids(answer: object) -> bool:
    """
    Whether several ids were asked for at once: each object under its own.
    """
    if not isinstance(answer, dict) or not answer:
        return False
    return all(_is_item(one) or _is_account(one) for one in answer.values())


# ── answers ──────────────────────────────────────────────────────────────────────────────────────


def _read_discovery(document: Document) -> Found:
    return _read_account(document.value["business_discovery"])


def _read_account_alone(document: Document) -> Found:
    return _read_account(document.value)


def _read_account(account: object) -> Found:
    names = _names(account)
    media = objects(dig(account, "media", "data"))
    counts = {
        **names,
        "followers": as_text(dig(account, "followers_count"))
        or as_text(dig(account, "followed_by_count")),
        "posts_total": as_text(dig(account, "media_count")),
    }
    counted = [counts] if counts["followers"] or counts["posts_total"] else []
    return replace(_found(media, _Place(account=names)), page_counts=counted)


def _read_alone(document: Document) -> Found:
    found = _found([document.value], _Place())
    _refuse_unplaced(document, found.comments)
    return found


def _read_by_ids(document: Document) -> Found:
    each = list(document.value.values())
    found = _found([one for one in each if _is_item(one)], _Place())
    _refuse_unplaced(document, found.comments)
    accounts = [_read_account(one) for one in each if not _is_item(one)]
    return Found(
        posts=[row for one in (found, *accounts) for row in one.posts],
        comments=[row for one in (found, *accounts) for row in one.comments],
        page_counts=[row for one in accounts for row in one.page_counts],
    )


def _read_list(document: Document) -> Found:
    answer = document.value
    node, edge = asked_in(answer)
    if edge in _OF_STRANGERS:
        raise UnreadableExport(
            where=str(document.export.file),
            found=phrase("these are posts of others that name the account or share a hashtag."),
            remedy=phrase("Fetch the account's own media (…/media)."),
        )
    names = {**_names(answer.get("owner")), "page_handle": as_text(answer.get("username"))}
    if edge in {"media", "stories"}:
        names["page_id"] = names["page_id"] or node
    media = as_text(answer.get("media_id")) or (node if edge == "comments" else None)
    place = _Place(account=names, media=media, above=node if edge == "replies" else None)
    found = _found(objects(answer["data"]), place)
    _refuse_unplaced(document, found.comments)
    one_post = len({one["post_id"] for one in found.comments}) == 1 and not found.posts
    more = isinstance(dig(answer, "paging", "next"), str)
    extent = Extent(complete=False if more else None) if one_post and media else None
    return replace(found, extent=extent)


def _found(items: Iterable[Record], place: _Place) -> Found:
    items = list(items)
    # Of all the same fields were asked for: one without caption and likes is no less a media than the others.
    is_media = _may_be_media if any(map(_is_media, items)) else _is_media
    posts: list[Texts] = []
    comments: list[Texts] = []
    for item in items:
        if _is_comment(item):
            comments.extend(_read_comments(item, place))
        elif is_media(item):
            posts.append(_read_post(item, place))
            comments.extend(_comments_below(item, place))
        else:
            posts.append({**place.account, "problem": "other_object"})
    return Found(posts=posts, comments=comments)


def _refuse_unplaced(document: Document, comments: Iterable[Texts]) -> None:
    """
    Comments of which nothing says below which post they stand are refused, not kept as if below none.
    """
    if any(one["problem"] is None for one in comments) or not comments:
        return
    raise UnreadableExport(
        where=str(document.export.file),
        found=phrase("the answer does not say which post it is about."),
        remedy=phrase("Write the id of the post into the file as “media_id”, beside “data”."),
    )


# ── records ──────────────────────────────────────────────────────────────────────────────────────


def _names(account: object) -> Texts:
    return {
        "page_id": as_text(dig(account, "id")),
        "page_handle": as_text(dig(account, "username")),
    }


def _account_of(media: Record, place: _Place) -> Texts:
    """
    Whose the media is, by itself where it says so; with others it is shared.
    """
    own = {
        "page_id": as_text(dig(media, "owner", "id")),
        "page_handle": as_text(media.get("username")) or as_text(dig(media, "owner", "username")),
    }
    return own if any(own.values()) else place.account


def _read_post(media: Record, place: _Place) -> Texts:
    return {
        **_account_of(media, place),
        "problem": _no_post(media),
        "post_id": as_text(media.get("id")),
        "published_at": as_text(media.get("timestamp")),
        "kind": _kind(media),
        "text": as_text(media.get("caption")),
        "link": as_text(media.get("permalink")),
        "likes": as_text(media.get("like_count")),
        "comments": as_text(media.get("comments_count")),
        "shares": as_text(media.get("shares_count")),
        "views": as_text(media.get("view_count")),
        "comments_open": as_text(media.get("is_comment_enabled")),
    }


def _no_post(media: Record) -> str | None:
    product = media.get("media_product_type")
    if product == "STORY" or "/stories/" in str(media.get("permalink")):
        return "story"
    return "advertisement" if product == "AD" else None


def _kind(media: Record) -> str | None:
    """
    Reels are videos like others by `media_type`.
    """
    reel = media.get("media_product_type") == "REELS"
    return "REELS" if reel else as_text(media.get("media_type"))


def _comments_below(media: Record, place: _Place) -> list[Texts]:
    inner = _Place(account=_account_of(media, place), media=as_text(media.get("id")))
    below = objects(dig(media, "comments", "data"))
    return [row for one in below for row in _read_comments(one, inner)]


def _read_comments(comment: Record, place: _Place) -> list[Texts]:
    """
    A comment and the replies to it.
    """
    row = _read_comment(comment, place)
    inner = replace(place, media=row["post_id"], above=row["comment_id"])
    replies = objects(dig(comment, "replies", "data"))
    return [row, *(reply for one in replies for reply in _read_comments(one, inner))]


def _read_comment(comment: Record, place: _Place) -> Texts:
    post = as_text(dig(comment, "media", "id")) or place.media
    parent = as_text(comment.get("parent_id")) or place.above
    return {
        **place.account,
        # The post of a reply is that of what it answers.
        "problem": None if post or parent else "post_unnamed",
        "post_id": post,
        "comment_id": as_text(comment.get("id")),
        "parent_id": parent,
        "author": as_text(dig(comment, "from", "id")) or as_text(dig(comment, "user", "id")),
        "author_handle": as_text(comment.get("username"))
        or as_text(dig(comment, "from", "username")),
        "published_at": as_text(comment.get("timestamp")),
        "text": as_text(comment.get("text")),
        "likes": as_text(comment.get("like_count")),
    }


READER = Reader(
    key="instagram-graph",
    title=Text(
        kk="Instagram Graph API жауаптары",
        ru="ответы Instagram Graph API",
        en="Instagram Graph API answers",
    ),
    what=Text(
        kk="Instagram Graph API қайтарған JSON: парақшаның жарияланымдары, пікірлер мен оларға жауаптар, жазылушылар саны.",
        ru="JSON, полученный из Instagram Graph API: публикации страницы, комментарии и ответы на них, число подписчиков.",
        en="JSON that Instagram's Graph API returned: posts of a page, comments with replies, numbers of followers.",
    ),
    platform="instagram",
    knows=Knows(authors="all"),
    proof="real files",
    join=PagesOfPosts,
    looks_beside=True,
    kinds=(
        Kind(needs=("business_discovery",), read=_read_discovery),
        Kind(
            needs=("username", ("media_count", "followers_count")),
            holds=_is_account,
            read=_read_account_alone,
        ),
        Kind(needs=("id", "timestamp", _A_MEDIAS_OWN), holds=_is_media, read=_read_alone),
        Kind(needs=("id", "timestamp", "text"), holds=_is_comment, read=_read_alone),
        Kind(needs=("data",), holds=_holds_items, read=_read_list),
        Kind(needs=(), holds=_is_asked_by_ids, read=_read_by_ids),
    ),
)
