"""
Messages as Telethon hands them out (`message.to_json()`, `to_dict()`), and answers about histories and channels.

Source: Telethon 1.45 and the scheme of Telegram's API (core.telegram.org/constructor/message). A channel's
comments are messages of its discussion group; there each post is a copy that tells whence it came
(`fwd_from.saved_from_msg_id`). Asked for the comments of one post, Telethon leaves that copy out: they are kept
together under its number in the group.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from qulaq.corpus.importers.documents import Document, Found, Kind, Placed, Texts
from qulaq.corpus.importers.joins import documents_beside
from qulaq.corpus.importers.reader import Reader
from qulaq.corpus.importers.values import Record, as_text, dig, objects
from qulaq.lang import Text
from qulaq.study import Knows

_MESSAGE, _SERVICE = "Message", "MessageService"
_MEDIA = "MessageMedia"


def _is_message(document: Record) -> bool:
    return document["_"] in (_MESSAGE, _SERVICE)


def _is_history(document: Record) -> bool:
    return str(document["_"]).startswith("messages.") and isinstance(document["messages"], list)


def _read_message(document: Document) -> Found:
    return _private([document.value])


def _read_history(document: Document) -> Found:
    return _private(_messages(document.value))


def _private(messages: Iterable[Record]) -> Found:
    """
    Only messages to one person are told here; what the others are is known once all of them are there.
    """
    to_person = [one for one in messages if _peer(one, "peer_id", ("user",)) is not None]
    return Found(left=[("private_chat", "")] * len(to_person))


def _read_channel(document: Document) -> Found:
    full = document.value["full_chat"]
    row = {
        **_of_chat(as_text(dig(full, "id"))),
        "page_handle": _handles(document.value).get(as_text(dig(full, "id"))),
        "followers": as_text(dig(full, "participants_count")),
    }
    return Found(page_counts=[row])


# ── messages ─────────────────────────────────────────────────────────────────────────────────────


def _messages(document: object) -> list[Record]:
    if isinstance(document, dict) and document.get("_") in (_MESSAGE, _SERVICE):
        return [document]
    return [
        one for one in objects(dig(document, "messages")) if one.get("_") in (_MESSAGE, _SERVICE)
    ]


def _peer(record: object, key: str, kinds: tuple[str, ...] = ("channel", "chat")) -> str | None:
    """
    The bare number of a channel, chat or user that a message names.
    """
    numbers = (as_text(dig(record, key, f"{kind}_id")) for kind in kinds)
    return next(filter(None, numbers), None)


def _handles(document: object) -> dict[str | None, str]:
    """
    User names of channels by their numbers and of people as `_author` names them.
    """
    named = [(as_text(one.get("id")), one) for one in objects(dig(document, "chats"))]
    named += [(f"user{as_text(one.get('id'))}", one) for one in objects(dig(document, "users"))]
    return {number: name for number, one in named if (name := as_text(one.get("username")))}


def _author(message: Record) -> str | None:
    """
    Channels by their bare number, as the study names them; people so that no number of theirs is taken for one.
    """
    user = _peer(message, "from_id", ("user",))
    if user:
        return f"user{user}"
    # Who administers a group and hides behind it has no number of their own.
    hidden = "from_id" in message and message["from_id"] is None
    return _peer(message, "from_id") or (_peer(message, "peer_id") if hidden else None)


def _words(message: Record) -> str | None:
    question = dig(message, "media", "poll", "question")
    asked = as_text(dig(question, "text")) or as_text(question)
    return as_text(message.get("message")) or asked


def _of_chat(chat_id: str | None) -> Texts:
    """
    The page, by its number and as Telethon and bots also write it, with -100 before it.
    """
    return {"page_id": chat_id, "page_link": f"-100{chat_id}" if chat_id else None}


@dataclass(frozen=True, slots=True)
class _Album:
    """
    Messages sent as one, in the order of their numbers; most often it is but one.
    """

    messages: list[Record]

    @property
    def first(self) -> Record:
        return self.messages[0]

    @property
    def words(self) -> str | None:
        return next(filter(None, map(_words, self.messages)), None)

    @property
    def mentions(self) -> str | None:
        entities = [one for message in self.messages for one in objects(message.get("entities"))]
        people = [f"@user{one['user_id']}" for one in entities if as_text(one.get("user_id"))]
        return " ".join([self.words or "", *people]).strip() or None

    @property
    def reactions(self) -> str | None:
        lists = [dig(message, "reactions", "results") for message in self.messages]
        sums = [
            sum(n for one in objects(told) if isinstance(n := one.get("count"), int))
            for told in lists
            if isinstance(told, list)
        ]
        return str(max(sums)) if sums else None

    def most(self, *keys: str) -> str | None:
        """
        The largest of a count: an album's messages repeat it, or one alone bears it.
        """
        counts = (dig(message, *keys) for message in self.messages)
        return as_text(max((one for one in counts if isinstance(one, int)), default=None))


def _albums(messages: Iterable[Record]) -> list[_Album]:
    groups: dict[tuple[str | None, ...], list[Record]] = {}
    for number, message in enumerate(messages):
        together = as_text(message.get("grouped_id"))
        key = (_peer(message, "peer_id"), together) if together else (str(number),)
        groups.setdefault(key, []).append(message)
    return [_Album(sorted(group, key=_number)) for group in groups.values()]


def _number(message: Record) -> int:
    number = message.get("id")
    return number if isinstance(number, int) else 0


# ── posts ────────────────────────────────────────────────────────────────────────────────────────


def _post(album: _Album, handles: Mapping[str | None, str]) -> Texts:
    first, channel = album.first, _peer(album.first, "peer_id")
    media = as_text(dig(first, "media", "_"))
    return {
        **_of_chat(channel),
        "page_handle": handles.get(channel),
        "problem": _no_post(first, channel),
        "post_id": as_text(first.get("id")),
        "published_at": as_text(first.get("date")),
        "kind": media.removeprefix(_MEDIA).lower() if media else None,
        "text": album.words,
        "likes": album.reactions,
        "comments": album.most("replies", "replies"),
        "shares": album.most("forwards"),
        "views": album.most("views"),
        "comments_open": "true" if dig(first, "replies", "comments") is True else None,
    }


def _no_post(message: Record, channel: str | None) -> str | None:
    if message.get("_") == _SERVICE:
        return "service_message"
    passed_on = isinstance(message.get("fwd_from"), dict)
    return "reshared" if passed_on and _peer(message["fwd_from"], "from_id") != channel else None


# ── comments ─────────────────────────────────────────────────────────────────────────────────────


def _origin(message: Record) -> tuple[str | None, str | None]:
    """
    Channel and number of the post of which a message of a group is the copy.
    """
    channel = _peer(message.get("fwd_from"), "saved_from_peer")
    number = as_text(dig(message, "fwd_from", "saved_from_msg_id"))
    answers = isinstance(message.get("reply_to"), dict)
    return (None, None) if answers or number is None or channel is None else (channel, number)


class _Group:
    """
    The messages of one group as comments; `channel` is the one whose posts are discussed there, `firsts` the
    number of the first message of each of its albums.
    """

    def __init__(
        self, number: str | None, albums: list[_Album], channel: str | None, firsts: dict[str, str]
    ) -> None:
        self._number = number
        self._channel = channel or _forwards_most(albums)
        self._first: dict[str | None, _Album] = {
            as_text(message.get("id")): album for album in albums for message in album.messages
        }
        self._copies: dict[str | None, str] = {}
        for album in albums:
            channel, origin = _origin(album.first)
            if origin and channel == self._channel:
                post = firsts.get(origin, origin)
                self._copies.update({as_text(one.get("id")): post for one in album.messages})
        self._posts: dict[str | None, str | None] = {}

    def row(self, album: _Album, handles: Mapping[str | None, str]) -> Texts:
        first = album.first
        author = _author(first)
        post, parent = self._place(first)
        return {
            **_of_chat(self._channel or self._number),
            "page_handle": handles.get(self._channel),
            "problem": self._problem(first),
            "post_id": post,
            "comment_id": self._named(as_text(first.get("id"))),
            "parent_id": parent,
            "author": author,
            "author_handle": handles.get(author),
            "by_page_source": "true"
            if author and author in (self._channel, self._number)
            else None,
            "mentions": album.mentions,
            "published_at": as_text(first.get("date")),
            "text": album.words,
            "likes": album.reactions,
        }

    def _problem(self, message: Record) -> str | None:
        if message.get("_") == _SERVICE:
            return "service_message"
        return "post_copy" if as_text(message.get("id")) in self._copies else None

    def _named(self, number: str | None) -> str | None:
        """
        An id that no other group's message bears, for a channel may change its group.
        """
        return f"{self._number}_{number}" if number else None

    def _place(self, message: Record) -> tuple[str | None, str | None]:
        """
        The post and the comment that a message answers.
        """
        answered, top = _answered(message)
        if answered is None:
            return self._copies.get(as_text(message.get("id"))), None
        if answered in self._copies:
            return self._copies[answered], None
        above = self._first.get(answered)
        parent = self._named(as_text(above.first.get("id")) if above else answered)
        if top in self._copies:
            return self._copies[top], parent
        if not self._copies and top not in self._first:
            return self._named(top), None if answered == top else parent
        return self._post_above(answered), parent

    def _post_above(self, number: str | None) -> str | None:
        way: dict[str | None, None] = {}
        found = None
        while number is not None and number not in way:
            found = self._copies.get(number) or self._posts.get(number)
            album = self._first.get(number)
            if found or album is None:
                break
            way[number] = None
            number = _answered(album.first)[0]
        self._posts.update(dict.fromkeys(way, found))
        return found


def _answered(message: Record) -> tuple[str | None, str | None]:
    """
    The message that one answers and the topmost of its thread; none where it answers one of another chat.
    """
    header = message.get("reply_to")
    number = as_text(dig(header, "reply_to_msg_id"))
    if number is None or dig(header, "reply_to_peer_id"):
        return None, None
    return number, as_text(dig(header, "reply_to_top_id")) or number


def _forwards_most(albums: Iterable[_Album]) -> str | None:
    counted = Counter(channel for one in albums if (channel := _origin(one.first)[0]))
    return counted.most_common(1)[0][0] if counted else None


# ── all together ─────────────────────────────────────────────────────────────────────────────────


def _join(found: list[Placed]) -> list[Placed]:
    documents = [document.value for document, _, _ in found]
    messages = [one for document in documents for one in _messages(document)]
    others: list[Record] = []
    if not all(map(_is_post, messages)):
        beside = list(documents_beside(found, mark='"peer_id"'))
        others = [one for document in beside for one in _messages(document)]
        documents += beside
    handles = {key: name for document in documents for key, name in _handles(document).items()}
    rows = dict(_rows(messages, others, _linked(documents), handles))
    return [
        (document, _with_rows(one, _messages(document.value), rows), kind)
        for document, one, kind in found
    ]


def _is_post(message: Record) -> bool:
    return message.get("post") is True


def _with_rows(found: Found, messages: list[Record], rows: Mapping[int, Texts]) -> Found:
    """
    Each row stands where the first message of its album does.
    """
    told = [(one, rows[id(one)]) for one in messages if id(one) in rows]
    posts = [row for one, row in told if _is_post(one)]
    comments = [row for one, row in told if not _is_post(one)]
    return replace(found, posts=[*found.posts, *posts], comments=[*found.comments, *comments])


def _rows(
    messages: list[Record],
    others: list[Record],
    linked: Mapping[str | None, str | None],
    handles: Mapping[str | None, str],
) -> Iterator[tuple[int, Texts]]:
    """
    The row of each album, by the identity of its first message.
    """
    albums = [one for one in _albums(messages) if _peer(one.first, "peer_id")]
    posts = [one for one in albums if _is_post(one.first)]
    firsts: dict[str | None, dict[str, str]] = {}
    for album in [*posts, *_albums(filter(_is_post, others))]:
        numbers = [as_text(one.get("id")) or "" for one in album.messages]
        of_channel = firsts.setdefault(_peer(album.first, "peer_id"), {})
        of_channel.update(dict.fromkeys(numbers, numbers[0]))
    yield from ((id(album.first), _post(album, handles)) for album in posts)
    groups: dict[str | None, list[_Album]] = {}
    for album in albums:
        if not _is_post(album.first):
            groups.setdefault(_peer(album.first, "peer_id"), []).append(album)
    for number, one in groups.items():
        channel = linked.get(number) or _forwards_most(one)
        group = _Group(number, one, channel, firsts.get(channel, {}))
        yield from ((id(album.first), group.row(album, handles)) for album in one)


def _linked(documents: Iterable[object]) -> dict[str | None, str | None]:
    """
    The channel of each discussion group, as posts and channels name it.
    """
    linked: dict[str | None, str | None] = {}
    for document in documents:
        for message in filter(_is_post, _messages(document)):
            if dig(message, "replies", "comments") is True:
                linked[as_text(dig(message, "replies", "channel_id"))] = _peer(message, "peer_id")
        full = dig(document, "full_chat")
        if group := as_text(dig(full, "linked_chat_id")):
            linked[group] = as_text(dig(full, "id"))
    return linked


READER = Reader(
    key="telethon",
    title=Text(kk="Telethon хабарламалары", ru="сообщения Telethon", en="Telethon messages"),
    what=Text(
        kk="Telethon кітапханасы берген JSON: арна жарияланымдары мен талқылау тобындағы пікірлер, қаралым және бөлісу сандарымен.",
        ru="JSON из библиотеки Telethon: публикации канала и комментарии в группе обсуждения, с просмотрами и пересылками.",
        en="JSON from the Telethon library: a channel's posts and the comments in its discussion group, with views and forwards.",
    ),
    platform="telegram",
    knows=Knows(authors="all"),
    proof="documented shape",
    kinds=(
        Kind(needs=("_", "id", "peer_id", "date"), holds=_is_message, read=_read_message),
        Kind(needs=("_", "messages"), holds=_is_history, read=_read_history),
        Kind(needs=("_", "full_chat.participants_count"), read=_read_channel),
    ),
    joined=_join,
)
