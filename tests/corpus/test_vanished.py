"""
Comments that were there and are not any more.

1.  What a complete capture of its place does not hold is gone: between the last moment at which it is
    known to have been there and the moment of that capture. The balance says so; rows still add up.
2.  A capture that is not complete, or of which no moment is known, marks nothing.
3.  What comes back is there again.
4.  Captures added out of order mark nothing, and the balance says so. The same file again does nothing.
5.  Only the place that was looked at counts: that post, or the page since the oldest comment shown.
6.  A row that was rejected was there; where rows cannot be told apart, nothing is missed.
7.  What was known of a comment stays known. Erased people do not come back.
8.  After complete captures in order a comment is gone if and only if the newest lacks it, between its true
    neighbours. In any order whatever is marked was there then, missing then, and not seen later.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qulaq.corpus.erasure import erase
from qulaq.corpus.intake import Order, take_in
from qulaq.errors import Misused
from qulaq.store import Store

JANUARY, FEBRUARY, MARCH, APRIL = (datetime(2023, month, 1, tzinfo=UTC) for month in (1, 2, 3, 4))
WRITTEN = datetime(2022, 12, 5, 10, tzinfo=UTC)


def comment(one, *, post="a1", parent=None, text="Су қашан?", written=WRITTEN, author=None):
    """
    A comment as the Graph API shows it.
    """
    return {
        "id": f"{post}_{one}",
        "created_time": written.isoformat(),
        "message": text,
        "like_count": 0,
        "permalink_url": f"https://www.facebook.com/100/posts/{post}/?comment_id={one}",
        **({"parent": {"id": f"{post}_{parent}"}} if parent else {}),
        **({"from": {"id": author}} if author else {}),
    }


@pytest.fixture
def look(empty_town, write, add):
    """
    Import an answer about one post: these comments, as they were shown at that moment.
    """

    def take(moment, *comments, complete=True, study=empty_town, **order):
        items = [one if isinstance(one, dict) else comment(one) for one in comments]
        answer = {"data": items, "summary": {"order": "chronological"}}
        file = write(f"{moment:%m%d}.json" if moment else "undated.json", answer)
        return add(study, file, captured=moment, complete=complete, **order)

    return take


@pytest.fixture
def gone(empty_town, newest):
    """
    Of each comment the moments between which it disappeared, or None.
    """

    def read(study=empty_town):
        spans = {key: row["gone_between"] for key, row in newest(study, "comments").items()}
        return {key: span and (span["seen"], span["missed"]) for key, span in spans.items()}

    return read


def notes(balance):
    return " ".join(map(str, balance.notes))


# ── 1 gone ───────────────────────────────────────────────────────────────────────────────────────


def test_a_comment_missing_from_a_later_complete_capture_is_gone_between_the_two(look, gone):
    look(JANUARY, "c1", "c2")
    balance = look(FEBRUARY, "c1")
    assert gone() == {"c1": None, "c2": (JANUARY, FEBRUARY)}
    assert "1 comment seen earlier is no longer there" in notes(balance)


def test_a_vanished_comment_is_stored_but_was_not_read(empty_town, look, stored):
    look(JANUARY, "c1", "c2")
    balance = look(FEBRUARY, "c1")
    assert (balance.total("read"), balance.total("unchanged"), balance.total("kept")) == (1, 1, 0)
    assert balance.vanished == 1
    batch = Store(empty_town.corpus).batches()[-1]
    assert (batch.read, batch.kept, batch.unchanged) == (1, 0, 1)
    assert batch.rows == {"comments": 1, "captures": 1}
    assert batch.options["complete"] == "true"
    before, after = (row for row in stored(empty_town, "comments") if row["comment_id"] == "c2")
    capture = stored(empty_town, "captures")[-1]
    assert after == {
        **before,
        "gone_between": after["gone_between"],
        "capture_id": "000002-0-answers#a1",
    }
    assert (capture["capture_id"], capture["complete"]) == ("000002-0-answers#a1", True)


def test_it_was_there_until_the_last_complete_capture_that_held_it(look, gone):
    look(JANUARY, "c1", "c2")
    look(FEBRUARY, "c1", "c2")
    look(MARCH, "c1")
    look(APRIL, "c1")
    assert gone()["c2"] == (FEBRUARY, MARCH)


def test_the_newest_words_of_a_vanished_comment_are_kept(look, newest, empty_town):
    look(JANUARY, "c1", comment("c2", text="Су қашан?"))
    look(FEBRUARY, "c1", comment("c2", text="Су қашан болады?"))
    look(MARCH, "c1")
    assert newest(empty_town, "comments")["c2"]["text"] == "Су қашан болады?"


def test_replies_that_vanish_with_a_comment_are_gone_too_and_stay_in_its_thread(
    look, gone, newest, empty_town
):
    thread = (comment("c2"), comment("c3", parent="c2"), comment("c4", parent="c3"))
    look(JANUARY, "c1", *thread)
    look(FEBRUARY, "c1")
    assert {key for key, span in gone().items() if span} == {"c2", "c3", "c4"}
    assert {row["thread_id"] for row in newest(empty_town, "comments").values()} == {"c1", "c2"}


def test_one_file_with_the_captures_of_several_months_tells_the_same(
    empty_town, write, add, gone, newest
):
    heading = ("page_id", "post_id", "comment_id", "parent_id", "published_at", "captured_at")
    held = {
        "2023-01-01": ("c0", "c1", "c2", "c3"),
        "2023-02-01": ("c0", "c1", "c3"),
        "2023-03-01": ("c0", "c1", "c2"),
    }
    rows = [
        ("answers", "a1", one, "c1" if one == "c3" else "", "2022-12-05 10:00", f"{day} 06:00")
        for day, comments in held.items()
        for one in comments
    ]
    balance = add(empty_town, write("all.csv", [heading, *rows]), complete=True)
    february, march = FEBRUARY, MARCH  # 06:00 in the town is midnight in UTC
    assert gone() == {"c0": None, "c1": None, "c2": None, "c3": (february, march)}
    assert newest(empty_town, "comments")["c3"]["thread_id"] == "c1"
    assert balance.vanished == 1


MASTODON = """\
id = "open"
title = "Open"
time_zone = "UTC"
window = { from = 2023-01-01, to = 2023-12-31 }
bodies = [{ id = "akimat", name = "Akimat" }]
pages = [{ id = "open", body = "akimat", platform = "mastodon", handle = "akimat" }]
"""


def test_a_conversation_on_mastodon_is_complete_without_anybody_saying_so(
    make_study, write, add, gone
):
    study = make_study(MASTODON)
    account = {"id": "7", "acct": "aigul"}
    below = [
        {"id": one, "created_at": "2022-12-05T10:00:00Z", "content": "x", "account": account}
        for one in ("2", "3")
    ]
    beside = {"root_status_id": "1", "root_account": {"acct": "akimat"}, "ancestors": []}
    add(study, write("1.json", {**beside, "descendants": below}), captured=JANUARY)
    add(study, write("2.json", {**beside, "descendants": below[:1]}), captured=FEBRUARY)
    assert gone(study) == {"2": None, "3": (JANUARY, FEBRUARY)}


# ── 2 not complete, or no moment ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("complete", [None, False])
def test_a_capture_that_is_not_complete_marks_nothing(look, gone, complete):
    look(JANUARY, "c1", "c2")
    balance = look(FEBRUARY, "c1", complete=complete)
    assert gone()["c2"] is None
    assert balance.vanished == 0
    assert notes(balance).count("post that is not in the corpus") <= 1


def test_without_a_moment_of_capture_nothing_is_marked_and_the_balance_says_so(look, gone):
    look(JANUARY, "c1", "c2")
    balance = look(None, comment("c1", written=MARCH))
    assert gone()["c2"] is None
    assert "what disappeared cannot be told: nothing says when" in notes(balance)


def test_an_answer_that_says_there_is_more_is_not_taken_for_complete(empty_town, write, add):
    answer = {"data": [comment("c1")], "paging": {"next": "https://graph.example/more"}}
    with pytest.raises(Misused, match="there is more"):
        add(empty_town, write("page.json", answer), captured=JANUARY, complete=True)


def test_several_answers_in_one_file_are_one_complete_capture(empty_town, write, add, look, gone):
    look(JANUARY, "c1", "c2", "c3")
    pages = [
        {"data": [comment("c1")], "paging": {"next": "https://graph.example/more"}},
        {"data": [comment("c3")], "paging": {}},
    ]
    add(empty_town, write("pages.json", pages), captured=FEBRUARY, complete=True)
    assert gone() == {"c1": None, "c2": (JANUARY, FEBRUARY), "c3": None}


# ── 3 back again ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("complete", [True, None])
def test_a_comment_that_is_shown_again_is_there_again(look, gone, complete):
    look(JANUARY, "c1", "c2")
    look(FEBRUARY, "c1")
    balance = look(MARCH, "c1", "c2", complete=complete)
    assert gone()["c2"] is None
    assert (balance.total("kept"), balance.total("unchanged")) == (1, 1)


def test_what_vanishes_a_second_time_is_gone_since_its_return(look, gone):
    look(JANUARY, "c1", "c2")
    look(FEBRUARY, "c1")
    look(MARCH, "c1", "c2")
    look(APRIL, "c1")
    assert gone()["c2"] == (MARCH, APRIL)


# ── 4 order ──────────────────────────────────────────────────────────────────────────────────────


def test_a_capture_added_after_a_later_one_marks_nothing_and_says_so(look, gone):
    look(JANUARY, "c1", "c2")
    look(MARCH, "c1", "c2")
    balance = look(FEBRUARY, "c1")
    assert gone()["c2"] is None
    assert balance.vanished == 0
    assert "in the order of their moments" in notes(balance)


def test_a_comment_known_only_since_an_older_capture_came_late_was_not_seen_by_the_newer(
    look, gone
):
    look(FEBRUARY, "c1")
    look(JANUARY, "c1", "c2")
    assert gone()["c2"] is None
    look(MARCH, "c1")
    assert gone()["c2"] == (JANUARY, MARCH)


def test_a_late_capture_that_could_not_judge_is_no_witness(look, gone):
    look(JANUARY, "c1", "c2")
    look(MARCH, "c1", complete=False)
    look(FEBRUARY, "c1")  # too late to mark c2, which it lacks
    look(APRIL, "c1")
    assert gone()["c2"] == (JANUARY, APRIL)


def test_the_same_file_again_does_nothing(empty_town, look, bytes_of):
    look(JANUARY, "c1", "c2")
    look(FEBRUARY, "c1")
    before = bytes_of(empty_town)
    for moment, comments in ((JANUARY, ("c1", "c2")), (FEBRUARY, ("c1",))):
        balance = look(moment, *comments)
        assert (balance.total("kept"), balance.vanished) == (0, 0)
        assert "no longer there" not in notes(balance)
    assert bytes_of(empty_town) == before


def test_a_file_added_again_and_called_complete_now_marks_what_it_lacks(look, gone):
    look(JANUARY, "c1", "c2")
    look(FEBRUARY, "c1", complete=None)
    assert gone()["c2"] is None
    assert look(FEBRUARY, "c1").vanished == 1
    assert gone()["c2"] == (JANUARY, FEBRUARY)


def test_two_files_of_one_moment_do_not_take_each_others_comments_for_gone(look, gone):
    look(JANUARY, "c1", "c2")
    look(FEBRUARY, "c1", complete=None)
    look(FEBRUARY, "c2")
    assert gone() == {"c1": None, "c2": None}


# ── 5 the place ──────────────────────────────────────────────────────────────────────────────────


def test_comments_of_other_posts_and_pages_are_not_touched(
    empty_town, look, comments_csv, add, gone
):
    other = ("broadcasts", "a1", "d1", "", "700", "2022-12-06 10:00", "Жол қашан?")
    add(empty_town, comments_csv(other), captured=JANUARY)
    look(JANUARY, comment("e1", post="a2"), complete=None)
    look(JANUARY, "c1", "c2")
    look(FEBRUARY, "c1")
    assert gone() == {"c1": None, "c2": (JANUARY, FEBRUARY), "d1": None, "e1": None}


def page_rows(*days):
    return [
        ("answers", f"a{day}", f"c{day}", "", "700", f"2022-12-{day:02} 10:00", "x") for day in days
    ]


def test_a_capture_of_the_whole_page_reaches_back_to_the_oldest_comment_in_it(
    empty_town, comments_csv, add, gone, stored
):
    add(empty_town, comments_csv(*page_rows(1, 10, 11, 12)), captured=JANUARY, complete=True)
    add(empty_town, comments_csv(*page_rows(10, 12)), captured=FEBRUARY, complete=True)
    assert gone() == {"c1": None, "c10": None, "c11": (JANUARY, FEBRUARY), "c12": None}
    reached = [capture["covers_from"] for capture in stored(empty_town, "captures")]
    assert reached == [datetime(2022, 12, day, 4, tzinfo=UTC) for day in (1, 10)]


def test_a_comment_written_after_the_capture_is_not_missing_from_it(
    empty_town, comments_csv, add, gone
):
    late = ("answers", "a1", "c9", "", "700", "2023-02-09 10:00", "x")
    add(empty_town, comments_csv(*page_rows(1), late), captured=JANUARY)
    balance = add(empty_town, comments_csv(*page_rows(1)), captured=FEBRUARY, complete=True)
    assert gone()["c9"] is None
    assert balance.vanished == 0


# ── 6 rows that cannot be told apart ─────────────────────────────────────────────────────────────


def test_a_rejected_row_was_there(empty_town, comments_csv, add, gone):
    add(empty_town, comments_csv(*page_rows(1, 2, 3)), captured=JANUARY)
    wrong = ("answers", "a2", "c2", "", "700", "yesterday", "x")
    balance = add(empty_town, comments_csv(*page_rows(1), wrong), captured=FEBRUARY, complete=True)
    assert balance.total("rejected") == 1
    assert gone() == {"c1": None, "c2": None, "c3": (JANUARY, FEBRUARY)}


@pytest.mark.parametrize(
    "row",
    [
        ("answers", "a2", "", "", "700", "2022-12-02 10:00", "x"),
        ("answers", "a2", "1,01582E+16", "", "700", "2022-12-02 10:00", "x"),
        ("answers", "a2"),
    ],
    ids=["no id", "a rounded id", "no row"],
)
def test_where_a_row_may_be_any_comment_nothing_is_missed(  # noqa: PLR0917
    empty_town, comments_csv, add, gone, stored, row
):
    add(empty_town, comments_csv(*page_rows(1, 2)), captured=JANUARY)
    balance = add(empty_town, comments_csv(*page_rows(1), row), captured=FEBRUARY, complete=True)
    assert gone()["c2"] is None
    assert stored(empty_town, "captures")[-1]["complete"] is False
    assert "have no id or could not be read" in notes(balance)


# ── 7 what was known, and whom nobody shall know ─────────────────────────────────────────────────


def test_what_was_known_of_a_comment_stays_known_where_the_capture_that_misses_it_knows_less(
    empty_town, look, newest, stored
):
    look(JANUARY, comment("c1", author="100"), "c2", knows=("page-authors",))
    look(FEBRUARY, comment("c1"), knows=("no-authors",))
    rows = newest(empty_town, "comments")
    assert (rows["c2"]["knows_authors"], rows["c2"]["by_page"]) == ("page", False)
    assert rows["c2"]["gone_between"] == {"seen": JANUARY, "missed": FEBRUARY}
    knowledge = [one["knows_authors"] for one in stored(empty_town, "captures")]
    assert knowledge == ["page", "none", "page"]


def test_an_erased_comment_is_not_brought_back_as_gone(empty_town, look, stored):
    look(JANUARY, "c1", comment("c2", author="900"), knows=("authors",))
    erase(empty_town, author="900", now=APRIL)
    assert look(FEBRUARY, "c1", knows=("authors",)).vanished == 0
    assert {row["comment_id"] for row in stored(empty_town, "comments")} == {"c1"}


def test_the_rows_of_a_vanished_comment_can_be_erased(empty_town, look, stored):
    look(JANUARY, "c1", comment("c2", author="900"), knows=("authors",))
    look(FEBRUARY, "c1", knows=("authors",))
    assert erase(empty_town, author="900", now=APRIL).rows == 2
    assert {row["comment_id"] for row in stored(empty_town, "comments")} == {"c1"}
    assert look(MARCH, "c1", knows=("authors",)).vanished == 0


# ── 8 any history ────────────────────────────────────────────────────────────────────────────────

IDS = ("c1", "c2", "c3", "c4")
shown = st.dictionaries(st.sampled_from(IDS), st.sampled_from(["x", "y"]), min_size=1)
modest = settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def moment_of(number):
    return JANUARY + timedelta(days=number)


def import_history(study, folder, history):
    """
    Import captures (number, complete, words by comment) as they come.
    """
    for number, complete, words in history:
        items = [comment(one, text=text) for one, text in words.items()]
        answer = {"data": items, "summary": {"order": "chronological"}}
        file = folder / f"{number}.json"
        file.write_text(json.dumps(answer), encoding="utf-8")
        balance = take_in(study, file, Order(captured=moment_of(number), complete=complete))
        assert all(page.adds_up for page in balance.pages)


def fresh_study(make_study, town, folder):
    toml = town.settings.read_text(encoding="utf-8")
    return make_study(toml, name=f"study-{len(list(folder.iterdir()))}")


@modest
@given(captures=st.lists(shown, min_size=2, max_size=6))
def test_after_complete_captures_in_order_what_the_newest_lacks_is_gone_between_its_neighbours(
    make_study, town, tmp_path, gone, captures
):
    study = fresh_study(make_study, town, tmp_path)
    import_history(study, tmp_path, [(n, True, words) for n, words in enumerate(captures)])
    expected = {}
    for one in {key for words in captures for key in words}:
        last = max(number for number, words in enumerate(captures) if one in words)
        is_gone = last < len(captures) - 1
        expected[one] = (moment_of(last), moment_of(last + 1)) if is_gone else None
    assert gone(study) == expected


@modest
@given(
    captures=st.lists(st.tuples(st.booleans(), shown), min_size=3, max_size=6),
    order=st.randoms(use_true_random=False),
)
def test_in_any_order_what_is_marked_was_there_then_missing_then_and_not_seen_later(  # noqa: PLR0917
    make_study, town, tmp_path, gone, captures, order
):
    study = fresh_study(make_study, town, tmp_path)
    history = [(number, complete, words) for number, (complete, words) in enumerate(captures)]
    order.shuffle(history)
    import_history(study, tmp_path, history)
    holding = {moment_of(number): (complete, words) for number, complete, words in history}
    for one, span in gone(study).items():
        if span:
            seen, missed = span
            assert one in holding[seen][1]
            assert holding[missed][0]
            assert one not in holding[missed][1]
            assert seen < missed
            assert not [
                moment for moment in holding if moment > missed and one in holding[moment][1]
            ]
