"""
One row for every comment, worked out by hand in the small town.

1. A row holds what was found out about the comment; what does not apply or is not known is null.
2. Personal data do not leave: texts are masked, addresses that name somebody are left out.
3. Rows can be chosen by page and by day; each comment stands once, in the order of intake.
4. CSV, XLSX, JSON lines and Parquet hold the same, safe to open; what is too much for a sheet is refused.
5. A file stands there only when it is whole.
"""

from __future__ import annotations

import csv
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from qulaq.corpus.current import Corpus
from qulaq.corpus.dataset import FIELDS, Selection, check_fits, read_dataset, write_dataset
from qulaq.errors import Misused
from qulaq.sheets import read_xlsx
from qulaq.study import Window

HOW_TO = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "export-comments.md"
CAPTURED = datetime(2023, 2, 1, tzinfo=UTC)


def nobody_asks(_):
    """
    Progress that nobody follows.
    """


def moment(day, hour, minute=0):
    return datetime(2023, 1, day, hour, minute, tzinfo=UTC)


def read(study, *, pages=None, window=None):
    chosen = Selection(
        pages=tuple(study.page(one) for one in pages) if pages else study.pages,
        window=window or study.window,
    )
    with Corpus(study) as corpus:
        batches = list(read_dataset(corpus, chosen, progress=nobody_asks))
    assert all(batch.schema == FIELDS for batch in batches)
    return [row for batch in batches for row in batch.to_pylist()]


@pytest.fixture(scope="module")
def rows(town):
    return {row["comment_id"]: row for row in read(town)}


# ── 1 rows ───────────────────────────────────────────────────────────────────────────────────────

AUTHOR = {"author", "language", "asks", "boilerplate"}  # hashes, and what has tests of its own


def known(row):
    return {name: value for name, value in row.items() if name not in AUTHOR and value is not None}


def test_an_answered_comment_tells_when_it_was_answered_and_how_long_it_was_followed(rows):
    assert known(rows["c5"]) == {
        "page_id": "answers",
        "body": "akimat",
        "platform": "facebook",
        "post_id": "a2",
        "comment_id": "c5",
        "thread_id": "c5",
        "by_page": False,
        "top_level": True,
        "published_at": moment(5, 7),
        "published_local": datetime(2023, 1, 5, 13),  # noqa: DTZ001  # what the clock in Almaty showed
        "text": "Сұрақ қайда қояды?",
        "first_reply_at": moment(6, 7),
        "reply_hours": 24.0,
        "replies": 1,
        "unknown_replies": 0,
        "changes": 1,
        "inferred": False,
        "first_time": True,
        "followed_hours": 26 * 24 + 17.0,  # to the capture at the end of January, in UTC
        "captured_at": CAPTURED,
    }


def test_an_unanswered_comment_tells_since_when_it_waits(rows):
    row = rows["d1"]
    assert (row["first_reply_at"], row["reply_hours"]) == (None, None)
    assert (row["replies"], row["changes"]) == (0, 0)
    assert row["waiting_since"] == row["published_at"] == moment(3, 4)


def test_of_the_bodys_own_comments_nothing_is_said_about_answers(rows):
    row = rows["c6"]
    assert (row["by_page"], row["top_level"]) == (True, False)
    assert (row["parent_id"], row["thread_id"]) == ("c5", "c5")
    of_threads = FIELDS.names[FIELDS.names.index("first_reply_at") : -3]
    assert {row[name] for name in of_threads} == {None}


def test_a_person_has_the_same_key_everywhere_and_no_name(rows):
    assert rows["c1"]["author"] == rows["d1"]["author"]
    assert len({row["author"] for row in rows.values()}) == 7
    assert not {"700", "akim_press", "town.answers"} & {row["author"] for row in rows.values()}


def test_language_and_question_are_those_of_the_text(rows):
    assert (rows["c1"]["language"], rows["c1"]["asks"]) == ("ru", True)
    assert (rows["c3"]["language"], rows["c3"]["asks"]) == ("kk", False)


