"""Reading a report back: its tables as text, its tags, its drawings."""

from __future__ import annotations

from html.parser import HTMLParser


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags = []
        self.tables = []
        self.texts = []
        self.svgs = []
        self.in_cell = self.in_drawing = False

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append("")
            self.in_cell = True
        elif tag == "svg":
            self.in_drawing = True
            self.svgs.append(
                {"label": dict(attributes).get("aria-label", ""), "ink": 0, "text": ""}
            )
        elif tag == "path" and self.svgs and dict(attributes).get("d", ""):
            self.svgs[-1]["ink"] += 1

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self.in_cell = False
        elif tag == "svg":
            self.in_drawing = False

    def handle_data(self, data):
        self.texts.append(data)
        if self.in_cell:
            self.tables[-1][-1][-1] += data
        if self.in_drawing:
            self.svgs[-1]["text"] += data


def read(html):
    reader = _Reader()
    reader.feed(html)
    return reader


def words(html):
    return " ".join(" ".join(read(html).texts).replace("\xa0", " ").replace("\u202f", " ").split())


def rows(html):
    """
    Every row of every table as its cells, spaces and no-break spaces alike.
    """
    tables = read(html).tables
    plain = [[" ".join(cell.split()) for cell in row] for table in tables for row in table]
    return [row for row in plain if row]


def row(html, beginning):
    return next(found for found in rows(html) if found[0].startswith(beginning))
