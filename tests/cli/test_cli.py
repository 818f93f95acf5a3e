"""
The command line, driven as a person drives it: the real `qulaq` in a process of its own.

1.  Exit code 0: done, 1: refused, 2: misused. Nobody sees a traceback.
2.  The result is on stdout, everything else on stderr.
3.  `--json`, `--csv` and `--xlsx` have the shapes that were promised, and are safe to open.
4.  A refusal says where, what was found and what to do; a wrong name is answered with the known ones.
5.  What was stored stays as it was when a command is refused.
6.  All of it in Kazakh, Russian and English; help too.
7.  Sheets to type into can be read back in each language.
8.  The replica gives the figures that the paper published.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.main import get_command

from qulaq.cli.app import app
from qulaq.corpus.importers import IMPORTERS

LANGUAGES = ("kk", "ru", "en")
SOURCE = Path(__file__).resolve().parents[2] / "src"
ERROR = {"kk": "Қате: ", "ru": "Ошибка: ", "en": "Error: "}

FIELDS = [
    "indicator", "page", "body", "from", "to", "category", "value", "n", "missing", "low", "high", "unit", "base",
    "reason", "notes",
]  # fmt: skip
BALANCE = ["file", "format", "page", "read", "kept", "unchanged", "rejected", "rejects"]
SUMMARY = [
    "page", "posts", "comments", "first", "last", "captures", "comments_captured_share", "observed_from",
    "observed_to",
]  # fmt: skip

POSTS = """\
page_id,post_id,published_at,likes,comments,text
answers,p1,2023-01-02 10:00,10,1,Көше жарығы жөнделді
answers,p2,2023-01-03 10:00,,0,Приём граждан в пятницу
broadcasts,p3,2023-01-03 12:00,4,0,Есеп беру кездесуі
"""
COMMENTS = """\
page_id,post_id,comment_id,parent_id,author,published_at,text
answers,p1,c1,,700,2023-01-02 11:00,Рақмет! А двор когда?
answers,p1,c2,c1,100,2023-01-02 12:00,Ертең
"""


class Done:
    """
    What a command left behind, read as UTF-8.
    """

    def __init__(self, code, out, err):
        self.code = code
        self.raw = out
        self.out = out.decode("utf-8", errors="replace").replace("\r\n", "\n")
        self.err = err.decode("utf-8").replace("\r\n", "\n")

    @property
    def json(self):
        return json.loads(self.out)

    @property
    def message(self):
        """
        What was said, as one line: a narrow terminal may have broken it.
        """
        return " ".join(self.err.split())


def run(*words, lang="en", folder=None):
    """
    A Python process with our package on its path; requirement 1 holds for every one of them.
    """
    env = {name: value for name, value in os.environ.items() if not name.startswith("QULAQ_")}
    env |= {"QULAQ_LANG": lang, "PYTHONPATH": str(SOURCE), "PYTHONUTF8": "1", "COLUMNS": "80"}
    command = [sys.executable, *map(str, words)]
    process = subprocess.run(command, capture_output=True, env=env, cwd=folder, check=False)
    done = Done(process.returncode, process.stdout, process.stderr)
    assert "Traceback" not in done.err + done.out
    return done


def qulaq(*words, **where):
    done = run("-m", "qulaq", *words, **where)
    assert done.code in {0, 1, 2}
    assert "QULAQ_DEBUG" not in done.err, done.err  # a fault of ours
    return done


_IN_TURN = """
import contextlib, io, json, sys
from qulaq.cli.app import main
told = []
for words in json.loads(sys.argv[1]):
    sys.argv = ["qulaq", *words]
    with (contextlib.redirect_stdout(io.StringIO()) as out,
          contextlib.redirect_stderr(io.StringIO()) as err):
        try:
            main()
        except SystemExit as stop:
            told.append([stop.code, out.getvalue(), err.getvalue()])
