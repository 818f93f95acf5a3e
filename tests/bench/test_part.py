"""The part of the indicator set in other libraries: all give what SQL gives, or say that they cannot."""

from __future__ import annotations

import numpy as np
import pytest
from bench.agreement import check_agreement, write_task
from bench.part import BY_HAND, CONTESTANTS, KEYS, NEEDED, PANDAS, POLARS, ROWS, MixedSources

OTHERS = [name for name in CONTESTANTS if name != BY_HAND]


@pytest.fixture(scope="module")
def task(with_parents, tmp_path_factory):
    return write_task(with_parents, tmp_path_factory.mktemp("task"))


@pytest.fixture(scope="module")
def in_sql(with_parents, task):
    return CONTESTANTS[BY_HAND](with_parents, task)()


def _contestant(name):
    if name in NEEDED:
        library = NEEDED[name]
        pytest.importorskip(library, reason=f"{library} is not installed; make bench brings it")
    return CONTESTANTS[name]


@pytest.mark.parametrize("name", OTHERS)
def test_a_contestant_gives_the_numbers_of_sql(name, with_parents, task, in_sql):
    check_agreement(in_sql, _contestant(name)(with_parents, task)())


def test_the_corpus_makes_the_contestants_work(in_sql):
    value, low, *_ = in_sql["reply_rate"]
    assert np.isnan(value[2])  # too many authors unknown: bounds
    assert low[2] > 0
    assert (in_sql["threads_continued_share"][0] > 0).any()  # the word passed three times
    days = in_sql["posts_per_day_mean"][3]
    assert days[1] < days[0]  # opened late
    within = in_sql["reply_within_72h"]
    assert (within[3] > 0).all()


@pytest.mark.parametrize("name", [POLARS, PANDAS, ROWS])
def test_a_source_without_parents_is_refused(name, awkward, tmp_path):
    task = write_task(awkward, tmp_path)
    with pytest.raises(MixedSources):
        _contestant(name)(awkward, task)()


def test_every_indicator_of_the_part_is_told_by_its_sums(in_sql):
    assert tuple(in_sql) == KEYS
    assert all(np.isfinite(np.array(columns[3])).all() for columns in in_sql.values())
