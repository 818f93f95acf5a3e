"""Why somebody cannot answer, or not now: pages that say so."""

from __future__ import annotations

import logging

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from qulaq.lang import Phrase, phrase
from qulaq.survey.days import is_open, why_closed
from qulaq.web.pages import tell
from qulaq.web.survey.visits import Door, choose_interface, choose_language

_log = logging.getLogger("django.qulaq")


def find_closed(request: HttpRequest, door: Door) -> HttpResponse | None:
    """
    The page of a survey that is not open today; None where it is.
    """
    survey, today = door.here.survey, door.here.today()
    if is_open(survey, today):
        return None
    language = choose_interface(request, choose_language(request, door))
    why = why_closed(survey, today, language)
    return _refuse(
        request, door, phrase("The survey is closed"), why or phrase("Come again later.")
    )


def nothing_to_ask(request: HttpRequest, door: Door) -> HttpResponse:
    """
    The page of a form of which every question is hidden, as one may be until some day.
    """
    return _refuse(request, door, phrase("The survey is closed"), phrase("Come again later."))


def uninvited(request: HttpRequest, door: Door) -> HttpResponse:
    return _refuse(
        request,
        door,
        phrase("This survey is by invitation"),
        phrase("Your link holds no invitation, or somebody answered with it already."),
    )


def out_of_date(request: HttpRequest, door: Door) -> HttpResponse:
    """
    The page for a token that is forged, damaged or too old.
    """
    return _refuse(
        request,
        door,
        phrase("This form is out of date"),
        phrase(
            "It was opened more than a week ago, or its address was changed. Open the link again."
        ),
    )


def unreadable(request: HttpRequest, door: Door, error: DatabaseError) -> HttpResponse:
    """
    The page for a moment at which the store gives no answer.
    """
    _log.error("the answers cannot be read: %s", error)
    return _refuse(
        request,
        door,
        phrase("Your answers cannot be read at this moment"),
        phrase("What you sent before is kept. Open this page again in a minute."),
        status=503,
    )


def _refuse(
    request: HttpRequest, door: Door, title: Phrase, text: Phrase, *, status: int = 403
) -> HttpResponse:
    language = choose_interface(request, choose_language(request, door))
    return tell(request, title, text, status=status, language=language)
