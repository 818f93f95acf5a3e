"""The last pages: thanks, with the results so far where the operator wants it, and a kind word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.cache import cache
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from qulaq.lang import Language
from qulaq.lang.formats import share
from qulaq.survey.describe import describe
from qulaq.survey.sample import gather
from qulaq.web.pages import render
from qulaq.web.survey.tokens import COOKIE, read_ending
from qulaq.web.survey.visits import Door, choose_interface, choose_language, find_door
from qulaq.web.survey.words import WORDS

FEWEST = 20  # answers to a question below which its results are not shown
_FRESH = 60  # seconds for which results are not counted anew


@require_safe
def thanks(request: HttpRequest, name: str) -> HttpResponse:
    """
    That the answers are stored; reached only after they are.
    """
    door = find_door(name)
    if elsewhere := _lead_away(request, door, "thanks"):
        return elsewhere
    language = choose_language(request, door)
    spoken = choose_interface(request, language)
    return _end(
        request,
        door,
        "thanks.html",
        notes=[one.label.to(language) for one in door.closing_notes()],
        results=[_said(one, door, language, spoken) for one in _results(door)],
    )


@require_safe
def excused(request: HttpRequest, name: str) -> HttpResponse:
    """
    A kind word to whom the survey is not for.
    """
    door = find_door(name)
    return _lead_away(request, door, "excused") or _end(request, door, "excused.html")


def _lead_away(request: HttpRequest, door: Door, page: str) -> HttpResponse | None:
    """
    To the survey, for who was not led to this page: its address may have been passed on. To its clean address, for
    whose browser took the mark.
    """
    language = choose_language(request, door)
    told, kept = request.GET.get("ended", ""), request.COOKIES.get(COOKIE, "")
    ending = read_ending(told or kept, survey=door.here.survey.name)
    if ending is None or ending.page != page:
        return HttpResponseRedirect(f"{door.path}?lang={language}")
    return HttpResponseRedirect(door.address_of(ending)) if told and told == kept else None


def _end(request: HttpRequest, door: Door, template: str, **context: object) -> HttpResponse:
    language = choose_language(request, door)
    return render(
        request,
        template,
        language=choose_interface(request, language),
        words=WORDS,
        context={
            "lang": language,
            "title": door.here.title(language),
            "languages": door.here.languages,
            "path": door.path,
            "ended": request.GET.get("ended", ""),
            **context,
        },
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """
    What was answered to one question of a list: percentages of the n who answered it, by code.
    """

    question: str
    n: int
    percents: tuple[tuple[str, float], ...]


def _results(door: Door) -> list[Result]:
    if not door.here.survey.results:
        return []
    key = f"results.{door.here.survey.name}.{door.here.survey.pilot}"
    counted: list[Result] | None = cache.get(key)
    if counted is None:
        try:
            counted = list(_count(door))
        except DatabaseError:
            return []  # thanks are due all the same
        cache.set(key, counted, _FRESH)
    return counted


def _count(door: Door) -> Iterator[Result]:
    responses = door.here.responses.read(pilot=door.here.survey.pilot)
    described = describe(gather(door.questionnaire, responses), today=door.here.today())
    for one in described.questions:
        if one.answers and one.valid >= FEWEST:
            given = tuple((answer.code, answer.percent) for answer in one.answers if answer.n)
            yield Result(question=one.question.name, n=one.valid, percents=given)


def _said(result: Result, door: Door, language: str, spoken: Language) -> dict[str, object]:
    question = door.questionnaire.by_name[result.question]
    labels = question.choices.by_name if question.choices else {}
    return {
        "question": question.label.to(language),
        "n": result.n,
        "rows": [
            (labels[code].label.to(language), share(percent / 100, spoken), round(percent))
            for code, percent in result.percents
            if code in labels
        ],
    }
