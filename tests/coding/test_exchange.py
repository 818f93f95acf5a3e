"""
What codes in and out promise.

1. A table goes out and comes back as the same decisions; what is known already is unchanged.
2. Every judgement of a file is stored, unchanged or refused, with its row and a remedy: an unknown category or variable,
   a unit that was erased, a coder who coded a unit twice, codes that do not go together.
3. A later moment is a later decision. Without moments another code is a new decision, the same one is unchanged.
4. A code keeps the definition under which it was given; what does not tell it counts for the present one, and is counted.
5. doccano's JSONL and Label Studio's JSON and JSON-MIN tell the same as a table.
6. A file that is something else is refused in words.
"""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime, timedelta

import pytest

from qulaq.coding.codebook import read_codebook
from qulaq.coding.decisions import Decision
from qulaq.coding.exchange import HEADING, Defaults, as_rows, read_given, take_in
from qulaq.coding.standard import write_standard_codebook
from qulaq.errors import QulaqError

NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def codebook(tmp_path_factory):
    file = tmp_path_factory.mktemp("book") / "codebook.toml"
    write_standard_codebook(file)
    return read_codebook(file)


@pytest.fixture
def table(tmp_path):
    def write(*rows, heading=("unit", "coder", "variable", "code"), name="codes.csv"):
        file = tmp_path / name
        with file.open("w", encoding="utf-8-sig", newline="") as stream:
            csv.writer(stream).writerows([heading, *rows])
        return file

    return write


def given_in(file, form="csv", **defaults):
    return read_given(file, format=form, defaults=Defaults(**defaults))


def taken(given, codebook, *, stored=(), known=None):
    return take_in(given, codebook=codebook, stored=stored, known=known, now=NOW)


def decided(codebook, unit, variable, *codes, coder="asel", **told):
    told = {"fingerprint": codebook.variable(variable).fingerprint, "decided_at": NOW} | told
    return Decision(unit=unit, variable=variable, coder=coder, codes=codes, **told)


def test_out_and_in_again(codebook, table):
    """
    Requirement 1.
    """
    told = [
        decided(codebook, "a/1", "topic", "visit", unsure=True, remark="=қараңыз; call +7 701 123 45 67"),
        decided(codebook, "a/1", "dialogic", "asks_question", "says_who", coder="bolat"),
        decided(codebook, "a/2", "topic", "sport", status="gold", coder="dina", decided_at=NOW + timedelta(microseconds=5)),
        decided(codebook, "a/2", "topic", "sport", status="machine", coder="model", probability=0.25),
    ]  # fmt: skip
    from qulaq.sheets import safe

    rows = [[safe(cell) for cell in row] for row in as_rows(told)]
    assert "701" not in str(rows)
    file = table(*rows, heading=HEADING)
    back = taken(given_in(file), codebook)
    assert [(one.unit, one.coder, one.codes, one.status, one.unsure, one.probability) for one in back.decisions] == [
        (one.unit, one.coder, one.codes, one.status, one.unsure, one.probability)
        for one in sorted(told, key=lambda one: one.decided_at)
    ]  # fmt: skip
    assert back.decisions[0].remark.startswith("=қараңыз")
    again = taken(given_in(file), codebook, stored=back.decisions)
    assert (again.read, again.unchanged, again.decisions) == (5, 5, ())


def test_what_is_wrong_is_refused_with_its_row(codebook, table):
    """
    Requirement 2.
    """
    file = table(
        ("a/1", "asel", "topic", "visit"),
        ("a/1", "asel", "topic", "gold"),
        ("a/1", "asel", "matter", "visit"),
        ("a/3", "asel", "topic", "visit"),
        ("a/1", "asel", "topic", "sport"),
        ("a/1", "asel", "topic", "visit"),
        ("a/2", "asel", "dialogic", "none"),
        ("a/2", "asel", "dialogic", "says_who"),
        ("a/2", "asel", "topic", ""),
    )
    found = taken(given_in(file), codebook, known={"a/1", "a/2"})
    rows = sorted(int(str(one.where).rsplit(" ", 1)[1]) for one in found.refusals)
    assert rows == [3, 4, 5, 6, 7, 9]
    assert all(str(one.remedy) for one in found.refusals)
    assert (found.read, found.stored, found.unchanged) == (8, 2, 0)
    assert {one.codes for one in found.decisions} == {("visit",), ("none",)}


