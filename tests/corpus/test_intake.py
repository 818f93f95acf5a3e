"""
The one road in.

1. Read = kept + unchanged + rejected. The same file twice changes nothing; differing rows are both kept.
2. Captures are history: the newest wins, also where it knows less; ties go to what was taken in later.
3. Rows are given to pages by id, handle or address; rows of no page, or of another, are rejected.
4. Absent is not zero. A comment whose post is unknown is kept, with a note.
5. Nobody is named: authors and handles are keyed hashes, in every byte that is stored.
6. What a source knows and who speaks for the body can be corrected later.
7. Texts are stored as they are: long, like a formula, with quotation marks and line breaks.
"""

from __future__ import annotations

import csv
from datetime import UTC, datetime

import pyarrow.parquet as pq
import pytest

from qulaq.corpus.ids import open_pseudonyms
from qulaq.corpus.intake import Order, take_in
from qulaq.engine import connect
from qulaq.errors import StudyError, UnknownName
from qulaq.store import Store
from qulaq.study import open_study

JANUARY, FEBRUARY, MARCH = (datetime(2023, month, 1, tzinfo=UTC) for month in (1, 2, 3))


def amend(study, before, after):
    """
    The study with its settings changed and read again.
    """
    text = study.settings.read_text(encoding="utf-8")
    assert before in text
    study.settings.write_text(text.replace(before, after), encoding="utf-8")
    return open_study(study.folder)


def by_page(balance):
    return {page.page: page for page in balance.pages}


# ── 1 the balance ────────────────────────────────────────────────────────────────────────────────


def test_the_balance_has_a_line_for_each_page_and_one_for_rows_of_none(empty_town, posts_csv, add):
    file = posts_csv(
        ("answers", "a1", "2023-01-02 10:00", "1"),
        ("answers", "a1", "2023-01-02 10:00", "1"),
        ("broadcasts", "b1", "2023-01-02 10:00", "x"),
        ("nobody", "n1", "2023-01-02 10:00", "1"),
    )
    balance = add(empty_town, file)
    pages = by_page(balance)
    assert list(pages) == ["answers", "broadcasts", None]
    counts = {
        page: (one.read, one.kept, one.unchanged, one.rejected) for page, one in pages.items()
    }
    assert counts == {"answers": (2, 1, 1, 0), "broadcasts": (1, 0, 0, 1), None: (1, 0, 0, 1)}


def test_the_same_file_twice_is_unchanged_and_makes_no_batch(own_town, add, bytes_of, town_folder):
    before = bytes_of(own_town)
    for name in ("posts", "comments", "counts"):
        balance = add(own_town, town_folder / "exports" / f"{name}.csv", captured=FEBRUARY)
        assert balance.total("unchanged") == balance.total("read") > 0
    assert bytes_of(own_town) == before


def test_the_same_records_in_another_file_are_unchanged_too(own_town, add, write, town_folder):
    text = (town_folder / "exports" / "posts.csv").read_text(encoding="utf-8")
    heading, *rows = text.splitlines()
    balance = add(
        own_town, write("again.csv", "\n".join([heading, *reversed(rows)])), captured=FEBRUARY
    )
    assert (balance.total("read"), balance.total("unchanged")) == (4, 4)


def test_differing_rows_of_one_record_are_both_kept_and_the_later_wins(
    empty_town, posts_csv, add, stored, newest
):
    file = posts_csv(
        ("answers", "a1", "2023-01-02 10:00", "5"),
        ("answers", "a1", "2023-01-02 10:00", "9"),
        ("answers", "a1", "2023-01-02 10:00", "7"),
    )
    assert add(empty_town, file).total("kept") == 3
    assert [row["likes"] for row in stored(empty_town, "posts")] == [5, 9, 7]
    assert newest(empty_town, "posts")["a1"]["likes"] == 7


def test_rejected_rows_lie_in_a_csv_with_line_reason_and_remedy(empty_town, posts_csv, add):
    file = posts_csv(
        ("answers", "a1", "2023-01-02 10:00", "1"),
        ("answers", "a2", "yesterday", "1"),
        ("answers", "a3", "2023-01-02 10:00", "-4"),
    )
    balance = add(empty_town, file)
    with balance.rejects_file.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [(row["line"], row["page"]) for row in rows] == [("3", "answers"), ("4", "answers")]
    assert "yesterday" in rows[0]["reason"]
    assert "-4" in rows[1]["reason"]
    assert all(row["remedy"] for row in rows)
    assert [one.line for one in balance.rejects] == [3, 4]


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_list_of_rejected_rows_is_never_empty_in_any_language(
    empty_town, posts_csv, add, language
):
    balance = add(
        empty_town, posts_csv(("answers", "a3", "2023-01-02 10:00", "-4")), language=language
    )
    assert "-4" in balance.rejects_file.read_text(encoding="utf-8-sig")


