"""Ids of posts and comments: those that stand in addresses, and those that platforms pack into others."""

from __future__ import annotations

import base64
import binascii
import re
from urllib.parse import parse_qs, urlsplit

_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_IN_ADDRESS = re.compile(
    r"instagram\.com/(?:[^/?#]+/)?(?:p|reel|reels|tv)/([A-Za-z0-9_-]+)", re.IGNORECASE
)
_LONGEST_KEY = 20  # digits of a number of 64 bits
_PACKED = re.compile(r"(?:comment|feedback):(?:(\d+)_)?(\d+)")


def shortcode_of(key: str | None) -> str | None:
    """
    The shortcode of Instagram (or Threads) for the numeric key of a post: the key written in base 64.

    "key_owner" counts as the key. None where it is no such number. (An id of the Graph API is another
    number, from which no shortcode follows.)

    >>> shortcode_of("64")
    'BA'
    """
    digits = (key or "").partition("_")[0]
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= _LONGEST_KEY):
        return None
    number, letters = int(digits), ""
    while number:
        number, letter = divmod(number, len(_ALPHABET))
        letters = _ALPHABET[letter] + letters
    return letters or None


def shortcode_in(address: str | None) -> str | None:
    """
    The shortcode in the address of a post of Instagram.

    >>> shortcode_in("https://www.instagram.com/town_akimat/reel/C1a_b-2/?hl=kk")
    'C1a_b-2'
    """
    found = _IN_ADDRESS.search(address or "")
    return found[1] if found else None


def unpacked(packed: str | None) -> tuple[str | None, str | None]:
    """
    What Facebook packs in base 64: "comment:POST_COMMENT" as post and comment, "feedback:POST" as post alone.

    >>> unpacked("Y29tbWVudDo4MDFfNTU1")
    ('801', '555')
    """
    try:
        told = base64.b64decode((packed or "").encode("ascii"), validate=True).decode("ascii")
    except (ValueError, binascii.Error):
        return None, None
    found = _PACKED.fullmatch(told)
    if not found:
        return None, None
    return (found[1], found[2]) if found[1] else (found[2], None)


def comment_in(address: str | None) -> tuple[str | None, str | None]:
    """
    Of the address of a comment on Facebook the comment's own id and that of the one that it answers.

    >>> comment_in("https://www.facebook.com/town/posts/801?comment_id=555&reply_comment_id=556")
    ('556', '555')
    """
    try:
        asked = parse_qs(urlsplit(address or "").query)
    except ValueError:
        return None, None
    above, own = (_last(asked.get(key, [])) for key in ("comment_id", "reply_comment_id"))
    return (own, above) if own else (above, None)


def _last(values: list[str]) -> str | None:
    """
    The comment of "POST_COMMENT", plain or packed.
    """
    told = values[0] if values else ""
    return unpacked(told)[1] or told.rpartition("_")[2] or None
