"""
`qulaq survey check`, and the questionnaire that a new study brings.

1. The problems are a table on stdout, by sheet, row and column; what they mean is on stderr.
2. Exit code 1 where there are errors, 0 with warnings only. 3. `--json` holds the same.
4. A study may be named instead of its form. 5. A questionnaire that is there already is not written over.
6. All of it in three languages.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from qulaq.sheets import write_xlsx

ROOT = Path(__file__).resolve().parents[2]

KK, RU = "label::Қазақша (kk)", "label::Русский (ru)"


def qulaq(*words, folder, lang="en", code=0):
    env = os.environ | {"QULAQ_LANG": lang, "PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "qulaq", *map(str, words)]
    done = subprocess.run(
        command, capture_output=True, env=env, encoding="utf-8", cwd=folder, check=False
    )
    assert "Traceback" not in done.stderr
    assert done.returncode == code, done.stderr
    return done


@pytest.fixture
def home(tmp_path):
    """
    A folder with a form that has an error and a warning, and one with a warning only.
    """
    heading = ("type", "name", KK, RU, "relevant")
    broken = [heading, ("text", "a", "бір", "", ""), ("text", "b", "екі", "два", "${a} = 'x")]
    write_xlsx({"survey": broken}, tmp_path / "broken.xlsx")
    write_xlsx({"survey": broken[:2]}, tmp_path / "sound.xlsx")
    return tmp_path


@pytest.mark.parametrize(
    ("lang", "level", "told", "counted"),
    [
        ("en", "error", "does not parse", "looked through broken.xlsx: 1 error, 1 warning."),
        ("kk", "қате", "дұрыс құрылмаған", "қаралды: broken.xlsx: 1 қате, 1 ескерту."),
        (
            "ru",
            "ошибка",
            "составлено неверно",
            "просмотрено: broken.xlsx: 1 ошибка, 1 предупреждение.",
        ),
    ],
)
def test_problems_are_told_by_sheet_row_and_column(home, lang, level, told, counted):
    """
    Requirements 1, 2, 6.
    """
    done = qulaq("survey", "check", "broken.xlsx", folder=home, lang=lang, code=1)
    _, first, second = done.stdout.splitlines()
    assert [RU in first, "survey" in first, " 2 " in first] == [True] * 3
    assert second.split()[:4] == [level, "survey", "3", "relevant"]
    assert told in second
    assert counted in done.stderr


def test_warnings_alone_are_no_refusal(home):
    """
    Requirement 2.
    """
    done = qulaq("survey", "check", "sound.xlsx", folder=home)
    assert "the translation is missing." in done.stdout
    assert "sound.xlsx: 0 errors, 1 warning." in done.stderr


def test_json_holds_the_same(home):
    """
    Requirement 3.
    """
    told = json.loads(qulaq("survey", "check", "broken.xlsx", "--json", folder=home, code=1).stdout)
    assert (told["errors"], told["warnings"]) == (1, 1)
    assert (told["converts"], told["can_be_asked"]) == (True, False)
    places = [(one["level"], one["sheet"], one["row"], one["column"]) for one in told["problems"]]
    assert places == [("warning", "survey", 2, RU), ("error", "survey", 3, "relevant")]


def test_a_new_study_has_a_questionnaire_without_fault(home):
    """
    Requirement 4.
    """
    made = qulaq("new", "akimats", folder=home)
    assert "questionnaire.xlsx" in made.stderr
    assert "codebook.toml" in made.stderr
    done = qulaq("survey", "check", "akimats", folder=home)
    assert done.stdout == ""
    assert "0 errors, 0 warnings" in done.stderr
    told = json.loads(qulaq("survey", "check", "akimats", "--json", folder=home).stdout)
    assert (told["languages"], told["questions"]) == (["kk", "ru", "en"], 16)


def test_the_replica_has_the_questionnaire_too(tmp_path):
    from qulaq.replica import write_replica

    write_replica(tmp_path)
    assert load_workbook(tmp_path / "questionnaire.xlsx").sheetnames == [
        "survey",
        "choices",
        "settings",
    ]


def test_a_questionnaire_that_is_there_already_is_kept(home):
    """
    Requirement 5.
    """
    (home / "mine").mkdir()
    (home / "sound.xlsx").rename(home / "mine" / "questionnaire.xlsx")
    kept = (home / "mine" / "questionnaire.xlsx").read_bytes()
    qulaq("new", "mine", folder=home)
    assert (home / "mine" / "questionnaire.xlsx").read_bytes() == kept


@pytest.mark.parametrize(
    ("name", "said"),
    [("nowhere.xlsx", "there is no such form."), ("broken", "there is no study.toml here")],
)
def test_what_is_no_form_is_refused_in_words(home, name, said):
    (home / "broken").mkdir()
    assert said in qulaq("survey", "check", name, folder=home, code=1).stderr
