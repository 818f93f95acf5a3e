"""A text that exists in Kazakh, Russian and English, and the choice among the three."""

from __future__ import annotations

import locale
import os
from dataclasses import dataclass
from typing import Literal, get_args

Language = Literal["kk", "ru", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """
    A text in all three languages; a forgotten translation does not construct.
    """

    kk: str
    ru: str
    en: str

    def __post_init__(self) -> None:
        for language in LANGUAGES:
            if not getattr(self, language).strip():
                raise ValueError(f"a Text lacks its {language} wording: {self}")

    @classmethod
    def same(cls, text: str) -> Text:
        """
        A name that is written alike in all three languages.
        """
        return cls(kk=text, ru=text, en=text)

    def to(self, language: Language) -> str:
        wording: str = getattr(self, language)
        return wording

    def __str__(self) -> str:
        return self.en


def as_language(code: str) -> Language | None:
    """
    The language of a code such as "kk", "ru_RU.UTF-8" or "en-GB"; None for any other.
    """
    start = code.replace("-", "_").partition("_")[0].partition(".")[0].lower()
    return next((language for language in LANGUAGES if language == start), None)


def preferred_language() -> Language:
    """
    The language of the person at the keyboard: QULAQ_LANG, else the system's, else English.
    """
    for name in ("QULAQ_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return as_language(os.environ[name]) or "en"
    return as_language(locale.getlocale()[0] or "") or "en"
