"""What readers hand on: documents, the kinds of them that a tool writes, and the records found in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from qulaq.corpus.importers.base import Extent
from qulaq.corpus.importers.values import has
from qulaq.corpus.schema import Table
from qulaq.exports import Export

Texts = dict[str, str | None]
"""
A record of a canonical table as texts of cells: its columns, and beside them `PAGES`, by which the page is
known, "wall" (the page on which it stands where others write too), "captured" (when that was seen) and
"problem" (the code of `qulaq.corpus.issues` that keeps the record out).
"""

PAGES = ("page_id", "page_handle", "page_link")
"""What may tell whose the record is, the first that names a page of the study wins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """
    One document: an object of JSON, or the row of a table with its columns nested again.

    `line` is that on which it stands, or its number among others; `export` the file. `kind` is what the
    heading of a table tells of its rows, whose own cells may be empty.
    """

    value: Any
    line: int
    export: Export
    alone: bool = False
    kind: Kind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """
    The records of a document. `extent` is told where its comments are the answer to a question about one post,
    the same for all of them.

    `left` is what it names but does not hold, each as the code of its problem and what was found.
    """

    posts: Sequence[Texts] = ()
    comments: Sequence[Texts] = ()
    page_counts: Sequence[Texts] = ()
    extent: Extent | None = None
    left: Sequence[tuple[str, str]] = ()

    def of(self, table: Table) -> Sequence[Texts]:
        rows: Sequence[Texts] = getattr(self, table.name)
        return rows


def _always(_: object) -> bool:
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """
    A kind of document: `needs` are keys that it has (inner ones with dots; of several in a tuple one is
    enough), `holds` is what else must be true of it, `read` finds its records.

    `platform` is set where one tool keeps pages of several.
    """

    needs: tuple[str | tuple[str, ...], ...]
    read: Callable[[Document], Found]
    holds: Callable[[Any], bool] = _always
    platform: str | None = None

    def missing(self, value: object) -> tuple[str, ...]:
        names = (need if isinstance(need, tuple) else (need,) for need in self.needs)
        return tuple(" / ".join(one) for one in names if not any(has(value, name) for name in one))

    def fits(self, value: object) -> bool:
        return all(_has_any(value, need) for need in self.needs) and self.holds(value)


def _has_any(value: object, need: str | tuple[str, ...]) -> bool:
    return has(value, need) if isinstance(need, str) else any(has(value, name) for name in need)


Placed = tuple[Document, Found, Kind]
