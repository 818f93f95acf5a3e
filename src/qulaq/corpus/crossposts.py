"""Which posts a body published on another network as well, nearly word for word."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from qulaq.corpus.current import Corpus, Expression
from qulaq.corpus.selection import of_pages
from qulaq.corpus.shelf import Answers, Progress, lots_of, once
from qulaq.lang import phrase
from qulaq.study import Page
from qulaq.text import captions, duplicates

VERSION = "1"
"""Changes whenever some post would be judged otherwise than before, its words and near-duplicates being the same."""

DAYS = 7
"""
A copy is published within so many local days before or after.

An announcement is copied at once or within days. A congratulation returns word for word a year later and a
reminder a month later: those are other posts, although their words are the same.
"""

LONGER_THAN = duplicates.SHORT
"""
Only texts with more characters than this can be compared, once their words are left (`words_of_post`): a few
words ("live today") say the same of different things, and the near-duplicates of short texts are not known.
"""


def add_crossposts(corpus: Corpus, *, progress: Progress = lambda _: None) -> Expression:
    """
    The table `crossposts` of the corpus' engine: page_id, post_id and `elsewhere` for every post with a text
    of bodies that have pages on more than one platform.

    `elsewhere` is true where another of the body's pages, on another platform, has a copy of the post
    (`qulaq.text.captions.is_copy`) at most `DAYS` local days away; null where the text is too short to be
    compared. False says only that no post that is held is such a copy: whether the other
    page was observed at all is for who asks. Days outside the study's window are looked at too.
    """
    return once(corpus, "crossposts", lambda: _make_crossposts(corpus, progress))


def _make_crossposts(corpus: Corpus, progress: Progress) -> pa.Table:
    study = corpus.study
    pages = [page for page in study.pages if study.pages_elsewhere(page)]
    platforms = {page.id: page.platform for page in pages}
    version = f"{VERSION}-{captions.VERSION}-{duplicates.VERSION}"
    posts = _body_by_body(_posts(corpus, pages), pages)
    lots = list(lots_of(posts["body"]))
    told: list[bool | None] = []
    with Answers(corpus.store.readings / f"crossposts-{version}", "elsewhere") as answers:
        for number, lot in enumerate(lots):
            some = _as_posts(posts[lot], platforms)

            def compare(number: int = number, some: list[Post] = some) -> list[bool | None]:
                progress(
                    phrase(
                        "comparing posts with each other ({n} of {total} bodies)",
                        n=number,
                        total=len(lots),
                    )
                )
                return find_copies(some)

            parts = [part for one in some for part in (one.platform, str(one.day), one.text)]
            told += answers.of(parts, compare, n=len(some))
    return posts.select(["page_id", "post_id"]).append_column(
        "elsewhere", pa.array(told, pa.bool_())
    )


def _body_by_body(posts: pa.Table, pages: Sequence[Page]) -> pa.Table:
    """
    The posts with `body`, those of one behind each other in the study's order.
    """
    bodies = {
        body: number for number, body in enumerate(dict.fromkeys(page.body for page in pages))
    }
    page = pc.index_in(posts["page_id"], pa.array([page.id for page in pages], pa.string()))
    body = pa.array([bodies[page.body] for page in pages], pa.int64()).take(page)
    placed = posts.append_column("body", body)
    # Within a body the order stays what it was: sorting is stable.
    return placed.take(pc.sort_indices(placed, [("body", "ascending")]))


def _posts(corpus: Corpus, pages: Sequence[Page]) -> pa.Table:
    """
    The posts of these pages that have a text, page by page, in an order of their own.
    """
    posts = corpus.tables["posts"]
    posts = of_pages(corpus, posts.filter(posts.day.notnull()), pages)
    texts = corpus.with_texts(posts, "posts")
    texts = texts.filter(texts.text.notnull()).order_by("page_id", "intake_batch", "intake_row")
    return corpus.engine.run(texts.select("page_id", "post_id", "day", "text"))


def _as_posts(rows: pa.Table, platforms: Mapping[str, str]) -> list[Post]:
    columns = (rows[name].to_pylist() for name in ("page_id", "day", "text"))
    return [
        Post(platform=platforms[page], day=day.toordinal(), text=text)
        for page, day, text in zip(*columns, strict=True)
    ]


# ── copies ───────────────────────────────────────────────────────────────────────────────────────


class Post(NamedTuple):
    """
    A post of one body; days are numbered, whatever the first is.
    """

    platform: str
    day: int
    text: str


def find_copies(posts: Sequence[Post]) -> list[bool | None]:
    """
    Tell for each post of one body whether it was published on another platform too, as `add_crossposts`
    defines it.

    Time is nearly linear in the posts: candidates come from `group_duplicates`, and of these only those of
    the right days and platforms are held against each other.
    """
    words = [captions.words_of_post(post.text) for post in posts]
    distinct = sorted({one for one in words if len(one) > LONGER_THAN})
    groups = dict(zip(distinct, duplicates.group_duplicates(distinct).tolist(), strict=True))
    kin: dict[int, dict[str, list[tuple[int, str]]]] = {}
    for post, said in zip(posts, words, strict=True):
        if said in groups:
            of_group = kin.setdefault(groups[said], {})
            of_group.setdefault(post.platform, []).append((post.day, said))
    for of_group in kin.values():
        for some in of_group.values():
            some.sort()
    return [
        _is_copied(post, said, kin[groups[said]]) if said in groups else None
        for post, said in zip(posts, words, strict=True)
    ]


def _is_copied(post: Post, words: str, kin: Mapping[str, Sequence[tuple[int, str]]]) -> bool:
    """
    Whether another platform has the post, among those of its group in the order of their days.
    """
    return any(
        captions.is_copy(words, other)
        for platform, some in kin.items()
        if platform != post.platform
        for _, other in some[
            bisect_left(some, (post.day - DAYS,)) : bisect_left(some, (post.day + DAYS + 1,))
        ]
    )
