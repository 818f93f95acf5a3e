"""The units of a corpus that can be coded: posts, citizens' comments, replies of the body."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import ibis
import pyarrow as pa

from qulaq.coding.codebook import Unit
from qulaq.corpus.current import Corpus, Expression
from qulaq.corpus.dataset import without_people
from qulaq.corpus.newest import PLACE
from qulaq.corpus.selection import of_pages
from qulaq.engine import as_ibis
from qulaq.study import Page, Window


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """
    The units of some pages and local days, a row each: `page_id`, `id`, `day`, and where their texts lie.

    `nameless`: comments that nobody knows the author of; they are among the units, for on pages of others that is how
    most comments come.
    """

    unit: Unit
    rows: pa.Table
    nameless: int

    def names(self) -> Iterator[str]:
        """
        What each unit is called in samples and codes: its page and its id there, for ids are the platform's own.
        """
        pages, ids = self.rows["page_id"].to_pylist(), self.rows["id"].to_pylist()
        return (f"{page}/{one}" for page, one in zip(pages, ids, strict=True))

    def days(self) -> list[date]:
        days: list[date] = self.rows["day"].to_pylist()
        return days


def find_units(corpus: Corpus, unit: Unit, *, pages: Sequence[Page], window: Window) -> Population:
    """
    All units of that kind. Comments are those at the top that are not known to be the body's; replies are the body's,
    below one or, where the source tells of no parents, anywhere.
    """
    rows = _of_unit(corpus, unit)
    rows = of_pages(corpus, rows.filter(rows.day.between(window.first, window.last)), pages)
    found = corpus.engine.run(rows.order_by(*PLACE))
    nameless = found["nameless"].to_pylist().count(True)
    return Population(unit=unit, rows=found.drop_columns(["nameless"]), nameless=nameless)


def _of_unit(corpus: Corpus, unit: Unit) -> Expression:
    if unit == "post":
        rows = corpus.tables["posts"]
        return rows.select("page_id", "day", *PLACE, id=rows.post_id, nameless=False)
    rows = corpus.tables["comments"]
    by_page = rows.by_page.fill_null(False)
    below = ~rows.top_level | ~rows.knows_parents.fill_null(True)
    rows = rows.filter(rows.top_level & ~by_page if unit == "comment" else below & by_page)
    return rows.select("page_id", "day", *PLACE, id=rows.comment_id, nameless=rows.by_page.isnull())


def find_known(corpus: Corpus, units: Collection[str]) -> set[str] | None:
    """
    Those of these units that the corpus has, as posts or as comments; None where it has no records at all.
    """
    if not corpus.store.batches():
        return None
    asked = add_asked(corpus, units)
    found: set[str] = set()
    for name, column in (("posts", "post_id"), ("comments", "comment_id")):
        rows = corpus.tables[name]
        held = rows.select("page_id", id=rows[column])
        found |= set(
            corpus.engine.run(asked.semi_join(held, ["page_id", "id"]))["unit"].to_pylist()
        )
    return found


def add_asked(corpus: Corpus, units: Collection[str]) -> Expression:
    """
    These units as a table of page_id, id and unit, to be joined with posts or comments; the next ones take its place.
    """
    named = [(*one.partition("/")[::2], one) for one in dict.fromkeys(units)]
    columns = list(zip(*named, strict=True)) or [()] * 3
    arrays = [pa.array(one, pa.string()) for one in columns]
    rows = pa.Table.from_arrays(arrays, names=["page_id", "id", "unit"])
    corpus.engine.add_rows("asked_units", rows)
    return ibis.table(as_ibis(rows.schema), name="asked_units")


def find_days(corpus: Corpus, units: Collection[str]) -> dict[str, date]:
    """
    The local day of those of these units that the corpus has.
    """
    asked = add_asked(corpus, units)
    days: dict[str, date] = {}
    for name, column in (("posts", "post_id"), ("comments", "comment_id")):
        rows = corpus.tables[name]
        held = rows.select("page_id", "day", id=rows[column])
        found = corpus.engine.run(asked.inner_join(held, ["page_id", "id"]).select("unit", "day"))
        days |= dict(zip(found["unit"].to_pylist(), found["day"].to_pylist(), strict=True))
    return days


def find_links(corpus: Corpus, population: Population, places: Sequence[int]) -> list[str | None]:
    """
    Where the units at these places of the population can be read; addresses that name a person are left out.
    """
    rows = population.rows.take(pa.array(places, pa.int64())).select([*PLACE])
    rows = rows.append_column("place", pa.array(range(len(places)), pa.int64()))
    corpus.engine.add_rows("drawn", rows)
    drawn = ibis.table(as_ibis(rows.schema), name="drawn")
    table = "posts" if population.unit == "post" else "comments"
    links = corpus.engine.run(corpus.with_texts(drawn, table).order_by("place"))["link"]
    told: list[str | None] = (
        links if population.unit == "post" else without_people(links)
    ).to_pylist()
    return told
