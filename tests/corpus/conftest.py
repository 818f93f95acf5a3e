"""
A study into which the samples of all formats are imported.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from qulaq.study import open_study

sys.path.insert(0, str(Path(__file__).parent))

SAMPLES = Path(__file__).parent / "samples"


@pytest.fixture
def study(tmp_path):
    (tmp_path / "study").mkdir()
    shutil.copy(SAMPLES / "study.toml", tmp_path / "study")
    return open_study(tmp_path / "study")
