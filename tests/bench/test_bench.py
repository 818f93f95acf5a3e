"""
The benches run, and time only what gives the same numbers. How long it takes is not asserted: machines
are noisy.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """
    The page of a small run. It is not written where two contestants disagree.
    """
    file = tmp_path_factory.mktemp("bench") / "page.md"
    words = [sys.executable, "-m", "bench", "--small", "--rounds", "1", "--output", str(file)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return file.read_text(encoding="utf-8")


def test_every_bench_gives_ratios_of_contestants_that_agree(page):
    for heading in ("### Comments", "### Posts", "### 6 pages, 300 posts, 6,000 comments"):
        table = page.split(f"{heading}\n")[1].split("\n##")[0]
        assert table.count("\n| seconds |") == 1


def test_each_import_says_which_bars_it_meets(page):
    imports = page.split("## Import of a large CSV")[1].split("\n## ")[0]
    told = re.findall(
        r"^- (Rate: \d\.\d\d of|Peak memory: [\d,]+ MB).*, so the bar is (met|\*\*not met\*\*)\.$",
        imports,
        re.MULTILINE,
    )
    assert len(told) == 4
    assert all((verdict == "met") == _is_met(line) for line, verdict in told)


def _is_met(line):
    figure = float(re.search(r"[\d.,]+", line)[0].replace(",", ""))
    return figure >= 0.6 if line.startswith("Rate") else figure < 1000


def test_the_indicator_set_is_measured_from_the_batches_and_from_the_current_copy(page):
    told = re.findall(
        r"^- From (the batches|its current copy) .* (\d+\.\d\d) of the time of SQL by hand \(bar: ([\d.]+)\), "
        r"so the bar is (met|\*\*not met\*\*)\.$",
        page,
        re.MULTILINE,
    )
    assert [where for where, *_ in told] == ["the batches", "its current copy"]
    assert all((verdict == "met") == (float(took) <= float(bar)) for _, took, bar, verdict in told)


def test_authors_hashed_by_duckdb_stand_beside_the_plain_copy(page):
    heading = page.split("### Comments\n")[1].split("\n| |")[1].splitlines()[0]
    assert heading == (
        " Qulaq | DuckDB | DuckDB, authors hashed | ratio to DuckDB | ratio to DuckDB, authors hashed |"
    )


def test_the_page_names_no_machine(page):
    assert str(ROOT) not in page
    assert "/tmp" not in page  # noqa: S108
