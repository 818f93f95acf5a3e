"""Amounts month by month: a panel for each kind of amount, one above another."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any

import altair as alt
from babel import dates

from qulaq.lang import Language
from qulaq.reports.figures.canvas import (
    DARK,
    GAP,
    GRID,
    LIGHT,
    SOFT,
    WIDTH,
    convert,
    make_data,
)

GREEN, LIGHT_GREEN = "#009E73", "#8CD3BE"
_HEIGHT, _LOW = 110, 75
_MARGIN = 44
_MOST_LABELS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """
    A month's amount; None where nobody observed it. `partial`: only a part of the month counts.
    """

    first: date
    value: float | None
    partial: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """
    One kind of amount, of the same months as the others. `most` sets its scale.
    """

    months: tuple[Month, ...]
    most: float
    title: str = ""
    dark: str = DARK
    light: str = LIGHT


def draw_months(series: Sequence[Series], *, alternative: str, language: Language) -> str:
    """
    A bar a month, light where only a part of it counts, a gray band where nobody observed it.
    """
    height = _HEIGHT if len(series) == 1 else _LOW
    panels = [
        _draw_panel(one, language=language, height=height, labelled=one is series[-1])
        for one in series
    ]
    chart = panels[0] if len(panels) == 1 else alt.vconcat(*panels, spacing=10)
    return convert(chart, alternative=alternative, language=language)


def _draw_panel(
    series: Series, *, language: Language, height: int, labelled: bool
) -> alt.LayerChart | alt.FacetChart:
    """
    The months are named below the last panel only.
    """
    rows = [_row(i, month, series, language) for i, month in enumerate(series.months)]
    known = [row for row in rows if row["value"] is not None]
    unknown = [row for row in rows if row["value"] is None]
    x = alt.X(
        "place:O",
        axis=_month_axis(rows, labelled=labelled),
        scale=alt.Scale(domain=[row["place"] for row in rows], paddingInner=0.2),
    )
    axis = alt.Axis(
        title=None,
        tickCount=3,
        tickMinStep=1,
        format=",d",
        domain=False,
        ticks=False,
        grid=True,
        gridColor=GRID,
        labelPadding=6,
        minExtent=34,  # so that panels stand in line
    )
    y = alt.Y("value:Q", axis=axis, scale=alt.Scale(domain=[0, max(series.most, 2)], nice=3))
    gaps = alt.Chart(make_data(unknown)).mark_bar(
        color=GAP, stroke=SOFT, strokeWidth=0.75, strokeDash=[2, 2]
    )
    bars = alt.Chart(make_data(known)).mark_bar(cornerRadiusEnd=1.5)
    chart = alt.layer(
        gaps.encode(x=x, y=alt.value(0), y2=alt.value(height)),
        bars.encode(x=x, y=y, color=alt.Color("color:N", scale=None)),
    )
    chart = chart.properties(width=WIDTH - _MARGIN, height=height)
    return chart.properties(title=series.title) if series.title else chart


def _row(i: int, month: Month, series: Series, language: Language) -> dict[str, Any]:
    name = dates.format_date(month.first, "LLL", locale=language)
    year = f"|{month.first.year}" if i == 0 or month.first.month == 1 else ""
    return {
        "place": i,
        "label": f"{name}{year}",
        "value": month.value,
        "color": series.light if month.partial else series.dark,
        "january": month.first.month == 1,
    }


def _month_axis(rows: Sequence[dict[str, Any]], *, labelled: bool) -> alt.Axis:
    """
    Some five labels, the year below its first month.
    """
    if len(rows) > 12 * _MOST_LABELS:
        januaries = [row["place"] for row in rows if row["january"]]
        shown = januaries[:: ceil(len(januaries) / _MOST_LABELS)]
    else:
        shown = [row["place"] for row in rows[:: ceil(len(rows) / _MOST_LABELS)]]
    years = {row["place"]: row["label"] for row in rows}
    labels = {str(place): years[place].split("|") for place in shown}
    return alt.Axis(
        title=None,
        values=shown,
        ticks=labelled,
        labels=labelled,
        domainColor=SOFT,
        tickColor=SOFT,
        labelAngle=0,
        labelOverlap=False,
        labelPadding=4,
        labelExpr=f"({json.dumps(labels, ensure_ascii=False)})[datum.value]",
    )
