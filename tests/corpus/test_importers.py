"""
Every format with files of its own: `samples/<importer>/<case>/raw.*` (or a folder `raw`) is imported the normal road and must
give exactly the records of `expected.json` (nulls left out, authors by name, moments in UTC).

`order` in `expected.json` holds what the command would say, `rejects` line and problem of rejected rows.
"""

from __future__ import annotations

import json
import re
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from qulaq.corpus.ids import open_pseudonyms
from qulaq.corpus.importers import IMPORTERS
from qulaq.corpus.intake import Order, take_in
from qulaq.corpus.template import KINDS, write_template
from qulaq.errors import UnreadableExport
from qulaq.exports import open_export
from qulaq.lang import LANGUAGES
from qulaq.store import Store

SAMPLES = Path(__file__).parent / "samples"
CASES = sorted(file.parent for file in SAMPLES.glob("*/*/expected.json"))
DERIVED = {"capture_id", "gone_between"}


def read_order(case, said):
    mapping = case / "mapping.toml"
    captured = said.get("captured")
    return Order(
        importer=said.get("importer"),
        mapping=mapping if mapping.exists() else None,
        page=said.get("page"),
        captured=datetime.fromisoformat(captured) if captured else None,
        knows=tuple(said.get("knows", ())),
    )


def as_expected(row, names):
    """
    A stored row as `expected.json` writes it.
    """

    def plain(key, value):
        if key in {"author", "author_handle"}:
            return names[value]
        if key == "mentions":
            return [names[one] for one in value]
        if isinstance(value, datetime):
            return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return value

    told = {key: value for key, value in row.items() if value is not None and key not in DERIVED}
    return {key: plain(key, value) for key, value in told.items()}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_a_sample_gives_exactly_the_records_that_it_should(study, stored, case):
    expected = json.loads((case / "expected.json").read_text(encoding="utf-8"))
    (raw,) = case.glob("raw*")
    balance = take_in(study, raw, read_order(case, expected["order"]))
    assert balance.format == case.parent.name
    pseudonyms = open_pseudonyms(Store(study.corpus))
    people = {row.get(key) for row in expected["comments"] for key in ("author", "author_handle")}
    people |= {one for row in expected["comments"] for one in row.get("mentions", [])}
    names = {pseudonyms.of(one): one for one in people if one}
    for table in ("posts", "comments", "page_counts"):
        assert [as_expected(row, names) for row in stored(study, table)] == expected[table]
    assert [[one.line, one.problem] for one in balance.rejects] == expected["rejects"]
    captures = stored(study, "captures")
    told = [
        [one["looked_at"], one["post_id"], one["knows_authors"], one["announced"]]
        for one in captures
    ]
    assert told == expected["captures"]


def test_no_link_of_a_citizens_comment_names_the_citizen():
    study = tomllib.loads((SAMPLES / "study.toml").read_text(encoding="utf-8"))
    pages = {name for page in study["pages"] for name in (page["handle"], *page.get("ids", ()))}
    linked = 0
    for case in CASES:
        expected = json.loads((case / "expected.json").read_text(encoding="utf-8"))
        for row in expected["comments"]:
            people = {row.get("author"), row.get("author_handle")} - pages - {None}
            named = set(re.split(r"[/?&=]", row.get("link", "").replace("@", "")))
            linked += "link" in row
            assert not people & named, (case, row)
    assert linked


def test_every_format_has_a_sample():
    assert {case.parent.name for case in CASES} == set(IMPORTERS.keys())


@pytest.mark.parametrize("key", IMPORTERS.keys())
def test_every_format_speaks_three_languages_and_says_how_well_it_is_proven(key):
    importer = IMPORTERS.get(key)
    assert importer.key == key
    assert importer.proof in {"real files", "documented shape"}
    for text in (importer.title, importer.what):
        assert all(text.to(language) for language in LANGUAGES)


# Folders are known as a whole, and what needs a mapping or a name is not known by itself.
KNOWN_BY_CONTENT = [
    case
    for case in CASES
    if not (case / "raw").exists()
    and not (case / "mapping.toml").exists()
    and "importer" not in json.loads((case / "expected.json").read_text(encoding="utf-8"))["order"]
]


@pytest.mark.parametrize(
    "case", KNOWN_BY_CONTENT, ids=lambda case: f"{case.parent.name}/{case.name}"
)
def test_a_sample_is_known_by_its_content_and_no_other_format_fits_as_well(case, tmp_path):
    (raw,) = case.glob("raw*")
    export = open_export(raw, tmp_path)
    looks = {one.key: one.look(export) for one in IMPORTERS}
    fitting = {key: look.needed for key, look in looks.items() if look.recognised}
    best = max(fitting.values())
    assert [key for key, needed in fitting.items() if needed == best] == [case.parent.name]


@pytest.mark.parametrize("key", IMPORTERS.keys())
def test_every_format_has_a_page_that_tells_how_to_export_and_what_can_be_known(key):
    page = (Path(__file__).parents[2] / "docs" / "formats" / f"{key}.md").read_text(
        encoding="utf-8"
    )
    for part in ("## How to export", "## How to import", "## What Qulaq can know", "## Traps"):
        assert part in page
    assert "qulaq corpus add" in page


