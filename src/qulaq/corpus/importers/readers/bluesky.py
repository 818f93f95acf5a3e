"""
Answers of Bluesky's public API: feeds of an author, threads, profiles.

Source: the lexicons of github.com/bluesky-social/atproto (app.bsky.feed.defs, app.bsky.actor.defs). A record's
address holds its author's id, so posts and comments are called by the last part of it, the record's key, which
tells the time of writing to the microsecond and repeats, if ever, only between authors.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from qulaq.corpus.importers.base import Extent
from qulaq.corpus.importers.documents import Document, Found, Kind, Texts
from qulaq.corpus.importers.reader import Reader
from qulaq.corpus.importers.values import Record, as_text, dig, has, objects
from qulaq.lang import Text
from qulaq.study import Knows

_AT = "at://"
_PASSED_ON = "#reasonRepost"
# Before that there was no network to write on: a client's clock or an import from another one is meant.
_FIRST_DAY = datetime(2022, 11, 1, tzinfo=UTC)


# ── feeds and profiles ───────────────────────────────────────────────────────────────────────────


def _is_feed(document: Record) -> bool:
    feed = document["feed"]
    return isinstance(feed, list) and all(has(one, "post.uri") for one in feed)


def _is_list(document: Record) -> bool:
    posts = objects(document["posts"])
    return bool(posts) and all(has(one, "author.did") and _is_view(one) for one in posts)


def _is_item(document: Record) -> bool:
    return isinstance(document["post"], dict) and _is_view(document["post"])


def _is_view(document: Record) -> bool:
    return str(document.get("uri")).startswith(_AT)


def _is_profile(document: Record) -> bool:
    return str(document["did"]).startswith("did:")


def _read_feed(document: Document) -> Found:
    return Found(posts=[_item(one) for one in objects(document.value["feed"])])


def _read_item(document: Document) -> Found:
    return Found(posts=[_item(document.value)])


def _read_posts(document: Document) -> Found:
    return Found(posts=[_timeline_post(one) for one in objects(document.value["posts"])])


def _read_view(document: Document) -> Found:
    return Found(posts=[_timeline_post(document.value)])


def _item(item: Record) -> Texts:
    post = _timeline_post(item["post"] if isinstance(item.get("post"), dict) else {})
    passed_on = str(dig(item, "reason", "$type")).endswith(_PASSED_ON)
    if not passed_on:
        return post
    by = item["reason"].get("by")
    return {**post, **_page(by), "wall": _page(by)["page_id"], "problem": "reshared"}


def _timeline_post(view: Record) -> Texts:
    return {**_post(view), "problem": "reply" if _root(view) else None}


def _page(author: object) -> Texts:
    return {"page_id": as_text(dig(author, "did")), "page_handle": _handle(author)}


def _handle(author: object) -> str | None:
    handle = as_text(dig(author, "handle"))
    return None if handle == "handle.invalid" else handle


def _post(view: Record) -> Texts:
    page = _page(view.get("author"))
    return {
        **page,
        # A feed holds posts of others too: they are not the page's, whatever page is named.
        "wall": page["page_id"],
        "post_id": _key(view.get("uri")),
        "published_at": _published(view),
        "kind": _embedded(view),
        "text": as_text(dig(view, "record", "text")),
        "link": _link(view),
        "likes": as_text(view.get("likeCount")),
        "comments": as_text(view.get("replyCount")),
        "shares": as_text(view.get("repostCount")),
    }


def _key(uri: object) -> str | None:
    return str(as_text(uri) or "").rpartition("/")[2] or None


def _owner(uri: object) -> str | None:
    """
    Whose record it is.
    """
    return str(as_text(uri) or "").removeprefix(_AT).partition("/")[0] or None


def _link(view: Record) -> str | None:
    author = view.get("author")
    name, key = _handle(author) or as_text(dig(author, "did")), _key(view.get("uri"))
    return f"https://bsky.app/profile/{name}/post/{key}" if name and key else None


def _embedded(view: Record) -> str | None:
    """
    What it shows beside words, by the lexicon's own name: "app.bsky.embed.images" is "images".
    """
    told = as_text(dig(view, "record", "embed", "$type"))
    return told.rpartition(".")[2] if told else None


def _published(view: Record) -> str | None:
    """
    The moment that the author's program claims, unless the server saw it before or that cannot be.
    """
    claimed, seen = _moment(dig(view, "record", "createdAt")), _moment(view.get("indexedAt"))
    if claimed is None or claimed < _FIRST_DAY:
        earlier = seen or claimed
    else:
        earlier = min(claimed, seen) if seen else claimed
    return earlier.isoformat() if earlier else as_text(dig(view, "record", "createdAt"))


def _moment(told: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(as_text(told) or "")
        return moment.astimezone(UTC) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _read_profile(document: Document) -> Found:
    profile = document.value
    counts = {
        **_page(profile),
        "followers": as_text(profile.get("followersCount")),
        "posts_total": as_text(profile.get("postsCount")),
    }
    return Found(page_counts=[counts])


# ── threads ──────────────────────────────────────────────────────────────────────────────────────


def _read_thread(document: Document) -> Found:
    asked = document.value["thread"]
    above = list(_above(asked))
    nodes = [*reversed(above), *_below(asked)]
    page = _page_of(nodes)
    posts: list[Texts] = []
    comments: list[Texts] = []
    for node in nodes:
        view = node.get("post")
        if not isinstance(view, dict):
            comments.append({**page, **_withheld(node)})
        elif _root(view):
            comments.append({**page, **_comment(view)})
        else:
            posts.append(_post(view))
    return Found(posts=posts, comments=comments, extent=_find_extent(nodes, above, comments))


def _above(node: Record) -> Iterator[Record]:
    """
    What stands above the post that was asked about, nearest first.
    """
    parent = node.get("parent")
    while isinstance(parent, dict):
        yield parent
        parent = parent.get("parent")


def _below(node: object) -> Iterator[Record]:
    """
    The post and all below it, each before its replies.
    """
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            yield one
            waiting.extend(reversed(objects(one.get("replies"))))


def _root(view: object) -> str | None:
    """
    The address of the post below which it is an answer; None where it is no answer.
    """
    return as_text(dig(view, "record", "reply", "root", "uri"))


def _page_of(nodes: list[Record]) -> Texts:
    """
    Whose the post on top is: by the address of the root, and by handle where that one is here.
    """
    roots = [root for node in nodes if (root := _root(node.get("post")))]
    tops = [view for node in nodes if (view := node.get("post")) and not _root(view)]
    if tops:
        return _page(dig(tops[0], "author"))
    address = roots[0] if roots else dig(nodes[0], "uri") if nodes else None
    return {"page_id": _owner(address)}


def _comment(view: Record) -> Texts:
    root, parent = _root(view), as_text(dig(view, "record", "reply", "parent", "uri"))
    return {
        "problem": None,
        "post_id": _key(root),
        "comment_id": _key(view.get("uri")),
        "parent_id": None if parent == root else _key(parent),
        "author": as_text(dig(view, "author", "did")),
        "author_handle": _handle(view.get("author")),
        "published_at": _published(view),
        "text": as_text(dig(view, "record", "text")),
        # No link: every address of a comment names who wrote it.
        "likes": as_text(view.get("likeCount")),
    }


def _withheld(node: Record) -> Texts:
    """
    A record that is deleted, or of somebody who blocked the other: only its address is shown.
    """
    return {"problem": "withheld", "comment_id": _key(node.get("uri"))}


def _find_extent(nodes: list[Record], above: list[Record], comments: list[Texts]) -> Extent | None:
    """
    All that the post shows, where each post has as many replies here as it says and none is hidden only from
    the one who asked. None where it has no comments.
    """
    if not comments:
        return None
    shown = [node for node in nodes if isinstance(node.get("post"), dict)]
    whole = all(
        dig(node, "post", "replyCount") == len(objects(node.get("replies"))) for node in shown
    )
    hidden = any("blocked" in node for node in nodes)
    return Extent(complete=whole and not hidden and not above)


READER = Reader(
    key="bluesky",
    title=Text(kk="Bluesky API жауаптары", ru="ответы Bluesky API", en="Bluesky API answers"),
    what=Text(
        kk="Bluesky ашық API-і қайтарған JSON: автор жарияланымдары, олардың астындағы пікірлер, профильдер.",
        ru="JSON, полученный из открытого API Bluesky: публикации автора, комментарии под ними, профили.",
        en="JSON that Bluesky's public API returned: an author's posts, the threads below them, profiles.",
    ),
    platform="bluesky",
    knows=Knows(authors="all", views=False),
    proof="real files",
    kinds=(
        Kind(needs=("thread.$type",), read=_read_thread),
        Kind(needs=("feed",), holds=_is_feed, read=_read_feed),
        Kind(needs=("post.uri", "post.author.did", "post.record"), holds=_is_item, read=_read_item),
        Kind(needs=("uri", "author.did", "record"), holds=_is_view, read=_read_view),
        Kind(needs=("posts",), holds=_is_list, read=_read_posts),
        Kind(needs=("did", "handle", "followersCount"), holds=_is_profile, read=_read_profile),
    ),
)
