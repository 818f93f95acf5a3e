"""
What all drawings share: colours, fonts, a size to be read on a phone, and the way from Altair to SVG.

Colours are Okabe and Ito's (2008), told apart by people of any colour vision; no meaning hangs on
colour alone. Every list of fonts ends with a generic family: without it a missing font draws no text.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

import altair as alt
import vl_convert
from altair.utils import schemapi
from babel import numbers

from qulaq.lang import Language
from qulaq.reports.svg import prepare

# Families with all Kazakh letters first: where one lacks them, they are drawn from another, and it shows.
FONT = 'system-ui, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", Arial, sans-serif'
INK, SOFT, GRID, GAP = "#1b1f24", "#4a5159", "#d9dde1", "#e9ecef"
DARK, LIGHT = "#0072B2", "#86BFE0"
WIDTH = 320

Chart = alt.LayerChart | alt.FacetChart | alt.VConcatChart


def unchecked() -> AbstractContextManager[None]:
    """
    Charts made inside are not checked part by part against the grammar, which takes most of their time;
    tests draw each kind with the checks.
    """
    return schemapi.debug_mode(False)  # Altair's own signature


def make_data(rows: list[dict[str, Any]]) -> alt.Data:
    return alt.Data(values=rows)  # type: ignore[no-untyped-call]


def convert(chart: Chart, *, alternative: str, language: Language) -> str:
    config = {
        "font": FONT,
        "background": "transparent",
        "view": {"stroke": None},
        "axis": {
            "labelFontSize": 12,
            "labelColor": INK,
            "labelFont": FONT,
            "titleFont": FONT,
            "titleFontSize": 12,
            "titleFontWeight": "normal",
            "titleColor": SOFT,
            "titlePadding": 6,
        },
        "title": {
            "font": FONT,
            "fontSize": 13,
            "fontWeight": "normal",
            "color": INK,
            "anchor": "start",
            "frame": "group",
            "offset": 6,
        },
        "text": {"font": FONT},
    }
    svg = vl_convert.vegalite_to_svg(
        chart.to_dict(validate=schemapi.DEBUG_MODE),
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
