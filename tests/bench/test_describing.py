"""The description's bench runs on a few responses: both contestants count alike. How quick is not asserted."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from bench.describing import OURS, THEIRS

ROOT = Path(__file__).parents[2]


def test_a_survey_is_described_beside_pandas(tmp_path):
    pytest.importorskip("pandas", reason="pandas is not installed; make bench brings it")
    command = [sys.executable, "-m", "bench", "describing", "--small", "--rounds", "1"]
    done = subprocess.run(
        [*command, "--output", str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    [entry] = json.loads((tmp_path / "benchmarks.json").read_text(encoding="utf-8"))
    assert set(entry["found"]["contest"]["runs"]) == {OURS, THEIRS}
    assert "The survey: described" in (tmp_path / "benchmarks.md").read_text(encoding="utf-8")
