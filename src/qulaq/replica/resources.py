"""The data files that lie beside the code of the replica."""

from __future__ import annotations

import tomllib
from contextlib import AbstractContextManager
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any


def read_resource(name: str) -> str:
    return files("qulaq.replica").joinpath(name).read_text(encoding="utf-8")


def read_table(name: str) -> dict[str, Any]:
    return tomllib.loads(read_resource(name))


def open_resource(name: str) -> AbstractContextManager[Path]:
    """
    The data file as a file of its own, also where the package is packed.
    """
    return as_file(files("qulaq.replica").joinpath(name))
