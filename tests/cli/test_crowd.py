"""
More pages than anybody reads one by one, at the command line.

1. Tables tell of the first fifty and say how many more there are and how to have all, in three languages.
2. Files hold all, the same in each form, and come whole or not at all.
3. An interruption ends with one sentence and exit code 130, and harms nothing that is stored.
"""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from qulaq.errors import Misused
from qulaq.indicators.files import check_fits
from qulaq.sheets import MOST_ROWS

sys.path.insert(0, str(Path(__file__).parent))
from crowd import PAGES, make_crowd

SOURCE = Path(__file__).resolve().parents[2] / "src"
SHOWN = 50
MORE = {
    "en": f"and {PAGES - SHOWN} more pages; for all of them:",
    "ru": f"и ещё {PAGES - SHOWN} страниц; чтобы получить все:",
    "kk": f"және тағы {PAGES - SHOWN} парақша; барлығын алу үшін:",
}
KEYS = ["--key", "posts", "--key", "reply_rate"]


@pytest.fixture(scope="module")
def crowd(tmp_path_factory):
    return make_crowd(tmp_path_factory.mktemp("crowd"))


def start(*words, lang="en"):
    env = {name: value for name, value in os.environ.items() if not name.startswith("QULAQ_")}
    env |= {"QULAQ_LANG": lang, "PYTHONPATH": str(SOURCE), "PYTHONUTF8": "1", "COLUMNS": "200"}
    command = [sys.executable, "-m", "qulaq", *map(str, words)]
    return subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=env,
        text=True,
        encoding="utf-8",
    )


def qulaq(*words, lang="en"):
    process = start(*words, lang=lang)
    out, err = process.communicate()
    assert process.returncode == 0, err
    return out, " ".join(err.split())


# ── 1 tables ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("lang", MORE)
def test_a_table_tells_of_fifty_pages_and_how_to_have_all(crowd, lang):
    out, err = qulaq("indicators", "compute", crowd, *KEYS, lang=lang)
    assert len(out.splitlines()) == 1 + 2 * SHOWN
    assert f"{MORE[lang]} --csv, --parquet, --json" in err


def test_reasons_are_told_also_where_their_pages_are_not_shown(crowd):
    out, err = qulaq("indicators", "compute", crowd, "--key", "posts")
    assert "not measurable" not in out
    assert "Not measurable: posts. No posts of this page have been imported" in err


def test_a_ranking_shows_the_first_fifty(crowd):
    out, err = qulaq("indicators", "rank", crowd, "--by", "likes_max")
    assert f"{MORE['en']} --csv, --xlsx, --json" in err
    shown = [line for line in out.splitlines() if "page-" in line]
    assert len(shown) == SHOWN
    assert f"page-{PAGES - 4}" in shown[0]


def test_what_is_there_is_summed_up_and_json_has_it_whole(crowd):
    out, err = qulaq("corpus", "show", crowd)
    assert len([line for line in out.splitlines() if "page-" in line]) == SHOWN
    assert "All 120 pages hold 117 posts and" in err
    assert "of 3 pages nothing was captured" in err
    out, err = qulaq("corpus", "show", crowd, "--json")
    assert len(json.loads(out)["pages"]) == PAGES
    assert not err


def test_an_import_is_balanced_in_one_line_for_all_pages(crowd):
    out, err = qulaq("corpus", "add", crowd, crowd / "posts.csv")
    assert f"and {PAGES - 3 - SHOWN} more pages; for all of them: --json" in err
    *_, last = out.splitlines()
    *_, every, read, kept, unchanged, rejected = last.split()
    assert (every, read, rejected) == ("pages", "117", "0")
    assert int(kept) + int(unchanged) == 117


def test_who_waits_is_told_of_all_pages_at_once(crowd):
    _, err = qulaq("corpus", "unanswered", crowd)
    assert err.count("last looked at") == 1
    assert "all 100 pages: last looked at" in err
    assert "page-0, page-7, page-14," in err
    assert "and 8 more: no list." in err


def test_a_page_that_is_not_known_is_answered_with_names_that_can_be_read(crowd):
    process = start("corpus", "unanswered", crowd, "--page", "page-9999")
    _, err = process.communicate()
    assert process.returncode == 2
    assert "and 20 more" in err


# ── 2 files ──────────────────────────────────────────────────────────────────────────────────────


def test_files_hold_all_pages_alike(crowd, tmp_path):
    for form in ("csv", "json", "parquet"):
        qulaq("indicators", "compute", crowd, *KEYS, f"--{form}", "-o", tmp_path / f"x.{form}")
    assert {file.name for file in tmp_path.iterdir()} == {"x.csv", "x.json", "x.parquet"}
    objects = json.loads((tmp_path / "x.json").read_text(encoding="utf-8"))
    assert len(objects) == 2 * PAGES
    rows = pq.read_table(tmp_path / "x.parquet").to_pylist()
    assert [
        {**row, "from": row["from"].isoformat(), "to": row["to"].isoformat()} for row in rows
    ] == objects
    with (tmp_path / "x.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    assert [(line["indicator"], line["page"], line["value"]) for line in lines] == [
        (one["indicator"], one["page"], "" if one["value"] is None else str(one["value"]))
        for one in objects
    ]


def test_more_results_than_a_spreadsheet_takes_are_refused_at_once():
    check_fits(MOST_ROWS - 1, file=None)
    with pytest.raises(Misused, match="do not fit into a spreadsheet"):
        check_fits(MOST_ROWS, file=None)


# ── 3 interruption ───────────────────────────────────────────────────────────────────────────────

LONG = {
    "compute": ["indicators", "compute", "STUDY", "--csv", "--output", "FILE"],
    "rank": ["indicators", "rank", "STUDY", "--by", "reply_rate", "--tests"],
    "unanswered": ["corpus", "unanswered", "STUDY"],
    "report": ["report", "STUDY"],
}


@pytest.mark.skipif(sys.platform == "win32", reason="a process there gets no SIGINT from another")
@pytest.mark.parametrize("after", [0.15, 1.0, 2.5])
@pytest.mark.parametrize("command", LONG)
def test_an_interruption_ends_with_one_sentence(crowd, tmp_path, command, after):
    file = tmp_path / "x.csv"
    places = {"STUDY": crowd, "FILE": file}
    batches = [part for part in crowd.glob("corpus/*/*.parquet") if part.parent.name != "current"]
    before = {part: part.read_bytes() for part in batches}
    process = start(*(places.get(word, word) for word in LONG[command]))
    time.sleep(after)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate()
    if process.returncode == 0:  # it was quicker than we were
        return
    if process.returncode == -signal.SIGINT:  # Python itself had not begun, or was ending
        assert "qulaq" not in err
        return
    assert process.returncode == 130
    assert (out, err) == ("", "Error: interrupted; what was stored before stands.\n")
    assert not list(tmp_path.iterdir())
    assert {part: part.read_bytes() for part in batches} == before
