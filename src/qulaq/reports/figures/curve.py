"""A share that grows with time, with its band."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from qulaq.reports.figures.canvas import DARK, GRID, LIGHT, SOFT, WIDTH, convert, make_data

_HEIGHT = 150
_MARGIN = 52
_DAY = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """
    A share so many hours after the start; its interval where one exists.
    """

    hours: float
    value: float
    low: float | None
    high: float | None


def draw_curve(
    points: Sequence[Share], *, days: int, below: str, alternative: str, sign: str
) -> str:
    """
    A step from each point to the next, in days from 0 to *days*. *below* says what the days are;
    *sign* stands behind the percentages.
    """
    rows = [
        {"day": one.hours / _DAY, "value": one.value, "low": one.low, "high": one.high}
        for one in points
    ]
    x = alt.X(
        "day:Q",
        axis=alt.Axis(
            title=below,
            values=list(range(days + 1)),
            format="d",
            grid=False,
            domainColor=SOFT,
            tickColor=SOFT,
        ),
        scale=alt.Scale(domain=[0, days], nice=False),
    )
    axis = alt.Axis(
        title=None,
        values=[0, 0.25, 0.5, 0.75, 1],
        labelExpr=f"format(100 * datum.value, 'd') + '{sign}'",
        domain=False,
        ticks=False,
        gridColor=GRID,
        labelPadding=6,
    )
    scale = alt.Scale(domain=[0, 1])
    y = alt.Y("value:Q", axis=axis, scale=scale)
    banded = alt.Chart(make_data([row for row in rows if row["low"] is not None]))
    band = banded.mark_area(color=LIGHT, opacity=0.55, interpolate="step-after").encode(
        x=x, y=alt.Y("low:Q", axis=axis, scale=scale), y2="high:Q"
    )
    line = alt.Chart(make_data(rows)).mark_line(
        color=DARK, strokeWidth=2.5, interpolate="step-after"
    )
    chart = alt.layer(band, line.encode(x=x, y=y))
    chart = chart.properties(width=WIDTH - _MARGIN, height=_HEIGHT)
    return convert(chart, alternative=alternative, language="en")
