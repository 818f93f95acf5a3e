"""
Erasing a person, or one comment, for good.

1. The rows are gone from every byte on disk, mentions of the person from the rows of others.
2. A hashed stop list keeps later imports from bringing them back.
3. The log says that something was erased, never whom. Running it again is harmless.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from qulaq.corpus.erasure import erase, read_stop_list
from qulaq.corpus.ids import open_pseudonyms
from qulaq.store import Store

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HEADING = (
    "page_id",
    "post_id",
    "comment_id",
    "parent_id",
    "author",
    "author_handle",
    "published_at",
    "text",
)
ROWS = [
    ("answers", "a1", "k1", "", "9001", "dina_k", "2023-01-02 10:00", "Дина сұрайды"),
    ("answers", "a1", "k2", "k1", "9002", "erlan", "2023-01-02 11:00", "@Dina_K @aigul рахмет"),
    ("answers", "a1", "k3", "", "9003", "aigul", "2023-01-02 12:00", "Басқа сөз"),
    ("broadcasts", "b1", "k4", "", "9001", "dina_k", "2023-01-02 13:00", "Дина тағы сұрайды"),
]


@pytest.fixture
def commented(empty_town, comments_csv, add):
    add(empty_town, comments_csv(*ROWS, heading=HEADING))
    return empty_town


def texts(rows):
    return {row["comment_id"]: row["text"] for row in rows}


def corpus_bytes(study):
    return b"".join(file.read_bytes() for file in sorted(study.corpus.rglob("*")) if file.is_file())


@pytest.mark.parametrize("whom", [{"author": "9001"}, {"handle": "dina_k"}, {"handle": "@Dina_K"}])
def test_all_rows_of_a_person_are_gone_on_every_page(commented, stored, whom):
    pseudonym = open_pseudonyms(Store(commented.corpus)).of(next(iter(whom.values())))
    erased = erase(commented, **whom, now=NOW)
    assert erased.rows == 2
    assert set(texts(stored(commented, "comments"))) == {"k2", "k3"}
    for file in commented.corpus.rglob("*.parquet"):
        assert pseudonym.encode() not in file.read_bytes()


def test_the_erased_words_are_in_no_file_of_the_corpus(commented):
    # Stored compressed, they would show in a batch as it is read, and plain anywhere else.
    import pyarrow.parquet as pq

    erase(commented, author="9001", now=NOW)
    for file in commented.corpus.rglob("*.parquet"):
        assert "Дина" not in str(pq.ParquetFile(file).read().to_pylist())
    assert "Дина".encode() not in corpus_bytes(commented)


def test_mentions_of_a_handle_are_taken_out_of_the_rows_of_others(commented, stored):
    erased = erase(commented, handle="dina_k", now=NOW)
    assert erased.mentions == 1
    (row,) = [row for row in stored(commented, "comments") if row["comment_id"] == "k2"]
    assert row["mentions"] == [open_pseudonyms(Store(commented.corpus)).of("aigul")]


def test_one_comment_can_be_erased_alone(commented, stored):
    assert erase(commented, comment="k4", now=NOW).rows == 1
    assert set(texts(stored(commented, "comments"))) == {"k1", "k2", "k3"}


def test_the_rows_of_others_stay_as_they_were(commented, stored):
    before = [row for row in stored(commented, "comments") if row["comment_id"] == "k3"]
    erase(commented, author="9001", now=NOW)
    assert [row for row in stored(commented, "comments") if row["comment_id"] == "k3"] == before


def test_the_stop_list_holds_hashes_only(commented):
    erase(commented, author="9001", now=NOW)
    erase(commented, comment="k3", now=NOW)
    text = (commented.corpus / "stop-list.txt").read_text(encoding="ascii")
    pseudonyms = open_pseudonyms(Store(commented.corpus))
    assert sorted(text.split()) == sorted([pseudonyms.of("9001"), pseudonyms.of("k3")])
    assert "9001" not in text.split()


def test_a_later_import_does_not_bring_them_back(commented, comments_csv, add, stored):
    erase(commented, handle="dina_k", now=NOW)
    erase(commented, comment="k3", now=NOW)
    more = (*ROWS, ("answers", "a1", "k9", "", "", "DINA_K", "2023-01-09 10:00", "Жаңа"))
    balance = add(commented, comments_csv(*more, name="again.csv", heading=HEADING))
    assert [one.problem for one in balance.rejects] == ["erased"] * 4
    assert [one.line for one in balance.rejects] == [2, 4, 5, 6]
    assert set(texts(stored(commented, "comments"))) == {"k2"}
    text = balance.rejects_file.read_text(encoding="utf-8-sig")
    assert "erased for good" in text
    assert "dina" not in text.lower()


def test_a_later_import_does_not_bring_back_mentions_of_an_erased_person(
    commented, comments_csv, add, stored
):
    erase(commented, handle="dina_k", now=NOW)
    row = ("answers", "a1", "k8", "", "9002", "erlan", "2023-01-09 10:00", "@dina_k қайдасың?")
    add(commented, comments_csv(row, name="again.csv", heading=HEADING))
    pseudonym = open_pseudonyms(Store(commented.corpus)).of("dina_k")
    (kept,) = [one for one in stored(commented, "comments") if one["comment_id"] == "k8"]
    assert pseudonym not in (kept["mentions"] or [])


def test_the_log_says_that_and_how_many_but_not_whom(commented):
    erase(commented, author="9001", handle="dina_k", now=NOW)
    text = (commented.corpus / "erasures.jsonl").read_text(encoding="utf-8")
    assert json.loads(text) == {"erased_at": "2026-11-23T09:00:00+00:00", "rows": 2, "mentions": 1}
    for hashed in read_stop_list(Store(commented.corpus)).hashes:
        assert hashed not in text


def test_erasing_again_is_harmless(commented, stored, bytes_of):
    erase(commented, author="9001", now=NOW)
    before = bytes_of(commented)
    again = erase(commented, author="9001", now=NOW)
    assert (again.rows, again.mentions) == (0, 0)
    after = bytes_of(commented)
    del before["erasures.jsonl"], after["erasures.jsonl"]
    assert after == before


def test_erasing_nobody_or_a_stranger_changes_no_row(commented, stored):
    before = stored(commented, "comments")
    erase(commented, author="nobody at all", now=NOW)
    erase(commented, now=NOW)
    assert stored(commented, "comments") == before


def test_a_corpus_of_which_all_comments_were_erased_can_still_be_measured(commented, newest):
    for comment in ("k1", "k2", "k3", "k4"):
        erase(commented, comment=comment, now=NOW)
    assert newest(commented, "comments") == {}


def test_an_erasure_in_a_corpus_that_is_empty_still_stops_later_imports(
    empty_town, comments_csv, add
):
    erase(empty_town, handle="dina_k", now=NOW)
    balance = add(empty_town, comments_csv(*ROWS, heading=HEADING))
    assert (balance.total("kept"), balance.total("rejected")) == (2, 2)


def test_a_thread_whose_beginning_was_erased_keeps_its_root(commented, stored):
    erase(commented, comment="k1", now=NOW)
    (reply,) = [row for row in stored(commented, "comments") if row["comment_id"] == "k2"]
    assert reply["thread_id"] == "k1"


def test_an_erasure_is_part_of_what_the_fingerprint_tells(commented):
    before = Store(commented.corpus).fingerprint()
    erase(commented, author="9001", now=NOW)
    assert Store(commented.corpus).fingerprint() != before


def test_the_handle_goes_from_the_texts_of_others_too(empty_town, comments_csv, add, stored):
    rows = [
        ("answers", "p", "c1", "", "asel_k", "2023-01-02 10:00", "?"),
        ("answers", "p", "c2", "", "u2", "2023-01-02 11:00", "@asel_k is right, @asel_kz not"),
    ]
    add(empty_town, comments_csv(*rows))

    erase(empty_town, handle="asel_k", now=NOW)
    add(empty_town, comments_csv(*rows))

    assert {row["text"] for row in stored(empty_town, "comments")} == {
        "@[…] is right, @asel_kz not"
    }
