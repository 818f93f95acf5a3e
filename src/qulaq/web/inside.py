"""A page behind the sign-in, with the menu that all of them have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse

from qulaq.lang import LANGUAGES, Sayable, phrase
from qulaq.web.pages import LANGUAGE_NAMES, render
from qulaq.web.served import served
from qulaq.web.speech import speaks

MENU = {
    "languages": phrase("Languages"),
    "overview": phrase("Overview"),
    "results": phrase("Results"),
    "share": phrase("Links and QR codes"),
    "coding": phrase("Coding"),
    "reports": phrase("Reports"),
    "sign_out": phrase("Sign out"),
}


def show(
    request: HttpRequest,
    template: str,
    *,
    words: Mapping[str, Sayable],
    status: int = 200,
    **context: Any,  # noqa: ANN401  # whatever the template asks for
) -> HttpResponse:
    """
    The page in the language of whoever reads it; *words* are its own, beside those of the menu.
    """
    language, rest = speaks(request), request.GET.copy()
    rest.pop("lang", None)
    return render(
        request,
        template,
        language=language,
        words={**MENU, **words},
        status=status,
        context={
            "study": served().study.title,
            "user": request.user,
            "languages": [(code, LANGUAGE_NAMES[code]) for code in LANGUAGES],
            "rest": rest.urlencode(),  # what the address asks for besides the language
            **context,
        },
    )
