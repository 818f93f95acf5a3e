"""The formats in which codes come, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from qulaq.coding.exchange.doccano import read_doccano
from qulaq.coding.exchange.given import Defaults, Given
from qulaq.coding.exchange.label_studio import read_label_studio
from qulaq.coding.exchange.rows import read_rows
from qulaq.errors import UnknownName

FORMATS: Mapping[str, Callable[[Path, Defaults], Iterator[Given]]] = {
    "csv": read_rows,
    "doccano": read_doccano,
    "label-studio": read_label_studio,
}


def read_given(file: Path, *, format: str, defaults: Defaults) -> tuple[Given, ...]:  # noqa: A002  # as the option
    """
    The judgements of a file. Raises UnknownName, UnreadableExport.
    """
    if format not in FORMATS:
        raise UnknownName.among(format, list(FORMATS), kind="--as")
    return tuple(FORMATS[format](file, defaults))
