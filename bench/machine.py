"""What the bench ran on: enough to judge its figures, nothing that names one machine."""

from __future__ import annotations

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_LIBRARIES = (
    "duckdb", "ibis-framework", "numpy", "pyarrow", "scipy", "polars", "pandas", "orjson", "pyspark",
)  # fmt: skip


def describe() -> list[str]:
    """
    Processor, memory and system; versions.
    """
    libraries = ", ".join(f"{name} {version(name)}" for name in _LIBRARIES if _is_there(name))
    return [
        f"{os.cpu_count()} cores ({_processor()}), {_memory()} of memory, {platform.system()}",
        f"Python {platform.python_version()}, Qulaq {version('qulaq')}, {libraries}",
    ]


def _is_there(name: str) -> bool:
    try:
        version(name)
    except PackageNotFoundError:
        return False
    return True


def _processor() -> str:
    told = _read(Path("/proc/cpuinfo"), "model name")
    return told or platform.processor() or platform.machine()


def _memory() -> str:
    told = _read(Path("/proc/meminfo"), "MemTotal").split()
    return f"{int(told[0]) / 1024**2:.0f} GiB" if told else "unknown"


def _read(file: Path, key: str) -> str:
    if not file.is_file():
        return ""
    lines = (line.partition(":") for line in file.read_text(encoding="utf-8").splitlines())
    return next((value.strip() for name, _, value in lines if name.strip() == key), "")
