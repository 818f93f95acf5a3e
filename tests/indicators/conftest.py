"""The modules beside these tests, found by their names: a second reckoning, and small corpora."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
