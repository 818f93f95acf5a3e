"""
Answers of Mastodon's API: the conversation below a status (`/statuses/:id/context`), statuses of a page, accounts.

Source: docs.joinmastodon.org/methods/statuses, /entities/Status and /entities/Account. An answer about a conversation does
not hold the status that it is about; whoever keeps it can name that one: `root_status_id` and
`root_account` beside the answer. Ids are a server's own: fetch from the one on which the body lives.
"""

from __future__ import annotations

from qulaq.corpus.importers.base import Extent
from qulaq.corpus.importers.documents import Document, Found, Kind, Texts
from qulaq.corpus.importers.reader import Reader
from qulaq.corpus.importers.values import Record, as_text, dig, objects
from qulaq.errors import UnreadableExport
from qulaq.lang import Text, phrase
from qulaq.study import Knows
from qulaq.text.html import plain_text

_CONTEXT = ("ancestors", "descendants")
_STATUS = ("id", "created_at", "content", "account")
_ACCOUNT = ("id", "acct", "followers_count", "statuses_count")
# An answer of so many descendants, or so deep, may have been cut: without a token at 60 and 20.
_MOST, _MOST_WITH_TOKEN = 60, 4096
_DEEPEST = 20


def _is_context(document: Record) -> bool:
    return all(isinstance(document.get(key), list) for key in _CONTEXT)


# ── posts ────────────────────────────────────────────────────────────────────────────────────────


def _read_post(document: Document) -> Found:
    return Found(posts=[_post(document.value)])


def _post(status: Record) -> Texts:
    account = _account(status.get("account"))
    return {
        **account,
        # A timeline holds statuses of others too: they are not the page's, whatever page is named.
        "wall": account["page_handle"] or account["page_id"],
        "problem": _hidden(status) or _not_its_own(status),
        "post_id": _id(status),
        "published_at": as_text(status.get("created_at")),
        "kind": _kind(status),
        "text": _words(status),
        "link": as_text(status.get("url")) or as_text(status.get("uri")),
        "likes": as_text(status.get("favourites_count")),
        "comments": as_text(status.get("replies_count")),
        "shares": as_text(status.get("reblogs_count")),
    }


def _read_account(document: Document) -> Found:
    counts = {
        **_account(document.value),
        "followers": as_text(document.value["followers_count"]),
        "posts_total": as_text(document.value["statuses_count"]),
    }
    return Found(page_counts=[counts])


def _account(account: object) -> Texts:
    return {
        "page_handle": as_text(dig(account, "acct")),
        "page_id": as_text(dig(account, "id")),
    }


def _hidden(status: Record) -> str | None:
    return "unpublished" if status.get("visibility") in ("private", "direct") else None


def _not_its_own(status: Record) -> str | None:
    if status.get("reblog"):
        return "reshared"
    return "reply" if _answers(status) else None


def _kind(status: Record) -> str | None:
    """
    What the status shows beside words, by the API's own name for it.
    """
    media = status.get("media_attachments")
    if isinstance(media, list) and media:
        return as_text(dig(media[0], "type"))
    return "poll" if status.get("poll") else None


def _words(status: Record) -> str | None:
    """
    What the author wrote, the warning before it included; people are named by their whole handle.
    """
    links = {
        address: f"@{handle}"
        for one in _mentioned(status)
        if (address := as_text(one.get("url"))) and (handle := as_text(one.get("acct")))
    }
    told = (as_text(status.get("spoiler_text")), as_text(status.get("content")))
    return "\n".join(filter(None, (plain_text(one or "", links=links) for one in told))) or None


def _mentioned(status: Record) -> list[Record]:
    return objects(status.get("mentions"))


# ── conversations ────────────────────────────────────────────────────────────────────────────────


