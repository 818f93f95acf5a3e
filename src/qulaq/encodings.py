"""In which encoding a file of text is: as this country writes them, UTF-8, Windows-1251 or KZ-1048."""

from __future__ import annotations

import codecs
import struct
from pathlib import Path

import pyarrow as pa

BOMS_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CHUNK = 1 << 20


def find_encoding(file: Path, head: bytes) -> str | None:
    """
    The encoding as Python calls it; *head* is how the file begins. None where none of those known gives words.

    Tried in turn: a byte order mark, UTF-8, Windows-1251.
    """
    if head.startswith(BOMS_16):
        encoding = "utf-16"
    elif head.startswith(codecs.BOM_UTF8):
        encoding = "utf-8-sig"  # DuckDB takes the mark before JSON lines for a broken line
    elif _is_utf8(file):
        return "utf-8"
    else:
        encoding = _find_one_byte_encoding(head)
    return encoding if _decodes(file, encoding) and _reads_well(head, encoding) else None


def _is_utf8(file: Path) -> bool:
    """
    Whether the whole file is text in UTF-8. Arrow looks several times as fast as Python decodes.
    """
    buffer, left = bytearray(_CHUNK), 0
    with file.open("rb") as stream, memoryview(buffer) as room:
        while read := stream.readinto(room[left:]):
            end = left + read
            whole = _end_of_whole_letters(buffer, end)
            if buffer.find(b"\x00", 0, end) >= 0 or not _is_valid(buffer, whole):
                return False
            buffer[: end - whole], left = buffer[whole:end], end - whole
    return _is_valid(buffer, left)


def _end_of_whole_letters(text: bytearray, end: int) -> int:
    """
    Where the last letter begins if it may be cut off: with a byte from 0xC0 up, of four at most.
    """
    for place in range(end - 1, max(end - 4, -1), -1):
        if text[place] >= 0xC0:  # noqa: PLR2004
            return place
    return end


def _is_valid(text: bytearray, end: int) -> bool:
    ends = pa.py_buffer(struct.pack("ii", 0, end))
    try:
        pa.Array.from_buffers(pa.string(), 1, [None, ends, pa.py_buffer(text)]).validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _decodes(file: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with file.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                if "\x00" in decoder.decode(chunk):
                    return False
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _find_one_byte_encoding(head: bytes) -> str:
    """
    Windows-1251, or KZ-1048, which has Kazakh letters where the other has Serbian and Belarusian ones.
    """
    cyrillic = head.decode("cp1251", errors="ignore")
    return "kz1048" if any(letter in cyrillic for letter in "јЈќЌўЎѕЅ") else "cp1251"


def _reads_well(head: bytes, encoding: str) -> bool:
    """
    Whether a guessed encoding gives words: KOI8-R read as Windows-1251 turns its small letters into capitals.
    What a byte order mark tells is no guess.
    """
    if encoding.startswith("utf"):
        return True
    strange = [char for char in head.decode(encoding, errors="ignore") if char > "\x7f"]
    small = sum("а" <= char <= "я" or char == "ё" for char in strange)
    capital = sum("А" <= char <= "Я" or char == "Ё" for char in strange)
    return small + capital >= len(strange) / 2 and small >= capital
