"""
Answers of TikTok's Research API: videos of accounts, comments below a video, accounts.

Source: developers.tiktok.com/docs (research-api-specs-query-videos, -query-video-comments, -query-user-info).
Comments have no authors, and numbers and addresses in their texts are masked by TikTok. A comment names its video,
not the account: that is looked up among the videos. An answer about an account does not name it either.
"""

from __future__ import annotations

from collections.abc import Iterable

from qulaq.corpus.importers.base import Extent
from qulaq.corpus.importers.documents import Document, Found, Kind, Texts
from qulaq.corpus.importers.joins import Beside, Join
from qulaq.corpus.importers.reader import Reader
from qulaq.corpus.importers.values import Record, as_text, dig, objects
from qulaq.corpus.schema import COMMENTS
from qulaq.lang import Text
from qulaq.study import Knows

_VIDEO = ("id", "username", "create_time", ("view_count", "like_count", "video_description"))
_COMMENT = ("id", "video_id", "create_time", ("parent_comment_id", "reply_count", "text"))


def _holds_list(document: Record) -> bool:
    return any(isinstance(dig(document, "data", name), list) for name in ("videos", "comments"))


def _read_answer(document: Document) -> Found:
    """
    An answer holds videos or comments.
    """
    data = document.value["data"]
    posts = [_post(one) for one in objects(data.get("videos"))]
    comments = [_comment(one) for one in objects(data.get("comments"))]
    of_one = len({one["post_id"] for one in comments}) == 1
    extent = Extent(complete=False) if of_one and data.get("has_more") is True else None
    return Found(posts=posts, comments=comments, extent=extent)


def _read_video(document: Document) -> Found:
    return Found(posts=[_post(document.value)])


def _read_comment(document: Document) -> Found:
    return Found(comments=[_comment(document.value)])


def _read_account(document: Document) -> Found:
    data = document.value["data"]
    counts = {
        "page_handle": as_text(data.get("username")),
        "followers": as_text(data.get("follower_count")),
        "page_likes": as_text(data.get("likes_count")),
        "posts_total": as_text(data.get("video_count")),
    }
    return Found(page_counts=[counts])


def _post(video: Record) -> Texts:
    handle, video_id = as_text(video.get("username")), as_text(video.get("id"))
    return {
        "page_handle": handle,
        "wall": handle,
        "post_id": video_id,
        "published_at": as_text(video.get("create_time")),
        "kind": "video",
        "text": as_text(video.get("video_description")),
        "link": f"https://www.tiktok.com/@{handle}/video/{video_id}"
        if handle and video_id
        else None,
        "likes": as_text(video.get("like_count")),
        "comments": as_text(video.get("comment_count")),
        "shares": as_text(video.get("share_count")),
        "views": as_text(video.get("view_count")),
    }


def _comment(comment: Record) -> Texts:
    video, parent = as_text(comment.get("video_id")), as_text(comment.get("parent_comment_id"))
    return {
        "page_handle": None,
        "post_id": video,
        "comment_id": as_text(comment.get("id")),
        # Comments on the video itself have the video, or nothing, in the place of a parent.
        "parent_id": None if parent in (video, "0") else parent,
        "published_at": as_text(comment.get("create_time")),
        "text": as_text(comment.get("text")),
        "likes": as_text(comment.get("like_count")),
    }


class _Join(Join):
    """
    Comments with the account of their video, as far as the videos beside them tell.
    """

    mended = (COMMENTS,)

    def __init__(self) -> None:
        self._accounts: dict[str | None, str] = {}
        self._wanted: set[str | None] = set()

    def learn(self, found: Found, kind: Kind) -> Found:
        del kind
        self._accounts.update(_accounts(found.posts))
        self._wanted.update(row["post_id"] for row in found.comments)
        return found

    def settle(self, beside: Beside) -> None:
        if not self._wanted <= self._accounts.keys():
            documents = beside.documents(mark="username")
            told = (_post(one) for document in documents for one in _videos(document))
            self._accounts = {**_accounts(told), **self._accounts}

    def mend(self, row: Texts, platform: str | None) -> Texts:
        del platform
        return {**row, "page_handle": self._accounts.get(row["post_id"])}


def _accounts(posts: Iterable[Texts]) -> dict[str | None, str]:
    return {row["post_id"]: handle for row in posts if (handle := row["page_handle"])}


def _videos(document: object) -> list[Record]:
    if isinstance(document, dict) and "username" in document:
        return [document]
    return objects(dig(document, "data", "videos"))


READER = Reader(
    key="tiktok-research",
    title=Text(
        kk="TikTok Research API жауаптары",
        ru="ответы TikTok Research API",
        en="TikTok Research API answers",
    ),
    what=Text(
        kk="TikTok зерттеу API-і қайтарған JSON не CSV: бейнелер және авторлары көрсетілмеген пікірлер.",
        ru="JSON или CSV, полученные из исследовательского API TikTok: видео и комментарии без авторов.",
        en="JSON or CSV that TikTok's Research API returned: videos, and comments without their authors.",
    ),
    platform="tiktok",
    knows=Knows(authors="none"),
    proof="documented shape",
    kinds=(
        Kind(needs=(("data.videos", "data.comments"),), holds=_holds_list, read=_read_answer),
        Kind(
            needs=("data.follower_count", ("data.likes_count", "data.video_count")),
            read=_read_account,
        ),
        Kind(needs=_VIDEO, read=_read_video),
        Kind(needs=_COMMENT, read=_read_comment),
    ),
    join=_Join,
    tables=True,
)
