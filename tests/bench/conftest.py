"""
Corpora of the bench that are as awkward as real ones: every record stored twice with other figures, a source that
shows no authors, a page opened late, comments that disappeared.
"""

from __future__ import annotations

import csv
from datetime import UTC, datetime

import pytest
from bench.generate import Size, make

from qulaq.corpus.intake import Order, take_in
from qulaq.study import open_study

NOW = datetime(2026, 1, 1, tzinfo=UTC)
PAGES = 5


@pytest.fixture(scope="session")
def awkward(tmp_path_factory):
    """
    A study of which a part of the comments comes from a source that knows no parents.
    """
    folder = tmp_path_factory.mktemp("awkward")
    study, again = _taken_in_twice(folder)
    flat = _made(folder / "flat", seed=3, comments=1600)
    _add(study, _captured_later(flat.comments), complete=True, knows=("no-parents",))
    nameless = _rewritten(again.comments, _without_author, page="page-2")
    _add(study, _captured_later(nameless), knows=("no-authors",))
    return study


@pytest.fixture(scope="session")
def with_parents(tmp_path_factory):
    """
    A study whose sources all know parents; one says itself who speaks, citizens come back, and a
    body speaks on another's page.
    """
    study, again = _taken_in_twice(tmp_path_factory.mktemp("with-parents"))
    whole = _rewritten(again.comments, _by_few, page="page-4")
    _add(study, _captured_later(whole), complete=True)
    nameless = _rewritten(again.comments, _without_author, page="page-2")
    _add(study, _captured_later(nameless), knows=("no-authors",))
    return study


def _taken_in_twice(folder):
    first = _made(folder / "first", seed=1, comments=4000)
    again = _made(folder / "again", seed=2, comments=3200)
    study = first.study
    text = (study / "study.toml").read_text(encoding="utf-8")
    late = 'handle = "akimat.1"\nopened = "2022-07"'
    (study / "study.toml").write_text(text.replace('handle = "akimat.1"', late), encoding="utf-8")
    for export in (*first.exports, *again.exports):
        _add(study, export)
    return study, again


def _made(folder, *, seed, comments, posts=200):
    return make(folder, Size(pages=PAGES, posts=posts, comments=comments, seed=seed))


def _add(study, file, **order):
    take_in(open_study(study), file, Order(**order), now=NOW)


def _captured_later(file):
    file.write_text(
        file.read_text(encoding="utf-8").replace("2024-01-1", "2024-02-1"), encoding="utf-8"
    )
    return file


def _rewritten(file, change, *, page):
    """
    The comments of a page with something changed, in a file of their own.
    """
    with file.open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["page_id"] == page]
    target = file.with_name(f"{change.__name__}.csv")
    with target.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0].keys())
        writer.writeheader()
        writer.writerows(change(number, row) for number, row in enumerate(rows))
    return target


def _without_author(number, row):
    """
    As a source gives it that shows no authors, but of some comments says whether the page wrote them.
    """
    told = ("true", "", "false", "", "")[number % 5]
    return {**row, "author": "", "author_handle": "", "by_page_source": told}


def _by_few(number, row):
    """
    By the page, by one citizen who comes back, or by the body of another page; eight comments are one thread.
    """
    own = int(row["comment_id"][1:])
    row = {**row, "parent_id": f"c{own - own % 8}" if own % 8 else ""}
    return row if row["author"] == "4" else {**row, "author": "0" if number % 7 == 0 else "900"}
