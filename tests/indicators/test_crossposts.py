"""
Posts that a body published on two networks, worked out by hand. All texts are invented.

1. What is and what is not the same on another network.
2. What cannot be judged is missing, not "no": posts without words, days that no other page was watched.
3. Where nothing can be judged the reason says what would help.
4. Each page and period by itself, with Wilson's interval.
5. Pages renamed and moments moved change nothing.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plain_records import Import, PageFacts, Span
from small_corpora import World, build

from qulaq.corpus.current import Corpus
from qulaq.indicators import compute

WINDOW = Span(date(2023, 1, 1), date(2023, 2, 28))
START = datetime(2023, 1, 1, 6, tzinfo=UTC)
CAPTURED = datetime(2023, 3, 10, tzinfo=UTC)
VISIT = (
    "Бүгін облыс әкімі Сауран ауданында жұмыс сапарымен болып, жаңа мектептің құрылысымен танысты"
)
VISIT_IN_RUSSIAN = (
    "Сегодня аким области с рабочей поездкой посетил Сауранский район и осмотрел новую школу"
)
WATER = "Хабарландыру! Ертең Абай көшесінде су құбыры ауыстырылады, су уақытша берілмейді, қор жинап алыңыздар"
FAIR = (
    "Сенбі күні орталық алаңда ауыл шаруашылығы өнімдерінің жәрмеңкесі өтеді, баршаңызды шақырамыз"
)
OLDEST = "Парақшамызға қош келдіңіздер, мұнда облыс жаңалықтарын күн сайын оқи аласыздар, ұсыныстарыңызды күтеміз"
FACEBOOK = PageFacts(
    id="fb", zone="Asia/Almaty", speakers=frozenset({"fb"}), body="akimat", platform="facebook"
)
INSTAGRAM = replace(FACEBOOK, id="ig", speakers=frozenset({"ig"}), platform="instagram")
PAGES = (FACEBOOK, INSTAGRAM)


def posts(page, *told, oldest=True):
    """
    Posts of a page: day of the window and text; before them all, outside the window, one that only this
    page has.
    """
    days = [(-20, f"{OLDEST} {page}"), *told] if oldest else told
    return [
        {
            "page_id": page,
            "post_id": f"{page}-{number}",
            "published_at": START + timedelta(days=day),
            "text": text,
        }
        for number, (day, text) in enumerate(days)
    ]


def imported(*rows, captured=CAPTURED):
    return tuple(Import(table="posts", rows=some, captured=captured) for some in rows if some)


def shares(folder, pages, imports, by=None):
    with Corpus(build(World(tuple(pages), imports, WINDOW), folder)) as corpus:
        results = compute(corpus, keys=["cross_posted_share"], by=by)
    return {one.page if by is None else (one.page, one.first): one for one in results}


# ── 1 the same ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("first", "second", "value"),
    [
        ((10, VISIT), (10, VISIT), 1),
        ((10, VISIT), (11, f"{VISIT}\n.\n.\n#Сауран #мектеп #жаңалық @akimat"), 1),
        ((10, VISIT), (9, f"🏫 {VISIT.upper()} 👏👏 https://instagr.am/p/1"), 1),
        ((10, VISIT), (10, VISIT_IN_RUSSIAN), 0),
        ((10, VISIT), (10, VISIT.replace("Сауран", "Жетісай")), 0),
        ((10, VISIT), (17, VISIT), 1),
        ((10, VISIT), (18, VISIT), 0),
        ((10, VISIT), (2, VISIT), 0),
        ((0, VISIT), (-5, VISIT), 1),  # the copy lies before the window
    ],
    ids=[
        "identical",
        "hashtags",
        "emoji and link",
        "translated",
        "another place",
        "seven days later",
        "eight days later",
        "eight days before",
        "before the window",
    ],
)
def test_what_is_the_same_on_another_network(tmp_path, first, second, value):
    found = shares(tmp_path, PAGES, imported(posts("fb", first), posts("ig", second)))
    assert (found["fb"].value, found["fb"].n, found["fb"].missing) == (value, 1, 0)


def test_a_third_page_on_the_same_platform_does_not_count(tmp_path):
    third = replace(FACEBOOK, id="press", speakers=frozenset({"press"}))
    rows = posts("fb", (10, VISIT)), posts("press", (10, VISIT)), posts("ig", (10, WATER))
    found = shares(tmp_path, (*PAGES, third), imported(*rows))
    assert {page: (one.value, one.n) for page, one in found.items()} == {
        "fb": (0, 1),
        "ig": (0, 1),
        "press": (0, 1),
    }


def test_a_page_of_another_body_does_not_count(tmp_path):
    other = replace(INSTAGRAM, id="other", body="school", speakers=frozenset({"other"}))
    rows = posts("fb", (10, VISIT)), posts("ig", (10, WATER)), posts("other", (10, VISIT))
    found = shares(tmp_path, (*PAGES, other), imported(*rows))
    assert found["fb"].value == 0
    assert found["other"].value is None


def test_one_of_two_other_networks_is_enough(tmp_path):
    third = replace(FACEBOOK, id="tg", platform="telegram", speakers=frozenset({"tg"}))
    rows = posts("fb", (10, VISIT), (11, WATER)), posts("ig", (10, FAIR)), posts("tg", (12, VISIT))
    found = shares(tmp_path, (*PAGES, third), imported(*rows))
    assert {page: (one.value, one.n) for page, one in found.items()} == {
        "fb": (0.5, 2),
        "ig": (0, 1),
        "tg": (1, 1),
    }


# ── 2 missing ────────────────────────────────────────────────────────────────────────────────────


def test_posts_without_words_are_missing(tmp_path):
    mine = posts("fb", (10, VISIT), (11, None), (12, "👏👏"), (13, "Тікелей эфир"))
    found = shares(tmp_path, PAGES, imported(mine, posts("ig", (10, VISIT), (13, "Тікелей эфир"))))
    one = found["fb"]
    assert (one.value, one.n, one.missing, one.notes) == (1, 1, 3, ("not_compared",))


def test_days_after_the_other_page_was_looked_at_are_missing(tmp_path):
    rows = posts("fb", (10, VISIT), (30, WATER), (50, FAIR)), posts("ig", (10, VISIT), (30, WATER))
    early = imported(rows[1], captured=START + timedelta(days=31))
    found = shares(tmp_path, PAGES, imported(rows[0]) + early)
    assert (found["fb"].value, found["fb"].n, found["fb"].missing) == (1, 2, 1)
    assert (found["ig"].value, found["ig"].n, found["ig"].missing) == (1, 2, 0)


@pytest.mark.parametrize("opened", [None, date(2023, 1, 15)])
def test_days_before_the_other_page_begins_are_missing(tmp_path, opened):
    later = replace(INSTAGRAM, opened=opened)
    rows = posts("fb", (5, VISIT), (30, WATER)), posts("ig", (20, FAIR), oldest=opened is not None)
    found = shares(tmp_path, (FACEBOOK, later), imported(*rows))
    assert (found["fb"].value, found["fb"].n, found["fb"].missing) == (0, 1, 1)


def test_a_copy_on_an_unwatched_day_is_missing_as_well(tmp_path):
    """
    Else only what turned out well would count there.
    """
    rows = posts("fb", (18, VISIT), (30, WATER)), posts("ig", (20, VISIT), oldest=False)
    found = shares(tmp_path, PAGES, imported(*rows))
    assert (found["fb"].value, found["fb"].n, found["fb"].missing) == (0, 1, 1)


# ── 3 reasons ────────────────────────────────────────────────────────────────────────────────────


def reason(one):
    assert one.value is one.low is one.high is None
    assert one.n == 0
    assert "measurable" in str(one.reason)
    return str(one.reason)


def test_a_body_on_one_network_has_no_share(tmp_path):
    too = replace(FACEBOOK, id="press", speakers=frozenset({"press"}))
    rows = posts("fb", (10, VISIT)), posts("press", (10, VISIT))
    found = shares(tmp_path, (FACEBOOK, too), imported(*rows))
    assert "on one network only" in reason(found["fb"])
    assert found["fb"].missing == 1


def test_another_page_without_posts_tells_nothing(tmp_path):
    found = shares(tmp_path, PAGES, imported(posts("fb", (10, VISIT))))
    assert "no page of the body on another network was observed" in reason(found["fb"])
    assert found["fb"].missing == 1
    assert "No posts of this page have been imported" in reason(found["ig"])


def test_another_page_without_texts_tells_nothing(tmp_path):
    rows = posts("fb", (10, VISIT)), posts("ig", (10, None), (20, "Рақмет"), oldest=False)
    found = shares(tmp_path, PAGES, imported(*rows))
    assert "its texts are not known" in reason(found["fb"])
    assert "No post of the period has a text long enough" in reason(found["ig"])
    assert found["ig"].missing == 2


def test_a_page_that_published_nothing_says_so(tmp_path):
    found = shares(tmp_path, PAGES, imported(posts("fb"), posts("ig", (10, VISIT))))
    assert "Nothing was published" in reason(found["fb"])
    assert found["fb"].missing == 0


# ── 4 numbers ────────────────────────────────────────────────────────────────────────────────────


def test_each_month_by_itself_with_its_interval(tmp_path):
    mine = posts("fb", (5, VISIT), (6, WATER), (40, FAIR))
    found = shares(tmp_path, PAGES, imported(mine, posts("ig", (5, VISIT), (41, FAIR))), by="month")
    january, february = found["fb", date(2023, 1, 1)], found["fb", date(2023, 2, 1)]
    assert (january.value, january.n) == (0.5, 2)
    assert (january.low, january.high) == pytest.approx(
        (0.0945, 0.9055), abs=1e-4
    )  # Wilson, 1 of 2
    assert (february.value, february.n) == (1, 1)
    assert february.low == pytest.approx(0.2065, abs=1e-4)


# ── 5 what changes nothing ───────────────────────────────────────────────────────────────────────

TOLD = st.lists(
    st.tuples(st.integers(0, 58), st.sampled_from([VISIT, WATER, FAIR, f"{FAIR} #су #жол", None])),
    max_size=8,
)


@settings(max_examples=6, deadline=None, derandomize=True, database=None)
@given(TOLD, TOLD, st.integers(1, 900))
def test_pages_renamed_and_moments_moved_change_nothing(tmp_path_factory, mine, theirs, days):
    def numbers(pages, imports, window):
        folder = tmp_path_factory.mktemp("moved")
        with Corpus(build(World(pages, imports, window), folder)) as corpus:
            found = compute(corpus, keys=["cross_posted_share"])
        return [(one.value, one.n, one.missing, one.low, one.high, one.notes) for one in found]

    names, by = {"fb": "zz", "ig": "aa"}, timedelta(days=days)
    rows = [*posts("fb", *mine), *posts("ig", *theirs)]
    moved = [
        {**row, "page_id": names[row["page_id"]], "published_at": row["published_at"] + by}
        for row in rows
    ]
    renamed = tuple(replace(page, id=names[page.id]) for page in PAGES)
    later = Span(WINDOW.first + by, WINDOW.last + by)
    assert numbers(PAGES, imported(rows), WINDOW) == numbers(
        renamed, imported(moved, captured=CAPTURED + by), later
    )
