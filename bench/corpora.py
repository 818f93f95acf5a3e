"""Made corpora, built once for all contests that want them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.generate import Size, make

SMALL = Size(pages=6, posts=300, comments=6_000)


def of_comments(comments: int) -> Size:
    """
    The size of a corpus of so many comments: a tenth as many posts, on two hundred pages.
    """
    return Size(pages=200, posts=comments // 10, comments=comments)


class Corpora:
    """
    Studies by their size, in a folder; one that is there already is taken as it is.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def study(self, size: Size) -> Path:
        """
        A study of that size, its exports taken in and its current copy up to date.
        """
        folder = self._folder / f"{size.pages}-{size.posts}-{size.comments}-{size.seed}"
        done = folder / "done"
        if not done.exists():
            build(folder, size)
            done.touch()
        return folder / "study"


@contextmanager
def open_corpora(folder: Path | None) -> Iterator[Corpora]:
    """
    Corpora that are kept in the folder, or without one deleted at the end.
    """
    if folder:
        yield Corpora(folder)
    else:
        with TemporaryDirectory() as own:
            yield Corpora(Path(own))


def build(folder: Path, size: Size) -> Path:
    """
    A study of that size, its exports taken in and deleted, its current copy up to date.
    """
    from qulaq.corpus.current import Corpus
    from qulaq.corpus.intake import Order, take_in
    from qulaq.study import open_study

    made = make(folder, size)
    for export in made.exports:
        take_in(open_study(made.study), export, Order(), now=datetime(2026, 1, 1, tzinfo=UTC))
        export.unlink()
    with Corpus(open_study(made.study)):
        return made.study
