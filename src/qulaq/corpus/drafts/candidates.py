"""Which column of a file may be which column of a table: by its heading, and by what its cells read as."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from qulaq.corpus.drafts.clocks import MOSTLY
from qulaq.corpus.drafts.description import Description, SeenColumn
from qulaq.corpus.drafts.headings import Meaning, meanings
from qulaq.corpus.schema import RECORDS, Table

PEOPLE = ("author", "author_handle")

_HALF = 0.5
_MOST_KINDS = 30  # of posts; what differs more often is no kind
_COUNTS_OF_POSTS = ("comments", "shares", "views")


@dataclass(frozen=True, slots=True)
class Candidate:
    """
    A column of the file for a column of the table.
    """

    column: SeenColumn
    meaning: Meaning
    fits: bool

    @property
    def weight(self) -> tuple[bool, bool, int]:
        """
        How much speaks for it.
        """
        said = self.meaning.length - len(self.meaning.left)
        return self.fits, bool(self.column.filled), said

    @property
    def rank(self) -> tuple[tuple[bool, bool, int], int]:
        """
        The weight; of two alike the one that stands first in the file.
        """
        return self.weight, -self.column.place


@dataclass(frozen=True, kw_only=True)
class Candidates:
    """
    The columns of a file, asked what they are for one table.
    """

    described: Description
    table: Table

    @property
    def own_id(self) -> str:
        return {"posts": "post_id", "comments": "comment_id"}.get(self.table.name, "")

    @cached_property
    def usable(self) -> list[SeenColumn]:
        return [one for one in self.described.columns if one.named and one.kind != "list"]

    def of(self, key: str) -> list[Candidate]:
        """
        The columns whose heading may mean it, the likeliest first.
        """
        asked = {key}
        if key == self.own_id:
            asked.add("id")
        if key in PEOPLE:
            asked.add("person")
        if self.table.name == "page_counts" and key == "captured_at":
            asked |= {"captured", "published_at"}
        found = [
            Candidate(column, meaning, self._fits(key, column, meaning))
            for column in self.usable
            for meaning in meanings(column.name, self.table.name)
            if meaning.column in asked
        ]
        best: dict[str, Candidate] = {}
        for one in sorted(found, key=lambda one: one.rank, reverse=True):
            best.setdefault(one.column.name, one)
        return list(best.values())

    def sure(self, key: str) -> list[SeenColumn]:
        """
        The columns that certainly are it, by heading and by cells.
        """
        return [
            one.column
            for one in self.of(key)
            if one.fits and one.meaning.sure and one.column.filled
        ]

    def called(self, key: str) -> list[SeenColumn]:
        """
        Those of `sure` whose heading says it itself: "comment_id", not "id".
        """
        own = {one.column.name for one in self.of(key) if one.meaning.column == key}
        return [one for one in self.sure(key) if one.name in own]

    def _fits(self, key: str, column: SeenColumn, meaning: Meaning) -> bool:
        """
        Whether the cells are what the column of the table holds. What a heading says for certain, not every
        cell must bear out: the rows of the others are refused one by one.
        """
        if column.kind == "empty":
            return True
        kinds = {one.name: one.kind for one in self.table.content}
        kind = "moment" if key == "captured" else kinds.get(key, "text")
        if kind in ("moment", "count", "truth"):
            return column.fits[kind] >= (_HALF if meaning.sure else MOSTLY)
        return _RULES.get(key, _is_id)(column, meaning)


def _is_id(column: SeenColumn, _: Meaning) -> bool:
    others = ("moment", "truth", "link", "text")
    return column.fits["id"] >= MOSTLY and column.kind not in others


def _is_author(column: SeenColumn, meaning: Meaning) -> bool:
    """
    An "author" without more is an id where it is a number, else a handle.
    """
    if meaning.column == "person":
        return column.kind in ("id", "count") and column.fits["handle"] < MOSTLY
    return column.fits["id"] >= MOSTLY


_RULES: dict[str, Callable[[SeenColumn, Meaning], bool]] = {
    "author": _is_author,
    "author_handle": lambda column, _: column.fits["handle"] >= MOSTLY,
    "link": lambda column, _: column.kind == "link",
    "kind": lambda column, _: (
        column.kind in ("text", "handle", "id") and column.distinct <= _MOST_KINDS
    ),
    "text": lambda column, _: column.kind in ("text", "handle"),
    "page": lambda column, _: column.kind not in ("moment", "truth"),
}


def find_table(described: Description) -> tuple[str, tuple[str, ...]]:
    """
    The table that the rows seem to be, and the columns that tell it; posts, where nothing does.
    """
    pages, posts, comments = (
        Candidates(described=described, table=RECORDS[name])
        for name in ("page_counts", "posts", "comments")
    )
    records = [*posts.sure("text"), *posts.called("post_id"), *posts.sure("likes")]
    told = (
        ("page_counts", [] if records else [*pages.sure("followers"), *pages.sure("posts_total")]),
        ("comments", comments.called("comment_id")),
        ("posts", [one for key in _COUNTS_OF_POSTS for one in posts.sure(key)]),
        ("comments", comments.sure("parent_id")),
        ("comments", [one for key in PEOPLE for one in comments.sure(key) if one.distinct > 1]),
    )
    table, marks = next(((table, marks) for table, marks in told if marks), ("posts", []))
    return table, tuple(dict.fromkeys(one.name for one in marks))
