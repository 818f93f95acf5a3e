"""
Where what was read out of texts is kept: beside the batches, in `readings/<what>-<version>/`.

Never the only copy: what is missing, broken or of another version is read anew, and where the folder may
not be written it is read each time.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import ibis
import pyarrow as pa
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


@dataclass(frozen=True, slots=True)
class Shelf:
    """
    A folder of Parquet files with one schema, each with the key of what it was read from.
    """

    folder: Path
    schema: pa.Schema

    def find(self, name: str, *, rows: int, key: str) -> pa.Table | None:
        """
        None where there is no such file, or it is broken, or of something else.
        """
        try:
            found = pq.read_table(self._file(name), page_checksum_verification=True)
        except (OSError, pa.ArrowException):
            return None
        told = (found.schema.metadata or {}).get(b"qulaq.read_from", b"").decode(errors="replace")
        right = found.schema.equals(self.schema) and len(found) == rows and told == key
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

    def leave_only(self, names: set[str]) -> None:
        with suppress(OSError):
            for file in self.folder.glob("*.parquet"):
                if file.stem not in names:
                    file.unlink()

    def _file(self, name: str) -> Path:
        return self.folder / f"{name}.parquet"
