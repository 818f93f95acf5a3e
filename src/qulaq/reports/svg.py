"""
An SVG made fit to stand in a page beside others: a text alternative, ids of its own, no clutter.
"""

from __future__ import annotations

import re
from hashlib import sha256
from xml.etree import ElementTree as ET

SVG = "http://www.w3.org/2000/svg"
_REFERENCE = re.compile(r"url\(#([^)]+)\)")
_COUNTED = re.compile(r"clip\d+")  # Vega counts through all that a process draws
# What Vega says of each mark: one alternative for the whole says it better.
_CHATTER = ("role", "aria-label", "aria-roledescription", "aria-hidden", "class", "pointer-events")


def prepare(svg: str, *, alternative: str) -> str:
    """
    The drawing as one image with that alternative. Its ids begin with a hash of its content, so that
    no two drawings share one and the same drawing is always written alike.
    """
    root = ET.fromstring(svg)  # noqa: S314  # drawn by ourselves a moment ago
    names = _new_names(
        root, sha256(f"{_COUNTED.sub('', svg)}{alternative}".encode()).hexdigest()[:10]
    )
    for element in root.iter():
        for name in _CHATTER:
            element.attrib.pop(name, None)
        _rename(element, names)
    root.attrib.pop("version", None)
    root.set("role", "img")
    root.set("aria-label", alternative)
    ET.register_namespace("", SVG)
    return ET.tostring(root, encoding="unicode")


def _new_names(root: ET.Element, digest: str) -> dict[str, str]:
    ids = [element.attrib["id"] for element in root.iter() if "id" in element.attrib]
    return {old: f"d{digest}-{i}" for i, old in enumerate(ids)}


def _rename(element: ET.Element, names: dict[str, str]) -> None:
    for name, value in element.attrib.items():
        if name == "id":
            element.set(name, names[value])
        elif "url(#" in value:
            element.set(name, _REFERENCE.sub(lambda found: f"url(#{names[found[1]]})", value))
