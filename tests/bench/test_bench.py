"""
The benches run, and time only what gives the same numbers. How long it takes is not asserted: machines
are noisy.
"""

from __future__ import annotations

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
    for heading in ("## Import of a large CSV", "## The indicator set"):
        table = page.split(heading)[1].split("\n## ")[0]
        assert table.count("\n| seconds |") == 1


def test_the_page_names_no_machine(page):
    assert str(ROOT) not in page
    assert "/tmp" not in page  # noqa: S108
