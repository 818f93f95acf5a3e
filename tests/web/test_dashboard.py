"""
What those who work on the study see. asel owns it, bolat codes, dina reads; a stranger gets 404 everywhere.

1.  The overview: responses per day, language, channel; where people leave.
2.  Downloads: CSV, XLSX, JSON lines, for owner and coder.
3.  Links, QR codes, texts to share, invitations.
4.  The reports of the study's folder, and nothing outside it.
5.  All of it in three languages.
"""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from openpyxl import load_workbook
from survey_pages import ANSWERS, Page

from qulaq.study import Web

LANGUAGES = ("kk", "ru", "en")
INSIDE = (
    "/answers.csv",
    "/answers.xlsx",
    "/answers.jsonl",
    "/share/",
    "/share/whatsapp.svg",
    "/reports/",
    "/reports/a.html",
)
ROLES_THAT_READ_ANSWERS = ("asel", "bolat")

pytestmark = pytest.mark.usefixtures("people")


def text(response):
    return response.content.decode()


@pytest.mark.parametrize("path", INSIDE)
def test_a_stranger_gets_404(site, path):
    response = site.browser().get(path)
    assert response.status_code == 404


@pytest.mark.parametrize("path", ["/pilot/forget", "/invitations"])
@pytest.mark.parametrize("name", ["bolat", "dina", None])
def test_only_the_owner_changes_something(site, path, name):
    browser = site.user(name) if name else site.browser()
    assert browser.post(path, {"n": "1"}).status_code == 404
    assert browser.get(path).status_code == 404
    assert site.user("asel").get(path).status_code == 405


def test_the_bare_address_leads_strangers_to_the_survey(site):
    assert site.browser().get("/")["Location"] == site.path


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["/", "/share/", "/reports/"])
def test_pages_speak_three_languages_and_remember_the_choice(site, path, language):
    """
    Requirement 5.
    """
    browser = site.user("dina")
    assert f'<html lang="{language}">' in text(browser.get(f"{path}?lang={language}"))
    assert f'<html lang="{language}">' in text(browser.get(path))


def test_the_overview_counts_days_of_the_studys_clock(site):
    """
    Requirement 1: half past midnight in Almaty is the next day there.
    """
    for moment in (
        datetime(2026, 11, 26, 19, 30, tzinfo=UTC),
        datetime(2026, 11, 27, 10, tzinfo=UTC),
    ):
        site.change(clock=lambda moment=moment: moment)
        site.fill_in(site.browser(), query="?from=whatsapp&lang=ru")
    site.change(clock=lambda: datetime(2026, 11, 28, 10, tzinfo=UTC))
    site.fill_in(site.browser(), query="?lang=kk")
    tally = site.responses.tally(site.served.zone)
    assert tally.by_day == {date(2026, 11, 27): 2, date(2026, 11, 28): 1}
    assert tally.by_language == {"ru": 2, "kk": 1}
    assert tally.by_channel == {"whatsapp": 2, None: 1}
    shown = text(site.user("dina").get("/?lang=en"))
    assert "November 27, 2026" in shown
    assert "not told by the link" in shown


def test_a_day_on_which_nobody_answered_is_told(site):
    """
    Requirement 1.
    """
    for day in (24, 27):
        site.change(clock=lambda day=day: datetime(2026, 11, day, 10, tzinfo=UTC))
        site.fill_in(site.browser())
    shown = text(site.user("dina").get("/?lang=en"))
    rows = re.findall(r'"row">November (\d+), 2026</th>.*?"number">(\d+)</td>', shown)
    assert rows == [("24", "1"), ("25", "0"), ("26", "0"), ("27", "1")]


def test_the_overview_tells_at_which_screen_people_left(site):
    """
    Requirement 1.
    """
    site.fill_in(site.browser())
    for screen in (2, 4, 4, 9):
        site.fill_in(site.browser(), until=screen)
    shown = text(site.user("dina").get("/?lang=en"))
    rows = re.findall(
        r'<th scope="row">(\d+)\. [^<]*</th><td class="number">(\d+)</td><td class="number">(\d+)',
        shown,
    )
    told = {int(number): (int(reached), int(left)) for number, reached, left in rows}
    assert told[1] == (5, 0)
    assert told[2] == (5, 1)
    assert told[4] == (4, 2)
    assert told[9] == (2, 1)


