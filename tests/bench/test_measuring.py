"""
Qulaq's indicators against hand-written SQL: two ways that share no code must give the same numbers.

The corpus is an awkward one: every record stored twice with other figures, a part of the comments from a
source that knows no parents, one that shows no authors, comments that disappeared, a page opened late.
"""

from __future__ import annotations

import csv
from datetime import UTC, datetime

import numpy as np
import pyarrow.parquet as pq
import pytest
from bench.generate import Size, make
from bench.measuring import (
    Disagreement,
    check_agreement,
    measure_by_hand,
    measure_with_qulaq,
    write_task,
)

from qulaq.corpus.intake import Order, take_in
from qulaq.study import open_study

NOW = datetime(2026, 1, 1, tzinfo=UTC)
PAGES = 5


def _made(folder, *, seed, comments, posts=200):
    return make(folder, Size(pages=PAGES, posts=posts, comments=comments, seed=seed))


def _captured_later(file):
    file.write_text(
        file.read_text(encoding="utf-8").replace("2024-01-1", "2024-02-1"), encoding="utf-8"
    )
    return file


@pytest.fixture(scope="module")
def awkward(tmp_path_factory):
    folder = tmp_path_factory.mktemp("measuring")
    first = _made(folder / "first", seed=1, comments=4000)
    again = _made(folder / "again", seed=2, comments=3200)
    flat = _made(folder / "flat", seed=3, comments=1600)
    study = first.study
    text = (study / "study.toml").read_text(encoding="utf-8")
    late = 'handle = "akimat.1"\nopened = "2022-07"'
    (study / "study.toml").write_text(text.replace('handle = "akimat.1"', late), encoding="utf-8")

    def add(file, **order):
        take_in(open_study(study), file, Order(**order), now=NOW)

    for export in (*first.exports, *again.exports):
        add(export)
    add(_captured_later(flat.comments), complete=True, knows=("no-parents",))
    add(_captured_later(_nameless(again.comments, page="page-2")), knows=("no-authors",))
    return study


def _nameless(file, *, page):
    """
    The comments of a page as a source gives them that shows no authors.
    """
    with file.open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["page_id"] == page]
    target = file.with_name("nameless.csv")
    with target.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0].keys())
        writer.writeheader()
        writer.writerows({**row, "author": "", "author_handle": ""} for row in rows)
    return target


@pytest.fixture(scope="module")
def both(awkward, tmp_path_factory):
    task = write_task(awkward, tmp_path_factory.mktemp("task"))
    return measure_with_qulaq(awkward, task)(), measure_by_hand(awkward, task)()


def test_both_ways_agree_on_an_awkward_corpus(both):
    check_agreement(*both)


def test_the_corpus_is_as_awkward_as_it_says(awkward, both):
    stored = pq.read_table(awkward / "corpus" / "comments")
    assert stored["gone_between"].null_count < stored.num_rows
    assert len(set(stored["comment_id"].to_pylist())) < stored.num_rows
    ours, _ = both
    value, low, _, _ = ours["reply_rate"]
    assert np.isnan(value[2])  # too many authors unknown: bounds
    assert low[2] > 0
    n = ours["posts_per_day_mean"][3]
    assert n[1] < n[0]  # opened late
    assert np.isnan(value).sum() == 1  # the others have their rates


def test_a_difference_stops_the_bench_and_is_named(both):
    ours, theirs = both
    value, *rest = theirs["reply_rate"]
    wrong = {**theirs, "reply_rate": [value * (1 + 1e-8), *rest]}
    with pytest.raises(Disagreement, match=r"reply_rate, value: \d pages, first 0"):
        check_agreement(ours, wrong)


def test_counts_must_be_equal_to_the_last_digit(both):
    ours, theirs = both
    value, *rest = theirs["citizens"]
    with pytest.raises(Disagreement, match="citizens, value"):
        check_agreement(ours, {**theirs, "citizens": [value * (1 + 1e-12), *rest]})


def test_an_indicator_of_one_side_alone_is_a_difference(both):
    ours, theirs = both
    with pytest.raises(Disagreement, match="only on one side: posts"):
        check_agreement(ours, {key: found for key, found in theirs.items() if key != "posts"})
