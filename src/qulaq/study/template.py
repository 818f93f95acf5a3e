"""A fresh study folder with a commented `study.toml`."""

from __future__ import annotations

import re
from datetime import date
from importlib import resources
from pathlib import Path
from string import Template

from qulaq.errors import StudyError
from qulaq.lang import phrase


def new_study(folder: Path, *, today: date) -> Path:
    """
    Write `study.toml` into a new or empty place; its window is the last whole year before *today*.

    Raises StudyError where a study already stands there.
    """
    refuse_taken(folder)
    folder.mkdir(parents=True, exist_ok=True)
    source = resources.files("qulaq.study") / "template.toml"
    text = Template(source.read_text(encoding="utf-8")).substitute(
        id=_as_id(folder.resolve().name), year=today.year - 1
    )
    file = folder / "study.toml"
    file.write_text(text, encoding="utf-8", newline="\n")
    return file


def refuse_taken(folder: Path) -> None:
    """
    Raises StudyError where the folder holds a study already, or is a file.
    """
    if (folder / "study.toml").exists():
        raise StudyError(
            where=str(folder),
            found=phrase("there is a study here already."),
            remedy=phrase("Name another folder; nothing was changed."),
        )
    if folder.exists() and not folder.is_dir():
        raise StudyError(
            where=str(folder),
            found=phrase("this is a file, not a folder."),
            remedy=phrase("Name another folder; nothing was changed."),
        )


def _as_id(name: str) -> str:
    return re.sub(r"[^a-z0-9_-]+", "-", name.lower()).strip("-_") or "study"
