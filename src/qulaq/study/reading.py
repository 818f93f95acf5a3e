"""Reading of `study.toml` into a study; a mistake is answered with its line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from qulaq.errors import Misused, StudyError, listed_names
from qulaq.lang import LANGUAGES, Language, as_language, phrase
from qulaq.study.knowledge import Knows
from qulaq.study.model import (
    Answering,
    Body,
    CodingRules,
    Opening,
    Page,
    Study,
    Survey,
    Web,
    Window,
)
from qulaq.study.outside import read_database_url, read_survey, read_web
from qulaq.study.settings import Settings, read_settings
from qulaq.workdays import is_calendar

DEFAULT_ZONE = "Asia/Almaty"
DEFAULT_CALENDAR = "KZ"
_OPENED = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


def open_study(folder: Path | str) -> Study:
    """
    The study in that folder. Raises StudyError with the line, what was found and what is expected.
    """
    folder = Path(folder)
    file = folder / "study.toml"
    if not file.is_file():
        raise StudyError(
            where=str(folder),
            found=phrase("there is no study.toml here, so this is no study."),
            remedy=phrase(
                "Name the folder of a study, or make one: qulaq new {folder}", folder=folder
            ),
        )
    settings = read_settings(file)
    study = _read_study(folder, settings)
    settings.finish()
    return study


def _read_study(folder: Path, settings: Settings) -> Study:
    zone = _read_zone(settings, default=DEFAULT_ZONE)
    tables = settings.tables("bodies")
    bodies = tuple(_read_body(table, zone) for table in tables)
    _check_distinct(tables, [body.id for body in bodies])
    tables = settings.tables("pages")
    by_id = {body.id: body for body in bodies}
    pages = tuple(_read_page(table, by_id) for table in tables)
    _check_distinct(tables, [page.id for page in pages])
    study_id = settings.word("id")
    return Study(
        folder=folder,
        id=study_id,
        title=settings.wording("title"),
        note=settings.wording("note") if settings.has("note") else None,
        time_zone=zone,
        window=_read_window(settings.inner("window")),
        languages=_read_languages(settings),
        answering=_read_answering(settings) if settings.has("answering") else None,
        bodies=bodies,
        pages=pages,
        survey=(
            read_survey(settings.inner("survey"), name=study_id)
            if settings.has("survey")
            else Survey(name=study_id)
        ),
        web=read_web(settings.inner("web")) if settings.has("web") else Web(),
        coding=_read_coding(settings.inner("coding")) if settings.has("coding") else CodingRules(),
        database_url=(
            read_database_url(settings.inner("database")) if settings.has("database") else ""
        ),
    )


def _read_zone(settings: Settings, *, default: str) -> str:
    name = settings.text("time_zone", default=default)
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise settings.complain(
            "time_zone",
            phrase("“{name}” is not a time zone.", name=name),
            phrase("Expected: a name such as Asia/Almaty, Asia/Oral or Europe/Berlin."),
        ) from None
    return name


def _read_window(settings: Settings) -> Window:
    window = Window(first=settings.day("from"), last=settings.day("to"))
    settings.finish()
    if window.last < window.first:
        raise settings.complain(
            "to",
            phrase(
                "the window ends ({last}) before it begins ({first}).",
                first=window.first,
                last=window.last,
            ),
            phrase("Set “from” to the first day and “to” to the last one."),
        )
    return window


def _read_languages(settings: Settings) -> tuple[Language, ...]:
    if not settings.has("languages"):
        return LANGUAGES
    words = settings.words("languages")
    languages = [as_language(word) for word in words]
    known = tuple(language for language in languages if language)
    if not known or len(known) < len(words):
        raise settings.complain(
            "languages",
            phrase("the languages are {words}.", words=", ".join(words) or "—"),
            phrase("Expected: one or more of kk, ru, en."),
        )
    return tuple(dict.fromkeys(known))


def _read_answering(settings: Settings) -> Answering:
    table = settings.inner("answering")
    answering = Answering(
        within_working_days=table.whole("within_working_days"),
        calendar=_read_calendar(table),
        basis=table.text("basis", default=""),
        verified_on=table.day("verified_on") if table.has("verified_on") else None,
    )
    table.finish()
    return answering


def _read_coding(table: Settings) -> CodingRules:
    rules = (
        CodingRules(least_alpha=table.part("least_alpha"))
        if table.has("least_alpha")
        else CodingRules()
    )
    table.finish()
    return rules


def _read_calendar(table: Settings) -> str:
    code = table.text("calendar", default=DEFAULT_CALENDAR)
    if not is_calendar(code):
        raise table.complain(
            "calendar",
            phrase("“{code}” is not the calendar of a country.", code=code),
            phrase("Expected: a country's two capital letters as ISO 3166 has them, such as KZ."),
        )
    return code


def _read_body(settings: Settings, zone: str) -> Body:
    body = Body(
        id=settings.word("id"),
        name=settings.wording("name"),
        time_zone=_read_zone(settings, default=zone),
    )
    settings.finish()
    return body


def _read_page(settings: Settings, bodies: Mapping[str, Body]) -> Page:
    body = _find_body(settings, bodies)
    page = Page(
        id=settings.word("id"),
        body=body.id,
        platform=settings.word("platform"),
        handle=settings.text("handle", default="").removeprefix("@"),
        time_zone=body.time_zone,
        ids=settings.words("ids"),
        url=settings.text("url", default=""),
        opened=_read_opened(settings),
        accounts=settings.words("accounts"),
        knows=_read_knows(settings),
    )
    settings.finish()
    if not (page.handle or page.ids or page.url):
        raise settings.complain(
            None,
            phrase("page “{page}” has neither handle nor ids nor url.", page=page.id),
            phrase("Give at least one, so that its rows are found in exports."),
        )
    return page


def _read_knows(settings: Settings) -> tuple[str, ...]:
    words = settings.words("knows")
    try:
        Knows().told(words)
    except Misused as error:
        raise settings.complain("knows", error.found, error.remedy) from None
    return words


def _find_body(settings: Settings, bodies: Mapping[str, Body]) -> Body:
    wanted = settings.word("body")
    if wanted not in bodies:
        raise settings.complain(
            "body",
            phrase("the study has no body “{body}”.", body=wanted),
            phrase("Known: {names}.", names=listed_names(list(bodies))),
        )
    return bodies[wanted]


def _read_opened(settings: Settings) -> Opening | None:
    if not settings.has("opened"):
        return None
    value = settings.raw("opened")
    opening = _as_opening(str(value))
    if opening is None:
        raise settings.complain(
            "opened",
            phrase("“{key}” is {value}.", key="opened", value=repr(value)),
            phrase('Expected: a year, month or day in quotes: "2014", "2014-01", "2014-01-15".'),
        )
    return opening


def _as_opening(text: str) -> Opening | None:
    found = _OPENED.fullmatch(text)
    if found is None:
        return None
    year, month, day = found.groups()
    try:
        first = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return Opening(first, "day" if day else "month" if month else "year")


def _check_distinct(tables: list[Settings], ids: list[str]) -> None:
    known: set[str] = set()
    for table, one in zip(tables, ids, strict=True):
        if one in known:
            raise table.complain(
                "id",
                phrase("the id “{id}” stands twice.", id=one),
                phrase("Give each its own."),
            )
        known.add(one)
