"""placeholder until the merge"""

from __future__ import annotations
from typing import Any


def add_readings(corpus: Any, *, progress: Any = None) -> Any:
    raise SystemExit


def add_boilerplate(corpus: Any, *, progress: Any = None) -> Any:
    raise SystemExit
