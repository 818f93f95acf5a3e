"""How time and memory grow with the comments: fitted exponents, and a picture with both axes logarithmic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import altair as alt
import numpy as np
import vl_convert

from bench.contest import Contest, met

BAR = 1.1
"""Time may grow as rows to this power."""
_FEWEST = 2
_FONT = "DejaVu Sans, sans-serif"
# Okabe and Ito (2008): told apart by people of any colour vision.
_COLOURS = ["#0072B2", "#56B4E9", "#D55E00", "#009E73", "#E69F00", "#CC79A7", "#000000"]
_PANELS = {"seconds": "seconds", "peak_mb": "peak memory, MB"}


@dataclass(frozen=True, slots=True)
class Growth:
    """
    The same contest at several sizes, in comments, the smallest first.
    """

    contests: Sequence[tuple[int, Contest]]

    @property
    def names(self) -> list[str]:
        told = (name for _, contest in self.contests for name in contest.runs)
        return list(dict.fromkeys(told))

    def points(self, name: str, part: str) -> list[tuple[int, float]]:
        """
        Comments and median, at the sizes that the contestant could do.
        """
        return [
            (comments, contest.median(name, part))
            for comments, contest in self.contests
            if name in contest.runs
        ]

    def exponents(self, name: str, part: str) -> tuple[float, float] | None:
        """
        Over all sizes, by least squares of logarithms, and between the two largest; None with fewer than two sizes.
        """
        points = self.points(name, part)
        if len(points) < _FEWEST:
            return None
        x, y = np.log(np.array(points, dtype=np.float64)).T
        return float(np.polyfit(x, y, 1)[0]), float((y[-1] - y[-2]) / (x[-1] - x[-2]))


def describe(growth: Growth, ours: str) -> list[str]:
    """
    The sizes and exponents as lines of Markdown.
    """
    heading = "| | comments | seconds | peak memory, MB | time grows as rows to the | memory as rows to the |"
    lines = [heading, "|---|---|---|---|---|---|"]
    for name in growth.names:
        seconds, peaks = (growth.points(name, part) for part in _PANELS)
        cells = [
            name,
            " · ".join(f"{comments:,}" for comments, _ in seconds),
            " · ".join(f"{one:,.1f}" for _, one in seconds),
            " · ".join(f"{one:,.0f}" for _, one in peaks),
            *(_told(growth.exponents(name, part)) for part in _PANELS),
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return [_verdict(growth, ours), "", *lines]


def _told(exponents: tuple[float, float] | None) -> str:
    if exponents is None:
        return "one size only"
    whole, last = exponents
    return f"{whole:.2f} ({last:.2f} between the two largest)"


def _verdict(growth: Growth, ours: str) -> str:
    exponents = growth.exponents(ours, "seconds")
    if exponents is None:
        return f"- {ours}: one size tells nothing of growth."
    whole, last = exponents
    verdict = met(max(exponents) <= BAR)
    return (
        f"- {ours}: time grows as rows^{whole:.2f} over all sizes, rows^{last:.2f} between the two largest "
        f"(bar: rows^{BAR:g}), so the bar is {verdict}."
    )


def draw(growth: Growth, file: Path) -> None:
    """
    Seconds and memory against comments, a line a contestant, as SVG.
    """
    points = [
        {"contestant": name, "comments": comments, part: value}
        for name in growth.names
        for part in _PANELS
        for comments, value in growth.points(name, part)
    ]
    chart = alt.hconcat(
        *(_panel(points, part, title, growth.names) for part, title in _PANELS.items())
    )
    chart = chart.configure(font=_FONT).configure_view(stroke=None)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(vl_convert.vegalite_to_svg(chart.to_dict()), encoding="utf-8")


def _panel(points: list[dict[str, object]], part: str, title: str, names: list[str]) -> alt.Chart:
    log = alt.Scale(type="log")
    own = [one for one in points if part in one]
    return (
        alt.Chart(alt.Data(values=own), width=300, height=300)
        .mark_line(point=True)
        .encode(
            x=alt.X("comments:Q", scale=log, title="comments", axis=alt.Axis(format="~s")),
            y=alt.Y(f"{part}:Q", scale=log, title=title, axis=alt.Axis(format="~s")),
            color=alt.Color(
                "contestant:N", scale=alt.Scale(domain=names, range=_COLOURS), title=None
            ),
            shape=alt.Shape("contestant:N", scale=alt.Scale(domain=names), title=None),
        )
    )