def _read_thread(document: Document) -> Found:
    context = document.value
    above, below = (objects(context[key]) for key in _CONTEXT)
    root = _find_root(context, above, below)
    if root is None and (above or below):
        raise UnreadableExport(
            where=str(document.export.file),
            found=phrase("the answer does not say which post it is about."),
            remedy=phrase(
                "Write the id of the post into the file as “root_status_id”, beside “descendants”."
            ),
        )
    # Of what stands above the status that was asked about, only what is below the post is a comment.
    held = [_id(one) for one in above]
    comments = above[held.index(root) + 1 :] if root in held else []
    comments += below
    account = _find_account(context, root, [*above, *below])
    rows = [{**account, **_read_comment(one, root)} for one in comments]
    # Asked about a comment, the platform shows one branch of the conversation.
    complete = False if above else _complete(rows)
    return Found(comments=rows, extent=Extent(complete=complete))


def _find_root(context: Record, above: list[Record], below: list[Record]) -> str | None:
    """
    The id of the post below which the conversation is: told beside the answer; else the status on top
    of those above; else the one that is answered and not in the file. None where that may be several.
    """
    told = as_text(context.get("root_status_id"))
    if told:
        return told
    if above:
        return None if _answers(above[0]) else _id(above[0])
    held = set(map(_id, below))
    outside = {one for one in map(_answers, below) if one and one not in held}
    return outside.pop() if len(outside) == 1 else None


def _find_account(context: Record, root: str | None, statuses: list[Record]) -> Texts:
    """
    Whose the post is: told beside the answer; else by the post, if it is there; else by an answer to it.
    """
    told = context.get("root_account")
    of_post = next((one.get("account") for one in statuses if _id(one) == root), None)
    answer = next((one for one in statuses if _answers(one) == root), {})
    return _account(told or of_post or {"id": answer.get("in_reply_to_account_id")})


def _id(status: Record) -> str | None:
    return as_text(status.get("id"))


def _answers(status: Record) -> str | None:
    return as_text(status.get("in_reply_to_id"))


def _read_comment(status: Record, root: str | None) -> Texts:
    parent = _answers(status)
    handles = [f"@{handle}" for one in _mentioned(status) if (handle := as_text(one.get("acct")))]
    words = _words(status)
    return {
        "problem": _hidden(status),
        "post_id": root,
        "comment_id": _id(status),
        "parent_id": None if parent == root else parent,
        "author": as_text(dig(status, "account", "id")),
        "author_handle": as_text(dig(status, "account", "acct")),
        "mentions": " ".join(handles) if "mentions" in status else words,
        "published_at": as_text(status.get("created_at")),
        "text": words,
        # No link: every address of a comment names who wrote it.
        "likes": as_text(status.get("favourites_count")),
    }


def _complete(comments: list[Texts]) -> bool | None:
    """
    True where no limit of the API can have cut the answer, else not known.
    """
    n = len(comments)
    cut = n >= _MOST_WITH_TOKEN if n > _MOST else n == _MOST or _depth(comments) >= _DEEPEST
    return None if cut else True


def _depth(comments: list[Texts]) -> int:
    parents = {one["comment_id"]: one["parent_id"] for one in comments}
    deepest = 0
    for parent in parents.values():
        steps, one = 1, parent
        while one in parents and steps < _DEEPEST:
            steps, one = steps + 1, parents[one]
        deepest = max(deepest, steps)
    return deepest


READER = Reader(
    key="mastodon",
    title=Text(kk="Mastodon API жауаптары", ru="ответы Mastodon API", en="Mastodon API answers"),
    what=Text(
        kk="Mastodon API қайтарған JSON: парақша жарияланымдары және олардың астындағы пікірлер, авторларымен.",
        ru="JSON, полученный из Mastodon API: публикации страницы и комментарии под ними, с авторами.",
        en="JSON that Mastodon's API returned: statuses of a page and the conversations below them, with authors.",
    ),
    platform="mastodon",
    knows=Knows(authors="all", views=False),
    proof="real files",
    kinds=(
        Kind(needs=_CONTEXT, holds=_is_context, read=_read_thread),
        Kind(needs=_STATUS, read=_read_post),
        Kind(needs=_ACCOUNT, read=_read_account),
    ),
)