def test_lines_are_counted_as_a_spreadsheet_does_also_after_texts_of_several_lines(
    empty_town, write, add
):
    file = write(
        "posts.csv",
        "page_id,post_id,published_at,text\n"
        'answers,a1,2023-01-02 10:00,"one\ntwo\nthree"\n'
        "answers,a2,never,x\n"
        "answers,a3\n"
        "answers,a4,never,x\n",
    )
    balance = add(empty_town, file)
    assert [(one.line, one.problem) for one in balance.rejects] == [
        (3, "moment_unreadable"),
        (4, "cells"),
        (5, "moment_unreadable"),
    ]


def test_rows_keep_the_order_of_the_file(empty_town, posts_csv, add, stored):
    rows = [("answers", f"p{i:05}", "2023-01-02 10:00", str(i)) for i in range(5000, 0, -1)]
    add(empty_town, posts_csv(*rows))
    assert [row["likes"] for row in stored(empty_town, "posts")] == list(range(5000, 0, -1))


def test_an_import_tells_the_manifest_what_it_was(own_town):
    batches = Store(own_town.corpus).batches()
    assert [(one.number, one.file, one.format) for one in batches] == [
        (1, "posts.csv", "table"),
        (2, "comments.csv", "table"),
        (3, "counts.csv", "table"),
    ]
    assert (batches[1].read, batches[1].kept, batches[1].rows["comments"]) == (8, 8, 8)
    assert batches[0].taken_in == "2026-11-23T09:00:00+00:00"


def test_a_study_without_pages_takes_nothing_in(make_study, posts_csv):
    study = make_study('id = "x"\ntitle = "X"\nwindow = { from = 2023-01-01, to = 2023-01-31 }\n')
    with pytest.raises(StudyError, match="names no page"):
        take_in(study, posts_csv(("answers", "a1", "2023-01-02 10:00", "1")))


# ── 2 captures are history ───────────────────────────────────────────────────────────────────────


def test_the_newest_capture_wins_even_where_its_count_is_hidden(empty_town, posts_csv, add, newest):
    add(
        empty_town,
        posts_csv(("answers", "a1", "2023-01-02 10:00", "5"), name="1.csv"),
        captured=JANUARY,
    )
    add(
        empty_town,
        posts_csv(("answers", "a1", "2023-01-02 10:00", ""), name="2.csv"),
        captured=FEBRUARY,
    )
    assert newest(empty_town, "posts")["a1"]["likes"] is None


def test_an_older_capture_imported_later_is_kept_but_does_not_win(
    empty_town, posts_csv, add, newest, stored
):
    add(
        empty_town,
        posts_csv(("answers", "a1", "2023-01-02 10:00", "9"), name="1.csv"),
        captured=MARCH,
    )
    balance = add(
        empty_town,
        posts_csv(("answers", "a1", "2023-01-02 10:00", "5"), name="2.csv"),
        captured=FEBRUARY,
    )
    assert balance.total("kept") == 1
    assert len(stored(empty_town, "posts")) == 2
    assert newest(empty_town, "posts")["a1"]["likes"] == 9


def test_of_two_captures_of_the_same_moment_the_one_taken_in_later_wins(
    empty_town, posts_csv, add, newest
):
    for likes in ("5", "3"):
        add(
            empty_town,
            posts_csv(("answers", "a1", "2023-01-02 10:00", likes), name=f"{likes}.csv"),
            captured=MARCH,
        )
    assert newest(empty_town, "posts")["a1"]["likes"] == 3


def test_a_count_that_returns_to_an_earlier_value_is_new(empty_town, posts_csv, add, newest):
    for moment, likes in ((JANUARY, "5"), (FEBRUARY, "6"), (MARCH, "5")):
        file = posts_csv(("answers", "a1", "2022-12-31 10:00", likes), name="p.csv")
        assert add(empty_town, file, captured=moment).total("kept") == 1
    assert newest(empty_town, "posts")["a1"]["likes"] == 5


def test_rows_that_carry_their_moment_of_capture_need_none_from_the_command(
    empty_town, write, add, newest
):
    rows = [
        ("page_id", "post_id", "published_at", "likes", "captured_at"),
        ("answers", "a1", "2023-01-02 10:00", "9", "2023-03-01 00:00"),
        ("answers", "a1", "2023-01-02 10:00", "5", "2023-02-01 00:00"),
    ]
    balance = add(empty_town, write("p.csv", rows))
    assert balance.notes == ()
    assert newest(empty_town, "posts")["a1"]["likes"] == 9