def test_who_waits_is_not_known_where_nobody_knows_who_answered(empty_town, comments_csv, add):
    file = comments_csv(
        ("broadcasts", "b", "c1", "", "700", "2023-01-02 10:00", "Когда?"),
        ("broadcasts", "b", "c2", "c1", "", "2023-01-02 11:00", "Завтра"),
    )
    add(empty_town, file, knows=("authors",))
    row = read(empty_town)[0]
    assert (row["unknown_replies"], row["waiting_since"], row["changes"]) == (1, None, None)


# ── 2 personal data ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("link", "kept"),
    [
        ("https://www.facebook.com/town/posts/1?comment_id=2", True),
        ("https://t.me/town/17?comment=19", True),
        ("https://mastodon.social/@somebody/1", False),
        ("https://bsky.app/profile/somebody.bsky.social/post/1", False),
        ("https://mastodon.social/users/somebody/statuses/1", False),
    ],
)
def test_an_address_that_names_somebody_is_left_out(empty_town, write, add, link, kept):
    heading = ("page_id", "post_id", "comment_id", "published_at", "text", "link")
    row = ("broadcasts", "b", "c1", "2023-01-02 10:00", "Хабарласыңыз: 8 701 123 45 67", link)
    add(empty_town, write("comments.csv", [heading, row]))
    (found,) = read(empty_town)
    assert found["link"] == (link if kept else None)
    assert found["text"] == "Хабарласыңыз: [tel]"


# ── 3 which rows ─────────────────────────────────────────────────────────────────────────────────


def test_rows_can_be_chosen_by_page_and_by_local_day(town):
    third = Window(first=date(2023, 1, 3), last=date(2023, 1, 5))
    assert [row["comment_id"] for row in read(town, window=third)] == ["c5", "d1", "d2"]
    assert [row["comment_id"] for row in read(town, window=third, pages=["answers"])] == ["c5"]
    assert read(town, pages=["silent"]) == []


def test_a_comment_stands_once_as_it_was_last_seen(own_town, comments_csv, add):
    file = comments_csv(
        ("answers", "a1", "c1", "", "700", "2023-01-02 11:00", "Когда дадут воду? Ответьте!"),
        ("answers", "a1", "c9", "", "709", "2023-01-02 15:00", "Рақмет"),
    )
    add(own_town, file, captured=datetime(2023, 2, 2, tzinfo=UTC))
    found = read(own_town, pages=["answers"])
    assert [row["comment_id"] for row in found] == ["c2", "c3", "c4", "c5", "c6", "c1", "c9"]
    assert found[-2]["text"] == "Когда дадут воду? Ответьте!"
    assert found[-2]["captured_at"] == datetime(2023, 2, 2, tzinfo=UTC)


# ── 4 files ──────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def files(town, tmp_path_factory):
    """
    The town's comments in each format, and what was written.
    """
    folder = tmp_path_factory.mktemp("files")
    chosen = Selection(pages=town.pages, window=town.window)
    with Corpus(town) as corpus:
        for form in ("csv", "xlsx", "jsonl", "parquet"):
            file = folder / f"comments.{form}"
            assert write_dataset(corpus, chosen, file=file, form=form, progress=nobody_asks) == 8
    return folder


def test_parquet_holds_the_rows_as_they_are(files, rows):
    table = pq.read_table(files / "comments.parquet")
    assert table.schema == FIELDS
    assert table.to_pylist() == list(rows.values())


def test_json_lines_hold_the_same_with_moments_as_texts(files, rows):
    lines = (files / "comments.jsonl").read_text(encoding="utf-8").splitlines()
    found = [json.loads(line) for line in lines]
    assert [list(row) for row in found] == [FIELDS.names] * 8
    assert found[0] == rows["c1"] | {
        "published_at": "2023-01-02T05:00:00Z",
        "published_local": "2023-01-02T11:00:00",
        "first_reply_at": "2023-01-02T07:00:00Z",
        "captured_at": "2023-02-01T00:00:00Z",
    }


def as_csv(value):
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