def test_every_page_about_a_format_is_about_one_that_exists():
    pages = (Path(__file__).parents[2] / "docs" / "formats").glob("*.md")
    assert {page.stem for page in pages} == set(IMPORTERS.keys())


def test_a_thread_of_the_graph_api_knows_which_post_and_how_many_comments_there_are(study, stored):
    take_in(study, SAMPLES / "graph-api" / "outsider" / "raw.json")
    (capture,) = stored(study, "captures")
    assert (capture["post_id"], capture["announced"], capture["complete"]) == ("801", 7, None)


def test_a_refusal_of_the_platform_is_no_export(study, write):
    body = {"error": {"message": "(#10) needs permission", "type": "OAuthException", "code": 10}}
    with pytest.raises(UnreadableExport, match="needs permission"):
        take_in(study, write("error.json", body))


def test_an_answer_without_records_says_so(study, write):
    with pytest.raises(UnreadableExport, match="neither posts nor comments"):
        take_in(study, write("none.json", {"data": [], "paging": {}}))


def mastodon_answer(parents, **beside):
    """
    A conversation of statuses 2, 3, … which answer these.
    """
    below = [
        {
            "id": str(number),
            "created_at": f"2023-03-01T10:{number % 60:02}:00Z",
            "in_reply_to_id": parent,
            "content": "<p>x</p>",
            "account": {"id": "701", "acct": "aigul_s"},
        }
        for number, parent in enumerate(parents, start=2)
    ]
    return {"ancestors": [], "descendants": below, "root_account": {"acct": "akimat"}, **beside}


def test_a_conversation_of_mastodon_is_about_the_one_status_that_is_answered_and_not_in_it(
    study, write, stored
):
    take_in(study, write("thread.json", mastodon_answer(["1", "2", "1"])))
    parents = {row["comment_id"]: row["parent_id"] for row in stored(study, "comments")}
    assert parents == {"2": None, "3": "2", "4": None}
    assert {row["post_id"] for row in stored(study, "comments")} == {"1"}


def test_where_several_are_answered_the_file_must_say_which_is_the_post(study, write, stored):
    answer = mastodon_answer(["1", "9"])
    with pytest.raises(UnreadableExport, match="which post") as error:
        take_in(study, write("thread.json", answer))
    assert "root_status_id" in str(error.value.remedy)
    take_in(study, write("thread.json", {**answer, "root_status_id": 1}))
    assert [row["parent_id"] for row in stored(study, "comments")] == [None, "9"]


@pytest.mark.parametrize(
    ("parents", "complete"),
    [
        (["1"] * 59, True),
        (["1"] * 60, None),  # an answer without a token ends here
        (["1"] * 61, True),
        (["1"] * 4096, None),
        ([str(n) for n in range(1, 20)], True),
        ([str(n) for n in range(1, 21)], None),  # the twentieth level
    ],
    ids=["59", "60", "61", "4096", "19 deep", "20 deep"],
)
def test_an_answer_of_mastodon_is_complete_where_no_limit_can_have_cut_it(
    study, write, stored, parents, complete
):
    take_in(study, write("thread.json", mastodon_answer(parents)))
    (capture,) = stored(study, "captures")
    assert (capture["post_id"], capture["complete"]) == ("1", complete)


def test_a_conversation_asked_for_from_its_middle_is_one_branch_of_several(study, stored):
    take_in(study, SAMPLES / "mastodon" / "branch" / "raw.json")
    (capture,) = stored(study, "captures")
    assert capture["complete"] is False


def test_a_refusal_of_mastodon_is_told(study, write):
    with pytest.raises(UnreadableExport, match="Record not found"):
        take_in(
            study, write("error.json", {"error": "Record not found"}), Order(importer="mastodon")
        )


def test_a_format_of_one_platform_takes_no_page_of_another(study):
    with pytest.raises(Exception, match="on instagram"):
        take_in(study, SAMPLES / "rfacebook" / "plain" / "raw.csv", Order(page="town-instagram"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_sheet_to_type_into_is_recognised_once_it_is_filled_in(
    study, stored, tmp_path, kind, language
):
    file = tmp_path / "sheet.xlsx"
    write_template(kind, file, language=language, pages=["town-facebook", "town-instagram"])
    book = load_workbook(file)
    sheet = book.active
    typed = {
        "page_id": "town-facebook",
        "followers": 7,
        "text": "Сәлем",
        "likes": 3,
        "author": "900",
    }
    columns = ["page_id", *(one.name for one in KINDS[kind].content if one.kind != "people")]
    for place, column in enumerate(columns, start=1):
        moment = datetime(2022, 6, 1, 10, 30) if column.endswith("_at") else None  # noqa: DTZ001  # a wall clock
        sheet.cell(row=2, column=place, value=moment or typed.get(column))
    book.save(file)
    balance = take_in(study, file)
    assert (balance.format, balance.total("kept"), balance.total("read")) == ("table", 1, 1)
    (row,) = stored(study, KINDS[kind].name)
    moment = row.get("published_at") or row["captured_at"]
    assert moment == datetime(2022, 6, 1, 4, 30, tzinfo=UTC)


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_sheet_to_type_into_has_no_rows(study, tmp_path, kind):
    write_template(kind, tmp_path / "sheet.xlsx", language="ru")
    with pytest.raises(UnreadableExport, match="no rows"):
        take_in(study, tmp_path / "sheet.xlsx")
