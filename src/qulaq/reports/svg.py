"""
An SVG made fit to stand in a page beside others: a text alternative, ids of its own, no clutter.
"""

from __future__ import annotations

import re
from hashlib import sha256
from xml.etree import ElementTree

_SVG = "http://www.w3.org/2000/svg"
_REFERENCE = re.compile(r"url\(#([^)]+)\)")
# What Vega says of each mark: one alternative for the whole says it better.
_CHATTER = ("role", "aria-label", "aria-roledescription", "aria-hidden", "class", "pointer-events")


def prepare(svg: str, *, alternative: str) -> str:
    """
    The drawing as one image with that alternative; its ids begin with a hash of its content.
    """
    root = ElementTree.fromstring(svg)  # noqa: S314  # drawn by ourselves a moment ago
    prefix = "d" + sha256((svg + alternative).encode()).hexdigest()[:10]
    for element in root.iter():
        for name in _CHATTER:
            element.attrib.pop(name, None)
        _rename(element, prefix)
    root.attrib.pop("version", None)
    title = ElementTree.Element(f"{{{_SVG}}}title", {"id": f"{prefix}-title"})
    title.text = alternative
    root.insert(0, title)
    root.set("role", "img")
    root.set("aria-labelledby", f"{prefix}-title")
    ElementTree.register_namespace("", _SVG)
    return ElementTree.tostring(root, encoding="unicode")


def _rename(element: ElementTree.Element, prefix: str) -> None:
    for name, value in element.attrib.items():
        if name == "id":
            element.set(name, f"{prefix}-{value}")
        elif "url(#" in value:
            element.set(name, _REFERENCE.sub(rf"url(#{prefix}-\1)", value))
