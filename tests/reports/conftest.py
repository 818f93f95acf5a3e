"""The small town as fixtures."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

import pytest

from qulaq.lang import LANGUAGES

sys.path.insert(0, str(Path(__file__).parent))
from report_town import (
    CAPTURED,
    COMMENT_COLUMNS,
    COUNT_COLUMNS,
    EVIL,
    POST_COLUMNS,
    comments,
    found_study,
    posts,
    take_rows,
    written,
)  # fmt: skip


@pytest.fixture
def make_study(tmp_path):
    return partial(found_study, tmp_path)


@pytest.fixture
def take_in():
    return take_rows


@pytest.fixture(scope="session")
def town(tmp_path_factory):
    """
    The three pages with their records. Tests read it and change nothing.
    """
    pages = (("answers", "facebook"), ("broadcasts", "instagram"), ("silent", "telegram"))
    study = found_study(tmp_path_factory.mktemp("town"), *pages)
    take_rows(study, "counts", COUNT_COLUMNS, [("answers", CAPTURED, 7600, 10300)])
    rows = [
        *posts("answers", texts=(EVIL, "Жиналыс")),
        *posts("broadcasts", link="javascript:alert({n})"),
    ]
    take_rows(study, "posts", POST_COLUMNS, rows)
    rows = [*comments("answers", answered=4), *comments("broadcasts", answered=0)]
    take_rows(study, "comments", COMMENT_COLUMNS, rows)
    return study


@pytest.fixture(scope="session")
def write(town):
    """
    The reports of a study as text, by language; those of the town are written once.
    """
    of_town = written(town, *LANGUAGES)

    def write_all(study, *languages):
        return of_town if study is town else written(study, *(languages or LANGUAGES))

    return write_all
