"""
Intervals against a bootstrap: posts of one page drawn anew with all that stands under them.

What `stats` proves of each formula is shown here from records to results: that the sums which reach the
formula are those of the posts. Each end may differ by a tenth of the interval's width, which is what 2,000
draws and the skew of a share allow; with comments taken for independent, or sums of another grouping, the
rate's interval would be less than two thirds as wide.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from plain_records import Import, PageFacts, Span
from small_corpora import World, build

from qulaq.corpus.current import Corpus
from qulaq.indicators import compute

POSTS, DRAWS = 80, 2000
START = datetime(2023, 3, 1, 6, tzinfo=UTC)
KEYS = (
    "reply_rate",
    "speaker_changes_mean",
    "page_comments_per_citizen_comment",
    "likes_mean",
    "likes_median",
)


def make_posts(random):
    """
    Posts as (likes, threads), a thread as how often the word passes; whole posts are answered or left.
    """
    for _ in range(POSTS):
        care = random.choice([0.05, 0.4, 0.9])
        threads = [
            int(random.integers(1, 5)) if random.random() < care else 0
            for _ in range(1 + random.poisson(4))
        ]
        yield int(random.lognormal(4, 1)), threads


def rows_of(posts):
    published, said = [], []
    for number, (likes, threads) in enumerate(posts):
        post = {"page_id": "page", "post_id": f"p{number}"}
        moment = START + timedelta(hours=6 * number)
        published.append({**post, "published_at": moment, "likes": likes})
        for thread, changes in enumerate(threads):
            root = f"{number}-{thread}"
            said += [{**post, **turn_of(root, turn, moment)} for turn in range(changes + 1)]
    return published, said


def turn_of(root, turn, moment):
    return {
        "comment_id": f"{root}-{turn}",
        "parent_id": f"{root}-0" if turn else None,
        "author": "page.body" if turn % 2 else f"u{root}",
        "published_at": moment + timedelta(hours=1 + turn),
    }


@pytest.fixture(scope="module")
def posts():
    return list(make_posts(np.random.default_rng(20240517)))


@pytest.fixture(scope="module")
def told(posts, tmp_path_factory):
    published, said = rows_of(posts)
    captured = START + timedelta(days=60)
    imports = (
        Import(table="posts", rows=published, captured=captured),
        Import(table="comments", rows=said, captured=captured),
    )
    page = PageFacts(id="page", zone="Asia/Oral", speakers=frozenset({"page.body"}))
    world = World((page,), imports, Span(date(2023, 2, 15), date(2023, 4, 15)))
    with Corpus(build(world, tmp_path_factory.mktemp("drawn"))) as corpus:
        return {one.indicator: one for one in compute(corpus, keys=KEYS)}


@pytest.fixture(scope="module")
def drawn(posts):
    """
    The five numbers of each drawing: 80 posts out of the 80, with replacement.
    """
    sums = np.array([_sums(*post) for post in posts], dtype=float)
    draw = np.random.default_rng(7).integers(POSTS, size=(DRAWS, POSTS))
    likes = sums[draw, 0]
    threads, answered, changes, by_page, by_citizens = sums[draw, 1:].sum(axis=1).T
    return {
        "reply_rate": answered / threads,
        "speaker_changes_mean": changes / threads,
        "page_comments_per_citizen_comment": by_page / by_citizens,
        "likes_mean": likes.mean(axis=1),
        "likes_median": np.median(likes, axis=1),
    }


def _sums(likes, threads):
    turns = [changes + 1 for changes in threads]
    by_page = sum(turn // 2 for turn in turns)
    answered = sum(changes > 0 for changes in threads)
    return likes, len(threads), answered, sum(threads), by_page, sum(turns) - by_page


@pytest.mark.parametrize("key", KEYS)
def test_the_interval_is_that_of_posts_drawn_anew(told, drawn, key):
    result, ends = told[key], np.quantile(drawn[key], [0.025, 0.975])
    width = ends[1] - ends[0]
    assert result.low == pytest.approx(ends[0], abs=width / 10)
    assert result.high == pytest.approx(ends[1], abs=width / 10)


def test_comments_under_one_post_are_not_as_good_as_independent_ones(told, drawn):
    rate = told["reply_rate"]
    independent = 2 * 1.96 * np.sqrt(rate.value * (1 - rate.value) / rate.n)
    assert independent < 2 / 3 * (rate.high - rate.low)
    assert "plain_interval" not in rate.notes
