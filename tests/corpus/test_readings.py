"""
What is read out of texts, kept beside the batches.

1. Every comment of the study has its language and whether it asks; what has no text has neither.
2. A text is read once: a second corpus takes what is stored, and the same corpus asks twice for nothing.
3. Missing, broken, foreign and outdated readings are read anew; who may not write reads in memory.
4. Readings are no part of what is stored: no fingerprint, no batch and no import depends on them.
5. Nothing of an erased comment remains in them, and no reading is taken for another row's.
6. A reply is boilerplate by the definition of `add_boilerplate`, each page by itself, decided when reading.
"""

from __future__ import annotations

import dataclasses
import os
import shutil
from datetime import UTC, datetime

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qulaq.corpus.current import Corpus
from qulaq.corpus.erasure import erase
from qulaq.corpus.readings import add_boilerplate, add_readings, is_boilerplate
from qulaq.store import Store
from qulaq.study import open_study

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
CAPTURED = datetime(2023, 2, 1, tzinfo=UTC)

# As the small town asks and answers: its eight comments.
TOWN = {
    "c1": ("ru", True),  # Когда дадут воду?
    "c2": ("ru", False),  # Сегодня в 18:00
    "c3": ("kk", False),  # Рақмет!
    "c4": ("kk", False),  # Оқасы жоқ
    "c5": ("kk", True),  # Сұрақ қайда қояды?
    "c6": ("kk", False),  # Осында
    "d1": ("ru", True),  # А дороги?
    "d2": ("ru", True),  # Почему молчите?
}


def readings(study, progress=lambda _: None):
    with Corpus(study) as corpus:
        rows = corpus.engine.run(add_readings(corpus, progress=progress)).to_pylist()
    assert len({(row["page_id"], row["comment_id"]) for row in rows}) == len(rows)
    return {row["comment_id"]: (row["language"], row["asks"]) for row in rows}


def boilerplate(study, progress=lambda _: None):
    with Corpus(study) as corpus:
        rows = corpus.engine.run(add_boilerplate(corpus, progress=progress)).to_pylist()
    return {(row["page_id"], row["comment_id"]): row["boilerplate"] for row in rows}


def told(make, study):
    """
    What the progress says: nothing more than that reading begins, where all is stored already.
    """
    said = []
    make(study, progress=lambda step: said.append(str(step)))
    return [one for one in said if "(" in one]


def files(study):
    return sorted((study.corpus / "readings").rglob("*.parquet"))


# ── 1 language and asking ────────────────────────────────────────────────────────────────────────


def test_every_comment_has_its_language_and_whether_it_asks(own_town):
    assert readings(own_town) == TOWN


def test_a_comment_without_text_has_neither_and_one_without_words_asks_nothing(
    empty_town, comments_csv, add
):
    rows = [("answers", "a1", "e1", "", "700", "2023-01-02 11:00", "")]
    rows += [("answers", "a1", "e2", "", "700", "2023-01-02 11:00", "👍👍")]
    add(empty_town, comments_csv(*rows))
    assert readings(empty_town) == {"e1": (None, None), "e2": (None, False)}


def test_the_newest_state_of_a_comment_is_read(own_town, comments_csv, add):
    row = ("answers", "a1", "c3", "", "701", "2023-01-02 12:00", "А когда починят дорогу")
    add(own_town, comments_csv(row, name="later.csv"), captured=datetime(2023, 3, 1, tzinfo=UTC))
    assert readings(own_town) == {**TOWN, "c3": ("ru", True)}


def test_an_empty_corpus_has_readings_of_nothing(empty_town):
    assert readings(empty_town) == {}
    assert boilerplate(empty_town) == {}
    assert not empty_town.corpus.exists()


def test_comments_of_pages_that_the_study_does_not_name_are_left_out(own_town):
    settings = own_town.settings.read_text(encoding="utf-8").split("[[pages]]")
    kept = "[[pages]]".join([settings[0], settings[1], settings[3]])
    own_town.settings.write_text(kept, encoding="utf-8")
    found = readings(open_study(own_town.folder))
    assert found == {one: read for one, read in TOWN.items() if one.startswith("c")}


# ── 2 once ───────────────────────────────────────────────────────────────────────────────────────


def test_a_second_corpus_takes_what_is_stored(own_town):
    assert told(readings, own_town) == ["reading languages and questions (0 of 8 comments)"]
    assert told(readings, own_town) == []
    assert readings(own_town) == TOWN


def test_only_a_new_batch_is_read(own_town, comments_csv, add):
    readings(own_town)
    before = {file: file.stat().st_mtime_ns for file in files(own_town)}
    add(
        own_town,
        comments_csv(("silent", "s", "s1", "", "1", "2023-01-31 10:00", "thanks"), name="b.csv"),
    )
    assert told(readings, own_town) == ["reading languages and questions (8 of 9 comments)"]
    assert len(files(own_town)) == len(before) + 1
    assert {file: file.stat().st_mtime_ns for file in before} == before
    assert readings(own_town)["s1"] == ("en", False)


