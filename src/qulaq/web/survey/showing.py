"""A screen as a page."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse

from qulaq.lang import Phrase
from qulaq.survey.answers import LONGEST_TEXT, Answers, Told
from qulaq.survey.days import reminder
from qulaq.survey.questionnaire import Screen
from qulaq.web.pages import render
from qulaq.web.survey.fields import make_fields
from qulaq.web.survey.visits import Visit
from qulaq.web.survey.words import WORDS


def show_screen(
    request: HttpRequest,
    visit: Visit,
    screen: Screen,
    *,
    answers: Answers,
    problems: Mapping[str, Told] | None = None,
    sought: Mapping[str, str] | None = None,
    notice: Phrase | None = None,
    status: int = 200,
) -> HttpResponse:
    """
    The screen with what was answered, and what is wrong with it.
    """
    door, language = visit.door, visit.language
    settled = door.settle(answers)
    last, closing = door.last_screen(settled), door.closing_notes()
    numbers = [one.number for one in settled.screens if one.number <= last]
    step = sum(number <= screen.number for number in numbers)
    return render(
        request,
        "screen.html",
        language=visit.spoken,
        words=WORDS,
        status=status,
        context={
            "lang": language,
            "title": door.here.title(language),
            "heading": settled.fill(screen.label, language),
            "fields": make_fields(
                settled,
                [one for one in settled.on(screen) if one not in closing],
                language=language,
                problems=problems or {},
                sought=sought or {},
            ),
            "action": f"{door.path}{screen.number}/",
            "token": visit.signed,
            "layout": door.layout,
            "step": step,
            "of": len(numbers),
            "is_first": step <= 1,
            "is_last": screen.number >= last,
            "languages": door.here.languages,
            "pilot": visit.token.pilot,
            "reminder": reminder(door.here.survey, door.here.today()),
            "notice": notice,
            "begun": step <= 1 and visit.partial is not None,
            "anew": f"{door.path}?new&lang={language}",
            "longest": LONGEST_TEXT,
        },
    )
