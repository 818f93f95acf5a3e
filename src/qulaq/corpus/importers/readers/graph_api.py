"""
Answers of Facebook's Graph API: posts of a page, comments of a post, one inside the other or apart.

Source: developers.facebook.com/docs/graph-api/reference (page feed, object/comments). Outsiders see
neither `id` nor `from` of comments; both ids then come from `permalink_url`.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

from qulaq.corpus.importers.reader import (
    Document,
    Extent,
    Found,
    Kind,
    Reader,
    Record,
    Texts,
    as_text,
    dig,
    objects,
)
from qulaq.errors import UnreadableExport
from qulaq.lang import Text, phrase
from qulaq.study import Knows

_REACTIONS = ("like", "love", "care", "haha", "wow", "sad", "angry")


def _is_answer(document: object) -> bool:
    if isinstance(document, list):
        return any(map(_is_answer, document))
    if not isinstance(document, dict):
        return False
    if isinstance(document.get("error"), dict):
        return "code" in document["error"]
    if isinstance(document.get("data"), list):
        return "paging" in document or "summary" in document or any(map(_is_item, document["data"]))
    return _is_item(document) or (bool(document) and all(map(_is_item, document.values())))


def _is_whole(document: object) -> bool:
    """
    Whether this is read as one: an answer, or a list of items whose fields tell together what they are. A
    list of answers is several documents.
    """
    if isinstance(document, list):
        return bool(document) and all(map(_is_item, document))
    return _is_answer(document)


def _is_item(item: object) -> bool:
    return isinstance(item, dict) and "created_time" in item


def _read(document: Document) -> Found:
    answer = document.value
    items = objects(_items(answer))
    plain = _are_plain_comments(answer, items)
    posts: list[Texts] = []
    comments: list[Texts] = []
    for item in items:
        if plain or _is_comment(item):
            comments.extend(_read_comments(item, post=None))
        else:
            posts.append(_read_post(item))
            comments.extend(_comments_below(item))
    if not posts and not comments:
        raise UnreadableExport(
            where=str(document.export.file),
            found=phrase("the answer holds neither posts nor comments."),
            remedy=phrase("Fetch it again, with a token that may read them."),
        )
    extent = None if posts else _find_extent(answer, comments)
    return Found(posts=posts, comments=comments, extent=extent)


def _find_extent(answer: object, comments: list[Texts]) -> Extent | None:
    """
    How many comments the answer says there are, and whether more pages follow; None where it is no answer
    about one post.
    """
    announced = dig(answer, "summary", "total_count")
    more = dig(answer, "paging", "next")
    if len({one["post_id"] for one in comments}) > 1 or not isinstance(answer, dict):
        return None
    return Extent(
        complete=False if more else None,
        announced=announced if isinstance(announced, int) else None,
    )


def _items(document: Any) -> list[object]:  # noqa: ANN401  # JSON
    if isinstance(document, list):
        return document
    if not isinstance(document, dict):
        return []
    for key in ("data", "posts", "feed", "published_posts"):
        inner = document.get(key)
        if isinstance(inner, list):
            return inner
        if isinstance(inner, dict) and isinstance(inner.get("data"), list):
            data: list[object] = inner["data"]
            return data
    if _is_item(document):
        return [document]
    return [item for item in document.values() if _is_item(item)]


def _are_plain_comments(document: object, items: list[Record]) -> bool:
    """
    Whether items that show nothing but id, text, time and author are comments: the API's own choice of
    fields. An answer about comments tells their order; posts of a page are by the page of their id.
    """
    if isinstance(dig(document, "summary", "order"), str):
        return True
    bare = [item for item in items if set(item) <= {"id", "message", "created_time", "from"}]
    if len(bare) < len(items) or not any("from" in item for item in items):
        return False
    return not any(_split(item.get("id"))[0] == as_text(dig(item, "from", "id")) for item in items)


def _is_comment(item: Record) -> bool:
    if "comment_id=" in str(item.get("permalink_url", "")):
        return True
    a_posts_own = (
        "status_type",
        "reactions",
        "shares",
        "attachments",
        "story",
        "is_published",
        "full_picture",
    )
    if any(key in item for key in a_posts_own):
        return False
    of_a_comment = (
        "comment_count",
        "parent",
        "can_remove",
        "user_likes",
        "can_like",
        "object",
        "is_private",
    )
    return any(key in item for key in of_a_comment) or ("like_count" in item)


def _read_post(item: Record) -> Texts:
    page, post = _split(item.get("id"))
    link = as_text(item.get("permalink_url"))
    reactions = dig(item, "reactions", "summary", "total_count")
    counts = {kind: dig(item, kind, "summary", "total_count") for kind in _REACTIONS}
    return {
        # A feed holds visitors' posts too: their author, whom nobody need know, is not the page.
        "page_id": as_text(dig(item, "from", "id")) or page or _page_in(link),
        "wall": page,
        "problem": "unpublished" if item.get("is_published") is False else None,
        "post_id": post or _post_in(link),
        "published_at": as_text(item.get("created_time")),
        "kind": as_text(item.get("status_type")) or as_text(item.get("type")),
        "text": as_text(item.get("message")) or as_text(item.get("story")),
        "link": link,
        "likes": as_text(reactions),
        **{f"reaction_{kind}": as_text(value) for kind, value in counts.items()},
        "reaction_other": _other(reactions, counts),
        "comments": as_text(dig(item, "comments", "summary", "total_count")),
        "shares": as_text(dig(item, "shares", "count")),
        "comments_open": as_text(dig(item, "comments", "summary", "can_comment")),
    }


def _other(total: object, counts: dict[str, object]) -> str | None:
    known = [value for value in counts.values() if isinstance(value, int)]
    if (
        not isinstance(total, int) or len(known) < len(counts) - 1
    ):  # "care" is folded into "like" at times
        return None
    return str(max(total - sum(known), 0))


def _comments_below(item: Record) -> list[Texts]:
    data = dig(item, "comments", "data")
    if not isinstance(data, list):
        return []
    return [
        comment
        for inner in data
        if isinstance(inner, dict)
        for comment in _read_comments(inner, post=item)
    ]


def _read_comments(item: Record, *, post: Record | None, above: str | None = None) -> list[Texts]:
    comment = _read_comment(item, post=post, above=above)
    below = dig(item, "comments", "data")
    inner = below if isinstance(below, list) else []
    replies = [
        reply
        for one in inner
        if isinstance(one, dict)
        for reply in _read_comments(one, post=post, above=comment["comment_id"])
    ]
    return [comment, *replies]


def _read_comment(item: Record, *, post: Record | None, above: str | None) -> Texts:
    link = as_text(item.get("permalink_url"))
    asked = _asked(link)
    root, reply = asked.get("comment_id"), asked.get("reply_comment_id")
    page, post_of_post = _split(post.get("id")) if post else (None, None)
    post_of_id, own = _split(item.get("id"))
    parent = _split(dig(item, "parent", "id"))[1] or above or (root if reply else None)
    return {
        "page_id": page or _page_in(link),
        "post_id": post_of_post or _post_in(link) or post_of_id,
        "comment_id": own or _split(reply or root)[1],
        "parent_id": _split(parent)[1],
        "author": as_text(dig(item, "from", "id")),
        "published_at": as_text(item.get("created_time")),
        "text": as_text(item.get("message")),
        "link": link,
        "likes": as_text(item.get("like_count")),
    }


def _asked(link: str | None) -> dict[str, str]:
    """
    What an address asks for: "?story_fbid=1&id=2". Nothing where it is no address.
    """
    try:
        return {key: values[0] for key, values in parse_qs(urlsplit(link or "").query).items()}
    except ValueError:
        return {}


def _post_in(link: str | None) -> str | None:
    """
    The post's id in the address of a comment: ".../posts/123/?comment_id=4" or "story_fbid=123".
    """
    path = link.split("#")[0].split("?")[0] if link else ""
    return _asked(link).get("story_fbid") or path.rstrip("/").rpartition("/")[2] or None


def _page_in(link: str | None) -> str | None:
    """
    The address, by which the page is known, or the page's id where only that stands in it.
    """
    asked = _asked(link)
    return asked.get("id", link) if "story_fbid" in asked else link


def _split(whole: object) -> tuple[str | None, str | None]:
    """
    "page_post" as ("page", "post"); a bare id has no first part.
    """
    if not isinstance(whole, (str, int)) or isinstance(whole, bool):
        return None, None
    before, _, last = str(whole).rpartition("_")
    return before or None, last or None


READER = Reader(
    key="graph-api",
    title=Text(
        kk="Facebook Graph API жауаптары",
        ru="ответы Facebook Graph API",
        en="Facebook Graph API answers",
    ),
    what=Text(
        kk="Graph API қайтарған JSON: жарияланымдар мен пікірлер, авторларымен не оларсыз.",
        ru="JSON, полученный из Graph API: публикации и комментарии, с авторами или без них.",
        en="JSON that the Graph API returned: posts and comments, with authors or without.",
    ),
    platform="facebook",
    # Without the page's own token no author is shown, not even the page's own.
    knows=Knows(authors="none"),
    proof="real files",
    kinds=(Kind(needs=(), holds=_is_whole, read=_read),),
)
