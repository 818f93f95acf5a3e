"""
Answers of Mastodon's API: the conversation below a status (`/statuses/:id/context`), statuses of a page.

Source: docs.joinmastodon.org/methods/statuses and /entities/Status. An answer about a conversation does
not hold the status that it is about; whoever keeps it can name that one: `root_status_id` and
`root_account` beside the answer. Ids are a server's own: fetch from the one on which the body lives.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import duckdb

from qulaq.corpus.exports import Export
from qulaq.corpus.importers.base import (
    Importer,
    Nearness,
    Plan,
    Proof,
    Sheet,
    as_text,
    column,
    dig,
    rows_relation,
)
from qulaq.corpus.schema import COMMENTS, POSTS, Table
from qulaq.errors import UnreadableExport
from qulaq.lang import Text, phrase
from qulaq.study import Knows
from qulaq.text.html import plain_text

Record = dict[str, Any]
Texts = dict[str, str | None]

_CONTEXT = ("ancestors", "descendants")
_STATUS = ("id", "created_at", "content", "account")
_PAGE = ("page_handle", "page_account")
# An answer of so many descendants, or so deep, may have been cut: without a token at 60 and 20.
_MOST, _MOST_WITH_TOKEN = 60, 4096
_DEEPEST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Mastodon:
    """
    The importer of Mastodon's answers kept as files.
    """

    key: str = "mastodon"
    title: Text = Text(
        kk="Mastodon API жауаптары", ru="ответы Mastodon API", en="Mastodon API answers"
    )
    what: Text = Text(
        kk="Mastodon API қайтарған JSON: парақша жарияланымдары және олардың астындағы пікірлер, авторларымен.",
        ru="JSON, полученный из Mastodon API: публикации страницы и комментарии под ними, с авторами.",
        en="JSON that Mastodon's API returned: statuses of a page and the conversations below them, with authors.",
    )
    platform: str | None = "mastodon"
    knows: Knows = Knows(authors="all", views=False)
    proof: Proof = "real files"

    def look(self, export: Export) -> Nearness:
        known = any(map(_is_context, export.first_records)) or any(
            map(_is_status, export.first_records)
        )
        return Nearness(1.0 if known else 0.0)

    def read(self, export: Export, connection: duckdb.DuckDBPyConnection) -> list[Sheet]:
        documents = list(_flat(export.documents))
        posts = [_read_post(one) for one in documents if _is_status(one)]
        threads = [_read_thread(one, export) for one in documents if _is_context(one)]
        sheets = [_sheet(POSTS, posts, connection, "mastodon_posts")] if posts else []
        sheets += [
            _sheet(
                COMMENTS,
                thread.comments,
                connection,
                f"mastodon_comments_{number}",
                complete=thread.complete,
                one_post=True,
            )
            for number, thread in enumerate(threads)
            if thread.comments
        ]
        if not sheets:
            raise _nothing(export, documents)
        return sheets


MASTODON: Importer = Mastodon()


def _is_context(document: object) -> bool:
    return isinstance(document, dict) and all(
        isinstance(document.get(key), list) for key in _CONTEXT
    )


def _is_status(document: object) -> bool:
    return isinstance(document, dict) and all(key in document for key in _STATUS)


def _flat(documents: Iterable[object]) -> Iterable[Any]:
    for document in documents:
        yield from document if isinstance(document, list) else [document]


def _nothing(export: Export, documents: list[Any]) -> UnreadableExport:
    refusal = as_text(dig(documents[0], "error")) if documents else None
    return UnreadableExport(
        where=str(export.file),
        found=phrase("this is no data but a refusal by the platform: {message}.", message=refusal)
        if refusal
        else phrase("the answer holds neither posts nor comments."),
        remedy=phrase("Fetch it again, with a token that may read them."),
    )


def _sheet(
    table: Table,
    rows: list[Texts],
    connection: duckdb.DuckDBPyConnection,
    view: str,
    *,
    complete: bool | None = None,
    one_post: bool = False,
) -> Sheet:
    content = [one.name for one in table.content]
    names = [*_PAGE, "wall", "problem", *content]
    return Sheet(
        plan=Plan(
            table=table,
            values={name: column(name) for name in content},
            pages=tuple(map(column, _PAGE)),
            wall=column("wall") if table is POSTS else None,
        ),
        relation=rows_relation(rows, names, connection, view),
        cell=lambda name: f'"{name}"' if name in names else None,
        problem='"problem"',
        first_line=1,
        complete=complete,
        one_post=one_post,
    )


# ── posts ────────────────────────────────────────────────────────────────────────────────────────


def _read_post(status: Record) -> Texts:
    account = _account(status.get("account"))
    return {
        **account,
        # A timeline holds statuses of others too: they are not the page's, whatever page is named.
        "wall": account["page_handle"] or account["page_account"],
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


def _account(account: object) -> Texts:
    return {
        "page_handle": as_text(dig(account, "acct")),
        "page_account": as_text(dig(account, "id")),
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
    mentions = status.get("mentions")
    return [one for one in mentions if isinstance(one, dict)] if isinstance(mentions, list) else []


# ── conversations ────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """
    The comments below one post as flat texts.
    """

    comments: list[Texts]
    complete: bool | None


def _read_thread(context: Record, export: Export) -> Thread:
    above, below = ([one for one in context[key] if isinstance(one, dict)] for key in _CONTEXT)
    root = _find_root(context, above, below)
    if root is None and (above or below):
        raise UnreadableExport(
            where=str(export.file),
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
    return Thread(comments=rows, complete=False if above else _complete(rows))


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
        "link": as_text(status.get("url")) or as_text(status.get("uri")),
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
