"""Bars under the names of their groups, the number behind each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from qulaq.reports.figures.canvas import DARK, INK, WIDTH, convert, make_data
from qulaq.reports.figures.lines import draw_texts, span, stack

NETWORKS = {
    "facebook": "#0072B2",
    "instagram": "#D55E00",
    "telegram": "#009E73",
    "youtube": "#CC79A7",
    "tiktok": "#8A6D00",
}
OTHER_NETWORK = "#595F66"
_BAND, _GAP = 26, 5
_DENSE_BAND, _DENSE_GAP = 21, 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """
    A named amount, perhaps in a group.
    """

    group: str = ""
    name: str
    value: float
    written: str
    color: str = DARK


def draw_bars(bars: Sequence[Bar], *, most: float, alternative: str, dense: bool = False) -> str:
    """
    *most* sets the scale, so that drawings beside each other compare. Dense bars all but touch, as the
    classes of a distribution do.
    """
    band, gap = (_DENSE_BAND, _DENSE_GAP) if dense else (_BAND, _GAP)
    lines = stack([bar.group for bar in bars], band=band, gap=gap)
    names = [bar.name for bar in bars]
    begin, end = span(names, [bar.written for bar in bars])
    rows = [
        {"written": bar.written, "value": bar.value, "color": bar.color, **place}
        for bar, place in zip(bars, lines.places, strict=True)
    ]
    scale = alt.Scale(domain=[0, lines.height], range=[0, lines.height])
    x = alt.X("value:Q", axis=None, scale=alt.Scale(domain=[0, most or 1], range=[begin, end]))
    base = alt.Chart(make_data(rows))
    written = base.mark_text(
        align="left", baseline="middle", fontSize=13, color=INK, dx=5, fontWeight="bold"
    )
    chart = alt.layer(
        *draw_texts(lines, names, begin=begin, height=lines.height),
        base.mark_bar(cornerRadiusEnd=2).encode(
            x=x,
            x2=alt.datum(0),
            y=alt.Y("top:Q", axis=None, scale=scale),
            y2="bottom:Q",
            color=alt.Color("color:N", scale=None),
        ),
        written.encode(x=x, y=alt.Y("middle:Q", axis=None, scale=scale), text="written:N"),
    ).properties(width=WIDTH, height=lines.height)
    return convert(chart, alternative=alternative, language="en")
