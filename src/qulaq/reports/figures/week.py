"""A week as seven rows of twenty-four hours: the darker, the more."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
from babel import Locale

from qulaq.lang import Language
from qulaq.reports.figures.canvas import WIDTH, convert, make_data

_CELL = 18
_MARGIN = 40
_HOURS = [0, 6, 12, 18]
NONE, FEW, MANY = "#eef1f3", "#cfe3f1", "#00436b"


def draw_week(
    counts: Sequence[Sequence[int]], *, most: int, alternative: str, language: Language
) -> str:
    """
    *counts* by weekday, Monday first, and hour. *most* is as dark as it gets, so that drawings beside
    each other compare; what is 0 has a gray of its own.
    """
    names = name_weekdays(language)
    rows = [
        {"hour": hour, "day": day, "n": n}
        for day, hours in zip(names, counts, strict=True)
        for hour, n in enumerate(hours)
    ]
    plain = alt.Axis(title=None, ticks=False, domain=False, labelPadding=5)
    hours = plain.copy()
    hours.values, hours.labelExpr = _HOURS, "datum.value + ':00'"
    hours.labelAngle = 0
    x = alt.X("hour:O", axis=hours, scale=alt.Scale(domain=list(range(24)), padding=0.08))
    y = alt.Y("day:N", axis=plain, sort=names, scale=alt.Scale(padding=0.08))
    shade = alt.Color(
        "n:Q", legend=None, scale=alt.Scale(domain=[1, max(most, 2)], range=[FEW, MANY])
    )
    cells = alt.Chart(make_data(rows)).mark_rect()
    color = alt.condition("datum.n > 0", shade, alt.value(NONE))
    chart = alt.layer(cells.encode(x=x, y=y, color=color)).properties(
        width=WIDTH - _MARGIN, height=7 * _CELL
    )
    return convert(chart, alternative=alternative, language=language)


def name_weekdays(language: Language, *, width: str = "abbreviated") -> list[str]:
    """
    The names of the days, Monday first.
    """
    names = Locale(language).days["stand-alone"][width]
    return [str(names[day]) for day in range(7)]
