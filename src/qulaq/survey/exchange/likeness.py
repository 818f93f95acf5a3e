"""When two wordings count as the same: a heading and a question, a cell and the label of a choice."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_TAG = re.compile(r"</?[a-z][^<>]{0,200}>")
_DASHES = re.compile(r"[‐‑‒–—−]")
_QUOTES = re.compile(r"[«»“”„‟″]")
_APOSTROPHES = re.compile(r"[‘’ʼ`´]")
_RANGE = re.compile(r"(?<=\d)\s*-\s*(?=\d)")
_BLANKS = re.compile(r"\s+")
_NUMBERED = re.compile(r"\d{1,3}\s*[.)]\s*")
_AROUND = " .:?!;,…*"


@lru_cache(maxsize=100_000)
def alike(text: str) -> str:
    """
    One spelling for all that differ in case, blanks, dashes, quotation marks, HTML tags and punctuation at the ends.
    """
    text = unicodedata.normalize("NFKC", text).casefold()
    text = _QUOTES.sub('"', _DASHES.sub("-", _TAG.sub(" ", text)))
    text = _RANGE.sub("-", _APOSTROPHES.sub("'", text))
    return _BLANKS.sub(" ", text).strip(_AROUND)


def without_number(text: str) -> str:
    """
    The wording without the number that a form put before it: "3. How old are you?".
    """
    return _NUMBERED.sub("", text, count=1) if _NUMBERED.match(text) else text
