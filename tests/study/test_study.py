"""
The study folder.

1. Every mistake in `study.toml` is answered with its line, what was found and what is expected.
2. What may be left out may be left out; one text stands for three languages.
3. The template of a fresh study opens as it is.
4. A study without pages opens, but gives nothing to measure.
"""

from __future__ import annotations

from datetime import date

import pytest

from qulaq.errors import Misused, StudyError, UnknownName
from qulaq.lang import LANGUAGES
from qulaq.study import Knows, Window, new_study, open_study, read_words

WHOLE = """\
id = "town"
title = { kk = "Қала", ru = "Город", en = "Town" }
time_zone = "Asia/Almaty"
window = { from = 2022-06-01, to = 2023-05-31 }
languages = ["kk", "ru", "en"]

[answering]
within_working_days = 15
calendar = "KZ"
basis = "Code, art. 76"
verified_on = 2026-11-23

[[bodies]]
id = "akimat"
name = "Akimat"
time_zone = "Asia/Oral"

[[pages]]
id = "answers"
body = "akimat"
platform = "facebook"
handle = "@town.answers"
ids = ["100"]
url = "https://www.facebook.com/town.answers"
opened = "2014-01"
accounts = ["akim_press"]
knows = "page-authors"

[[pages]]
id = "silent"
body = "akimat"
platform = "instagram"
handle = "town_silent"
"""
LINES = WHOLE.splitlines()


def line_of(text, nth=1):
    return [number for number, line in enumerate(LINES, start=1) if line.startswith(text)][nth - 1]


# ── 1 mistakes ───────────────────────────────────────────────────────────────────────────────────

