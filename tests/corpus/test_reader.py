"""
What readers share: documents in JSON, in lines, in tables and in folders; what they do not know is told.
"""

from __future__ import annotations

import json
import lzma

import pytest

from qulaq.corpus.importers.rows import nested
from qulaq.corpus.importers.values import dig, has
from qulaq.corpus.intake import Order, take_in
from qulaq.errors import UnreadableExport

STATUS = {
    "created_at": "2022-06-01T08:00:00Z",
    "content": "<p>Су қашан келеді?</p>",
    "visibility": "public",
    "account": {"id": "42", "acct": "akimat"},
}


def status(number):
    return {**STATUS, "id": str(number)}


def problems(balance):
    return [(one.file, one.line, one.problem) for one in balance.rejects]


def test_of_json_lines_a_damaged_line_and_an_unknown_record_are_rejected_by_their_lines(
    study, write, stored
):
    lines = [json.dumps(status(1)), "", '{"id": "2', json.dumps({"weather": "fine"}), "[]"]
    balance = take_in(study, write("statuses.jsonl", "\n".join([*lines, json.dumps(status(3))])))
    assert problems(balance) == [
        ("", 3, "json_broken"),
        ("", 4, "document_unknown"),
        ("", 5, "document_unknown"),
    ]
    assert (balance.total("read"), balance.total("kept")) == (5, 2)
    assert [row["post_id"] for row in stored(study, "posts")] == ["1", "3"]


