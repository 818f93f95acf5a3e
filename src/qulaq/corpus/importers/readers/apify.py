"""
Data sets of Apify's own actors for Facebook and Instagram: JSON, JSON lines, CSV, Excel.

Source: the samples that Apify's pages show of facebook-posts-scraper, facebook-comments-scraper,
facebook-pages-scraper, instagram-scraper and instagram-comment-scraper (no schema is published, and columns
come and go). Actors of other makers write other columns. A table's headings are paths: "replies/0/text".
"""

from __future__ import annotations

from collections.abc import Iterator

from qulaq.corpus.cells import Habits
from qulaq.corpus.importers.reader import Document, Found, Kind, Reader, Texts, pages_of_posts
from qulaq.corpus.importers.values import Record, as_text, dig, named_in, objects
from qulaq.lang import Text
from qulaq.study import Knows
from qulaq.text.post_ids import comment_in, shortcode_in, shortcode_of, unpacked

_REACTIONS = ("like", "love", "care", "haha", "wow", "sad", "angry")


def _first(item: Record, *keys: str) -> str | None:
    return next((told for key in keys if (told := as_text(item.get(key)))), None)


# ── Facebook ─────────────────────────────────────────────────────────────────────────────────────


def _read_facebook_post(document: Document) -> Found:
    item: Record = document.value
    likes = _first(item, "likes", "likesCount")
    row: Texts = {
        "page_id": as_text(dig(item, "user", "id")),
        "page_handle": _first(item, "pageName"),
        "page_link": _first(item, "facebookUrl", "inputUrl"),
        "post_id": _facebook_post_id(item),
        "published_at": _first(item, "time", "timestamp"),
        "text": _first(item, "text"),
        "link": _first(item, "url", "topLevelUrl"),
        "likes": likes,
        **_reactions(item, likes),
        "comments": _first(item, "comments", "commentsCount"),
        "shares": _first(item, "shares", "sharesCount"),
        "views": _first(item, "viewsCount"),
    }
    return Found(posts=[row])


def _facebook_post_id(item: Record) -> str | None:
    """
    The number that comments of the post name; `postId` may be that of its picture's frame.
    """
    last = (_first(item, "topLevelUrl") or "").rstrip("/").rpartition("/")[2]
    named = last if last.isascii() and last.isdecimal() else None
    return unpacked(_first(item, "feedbackId"))[0] or named or _first(item, "postId")


def _reactions(item: Record, likes: str | None) -> Texts:
    """
    Reactions by kind. A kind of which there is none is left out, which looks as if it were not known: it
    is zero only where the kinds given add up to all.
    """
    told = {kind: _first(item, f"reaction{kind.capitalize()}Count") for kind in _REACTIONS}
    numbers = [int(one) for one in told.values() if one and one.isascii() and one.isdecimal()]
    whole = likes is not None and likes == str(sum(numbers))
    rest = {kind: "0" for kind, one in told.items() if one is None} if whole else {}
    other: Texts = {"reaction_other": "0"} if whole else {}
    return {**{f"reaction_{kind}": one for kind, one in {**told, **rest}.items()}, **other}


def _read_facebook_comment(document: Document) -> Found:
    return Found(comments=list(_facebook_comments(document.value, None)))


def _facebook_comments(item: Record, above: Texts | None) -> Iterator[Texts]:
    comment = _facebook_comment(item, above)
    yield comment
    for answer in objects(item.get("comments")):
        yield from _facebook_comments(answer, comment)


def _facebook_comment(item: Record, above: Texts | None) -> Texts:
    link = _first(item, "commentUrl")
    own, root = comment_in(link)
    post, comment = unpacked(_first(item, "id"))
    answered = _first(item, "replyToCommentId")
    parent = unpacked(answered)[1] or (answered or "").rpartition("_")[2] or root
    parent = parent or (above["comment_id"] if above else None)
    deep = (_first(item, "threadingDepth") or "0") != "0"
    return {
        "page_link": _address_of_page(item) or (above["page_link"] if above else None),
        "problem": "answer_unplaced" if deep and not parent else None,
        "post_id": post or _first(item, "facebookId") or (above["post_id"] if above else None),
        "comment_id": _first(item, "commentId") or comment or own,
        "parent_id": parent,
        "author": _first(item, "profileId"),
        "author_handle": named_in(_first(item, "profileUrl")),
        "published_at": _first(item, "date"),
        "text": _first(item, "text"),
        "link": link,
        "likes": _first(item, "likesCount"),
    }


def _address_of_page(item: Record) -> str | None:
    """
    The address of the post where it names the page; that of a reel or a picture does not.
    """
    told = (_first(item, key) for key in ("facebookUrl", "inputUrl", "commentUrl"))
    return next((one for one in told if one and named_in(one)), None)


def _read_facebook_page(document: Document) -> Found:
    item: Record = document.value
    counts: Texts = {
        "page_id": _first(item, "pageId", "facebookId"),
        "page_handle": _first(item, "pageName"),
        "page_link": _first(item, "pageUrl", "facebookUrl"),
        "followers": _first(item, "followers"),
        "page_likes": _first(item, "likes"),
    }
    return Found(page_counts=[counts])


