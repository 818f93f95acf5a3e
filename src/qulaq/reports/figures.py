"""
Drawings: Altair charts turned to SVG, small enough to be read on a phone.

Colours are Okabe and Ito's (2008), told apart by people of any colour vision; no meaning hangs on
colour alone. Every list of fonts ends with a generic family: without it a missing font draws no text.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from textwrap import wrap
from typing import Any

import altair as alt
import vl_convert
from babel import dates, numbers

from qulaq.lang import Language
from qulaq.reports.svg import prepare

# Families with all Kazakh letters first: where one lacks them, they are drawn from another, and it shows.
FONT = 'system-ui, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", Arial, sans-serif'
INK, SOFT, GRID, GAP = "#1b1f24", "#4a5159", "#d9dde1", "#e9ecef"
DARK, LIGHT = "#0072B2", "#86BFE0"
NETWORKS = {
    "facebook": "#0072B2",
    "instagram": "#D55E00",
    "telegram": "#009E73",
    "youtube": "#CC79A7",
    "tiktok": "#8A6D00",
}
OTHER_NETWORK = "#595F66"
WIDTH = 320
_BAND = 26
_LINE = 20
_LONGEST_LINE = 42
_PANEL_HEIGHT = 110
_MOST_LABELS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """
    A named amount in a group; the network gives the colour.
    """

    group: str
    name: str
    platform: str
    value: float
    written: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """
    A month's amount; None where nobody observed it. `partial`: only a part of the month counts.
    """

    first: date
    value: float | None
    partial: bool


def draw_bars(bars: Sequence[Bar], *, most: float, alternative: str) -> str:
    """
    Bars under the names of their groups, the value behind each. *most* sets the scale, so that
    drawings beside each other compare.
    """
    headings, rows, height = _place_bars(bars)
    labels_end = min(max(len(bar.name) for bar in bars) * 9 + 8, WIDTH // 2)
    room = max(len(bar.written) for bar in bars) * 8 + 8  # behind the longest bar, for its number
    x = alt.X(
        "value:Q",
        axis=None,
        scale=alt.Scale(domain=[0, max(most, 1)], range=[labels_end, WIDTH - room]),
    )
    scale = alt.Scale(domain=[0, height], range=[0, height])
    middle = alt.Y("middle:Q", axis=None, scale=scale)
    base = alt.Chart(_data(rows))
    text = base.mark_text(
        align="left", baseline="middle", fontSize=13, color=INK, limit=labels_end - 6
    )
    written = base.mark_text(
        align="left", baseline="middle", fontSize=13, color=INK, dx=5, fontWeight="bold"
    )
    chart = alt.layer(
        alt.Chart(_data(headings))
        .mark_text(align="left", baseline="middle", fontSize=13, fontWeight="bold", color=INK)
        .encode(x=alt.value(0), y=middle, text="text:N"),
        base.mark_bar(cornerRadiusEnd=2).encode(
            x=x,
            x2=alt.datum(0),
            y=alt.Y("top:Q", axis=None, scale=scale),
            y2="bottom:Q",
            color=alt.Color("color:N", scale=None),
        ),
        text.encode(x=alt.value(0), y=middle, text="name:N"),
        written.encode(x=x, y=middle, text="written:N"),
    ).properties(width=WIDTH, height=height)
    return _convert(chart, alternative=alternative, language="en")


def _place_bars(bars: Sequence[Bar]) -> tuple[list[dict[str, Any]], list[dict[str, Any]], int]:
    """
    The lines of the groups' names, the bars, and the height of all.
    """
    headings: list[dict[str, Any]] = []
    rows: list[dict[str, Any]] = []
    y, group = 0, None
    for bar in bars:
        if bar.group != group:
            y += 8 if rows else 0
            for line in wrap(bar.group, _LONGEST_LINE):
                headings.append({"text": line, "middle": y + _LINE / 2})
                y += _LINE
            group = bar.group
        color = NETWORKS.get(bar.platform, OTHER_NETWORK)
        place = {"top": y + 5, "middle": y + _BAND / 2, "bottom": y + _BAND - 5}
        rows.append(
            {"name": bar.name, "written": bar.written, "value": bar.value, "color": color, **place}
        )
        y += _BAND
    return headings, rows, y


def draw_months(
    months: Sequence[Month], *, most: float, alternative: str, language: Language
) -> str:
    """
    A bar a month, light where only a part of it counts, a gray band where nobody observed it.
    """
    rows = [_month_row(i, month, language) for i, month in enumerate(months)]
    known = [row for row in rows if row["value"] is not None]
    unknown = [row for row in rows if row["value"] is None]
    x = alt.X(
        "place:O",
        axis=_month_axis(rows),
        scale=alt.Scale(domain=[row["place"] for row in rows], paddingInner=0.2),
    )
    axis = alt.Axis(
        title=None,
        tickCount=3,
        format=",d",
        domain=False,
        ticks=False,
        grid=True,
        gridColor=GRID,
        labelPadding=6,
    )
    y = alt.Y("value:Q", axis=axis, scale=alt.Scale(domain=[0, max(most, 1)], nice=3))
    gaps = alt.Chart(_data(unknown)).mark_bar(
        color=GAP, stroke=SOFT, strokeWidth=0.75, strokeDash=[2, 2]
    )
    bars = alt.Chart(_data(known)).mark_bar(cornerRadiusEnd=1.5)
    chart = alt.layer(
        gaps.encode(x=x, y=alt.value(0), y2=alt.value(_PANEL_HEIGHT)),
        bars.encode(x=x, y=y, color=alt.Color("color:N", scale=None)),
    )
    chart = chart.properties(width=WIDTH - 44, height=_PANEL_HEIGHT)
    return _convert(chart, alternative=alternative, language=language)


def _month_row(i: int, month: Month, language: Language) -> dict[str, Any]:
    name = dates.format_date(month.first, "LLL", locale=language)
    year = f"|{month.first.year}" if i == 0 or month.first.month == 1 else ""
    return {
        "place": i,
        "label": f"{name}{year}",
        "value": month.value,
        "color": LIGHT if month.partial else DARK,
        "january": month.first.month == 1,
    }


def _month_axis(rows: Sequence[dict[str, Any]]) -> alt.Axis:
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
        ticks=True,
        domainColor=SOFT,
        tickColor=SOFT,
        labelAngle=0,
        labelOverlap=False,
        labelPadding=4,
        labelExpr=f"({json.dumps(labels, ensure_ascii=False)})[datum.value]",
    )


def _data(rows: list[dict[str, Any]]) -> alt.Data:
    return alt.Data(values=rows)  # type: ignore[no-untyped-call]


def _convert(
    chart: alt.LayerChart | alt.FacetChart, *, alternative: str, language: Language
) -> str:
    config = {
        "font": FONT,
        "background": "transparent",
        "view": {"stroke": None},
        "axis": {"labelFontSize": 12, "labelColor": INK, "labelFont": FONT},
        "text": {"font": FONT},
    }
    svg = vl_convert.vegalite_to_svg(
        chart.to_dict(),
        vl_version="6.4",
        config=config,
        allowed_base_urls=[],  # a chart fetches nothing
        format_locale=_format_locale(language),
    )
    return prepare(svg, alternative=alternative)


def _format_locale(language: Language) -> dict[str, Any]:
    return {
        "decimal": numbers.get_decimal_symbol(language),
        "thousands": numbers.get_group_symbol(language),
        "grouping": [3],
        "currency": ["", ""],
    }
