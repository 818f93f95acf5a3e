"""What the posts of pages are written in, and which words set the pages apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import ibis
import numpy as np

from qulaq.corpus.current import Corpus
from qulaq.stats.intervals import wilson
from qulaq.study import Window
from qulaq.text.keywords import Keyword, find_keywords
from qulaq.text.language import Reading, read_languages

Tongue = Literal["kk", "both", "ru", "en", "other"]
TONGUES: tuple[Tongue, ...] = ("kk", "both", "ru", "en", "other")


@dataclass(frozen=True, slots=True, kw_only=True)
class TongueShare:
    """
    The share of the posts with words, with its 95 % interval.
    """

    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Wordings:
    """
    The languages and keywords of a page's posts.

    `n` counts the posts with words, `wordless` the others; `shares` is empty where n is 0.
    """

    n: int
    wordless: int
    shares: Mapping[Tongue, TongueShare]
    keywords: Sequence[Keyword]


def describe_wordings(
    corpus: Corpus, *, window: Window, pages: Collection[str]
) -> Mapping[str, Wordings]:
    """
    For each of these pages what its posts of the window are written in and which words they have more
    often than those of the other pages.

    A post is in both Kazakh and Russian where each has a quarter of the words that tell.
    """
    texts = _read_texts(corpus, window, pages)
    keywords = find_keywords(
        {page: [text for text in some if text] for page, some in texts.items()}
    )
    return {page: _describe(some, keywords[page]) for page, some in texts.items()}


def tongue_of(reading: Reading) -> Tongue | None:
    """
    The language of a post, "both" told apart; None: no words.
    """
    if reading.is_mixed:
        return "both"
    return next((one for one in TONGUES if one == reading.language), None)


def _describe(texts: Sequence[str | None], keywords: Sequence[Keyword]) -> Wordings:
    found = Counter(map(tongue_of, read_languages(texts)))
    wordless = found.pop(None, 0)
    n = found.total()
    counts = np.array([found[one] for one in TONGUES], dtype=np.float64)
    interval = wilson(counts, np.full(len(TONGUES), float(n)))
    return Wordings(
        n=n,
        wordless=wordless,
        shares={
            one: TongueShare(
                share=found[one] / n, low=float(interval.low[i]), high=float(interval.high[i])
            )
            for i, one in enumerate(TONGUES)
        }
        if n
        else {},
        keywords=keywords,
    )


def _read_texts(
    corpus: Corpus, window: Window, pages: Collection[str]
) -> dict[str, list[str | None]]:
    posts = corpus.tables["posts"]
    posts = posts.filter(
        posts.day.between(ibis.literal(window.first), ibis.literal(window.last)),
        posts.page_id.isin(list(pages)),
    )
    wanted = corpus.with_texts(posts, "posts").select("page_id", "post_id", "text")
    texts: dict[str, list[str | None]] = {page: [] for page in pages}
    for row in corpus.engine.run(wanted.order_by("page_id", "post_id")).to_pylist():
        texts[row["page_id"]].append(row["text"])
    return texts
