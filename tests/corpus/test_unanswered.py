"""
Who waits for an answer, worked out by hand on one page and in the small town.

1.  Listed is whoever the body never answered, or who wrote again since; nobody else.
2.  The list begins with who waits longest, counted from the first turn without an answer.
3.  What nobody can tell is left out and counted; a page of which nothing is known has a reason, no list.
4.  Waits are told in hours, working days of the study's calendar and by the clock of the body.
5.  It can be asked for pages, for waits of some length and for those who ask something.
6.  Texts are masked, links lead to the web.
7.  It is told when somebody last looked.
"""

from __future__ import annotations

import csv
from datetime import UTC, datetime, timedelta

import ibis
import pytest

from qulaq.corpus.current import Corpus
from qulaq.corpus.intake import Order, take_in
from qulaq.corpus.unanswered import find_unanswered
from qulaq.errors import Misused
from qulaq.study import open_study

STUDY = """\
id = "x"
title = "X"
window = { from = 2023-06-01, to = 2023-12-31 }
bodies = [{ id = "akimat", name = "Akimat" }, { id = "oral", name = "Oral", time_zone = "Asia/Oral" }]
"""
PAGES = """
[[pages]]
id = "city"
body = "akimat"
platform = "facebook"
ids = ["100"]

[[pages]]
id = "west"
body = "oral"
platform = "facebook"
ids = ["200"]
"""
ROWS = [
    # comment, answers, author, moment in Almaty, text
    ("c1", "", "700", "06-16 10:00", "Суды қашан береді? 8 701 123 45 67"),
    ("c2", "", "701", "07-09 09:30", "Когда сделают двор?"),
    ("c3", "c2", "100", "07-09 10:00", "Завтра"),
    ("c4", "c2", "701", "07-09 10:30", "А мусор?"),
    ("c5", "", "702", "07-08 12:00", "Рақмет!"),
    ("c6", "c5", "100", "07-08 12:30", "Оқасы жоқ"),
    ("c7", "", "703", "07-10 08:30", "Керемет"),
    ("c8", "", "100", "07-02 10:00", "Құрметті тұрғындар"),
    ("c9", "", "704", "07-01 10:00", "Көше жарығы жоқ"),
    ("c10", "c9", "705", "07-01 11:00", "И у нас нет"),
    ("c11", "", "706", "07-05 10:00", "Автобус неге жүрмейді?"),
    ("c12", "c11", "100", "07-05 11:00", "Жөндеуде"),
    ("c13", "c11", "706", "07-05 12:00", "Қашан?"),
    ("c14", "c11", "706", "07-05 13:00", "Айтыңызшы"),
    ("c15", "", "707", "05-31 23:59", "До окна"),
]
HEADING = ("page_id", "comment_id", "parent_id", "author", "published_at", "text", "post_id")
NOW = datetime(2023, 7, 10, 3, 0, tzinfo=UTC)  # Monday, 9:00 in Almaty, 8:00 in Oral
CAPTURED = datetime(2023, 7, 9, 18, tzinfo=UTC)
HOUR = timedelta(hours=1)


