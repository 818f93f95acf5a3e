"""Signing in and out."""

from __future__ import annotations

from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from qulaq.lang import Phrase, phrase
from qulaq.web.accounts.words import WORDS
from qulaq.web.pages import render, tell
from qulaq.web.speech import speaks


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """
    Name and password; whoever is known goes on to the overview.
    """
    if request.method == "GET":
        return _ask(request, status=200)
    user = authenticate(
        request,
        username=request.POST.get("username", ""),
        password=request.POST.get("password", ""),
    )
    if user is None:
        wrong = phrase("Name and password do not fit together.")
        return _ask(request, status=403, problem=wrong)
    language = speaks(request)
    login(request, user)
    request.session["lang"] = language
    return HttpResponseRedirect("/")


def _ask(request: HttpRequest, *, status: int, problem: Phrase | None = None) -> HttpResponse:
    return render(
        request,
        "sign-in.html",
        language=speaks(request),
        words=WORDS,
        status=status,
        context={"problem": problem, "name": request.POST.get("username", "")[:150]},
    )


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return HttpResponseRedirect("/sign-in/")


def locked_out(request: HttpRequest, *_: object) -> HttpResponse:
    """
    What django-axes answers after too many wrong passwords.
    """
    return tell(
        request,
        phrase("Too many wrong passwords"),
        phrase("Signing in under this name is closed for an hour."),
        status=429,
        language=speaks(request),
    )
