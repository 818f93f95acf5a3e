"""
Every indicator against a second reckoning in plain Python, on small corpora of all that can happen.
"""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plain_records import Span
from reckoning import reckon
from small_corpora import build, make_world

from qulaq.corpus.current import Corpus
from qulaq.indicators import INDICATORS, compute
from qulaq.indicators.periods import periods

# Between them they give every key but posts_per_day_min a number other than 0 and 1.
SEEDS = (19, 23, 39, 56)
KEYS = [one.key for one in INDICATORS if "codes" not in one.needs]
WITHIN = 3
STANDARD = f"""\
[answering]
within_working_days = {WITHIN}
calendar = "KZ"
"""


@pytest.fixture(scope="module", params=SEEDS)
def world(request, tmp_path_factory):
    made = make_world(Random(request.param))  # noqa: S311 - a seeded world, no secret
    return made, build(made, tmp_path_factory.mktemp(f"world{request.param}"), extra=STANDARD)


@pytest.mark.parametrize("by", [None, "month"])
def test_every_indicator_says_what_plain_python_reckons(world, by):
    made, study = world
    wrong, results = _compare(made, study, by=by)
    assert len(results) == len(KEYS) * len(made.pages) * len(periods(study.window, by))
    assert not wrong, "\n".join(wrong)


@settings(max_examples=2, deadline=None, derandomize=True, database=None)
@given(st.integers(min_value=1000))
def test_so_it_is_in_any_small_world(tmp_path_factory, seed):
    made = make_world(Random(seed), pages=2, posts=8, comments=20)  # noqa: S311 - a seeded world, no secret
    study = build(made, tmp_path_factory.mktemp("any"), extra=STANDARD)
    wrong, _ = _compare(made, study, by="week")
    assert not wrong, "\n".join(wrong)


def _compare(made, study, *, by):
    spans = [Span(one.first, one.last) for _, one, _ in periods(study.window, by)]
    expected = reckon(made.pages, made.imports, spans, whole=by is None, standard=WITHIN)
    with Corpus(study) as corpus:
        results = compute(corpus, keys=KEYS, by=by)
    wrong = [
        f"{one.indicator} {one.page} {one.first}: {one.value, one.n, one.missing} but {tuple(due)}"
        for one in results
        if not _agree(one, due := expected[one.indicator, one.page, one.first])
    ]
    return wrong, results


def _agree(result, due):
    same = (result.value is None) == (due.value is None) == (result.reason is not None)
    close = due.value is None or result.value == pytest.approx(due.value, rel=1e-9, abs=1e-9)
    return same and close and (result.n, result.missing) == (due.n, due.missing)
