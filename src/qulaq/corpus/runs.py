"""One import under way: what the person wants, and what the steps of intake share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from qulaq.corpus.importers import Importer
from qulaq.corpus.importers.base import Plan
from qulaq.errors import Misused
from qulaq.exports import Export
from qulaq.lang import Language, phrase
from qulaq.store import Store, Writer
from qulaq.study import Knows, Page, Study, read_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """
    How the person who imports wants a file read; empty where the file or the study shall say.

    `captured` is the moment at which the export was made; `knows` are words of
    `qulaq.study.knowledge`; `complete` says whether the file holds every comment that the page showed at
    that moment; `language` is that of the list of rejected rows.
    """

    importer: str | None = None
    mapping: Path | None = None
    page: str | None = None
    captured: datetime | None = None
    knows: tuple[str, ...] = ()
    complete: bool | None = None
    beside: tuple[Path, ...] = ()
    language: Language = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """
    One import of one file. `number` is that of the batch to be, `forced` the page that was named.
    """

    study: Study
    order: Order
    store: Store
    writer: Writer
    export: Export
    importer: Importer
    connection: duckdb.DuckDBPyConnection
    number: int
    forced: Page | None

    def pages(self, plan: Plan) -> list[Page]:
        """
        The pages that rows read by that plan can belong to.
        """
        platform = plan.platform or self.importer.platform
        return [page for page in self.study.pages if platform in (None, page.platform)]

    def knows(self, page: Page) -> tuple[Knows, str]:
        """
        What is known of a page from this file, and who said so: command, study or format.
        """
        knows = self.importer.knows.told(page.knows).told(self.order.knows)
        if {"authors", "parents"}.intersection(read_words(self.order.knows)):
            return knows, "command"
        return knows, "study" if page.knows else "format"


def find_page(study: Study, order: Order, importer: Importer, export: Export) -> Page | None:
    """
    The page that the person named, if any. Raises UnknownName, or Misused where the format is of
    another platform.
    """
    if order.page is None:
        return None
    page = study.page(order.page)
    if importer.platform not in (None, page.platform):
        raise Misused(
            where=str(export.file),
            found=phrase(
                "{key} holds pages of {platform}, but “{page}” is on {other}.",
                key=importer.key,
                platform=importer.platform,
                page=page.id,
                other=page.platform,
            ),
            remedy=phrase("Name another page, or another format with --as."),
        )
    return page
