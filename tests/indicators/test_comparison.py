"""
Comparing bodies, worked out on small corpora.

CB1 places and their intervals come from all pairs at once, at the level that all pairs together need;
CB2 with more than 500 pages places have no intervals and it is said; CB3 a page with too few cases is
listed, not ranked, and so is one that cannot be measured; CB4 any indicator can be ranked by, in the
direction that is better, and intervals hold at the level asked; CB5 the change since the period before
has an interval, or a reason why there is none; CB6 tests between pages and between networks are corrected
by Holm within their family; CB7 what cannot be ranked by is refused with what to do.
"""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime, timedelta
from math import sqrt

import numpy as np
import pytest
from scipy import stats as scipy_stats

from qulaq.corpus.current import Corpus
from qulaq.corpus.intake import Order, take_in
from qulaq.errors import Misused, QulaqError, UnknownName
from qulaq.indicators import INDICATORS, NOTES, compare_pages, compute, rank
from qulaq.indicators.compute import measure
from qulaq.indicators.contrasts import MOST_PAIRED, QUANTITIES, TESTS
from qulaq.indicators.model import Frame, Stats
from qulaq.indicators.ranking import BASE_OF, MOST_PAGES, find_places
from qulaq.indicators.results import estimate
from qulaq.study import Window, open_study

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
CAPTURED = datetime(2023, 3, 1, tzinfo=UTC)
START = datetime(2023, 1, 1, 4, 0, tzinfo=UTC)  # written without a zone: the page's own clock
_HEADING = ("page_id", "post_id", "comment_id", "parent_id", "author", "published_at", "text")
MEASURABLE = [one.key for one in INDICATORS if "codes" not in one.needs]
GOLDEN = {"first": 45, "second": 30, "third": 28, "last": 0}


def settings(pages, *, opened="2020-01-01", last="2023-01-31"):
    """
    A study of one body a page; the network of a page stands behind a colon: "telegram:press".
    """
    lines = ['id = "made"', 'title = "Made"', f"window = {{ from = 2023-01-01, to = {last} }}"]
    for page in pages:
        network, _, name = page.rpartition(":")
        lines += ["[[bodies]]", f'id = "b-{name}"', f'name = "Body {name}"']
        lines += ["[[pages]]", f'id = "{name}"', f'body = "b-{name}"', f'handle = "h.{name}"']
        lines += [f'platform = "{network or "facebook"}"', f'ids = ["id-{name}"]']
        lines += [f'opened = "{opened}"'] if opened else []
    return "\n".join(lines) + "\n"


def comments(page, *, asked, answered, first=0, days=28, hours=3.0):
    """
    Citizens' comments of a page, one after the other by day, and the answers to the first of them.
    """
    for i in range(asked):
        moment = START + timedelta(days=first + i % days, minutes=i)
        name, post = f"{page}-{first}-{i}", f"p{i % 5}"
        yield (page, post, name, "", f"u{i}", f"{moment:%Y-%m-%d %H:%M}", "?")
        if i < answered:
            then = moment + timedelta(hours=hours + i % 7)
            yield (page, post, f"r-{name}", name, f"id-{page}", f"{then:%Y-%m-%d %H:%M}", ".")


def posts(page, likes, *, first=0, replies=()):
    for i, count in enumerate(likes):
        moment = START + timedelta(days=first + i % 28, minutes=i)
        shown = replies[i] if i < len(replies) else ""
        yield (page, f"p{first}-{i}", f"{moment:%Y-%m-%d %H:%M}", count, shown)


