"""
An export file, looked at before anyone reads it: packed or not, in which encoding, of which shape.

What comes out is plain: CSV, JSON or JSON lines in UTF-8, or an XLSX. Nothing is guessed silently: a
file that is none of these is refused with what it is. A folder of JSON files is one export in parts, for
some tools write a file for each post.
"""

from __future__ import annotations

import codecs
import csv
import gzip
import hashlib
import io
import json
import lzma
import re
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any, Final, Literal

from qulaq.encodings import BOMS_16, find_encoding
from qulaq.errors import UnreadableExport
from qulaq.lang import Sayable, phrase
from qulaq.sheets import read_xlsx

Shape = Literal["csv", "json", "jsonl", "xlsx", "folder"]

_CHUNK = 1 << 20
_PEEK = 1 << 16
_PICTURES = {
    b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG", b"GIF8": "GIF", b"%PDF": "PDF", b"\x1aE\xdf\xa3": "WebM",
    b"RIFF": "WebP", b"Rar!": "RAR", b"7z\xbc\xaf": "7z", b"\xd0\xcf\x11\xe0": "XLS", b"SQLite": "SQLite",
}  # fmt: skip
_OF_OFFICE = "[Content_Types].xml"
_PAGE_OF_THE_WEB = ("<!doctype html", "<html", "<head", "<body")
_BEGINNING = 1_000
_MOST_NAMES = 5
_DEEPEST = 100
_MUCH = 4 << 20
_HALF_LETTER = re.compile("[\ud800-\udfff]")
# The first half without the second behind it, or the second without the first before it.
_ESCAPED_HALF = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB]..)\\u[dD][c-fC-F]"
)
_LOST_LETTER = re.compile(r"[А-Яа-яЁё]\?+[а-яё]")
_MANY_LOST = 3
SEPARATORS = ",;\t|"
_LARGEST_JSON = 512 * 1024 * 1024

DAMAGED: Final = object()
"""Stands for a line that is no JSON."""


@dataclass(frozen=True)
class Export:
    """
    A file that somebody exported. `plain` is its content unpacked and in UTF-8 (the file itself where
    it was so already).

    A folder has `parts`, one for each of its files in the order of their names, `left`: files in it
    that are no JSON, and `refused`: why others are no export. `beside` are files that came with this one, in which a reader may look for what this one
    leaves out; `aside` is a folder for what must be unpacked.
    """

    file: Path
    plain: Path
    shape: Shape
    sha256: str
    separator: str = ","
    parts: tuple[Export, ...] = ()
    left: tuple[Path, ...] = ()
    refused: tuple[UnreadableExport, ...] = ()
    beside: tuple[Path, ...] = ()
    aside: Path | None = None

    @cached_property
    def heading(self) -> tuple[str, ...]:
        """
        The names of the columns; of JSON the keys of the first records, inner ones with dots.
        """
        if self.shape == "csv":
            return read_heading(self.plain, self.separator)
        if self.shape == "xlsx":
            return tuple(cell.strip() for cell in next(iter(read_xlsx(self.plain, first=1)), []))
        if self.shape == "folder":
            return self.parts[0].heading
        names: dict[str, None] = {}
        for record in self.first_records:
            names.update(dict.fromkeys(_flat_names(record)))
        return tuple(names)

    @cached_property
    def lost_letters(self) -> bool:
        """
        Whether "?" stands inside Cyrillic words: Kazakh letters lost when a program saved the file.
        """
        if self.shape in {"xlsx", "folder"}:
            return False
        head = _head(self.plain).decode("utf-8", errors="ignore")
        return len(_LOST_LETTER.findall(head)) >= _MANY_LOST

    @cached_property
    def document(self) -> object:
        """
        The whole of a JSON file. Raises UnreadableExport where it is cut off or damaged.
        """
        if self.plain.stat().st_size > _LARGEST_JSON:
            raise _refuse(
                self.file,
                phrase("this JSON file is too large to be read at once."),
                phrase("Export it in parts, or as JSON lines."),
            )
        try:
            return parse_json(self.plain.read_text(encoding="utf-8-sig"))
        except (ValueError, RecursionError) as error:
            raise _refuse(
                self.file,
                phrase("the JSON is damaged or cut off ({error}).", error=error),
                phrase("Export or download the file again."),
            ) from None

    def lines(self) -> Iterator[tuple[int, object]]:
        """
        The lines of a file of JSON lines, each with its number; blank ones are left out, and of a damaged one
        stands `DAMAGED`.
        """
        with self.plain.open(encoding="utf-8-sig", newline="\n") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield number, _parsed(line)

    def neighbours(self, named: str = "*") -> Iterator[Export]:
        """
        The files of such names (with * for anything) that came with this one, each looked at when its turn
        comes; what is no export is passed over.
        """
        for file in self.beside:
            if fnmatchcase(file.name, named):
                with suppress(UnreadableExport):
                    yield open_export(file, self.aside or file.parent)

    @cached_property
    def first_records(self) -> tuple[object, ...]:
        """
        Some records of a JSON file, to recognise it by.
        """
        if self.shape == "json":
            document = self.document
            return tuple(document[:2000]) if isinstance(document, list) else (document,)
        if self.shape == "jsonl":
            with self.plain.open(encoding="utf-8-sig") as lines:
                return tuple(filter(None, map(_as_record, _first_of(lines))))
        return ()


