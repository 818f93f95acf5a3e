"""The screens of the public survey, as they are asked for; `taking` is how they are sent."""

from __future__ import annotations

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from qulaq.survey.answers import check_answers
from qulaq.survey.questionnaire import Screen
from qulaq.web.survey.refusals import find_closed, nothing_to_ask, uninvited, unreadable
from qulaq.web.survey.showing import show_screen
from qulaq.web.survey.taking import take
from qulaq.web.survey.tokens import COOKIE, read_ending
from qulaq.web.survey.visits import Door, Visit, find_door, find_visit, new_visit


@require_safe
def begin(request: HttpRequest, name: str) -> HttpResponse:
    """
    The first screen: of a fresh form, of which nothing is stored yet, or of the one begun in this browser.
    """
    door = find_door(name)
    if closed := find_closed(request, door):
        return closed
    visit = _begun(request, door) or new_visit(request, door)
    if refused := _uninvited(request, visit):
        return refused
    screens = door.settle(visit.answers).screens
    if not screens:
        return nothing_to_ask(request, door)
    return show_screen(request, visit, screens[0], answers=visit.answers)


def _begun(request: HttpRequest, door: Door) -> Visit | None:
    """
    The form under way in this browser, unless the address asks for a new one.
    """
    if COOKIE not in request.COOKIES or "new" in request.GET:
        return None
    try:
        visit = find_visit(request, door, signed=request.COOKIES[COOKIE])
    except DatabaseError:
        return None
    if visit is None or visit.partial is None or visit.partial.screened_out:
        return None
    invited = request.GET.get("invitation", visit.token.invitation) == visit.token.invitation
    return visit if invited else None


def _uninvited(request: HttpRequest, visit: Visit) -> HttpResponse | None:
    here = visit.door.here
    if not here.survey.invitations:
        return None
    try:
        if here.responses.can_answer(visit.token.invitation):
            return None
    except DatabaseError as error:
        return unreadable(request, visit.door, error)
    return uninvited(request, visit.door)


@csrf_exempt  # guarded by the form's signed token; see docs/decisions/0013
def screen(request: HttpRequest, name: str, number: int) -> HttpResponse:
    """
    One screen: shown as it was left, or taken in.
    """
    door = find_door(name)
    if closed := find_closed(request, door):
        return closed
    if request.method == "POST":
        return take(request, door, number)
    return _show_again(request, door, door.screen(number))


def _show_again(request: HttpRequest, door: Door, wanted: Screen) -> HttpResponse:
    """
    A screen of a form under way; without one, the way leads to the beginning or, for who went back from it, to the
    last page again.
    """
    signed = request.GET.get("token") or request.COOKIES.get(COOKIE, "")
    try:
        visit = find_visit(request, door, signed=signed)
    except DatabaseError as error:
        return unreadable(request, door, error)
    if visit is None or visit.partial is None or visit.partial.screened_out:
        ending = read_ending(signed, survey=door.here.survey.name)
        return HttpResponseRedirect(door.address_of(ending) if ending else door.path)
    if "token" in request.GET and request.COOKIES.get(COOKIE) == signed:
        checked = "?check=1" if "check" in request.GET else ""
        return HttpResponseRedirect(request.path + checked)  # the cookie was taken: no token there
    settled = door.settle(visit.answers)
    if not settled.screens:
        return HttpResponseRedirect(door.path)
    if not settled.on(wanted):
        return visit.go_to(request, settled.screens[0].number)
    problems = check_answers(settled, wanted) if "check" in request.GET else {}
    return show_screen(request, visit, wanted, answers=visit.answers, problems=problems)