@pytest.fixture(scope="module")
def corpus_of(tmp_path_factory):
    """
    A corpus from a study's settings and rows of comments and posts.
    """
    opened = []

    def build(toml, *, said=(), published=(), captured=CAPTURED):
        folder = tmp_path_factory.mktemp("study")
        (folder / "study.toml").write_text(toml, encoding="utf-8")
        study = open_study(folder)
        heading = ("page_id", "post_id", "published_at", "likes", "comments")
        for name, rows, titles in (("c", said, _HEADING), ("p", published, heading)):
            if rows := list(rows):
                file = folder / f"{name}.csv"
                with file.open("w", encoding="utf-8", newline="") as stream:
                    csv.writer(stream).writerows([titles, *rows])
                take_in(study, file, Order(captured=captured, knows=("authors",)), now=NOW)
        opened.append(Corpus(study))
        return opened[-1].__enter__()

    yield build
    for corpus in opened:
        corpus.__exit__(None, None, None)


@pytest.fixture(scope="module")
def golden(corpus_of):
    """
    Four pages with 45, 30, 28 and 0 of 50 comments answered.
    """
    rows = [row for page, k in GOLDEN.items() for row in comments(page, asked=50, answered=k)]
    return corpus_of(settings(GOLDEN), said=rows)


def places(ranking):
    return [(page.result.page, page.rank, page.rank_low, page.rank_high) for page in ranking.pages]


# ── places ───────────────────────────────────────────────────────────────────────────────────────


def test_places_of_the_published_case(golden):
    """
    Requirement CB1.
    """
    assert places(rank(golden, by="reply_rate")) == [
        ("first", 1, 1, 1),
        ("second", 2, 2, 3),
        ("third", 3, 2, 3),
        ("last", 4, 4, 4),
    ]


def test_a_difference_that_only_one_pair_would_show_is_none_among_six_pairs(corpus_of):
    """
    Requirement CB1: 40 and 30 of 50 differ at 95 % (Newcombe: 0.02 to 0.36), not at 99.17 %.
    """
    k = {"a": 40, "b": 30}
    two = [row for page in k for row in comments(page, asked=50, answered=k[page])]
    assert places(rank(corpus_of(settings("ab"), said=two), by="reply_rate")) == [
        ("a", 1, 1, 1),
        ("b", 2, 2, 2),
    ]
    k = {"c": 40, "d": 30, "e": 0, "f": 0}
    four = [row for page in k for row in comments(page, asked=50, answered=k[page])]
    assert places(rank(corpus_of(settings("cdef"), said=four), by="reply_rate")) == [
        ("c", 1, 1, 2),
        ("d", 2, 1, 2),
        ("e", 3, 3, 4),
        ("f", 3, 3, 4),
    ]


def test_the_rank_indicators_and_the_ranking_are_one(golden):
    """
    Requirement CB1: nothing is reckoned in two ways.
    """
    for key, base in BASE_OF.items():
        found = {one.page: (one.value, one.low, one.high) for one in compute(golden, keys=[key])}
        ranked = {page: place for page, *place in places(rank(golden, by=base))}
        assert {page: tuple(place) for page, place in ranked.items()} == found


def _many(pages, k):
    """
    The sums of so many pages with k of 60 comments answered, each under a post of its own.
    """
    start, n = date(2023, 1, 1), np.full(pages, 60.0)
    flags = {name: np.ones(pages, np.bool_) for name in ("posts", "comments", "comments_observed")}
    frame = Frame(
        pages=tuple(f"p{i}" for i in range(pages)),
        starts=(start,) * pages,
        firsts=(start,) * pages,
        lasts=(date(2023, 1, 31),) * pages,
        days=np.full(pages, 31),
        days_missing=np.zeros(pages, np.int64),
        whole=True,
        flags=flags,
    )
    sums = {"m": n, "n": n, "k": k, "k_squared": k, "k_times_n": k, "n_squared": n}
    zero = np.zeros(pages)
    columns = {f"threads_{name}": value for name, value in sums.items()}
    return Stats(frame, {**columns, "unknown": zero, "inferred": zero})