def test_the_members_of_a_list_are_numbered_from_one(study, write):
    statuses = [status(1), {"weather": "fine"}, {**status(3), "visibility": "private"}]
    balance = take_in(study, write("statuses.json", statuses))
    assert problems(balance) == [("", 2, "document_unknown"), ("", 3, "unpublished")]


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "statuses"
    (folder / "later").mkdir(parents=True)
    (folder / "1.json").write_text(json.dumps(status(1)), encoding="utf-8")
    (folder / "later" / "2.json.xz").write_bytes(lzma.compress(json.dumps(status(2)).encode()))
    (folder / "picture.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    return folder


def test_a_folder_of_json_files_is_one_import_in_the_order_of_names(study, folder, stored):
    balance = take_in(study, folder)
    assert (balance.format, balance.total("read"), balance.total("kept")) == ("mastodon", 2, 2)
    assert [row["post_id"] for row in stored(study, "posts")] == ["1", "2"]
    assert any("1 file of the folder" in str(note) for note in balance.notes)
    assert take_in(study, folder).total("unchanged") == 2


def test_what_is_wrong_in_a_folder_is_told_by_file(study, folder):
    (folder / "3.json").write_text(json.dumps({"error": "Record not found"}), encoding="utf-8")
    hidden = {**status(4), "visibility": "direct"}
    (folder / "4.json").write_text(json.dumps([status(5), hidden]), encoding="utf-8")
    balance = take_in(study, folder)
    assert problems(balance) == [("3.json", 1, "document_refused"), ("4.json", 2, "unpublished")]
    assert "Record not found" in str(balance.rejects[0].reason)
    assert "отказ платформы: Record not found" in balance.rejects[0].told("ru")[0]
    assert "платформаның бас тартуы: Record not found" in balance.rejects[0].told("kk")[0]
    listed = balance.rejects_file.read_text(encoding="utf-8-sig").splitlines()
    assert listed[1].startswith("3.json,1,")


def test_a_file_of_a_folder_that_is_cut_off_is_told_and_the_others_are_kept(study, folder):
    whole = json.dumps([status(3), status(4)])
    (folder / "3.json").write_text(whole[: len(whole) // 2], encoding="utf-8")
    balance = take_in(study, folder)
    assert problems(balance) == [("3.json", 1, "json_broken")]
    assert balance.total("kept") == 2


def test_what_only_bears_the_name_of_json_in_a_folder_is_told(study, folder):
    (folder / "3.json").write_text("Bad gateway, try again", encoding="utf-8")
    balance = take_in(study, folder)
    assert problems(balance) == [("3.json", 1, "json_broken")]
    assert balance.total("read") == 3


def test_a_folder_of_nothing_to_read_is_refused(study, tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "posts.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(UnreadableExport, match="no JSON") as refusal:
        take_in(study, tmp_path / "folder")
    assert "*.csv" in str(refusal.value.remedy)


def test_a_folder_whose_files_are_all_refusals_says_why(study, tmp_path):
    (tmp_path / "folder").mkdir()
    refusal = {"error": {"message": "(#10) needs permission", "type": "OAuthException", "code": 10}}
    (tmp_path / "folder" / "1.json").write_text(json.dumps(refusal), encoding="utf-8")
    with pytest.raises(UnreadableExport, match="needs permission"):
        take_in(study, tmp_path / "folder")


def test_what_is_no_export_in_a_folder_does_not_keep_the_other_files_out(study, folder):
    (folder / "0.json").write_text("", encoding="utf-8")
    (folder / "5.json").write_text("<!DOCTYPE html><p>502</p>", encoding="utf-8")
    balance = take_in(study, folder)
    told = [("0.json", 1, "document_refused"), ("5.json", 1, "document_refused")]
    assert problems(balance) == told
    assert (balance.total("read"), balance.total("kept")) == (4, 2)


def test_a_folder_of_nothing_but_an_empty_file_names_that_file(study, tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "5.json").write_text("", encoding="utf-8")
    with pytest.raises(UnreadableExport, match=r"5\.json.*empty"):
        take_in(study, tmp_path / "folder")


def test_why_a_document_was_refused_is_told_once_and_in_each_language(study, folder):
    (folder / "3.json").write_text(json.dumps({"error": "Record not found"}), encoding="utf-8")
    (reject,) = take_in(study, folder).rejects
    reason, remedy = reject.told("en")
    assert reason.count("this is no data") == 1
    assert "with a token" in reason
    assert remedy == "The other records were taken in."
    for language, word in (("kk", "платформа"), ("ru", "платформ")):
        reason = reject.told(language)[0]
        assert word in reason.lower()
        assert "refusal" not in reason


def test_a_row_of_a_table_becomes_the_document_that_it_was():
    row = {
        "id": "1",
        "owner/name": "a",
        "replies/0/text": "x",
        "replies/1/text": "y",
        "empty": None,
    }
    assert nested(row) == {
        "id": "1",
        "owner": {"name": "a"},
        "replies": [{"text": "x"}, {"text": "y"}],
    }
    assert nested({"user.id": "7"}) == {"user": {"id": "7"}}


def test_no_reply_is_lost_where_headings_are_sorted_by_letters():
    row = {path: path for path in sorted(f"replies/{n}/text" for n in range(25))}
    assert [one["text"] for one in nested(row)["replies"]] == [
        f"replies/{n}/text" for n in range(25)
    ]


def test_the_heading_tells_what_the_rows_of_a_table_are_whatever_cells_are_empty(study, write):
    heading = "shortCode,timestamp,ownerUsername,likesCount"
    rows = ["A1,2023-01-01T06:00:00Z,town_akimat,5", "A2,2023-01-02T06:00:00Z,,7", ",,town_akimat,"]
    balance = take_in(
        study, write("set.csv", "\n".join([heading, *rows])), Order(page="town-instagram")
    )
    assert (balance.total("read"), balance.total("kept")) == (3, 2)
    assert problems(balance) == [("", 4, "missing")]


def test_a_row_of_other_cells_than_the_heading_names_is_rejected_not_shifted(study, write):
    heading = "shortCode,timestamp,ownerUsername,likesCount"
    good = "A1,2023-01-01T06:00:00Z,town_akimat,5"
    rows = [
        good,
        "A2,2023-01-02T06:00:00Z,town_akimat",
        good + ",9",
        "",
        good.replace("A1", "A3") + ",,",
    ]
    balance = take_in(study, write("set.csv", "\n".join([heading, *rows])))
    assert problems(balance) == [("", 3, "cells"), ("", 4, "cells")]
    assert (balance.total("read"), balance.total("kept")) == (4, 2)
    assert "3 / 4" in str(balance.rejects[0].reason)


def test_a_table_with_an_endless_cell_is_refused(study, write):
    heading = "shortCode,timestamp,ownerUsername,likesCount"
    with pytest.raises(UnreadableExport, match="cannot be read"):
        take_in(study, write("set.csv", f'{heading}\n"' + "x" * (17 << 20)))


def test_of_a_heading_that_comes_twice_the_last_keeps_its_name(study, write, stored):
    heading = "shortCode,timestamp,ownerUsername,likesCount,likesCount"
    row = "A1,2023-01-01T06:00:00Z,town_akimat,5,6"
    take_in(study, write("set.csv", f"{heading}\n{row}\n"))
    assert [one["likes"] for one in stored(study, "posts")] == [6]


@pytest.mark.parametrize(
    "row",
    [
        {"a": "1", "a/b": "2"},
        {"a/b": "2", "a": "1"},
        {"a/0": "1", "a/b": "2"},
        {"a/5/b": "1"},
        {"": "1", "/": "2"},
    ],
    ids=str,
)
def test_headings_that_contradict_each_other_break_nothing(row):
    assert isinstance(nested(row), dict)


def test_paths_are_walked_only_as_far_as_they_go():
    item = {"owner": {"name": None}, "edges": [{"node": {"text": "сөз"}}]}
    assert dig(item, "edges", 0, "node", "text") == "сөз"
    assert dig(item, "edges", 1, "node") is None
    assert dig(item, "owner", "name", "first") is None
    assert has(item, "owner.name")
    assert not has(item, "owner.id")


def conversation(post, numbers):
    """
    An answer of Mastodon about a post, with one comment for each number.
    """
    below = [
        {**STATUS, "id": str(number), "in_reply_to_id": post, "account": {"id": "7", "acct": "a"}}
        for number in numbers
    ]
    told = {"root_status_id": post, "root_account": {"acct": "akimat"}}
    return {"ancestors": [], "descendants": below, **told}


def told_of_captures(study, stored):
    return [(one["post_id"], one["complete"]) for one in stored(study, "captures")]


def test_answers_about_many_posts_are_each_a_capture_of_their_post(study, write, stored):
    answers = [conversation("1", [11, 12]), conversation("2", range(100, 160))]
    take_in(study, write("threads.jsonl", "\n".join(map(json.dumps, answers))))
    assert told_of_captures(study, stored) == [("1", True), ("2", None)]  # sixty may have been cut
    assert {row["post_id"] for row in stored(study, "comments")} == {"1", "2"}


def test_two_answers_about_one_post_stay_apart(study, write, stored):
    answers = [conversation("1", [11]), conversation("2", [21]), conversation("1", [12])]
    take_in(study, write("threads.jsonl", "\n".join(map(json.dumps, answers))))
    assert told_of_captures(study, stored) == [("1", True), ("2", True), ("1", True)]
