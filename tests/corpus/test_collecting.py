"""
Records go into the engine batch by batch: however small the batches, the same comes out.
"""

from __future__ import annotations

import json
import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_importers import CASES, SAMPLES, read_order

from qulaq.corpus.importers import IMPORTERS, collecting
from qulaq.corpus.importers.base import Extent, Place
from qulaq.corpus.importers.joins import Join
from qulaq.corpus.importers.reader import Reader
from qulaq.corpus.intake import take_in
from qulaq.exports import parse_json
from qulaq.study import open_study

TABLES = ("posts", "comments", "page_counts", "captures")
OF_READERS = [case for case in CASES if isinstance(IMPORTERS.get(case.parent.name), Reader)]


@pytest.fixture
def import_twice(tmp_path, stored, monkeypatch):
    """
    What is stored, rejected and noted of a file, read in one piece and in batches of three rows.
    """

    def once(name, raw, order):
        folder = tmp_path / name
        (folder / "corpus").mkdir(parents=True)
        shutil.copy(SAMPLES / "study.toml", folder)
        (folder / "corpus" / "key").write_text("0123456789abcdef" * 2)  # authors of both compare
        study = open_study(folder)
        balance = take_in(study, raw, order)
        rows = {table: stored(study, table) for table in TABLES}
        return rows, balance.pages, balance.rejects, list(map(str, balance.notes))

    def twice(raw, order=None):
        whole = once("whole", raw, order)
        monkeypatch.setattr(collecting, "ROWS_AT_ONCE", 3)
        return whole, once("batches", raw, order)

    return twice


@pytest.mark.parametrize("case", OF_READERS, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_a_sample_in_batches_gives_the_rows_rejects_and_lines_of_one_piece(import_twice, case):
    expected = json.loads((case / "expected.json").read_text(encoding="utf-8"))
    (raw,) = case.glob("raw*")
    whole, batches = import_twice(raw, read_order(case, expected["order"]))
    assert batches == whole


def post(number, link="1"):
    return {
        "id": f"100100_{number}",
        "created_time": "2022-06-01T08:00:00+0000",
        "status_type": "added_photos",
        "permalink_url": f"https://www.facebook.com/town.akimat/posts/{link}",
    }


def comment(number, post):
    """
    As outsiders see one: only its address tells below which post it stands.
    """
    link = f"https://www.facebook.com/permalink.php?comment_id={number}&story_fbid={post}"
    return {
        "permalink_url": link,
        "created_time": "2022-06-01T09:00:00+0000",
        "message": f"{number}",
        "like_count": 0,
    }


@pytest.fixture
def lines(write):
    """
    Comments, then their posts, which tell their own ids and page; between them what is no record.
    """
    comments = [comment(number, f"pfbid{number % 2}") for number in range(1, 9)]
    told = [*comments, post(71, "pfbid0"), "damaged", {"weather": "fine"}, post(72, "pfbid1")]
    as_json = (one if isinstance(one, str) else json.dumps(one) for one in told)
    return write("answers.ndjson", "\n".join(as_json))


def test_what_a_later_batch_tells_reaches_the_comments_of_an_earlier_one(import_twice, lines):
    whole, batches = import_twice(lines)
    assert batches == whole
    rows, _, rejects, _ = batches
    assert [row["post_id"] for row in rows["comments"]] == ["72", "71"] * 4
    assert {row["page_id"] for row in rows["comments"]} == {"town-facebook"}
    assert [(one.line, one.problem) for one in rejects] == [
        (10, "json_broken"),
        (11, "document_unknown"),
    ]


def test_no_more_rows_are_held_than_a_batch_and_those_of_one_document(study, write, monkeypatch):
    held = {"posts": [], "comments": []}
    insert = collecting.Rows._insert  # seen from inside, for nothing outside tells

    def watched(self, rows):
        held[self.table.name].append(len(rows))
        insert(self, rows)

    monkeypatch.setattr(collecting, "ROWS_AT_ONCE", 3)
    monkeypatch.setattr(collecting.Rows, "_insert", watched)
    inner = {"comments": {"data": [comment(1, 1), comment(2, 1)]}}
    lines = (json.dumps({**post(number, number), **inner}) for number in range(5))
    take_in(study, write("posts.ndjson", "\n".join(lines)))
    assert held == {"posts": [3, 2], "comments": [4, 4, 2]}


def test_rows_stand_on_the_line_of_their_document_or_by_number_in_a_file_of_one():
    places = collecting.Places()

    class File:
        def __init__(self, name, *, alone, line):
            self.name, self.alone, self.line = name, alone, line
            self.export = self.file = self

    for file, n in (
        (File("a", alone=True, line=1), 3),
        (File("b", alone=False, line=7), 2),
        (File("b", alone=False, line=9), 0),
        (File("c", alone=False, line=2), 1),
    ):
        places.add(file, n)
    assert [places(row) for row in range(6)] == [
        Place(1, "a"), Place(2, "a"), Place(3, "a"), Place(7, "b"), Place(7, "b"), Place(2, "c"),
    ]  # fmt: skip


def test_of_two_answers_that_name_one_post_differently_neither_tells_all():
    class Same(Join):
        def post_of(self, post):
            return "7" if post in {"7", "pfbid7"} else post

    told = {"7": Extent(complete=True), "pfbid7": Extent(complete=True), "8": Extent(announced=2)}
    renamed = collecting._renamed(told, Same())
    assert renamed == {"7": Extent(complete=False), "8": Extent(announced=2)}


# ── half letters and depth, looked for only where they can be ─────────────────────────────────────


def storable(value):
    """
    The same by looking at every value.
    """
    if isinstance(value, str):
        return "".join("\ufffd" if "\ud800" <= one <= "\udfff" else one for one in value)
    if isinstance(value, list):
        return [storable(one) for one in value]
    return {storable(key): storable(one) for key, one in value.items()}


PIECES = st.sampled_from(
    [
        "\\ud83d",
        "\\uDE00",
        "\\ud83d\\ude00",
        "\\\\",
        "\\\\ud83d",
        '\\"',
        "\\u0441",
        "ud83d",
        "с",
        "а",
    ]
)
TEXTS = st.lists(PIECES, max_size=8).map(lambda pieces: f'"{"".join(pieces)}"')
VALUES = st.recursive(
    TEXTS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda ones: f"[{', '.join(ones)}]"),
        st.lists(st.tuples(TEXTS, inner), max_size=3).map(
            lambda pairs: "{" + ", ".join(f"{key}: {one}" for key, one in pairs) + "}"
        ),
    ),
    max_leaves=8,
)


@given(VALUES)
def test_half_letters_are_found_wherever_and_however_they_are_escaped(text):
    assert parse_json(text) == storable(json.loads(text))


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}")])
def test_json_a_hundred_deep_is_read_and_deeper_one_is_refused(opening, closing):
    assert parse_json(opening * 100 + "1" + closing * 100)
    with pytest.raises(RecursionError):
        parse_json(opening * 101 + "1" + closing * 101)


def test_many_objects_beside_each_other_are_not_deep():
    assert parse_json(json.dumps([{"a": {"b": []}}] * 200))
