"""
A screen that was sent: read, checked, kept, and where it leads.

What the browser sends is believed in nothing but what was typed: the form's own rules decide anew each time.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from qulaq.lang import phrase
from qulaq.survey.answers import Answer, Settled, Told, check_answers, read_answers
from qulaq.survey.eligibility import is_screened_out
from qulaq.survey.questionnaire import Screen
from qulaq.survey.responses import InvitationSpent, Response
from qulaq.web.pages import not_ours
from qulaq.web.survey.finding import MOST_LISTED, the_one
from qulaq.web.survey.origin import is_cross_site
from qulaq.web.survey.refusals import out_of_date, uninvited
from qulaq.web.survey.showing import show_screen
from qulaq.web.survey.visits import TOKEN, Door, Visit, find_visit, visit_without_store

_log = logging.getLogger("django.qulaq")

# Names that no question can bear, for XLSForm allows no "~" in them.
_GO = "~go"
_TRAP = "~website"
_FIND = "~find."
_LAYOUT = "~layout"


def take(request: HttpRequest, door: Door, number: int) -> HttpResponse:
    """
    Take a screen in and lead on; a page that says why where that cannot be. Raises Http404 for a screen that the
    form has not.
    """
    if is_cross_site(request):
        return not_ours(request)
    signed = request.POST.get(TOKEN, "")
    try:
        visit = find_visit(request, door, signed=signed)
        if visit is None:
            return out_of_date(request, door)
        if elsewhere := _ended(request, visit) or _begin_again(request, visit):
            return elsewhere
        return _take(request, visit, door.screen(number))
    except InvitationSpent:
        return uninvited(request, door)
    except DatabaseError as error:
        return _cannot_keep(request, door, door.screen(number), error)


def _ended(request: HttpRequest, visit: Visit) -> HttpResponse | None:
    """
    The last page, where this form was sent before; None where it is under way.
    """
    if visit.partial is None:
        stored = visit.door.here.responses.holds(visit.token.respondent)
        return visit.end_at(request, "thanks") if stored else None
    return visit.end_at(request, "excused") if visit.partial.screened_out else None


def _begin_again(request: HttpRequest, visit: Visit) -> HttpResponse | None:
    """
    The first screen with all that was answered, where the form has changed since this page was made: its number may
    be that of other questions now. None where it has not.
    """
    door = visit.door
    if request.POST.get(_LAYOUT, door.layout) == door.layout:
        return None
    typed = read_answers(door.questionnaire.questions, dict(request.POST.lists()))
    answers = {**visit.answers, **typed}
    [first, *_] = door.settle(answers).screens or door.questionnaire.screens
    visit.keep(answers, screen=first.number)
    changed = phrase(
        "The questionnaire has changed in the meantime. Your answers are kept: please look through them again."
    )
    return show_screen(request, visit, first, answers=answers, notice=changed, status=409)


def _take(request: HttpRequest, visit: Visit, sent: Screen) -> HttpResponse:
    answers = _merge(request, visit, sent)
    if request.POST.get(_TRAP):
        trapped = phrase("The last field must stay empty: it catches programs that fill in forms.")
        return show_screen(request, visit, sent, answers=answers, notice=trapped, status=422)
    try:
        return _follow(request, visit, sent, answers)
    except DatabaseError as error:
        return _not_kept(request, visit, sent, answers, error)


def _merge(request: HttpRequest, visit: Visit, sent: Screen) -> dict[str, Answer]:
    """
    What was kept, with this screen's answers in the place of what they were.
    """
    own = {question.name for question in sent.questions}
    kept = {name: answer for name, answer in visit.answers.items() if name not in own}
    settled = visit.door.settle(kept)
    shown = settled.on(sent)
    typed = read_answers(shown, dict(request.POST.lists()))
    for question in shown:
        sought = request.POST.get(f"{_FIND}{question.name}", "")
        choices = settled.choices(question)
        if sought and question.name not in typed and len(choices) > MOST_LISTED:
            meant = the_one(choices, sought, visit.language)
            if meant is not None:
                typed[question.name] = [meant.name] if question.takes_many else meant.name
    return kept | typed


def _follow(
    request: HttpRequest, visit: Visit, sent: Screen, answers: dict[str, Answer]
) -> HttpResponse:
    """
    Where the button that was pressed leads. Raises DatabaseError, InvitationSpent.
    """
    go, _, where = request.POST.get(_GO, "next").partition(":")
    settled = visit.door.settle(answers)
    if go == "find":
        sought = {where: request.POST.get(f"{_FIND}{where}", "")}
        return show_screen(request, visit, sent, answers=answers, sought=sought)
    if go == "lang" and where in {one.code for one in visit.door.questionnaire.languages}:
        return _keep_and_go(request, visit.in_language(where), answers, sent.number)
    if go == "back":
        before = [one.number for one in settled.screens if one.number < sent.number]
        return _keep_and_go(request, visit, answers, before[-1] if before else sent.number)
    return _go_on(request, visit, sent, answers, settled)


def _keep_and_go(
    request: HttpRequest, visit: Visit, answers: Mapping[str, Answer], number: int
) -> HttpResponse:
    visit.keep(answers, screen=number)
    return visit.go_to(request, number)


def _go_on(
    request: HttpRequest,
    visit: Visit,
    sent: Screen,
    answers: dict[str, Answer],
    settled: Settled,
) -> HttpResponse:
    sought = _sought(request)
    if problems := check_answers(settled, sent) | _unclear(settled, sent, sought):
        return show_screen(
            request,
            visit,
            sent,
            answers=answers,
            problems=problems,
            sought=sought,
            status=422,
        )
    if is_screened_out(visit.door.here.survey.screen_out, settled):
        return _excuse(request, visit)
    after = [one.number for one in settled.screens if one.number > sent.number]
    if after and sent.number < visit.door.last_screen(settled):
        return _keep_and_go(request, visit, answers, after[0])
    return _submit(request, visit, answers, settled)


def _sought(request: HttpRequest) -> dict[str, str]:
    return {
        name.removeprefix(_FIND): text
        for name, text in request.POST.items()
        if name.startswith(_FIND) and isinstance(text, str)
    }


def _unclear(settled: Settled, sent: Screen, sought: Mapping[str, str]) -> dict[str, Told]:
    """
    Questions to whose long lists something was typed that means no choice of them, or several.
    """
    meant = phrase("Choose what you mean from the list, or empty the field above it.")
    return {
        question.name: meant
        for question in settled.on(sent)
        if sought.get(question.name, "").strip() and question.name not in settled.answers
    }


def _excuse(request: HttpRequest, visit: Visit) -> HttpResponse:
    visit.keep({}, screen=1, screened_out=True)
    return visit.end_at(request, "excused")


def _submit(
    request: HttpRequest, visit: Visit, answers: dict[str, Answer], settled: Settled
) -> HttpResponse:
    """
    Store the response, whole and checked, before anybody is thanked.
    """
    if problems := check_answers(settled):
        wrong = next(
            one for one in settled.screens if any(q.name in problems for q in one.questions)
        )
        visit.keep(answers, screen=wrong.number)
        response = visit.go_to(request, wrong.number)
        response["Location"] += ("&" if "?" in response["Location"] else "?") + "check=1"
        return response
    here = visit.door.here
    response_given = Response(
        survey=here.survey.name,
        respondent=visit.token.respondent,
        submitted_at=here.clock(),
        language=visit.language,
        channel=visit.token.channel,
        pilot=visit.token.pilot,
        answers=settled.answers,
        version=settled.questionnaire.version,
    )
    invitation = visit.token.invitation if here.survey.invitations else None
    here.responses.append(response_given, invitation=invitation)
    return visit.end_at(request, "thanks")


# ── Where nothing could be kept ──────────────────────────────────────────────────────────────────

_NOT_KEPT = phrase(
    "Your answers could not be stored at this moment. They still stand on this page: press the button again in a minute."
)


def _not_kept(
    request: HttpRequest,
    visit: Visit,
    sent: Screen,
    answers: Mapping[str, Answer],
    error: DatabaseError,
) -> HttpResponse:
    _log.error("answers could not be stored: %s", error)
    response = show_screen(request, visit, sent, answers=answers, notice=_NOT_KEPT, status=503)
    response["Retry-After"] = "10"
    return response


def _cannot_keep(
    request: HttpRequest, door: Door, sent: Screen, error: DatabaseError
) -> HttpResponse:
    """
    Not even what was kept before can be read: the screen stands as it was typed.
    """
    visit = visit_without_store(request, door, signed=request.POST.get(TOKEN, ""))
    if visit is None:
        return out_of_date(request, door)
    typed = read_answers(sent.questions, dict(request.POST.lists()))
    return _not_kept(request, visit, sent, typed, error)