def test_screens_of_one_group_are_told_apart_by_what_they_ask(site):
    """
    Requirement 1.
    """
    shown = text(site.user("dina").get("/?lang=en"))
    screens = re.findall(r'<th scope="row">\d+\. ([^<]*)</th>', shown)
    assert len(set(screens)) == len(screens) == 9
    assert screens[0] == "About you"


def test_of_trials_too_is_told_where_people_left(site):
    """
    Requirement 1.
    """
    site.change(pilot=True)
    site.fill_in(site.browser())
    site.fill_in(site.browser(), until=4)
    browser = site.user("dina")
    rows = r'<th scope="row">4\. [^<]*</th><td class="number">(\d+)</td><td class="number">(\d+)'
    assert re.findall(rows, text(browser.get("/?lang=en"))) == [("0", "0")]
    assert re.findall(rows, text(browser.get("/?pilot=1"))) == [("2", "1")]


def test_counts_are_for_readers_and_answers_are_not(site):
    """
    Requirement 2.
    """
    site.fill_in(site.browser())
    assert site.user("dina").get("/answers.csv").status_code == 404
    assert "/answers.csv" not in text(site.user("dina").get("/"))
    for name in ROLES_THAT_READ_ANSWERS:
        assert site.user(name).get("/answers.csv").status_code == 200
        assert "/answers.csv" in text(site.user(name).get("/"))


def test_downloads_hold_the_same_answers(site):
    """
    Requirement 2.
    """
    site.fill_in(site.browser(), query="?from=facebook&lang=ru")
    browser = site.user("bolat")
    plain = {
        name: " ".join(answer) if isinstance(answer, list) else answer
        for name, answer in ANSWERS.items()
    }
    [row] = csv.DictReader(io.StringIO(browser.get("/answers.csv").content.decode("utf-8-sig")))
    told = {name: cell for name, cell in row.items() if cell and name in plain}
    assert told == plain | {"suggestion": "'" + plain["suggestion"]}  # it begins as a formula does
    assert (row["channel"], row["language"], row["version"]) == ("facebook", "ru", "1")
    assert re.fullmatch(r"2026-11-27T06:30Z", row["submitted_at"])
    [line] = browser.get("/answers.jsonl").content.decode().splitlines()
    assert json.loads(line)["answers"] == ANSWERS
    rows = list(load_workbook(io.BytesIO(browser.get("/answers.xlsx").content)).active.values)
    in_sheet = dict(zip(rows[0], rows[1], strict=True))
    assert {name: cell for name, cell in in_sheet.items() if name in plain and cell} == plain


def test_a_question_called_language_does_not_hide_that_of_the_form(site, ask):
    """
    Requirement 2.
    """
    ask({"type": "text", "name": "language", "label": "?"})
    site.fill_in(site.browser(), {"language": "түрікше"})
    told = site.user("asel").get("/answers.csv").content.decode("utf-8-sig")
    [row] = csv.DictReader(io.StringIO(told))
    assert (row["language"], row["response_language"]) == ("түрікше", "und")


def test_pilot_answers_are_downloaded_apart_and_thrown_away_by_the_owner(site):
    """
    Requirement 2.
    """
    site.change(pilot=True)
    site.fill_in(site.browser())
    owner = site.user("asel")
    assert len(owner.get("/answers.jsonl").content.splitlines()) == 0
    assert len(owner.get("/answers.jsonl?pilot=1").content.splitlines()) == 1
    assert owner.post("/pilot/forget").status_code == 302
    assert len(owner.get("/answers.jsonl?pilot=1").content.splitlines()) == 0


def test_an_unknown_form_of_download_is_not_found(site):
    assert site.user("asel").get("/answers.exe").status_code == 404


