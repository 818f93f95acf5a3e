"""
What the sections on answering and comparing say.

SE1 distributions hold the posts that were counted by hand; SE2 answers stand beside posts by month; SE3 the
waiting curve tells what share was answered when, and what it takes for granted; SE4 hours are those of the
body; SE5 pages with few comments are not compared; SE6 many pages are told in tables; SE7 no key and no
abbreviation of statisticians stands on the screen; SE8 what stands on two networks is told where it is known.
"""

from __future__ import annotations

import re

import pytest
from report_reading import read, row, rows, words
from report_town import CAPTURED, COMMENT_COLUMNS, POST_COLUMNS, comments, posts

from qulaq.indicators import INDICATORS
from qulaq.indicators.ranking import FEWEST

LANGUAGES = ("kk", "ru", "en")
JARGON = re.compile(r"\b(KM|AJ|RMST|P90|CI|ДИ|Kaplan|Aalen|Каплан|Аален)\b")


def labels(html, beginning):
    told = [" ".join(svg["label"].split()) for svg in read(html).svgs]
    return [label for label in told if label.startswith(beginning)]


# ── SE1 ──────────────────────────────────────────────────────────────────────────────────────────


def test_likes_are_spread_as_counted_by_hand(town, write):
    # The likes of both pages are 1, 2, … 20.
    html = write(town, "en")["en"]
    picture = labels(html, "Town & <b>akimat</b>, Facebook, 20 posts. Likes")[0]

    assert picture.endswith("0 — 0.0%; 1–2 — 10.0%; 3–5 — 15.0%; 6–10 — 25.0%; 11–20 — 50.0%.")
    assert row(html, "6–10")[1:] == ["25.0% 5 posts"] * 2


def test_comments_are_spread_as_counted_by_hand(town, write):
    # Every third of twenty posts has none, the others have one or two.
    picture = labels(write(town, "en")["en"], "Town & <b>akimat</b>, Facebook, 20 posts. Comm")[0]

    assert picture.endswith("0 — 30.0%; 1–2 — 70.0%.")


def test_posts_with_hidden_likes_are_told_apart(make_study, take_in, write):
    study = make_study(("answers", "facebook"))
    take_in(study, "posts", POST_COLUMNS, posts("answers", likes=lambda n: "" if n < 4 else n))

    text = words(write(study, "en")["en"])

    assert "Posts whose likes the source does not show are left out" in text
    assert "Facebook — 3." in text


# ── SE2 ──────────────────────────────────────────────────────────────────────────────────────────


def test_answers_stand_beside_posts_by_month(town, write):
    html = write(town, "en")["en"]
    january = row(html, "Jan 2024")

    # Posts and answers of `answers`, then those of `broadcasts`.
    assert january[1:] == ["20", "4", "20", "0"]
    assert "Answers of the body: from 0 to 4 a month, most in Jan 2024." in " ".join(
        labels(html, "")
    )


def test_without_comments_only_posts_are_drawn(make_study, take_in, write):
    study = make_study(("answers", "facebook"))
    take_in(study, "posts", POST_COLUMNS, posts("answers"))

    html = write(study, "en")["en"]

    assert row(html, "Jan 2024")[1:] == ["20"]
    assert "Posts and answers of the body per month" not in words(html)
    assert "How long citizens waited is not known of any page" in words(html)


# ── SE3 ──────────────────────────────────────────────────────────────────────────────────────────


def test_the_curve_tells_what_share_was_answered_when(town, write):
    # Ten comments, four of them answered after five hours each.
    html = write(town, "en")["en"]

    assert row(html, "Within 1 hour")[1].startswith("0.0%")
    assert row(html, "Within 6 hours")[1].startswith("40.0%")
    assert row(html, "Within 7 days")[1:][1].startswith("0.0%")
    picture = labels(html, "Town & <b>akimat</b>, Facebook, 10 comments by citizens")[0]
    assert "within 1 day — 40.0%; within 3 days — 40.0%; within 7 days — 40.0%" in picture
    assert "none is known to have been" in words(html)


def test_spans_of_time_agree_with_their_numbers(town, write):
    texts = {language: words(html) for language, html in write(town).items()}

    assert "За 1 час" in texts["ru"]
    assert "За 6 часов" in texts["ru"]
    assert "За 2 дня" in texts["ru"]
    assert "7 күн ішінде" in texts["kk"]


# ── SE4 ──────────────────────────────────────────────────────────────────────────────────────────


def test_hours_are_those_of_the_body(town, write):
    # Written at 11:00 on the first ten days of January 2024, two of them a Saturday and a Sunday.
    html = write(town, "en")["en"]
    people, answers = labels(html, "Town & <b>akimat</b>, Facebook, written")

    assert people.endswith("10 comments in all, most on Monday, 11:00 (2).")
    assert answers.endswith("4 answers in all, most on Monday, 16:00 (1).")
    assert "20.0% of people's comments, 0.0% of the page's answers" in words(html)
    assert row(html, "11:00")[1:] == ["2", "2", "2", "1", "1", "1", "1"]


def test_a_page_that_never_answers_is_said_to(town, write):
    told = labels(write(town, "ru")["ru"], "Акимат города, Instagram: за период страница")

    assert told == ["Акимат города, Instagram: за период страница не написала ни одного ответа."]


# ── SE5 ──────────────────────────────────────────────────────────────────────────────────────────