def test_without_a_moment_of_capture_the_newest_record_stands_for_it(
    empty_town, posts_csv, add, stored
):
    balance = add(
        empty_town,
        posts_csv(
            ("answers", "a1", "2023-01-02 10:00", "1"), ("answers", "a2", "2023-01-09 10:00", "1")
        ),
    )
    (capture,) = stored(empty_town, "captures")
    assert capture["captured_at"] is None
    assert capture["captured_lower"] == datetime(2023, 1, 9, 4, tzinfo=UTC)
    assert any("--captured" in str(note) for note in balance.notes)


def test_an_unchanged_record_is_covered_by_the_new_capture(own_town, add, stored, town_folder):
    before = len(stored(own_town, "captures"))
    balance = add(own_town, town_folder / "exports" / "posts.csv", captured=MARCH)
    assert balance.total("unchanged") == 4
    captures = stored(own_town, "captures")
    assert len(captures) == before + 2
    assert {one["covers_until"] for one in captures[before:]} == {MARCH}


def test_the_same_words_under_other_knowledge_are_new(own_town, add, newest, town_folder):
    file = town_folder / "exports" / "comments.csv"
    balance = add(own_town, file, captured=FEBRUARY, knows=("page-authors",))
    assert balance.total("kept") == balance.total("read") == 8
    assert newest(own_town, "comments")["c1"]["knows_authors"] == "page"
    assert add(own_town, file, captured=FEBRUARY, knows=("page-authors",)).total("unchanged") == 8


# ── 3 whose row it is ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "name",
    [
        "answers",
        "100",
        "town.answers",
        "@Town.Answers",
        "https://www.facebook.com/town.answers",
        "facebook.com/town.answers/posts/5?x=1",
        "https://m.facebook.com/100/posts/5",
    ],
)
def test_a_page_is_found_by_its_id_handle_or_address(empty_town, posts_csv, add, name):
    balance = add(empty_town, posts_csv((name, "a1", "2023-01-02 10:00", "1")))
    assert list(by_page(balance)) == ["answers"]


def test_rows_of_a_page_outside_the_study_are_rejected_with_the_remedy(
    empty_town, posts_csv, add, stored
):
    balance = add(empty_town, posts_csv(("999", "x", "2023-01-02 10:00", "1")))
    (reject,) = balance.rejects
    assert "“999”" in str(reject.reason)
    assert "study.toml" in str(reject.remedy)
    assert "--page" in str(reject.remedy)
    assert stored(empty_town, "posts") == []


def test_rows_that_name_no_page_are_rejected_unless_the_command_names_it(
    empty_town, posts_csv, add
):
    file = posts_csv(("", "a1", "2023-01-02 10:00", "1"))
    (reject,) = add(empty_town, file).rejects
    assert reject.problem == "page_unnamed"
    assert "--page" in str(reject.remedy)
    assert by_page(add(empty_town, file, page="silent"))["silent"].kept == 1


def test_rows_of_another_page_than_the_one_named_are_rejected(empty_town, posts_csv, add):
    file = posts_csv(("100", "a1", "2023-01-02 10:00", "1"), ("200", "b1", "2023-01-02 10:00", "1"))
    balance = add(empty_town, file, page="broadcasts")
    assert by_page(balance)["broadcasts"].kept == 1
    (reject,) = balance.rejects
    assert (reject.problem, reject.found) == ("page_other", "answers")


def test_a_handle_of_two_pages_names_neither(make_study, posts_csv, add, town):
    toml = town.settings.read_text(encoding="utf-8").replace("town_silent", "town.answers")
    study = make_study(toml)
    file = posts_csv(("town.answers", "a1", "2023-01-02 10:00", "1"))
    (reject,) = add(study, file).rejects
    assert reject.problem == "page_ambiguous"
    assert "--page" in str(reject.remedy)
    assert by_page(add(study, file, page="silent"))["silent"].kept == 1


def test_an_unknown_page_in_the_command_is_answered_with_the_known_ones(empty_town, posts_csv, add):
    with pytest.raises(UnknownName, match="answers, broadcasts, silent"):
        add(empty_town, posts_csv(("", "a1", "2023-01-02 10:00", "1")), page="nobody")


def test_a_forced_pages_zone_reads_the_clock(empty_town, posts_csv, add, stored):
    add(empty_town, posts_csv(("", "s1", "2023-01-02 10:00", "1")), page="silent")
    (row,) = stored(empty_town, "posts")
    assert row["published_at"] == datetime(2023, 1, 2, 5, tzinfo=UTC)  # Asia/Oral, UTC+5


