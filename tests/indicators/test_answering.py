"""
When an answer counts, and when a rate is withheld.

AN1 unknown authors are missing; AN2 with more than a fifth unknown a rate is null and its bounds are
given; AN3 an answer earlier than the comment is none; AN4 replies by nobody knows whom leave a comment
undecided; AN5 without parents an answer is inferred from a mention; AN6 comments of one post are alike,
and the interval knows it; AN7 a comment that nobody missed was not removed;
AN8 whether a comment is a citizen's does not depend on who replied; AN9 turns count where it is known who
spoke again, and are withheld where it is not known of a fifth of the answered; AN10 a post of which only
comments are held shows no number of them.
"""

from __future__ import annotations

import pytest

from qulaq.corpus.current import Corpus
from qulaq.corpus.intake import Order, take_in
from qulaq.indicators import compute

HEADING = ("page_id", "post_id", "comment_id", "parent_id", "author", "published_at", "text")


@pytest.fixture
def answering(empty_town, write):
    """
    The answering indicators of the page `broadcasts` for comments given as short rows.
    """

    def measure(*rows, knows=("authors",)):
        cells = [
            ("broadcasts", "p", *row[:3], f"2023-01-{row[3]}", row[4] if len(row) > 4 else "?")
            for row in rows
        ]
        take_in(empty_town, write("comments.csv", [HEADING, *cells]), Order(knows=knows))
        with Corpus(empty_town) as corpus:
            keys = [
                "reply_rate", "unanswered", "citizen_comments", "latency_median_hours", "removed_by_72h_aj",
                "answered_by_72h_km", "citizens", "citizens_answered_share", "speaker_changes_mean",
                "threads_continued_share", "follow_up_answered_share", "comments_captured_share", "reply_rate_lowest",
            ]  # fmt: skip
            return {
                one.indicator: one for one in compute(corpus, keys=keys) if one.page == "broadcasts"
            }

    return measure


def _citizens(n, *, author=True):
    return [(f"c{i}", "", f"u{i}" if author else "", f"02 10:{i:02}") for i in range(n)]


def test_unknown_authors_up_to_a_fifth_are_left_out(answering):
    found = answering(*_citizens(4), ("x", "", "", "03 10:00"), ("r", "c0", "200", "02 12:00"))

    assert found["reply_rate"].value == 0.25
    assert (found["reply_rate"].n, found["reply_rate"].missing) == (4, 1)
    assert "unknown_authors" in found["reply_rate"].notes


def test_with_more_unknown_a_rate_is_withheld_and_its_bounds_given(answering):
    found = answering(*_citizens(3), ("x", "", "", "03 10:00"), ("r", "c0", "200", "02 12:00"))

    rate = found["reply_rate"]
    assert rate.value is None
    assert (rate.low, rate.high) == (1 / 4, 2 / 4)
    assert "bounds" in rate.notes
    assert found["unanswered"].value is None


def test_page_authors_make_nameless_comments_citizens(answering):
    found = answering(
        *_citizens(5, author=False), ("r", "c0", "200", "02 12:00"), knows=("page-authors",)
    )

    assert found["reply_rate"].value == 0.2
    assert found["unanswered"].value == 4


def test_page_authors_and_no_answer_at_all_is_zero_and_not_null(answering):
    found = answering(*_citizens(5, author=False), knows=("page-authors",))

    assert (found["reply_rate"].value, found["reply_rate"].n) == (0, 5)


def test_an_answer_before_the_comment_is_none(answering):
    found = answering(("c", "", "u", "05 10:00"), ("r", "c", "200", "05 09:00"))

    assert found["reply_rate"].value == 0


def test_replies_by_nobody_knows_whom_leave_a_comment_undecided(answering):
    found = answering(*_citizens(5), ("r", "c0", "", "02 12:00"))

    assert (found["reply_rate"].n, found["reply_rate"].missing) == (4, 1)
    assert (found["citizens_answered_share"].n, found["citizens_answered_share"].missing) == (4, 1)


def test_of_an_undecided_comment_it_is_known_all_the_same_that_a_citizen_wrote_it(answering):
    found = answering(*_citizens(5), ("r", "c0", "", "02 12:00"))

    for key in ("citizen_comments", "citizens"):
        assert (found[key].value, found[key].n, found[key].missing) == (5, 5, 0)


def test_what_nobody_knows_whom_wrote_before_the_comment_leaves_nothing_undecided(answering):
    found = answering(*_citizens(5), ("r", "c0", "", "02 09:00"))

    assert (found["reply_rate"].n, found["reply_rate"].missing) == (5, 0)


def test_another_citizens_reply_is_no_answer(answering):
    found = answering(*_citizens(2), ("r", "c0", "u1", "02 12:00"))

    assert found["reply_rate"].value == 0
    assert found["citizen_comments"].value == 2


