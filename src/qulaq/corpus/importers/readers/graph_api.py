"""
Answers of Facebook's Graph API: posts of a page, comments of a post, one inside the other or apart, and
pages with their numbers of followers.

Source: developers.facebook.com/docs/graph-api/reference (page feed, object/comments). Outsiders see
neither `id` nor `from` of comments; both ids then come from `permalink_url`. A page does not say when its
followers were counted: that is the moment given with the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal
from urllib.parse import parse_qs, urlsplit

from qulaq.corpus.importers.base import Extent
from qulaq.corpus.importers.documents import Document, Found, Kind, Texts
from qulaq.corpus.importers.joins import Beside, Join
from qulaq.corpus.importers.reader import Reader
from qulaq.corpus.importers.values import Record, as_text, asked_in, dig, named_in, objects
from qulaq.corpus.schema import COMMENTS
from qulaq.errors import UnreadableExport
from qulaq.lang import Text, phrase
from qulaq.study import Knows

_REACTIONS = ("like", "love", "care", "haha", "wow", "sad", "angry")


def _is_answer(document: object) -> bool:
    """
    Whether it is an answer that holds what is read here, one without records, or a refusal with its code.
    """
    if isinstance(document, list):
        return any(map(_is_answer, document))
    if not isinstance(document, dict):
        return False
    if isinstance(document.get("error"), dict):
        return "code" in document["error"]
    items = _items(document)
    if not items and isinstance(document.get("data"), list):
        return "paging" in document or "summary" in document
    return any(map(_what, items)) or _is_page(document)


def _is_whole(document: object) -> bool:
    """
    Whether this is read as one: an answer, or a list of items whose fields tell together what they are. A
    list of answers is several documents.
    """
    if isinstance(document, list):
        return bool(document) and all(_what(item) in {"post", "comment"} for item in document)
    return _is_answer(document)


def _read(document: Document) -> Found:
    answer = document.value
    items = objects(_items(answer))
    plain = _are_plain_comments(answer, items)
    around = _asked_below(answer)
    posts: list[Texts] = []
    comments: list[Texts] = []
    pages = [_read_page(answer)] if _is_page(answer) else []
    for item in _with_inner(items):
        what = _what(item)
        if what == "page":
            pages.append(_read_page(item))
        elif what == "comment" or (plain and what):
            comments.extend(_read_comments(item, _NONE, None, around))
        elif what == "post":
            posts.append(_read_post(item))
            comments.extend(_comments_below(item))
        elif what == "thread":
            comments.extend(_comments_below(item))
        else:
            posts.append({"problem": "other_object", **_names_of_page(item)})
    if not comments and not pages and all(one["problem"] == "other_object" for one in posts):
        raise UnreadableExport(
            where=str(document.export.file),
            found=phrase("the answer holds neither posts nor comments."),
            remedy=phrase("Fetch it again, with a token that may read them."),
        )
    extent = None if posts else _find_extent(answer, comments)
    return Found(posts=posts, comments=comments, page_counts=pages, extent=extent)


def _with_inner(items: list[Record]) -> Iterator[Record]:
    """
    The items, and after a page those that it holds.
    """
    for item in items:
        yield item
        if _is_page(item):
            yield from objects(_items(item))


# ── what an item is ──────────────────────────────────────────────────────────────────────────────

_A_POSTS_OWN = (
    "status_type", "reactions", "shares", "attachments", "story", "is_published", "full_picture", "actions",
    "feed_targeting", "targeting", "is_expired", "message",
)  # fmt: skip
_A_COMMENTS_OWN = (
    "comment_count", "parent", "can_remove", "user_likes", "can_like", "object", "is_private", "like_count",
)  # fmt: skip
# Of photos, albums, videos, events, applications, milestones, ratings, businesses, buttons and messages.
_OF_OTHERS = (
    "images", "width", "can_upload", "cover_photo", "embed_html", "embeddable", "video", "start_time", "app_type",
    "app_name", "open_graph_story", "reviewer", "rating", "vertical", "web_url", "is_unsupported", "tags",
)  # fmt: skip
_OF_A_PLAIN_PAGE = {"id", "name", "username", "followers_count"}
_INSTAGRAMS = "17841"  # with which the ids of its accounts begin
_HOLD_POSTS = ("posts", "feed", "published_posts")


def _what(item: object) -> Literal["post", "comment", "thread", "page"] | None:
    """
    What an item is; None for what is not read here. A "thread" is a post of which nothing but its comments
    was asked for. Instagram's objects have no `created_time`.
    """
    if not isinstance(item, dict):
        return None
    if "created_time" not in item:
        return "page" if _is_page(item) else "thread" if _is_thread(item) else None
    if _is_comment(item):
        return "comment"
    a_post = any(key in item for key in _A_POSTS_OWN) or _split(item.get("id"))[0] is not None
    another = any(key in item for key in _OF_OTHERS) or _is_message(item)
    return "post" if a_post and not another else None


def _is_page(item: object) -> bool:
    """
    Whether it counts who follows or likes a page. Instagram's accounts count their media too.
    """
    if not isinstance(item, dict) or "media_count" in item or "acct" in item:
        return False
    if "fan_count" in item:
        return True
    liked = isinstance(item.get("likes"), int) and "talking_about_count" in item
    plain = set(item) <= _OF_A_PLAIN_PAGE and not str(item.get("id")).startswith(_INSTAGRAMS)
    told = plain or "link" in item or "category" in item
    return liked or ("followers_count" in item and told)


def _is_thread(item: Record) -> bool:
    below = objects(dig(item, "comments", "data"))
    return _split(item.get("id"))[0] is not None and any(_what(one) for one in below)


def _is_message(item: Record) -> bool:
    """
    Whether it is a private message; a post on a page has its addressees too, but says of which type it is.
    """
    private = "to" in item or "." in str(item.get("id")) or isinstance(dig(item, "story"), dict)
    return private and not any(key in item for key in ("type", "status_type", "actions"))


def _names_of_page(item: Record) -> Texts:
    return {"page_id": _split(item.get("id"))[0], "published_at": as_text(item.get("created_time"))}


def _read_page(item: Record) -> Texts:
    liked = item.get("likes")
    return {
        "page_id": as_text(item.get("id")),
        "page_handle": as_text(item.get("username")),
        "page_link": as_text(item.get("link")),
        "followers": as_text(item.get("followers_count")),
        "page_likes": as_text(item.get("fan_count")) or as_text(liked),
    }


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
    lists = (_listed(document.get(key)) for key in ("data", *_HOLD_POSTS))
    held = next((one for one in lists if one is not None), None)
    if held is not None or _is_page(document):
        return held or []
    if _what(document):
        return [document]
    # Asked for several ids at once: each object under its own.
    return [item for item in document.values() if _what(item)]


def _listed(inner: object) -> list[object] | None:
    data = dig(inner, "data")
    listed = inner if isinstance(inner, list) else data
    return listed if isinstance(listed, list) else None


def _are_plain_comments(document: object, items: list[Record]) -> bool:
    """
    Whether items that show nothing but id, text, time and author are comments: the API's own choice of
    fields. An answer about comments tells their order, one with more pages what was asked for; posts of a page
    are by the page of their id.
    """
    if isinstance(document, dict) and (edge := asked_in(document)[1]):
        return edge == "comments"
    if isinstance(dig(document, "summary", "order"), str):
        return True
    bare = [item for item in items if set(item) <= {"id", "message", "created_time", "from"}]
    if len(bare) < len(items) or not any("from" in item for item in items):
        return False
    return not any(_split(item.get("id"))[0] == as_text(dig(item, "from", "id")) for item in items)


def _is_comment(item: Record) -> bool:
    if "comment_id=" in str(item.get("permalink_url", "")):
        return True
    if any(key in item for key in (*_A_POSTS_OWN[:-1], *_OF_OTHERS)):
        return False
    # Outsiders see no ids of comments, but always those of posts.
    return any(key in item for key in _A_COMMENTS_OWN) or ("id" not in item and "message" in item)


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
        "comments": as_text(dig(item, "comments", "summary", "total_count"))
        or as_text(dig(item, "comments", "count")),
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


_Ids = tuple[str | None, str | None]
_NONE: _Ids = (None, None)


def _comments_below(item: Record) -> list[Texts]:
    post = _split(item.get("id"))
    below = objects(dig(item, "comments", "data"))
    return [comment for one in below for comment in _read_comments(one, post, None, _NONE)]


def _read_comments(item: Record, post: _Ids, above: str | None, around: _Ids) -> list[Texts]:
    comment = _read_comment(item, post, above, around)
    below = objects(dig(item, "comments", "data")) if "comments" in item else []
    if not below:
        return [comment]
    own = comment["comment_id"]
    return [comment, *(row for one in below for row in _read_comments(one, post, own, around))]


def _read_comment(item: Record, post: _Ids, above: str | None, around: _Ids) -> Texts:
    """
    *post* is that below which it stands; *around* is what was asked for its comments: a post ("page_post") or,
    with the same post in front as the item itself, a comment ("post_comment").
    """
    link = as_text(item.get("permalink_url"))
    asked = _asked(link) if link else {}
    root, reply = asked.get("comment_id"), asked.get("reply_comment_id")
    page, post_of_post = post
    post_of_id, own = _split(item.get("id"))
    if post_of_id and post_of_id == around[0]:
        above = above or around[1]
    elif post_of_id and post_of_id == around[1]:
        page = page or around[0]
    told = item.get("parent")
    parent = (told and _split(dig(told, "id"))[1]) or above or (root if reply else None)
    whole = post_of_post or post_of_id or _post_in(link)
    return {
        "page_id": page or _page_in(link),
        # The post of a reply is that of what it answers.
        "problem": None if whole or parent else "post_unnamed",
        "post_id": whole,
        "comment_id": own or _split(reply or root)[1],
        "parent_id": _split(parent)[1],
        "author": as_text(dig(item, "from", "id")),
        "published_at": as_text(item.get("created_time")),
        "text": as_text(item.get("message")),
        "link": link,
        "likes": as_text(item.get("like_count")) or as_text(item.get("likes")),
    }


def _asked_below(answer: object) -> _Ids:
    node, edge = asked_in(answer) if isinstance(answer, dict) else (None, None)
    return _split(node) if edge == "comments" else _NONE


def _asked(link: str | None) -> dict[str, str]:
    """
    What an address asks for: "?story_fbid=1&id=2". Nothing where it is no address.
    """
    if not link or "?" not in link:
        return {}
    try:
        return {key: values[0] for key, values in parse_qs(urlsplit(link).query).items()}
    except ValueError:
        return {}


def _post_in(link: str | None) -> str | None:
    """
    What an address calls the post: ".../posts/123/?comment_id=4", "story_fbid=123", "photo.php?fbid=123".
    """
    asked = _asked(link)
    path = link.split("#")[0].split("?")[0] if link else ""
    part = path.rstrip("/").rpartition("/")[2]
    script = part.endswith(".php") or part == "watch"
    picture = asked.get("fbid") or asked.get("v")
    return asked.get("story_fbid") or (picture if script else part or None)


def _page_in(link: str | None) -> str | None:
    """
    The address, where the page is known by it, or the page's id where only that stands in it.
    """
    asked = _asked(link)
    return asked.get("id") if "story_fbid" in asked else link if named_in(link) else None


# ── what other answers tell ──────────────────────────────────────────────────────────────────────


class _Join(Join):
    """
    Comments below their posts, where an address names these by something else than their ids (a picture's
    number, "pfbid…"), and on the pages of these.
    """

    def __init__(self) -> None:
        self._ids: dict[str, str] = {}
        self._pages: dict[str, str] = {}
        self._named: set[str | None] = set()

    def learn(self, found: Found, kind: Kind) -> Found:
        del kind
        for row in found.posts:
            if post := row.get("post_id"):
                self._note(post, row["wall"] or row["page_id"])
                named = _post_in(row["link"])
                if named and named != post:
                    self._ids[named] = post
        for row in found.comments:
            self._named.add(row["post_id"])
            if row["page_id"] is None:
                self.lacks_pages = True
            elif row["post_id"] not in self._pages:
                self._note(row["post_id"], row["page_id"])
        return found

    def _note(self, post: str | None, page: str | None) -> None:
        if post and page:
            self._pages[post] = page

    def settle(self, beside: Beside) -> None:
        del beside
        if self.lacks_pages or not self._named.isdisjoint(self._ids):
            self.mended = (COMMENTS,)

    def mend(self, row: Texts, platform: str | None) -> Texts:
        del platform
        post = self.post_of(row["post_id"]) if row["post_id"] else None
        return {**row, "post_id": post, "page_id": row["page_id"] or self._pages.get(post or "")}

    def post_of(self, post: str) -> str:
        return self._ids.get(post, post)


def _split(whole: object) -> _Ids:
    """
    "page_post" as ("page", "post"); a bare id has no first part.
    """
    if isinstance(whole, int) and not isinstance(whole, bool):
        whole = str(whole)
    if not isinstance(whole, str):
        return _NONE
    before, _, last = whole.rpartition("_")
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
    join=_Join,
    looks_beside=True,
)
