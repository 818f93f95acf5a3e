"""JSON exports of labelling tools: their objects, with the place of each, and the unit that an object is about."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from qulaq.errors import UnreadableExport
from qulaq.exports import open_export
from qulaq.lang import Sayable, phrase

_NESTED = ("data", "meta", "metadata")
"""Where labelling tools keep the columns that texts were imported with."""


def read_objects(file: Path) -> Iterator[tuple[Sayable, Mapping[str, object]]]:
    """
    The objects of a JSON list or of JSON lines, each with its place. Raises UnreadableExport for anything else.
    """
    with tempfile.TemporaryDirectory() as aside:
        export = open_export(file, Path(aside))
        if export.shape not in {"json", "jsonl"}:
            raise _no_objects(file)
        held = export.lines() if export.shape == "jsonl" else enumerate(_listed(export.document), 1)
        for number, one in held:
            if not isinstance(one, dict):
                raise _no_objects(file)
            yield phrase("{file}, record {number}", file=file, number=number), one


def _listed(document: object) -> list[object]:
    return document if isinstance(document, list) else [document]


def _no_objects(file: Path) -> UnreadableExport:
    return UnreadableExport(
        where=str(file),
        found=phrase("this is no list of objects in JSON."),
        remedy=phrase("Export as JSON or JSONL; a CSV is read with --as csv."),
    )


def as_object(value: object) -> Mapping[str, object]:
    """
    The object, or an empty one for whatever is none.
    """
    return value if isinstance(value, dict) else {}


def unit_of(record: Mapping[str, object], where: Sayable) -> str:
    """
    The unit that a record is about: its column `unit`, wherever the tool keeps it. Raises UnreadableExport.
    """
    for place in (record, *(as_object(record.get(name)) for name in _NESTED)):
        told = place.get("unit")
        if isinstance(told, str) and told:
            return told
    raise lacking(where, "unit")


def lacking(where: Sayable, column: str) -> UnreadableExport:
    return UnreadableExport(
        where=where,
        found=phrase("there is no column {names}.", names=column),
        remedy=phrase(
            "Import texts into the labelling tool with their column unit, and export with it."
        ),
    )
