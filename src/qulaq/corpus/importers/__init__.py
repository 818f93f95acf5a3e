"""
The formats that Qulaq reads: a plain table is a `Mapping` in TOML, anything else a `Reader`.

To add one: a file in `mappings/` or a module in `readers/`, named as the format is, and a sample of it in
`tests/corpus/samples/`. Nothing else need know it.
"""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from functools import partial
from importlib import resources

from qulaq.corpus.drafts.unknown import suggest
from qulaq.corpus.importers.base import Importer, Nearness
from qulaq.corpus.importers.mapping import built_in
from qulaq.corpus.importers.reader import refusal_of, refuse
from qulaq.errors import SourceError, UnreadableExport
from qulaq.exports import Export
from qulaq.lang import phrase
from qulaq.registry import Later, Registry

_MOST_NAMES = 40
_PACKAGE = "qulaq.corpus.importers"


def _find_formats() -> dict[str, str | Later[Importer] | Importer]:
    """
    Where each format is described, by key; "table", which takes any table, comes last.
    """
    found: dict[str, str | Later[Importer] | Importer] = {}
    for name, stem in _stems("mappings", ".toml"):
        found[name] = Later(partial(built_in, stem))
    for name, stem in _stems("readers", ".py"):
        found[name] = f"{_PACKAGE}.readers.{stem}:READER"
    return {**dict(sorted(found.items())), "table": f"{_PACKAGE}.table:TABLE"}


def _stems(folder: str, ending: str) -> list[tuple[str, str]]:
    names = (one.name for one in (resources.files(_PACKAGE) / folder).iterdir())
    stems = [name.removesuffix(ending) for name in names if name.endswith(ending)]
    return [(stem.replace("_", "-"), stem) for stem in stems if not stem.startswith("_")]


IMPORTERS: Registry[Importer] = Registry(
    _find_formats(), group="qulaq.importers", kind=phrase("formats")
)


def recognise(export: Export) -> Importer:
    """
    The importer that knows the file by its content; of a folder, the one that knows most of its files.

    Raises UnknownExport, which says what the file looks like, which formats come near and what they miss.
    """
    if export.shape == "folder":
        return _recognise_folder(export)
    looks = [(importer, importer.look(export)) for importer in IMPORTERS]
    fitting = [(look.needed, importer) for importer, look in looks if look.recognised]
    if fitting:
        return max(fitting, key=lambda one: one[0])[1]
    _check_records(export)
    raise suggest(export, looks)


def _check_records(export: Export) -> None:
    """
    Raises UnreadableExport where the file is no format because it is empty, or what a platform says instead of
    giving data.
    """
    if export.shape != "json":
        return
    if not export.document:
        raise UnreadableExport(
            where=str(export.file),
            found=phrase("there are no records in it, as when a search found nothing."),
            remedy=phrase(
                "Nothing is to be imported; if there should be records, export it again."
            ),
        )
    if refusal := refusal_of(export.document):
        raise refuse(export, refusal)


def _recognise_folder(folder: Export) -> Importer:
    """
    Files that only go with others (lists of comments without their post), or are damaged, need not be known by
    themselves.
    """
    counted: Counter[str] = Counter()
    for part in folder.parts:
        with suppress(SourceError):
            counted[recognise(part).key] += 1
    if not counted:
        return recognise(folder.parts[0])
    return IMPORTERS.get(counted.most_common(1)[0][0])


def listed(names: tuple[str, ...]) -> str:
    """
    Names for a message; a long list is cut.
    """
    shown = ", ".join(names[:_MOST_NAMES])
    return shown + (", …" if len(names) > _MOST_NAMES else "")


__all__ = ["IMPORTERS", "Importer", "Nearness", "listed", "recognise"]
