"""
`qulaq survey add` and `qulaq survey draft`.

1. Adding stores the answers once, says what matched and what did not, and where to settle it.
2. A dry run stores nothing. 3. `--replace` puts better read answers in the place of stored ones.
4. A file of another survey is refused with exit code 1; what is misused with 2.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
EXPORTS = ROOT / "tests" / "survey" / "exports"
MAPPING = '[[answers]]\nquestion = "rating"\ngiven = "өте жақсы"\nchoice = "5"\n'


def qulaq(*words, folder, code=0, lang="en"):
    env = os.environ | {"QULAQ_LANG": lang, "PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "qulaq", *map(str, words)]
    done = subprocess.run(
        command, capture_output=True, env=env, encoding="utf-8", cwd=folder, check=False
    )
    assert "Traceback" not in done.stderr
    assert done.returncode == code, done.stderr
    return done


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("exchange")
    qulaq("new", "town", folder=folder)
    (folder / "mapping.toml").write_text(MAPPING, encoding="utf-8")
    (folder / "strange.csv").write_text("Түс,Дыбыс\nкөк,үн\n", encoding="utf-8")
    return folder


def test_answers_are_added_once_told_of_and_replaced(home):
    file = EXPORTS / "google-forms-kk.csv"
    tried = qulaq("survey", "add", "town", file, "--dry-run", folder=home)
    assert "3 rows: 3 new, 0 there already, 0 repeated in the file." in tried.stderr
    assert "Nothing was stored: this was a dry run." in tried.stderr
    first = qulaq("survey", "add", "town", file, folder=home, lang="kk")
    assert "3 жол: 3 жаңа, 0 бұрыннан бар" in first.stderr
    assert "4-жол" in first.stderr and "«ақша табу үшін»: мұндай нұсқа жоқ" in first.stderr  # noqa: PT018
    again = qulaq(
        "survey",
        "add",
        "town",
        file,
        "--mapping",
        "mapping.toml",
        "--replace",
        "--json",
        folder=home,
    )
    told = json.loads(again.stdout)
    assert (told["format"], told["rows"], told["new"], told["there_already"]) == (
        "google-forms", 3, 0, 3,
    )  # fmt: skip
    assert [(one["row"], one["value"]) for one in told["unmatched"]] == [(4, "ақша табу үшін")]
    assert told["left_out"][0]["column"] == "Электрондық пошта мекенжайы"
    described = json.loads(qulaq("survey", "describe", "town", "--json", folder=home).stdout)
    rating = next(one for one in described if one["question"] == "rating")
    assert {one["code"]: one["n"] for one in rating["answers"] if one["n"]} == {"4": 1, "5": 2}


def test_what_cannot_be_added_is_refused(home):
    refused = qulaq("survey", "add", "town", "strange.csv", folder=home, code=1)
    assert "no column is a question of the form; nothing was stored." in refused.stderr
    misused = qulaq("survey", "add", "town", "strange.csv", "--channel", "Ұ!", folder=home, code=2)
    assert "no name of a channel" in misused.stderr


def test_a_draft_is_written_once(home):
    file = EXPORTS / "surveymonkey.csv"
    done = qulaq("survey", "draft", file, "-o", "form.xlsx", folder=home)
    assert done.stdout.strip() == "form.xlsx"
    assert "“Email Address” is left out" in done.stderr
    qulaq("survey", "check", "form.xlsx", folder=home)
    assert (
        "exists already"
        in qulaq("survey", "draft", file, "-o", "form.xlsx", folder=home, code=2).stderr
    )
