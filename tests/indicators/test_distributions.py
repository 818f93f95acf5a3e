"""
How posts are spread over bins of likes and comments.

DI1 bins are 0, 1–2, 3–5, 6–10, 11–20, 21–50 and so on; DI2 every known count lies in exactly one; DI3 a
hidden count is missing and in no bin; DI4 pages share their bins; DI5 only the window counts; DI6 the last
bin is open where no more than a hundredth of each page lies above it.
"""

from __future__ import annotations

from datetime import date

import pytest

from qulaq.corpus.current import Corpus
from qulaq.indicators.distributions import Bin, describe_distributions
from qulaq.study import Window


@pytest.fixture
def spread(empty_town, posts_csv, add):
    """
    The distributions of likes for rows of page, day of January 2023 and likes.
    """

    def describe(*rows, window=None):
        numbered = [
            (page, f"p{i}", f"2023-01-{day:02} 10:00", likes)
            for i, (page, day, likes) in enumerate(rows)
        ]
        add(empty_town, posts_csv(*numbered))
        with Corpus(empty_town) as corpus:
            return describe_distributions(corpus, "likes", window=window or empty_town.window)

    return describe


def test_each_count_lies_in_its_bin(spread):
    counts = (0, 1, 2, 3, 5, 6, 10, 11, 20, 21, 50, 51)

    found = spread(*(("answers", 2, likes) for likes in counts))["answers"]

    ends = [(one.first, one.last) for one in found.bins]
    assert ends == [(0, 0), (1, 2), (3, 5), (6, 10), (11, 20), (21, 50), (51, 100)]
    assert found.posts == (1, 2, 2, 2, 2, 2, 1)
    assert (found.n, found.missing) == (12, 0)


def test_a_hidden_count_is_missing_and_not_zero(spread):
    found = spread(("answers", 2, ""), ("answers", 3, ""), ("answers", 4, 0))["answers"]

    assert found.bins == (Bin(first=0, last=0),)
    assert (found.posts, found.n, found.missing) == ((1,), 1, 2)


def test_pages_share_their_bins(spread):
    found = spread(("answers", 2, 4), ("broadcasts", 2, 700))

    assert found["answers"].bins == found["broadcasts"].bins
    assert found["answers"].posts == (0, 0, 1, 0, 0, 0, 0, 0, 0, 0)
    assert found["broadcasts"].posts == (0, 0, 0, 0, 0, 0, 0, 0, 0, 1)
    assert found["answers"].bins[-1] == Bin(first=501, last=1000)


def test_only_posts_of_the_window_count(spread):
    window = Window(first=date(2023, 1, 3), last=date(2023, 1, 4))

    found = spread(*(("answers", day, 1) for day in (2, 3, 4, 5)), window=window)

    assert found["answers"].posts == (0, 2)


def test_a_page_without_posts_is_not_there(spread):
    assert list(spread(("answers", 2, 1))) == ["answers"]


def test_an_enormous_count_lies_in_the_last_bin(spread):
    found = spread(("answers", 2, 9_000_000_000))["answers"]

    assert found.posts[-1] == 1
    assert found.n == 1


def test_one_post_in_a_hundred_does_not_stretch_the_scale(spread):
    counts = [4] * 99 + [70_000]

    found = spread(*(("answers", 2, likes) for likes in counts))["answers"]

    assert found.bins[-1] == Bin(first=3, last=None)
    assert found.posts == (0, 0, 100)


def test_two_posts_in_a_hundred_are_shown_where_they_lie(spread):
    counts = [4] * 98 + [70, 80]

    found = spread(*(("answers", 2, likes) for likes in counts))["answers"]

    assert found.bins[-1] == Bin(first=51, last=100)
    assert found.posts[-1] == 2


def test_the_shares_of_the_bins_make_one(spread):
    found = spread(*(("answers", 2, likes) for likes in (0, 1, 4, 4)))["answers"]

    assert found.shares == (0.25, 0.25, 0.5)
