"""
Pages of which we know how they answer, for we made them: what every number must say.

1. A page that answers everyone within the hour is told so by every key.
2. One that answers after three days answers everyone, and nobody within 72 hours.
3. One that never answers: shares of 0, waiting times that nobody can tell and that say so.
4. One that deletes: what was removed is neither answered nor still waiting; Kaplan and Meier tell what would
   be if nothing were deleted, Aalen and Johansen what happened.
5. One captured an hour after the comments: what an hour can tell is told, all else is too early to tell.
6. Places: from thirty comments on, ties share the better place, who cannot be measured has none.
7. Fewer than thirty comments: listed, not ranked.
8. Working days: a Saturday worked, holidays and days off moved by the government, days by the body's clock.
9. What cannot be set against followers says why: nobody counted then, or nobody follows. A post shown when
   nobody followed yet has no rate of its own.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from plain_records import Import, PageFacts, Span
from small_corpora import World, build

from qulaq.corpus.current import Corpus
from qulaq.indicators import compute

ALMATY = "Asia/Almaty"
ASKED = datetime(2024, 2, 1, 10, tzinfo=UTC)
MONTH_LATER = ASKED + timedelta(days=30)
EVERYONE = 40


def page_of(name):
    return PageFacts(id=name, zone=ALMATY, speakers=frozenset({f"{name}.body"}))


def talk(page, waits):
    """
    Comments of as many citizens under posts of four each, answered after so many hours, or never.
    """
    rows = []
    for i, hours in enumerate(waits):
        asked = {"page_id": page, "post_id": f"p{i // 4}", "comment_id": f"c{i}"}
        rows.append({**asked, "author": f"u{i}", "published_at": ASKED, "text": "?"})
        if hours is not None:
            moment = ASKED + timedelta(hours=hours)
            reply = {"comment_id": f"r{i}", "parent_id": f"c{i}", "author": f"{page}.body"}
            rows.append({**asked, **reply, "published_at": moment, "text": "."})
    return rows


def posts_of(page, n=10):
    return [
        {"page_id": page, "post_id": f"p{i}", "published_at": ASKED - timedelta(hours=1)}
        for i in range(n)
    ]


def looked(rows, captured, **ways):
    """
    What a capture of that moment shows of these rows.
    """
    there = [row for row in rows if row["published_at"] <= captured]
    return Import(table="comments", rows=there, captured=captured, **ways)


WAITS = {
    "fast": [(10 + i) / 60 for i in range(EVERYONE)],  # 10 to 49 minutes
    "late": [73 + i / 10 for i in range(EVERYONE)],
    "never": [None] * EVERYONE,
    "early": [0.5] * 5 + [None] * 35,
    "few": [1.0] * 10,
}


def deleting():
    """
    Of 40 comments 10 are answered after 5 hours, 5 after 40 and 5 after 60; 12 are there after a day and
    gone after three, 8 still wait then.
    """
    rows = talk("deletes", [5] * 10 + [40] * 5 + [60] * 5 + [None] * 20)
    gone = {f"c{i}" for i in range(20, 32)}
    left = [row for row in rows if row["comment_id"] not in gone]
    for hours, there in ((24, rows), (72, left)):
        yield looked(there, ASKED + timedelta(hours=hours), complete=True)


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    pages = [*WAITS, "deletes"]
    imports = [
        Import(
            table="posts",
            rows=[row for page in pages for row in posts_of(page)],
            captured=MONTH_LATER,
        )
    ]
    for page, waits in WAITS.items():
        captured = ASKED + timedelta(hours=1) if page == "early" else MONTH_LATER
        imports.append(looked(talk(page, waits), captured))
    imports += deleting()
    window = Span(date(2024, 1, 15), date(2024, 3, 15))
    world = World(tuple(map(page_of, pages)), tuple(imports), window)
    with Corpus(build(world, tmp_path_factory.mktemp("known"))) as corpus:
        results = compute(corpus)
    return {(one.page, one.indicator): one for one in results}


def say(told, page, **values):
    for key, value in values.items():
        found = told[page, key].value
        assert found == (None if value is None else pytest.approx(value)), (page, key, found)


def why(told, page, key):
    assert told[page, key].value is None
    return str(told[page, key].reason)


# ── 1 to 3: fast, late, never ────────────────────────────────────────────────────────────────────


def test_a_page_that_answers_within_the_hour_is_told_so_by_every_key(told):
    within = dict.fromkeys(
        ("reply_within_1h", "reply_within_24h", "reply_within_72h", "reply_within_7d"), 1
    )
    say(told, "fast", reply_rate=1, unanswered=0, citizens_answered_share=1, **within)
    say(told, "fast", answered_by_72h_km=1, answered_by_72h_aj=1)
    assert "a second time" in why(told, "fast", "removed_by_72h_aj")
    say(told, "fast", answered_posts_share=1, reply_rate_first_timers=1, speaker_changes_mean=1)
    # 10, 11, …, 49 minutes: in the middle lie 29 and 30.
    say(told, "fast", latency_median_hours=29.5 / 60, latency_rmst_7d_hours=29.5 / 60)
    say(told, "fast", latency_km_median_hours=29 / 60)  # half had an answer by the 20th


def test_a_page_that_answers_after_three_days_answers_everyone_and_nobody_in_time(told):
    say(told, "late", reply_rate=1, unanswered=0, reply_within_7d=1)
    say(told, "late", reply_within_1h=0, reply_within_24h=0, reply_within_72h=0)
    say(told, "late", answered_by_72h_km=0, answered_by_72h_aj=0)
    say(told, "late", latency_median_hours=74.95, latency_rmst_7d_hours=74.95)


def test_a_page_that_never_answers_is_at_zero_and_its_waiting_time_is_not_told(told):
    say(told, "never", reply_rate=0, unanswered=EVERYONE, citizens_answered_share=0)
    say(told, "never", reply_within_1h=0, reply_within_7d=0, speaker_changes_mean=0)
    say(told, "never", answered_by_72h_km=0, latency_rmst_7d_hours=168, broadcast_asymmetry=1)
    assert "no waiting time" in why(told, "never", "latency_median_hours")
    assert "Not reached" in why(told, "never", "latency_km_median_hours")
    assert "answered nobody" in why(told, "never", "attention_gini")
    rate = told["never", "reply_rate"]
    assert (rate.low, rate.n, rate.missing) == (0, EVERYONE, 0)
    assert 0 < rate.high < 0.1


# ── 4 and 5: what is gone, what is too early ─────────────────────────────────────────────────────


def test_what_was_removed_was_not_answered_and_does_not_wait(told):
    """
    At 5 hours 10 of 40 are answered and at 40 hours 5 of 30; at 48, in the middle of the time in which
    they went, 12 of 25 are gone; at 60 hours 5 of the last 13 are answered.
    """
    say(told, "deletes", reply_rate=20 / 40, unanswered=20)
    say(told, "deletes", reply_within_24h=10 / 40, reply_within_72h=20 / 40)
    say(told, "deletes", answered_by_72h_km=1 - 30 / 40 * 25 / 30 * 8 / 13)
    say(told, "deletes", answered_by_72h_aj=20 / 40, removed_by_72h_aj=12 / 40)
    say(told, "deletes", latency_km_median_hours=60)


def test_three_days_of_looking_do_not_tell_a_week(told):
    for key in ("latency_rmst_7d_hours", "reply_within_7d"):
        assert "too early to tell" in why(told, "deletes", key)
    assert (told["deletes", "reply_within_7d"].n, told["deletes", "reply_within_7d"].missing) == (
        0,
        40,
    )


def test_an_hour_after_the_comments_only_an_hour_can_be_told(told):
    say(told, "early", reply_rate=5 / 40, reply_within_1h=5 / 40, follow_up_median_hours=1)
    for key in (
        "reply_within_24h",
        "answered_by_72h_km",
        "answered_by_72h_aj",
        "latency_rmst_7d_hours",
    ):
        assert "too early to tell" in why(told, "early", key), key
    assert "Not reached" in why(told, "early", "latency_km_median_hours")
    assert (told["early", "reply_within_24h"].n, told["early", "reply_within_24h"].missing) == (
        0,
        40,
    )


# ── 6 and 7: places ──────────────────────────────────────────────────────────────────────────────


def places(told, key):
    return {page: told[page, key].value for page in (*WAITS, "deletes")}


def test_places_follow_the_numbers_and_ties_share_the_better_one(told):
    assert places(told, "reply_rate_rank") == {
        "fast": 1, "late": 1, "deletes": 3, "early": 4, "never": 5, "few": None,
    }  # fmt: skip
    assert places(told, "answered_by_72h_rank") == {
        "fast": 1, "deletes": 2, "late": 3, "never": 3, "early": None, "few": None,
    }  # fmt: skip
    assert places(told, "latency_rmst_7d_rank") == {
        "fast": 1, "late": 2, "never": 3, "deletes": None, "early": None, "few": None,
    }  # fmt: skip


def test_who_is_surely_ahead_has_the_place_alone_and_who_ties_does_not(told):
    first, tied = told["fast", "answered_by_72h_rank"], told["fast", "reply_rate_rank"]
    assert (first.low, first.high) == (1, 1)
    assert (tied.low, tied.high) == (1, 2)
    assert (told["never", "latency_rmst_7d_rank"].low) == 3


def test_with_fewer_than_thirty_comments_a_page_is_listed_and_not_ranked(told):
    say(told, "few", reply_rate=1)
    for key in ("reply_rate_rank", "answered_by_72h_rank", "latency_rmst_7d_rank"):
        assert "Fewer than 30" in why(told, "few", key)
        assert told["few", key].n == 10
    assert "could not be measured" in why(told, "early", "latency_rmst_7d_rank")


# ── 8: working days ──────────────────────────────────────────────────────────────────────────────

# In 2024 Saturday 4 May was worked for Wednesday the 8th; the 7th and 9th are holidays. In 2023 Saturday
# 1 July was worked for Friday the 7th; the 6th is a holiday. Three working days are asked for.
SPRING = [
    ("2024-05-03T10:00", "2024-05-10T18:00", True),  # Friday: Sat 4, Mon 6, Fri 10
    ("2024-05-03T10:00", "2024-05-13T09:00", False),
    ("2024-05-03T10:00", None, False),
    ("2024-05-04T12:00", "2024-05-13T12:00", True),  # the Saturday worked: 6, 10, 13
    ("2024-05-05T12:00", "2024-05-13T12:00", True),  # Sunday: the same
    ("2024-05-08T12:00", "2024-05-14T23:59", True),  # a day off: 10, 13, 14
    ("2024-05-08T12:00", "2024-05-15T00:00", False),
]
SUMMER = [
    ("2023-06-30T10:00", "2023-07-04T23:50", True),  # Friday: Sat 1, Mon 3, Tue 4
    ("2023-06-30T10:00", "2023-07-05T00:10", False),
    ("2023-07-04T09:00", "2023-07-11T20:00", True),  # Tuesday: Wed 5, Mon 10, Tue 11
    ("2023-07-04T09:00", "2023-07-12T08:00", False),
    ("2023-06-30T00:10", "2023-07-04T12:00", True),  # still Thursday in UTC, Friday here
]


def on_the_wall(clock):
    return datetime.fromisoformat(clock).replace(tzinfo=ZoneInfo(ALMATY))


def case_rows(page, cases):
    for i, (asked, answered, _) in enumerate(cases):
        row = {"page_id": page, "comment_id": f"c{i}", "author": f"u{i}", "text": "?"}
        yield {**row, "published_at": on_the_wall(asked)}
        if answered:
            reply = {"comment_id": f"r{i}", "parent_id": f"c{i}", "author": f"{page}.body"}
            yield {**row, **reply, "published_at": on_the_wall(answered)}


@pytest.fixture(scope="module")
def within(tmp_path_factory):
    """
    `young` was captured on the third working day after its comment, `due` on the fourth.
    """
    asked = [("2024-05-03T10:00", None, False)]
    captures = {
        "spring": (SPRING, "2024-06-01T00:00"),
        "summer": (SUMMER, "2023-08-01T00:00"),
        "young": (asked, "2024-05-10T23:00"),
        "due": (asked, "2024-05-13T00:00"),
    }
    imports = [
        Import(table="comments", rows=list(case_rows(page, cases)), captured=on_the_wall(captured))
        for page, (cases, captured) in captures.items()
    ]
    window = Span(date(2023, 6, 1), date(2024, 5, 31))
    world = World(tuple(map(page_of, captures)), tuple(imports), window)
    benchmark = '[answering]\nwithin_working_days = 3\ncalendar = "KZ"\n'
    with Corpus(build(world, tmp_path_factory.mktemp("within"), extra=benchmark)) as corpus:
        return {one.page: one for one in compute(corpus, keys=["reply_within_standard"])}


@pytest.mark.parametrize(("page", "cases"), [("spring", SPRING), ("summer", SUMMER)])
def test_saturdays_worked_and_days_moved_count_as_they_were(within, page, cases):
    in_time = sum(met for *_, met in cases)
    assert (within[page].value, within[page].n) == (pytest.approx(in_time / len(cases)), len(cases))


def test_on_the_last_day_of_the_term_it_is_too_early_to_tell_and_on_the_next_it_is_not(within):
    assert (within["young"].value, within["young"].n, within["young"].missing) == (None, 0, 1)
    assert "too early to tell" in str(within["young"].reason)
    assert (within["due"].value, within["due"].n, within["due"].missing) == (0, 1, 0)


# ── 9: followers ─────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def followed(tmp_path_factory):
    """
    Three pages with posts in February and March, of which `none` had no followers and `some` had ten, both
    counted in February; of `nobody` they were never counted.
    """
    moments = [ASKED, ASKED + timedelta(days=30)]
    ways = dict.fromkeys(("likes", "comments", "shares"), 1)
    posts = [
        {"page_id": page, "post_id": f"p{moment.month}", "published_at": moment, **ways}
        for page in ("none", "some", "nobody")
        for moment in moments
    ]
    counts = [
        {"page_id": page, "captured_at": ASKED, "followers": n}
        for page, n in (("none", 0), ("some", 10))
    ]
    imports = (Import(table="posts", rows=posts), Import(table="page_counts", rows=counts))
    window = Span(date(2024, 2, 1), date(2024, 3, 31))
    world = World(tuple(map(page_of, ("none", "some", "nobody"))), imports, window)
    with Corpus(build(world, tmp_path_factory.mktemp("followed"))) as corpus:
        by_month = compute(corpus, keys=PER_FOLLOWER, by="month")
        whole = compute(corpus, keys=PER_FOLLOWER)
    return {(one.page, one.first.month, one.indicator): one for one in by_month}, {
        (one.page, one.indicator): one for one in whole
    }


PER_FOLLOWER = (
    "popularity_3", "engagement", "engagement_without_shares", "engagement_rate_by_follower",
    "engagement_rate_by_day",
)  # fmt: skip


@pytest.mark.parametrize("key", PER_FOLLOWER)
def test_without_followers_the_reason_is_the_true_one(followed, key):
    by_month, whole = followed
    assert by_month["some", 2, key].value > 0
    assert "Nobody counted in this period" in str(by_month["some", 3, key].reason)
    assert whole["some", key].value > 0
    assert "Nobody followed the page" in str(whole["none", key].reason)
    assert "not in any import" in str(whole["nobody", key].reason)


@pytest.mark.parametrize("key", ["engagement_rate_by_follower", "engagement_rate_by_day"])
def test_a_post_shown_when_nobody_followed_yet_is_set_against_the_followers_of_the_period(
    tmp_path, key
):
    shown = {"likes": 3, "comments": 2, "shares": 1}
    posts = [
        {
            "page_id": "young",
            "post_id": f"p{n}",
            "published_at": ASKED,
            "followers_then": n,
            **shown,
        }
        for n in (0, 20)
    ]
    imports = (Import(table="posts", rows=posts, captured=ASKED + timedelta(hours=6)),)
    world = World((page_of("young"),), imports, Span(ASKED.date(), ASKED.date()))
    with Corpus(build(world, tmp_path)) as corpus:
        (rate,) = compute(corpus, keys=[key])
    # Twelve reactions, and 0 and 20 followers, 10 on average.
    each = 12 / 10
    assert rate.value == pytest.approx(each / 2 if key.endswith("follower") else each)
    assert "at_posting" not in rate.notes
