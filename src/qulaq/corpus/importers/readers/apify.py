"""
Data sets of Apify's own actors for Facebook and Instagram: JSON, JSON lines, CSV, Excel.

Source: the samples that Apify's pages show of facebook-posts-scraper, facebook-comments-scraper,
facebook-pages-scraper, instagram-scraper and instagram-comment-scraper (no schema is published, and columns
come and go). Actors of other makers write other columns. A table's headings are paths: "replies/0/text".
"""

from __future__ import annotations

from collections.abc import Iterator

from qulaq.corpus.cells import Habits
from qulaq.corpus.importers.documents import Document, Found, Kind, Texts
from qulaq.corpus.importers.joins import PagesOfPosts
from qulaq.corpus.importers.reader import Reader
from qulaq.corpus.importers.values import Record, as_text, dig, first_text, named_in, objects
from qulaq.lang import Text
from qulaq.study import Knows
from qulaq.text.post_ids import comment_in, shortcode_in, shortcode_of, unpacked

_REACTIONS = ("like", "love", "care", "haha", "wow", "sad", "angry")


# ── Facebook ─────────────────────────────────────────────────────────────────────────────────────


def _read_facebook_post(document: Document) -> Found:
    item: Record = document.value
    likes = first_text(item, "likes", "likesCount")
    row: Texts = {
        "page_id": as_text(dig(item, "user", "id")),
        "page_handle": first_text(item, "pageName"),
        "page_link": first_text(item, "facebookUrl", "inputUrl"),
        "post_id": _facebook_post_id(item),
        "published_at": first_text(item, "time", "timestamp"),
        "text": first_text(item, "text"),
        "link": first_text(item, "url", "topLevelUrl"),
        "likes": likes,
        **_reactions(item, likes),
        "comments": first_text(item, "comments", "commentsCount"),
        "shares": first_text(item, "shares", "sharesCount"),
        "views": first_text(item, "viewsCount"),
    }
    return Found(posts=[row])


def _facebook_post_id(item: Record) -> str | None:
    """
    The number that comments of the post name; `postId` may be that of its picture's frame.
    """
    last = (first_text(item, "topLevelUrl") or "").rstrip("/").rpartition("/")[2]
    named = last if last.isascii() and last.isdecimal() else None
    return unpacked(first_text(item, "feedbackId"))[0] or named or first_text(item, "postId")


def _reactions(item: Record, likes: str | None) -> Texts:
    """
    Reactions by kind. A kind of which there is none is left out, which looks as if it were not known: it
    is zero only where the kinds given add up to all.
    """
    told = {kind: first_text(item, f"reaction{kind.capitalize()}Count") for kind in _REACTIONS}
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
    link = first_text(item, "commentUrl")
    own, root = comment_in(link)
    post, comment = unpacked(first_text(item, "id"))
    answered = first_text(item, "replyToCommentId")
    parent = unpacked(answered)[1] or (answered or "").rpartition("_")[2] or root
    parent = parent or (above["comment_id"] if above else None)
    deep = (first_text(item, "threadingDepth") or "0") != "0"
    return {
        "page_link": _address_of_page(item) or (above["page_link"] if above else None),
        "problem": "answer_unplaced" if deep and not parent else None,
        "post_id": post or first_text(item, "facebookId") or (above["post_id"] if above else None),
        "comment_id": first_text(item, "commentId") or comment or own,
        "parent_id": parent,
        "author": first_text(item, "profileId"),
        "author_handle": named_in(first_text(item, "profileUrl")),
        "published_at": first_text(item, "date"),
        "text": first_text(item, "text"),
        "link": link,
        "likes": first_text(item, "likesCount"),
    }


def _address_of_page(item: Record) -> str | None:
    """
    The address of the post where it names the page; that of a reel or a picture does not.
    """
    told = (first_text(item, key) for key in ("facebookUrl", "inputUrl", "commentUrl"))
    return next((one for one in told if one and named_in(one)), None)


def _read_facebook_page(document: Document) -> Found:
    item: Record = document.value
    counts: Texts = {
        "page_id": first_text(item, "pageId", "facebookId"),
        "page_handle": first_text(item, "pageName"),
        "page_link": first_text(item, "pageUrl", "facebookUrl"),
        "followers": first_text(item, "followers"),
        "page_likes": first_text(item, "likes"),
    }
    return Found(page_counts=[counts])


# ── Instagram ────────────────────────────────────────────────────────────────────────────────────


def _read_instagram_post(document: Document) -> Found:
    return Found(posts=[_instagram_post(document.value)])


def _instagram_post(item: Record) -> Texts:
    handle, key = first_text(item, "ownerUsername"), first_text(item, "ownerId")
    disabled = first_text(item, "isCommentsDisabled")
    return {
        "page_handle": handle,
        "page_id": key,
        # A search by hashtag gives posts of others: they are not the page's, whatever page is named.
        "wall": handle or key,
        "post_id": first_text(item, "shortCode") or shortcode_of(first_text(item, "id")),
        "published_at": first_text(item, "timestamp"),
        "kind": first_text(item, "type"),
        "text": first_text(item, "caption"),
        "link": first_text(item, "url"),
        "likes": first_text(item, "likesCount"),
        "comments": first_text(item, "commentsCount"),
        "views": first_text(item, "videoPlayCount", "videoViewCount"),
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
    addresses = (first_text(item, key) for key in ("postUrl", "commentUrl", "inputUrl"))
    post = next(filter(None, map(shortcode_in, addresses)), above["post_id"] if above else None)
    return {
        "problem": None if post else "post_unnamed",
        "post_id": post,
        "comment_id": first_text(item, "id"),
        "parent_id": above["comment_id"] if above else None,
        "author": as_text(dig(item, "owner", "id")) or first_text(item, "ownerId"),
        "author_handle": first_text(item, "ownerUsername")
        or as_text(dig(item, "owner", "username")),
        "published_at": first_text(item, "timestamp"),
        "text": first_text(item, "text"),
        "link": first_text(item, "commentUrl"),
        "likes": first_text(item, "likesCount"),
    }


def _read_instagram_profile(document: Document) -> Found:
    item: Record = document.value
    counts: Texts = {
        "page_id": first_text(item, "id"),
        "page_handle": first_text(item, "username"),
        "followers": first_text(item, "followersCount"),
        "posts_total": first_text(item, "postsCount"),
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
    join=PagesOfPosts,
    looks_beside=True,
    tables=True,
)
