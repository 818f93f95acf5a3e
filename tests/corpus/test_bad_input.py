"""
Bad input: always one of our own errors that says where, what was found and what to do, or rows in the list
of rejected ones with line, reason and remedy. What was stored before is left byte for byte.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import lzma
from pathlib import Path

import pytest

from qulaq.corpus.intake import Order, take_in
from qulaq.errors import Misused, QulaqError, UnknownExport, UnknownName, UnreadableExport
from qulaq.sheets import write_xlsx

HEADING = "page_id,post_id,published_at,likes,text\n"
GOOD = "answers,z1,2023-01-02 10:00,1,Жақсы\n"
RECORD = {"page_id": "answers", "post_id": "z1", "published_at": "2023-01-02 10:00", "likes": 1}


@pytest.fixture
def refused(own_town, bytes_of):
    """
    The error with which a file is refused; nothing stored may have changed.
    """

    def refuse(file, **order):
        before = bytes_of(own_town)
        with pytest.raises(QulaqError) as caught:
            take_in(own_town, file, Order(**order))
        error = caught.value
        assert error.found
        assert error.remedy
        assert file.name in str(error.where) or isinstance(error, Misused)
        assert bytes_of(own_town) == before
        return error

    return refuse


@pytest.fixture
def rejected(own_town, add, bytes_of):
    """
    The rejected rows of a file, as they lie in the CSV; what was stored before has not changed.
    """

    def reject(file, **order):
        before = bytes_of(own_town)
        balance = add(own_town, file, **order)
        after = bytes_of(own_town)
        same = {name: content for name, content in before.items() if name != "manifest.jsonl"}
        assert same.items() <= after.items()
        assert after["manifest.jsonl"].startswith(before["manifest.jsonl"])
        if balance.rejects_file is None:
            return []
        with balance.rejects_file.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
        assert len(rows) == balance.total("rejected")
        assert all(row["line"] and row["reason"] and row["remedy"] for row in rows)
        return rows

    return reject


# ── files that are no export ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("content", [b"", b"\n\n  \n", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_an_empty_file_is_refused(refused, write, content):
    error = refused(write("empty.csv", content))
    assert isinstance(error, UnreadableExport)
    assert "empty" in str(error.found)


def test_a_missing_file_is_refused(refused, tmp_path):
    assert "no such file" in str(refused(tmp_path / "nowhere.csv").found)


def test_a_folder_is_refused(refused, tmp_path):
    (tmp_path / "folder.csv").mkdir()
    assert isinstance(refused(tmp_path / "folder.csv"), UnreadableExport)


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00", "PNG"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "JPEG"),
        (b"GIF89a\x01\x00", "GIF"),
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00", "XLS"),
        (b"\x00\x01\x02\x03", "?"),
    ],
)
def test_a_picture_or_another_binary_named_csv_is_refused_by_what_it_is(
    refused, write, start, kind
):
    error = refused(write("page.csv", start + bytes(range(256)) * 4))
    assert "binary" in str(error.found)
    assert f"({kind})" in str(error.found)


def test_json_cut_off_is_refused(refused, write):
    whole = json.dumps([RECORD, RECORD])
    for end in (len(whole) // 2, len(whole) - 1):
        assert "cut off" in str(refused(write("cut.json", whole[:end])).found)


@pytest.mark.parametrize("packer", [gzip, lzma])
def test_a_packed_file_that_is_cut_off_or_damaged_is_refused(refused, write, packer):
    whole = packer.compress((HEADING + GOOD * 1000).encode())
    for content in (whole[: len(whole) // 2], whole[:-4], whole[:20] + b"????????" + whole[28:]):
        assert "packed" in str(refused(write("cut.csv.gz", content)).found)


def test_koi8_is_refused_and_not_read_as_gibberish(refused, write):
    text = HEADING + "answers,z1,2023-01-02 10:00,1,Жители спрашивают про воду\n"
    assert "encoding" in str(refused(write("koi8.csv", text.encode("koi8-r"))).found)


@pytest.mark.parametrize("words", ["🙂", "سلام", "ҚАЛА ӘКІМДІГІ", "Likes 1x — Shares 1x"])
def test_what_is_marked_as_utf8_is_read_whatever_letters_stand_in_it(own_town, write, add, words):
    text = f"{HEADING}answers,z1,2023-01-02 10:00,1,{words}\n"
    balance = add(own_town, write("marked.csv", text.encode("utf-8-sig")))
    assert (balance.total("read"), balance.total("kept")) == (1, 1)


def test_random_high_bytes_are_refused(refused, write):
    noise = bytes((i * 37) % 128 + 128 for i in range(400))
    assert "encoding" in str(refused(write("noise.csv", HEADING.encode() + noise)).found)


def test_a_zip_that_is_no_spreadsheet_is_refused(refused, write, tmp_path):
    import zipfile

    file = tmp_path / "page.xlsx"
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("page.csv", HEADING + GOOD)
    error = refused(file)
    assert "archive (ZIP)" in str(error.found)
    assert "page.csv" in str(error.found)
    assert "Unpack" in str(error.remedy)


@pytest.mark.parametrize("name", ["page.csv", "page.json", "page.xls"])
@pytest.mark.parametrize(
    "content", ["<!DOCTYPE html>\n<html><body>Кіру</body></html>", "\ufeff\n <HTML lang=kk>, a, b"]
)
def test_a_web_page_saved_as_an_export_is_refused_as_what_it_is(refused, write, name, content):
    assert "web page" in str(refused(write(name, content)).found)


@pytest.mark.parametrize("content", ["[]", "{}", " [ ] \n"])
def test_json_without_records_is_refused_as_empty_and_no_mapping_offered(refused, write, content):
    error = refused(write("none.json", content))
    assert "no records" in str(error.found)
    assert "mapping" not in str(error.remedy)


@pytest.mark.parametrize(
    "body", [{"error": "Record not found"}, {"error": "NotFound", "message": "Post not found"}]
)
def test_an_error_in_one_word_is_a_refusal_and_no_table(refused, write, body):
    error = refused(write("answer.json", body))
    assert f"refusal by the platform: {body['error']}" in str(error.found)
    assert "mapping" not in str(error.remedy)


def test_a_table_below_its_title_is_told_to_begin_with_the_heading(refused, write, tmp_path):
    rows = [["Әкімдік жарияланымдары, 2026"], [], ["Күні", "Мәтін"], ["01.09.2026", "Жол"]]
    write_xlsx({"posts": rows}, tmp_path / "title.xlsx")
    title = write("title.csv", "Әкімдік жарияланымдары\n\nКүні;Мәтін\n01.09.2026;Жол\n")
    for file in (tmp_path / "title.xlsx", title):
        error = refused(file)
        assert "a title than a heading" in str(error.found)
        assert "first row" in str(error.remedy)


def test_a_spreadsheet_cut_off_is_refused(refused, write, tmp_path):
    whole = tmp_path / "whole.xlsx"
    write_xlsx({"posts": [list(RECORD), list(RECORD.values())]}, whole)
    content = whole.read_bytes()
    assert isinstance(refused(write("cut.xlsx", content[: len(content) // 2])), UnreadableExport)


def test_a_spreadsheet_under_another_name_is_read_all_the_same(own_town, add, tmp_path):
    file = tmp_path / "really-a-spreadsheet.csv"
    book = tmp_path / "book.xlsx"
    write_xlsx({"posts": [list(RECORD), list(RECORD.values())]}, book)
    file.write_bytes(book.read_bytes())
    assert add(own_town, file).total("kept") == 1


# ── headings ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("content", [HEADING, HEADING.strip(), "[]", "[{}, {}]", HEADING + "\n\n"])
def test_a_heading_without_rows_is_refused(refused, write, content):
    name = "h.json" if content.startswith("[") else "h.csv"
    refused(write(name, content))


def test_a_heading_without_rows_says_so(refused, write):
    assert "no rows" in str(refused(write("h.csv", HEADING)).found)


def test_a_spreadsheet_with_a_heading_only_says_so(refused, tmp_path):
    file = tmp_path / "h.xlsx"
    write_xlsx({"posts": [HEADING.strip().split(",")]}, file)
    assert "no rows" in str(refused(file).found)


def test_a_heading_that_fits_no_format_is_answered_with_what_it_holds(refused, write):
    error = refused(write("x.csv", "colour,size\nred,5\n"))
    assert isinstance(error, UnknownExport)
    assert "colour, size" in str(error.found)
    assert "--as" in str(error.remedy)


def test_a_missing_needed_column_is_named_with_what_was_found(refused, write):
    file = write("nasa.csv", "status_id,num_reactions,num_likes\n1_2,3,4\n")
    error = refused(file)
    assert "status_published" in str(error.remedy)
    assert "num_reactions" in str(error.found)
    error = refused(file, importer="facebook-page-post-scraper")
    assert isinstance(error, UnreadableExport)
    assert "status_published" in str(error.found)
    assert "status_id, num_reactions, num_likes" in str(error.found)


def test_a_format_forced_on_another_file_is_refused(refused, write):
    refused(write("x.csv", HEADING + GOOD), importer="graph-api")
    refused(write("x.json", [RECORD]), importer="crowdtangle")
    refused(write("y.csv", "colour,size\nred,5\n"), importer="table")


def test_an_unknown_format_is_answered_with_the_known_ones(refused, write):
    error = refused(write("x.csv", HEADING + GOOD), importer="crowdtangel")
    assert isinstance(error, UnknownName)
    assert str(error.remedy).startswith("Known: crowdtangle")


@pytest.mark.parametrize(
    "mapping", ["", "table = 5", 'table = "posts"\nneeds = 3', "not toml", None]
)
def test_a_mapping_that_cannot_be_read_is_refused(own_town, write, tmp_path, bytes_of, mapping):
    before = bytes_of(own_town)
    file = tmp_path / "nowhere.toml" if mapping is None else write("mapping.toml", mapping)
    with pytest.raises(UnreadableExport, match="mapping"):
        take_in(own_town, write("x.csv", HEADING + GOOD), Order(mapping=file))
    assert bytes_of(own_town) == before


def test_a_mapping_that_needs_a_column_which_is_not_there_names_it(refused, write):
    mapping = write(
        "m.toml", 'table = "posts"\nneeds = ["when"]\n[columns]\npublished_at = "when"\n'
    )
    error = refused(write("x.csv", HEADING + GOOD), mapping=mapping)
    assert "when" in str(error.found)
    assert "published_at" in str(error.found)


def test_a_mapping_without_a_zone_takes_no_moment_without_one(rejected, write):
    mapping = write(
        "m.toml",
        'table = "posts"\nneeds = ["when"]\npage = ["page"]\n[columns]\npublished_at = "when"\n',
    )
    rows = rejected(
        write("x.csv", "page,when\nanswers,2023-01-02 10:00\nanswers,2023-01-02 10:00 EDT\n"),
        mapping=mapping,
    )
    assert [row["line"] for row in rows] == ["2"]
    assert "time zone" in rows[0]["reason"]


# ── JSON of other shapes ─────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "content",
    [
        "[1, 2, 3]",
        "{}",
        '{"data": "no list"}',
        "[[[]]]",
        '{"a": {"b": 1}}',
        "null",
        '"text"',
        "[null]",
        '[{"a": [1]}]',
    ],
)
def test_json_of_another_shape_is_refused(refused, write, content):
    assert isinstance(refused(write("shape.json", content)), (UnknownExport, UnreadableExport))


def test_an_error_that_a_platform_answered_is_told_as_such(refused, write):
    body = {
        "error": {"message": "Invalid OAuth access token.", "type": "OAuthException", "code": 190}
    }
    error = refused(write("answer.json", body))
    assert "Invalid OAuth access token. (code 190)" in str(error.found)
    assert "token" in str(error.remedy)


def test_json_nested_very_deep_is_refused(refused, write):
    refused(write("deep.json", "[" * 100_000 + "]" * 100_000))
    refused(write("deeper.json", '{"a":' * 900 + "1" + "}" * 900))


def test_a_broken_line_of_json_lines_is_rejected_and_the_others_kept(
    rejected, write, stored, own_town
):
    lines = [json.dumps({**RECORD, "post_id": f"z{i}"}) for i in range(4)]
    lines[2] = lines[2][:30]
    rows = rejected(write("posts.jsonl", "\n".join(lines) + "\n"))
    assert [row["line"] for row in rows] == ["3"]
    assert "JSON" in rows[0]["reason"]
    assert {row["post_id"] for row in stored(own_town, "posts")} >= {"z0", "z1", "z3"}


def test_a_line_that_is_json_but_no_record_is_rejected(rejected, write):
    lines = [json.dumps(RECORD), "[1, 2]", "7", json.dumps({**RECORD, "post_id": "z2"})]
    assert [row["line"] for row in rejected(write("posts.jsonl", "\n".join(lines)))] == ["2", "3"]


def test_half_a_letter_in_json_is_stored_as_a_replacement_or_rejected(own_town, write, add):
    # "\ud83d" alone, as tools leave it that cut texts in the middle of an emoji.
    text = json.dumps([{**RECORD, "text": "cut \ud83d"}, {**RECORD, "post_id": "z2"}])
    assert add(own_town, write("half.json", text)).total("read") == 2
    lines = "\n".join(
        json.dumps({**RECORD, "post_id": f"y{i}", "text": "cut \ud83d"}) for i in range(2)
    )
    assert add(own_town, write("half.jsonl", lines)).total("read") == 2


# ── rows ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "moment",
    [
        "yesterday",
        "2023-02-30 10:00",
        "31.02.2023",
        "2023-13-01",
        "25:00",
        "44927",
        "0000-00-00",
        "0001-01-01",
    ],
)
def test_a_date_that_is_none_is_rejected_with_what_it_says(rejected, write, moment):
    (row,) = rejected(write("p.csv", f"{HEADING}{GOOD}answers,z2,{moment},1,x\n"))
    assert row["line"] == "3"
    assert moment in row["reason"]


@pytest.mark.parametrize("year", ["1815", "2999"])
def test_a_year_that_cannot_be_is_rejected(rejected, write, year):
    (row,) = rejected(write("p.csv", f"{HEADING}answers,z2,{year}-01-01 10:00,1,x\n"))
    assert "cannot be" in row["reason"]


def test_a_missing_date_is_rejected(rejected, write):
    (row,) = rejected(write("p.csv", f"{HEADING}answers,z2,,1,x\n"))
    assert row["reason"] == "published_at is empty."


@pytest.mark.parametrize(
    ("count", "said"),
    [
        ("-5", "never below zero"),
        ("−5", "never below zero"),
        ("99999999999999999999999999", "more than there are people"),
        ("1000000000000", "more than there are people"),
        ("many", "no whole number"),
        ("1e9", "no whole number"),
        ("3.7", "no whole number"),
        ("0x10", "no whole number"),
        ("NaN", "no whole number"),
        ("1234567,891", "no whole number"),
    ],
)
def test_negative_absurd_and_unreadable_counts_are_rejected(rejected, write, count, said):
    (row,) = rejected(write("p.csv", f'{HEADING}{GOOD}answers,z2,2023-01-02 10:00,"{count}",x\n'))
    assert said in row["reason"]
    assert row["line"] == "3"


def test_a_truth_that_is_neither_is_rejected(rejected, write):
    file = write(
        "p.csv", "page_id,published_at,likes,comments_open\nanswers,2023-01-02 10:00,1,perhaps\n"
    )
    (row,) = rejected(file)
    assert "neither yes nor no" in row["reason"]


@pytest.mark.parametrize(
    "bad", ["answers,z2,2023-01-02 10:00\n", "answers,z2,2023-01-02 10:00,1,x,y,z\n"]
)
def test_rows_with_too_few_or_too_many_cells_are_rejected(rejected, write, bad):
    last = GOOD.replace("z1", "z3")
    (row,) = rejected(write("p.csv", HEADING + GOOD + bad + last))
    assert row["line"] == "3"
    assert "cells" in row["reason"]


def test_an_unclosed_quotation_mark_is_rejected_and_loses_nothing_silently(own_town, write, add):
    bad = 'answers,z2,2023-01-02 10:00,1,"never closed\n'
    balance = add(own_town, write("p.csv", HEADING + GOOD + bad + GOOD.replace("z1", "z3")))
    assert balance.total("kept") >= 1
    assert balance.total("rejected") >= 1
    assert all(one.reason and one.remedy for one in balance.rejects)


def test_a_quotation_mark_in_the_middle_of_a_cell_is_no_disaster(own_town, write, add):
    odd = 'answers,z2,2023-01-02 10:00,1,ТОО "Су арнасы" ответило\n'
    balance = add(own_town, write("p.csv", HEADING + GOOD + odd + GOOD.replace("z1", "z3")))
    assert balance.total("read") == 3


def test_blank_lines_are_no_rows(own_town, write, add):
    balance = add(own_town, write("p.csv", f"{HEADING}\n{GOOD}\n\n{GOOD.replace('z1', 'z2')}\n\n"))
    assert (balance.total("read"), balance.total("kept")) == (2, 2)


def test_a_row_after_blank_lines_is_named_by_the_line_on_which_it_stands(rejected, write):
    (row,) = rejected(write("p.csv", f"{HEADING}{GOOD}\n\nanswers,z2,never,1,x\n"))
    assert row["line"] in {"3", "5"}  # as rows or as lines of the file are counted


def test_equal_names_in_a_heading_do_not_hide_each_other_silently(own_town, write, add):
    file = write(
        "p.csv", "page_id,published_at,likes,likes,Likes\nanswers,2023-01-02 10:00,1,2,3\n"
    )
    assert add(own_town, file).total("kept") == 1


def test_a_page_of_rejected_rows_only_leaves_no_batch(rejected, write, own_town):
    from qulaq.store import Store

    rejected(write("p.csv", f"{HEADING}answers,z2,never,1,x\n"))
    assert len(Store(own_town.corpus).batches()) == 3


def test_a_file_cut_off_at_any_byte_harms_nothing(own_town, write, bytes_of):
    whole = (HEADING + GOOD + 'answers,z2,2023-01-02 11:00,2,"Two\nlines"\n').encode()
    for end in range(0, len(whole), 7):
        before = bytes_of(own_town)
        try:
            balance = take_in(own_town, write("cut.csv", whole[:end]))
        except QulaqError:
            assert bytes_of(own_town) == before
        else:
            assert all(page.adds_up for page in balance.pages)


def test_a_reading_of_the_list_of_rejects_runs_no_formula(own_town, write, add):
    balance = add(own_town, write("p.csv", f'{HEADING}"=cmd|x",z2,2023-01-02 10:00,1,x\n'))
    text = balance.rejects_file.read_text(encoding="utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize(
    "name",
    [
        "number of likes",
        "text of likes",
        "Clock Of Published_At",
        "row",
        "key",
        "problem",
        "filename",
        "a\"b'c",
    ],
)
def test_a_column_may_bear_any_name(own_town, write, add, name):
    heading = ["page_id", "post_id", "published_at", "likes", name]
    balance = add(
        own_town, write("p.csv", [heading, ["answers", "z1", "2023-01-02 10:00", "5", "x"]])
    )
    assert balance.total("kept") == 1


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="no file here that cannot be read")
def test_a_file_that_cannot_be_read_is_told_of_by_its_own_name(own_town):
    with pytest.raises(UnreadableExport, match="/proc/self/mem: the file cannot be read"):
        take_in(own_town, Path("/proc/self/mem"))


def test_blank_lines_do_not_shift_the_line_of_a_rejected_row(empty_town, write, add):
    file = write(
        "posts.csv",
        "page_id,post_id,published_at,likes\n\nanswers,a,2023-01-02 10:00,1\n\n"
        "answers,b,2023-01-02 10:00\nanswers,c,soon,1\n",
    )

    balance = add(empty_town, file)

    assert [reject.line for reject in balance.rejects] == [5, 6]


def test_blank_json_lines_do_not_shift_the_line_of_a_rejected_row(empty_town, write, add):
    record = '{"page_id": "answers", "post_id": "a", "published_at": "%s", "likes": 1}'
    lines = [record % "2023-01-02 10:00", "", record % "soon", "{broken"]

    balance = add(empty_town, write("posts.jsonl", "\n".join(lines)))

    assert [reject.line for reject in balance.rejects] == [3, 4]


def test_a_long_text_does_not_hide_the_line_of_a_rejected_row(empty_town, posts_csv, add):
    file = posts_csv(
        ("answers", "ж" * 1_000_000, "2023-01-02 10:00", "1"), ("answers", "b", "soon", "1")
    )

    assert [reject.line for reject in add(empty_town, file).rejects] == [3]


def test_kazakh_letters_of_kz_1048_are_read(empty_town, write, add, newest):
    text = "page_id;post_id;published_at;likes;text\nanswers;a;02.01.2023 10:00;1;Сәлем, қалай көңіл күй\n"
    add(empty_town, write("posts.csv", text.encode("kz1048")))

    assert newest(empty_town, "posts")["a"]["text"] == "Сәлем, қалай көңіл күй"


def test_letters_lost_by_another_program_are_told(empty_town, write, add):
    text = "page_id,post_id,published_at,text\nanswers,a,2023-01-02,С?лем ?алай к??іл к?й ж?не\n"

    notes = [str(note) for note in add(empty_town, write("posts.csv", text)).notes]

    assert any("Kazakh letters were lost" in note for note in notes)


def test_a_mapping_with_an_unknown_word_is_answered_with_the_known_ones(empty_town, write, add):
    mapping = write(
        "m.toml",
        'table = "posts"\nneeds = ["a"]\nabcent = ["x"]\n[columns]\npublished_at = "a"\n',
    )

    with pytest.raises(UnreadableExport, match=r"abcent.*absent"):
        add(empty_town, write("posts.csv", "a,b\n1,2\n"), mapping=mapping)


def test_a_mapping_whose_needed_column_is_not_there_names_it(empty_town, write, add):
    mapping = write("m.toml", 'table = "posts"\nneeds = ["a"]\n[columns]\npublished_at = "nope"\n')

    with pytest.raises(UnreadableExport, match=r"published_at.*nope.*a, b"):
        add(empty_town, write("posts.csv", "a,b\n1,2\n"), mapping=mapping)


def test_sheets_after_the_first_are_not_passed_over_silently(empty_town, tmp_path, add):
    from qulaq.sheets import write_xlsx

    file = tmp_path / "two.xlsx"
    heading = ("page_id", "post_id", "published_at", "likes")
    rows = [heading, ("answers", "a", "2023-01-02 10:00", 1)]
    write_xlsx({"one": rows, "сәуір": rows}, file)

    assert any("сәуір" in str(note) for note in add(empty_town, file).notes)


def test_rows_of_empty_cells_as_spreadsheets_leave_them_are_no_rows(empty_town, write, add):
    text = "page_id;post_id;published_at;likes\nanswers;a;02.01.2023;1\n;;;\n;;;\nanswers;b;soon;1\n ; ;;\n"

    balance = add(empty_town, write("posts.csv", text))

    assert (balance.total("read"), balance.total("kept"), balance.total("rejected")) == (2, 1, 1)
    assert [reject.line for reject in balance.rejects] == [5]


def test_a_row_with_only_a_column_of_others_is_a_row(empty_town, write, add):
    text = "page_id,post_id,published_at,remark\nanswers,a,2023-01-02,x\n,,,left over\n"

    assert add(empty_town, write("posts.csv", text)).total("rejected") == 1
