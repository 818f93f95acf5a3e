"""Named lines under the headings of their groups, from the top down: where each stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

import altair as alt

from qulaq.reports.figures.canvas import INK, WIDTH, make_data

_HEADING = 20
_LONGEST_HEADING = 42
_LETTER = 9
_DIGIT = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Stack:
    """
    Where headings and lines stand: rows of Vega with `middle`, lines also with `top` and `bottom`.
    """

    headings: tuple[dict[str, Any], ...]
    places: tuple[dict[str, Any], ...]
    height: int


def stack(groups: Sequence[str], *, band: int, gap: int) -> Stack:
    """
    A line for each element, which names its group; a heading where a named group begins.
    """
    headings: list[dict[str, Any]] = []
    places: list[dict[str, Any]] = []
    y, begun = 0, ""
    for group in groups:
        if group != begun:
            y += 8 if places else 0
            for line in wrap(group, _LONGEST_HEADING):
                headings.append({"text": line, "middle": y + _HEADING / 2})
                y += _HEADING
            begun = group
        places.append({"top": y + gap, "middle": y + band / 2, "bottom": y + band - gap})
        y += band
    return Stack(headings=tuple(headings), places=tuple(places), height=y)


def span(names: Sequence[str], written: Sequence[str]) -> tuple[int, int]:
    """
    From where to where a line is drawn, between its name and its number.
    """
    begin = min(max(len(name) for name in names) * _LETTER + 8, WIDTH // 2)
    return begin, WIDTH - (max(len(one) for one in written) * _DIGIT + 8)


def draw_texts(lines: Stack, names: Sequence[str], *, begin: int, height: int) -> list[alt.Chart]:
    """
    The headings and the names of the lines, in a drawing of that height.
    """
    middle = alt.Y("middle:Q", axis=None, scale=alt.Scale(domain=[0, height], range=[0, height]))
    rows = [{"text": name, **place} for name, place in zip(names, lines.places, strict=True)]
    headings = alt.Chart(make_data(list(lines.headings))).mark_text(
        align="left", baseline="middle", fontSize=13, fontWeight="bold", color=INK
    )
    texts = alt.Chart(make_data(rows)).mark_text(
        align="left", baseline="middle", fontSize=13, color=INK, limit=begin - 6
    )
    return [mark.encode(x=alt.value(0), y=middle, text="text:N") for mark in (headings, texts)]
