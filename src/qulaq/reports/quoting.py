"""Words of others, made safe to print: masked, shortened, without invisible controls."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

from qulaq.text.masking import mask

LONGEST = 200
_READ = 1_000  # masking may shorten a text, so more is read than is printed
# Overrides and embeddings of direction: they would turn about what stands after them.
_TURNS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c]")


def quote_text(text: str, *, longest: int = LONGEST) -> str:
    """
    The beginning of a text on one line, personal data masked, cut at a word.
    """
    masked = mask(" ".join(_TURNS.sub("", text[:_READ]).split()))
    plain = "".join(letter for letter in masked if not _is_control(letter))
    if len(plain) <= longest and len(text) <= _READ:
        return plain
    return _cut(plain, longest) + "…"


def _is_control(letter: str) -> bool:
    return unicodedata.category(letter) in ("Cc", "Cs", "Cn", "Co")


def _cut(text: str, longest: int) -> str:
    """
    At the last space, unless the word before it would be most of the text.
    """
    if len(text) <= longest:
        return text
    end = text.rfind(" ", longest // 2, longest + 1)
    cut = text[:end] if end > 0 else text[:longest]
    return _whole_signs(cut).rstrip(" ,.;:–—-")


def _whole_signs(text: str) -> str:
    """
    Without a joiner at the end that waits for the rest of an emoji.
    """
    return text.rstrip("\u200d\ufe0f")


def web_address(link: str) -> str:
    """
    The link if it leads to the web, else nothing.
    """
    try:
        parts = urlsplit(link.strip())
    except ValueError:
        return ""
    return link.strip() if parts.scheme in ("http", "https") and parts.netloc else ""
