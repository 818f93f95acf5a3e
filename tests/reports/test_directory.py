"""
A report of more pages than it can tell of.

1. Tables and figures tell of the fifty pages to which citizens wrote most, and say so.
2. All pages stand in files beside the report, each once; links lead where there is something.
3. Files of an earlier report that are none any more go.
"""

from __future__ import annotations

import re
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from qulaq.reports import directory, write_report
from qulaq.reports.findings import MANY_PAGES
from qulaq.study import open_study

sys.path.insert(0, str(Path(__file__).parents[1] / "cli"))
from crowd import PAGES, make_crowd

NOW = datetime(2023, 5, 1, tzinfo=UTC)
OF_A_FILE = 50


def write(study, *languages):
    return write_report(study, languages=languages, now=NOW, command="qulaq report", charts=False)


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    study = open_study(make_crowd(tmp_path_factory.mktemp("crowd")))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(directory, "PAGES_A_FILE", OF_A_FILE)
        write(study, "kk", "ru", "en")
    return study.reports


def text_of(file):
    return file.read_text(encoding="utf-8")


def bodies_in(html):
    """
    The rows' headers that name a body, table by table.
    """
    tables = re.findall(r"<table.*?</table>", html, re.DOTALL)
    row = r'<th role="rowheader" scope="row"[^>]*><span class="value">Body (\d+)\b'
    return [[int(n) for n in re.findall(row, table)] for table in tables]


def test_tables_tell_of_the_pages_to_which_citizens_wrote_most(written):
    tables = [found for found in bodies_in(text_of(written / "crowd-en.html")) if found]
    assert tables
    most = sorted(range(PAGES - 3), key=lambda n: (-(n % 7), n))[:MANY_PAGES]
    assert tables[0] == sorted(most)
    assert all(set(table) <= set(most) for table in tables)


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "tell of 50 pages of 120"), ("ru", "страниц 50 из 120"), ("kk", "120 парақшаның 50")],
)
def test_it_is_said_of_which_pages_the_report_tells(written, language, said):
    assert said in text_of(written / f"crowd-{language}.html").replace("\xa0", " ")


def test_all_pages_stand_beside_the_report_each_once(written):
    files = sorted((written / "crowd-en-pages").iterdir())
    assert [file.name for file in files] == ["001.html", "002.html", "003.html"]
    assert [bodies_in(text_of(file)) for file in files] == [
        [list(range(start, min(start + OF_A_FILE, PAGES)))] for start in (0, 50, 100)
    ]


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_links_lead_where_there_is_something(written, language):
    files = [written / f"crowd-{language}.html", *(written / f"crowd-{language}-pages").iterdir()]
    for file in files:
        links = re.findall(r'href="([^"#]+\.html)"', text_of(file))
        assert links
        assert all((file.parent / link).is_file() for link in links), file


def test_a_report_that_tells_of_all_pages_has_no_directory(tmp_path):
    folder = make_crowd(tmp_path / "crowd")
    study = open_study(folder)
    files = write(study, "en")
    assert (study.reports / "crowd-en-pages").is_dir()
    assert files[-1] == study.reports / "crowd-en-pages"
    text = study.settings.read_text(encoding="utf-8").split("\n[[bodies]]")
    study.settings.write_text("\n[[bodies]]".join(text[: 1 + MANY_PAGES]), encoding="utf-8")
    write(open_study(folder), "en")
    assert not list((study.reports / "crowd-en-pages").iterdir())
    assert "crowd-en-pages" not in text_of(study.reports / "crowd-en.html")
