"""Kazakh letters as they should be, and as people type them whose keyboard has none."""

from __future__ import annotations

import re

KAZAKH = "әғқңөұүһі"

# Latin i and h and the schwa of phonetics, within words that are otherwise Cyrillic.
_BORROWED = re.compile(r"(?<=[а-яёәғқңөұүһі])[ihə]|[ihə](?=[а-яёәғқңөұүһі])", re.IGNORECASE)
_MAY_BE_BORROWED = re.compile(r"[ihə]", re.IGNORECASE)
_OWN = {"i": "і", "h": "һ", "ə": "ә"}
_BARE = str.maketrans(KAZAKH + "ё", "агкноуухие")


def with_own_letters(text: str) -> str:
    """
    The text with Kazakh letters where Latin ones of the same look stood, in small letters there.

    >>> with_own_letters("кiм келдi, hi")
    'кім келді, hi'
    """
    if not _MAY_BE_BORROWED.search(text):
        return text
    return _BORROWED.sub(lambda found: _OWN[found[0].lower()], text)


def bare(text: str) -> str:
    """
    The text in small letters of the Russian keyboard alone, so that both ways of typing are alike; ё is е.

    >>> bare("Қашан? кашан?")
    'кашан? кашан?'
    """
    return text.lower().translate(_BARE)