MISTAKES = {
    "no id": ('id = "town"\n', "", 1, "“id” is missing", "short name"),
    "id of a body missing": (
        'id = "akimat"\n',
        "",
        line_of("[[bodies]]"),
        "“id” is missing",
        "short name",
    ),
    "id is a number": ('id = "town"', "id = 5", 1, "“id” is 5", "short name"),
    "id with blanks": (
        'id = "town"',
        'id = "my town"',
        1,
        "“id” is 'my town'",
        "small Latin letters",
    ),
    "no title": (LINES[1] + "\n", "", 1, "“title” is missing", "one text in quotes, or { kk"),
    "title lacks a language": (
        ', en = "Town"',
        "",
        2,
        "“title” is {",
        "one text in quotes, or { kk",
    ),
    "title empty in a language": (
        'en = "Town"',
        'en = " "',
        2,
        "“title” is {",
        "one text in quotes",
    ),
    "title is a number": (LINES[1], "title = 3", 2, "“title” is 3", "one text in quotes"),
    "bad zone": ('"Asia/Almaty"', '"Almaty"', 3, "“Almaty” is not a time zone", "Asia/Oral"),
    "zone that climbs": (
        '"Asia/Almaty"',
        '"../../etc/passwd"',
        3,
        "is not a time zone",
        "Asia/Oral",
    ),
    "zone that is a folder": (
        '"Asia/Almaty"',
        '"Asia"',
        3,
        "“Asia” is not a time zone",
        "Asia/Oral",
    ),
    "bad zone of a body": (
        '"Asia/Oral"',
        '"Oral"',
        line_of("time_zone", 2),
        "“Oral” is not a time zone",
        "Asia",
    ),
    "zone is a number": ('"Asia/Almaty"', "5", 3, "“time_zone” is 5", "text in quotes"),
    "no window": (LINES[3] + "\n", "", 1, "“window” is missing", "a table"),
    "window without end": (", to = 2023-05-31", "", 4, "“to” is missing", "2023-05-31"),
    "window begins at no day": ("2022-06-01", '"June"', 4, "“from” is 'June'", "2023-05-31"),
    "window begins at a moment": (
        "2022-06-01",
        "2022-06-01T10:00:00",
        4,
        "“from” is",
        "2023-05-31",
    ),
    "window ends before it begins": (
        "2023-05-31",
        "2021-05-31",
        4,
        "ends (2021-05-31) before it begins",
        "first day",
    ),
    "unknown key in the window": ("to = 2023", "til = 2023", 4, "“to” is missing", "2023-05-31"),
    "window with more": (
        "2023-05-31 }",
        "2023-05-31, step = 1 }",
        4,
        "“step” is not a setting",
        "Known here",
    ),
    "unknown language": (
        '"kk", "ru", "en"',
        '"kk", "de"',
        5,
        "the languages are kk, de",
        "kk, ru, en",
    ),
    "no language": ('["kk", "ru", "en"]', "[]", 5, "the languages are —", "kk, ru, en"),
    "days of answering": (
        "= 15",
        "= 0",
        line_of("within"),
        "“within_working_days” is 0",
        "above 0",
    ),
    "days of answering true": ("= 15", "= true", line_of("within"), "is True", "above 0"),
    "calendar of no country": (
        '"KZ"',
        '"kz"',
        line_of("calendar"),
        "“kz” is not the calendar of a country",
        "two capital letters as ISO 3166 has them, such as KZ",
    ),
    "calendar of a part": (
        '"KZ"',
        '"US-CA"',
        line_of("calendar"),
        "“US-CA” is not the calendar",
        "ISO 3166",
    ),
    "calendar is a number": ('"KZ"', "7", line_of("calendar"), "“calendar” is 7", "text in quotes"),
    "verified on no day": (
        "2026-11-23",
        '"now"',
        line_of("verified"),
        "“verified_on” is 'now'",
        "2023-05-31",
    ),
    "unknown body": (
        'body = "akimat"\nplatform = "i',
        'body = "akimt"\nplatform = "i',
        line_of("body", 2),
        "no body “akimt”",
        "Known: akimat",
    ),
    "two equal pages": (
        'id = "silent"',
        'id = "answers"',
        line_of('id = "silent"'),
        "“answers” stands twice",
        "own",
    ),
    "platform missing": (
        'platform = "instagram"\n',
        "",
        line_of("[[pages]]", 2),
        "“platform” is missing",
        "short",
    ),
    "page without any name": (
        'handle = "town_silent"\n',
        "",
        line_of("[[pages]]", 2),
        "neither handle nor ids nor url",
        "at least one",
    ),
    "ids are numbers": ('["100"]', "[100]", line_of("ids"), "“ids” is [100]", "list of texts"),
    "bad opened": (
        '"2014-01"',
        '"2014-13"',
        line_of("opened"),
        "“opened” is '2014-13'",
        '"2014-01-15"',
    ),
    "opened in words": (
        '"2014-01"',
        '"January"',
        line_of("opened"),
        "“opened” is 'January'",
        '"2014-01-15"',
    ),
    "bad knows": (
        '"page-authors"',
        '"page-author"',
        line_of("knows"),
        "“page-author”",
        "Known: page-authors",
    ),
    "unknown key": (
        "accounts =",
        "acounts =",
        line_of("accounts"),
        "“acounts” is not a setting",
        "Did you mean “accounts”?",
    ),
    "unknown key far off": (
        "accounts =",
        "zzz =",
        line_of("accounts"),
        "“zzz” is not a setting",
        "Known here",
    ),
    "unknown table": (
        "[answering]",
        "[answers]",
        line_of("[answering]"),
        "“answers” is not a setting",
        "“answering”",
    ),
    "bodies as one table": (
        "[[bodies]]",
        "[bodies]",
        line_of("[[bodies]]"),
        "“bodies” is",
        "[[bodies]]",
    ),
    "not TOML": ('id = "town"\n', "id = town\n", 1, "not TOML", "Mend that line"),
    "text not closed": (
        '"Code, art. 76"',
        '"Code, art. 76',
        line_of("basis"),
        "not TOML",
        "quotes",
    ),
    "the same key twice": (
        'ids = ["100"]',
        'ids = ["100"]\nids = ["200"]',
        line_of("ids") + 1,
        "not TOML",
        "Mend",
    ),
}