@pytest.mark.parametrize("pages", [MOST_PAGES, MOST_PAGES + 1])
def test_beyond_500_pages_places_have_no_intervals_and_it_is_said(pages):
    """
    Requirement CB2.
    """
    k = np.where(np.arange(pages) < 10, 60.0, 1.0)
    found = find_places(INDICATORS.get("reply_rate"), _many(pages, k))
    assert found.rank.tolist() == [1.0] * 10 + [11.0] * (pages - 10)
    assert found.too_many.all() == (pages > MOST_PAGES)
    assert np.isnan(found.low).all() == (pages > MOST_PAGES)
    if pages == MOST_PAGES:
        assert (found.low[:10].max(), found.high[:10].max()) == (1, 10)
        assert (found.low[10:].min(), found.high[10:].max()) == (11, pages)


def test_a_page_with_29_comments_is_listed_and_not_ranked(corpus_of):
    """
    Requirement CB3: nor does it count among those that others are compared with.
    """
    n = {"few": (29, 29), "some": (30, 20), "none": (30, 0), "alone": (0, 0)}
    rows = [row for page, (n, k) in n.items() for row in comments(page, asked=n, answered=k)]
    ranking = rank(corpus_of(settings(n), said=rows), by="reply_rate")
    assert places(ranking) == [
        ("some", 1, 1, 1),
        ("none", 2, 2, 2),
        ("few", None, None, None),
        ("alone", None, None, None),
    ]
    few, alone = ranking.pages[2:]
    assert few.result.value == 1
    assert "30 citizens' comments" in str(few.reason)
    assert alone.result.value is None
    assert alone.reason == alone.result.reason


def test_a_page_alone_has_no_place(corpus_of):
    """
    Requirement CB3.
    """
    corpus = corpus_of(settings("a"), said=comments("a", asked=40, answered=20))
    (page,) = rank(corpus, by="reply_rate").pages
    assert (page.rank, page.result.value) == (None, 0.5)
    assert "no other page" in str(page.reason)


def test_unknown_authors_withhold_the_place_with_the_rate(corpus_of):
    """
    Requirement CB3.
    """
    rows = [row for page in "ab" for row in comments(page, asked=40, answered=20)]
    hidden = [(*row[:4], "" if row[0] == "b" else row[4], *row[5:]) for row in rows]
    ranking = rank(corpus_of(settings("ab"), said=hidden), by="reply_rate")
    assert [(page.result.page, page.rank) for page in ranking.pages] == [("a", None), ("b", None)]
    assert "no other page" in str(ranking.pages[0].reason)
    assert "would make it measurable" in str(ranking.pages[1].reason)


def test_means_want_thirty_cases_and_counts_want_none(corpus_of):
    """
    Requirements CB3, CB4.
    """
    likes = {"few": [9] * 29, "more": [5, 6] * 15, "most": [1, 2] * 20}
    rows = [row for page, one in likes.items() for row in posts(page, one)]
    corpus = corpus_of(settings(likes), published=rows)
    by_mean = rank(corpus, by="likes_mean")
    assert [(page.result.page, page.rank) for page in by_mean.pages] == [
        ("more", 1),
        ("most", 2),
        ("few", None),
    ]
    assert "30 cases" in str(by_mean.pages[-1].reason)
    by_count = rank(corpus, by="posts")
    assert places(by_count) == [
        ("most", 1, None, None),
        ("more", 2, None, None),
        ("few", 3, None, None),
    ]
    assert by_count.notes == ("places_only", "no_direction")


def test_a_page_that_nobody_observed_has_no_place_by_a_count(corpus_of):
    """
    Requirement CB3: no posts held is not zero posts.
    """
    rows = [row for page in "ab" for row in posts(page, [1, 2])]
    ranking = rank(corpus_of(settings("abc"), published=rows), by="posts")
    assert places(ranking)[-1] == ("c", None, None, None)
    assert "No posts of this page" in str(ranking.pages[-1].reason)


