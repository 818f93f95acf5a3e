"""In which language a text is written: Kazakh, Russian or English, by letters first and a model after them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from qulaq.text.addresses import without_addresses
from qulaq.text.commonwords import is_english, is_latin_kazakh, is_ukrainian, side
from qulaq.text.letters import with_own_letters

if TYPE_CHECKING:
    from lingua import LanguageDetector

VERSION = "2"
"""Changes whenever some text would be read otherwise than before."""

# A lone letter says nothing: ":D", "8-B".
_WORD = re.compile(r"[^\W\d_]{2,}")
_KAZAKH = re.compile(r"[әғқңөұүһ]", re.IGNORECASE)
_WITH_KAZAKH = re.compile(r"\b[^\W\d_]*[әғқңөұүһ]\w*", re.IGNORECASE)
_FOREIGN = re.compile(r"[їєґў]", re.IGNORECASE)
_ENOUGH = 3  # One word in so many with a Kazakh letter proves the text Kazakh.
MIXED = 0.25
"""A text is in both Kazakh and Russian from this share of either on."""
_OF_SHARE = {"kk": 1.0, "ru": 0.0}
_CYRILLIC = re.compile(r"[а-яёәғқңөұүһіїєґў]", re.IGNORECASE)
# The model takes the square of a word's length: "ааааа…" of ten thousand letters would hold it up.
_ENDLESS = re.compile(r"(\w{30})\w+")
# What the model needs to decide; its time grows with the text.
_BEGINNING = re.compile(r"\A(.{120}\w*).*", re.DOTALL)
_LAUGHTER = re.compile(r"\b(?:а*(?:[хxh][аaеeиi]+[ -]?){2,}[хxh]*|ло+л|lo+l)\b", re.IGNORECASE)
# What stands alone in thousands of comments and is too short for a model of letter sequences.
_EVERYDAY = {
    **dict.fromkeys(["да", "ура", "мда", "вау", "ага", "угу", "ну", "нет", "ок", "ой"], "ru"),
    **dict.fromkeys(
        ["ия", "иа", "иээ", "жок", "салем", "ким", "оте", "туф", "уят", "рас", "ракмет", "немене"],
        "kk",
    ),
}


@dataclass(frozen=True, slots=True)
class Reading:
    """
    What language a text is in, and which part of it is Kazakh.
    """

    language: str | None
    """"kk", "ru", "en"; "other": words, but of none of the three; None: no words."""
    kazakh: float | None = None
    """
    Of the words that speak for Kazakh or Russian, the share that speaks for Kazakh; None where the text is
    in neither. 1 or 0 where all such words agree, or where the model alone decided.
    """

    @property
    def is_mixed(self) -> bool:
        """
        Whether both languages have a fair part in it: a quarter of the telling words at the least.
        """
        return self.kazakh is not None and MIXED <= self.kazakh <= 1 - MIXED


NO_WORDS, OTHER, ENGLISH = Reading(None), Reading("other"), Reading("en")


def detect_languages(texts: Sequence[str | None]) -> list[str | None]:
    """
    "kk", "ru", "en", "other" (words of none of the three) or None (no words) for each text, in its order.

    >>> detect_languages(["Су қашан болады?", "👍", "Qalaisyz", "Terima kasih", None])
    ['kk', None, 'kk', 'other', None]
    """
    return [one.language for one in read_languages(texts)]


def read_languages(texts: Sequence[str | None]) -> list[Reading]:
    """
    The language and the Kazakh share of each text, in its order.

    Links, e-mail addresses and @handles are not read, nor is laughter. Then, in this order:

    1. No two letters in a row: no words.
    2. A Kazakh letter (ә ғ қ ң ө ұ ү һ) in a third of the words: Kazakh.
    3. No Cyrillic letter: Kazakh or English by their common words (`qulaq.text.commonwords`), else other.
    4. і is Kazakh too, but also Ukrainian and Belarusian: without a letter of rule 2, ї, є, ґ, ў or a word
       that only Ukrainian has means other.
    5. A text of a few everyday words ("да", "салем") is read from a list.
    6. Common words and endings, where at most a third as many speak for the other language.
    7. A model decides the rest between Kazakh and Russian, by the words without a Kazakh letter: these may
       be names in a Russian sentence.

    Limits: other Turkic languages in Cyrillic letters (Kyrgyz, Tatar) are read as Kazakh, other Slavic ones
    without letters of their own and keyboard mashing as whichever is nearer.

    >>> read_languages(["Вода жоқ, когда будет, қашан?"])[0].is_mixed
    True
    """
    read = [NO_WORDS] * len(texts)
    left: list[tuple[int, str, float | None]] = []
    for place, text in enumerate(texts):
        readable = _readable(text) if text else ""
        words = _WORD.findall(readable)
        if not words:
            continue
        known, share = _read_by_rule(readable, words)
        if known:
            read[place] = known
        else:
            left.append((place, _BEGINNING.sub(r"\1", _WITH_KAZAKH.sub(" ", readable)), share))
    asked = _ask([text for _, text, _ in left])
    for (place, _, share), language in zip(left, asked, strict=True):
        read[place] = _reading(language, share)
    return read


def _reading(language: str | None, share: float | None) -> Reading:
    if language not in _OF_SHARE:
        return OTHER
    return Reading(language, _OF_SHARE[language] if share is None else share)


def _readable(text: str) -> str:
    text = _ENDLESS.sub(r"\1", with_own_letters(without_addresses(text)))
    return _LAUGHTER.sub(" ", text)


def _read_by_rule(text: str, words: list[str]) -> tuple[Reading | None, float | None]:
    """
    What the rules tell, and the Kazakh share so far for what they leave to the model.
    """
    if not _CYRILLIC.search(text):
        return _read_latin([word.lower() for word in words]), None
    sides = [side(word) for word in words]
    kazakh, russian = sides.count("kk"), sides.count("ru")
    share = kazakh / (kazakh + russian) if kazakh or russian else None
    lettered = sum(map(bool, map(_KAZAKH.search, words))) if _KAZAKH.search(text) else 0
    if not lettered and (_FOREIGN.search(text) or is_ukrainian(words)):
        return OTHER, share
    if _ENOUGH * lettered >= len(words):
        language = "kk"
    elif said := _everyday(words):
        return _reading(said, None), share
    elif kazakh and kazakh >= _ENOUGH * russian:
        language = "kk"
    elif russian and russian >= _ENOUGH * kazakh:
        language = "ru"
    else:
        return None, share
    return Reading(language, share), share


def _everyday(words: list[str]) -> str | None:
    language = _EVERYDAY.get(words[0].lower())
    if language and all(_EVERYDAY.get(word.lower()) == language for word in words):
        return language
    return None


def _read_latin(words: list[str]) -> Reading:
    if is_english(words):
        return ENGLISH
    return Reading("kk", 1.0) if is_latin_kazakh(words) else OTHER


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

    return LanguageDetectorBuilder.from_languages(Language.KAZAKH, Language.RUSSIAN).build()
