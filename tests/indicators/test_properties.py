"""
What must hold of any corpus.

1. One more comment that nobody answers raises no share of comments, persons or posts answered, and shortens
   no waiting time. Left out on purpose: the share of first-time writers, if the writer is none (an older
   comment of theirs makes the newer one no longer the first), and, where comments are removed, the share
   answered as it happened (who is looked at but briefly makes removals rarer, so more can be answered later).
2. Moments moved by whole days, the window with them, change nothing.
3. Other names of the authors change nothing.
4. Without its other pages a page has the same numbers, but for its places and what it shares with them.
5. Files may come in any order, also an earlier capture of the same after the later one (but for captures
   that hold all there was: what disappeared is found as they come).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plain_records import Import, PageFacts, Span
from small_corpora import World, build, make_world

from qulaq.corpus.current import Corpus
from qulaq.indicators import INDICATORS, compute

START = datetime(2023, 3, 1, tzinfo=UTC)
WINDOW = Span(date(2023, 3, 1), date(2023, 3, 28))
CAPTURED = START + timedelta(days=30)
KEYS = [
    one.key for one in INDICATORS if "codes" not in one.needs and one.key != "reply_within_standard"
]
WITH_OTHERS = "cross_posted_share"
few = settings(max_examples=4, deadline=None, derandomize=True, database=None)


@dataclass(frozen=True, slots=True)
class Ask:
    """
    A citizen's comment: when, who, under which post (None: none), after how many
    minutes answered, and after how many more the citizen wrote again.
    """

    minute: int
    who: int
    post: int | None
    answered: int | None
    again: int | None


DAY = 24 * 60
ASKS = st.lists(
    st.builds(
        Ask,
        minute=st.integers(0, 27 * DAY),
        who=st.integers(0, 12),
        post=st.integers(0, 3) | st.none(),
        answered=st.none() | st.integers(1, 10 * DAY),
        again=st.none() | st.integers(1, DAY),
    ),
    min_size=1,
    max_size=25,
)


def page_of(name):
    return PageFacts(id=name, zone="Asia/Oral", speakers=frozenset({f"{name}.body"}))


def rows_of(page, asks):
    rows = []
    for i, ask in enumerate(asks):
        moment = START + timedelta(minutes=ask.minute)
        post = None if ask.post is None else f"p{ask.post}"
        row = {"page_id": page, "post_id": post, "author": f"u{ask.who}", "text": "Қашан?"}
        rows.append({**row, "comment_id": f"c{i}", "published_at": moment})
        if ask.answered is not None:
            moment += timedelta(minutes=ask.answered)
            reply = {"comment_id": f"r{i}", "parent_id": f"c{i}", "author": f"{page}.body"}
            rows.append({**row, **reply, "published_at": moment})
            if ask.again is not None:
                moment += timedelta(minutes=ask.again)
                rows.append(
                    {**row, "comment_id": f"a{i}", "parent_id": f"r{i}", "published_at": moment}
                )
    return [row for row in rows if row["published_at"] < CAPTURED]


def posts_of(page):
    return [
        {"page_id": page, "post_id": f"p{i}", "published_at": START + timedelta(days=6 * i), "likes": i,
         "comments": 3, "shares": 1, "followers_then": 100}
        for i in range(4)
    ]  # fmt: skip


def files(posts, comments, captured=CAPTURED):
    return (
        Import(table="posts", rows=posts, captured=captured),
        Import(table="comments", rows=comments, captured=captured),
    )


def measure(world, folder):
    with Corpus(build(world, folder)) as corpus:
        results = compute(corpus, keys=KEYS)
    return {(one.page, one.indicator): one for one in results}


def same(one, other):
    """
    The same number with its n, what is missing, and its interval.
    """
    for it, its in ((one.value, other.value), (one.low, other.low), (one.high, other.high)):
        if it is None or its is None:
            if it is not its:
                return False
        elif it != pytest.approx(its, rel=1e-9, abs=1e-12):
            return False
    return (one.n, one.missing, one.notes) == (other.n, other.missing, other.notes)


# ── 1 one more comment that nobody answers ───────────────────────────────────────────────────────

NEVER_RAISED = [
    "reply_rate", "reply_within_1h", "reply_within_24h", "reply_within_72h", "reply_within_7d", "answered_by_72h_km",
    "answered_by_72h_aj", "citizens_answered_share", "answered_posts_share", "reply_rate_lowest", "reply_rate_highest",
    "speaker_changes_mean", "page_comments_per_citizen_comment",
]  # fmt: skip
NEVER_LOWERED = [
    "latency_km_median_hours",
    "latency_rmst_7d_hours",
    "unanswered",
    "citizen_comments",
]
UNCHANGED = [
    "latency_median_hours",
    "latency_p90_hours",
    "threads_continued_share",
    "follow_up_answered_share",
]


@few
@given(ASKS, st.integers(0, 27 * DAY), st.none() | st.integers(0, 3), st.booleans())
def test_one_more_unanswered_comment_raises_no_rate(tmp_path_factory, asks, minute, post, newcomer):
    one_more = Ask(minute, 99 if newcomer else asks[0].who, post, None, None)
    pages = {"before": asks, "after": [*asks, one_more]}
    world = World(
        tuple(map(page_of, pages)),
        files(
            [row for page in pages for row in posts_of(page)],
            [row for page, some in pages.items() for row in rows_of(page, some)],
        ),
        WINDOW,
    )
    told = measure(world, tmp_path_factory.mktemp("more"))

    def both(keys):
        pairs = ((key, told["before", key].value, told["after", key].value) for key in keys)
        return [(key, was, became) for key, was, became in pairs if None not in (was, became)]

    first = ["reply_rate_first_timers"] if newcomer else []
    raised = [it for it in both([*NEVER_RAISED, *first]) if it[2] > it[1] + 1e-12]
    lowered = [it for it in both(NEVER_LOWERED) if it[2] < it[1] - 1e-9]
    changed = [it for it in both(UNCHANGED) if it[1] != it[2]]
    assert not raised
    assert not lowered
    assert not changed
    assert told["after", "reply_rate"].n == told["before", "reply_rate"].n + 1


# ── 2 and 3 other days, other names ──────────────────────────────────────────────────────────────


def moved(world, days):
    by = timedelta(days=days)
    imports = [
        replace(
            one,
            rows=[{**row, "published_at": row["published_at"] + by} for row in one.rows],
            captured=one.captured + by,
        )
        for one in world.imports
    ]
    return replace(
        world, imports=tuple(imports), window=Span(world.window.first + by, world.window.last + by)
    )


@few
@given(ASKS, st.integers(1, 700))
def test_moments_moved_by_whole_days_change_nothing(tmp_path_factory, asks, days):
    world = World((page_of("page"),), files(posts_of("page"), rows_of("page", asks)), WINDOW)
    told = measure(world, tmp_path_factory.mktemp("then"))
    later = measure(moved(world, days), tmp_path_factory.mktemp("later"))
    assert not [key for key in told if not same(told[key], later[key])]


@few
@given(ASKS, st.permutations([f"n{i}" for i in range(13)]))
def test_other_names_of_the_authors_change_nothing(tmp_path_factory, asks, names):
    others = {f"u{i}": name for i, name in enumerate(names)}
    pages = ("page", "other")
    mine, theirs = (rows_of(page, asks) for page in pages)
    theirs = [{**row, "author": others.get(row["author"], row["author"])} for row in theirs]
    world = World(
        tuple(map(page_of, pages)),
        files([row for page in pages for row in posts_of(page)], [*mine, *theirs]),
        WINDOW,
    )
    told = measure(world, tmp_path_factory.mktemp("names"))
    assert not [key for key in KEYS if not same(told["page", key], told["other", key])]


# ── 4 and 5 other pages, other order ─────────────────────────────────────────────────────────────


@settings(few, max_examples=2)
@given(st.integers(min_value=1000))
def test_without_its_other_pages_a_page_has_the_same_numbers(tmp_path_factory, seed):
    world = make_world(Random(seed), posts=10, comments=40)  # noqa: S311 - a seeded world, no secret
    half = world.pages[: len(world.pages) // 2]
    names = {page.id for page in half}
    own = tuple(one for one in world.imports if one.rows[0]["page_id"] in names)
    whole = measure(world, tmp_path_factory.mktemp("whole"))
    alone = measure(replace(world, pages=half, imports=own), tmp_path_factory.mktemp("half"))
    own_numbers = [it for it in alone if alone[it].unit != "rank" and it[1] != WITH_OTHERS]
    assert not [it for it in own_numbers if not same(whole[it], alone[it])]


@few
@given(ASKS, st.data())
def test_files_may_come_in_any_order(tmp_path_factory, asks, data):
    rows = rows_of("page", asks)
    parts = data.draw(st.lists(st.integers(0, 1), min_size=len(rows), max_size=len(rows)))
    placed = sorted(zip(parts, range(len(rows)), strict=True))
    comments = [[rows[i] for _, i in some] for _, some in groupby(placed, key=lambda it: it[0])]
    counts = [{"page_id": "page", "captured_at": CAPTURED, "followers": 50, "posts_total": 9}]
    middle = START + timedelta(days=12)
    early = [row for row in rows if row["published_at"] < middle]
    parted = [
        Import(table="posts", rows=posts_of("page"), captured=CAPTURED),
        *(Import(table="comments", rows=some, captured=middle) for some in [early] if some),
        *(Import(table="comments", rows=some, captured=CAPTURED) for some in comments),
        Import(table="page_counts", rows=counts),
    ]
    shuffled = data.draw(st.permutations(parted))
    pages = (page_of("page"),)
    told = measure(World(pages, tuple(parted), WINDOW), tmp_path_factory.mktemp("order"))
    other = measure(World(pages, tuple(shuffled), WINDOW), tmp_path_factory.mktemp("other"))
    assert not [it for it in told if not same(told[it], other[it])]