# ── any indicator ────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def rich(corpus_of):
    """
    Three pages with all that indicators measure but texts.
    """
    said = [
        *comments("a", asked=60, answered=40),
        *comments("b", asked=50, answered=30, hours=30),
        *comments("c", asked=40, answered=5, hours=90),
    ]
    again = [
        (page, "p1", f"{page}-again-{i}", f"{page}-0-{i}", f"u{i}", "2023-02-10 10:00", "?")
        for page in "abc"
        for i in range(1, 5)
    ]
    more = [("a", "p1", f"a-more-{i}", f"a-0-{i}", "id-a", "2023-02-11 10:00", ".") for i in (1, 2)]
    published = [
        row
        for page, size in (("a", 40), ("b", 35), ("c", 32))
        for row in posts(page, range(size), replies=[i % 4 for i in range(size)])
    ]
    return corpus_of(
        settings("abc") + '[answering]\nwithin_working_days = 5\ncalendar = "KZ"\n',
        said=[*said, *again, *more],
        published=published,
    )


def test_intervals_hold_at_the_level_asked(rich):
    """
    Requirement CB4: the value stays, the interval grows, whatever the indicator.
    """
    chosen = [INDICATORS.get(key) for key in MEASURABLE if INDICATORS.get(key).unit != "rank"]
    stats = measure(rich, chosen)
    wider = set()
    for indicator in chosen:
        usual, sure = estimate(indicator, stats), estimate(indicator, stats.at(0.999))
        np.testing.assert_array_equal(usual.value, sure.value)
        assert (usual.low is None) == (sure.low is None)
        if usual.low is None:
            continue
        gone = ~np.isnan(usual.low) & np.isnan(sure.low)  # no pair of values is as sure as that
        both = ~np.isnan(usual.low) & ~gone
        assert (sure.low[both] <= usual.low[both]).all(), indicator.key
        assert (sure.high[both] >= usual.high[both]).all(), indicator.key
        if gone.any() or ((sure.high - sure.low)[both] > (usual.high - usual.low)[both]).any():
            wider.add(indicator.key)
    with_interval = {
        one.indicator for one in compute(rich, keys=MEASURABLE) if one.low != one.high
    } - set(BASE_OF)
    assert len(wider) > 30
    assert with_interval == wider


def test_every_measurable_indicator_gives_places_in_the_direction_that_is_better(rich):
    """
    Requirement CB4: each within its interval.
    """
    chosen = [INDICATORS.get(key) for key in MEASURABLE if key not in BASE_OF]
    stats = measure(rich, chosen)
    ranked = set()
    for indicator in chosen:
        found = find_places(indicator, stats)
        rows = np.flatnonzero(~np.isnan(found.rank))
        rows = rows[np.argsort(found.rank[rows])]
        values = found.found.value[rows].round(12).tolist()  # what only rounding hides
        assert values == sorted(values, reverse=indicator.better != "smaller"), indicator.key
        if len(rows) and found.found.low is not None:
            ranked.add(indicator.key)
            assert (found.low[rows] <= found.rank[rows]).all()
            assert (found.high[rows] >= found.rank[rows]).all()
    assert len(ranked) > 30


@pytest.mark.parametrize("key", ["reply_within_24h", "likes_median", "followers", "attention_gini"])
def test_a_ranking_says_what_its_places_lack(rich, key):
    """
    Requirement CB4: intervals, a direction.
    """
    ranking, indicator = rank(rich, by=key), INDICATORS.get(key)
    assert set(ranking.notes) <= set(NOTES)
    assert ("no_direction" in ranking.notes) == (indicator.better is None)
    for page in ranking.pages:
        assert (page.rank is None) == (page.reason is not None)
        if page.rank is not None:
            assert (page.rank_low is None) == ("places_only" in ranking.notes)


def test_who_answers_sooner_comes_first(rich):
    """
    Requirement CB4: the smallest number has place 1.
    """
    ranking = rank(rich, by="latency_rmst_7d_hours")
    assert [page.result.page for page in ranking.pages] == ["a", "b", "c"]
    assert places(ranking)[-1] == ("c", 3, 3, 3)


