"""
`qulaq survey describe` and `qulaq survey audit`.

1. `--json` holds every field, with counts that are those of the paper. 2. The table speaks the reader's language; what
the numbers are is said aside. 3. Groups hide few people. 4. A workbook and a file for SPSS hold all. 5. What is not
there is refused with what is.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

ROOT = Path(__file__).resolve().parents[2]
FILL = """
import sys
from datetime import UTC
from pathlib import Path
from qulaq.cli.answers import open_answers
from qulaq.replica.respondents import make_respondents, replica_questionnaire
from qulaq.study import open_study
from qulaq.survey.responses import Response
from qulaq.survey.writing import write_questionnaire

study = open_study(Path(sys.argv[1]))
write_questionnaire(replica_questionnaire(), study.questionnaire)
_, store = open_answers(study)
for place, one in enumerate(make_respondents()):
    store.append(
        Response(
            survey=study.survey.name, respondent=f"{place:032x}", submitted_at=one.moment.replace(tzinfo=UTC),
            language=one.language, channel=None, pilot=False, answers=dict(one.answers),
        )
    )
"""


def run(*command, lang="en", code=0):
    env = os.environ | {"QULAQ_LANG": lang, "PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, *map(str, command)],
        capture_output=True, env=env, encoding="utf-8", check=False,
    )  # fmt: skip
    assert "Traceback" not in done.stderr, done.stderr
    assert done.returncode == code, done.stderr
    return done


def describe(*words, **options):
    return run("-m", "qulaq", "survey", "describe", *words, **options)


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    folder = tmp_path_factory.mktemp("described") / "akimats"
    run("-m", "qulaq", "new", folder)
    run("-c", FILL, folder)
    return folder


def test_json_holds_every_field(study):
    found = {one["question"]: one for one in json.loads(describe(study, "--json").stdout)}
    assert set(found["source"]) >= {
        "question", "type", "asked", "valid", "missing", "contradictions", "answers",
    }  # fmt: skip
    counted = {one["code"]: one for one in found["source"]["answers"]}
    assert set(counted["social"]) >= {"code", "label", "n", "percent", "low", "high"}
    assert (counted["social"]["n"], counted["social"]["label"]) == (
        46,
        "from their pages on social networks",
    )
    assert counted["social"]["percent"] == pytest.approx(100 * 46 / 104)
    assert found["answered"]["contradictions"] == 42
    assert found["rating"]["scale"]["median"] == 4


@pytest.mark.parametrize(
    ("lang", "shown", "aside"),
    [
        ("kk", "44,2 %", "кездейсоқ таңдалғандай"),
        ("ru", "44,2 %", "отобрали из населения случайно"),
        ("en", "44.2%", "as if they had been drawn at random"),
    ],
)
def test_the_table_speaks_the_readers_language(study, lang, shown, aside):
    done = describe(study, lang=lang)
    assert shown in done.stdout.replace("\xa0", " ")
    assert aside in done.stderr
    assert "42" in done.stderr


def test_groups_hide_few_people(study):
    done = describe(study, "--by", "age", "--json")
    found = {one["question"]: one for one in json.loads(done.stdout)}
    groups = {one["group"]: one for one in found["source"]["groups"]}
    assert set(groups) == {"18_24", "25_35", "36_50", "over_50"}
    hidden = [one for one in groups["18_24"]["answers"] if one.get("hidden")]
    assert hidden
    assert all(one["n"] is None and one["percent"] is None for one in hidden)
    assert found["source"]["tests"][0]["method"] in {"chi_square", "fisher"}


def test_a_workbook_and_a_file_for_spss_hold_all(study, tmp_path):
    describe(study, "--by", "age", "--xlsx", "-o", tmp_path / "a.xlsx")
    book = load_workbook(tmp_path / "a.xlsx", read_only=True)
    assert book.sheetnames == ["answers", "groups", "tests", "open answers", "codebook"]
    pyreadstat = pytest.importorskip("pyreadstat", reason="pip install 'qulaq[spss]' brings it")
    describe(study, "--sav", "-o", tmp_path / "a.sav", lang="kk")
    data, meta = pyreadstat.read_sav(tmp_path / "a.sav", output_format="dict")
    assert len(data["age"]) == 105
    assert meta.column_names_to_labels["age"] == "Жасыңыз нешеде?"


def test_a_question_that_is_not_there_is_refused_with_those_that_are(study):
    done = describe(study, "--by", "shoes", code=2)
    assert "shoes" in done.stderr
    assert "age" in done.stderr


def test_published_percentages_are_audited(tmp_path):
    file = tmp_path / "figures.csv"
    file.write_text(
        "question_id,question,answer_id,answer,n,percent\n"
        "rating,Marks,2,two,10,9.9\nrating,Marks,3,three,37,36.6\nrating,Marks,4,four,35,34.6\n",
        encoding="utf-8",
    )
    done = run("-m", "qulaq", "survey", "audit", file, "--most", "105", "--json")
    (question,) = json.loads(done.stdout)
    assert (question["question"], question["base"], question["sum"]) == ("rating", 101, 82)
    assert [one["bases"] for one in question["figures"]] == [[101], [101], []]
    assert question["figures"][2]["bases_cut"] == [101]
    assert "2 of 3 pairs" in done.stderr
