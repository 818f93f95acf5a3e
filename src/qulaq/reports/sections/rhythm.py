"""When people write and when the page answers, by hour and weekday."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from qulaq.indicators.rhythm import Rhythm, Week, add_rhythms, off_hours_share
from qulaq.lang import Text
from qulaq.lang.formats import number, share
from qulaq.reports import nouns
from qulaq.reports.cells import sources
from qulaq.reports.document import Block, Cell, Column, Figure, Paragraph, Picture, Row, Table
from qulaq.reports.figures import draw_week, name_weekdays
from qulaq.reports.nouns import Noun
from qulaq.reports.scope import Scope
from qulaq.reports.wording import answers as words
from qulaq.study import Page

Voice = Literal["people", "answers"]

_TITLES: dict[Voice, Text] = {"people": words.PEOPLE_WRITE, "answers": words.PAGE_ANSWERS}
_NOUNS: dict[Voice, Noun] = {"people": nouns.COMMENTS, "answers": nouns.ANSWERS}


def show_rhythm(scope: Scope) -> list[Block]:
    """
    A figure for each page; many pages are added up.
    """
    known = {
        page: found
        for page in scope.every_page
        if (found := scope.findings.rhythms.get(page.id)) and not found.is_withheld
    }
    if not known:
        return [Paragraph(text=scope.say(words.RHYTHM_NONE))]
    missing = [page for page in scope.every_page if page not in known]
    left_out = [Paragraph(text=scope.say(words.RHYTHM_MISSING, pages=scope.list_pages(missing)))]
    return [*_figures(scope, known), *(left_out if missing else [])]


def _figures(scope: Scope, rhythms: Mapping[Page, Rhythm]) -> list[Block]:
    if not scope.findings.few:
        together = add_rhythms(list(rhythms.values()))
        return [_figure(scope, "all-pages", scope.say(words.ALL_TOGETHER), together)]
    return [
        _figure(scope, page.id, scope.page_name(page), rhythm) for page, rhythm in rhythms.items()
    ]


def _figure(scope: Scope, key: str, whose: str, rhythm: Rhythm) -> Figure:
    weeks: dict[Voice, Week] = {"people": rhythm.people, "answers": rhythm.answers}
    return Figure(
        name=f"when-{key}",
        caption=scope.say(words.RHYTHM_FIGURE, page=whose),
        pictures=tuple(_picture(scope, whose, voice, week) for voice, week in weeks.items()),
        note=" ".join([_legend(scope, weeks), *_off_hours(scope, rhythm)]),
        source=" ".join(sources(scope, ("comments",))),
        numbers=_numbers(scope, whose, weeks),
    )


def _legend(scope: Scope, weeks: Mapping[Voice, Week]) -> str:
    most = {voice: scope.count(_most(week), _NOUNS[voice]) for voice, week in weeks.items()}
    darkest = words.DARKEST if _most(weeks["answers"]) else words.DARKEST_PEOPLE
    return " ".join([scope.say(words.RHYTHM_NOTE), scope.say(darkest, **most)])


def _off_hours(scope: Scope, rhythm: Rhythm) -> list[str]:
    people, answers = off_hours_share(rhythm.people), off_hours_share(rhythm.answers)
    if people is None:
        return []
    told = share(people, scope.language)
    if answers is None:
        return [scope.say(words.OFF_HOURS_PEOPLE, people=told)]
    return [scope.say(words.OFF_HOURS, people=told, answers=share(answers, scope.language))]


def _most(week: Week) -> int:
    return max(max(hours) for hours in week)


def _picture(scope: Scope, whose: str, voice: Voice, week: Week) -> Picture:
    alternative = _describe(scope, whose, voice, week)
    svg = draw_week(week, most=_most(week), alternative=alternative, language=scope.language)
    return Picture(svg=svg, alternative=alternative, title=scope.say(_TITLES[voice]))


def _describe(scope: Scope, whose: str, voice: Voice, week: Week) -> str:
    most = _most(week)
    if not most:
        return scope.say(words.RHYTHM_SILENT[voice], page=whose)
    day, hour = next(
        (day, hour) for day, hours in enumerate(week) for hour, n in enumerate(hours) if n == most
    )
    return scope.say(
        words.RHYTHM_SHOWN[voice],
        page=whose,
        all=scope.count(sum(map(sum, week)), _NOUNS[voice]),
        day=name_weekdays(scope.language, width="wide")[day],
        hour=f"{hour}:00",
        most=number(most, scope.language),
    )


def _numbers(scope: Scope, whose: str, weeks: Mapping[Voice, Week]) -> Table:
    """
    Hours down, weekdays across, first of people and then of the page.
    """
    days = name_weekdays(scope.language)
    return Table(
        caption=scope.say(words.RHYTHM_FIGURE, page=whose),
        columns=(
            Column(title=scope.say(words.HOUR), numeric=False),
            *(Column(title=day) for day in days),
        ),
        rows=tuple(
            Row(
                header=Cell(text=f"{hour}:00"),
                cells=tuple(Cell(text=number(day[hour], scope.language)) for day in week),
                group="" if hour else scope.say(_TITLES[voice]),
            )
            for voice, week in weeks.items()
            for hour in range(len(week[0]))
        ),
    )