def test_equal_numbers_share_the_better_place(corpus_of):
    """
    Requirement CB4.
    """
    k = {"a": 10, "b": 30, "c": 30, "d": 40}
    rows = [row for page in k for row in comments(page, asked=40, answered=k[page])]
    ranking = rank(corpus_of(settings(k), said=rows), by="unanswered")
    assert [(page.result.page, page.rank) for page in ranking.pages] == [
        ("d", 1),
        ("b", 2),
        ("c", 2),
        ("a", 4),
    ]


# ── the period before ────────────────────────────────────────────────────────────────────────────

SECOND_HALF = Window(first=date(2023, 1, 17), last=date(2023, 1, 31))


def _wilson(k, n, z=1.959963984540054):
    middle, half = k + z * z / 2, z * sqrt(k * (n - k) / n + z * z / 4)
    return (middle - half) / (n + z * z), (middle + half) / (n + z * z)


def _halves(page, *, before, now):
    """
    40 comments from 2 to 16 January and 40 from 17 to 31 January, so many of each answered.
    """
    yield from comments(page, asked=40, answered=before, first=1, days=15)
    yield from comments(page, asked=40, answered=now, first=16, days=15)


def test_change_worked_out_by_hand(corpus_of):
    """
    Requirement CB5: 30 of 40 after 20 of 40, by Newcombe's interval.
    """
    rows = [row for page in "ab" for row in _halves(page, before=20, now=30)]
    ranking = rank(corpus_of(settings("ab"), said=rows), by="reply_rate", window=SECOND_HALF)
    assert ranking.before == Window(first=date(2023, 1, 2), last=date(2023, 1, 16))
    now, then = _wilson(30, 40), _wilson(20, 40)
    for page in ranking.pages:
        assert page.result.value == 0.75
        assert page.change.reason is None
        assert page.change.value == 0.25
        low = 0.25 - sqrt((0.75 - now[0]) ** 2 + (then[1] - 0.5) ** 2)
        high = 0.25 + sqrt((now[1] - 0.75) ** 2 + (0.5 - then[0]) ** 2)
        assert (page.change.low, page.change.high) == pytest.approx((low, high))


def test_a_count_changes_without_an_interval(corpus_of):
    """
    Requirement CB5.
    """
    rows = [*posts("a", [1] * 3, first=1), *posts("a", [1] * 5, first=16)]
    (page,) = rank(corpus_of(settings("a"), published=rows), by="posts", window=SECOND_HALF).pages
    assert (page.result.value, page.change.value) == (5, 2)
    assert (page.change.low, page.change.high) == (None, None)


@pytest.mark.parametrize(
    ("opened", "captured", "first", "reason"),
    [
        ("2020-01-01", CAPTURED, 16, "Nobody observed the page in the period before"),
        ("2023-01-17", CAPTURED, 1, "Nobody observed the page in the period before"),
        ("2023-01-10", CAPTURED, 9, "Only a part of the period before"),
        ("2020-01-01", datetime(2023, 1, 25, tzinfo=UTC), 1, "Only a part of the period was"),
    ],
    ids=["no record so old", "opened after it", "opened within it", "captured too early"],
)
def test_no_change_is_told_of_what_was_not_observed(corpus_of, opened, captured, first, reason):
    """
    Requirement CB5.
    """
    rows = [*posts("a", [1] * 3, first=first), *posts("a", [1] * 3, first=17)]
    corpus = corpus_of(settings("a", opened=opened), published=rows, captured=captured)
    (page,) = rank(corpus, by="posts_per_day_mean", window=SECOND_HALF).pages
    assert page.result.value is not None
    assert (page.change.value, page.change.low) == (None, None)
    assert str(page.change.reason).startswith(reason)


def test_where_the_opening_is_not_told_the_change_says_what_it_assumes(corpus_of):
    """
    Requirement CB5: as the observed span does.
    """
    rows = [*posts("a", [1] * 3, first=5), *posts("a", [1] * 3, first=17)]
    corpus = corpus_of(settings("a", opened=None), published=rows)
    (page,) = rank(corpus, by="posts_per_day_mean", window=SECOND_HALF).pages
    assert page.change.value == 0
    assert "start_assumed" in page.notes
    assert "start_assumed" not in page.result.notes


