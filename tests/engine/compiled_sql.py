"""
The SQL of everything that indicators measure, for both engines, kept in `snapshots/`.

    python tests/engine/compiled_sql.py    # renews them, as `make snapshots` does

A renewed snapshot shows in a review what a change of a definition, or of the compiler, asks of an engine.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa

from qulaq.corpus.codes import JUDGED, SETTLED, Codes
from qulaq.corpus.coverage import read_coverage
from qulaq.corpus.current import Corpus
from qulaq.corpus.newest import compile_tables
from qulaq.engine import DuckEngine
from qulaq.engine.spark import SparkEngine
from qulaq.indicators import INDICATORS
from qulaq.indicators.compute import _by_table, _measure
from qulaq.indicators.frames import make_frame
from qulaq.indicators.tables import Scope
from qulaq.study import open_study

SNAPSHOTS = Path(__file__).parent / "snapshots"
COMPILERS: dict[str, Callable[[Any], str]] = {
    "duckdb": DuckEngine.compiled,
    "spark": SparkEngine.compiled,
}
STUDY = """\
id = "two-zones"
title = "A page in each of two zones"
window = { from = 2024-01-20, to = 2024-03-20 }
answering = { within_working_days = 5, calendar = "KZ" }

[[bodies]]
id = "almaty"
name = "Алматы әкімдігі"
time_zone = "Asia/Almaty"

[[bodies]]
id = "oral"
name = "Орал әкімдігі"
time_zone = "Asia/Oral"

[[pages]]
id = "of-almaty"
body = "almaty"
platform = "facebook"
handle = "of.almaty"

[[pages]]
id = "of-oral"
body = "oral"
platform = "facebook"
handle = "of.oral"
"""


CODES = Codes(
    settled=pa.Table.from_pylist(
        [{"page_id": "of-almaty", "id": "p1", "variable": "invites", "category": "yes"}], SETTLED
    ),
    judged=JUDGED.empty_table(),
    groups={},
    answerable={},
)
"""What is coded does not change what engines are asked for, only whether they are."""


class _Listening(DuckEngine):
    """
    DuckDB, keeping in mind what it was last asked.
    """

    asked: Any = None

    def run(self, expression):
        self.asked = expression
        return super().run(expression)


def compile_all(folder: Path) -> Iterator[tuple[str, str]]:
    """
    The SQL by the name of its file: of the corpus' tables, and of the sums over each table of indicators.
    """
    (folder / "study.toml").write_text(STUDY, encoding="utf-8")
    engine = _Listening()
    with Corpus(open_study(folder), engine=engine, codes=CODES) as corpus:
        for key, compiled in COMPILERS.items():
            for step in compile_tables(tuple(corpus._zones), compiled):
                yield f"{key}/corpus/{step.plan.name}.sql", _settled(step.sql)
        study, coverage = corpus.study, read_coverage(corpus)
        scope = Scope(corpus=corpus, coverage=coverage, window=study.window, by="month")
        frame = make_frame(study, coverage, by="month", window=study.window)
        for table, values in _by_table(list(INDICATORS), corpus).items():
            _measure(scope, table, values, frame)
            for key, compiled in COMPILERS.items():
                yield f"{key}/indicators/{table}.sql", _settled(compiled(engine.asked))


def _settled(sql: str) -> str:
    """
    Columns left out are a set, which Ibis names in another order each time.
    """

    def ordered(found: re.Match[str]) -> str:
        return f"EXCLUDE ({', '.join(sorted(found[1].split(', ')))})"

    return re.sub(r"EXCLUDE \(([^)]*)\)", ordered, sql) + "\n"


def main() -> int:
    shutil.rmtree(SNAPSHOTS, ignore_errors=True)
    with tempfile.TemporaryDirectory() as folder:
        for name, sql in compile_all(Path(folder)):
            file = SNAPSHOTS / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(sql, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