def test_waiting_time_is_that_of_the_first_answer(answering):
    found = answering(
        ("c", "", "u", "05 10:00"), ("r1", "c", "200", "07 10:00"), ("r2", "c", "200", "05 16:00")
    )

    assert found["latency_median_hours"].value == 6


def test_where_nobody_looked_twice_nothing_is_said_of_removal_and_the_unanswered_wait(answering):
    found = answering(*_citizens(4), ("r", "c0", "200", "02 12:00"), ("late", "", "u", "06 10:00"))

    assert found["removed_by_72h_aj"].value is None
    assert "a second time" in str(found["removed_by_72h_aj"].reason)
    assert found["answered_by_72h_km"].value == pytest.approx(1 / 4)


def test_without_parents_a_mention_answers_the_last_comment_before_it(answering):
    found = answering(
        ("c1", "", "u1", "05 10:00"),
        ("c2", "", "u1", "05 11:00"),
        ("c3", "", "u2", "05 11:30"),
        ("r", "", "200", "05 12:00", "@u1 рақмет"),
        knows=("authors", "no-parents"),
    )

    assert found["reply_rate"].value == pytest.approx(1 / 3)
    assert found["latency_median_hours"].value == 1
    assert "inferred" in found["reply_rate"].notes


def test_nobody_wrote_is_no_rate_but_a_count_of_zero(answering):
    found = answering(("r", "", "200", "05 12:00"))

    assert found["citizen_comments"].value == 0
    assert found["unanswered"].value == 0
    assert found["reply_rate"].value is None


PAGE_ONLY = {"knows": ("page-authors",)}


def test_answered_once_is_one_change_of_speaker_also_where_citizens_bear_no_names(answering):
    answers = [("r0", "c0", "200", "02 12:00"), ("r1", "c1", "200", "02 12:00")]
    found = answering(*_citizens(10, author=False), *answers, **PAGE_ONLY)

    changes, continued = found["speaker_changes_mean"], found["threads_continued_share"]
    assert (changes.value, changes.n, changes.missing) == (0.2, 10, 0)
    assert (continued.value, continued.n, continued.missing) == (0, 2, 0)


def test_where_nobody_knows_who_wrote_again_turns_are_not_zero_but_not_measurable(answering):
    talk = [
        ("r0", "c0", "200", "02 12:00"),
        ("again", "c0", "", "02 13:00"),
        ("r1", "c0", "200", "02 14:00"),
    ]
    found = answering(*_citizens(10, author=False), *talk, **PAGE_ONLY)

    for key in ("speaker_changes_mean", "threads_continued_share", "follow_up_answered_share"):
        assert (found[key].value, found[key].missing) == (None, 1), key
        assert "cannot be told apart" in str(found[key].reason)


def test_a_nameless_comment_below_may_be_the_citizen_again(answering):
    talk = [("r0", "c0", "200", "02 12:00"), ("again", "c0", "", "02 13:00")]
    found = answering(*_citizens(5), *talk, **PAGE_ONLY)

    assert (found["speaker_changes_mean"].value, found["speaker_changes_mean"].missing) == (None, 1)


def test_up_to_a_fifth_of_the_answered_threads_may_be_untold(answering):
    answers = [(f"r{i}", f"c{i}", "200", "02 12:00") for i in range(5)]
    found = answering(
        *_citizens(10, author=False), *answers, ("again", "c0", "", "02 13:00"), **PAGE_ONLY
    )

    changes = found["speaker_changes_mean"]
    assert (changes.value, changes.n, changes.missing) == (pytest.approx(4 / 9), 9, 1)


def test_a_post_of_which_only_comments_are_held_shows_no_number_of_them(answering):
    found = answering(*_citizens(2))

    share = found["comments_captured_share"]
    assert (share.value, share.n, share.missing) == (None, 0, 1)
    assert "extent_unknown" in found["reply_rate_lowest"].notes


def test_comments_that_stand_and_fall_together_widen_the_interval(empty_town, write):
    def rows(together):
        for post in range(40):
            for i in range(5):
                answered = post % 2 == 0 if together else (post + i) % 2 == 0
                comment = f"{post}-{i}"
                yield (
                    "broadcasts",
                    f"p{post}",
                    comment,
                    "",
                    f"u{comment}",
                    "2023-01-05 10:00",
                    "?",
                )
                if answered:
                    yield (
                        "broadcasts",
                        f"p{post}",
                        f"r{comment}",
                        comment,
                        "200",
                        "2023-01-05 11:00",
                        ".",
                    )

    widths = []
    for name, together in (("apart", False), ("together", True)):
        file = write(f"{name}.csv", [HEADING, *rows(together)])
        take_in(empty_town, file, Order(knows=("authors",)))
        with Corpus(empty_town) as corpus:
            rate = next(
                one for one in compute(corpus, keys=["reply_rate"]) if one.page == "broadcasts"
            )
        widths.append(rate.high - rate.low)
        _forget_corpus(empty_town)

    assert widths[1] > 2 * widths[0]


def _forget_corpus(study):
    import shutil

    shutil.rmtree(study.corpus)
