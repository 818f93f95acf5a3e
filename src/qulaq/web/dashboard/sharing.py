"""Links to the survey by channel, their QR codes, a text to share, and invitations."""

from __future__ import annotations

import csv
import io

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from qulaq.lang import Language, phrase
from qulaq.lang.formats import day
from qulaq.web.accounts.rights import for_owners, for_users
from qulaq.web.dashboard.words import WORDS
from qulaq.web.inside import show
from qulaq.web.served import Served, served
from qulaq.web.speech import interface_language

CHANNELS = ("whatsapp", "instagram", "facebook", "telegram", "poster")
QR_CODES = {"svg": "image/svg+xml", "png": "image/png"}
_MOST_INVITATIONS = 10_000
_ONLY_HERE = ("127.0.0.1", "localhost", "[::1]")


@for_users
@require_safe
def share(request: HttpRequest) -> HttpResponse:
    here = _with_survey()
    texts = [
        (name, *_texts(here, code, address=_address(request, here)))
        for code, name in here.languages
    ]
    return show(
        request,
        "share.html",
        words=WORDS,
        links=[(one, f"{_address(request, here)}?from={one}") for one in CHANNELS],
        texts=texts,
        only_here=not here.study.web.address and request.get_host().startswith(_ONLY_HERE),
        invited=here.survey.invitations,
        most=_MOST_INVITATIONS,
    )


def _with_survey() -> Served:
    here = served()
    if here.questionnaire is None:
        raise Http404
    return here


def _address(request: HttpRequest, here: Served) -> str:
    """
    Where the survey stands, as people outside see it.
    """
    outside = here.study.web.address or f"{request.scheme}://{request.get_host()}"
    return f"{outside}/s/{here.survey.name}/"


def _texts(here: Served, code: str, *, address: str) -> tuple[str, str | None]:
    """
    A short text to share, and one for the last days where the survey ends.
    """
    language: Language = interface_language(code)
    title = here.title(code)
    link = f"{address}?lang={code}"
    text = phrase("{title} Anonymous, takes a few minutes: {link}", title=_ended(title), link=link)
    if here.survey.closes is None:
        return text.to(language), None
    last = phrase(
        "{title} The survey closes on {day}. If you have not answered yet: {link}",
        title=_ended(title),
        day=day(here.survey.closes, language),
        link=link,
    )
    return text.to(language), last.to(language)


def _ended(title: str) -> str:
    return title if title.endswith((".", "?", "!")) else f"{title}."


@for_users
@require_safe
def qr_code(request: HttpRequest, channel: str, form: str) -> HttpResponse:
    """
    The link of a channel as a picture to print or to post.
    """
    here = _with_survey()
    if form not in QR_CODES:
        raise Http404
    code = segno.make(f"{_address(request, here)}?from={channel}", error="m", micro=False)
    picture = io.BytesIO()
    code.save(picture, kind=form, scale=8, border=4)
    return HttpResponse(picture.getvalue(), content_type=QR_CODES[form])


@for_owners
@require_POST
def invite(request: HttpRequest) -> HttpResponse:
    """
    New invitations as a CSV of links; they cannot be shown again.
    """
    here = _with_survey()
    told = request.POST.get("n", "")
    if not told.isdecimal() or not 0 < int(told) <= _MOST_INVITATIONS:
        raise Http404
    file = io.StringIO()
    links = (
        [f"{_address(request, here)}?invitation={one}"] for one in here.responses.invite(int(told))
    )
    csv.writer(file).writerows([["link"], *links])
    response = HttpResponse("\ufeff" + file.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="invitations.csv"'
    return response
