"""
Qulaq's indicators against hand-written SQL: two ways that share no code must give the same numbers.

The corpus is an awkward one (`awkward`).
"""

from __future__ import annotations

import numpy as np
import pyarrow.parquet as pq
import pytest
from bench.agreement import Disagreement, check_agreement, write_task
from bench.measuring import CONTESTANTS


@pytest.fixture(scope="module")
def found(awkward, tmp_path_factory):
    task = write_task(awkward, tmp_path_factory.mktemp("task"))
    return [contestant(awkward, task)() for contestant in CONTESTANTS.values()]


def test_all_ways_agree_on_an_awkward_corpus(found):
    ours, *others = found
    for other in others:
        check_agreement(ours, other)


def test_the_corpus_is_as_awkward_as_it_says(awkward, found):
    stored = pq.read_table(awkward / "corpus" / "comments")
    assert stored["gone_between"].null_count < stored.num_rows
    assert len(set(stored["comment_id"].to_pylist())) < stored.num_rows
    ours, *_ = found
    value, low, _, _ = ours["reply_rate"]
    assert np.isnan(value[2])  # too many authors unknown: bounds
    assert low[2] > 0
    n = ours["posts_per_day_mean"][3]
    assert n[1] < n[0]  # opened late
    assert np.isnan(value).sum() == 1  # the others have their rates


def test_a_difference_stops_the_bench_and_is_named(found):
    ours, *_, theirs = found
    value, *rest = theirs["reply_rate"]
    wrong = {**theirs, "reply_rate": [value * (1 + 1e-8), *rest]}
    with pytest.raises(Disagreement, match=r"reply_rate, value: \d pages, first 0"):
        check_agreement(ours, wrong)


def test_counts_must_be_equal_to_the_last_digit(found):
    ours, *_, theirs = found
    value, *rest = theirs["citizens"]
    with pytest.raises(Disagreement, match="citizens, value"):
        check_agreement(ours, {**theirs, "citizens": [value * (1 + 1e-12), *rest]})


def test_an_indicator_of_one_side_alone_is_a_difference(found):
    ours, *_, theirs = found
    with pytest.raises(Disagreement, match="only on one side: posts"):
        check_agreement(ours, {key: found for key, found in theirs.items() if key != "posts"})