def test_a_number_that_was_not_measurable_before_tells_why(corpus_of):
    """
    Requirement CB5: somebody wrote before the period, and nobody in it.
    """
    rows = [
        *comments("a", asked=3, answered=0, days=1),
        *comments("a", asked=3, answered=1, first=20),
    ]
    (page,) = rank(corpus_of(settings("a"), said=rows), by="reply_rate", window=SECOND_HALF).pages
    assert page.change.value is None
    assert str(page.change.reason).startswith("In the period before: No citizen commented")


def test_the_same_count_of_followers_is_no_change_of_zero(corpus_of, write):
    """
    Requirement CB5: one count stands for both periods.
    """
    corpus = corpus_of(settings("a"), published=posts("a", [1] * 30))
    counts = [("page_id", "captured_at", "followers"), ("a", "2023-01-20 10:00", "500")]
    take_in(corpus.study, write("counts.csv", counts), Order(), now=NOW)
    with Corpus(corpus.study) as again:
        (page,) = rank(again, by="followers", window=SECOND_HALF).pages
    assert page.result.value == 500
    assert page.change.value is None
    assert "Nobody counted" in str(page.change.reason)


def test_the_first_day_of_the_calendar_has_a_period_before(golden):
    """
    Requirement CB5: no window breaks the ranking.
    """
    ranking = rank(golden, by="reply_rate", window=Window(first=date.min, last=date(2023, 1, 31)))
    assert ranking.pages[0].rank == 1
    assert ranking.pages[0].change.value is None


# ── tests ────────────────────────────────────────────────────────────────────────────────────────

LIKES = {
    "facebook:a": [3, 9, 4, 12, 7, 6, 8, 5, 10, 11, 9, 2],
    "facebook:b": [8, 19, 14, 22, 17, 16, 18, 15, 20, 11, 3, 9],
    "instagram:c": [30, 9, 44, 12, 57, 66, 28, 35, 10, 71, 90, 42],
}


@pytest.fixture(scope="module")
def liked(corpus_of):
    """
    Three pages on two networks, twelve posts each.
    """
    rows = [row for page, likes in LIKES.items() for row in posts(page.split(":")[1], likes)]
    return corpus_of(settings(LIKES), published=rows)


def _of(contrasts, **wanted):
    return [
        one
        for one in contrasts
        if all(getattr(one, name) == value for name, value in wanted.items())
    ]


def test_holm_corrects_within_a_family_by_hand(liked):
    """
    Requirement CB6: the smallest p times three, the next times two, never below the one before.
    """
    found = _of(compare_pages(liked), quantity="likes", test="mann_whitney", between="pages")
    a, b, c = LIKES.values()
    expected = {
        (first, second): scipy_stats.mannwhitneyu(x, y).pvalue
        for first, x, second, y in (("a", a, "b", b), ("a", a, "c", c), ("b", b, "c", c))
    }
    assert {(one.first, one.second): one.p for one in found} == pytest.approx(expected)
    p = sorted(one.p for one in found)
    by_hand = [3 * p[0], max(3 * p[0], 2 * p[1]), max(3 * p[0], 2 * p[1], p[2])]
    assert sorted(one.p_holm for one in found) == pytest.approx(by_hand)


def test_the_ratio_of_likes_is_that_of_their_means(liked):
    """
    Requirement CB6.
    """
    (found,) = _of(
        compare_pages(liked), quantity="likes", test="negative_binomial", first="a", second="c"
    )
    a, c = LIKES["facebook:a"], LIKES["instagram:c"]
    assert found.effect == pytest.approx(sum(a) / sum(c))
    assert found.low < found.effect < found.high < 1
    assert (found.n_first, found.n_second) == (12, 12)