def test_asking_twice_gives_the_same_table(own_town):
    with Corpus(own_town) as corpus:
        assert add_readings(corpus) is add_readings(corpus)
        assert add_boilerplate(corpus) is add_boilerplate(corpus)


def test_a_file_of_readings_lies_as_its_batch_does(own_town):
    readings(own_town)
    (file,) = files(own_town)
    batch = own_town.corpus / "comments" / file.name
    read, of = pq.ParquetFile(file).read(), pq.ParquetFile(batch).read()
    assert read.column_names == ["intake_row", "language", "asks"]
    assert read["intake_row"].to_pylist() == list(range(len(of)))
    ids = of["comment_id"].to_pylist()
    rows = zip(read["language"].to_pylist(), read["asks"].to_pylist(), strict=True)
    assert dict(zip(ids, rows, strict=True)) == TOWN
    assert not list((own_town.corpus / "readings").rglob(".aside-*"))


# ── 3 broken ─────────────────────────────────────────────────────────────────────────────────────


def flip(content):
    middle = content.index(b"PAR1") + 40
    return content[:middle] + bytes([content[middle] ^ 0xFF]) + content[middle + 1 :]


@pytest.mark.parametrize(
    "damage",
    [lambda _: b"", lambda _: b"PAR1 no longer PAR1", lambda content: content[:-20], flip],
    ids=["empty", "nonsense", "cut off", "one byte changed"],
)
@pytest.mark.parametrize("make", [readings, boilerplate])
def test_what_is_broken_is_read_anew(own_town, damage, make):
    before = make(own_town)
    right = {file: file.read_bytes() for file in files(own_town)}
    assert right
    for file, content in right.items():
        file.write_bytes(damage(content))
    assert make(own_town) == before
    assert {file: file.read_bytes() for file in files(own_town)} == right


@pytest.mark.parametrize(
    "foreign",
    [
        pa.table({"intake_row": [0], "language": ["kk"], "asks": [True]}),
        pa.table({"other": list(range(8))}),
        pa.table({"intake_row": list(range(8)), "language": ["en"] * 8, "asks": [True] * 8}),
    ],
    ids=["fewer rows", "other columns", "of another batch"],
)
def test_what_was_not_read_from_this_batch_is_read_anew(own_town, foreign):
    readings(own_town)
    (file,) = files(own_town)
    pq.write_table(foreign, file)
    assert readings(own_town) == TOWN
    assert pq.ParquetFile(file).read().num_rows == 8


def test_a_folder_that_cannot_be_written_is_read_in_memory(own_town):
    (own_town.corpus / "readings").write_text("a file where the folder should be", encoding="utf-8")
    assert readings(own_town) == TOWN
    assert len(boilerplate(own_town)) == 3


@pytest.mark.skipif(
    os.name != "posix" or os.geteuid() == 0, reason="the superuser may write everywhere"
)
def test_a_reader_without_the_right_to_write_reads_in_memory(own_town):
    own_town.corpus.chmod(0o500)
    try:
        assert readings(own_town) == TOWN
    finally:
        own_town.corpus.chmod(0o700)
    assert not files(own_town)


# ── 4 no part of what is stored ──────────────────────────────────────────────────────────────────


def test_readings_change_nothing_that_is_stored(own_town, bytes_of):
    before, fingerprint = bytes_of(own_town), Store(own_town.corpus).fingerprint()
    readings(own_town)
    boilerplate(own_town)
    assert files(own_town)
    assert bytes_of(own_town) == before
    assert Store(own_town.corpus).fingerprint() == fingerprint


def test_an_import_does_not_mind_readings(own_town, town_folder, comments_csv, add):
    readings(own_town)
    balance = add(own_town, town_folder / "exports" / "comments.csv", captured=CAPTURED)
    assert balance.total("unchanged") == 8


# ── 5 erasing ────────────────────────────────────────────────────────────────────────────────────


def test_erasing_leaves_no_reading_of_what_was_rewritten(own_town):
    readings(own_town)
    boilerplate(own_town)
    assert erase(own_town, comment="c1", now=NOW).rows == 1
    assert not (own_town.corpus / "readings").exists()
    assert readings(own_town) == {one: read for one, read in TOWN.items() if one != "c1"}
    (file,) = [one for one in files(own_town) if "language" in one.parent.name]
    assert pq.ParquetFile(file).read().num_rows == 7


def test_erasing_nobody_leaves_readings_where_they_are(own_town):
    readings(own_town)
    before = files(own_town)
    erase(own_town, author="a stranger", now=NOW)
    assert files(own_town) == before


def test_readings_that_a_slow_reader_stores_after_an_erasure_are_not_taken(own_town, tmp_path):
    readings(own_town)
    boilerplate(own_town)
    shutil.copytree(own_town.corpus / "readings", tmp_path / "slow")
    erase(own_town, comment="c1", now=NOW)
    shutil.copytree(tmp_path / "slow", own_town.corpus / "readings")
    assert readings(own_town) == {one: read for one, read in TOWN.items() if one != "c1"}


