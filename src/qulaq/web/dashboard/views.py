"""How the survey goes, and its answers to take away."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST, require_safe

from qulaq.lang import Language
from qulaq.lang.formats import day
from qulaq.survey.days import reminder, why_closed
from qulaq.survey.questionnaire import Questionnaire
from qulaq.survey.responses import Tally
from qulaq.web.accounts.rights import for_owners, for_readers_of_answers, for_users
from qulaq.web.dashboard.downloads import FORMS, write_answers
from qulaq.web.dashboard.words import WORDS
from qulaq.web.inside import show
from qulaq.web.served import Served, served
from qulaq.web.speech import speaks


@require_safe
def door(request: HttpRequest) -> HttpResponse:
    """
    The bare address: the overview for users, the survey for everybody else.
    """
    if request.user.is_authenticated:
        return overview(request)
    here = served()
    if here.questionnaire is None:
        raise Http404
    return HttpResponseRedirect(f"/s/{here.survey.name}/")


@for_users
def overview(request: HttpRequest) -> HttpResponse:
    """
    Responses per day, language and channel, and where people leave; of trials where the address says `?pilot=1`.
    """
    here = served()
    if here.questionnaire is None:
        return show(request, "overview.html", words=WORDS, tally=None)
    language = speaks(request)
    trial = "pilot" in request.GET
    tally = here.responses.tally(here.zone, pilot=trial)
    return show(
        request,
        "overview.html",
        words=WORDS,
        tally=tally,
        days=[(day(one, language), n) for one, n in _all_days(tally)],
        by_language=_named_languages(here, tally),
        by_channel=_named_channels(tally, language),
        screens=list(_drop_off(here.questionnaire, tally, language)),
        trial=trial,
        pilot=here.survey.pilot,
        pilot_n=here.responses.tally(here.zone, pilot=True).n,
        state=_state(here, language),
        survey=here.survey.name,
        forms=FORMS,
    )


def _all_days(tally: Tally) -> Iterator[tuple[date, int]]:
    """
    Every day from the first response to the last: one on which nobody answered is told too.
    """
    if not tally.by_day:
        return
    first, last = min(tally.by_day), max(tally.by_day)
    for after in range((last - first).days + 1):
        one = first + timedelta(days=after)
        yield one, tally.by_day.get(one, 0)


def _named_languages(here: Served, tally: Tally) -> list[tuple[str, int]]:
    names = dict(here.languages)
    return [(names.get(code, code), n) for code, n in tally.by_language.items()]


def _named_channels(tally: Tally, language: Language) -> list[tuple[str, int]]:
    unknown = WORDS["not_told"].to(language)
    return [(channel or unknown, n) for channel, n in tally.by_channel.items()]


def _state(here: Served, language: Language) -> object:
    today = here.today()
    return why_closed(here.survey, today, language) or reminder(here.survey, today)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """
    A screen: how many came so far, and how many of them left there.
    """

    number: int
    label: str
    reached: int
    left: int


def _drop_off(questionnaire: Questionnaire, tally: Tally, language: Language) -> Iterator[Reached]:
    left = [tally.left_at.get(screen.number, 0) for screen in questionnaire.screens]
    still_there = [tally.n + n for n in accumulate(reversed(left))][::-1]
    labels = Counter(screen.label.to(language) for screen in questionnaire.screens)
    for screen, reached, n in zip(questionnaire.screens, still_there, left, strict=True):
        asked = [one.label.to(language) for one in screen.questions if one.is_asked]
        if asked:
            label = screen.label.to(language)
            # Screens of one group are told apart by what they ask first.
            parts = [label, asked[0]] if labels[label] > 1 or not label else [label]
            told = ": ".join(filter(None, parts))
            yield Reached(number=screen.number, label=told, reached=reached, left=n)


@for_readers_of_answers
@require_safe
def answers(request: HttpRequest, form: str) -> HttpResponse:
    """
    The answers as a file: csv, xlsx or jsonl; pilot ones where the address says `?pilot=1`.
    """
    here = served()
    if here.questionnaire is None or form not in FORMS:
        raise Http404
    responses = here.responses.read(pilot="pilot" in request.GET)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"{here.survey.name}-answers.{form}"
        write_answers(here.questionnaire, responses, file=file, form=form)
        content = file.read_bytes()
    response = HttpResponse(content, content_type=FORMS[form])
    response["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return response


@for_owners
@require_POST
def forget_pilot(request: HttpRequest) -> HttpResponse:
    served().responses.forget_pilot()
    return HttpResponseRedirect("/")