@pytest.mark.parametrize("name", ["study [2023]", "a*b?", "it's", "құлақ %20 {x}"])
def test_folders_and_files_may_bear_any_name(make_study, town, write, add, newest, name):  # noqa: PLR0917
    study = make_study(town.settings.read_text(encoding="utf-8"), name=name)
    rows = "page_id,post_id,published_at,likes\nanswers,{},2023-01-02 10:00,1\n"
    add(study, write(f"{name}.csv", rows.format("a1")))
    add(study, write(f"{name}-2.csv", rows.format("a2")))
    assert set(newest(study, "posts")) == {"a1", "a2"}


# ── 4 absent is not zero ─────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("hidden", ["", "—", "N/A", "null", "  "])
def test_a_hidden_count_is_missing_and_not_zero(empty_town, posts_csv, add, stored, hidden):
    add(
        empty_town,
        posts_csv(
            ("answers", "a1", "2023-01-02 10:00", hidden),
            ("answers", "a2", "2023-01-02 10:00", "0"),
        ),
    )
    assert [row["likes"] for row in stored(empty_town, "posts")] == [None, 0]


def test_a_column_that_is_not_there_is_missing_throughout(own_town, newest):
    assert {row["views"] for row in newest(own_town, "posts").values()} == {None}


def test_a_comment_whose_post_is_unknown_is_kept_and_told_of(empty_town, comments_csv, add, stored):
    balance = add(
        empty_town, comments_csv(("answers", "a9", "c1", "", "700", "2023-01-02 10:00", "?"))
    )
    assert balance.total("kept") == 1
    assert len(stored(empty_town, "comments")) == 1
    assert any("not in the corpus" in str(note) for note in balance.notes)


def test_a_comment_without_any_post_is_kept_in_silence(empty_town, comments_csv, add):
    balance = add(
        empty_town,
        comments_csv(("answers", "", "c1", "", "700", "2023-01-02 10:00", "?")),
        captured=FEBRUARY,
    )
    assert (balance.total("kept"), balance.notes) == (1, ())


@pytest.mark.parametrize(
    ("written", "utc"),
    [
        ("2023-01-02 10:00", "2023-01-02T04:00"),  # Almaty was at UTC+6
        ("2024-06-01 10:00", "2024-06-01T05:00"),  # and moved to UTC+5
        ("02.01.2023 10:00", "2023-01-02T04:00"),
        ("02.01.2023, 10:00:00", "2023-01-02T04:00"),
        ("2023-01-02", "2023-01-01T18:00"),
        ("2023-01-02T10:00:00Z", "2023-01-02T10:00"),
        ("2023-01-02T10:00:00+0000", "2023-01-02T10:00"),
        ("2023-01-02 10:00:00+05:00", "2023-01-02T05:00"),
        ("2023-01-02T10:00:00.250-05", "2023-01-02T15:00"),
        ("2021-07-06 16:45:20 EDT", "2021-07-06T20:45"),
        ("2021-07-06 16:45 MSK", "2021-07-06T13:45"),
        ("1672653600", "2023-01-02T10:00"),
        ("1672653600000", "2023-01-02T10:00"),
    ],
)
def test_a_moment_is_read_in_its_own_zone_or_the_bodys(  # noqa: PLR0917
    empty_town, posts_csv, add, stored, written, utc
):
    add(empty_town, posts_csv(("answers", "a1", written, "1")))
    (row,) = stored(empty_town, "posts")
    assert f"{row['published_at']:%Y-%m-%dT%H:%M}" == utc


def test_a_zone_that_nobody_knows_is_refused_and_not_dropped(empty_town, posts_csv, add):
    (reject,) = add(empty_town, posts_csv(("answers", "a1", "2023-01-02 10:00 XYZ", "1"))).rejects
    assert reject.problem == "zone_unknown"
    assert "+05:00" in str(reject.remedy)


@pytest.mark.parametrize(
    ("written", "count"),
    [
        ("1234", 1234),
        ("1 234", 1234),
        ("1\u00a0234", 1234),
        ("1,234", 1234),
        ("1.234.567", 1234567),
        ("12,0", 12),
    ],
)
def test_counts_are_read_with_any_thousands_separator(  # noqa: PLR0917
    empty_town, posts_csv, add, stored, written, count
):
    add(empty_town, posts_csv(("answers", "a1", "2023-01-02 10:00", written)))
    assert stored(empty_town, "posts")[0]["likes"] == count


def test_an_id_that_a_spreadsheet_rounded_is_refused(empty_town, posts_csv, add):
    (reject,) = add(
        empty_town, posts_csv(("answers", "1,01582E+16", "2023-01-02 10:00", "1"))
    ).rejects
    assert reject.problem == "id_rounded"
    assert "spreadsheet" in str(reject.remedy)


