"""Rows of some pages of a study, however many those are."""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import pyarrow as pa

from qulaq.corpus.current import Corpus, Expression
from qulaq.corpus.shelf import key_of
from qulaq.engine import as_ibis
from qulaq.study import Page


def of_pages(corpus: Corpus, rows: Expression, pages: Sequence[Page]) -> Expression:
    """
    The rows of these pages of the study.

    Engines go through a list of constants for each row, so the pages are a table to be joined; where all of
    the study are meant there is nothing to leave out.
    """
    if len(pages) == len(corpus.study.pages):
        return rows
    ids = [page.id for page in pages]
    chosen = pa.table({"page_id": pa.array(ids, pa.string())})
    name = f"pages_{key_of(ids)}"
    corpus.engine.add_rows(name, chosen)
    return rows.semi_join(ibis.table(as_ibis(chosen.schema), name=name), "page_id")
