"""
What is read out of texts: language, whether they ask something, whether a reply is boilerplate.

Kept beside the batches (`qulaq.corpus.shelf`), so that a text is read once and not each time the corpus
is opened.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from qulaq.corpus.current import Corpus, Expression
from qulaq.corpus.shelf import Answers, Progress, Shelf, lots_of, once
from qulaq.engine import as_ibis
from qulaq.lang import phrase
from qulaq.text import asking, duplicates, language

OFTEN = 3
"""A reply is boilerplate from so many of its kind on."""

_PLACE = ("intake_batch", "intake_row")
_CHUNK = 20_000  # texts between two words of progress

_READ = pa.schema(
    [("intake_row", pa.int64()), ("language", pa.string()), ("asks", pa.bool_())],
)
_TEXTS = ibis.table(
    as_ibis(
        pa.schema([("text", pa.string()), ("intake_batch", pa.int32()), ("intake_row", pa.int64())])
    ),
    name="comments_batches",
)


def add_readings(corpus: Corpus, *, progress: Progress = lambda _: None) -> Expression:
    """
    The table `readings` of the corpus' engine: page_id, comment_id, `language` (kk, ru, en, other; null: no
    words or no text) and `asks` (null: no text) for the newest state of every comment of the study's pages.

    Texts of batches that were not read yet are read first, some thousands a second. Asking for the table
    again costs nothing.
    """
    return once(corpus, "readings", lambda: _make_readings(corpus, progress))


def add_boilerplate(corpus: Corpus, *, progress: Progress = lambda _: None) -> Expression:
    """
    The table `boilerplate` of the corpus' engine: page_id, comment_id and `boilerplate` for every comment
    by the body (`by_page`) that has a text.

    A reply is boilerplate where its duplicate group (`qulaq.text.duplicates`: normalised, without links
    and names) among the replies of its page has three members or more, or holds two that are near-duplicates
    but not the very same once normalised; such are longer than 40 characters. Two replies of the very same
    words are not boilerplate yet, three are. Replies without words never are.
    """
    return once(corpus, "boilerplate", lambda: _make_boilerplate(corpus, progress))


# ── language and asking ──────────────────────────────────────────────────────────────────────────


def _make_readings(corpus: Corpus, progress: Progress) -> pa.Table:
    progress(phrase("reading languages and questions"))
    read = pa.concat_tables([_placed(_READ.empty_table(), 0), *_read_batches(corpus, progress)])
    corpus.engine.add_rows("comments_read", read)
    comments = corpus.tables["comments"].select("page_id", "comment_id", *_PLACE)
    found = comments.left_join(ibis.table(as_ibis(read.schema), name="comments_read"), list(_PLACE))
    return corpus.engine.run(found.select("page_id", "comment_id", "language", "asks"))


def _placed(read: pa.Table, number: int) -> pa.Table:
    return read.append_column("intake_batch", pa.array([number] * len(read), pa.int32()))


def _read_batches(corpus: Corpus, progress: Progress) -> Iterator[pa.Table]:
    files = corpus.store.files("comments")
    shelf = Shelf(
        corpus.store.readings / f"language-{language.VERSION}-asking-{asking.VERSION}", _READ
    )
    total = sum(pq.read_metadata(file).num_rows for file in files.values())
    done = 0
    for number, file in files.items():
        rows = pq.read_metadata(file).num_rows
        # An erasure rewrites a batch: what was read out of its former state is no longer its own.
        key = str(file.stat().st_size)
        read = shelf.find(f"{number:06}", rows=rows, key=key)
        if read is None:
            read = _read_texts(_texts_of(corpus, number), _Told(progress, done, total))
            shelf.keep(f"{number:06}", read, key=key)
        done += rows
        yield _placed(read, number)


@dataclass(frozen=True, slots=True)
class _Told:
    """
    Says how far the reading is, among all comments.
    """

    progress: Progress
    before: int
    total: int

    def __call__(self, done: int) -> None:
        self.progress(
            phrase(
                "reading languages and questions ({n} of {total} comments)",
                n=self.before + done,
                total=self.total,
            )
        )


def _texts_of(corpus: Corpus, number: int) -> pa.Array:
    rows = _TEXTS.filter(_TEXTS.intake_batch == number).order_by("intake_row")
    return corpus.engine.run(rows.select("text"))["text"].combine_chunks()


def _read_texts(texts: pa.Array, told: Callable[[int], None]) -> pa.Table:
    """
    Each different text is read once: thanks and emoji repeat by the thousand.
    """
    encoded = texts.dictionary_encode()
    different = encoded.dictionary.to_pylist()
    languages: list[str | None] = []
    asking_ones: list[bool] = []
    for start in range(0, len(different), _CHUNK):
        told(len(texts) * start // len(different))
        some = different[start : start + _CHUNK]
        languages += language.detect_languages(some)
        asking_ones += map(asking.asks, some)
    columns = [
        pa.array(range(len(texts)), pa.int64()),
        pc.take(pa.array(languages, pa.string()), encoded.indices),
        pc.take(pa.array(asking_ones, pa.bool_()), encoded.indices),
    ]
    return pa.table(columns, schema=_READ)


# ── boilerplate ──────────────────────────────────────────────────────────────────────────────────


def _make_boilerplate(corpus: Corpus, progress: Progress) -> pa.Table:
    replies = _replies(corpus)
    folder = corpus.store.readings / f"boilerplate-{duplicates.VERSION}"
    lots = list(lots_of(replies["page_id"]))
    told: list[bool | None] = []
    with Answers(folder, "boilerplate") as answers:
        for number, lot in enumerate(lots):
            texts = replies["text"][lot].to_pylist()

            def compare(number: int = number, texts: list[str] = texts) -> list[bool]:
                progress(
                    phrase(
                        "comparing replies with each other ({n} of {total} pages)",
                        n=number,
                        total=len(lots),
                    )
                )
                return [bool(one) for one in is_boilerplate(texts)]

            told += answers.of(texts, compare, n=len(texts))
    return replies.select(["page_id", "comment_id"]).append_column(
        "boilerplate", pa.array(told, pa.bool_())
    )


def _replies(corpus: Corpus) -> pa.Table:
    """
    The replies page by page, in an order of their own.
    """
    comments = corpus.tables["comments"]
    replies = comments.filter(comments.by_page).select("page_id", "comment_id", *_PLACE)
    told = replies.inner_join(_TEXTS.filter(_TEXTS.text.notnull()), list(_PLACE))
    return corpus.engine.run(told.order_by("page_id", "intake_batch", "intake_row"))


def is_boilerplate(texts: Sequence[str]) -> NDArray[np.bool_]:
    """
    Tell for each reply of one page whether it is boilerplate, as `add_boilerplate` defines it.
    """
    words = [duplicates.normalize(text) for text in texts]
    places: dict[str, int] = {}
    place = np.array([places.setdefault(one, len(places)) for one in words], dtype=np.int64)
    # Normalised texts are grouped, each once: the groups of the texts themselves.
    group = duplicates.group_duplicates(list(places))
    times = np.bincount(place, minlength=len(places))
    members = np.bincount(group, weights=times)
    wordings = np.bincount(group)
    common = ((members >= OFTEN) | (wordings > 1))[group]
    worded = np.array([bool(one) for one in places], dtype=np.bool_)
    told: NDArray[np.bool_] = (common & worded)[place]
    return told