# ── 5 nobody is named ────────────────────────────────────────────────────────────────────────────


def test_no_stored_byte_names_an_author_a_handle_or_a_mentioned_person(empty_town, write, add):
    rows = [
        (
            "page_id",
            "post_id",
            "comment_id",
            "author",
            "author_handle",
            "author_name",
            "published_at",
            "text",
        ),
        (
            "answers",
            "a1",
            "c1",
            "id-7788990011",
            "dina.zhumabek",
            "Дина Жұмабек",
            "2023-01-02 10:00",
            "Сәлем",
        ),
        (
            "answers",
            "a1",
            "c2",
            "id-7788990012",
            "@oleg_petrov",
            "Олег Петров",
            "2023-01-02 11:00",
            "Привет",
        ),
    ]
    add(empty_town, write("comments.csv", rows))
    secrets = [
        "7788990011",
        "7788990012",
        "dina",
        "zhumabek",
        "Дина",
        "Жұмабек",
        "oleg",
        "petrov",
        "Петров",
    ]
    cells = []
    for file in empty_town.corpus.rglob("*"):
        if file.suffix == ".parquet":
            cells += [
                str(value)
                for row in pq.ParquetFile(file).read().to_pylist()
                for value in row.values()
            ]
        if file.is_file():
            raw = file.read_bytes().lower()
            assert not [secret for secret in secrets if secret.lower().encode() in raw], file
    assert not [cell for cell in cells for secret in secrets if secret.lower() in cell.lower()]
    assert "Сәлем" in cells


def test_mentions_are_hashes_of_the_handles_in_the_text(empty_town, comments_csv, add, stored):
    add(
        empty_town,
        comments_csv(
            (
                "answers",
                "a1",
                "c1",
                "",
                "700",
                "2023-01-02 10:00",
                "@Oleg_Petrov, @akim_press. жауап",
            )
        ),
    )
    pseudonyms = open_pseudonyms(Store(empty_town.corpus))
    (row,) = stored(empty_town, "comments")
    assert row["mentions"] == [pseudonyms.of("oleg_petrov"), pseudonyms.of("akim_press")]
    assert row["author"] == pseudonyms.of("700")


@pytest.mark.parametrize(
    "name", ["700", "@Akim_Press", " akim_press ", "ӘКІМ", "İstanbul", "ẞtraße", "it's", "@", "a@b"]
)
def test_the_hash_is_the_same_in_sql_and_in_python(empty_town, own_town, name):
    pseudonyms = open_pseudonyms(Store(own_town.corpus))
    with connect() as connection:
        sql = connection.execute(
            f"SELECT {pseudonyms.sql('name')} FROM (SELECT ? AS name)", [name]
        ).fetchall()
    assert sql == [(pseudonyms.of(name),)]


def test_two_corpora_give_the_same_person_different_hashes(
    own_town, empty_town, comments_csv, add, stored
):
    add(empty_town, comments_csv(("answers", "a1", "c1", "", "700", "2023-01-02 10:00", "?")))
    theirs = {row["author"] for row in stored(own_town, "comments")}
    assert stored(empty_town, "comments")[0]["author"] not in theirs


# ── threads ──────────────────────────────────────────────────────────────────────────────────────


def test_a_thread_seven_deep_has_one_root_in_whatever_order_it_comes(
    empty_town, comments_csv, add, stored
):
    rows = [
        ("answers", "a1", f"c{i}", f"c{i - 1}" if i else "", "700", f"2023-01-02 10:0{i}", "…")
        for i in range(8)
    ]
    add(empty_town, comments_csv(*reversed(rows)))
    assert {row["thread_id"] for row in stored(empty_town, "comments")} == {"c0"}


def test_a_ring_of_comments_ends(empty_town, comments_csv, add, stored):
    rows = [
        ("answers", "a1", f"c{i}", f"c{(i + 1) % 3}", "700", f"2023-01-02 10:0{i}", "…")
        for i in range(3)
    ]
    rows.append(("answers", "a1", "own", "own", "700", "2023-01-02 10:09", "answers itself"))
    assert add(empty_town, comments_csv(*rows)).total("kept") == 4
    roots = {row["comment_id"]: row["thread_id"] for row in stored(empty_town, "comments")}
    assert roots["own"] == "own"
    assert all(roots[f"c{i}"] in {"c0", "c1", "c2"} for i in range(3))


def test_a_reply_to_a_stored_comment_joins_its_thread(own_town, comments_csv, add, stored):
    add(own_town, comments_csv(("answers", "a1", "c9", "c2", "700", "2023-01-03 10:00", "Рахмет")))
    assert stored(own_town, "comments")[-1]["thread_id"] == "c1"


