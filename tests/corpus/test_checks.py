"""
Rows whose cells contradict each other, and moments that are told with the file: what mappings can ask for.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from qulaq.corpus.importers.mapping import read_shape
from qulaq.corpus.intake import Order, take_in
from qulaq.errors import UnreadableExport

HEADING = "page,when,all,reactions,comments,shares,day,text\n"
MAPPING = """
table = "posts"
needs = ["page", "when"]
page = ["page"]
zone = "+05:00"
ignored = ["day"]
refused = [{ column = "day", matches = '[0-9]', problem = "day_counts" }]
sum_check = { total = ["total", "all"], parts = ["reactions", ["comments", "answers"], "shares"] }

[columns]
published_at = "when"
likes = "reactions"
text = { first = ["note", "text", "all"] }
"""


@pytest.fixture
def add(study, tmp_path, stored):
    (tmp_path / "mapping.toml").write_text(MAPPING, encoding="utf-8")

    def add_one(name, content):
        (tmp_path / name).write_text(content, encoding="utf-8")
        order = Order(importer="table", mapping=tmp_path / "mapping.toml")
        return take_in(study, tmp_path / name, order), stored(study, "posts")

    return add_one


def row(counts, day="", text="сөз"):
    return f"town-facebook,2023-01-02 10:00,{counts},{day},{text}\n"


@pytest.mark.parametrize(
    "counts",
    [
        "9,4,3,2",
        '"1,009","1,004",3,2',  # thousands apart
        "9,4,,2",  # a blank part may be any number
        ",4,3,2",
        ",,,",
        "0,0,0,0",
    ],
)
def test_counts_that_add_up_or_cannot_be_told_to_are_kept(add, counts):
    balance, rows = add("posts.csv", HEADING + row(counts))
    assert (balance.total("kept"), len(rows)) == (1, 1)


@pytest.mark.parametrize(
    ("counts", "told"),
    [("9,4,3,1", "9 ≠ 4 + 3 + 1"), ("900,9,4,3", "900 ≠ 9 + 4 + 3"), ("0,0,0,1", "0 ≠ 0 + 0 + 1")],
    ids=["off by one", "shifted to the right", "nothing and one"],
)
def test_counts_that_contradict_each_other_are_rejected_with_both(add, counts, told):
    balance, rows = add("posts.csv", HEADING + row("9,4,3,2") + row(counts))
    (reject,) = balance.rejects
    assert (reject.line, reject.problem, len(rows)) == (3, "sum_check", 1)
    assert told in str(reject.reason)


def test_a_table_without_the_total_is_not_checked(add):
    heading = HEADING.replace("all,", "")
    balance, _ = add("posts.csv", heading + row("4,3,1"))
    assert balance.total("kept") == 1


def test_lines_of_json_are_checked_too(add):
    counts = {"all": 9, "reactions": 4, "comments": 3}
    lines = [
        {"page": "town-facebook", "when": "2023-01-02 10:00", **counts, "shares": shares}
        for shares in (2, 7)
    ]
    balance, rows = add("posts.jsonl", "\n".join(map(json.dumps, lines)))
    assert [(one.line, one.problem) for one in balance.rejects] == [(2, "sum_check")]
    assert len(rows) == 1


def test_a_row_that_a_pattern_refuses_says_what_was_found(add):
    content = HEADING + row("9,4,3,2", day="Lifetime") + row("9,4,3,2", day="2023-01-02")
    balance, rows = add("posts.csv", content)
    (reject,) = balance.rejects
    assert (reject.problem, len(rows)) == ("day_counts", 1)
    assert "2023-01-02" in str(reject.reason)


def test_the_first_column_that_says_something_is_taken(add):
    _, rows = add("posts.csv", HEADING + row("9,4,3,2", text="  ") + row("9,4,3,2", text="ән"))
    assert [one["text"] for one in rows] == ["9", "ән"]


def test_a_mapping_cannot_refuse_for_a_reason_that_nobody_can_read(study, tmp_path):
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(MAPPING.replace("day_counts", "weather"), encoding="utf-8")
    (tmp_path / "posts.csv").write_text(HEADING + row("9,4,3,2"), encoding="utf-8")
    with pytest.raises(UnreadableExport, match="weather"):
        take_in(study, tmp_path / "posts.csv", Order(importer="table", mapping=mapping))


def test_what_is_checked_is_not_told_to_be_unused():
    shape = read_shape(
        {
            "table": "posts",
            "needs": ["when"],
            "columns": {"published_at": "when"},
            "sum_check": {"total": "all", "parts": ["a", ["b", "c"]]},
        }
    )
    assert shape.columns == {"when", "all", "a", "b", "c"}


# ── when page counts were taken ──────────────────────────────────────────────────────────────────

PAGE = {"id": "100100", "username": "town.akimat", "fan_count": 5, "category": "Government"}


def test_counts_of_a_page_have_the_moment_told_with_the_file(study, write, stored):
    moment = datetime(2023, 4, 1, 8, 30, tzinfo=UTC)
    balance = take_in(study, write("page.json", PAGE), Order(captured=moment))
    (row,) = stored(study, "page_counts")
    (capture,) = stored(study, "captures")
    assert (row["captured_at"], row["page_likes"], balance.notes) == (moment, 5, ())
    assert (capture["looked_at"], capture["captured_at"]) == ("page_counts", moment)


def test_a_moment_of_their_own_goes_before_the_one_told_with_the_file(study, write, stored):
    content = "page_id,captured_at,followers\ntown-facebook,2023-02-01 10:00,7\ntown-facebook,,8\n"
    order = Order(captured=datetime(2023, 4, 1, tzinfo=UTC))
    take_in(study, write("counts.csv", content), order)
    told = [(one["captured_at"].month, one["followers"]) for one in stored(study, "page_counts")]
    assert sorted(told) == [(2, 7), (4, 8)]


def test_counts_without_any_moment_are_rejected_and_the_remedy_is_named(study, write):
    (reject,) = take_in(study, write("page.json", PAGE)).rejects
    assert reject.problem == "captured_missing"
    assert "--captured" in str(reject.remedy)


# ── deliveries ───────────────────────────────────────────────────────────────────────────────────


def delivery(time, **value):
    change = {"field": "feed", "value": {"item": "comment", "from": {"id": "7"}, **value}}
    return {"object": "page", "entry": [{"id": "100100", "time": time, "changes": [change]}]}


COMMENT = {"comment_id": "801_1", "post_id": "100100_801", "parent_id": "100100_801"}
ADDED = delivery(1677650460, verb="add", created_time=1677650450, message="Су?", **COMMENT)
EDITED = delivery(
    1677660000, verb="edited", created_time=1677660000, message="Су қашан?", **COMMENT
)


@pytest.mark.parametrize("lines", [[ADDED, EDITED], [EDITED, ADDED]], ids=["in order", "not"])
def test_an_edit_keeps_the_moment_at_which_the_comment_was_written(study, write, stored, lines):
    take_in(study, write("hook.jsonl", "\n".join(map(json.dumps, lines))))
    rows = stored(study, "comments")
    assert {one["published_at"].timestamp() for one in rows} == {1677650450}
    assert {one["text"] for one in rows} == {"Су?", "Су қашан?"}


def test_an_edit_alone_that_tells_no_moment_of_writing_is_rejected(study, write):
    (reject,) = take_in(study, write("hook.json", EDITED)).rejects
    assert reject.problem == "edit_undated"


def test_an_edit_that_tells_when_the_comment_was_written_stands_alone(study, write, stored):
    told = delivery(1677660000, verb="edited", created_time=1677650450, message="Су?", **COMMENT)
    take_in(study, write("hook.json", told))
    (row,) = stored(study, "comments")
    assert row["published_at"].timestamp() == 1677650450


def test_deliveries_of_one_minute_are_one_capture_that_is_not_before_what_it_holds(
    study, write, stored
):
    lines = [
        delivery(1677650402 + n, verb="add", created_time=1677650402 + n, message="?", **COMMENT)
        for n in range(60)
    ]
    balance = take_in(study, write("hook.jsonl", "\n".join(map(json.dumps, lines))))
    captures = stored(study, "captures")
    assert len(captures) == 2  # the minute ends within
    assert all(one["captured_at"] >= one["covers_until"] for one in captures)
    assert not any("younger" in str(note) for note in balance.notes)


def test_what_is_left_of_an_unknown_whole_is_unknown_and_not_nought(study, write, stored):
    heading = "status_id,status_published,num_reactions,num_likes,num_loves,num_wows,num_hahas,num_sads,num_angrys"
    rows = [
        "100100_1,2016-07-06 20:30:00,15,10,1,1,1,1,0",
        "100100_2,2016-07-06 21:30:00,,,,,,,",
        "100100_3,2016-07-06 22:30:00,15,,1,1,1,1,0",
        "100100_4,2016-07-06 23:30:00,9,10,0,0,0,0,0",
    ]
    take_in(study, write("posts.csv", "\n".join([heading, *rows])))
    told = [(one["likes"], one["reaction_other"]) for one in stored(study, "posts")]
    assert told == [(15, 1), (None, None), (15, None), (9, 0)]
