"""
Answers of the YouTube Data API v3: videos, channels, threads of comments, replies.

Source: developers.google.com/youtube/v3/docs (videos, channels, commentThreads, comments). A thread holds only
some of its replies; the others come from `comments` with `parentId` and tell neither video nor channel: both are
looked up by the comment that they answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from qulaq.corpus.importers.base import Extent
from qulaq.corpus.importers.documents import Document, Found, Kind, Texts
from qulaq.corpus.importers.joins import Beside, Join
from qulaq.corpus.importers.reader import Reader
from qulaq.corpus.importers.values import Record, as_text, dig, objects
from qulaq.corpus.schema import COMMENTS
from qulaq.errors import UnreadableExport
from qulaq.lang import Text, phrase
from qulaq.study import Knows
from qulaq.text.html import plain_text

_KIND = "youtube#"
_ANSWER = "ListResponse"
_WATCH = "https://www.youtube.com/watch?v="
# Texts come as HTML unless textFormat=plainText was asked for, and do not say which.
_MARKUP = re.compile(r"<br ?/?>|</?(?:a|b|i|s)(?: [^>]*)?>|&(?:amp|lt|gt|quot|#\d+);")


def _is_answer(document: Record) -> bool:
    return str(document["kind"]).startswith(_KIND) and str(document["kind"]).endswith(_ANSWER)


def _is_item(document: Record) -> bool:
    return _kind(document) in _READ_ITEM or _kind(document) in _LISTS


def _kind(item: Record) -> str:
    return str(item.get("kind")).removeprefix(_KIND)


def _read_answer(document: Document) -> Found:
    answer = document.value
    items = objects(answer["items"])
    found = _read_items(document, items)
    return replace(found, extent=_find_extent(answer, items))


def _read_item(document: Document) -> Found:
    return _read_items(document, [document.value])


def _read_items(document: Document, items: Sequence[Record]) -> Found:
    posts: list[Texts] = []
    comments: list[Texts] = []
    counts: list[Texts] = []
    for item in items:
        kind = _kind(item)
        if kind not in _READ_ITEM:
            raise _refuse(document, kind)
        one = _READ_ITEM[kind](item)
        posts.extend(one.posts)
        comments.extend(one.comments)
        counts.extend(one.page_counts)
    return Found(posts=posts, comments=comments, page_counts=counts)


def _refuse(document: Document, kind: str) -> UnreadableExport:
    """
    A list of videos without their counts, taken in after the videos themselves, would take the counts away.
    """
    return UnreadableExport(
        where=str(document.export.file),
        found=phrase("a list of “{kind}” tells no counts of videos and no comments.", kind=kind),
        remedy=phrase(
            "Ask for the videos themselves: /videos?part=snippet,statistics&id=… (50 ids at a time)."
        ),
    )


# ── videos and channels ──────────────────────────────────────────────────────────────────────────


def _read_video(video: Record) -> Found:
    snippet, statistics = _part(video, "snippet"), _part(video, "statistics")
    told = (as_text(snippet.get("title")), as_text(snippet.get("description")))
    video_id = as_text(video.get("id"))
    post = {
        "page_id": as_text(snippet.get("channelId")),
        "wall": as_text(snippet.get("channelId")),
        "problem": _hidden_video(_part(video, "status")),
        "post_id": video_id,
        "published_at": as_text(snippet.get("publishedAt")),
        "kind": "live" if "liveStreamingDetails" in video else "video",
        "text": "\n".join(filter(None, told)) or None,
        "link": _WATCH + video_id if video_id else None,
        "likes": as_text(statistics.get("likeCount")),
        "comments": as_text(statistics.get("commentCount")),
        "views": as_text(statistics.get("viewCount")),
    }
    return Found(posts=[post])


def _hidden_video(status: Record) -> str | None:
    return "unpublished" if status.get("privacyStatus") == "private" else None


def _read_channel(channel: Record) -> Found:
    statistics = _part(channel, "statistics")
    hidden = statistics.get("hiddenSubscriberCount") is True
    counts = {
        "page_id": as_text(channel.get("id")),
        "page_handle": as_text(dig(channel, "snippet", "customUrl")),
        "followers": None if hidden else as_text(statistics.get("subscriberCount")),
        "posts_total": as_text(statistics.get("videoCount")),
    }
    return Found(page_counts=[counts])


def _part(item: Record, name: str) -> Record:
    part = item.get(name)
    return part if isinstance(part, dict) else {}


# ── comments ─────────────────────────────────────────────────────────────────────────────────────


def _read_thread(thread: Record) -> Found:
    snippet = _part(thread, "snippet")
    top = _part(snippet, "topLevelComment")
    rows = [_comment(top or thread, snippet)]
    for reply in objects(dig(thread, "replies", "comments")):
        row = _comment(reply, snippet)
        rows.append({**row, "parent_id": row["parent_id"] or rows[0]["comment_id"]})
    if snippet.get("isPublic") is False:
        rows = [{**row, "problem": "unpublished"} for row in rows]
    return Found(comments=rows)


def _read_comment(comment: Record) -> Found:
    return Found(comments=[_comment(comment, {})])


def _comment(comment: Record, thread: Record) -> Texts:
    """
    A comment, which may leave it to its thread to tell video and channel.
    """
    snippet = _part(comment, "snippet")
    comment_id = as_text(comment.get("id"))
    video = as_text(snippet.get("videoId")) or as_text(thread.get("videoId"))
    name = as_text(snippet.get("authorDisplayName")) or ""
    return {
        "page_id": as_text(snippet.get("channelId")) or as_text(thread.get("channelId")),
        "problem": _hidden_comment(snippet),
        "post_id": video,
        "comment_id": comment_id,
        "parent_id": as_text(snippet.get("parentId")) or _above(comment_id),
        "author": as_text(dig(snippet, "authorChannelId", "value")),
        # Since 2022 handles stand in the place of names; what is not written as one is a name.
        "author_handle": name if name.startswith("@") else None,
        "published_at": as_text(snippet.get("publishedAt")),
        "text": _words(snippet),
        "link": f"{_WATCH}{video}&lc={comment_id}" if video and comment_id else None,
        "likes": as_text(snippet.get("likeCount")),
    }


def _hidden_comment(snippet: Record) -> str | None:
    """
    What the owner sees before others do, or instead of them.
    """
    shown = snippet.get("moderationStatus") in (None, "published")
    return None if shown else "unpublished"


def _above(comment_id: str | None) -> str | None:
    """
    A reply's id is that of its thread, a dot and its own.
    """
    return (comment_id or "").rpartition(".")[0] or None


def _words(snippet: Record) -> str | None:
    written = as_text(snippet.get("textOriginal"))
    shown = as_text(snippet.get("textDisplay")) or ""
    return written or (plain_text(shown) if _MARKUP.search(shown) else shown) or None


def _find_extent(answer: Record, items: Sequence[Record]) -> Extent | None:
    """
    How many comments the threads of one video say they have, and whether some are not here. None where the
    answer is not about the threads of one video.
    """
    threads = [_part(item, "snippet") for item in items if _kind(item) == "commentThread"]
    if (
        not threads
        or len(threads) < len(items)
        or len({str(one.get("videoId")) for one in threads}) > 1
    ):
        return None
    replies = [n for one in threads if isinstance(n := one.get("totalReplyCount"), int)]
    if threads[0].get("videoId") is None or len(replies) < len(threads):
        return None
    included = sum(len(objects(dig(item, "replies", "comments"))) for item in items)
    more = "nextPageToken" in answer
    return Extent(
        complete=False if more or included < sum(replies) else None,
        announced=None if more else len(threads) + sum(replies),
    )


_READ_ITEM: dict[str, Callable[[Record], Found]] = {
    "video": _read_video,
    "channel": _read_channel,
    "commentThread": _read_thread,
    "comment": _read_comment,
}
_LISTS = ("playlistItem", "searchResult", "activity", "playlist", "subscription")


# ── what one answer leaves to another ────────────────────────────────────────────────────────────


class _Join(Join):
    """
    Comments with the video of the one that they answer and the channel of their video, as far as the other
    documents, or the files that came with them, tell.
    """

    def __init__(self) -> None:
        self._videos: dict[str | None, str] = {}
        self._channels: dict[str | None, str] = {}
        self._lacking: set[_Place] = set()

    def learn(self, found: Found, kind: Kind) -> Found:
        del kind
        self._videos.update(_videos(found.comments))
        self._channels.update(_channels((*found.comments, *found.posts)))
        self._lacking.update(
            (row["post_id"], row["parent_id"], row["page_id"])
            for row in found.comments
            if row["post_id"] is None or row["page_id"] is None
        )
        return found

    def settle(self, beside: Beside) -> None:
        self.mended = (COMMENTS,) if self._lacking else ()
        if any(None in self._placed(*place) for place in self._lacking):
            # Where only channels lack, videos tell them: the files of comments may be many and need not be read.
            lost = any(self._placed(*place)[0] is None for place in self._lacking)
            told = list(_read_beside(beside, mark=_KIND if lost else f"{_KIND}video"))
            above = [row for one in told for row in one.comments]
            posts = [row for one in told for row in one.posts]
            self._videos = {**_videos(above), **self._videos}
            self._channels = {**_channels([*above, *posts]), **self._channels}

    def _placed(
        self, video: str | None, parent: str | None, page: str | None
    ) -> tuple[str | None, str | None]:
        """
        The video of a comment and its channel, as far as they are known.
        """
        video = video or self._videos.get(parent)
        return video, page or self._channels.get(video)

    def mend(self, row: Texts, platform: str | None) -> Texts:
        del platform
        video, page = self._placed(row["post_id"], row["parent_id"], row["page_id"])
        return {**row, "post_id": video, "page_id": page}


_Place = tuple[str | None, str | None, str | None]
"""Video, parent and channel of a comment."""


def _videos(comments: Iterable[Texts]) -> dict[str | None, str]:
    return {row["comment_id"]: video for row in comments if (video := row["post_id"])}


def _read_beside(beside: Beside, *, mark: str) -> Iterator[Found]:
    """
    Videos and comments of files that came with those that were read and bear the mark.
    """
    for answer in beside.documents(mark=mark):
        for item in (answer, *objects(dig(answer, "items"))):
            if _kind(item) in ("video", "commentThread", "comment"):
                yield _READ_ITEM[_kind(item)](item)


def _channels(rows: Iterable[Texts]) -> dict[str | None, str]:
    return {row["post_id"]: page for row in rows if row["post_id"] and (page := row["page_id"])}


READER = Reader(
    key="youtube",
    title=Text(
        kk="YouTube Data API жауаптары",
        ru="ответы YouTube Data API",
        en="YouTube Data API answers",
    ),
    what=Text(
        kk="YouTube Data API v3 қайтарған JSON: бейнелер, арналар, пікірлер және олардың авторлары.",
        ru="JSON, полученный из YouTube Data API v3: видео, каналы, комментарии с авторами.",
        en="JSON that the YouTube Data API v3 returned: videos, channels, comments with authors.",
    ),
    platform="youtube",
    knows=Knows(authors="all"),
    proof="real files",
    kinds=(
        Kind(needs=("kind", "items"), holds=_is_answer, read=_read_answer),
        Kind(needs=("kind", "id", "snippet"), holds=_is_item, read=_read_item),
    ),
    join=_Join,
)
