"""
A report in one language as a value: sections of paragraphs, tables and figures, before any format.

HTML is written from it, later PDF and DOCX: no block knows how it will look. Texts are plain; what is
markup in them stays text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qulaq.lang import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """
    A heading inside a section.
    """

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """
    A paragraph. A notice is one that nobody may overlook.
    """

    text: str
    notice: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Footnote:
    """
    What a mark in the cells of a table means.
    """

    mark: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """
    What stands in one place of a table.

    `details` are the small second line of a number: its n, interval and missing. `marks` are those of
    footnotes. `link` is an address, or `#` and the name of a definition. `missing`: not known, and
    said so. `quoted`: words of others, in no known language. `shade` runs from 0 to 1.
    """

    text: str
    details: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    link: str = ""
    missing: bool = False
    quoted: bool = False
    shade: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    title: str
    detail: str = ""
    marks: tuple[str, ...] = ()
    link: str = ""
    numeric: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """
    A header and the cells after it. A row that begins a `group` stands under that heading.
    """

    header: Cell
    cells: tuple[Cell, ...]
    group: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """
    A table; its first column holds the rows' headers.

    A `wide` table has more columns than a sheet of paper standing upright can take.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: str = ""
    footnotes: tuple[Footnote, ...] = ()
    wide: bool = False
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """
    One drawing of a figure: a complete SVG and what it shows, in words.
    """

    svg: str
    alternative: str
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """
    Drawings under one caption, with the numbers that they show. `name` is that of its files.
    """

    name: str
    caption: str
    pictures: tuple[Picture, ...]
    note: str = ""
    source: str = ""
    numbers: Table | None = None
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """
    A term and what it means. `question` is what it asks, `source` a citation.
    """

    term: str
    texts: tuple[str, ...]
    question: str = ""
    source: str = ""
    anchor: str = ""
    code: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Definitions:
    """
    A list of terms. In a `brief` one each stands on a line with its value.
    """

    items: tuple[Definition, ...]
    brief: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """
    A file beside this one, by its address from here without the ending, which is that of the format.
    """

    text: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """
    Ways to other files of the report.
    """

    items: tuple[Link, ...]


Block = Heading | Paragraph | Table | Figure | Definitions | Links


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    anchor: str
    title: str
    blocks: Sequence[Block]


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """
    The few words that a format itself must say.
    """

    note: str
    contents: str
    numbers: str
    source: str
    scrolls: str
    maker: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """
    The report: what stands at its head, then its sections.
    """

    language: Language
    title: str
    kicker: str
    notice: str
    facts: Definitions
    sections: tuple[Section, ...]
    labels: Labels
    footer: str

    @property
    def wide(self) -> bool:
        """
        Whether some table asks for sheets lying on their side.
        """
        return any(
            isinstance(block, Table) and block.wide for one in self.sections for block in one.blocks
        )
