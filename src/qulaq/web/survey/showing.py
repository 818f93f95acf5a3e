"""A screen as a page."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse

from qulaq.lang import Phrase
from qulaq.survey.answers import LONGEST_TEXT, Answers, Settled, Told
from qulaq.survey.days import reminder
from qulaq.survey.questionnaire import Screen
from qulaq.web.pages import render
from qulaq.web.survey.fields import make_fields
from qulaq.web.survey.visits import Visit
from qulaq.web.survey.words import WORDS


def last_asking(settled: Settled) -> int:
    """
    The number of the last screen on which something is asked; notes after it are said with the thanks.
    """
    asking = [one.number for one in settled.screens if any(q.is_asked for q in settled.on(one))]
    return asking[-1] if asking else len(settled.questionnaire.screens)


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
    asking = [one for one in settled.screens if one.number <= last_asking(settled)]
    step = sum(one.number <= screen.number for one in asking)
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
                [one for one in settled.on(screen) if one not in door.closing_notes()],
                language=language,
                problems=problems or {},
                sought=sought or {},
            ),
            "action": f"{door.path}{screen.number}/",
            "token": visit.signed,
            "step": step,
            "of": len(asking),
            "is_first": step <= 1,
            "is_last": screen.number >= last_asking(settled),
            "languages": door.here.languages,
            "pilot": visit.token.pilot,
            "reminder": reminder(door.here.survey, door.here.today()),
            "notice": notice,
            "begun": step <= 1 and visit.partial is not None,
            "anew": f"{door.path}?new&lang={language}",
            "longest": LONGEST_TEXT,
        },
    )
