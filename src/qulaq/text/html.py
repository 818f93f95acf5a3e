"""Texts that platforms write in HTML, as people read them."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from html.parser import HTMLParser

_NO_LINKS: Mapping[str, str] = {}
_LINES = {
    "p",
    "br",
    "li",
    "ul",
    "ol",
    "div",
    "pre",
    "blockquote",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
}
_UNREAD = {"script", "style"}


def plain_text(html: str, *, links: Mapping[str, str] = _NO_LINKS) -> str:
    """
    The words of an HTML text, a line for each paragraph and line break, entities as letters.

    *links* are addresses whose links shall read as the text given instead of their own.
    """
    words = _Words(links)
    # What is no HTML at all ("<![x") ends the reading; the words before it are kept.
    with suppress(AssertionError):
        words.feed(html)
        words.close()
    lines = (line.strip() for line in "".join(words.parts).split("\n"))
    return "\n".join(filter(None, lines))


class _Words(HTMLParser):
    def __init__(self, links: Mapping[str, str]) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._links = links
        self._silent = ""  # the tag until whose end nothing is read

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _LINES:
            self.parts.append("\n")
        instead = self._links.get(dict(attrs).get("href") or "") if tag == "a" else None
        if instead and not self._silent:
            self.parts.append(instead)
        if tag in _UNREAD or instead:
            self._silent = self._silent or tag

    def handle_endtag(self, tag: str) -> None:
        if tag in _LINES:
            self.parts.append("\n")
        if tag == self._silent:
            self._silent = ""

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data)
