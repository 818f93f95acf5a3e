"""The serving bench runs, and counts what was acknowledged. How quick it is is not asserted: machines are noisy."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from bench.serving import BAR_P99, BAR_RATE

ROOT = Path(__file__).parents[2]


def test_the_survey_is_measured_beside_a_bare_handler(tmp_path):
    command = [sys.executable, "-m", "bench", "serving", "--small", "--rounds", "1"]
    done = subprocess.run(
        [*command, "--output", str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    [entry] = json.loads((tmp_path / "benchmarks.json").read_text(encoding="utf-8"))
    [survey], [bare] = entry["found"]["runs"]["survey"], entry["found"]["runs"]["bare handler"]
    for load in (survey, bare):
        assert load["rate"] > 0
        assert 0 < load["median"] <= load["p99"] <= load["longest"]
    page = (tmp_path / "benchmarks.md").read_text(encoding="utf-8")
    met = survey["rate"] >= BAR_RATE and survey["p99"] <= BAR_P99
    assert ("ms: met." in page) is met
