"""
Spreadsheets in and out.

1. What Qulaq writes is safe to open, whatever a cell holds, in CSV and in XLSX.
2. What it reads from XLSX are texts: days in ISO 8601, whole numbers without a point, nothing rounded silently.
"""

from __future__ import annotations

import csv
import io
import time
import zipfile
from datetime import UTC, date, datetime

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from qulaq.errors import UnreadableExport
from qulaq.sheets import (
    LONGEST_CELL,
    Link,
    read_sheets,
    read_xlsx,
    safe,
    write_csv,
    write_csv_batches,
    write_csv_file,
    write_xlsx,
)

FORMULAS = ["=1+1", "+7 701", "-5 градусов", "@SUM(A1)", "\tx", "\r=1", "=cmd|' /C calc'!A0"]


# ── 1 out ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_that_a_spreadsheet_would_run_gets_an_apostrophe(text):
    assert safe(text) == "'" + text


@pytest.mark.parametrize("value", [-5, -0.5, None, True, "x=1", "", "Әкім", date(2023, 1, 1)])
def test_numbers_and_plain_texts_are_left_alone(value):
    assert safe(value) is value


def test_a_csv_is_read_back_as_it_was_but_for_formulas():
    rows = [["text", "n"], ['a "b", c\nd', -3], ["=1", None]]
    stream = io.StringIO(newline="")
    write_csv(rows, stream)
    read = list(csv.reader(io.StringIO(stream.getvalue(), newline="")))
    assert read == [["text", "n"], ['a "b", c\nd', "-3"], ["'=1", ""]]


def test_a_csv_file_begins_with_the_mark_by_which_excel_knows_utf8(tmp_path):
    write_csv_file([["Қала"]], tmp_path / "x.csv")
    assert (tmp_path / "x.csv").read_bytes() == b"\xef\xbb\xbf" + "Қала\n".encode()


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_in_xlsx_stays_a_text(tmp_path, text):
    write_xlsx({"sheet": [["text"], [text]]}, tmp_path / "x.xlsx")
    cell = load_workbook(tmp_path / "x.xlsx").active["A2"]
    assert cell.data_type == "s"
    with zipfile.ZipFile(tmp_path / "x.xlsx") as packed:
        assert b"<f>" not in packed.read("xl/worksheets/sheet1.xml")


def test_xlsx_takes_what_a_spreadsheet_cannot_hold(tmp_path):
    moment = datetime(2023, 1, 2, 10, tzinfo=UTC)
    write_xlsx(
        {"a" * 40: [["x"], ["bell \x07"], ["Қ" * 40_000], [moment], [None]]}, tmp_path / "x.xlsx"
    )
    rows = read_xlsx(tmp_path / "x.xlsx")
    assert rows[1] == ["bell \ufffd"]
    assert len(rows[2][0]) == LONGEST_CELL
    assert rows[3] == ["2023-01-02 10:00:00"]


@settings(max_examples=25, deadline=None, derandomize=True, database=None)
@given(
    texts=st.lists(
        st.text(st.characters(exclude_categories=["Cs"]), max_size=20), min_size=1, max_size=20
    )
)
def test_any_text_comes_back_from_xlsx_but_for_signs_that_it_cannot_hold(tmp_path_factory, texts):
    import re

    file = tmp_path_factory.mktemp("xlsx") / "x.xlsx"
    write_xlsx({"s": [["text"], *([text, "end"] for text in texts)]}, file)
    read = [row[0] for row in read_xlsx(file)[1:]]
    unheld = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
    as_read = [re.sub(r"\r\n?", "\n", unheld.sub("\ufffd", text)) for text in texts]
    assert [re.sub(r"\r\n?", "\n", text) for text in read] == as_read


def test_arrow_batches_make_a_csv_for_excel_that_is_safe_to_open(tmp_path):
    moment, clock = datetime(2023, 1, 2, 5, tzinfo=UTC), datetime(2023, 1, 2, 11)  # noqa: DTZ001
    columns = {
        "text": [*FORMULAS, 'a "b",\nc', "", None],
        "moment": pa.array([moment] * 9 + [None], pa.timestamp("us", "UTC")),
        "clock": pa.array([clock] * 10, pa.timestamp("us")),
        "n": [-5] * 10,
        "truth": [True, None] * 5,
    }
    batch = pa.record_batch(columns)
    write_csv_batches([batch.slice(0, 4), batch.slice(4)], tmp_path / "x.csv")
    assert (tmp_path / "x.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    with (tmp_path / "x.csv").open(encoding="utf-8-sig", newline="") as stream:
        heading, *rows = csv.reader(stream)
    assert heading == list(columns)
    assert [row[0] for row in rows] == ["'" + text for text in FORMULAS] + ['a "b",\nc', "", ""]
    assert rows[0][1:] == ["2023-01-02T05:00:00Z", "2023-01-02T11:00:00", "-5", "true"]
    assert rows[9][1:] == ["", "2023-01-02T11:00:00", "-5", ""]


@settings(max_examples=50, deadline=None, derandomize=True, database=None)
@given(texts=st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=9))
def test_a_batch_is_made_safe_as_a_cell_is(tmp_path_factory, texts):
    file = tmp_path_factory.mktemp("csv") / "x.csv"
    write_csv_batches([pa.record_batch({"text": texts, "end": texts})], file)
    with file.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))[1:]
    assert rows == [[safe(text), safe(text)] for text in texts]


