"""
Files of instaloader: posts, the comments beside them, profiles.

Source: structures.py and instaloader.py of instaloader 4.16 (instaloader.github.io). Each JSON file holds
`node`, as Instagram's GraphQL or its iPhone interface gave it, and `instaloader.node_type`. Comments stand
in a file of the same name with "_comments": it does not say under which post, so its neighbour must be there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from glob import escape
from pathlib import Path
from typing import Any

from qulaq.corpus.cells import Habits
from qulaq.corpus.importers.documents import PAGES, Document, Found, Kind, Placed, Texts
from qulaq.corpus.importers.reader import Reader
from qulaq.corpus.importers.values import Record, as_text, dig, first_text, objects
from qulaq.errors import UnreadableExport
from qulaq.exports import Export
from qulaq.lang import Text, phrase
from qulaq.study import Knows
from qulaq.text.post_ids import shortcode_of

_COMMENTS = "_comments.json"
_OF_A_POST = (
    "edge_media_to_parent_comment",
    "edge_media_to_comment",
    "edge_media_preview_comment",
)


def _is(node_type: str) -> Callable[[Any], bool]:
    def holds(document: object) -> bool:
        told = dig(document, "instaloader", "node_type")
        return told == node_type and isinstance(dig(document, "node"), dict)

    return holds


# ── posts and profiles ───────────────────────────────────────────────────────────────────────────


def _read_post(document: Document) -> Found:
    return Found(posts=[_post(document.value["node"])])


def _post(node: Record) -> Texts:
    phone = node.get("iphone_struct")
    owner = node.get("owner") or dig(phone, "user") or {}
    code = _shortcode(node)
    hidden = dig(phone, "like_and_view_counts_disabled") is True
    return {
        "page_id": as_text(dig(owner, "id")) or as_text(dig(owner, "pk")),
        "page_handle": as_text(dig(owner, "username")),
        # A collection may hold posts of others: they are not the page's, whatever page is named.
        "wall": as_text(dig(owner, "username")) or as_text(dig(owner, "id")),
        "post_id": code,
        "published_at": first_text(node, "taken_at_timestamp", "date")
        or as_text(dig(phone, "taken_at")),
        "kind": as_text(node.get("__typename")),
        "text": _caption(node),
        "link": f"https://www.instagram.com/p/{code}/" if code else None,
        "likes": None if hidden else _likes(node),
        "comments": _comment_count(node),
        "views": None if hidden else first_text(node, "video_play_count", "video_view_count"),
        "comments_open": _told_open(node.get("comments_disabled")),
    }


def _shortcode(node: Record) -> str | None:
    return first_text(node, "shortcode", "code") or shortcode_of(first_text(node, "pk", "id"))


def _caption(node: Record) -> str | None:
    told = dig(node, "edge_media_to_caption", "edges", 0, "node", "text")
    plain = node.get("caption") or dig(node, "iphone_struct", "caption")
    return as_text(told) or as_text(plain) or as_text(dig(plain, "text"))


def _likes(node: Record) -> str | None:
    return as_text(dig(node, "edge_media_preview_like", "count")) or as_text(
        dig(node, "iphone_struct", "like_count")
    )


def _comment_count(node: Record) -> str | None:
    told = (as_text(dig(node, key, "count")) for key in _OF_A_POST)
    more = (as_text(node.get("comments")), as_text(dig(node, "iphone_struct", "comment_count")))
    return next(filter(None, (*told, *more)), None)


def _told_open(disabled: object) -> str | None:
    return as_text(not disabled) if isinstance(disabled, bool) else None


def _read_profile(document: Document) -> Found:
    node = document.value["node"]
    counts: Texts = {
        "page_id": as_text(node.get("id")),
        "page_handle": as_text(node.get("username")),
        "followers": as_text(dig(node, "edge_followed_by", "count")),
        "posts_total": as_text(dig(node, "edge_owner_to_timeline_media", "count")),
    }
    return Found(page_counts=[counts])


# ── comments ─────────────────────────────────────────────────────────────────────────────────────


def _are_comments(document: object) -> bool:
    comments = objects(document)
    keys = ("id", "created_at", "text", "owner", "answers")
    return bool(comments) and all(all(key in one for key in keys) for one in comments)


def _read_comments(document: Document) -> Found:
    return Found(
        comments=[
            row
            for one in objects(document.value)
            for row in (
                _comment(one),
                *(_comment(answer, one) for answer in objects(one["answers"])),
            )
        ]
    )


def _comment(comment: Record, above: Record | None = None) -> Texts:
    return {
        "comment_id": as_text(comment.get("id")),
        "parent_id": as_text(above.get("id")) if above else None,
        "author": as_text(dig(comment, "owner", "id")),
        "author_handle": as_text(dig(comment, "owner", "username")),
        "published_at": as_text(comment.get("created_at")),
        "text": as_text(comment.get("text")),
        "likes": as_text(comment.get("likes_count")),
    }


def _join(found: list[Placed]) -> list[Placed]:
    """
    Comments below the posts beside whose files theirs lie. Where a whole folder lacks them, that is refused;
    where one post is not there, its comments are told.
    """
    posts = {_base(document.export.file): one.posts[0] for document, one, _ in found if one.posts}
    joined = [
        (document, _under(_post_beside(document.export, posts), one) if one.comments else one, kind)
        for document, one, kind in found
    ]
    rows = [row for _, one, _ in joined for row in one.comments]
    if rows and len(rows) == sum(1 for row in rows if row.get("problem")) and not posts:
        raise UnreadableExport(
            where=str(found[0][0].export.file),
            found=phrase("this file of comments does not say which post they are about."),
            remedy=phrase("Give the whole folder, in which the post lies beside its comments."),
        )
    return joined


def _post_beside(export: Export, posts: dict[Path, Texts]) -> Texts | None:
    base = _base(export.file)
    return posts.get(base) or next(_posts_that_came_with(export, base.name), None)


def _base(file: Path) -> Path:
    """
    The file without its endings: what a post and its comments have in common.
    """
    name = file.name.removesuffix(".xz").removesuffix(".gz")
    return file.with_name(name.removesuffix(_COMMENTS).removesuffix(".json"))


def _posts_that_came_with(export: Export, base: str) -> Iterator[Texts]:
    for named in (f"{escape(base)}.json", f"{escape(base)}.json.*"):
        for other in export.neighbours(named):
            document = other.document if other.shape == "json" else None
            if _is("Post")(document):
                yield _post(dig(document, "node"))


def _under(post: Texts | None, found: Found) -> Found:
    if post is None:
        return replace(
            found, comments=[{**row, "problem": "post_unnamed"} for row in found.comments]
        )
    whose = {name: post.get(name) for name in (*PAGES, "wall", "post_id")}
    return replace(found, comments=[{**row, **whose} for row in found.comments])


READER = Reader(
    key="instaloader",
    title=Text(kk="instaloader файлдары", ru="файлы instaloader", en="instaloader files"),
    what=Text(
        kk="instaloader сақтаған JSON файлдары: Instagram жарияланымдары, олардың жанындағы пікірлер, профильдер.",
        ru="файлы JSON, сохранённые instaloader: публикации Instagram, комментарии рядом с ними, профили.",
        en="JSON files that instaloader saved: posts of Instagram, the comments beside them, profiles.",
    ),
    platform="instagram",
    knows=Knows(authors="all"),
    proof="documented shape",
    kinds=(
        Kind(needs=("node", "instaloader.node_type"), holds=_is("Post"), read=_read_post),
        Kind(needs=("node", "instaloader.node_type"), holds=_is("Profile"), read=_read_profile),
        Kind(needs=(), holds=_are_comments, read=_read_comments),
    ),
    # Hidden likes are written as -1.
    habits=Habits(absent=("-1",)),
    joined=_join,
)
