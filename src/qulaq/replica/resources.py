"""The data files that lie beside the code of the replica."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any


def read_resource(name: str) -> str:
    return files("qulaq.replica").joinpath(name).read_text(encoding="utf-8")


def read_table(name: str) -> dict[str, Any]:
    return tomllib.loads(read_resource(name))
