"""
How the share of answered comments grows with time.

WA1 a comment without an answer counts for as long as somebody looked; WA2 without removals the curve is
Kaplan and Meier's; WA3 with removals it is Aalen and Johansen's; WA4 it ends where nobody was watched
longer; WA5 comments that cannot be judged are left out, and many of them withhold the curve; WA6 what the
body itself wrote waits for nobody.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import ibis
import pytest

from qulaq.corpus.current import Corpus
from qulaq.indicators.waiting import describe_waiting

START = datetime(2023, 1, 10, tzinfo=UTC)


def at(hours):
    return (START + timedelta(hours=hours)).isoformat()


@pytest.fixture
def curve(empty_town, comments_csv, add):
    """
    The curve of the page `answers` for comments written at hour 0 and answered after so many hours (None:
    never), looked at after `followed` hours; `unknown` more by nobody knows whom.
    """

    def describe(*answered, followed, unknown=0, hours=(1, 2, 3, 24, 168)):
        rows = [("answers", "p", f"x{i}", "", "", at(0), "?") for i in range(unknown)]
        for i, reply in enumerate(answered):
            rows.append(("answers", "p", f"c{i}", "", f"u{i}", at(0), "?"))
            if reply is not None:
                rows.append(("answers", "p", f"r{i}", f"c{i}", "100", at(reply), "!"))
        add(empty_town, comments_csv(*rows), captured=START + timedelta(hours=followed))
        with Corpus(empty_town) as corpus:
            found = describe_waiting(corpus, window=empty_town.window, hours=hours)
            return found["answers"]

    return describe


def shares(found):
    return {point.hours: pytest.approx(point.share) for point in found.points}


def test_without_censoring_the_curve_is_the_share_answered(curve):
    found = curve(1, 2, 2, None, followed=200)

    assert shares(found) == {1: 0.25, 2: 0.75, 3: 0.75, 24: 0.75, 168: 0.75}
    assert (found.n, found.answered, found.removed) == (4, 3, 0)
    assert found.ever.hours == 200
    assert found.ever.share == pytest.approx(0.75)


def test_the_band_lies_around_the_share(curve):
    point = curve(1, 2, 2, None, followed=200).at(2)

    # 1 - S^exp(±1.96 √(Σ d/(n(n-d))) / |log S|), with S = 1/4 and Σ = 1/12 + 2/3.
    assert point.low == pytest.approx(
        1 - 0.25 ** (2.718281828 ** (-1.959964 * 0.75**0.5 / 1.386294))
    )
    assert point.high == pytest.approx(
        1 - 0.25 ** (2.718281828 ** (1.959964 * 0.75**0.5 / 1.386294))
    )


def test_the_curve_ends_where_nobody_was_watched_longer(curve):
    found = curve(1, None, followed=24)

    assert shares(found) == {1: 0.5, 2: 0.5, 3: 0.5, 24: 0.5}
    assert found.at(168) is None
    assert found.ever.hours == 24


def test_unanswered_comments_count_for_as_long_as_somebody_looked(empty_town, comments_csv, add):
    # Written at 0, 0 and 23 hours, looked at 25 hours after the first: the third is watched for 2.
    rows = [
        ("answers", "p", "c1", "", "u1", at(0), "?"),
        ("answers", "p", "c2", "", "u2", at(0), "?"),
        ("answers", "p", "r2", "c2", "100", at(3), "!"),
        ("answers", "p", "c3", "", "u3", at(23), "?"),
    ]
    add(empty_town, comments_csv(*rows), captured=START + timedelta(hours=25))

    with Corpus(empty_town) as corpus:
        found = describe_waiting(corpus, window=empty_town.window, hours=(3,))["answers"]

    # At three hours two are still at risk, and one of them is answered: not one in three.
    assert found.at(3).share == pytest.approx(0.5)


def test_comments_that_nobody_can_judge_are_left_out(curve):
    found = curve(1, 1, None, None, unknown=1, followed=200)

    assert (found.n, found.unknown) == (4, 1)
    assert found.at(1).share == pytest.approx(0.5)


def test_too_many_unknown_authors_withhold_the_curve(curve):
    found = curve(1, 1, None, unknown=1, followed=200)

    assert (found.points, found.ever) == ((), None)
    assert (found.n, found.unknown) == (3, 1)


def test_the_bodys_own_comments_wait_for_nobody(town):
    with Corpus(town) as corpus:
        found = describe_waiting(corpus, window=town.window, hours=(1, 2, 24))

    # Answered after 2 hours, half an hour and 24 hours.
    assert shares(found["answers"]) == {1: 1 / 3, 2: 2 / 3, 24: 1.0}
    assert found["answers"].n == 3
    assert found["broadcasts"].answered == 0
    assert "silent" not in found


def test_a_removed_comment_was_never_answered(empty_town, comments_csv, add):
    rows = [("answers", "p", f"c{i}", "", f"u{i}", at(0), "?") for i in range(4)]
    rows += [("answers", "p", f"r{i}", f"c{i}", "100", at(i), "!") for i in (1, 3)]
    add(empty_town, comments_csv(*rows), captured=START + timedelta(hours=200))

    with Corpus(empty_town) as corpus:
        threads = corpus.tables["threads"]
        then = ibis.struct({"seen": threads.published_at, "missed": threads.published_at})
        removed = threads.comment_id == "c2"
        corpus.tables["threads"] = threads.mutate(
            gone_between=ibis.ifelse(removed, then, ibis.null(then.type())),
            removed_hours=ibis.ifelse(removed, 2.0, ibis.null("float64")),
        )
        found = describe_waiting(corpus, window=empty_town.window, hours=(1, 2, 3))["answers"]

    # 1/4, then 1/4 + 1/2 × 1/2: were the removed one only censored, it would be 5/8.
    assert shares(found) == {1: 0.25, 2: 0.25, 3: 0.5}
    assert (found.n, found.answered, found.removed) == (4, 2, 1)
