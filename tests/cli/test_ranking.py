"""
`qulaq indicators rank` as people meet it.

1.  The table is ordered by place, in the words of the reader's language: titles and names, not keys.
2.  What places cannot say, who is listed and not ranked, and why, is said aside on stderr.
3.  JSON, CSV and XLSX hold every field; `--tests` adds its own table where a form holds two.
4.  What cannot be done is refused: 2 for a wrong word, 1 for what the study cannot measure.
5.  Units are written as people read them.
"""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pytest

from qulaq.corpus.intake import Order, take_in
from qulaq.lang import LANGUAGES, formats
from qulaq.study import open_study

SOURCE = Path(__file__).resolve().parents[2] / "src"
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PAGES = {"west": ("facebook", 50, 45), "east": ("facebook", 50, 5), "new": ("telegram", 29, 29)}
FIELDS = [
    "page", "body", "platform", "value", "n", "missing", "low", "high", "rank", "rank_low", "rank_high", "reason",
    "change", "change_low", "change_high", "change_reason", "notes",
]  # fmt: skip
TEST_FIELDS = [
    "quantity", "test", "between", "first", "second", "n_first", "n_second", "effect", "low", "high", "p", "p_holm",
    "reason",
]  # fmt: skip


_IN_TURN = """
import contextlib, io, json, sys
from qulaq.cli.app import main
told = []
for words in json.loads(sys.argv[1]):
    sys.argv = ["qulaq", "indicators", *words]
    with (contextlib.redirect_stdout(io.StringIO()) as out,
          contextlib.redirect_stderr(io.StringIO()) as err):
        try:
            main()
        except SystemExit as stop:
            told.append([stop.code, out.getvalue(), err.getvalue()])
json.dump(told, sys.stdout)
"""


class Done(NamedTuple):
    """
    What a command left behind.
    """

    code: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)


def in_turn(commands, *, lang):
    """
    Several commands in one process, which loads the engine once.
    """
    env = {name: value for name, value in os.environ.items() if not name.startswith("QULAQ_")}
    env |= {"QULAQ_LANG": lang, "PYTHONPATH": str(SOURCE), "PYTHONUTF8": "1"}
    command = [sys.executable, "-c", _IN_TURN, json.dumps(commands)]
    process = subprocess.run(command, capture_output=True, env=env, encoding="utf-8", check=True)
    found = [Done(*one) for one in json.loads(process.stdout)]
    for done in found:
        assert "QULAQ_DEBUG" not in done.err, done.err  # a fault of ours
    return found


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    """
    Three pages on two networks: one answers nearly all, one few, one has only 29 comments.
    """
    folder = tmp_path_factory.mktemp("study")
    lines = ['id = "three"', 'title = "Three"', "window = { from = 2023-01-01, to = 2023-01-31 }"]
    rows = []
    for page, (network, asked, answered) in PAGES.items():
        lines += ["[[bodies]]", f'id = "b-{page}"']
        lines += [f'name = {{ kk = "Әкімдік {page}", ru = "Акимат {page}", en = "Akimat {page}" }}']
        lines += ["[[pages]]", f'id = "{page}"', f'body = "b-{page}"', f'platform = "{network}"']
        lines += [f'handle = "h.{page}"', 'opened = "2020"']
        for i in range(asked):
            day, name = f"2023-01-{1 + i % 28:02}", f"{page}-{i}"
            rows.append((page, "p", name, "", f"u{i}", f"{day} 10:00", "?"))
            if i < answered:
                rows.append(
                    (page, "p", f"r-{name}", name, f"h.{page}", f"{day} {11 + i % 9}:00", ".")
                )
    (folder / "study.toml").write_text("\n".join(lines), encoding="utf-8")
    heading = ("page_id", "post_id", "comment_id", "parent_id", "author", "published_at", "text")
    file = folder / "comments.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([heading, *rows])
    captured = datetime(2023, 3, 1, tzinfo=UTC)
    take_in(open_study(folder), file, Order(captured=captured, knows=("authors",)), now=NOW)
    return folder


RANK = ["rank", "STUDY", "--by", "reply_rate"]
REFUSALS = {
    "reply_rat": (2, "Known: reply_rate, "),
    "reply_rate_rank": (2, "Rank by reply_rate."),
    "one_way_share": (1, "This needs coding"),
    "reply_within_standard": (1, "[answering]"),
}
UNITS = {
    "page_comments_per_citizen_comment": "0.90",
    "reply_rate_rank": "1",
    "attention_gini": "0.10",
    "citizens": "50",
}
ENGLISH = {
    "json": [*RANK, "--tests", "--json"],
    "no tests": [*RANK, "--json"],
    "csv": [*RANK, "--csv"],
    "csv of two": [*RANK, "--csv", "--tests"],
    "sheets": [*RANK, "--tests", "--xlsx", "--output", "FILE"],
    "units": ["compute", "STUDY", *(word for key in UNITS for word in ("--key", key))],
    **{key: ["rank", "STUDY", "--by", key] for key in REFUSALS},
}


@pytest.fixture(scope="module")
def english(study):
    """
    What each command leaves behind.
    """
    paths = {"STUDY": str(study), "FILE": str(study / "ranking.xlsx")}
    commands = [[paths.get(word, word) for word in words] for words in ENGLISH.values()]
    return dict(zip(ENGLISH, in_turn(commands, lang="en"), strict=True))