def test_a_link_to_the_web_opens_at_a_click_and_no_other_does(tmp_path):
    links = ["https://example.org/?a=1&b=2", "javascript:alert(1)", "=1", "file:///etc/passwd"]
    links += ["https://example.org/" + "a" * 2_079]
    write_xlsx({"s": [["link"], *([Link(link)] for link in links)]}, tmp_path / "x.xlsx")
    cells = [row[0] for row in load_workbook(tmp_path / "x.xlsx").active.iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == links
    opened = [cell.hyperlink and cell.hyperlink.target for cell in cells]
    assert opened == [links[0], None, None, None, None]


def test_of_very_many_links_only_so_many_open_as_excel_takes(tmp_path):
    rows = ([Link("https://example.org")] * 8 for _ in range(8_192))
    write_xlsx({"s": rows}, tmp_path / "x.xlsx")
    with zipfile.ZipFile(tmp_path / "x.xlsx") as packed:
        assert packed.read("xl/worksheets/sheet1.xml").count(b"<hyperlink ") == 65_530


def test_a_clock_without_a_zone_stays_what_it_showed(tmp_path):
    clock = datetime(2023, 1, 2, 11, 30)  # noqa: DTZ001
    write_xlsx({"s": [["clock"], [clock]]}, tmp_path / "x.xlsx")
    assert read_xlsx(tmp_path / "x.xlsx")[1] == ["2023-01-02 11:30:00"]


# ── 2 in ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (5, "5"),
        (5.0, "5"),
        (5.25, "5.25"),
        (True, "true"),
        (datetime(2023, 1, 2, 10, 30), "2023-01-02 10:30:00"),  # noqa: DTZ001  # as a sheet holds it
        ("  text ", "  text "),
        (123456789012345, "123456789012345"),
        (10158407654328553, "1.01584076543286E+16"),
    ],
)
def test_cells_are_read_as_texts(tmp_path, value, text):
    book = Workbook()
    book.active.append(["heading"])
    book.active.append([value, "end"])
    book.save(tmp_path / "x.xlsx")
    assert read_xlsx(tmp_path / "x.xlsx")[1][0] == text


def test_only_the_first_rows_are_read_where_only_they_are_asked_for(tmp_path):
    write_xlsx({"s": [["a", "b"], [1, 2], [3, 4]]}, tmp_path / "x.xlsx")
    assert read_xlsx(tmp_path / "x.xlsx", first=1) == [["a", "b"]]


def test_a_spreadsheet_that_excel_decorated_is_read_without_a_warning(tmp_path):
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    book.active.append(["a"])
    rule = DataValidation(type="list", formula1='"x,y"')
    book.active.add_data_validation(rule)
    rule.add("A2:A9")
    book.create_sheet("more").append(["not read"])
    book.save(tmp_path / "x.xlsx")
    assert read_xlsx(tmp_path / "x.xlsx") == [["a"]]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 but no more", b"text"])
def test_what_is_no_spreadsheet_is_refused(tmp_path, content):
    (tmp_path / "x.xlsx").write_bytes(content)
    with pytest.raises(
        UnreadableExport, match=r"x\.xlsx: this is not a spreadsheet.* Save it again"
    ):
        read_xlsx(tmp_path / "x.xlsx")


def test_what_is_to_be_repeatable_has_the_same_bytes_at_any_time(tmp_path):
    sheets = {"one": [("a", "b"), ("құлақ", 1)], "two": [("c",), ("=1+1",)]}
    for name in ("first", "second"):
        write_xlsx(sheets, tmp_path / f"{name}.xlsx", repeatable=True)
        time.sleep(2.1)  # a ZIP tells the moment to two seconds
    first, second = (tmp_path / f"{name}.xlsx" for name in ("first", "second"))
    assert first.read_bytes() == second.read_bytes()
    assert read_sheets(first, gap=5) == {
        "one": [["a", "b"], ["құлақ", "1"]],
        "two": [["c"], ["=1+1"]],
    }


def test_a_sheet_ends_after_a_long_gap(tmp_path):
    rows = [("a",), ("1",), *[("",)] * 4, ("2",), *[("",)] * 6, ("3",)]
    write_xlsx({"one": rows}, tmp_path / "gap.xlsx")
    told = [row[0] for row in read_sheets(tmp_path / "gap.xlsx", gap=5)["one"] if any(row)]
    assert told == ["a", "1", "2"]
