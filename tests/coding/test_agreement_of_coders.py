"""
Agreement of a table of judgements: golden values by every road, reasons in words, and tables that cannot be read.
"""

from __future__ import annotations

import csv
from itertools import product

import numpy as np
import pytest

from qulaq.coding.agreement import measure_agreement
from qulaq.coding.judgements import Judgement, read_judgements
from qulaq.errors import Misused, UnreadableExport


def four_coders():
    rows = {"A": "123321412___", "B": "1233224125_3", "C": "_3332342251_", "D": "12332441251_"}
    return [
        Judgement(unit=str(place), coder=coder, variable="topic", code=code)
        for coder, codes in rows.items()
        for place, code in enumerate(codes)
        if code != "_"
    ]


def by_name(found):
    return {one.coefficient: one for one in found if not one.category and not one.pair}


def written(folder, text):
    file = folder / "codes.csv"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("level", "expected"),
    [("nominal", 0.7434), ("ordinal", 0.8154), ("interval", 0.8491), ("ratio", 0.7974)],
)
def test_alpha_of_the_published_example_lies_in_its_interval(level, expected):
    alpha = by_name(measure_agreement(four_coders(), level=level))["krippendorff_alpha"]
    assert alpha.value == pytest.approx(expected, abs=5e-5)
    assert alpha.low < alpha.value < alpha.high <= 1
    assert (alpha.units, alpha.coders, alpha.level, alpha.reason) == (11, 4, level, None)


def test_more_than_two_coders_have_pairs_and_no_kappa_of_two():
    found = measure_agreement(four_coders())
    whole = by_name(found)
    assert whole["cohen_kappa"].value is None
    assert str(whole["cohen_kappa"].reason) == "it is defined for two coders; there are 4"
    assert len([one for one in found if one.pair]) == 6
    assert {one.category for one in found if one.category} == set("12345")
    assert whole["gwet_ac1"].value == pytest.approx(0.77544, abs=5e-6)


def test_a_wide_table_says_what_a_long_one_says(tmp_path):
    table = np.array([[13, 0, 0], [0, 20, 7], [0, 4, 56]])
    wide, long, unit = ["unit;Асель;Болат"], ["unit,coder,code"], 0
    for first, second in product(range(3), repeat=2):
        for _ in range(table[first, second]):
            unit += 1
            wide.append(f"{unit};c{first};c{second}")
            long += [f"{unit},Асель,c{first}", f"{unit},Болат,c{second}"]
    found = measure_agreement(read_judgements(written(tmp_path, "\n".join(wide))))
    again = measure_agreement(read_judgements(written(tmp_path, "\n".join(long))))
    assert found == again
    values = {name: one.value for name, one in by_name(found).items()}
    assert values == pytest.approx(
        {
            "percent_agreement": 0.89, "krippendorff_alpha": 0.7972585, "gwet_ac1": 0.8493305,
            "fleiss_kappa": 0.7962397, "cohen_kappa": 0.7964094, "scott_pi": 0.7962397,
        },
        abs=1e-7,
    )  # fmt: skip


def test_several_codes_are_measured_category_by_category():
    told = [
        Judgement(unit=str(unit), coder=coder, variable="topic", code=code)
        for unit in range(6)
        for coder in ("A", "B")
        for code in (("trip", "event") if unit % 2 else ("trip",))
    ]
    found = measure_agreement(told)
    event = {one.coefficient: one for one in found if one.category == "event"}
    trip = {one.coefficient: one for one in found if one.category == "trip"}
    assert event["krippendorff_alpha"].value == 1
    assert trip["krippendorff_alpha"].value is None
    assert str(trip["krippendorff_alpha"].reason) == "only one category was used"


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([("1", "A", "x"), ("1", "B", "x"), ("2", "A", "x"), ("2", "B", "x")], "only one category was used"),
        ([("1", "A", "x"), ("2", "B", "y")], "no unit was coded by two coders"),
        ([("1", "A", "x"), ("2", "A", "y")], "there is only one coder"),
    ],
)  # fmt: skip
def test_what_is_not_defined_is_said_in_words(rows, reason):
    told = [Judgement(unit=u, coder=c, variable="v", code=k) for u, c, k in rows]
    alpha = by_name(measure_agreement(told))["krippendorff_alpha"]
    assert (alpha.value, alpha.low, alpha.high) == (None, None, None)
    assert str(alpha.reason) == reason


def test_an_order_wants_numbers():
    told = [Judgement(unit="1", coder=c, variable="v", code=k) for c, k in (("A", "x"), ("B", "y"))]
    with pytest.raises(Misused, match="no numbers"):
        measure_agreement(told, level="ordinal")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("coder,code\nA,x\n", "no column unit"),
        ("unit,coder\n1,A\n", "no column code"),
        ("unit,coder,code\n1,,x\n", "row 2, column coder: the cell is empty"),
        (
            "unit,coder,code\n1,A,x\n2,A,y\n1,A,x\n",
            "row 4: A gave the unit 1 the code “x” in row 2",
        ),
        ("unit,A\n1,x\n", "fewer than two coders"),
        ("unit,A,A\n1,x,y\n", "two columns are called “A”"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused_in_words(tmp_path, text, said):
    with pytest.raises(UnreadableExport) as refusal:
        read_judgements(written(tmp_path, text))
    assert said in str(refusal.value)


def test_an_empty_code_is_a_unit_left_out(tmp_path):
    told = read_judgements(written(tmp_path, "unit,A,B\n1,x,x\n2,,y\n3,y,y\n"))
    assert len(told) == 5
    assert by_name(measure_agreement(told))["krippendorff_alpha"].units == 2


def test_an_interval_of_many_coders_holds_what_they_were_made_with(tmp_path):
    rng = np.random.default_rng(1)
    truth = rng.integers(0, 5, 2_000)
    rows = [["unit", *(f"coder {n}" for n in range(10))]]
    for unit, code in enumerate(truth):
        given = np.where(rng.random(10) < 0.8, code, rng.integers(0, 5, 10))
        rows.append([str(unit), *map(str, given)])
    file = tmp_path / "many.csv"
    with file.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream).writerows(rows)
    alpha = by_name(measure_agreement(read_judgements(file)))["krippendorff_alpha"]
    assert 0.6 < alpha.low < alpha.value < alpha.high < 0.8
    assert (alpha.units, alpha.coders) == (2_000, 10)
