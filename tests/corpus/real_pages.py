"""
Studies of real pages, for exports that lie beside the project and are never part of it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from qulaq.corpus.current import Corpus
from qulaq.indicators import compute
from qulaq.study import open_study

DATA = Path(__file__).parents[3] / "shared" / "data"
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason=f"the real data are not at {DATA}")


def write_study(folder, *, zone, window, pages):
    """
    A study of these pages, each of a body of its own: their settings as lines of TOML.
    """
    lines = [
        'id = "real"',
        'title = "Real pages"',
        f'time_zone = "{zone}"',
        f"window = {{ from = {window[0]}, to = {window[1]} }}",
    ]
    for page, settings in pages.items():
        lines += ["[[bodies]]", f'id = "{page}"', f'name = "{page}"']
        lines += ["[[pages]]", f'id = "{page}"', f'body = "{page}"', settings]
    # TOML wants the arrays of tables apart, in any order.
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "study.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return open_study(folder)


def measure(study, *keys):
    with Corpus(study) as corpus:
        results = compute(corpus, keys=list(keys))
    return {(result.indicator, result.page): result for result in results}
