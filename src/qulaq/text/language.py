"""In which language a text is written: Kazakh, Russian or English, by letters first and a model after them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from qulaq.text.addresses import without_addresses
from qulaq.text.letters import with_own_letters

if TYPE_CHECKING:
    from lingua import LanguageDetector

VERSION = "1"
"""Changes whenever some text would be read otherwise than before."""

# A lone letter says nothing: ":D", "8-B".
_WORD = re.compile(r"[^\W\d_]{2,}")
_KAZAKH = re.compile(r"[әғқңөұүһ]", re.IGNORECASE)
_WITH_KAZAKH = re.compile(r"\b[^\W\d_]*[әғқңөұүһ]\w*", re.IGNORECASE)
_FOREIGN = re.compile(r"[їєґў]", re.IGNORECASE)
_ENOUGH = 3  # One word in so many with a Kazakh letter proves the text Kazakh.
# The model takes the square of a word's length: "ааааа…" of ten thousand letters would hold it up.
_ENDLESS = re.compile(r"(\w{30})\w+")
_LAUGHTER = re.compile(r"\b(?:а*(?:[хxh][аaеeиi]+[ -]?){2,}[хxh]*|ло+л|lo+l)\b", re.IGNORECASE)
# What stands alone in thousands of comments and is too short for a model of letter sequences.
_EVERYDAY = {
    **dict.fromkeys(["да", "ура", "мда", "вау", "ага", "угу", "ну", "нет", "ок", "ой"], "ru"),
    **dict.fromkeys(
        ["ия", "иа", "иээ", "жок", "салем", "ким", "оте", "туф", "уят", "рас", "ракмет", "немене"],
        "kk",
    ),
}


def detect_languages(texts: Sequence[str | None]) -> list[str | None]:
    """
    "kk", "ru", "en" or None (no words, or none of the three) for each text, in its order.

    Links, e-mail addresses and @handles are not read. Then, in this order:

    1. No two letters in a row: None.
    2. A Kazakh letter (ә ғ қ ң ө ұ ү һ) in a third of the words: kk. Where there are fewer, as names in
       a Russian sentence, the model decides by the other words.
    3. і is Kazakh too, but also Ukrainian and Belarusian: it leaves the text to the model, and a text
       without a letter of rule 2 that has ї, є, ґ or ў is none of the three.
    4. Laughter is no language, and a text of a few everyday words ("да", "салем") is read from a list: the
       model guesses at these.
    5. The model decides between the three, Kazakh typed on a Russian keyboard included.

    Limits: Kazakh in Latin letters is read as English; other Turkic languages that share those letters
    (Kyrgyz, Tatar) as Kazakh; Ukrainian whose only letter of its own is і, too.

    >>> detect_languages(["Су қашан болады?", "👍", None])
    ['kk', None, None]
    """
    read: list[str | None] = [None] * len(texts)
    left: list[tuple[int, str]] = []
    for place, text in enumerate(texts):
        words = _readable(text) if text else ""
        if not _WORD.search(words):
            continue
        if known := _read_by_rule(words):
            read[place] = known
        elif _KAZAKH.search(words) or not _FOREIGN.search(words):
            left.append((place, _WITH_KAZAKH.sub(" ", words)))
    for (place, _), language in zip(left, _ask([words for _, words in left]), strict=True):
        read[place] = language
    return read


def _readable(text: str) -> str:
    text = _ENDLESS.sub(r"\1", with_own_letters(without_addresses(text)))
    return _LAUGHTER.sub(" ", text)


def _read_by_rule(text: str) -> str | None:
    if _is_kazakh(text):
        return "kk"
    said = {_EVERYDAY.get(word.lower()) for word in _WORD.findall(text)}
    return said.pop() if len(said) == 1 else None


def _is_kazakh(text: str) -> bool:
    if not _KAZAKH.search(text):
        return False
    words = _WORD.findall(text)
    return _ENOUGH * sum(bool(_KAZAKH.search(word)) for word in words) >= len(words)


def _ask(texts: list[str]) -> list[str | None]:
    if not texts:
        return []
    found = _model().detect_languages_in_parallel_of(texts)
    return [language.iso_code_639_1.name.lower() if language else None for language in found]


@cache
def _model() -> LanguageDetector:
    """
    Built once, where a text needs it: its tables take a moment to load.
    """
    from lingua import Language, LanguageDetectorBuilder

    return LanguageDetectorBuilder.from_languages(
        Language.KAZAKH, Language.RUSSIAN, Language.ENGLISH
    ).build()
