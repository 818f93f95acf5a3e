"""In which language somebody answered, by a column that says so or by the labels that were chosen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from qulaq.survey.exchange.likeness import alike
from qulaq.survey.questionnaire import UNTOLD, Questionnaire

_NAMES = {
    "kk": ("kk", "kaz", "kz", "kk-kz", "қазақша", "қазақ тілі", "қазақ", "казахский", "на казахском", "kazakh"),
    "ru": ("ru", "rus", "ru-ru", "орысша", "орыс тілі", "орыс", "русский", "на русском", "russian"),
    "en": ("en", "eng", "en-us", "en-gb", "ағылшынша", "ағылшын тілі", "английский", "english"),
}  # fmt: skip
_CODE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8}){0,3}")


def known_languages(questionnaire: Questionnaire) -> Mapping[str, str]:
    """
    The codes of languages by all that a column may call them.
    """
    known = {name: code for code, names in _NAMES.items() for name in names}
    for language in questionnaire.languages:
        known[alike(language.name)] = known[alike(language.code)] = language.code
        known[alike(language.name).partition(" (")[0]] = language.code
    return known


def read_language(cell: str, known: Mapping[str, str]) -> str | None:
    """
    The code that a cell names; what looks like the code of another language stays.
    """
    told = alike(cell)
    return known.get(told) or (told if _CODE.fullmatch(told) else None)


def most_told(labels: Iterable[frozenset[str]], default: str = UNTOLD) -> str:
    """
    The language in which most of the labels are worded, each of which several languages may share; *default* where
    two are equally likely.
    """
    votes: dict[str, int] = {}
    for one in labels:
        for language in one:
            votes[language] = votes.get(language, 0) + 1
    most = max(votes.values(), default=0)
    likeliest = [language for language, n in votes.items() if n == most]
    return likeliest[0] if len(likeliest) == 1 else default
