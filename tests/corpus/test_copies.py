"""
The current copy: made once, mended where a part is stale or broken, never the only one.
"""

from __future__ import annotations

import hashlib
import os
import re
from datetime import UTC, datetime

import pytest

from qulaq.corpus import copies
from qulaq.corpus.copies import KEPT, VERSION
from qulaq.corpus.current import Corpus
from qulaq.corpus.erasure import erase
from qulaq.corpus.newest import compile_tables
from qulaq.engine import DuckEngine
from qulaq.indicators import compute
from qulaq.study import open_study

NOW = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_several_parts(monkeypatch):
    monkeypatch.setattr(copies, "_ROWS_OF_A_PART", 2)


def folders(study):
    return {folder.name for folder in study.corpus.glob("current/[0-9]*")}


def numbers(study):
    with Corpus(study) as corpus:
        return [(one.indicator, one.page, one.value) for one in compute(corpus)]


def numbers_of_batches(study):
    with Corpus(study, copy=False) as corpus:
        return [(one.indicator, one.page, one.value) for one in compute(corpus)]


def in_order(sql):
    """
    Ibis writes the columns that it leaves out in any order.
    """
    listed = r"EXCLUDE \((.*?)\)"
    return re.sub(listed, lambda found: f"EXCLUDE ({sorted(found[1].split(', '))})", sql)


def test_a_definition_that_changes_has_another_version():
    """
    If this fails: raise VERSION in qulaq.corpus.copies and write the new hash here.
    """
    steps = compile_tables(("Asia/Almaty",), DuckEngine.compiled)
    told = "\n".join(f"{step.plan.name}: {in_order(step.sql)}" for step in steps)
    assert (VERSION, hashlib.sha256(told.encode()).hexdigest()[:16]) == (2, "58e9814f967a5402")


def test_a_corpus_is_copied_when_it_is_first_opened(own_town):
    assert folders(own_town) == set()
    numbers(own_town)
    assert len(folders(own_town)) > 1
    for folder in folders(own_town):
        there = {file.stem for file in (own_town.corpus / "current" / folder).iterdir()}
        assert there == set(KEPT)


def test_an_import_makes_only_the_parts_anew_that_it_touches(own_town, posts_csv, add):
    numbers(own_town)
    before = folders(own_town)
    add(own_town, posts_csv(("broadcasts", "b9", "2023-01-05 10:00", "4")))
    assert numbers(own_town) == numbers_of_batches(own_town)
    changed = folders(own_town) - before
    assert len(changed) == 1
    assert len(before & folders(own_town)) == len(before)  # whoever reads them goes on reading


def test_what_is_superseded_goes_after_an_hour(own_town, posts_csv, add):
    numbers(own_town)
    before = folders(own_town)
    for folder in before:
        os.utime(own_town.corpus / "current" / folder, (0, 0))
    add(own_town, posts_csv(("broadcasts", "b9", "2023-01-05 10:00", "4")))
    numbers(own_town)
    assert len(before - folders(own_town)) == 1


@pytest.mark.parametrize("damage", ["missing", "cut off", "empty"])
def test_a_broken_part_is_made_anew(own_town, damage):
    due = numbers(own_town)
    for file in own_town.corpus.glob("current/*/threads.parquet"):
        if damage == "missing":
            file.unlink()
        else:
            content = file.read_bytes()
            file.write_bytes(content[: len(content) // 2] if damage == "cut off" else b"")
    assert numbers(own_town) == due


def test_a_copy_that_cannot_be_written_is_done_without(own_town):
    due = numbers_of_batches(own_town)
    (own_town.corpus / "current").write_text("no folder", encoding="utf-8")
    assert numbers(own_town) == due


def test_an_account_added_later_corrects_the_copy_too(own_town):
    replied = dict_of(numbers(own_town), "reply_rate")
    settings = own_town.settings.read_text(encoding="utf-8")
    own_town.settings.write_text(settings.replace('["akim_press"]', "[]"), encoding="utf-8")
    assert dict_of(numbers(open_study(own_town.folder)), "reply_rate") != replied


def dict_of(numbers, indicator):
    return {page: value for key, page, value in numbers if key == indicator}


def test_an_erased_person_is_erased_from_the_copy(own_town):
    numbers(own_town)
    erase(own_town, author="701", now=NOW)
    assert folders(own_town) == set()
    with Corpus(own_town) as corpus:
        ids = corpus.engine.run(corpus.tables["comments"].select("comment_id"))
    assert "c3" not in ids["comment_id"].to_pylist()


def test_the_copy_holds_no_texts(own_town):
    numbers(own_town)
    for file in own_town.corpus.glob("current/*/*.parquet"):
        assert "Когда" not in file.read_bytes().decode(errors="ignore")
        assert "text" not in file.read_bytes().decode(errors="ignore")
