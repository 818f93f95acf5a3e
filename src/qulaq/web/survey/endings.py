"""The last pages: thanks, with the results so far where the operator wants it, and a kind word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.cache import cache
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from qulaq.lang import Language
from qulaq.lang.formats import share
from qulaq.survey.questionnaire import Question
from qulaq.web.pages import render
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
    language = choose_language(request, door)
    spoken = choose_interface(request, language)
    return _end(
        request,
        door,
        "thanks.html",
        notes=[one.label.to(language) for one in door.closing_notes()],
        results=[_said(one, language, spoken) for one in _results(door)],
    )


@require_safe
def excused(request: HttpRequest, name: str) -> HttpResponse:
    """
    A kind word to whom the survey is not for.
    """
    return _end(request, find_door(name), "excused.html")


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
            **context,
        },
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """
    What was answered to one question of a list.
    """

    question: Question
    n: int
    counts: Counter[str]


def _results(door: Door) -> list[Result]:
    if not door.here.survey.results:
        return []
    key = f"results.{door.here.survey.name}.{door.here.survey.pilot}"
    counted: list[tuple[str, int, Counter[str]]] | None = cache.get(key)
    if counted is None:
        try:
            counted = list(_count(door))
        except DatabaseError:
            return []  # thanks are due all the same
        cache.set(key, counted, _FRESH)
    by_name = door.questionnaire.by_name
    return [
        Result(question=by_name[name], n=n, counts=counts)
        for name, n, counts in counted
        if n >= FEWEST
    ]


def _count(door: Door) -> Iterator[tuple[str, int, Counter[str]]]:
    listed = [one.name for one in door.questionnaire.questions if one.choices]
    n, counts = Counter[str](), {name: Counter[str]() for name in listed}
    for response in door.here.responses.read(pilot=door.here.survey.pilot):
        for name in listed:
            answer = response.answers.get(name)
            if answer is not None:
                n[name] += 1
                counts[name].update([answer] if isinstance(answer, str) else answer)
    for name in listed:
        yield name, n[name], counts[name]


def _said(result: Result, language: str, spoken: Language) -> dict[str, object]:
    choices = result.question.choices
    return {
        "question": result.question.label.to(language),
        "n": result.n,
        "rows": [
            (
                one.label.to(language),
                share(result.counts[one.name] / result.n, spoken),
                round(100 * result.counts[one.name] / result.n),
            )
            for one in (choices.choices if choices else ())
            if result.counts[one.name]
        ],
    }
