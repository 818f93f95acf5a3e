"""
The formats that Qulaq reads: a plain table is a `Mapping` in TOML, anything else a `Reader`.

To add one: a file in `mappings/` or a module here, and one line in the table below.
"""

from __future__ import annotations

from qulaq.corpus.exports import Export
from qulaq.corpus.importers.base import Importer, Nearness
from qulaq.errors import UnknownExport
from qulaq.lang import phrase
from qulaq.registry import Registry

_MOST_NAMES = 40
_MAPPINGS = "qulaq.corpus.importers.mapping"

IMPORTERS: Registry[Importer] = Registry(
    {
        "facebook-page-post-scraper": f"{_MAPPINGS}:FACEBOOK_PAGE_POST_SCRAPER",
        "rfacebook": f"{_MAPPINGS}:RFACEBOOK",
        "crowdtangle": f"{_MAPPINGS}:CROWDTANGLE",
        "graph-api": "qulaq.corpus.importers.graph_api:GRAPH_API",
        "mastodon": "qulaq.corpus.importers.mastodon:MASTODON",
        "table": "qulaq.corpus.importers.table:TABLE",
    },
    group="qulaq.importers",
    kind=phrase("formats"),
)


def recognise(export: Export) -> Importer:
    """
    The importer that knows the file by its content.

    Raises UnknownExport, which says what the file looks like, which format comes nearest and what
    that one misses.
    """
    looks = [(importer, importer.look(export)) for importer in IMPORTERS]
    for importer, look in looks:
        if look.recognised:
            return importer
    importer, nearest = max(looks, key=lambda pair: pair[1].share)
    found = phrase(
        "no format fits this file. It holds: {names}.", names=listed(export.heading) or "—"
    )
    if nearest.share == 0:
        raise UnknownExport(
            where=str(export.file),
            found=found,
            remedy=phrase(
                "Name the format with --as ({keys}), or describe the columns in a mapping and give it with --mapping.",
                keys=", ".join(IMPORTERS.keys()),
            ),
        )
    raise UnknownExport(
        where=str(export.file),
        found=found,
        remedy=phrase(
            "Nearest is {key}, which also needs: {missing}. Add it, or name the format with --as.",
            key=importer.key,
            missing=listed(nearest.missing),
        ),
    )


def listed(names: tuple[str, ...]) -> str:
    """
    Names for a message; a long list is cut.
    """
    shown = ", ".join(names[:_MOST_NAMES])
    return shown + (", …" if len(names) > _MOST_NAMES else "")


__all__ = ["IMPORTERS", "Importer", "Nearness", "listed", "recognise"]
