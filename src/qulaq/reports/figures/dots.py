"""Shares as dots with their intervals, one below another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from qulaq.reports.figures.canvas import DARK, GRID, INK, SOFT, WIDTH, convert, make_data
from qulaq.reports.figures.lines import draw_texts, span, stack

_BAND, _GAP = 24, 0
_AXIS = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """
    A named share, perhaps in a group. Without an interval only the dot is drawn.
    """

    group: str = ""
    name: str
    value: float
    low: float | None
    high: float | None
    written: str


def draw_dots(dots: Sequence[Dot], *, alternative: str, ticks: Sequence[tuple[float, str]]) -> str:
    """
    On a scale from 0 to the last of *ticks*, its places with what is written below them.
    """
    lines = stack([dot.group for dot in dots], band=_BAND, gap=_GAP)
    names = [dot.name for dot in dots]
    begin, end = span(names, [dot.written for dot in dots])
    end -= 6
    height = lines.height + _AXIS
    x = alt.Scale(domain=[0, ticks[-1][0]], range=[begin, end])
    down = alt.Scale(domain=[0, height], range=[0, height])
    y = alt.Y("middle:Q", axis=None, scale=down)
    share = alt.X("value:Q", axis=None, scale=x)
    rows = [
        {"written": dot.written, "value": dot.value, "low": dot.low, "high": dot.high, **place}
        for dot, place in zip(dots, lines.places, strict=True)
    ]
    base = alt.Chart(make_data(rows))
    known = alt.Chart(make_data([row for row in rows if row["low"] is not None]))
    marks = [{"value": place, "text": text, "middle": lines.height + 10} for place, text in ticks]
    # The grid leaves out the headings, whose words it would cross.
    grid = [{"value": tick, **place} for tick, _ in ticks for place in lines.places]
    number = base.mark_text(
        align="left", baseline="middle", fontSize=13, color=INK, fontWeight="bold"
    )
    chart = alt.layer(
        alt.Chart(make_data(grid))
        .mark_rule(color=GRID)
        .encode(x=share, y=alt.Y("top:Q", axis=None, scale=down), y2="bottom:Q"),
        alt.Chart(make_data(marks))
        .mark_text(fontSize=12, color=SOFT)
        .encode(x=share, y=y, text="text:N"),
        *draw_texts(lines, names, begin=begin, height=height),
        known.mark_rule(color=DARK, strokeWidth=3, opacity=0.5).encode(
            x=alt.X("low:Q", axis=None, scale=x), x2="high:Q", y=y
        ),
        base.mark_circle(color=DARK, size=80, opacity=1).encode(x=share, y=y),
        number.encode(x=alt.value(end + 12), y=y, text="written:N"),
    ).properties(width=WIDTH, height=height)
    return convert(chart, alternative=alternative, language="en")