def test_links_tell_the_channel_and_have_qr_codes(site):
    """
    Requirement 3.
    """
    site.change(web=Web(address="https://survey.example.kz"), closes=date(2026, 12, 31))
    browser = site.user("dina")
    shown = text(browser.get("/share/"))
    for channel in ("whatsapp", "instagram", "facebook"):
        assert f"https://survey.example.kz{site.path}?from={channel}" in shown
    assert browser.get("/share/whatsapp.svg").content.startswith(b"<?xml")
    assert browser.get("/share/whatsapp.png").content.startswith(b"\x89PNG")
    assert browser.get("/share/whatsapp.gif").status_code == 404


def test_links_that_open_on_this_machine_only_say_so(site):
    """
    Requirement 3.
    """
    browser = site.user("dina")
    told = "on this machine only"
    assert told in text(browser.get("/share/?lang=en", HTTP_HOST="127.0.0.1:8000"))
    site.change(web=Web(address="https://survey.example.kz"))
    assert told not in text(browser.get("/share/?lang=en", HTTP_HOST="127.0.0.1:8000"))


def test_a_text_to_share_and_a_reminder_stand_in_each_language_of_the_form(site):
    """
    Requirement 3.
    """
    site.change(closes=date(2026, 12, 31))
    shown = text(site.user("dina").get("/share/"))
    for language in LANGUAGES:
        assert shown.count(f"{site.path}?lang={language}") >= 2
        assert site.served.study.title.to(language) in shown
    assert "31 декабря 2026" in shown


def test_invitations_are_a_file_of_links_that_work_once(site):
    """
    Requirement 3.
    """
    site.change(invitations=True)
    told = site.user("asel").post("/invitations", {"n": "3"}).content.decode("utf-8-sig")
    _, *links = [line[0] for line in csv.reader(io.StringIO(told))]
    assert len(set(links)) == 3
    query = "?" + links[0].partition("?")[2]
    site.fill_in(site.browser(), query=query)
    assert site.browser().get(f"{site.path}{query}").status_code == 403
    assert site.user("asel").post("/invitations", {"n": "many"}).status_code == 404


@pytest.fixture
def report(site):
    folder = site.served.study.reports
    folder.mkdir(exist_ok=True)
    file = folder / "report-kk.html"
    file.write_text("<style>p{}</style><p>Есеп</p>", encoding="utf-8")
    (site.served.study.folder / "secret.txt").write_text("no", encoding="utf-8")
    yield file
    file.unlink()


def test_reports_are_shown_to_users_and_to_all_where_the_study_says_so(site, report):
    """
    Requirement 4.
    """
    shown = site.user("dina").get(f"/reports/{report.name}")
    assert b"".join(shown.streaming_content) == report.read_bytes()
    assert "unsafe-inline" in shown["Content-Security-Policy"]
    shown.close()
    assert site.browser().get("/reports/").status_code == 404
    site.change(web=replace(Web(), public_reports=True))
    assert report.name in text(site.browser().get("/reports/"))
    opened = site.browser().get(f"/reports/{report.name}")
    assert opened.status_code == 200
    opened.close()


@pytest.mark.parametrize(
    "path",
    [
        "../secret.txt",
        "..%2fsecret.txt",
        "%2e%2e/secret.txt",
        "../study.toml",
        "../qulaq.sqlite3",
        "",
        "nothing.html",
        "/etc/passwd",
        "a%00b",
        "a" * 300,
    ],
)
def test_nothing_outside_the_reports_is_shown(site, report, path):
    """
    Requirement 4.
    """
    response = site.user("asel").get(f"/reports/{path}")
    if path:
        assert response.status_code == 404


def test_the_owner_is_reminded_that_the_end_is_near(site):
    """
    Requirement 1.
    """
    today = site.served.today()
    site.change(closes=today + timedelta(days=1))
    assert "more day after today" in text(site.user("asel").get("/?lang=en"))
    site.change(closes=today - timedelta(days=1))
    assert "closed on" in text(site.user("asel").get("/?lang=en"))


def test_a_study_without_a_questionnaire_says_so(site):
    from django.conf import settings

    site._served = replace(site.served, questionnaire=None)
    settings.QULAQ_SERVED = site.served
    assert "questionnaire.xlsx" in text(site.user("asel").get("/?lang=en"))
    for path in ("/share/", "/answers.csv", site.path):
        assert site.user("asel").get(path).status_code == 404
    assert Page(text(site.user("asel").get("/"))).action == "/sign-out/"