def open_export(file: Path, aside: Path, *, beside: Sequence[Path] = ()) -> Export:
    """
    Look at a file or a folder; what must be unpacked or turned into UTF-8 goes into the folder *aside*.
    *beside* are files that came with it.

    Raises UnreadableExport for what is no export: empty, a picture, cut off, in no known encoding.
    """
    if file.is_dir():
        return _open_folder(file, aside)
    if not file.is_file():
        raise _refuse(file, phrase("there is no such file."), phrase("Check the name."))
    # A large file is hashed while its letters are looked at.
    with ThreadPoolExecutor(max_workers=1) as aside_us:
        hashing = aside_us.submit(_hash, file)
        try:
            _head(file)
        except OSError as error:  # not the corpus is at fault, but this file
            raise _refuse(
                file,
                phrase("the file cannot be read ({error}).", error=error.strerror or error),
                phrase("Check the name."),
            ) from None
        looked_at = _look_at(file, aside)
        others = tuple(one for one in beside if one != file)
        return replace(looked_at, sha256=hashing.result(), beside=others, aside=aside)


_JSON_NAMES = (".json", ".jsonl", ".ndjson", ".json.gz", ".jsonl.gz", ".ndjson.gz", ".json.xz")


def _open_folder(folder: Path, aside: Path) -> Export:
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    read = [file for file in files if file.name.lower().endswith(_JSON_NAMES)]
    if not read:
        raise _refuse(
            folder,
            phrase("this folder holds no JSON files, and a folder of others is no export."),
            phrase("Name the files in it, such as {folder}/*.csv.", folder=folder),
        )
    parts: list[Export] = []
    refused: list[UnreadableExport] = []
    for file in read:
        try:
            parts.append(open_export(file, aside, beside=read))
        except UnreadableExport as refusal:
            refused.append(refusal)
    if not parts:
        raise refused[0]
    together = hashlib.sha256("".join(part.sha256 for part in parts).encode()).hexdigest()
    left = tuple(file for file in files if file not in set(read))
    return Export(
        file=folder,
        plain=folder,
        shape="folder",
        sha256=together,
        parts=tuple(parts),
        left=left,
        refused=tuple(refused),
    )