def test_a_reply_to_a_comment_that_nobody_holds_roots_in_that_comment(
    empty_town, comments_csv, add, stored
):
    add(
        empty_town,
        comments_csv(("answers", "a1", "c9", "lost", "700", "2023-01-03 10:00", "Рахмет")),
    )
    assert stored(empty_town, "comments")[0]["thread_id"] == "lost"


def test_comments_without_ids_get_the_same_one_each_time(empty_town, comments_csv, add, stored):
    rows = [
        ("answers", "a1", "", "", "700", "2023-01-02 10:00", "Бірінші"),
        ("answers", "a1", "", "", "701", "2023-01-02 10:00", "Бірінші"),
        ("answers", "a1", "", "", "700", "2023-01-02 10:00", "Екінші"),
    ]
    assert add(empty_town, comments_csv(*rows)).total("kept") == 3
    assert len({row["comment_id"] for row in stored(empty_town, "comments")}) == 3
    assert add(empty_town, comments_csv(*reversed(rows), name="again.csv")).total("unchanged") == 3


# ── 6 corrected later ────────────────────────────────────────────────────────────────────────────


def test_the_towns_comments_are_told_apart_by_who_speaks(town, newest):
    comments = newest(town, "comments")
    assert {one for one, row in comments.items() if row["by_page"]} == {"c2", "c4", "c6"}
    assert {row["by_page"] for row in comments.values()} == {True, False}


def test_an_account_added_to_the_study_later_corrects_the_past(own_town, newest):
    assert newest(own_town, "comments")["d2"]["by_page"] is False
    study = amend(own_town, 'ids = ["200"]', 'ids = ["200"]\naccounts = ["703"]')
    assert newest(study, "comments")["d2"]["by_page"] is True


def test_what_the_study_says_its_exports_know_corrects_the_past(
    empty_town, comments_csv, add, newest
):
    add(empty_town, comments_csv(("answers", "a1", "c1", "", "", "2023-01-02 10:00", "?")))
    assert newest(empty_town, "comments")["c1"]["by_page"] is None
    study = amend(empty_town, 'ids = ["100"]', 'ids = ["100"]\nknows = "page-authors"')
    assert newest(study, "comments")["c1"]["by_page"] is False


def test_what_the_command_said_stands_against_the_study(empty_town, comments_csv, add, newest):
    add(
        empty_town,
        comments_csv(("answers", "a1", "c1", "", "", "2023-01-02 10:00", "?")),
        knows=("no-authors",),
    )
    study = amend(empty_town, 'ids = ["100"]', 'ids = ["100"]\nknows = "page-authors"')
    assert newest(study, "comments")["c1"]["by_page"] is None


def test_what_a_source_can_know_is_said_in_known_words(empty_town, posts_csv, add):
    with pytest.raises(UnknownName, match="page-authors"):
        add(
            empty_town,
            posts_csv(("answers", "a1", "2023-01-02 10:00", "1")),
            knows=("page-author",),
        )


# ── 7 texts as they are ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "text",
    [
        '=HYPERLINK("http://x")',
        "+7 701 000 00 00",
        "<script>alert(1)</script>",
        'a "quoted" text, with; separators\tand\nlines',
        "әіңғүұқөһ 👩‍👩‍👧 ä",
        "\\N 'x' \x1f $.a",
    ],
)
def test_a_text_is_stored_as_it_is(empty_town, comments_csv, add, stored, text):
    add(empty_town, comments_csv(("answers", "a1", "c1", "", "700", "2023-01-02 10:00", text)))
    assert stored(empty_town, "comments")[0]["text"] == text


@pytest.mark.parametrize("name", ["c.csv", "c.jsonl", "c.json"])
def test_a_text_of_a_million_characters_is_taken_in_whole(empty_town, write, add, stored, name):
    import json

    text = "Қ" * 1_000_000
    record = {
        "page_id": "answers",
        "comment_id": "c1",
        "published_at": "2023-01-02 10:00",
        "text": text,
    }
    other = {**record, "comment_id": "c2", "text": "short"}
    content = {
        "c.csv": [tuple(record), tuple(record.values()), tuple(other.values())],
        "c.jsonl": f"{json.dumps(record)}\n{json.dumps(other)}\n",
        "c.json": [record, other],
    }[name]
    assert add(empty_town, write(name, content)).total("kept") == 2
    assert [row["text"] for row in stored(empty_town, "comments")] == [text, "short"]