WORDS = {
    "kk": (
        ["орны", "мүмкін орындар", "жауап берілген пікірлер үлесі", "Әкімдік west", "Telegram"],
        ["Орын айырманың", "Тізімде бар, орын берілмеген: new.", "30-дан аз", "Өзгеріс берілмеген"],
        ["Манн — Уитни критерийі", "теріс биномдық"],
    ),
    "ru": (
        ["место", "возможные места", "доля комментариев с ответом", "Акимат west", "Telegram"],
        [
            "Место не говорит",
            "В списке, но без места: new.",
            "меньше 30",
            "Изменение не приводится",
        ],
        ["критерий Манна — Уитни", "отрицательной биномиальной"],
    ),
    "en": (
        ["place", "possible places", "reply rate", "Akimat west", "Telegram"],
        [
            "A place tells neither",
            "Listed, not ranked: new.",
            "Fewer than 30",
            "No change is given",
        ],
        ["Mann–Whitney", "negative binomial"],
    ),
}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_table_and_what_is_said_aside_speak_the_readers_language(study, lang):
    """
    Requirements 1, 2.
    """
    (done,) = in_turn([["rank", str(study), "--by", "reply_rate", "--tests"]], lang=lang)
    shown, aside, tests = WORDS[lang]
    assert done.code == 0
    assert [word for word in shown if word not in done.out] == []
    assert [word for word in aside if word not in done.err] == []
    assert tests[0] in done.out
    assert tests[1] in done.err
    assert "reply_rate" not in done.out
    lines = done.out.splitlines()
    rows = [line for line in lines if "Facebook" in line or "Telegram" in line]
    assert [next(page for page in PAGES if page in row) for row in rows[:3]] == list(PAGES)
    assert rows[0].split()[:4] == ["1", "1", "–", "1"]
    assert rows[2].split()[:2] == ["—", "—"]
    assert formats.share(0.9, lang) in rows[0]


def test_json_holds_every_field(english):
    """
    Requirement 3.
    """
    data = english["json"].json
    assert {name: data[name] for name in ("by", "from", "to", "unit", "better")} == {
        "by": "reply_rate",
        "from": "2023-01-01",
        "to": "2023-01-31",
        "unit": "share",
        "better": "larger",
    }
    assert (data["before_from"], data["before_to"]) == ("2022-12-01", "2022-12-31")
    assert all(list(page) == FIELDS for page in data["pages"])
    assert [(page["page"], page["rank"], page["value"]) for page in data["pages"]] == [
        ("west", 1, 0.9),
        ("east", 2, 0.1),
        ("new", None, 1),
    ]
    assert all(page["change"] is None and page["change_reason"] for page in data["pages"])
    assert all(list(one) == TEST_FIELDS for one in data["tests"])
    waits = [one for one in data["tests"] if one["quantity"] == "waiting_hours"]
    assert {one["between"] for one in waits} == {"pages", "networks"}
    assert all((one["p"] is None) == (one["reason"] is not None) for one in data["tests"])


def test_tests_that_were_not_asked_for_are_absent_and_not_empty(english):
    """
    Requirement 3.
    """
    assert english["no tests"].json["tests"] is None


def test_csv_holds_the_ranking_and_refuses_a_second_table(english):
    """
    Requirements 3, 4.
    """
    rows = list(csv.DictReader(io.StringIO(english["csv"].out.removeprefix("\ufeff"))))
    assert set(FIELDS) < set(rows[0])
    assert [(row["by"], row["page"], row["rank"]) for row in rows] == [
        ("reply_rate", "west", "1"),
        ("reply_rate", "east", "2"),
        ("reply_rate", "new", ""),
    ]
    refused = english["csv of two"]
    assert (refused.code, refused.out) == (2, "")
    assert "Choose --xlsx or --json" in refused.err


def test_a_spreadsheet_has_a_sheet_for_each_table(study, english):
    """
    Requirement 3.
    """
    assert english["sheets"].code == 0
    book = openpyxl.load_workbook(study / "ranking.xlsx")
    assert book.sheetnames == ["ranking", "tests"]
    assert [cell.value for cell in book["tests"][1]] == TEST_FIELDS
    ranks = [row[11].value for row in book["ranking"].iter_rows(min_row=2)]
    assert ranks == [1, 2, None]


@pytest.mark.parametrize("key", REFUSALS)
def test_what_cannot_be_ranked_by_is_refused_with_the_way_out(english, key):
    """
    Requirement 4.
    """
    done, (code, words) = english[key], REFUSALS[key]
    assert (done.code, done.out) == (code, "")
    assert done.err.count("Error: ") == 1
    assert words in " ".join(done.err.split())


def test_ratios_indices_and_gaps_are_written_as_people_read_them():
    """
    Requirement 5: a small ratio is not rounded away, a gap has its sign.
    """
    assert formats.number(0.0034, "en", digits=formats.digits_for(0.0034)) == "0.0034"
    assert formats.number(1.254, "en", digits=formats.digits_for(1.254)) == "1.25"
    assert formats.digits_for(0) == 2
    assert formats.digits_for(1e-300) == 12
    assert formats.gap(0.123, "en") == "+12.3\u00a0pp"
    assert formats.gap(-0.05, "ru") == "-5,0\u00a0п.\u00a0п."
    assert formats.gap(0, "kk") == "0,0\u00a0п.\u00a0т."


def test_the_screen_writes_each_unit_as_it_is_read(english):
    """
    Requirement 5.
    """
    lines = [line.split() for line in english["units"].out.splitlines()[1:]]
    assert {line[0]: line[4] for line in lines if line[1] == "west"} == UNITS
