"""
`qulaq corpus mapping`, and what `corpus add` offers for a file that fits no format.

1. The draft is on stdout or in the file of --output, what to do next on stderr; the next command works.
2. A file that exists is never written over; a wrong table is answered with the known ones.
3. `--json` tells what the file looks like, with no cell of it.
4. A person at a terminal is asked whether to write a draft; a program is not.
5. All of it in three languages.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

SHEET = """\
Страница;Номер;Дата публикации;Текст;Лайки;Просмотры
town.answers;11;02.01.2023 10:00;Әсем Қуатқызы сұрады;12;99
town.answers;12;03.01.2023 18:30;Вода будет;—;101
"""


def settings(lang):
    return os.environ | {"QULAQ_LANG": lang, "PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1"}


def qulaq(*words, folder, lang="en", code=0):
    command = [sys.executable, "-m", "qulaq", *map(str, words)]
    done = subprocess.run(
        command, capture_output=True, env=settings(lang), encoding="utf-8", cwd=folder, check=False
    )
    assert "Traceback" not in done.stderr
    assert done.returncode == code, done.stderr
    return done


@pytest.fixture
def home(tmp_path):
    (tmp_path / "sheet.csv").write_text(SHEET, encoding="utf-8")
    return tmp_path


def test_a_draft_in_a_file_once_completed_is_read_by_the_command_it_names(home, empty_town):
    """
    Requirement 1.
    """
    done = qulaq("corpus", "mapping", "sheet.csv", "-o", "sheet.toml", folder=home)
    assert done.stdout == ""
    assert "written: sheet.toml" in done.stderr
    said = done.stderr.splitlines()[-1]
    assert said.startswith("Fill in zone in the mapping")
    words = said.partition("qulaq ")[2].replace("STUDY", str(empty_town.folder)).split()
    refused = qulaq(*words, folder=home, code=1)
    assert "sheet.toml: these lines of the mapping are still empty: zone." in refused.stderr
    toml = (home / "sheet.toml").read_text(encoding="utf-8")
    (home / "sheet.toml").write_text(toml.replace('zone = ""', 'zone = "page"'), encoding="utf-8")
    [row] = json.loads(qulaq(*words, "--json", folder=home).stdout)["files"]
    assert (row["page"], row["read"], row["kept"]) == ("answers", 2, 2)


@pytest.mark.parametrize(
    ("lang", "word"), [("kk", "толтырыңыз"), ("ru", "Заполните"), ("en", "Fill in")]
)
def test_a_draft_on_stdout_is_toml_and_the_rest_is_said_aside(home, lang, word):
    """
    Requirements 1, 5.
    """
    done = qulaq("corpus", "mapping", "sheet.csv", lang=lang, folder=home)
    assert tomllib.loads(done.stdout)["columns"]["views"] == "Просмотры"
    assert word in done.stderr
    assert "qulaq corpus add STUDY sheet.csv --mapping mapping.toml" in done.stderr


def test_a_file_that_exists_is_never_written_over(home):
    """
    Requirement 2.
    """
    (home / "mine.toml").write_text("менікі", encoding="utf-8")
    done = qulaq("corpus", "mapping", "sheet.csv", "-o", "mine.toml", folder=home, code=2)
    assert "mine.toml: the file exists already." in done.stderr
    assert (home / "mine.toml").read_text(encoding="utf-8") == "менікі"


def test_the_table_can_be_told_and_a_wrong_one_is_answered_with_the_known_ones(home):
    """
    Requirement 2.
    """
    told = qulaq("corpus", "mapping", "sheet.csv", "--table", "page-counts", folder=home).stdout
    assert tomllib.loads(told)["table"] == "page_counts"
    done = qulaq("corpus", "mapping", "sheet.csv", "--table", "coments", folder=home, code=2)
    assert "“coments” is not known here. Known: comments" in done.stderr


def test_a_file_that_is_no_table_is_refused_once(home):
    (home / "picture.csv").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    done = qulaq("corpus", "mapping", "picture.csv", folder=home, code=1)
    assert (done.stdout, done.stderr.count("Error: ")) == ("", 1)


def test_json_tells_what_the_file_looks_like_and_no_cell_of_it(home):
    """
    Requirement 3.
    """
    done = qulaq("corpus", "mapping", "sheet.csv", "--json", folder=home)
    told = json.loads(done.stdout)
    assert {key: told[key] for key in ("shape", "separator", "encoding", "rows", "table", "to_fill")} == {
        "shape": "csv", "separator": ";", "encoding": "UTF-8", "rows": 2, "table": "posts", "to_fill": ["zone"],
    }  # fmt: skip
    meant = {column["name"]: column["means"] for column in told["columns"]}
    assert meant == {
        "Страница": "page", "Номер": "post_id", "Дата публикации": "published_at", "Текст": "text", "Лайки": "likes",
        "Просмотры": "views",
    }  # fmt: skip
    [clock] = [column for column in told["columns"] if column["kind"] == "moment"]
    assert (clock["writing"], clock["zone"]) == ("DD.MM.YYYY hh:mm", False)
    assert "Қуатқызы" not in done.stdout + done.stderr


def at_a_terminal(*words, folder, answer, lang):
    """
    What a terminal showed when a person gave that answer.
    """
    pty = pytest.importorskip("pty", reason="Windows has no pseudo-terminals")
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "qulaq", *map(str, words)],
        stdin=theirs, stdout=theirs, stderr=theirs, cwd=folder, env=settings(lang) | {"COLUMNS": "80"},
    )  # fmt: skip
    os.close(theirs)
    os.write(ours, answer.encode())
    shown = b""
    while True:
        try:
            part = os.read(ours, 4096)
        except OSError:  # the terminal is closed
            part = b""
        if not part:
            break
        shown += part
    os.close(ours)
    return process.wait(), shown.decode(errors="replace")


@pytest.mark.parametrize(("answer", "lang", "drafted"), [("иә\n", "kk", True), ("y\n", "en", True), ("\n", "ru", False)])  # fmt: skip
def test_a_person_at_a_terminal_is_offered_a_draft(home, empty_town, answer, lang, drafted):
    """
    Requirements 4, 5.
    """
    words = ("corpus", "add", empty_town.folder, "sheet.csv")
    code, shown = at_a_terminal(*words, folder=home, answer=answer, lang=lang)
    assert code == 1
    assert "[y/N]" in shown
    assert (home / "sheet.toml").exists() == drafted


def test_no_draft_is_offered_where_there_is_one_already(home, empty_town):
    """
    Requirements 2, 4.
    """
    (home / "sheet.toml").write_text("менікі", encoding="utf-8")
    words = ("corpus", "add", empty_town.folder, "sheet.csv")
    code, shown = at_a_terminal(*words, folder=home, answer="y\n", lang="en")
    assert (code, "[y/N]" in shown) == (1, False)
    assert (home / "sheet.toml").read_text(encoding="utf-8") == "менікі"


def test_a_program_is_asked_nothing(home, empty_town):
    """
    Requirement 4.
    """
    done = qulaq("corpus", "add", empty_town.folder, "sheet.csv", folder=home, code=1)
    assert "[y/N]" not in done.stdout + done.stderr
    assert not (home / "sheet.toml").exists()