def _look_at(file: Path, aside: Path) -> Export:
    """
    The export, not hashed yet.
    """
    plain = _unpacked(file, aside)
    head = _head(plain)
    if not head.removeprefix(codecs.BOM_UTF8).strip() or head in BOMS_16:
        raise _refuse(file, phrase("the file is empty."), phrase("Export it again."))
    if head.startswith(b"PK\x03\x04"):
        _refuse_archive(file, plain)
        return Export(file=file, plain=plain, shape="xlsx", sha256="")
    _refuse_binary(file, head)
    plain = _in_utf8(file, plain, aside)
    _refuse_page(file, plain)
    shape, separator = _find_shape(plain)
    return Export(file=file, plain=plain, shape=shape, sha256="", separator=separator)


def read_heading(plain: Path, separator: str) -> tuple[str, ...]:
    with plain.open(encoding="utf-8-sig", newline="") as text:
        try:
            cells = next(csv.reader(text, delimiter=separator), [])
        except csv.Error:
            return ()
    return tuple(cell.strip() for cell in cells)


def parse_json(text: str) -> object:
    r"""
    JSON as a value that can be stored: half a letter ("\ud83d" alone, left by tools that cut texts in the
    middle of an emoji) becomes U+FFFD. Raises ValueError, or RecursionError where it nests absurdly.
    """
    value = json.loads(text)
    # What opens no more often than that cannot be deeper: most lines need no second look.
    if text.count("{") + text.count("[") > _DEEPEST:
        _check_depth(value)
    return _storable(value) if _tells_half_letters(text) else value


def _check_depth(value: object) -> None:
    level: list[Any] = [value]
    for _ in range(_DEEPEST):
        level = [
            inner
            for one in level
            for inner in (one.values() if type(one) is dict else one)
            if type(inner) is dict or type(inner) is list
        ]
        if not level:
            return
    raise RecursionError("nested too deep")


def _tells_half_letters(text: str) -> bool:
    """
    Whether JSON escapes half a letter. A text that was read as UTF-8 holds none unescaped.
    """
    if "\\ud" not in text and "\\uD" not in text:
        return False
    return _ESCAPED_HALF.search(text.replace("\\\\", "  ")) is not None


def _storable(value: object) -> object:
    if isinstance(value, str):
        return value if value.isascii() else _HALF_LETTER.sub("\ufffd", value)
    if isinstance(value, list):
        return list(map(_storable, value))
    if isinstance(value, dict):
        return {str(_storable(key)): _storable(one) for key, one in value.items()}
    return value


def _refuse(file: Path, found: Sayable, remedy: Sayable) -> UnreadableExport:
    return UnreadableExport(where=str(file), found=found, remedy=remedy)


