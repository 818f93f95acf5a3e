"""How likes and comments are spread over the posts of a page: most draw few, a few draw very many."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import ibis
import numpy as np

from qulaq.corpus.current import Corpus
from qulaq.indicators.model import Expression
from qulaq.study import Window

Reaction = Literal["likes", "comments"]

# Zero apart, then 1, 2, 5 by powers of ten: each bin some twice as wide as the one before.
_ENDS = (0, 2, 5, *(step * 10**power for power in range(1, 10) for step in (1, 2, 5)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """
    Whole numbers from `first` to `last`, both among them.
    """

    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution:
    """
    How many posts of a page lie in each bin. `missing`: posts whose count the source does not show.
    """

    bins: tuple[Bin, ...]
    posts: tuple[int, ...]
    missing: int

    @property
    def n(self) -> int:
        """
        The posts whose count is known.
        """
        return sum(self.posts)


def describe_distributions(
    corpus: Corpus, reaction: Reaction, *, window: Window
) -> Mapping[str, Distribution]:
    """
    The distribution of each page that has posts in the window, by its id.

    All share their bins, up to the one that holds the largest count of any page, so that they compare.
    """
    posts = corpus.tables["posts"]
    posts = posts.filter(posts.day.between(ibis.literal(window.first), ibis.literal(window.last)))
    placed = posts.select("page_id", place=_place(posts[reaction]))
    counted = placed.group_by("page_id", "place").aggregate(n=placed.count())
    return _fill(corpus.engine.run(counted).to_pylist())


def _place(count: Expression) -> Expression:
    """
    The place of a count among the bins: how many of them end before it. Null stays null.
    """
    place = ibis.ifelse(count > _ENDS[0], 1, 0)
    for end in _ENDS[1:-1]:
        place = place + ibis.ifelse(count > end, 1, 0)
    return ibis.ifelse(count.isnull(), ibis.null("int64"), place.cast("int64"))


def _fill(rows: list[dict[str, Any]]) -> dict[str, Distribution]:
    pages = sorted({row["page_id"] for row in rows})
    most = max((row["place"] for row in rows if row["place"] is not None), default=0)
    posts = np.zeros((len(pages), most + 1), dtype=np.int64)
    missing = dict.fromkeys(pages, 0)
    for row in rows:
        if row["place"] is None:
            missing[row["page_id"]] = row["n"]
        else:
            posts[pages.index(row["page_id"]), row["place"]] = row["n"]
    bins = tuple(_bin(place) for place in range(most + 1))
    return {
        page: Distribution(bins=bins, posts=tuple(counts.tolist()), missing=missing[page])
        for page, counts in zip(pages, posts, strict=True)
    }


def _bin(place: int) -> Bin:
    return Bin(first=_ENDS[place - 1] + 1 if place else 0, last=_ENDS[place])
