"""The codebook that a new study begins with."""

from __future__ import annotations

from importlib import resources
from pathlib import Path


def write_standard_codebook(file: Path) -> None:
    """
    Write `codebook.toml` of this package as it is, remarks included: it is there to be read and changed.
    """
    source = resources.files("qulaq.coding") / "codebook.toml"
    file.write_text(source.read_text(encoding="utf-8"), encoding="utf-8", newline="\n")