def _hash(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _head(file: Path) -> bytes:
    with file.open("rb") as stream:
        return stream.read(_PEEK)


_PACKERS: dict[bytes, Callable[[Path], io.BufferedIOBase]] = {
    b"\x1f\x8b": gzip.GzipFile,
    b"\xfd7zXZ\x00": lzma.LZMAFile,
}


def _unpacked(file: Path, aside: Path) -> Path:
    head = _head(file)
    packer = next((packer for start, packer in _PACKERS.items() if head.startswith(start)), None)
    if packer is None:
        return file
    plain = _new_file(aside)
    try:
        with packer(file) as packed, plain.open("wb") as out:
            while chunk := packed.read(_CHUNK):
                out.write(chunk)
    except (EOFError, gzip.BadGzipFile, zlib.error, lzma.LZMAError):
        raise _refuse(
            file,
            phrase("the packed file is cut off or damaged."),
            phrase("Download or copy it again."),
        ) from None
    return plain


def _new_file(aside: Path) -> Path:
    """
    A name that no other export of the import has taken.
    """
    with tempfile.NamedTemporaryFile(dir=aside, prefix="export-", delete=False) as file:
        return Path(file.name)


def _refuse_binary(file: Path, head: bytes) -> None:
    kind = next((name for start, name in _PICTURES.items() if head.startswith(start)), None)
    utf16 = head.startswith(BOMS_16)
    if kind or (b"\x00" in head and not utf16):
        raise _refuse(
            file,
            phrase("this is no text but a binary file ({kind}).", kind=kind or "?"),
            phrase("Give an export: CSV, XLSX, JSON or JSON lines."),
        )


def _refuse_archive(file: Path, plain: Path) -> None:
    """
    A spreadsheet is a ZIP archive too; one that is damaged is told of when it is read.
    """
    with suppress(zipfile.BadZipFile), zipfile.ZipFile(plain) as archive:
        names = archive.namelist()
        if _OF_OFFICE not in names:
            raise _refuse(
                file,
                phrase(
                    "this is an archive (ZIP) and no XLSX; it holds: {names}.",
                    names=", ".join(names[:_MOST_NAMES])
                    + (", …" if len(names) > _MOST_NAMES else ""),
                ),
                phrase(
                    "Unpack it and name the files in it; a spreadsheet of another kind save as XLSX."
                ),
            )


def _refuse_page(file: Path, plain: Path) -> None:
    start = _head(plain)[:_BEGINNING].decode(errors="ignore").lstrip("\ufeff \t\r\n").lower()
    if start.startswith(_PAGE_OF_THE_WEB):
        raise _refuse(
            file,
            phrase("this is a web page (HTML), such as a sign-in or an error, and no export."),
            phrase("Open it in a browser to see what it says, then download the export again."),
        )


def _in_utf8(file: Path, plain: Path, aside: Path) -> Path:
    """
    The same text in UTF-8 without a byte order mark.
    """
    encoding = find_encoding(plain, _head(plain))
    if encoding == "utf-8":
        return plain
    if encoding is None:
        raise _refuse(
            file,
            phrase("the letters are in an encoding that is not known."),
            phrase("Save the file as UTF-8 (in Excel: “CSV UTF-8”)."),
        )
    target = _new_file(aside)
    with (
        plain.open(encoding=encoding, newline="") as text,
        target.open("w", encoding="utf-8", newline="") as out,
    ):
        while chunk := text.read(_CHUNK):
            out.write(chunk)
    return target


def _find_shape(plain: Path) -> tuple[Shape, str]:
    with plain.open(encoding="utf-8-sig", newline="") as text:
        head = text.read(_PEEK)
    start = head.lstrip()
    if start.startswith("["):
        return "json", ","
    if start.startswith("{"):
        return ("jsonl" if _holds_lines(plain) else "json"), ","
    return "csv", _find_separator(head)


def _holds_lines(plain: Path) -> bool:
    """
    Whether the first line is a record by itself and others follow. A first line may be very long.
    """
    with plain.open(encoding="utf-8-sig") as text:
        lines = filter(str.strip, text)
        first, second = next(lines, ""), next(lines, "")
    return bool(second) and _as_record(first) is not None


def _find_separator(head: str) -> str:
    """
    The separator that cuts the heading into most cells; ties go to the comma.
    """

    def cells(separator: str) -> int:
        try:
            return len(next(csv.reader(io.StringIO(head, newline=""), delimiter=separator), []))
        except csv.Error:
            return 0

    return max(SEPARATORS, key=cells)


def _parsed(line: str) -> object:
    try:
        return parse_json(line)
    except (ValueError, RecursionError):
        return DAMAGED


def _first_of(lines: Iterable[str]) -> Iterator[str]:
    """
    Some lines to know a file by: fewer where they are long, for what is in them is kept.
    """
    letters = 0
    for line in islice(lines, 2000):
        yield line
        letters += len(line)
        if letters > _MUCH:
            return


def _as_record(line: str) -> dict[str, object] | None:
    try:
        record = parse_json(line)
    except (ValueError, RecursionError):
        return None
    return record if isinstance(record, dict) else None


def _flat_names(record: object, before: str = "") -> list[str]:
    if not isinstance(record, dict):
        return []
    names: list[str] = []
    for key, value in record.items():
        names.append(before + str(key))
        names.extend(_flat_names(value, f"{before}{key}."))
    return names