def test_progress_is_told_step_by_step(empty_town, posts_csv):
    told = []
    take_in(
        empty_town,
        posts_csv(("answers", "a1", "2023-01-02 10:00", "1")),
        Order(),
        progress=lambda step: told.append(str(step)),
    )
    assert told == ["reading", "checking", "comparing with what is stored", "storing"]


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_json_lines_keep_the_order_of_the_file(empty_town, write, add, stored, end):
    record = '{{"page_id": "answers", "post_id": "p{0}", "published_at": "2023-01-02 10:00", "likes": {0}}}'
    add(empty_town, write("p.jsonl", "\n".join(record.format(i) for i in range(3000)) + end))
    assert [row["likes"] for row in stored(empty_town, "posts")] == list(range(3000))


@pytest.mark.parametrize("name", ["plain.csv.gz", "plain.csv.zst"])
def test_a_file_is_what_it_holds_and_not_what_its_name_says(empty_town, write, add, name):
    content = "page_id,post_id,published_at,likes\nanswers,a1,2023-01-02 10:00,1\n"
    assert add(empty_town, write(name, content)).total("kept") == 1


def test_a_file_whose_name_holds_an_end_of_line_leaves_the_manifest_whole(
    empty_town, posts_csv, add
):
    add(empty_town, posts_csv(("answers", "a1", "2023-01-02 10:00", "1"), name="p\u2028q\x85.csv"))
    assert [one.file for one in Store(empty_town.corpus).batches()] == ["p\u2028q\x85.csv"]


def test_the_order_of_imports_does_not_change_a_thread(empty_town, comments_csv, add, newest):
    first = comments_csv(("answers", "p", "c", "b", "100", "2023-01-02 12:00", "?"), name="c.csv")
    later = comments_csv(
        ("answers", "p", "a", "", "7", "2023-01-02 10:00", "?"),
        ("answers", "p", "b", "a", "8", "2023-01-02 11:00", "?"),
        name="ab.csv",
    )

    add(empty_town, first)
    add(empty_town, later)

    assert newest(empty_town, "comments")["c"]["thread_id"] == "a"


def test_records_without_ids_that_say_the_same_are_two(empty_town, write, add, newest):
    rows = "page_id,published_at,likes\nanswers,2023-01-02,0\nanswers,2023-01-02,0\nanswers,2023-01-02,3\n"
    file = write("posts.csv", rows)

    assert add(empty_town, file).total("kept") == 3
    assert len(newest(empty_town, "posts")) == 3
    assert add(empty_town, file).total("unchanged") == 3


def test_an_account_of_the_body_speaks_for_it_whatever_the_source_says(
    empty_town, write, add, newest
):
    file = write(
        "comments.csv",
        "page_id,post_id,comment_id,author_handle,by_page_source,published_at,text\n"
        "answers,p,c,akim_press,no,2023-01-02 10:00,?\n",
    )

    add(empty_town, file)

    assert newest(empty_town, "comments")["c"]["by_page"] is True


def test_a_record_from_the_future_is_rejected(empty_town, posts_csv, add):
    balance = add(empty_town, posts_csv(("answers", "a", "2033-01-02 10:00", "1")))

    assert [reject.problem for reject in balance.rejects] == ["moment_future"]


def test_the_day_after_a_capture_at_midnight_was_not_observed(empty_town, posts_csv, add):
    from datetime import UTC, datetime

    from qulaq.corpus.coverage import describe
    from qulaq.corpus.current import Corpus

    midnight_in_almaty = datetime(2023, 1, 20, 18, tzinfo=UTC)
    add(
        empty_town,
        posts_csv(("answers", "a", "2023-01-02 10:00", "1")),
        captured=midnight_in_almaty,
    )

    with Corpus(empty_town) as corpus:
        assert describe(corpus)[0].observed_to.isoformat() == "2023-01-20"


def test_a_word_on_the_command_line_may_unsay_what_was_known(empty_town, comments_csv, add, newest):
    row = ("answers", "p", "c", "", "", "2023-01-02 10:00", "?")
    add(empty_town, comments_csv(row), knows=("page-authors",))

    assert add(empty_town, comments_csv(row), knows=("no-authors",)).total("kept") == 1
    assert newest(empty_town, "comments")["c"]["by_page"] is None


def test_profile_addresses_tell_pages_apart(make_study, write, add):
    study = make_study(
        'id = "s"\ntitle = "S"\nwindow = { from = 2023-01-01, to = 2023-01-31 }\n'
        '[[bodies]]\nid = "b"\nname = "B"\n'
        '[[pages]]\nid = "p"\nbody = "b"\nplatform = "facebook"\n'
        'url = "https://www.facebook.com/profile.php?id=111"\n'
    )
    file = write(
        "posts.csv",
        "page,post_id,published_at,likes\nhttps://facebook.com/profile.php?id=111,a,2023-01-02,1\n"
        "https://facebook.com/profile.php?id=222,b,2023-01-02,1\n",
    )

    balance = add(study, file)

    assert balance.total("kept") == 1
    assert [reject.problem for reject in balance.rejects] == ["page_unknown"]