def cells(rows, page="city"):
    return [(page, *row[:3], f"2023-{row[3]}", row[4], "p") for row in rows]


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    """
    The corpus of ROWS, opened once: only to be asked.
    """
    folder = tmp_path_factory.mktemp("city")
    (folder / "study.toml").write_text(STUDY + PAGES, encoding="utf-8")
    with (folder / "comments.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([HEADING, *cells(ROWS)])
    study = open_study(folder)
    take_in(study, folder / "comments.csv", Order(knows=("authors",), captured=CAPTURED))
    with Corpus(study) as corpus:
        yield corpus


@pytest.fixture
def queue(make_study, write, add):
    """
    The queue of comments given as short rows, asked for at NOW.
    """

    def ask(*rows, page="city", toml="", knows=("authors",)):
        study = make_study(STUDY + toml + PAGES)
        file = write("comments.csv", [HEADING, *cells(rows, page)])
        add(study, file, knows=knows, captured=CAPTURED)
        with Corpus(study) as corpus:
            return find_unanswered(corpus, now=NOW)

    return ask


def ids(queue):
    return [one.comment_id for one in queue.waiting]


def listed(queue, page="city"):
    return next(one for one in queue.pages if one.page == page)


# ── 1, 2 who and in which order ──────────────────────────────────────────────────────────────────


def test_who_was_never_answered_or_wrote_again_is_listed_the_longest_wait_first(city):
    found = find_unanswered(city, now=NOW)
    assert [(one.comment_id, one.turn) for one in found.waiting] == [
        ("c1", "first"),
        ("c9", "first"),  # another citizen's word is no answer
        ("c11", "again"),
        ("c2", "again"),
        ("c7", "first"),
    ]
    assert listed(found).waiting == 5


def test_the_wait_begins_with_the_first_turn_after_the_last_answer(city):
    since = {one.comment_id: one.since for one in find_unanswered(city, now=NOW).waiting}
    assert f"{since['c11']:%m-%d %H:%M}" == "07-05 12:00"
    assert f"{since['c2']:%m-%d %H:%M}" == "07-09 10:30"
    assert f"{since['c1']:%m-%d %H:%M}" == "06-16 10:00"


def test_who_has_the_bodys_last_word_does_not_wait(queue):
    assert ids(queue(*ROWS[1:4], ("c90", "c2", "100", "07-09 11:00", "Сегодня"))) == []


def test_a_comment_that_disappeared_waits_no_more(city, monkeypatch):
    threads = city.tables["threads"]
    span = ibis.struct({"seen": threads.published_at, "missed": threads.published_at})
    gone = ibis.ifelse(threads.comment_id == "c1", span, threads.gone_between)
    monkeypatch.setitem(city.tables, "threads", threads.mutate(gone_between=gone))
    assert ids(find_unanswered(city, now=NOW)) == ["c9", "c11", "c2", "c7"]


def test_in_the_small_town_two_people_wait_for_the_page_that_never_answers(town):
    with Corpus(town) as corpus:
        found = find_unanswered(corpus, now=datetime(2023, 2, 1, 5, 0, tzinfo=UTC))
    assert [(one.page, one.body, one.comment_id) for one in found.waiting] == [
        ("broadcasts", "akimat", "d1"),
        ("broadcasts", "akimat", "d2"),
    ]
    assert [one.waiting for one in found.pages] == [0, 2, 0]


# ── 3 what nobody can tell ───────────────────────────────────────────────────────────────────────


def test_threads_with_a_word_by_nobody_knows_whom_are_left_out_and_counted(queue):
    found = queue(
        *ROWS,
        ("x1", "c1", "", "07-01 10:00", "Скоро"),  # perhaps the answer
        ("x2", "c2", "", "07-09 12:00", "Завтра"),  # perhaps the second answer
    )
    assert ids(found) == ["c9", "c11", "c7"]
    assert (listed(found).unclear, listed(found).nameless) == (2, 0)


def test_a_comment_by_nobody_knows_whom_is_left_out_and_counted(queue):
    found = queue(*ROWS, ("x1", "", "", "07-01 10:00", "Когда?"))
    assert len(found.waiting) == 5
    assert (listed(found).unclear, listed(found).nameless) == (0, 1)
    assert listed(found).reason is None


def test_a_page_whose_authors_are_not_known_has_no_list_but_a_reason(queue):
    found = queue(*[(one, answers, "", *rest) for one, answers, _, *rest in ROWS], knows=())
    assert found.waiting == ()
    reason = str(listed(found).reason)
    assert reason.startswith("Who wrote the comments is not known")
    assert "--knows page-authors" in reason
    assert listed(found).seen_until is None


def test_where_only_the_page_is_named_who_was_never_answered_is_known(queue):
    rows = [(one, answers, who if who == "100" else "", *rest) for one, answers, who, *rest in ROWS]
    found = queue(*rows, knows=("page-authors",))
    # Whether c2 and c11 wrote again, or others did, cannot be told.
    assert [(one.comment_id, one.turn) for one in found.waiting] == [
        ("c1", "first"),
        ("c9", "first"),
        ("c7", "first"),
    ]
    assert listed(found).reason is None


def test_a_page_of_which_no_comments_were_imported_has_a_reason(city):
    found = find_unanswered(city, now=NOW)
    assert str(listed(found, "west").reason).startswith("No comments of this page were imported")
    assert listed(found).reason is None


# ── 4 how long ───────────────────────────────────────────────────────────────────────────────────


def test_waits_are_told_in_hours_and_in_working_days_after_the_day(city):
    found = {one.comment_id: one for one in find_unanswered(city, now=NOW).waiting}
    # c1: 24 days less an hour. Working days: see the fifteen of tests/test_workdays.py, less one.
    assert (found["c1"].waiting_hours, found["c1"].working_days) == (575, 14)
    # c9: Saturday 1 July was worked; after it the 3rd, 4th, 5th, and Monday the 10th.
    assert (found["c9"].waiting_hours, found["c9"].working_days) == (9 * 24 - 1, 4)
    assert (found["c2"].waiting_hours, found["c2"].working_days) == (22.5, 1)
    assert (found["c7"].waiting_hours, found["c7"].working_days) == (0.5, 0)


def test_a_bucket_begins_with_its_first_hour_and_ends_before_its_last(city):
    def bucket(wait):
        written = datetime(2023, 6, 16, 4, 0, tzinfo=UTC)
        found = find_unanswered(city, now=written + wait).waiting
        return next(one.bucket for one in found if one.comment_id == "c1")

    second = timedelta(seconds=1)
    ends = {1: "1-4h", 4: "4-8h", 8: "8-24h", 24: "1-3d", 72: "3-7d", 168: "7d+"}
    assert {hours: bucket(hours * HOUR) for hours in ends} == ends
    assert [bucket(hours * HOUR - second) for hours in ends] == ["0-1h", *list(ends.values())[:-1]]


def test_working_days_are_those_of_the_studys_calendar(queue):
    toml = '\n[answering]\nwithin_working_days = 15\ncalendar = "DE"\n'
    (one,) = queue(ROWS[0], toml=toml).waiting
    assert one.working_days == 16  # all weekdays from 19 June to 10 July


def test_days_that_the_calendar_does_not_know_are_refused(city):
    with pytest.raises(Misused, match="the calendar of KZ"):
        find_unanswered(city, now=datetime(2101, 1, 1, tzinfo=UTC))


def test_moments_are_told_by_the_clock_of_the_body(queue):
    (one,) = queue(ROWS[0], page="west").waiting
    assert one.since.isoformat() == "2023-06-16T10:00:00+05:00"  # 10:00 in Oral
    assert one.waiting_hours == 574
    assert one.body == "oral"


def test_a_comment_dated_after_now_waits_no_time_but_is_listed(city):
    first = find_unanswered(city, now=datetime(2023, 6, 15, tzinfo=UTC)).waiting[0]
    assert first.comment_id == "c1"
    assert (first.waiting_hours, first.working_days, first.bucket) == (0, 0, "0-1h")


# ── 5 asked for ──────────────────────────────────────────────────────────────────────────────────


def test_only_waits_of_some_length_can_be_asked_for(city):
    found = find_unanswered(city, now=NOW, older_than=timedelta(hours=22.5))
    assert ids(found) == ["c1", "c9", "c11", "c2"]
    assert listed(found).waiting == 4
    found = find_unanswered(city, now=NOW, older_than=timedelta(hours=22.5, seconds=1))
    assert ids(found) == ["c1", "c9", "c11"]


def test_only_those_who_ask_can_be_asked_for(city):
    assert ids(find_unanswered(city, now=NOW, asking=True)) == ["c1", "c11", "c2"]
    everyone = find_unanswered(city, now=NOW).waiting
    assert [one.comment_id for one in everyone if one.asks] == ["c1", "c11", "c2"]
    assert [one.asks for one in everyone if one.comment_id in ("c9", "c7")] == [False, False]


def test_only_pages_asked_for_are_listed_and_told_of(city):
    found = find_unanswered(city, now=NOW, pages=[city.study.page("west")])
    assert found.waiting == ()
    assert [one.page for one in found.pages] == ["west"]


# ── 6, 7 words, links, looking ───────────────────────────────────────────────────────────────────


def test_texts_are_masked_and_tell_their_language(city):
    first = find_unanswered(city, now=NOW).waiting[0]
    assert first.text == "Суды қашан береді? [tel]"
    assert first.language == "kk"


def test_a_comment_without_a_text_has_neither_language_nor_question(queue):
    (one,) = queue(("c1", "", "700", "06-16 10:00", "")).waiting
    assert (one.text, one.language, one.asks) == (None, None, None)


def test_links_lead_to_the_web_or_are_none(make_study, write, add):
    study = make_study(STUDY + PAGES)
    posts = [("page_id", "post_id", "published_at", "text", "link")]
    posts += [("city", "p", "2023-06-15 10:00", "Есеп", "https://example.org/p")]
    comments = [(*HEADING, "link")]
    links = ("https://example.org/p?comment_id=1", "javascript:alert(1)", "")
    comments += [
        (*row, link) for row, link in zip(cells([ROWS[0], ROWS[6], ROWS[8]]), links, strict=True)
    ]
    add(study, write("posts.csv", posts))
    add(study, write("comments.csv", comments), knows=("authors",))
    with Corpus(study) as corpus:
        found = find_unanswered(corpus, now=NOW)
    assert {one.comment_id: one.link for one in found.waiting} == {
        "c1": "https://example.org/p?comment_id=1",
        "c7": None,
        "c9": None,
    }
    assert {one.post_link for one in found.waiting} == {"https://example.org/p"}


def test_it_is_told_when_somebody_last_looked(city):
    found = find_unanswered(city, now=NOW)
    assert listed(found).seen_until.isoformat() == "2023-07-10T00:00:00+06:00"
    assert {one.seen_until for one in found.waiting} == {listed(found).seen_until}
    assert listed(found, "west").seen_until is None
