"""
Comments that were there again and said the same.

SG1 An export taken again follows the comments until then, though no row of them is stored anew: those that
wait as well as those that were answered meanwhile.
SG2 What is not in a later file was not seen by it.
SG3 A capture that holds all there was tells it itself; the same file of the same moment tells nothing new.
SG4 A comment that was seen again was there then: it disappeared later.
SG5 Who is erased is erased from what was seen again.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from qulaq.corpus.current import Corpus
from qulaq.corpus.erasure import erase
from qulaq.indicators import compute

ASKED = datetime(2023, 1, 5, 4, tzinfo=UTC)
SOON, LATER, LAST = (ASKED + timedelta(hours=hours) for hours in (2, 168, 200))
WAITING = [("answers", "a1", f"w{i}", "", f"u{i}", "2023-01-05 10:00", "?") for i in range(3)]
ANSWERED = ("answers", "a1", "w3", "", "u3", "2023-01-05 10:00", "?")
ANSWER = ("answers", "a1", "r3", "w3", "100", "2023-01-06 06:00", ".")


@pytest.fixture
def followed(empty_town, comments_csv, add):
    """
    Import rows as captured at a moment.
    """

    def take(*rows, captured, **order):
        add(empty_town, comments_csv(*rows), captured=captured, **order)
        return empty_town

    return take


def measured(study, *keys):
    with Corpus(study) as corpus:
        return {one.indicator: one for one in compute(corpus, keys=keys) if one.page == "answers"}


def test_an_export_taken_again_follows_those_who_wait_as_long_as_those_who_were_answered(followed):
    followed(*WAITING, ANSWERED, captured=SOON)
    study = followed(*WAITING, ANSWERED, ANSWER, captured=LATER)

    keys = ("reply_within_24h", "answered_by_72h_km", "follow_up_median_hours")
    told = measured(study, *keys)
    assert [told[key].value for key in keys] == [0.25, pytest.approx(0.25), 168]
    assert (told["reply_within_24h"].n, told["reply_within_24h"].missing) == (4, 0)


def test_only_what_is_new_is_stored_of_comments_and_only_ids_of_what_was_seen_again(
    followed, stored
):
    followed(*WAITING, ANSWERED, captured=SOON)
    study = followed(*WAITING, ANSWERED, ANSWER, captured=LATER)

    assert [row["comment_id"] for row in stored(study, "comments")] == [
        "w0",
        "w1",
        "w2",
        "w3",
        "r3",
    ]
    assert {row["comment_id"] for row in stored(study, "sightings")} == {"w0", "w1", "w2", "w3"}


def test_a_reply_seen_again_shows_that_its_thread_was(followed):
    followed(ANSWERED, ANSWER, captured=ASKED + timedelta(hours=24))
    study = followed(ANSWER, captured=LATER)

    assert measured(study, "follow_up_median_hours")["follow_up_median_hours"].value == 168


def test_what_is_not_in_a_later_file_was_not_seen_by_it(followed):
    followed(*WAITING, captured=SOON)
    study = followed(WAITING[0], captured=LATER)

    told = measured(study, "reply_within_24h")["reply_within_24h"]
    assert (told.n, told.missing) == (1, 2)


def test_a_capture_of_all_there_was_and_the_same_file_again_write_down_no_sightings(
    followed, stored
):
    followed(*WAITING, captured=SOON, complete=True)
    study = followed(*WAITING, captured=LATER, complete=True)
    assert stored(study, "sightings") == []
    before = study.corpus.joinpath("manifest.jsonl").read_bytes()
    study = followed(*WAITING, captured=LATER, complete=True)
    assert study.corpus.joinpath("manifest.jsonl").read_bytes() == before


def test_the_same_file_of_the_same_moment_is_no_news(followed, stored):
    followed(*WAITING, captured=SOON)
    study = followed(*WAITING, captured=LATER)
    before = study.corpus.joinpath("manifest.jsonl").read_bytes()
    study = followed(*WAITING, captured=LATER)

    assert study.corpus.joinpath("manifest.jsonl").read_bytes() == before
    assert len(stored(study, "sightings")) == 3


def test_a_comment_seen_again_disappeared_after_that(followed, stored):
    followed(*WAITING, captured=SOON)
    followed(*WAITING, captured=LATER)
    study = followed(*WAITING[:2], captured=LAST, complete=True)

    gone = [row["gone_between"] for row in stored(study, "comments") if row["gone_between"]]
    assert gone == [{"seen": LATER, "missed": LAST}]


def test_who_is_erased_is_erased_from_what_was_seen_again(followed, stored):
    followed(*WAITING, captured=SOON)
    study = followed(*WAITING, captured=LATER)

    erase(study, author="u1", now=LAST)

    assert [row["comment_id"] for row in stored(study, "sightings")] == ["w0", "w2"]
    assert measured(study, "reply_within_24h")["reply_within_24h"].n == 2
