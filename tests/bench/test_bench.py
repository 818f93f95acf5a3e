"""
The benches run, and time only what gives the same numbers. How long it takes is not asserted: machines
are noisy.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from bench.measuring import BATCHES, BY_HAND, BY_HAND_COPIED, COPIED
from bench.part import CONTESTANTS, missing

ROOT = Path(__file__).parents[2]
BAR = re.compile(r"^- (.+?),? so the bar is (met|\*\*not met\*\*)\.$", re.MULTILINE)


def _run(folder, *words):
    command = [sys.executable, "-m", "bench", *words, "--output", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return (folder / "benchmarks.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("bench")


@pytest.fixture(scope="module")
def page(folder):
    """
    The page of a small run, each contestant once. It is not written where two of them disagree.
    """
    return _run(folder, "--small", "--rounds", "0", "import", "indicators", "part", "pages")
    return _run(folder, "--small", "--rounds", "0", "import", "indicators", "part")


def _section(page, heading):
    return page.split(f"## {heading}\n")[1].split("\n## ")[0]


def _contestants(section):
    return re.findall(r"^\| ([^|]+?) \| [\d.,]+ \|", section, re.MULTILINE)


def test_each_file_is_taken_in_by_all_who_can_read_it(page):
    imports = _section(page, "Import of large files")
    for heading, rivals in (
        ("Comments, CSV", {"DuckDB", "DuckDB, authors hashed", "PyArrow"}),
        ("Posts, CSV", {"DuckDB", "PyArrow"}),
        ("Posts with comments, lines of JSON", {"DuckDB"}),
    ):
        table = imports.split(f"### {heading}\n")[1].split("\n###")[0]
        ours, *others = _contestants(table)
        assert ours == "Qulaq"
        assert rivals <= set(others)


def test_each_import_says_which_bars_it_meets(page):
    told = BAR.findall(_section(page, "Import of large files"))
    assert len(told) == 6
    for line, verdict in told:
        figure = float(re.search(r"[\d.,]*\d", line)[0].replace(",", ""))
        is_met = figure >= 0.8 if line.startswith("Rate") else figure < 1000
        assert (verdict == "met") == is_met


def test_the_indicator_set_is_measured_from_the_current_copy_and_from_the_batches(page):
    section = _section(page, "The indicator set")
    assert _contestants(section) == [COPIED, BATCHES, BY_HAND, BY_HAND_COPIED]
    assert "not measured" not in section
    for line, verdict in BAR.findall(section):
        figure, bar = (
            float(one.replace(",", "")) for one in re.findall(r"\d[\d.,]*\d|\d", line)[-2:]
        )
        assert (verdict == "met") == (figure <= bar)


def test_a_contest_that_was_not_run_is_said_not_to_be_measured(page):
    assert "Not measured yet." in _section(page, "What Spark costs on one machine")


def test_the_part_is_measured_by_all_who_are_installed(page):
    there = [name for name in CONTESTANTS if name not in missing()]
    assert _contestants(_section(page, "Indicators, a part")) == there


def test_a_contest_that_is_run_again_leaves_the_others_as_they_were(page, folder):
    file = folder / "benchmarks.json"
    before = json.loads(file.read_text(encoding="utf-8"))
    for entry in before:
        entry["day"] = "2020-02-02"
    file.write_text(json.dumps(before), encoding="utf-8")
    again = _run(folder, "--small", "--rounds", "1", "indicators")
    assert "2020-02-02" not in _section(again, "The indicator set")
    assert _section(again, "Indicators, a part").count("2020-02-02, one run of each") == 1
    assert _section(again, "Import of large files").count("2020-02-02, one run of each") == 3


def test_the_page_can_be_written_without_running_anything(page, folder):
    assert _run(folder, "--page") == (folder / "benchmarks.md").read_text(encoding="utf-8")


def test_the_page_names_no_machine(page):
    assert str(ROOT) not in page
    assert "/tmp" not in page  # noqa: S108


def test_the_page_in_the_documents_is_written_from_the_results_beside_it(tmp_path):
    results = ROOT / "docs" / "benchmarks.json"
    (tmp_path / "benchmarks.json").write_bytes(results.read_bytes())
    kept = (ROOT / "docs" / "benchmarks.md").read_text(encoding="utf-8")
    assert _run(tmp_path, "--page") == kept


def test_many_pages_are_computed_and_stored_and_the_bar_is_told(page):
    section = _section(page, "Many pages")
    assert "### 300 pages, 600 posts, 6,000 comments" in section
    took = re.search(r"^- ([\d.]+) seconds \(.*bar: 60\)", section, re.MULTILINE)
    ((_, verdict),) = BAR.findall(section)
    assert (verdict == "met") == (float(took[1]) <= 60)
