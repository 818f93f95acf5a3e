"""
What the records of an import tell each other: on whose page a comment stands, which a later line, or a file
that came with this one, may say.

Records are learned one by one and not held; what is changed is changed when all are known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from qulaq.corpus.importers.documents import PAGES, Found, Kind, Placed, Texts
from qulaq.corpus.importers.rows import Ragged, nested, read_rows
from qulaq.corpus.schema import COMMENTS, Table
from qulaq.errors import UnreadableExport
from qulaq.exports import DAMAGED, Export

_BEGINNING = 1 << 16


class Beside:
    """
    The files that were read, and those that came with them.
    """

    def __init__(self, read: Iterable[Export] = ()) -> None:
        self._read: dict[Path, Export] = {}
        for export in read:
            self.note(export)

    def note(self, export: Export) -> None:
        """
        Among those that were read is this one.
        """
        self._read.setdefault(export.file, export)

    def files(self) -> Iterator[Export]:
        """
        Those that were not read, each looked at when its turn comes.
        """
        for export in list(self._read.values())[:1]:
            if not self._read.keys() >= set(export.beside):
                yield from (one for one in export.neighbours() if one.file not in self._read)

    def documents(self, *, mark: str) -> Iterator[Any]:
        """
        The documents of those in which *mark* stands near the beginning.
        """
        for other in self.files():
            if mark in _beginning(other):
                yield from _values(other)


def documents_beside(found: Iterable[Placed], *, mark: str) -> Iterator[Any]:
    """
    The documents of files that came with those that were read, where *mark* stands near the beginning.
    """
    return Beside(document.export for document, _, _ in found).documents(mark=mark)


def _beginning(export: Export) -> str:
    with export.plain.open(encoding="utf-8-sig", errors="replace") as text:
        return text.read(_BEGINNING)


def _values(export: Export) -> Iterator[Any]:
    with suppress(UnreadableExport):
        if export.shape == "json":
            document = export.document
            yield from document if isinstance(document, list) else [document]
        elif export.shape == "jsonl":
            yield from (value for _, value in export.lines() if value is not DAMAGED)
        elif export.shape == "csv":
            yield from (nested(row) for row in read_rows(export) if not isinstance(row, Ragged))


class Join:
    """
    Nothing is told; readers whose records tell each other something say what.

    `mended` are the tables of which rows may have to be changed once all is known; `lacks_pages` is true once a
    comment came that does not tell on whose page it stands.
    """

    mended: tuple[Table, ...] = ()
    lacks_pages: bool = False

    def learn(self, found: Found, kind: Kind) -> Found:
        """
        Take note of a document's records. What is kept of them comes back.
        """
        del kind
        return found

    def settle(self, beside: Beside) -> None:
        """
        All records were learned: what still lacks may be told by other files.
        """

    def mend(self, row: Texts, platform: str | None) -> Texts:
        """
        A row as it is once all is known.
        """
        del platform
        return row

    def post_of(self, post: str) -> str:
        """
        The own id of a post that is named so.
        """
        return post


class PagesOfPosts(Join):
    """
    Comments that do not say on whose page they stand stand on that of their post, where another record of
    the import tells it.
    """

    def __init__(self) -> None:
        self._pages: dict[tuple[str | None, str | None], Texts] = {}

    def learn(self, found: Found, kind: Kind) -> Found:
        for row in found.posts:
            self._note(row, kind)
        for row in found.comments:
            if not self._note(row, kind):
                self.lacks_pages, self.mended = True, (COMMENTS,)
        return found

    def _note(self, row: Texts, kind: Kind) -> bool:
        """
        Whether the row tells a page.
        """
        if not _tells_page(row):
            return False
        post = (kind.platform, row.get("post_id"))
        if post[1] and post not in self._pages:
            self._pages[post] = {one: row.get(one) for one in (*PAGES, "wall")}
        return True

    def mend(self, row: Texts, platform: str | None) -> Texts:
        if _tells_page(row):
            return row
        return {**row, **self._pages.get((platform, row.get("post_id")), {})}


def _tells_page(row: Texts) -> bool:
    return any(map(row.get, PAGES))