def test_csv_is_for_excel_and_holds_what_json_lines_hold(files):
    assert (files / "comments.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    with (files / "comments.csv").open(encoding="utf-8-sig", newline="") as stream:
        heading, *found = csv.reader(stream)
    lines = (files / "comments.jsonl").read_text(encoding="utf-8").splitlines()
    assert heading == FIELDS.names
    written = [[as_csv(value) for value in json.loads(line).values()] for line in lines]
    assert [[cell.removesuffix(".0") for cell in row] for row in written] == found


def test_xlsx_holds_the_same_with_moments_as_dates(files, rows):
    heading, *found = read_xlsx(files / "comments.xlsx")
    assert heading == FIELDS.names
    first = dict(zip(heading, found[0], strict=True))
    assert first["published_at"] == "2023-01-02 05:00:00"
    assert first["published_local"] == "2023-01-02 11:00:00"
    assert (first["by_page"], first["reply_hours"], first["parent_id"]) == ("false", "2", "")
    assert [row[4] for row in found] == list(rows)


def test_a_text_that_a_spreadsheet_would_run_does_not_run(empty_town, comments_csv, add, tmp_path):
    file = comments_csv(("answers", "a", "c1", "", "7", "2023-01-02 10:00", "=1+1"))
    add(empty_town, file)
    chosen = Selection(pages=empty_town.pages, window=empty_town.window)
    with Corpus(empty_town) as corpus:
        write_dataset(corpus, chosen, file=tmp_path / "x.csv", form="csv", progress=nobody_asks)
    with (tmp_path / "x.csv").open(encoding="utf-8-sig", newline="") as stream:
        (row,) = csv.DictReader(stream)
    assert row["text"] == "'=1+1"


def test_where_nothing_is_chosen_the_heading_alone_is_written(empty_town, tmp_path):
    chosen = Selection(pages=empty_town.pages, window=empty_town.window)
    with Corpus(empty_town) as corpus:
        for form in ("csv", "xlsx", "jsonl", "parquet"):
            file = tmp_path / f"x.{form}"
            assert write_dataset(corpus, chosen, file=file, form=form, progress=nobody_asks) == 0
    assert pq.read_table(tmp_path / "x.parquet").schema == FIELDS
    assert (tmp_path / "x.jsonl").read_bytes() == b""
    assert read_xlsx(tmp_path / "x.xlsx") == [FIELDS.names]
    heading = (tmp_path / "x.csv").read_text(encoding="utf-8-sig")
    assert heading == ",".join(f'"{name}"' for name in FIELDS.names) + "\n"


def test_more_rows_than_a_spreadsheet_takes_are_refused(tmp_path):
    check_fits(1_048_575, file=tmp_path / "x.xlsx")
    with pytest.raises(Misused, match=r"1048576 comments do not fit .* takes 1048575\. Choose"):
        check_fits(1_048_576, file=tmp_path / "x.xlsx")


# ── 5 whole files ────────────────────────────────────────────────────────────────────────────────


def test_an_interrupted_export_leaves_the_file_of_before(town, tmp_path):
    def interrupt(_):
        raise KeyboardInterrupt

    file = tmp_path / "comments.csv"
    file.write_text("before", encoding="utf-8")
    chosen = Selection(pages=town.pages, window=town.window)
    with Corpus(town) as corpus, pytest.raises(KeyboardInterrupt):
        write_dataset(corpus, chosen, file=file, form="csv", progress=interrupt)
    assert [one.name for one in tmp_path.iterdir()] == ["comments.csv"]
    assert file.read_text(encoding="utf-8") == "before"


def test_progress_tells_how_many_of_how_many(town):
    said = []
    chosen = Selection(pages=town.pages, window=town.window)
    with Corpus(town) as corpus:
        list(read_dataset(corpus, chosen, progress=lambda step: said.append(str(step))))
    assert "comments written: 0 of 8" in said


def test_the_how_to_explains_every_field_in_order():
    lines = HOW_TO.read_text(encoding="utf-8").splitlines()
    cells = [line.split("|")[1] for line in lines if line.startswith("| `")]
    named = [name.strip(" `") for cell in cells for name in cell.split(",")]
    assert named == FIELDS.names
