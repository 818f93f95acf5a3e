"""
Drawings: Altair charts turned to SVG, small enough to be read on a phone. They take plain values.

    draw_bars([Bar(group="Akimat", name="Facebook", value=7600, written="7,600")], most=7600, alternative="…")
"""

from __future__ import annotations

from qulaq.reports.figures.bars import NETWORKS, OTHER_NETWORK, Bar, draw_bars
from qulaq.reports.figures.canvas import unchecked
from qulaq.reports.figures.curve import Share, draw_curve
from qulaq.reports.figures.dots import Dot, draw_dots
from qulaq.reports.figures.months import GREEN, LIGHT_GREEN, Month, Series, draw_months
from qulaq.reports.figures.week import draw_week, name_weekdays

__all__ = [
    "GREEN", "LIGHT_GREEN", "NETWORKS", "OTHER_NETWORK", "Bar", "Dot", "Month", "Series", "Share",
    "draw_bars", "draw_curve", "draw_dots", "draw_months", "draw_week", "name_weekdays",
    "unchecked",
]  # fmt: skip
