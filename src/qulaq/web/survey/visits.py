"""One person's way through the survey: the form's token, what was kept, the language."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import takewhile
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from qulaq.lang import LANGUAGES, Language
from qulaq.survey.answers import Answers, Settled, first_answers, settle
from qulaq.survey.questionnaire import UNTOLD, Question, Questionnaire, Screen
from qulaq.survey.responses import Partial
from qulaq.web.served import Served, served
from qulaq.web.speech import interface_language, wished_language
from qulaq.web.survey.tokens import COOKIE, Ending, Token, make_token, read_token, sign

_CHANNEL = re.compile(r"[a-z0-9_-]{1,32}")
TOKEN = "~token"  # noqa: S105  # the name of a field; no question can be called so


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """
    The survey that was asked for.
    """

    here: Served
    questionnaire: Questionnaire

    @property
    def path(self) -> str:
        return f"/s/{self.here.survey.name}/"

    def address_of(self, ending: Ending, **more: str) -> str:
        """
        Where that last page stands.
        """
        return f"{self.path}{ending.page}/?{urlencode({'lang': ending.language, **more})}"

    @property
    def layout(self) -> str:
        """
        A mark of which questions stand on which screens: a page that bears another one is of an older form.
        """
        told = [[one.name for one in screen.questions] for screen in self.questionnaire.screens]
        return hashlib.sha256(repr(told).encode()).hexdigest()[:8]

    def settle(self, answers: Answers) -> Settled:
        return settle(self.questionnaire, answers, today=self.here.today())

    def closing_notes(self) -> tuple[Question, ...]:
        """
        The notes after the last question that say the same to everybody: they are said with the thanks.
        """
        backwards = takewhile(lambda one: not one.is_asked, reversed(self.questionnaire.questions))
        return tuple(
            one for one in backwards if one.is_seen and not one.relevant and not one.label.names
        )[::-1]

    def last_screen(self, settled: Settled) -> int:
        """
        The number of the last screen that shows something besides those notes.
        """
        closing = self.closing_notes()
        shown = [
            one.number
            for one in settled.screens
            if any(question not in closing for question in settled.on(one))
        ]
        return shown[-1] if shown else len(self.questionnaire.screens)

    def screen(self, number: int) -> Screen:
        """
        Raises Http404.
        """
        if not 1 <= number <= len(self.questionnaire.screens):
            raise Http404
        return self.questionnaire.screens[number - 1]


def find_door(name: str) -> Door:
    """
    Raises Http404 where no survey of that name is served.
    """
    here = served()
    if here.questionnaire is None or name != here.survey.name:
        raise Http404
    return Door(here=here, questionnaire=here.questionnaire)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """
    A form in somebody's hands. `partial` None: nothing was kept of it yet.

    `language` is that of the questions, `spoken` that of our own words around them.
    """

    door: Door
    token: Token
    signed: str
    partial: Partial | None
    language: str
    spoken: Language

    @property
    def answers(self) -> Mapping[str, str | list[str]]:
        return self.partial.answers if self.partial else first_answers(self.door.questionnaire)

    def in_language(self, language: str) -> Visit:
        return replace(self, language=language, spoken=interface_language(language))

    def keep(self, answers: Answers, *, screen: int, screened_out: bool = False) -> None:
        """
        Keep how far this one has come. Raises DatabaseError.
        """
        here = self.door.here
        furthest = max(screen, self.partial.screen if self.partial else 1)
        here.responses.keep_partial(
            Partial(
                survey=here.survey.name,
                respondent=self.token.respondent,
                begun_at=self.partial.begun_at if self.partial else here.clock(),
                language=self.language,
                channel=self.token.channel,
                pilot=self.token.pilot,
                screen=furthest,
                answers=answers,
                screened_out=screened_out,
            )
        )

    def go_to(self, request: HttpRequest, number: int) -> HttpResponse:
        """
        To a screen. The address stays clean where the browser took the cookie, else it carries the token.
        """
        address = f"{self.door.path}{number}/"
        if request.COOKIES.get(COOKIE) == self.signed:
            return HttpResponseRedirect(address)
        response = HttpResponseRedirect(f"{address}?token={self.signed}")
        self._set_cookie(response, self.signed)
        return response

    def end_at(self, request: HttpRequest, page: str) -> HttpResponse:
        """
        To a last page, with the mark of it in the token's place: the next person at this device begins anew.
        """
        ending = Ending(page, self.language)
        mark = ending.sign(survey=self.door.here.survey.name)
        told = {} if COOKIE in request.COOKIES else {"ended": mark}
        response = HttpResponseRedirect(self.door.address_of(ending, **told))
        self._set_cookie(response, mark)
        return response

    def _set_cookie(self, response: HttpResponse, value: str) -> None:
        response.set_cookie(
            COOKIE,
            value,
            path=self.door.path,
            httponly=True,
            samesite="Lax",
            secure=self.door.here.study.web.address.startswith("https:"),
        )


def new_visit(request: HttpRequest, door: Door) -> Visit:
    """
    A fresh form for whoever opened the link.
    """
    channel = request.GET.get("from", "").lower()
    survey = door.here.survey
    token = make_token(
        channel=channel if _CHANNEL.fullmatch(channel) else None,
        invitation=request.GET.get("invitation", "")[:64] if survey.invitations else "",
        pilot=survey.pilot,
    )
    return _visit(request, door, token, signed=sign(token, survey=survey.name), partial=None)


def find_visit(request: HttpRequest, door: Door, *, signed: str) -> Visit | None:
    """
    The visit of a token with what was kept of it; None where the token is not ours. Raises DatabaseError.
    """
    token = read_token(signed, survey=door.here.survey.name)
    if token is None:
        return None
    partial = door.here.responses.find_partial(token.respondent)
    return _visit(request, door, token, signed=signed, partial=partial)


def visit_without_store(request: HttpRequest, door: Door, *, signed: str) -> Visit | None:
    """
    The visit of a token where the store cannot be asked what was kept.
    """
    token = read_token(signed, survey=door.here.survey.name)
    if token is None:
        return None
    return _visit(request, door, token, signed=signed, partial=None)


def _visit(
    request: HttpRequest, door: Door, token: Token, *, signed: str, partial: Partial | None
) -> Visit:
    language = choose_language(request, door, kept=partial.language if partial else None)
    return Visit(
        door=door,
        token=token,
        signed=signed,
        partial=partial,
        language=language,
        spoken=choose_interface(request, language),
    )


def choose_language(request: HttpRequest, door: Door, *, kept: str | None = None) -> str:
    """
    The language of the questions: asked for in the address or the form, else as before, else the browser's.
    """
    codes = [one.code for one in door.questionnaire.languages]
    for asked in (request.POST.get("~lang"), request.GET.get("lang"), kept):
        if asked in codes:
            return str(asked)
    first = door.questionnaire.default_language
    return wished_language(request, [first, *(code for code in codes if code != first)])


def choose_interface(request: HttpRequest, language: str) -> Language:
    if language == UNTOLD:
        return interface_language(wished_language(request, LANGUAGES))
    return interface_language(language)
