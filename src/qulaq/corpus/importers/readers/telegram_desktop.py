"""
Telegram Desktop's export as JSON (`result.json`): channels, and the groups in which their posts are discussed.

Source: the exporter of github.com/telegramdesktop/tdesktop (Telegram/SourceFiles/export/output). Comments on a
channel stand in its discussion group, another chat: there each post is an automatic forward by the channel, and
comments answer that one or each other. The copy does not keep the post's id, so it is found by text and moment.
Desktop writes neither views nor forwards, and no moment at which it exported.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from qulaq.corpus.importers.documents import Document, Found, Kind, Placed, Texts
from qulaq.corpus.importers.joins import documents_beside
from qulaq.corpus.importers.reader import Reader
from qulaq.corpus.importers.values import Record, as_text, dig, objects
from qulaq.lang import Text
from qulaq.study import Knows

_CHANNELS = ("public_channel", "private_channel")
_GROUPS = ("public_supergroup", "private_supergroup", "private_group", "public_group")
_PRIVATE = ("personal_chat", "bot_chat", "saved_messages", "replies", "verification_codes")
_MOST_IN_ALBUM = 10
# A copy is made at once, but an edited post differs from it: then only the moment itself tells.
_COPIED_WITHIN, _AT_ONCE = 600, 2
_BARE = "channel"


def _is_chat(document: Record) -> bool:
    told = document["type"] in (*_CHANNELS, *_GROUPS, *_PRIVATE)
    return told and isinstance(document["messages"], list)


def _chats(document: object) -> list[Record]:
    """
    The chats of a document: itself, or those of a full export, also such as were left.
    """
    if isinstance(dig(document, "messages"), list):
        return [document] if isinstance(document, dict) else []
    listed = (dig(document, key, "list") for key in ("chats", "left_chats"))
    return [chat for chats in listed for chat in objects(chats)]


def _read(document: Document) -> Found:
    """
    Private chats only are told here; what the others hold is known once all of them are.
    """
    private = [chat for chat in _chats(document.value) if chat.get("type") in _PRIVATE]
    return Found(left=[("private_chat", "")] * len(private))


def _join(found: list[Placed]) -> list[Placed]:
    chats = [chat for document, _, _ in found for chat in _chats(document.value)]
    channels = dict(map(_channel, _of_type(chats, _CHANNELS)))
    wanted = {_linked_channel(chat) for chat in _of_type(chats, _GROUPS)} - {None}
    if not wanted <= channels.keys():
        beside = documents_beside(found, mark='"messages"')
        others = [chat for document in beside for chat in _chats(document)]
        channels = {**dict(map(_channel, _of_type(others, _CHANNELS))), **channels}
    return [
        (document, _found(document.value, one, channels), kind) for document, one, kind in found
    ]


def _of_type(chats: Iterable[Record], types: tuple[str, ...]) -> list[Record]:
    return [chat for chat in chats if chat.get("type") in types]


def _found(document: object, told: Found, channels: dict[str | None, _Posts]) -> Found:
    chats = _chats(document)
    posts = [row for chat in _of_type(chats, _CHANNELS) for row in _read_channel(chat)]
    groups = [_Group(chat, channels) for chat in _of_type(chats, _GROUPS)]
    return replace(told, posts=posts, comments=[row for one in groups for row in one.rows()])


# ── messages ─────────────────────────────────────────────────────────────────────────────────────


def _messages(chat: Record) -> list[Record]:
    return objects(chat.get("messages"))


def _albums(messages: Iterable[Record]) -> Iterator[list[Record]]:
    """
    Messages that were sent as one. Desktop does not say which: those that follow each other by number in the
    very same second, with pictures or files of one sort, of which at most one has a text.
    """
    album: list[Record] = []
    for message in messages:
        if album and not _goes_on(album, message):
            yield album
            album = []
        album.append(message)
    if album:
        yield album


def _goes_on(album: list[Record], message: Record) -> bool:
    last, number = album[-1].get("id"), message.get("id")
    alike = all(
        album[-1].get(key) == message.get(key)
        for key in ("type", "date_unixtime", "from_id", "forwarded_from", "reply_to_message_id")
    )
    return (
        isinstance(last, int)
        and number == last + 1
        and alike
        and _sort(message) is not None
        and _sort(message) == _sort(album[-1])
        and len(album) < _MOST_IN_ALBUM
        and sum(map(bool, map(_words, (*album, message)))) <= 1
    )


def _sort(message: Record) -> str | None:
    """
    What it can share an album with; None for what stands alone.
    """
    if "photo" in message or message.get("media_type") == "video_file":
        return "visual"
    if message.get("media_type") is None:
        return "file" if "file" in message else None
    return "audio" if message.get("media_type") == "audio_file" else None


def _first_words(album: list[Record]) -> str | None:
    return next(filter(None, map(_words, album)), None)


def _words(message: Record) -> str | None:
    written = message.get("text_entities") or message.get("text")
    parts = written if isinstance(written, list) else [written]
    texts = [part if isinstance(part, str) else as_text(dig(part, "text")) for part in parts]
    return "".join(filter(None, texts)) or as_text(dig(message, "poll", "question"))


def _mentions(album: list[Record]) -> str | None:
    """
    The @handles of the text, and people without one, whom it names by a link to their id.
    """
    entities = [one for message in album for one in objects(message.get("text_entities"))]
    named = [f"@user{one['user_id']}" for one in entities if as_text(one.get("user_id"))]
    return " ".join([_first_words(album) or "", *named]).strip() or None


def _reactions(album: list[Record]) -> str | None:
    """
    An album's reactions stand on one of its messages.
    """
    sums = [
        sum(n for one in objects(message["reactions"]) if isinstance(n := one.get("count"), int))
        for message in album
        if isinstance(message.get("reactions"), list)
    ]
    return str(max(sums)) if sums else None


def _published(message: Record) -> str | None:
    # Without seconds since 1970 there is the clock of the PC that exported, whose zone nobody knows.
    return as_text(message.get("date_unixtime")) or as_text(message.get("date"))


def _second(message: Record) -> int | None:
    told = as_text(message.get("date_unixtime")) or ""
    return int(told) if told.isascii() and told.isdecimal() else None


def _of_chat(chat_id: str | None) -> Texts:
    """
    The page, by its id as Desktop writes it and as bots and libraries do, with -100 before it.
    """
    return {"page_id": chat_id, "page_link": f"-100{chat_id}" if chat_id else None}


# ── a channel ────────────────────────────────────────────────────────────────────────────────────


def _read_channel(channel: Record) -> list[Texts]:
    return [_post(album, channel) for album in _albums(_messages(channel))]


def _post(album: list[Record], channel: Record) -> Texts:
    first = album[0]
    return {
        **_of_chat(as_text(channel.get("id"))),
        "problem": _no_post(first, channel),
        "post_id": as_text(first.get("id")),
        "published_at": _published(first),
        "kind": _kind(first),
        "text": _first_words(album),
        "likes": _reactions(album),
    }


def _no_post(message: Record, channel: Record) -> str | None:
    if message.get("type") == "service":
        return "service_message"
    # Of somebody who does not want to be named, the name is null.
    passed_on = "forwarded_from" in message and message["forwarded_from"] != channel.get("name")
    return "reshared" if passed_on else None


def _kind(message: Record) -> str | None:
    told = as_text(message.get("media_type"))
    return told or next((key for key in ("photo", "poll", "file") if key in message), None)


@dataclass(frozen=True, slots=True)
class _Posts:
    """
    The messages of a channel's posts by their second: text and the id of the post.
    """

    seconds: list[int]
    told: list[tuple[str | None, str | None]]

    def find(self, copy: Record) -> str | None:
        """
        The post of which a message of the group is the copy.
        """
        second, words = _second(copy), _words(copy)
        if second is None:
            return None
        start = bisect_left(self.seconds, second - _COPIED_WITHIN)
        end = bisect_left(self.seconds, second + _COPIED_WITHIN + 1)
        near = sorted(range(start, end), key=lambda place: abs(self.seconds[place] - second))
        same = [place for place in near if self.told[place][0] == words]
        if same:
            return self.told[same[0]][1]
        at_once = {
            self.told[place][1] for place in near if abs(self.seconds[place] - second) <= _AT_ONCE
        }
        return at_once.pop() if len(at_once) == 1 else None


def _channel(channel: Record) -> tuple[str | None, _Posts]:
    told = [
        (second, _words(message), as_text(album[0].get("id")))
        for album in _albums(_messages(channel))
        for message in album
        if message.get("type") != "service" and (second := _second(message)) is not None
    ]
    told.sort(key=lambda one: one[0])
    posts = _Posts([one[0] for one in told], [(words, post) for _, words, post in told])
    return as_text(channel.get("id")), posts


# ── a group ──────────────────────────────────────────────────────────────────────────────────────


def _linked_channel(group: Record) -> str | None:
    """
    The channel whose posts are discussed: the one that forwards most to the group, for only one can be linked.
    """
    speakers = (as_text(one.get("from_id")) for one in _messages(group) if _is_forward(one))
    counted = Counter(one.removeprefix(_BARE) for one in speakers if one and one.startswith(_BARE))
    counted.pop(as_text(group.get("id")) or "", None)
    return counted.most_common(1)[0][0] if counted else None


def _is_forward(message: Record) -> bool:
    forwarded = as_text(message.get("forwarded_from")) is not None
    return forwarded and message.get("reply_to_message_id") is None


class _Group:
    """
    A group's messages as comments on the posts of its channel. What answers no post was written to the page as such.
    """

    def __init__(self, chat: Record, channels: dict[str | None, _Posts]) -> None:
        self._albums = list(_albums(_messages(chat)))
        self._id = as_text(chat.get("id"))
        self._channel = _linked_channel(chat)
        self._posts = channels.get(self._channel)
        self._first: dict[Any, Record] = {
            message.get("id"): album[0]
            for album in self._albums
            for message in album
            if isinstance(message.get("id"), int)
        }
        self._roots: dict[str, str | None] = {}

    def rows(self) -> Iterator[Texts]:
        for album in self._albums:
            yield self._row(album)

    def _row(self, album: list[Record]) -> Texts:
        first = album[0]
        author = as_text(first.get("from_id")) or ""
        own = {f"{_BARE}{one}" for one in (self._channel, self._id) if one}
        above = self._above(first)
        return {
            **_of_chat(self._channel or self._id),
            "problem": self._problem(first),
            "post_id": self._post(first),
            "comment_id": self._named(first.get("id")),
            "parent_id": None
            if above is None or self._is_copy(above)
            else self._named(above.get("id")),
            "author": author.removeprefix(_BARE) or None,
            "by_page_source": "true" if author in own else None,
            "mentions": _mentions(album),
            "published_at": _published(first),
            "text": _first_words(album),
            "likes": _reactions(album),
        }

    def _problem(self, message: Record) -> str | None:
        if message.get("type") == "service":
            return "service_message"
        if not self._is_copy(message):
            return None
        return "post_copy" if self._post_of(message) else "post_copy_alone"

    def _is_copy(self, message: Record) -> bool:
        return _is_forward(message) and message.get("from_id") == f"{_BARE}{self._channel}"

    def _above(self, message: Record) -> Record | None:
        """
        What a message answers; of what is not in the export, only the id.
        """
        answered = message.get("reply_to_message_id")
        if not isinstance(answered, int) or message.get("reply_to_peer_id"):
            return None
        return self._first.get(answered, {"id": answered})

    def _named(self, message_id: object) -> str | None:
        """
        An id that no other group's message bears, for a channel may change its group.
        """
        told = as_text(message_id)
        return f"{self._id}_{told}" if told else None

    def _post_of(self, copy: Record) -> str | None:
        return self._posts.find(copy) if self._posts else None

    def _post(self, message: Record) -> str | None:
        """
        The post at the end of the way up; where its own id is not known, that of its copy.
        """
        way: dict[str, None] = {}
        one: Record | None = message
        found: str | None = None
        while one is not None:
            number = as_text(one.get("id")) or ""
            if number in self._roots or number in way:
                found = self._roots.get(number)
                break
            way[number] = None
            if self._is_copy(one):
                found = self._post_of(one) or self._named(number)
                break
            one = self._above(one)
        self._roots.update({number: found for number in way if number})
        return found


READER = Reader(
    key="telegram-desktop",
    title=Text(
        kk="Telegram Desktop экспорты",
        ru="экспорт Telegram Desktop",
        en="Telegram Desktop export",
    ),
    what=Text(
        kk="Telegram Desktop жазған result.json: арна жарияланымдары және талқылау тобындағы пікірлер; қаралым саны жоқ.",
        ru="result.json, записанный Telegram Desktop: публикации канала и комментарии в группе обсуждения; без просмотров.",
        en="The result.json that Telegram Desktop writes: a channel's posts and the comments in its discussion group; no views.",
    ),
    platform="telegram",
    knows=Knows(authors="all", followers=False, views=False),
    proof="documented shape",
    kinds=(
        Kind(needs=("type", "id", "messages"), holds=_is_chat, read=_read),
        Kind(needs=("chats.list",), read=_read),
    ),
    joined=_join,
)