def lines(page, *, written, answered):
    """
    So many comments of one citizen each, the first of them answered.
    """
    for n in range(written):
        said = (page, "p", f"{page}-c{n}", "", f"u{n}", f"2024-01-0{n % 9 + 1}T11:00:00+06:00")
        yield (*said, "?", 0, CAPTURED)
        if n < answered:
            moment = f"2024-01-0{n % 9 + 1}T12:00:00+06:00"
            yield (page, "p", f"{page}-r{n}", f"{page}-c{n}", page, moment, "!", 0, CAPTURED)


@pytest.fixture
def compared(make_study, take_in):
    """
    Three pages, the last with one comment too few.
    """
    pages = (("low", "facebook"), ("high", "instagram"), ("few", "telegram"))
    study = make_study(*pages)
    rows = [
        *lines("low", written=FEWEST, answered=3),
        *lines("high", written=FEWEST, answered=15),
        *lines("few", written=FEWEST - 1, answered=20),
    ]
    take_in(study, "comments", COMMENT_COLUMNS, rows)
    return study


def test_pages_are_compared_from_the_highest(compared, write):
    html = write(compared, "en")["en"]

    [picture] = labels(html, "Share of comments answered:")
    assert picture.index("Instagram — 50.0%") < picture.index("Facebook — 10.0%")
    assert "Telegram" not in picture
    assert "Pages with fewer than 30 citizens' comments are given no place: Town" in words(html)
    assert "It does not say who listens better" in words(html)


def test_one_page_alone_is_not_compared(town, write):
    text = words(write(town, "en")["en"])

    assert "A comparison needs two pages" in text
    assert "The share is not known: Town & <b>akimat</b>, Telegram." in text


# ── SE6 ──────────────────────────────────────────────────────────────────────────────────────────


def test_many_pages_are_told_in_tables_and_one_week(make_study, take_in, write):
    names = [f"page-{i}" for i in range(9)]
    study = make_study(*((name, "facebook") for name in names))
    take_in(study, "posts", POST_COLUMNS, [line for name in names for line in posts(name)])
    written = [line for name in names for line in comments(name, answered=4)]
    take_in(study, "comments", COMMENT_COLUMNS, written)

    html = write(study, "en")["en"]

    pictures = labels(html, "")
    assert len(pictures) == 2
    assert all(picture.startswith("all pages together") for picture in pictures)
    assert "90 comments in all" in pictures[0]
    assert "36 answers in all" in pictures[1]
    # Citizens' comments, then the share answered by the hour.
    waiting = [line for line in rows(html) if "(@page-3)" in line[0] and len(line) == 8]
    assert any(line[1] == "10" and line[3].startswith("40.0%") for line in waiting)
    spread = next(line for line in rows(html) if "(@page-3)" in line[0] and line[2] == "0.0%")
    assert spread[1:] == ["20", "0.0%", "10.0%", "15.0%", "25.0%", "50.0%"]


# ── SE7 ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_key_and_no_abbreviation_stands_on_the_screen(town, write, language):
    html = write(town, language)[language]
    shown = words(re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL))
    before = shown[
        : shown.index(
            {"kk": "Анықтамалар", "ru": "Определения", "en": "Definitions"}[language], 3000
        )
    ]

    assert len(before) > 3_000
    assert not JARGON.search(before)
    keys = [one.key for one in INDICATORS if "_" in one.key]
    assert not [key for key in keys if re.search(rf"\b{key}\b", shown)]


# ── SE8 ──────────────────────────────────────────────────────────────────────────────────────────

WATER = "Хабарландыру! Ертең Абай көшесінде су құбыры ауыстырылады, су уақытша берілмейді"
FAIR = (
    "Сенбі күні орталық алаңда ауыл шаруашылығы өнімдерінің жәрмеңкесі өтеді, баршаңызды шақырамыз"
)
TITLES = {
    "kk": "Басқа желіде қайталанған жарияланымдар үлесі",
    "ru": "Доля публикаций, повторённых в другой сети",
    "en": "Share of posts cross-posted to another network",
}


def test_the_share_of_cross_posted_posts_is_a_row_in_every_language(make_study, take_in, write):
    study = make_study(("answers", "facebook"), ("broadcasts", "instagram"))
    rows_of_both = posts("answers", texts=(WATER, FAIR)) + posts("broadcasts", texts=(WATER,))
    take_in(study, "posts", POST_COLUMNS, rows_of_both)

    for language, html in write(study).items():
        half, all_of_it = row(html, TITLES[language])[1:]
        assert re.match(r"50[,.]0 ?% n = 20; ", half)
        assert re.match(r"100[,.]0 ?% n = 20; ", all_of_it)


def test_where_no_text_is_long_enough_it_is_a_gap_and_no_row(town, write):
    for language, html in write(town).items():
        found = [one for one in rows(html) if one[0].startswith(TITLES[language])]
        # In the town's three networks the texts are a few words, or stand on one page only.
        assert all(len(one) == 2 for one in found)
        assert found


def test_of_bodies_on_one_network_nothing_is_said_of_it(make_study, take_in, write):
    study = make_study(("answers", "facebook"), ("broadcasts", "facebook"))
    take_in(study, "posts", POST_COLUMNS, posts("answers", texts=(WATER,)))

    for language, html in write(study).items():
        assert TITLES[language] not in words(html)
