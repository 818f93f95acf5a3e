"""
Figures as files: each drawing with its title, what must be said of it and its source, on white paper.

A chart travels without the report, so all that a reader needs stands in the picture itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from textwrap import wrap
from xml.etree import ElementTree as ET

from qulaq.reports.document import Document, Figure, Picture
from qulaq.reports.figures.canvas import FONT, INK, SOFT, WIDTH
from qulaq.reports.png import draw_png
from qulaq.reports.svg import SVG

MOST_PICTURES = 6
"""With more, a figure goes on in another file."""

_MARGIN, _GAP = 24, 28
_LETTER = {"normal": 0.6, "bold": 0.66}
"""The mean width of a letter, in heights of its type, by weight: that of Cyrillic in DejaVu, a wide type."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """
    A figure as two files of one name.
    """

    name: str
    svg: bytes
    png: bytes


@dataclass(frozen=True, slots=True)
class _Style:
    """
    A kind of text: its size, the height of its lines, its colour and weight.
    """

    size: int
    line: int
    color: str = INK
    weight: str = "normal"


_TITLE = _Style(18, 24, weight="bold")
_WHOSE = _Style(13, 19, SOFT)
_PANEL = _Style(13, 18, weight="bold")
_NOTE = _Style(12, 16, SOFT)
_NOTICE = _Style(12, 17, weight="bold")


def draw_charts(document: Document) -> Iterator[Chart]:
    """
    Every figure of the document, in order, numbered as it is there.
    """
    figures = [one for part in document.sections for one in part.blocks if isinstance(one, Figure)]
    for number, figure in enumerate(figures, start=1):
        parts = list(_portions(figure.pictures))
        for part, pictures in enumerate(parts, start=1):
            name = f"{number:02}-{figure.name}" + (f"-{part}" if len(parts) > 1 else "")
            svg = _compose(document, figure, pictures)
            yield Chart(name=name, svg=svg.encode("utf-8"), png=draw_png(svg))


def _portions(pictures: Sequence[Picture]) -> Iterator[Sequence[Picture]]:
    for start in range(0, len(pictures), MOST_PICTURES):
        yield pictures[start : start + MOST_PICTURES]


def _compose(document: Document, figure: Figure, pictures: Sequence[Picture]) -> str:
    """
    From the top down: title, whose data, the drawings two abreast, note, notice and source.
    """
    columns = min(len(pictures), 2)
    # One drawing alone leaves too little room for its words.
    width = max(columns * WIDTH + (columns - 1) * _GAP, 480) + 2 * _MARGIN
    root = ET.Element(f"{{{SVG}}}svg", {"role": "img", "aria-label": _describe(figure, pictures)})
    paper = ET.SubElement(root, f"{{{SVG}}}rect", {"fill": "#ffffff"})
    y = _write(root, figure.caption, _TITLE, x=_MARGIN, y=_MARGIN, width=width - 2 * _MARGIN)
    y = _write(root, _whose(document), _WHOSE, x=_MARGIN, y=y, width=width - 2 * _MARGIN)
    y = _place(root, pictures, columns=columns, y=y + 14)
    source = f"{figure.source} {document.labels.maker}"
    for text, style in ((figure.note, _NOTE), (document.notice, _NOTICE), (source, _NOTE)):
        y = _write(root, text, style, x=_MARGIN, y=y + 4, width=width - 2 * _MARGIN)
    height = y + _MARGIN - 4
    for element in (root, paper):
        element.set("width", str(width))
        element.set("height", str(height))
    root.set("viewBox", f"0 0 {width} {height}")
    return ET.tostring(root, encoding="unicode")


def _describe(figure: Figure, pictures: Sequence[Picture]) -> str:
    return " ".join([f"{figure.caption}.", *(picture.alternative for picture in pictures)])


def _whose(document: Document) -> str:
    return " · ".join([document.title, *document.facts.items[0].texts])


def _write(root: ET.Element, text: str, style: _Style, *, x: int, y: int, width: int) -> int:
    """
    The text on lines of that width; the answer is where it ends.
    """
    for line in wrap(text, int(width / (style.size * _LETTER[style.weight]))):
        y += style.line
        place = {
            "x": str(x),
            "y": str(y - (style.line - style.size) // 2 - style.size // 5),
            "fill": style.color,
            "font-family": FONT,
            "font-size": str(style.size),
            "font-weight": style.weight,
        }
        ET.SubElement(root, f"{{{SVG}}}text", place).text = line
    return y


def _place(root: ET.Element, pictures: Sequence[Picture], *, columns: int, y: int) -> int:
    """
    The drawings in rows, each under its title.
    """
    for start in range(0, len(pictures), columns):
        row = pictures[start : start + columns]
        tops = []
        for column, picture in enumerate(row):
            x = _MARGIN + column * (WIDTH + _GAP)
            tops.append(_write(root, picture.title, _PANEL, x=x, y=y, width=WIDTH) + 6)
        bottoms = [
            _insert(root, picture, x=_MARGIN + column * (WIDTH + _GAP), y=max(tops))
            for column, picture in enumerate(row)
        ]
        y = max(bottoms) + 18
    return y


def _insert(root: ET.Element, picture: Picture, *, x: int, y: int) -> int:
    drawing = ET.fromstring(picture.svg)  # noqa: S314  # drawn by ourselves a moment ago
    for name in ("role", "aria-label"):
        drawing.attrib.pop(name, None)
    drawing.set("x", str(x))
    drawing.set("y", str(y))
    root.append(drawing)
    return y + round(float(drawing.attrib["height"]))
