"""
The three languages: texts that exist in each, phrases looked up in catalogues, numbers and dates.

    Text(kk="есеп", ru="отчёт", en="report").to("kk")
    phrase("{file} is empty.", file="page.csv").to("ru")
"""

from __future__ import annotations

from qulaq.lang.phrases import Phrase, Sayable, phrase, phrases, say
from qulaq.lang.texts import LANGUAGES, Language, Text, as_language, preferred_language

__all__ = [
    "LANGUAGES",
    "Language",
    "Phrase",
    "Sayable",
    "Text",
    "as_language",
    "phrase",
    "phrases",
    "preferred_language",
    "say",
]
