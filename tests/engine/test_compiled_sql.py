"""What each engine is asked for is what was last looked at: `make snapshots` renews it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from compiled_sql import COMPILERS, SNAPSHOTS, compile_all

from qulaq.indicators.tables import _TABLES

UNEXACT = re.compile(r"approx|tablesample|\brand\b|percentile_approx", re.IGNORECASE)


@pytest.fixture(scope="module")
def compiled(tmp_path_factory):
    return dict(compile_all(tmp_path_factory.mktemp("study")))


@pytest.mark.parametrize("engine", COMPILERS)
def test_the_sql_of_an_engine_is_that_of_its_snapshots(compiled, engine):
    kept = {
        file.relative_to(SNAPSHOTS).as_posix(): file.read_text(encoding="utf-8")
        for file in (SNAPSHOTS / engine).rglob("*.sql")
    }
    asked = {name: sql for name, sql in compiled.items() if name.startswith(f"{engine}/")}
    assert asked.keys() == kept.keys()
    assert not [name for name, sql in asked.items() if sql != kept[name]], "see make snapshots"


@pytest.mark.parametrize("engine", COMPILERS)
def test_every_table_of_indicators_has_its_sql(compiled, engine):
    tables = {Path(name).stem for name in compiled if name.startswith(f"{engine}/indicators/")}
    assert tables == set(_TABLES)


def test_no_engine_is_asked_for_anything_that_is_only_about_right(compiled):
    assert not [name for name, sql in compiled.items() if UNEXACT.search(sql)]