# ── Instagram ────────────────────────────────────────────────────────────────────────────────────


def _read_instagram_post(document: Document) -> Found:
    return Found(posts=[_instagram_post(document.value)])


def _instagram_post(item: Record) -> Texts:
    handle, key = _first(item, "ownerUsername"), _first(item, "ownerId")
    disabled = _first(item, "isCommentsDisabled")
    return {
        "page_handle": handle,
        "page_id": key,
        # A search by hashtag gives posts of others: they are not the page's, whatever page is named.
        "wall": handle or key,
        "post_id": _first(item, "shortCode") or shortcode_of(_first(item, "id")),
        "published_at": _first(item, "timestamp"),
        "kind": _first(item, "type"),
        "text": _first(item, "caption"),
        "link": _first(item, "url"),
        "likes": _first(item, "likesCount"),
        "comments": _first(item, "commentsCount"),
        "views": _first(item, "videoPlayCount", "videoViewCount"),
        "comments_open": {"true": "false", "false": "true"}.get((disabled or "").lower()),
    }


def _read_instagram_comment(document: Document) -> Found:
    return Found(comments=list(_instagram_comments(document.value, None)))


def _instagram_comments(item: Record, above: Texts | None) -> Iterator[Texts]:
    comment = _instagram_comment(item, above)
    yield comment
    for answer in objects(item.get("replies")):
        yield from _instagram_comments(answer, comment)


def _instagram_comment(item: Record, above: Texts | None) -> Texts:
    addresses = (_first(item, key) for key in ("postUrl", "commentUrl", "inputUrl"))
    post = next(filter(None, map(shortcode_in, addresses)), above["post_id"] if above else None)
    return {
        "problem": None if post else "post_unnamed",
        "post_id": post,
        "comment_id": _first(item, "id"),
        "parent_id": above["comment_id"] if above else None,
        "author": as_text(dig(item, "owner", "id")) or _first(item, "ownerId"),
        "author_handle": _first(item, "ownerUsername") or as_text(dig(item, "owner", "username")),
        "published_at": _first(item, "timestamp"),
        "text": _first(item, "text"),
        "link": _first(item, "commentUrl"),
        "likes": _first(item, "likesCount"),
    }


def _read_instagram_profile(document: Document) -> Found:
    item: Record = document.value
    counts: Texts = {
        "page_id": _first(item, "id"),
        "page_handle": _first(item, "username"),
        "followers": _first(item, "followersCount"),
        "posts_total": _first(item, "postsCount"),
    }
    latest = [one for one in objects(item.get("latestPosts")) if one.get("shortCode")]
    return Found(page_counts=[counts], posts=list(map(_instagram_post, latest)))


def _is_no_post(item: Record) -> bool:
    return "shortCode" not in item


READER = Reader(
    key="apify",
    title=Text(kk="Apify деректері", ru="наборы данных Apify", en="Apify data sets"),
    what=Text(
        kk="Apify берген JSON, CSV не Excel: Facebook пен Instagram жарияланымдары, пікірлері, парақша туралы мәліметтер.",
        ru="JSON, CSV или Excel из Apify: публикации, комментарии и сведения о страницах Facebook и Instagram.",
        en="JSON, CSV or Excel from Apify: posts, comments and details of pages of Facebook and Instagram.",
    ),
    platform=None,
    knows=Knows(authors="all"),
    proof="documented shape",
    kinds=(
        Kind(
            needs=(
                ("commentUrl", "commentId", "feedbackId"),
                "date",
                ("profileName", "profileId", "profileUrl"),
                ("facebookUrl", "inputUrl", "facebookId"),
            ),
            read=_read_facebook_comment,
            platform="facebook",
        ),
        Kind(
            needs=(
                ("postId", "feedbackId"),
                ("facebookUrl", "pageName", "inputUrl"),
                ("time", "timestamp"),
                ("likes", "likesCount", "topReactionsCount", "text"),
            ),
            read=_read_facebook_post,
            platform="facebook",
        ),
        Kind(
            needs=("pageId", ("pageUrl", "facebookUrl"), "followers"),
            read=_read_facebook_page,
            platform="facebook",
        ),
        Kind(
            needs=("shortCode", "timestamp", ("ownerUsername", "ownerId")),
            read=_read_instagram_post,
            platform="instagram",
        ),
        Kind(
            needs=(
                "id",
                "text",
                "timestamp",
                ("ownerUsername", "owner.username"),
                ("repliesCount", "replies", "ownerProfilePicUrl", "postUrl", "commentUrl"),
            ),
            holds=_is_no_post,
            read=_read_instagram_comment,
            platform="instagram",
        ),
        Kind(
            needs=("username", "followersCount", "postsCount"),
            holds=_is_no_post,
            read=_read_instagram_profile,
            platform="instagram",
        ),
    ),
    # Hidden likes are written as -1.
    habits=Habits(absent=("-1",)),
    joined=pages_of_posts,
    looks_beside=True,
    tables=True,
)
