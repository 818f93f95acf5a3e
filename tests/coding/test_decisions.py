"""
What decisions promise.

1. A coder's last turn stands; a decision taken back does not, nor does the one before it.
2. Codes given under a definition that does not hold any more are left out and counted, and an older decision under a
   definition that holds does not come back.
3. Of a unit the gold code counts, else what its coders agree on; what they see differently, and what one is unsure
   of, waits. A model's code never counts.
4. The store keeps all or none, in order, lets nobody take a turn twice, and erases what was said of erased units.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from qulaq.coding.codebook import read_codebook
from qulaq.coding.coding import Coding
from qulaq.coding.decisions import Decision, settle, standing
from qulaq.coding.standard import write_standard_codebook

NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def codebook(tmp_path_factory):
    file = tmp_path_factory.mktemp("book") / "codebook.toml"
    write_standard_codebook(file)
    return read_codebook(file)


def decided(unit="akimat/1", variable="invites", coder="asel", codes=("yes",), *, book, **told):
    print_of = book.variable(variable).fingerprint if variable != "gone" else "0" * 12
    told = {"fingerprint": print_of, "decided_at": NOW} | told
    return Decision(unit=unit, variable=variable, coder=coder, codes=codes, **told)


def test_the_last_turn_stands(codebook):
    first = decided(book=codebook)
    second = decided(book=codebook, codes=("no",), turn=2)
    for order in ([first, second], [second, first]):
        assert standing(order, codebook).decisions == (second,)


def test_what_was_taken_back_leaves_nothing(codebook):
    told = [decided(book=codebook), decided(book=codebook, codes=("no",), turn=2)]
    told.append(decided(book=codebook, codes=(), turn=3))
    assert standing(told, codebook).decisions == ()


def test_another_definition_is_left_out_and_counted(codebook):
    old = decided(book=codebook, fingerprint="0" * 12, turn=2)
    unknown = decided(book=codebook, variable="gone")
    found = standing([decided(book=codebook), old, unknown], codebook)
    assert found.decisions == ()
    assert found.other_definitions == {"invites": 1}
    assert found.unknown_variables == {"gone": 1}


def test_what_counts_and_what_waits(codebook):
    told = [
        decided("a/1", book=codebook),
        decided("a/1", coder="bolat", book=codebook),
        decided("a/2", book=codebook),
        decided("a/2", coder="bolat", codes=("no",), book=codebook),
        decided("a/3", book=codebook, unsure=True),
        decided("a/4", book=codebook),
        decided("a/4", coder="bolat", codes=("no",), book=codebook),
        decided("a/4", coder="dina", status="gold", codes=("no",), book=codebook),
        decided("a/5", coder="model", status="machine", book=codebook),
        decided("a/6", variable="dialogic", codes=("says_who", "asks_question"), book=codebook),
        decided("a/6", variable="dialogic", codes=("asks_question", "says_who"), coder="bolat", book=codebook),
    ]  # fmt: skip
    found = settle(standing(told, codebook).decisions)
    assert {(one.unit, one.codes, one.basis) for one in found.settled} == {
        ("a/1", ("yes",), "agreed"),
        ("a/3", ("yes",), "single"),
        ("a/4", ("no",), "gold"),
        ("a/6", ("asks_question", "says_who"), "agreed"),
    }
    assert {(one.unit, len(one.decisions)) for one in found.open} == {("a/2", 2), ("a/3", 1)}


def test_of_two_adjudicators_the_last_one_counts(codebook):
    told = [
        decided(coder="dina", status="gold", book=codebook),
        decided(coder="erlan", status="gold", codes=("no",), book=codebook),
        decided(coder="dina", status="gold", codes=("unclear",), turn=2, book=codebook),
    ]
    (found,) = settle(standing(told, codebook).decisions).settled
    assert found.codes == ("unclear",)


def test_the_tables_have_a_row_for_each_code(codebook):
    told = [
        decided(
            "akimat/1/2", variable="dialogic", codes=("says_who", "promises_answer"), book=codebook
        )
    ]
    codes = Coding(codebook=codebook, standing=standing(told, codebook)).codes
    rows = [
        {"page_id": "akimat", "id": "1/2", "variable": "dialogic", "category": code}
        for code in ("promises_answer", "says_who")
    ]
    assert codes.settled.to_pylist() == rows
    assert {row["coder"] for row in codes.judged.to_pylist()} == {"asel"}
    assert codes.groups["dialogic"]["says_who"] == "loop"
    assert "question" in codes.answerable["comment_kind"]
