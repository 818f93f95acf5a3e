"""
Comments that leave the corpus, by command.

1. `corpus unanswered` prints who waits as a table, JSON, CSV or XLSX; what it cannot know is on stderr.
2. `corpus export` writes a file whose ending says how, and tells which and how much.
3. What cannot be understood is refused: where, what was found, what to do.
4. All of it in three languages.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest
from openpyxl import load_workbook

from qulaq.corpus.unanswered import Waiting

ROOT = Path(__file__).resolve().parents[2]
HOW_TO = ROOT / "docs" / "how-to" / "answer-the-unanswered.md"
KEYS = [field.name for field in fields(Waiting)]


def qulaq(*words, lang="en", code=0):
    """
    What the command left behind, as texts.
    """
    env = os.environ | {"QULAQ_LANG": lang, "PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "qulaq", *map(str, words)]
    done = subprocess.run(command, capture_output=True, env=env, encoding="utf-8", check=False)
    assert "Traceback" not in done.stderr
    assert done.returncode == code, done.stderr
    return done


@pytest.fixture(scope="module")
def asked(town_folder, tmp_path_factory):
    """
    The town's queue in every form.
    """
    folder = tmp_path_factory.mktemp("asked")
    town = ("corpus", "unanswered", town_folder)
    return {
        "table": qulaq(*town),
        "json": qulaq(*town, "--json"),
        "csv": qulaq(*town, "--csv", "--page", "broadcasts", "--older-than", "3d", lang="ru"),
        "xlsx": (qulaq(*town, "--xlsx", "-o", folder / "queue.xlsx", lang="kk"), folder),
    }


# ── 1 who waits ──────────────────────────────────────────────────────────────────────────────────


def test_the_table_names_who_waits_and_stderr_what_is_not_known(asked):
    heading, *lines = asked["table"].stdout.splitlines()
    assert re.split(r"\s{2,}", heading) == [
        "page", "since", "waits", "working days", "answer", "asks", "text", "link"
    ]  # fmt: skip
    assert [line.split()[:3] for line in lines] == [
        ["broadcasts", "2023-01-03", "10:00"],
        ["broadcasts", "2023-01-03", "11:00"],
    ]
    assert "А дороги?" in lines[0]
    told = asked["table"].stderr
    for page in ("answers", "broadcasts"):
        assert f"{page}: last looked at 2023-02-01 06:00" in told
    assert "silent: no list. No comments of this page were imported" in told


def test_json_is_a_list_of_objects_with_the_keys_that_the_how_to_explains(asked):
    found = json.loads(asked["json"].stdout)
    assert [list(one) for one in found] == [KEYS, KEYS]
    assert [one["comment_id"] for one in found] == ["d1", "d2"]
    assert found[0]["since"] == "2023-01-03T10:00:00+06:00"
    assert found[0]["waiting_hours"] > found[1]["waiting_hours"]
    lines = HOW_TO.read_text(encoding="utf-8").splitlines()
    cells = [line.split("|")[1] for line in lines if line.startswith("| `")]
    assert [name.strip(" `") for cell in cells for name in cell.split(",")] == KEYS


def test_csv_speaks_the_users_language_and_of_the_pages_asked_for(asked):
    heading, *rows = csv.reader(io.StringIO(asked["csv"].stdout.removeprefix("\ufeff")))
    assert heading[:2] == ["страница", "орган"]
    assert [(row[4], row[6], row[-2]) for row in rows] == [
        ("d1", "А дороги?", "ответа ещё нет"),
        ("d2", "Почему молчите?", "ответа ещё нет"),
    ]
    assert "answers" not in asked["csv"].stderr


def test_xlsx_has_dates_by_the_clock_of_the_body(asked):
    done, folder = asked["xlsx"]
    heading, first, _ = load_workbook(folder / "queue.xlsx").active.iter_rows(values_only=True)
    assert heading[0] == "парақша"
    assert f"{first[heading.index('қашаннан бері')]:%Y-%m-%d %H:%M}" == "2023-01-03 10:00"
    assert "queue.xlsx" in done.stderr
    assert done.stdout == ""


def test_who_waits_less_is_left_out_and_an_empty_list_is_done(town_folder):
    done = qulaq("corpus", "unanswered", town_folder, "--older-than", "99999d", "--json")
    assert json.loads(done.stdout) == []


def test_a_screen_shows_a_hundred_and_says_how_many_more_wait(own_town, comments_csv, add):
    rows = [
        ("broadcasts", "b2", f"e{n}", "", str(800 + n), "2023-01-04 10:00", "Қашан?")
        for n in range(101)
    ]
    add(own_town, comments_csv(*rows), knows=("authors",))
    done = qulaq("corpus", "unanswered", own_town.folder)
    assert len(done.stdout.splitlines()) == 1 + 100
    assert "3 more wait; --xlsx, --csv and --json give all." in done.stderr


# ── 2 export ─────────────────────────────────────────────────────────────────────────────────────


def test_export_writes_the_file_and_tells_which_and_how_much(town_folder, tmp_path):
    file = tmp_path / "comments.csv"
    done = qulaq(
        "corpus", "export", town_folder, "--comments", "-o", file, "--page", "answers",
        "--from", "2023-01-03", "--to", "05.01.2023",
    )  # fmt: skip
    assert done.stdout == f"{file}\n"
    assert done.stderr == "1 comment is written.\n"
    (row,) = csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig")))
    assert (row["comment_id"], row["text"]) == ("c5", "Сұрақ қайда қояды?")


# ── 3, 4 refusals ────────────────────────────────────────────────────────────────────────────────

REFUSALS = {
    ("unanswered", "--older-than", "3x"): "--older-than: “3x” is no stretch of time. Write a whole",
    ("unanswered", "--older-than", ""): "--older-than: “” is no stretch of time.",
    ("unanswered", "--page", "answer"): "“answer” is not known here. Known: answers,",
    ("unanswered", "--json", "--csv"): "only one of --json, --csv can",
    ("export", "-o", "x.csv"): "it is not said what to export. Give --comments.",
    ("export", "--comments", "-o", "x.txt"): "x.txt: the ending of the file does not say how to",
    ("export", "--comments"): "“FILE” is missing.",
    ("export", "--comments", "-o", "x.csv", "--from", "2024-01-01"): "ends (2023-01-31) before it",
}


@pytest.mark.parametrize("words", REFUSALS, ids=" ".join)
def test_what_is_not_understood_is_refused_with_what_to_do(town_folder, words):
    done = qulaq("corpus", words[0], town_folder, *words[1:], code=2)
    assert done.stdout == ""
    assert REFUSALS[words] in " ".join(done.stderr.split())


@pytest.mark.parametrize(
    ("lang", "said"), [("kk", "answers: белгілі дерек бойынша"), ("ru", "answers: насколько")]
)
def test_what_is_not_known_is_said_in_the_users_language(town_folder, lang, said):
    done = qulaq("corpus", "unanswered", town_folder, lang=lang)
    assert said in done.stderr
    assert "answers since" not in done.stderr
