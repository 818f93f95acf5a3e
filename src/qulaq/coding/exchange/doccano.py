"""
What doccano exports of text classification: JSON, JSONL, one line or object for each text and one file for each user.

https://doccano.github.io/doccano/ (Tutorial, "Export the dataset"): keys id, text, label (a list of names), Comments, and
the columns that the texts were imported with; older versions put these below `meta`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from qulaq.coding.exchange.documents import as_object, lacking, read_objects, unit_of
from qulaq.coding.exchange.given import Defaults, Given
from qulaq.errors import UnreadableExport
from qulaq.lang import phrase

_SHARED = {"all", "unknown", "admin"}
"""File names that are no person's: the export of all users in one."""


def read_doccano(file: Path, defaults: Defaults) -> Iterator[Given]:
    """
    A judgement for each text with labels. The coder is the user after whom doccano named the file.

    Raises UnreadableExport where nothing says who coded, into which variable, or which unit a text was.
    """
    coder = defaults.coder or ("" if file.stem in _SHARED else file.stem)
    if not coder or not defaults.variable:
        raise UnreadableExport(
            where=str(file),
            found=phrase("doccano's export tells neither the variable nor, here, the coder."),
            remedy=phrase("Name both: --variable topic --coder asel"),
        )
    for where, record in read_objects(file):
        labels = _labels(record)
        if labels is None:
            raise lacking(where, "label")
        if labels:
            yield Given(
                where=where,
                unit=unit_of(record, where),
                coder=coder,
                variable=defaults.variable,
                codes=labels,
                remark=_remark(record),
            )


def _labels(record: Mapping[str, object]) -> tuple[str, ...] | None:
    told = record.get("label", record.get("labels"))
    if isinstance(told, str):
        return tuple(part for part in told.split("#") if part)  # as its CSV joins them
    if isinstance(told, list) and all(isinstance(one, str) for one in told):
        return tuple(told)
    return None


def _remark(record: Mapping[str, object]) -> str:
    told = record.get("Comments")
    if isinstance(told, list):
        return "\n".join(one for one in told if isinstance(one, str))
    return str(as_object(told).get("text", "")) if told else ""
