"""In which language a page speaks, and its words in that language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.http import HttpRequest
from django.utils.translation.trans_real import parse_accept_lang_header

from qulaq.lang import LANGUAGES, Language, Sayable, as_language, say


def wished_language(request: HttpRequest, among: Sequence[str]) -> str:
    """
    The language asked for in the address (`?lang=kk`), else the first one that the browser wants.

    The first of *among* where neither names one of them.
    """
    asked = request.GET.get("lang", "")
    accepted = parse_accept_lang_header(request.headers.get("Accept-Language", "").lower())
    wishes = [asked.lower(), *(code for code, _ in accepted)]
    for wish in wishes:
        for language in among:
            if wish.partition("-")[0] == language.lower().partition("-")[0]:
                return language
    return among[0]


def interface_language(language: str) -> Language:
    """
    The language of our own words on a page whose questions are in *language*.
    """
    return as_language(language) or "en"


def speaks(request: HttpRequest) -> Language:
    """
    The language of the pages for those who work on the study; a choice stays for the session.
    """
    asked = as_language(request.GET.get("lang", ""))
    if asked is not None:
        request.session["lang"] = asked
        return asked
    kept = as_language(str(request.session.get("lang", "")))
    return kept or interface_language(wished_language(request, LANGUAGES))


class Words:
    """
    Phrases under short names, said in one language: `words.next` in a template.
    """

    def __init__(self, phrases: Mapping[str, Sayable], language: Language) -> None:
        self._phrases = phrases
        self._language = language

    def __getitem__(self, name: str) -> str:
        return say(self._phrases[name], self._language)