def test_a_file_with_two_versions_of_a_record_is_unchanged_the_second_time(
    empty_town, posts_csv, add
):
    row = ("answers", "a", "2023-01-02 10:00")
    file = posts_csv((*row, "5"), (*row, "6"), (*row, "5"))

    assert add(empty_town, file).total("kept") == 3
    for _ in range(2):
        again = add(empty_town, file)
        assert (again.total("kept"), again.total("unchanged")) == (0, 3)


def test_a_visitors_post_is_told_apart_without_naming_the_visitor(empty_town, write, add):
    posts = [
        {"id": "200_1", "created_time": "2023-01-02T10:00:00+0000", "message": "?", "status_type": "wall_post",
         "from": {"id": "987654321", "name": "Somebody"}},
        {"id": "200_2", "created_time": "2023-01-02T10:00:00+0000", "message": "!", "status_type": "added_photos",
         "from": {"id": "200", "name": "Page"}},
    ]  # fmt: skip
    file = write("feed.json", {"data": posts, "paging": {}})

    for order in ({}, {"page": "broadcasts"}):
        balance = add(empty_town, file, **order)
        assert [reject.problem for reject in balance.rejects] == ["visitor"]
        assert "987654321" not in balance.rejects_file.read_text(encoding="utf-8-sig")


def test_comments_in_the_apis_own_choice_of_fields_are_comments(empty_town, write, add, newest):
    comments = [
        {"id": "55_1", "created_time": "2023-01-02T10:00:00+0000", "message": "?", "from": {"id": "7", "name": "A"}},
        {"id": "55_2", "created_time": "2023-01-02T11:00:00+0000", "message": "!", "from": {"id": "200", "name": "P"}},
    ]  # fmt: skip

    balance = add(empty_town, write("c.json", {"data": comments, "paging": {}}), page="broadcasts")

    assert balance.total("kept") == 2
    assert {key: row["by_page"] for key, row in newest(empty_town, "comments").items()} == {
        "1": False,
        "2": True,
    }


def test_pages_that_the_study_no_longer_names_are_told(own_town):
    from qulaq.corpus.coverage import strangers
    from qulaq.corpus.current import Corpus
    from qulaq.study import open_study

    settings = own_town.settings
    settings.write_text(
        settings.read_text(encoding="utf-8").replace('id = "broadcasts"', 'id = "renamed"'),
        encoding="utf-8",
    )

    with Corpus(open_study(own_town.folder)) as corpus:
        assert strangers(corpus) == ["broadcasts"]


# ── replies that came without their post ─────────────────────────────────────────────────────────


def test_a_reply_without_a_post_stands_below_the_post_of_its_thread(
    empty_town, comments_csv, add, newest
):
    add(empty_town, comments_csv(("answers", "", "r", "c1", "100", "2023-01-02 13:00", "Иә")))
    assert newest(empty_town, "comments")["r"]["post_id"] is None
    add(empty_town, comments_csv(("answers", "a1", "c1", "", "700", "2023-01-02 11:00", "Су?")))
    assert newest(empty_town, "comments")["r"]["post_id"] == "a1"


def test_a_reply_to_a_reply_without_a_post_finds_it_through_the_root(
    empty_town, comments_csv, add, newest
):
    add(
        empty_town,
        comments_csv(
            ("answers", "", "deep", "r", "700", "2023-01-02 14:00", "Рақмет"),
            ("answers", "", "r", "c1", "100", "2023-01-02 13:00", "Иә"),
            ("answers", "a1", "c1", "", "700", "2023-01-02 11:00", "Су?"),
        ),
    )
    assert {row["post_id"] for row in newest(empty_town, "comments").values()} == {"a1"}


def test_a_thread_that_addresses_the_page_without_a_post_has_none(
    empty_town, comments_csv, add, newest
):
    add(
        empty_town,
        comments_csv(
            ("answers", "", "c1", "", "700", "2023-01-02 11:00", "Су?"),
            ("answers", "", "r", "c1", "100", "2023-01-02 13:00", "Иә"),
            ("answers", "a1", "c2", "", "700", "2023-01-02 11:00", "Жол?"),
        ),
    )
    posts = {one: row["post_id"] for one, row in newest(empty_town, "comments").items()}
    assert posts == {"c1": None, "r": None, "c2": "a1"}
