"""
What a language model was told and answered, kept beside the study's raw answers: JSON lines, packed, a member each, so
that what was answered before an interruption can be read.

Texts are not in it: a unit's text is masked and sent as `prompt.to_send` does, and lies in the corpus.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from qulaq.text.masking import mask

_MOST = 500
"""Characters of an answer that are kept: one that is right has some twenty."""


class Transcript:
    """
    The answers of one model asked in the same words, by unit.
    """

    def __init__(self, file: Path, about: Mapping[str, object]) -> None:
        self.file = file
        self._about = about
        self.answers: dict[tuple[str, str], str] = {}
        """By unit and digest of what was sent: a text that changed is asked anew."""
        lines = list(_read(file))
        for one in lines:
            if "unit" in one:
                self.answers[one["unit"], one["sent"]] = one["raw"]
        if (
            file.exists()
        ):  # a line that an interruption cut is left out, for nothing could follow it
            _write(file, lines)

    def find(self, unit: str, sent: str) -> str | None:
        return self.answers.get((unit, _digest(sent)))

    def keep(self, unit: str, sent: str, raw: str, *, code: str | None) -> None:
        """
        Write an answer down at once; personal data that the model repeats is masked.
        """
        raw, digest = mask(raw)[:_MOST], _digest(sent)
        self.file.parent.mkdir(parents=True, exist_ok=True)
        if not self.file.exists():
            self.file.write_bytes(_packed(self._about))
        told = {"unit": unit, "sent": digest, "raw": raw, "code": code}
        with self.file.open("ab") as stream:
            stream.write(_packed(told))
        self.answers[unit, digest] = raw


def forget_answers(folder: Path, units: Collection[str]) -> None:
    """
    Erase from all transcripts in that folder what was answered of these units.
    """
    for file in sorted(folder.glob("*.jsonl.gz")):
        lines = list(_read(file))
        left = [one for one in lines if one.get("unit") not in units]
        if len(left) < len(lines):
            _write(file, left)


def _digest(sent: str) -> str:
    return hashlib.sha256(sent.encode()).hexdigest()[:16]


def _packed(line: Mapping[str, object]) -> bytes:
    return gzip.compress((json.dumps(line, ensure_ascii=False) + "\n").encode(), mtime=0)


def _read(file: Path) -> Iterator[dict[str, str]]:
    if not file.exists():
        return
    with gzip.open(file, "rt", encoding="utf-8") as stream:
        try:
            for line in stream:
                yield json.loads(line)
        except (EOFError, OSError, ValueError, zlib.error):
            return


def _write(file: Path, lines: Collection[Mapping[str, object]]) -> None:
    unfinished = file.with_name(f"{file.name}.part")
    unfinished.write_bytes(b"".join(map(_packed, lines)))
    unfinished.replace(file)