def test_a_batch_of_which_only_a_mention_was_erased_is_read_anew(empty_town, comments_csv, add):
    add(
        empty_town, comments_csv(("answers", "p", "m", "", "1", "2023-01-03 10:00", "@asel рақмет"))
    )
    readings(empty_town)
    assert erase(empty_town, handle="asel", now=NOW).mentions == 1
    assert told(readings, empty_town)
    assert readings(empty_town) == {"m": ("kk", False)}


def test_readings_hold_no_words_and_no_ids(own_town):
    readings(own_town)
    boilerplate(own_town)
    columns = {name for file in files(own_town) for name in pq.read_schema(file).names}
    assert columns == {"intake_row", "language", "asks", "read_from", "boilerplate"}


# ── 6 boilerplate ────────────────────────────────────────────────────────────────────────────────

LETTER = "Сіздің өтінішіңіз қаралып, тұрғын үй-коммуналдық шаруашылық бөліміне жіберілді"
NEAR = LETTER.replace("жіберілді", "жолданды")
OTHER = "Ваше обращение принято и направлено в отдел жилищно-коммунального хозяйства"


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ([LETTER, LETTER, LETTER, OTHER], [True, True, True, False]),
        ([LETTER, LETTER, OTHER], [False, False, False]),  # the very same twice
        ([LETTER, NEAR, OTHER], [True, True, False]),  # nearly the same
        ([f"Құрметті Асель! {LETTER} №1", f"@bolat {LETTER} №22", LETTER + " 3"], [True] * 3),
        (["Рақмет!", "рақмет", "РАҚМЕТ 👍"], [True] * 3),
        (["Рақмет сізге", "Рақмет сізгее"], [False, False]),  # short: no near-duplicates
        (["👍", "👍", "👍", "👍"], [False] * 4),  # no words
        ([], []),
    ],
)
def test_what_is_boilerplate(texts, expected):
    assert is_boilerplate(texts).tolist() == expected


@given(st.lists(st.sampled_from([LETTER, NEAR, OTHER, "Рақмет", "👍", "", "Осында"]), max_size=9))
def test_boilerplate_is_what_its_definition_counts(texts):
    family = {LETTER: "letter", NEAR: "letter", OTHER: "other", "Рақмет": "р", "Осында": "о"}
    expected = []
    for text in texts:
        kin = [one for one in texts if text in family and family.get(one) == family[text]]
        expected.append(len(kin) >= 3 or len(set(kin)) > 1)
    assert is_boilerplate(texts).tolist() == expected
    assert is_boilerplate(texts).dtype == np.bool_


def replies(page, texts, author="100", first=0):
    return [
        (page, "p", f"r{number}", "", author, "2023-01-03 10:00", text)
        for number, text in enumerate(texts, start=first)
    ]


def test_only_replies_of_the_body_with_a_text_are_judged(empty_town, comments_csv, add):
    rows = replies("answers", [LETTER, "", NEAR])
    rows += replies("answers", [LETTER, LETTER, LETTER], author="700", first=10)
    add(empty_town, comments_csv(*rows))
    assert boilerplate(empty_town) == {("answers", "r0"): True, ("answers", "r2"): True}


def test_each_page_is_judged_by_itself(empty_town, comments_csv, add):
    rows = replies("answers", [LETTER, LETTER]) + replies("broadcasts", [LETTER], author="200")
    add(empty_town, comments_csv(*rows))
    assert set(boilerplate(empty_town).values()) == {False}


def test_an_account_added_later_is_judged_too(empty_town, comments_csv, add):
    rows = replies("answers", [LETTER, LETTER]) + replies("answers", [LETTER], "press", first=9)
    add(empty_town, comments_csv(*rows))
    assert set(boilerplate(empty_town).values()) == {False}
    pages = tuple(
        dataclasses.replace(page, accounts=(*page.accounts, "press")) for page in empty_town.pages
    )
    found = boilerplate(dataclasses.replace(empty_town, pages=pages))
    assert len(found) == 3
    assert set(found.values()) == {True}


def test_replies_are_compared_once_and_again_only_where_they_changed(own_town, comments_csv, add):
    first = told(boilerplate, own_town)
    assert first == ["comparing replies with each other (0 of 1 pages)"]
    assert told(boilerplate, own_town) == []
    add(own_town, comments_csv(*replies("broadcasts", [LETTER], author="200"), name="b.csv"))
    assert told(boilerplate, own_town) == ["comparing replies with each other (1 of 2 pages)"]
    assert told(boilerplate, own_town) == []
    add(own_town, comments_csv(*replies("answers", [OTHER], first=5), name="c.csv"))
    assert told(boilerplate, own_town) == ["comparing replies with each other (0 of 2 pages)"]
    assert [file.stem for file in files(own_town) if "boilerplate" in file.parent.name] == ["all"]
