"""
Deliveries of Meta's webhooks, kept as files: posts and comments of a page the moment that they are written.

Source: developers.facebook.com/docs/graph-api/webhooks/reference (object "page", field "feed"; object
"instagram", field "comments"). Deliveries come at least once, in no order and several together. Who takes
them must have checked their signature; a file does not hold it.

An edit repeats the record with its new words, but its `created_time` may be that of the edit: then the
moment of the record is that of the delivery which told of it first, if that is read together with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from qulaq.corpus.importers.documents import Document, Found, Kind, Texts
from qulaq.corpus.importers.joins import Join
from qulaq.corpus.importers.reader import Reader
from qulaq.corpus.importers.values import Record, as_text, dig, objects
from qulaq.corpus.schema import COMMENTS, POSTS
from qulaq.lang import Text
from qulaq.study import Knows

_POSTS = {"post", "status", "photo", "video", "share"}
_REACTIONS = {"reaction", "like"}
_ADDED = "add"
_EDITED = {"edit", "edited"}
_UNDATED = "edit_undated"
_REMOVED = {"remove", "delete"}
_A_MINUTE = 60
_IN_MILLISECONDS = 13  # digits


def _is_of(network: str) -> Callable[[Record], bool]:
    return lambda delivery: delivery["object"] == network and isinstance(delivery["entry"], list)


def _changes(delivery: Record) -> Iterator[tuple[Record, Record]]:
    """
    Each change with the entry that holds it; messages have entries without changes.
    """
    for entry in objects(delivery["entry"]):
        for change in objects(entry.get("changes")) or [{}]:
            yield entry, change


def _seen(entry: Record) -> str | None:
    """
    The full minute after the delivery, so that one session is not thousands of captures.
    """
    time = as_text(entry.get("time")) or ""
    if not time.isdecimal():
        return None
    seconds = int(time) // (1000 if len(time) == _IN_MILLISECONDS else 1)
    return str(-(-seconds // _A_MINUTE) * _A_MINUTE)


# ── Facebook ─────────────────────────────────────────────────────────────────────────────────────


def _read_page(document: Document) -> Found:
    posts: list[Texts] = []
    comments: list[Texts] = []
    for entry, change in _changes(document.value):
        value = change.get("value")
        told = value if isinstance(value, dict) else {}
        problem = _problem(change.get("field"), told)
        if told.get("item") == "comment":
            comments.append(_comment(entry, told, problem))
        else:
            posts.append(_post(entry, told, problem))
    return Found(posts=posts, comments=comments)


def _problem(field: object, told: Record) -> str | None:
    """
    Why a change tells no record; one of a post that is not public is none yet.
    """
    item, verb = as_text(told.get("item")), as_text(told.get("verb"))
    if field != "feed":
        return "other_object"
    if item in _REACTIONS:
        return "reaction"
    if item not in _POSTS and item != "comment":
        return "other_object"
    if verb in _REMOVED:
        return "removal"
    if verb != _ADDED and verb not in _EDITED:
        return "visibility"
    return "unpublished" if as_text(told.get("published")) in {"0", "false"} else None


def _of_change(entry: Record, told: Record, problem: str | None) -> Texts:
    return {
        "captured": _seen(entry),
        "problem": problem or _edit_undated(entry, told),
        "post_id": _last(told.get("post_id")),
        "published_at": as_text(told.get("created_time")),
        "text": as_text(told.get("message")),
    }


def _edit_undated(entry: Record, told: Record) -> str | None:
    """
    An edit that says of itself that it was written when it was delivered does not say when the record was.
    """
    written, delivered = as_text(told.get("created_time")), as_text(entry.get("time"))
    undated = written is None or written == delivered
    return _UNDATED if as_text(told.get("verb")) in _EDITED and undated else None


def _post(entry: Record, told: Record, problem: str | None) -> Texts:
    page, author = as_text(entry.get("id")), _author(told)
    return {
        # Citizens write on the page too.
        "page_id": page if problem else author or page,
        "wall": page,
        "kind": as_text(told.get("item")),
        "link": as_text(dig(told, "post", "permalink_url")),
        **_of_change(entry, told, problem),
    }


def _comment(entry: Record, told: Record, problem: str | None) -> Texts:
    page, author = as_text(entry.get("id")), _author(told)
    post, parent = _last(told.get("post_id")), _last(told.get("parent_id"))
    return {
        "page_id": page,
        "comment_id": _last(told.get("comment_id")),
        # At the top level the parent is the post.
        "parent_id": None if parent == post else parent,
        "author": author,
        "by_page_source": "true" if author and author == page else None,
        **_of_change(entry, told, problem),
    }


def _author(told: Record) -> str | None:
    """
    Until 2018 deliveries named no `from` but a `sender_id`.
    """
    return as_text(dig(told, "from", "id")) or as_text(told.get("sender_id"))


def _last(whole: object) -> str | None:
    """
    Of "page_post" and "post_comment" what comes last, which is the thing's own.
    """
    return (as_text(whole) or "").rpartition("_")[2] or None


# ── Instagram ────────────────────────────────────────────────────────────────────────────────────


def _read_account(document: Document) -> Found:
    rows = [_account_change(entry, change) for entry, change in _changes(document.value)]
    return Found(comments=rows)


def _account_change(entry: Record, change: Record) -> Texts:
    account, value = as_text(entry.get("id")), change.get("value")
    author = as_text(dig(value, "from", "id"))
    post, parent = as_text(dig(value, "media", "id")), as_text(dig(value, "parent_id"))
    problem = None if post or parent else "post_unnamed"
    return {
        "page_id": account,
        "captured": _seen(entry),
        "problem": problem if change.get("field") == "comments" else "other_object",
        "post_id": post,
        "comment_id": as_text(dig(value, "id")),
        "parent_id": parent,
        "author": author,
        "author_handle": as_text(dig(value, "from", "username")),
        "by_page_source": "true" if author and author == account else None,
        # Instagram delivers at once and names no other moment.
        "published_at": as_text(entry.get("time")),
        "text": as_text(dig(value, "text")),
    }


# ── edits ────────────────────────────────────────────────────────────────────────────────────────


class _Join(Join):
    """
    An edit has the moment of what it edits, where another delivery tells it.
    """

    def __init__(self) -> None:
        self._written: dict[str, str] = {}

    def learn(self, found: Found, kind: Kind) -> Found:
        del kind
        for row in (*found.posts, *found.comments):
            if row["problem"] is None and (moment := row["published_at"]):
                self._written.setdefault(_key(row), moment)
            elif row["problem"] == _UNDATED:
                self.mended = (POSTS, COMMENTS)
        return found

    def mend(self, row: Texts, platform: str | None) -> Texts:
        del platform
        if row["problem"] != _UNDATED or (moment := self._written.get(_key(row))) is None:
            return row
        return {**row, "problem": None, "published_at": moment}


def _key(row: Texts) -> str:
    return f"{row['page_id']} {row['post_id']} {row.get('comment_id')}"


READER = Reader(
    key="graph-webhooks",
    title=Text(kk="Meta вебхуктері", ru="вебхуки Meta", en="Meta webhook deliveries"),
    what=Text(
        kk="Facebook не Instagram вебхуктерінің файлға сақталған хабарлары: жарияланымдар мен пікірлер, авторларымен.",
        ru="Сохранённые в файл сообщения вебхуков Facebook или Instagram: публикации и комментарии, с авторами.",
        en="Deliveries of Facebook's or Instagram's webhooks kept in files: posts and comments, with authors.",
    ),
    platform=None,
    knows=Knows(authors="all", followers=False, views=False),
    proof="real files",
    join=_Join,
    kinds=(
        Kind(needs=("object", "entry"), holds=_is_of("page"), read=_read_page, platform="facebook"),
        Kind(
            needs=("object", "entry"),
            holds=_is_of("instagram"),
            read=_read_account,
            platform="instagram",
        ),
    ),
)
