"""Names for questions and choices, made from their texts: Latin letters that SPSS and XLSForm take."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from qulaq.survey.spss import RESERVED

_LONGEST = 28  # of a question; with the name of a choice behind it SPSS takes 64
_LATIN = str.maketrans(
    {
        "а": "a", "ә": "a", "б": "b", "в": "v", "г": "g", "ғ": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z",
        "и": "i", "й": "i", "і": "i", "к": "k", "қ": "q", "л": "l", "м": "m", "н": "n", "ң": "n", "о": "o", "ө": "o",
        "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ұ": "u", "ү": "u", "ф": "f", "х": "h", "һ": "h", "ц": "ts",
        "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "iu", "я": "ia",
    }
)  # fmt: skip
_WORDS = re.compile(r"[a-z0-9]+")


def make_names(texts: Iterable[str], *, default: str, taken: Iterable[str] = ()) -> list[str]:
    """
    A name for each text, unlike all others and those *taken*; a text without letters is called *default*.

    Letters come first: a name of digits alone stays one only where *default* is empty, as codes of a scale may.
    """
    used = {name.upper() for name in taken} | RESERVED
    names = []
    for text in texts:
        name = _free(_spell(text, default), used)
        used.add(name.upper())
        names.append(name)
    return names


def _spell(text: str, default: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LATIN))
    name = ""
    for word in _WORDS.findall(plain):
        if name and len(name) + 1 + len(word) > _LONGEST:
            break
        name = f"{name}_{word}" if name else word[:_LONGEST]
    return name if name and name[0].isalpha() else "_".join(filter(None, (default, name)))


def _free(name: str, used: set[str]) -> str:
    free, n = name, 2
    while free.upper() in used:
        free, n = f"{name}_{n}", n + 1
    return free