@pytest.mark.parametrize(
    ("before", "after", "line", "found", "expected"), MISTAKES.values(), ids=MISTAKES
)
def test_a_mistake_is_answered_with_its_line_and_what_is_expected(  # noqa: PLR0917
    make_study, before, after, line, found, expected
):
    assert before in WHOLE
    with pytest.raises(StudyError) as caught:
        make_study(WHOLE.replace(before, after, 1))
    error = caught.value
    assert str(error.where).endswith(f"study.toml, line {line}")
    assert found in str(error.found)
    assert expected in str(error.remedy)


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_answered_in_all_three_languages(make_study, name):
    before, after, *_ = MISTAKES[name]
    with pytest.raises(StudyError) as caught:
        make_study(WHOLE.replace(before, after, 1))
    assert len({caught.value.to(language) for language in LANGUAGES}) == 3


def test_a_file_that_ends_in_the_middle_is_answered_with_its_last_line(make_study):
    with pytest.raises(StudyError, match=r"line 2: this is not TOML"):
        make_study('id = "town"\ntitle = { kk = "Қала"')


def test_a_study_that_is_not_in_utf8_says_so(tmp_path):
    (tmp_path / "study.toml").write_bytes(WHOLE.encode("cp1251", errors="replace"))
    with pytest.raises(StudyError, match=r"not in UTF-8. Save it as UTF-8"):
        open_study(tmp_path)


@pytest.mark.parametrize("name", ["nowhere", "a-file", "empty"])
def test_a_place_that_is_no_study_says_how_to_make_one(tmp_path, name):
    (tmp_path / "a-file").write_text("x", encoding="utf-8")
    (tmp_path / "empty").mkdir()
    with pytest.raises(StudyError, match=rf"{name}: there is no study.toml here.* qulaq new"):
        open_study(tmp_path / name)


def test_a_study_that_is_a_folder_is_no_study(tmp_path):
    (tmp_path / "study.toml").mkdir()
    with pytest.raises(StudyError, match="no study"):
        open_study(tmp_path)


# ── 2 what is read ───────────────────────────────────────────────────────────────────────────────


def test_everything_that_the_settings_say_is_read(make_study):
    study = make_study(WHOLE)
    assert (study.id, study.title.kk, study.title.to("ru")) == ("town", "Қала", "Город")
    assert study.window == Window(first=date(2022, 6, 1), last=date(2023, 5, 31))
    assert study.answering.within_working_days == 15
    answers, silent = study.pages
    assert (answers.handle, answers.ids, answers.accounts) == (
        "town.answers",
        ("100",),
        ("akim_press",),
    )
    assert (answers.opened.first, answers.knows) == (date(2014, 1, 1), ("page-authors",))
    assert {page.time_zone for page in study.pages} == {"Asia/Oral"}
    assert (silent.opened, silent.knows, silent.url) == (None, (), "")


def test_what_may_be_left_out_may_be_left_out(make_study):
    study = make_study('id = "x"\ntitle = "X"\nwindow = { from = "2023-01-01", to = 2023-01-01 }\n')
    assert (study.time_zone, study.languages, study.answering) == (
        "Asia/Almaty",
        ("kk", "ru", "en"),
        None,
    )
    assert (study.bodies, study.pages) == ((), ())


def test_working_days_are_those_of_kazakhstan_where_no_calendar_is_named(make_study):
    assert make_study(WHOLE.replace('calendar = "KZ"\n', "")).answering.calendar == "KZ"


def test_one_text_stands_for_all_languages(make_study):
    study = make_study(WHOLE)
    assert {study.bodies[0].name.to(language) for language in LANGUAGES} == {"Akimat"}


@pytest.mark.parametrize(
    ("written", "day", "told"),
    [
        ('"2014"', date(2014, 1, 1), "year"),
        ("2014", date(2014, 1, 1), "year"),
        ('"2014-03"', date(2014, 3, 1), "month"),
        ('"2014-03-15"', date(2014, 3, 15), "day"),
        ("2014-03-15", date(2014, 3, 15), "day"),
    ],
)
def test_the_opening_of_a_page_is_a_year_a_month_or_a_day(make_study, written, day, told):
    opened = make_study(WHOLE.replace('"2014-01"', written)).page("answers").opened
    assert (opened.first, opened.told) == (day, told)


