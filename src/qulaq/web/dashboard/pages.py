"""A page behind the sign-in, with the menu that all of them have."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from qulaq.lang import LANGUAGES
from qulaq.web.dashboard.words import WORDS
from qulaq.web.pages import LANGUAGE_NAMES, render
from qulaq.web.served import served
from qulaq.web.speech import speaks


def show(request: HttpRequest, template: str, **context: object) -> HttpResponse:
    language, rest = speaks(request), request.GET.copy()
    rest.pop("lang", None)
    return render(
        request,
        template,
        language=language,
        words=WORDS,
        context={
            "study": served().study.title,
            "user": request.user,
            "languages": [(code, LANGUAGE_NAMES[code]) for code in LANGUAGES],
            "rest": rest.urlencode(),  # what the address asks for besides the language
            **context,
        },
    )