def test_a_network_is_all_its_pages_together(liked):
    """
    Requirement CB6: one pair of networks, so Holm changes nothing.
    """
    networks = _of(compare_pages(liked), between="networks", quantity="likes")
    assert [(one.first, one.second) for one in networks] == [("facebook", "instagram")] * 2
    a, b, c = LIKES.values()
    ratio, order = networks
    assert (ratio.n_first, ratio.n_second) == (24, 12)
    assert ratio.effect == pytest.approx(sum(a + b) / 24 / (sum(c) / 12))
    assert order.p == pytest.approx(scipy_stats.mannwhitneyu(a + b, c).pvalue)
    assert [one.p_holm for one in networks] == [one.p for one in networks]


def test_waiting_times_are_tested_twice_and_agree(corpus_of):
    """
    Requirement CB6: of answered comments; the chance that the first waits longer.
    """
    rows = [*comments("a", asked=30, answered=20, hours=20), *comments("b", asked=30, answered=25)]
    found = _of(compare_pages(corpus_of(settings("ab"), said=rows)), quantity="waiting_hours")
    assert [one.test for one in found] == ["mann_whitney", "brunner_munzel"]
    x, y = [20 + i % 7 for i in range(20)], [3 + i % 7 for i in range(25)]
    whitney, munzel = found
    assert whitney.effect == munzel.effect == 1
    assert whitney.p == pytest.approx(scipy_stats.mannwhitneyu(x, y).pvalue)
    assert munzel.p is None
    assert "do not overlap" in str(munzel.reason)


def test_fewer_than_ten_values_are_not_tested(corpus_of):
    """
    Requirement CB6: nor are waiting times of a page whose authors are not known.
    """
    rows = [
        row for page in "abc" for row in comments(page, asked=30, answered=12 - 3 * (page == "b"))
    ]
    hidden = [(*row[:4], "" if row[0] == "c" and not row[3] else row[4], *row[5:]) for row in rows]
    found = _of(compare_pages(corpus_of(settings("abc"), said=hidden)), test="mann_whitney")
    reasons = {(one.first, one.second): str(one.reason) for one in found if one.quantity != "likes"}
    waits = {
        (one.first, one.second): (one.p, str(one.reason))
        for one in found
        if one.quantity == "waiting_hours"
    }
    assert all(p is None for p, _ in waits.values())
    assert "fewer than 10" in waits["a", "b"][1]
    assert "Who wrote the comments" in waits["a", "c"][1]
    assert "No posts of this page" in reasons["a", "b"]


def test_many_pages_are_each_set_against_all_others(corpus_of):
    """
    Requirement CB6.
    """
    names = [f"p{i}" for i in range(MOST_PAIRED + 1)]
    rows = [row for i, page in enumerate(names) for row in posts(page, range(i, i + 10))]
    found = _of(compare_pages(corpus_of(settings(names), published=rows)), quantity="likes")
    assert not _of(found, between="pages")
    others = _of(found, between="others", test="mann_whitney")
    assert [one.first for one in others] == names
    assert {(one.second, one.n_first, one.n_second) for one in others} == {(None, 10, 200)}
    assert others[0].effect < 0.1
    assert others[-1].effect > 0.9


def test_every_quantity_and_test_has_its_words():
    """
    Requirement CB6.
    """
    for quantity in QUANTITIES.values():
        assert set(quantity.tests) <= set(TESTS)
        assert INDICATORS.get(quantity.indicator).key == quantity.indicator


# ── what is refused ──────────────────────────────────────────────────────────────────────────────


def test_what_cannot_be_ranked_by_is_refused_with_the_way_out(golden):
    """
    Requirement CB7.
    """
    with pytest.raises(UnknownName, match="Known: reply_rate, "):
        rank(golden, by="reply_rat")
    with pytest.raises(Misused, match=r"a place already\. Rank by reply_rate\."):
        rank(golden, by="reply_rate_rank")
    for key, words in (
        ("one_way_share", "needs coding"),
        ("reply_within_standard", r"\[answering\]"),
    ):
        with pytest.raises(QulaqError, match=words) as refused:
            rank(golden, by=key)
        assert not isinstance(refused.value, Misused)
