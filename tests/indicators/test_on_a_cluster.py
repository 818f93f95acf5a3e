"""
Every indicator has the same value on Spark as on DuckDB, on small corpora of all that can happen.

Counts are equal exactly, values and intervals to 1e-9. QULAQ_ROUNDS tells how many corpora.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random

import pytest
from small_corpora import build, make_world

from qulaq.corpus.current import Corpus
from qulaq.engine.opening import open_engine
from qulaq.indicators import INDICATORS, compute
from qulaq.reports import write_report

pytestmark = pytest.mark.slow

SEEDS = (19, 23, 39, 56, 5, 77, 101, 202)[: int(os.environ.get("QULAQ_ROUNDS", "3"))]
STANDARD = '[answering]\nwithin_working_days = 3\ncalendar = "KZ"\n'


@dataclass(frozen=True)
class Both:
    """
    What both engines found, by indicator.
    """

    duckdb: dict[str, list]
    spark: dict[str, list]


@pytest.fixture(scope="module", params=SEEDS)
def study(request, tmp_path_factory):
    made = make_world(Random(request.param))  # noqa: S311 - a seeded world, no secret
    return build(made, tmp_path_factory.mktemp(f"world{request.param}"), extra=STANDARD)


@pytest.fixture(scope="module")
def found(study, spark_address):
    return Both(*(_measure(study, address) for address in (None, spark_address)))


def _measure(study, address):
    results = {key: [] for key in INDICATORS.keys()}  # noqa: SIM118 - a registry, no dict
    with Corpus(study, engine=open_engine(address)) as corpus:
        for by in (None, "month"):
            for one in compute(corpus, by=by):
                results[one.indicator].append(one)
    return results


@pytest.mark.parametrize("key", INDICATORS.keys())
def test_an_indicator_has_one_value_on_every_engine(found, key):
    assert len(found.duckdb[key]) > 0
    pairs = zip(found.duckdb[key], found.spark[key], strict=True)
    assert not [(one, other) for one, other in pairs if not _same(one, other)]


def _same(one, other):
    exact = ("indicator", "page", "first", "last", "n", "missing", "reason", "notes")
    numbers = ("value", "low", "high")
    return all(getattr(one, name) == getattr(other, name) for name in exact) and all(
        _close(getattr(one, name), getattr(other, name)) for name in numbers
    )


def _close(one, other):
    return one is other is None or one == pytest.approx(other, rel=1e-9, abs=1e-9)


def test_the_small_town_is_the_same_on_every_engine(town, spark_address):
    on_duckdb, on_spark = (_measure(town, address) for address in (None, spark_address))
    assert sum(map(len, on_duckdb.values())) > len(on_duckdb)
    for key, results in on_duckdb.items():
        pairs = zip(results, on_spark[key], strict=True)
        assert not [(one, other) for one, other in pairs if not _same(one, other)]


def test_a_report_says_the_same_whatever_engine_it_was_made_on(own_town, spark_address):
    now = datetime(2026, 1, 1, tzinfo=UTC)
    said = []
    for address in (None, spark_address):
        (file,) = write_report(
            own_town, languages=["kk"], now=now, command="", charts=False, engine=open_engine(address)
        )  # fmt: skip
        said.append(file.read_text(encoding="utf-8"))
    assert said[0] == said[1]
