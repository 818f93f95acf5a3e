"""What is said of a file that fits no format: what it looks like, what comes near, and how to describe it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Protocol

from qulaq.corpus.drafts.description import describe
from qulaq.corpus.drafts.toml import HEADING_FIRST, shell_word
from qulaq.errors import UnknownExport
from qulaq.exports import Export
from qulaq.lang import Phrase, phrase

_GLANCE = 500  # rows that are looked at to say in a sentence what a file is
_MOST_NEAR = 3
_MOST_NAMES = 40


class Format(Protocol):
    """
    What is known here of an importer.
    """

    @property
    def key(self) -> str: ...


class Near(Protocol):
    """
    How near a file comes to a format.
    """

    @property
    def share(self) -> float: ...
    @property
    def missing(self) -> tuple[str, ...]: ...


def suggest(export: Export, looks: Sequence[tuple[Format, Near]]) -> UnknownExport:
    """
    The error of a file that none of the formats knows.

    Raises UnreadableExport where the file is damaged.
    """
    described = describe(export, most=_GLANCE)
    names = _listed(one.name for one in described.columns if one.name)
    return UnknownExport(
        where=str(export.file),
        found=phrase(
            "no format fits this file. It holds: {names}. {looks}",
            names="—" if described.headless else names or "—",
            looks=described.says,
        ),
        remedy=HEADING_FIRST if described.headless else _remedy(export, looks),
    )


def _remedy(export: Export, looks: Sequence[tuple[Format, Near]]) -> Phrase:
    command = f"qulaq corpus mapping {shell_word(export.file)} --output mapping.toml"
    keys = ", ".join(importer.key for importer, _ in looks)
    near = sorted((one for one in looks if one[1].share > 0), key=lambda one: -one[1].share)
    if not near:
        return phrase(
            "Describe it in a mapping, which this drafts: {command}. Or name the format with --as ({keys}).",
            command=command,
            keys=keys,
        )
    listed = "; ".join(f"{one.key} ({_listed(look.missing)})" for one, look in near[:_MOST_NEAR])
    return phrase(
        "Nearest, and what each misses: {near}. Add that, or describe the file in a mapping, which this drafts: {command}. Or name the format with --as.",
        near=listed,
        command=command,
    )


def _listed(names: Iterable[str]) -> str:
    """
    Names for a message; a long list is cut.
    """
    shown = list(islice(names, _MOST_NAMES + 1))
    return ", ".join(shown[:_MOST_NAMES]) + (", …" if len(shown) > _MOST_NAMES else "")