def test_later_is_another_turn(codebook, table):
    """
    Requirement 3.
    """
    heading = ("unit", "coder", "variable", "code", "decided_at")
    file = table(
        ("a/1", "asel", "topic", "sport", "2026-11-02T10:00:00Z"),
        ("a/1", "asel", "topic", "visit", "2026-11-01T10:00:00Z"),
        heading=heading,
    )
    found = taken(given_in(file), codebook)
    assert [(one.codes, one.turn) for one in found.decisions] == [(("visit",), 1), (("sport",), 2)]
    changed = table(("a/1", "asel", "topic", "culture"), ("a/2", "asel", "topic", "sport"))
    later = taken(
        given_in(changed),
        codebook,
        stored=[*found.decisions, decided(codebook, "a/2", "topic", "sport")],
    )
    assert [(one.codes, one.turn) for one in later.decisions] == [(("culture",), 3)]
    assert later.unchanged == 1


def test_definitions_are_kept(codebook, table):
    """
    Requirement 4.
    """
    heading = ("unit", "coder", "variable", "code", "fingerprint")
    file = table(
        ("a/1", "asel", "topic", "visit", ""),
        ("a/2", "asel", "topic", "visit", "0" * 12),
        heading=heading,
    )
    found = taken(given_in(file), codebook)
    assert (found.undefined, found.other_definitions) == (1, 1)
    assert [one.fingerprint for one in found.decisions] == [
        codebook.variable("topic").fingerprint,
        "0" * 12,
    ]


def test_doccano(codebook, tmp_path):
    """
    Requirement 5.
    """
    lines = [
        {"id": 1, "text": "x", "unit": "a/1", "label": ["visit"], "Comments": ["неге?"]},
        {"id": 2, "text": "x", "meta": {"unit": "a/2"}, "label": []},
        {"id": 3, "text": "x", "meta": {"unit": "a/3"}, "label": ["sport"]},
    ]
    file = tmp_path / "asel.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)))
    found = taken(given_in(file, "doccano", variable="topic"), codebook)
    assert [(one.unit, one.coder, one.codes, one.remark) for one in found.decisions] == [
        ("a/1", "asel", ("visit",), "неге?"),
        ("a/3", "asel", ("sport",), ""),
    ]


def test_label_studio(codebook, tmp_path):
    """
    Requirement 5.
    """
    result = [
        {"from_name": "topic", "type": "choices", "value": {"choices": ["visit"]}},
        {"from_name": "dialogic", "type": "choices", "value": {"choices": ["says_who", "asks_question"]}},
    ]  # fmt: skip
    annotation = {
        "completed_by": {"email": "asel@example.kz"},
        "created_at": "2026-11-01T10:00:00Z",
    }
    task = {"id": 7, "data": {"unit": "a/1", "text": "x"}}
    task["annotations"] = [
        annotation | {"result": result},
        annotation | {"result": result, "was_cancelled": True},
    ]
    whole = tmp_path / "whole.json"
    whole.write_text(json.dumps([task]))
    small = tmp_path / "small.json"
    small.write_text(
        json.dumps([{
            "id": 7, "unit": "a/1", "text": "one", "topic": "visit", "dialogic": {"choices": ["says_who", "asks_question"]},
            "annotator": "asel@example.kz", "annotation_id": 3, "created_at": "2026-11-01T10:00:00Z", "lead_time": 3.2,
        }])
    )  # fmt: skip
    found = [taken(given_in(file, "label-studio"), codebook) for file in (whole, small)]
    assert found[0].decisions == found[1].decisions
    assert [(one.variable, one.codes) for one in found[0].decisions] == [
        ("topic", ("visit",)),
        ("dialogic", ("says_who", "asks_question")),
    ]


@pytest.mark.parametrize(
    ("name", "content", "form"),
    [
        ("codes.csv", "unit,coder\na/1,asel\n", "csv"),
        ("codes.csv", "unit,coder,variable,code,status\na/1,asel,topic,visit,boss\n", "csv"),
        ("codes.csv", "unit,coder,variable,code,decided_at\na/1,asel,topic,visit,soon\n", "csv"),
        ("codes.csv", "unit,coder,variable,code,probability\na/1,asel,topic,visit,7\n", "csv"),
        ("codes.csv", "unit,coder,variable,code\n,asel,topic,visit\n", "csv"),
        ("asel.jsonl", '{"text": "x", "label": ["visit"]}\n', "doccano"),
        ("asel.jsonl", '{"unit": "a/1", "label": [3]}\n', "doccano"),
        ("all.jsonl", '{"unit": "a/1", "label": ["visit"]}\n', "doccano"),
        ("x.json", "[1]", "label-studio"),
        ("x.json", '[{"unit": "a/1", "topic": "visit"}]', "label-studio"),
        ("codes.csv", "unit,coder,variable,code\n", "xml"),
    ],
)
def test_what_is_no_such_file_is_refused(codebook, tmp_path, name, content, form):
    """
    Requirement 6.
    """
    file = tmp_path / name
    file.write_text(content)
    with pytest.raises(QulaqError):
        taken(given_in(file, form, variable="topic" if form == "doccano" else ""), codebook)
