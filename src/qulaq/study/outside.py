"""What `study.toml` says to the world outside: the survey, the web application, the database."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from qulaq.lang import phrase
from qulaq.study.model import SUPPRESS_BELOW, ScreenOut, Survey, Web
from qulaq.study.settings import Settings

_ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+(:\d+)?/?")
_DATABASE = re.compile(r"postgres(ql)?://[^\s/]*/[^\s/?]+(\?\S*)?")


def read_survey(settings: Settings, *, name: str) -> Survey:
    """
    The table [survey]; *name* stands in the address where the table gives none.
    """
    survey = Survey(
        name=settings.word("name") if settings.has("name") else name,
        opens=settings.day("opens") if settings.has("opens") else None,
        closes=settings.day("closes") if settings.has("closes") else None,
        screen_out=(
            _read_screen_out(settings.inner("screen_out")) if settings.has("screen_out") else None
        ),
        results=settings.flag("results"),
        pilot=settings.flag("pilot"),
        invitations=settings.flag("invitations"),
        suppress_below=(
            settings.whole("suppress_below") if settings.has("suppress_below") else SUPPRESS_BELOW
        ),
    )
    settings.finish()
    if survey.opens and survey.closes and survey.closes < survey.opens:
        raise settings.complain(
            "closes",
            phrase(
                "the survey closes ({last}) before it opens ({first}).",
                first=survey.opens,
                last=survey.closes,
            ),
            phrase("Set “opens” to the first day and “closes” to the last one."),
        )
    return survey


def _read_screen_out(settings: Settings) -> ScreenOut:
    screen_out = ScreenOut(question=settings.text("question"), answers=settings.words("answers"))
    if not screen_out.answers:
        raise settings.complain(
            "answers",
            phrase("“{key}” is missing.", key="answers"),
            phrase("Name the answers whose givers are not asked further."),
        )
    settings.finish()
    return screen_out


def read_web(settings: Settings) -> Web:
    """
    The table [web].
    """
    address = settings.text("address", default="")
    if address and not _ADDRESS.fullmatch(address):
        raise settings.complain(
            "address",
            phrase("“{key}” is {value}.", key="address", value=repr(address)),
            phrase("Expected: an address without a path, such as https://survey.example.kz."),
        )
    web = Web(address=address.rstrip("/"), public_reports=settings.flag("public_reports"))
    settings.finish()
    return web


def read_database_url(settings: Settings) -> str:
    """
    The table [database]: where another database than the study's own file is named.
    """
    url = settings.text("url")
    if not _DATABASE.fullmatch(url) or not _has_valid_port(url):
        raise settings.complain(
            "url",
            phrase("this is no address of a PostgreSQL database."),
            phrase("Write postgresql://user@host:5432/name, or leave [database] out for SQLite."),
        )
    settings.finish()
    return url


def _has_valid_port(url: str) -> bool:
    try:
        _ = urlsplit(url).port
    except ValueError:
        return False
    return True
