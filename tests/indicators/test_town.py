"""
The first indicators, worked out by hand on the small town.

IN1 empty observed days count as days without posts; IN2 hidden counts are missing, not zero; IN3 a reply
is a later comment by any account of the body in the same thread; IN4 what cannot be measured is null with
a reason; IN5 every number carries n and what is missing.
"""

from __future__ import annotations

from datetime import date

import pytest

from qulaq.corpus.current import Corpus
from qulaq.indicators import INDICATORS, NOTES, compute
from qulaq.study import Window


@pytest.fixture(scope="module")
def corpus(town):
    with Corpus(town) as opened:
        yield opened


@pytest.fixture(scope="module")
def measured(corpus):
    return {(one.indicator, one.page): one for one in compute(corpus)}


def test_every_indicator_is_there_for_every_page(measured, town):
    assert len(measured) == len(INDICATORS.keys()) * len(town.pages)


@pytest.mark.parametrize(
    ("key", "value", "n"),
    [
        ("posts", 2, 2),
        ("posts_per_day_min", 0, 31),
        ("posts_per_day_mean", 2 / 31, 31),
        ("posts_per_day_max", 1, 31),
        ("posts_per_week_mean", 14 / 31, 31),
        ("posts_per_month_mean", 2 / 31 * 365 / 12, 31),
        ("posts_per_year", 2 / 31 * 365, 31),
        ("days_without_posts", 29, 31),
        ("likes_mean", 10, 1),
        ("likes_median", 10, 1),
        ("likes_max", 10, 1),
        ("comments_mean", 2, 2),
        ("comments_max", 3, 2),
        ("shares_mean", 1, 1),
        ("uncommented_share", 0, 2),
        ("comments_captured_share", 1, 4),
        ("authors_known_share", 1, 6),
        ("citizen_comments", 3, 3),
        ("reply_rate", 1, 3),
        ("unanswered", 0, 3),
        ("latency_median_hours", 2, 3),
    ],
)
def test_the_page_that_answers(measured, key, value, n):
    result = measured[key, "answers"]

    assert result.value == pytest.approx(value)
    assert result.n == n
    assert result.reason is None


@pytest.mark.parametrize(
    ("key", "value", "n"),
    [
        ("posts_per_day_max", 2, 31),
        ("days_without_posts", 30, 31),
        ("likes_mean", 6, 2),
        ("uncommented_share", 0.5, 2),
        ("citizen_comments", 2, 2),
        ("reply_rate", 0, 2),
        ("unanswered", 2, 2),
    ],
)
def test_the_page_that_broadcasts(measured, key, value, n):
    result = measured[key, "broadcasts"]

    assert result.value == pytest.approx(value)
    assert result.n == n


def test_a_hidden_count_is_missing_and_not_zero(measured):
    assert measured["likes_mean", "answers"].missing == 1
    assert measured["shares_mean", "answers"].missing == 1


def test_a_page_of_which_only_followers_are_counted_has_no_number_of_posts(measured):
    posts = measured["posts", "silent"]

    assert posts.value is None
    assert "would make it measurable" in str(posts.reason)
    assert measured["followers", "silent"].value == 3
    assert measured["posts_all_time", "silent"].value == 0


def test_nobody_answered_means_no_waiting_time(measured):
    assert measured["latency_median_hours", "broadcasts"].value is None
    assert measured["latency_median_hours", "broadcasts"].reason is not None


def test_a_value_is_null_exactly_when_a_reason_says_why(measured):
    for result in measured.values():
        assert (result.value is None) == (result.reason is not None)


def test_every_note_has_its_sentence(measured):
    assert {note for result in measured.values() for note in result.notes} <= set(NOTES)


def test_a_rate_of_zero_has_an_interval_above_it(measured):
    rate = measured["reply_rate", "broadcasts"]

    assert rate.low == 0
    assert 0 < rate.high < 1
    assert "plain_interval" in rate.notes


def test_days_outside_what_was_observed_are_missing_and_named(corpus):
    window = Window(first=date(2023, 1, 30), last=date(2023, 2, 5))

    result = _only(compute(corpus, keys=["posts_per_day_min"], window=window), "answers")

    # Captured at midnight UTC of 1 February: that day is the last one observed.
    assert (result.n, result.missing) == (3, 4)
    assert "observed_span" in result.notes


def test_a_period_that_nobody_observed_is_not_measurable(corpus):
    window = Window(first=date(2023, 3, 1), last=date(2023, 3, 31))

    for key in ("posts", "citizen_comments", "reply_rate"):
        result = _only(compute(corpus, keys=[key], window=window), "answers")
        assert result.value is None
        assert "Nobody observed" in str(result.reason)


def test_a_series_by_week_sums_up_to_the_whole(corpus):
    weeks = [one for one in compute(corpus, keys=["posts"], by="week") if one.page == "answers"]

    assert sum(one.value for one in weeks) == 2
    assert [one.value for one in weeks][:2] == [0, 2]
    assert (weeks[0].first, weeks[0].last) == (date(2023, 1, 1), date(2023, 1, 1))
    assert "partial_period" in weeks[0].notes
    assert "partial_period" not in weeks[1].notes


def test_a_series_has_gaps_where_no_follower_was_counted(corpus):
    days = [one for one in compute(corpus, keys=["followers"], by="day") if one.page == "silent"]

    assert [one.value for one in days[-2:]] == [None, 3]


def test_the_whole_period_takes_the_nearest_count(corpus):
    window = Window(first=date(2023, 1, 1), last=date(2023, 1, 10))

    result = _only(compute(corpus, keys=["followers"], window=window), "silent")

    assert result.value == 3
    assert result.notes == ("nearest_snapshot",)


def _only(results, page):
    return next(one for one in results if one.page == page)