@pytest.mark.parametrize("start", ["\ufeff", "# remark\r\n", "\r\n\r\n"])
def test_a_study_written_on_windows_opens(tmp_path, start):
    (tmp_path / "study.toml").write_bytes((start + WHOLE.replace("\n", "\r\n")).encode())
    assert len(open_study(tmp_path).pages) == 2


def test_an_unknown_page_is_answered_with_the_known_ones_the_nearest_first(make_study):
    with pytest.raises(UnknownName, match=r"“silnt”.* Known: silent, answers"):
        make_study(WHOLE).page("silnt")


def test_knowledge_is_said_in_words():
    told = Knows().told(["page-authors", "no-parents", "exact_counts"])
    assert (told.authors, told.parents, told.exact_counts, told.ids) == ("page", False, True, True)
    assert read_words([]) == {}
    with pytest.raises(Misused, match="parents"):
        read_words(["parent"])


# ── 3 a fresh study ──────────────────────────────────────────────────────────────────────────────


def test_the_template_opens_and_its_window_is_the_last_whole_year(tmp_path):
    new_study(tmp_path / "My Study!", today=date(2026, 11, 23))
    study = open_study(tmp_path / "My Study!")
    assert study.id == "my-study"
    assert study.window == Window(first=date(2025, 1, 1), last=date(2025, 12, 31))
    assert study.answering is None
    assert [page.platform for page in study.pages] == ["instagram"]


def test_every_remark_of_the_template_can_be_taken_up(tmp_path):
    file = new_study(tmp_path / "new", today=date(2026, 11, 23))
    text = file.read_text(encoding="utf-8")
    lines = [
        line.removeprefix("# ")
        if line.startswith("# [") or line.partition(" = ")[0].strip("# ").isidentifier()
        else line
        for line in text.splitlines()
    ]
    file.write_text("\n".join(lines), encoding="utf-8")
    study = open_study(tmp_path / "new")
    assert study.answering.calendar == "KZ"
    assert study.bodies[0].time_zone == "Asia/Oral"
    assert study.pages[0].knows == ("page-authors",)


def test_a_fresh_study_never_overwrites_one(tmp_path):
    file = new_study(tmp_path / "new", today=date(2026, 11, 23))
    file.write_text("mine", encoding="utf-8")
    with pytest.raises(StudyError, match=r"already. Name another folder"):
        new_study(tmp_path / "new", today=date(2026, 11, 23))
    assert file.read_text(encoding="utf-8") == "mine"
    with pytest.raises(StudyError, match="a file, not a folder"):
        new_study(file, today=date(2026, 11, 23))


@pytest.mark.parametrize("name", ["әкімдік", "---", "2023", "a b"])
def test_a_fresh_study_may_stand_in_a_folder_of_any_name(tmp_path, name):
    new_study(tmp_path / name, today=date(2026, 11, 23))
    assert open_study(tmp_path / name).id


# ── 4 no pages ───────────────────────────────────────────────────────────────────────────────────


def test_a_study_without_pages_says_what_to_add(make_study):
    study = make_study(WHOLE.partition("[[pages]]")[0])
    with pytest.raises(
        StudyError, match=r"study.toml: the study names no page. Add a \[\[pages\]\] table"
    ):
        study.must_have_pages()


def test_the_alpha_that_a_machine_must_reach(make_study):
    toml = 'id = "s"\ntitle = "S"\nwindow = { from = 2023-01-01, to = 2023-01-31 }\n'
    assert make_study(toml).coding.least_alpha == 0.667
    assert make_study(f"{toml}[coding]\nleast_alpha = 0.8\n").coding.least_alpha == 0.8
    with pytest.raises(StudyError, match=r"line 5: “least_alpha” is 1\. .*between 0 and 1"):
        make_study(f"{toml}[coding]\nleast_alpha = 1\n")
