"""Pages: how they are rendered, and those that tell what went wrong."""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template
from django.utils.cache import add_never_cache_headers
from jinja2 import Environment, StrictUndefined

from qulaq.lang import LANGUAGES, Language, Phrase, Sayable, phrase, say
from qulaq.web.speech import Words, interface_language, wished_language

_STATIC = Path(__file__).parent / "static"


def environment(**options: object) -> Environment:
    """
    Jinja as all pages use it: escaped, and strict about names that nobody gave.
    """
    made = Environment(  # noqa: S701  # Django's backend sets autoescape in the options
        **(options | {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True})  # type: ignore[arg-type]
    )
    made.globals["static"] = static
    return made


@cache
def static(name: str) -> str:
    """
    The address of a file of ours; it changes with the file, so that browsers may keep it for a year.
    """
    mark = hashlib.sha256((_STATIC / name).read_bytes()).hexdigest()[:8]
    return f"/static/{name}?{mark}"


def render(
    request: HttpRequest,
    template: str,
    *,
    language: Language,
    words: Mapping[str, Sayable],
    status: int = 200,
    context: Mapping[str, object] | None = None,
) -> HttpResponse:
    """
    A page in one language; *words* are its phrases by their short names in the template.
    """

    def said(value: object) -> str:
        return say(value, language)

    whole = {
        "lang": language,
        **(context or {}),
        "language": language,
        "words": Words(words, language),
        "say": said,
    }
    return HttpResponse(get_template(template).render(whole, request), status=status)


def not_kept(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """
    The middleware by which no browser and no proxy keeps a page: phones are shared.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response

    return respond


LANGUAGE_NAMES: Mapping[str, str] = {"kk": "Қазақша", "ru": "Русский", "en": "English"}


def tell(
    request: HttpRequest, title: Phrase, text: Sayable, *, status: int, language: str = ""
) -> HttpResponse:
    """
    A page that says one thing, with the other languages one click away.
    """
    spoken = interface_language(language or wished_language(request, LANGUAGES))
    return render(
        request,
        "told.html",
        language=spoken,
        words={},
        status=status,
        context={
            "title": title,
            "text": text,
            "languages": [(code, LANGUAGE_NAMES[code]) for code in LANGUAGES],
            "switch": request.method == "GET",
        },
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return tell(
        request,
        phrase("There is nothing here"),
        phrase("This page does not exist. Check the address, or ask who sent it to you."),
        status=404,
    )


def not_ours(
    request: HttpRequest, exception: Exception | None = None, reason: str = ""
) -> HttpResponse:
    return tell(
        request,
        phrase("This was not accepted"),
        phrase("The form was not sent from our own page, or too long ago. Open the page again."),
        status=403,
    )


def not_understood(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return tell(
        request,
        phrase("This was not understood"),
        phrase(
            "The request is damaged, too large or meant for another address. Open the page again."
        ),
        status=400,
    )


def fault(request: HttpRequest) -> HttpResponse:
    return tell(
        request,
        phrase("Something went wrong on our side"),
        phrase("It is not your fault. Go back and try again in a minute."),
        status=500,
    )


class PlainFormatter(logging.Formatter):
    """
    One line for a fault; its traceback only where QULAQ_DEBUG asks for it.
    """

    def format(self, record: logging.LogRecord) -> str:
        if os.environ.get("QULAQ_DEBUG"):
            return super().format(record)
        error = record.exc_info[1] if record.exc_info else None
        return record.getMessage() + (f": {type(error).__name__}: {error}" if error else "")
