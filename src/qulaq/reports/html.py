"""A document as one HTML file that needs nothing else: no scripts, no fonts, no address to fetch."""

from __future__ import annotations

from functools import cache
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from qulaq.reports.document import Block, Document


def render(document: Document) -> bytes:
    """
    The document as UTF-8. All texts are escaped; only drawings and our own style are markup.
    """
    html = _template().render(document=document)
    return html.encode("utf-8")


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("qulaq.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["drawing"] = _drawing
    environment.tests["a"] = _is_a
    environment.globals["style"] = _style()
    return environment.get_template("report.html.j2")


def _style() -> Markup:
    sheet = resources.files("qulaq.reports") / "style.css"
    return Markup(sheet.read_text(encoding="utf-8"))  # noqa: S704  # our own file


def _drawing(svg: str) -> Markup:
    """
    A drawing of `figures`, whose texts were escaped when it was written.
    """
    return Markup(svg)  # noqa: S704


def _is_a(block: Block, kind: str) -> bool:
    return type(block).__name__ == kind
