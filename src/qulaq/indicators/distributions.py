"""How likes and comments are spread over the posts of a page: most draw few, a few draw very many."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import ibis
import numpy as np

from qulaq.corpus.current import Corpus
from qulaq.indicators.model import Counts, Expression
from qulaq.study import Window

Reaction = Literal["likes", "comments"]

# Zero apart, then 1, 2, 5 by powers of ten: each bin some twice as wide as the one before.
_TAIL = 0.01
_ENDS = (0, 2, 5, *(step * 10**power for power in range(1, 10) for step in (1, 2, 5)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """
    Whole numbers from `first` to `last`, both among them; None: all above.
    """

    first: int
    last: int | None


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

    @property
    def shares(self) -> tuple[float, ...]:
        """
        The share of these in each bin; nothing where none is known.
        """
        return tuple(count / self.n for count in self.posts) if self.n else ()


def describe_distributions(
    corpus: Corpus, reaction: Reaction, *, window: Window
) -> Mapping[str, Distribution]:
    """
    The distribution of each page that has posts in the window, by its id.

    All share their bins, so that they compare. The last is open where only one post in a hundred of each
    page, or fewer, lies above it: a single post that went round the country would stretch the scale.
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
    posts = np.zeros((len(pages), len(_ENDS)), dtype=np.int64)
    places = {page: place for place, page in enumerate(pages)}
    missing = dict.fromkeys(pages, 0)
    for row in rows:
        if row["place"] is None:
            missing[row["page_id"]] = row["n"]
        else:
            posts[places[row["page_id"]], row["place"]] = row["n"]
    last = _last_bin(posts)
    shown = np.column_stack([posts[:, :last], posts[:, last:].sum(axis=1)])
    cut = bool(posts[:, last + 1 :].any())
    bins = tuple(_bin(place, is_open=cut and place == last) for place in range(last + 1))
    return {
        page: Distribution(bins=bins, posts=tuple(counts.tolist()), missing=missing[page])
        for page, counts in zip(pages, shown, strict=True)
    }


def _last_bin(posts: Counts) -> int:
    """
    The first bin above which no page has more than a hundredth of its posts.
    """
    above = posts.sum(axis=1, keepdims=True) - posts.cumsum(axis=1)
    within = (above <= _TAIL * posts.sum(axis=1, keepdims=True)).all(axis=0)
    return int(within.argmax())


def _bin(place: int, *, is_open: bool) -> Bin:
    return Bin(first=_ENDS[place - 1] + 1 if place else 0, last=None if is_open else _ENDS[place])
