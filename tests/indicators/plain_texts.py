"""
What is told of texts so plain that nobody can doubt it: short ones, in one language each.
"""

from __future__ import annotations

import re


def language(text: str | None) -> str | None:
    """
    Kazakh where a letter of its own stands, else Russian where there are letters of it.
    """
    said = re.sub(r"@\S+", "", text or "").lower()
    if re.search("[әғқңөұүһі]", said):
        return "kk"
    return "ru" if re.search("[а-яё]", said) else None


def words(text: str) -> str:
    """
    The words in small letters, without those that name somebody.
    """
    return " ".join(re.findall(r"[^\W_]+", re.sub(r"@\S+", "", text).lower()))


def words_of_post(text: str | None) -> str:
    """
    The words in small letters, without hashtags and links.
    """
    return words(re.sub(r"#\S+|https?://\S+", "", text or ""))
