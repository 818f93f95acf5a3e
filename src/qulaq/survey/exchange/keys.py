"""Respondents' keys, so that the same row is the same respondent whenever its file is added."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Sequence

_LENGTH = 32  # hexadecimal digits, as every respondent's key
_KEY = re.compile(f"[0-9a-f]{{{_LENGTH}}}")


def is_key(text: str) -> bool:
    return _KEY.fullmatch(text) is not None


class Keys:
    """
    The keys of one file's rows; *part* tells files apart whose own ids may be the same.

    By the file's own id where it has one; one that is such a key already, as in Qulaq's own files, stays. Else by
    what stands in the row, under which heading, and how many equal rows came before it: neither the order of rows
    and columns nor a column that was added later makes somebody new.
    """

    def __init__(self, survey: str, *, part: str = "") -> None:
        self._survey = (survey, part) if part else (survey,)
        self._seen: Counter[str] = Counter()

    def of_id(self, own: str) -> str:
        return own if is_key(own) else self._hashed("id", own)

    def of_row(self, told: Sequence[str]) -> str:
        """
        The key of a row without an id, of its headings and filled cells in turn, ordered by heading.
        """
        content = self._hashed("row", *told)
        self._seen[content] += 1
        return self._hashed("equal", content, str(self._seen[content]))

    def _hashed(self, *parts: str) -> str:
        told = "\x1f".join((*self._survey, *parts))
        return hashlib.sha256(told.encode()).hexdigest()[:_LENGTH]