json.dump(told, sys.stdout)
"""


def in_turn(commands, **where):
    """
    Several commands in one process, which loads the engines once: what each left behind.
    """
    done = run("-c", _IN_TURN, json.dumps(commands), **where)
    assert (done.code, done.err) == (0, "")
    return [Done(code, out.encode(), err.encode()) for code, out, err in done.json]


def at_once(work, cases):
    """
    The same work for several cases, side by side; results by case.
    """
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return dict(zip(cases, pool.map(work, cases), strict=True))


def bytes_of(folder):
    return {file: file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


def refused(code, *words, lang="en", folder=None):
    """
    The message of a command that must not work: nothing on stdout, one message on stderr.
    """
    done = qulaq(*words, lang=lang, folder=folder)
    assert done.code == code, done.err
    assert done.out == ""
    assert done.err.count(ERROR[lang]) == 1
    return done.message


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """
    A folder with the exports of two invented pages.
    """
    folder = tmp_path_factory.mktemp("home")
    (folder / "posts.csv").write_text(POSTS, encoding="utf-8")
    (folder / "comments.csv").write_text(COMMENTS, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def study(town_folder, home):
    """
    The small town with its records: only to be read.
    """
    return Path(shutil.copytree(town_folder, home / "town"))


@pytest.fixture
def empty(empty_town):
    """
    The small town before anything was imported; a test may fill it.
    """
    return empty_town.folder


@pytest.fixture(scope="module")
def nobody(home):
    """
    A study that names no page.
    """
    folder = home / "nobody"
    folder.mkdir()
    (folder / "study.toml").write_text(
        'id = "nobody"\ntitle = "Nobody"\nwindow = { from = 2023-01-01, to = 2023-01-31 }\n',
        encoding="utf-8",
    )
    return folder


# ── a study folder ───────────────────────────────────────────────────────────────────────────────


def test_new_writes_a_study_that_opens_and_never_writes_over_one(tmp_path):
    """
    Requirements 1, 2, 5.
    """
    made = qulaq("new", "akimats", folder=tmp_path)
    file = tmp_path / "akimats" / "study.toml"
    assert (made.code, made.out) == (0, f"{Path('akimats', 'study.toml')}\n")
    assert "qulaq corpus add akimats" in made.message
    written = file.read_bytes()
    again = refused(1, "new", "akimats", folder=tmp_path)
    assert "Error: akimats: there is a study here already." in again
    assert file.read_bytes() == written
    shown = qulaq("corpus", "show", "akimats", "--json", folder=tmp_path).json
    assert [(page["page"], page["posts"]) for page in shown["pages"]] == [
        ("my-akimat-instagram", 0)
    ]


def test_a_folder_that_is_no_study_is_refused_with_the_way_to_make_one(tmp_path):
    """
    Requirement 4.
    """
    for words in (["show", "nowhere"], ["add", "nowhere", "x.csv"]):
        message = refused(1, "corpus", *words, folder=tmp_path)
        assert "nowhere: there is no study.toml here" in message
        assert message.endswith("qulaq new nowhere")


def test_a_mistake_in_study_toml_is_answered_with_its_line(tmp_path, nobody):
    """
    Requirement 4.
    """
    folder = Path(shutil.copytree(nobody, tmp_path / "wrong"))
    with (folder / "study.toml").open("a", encoding="utf-8") as file:
        file.write('langauges = ["kk"]\n')
    message = refused(1, "corpus", "show", "wrong", folder=tmp_path)
    assert "study.toml, line 4: “langauges” is not a setting. Did you mean “languages”?" in message


@pytest.mark.parametrize("words", [("indicators", "compute"), ("corpus", "add")], ids=" ".join)
def test_a_study_without_pages_cannot_be_filled_or_measured(home, nobody, words):
    """
    Requirements 1, 4.
    """
    files = ["posts.csv"] if "add" in words else []
    message = refused(1, *words, "nobody", *files, folder=home)
    assert "the study names no page. Add a [[pages]] table" in message


# ── the corpus ───────────────────────────────────────────────────────────────────────────────────


def test_add_prints_the_balance_of_each_page_and_says_the_rest_aside(empty, home):
    """
    Requirements 2, 3.
    """
    done = qulaq("corpus", "add", empty, "posts.csv", "comments.csv", "--json", folder=home)
    assert done.code == 0
    assert list(done.json) == ["files"]
    assert all(list(row) == BALANCE for row in done.json["files"])
    assert [tuple(row.values()) for row in done.json["files"]] == [
        ("posts.csv", "table", "answers", 2, 2, 0, 0, None),
        ("posts.csv", "table", "broadcasts", 1, 1, 0, 0, None),
        ("comments.csv", "table", "answers", 2, 2, 0, 0, None),
    ]
    assert "--captured" in done.err
    again = qulaq("corpus", "add", empty, "posts.csv", folder=home)
    assert "posts.csv: nothing is new, all rows were known before." in again.err
    cells = [line.split() for line in again.out.splitlines()]
    assert cells[0] == ["file", "format", "page", "read", "kept", "unchanged", "rejected"]
    assert cells[1] == ["posts.csv", "table", "answers", "2", "0", "2", "0"]


def test_a_complete_capture_tells_what_is_no_longer_there(empty, home):
    """
    Requirements 2, 3.
    """
    qulaq("corpus", "add", empty, "comments.csv", "--captured", "2023-02-01", folder=home)
    lines = (home / "comments.csv").read_text(encoding="utf-8").splitlines()
    (home / "later.csv").write_text("\n".join(lines[:2]), encoding="utf-8")
    later = ("corpus", "add", empty, "later.csv", "--captured", "2023-03-01")
    assert "no longer there" not in qulaq(*later, "--incomplete", folder=home).message
    done = qulaq(*later, "--complete", folder=home)
    assert done.code == 0
    assert "later.csv: 1 comment seen earlier is no longer there" in done.message
    assert "nothing is new" not in done.message


def test_rejected_rows_are_named_with_line_reason_and_remedy(empty, home):
    """
    Requirements 2, 4.
    """
    rows = ["answers,x1,2023-01-02 10:00,-5", "stranger,x2,2023-01-02 10:00,5", "answers,x3,,1"]
    heading = "page_id,post_id,published_at,likes"
    good = "answers,x4,2023-01-02 10:00,7"
    (home / "mixed.csv").write_text("\n".join([heading, *rows, good]), encoding="utf-8")
    done = qulaq("corpus", "add", empty, "mixed.csv", "--json", folder=home)
    assert done.code == 0
    by_page = {row["page"]: row for row in done.json["files"]}
    assert (by_page["answers"]["kept"], by_page["answers"]["rejected"]) == (1, 2)
    assert (by_page[None]["kept"], by_page[None]["rejected"]) == (0, 1)
    assert "mixed.csv: 3 rows were rejected; they are listed in" in done.message
    assert (
        "mixed.csv, line 2: likes is “-5”: a count is never below zero. Correct it" in done.message
    )
    with Path(home, by_page["answers"]["rejects"]).open(encoding="utf-8-sig", newline="") as file:
        listed = list(csv.DictReader(file))
    assert [row["line"] for row in listed] == ["2", "3", "4"]
    assert all(row["reason"] and row["remedy"] for row in listed)


def test_files_of_one_name_are_told_apart_by_their_folders(empty, home):
    """
    Requirement 2.
    """
    for folder, count in (("channel", -5), ("group", -6)):
        rows = [
            "page_id,post_id,published_at,likes",
            f"answers,{folder},2023-01-02 10:00,{count}",
            f"answers,{folder}-2,2023-01-02 10:00,7",
        ]
        (home / folder).mkdir()
        (home / folder / "result.csv").write_text("\n".join(rows), encoding="utf-8")
    names = [Path(folder, "result.csv") for folder in ("channel", "group")]
    done = qulaq("corpus", "add", empty, *names, folder=home)
    for name, count in zip(names, (-5, -6), strict=True):
        assert f"{name}, line 2: likes is “{count}”" in done.message
    alone = qulaq("corpus", "add", empty, names[0], folder=home)
    assert " result.csv, line 2: likes is" in alone.message


def test_a_file_of_which_nothing_is_taken_in_is_a_refusal(empty, home):
    """
    Requirement 1: the balance is printed all the same.
    """
    (home / "strange.csv").write_text(
        "page_id,post_id,published_at,likes\nstranger,x,2023-01-02,1\n", encoding="utf-8"
    )
    done = qulaq("corpus", "add", empty, "strange.csv", folder=home)
    assert done.code == 1
    assert done.out.splitlines()[1].split() == ["strange.csv", "table", "—", "1", "0", "0", "1"]
    assert "strange.csv: 1 row was rejected; it is listed in" in done.message


_NO_EXPORTS = {
    "absent.csv": (None, "there is no such file. Check the name."),
    "empty.csv": (b"", "the file is empty. Export it again."),
    "picture.csv": (b"\x89PNG\r\n\x1a\n\x00\x00", "this is no text but a binary file"),
    "heading.csv": (b"page_id,post_id,published_at,likes\n", "a heading but no rows."),
    "other.csv": (b"a,b\n1,2\n", "no format fits this file. It holds: a, b."),
    "cut.json": (b'{"data": [{"id": "1_2", ', "the JSON is damaged or cut off"),
    "cut.csv.gz": (b"\x1f\x8b\x08\x00\x00\x00", "is cut off or damaged."),
}


def test_files_that_are_no_exports_are_refused_each_and_harm_nothing(empty, home):
    """
    Requirements 1, 4, 5: one message for each, and the good file among them is taken in.
    """
    for name, (content, _) in _NO_EXPORTS.items():
        if content is not None:
            (home / name).write_bytes(content)
    names = [*_NO_EXPORTS, "posts.csv"]
    done = qulaq("corpus", "add", empty, *names, "--json", folder=home)
    assert done.code == 1
    assert {row["file"] for row in done.json["files"]} == {"posts.csv"}
    assert done.err.count("Error: ") == len(_NO_EXPORTS)
    for name, (_, said) in _NO_EXPORTS.items():
        [line] = [line for line in done.err.splitlines() if line.startswith(f"Error: {name}: ")]
        assert said in line


def test_show_tells_what_is_there_and_how_complete(study):
    """
    Requirement 3.
    """
    done = qulaq("corpus", "show", study, "--json")
    assert done.err == ""
    assert done.json.keys() >= {"pages", "batches", "fingerprint"}
    assert all(list(page) == SUMMARY for page in done.json["pages"])
    pages = {page["page"]: page for page in done.json["pages"]}
    assert list(pages) == ["answers", "broadcasts", "silent"]
    assert (pages["answers"]["posts"], pages["answers"]["comments"]) == (2, 6)
    assert (pages["answers"]["first"], pages["answers"]["last"]) == ("2023-01-02", "2023-01-06")
    assert pages["answers"]["comments_captured_share"] == 1
    assert pages["silent"]["observed_from"] is None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_formats_are_listed_in_each_language_under_the_same_keys(lang):
    listed = json.loads(qulaq("corpus", "formats", "--json", lang=lang).out)["formats"]
    assert [one["key"] for one in listed] == IMPORTERS.keys()
    known = {one["key"]: one["knows"]["authors"] for one in listed}
    assert (known["mastodon"], known["crowdtangle"]) == ("all", "none")
    assert all(one["title"] and one["what"] for one in listed)


def test_forget_says_what_was_erased_and_needs_to_be_told_whom(empty, home):
    """
    Requirements 1, 2, 4.
    """
    add, forget = ["corpus", "add", str(empty)], ["corpus", "forget", str(empty)]
    commands = [[*add, "posts.csv", "comments.csv"], forget, [*forget, "--author", "700"]]
    _, misused, done, again = in_turn([*commands, [*add, "comments.csv", "--json"]], folder=home)
    assert (misused.code, misused.out) == (2, "")
    assert "Give --author, --handle or --comment." in misused.message
    assert done.code == 0
    assert done.out.startswith("Erased for good. ")
    assert "delete the person there too" in done.err
    assert [row["kept"] for row in again.json["files"]] == [0]


# ── sheets to type into ──────────────────────────────────────────────────────────────────────────

_YES = {"kk": "иә", "ru": "да", "en": "yes"}
_TYPED = {
    "posts": [
        {"page_id": "answers", "post_id": "t1", "published_at": "2023-01-05 09:30", "likes": 12, "comments": 2},
        {"page_id": "broadcasts", "post_id": "t2", "published_at": "05.01.2023 18:00", "comments_open": True},
    ],
    "comments": [
        {"page_id": "answers", "post_id": "t1", "comment_id": "u1", "published_at": "2023-01-05 10:00",
         "author": "700", "text": "Жол қашан жөнделеді?"},
        {"page_id": "answers", "post_id": "t1", "comment_id": "u2", "parent_id": "u1",
         "published_at": "2023-01-05 11:00", "author": "100", "by_page_source": True},
    ],
    "page-counts": [
        {"page_id": "answers", "captured_at": "2023-01-31 12:00", "followers": 7_600, "posts_total": 310},
    ],
}  # fmt: skip


def _fill(file, rows, lang):
    """
    Type rows into a sheet as a person does; its page of help says which heading is which column.
    """
    book = load_workbook(file)
    names = [row[0] for row in book["info"].iter_rows(values_only=True)]
    names = names[names.index("page_id") :]
    sheet = book.worksheets[0]
    heading = [cell.value for cell in sheet[1]]
    assert len(heading) == len(names) == len(set(heading))
    for i, row in enumerate(rows, start=2):
        for name, value in row.items():
            said = _YES[lang] if value is True else value
            sheet.cell(row=i, column=names.index(name) + 1, value=said)
    book.save(file)
    return heading


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_sheet_in_each_language_is_read_back_after_filling(empty, tmp_path, lang):
    """
    Requirement 7.
    """
    words = ["--study", str(empty), "--lang", lang]
    made = in_turn([["corpus", "template", kind, *words] for kind in _TYPED], folder=tmp_path)
    assert [done.out for done in made] == [f"{kind}.xlsx\n" for kind in _TYPED]
    headings = [
        name
        for kind, rows in _TYPED.items()
        for name in _fill(tmp_path / f"{kind}.xlsx", rows, lang)
    ]
    assert any(re.search("[а-яәғқңөұүһі]", name.lower()) for name in headings) == (lang != "en")
    sheets = [f"{kind}.xlsx" for kind in _TYPED]
    keys = ["followers", "likes_max", "reply_rate", "posts_all_time"]
    wanted = [word for key in keys for word in ("--key", key)]
    add = ["corpus", "add", str(empty), *sheets, "--json"]
    compute = ["indicators", "compute", str(empty), *wanted, "--json"]
    done, results = in_turn([add, compute], folder=tmp_path, lang=lang)
    assert done.code == 0, done.err
    taken = [(row["file"], row["page"], row["kept"], row["rejected"]) for row in done.json["files"]]
    assert taken == [
        ("posts.xlsx", "answers", 1, 0),
        ("posts.xlsx", "broadcasts", 1, 0),
        ("comments.xlsx", "answers", 2, 0),
        ("page-counts.xlsx", "answers", 1, 0),
    ]
    found = {row["indicator"]: row["value"] for row in results.json if row["page"] == "answers"}
    assert found == {"followers": 7_600, "likes_max": 12, "reply_rate": 1, "posts_all_time": 310}


def test_a_sheet_never_writes_over_a_file_unasked(tmp_path):
    """
    Requirement 5.
    """
    file = tmp_path / "posts.xlsx"
    file.write_bytes(b"mine")
    message = refused(2, "corpus", "template", "posts", folder=tmp_path)
    assert "posts.xlsx: the file exists already. Name another with --output." in message
    assert file.read_bytes() == b"mine"


# ── indicators ───────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def printed(study):
    """
    By language: measured as JSON, one indicator on the screen, the list as JSON and on the screen.
    """
    compute, listed = ["indicators", "compute", str(study)], ["indicators", "list"]
    commands = [
        [*compute, "--json"],
        [*compute, "--key", "reply_rate"],
        [*listed, "--json"],
        listed,
    ]
    return at_once(lambda lang: in_turn(commands, lang=lang), LANGUAGES)


@pytest.fixture(scope="module")
def measured(printed):
    return printed["en"][0]


def test_compute_prints_every_field_of_every_indicator_and_page(measured, printed):
    """
    Requirement 3: the keys of the reference, in its order.
    """
    listed = printed["en"][2].json
    assert all(list(row) == FIELDS for row in measured.json)
    assert [(row["indicator"], row["page"]) for row in measured.json] == [
        (one["indicator"], page) for one in listed for page in ("answers", "broadcasts", "silent")
    ]
    for row in measured.json:
        assert (row["from"], row["to"]) == ("2023-01-01", "2023-01-31")
        assert isinstance(row["n"], int)
        assert isinstance(row["missing"], int)
        assert isinstance(row["notes"], list)
        assert row["base"] in {"all", "coded", None}
        assert row["body"] in {"akimat", "school"}


def test_a_value_is_null_exactly_when_a_reason_is_given(measured):
    """
    Requirement 3: and the reason says what would make it measurable.
    """
    values = [row["value"] is None for row in measured.json]
    assert values == [row["reason"] is not None for row in measured.json]
    assert any(values)
    assert not all(values)
    for row in measured.json:
        assert row["reason"] is None or "measurable" in row["reason"]
        open_ended = "open_interval" in row["notes"]
        assert (row["high"] is None) == (row["low"] is None or open_ended)
        if row["value"] is not None and row["low"] is not None:
            assert row["low"] <= row["value"], row
            assert open_ended or row["value"] <= row["high"], row


def test_shares_and_rates_are_between_0_and_1(measured):
    """
    Requirement 3.
    """
    shares = [row["value"] for row in measured.json if row["unit"] == "share"]
    assert {0, 1} <= {share for share in shares if share is not None}
    assert all(share is None or 0 <= share <= 1 for share in shares)


def test_the_pages_everyone_knows_answer_and_broadcast(measured):
    """
    Requirement 3.
    """
    rates = {
        row["page"]: (row["value"], row["n"])
        for row in measured.json
        if row["indicator"] == "reply_rate"
    }
    assert rates == {"answers": (1, 3), "broadcasts": (0, 2), "silent": (None, 0)}


@pytest.mark.parametrize(
    ("lang", "said", "aside"),
    [
        ("kk", "өлшеу мүмкін емес", "Өлшеу мүмкін емес: reply_rate."),
        ("ru", "не поддаётся измерению", "Не поддаётся измерению: reply_rate."),
        ("en", "not measurable", "Not measurable: reply_rate."),
    ],
)
def test_on_the_screen_what_is_not_measurable_is_said_and_explained_aside(
    printed, lang, said, aside
):
    """
    Requirements 2, 6.
    """
    done = printed[lang][1]
    assert done.code == 0
    assert done.out.count(said) == 1
    assert aside in done.message
    assert aside not in done.out


def test_a_series_has_a_line_for_every_day_of_every_page(study):
    """
    Requirement 3.
    """
    words = ["--by", "day", "--from", "2023-01-02", "--to", "04.01.2023", "--key", "posts"]
    rows = qulaq("indicators", "compute", study, *words, "--json").json
    counted = [(row["from"], row["value"]) for row in rows if row["page"] == "broadcasts"]
    assert counted == [("2023-01-02", 0), ("2023-01-03", 2), ("2023-01-04", 0)]
    assert all(row["from"] == row["to"] for row in rows)


def test_csv_is_known_as_utf_8_and_has_the_keys_as_heading(study):
    """
    Requirement 3.
    """
    done = qulaq("indicators", "compute", study, "--csv", lang="kk")
    assert done.raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(done.out.removeprefix("\ufeff"))))
    assert list(rows[0]) == FIELDS
    empty = [row for row in rows if row["value"] == ""]
    assert empty
    assert all("өлшеуге болар еді" in row["reason"] for row in empty)


def test_a_spreadsheet_opens_with_numbers_as_numbers(study, tmp_path):
    """
    Requirements 2, 3: on stdout when it is redirected, or in a file.
    """
    done = qulaq("indicators", "compute", study, "--xlsx")
    book = load_workbook(io.BytesIO(done.raw))
    heading, *rows = book.worksheets[0].iter_rows(values_only=True)
    assert list(heading) == FIELDS
    assert {type(row[FIELDS.index("n")]) for row in rows} == {int}
    file = tmp_path / "out.xlsx"
    written = qulaq("corpus", "show", study, "--xlsx", "--output", file)
    assert (written.code, written.out) == (0, "")
    assert f"written: {file}" in written.err.replace("\n", "")
    assert [row[0] for row in load_workbook(file).worksheets[0].values][1:] == [
        "answers", "broadcasts", "silent",
    ]  # fmt: skip


_SHOWN = """
import sys
from pathlib import Path
from qulaq.cli.tables import Form, show
form, rows = sys.argv[1], [["=1+1", -5], ["@SUM(A1)", 0], ["-2+3", 1], ["+7 701", 2], ["Әкім =", 3]]
output = Path(sys.argv[2]) if len(sys.argv) > 2 else None
show(Form(**{form: True}, output=output), heading=["text", "n"], rows=rows, data=rows)
"""


def test_a_cell_that_looks_like_a_formula_is_defused_in_csv(tmp_path):
    """
    Requirement 3: to the screen and into a file; numbers stay numbers.
    """
    file = tmp_path / "cells.csv"
    shown, written = run("-c", _SHOWN, "csv"), run("-c", _SHOWN, "csv", file)
    assert (shown.code, written.code, written.out) == (0, 0, "")
    assert file.read_text(encoding="utf-8") == shown.out
    rows = list(csv.reader(io.StringIO(shown.out.removeprefix("\ufeff"))))
    assert rows == [
        ["text", "n"], ["'=1+1", "-5"], ["'@SUM(A1)", "0"], ["'-2+3", "1"], ["'+7 701", "2"], ["Әкім =", "3"],
    ]  # fmt: skip


def test_a_text_that_looks_like_a_formula_is_a_text_in_a_spreadsheet(tmp_path):
    """
    Requirement 3.
    """
    file = tmp_path / "cells.xlsx"
    assert run("-c", _SHOWN, "xlsx", file).code == 0
    cells = [row[0] for row in load_workbook(file).worksheets[0].iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == ["=1+1", "@SUM(A1)", "-2+3", "+7 701", "Әкім ="]
    assert {cell.data_type for cell in cells} == {"s"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_indicators_are_listed_in_each_language_under_the_same_keys(printed, lang):
    """
    Requirement 6.
    """
    listed = printed[lang][2].json
    assert [one["indicator"] for one in listed][:2] == ["posts", "posts_per_day_min"]
    titles = {one["indicator"]: one["title"] for one in listed}
    wanted = {
        "kk": "жауап берілген пікірлер үлесі",
        "ru": "доля комментариев с ответом",
        "en": "reply rate",
    }
    assert titles["reply_rate"] == wanted[lang]
    assert all(one["indicator"] in printed[lang][3].out for one in listed)


# ── misuse ───────────────────────────────────────────────────────────────────────────────────────

_MISUSES = {
    "no such indicator": ("indicators compute town --key reply_rat", ["“reply_rat”", "Known: reply_rate,", "unanswered"]),
    "no such series": ("indicators compute town --by hour", ["--by: ", "day, month, week, year"]),
    "no such page": ("corpus add town posts.csv --page nope", ["answers, broadcasts, silent"]),
    "no such format": ("corpus add town posts.csv --as nope", ["crowdtangle", "graph-api", "table"]),
    "no such knowledge": ("corpus add town posts.csv --knows magic", ["page-authors", "no-authors"]),
    "no such sheet": ("corpus template nope", ["comments, page-counts, posts"]),
    "no such example": ("new other --example nope", ["--example: ", "Known: replica."]),
    "no such language of a sheet": ("corpus template posts --lang de", ["--lang: “de”", "kk, ru, en"]),
    "no such language of a report": ("report town --lang de", ["--lang: “de”", "kk, ru, en"]),
    "no such format of a report": ("report town --to odt", ["“odt”", "html"]),
    "no day": ("indicators compute town --from tomorrow", ["--from: “tomorrow”", "2023-01-31"]),
    "no last day": ("indicators compute town --to 2023-02-30", ["--to: “2023-02-30”", "2023-01-31"]),
    "no moment": ("corpus add town posts.csv --captured soon", ["--captured: “soon”", "+05:00"]),
    "window reversed": (
        "indicators compute town --from 2023-01-20 --to 2023-01-10",
        ["--from, --to: ", "ends (2023-01-10) before it begins (2023-01-20)", "Set --from"],
    ),
    "two forms": ("corpus show town --json --csv", ["only one of --json, --csv can"]),
    "no such option": ("corpus show town --bogus", ["--bogus", "corpus show --help"]),
    "no such command": ("corpus mend", ["mend", "corpus --help"]),
    "no study named": ("corpus show", ["STUDY", "corpus show --help"]),
}  # fmt: skip


@pytest.fixture(scope="module")
def misused(study, home):
    """
    All commands above, of which nothing may come.
    """
    before = bytes_of(study)
    done = in_turn([words.split() for words, _ in _MISUSES.values()], folder=home)
    assert bytes_of(study) == before
    assert not (home / "other").exists()
    return dict(zip(_MISUSES, done, strict=True))


@pytest.mark.parametrize("case", _MISUSES)
def test_misuse_is_answered_with_what_could_be_meant(misused, case):
    """
    Requirements 1, 4, 5.
    """
    done = misused[case]
    assert (done.code, done.out) == (2, ""), done.err
    assert done.err.count("Error: ") == 1
    assert [part for part in _MISUSES[case][1] if part not in done.message] == []


def test_a_file_that_cannot_be_written_is_no_fault_of_qulaq(study, home):
    """
    Requirement 4.
    """
    commands = [
        "corpus show town --csv --output nowhere/out.csv",
        "indicators compute town --json --output nowhere/out.json",
        "corpus template posts --output nowhere/posts.xlsx",
        "new posts.csv/study",
    ]
    for done in in_turn([words.split() for words in commands], folder=home):
        assert done.code in {1, 2}
        assert done.out == ""
        assert "QULAQ_DEBUG" not in done.err


# ── languages ────────────────────────────────────────────────────────────────────────────────────


def _commands(command, words=()):
    yield list(words)
    for name, inner in getattr(command, "commands", {}).items():
        yield from _commands(inner, (*words, name))


COMMANDS = list(_commands(get_command(app)))

# Typer's own words, which it says in English: headings, the line of --help, marks of arguments.
_FRAME = re.compile(r"^(Usage|Қолданылуы|Использование): .*$|^  qulaq .*$", re.MULTILINE)
_ENGLISH = re.compile(r"\b[A-Za-z][a-z]+(?: [a-z]{2,}){2,}")


@pytest.fixture(scope="module")
def helps():
    """
    The help of every command in every language.
    """
    commands = [[*words, "--help"] for words in COMMANDS]
    return at_once(lambda lang: in_turn(commands, lang=lang), LANGUAGES)


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: " ".join(words) or "qulaq")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_help_speaks_the_language_of_the_person(helps, lang, words):
    """
    Requirement 6.
    """
    told = helps[lang][COMMANDS.index(words)]
    assert (told.code, told.err) == (0, "")
    ours = _FRAME.sub("", told.out)
    if lang == "en":
        assert re.search("[a-z]{3}", ours)
        assert not re.search("[А-Яа-я]", ours)
    else:
        assert re.search("[а-я]{3}", ours)
        assert not _ENGLISH.search(ours), ours


def test_help_is_on_stdout_and_done():
    """
    Requirements 1, 2.
    """
    done = qulaq("corpus", "add", "--help", lang="kk")
    assert (done.code, done.err) == (0, "")
    assert "qulaq corpus add akimats page.csv" in done.out


def test_help_without_a_command_is_given_unasked():
    """
    Requirement 1.
    """
    assert "indicators" in qulaq().out + qulaq().err
    assert qulaq("--version").out.startswith("qulaq 0.")


_SAID = {
    "kk": "Қате: nowhere: мұнда study.toml файлы жоқ, демек бұл — зерттеу қалтасы емес.",
    "ru": "Ошибка: nowhere: здесь нет study.toml, значит, это не папка исследования.",
    "en": "Error: nowhere: there is no study.toml here, so this is no study.",
}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_refusal_is_said_in_the_language_of_the_person(tmp_path, lang):
    """
    Requirement 6.
    """
    assert refused(1, "corpus", "show", "nowhere", lang=lang, folder=tmp_path).startswith(
        _SAID[lang]
    )


@pytest.mark.parametrize(("code", "lang"), [("kk_KZ.UTF-8", "kk"), ("ru-RU", "ru"), ("de", "en")])
def test_a_system_s_way_of_naming_a_language_is_understood(tmp_path, code, lang):
    """
    Requirement 6: English where there are no words of ours.
    """
    done = qulaq("corpus", "show", "nowhere", lang=code, folder=tmp_path)
    assert done.message.startswith(_SAID[lang])


def test_json_is_alike_in_all_languages_but_for_the_reasons(printed, measured):
    """
    Requirements 3, 6: a program reads the same keys whoever ran the command.
    """
    kazakh = printed["kk"][0].json
    assert [{**row, "reason": None} for row in kazakh] == [
        {**row, "reason": None} for row in measured.json
    ]
    assert all(
        (one["reason"] is None and other["reason"] is None) or one["reason"] != other["reason"]
        for one, other in zip(kazakh, measured.json, strict=True)
    )


def test_report_writes_one_file_in_each_language_wanted(study, tmp_path):
    """
    Requirements 2, 6: their names are the result.
    """
    folder = shutil.copytree(study, tmp_path / "town")
    words = [word for lang in LANGUAGES for word in ("--lang", lang)]
    done = qulaq("report", folder, *words, "--to", "html", "--no-charts")
    assert done.code == 0, done.err
    for lang, file in zip(LANGUAGES, done.out.splitlines(), strict=True):
        page = Path(file).read_text(encoding="utf-8")
        assert f'lang="{lang}"' in page
        assert "<script" not in page


def test_report_writes_its_charts_beside_it_and_says_where(study, tmp_path):
    """
    Requirements 2, 6.
    """
    folder = shutil.copytree(study, tmp_path / "town")
    done = qulaq("report", folder, "--lang", "en")
    assert done.code == 0, done.err
    page, charts = map(Path, done.out.splitlines())
    assert page.is_file()
    assert charts == page.with_name(f"{page.stem}-charts")
    assert {file.suffix for file in charts.iterdir()} == {".png", ".svg"}


# ── the replica ──────────────────────────────────────────────────────────────────────────────────

# posts, least, mean and most a day, likes: mean and most, comments: mean between, most, followers, of all time
_PUBLISHED = {
    "turkistan-facebook": (2190, 6, None, None, 35, 256, (3, 4), 118, None, None),
    "turkistan-instagram": (2190, 6, None, None, 60, 1636, (3, 4), 90, None, None),
    "west-kazakhstan-facebook": (1095, 2, 3, 10, 4, 150, (2, 3), 20, 7_600, 10_300),
    "west-kazakhstan-instagram": (1095, 2, 3, 10, 55, 322, (2, 3), 25, 65_600, 11_800),
}
_FIGURES = (
    "posts", "posts_per_day_min", "posts_per_day_mean", "posts_per_day_max", "likes_mean", "likes_max",
    "comments_mean", "comments_max", "followers", "posts_all_time",
)  # fmt: skip


@pytest.fixture(scope="module")
def replica(home):
    """
    The results of the replica, by indicator and page.
    """
    made = qulaq("new", "akimats", "--example", "replica", folder=home)
    assert (made.code, made.out) == (0, f"{Path('akimats', 'study.toml')}\n"), made.err
    results = qulaq("indicators", "compute", "akimats", "--json", folder=home).json
    return {(row["indicator"], row["page"]): row for row in results}


@pytest.mark.parametrize("page", _PUBLISHED)
def test_replica_gives_the_published_figures(replica, page):
    """
    Requirement 8: where the paper prints none, followers and posts of all time are missing, with a reason.
    """
    assert {one for _, one in replica} == set(_PUBLISHED)
    for key, published in zip(_FIGURES, _PUBLISHED[page], strict=True):
        row = replica[key, page]
        if isinstance(published, tuple):
            assert published[0] <= row["value"] <= published[1]
        elif published is not None:
            assert row["value"] == published, key
            assert row["reason"] is None
        elif key in {"followers", "posts_all_time"}:
            assert row["value"] is None
            assert "measurable" in row["reason"]


@pytest.mark.parametrize("page", _PUBLISHED)
def test_replica_measures_that_nobody_was_answered(replica, page):
    """
    Requirement 8: 0 of n, which is not "not known".
    """
    rate, unanswered = replica["reply_rate", page], replica["unanswered", page]
    assert rate["value"] == 0
    assert rate["n"] > 1_000
    assert rate["low"] == 0 < rate["high"] < 0.01
    assert unanswered["value"] == rate["n"] == replica["citizen_comments", page]["value"]
    assert replica["latency_median_hours", page]["value"] is None


def test_replica_has_its_105_respondents_and_none_twice(replica, home):
    """
    Requirement 8: they come in from the exports of two forms, by the road of everybody's.
    """
    file = Path("akimats", "exports", "replica-answers-ru.csv")
    again = qulaq("survey", "add", "akimats", str(file), "--json", folder=home)
    told = again.json
    assert (told["rows"], told["new"], told["there_already"]) == (42, 0, 42)
    assert told["unmatched"] == []
    assert "105 responses." in qulaq("survey", "describe", "akimats", folder=home).err


def test_replica_is_not_written_over_a_study(home, nobody):
    """
    Requirement 5.
    """
    before = sorted(nobody.rglob("*"))
    message = refused(1, "new", "nobody", "--example", "replica", folder=home)
    assert "nobody: there is a study here already." in message
    assert sorted(nobody.rglob("*")) == before
