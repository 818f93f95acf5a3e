"""
Where what was read out of texts is kept: beside the batches, in `readings/<what>-<version>/`.

Never the only copy: what is missing, broken or of another version is read anew, and where the folder may
not be written it is read each time.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import Self

import ibis
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from qulaq.corpus.current import Corpus, Expression
from qulaq.engine import as_ibis
from qulaq.lang import Phrase
from qulaq.store import put

Progress = Callable[[Phrase], None]


def once(corpus: Corpus, table: str, make: Callable[[], pa.Table]) -> Expression:
    """
    The table of the corpus' engine, made when it is first asked for.
    """
    if table not in corpus.tables:
        rows = make()
        corpus.engine.add_rows(table, rows)
        corpus.tables[table] = ibis.table(as_ibis(rows.schema), name=table)
    return corpus.tables[table]


def key_of(texts: Iterable[str]) -> str:
    """
    Stands for these texts in this order, so that nothing else need be told of them.
    """
    told = hashlib.sha256()
    for text in texts:
        told.update(text.encode() + b"\0")
    return told.hexdigest()[:32]


def lots_of(names: pa.ChunkedArray) -> Iterator[slice]:
    """
    The rows of each name; the names are in order, all rows of one behind each other.

    >>> list(lots_of(pa.chunked_array([["a", "a", "b"]])))
    [slice(0, 2, None), slice(2, 3, None)]
    """
    ends = pc.run_end_encode(names.combine_chunks()).run_ends.to_pylist()
    return (slice(first, end) for first, end in pairwise([0, *ends]))


@dataclass(frozen=True, slots=True)
class Shelf:
    """
    A folder of Parquet files with one schema, each with the key of what it was read from.
    """

    folder: Path
    schema: pa.Schema

    def find(self, name: str, *, key: str, rows: int | None = None) -> pa.Table | None:
        """
        None where there is no such file, or it is broken, or of something else: of another *key*, or of
        another number of *rows* where one is told.
        """
        try:
            found = pq.read_table(self._file(name), page_checksum_verification=True)
        except (OSError, pa.ArrowException):
            return None
        told = (found.schema.metadata or {}).get(b"qulaq.read_from", b"").decode(errors="replace")
        right = found.schema.equals(self.schema) and rows in (None, len(found)) and told == key
        return found.replace_schema_metadata(None) if right else None

    def keep(self, name: str, read: pa.Table, *, key: str) -> None:
        """
        All of it or nothing; who may not write here reads again another time.
        """
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            handle, aside = tempfile.mkstemp(prefix=".aside-", dir=self.folder)
            os.close(handle)
            try:
                marked = read.replace_schema_metadata({"qulaq.read_from": key})
                pq.write_table(marked, aside, compression="zstd", write_page_checksum=True)
                put(Path(aside), self._file(name))
            finally:
                Path(aside).unlink(missing_ok=True)

    def _file(self, name: str) -> Path:
        return self.folder / f"{name}.parquet"


Answer = bool | None


class Answers:
    """
    Yes, no or neither to one question for each text of many lots, such as the replies of every page: all lots
    lie in one file, for of thousands of pages there would be thousands of files.

    What was answered is kept when the `with` ends, also where it was interrupted.
    """

    def __init__(self, folder: Path, question: str) -> None:
        self._question = question
        schema = pa.schema([("read_from", pa.string()), (question, pa.list_(pa.bool_()))])
        self._shelf = Shelf(folder, schema)
        self._kept = self._read()
        self._used: dict[str, list[Answer]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        # Where not all lots were asked for, those of before may still be wanted.
        answers = self._used if kind is None else {**self._kept, **self._used}
        if answers.keys() != self._kept.keys():
            columns = [list(answers), list(answers.values())]
            self._shelf.keep("all", pa.table(columns, schema=self._shelf.schema), key=_ALL)

    def of(
        self, texts: Sequence[str], answer: Callable[[], Sequence[Answer]], *, n: int
    ) -> list[Answer]:
        """
        The *n* answers to a lot, which hold as long as *texts*, all that they depend on, are the same; read with
        *answer* where they are not there.
        """
        key = key_of(texts)
        found = self._kept.get(key)
        if found is None or len(found) != n:
            found = list(answer())
        self._used[key] = found
        return found

    def _read(self) -> dict[str, list[Answer]]:
        found = self._shelf.find("all", key=_ALL)
        if found is None:
            return {}
        keys, answers = found["read_from"], found[self._question]
        return dict(zip(keys.to_pylist(), answers.to_pylist(), strict=True))


_ALL = "each its own"
