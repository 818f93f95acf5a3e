"""
Append-only Parquet tables with a manifest.

A batch is what one import added: a Parquet file in the folder of each table, and one line of
`manifest.jsonl`. Files are written aside, made durable and renamed; the manifest is renamed last,
so that a kill at any moment leaves the last complete state. One writer at a time holds the lock.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import duckdb
from filelock import FileLock, Timeout

from qulaq.errors import StoreError
from qulaq.lang import Sayable, phrase

SCHEMA_VERSION = 1
_PATIENCE = 1.0  # seconds before a second writer is told that it waits


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """
    One import of one file: a line of the manifest. `rows` counts the stored rows of each table.
    """

    number: int
    file: str
    sha256: str
    format: str
    options: Mapping[str, str] = field(default_factory=dict)
    read: int
    kept: int
    unchanged: int
    rejected: int
    rows: Mapping[str, int]
    taken_in: str
    schema: int = SCHEMA_VERSION


class Store:
    """
    The tables of one folder. Reading needs no lock: a batch that is not in the manifest does not exist.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._manifest = folder / "manifest.jsonl"

    def batches(self) -> tuple[Batch, ...]:
        """
        All batches, oldest first. Raises StoreError where the manifest is damaged.
        """
        if not self._manifest.exists():
            # The first writer makes the manifest before anything else, so batches without one have lost it.
            if any(self.folder.glob("*/*.parquet")):
                raise _damaged(str(self._manifest), phrase("the manifest of the corpus is lost."))
            return ()
        # Bytes, and no splitlines: a file's name may hold what Python takes for the end of a line.
        content = self._manifest.read_bytes().removesuffix(b"\n")
        lines = content.split(b"\n") if content else []
        return tuple(self._read_line(number, line) for number, line in enumerate(lines, start=1))

    def _read_line(self, number: int, line: bytes) -> Batch:
        try:
            return _checked(Batch(**json.loads(line)))
        except (ValueError, TypeError):
            where = phrase("{file}, line {line}", file=self._manifest, line=number)
            raise _damaged(where, phrase("this line of the manifest is damaged.")) from None

    def files(self, table: str) -> dict[int, Path]:
        """
        The Parquet files of a table by batch number, oldest first. Raises StoreError for one that is lost.
        """
        numbers = [batch.number for batch in self.batches() if batch.rows.get(table)]
        files = {number: self._file(table, number) for number in numbers}
        for file in files.values():
            if not is_whole(file):
                raise _damaged(str(file), phrase("this file of the corpus is lost or damaged."))
        return files

    def _file(self, table: str, number: int) -> Path:
        return self.folder / table / f"{number:06}.parquet"

    @property
    def erasures(self) -> Path:
        """
        The log of erasures, which alone change what is stored.
        """
        return self.folder / "erasures.jsonl"

    @property
    def readings(self) -> Path:
        """
        What was read out of stored texts: derived, so it may be deleted at any time and counts for nothing.
        """
        return self.folder / "readings"

    @property
    def current(self) -> Path:
        """
        The current copy of what is stored: derived as well.
        """
        return self.folder / "current"

    def fingerprint(self) -> str:
        """
        A hash of what was taken in and in which order, and of what was erased; moments do not count.
        """
        counted: list[dict[str, object]] = [
            {**asdict(batch), "taken_in": ""} for batch in self.batches()
        ]
        if self.erasures.exists():
            lines = self.erasures.read_text(encoding="utf-8").splitlines()
            counted += [erased for line in lines if (erased := self._read_erasure(line))]
        text = json.dumps(counted, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def _read_erasure(self, line: str) -> dict[str, object]:
        """
        What an erasure took, empty where it took nothing.
        """
        try:
            erased = {**json.loads(line), "erased_at": ""}
            return erased if erased["rows"] or erased["mentions"] else {}
        except (ValueError, TypeError, KeyError):
            raise _damaged(str(self.erasures), phrase("the log of erasures is damaged.")) from None

    @contextmanager
    def writing(self, *, waiting: Callable[[], None] = lambda: None) -> Iterator[Writer]:
        """
        The one writer, with a folder of its own for what is not yet stored.

        *waiting* is called once if another writer is at work. Raises StoreError where the disk
        is full or the folder cannot be written; nothing is stored then.
        """
        with _telling_of_the_disk(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
            with _lock(self.folder / ".lock", waiting), _aside(self.folder) as aside:
                writer = Writer(self, aside)
                if not self.batches() and not self._manifest.exists():
                    writer.write(self._manifest, "")
                yield writer


def _checked(batch: Batch) -> Batch:
    """
    Raises ValueError for a batch of another schema, or one whose fields are not what they should be.
    """
    if batch.schema != SCHEMA_VERSION or not isinstance(batch.number, int):
        raise ValueError(batch.schema)
    return replace(batch, rows=dict(batch.rows))


class Writer:
    """
    The holder of the lock: puts batches and small files into the store.
    """

    def __init__(self, store: Store, aside: Path) -> None:
        self.aside = aside
        self._store = store

    @property
    def next_number(self) -> int:
        return max((batch.number for batch in self._store.batches()), default=0) + 1

    def commit(self, batch: Batch, tables: Mapping[str, Path]) -> None:
        """
        Store a batch whose tables lie ready as Parquet files; with the manifest's line it exists.
        """
        for table, ready in tables.items():
            target = self._store._file(table, batch.number)  # noqa: SLF001  # one room
            target.parent.mkdir(exist_ok=True)
            put(ready, target)
        batches = [*self._store.batches(), batch]
        lines = [json.dumps(asdict(one), ensure_ascii=False) for one in batches]
        self.write(self._store._manifest, "\n".join(lines) + "\n")  # noqa: SLF001

    def forget_derived(self) -> None:
        """
        Delete the current copy and what was read out of texts, each in one step; they are made anew when they
        are asked for.
        """
        for derived in (self._store.current, self._store.readings):
            if derived.exists():
                derived.rename(Path(tempfile.mkdtemp(dir=self.aside)) / derived.name)

    def write(self, target: Path, text: str) -> None:
        """
        Replace a small text file, all of it or nothing.
        """
        aside = self.aside / target.name
        aside.write_text(text, encoding="utf-8", newline="\n")
        target.parent.mkdir(parents=True, exist_ok=True)
        put(aside, target)


def put(ready: Path, target: Path) -> None:
    """
    Make a finished file durable and move it to its place in one step.
    """
    with ready.open("rb+") as file:
        os.fsync(file.fileno())
    ready.replace(target)
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    """
    Make a rename durable. Windows opens no folders and needs none of it.
    """
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def is_whole(file: Path) -> bool:
    """
    Whether a Parquet file is there with its two marks and a footer that fits between them.
    """
    try:
        with file.open("rb") as stream:
            start = stream.read(4)
            size = stream.seek(-8, os.SEEK_END) + 8
            footer, end = int.from_bytes(stream.read(4), "little"), stream.read(4)
    except OSError:
        return False
    return start == end == b"PAR1" and footer + 12 <= size


def _damaged(where: Sayable, found: Sayable) -> StoreError:
    remedy = phrase("Restore the corpus folder from a copy, or import the exports anew.")
    return StoreError(where=where, found=found, remedy=remedy)


@contextmanager
def _lock(file: Path, waiting: Callable[[], None]) -> Iterator[None]:
    lock = FileLock(file)
    try:
        lock.acquire(timeout=_PATIENCE)
    except Timeout:
        waiting()
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _aside(folder: Path) -> Iterator[Path]:
    """
    A fresh folder beside the tables. What killed writers left behind goes first: we hold the lock.
    """
    for left in folder.glob(".aside-*"):
        shutil.rmtree(left, ignore_errors=True)
    aside = Path(tempfile.mkdtemp(prefix=".aside-", dir=folder))
    try:
        yield aside
    finally:
        shutil.rmtree(aside, ignore_errors=True)


@contextmanager
def _telling_of_the_disk(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _disk_error(
            folder, error.strerror or str(error), full=error.errno in _FULL
        ) from error
    except duckdb.IOException as error:
        text = str(error)
        full = any(os.strerror(code) in text for code in _FULL)
        raise _disk_error(folder, text.splitlines()[0], full=full) from error


_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}


def _disk_error(folder: Path, message: str, *, full: bool) -> StoreError:
    if full:
        found = phrase(
            "there is no room left to write ({message}); nothing was stored.", message=message
        )
        remedy = phrase("Free some space and run the same command again.")
    else:
        found = phrase(
            "the corpus cannot be written ({message}); nothing was stored.", message=message
        )
        remedy = phrase("Check that the folder exists and may be written.")
    return StoreError(where=str(folder), found=found, remedy=remedy)
