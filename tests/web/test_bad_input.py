"""
What people, programs and mishaps send: nobody sees a traceback, nothing that was typed is lost.

1.  Answers that are none: not among the choices, too long, not numbers, markup, formulas, control characters.
2.  Tokens forged, damaged, replayed, of another survey, out of date; posts from other sites; the trap.
3.  Wrong Host, wrong method, too large requests.
4.  The database locked, read-only, gone.
5.  A form with ten thousand choices.
"""

from __future__ import annotations

import csv
import io
import logging
import sqlite3
from dataclasses import replace
from datetime import timedelta

import pytest
from survey_pages import ANSWERS, Page

from qulaq.survey.answers import LONGEST_TEXT
from qulaq.survey.questionnaire import Choice, ChoiceList, Question, Screen, Wording
from qulaq.web.survey.finding import MOST_FOUND
from qulaq.web.survey.tokens import make_token, sign

LANGUAGES = ("kk", "ru", "en")
LARGEST = 30_000


def text(response):
    return response.content.decode()


def page(response):
    return Page(text(response))


@pytest.fixture(autouse=True)
def quiet():
    """
    Django warns of each refused request; here they are meant to be refused.
    """
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)


# ── answers that are none ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "answer", ["older_than_the_hills", "18_24 25_35", "'; DROP TABLE answers_response; --"]
)
def test_an_answer_not_among_the_choices_is_refused(site, answer):
    """
    Requirement 1.
    """
    browser = site.browser()
    response = site.send(browser, page(browser.get(site.path)), age=answer)
    assert response.status_code == 422
    assert page(response).action == f"{site.path}1/"


def test_several_answers_to_a_single_choice_count_as_the_last_one(site):
    """
    Requirement 1.
    """
    browser = site.browser()
    response = site.send(browser, page(browser.get(site.path)), age=["18_24", "25_35"])
    assert page(response).action == f"{site.path}2/"
    assert page(browser.get(site.path)).fields["age"] == ["25_35"]


def test_a_megabyte_of_text_is_told_in_words_and_the_other_answers_stay(site):
    """
    Requirement 1.
    """
    browser = site.browser()
    fourth = page(site.fill_in(browser, ANSWERS | {"wrote": ""}, until=6))
    site.send(browser, fourth, effective_why="ә" * 500_000, wrote="yes")
    response = site.send(browser, fourth, effective_why="ә" * 500_000, wrote="yes", go="next")
    assert response.status_code == 422
    assert page(response).fields["wrote"] == ["yes"]
    assert len(page(response).fields["effective_why"][0]) == LONGEST_TEXT
    assert len(response.content) < LARGEST
    assert page(browser.get(f"{site.path}2/")).fields["source"] == ["social"]


def test_control_characters_are_left_out_and_any_other_letter_is_kept(site):
    """
    Requirement 1.
    """
    site.fill_in(site.browser(), ANSWERS | {"suggestion": "а\x00б\x1b 👍🏽 ﷽ \u202eтерс"})
    [stored] = site.responses.read()
    assert stored.answers["suggestion"] == "аб 👍🏽 ﷽ \u202eтерс"


def test_markup_and_formulas_in_open_answers_do_nothing(site, people):
    """
    Requirement 1: on the page, in CSV, in XLSX.
    """
    from openpyxl import load_workbook

    evil = '=HYPERLINK("http://x","<script>alert(1)</script>")'
    browser = site.browser()
    last = page(site.fill_in(browser, until=9))
    shown = site.send(browser, last, go="lang:ru", suggestion=evil)
    assert "<script" not in text(shown)
    assert page(shown).fields["suggestion"] == [evil]
    site.send(browser, page(shown))
    owner = site.user("asel")
    told = owner.get("/answers.csv").content
    assert told.startswith("\ufeff".encode())
    [row] = csv.DictReader(io.StringIO(told.decode("utf-8-sig")))
    assert row["suggestion"] == f"'{evil}"
    sheet = load_workbook(io.BytesIO(owner.get("/answers.xlsx").content)).active
    cells = {cell.value: cell.data_type for line in sheet.iter_rows() for cell in line}
    assert cells[evil] == "s"


def test_fields_that_nobody_asked_for_are_not_stored(site):
    """
    Requirement 1.
    """
    browser = site.browser()
    first = page(browser.get(site.path))
    browser.post(first.action, first.filled(age="25_35", name="Асель", rating="5", __proto__="x"))
    [partial] = [site.responses.find_partial(one.respondent) for one in _partials()]
    assert partial.answers == {"age": "25_35"}


def _partials():
    from qulaq.web.answers.models import Partial

    return list(Partial.objects.all())


# ── tokens and origins ───────────────────────────────────────────────────────────────────────────


def _tokens(site):
    good = page(site.browser().get(site.path)).token
    name = site.served.survey.name
    token = make_token(channel=None, invitation="", pilot=False)
    return {
        "none": "",
        "damaged": good[:-2] + ("aa" if good[-2:] != "aa" else "bb"),
        "of another survey": sign(token, survey="other"),
        "cut": good.split(":")[0],
        "with another body": "x" + good,
        "not text": "\x00\ufffd",
        "long": "a" * 100_000,
        "unsigned": f"{name}:1:2",
    }


@pytest.mark.parametrize(
    "kind",
    [
        "none",
        "damaged",
        "of another survey",
        "cut",
        "with another body",
        "not text",
        "long",
        "unsigned",
    ],
)
def test_a_forged_token_stores_nothing(site, kind):
    """
    Requirement 2.
    """
    token = _tokens(site)[kind]
    response = site.browser().post(
        f"{site.path}1/", {"~token": token, "~go": "next", "age": "25_35"}
    )
    assert response.status_code == 403
    assert not _partials()
    stranger = site.browser()
    stranger.cookies["form"] = token.replace("\x00", "").replace("\ufffd", "")
    assert page(stranger.get(site.path)).action == f"{site.path}1/"


def test_a_token_older_than_a_week_is_told_in_words(site, monkeypatch):
    """
    Requirement 2.
    """
    import time

    first = page(site.browser().get(f"{site.path}?lang=en"))
    later = time.time() + timedelta(days=7, minutes=1).total_seconds()
    monkeypatch.setattr(time, "time", lambda: later)
    response = site.send(site.browser(), first, age="25_35")
    assert response.status_code == 403
    assert "out of date" in text(response)


@pytest.mark.parametrize(
    ("headers", "accepted"),
    [
        ({}, True),
        ({"sec_fetch_site": "same-origin", "origin": "http://testserver"}, True),
        ({"sec_fetch_site": "same-origin", "origin": "null"}, True),
        ({"origin": "https://testserver"}, True),
        ({"sec_fetch_site": "cross-site", "origin": "https://evil.example"}, False),
        ({"sec_fetch_site": "same-site"}, False),
        ({"origin": "https://evil.example"}, False),
    ],
)
def test_posts_from_other_sites_are_refused(site, headers, accepted):
    """
    Requirement 2.
    """
    browser = site.browser(**headers)
    first = page(browser.get(site.path))
    response = site.send(browser, first, age="25_35")
    assert (response.status_code == 200) is accepted
    assert bool(_partials()) is accepted


def test_who_falls_into_the_trap_is_told_and_may_climb_out(site):
    """
    Requirement 2: nobody is thanked for what was not stored.
    """
    browser = site.browser()
    first = page(browser.get(site.path))
    response = site.send(browser, first, age="25_35", **{"~website": "http://spam"})
    assert response.status_code == 422
    assert page(response).fields["age"] == ["25_35"]
    assert page(site.send(browser, page(response), **{"~website": ""})).action == f"{site.path}2/"


# ── requests ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wrong_host_is_answered_in_words(site, language):
    """
    Requirement 3.
    """
    response = site.browser(accept_language=language).get(site.path, HTTP_HOST="evil.example")
    assert response.status_code == 400
    assert f'<html lang="{language}">' in text(response)
    assert "evil.example" not in text(response)


def test_a_request_of_many_megabytes_is_refused_in_words(site):
    """
    Requirement 3.
    """
    browser = site.browser()
    first = page(browser.get(site.path))
    response = browser.post(first.action, first.filled(age="x" * 5_000_000))
    assert response.status_code == 400
    assert "<h1>" in text(response)


@pytest.mark.parametrize("path", ["1/", None])
def test_files_are_refused_before_they_reach_the_disk(site, path):
    """
    Requirement 3: Django limits the size of fields, not that of files.
    """
    from django.core.files.uploadedfile import SimpleUploadedFile

    browser = site.browser()
    first = page(browser.get(site.path))
    sent = {"~token": first.token, "age": SimpleUploadedFile("age.bin", b"x" * 6_000_000)}
    response = browser.post(f"{site.path}{path}" if path else "/sign-in/", sent)
    assert response.status_code == 400
    assert "<h1>" in text(response)


def test_ten_thousand_fields_are_refused_in_words(site):
    """
    Requirement 3.
    """
    browser = site.browser()
    first = page(browser.get(site.path))
    fields = first.filled(age="25_35") | {f"f{i}": "1" for i in range(10_000)}
    assert browser.post(first.action, fields).status_code == 400


@pytest.mark.parametrize("path", ["", "thanks/", "excused/"])
def test_pages_that_are_only_read_take_no_post(site, path):
    """
    Requirement 3.
    """
    assert site.browser().post(f"{site.path}{path}").status_code == 405


@pytest.mark.parametrize("query", ["?lang=<b>", "?lang=xx", "?from[]=1", "?%00", "?token=%ff"])
def test_strange_queries_change_nothing(site, query):
    """
    Requirement 3.
    """
    assert site.browser().get(f"{site.path}{query}").status_code == 200


# ── the database ─────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def impatient(asked):
    """
    Wait for a lock for a moment only.
    """
    from django.db import connection

    connection.ensure_connection()
    connection.connection.execute("PRAGMA busy_timeout = 50")
    yield connection
    connection.connection.execute("PRAGMA busy_timeout = 5000")


@pytest.mark.parametrize("language", LANGUAGES)
def test_with_the_database_locked_the_answers_stay_on_the_page(site, asked, impatient, language):
    """
    Requirement 4.
    """
    browser = site.browser()
    last = page(site.fill_in(browser, query=f"?lang={language}", until=9))
    other = sqlite3.connect(asked.database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    response = site.send(browser, last, suggestion="Жоғалмасын")
    assert response.status_code == 503
    assert response["Retry-After"]
    assert page(response).fields["suggestion"] == ["Жоғалмасын"]
    assert f'<html lang="{language}">' in text(response)
    other.execute("ROLLBACK")
    other.close()
    after = site.send(browser, page(response))
    assert after.redirect_chain[-1][0].startswith(f"{site.path}thanks/")
    assert [one.answers["suggestion"] for one in site.responses.read()] == ["Жоғалмасын"]


def test_with_the_database_read_only_the_answers_stay_on_the_page(site, impatient):
    """
    Requirement 4.
    """
    browser = site.browser()
    last = page(site.fill_in(browser, until=9))
    impatient.connection.execute("PRAGMA query_only = ON")
    try:
        response = site.send(browser, last, suggestion="Жоғалмасын")
        first = site.send(site.browser(), page(site.browser().get(site.path)), age="25_35")
    finally:
        impatient.connection.execute("PRAGMA query_only = OFF")
    for told in (response, first):
        assert told.status_code == 503
    assert page(response).fields["suggestion"] == ["Жоғалмасын"]
    assert page(first).fields["age"] == ["25_35"]
    assert not list(site.responses.read())


def test_with_the_database_gone_the_screen_stands_as_it_was_typed(site, asked, impatient):
    """
    Requirement 4.
    """
    browser = site.browser()
    second = page(site.fill_in(browser, until=2))
    impatient.close()
    aside = list(asked.folder.glob("qulaq.sqlite3*"))
    for file in aside:
        file.rename(file.with_name("_" + file.name))
    try:
        response = site.send(browser, second, source="press")
        shown = browser.get(f"{site.path}2/")
        fresh = site.browser().get(site.path)
    finally:
        impatient.close()
        for file in asked.folder.glob("qulaq.sqlite3*"):
            file.unlink()
        for file in aside:
            file.with_name("_" + file.name).rename(file)
    assert response.status_code == 503
    assert page(response).fields["source"] == ["press"]
    assert shown.status_code == 503
    assert fresh.status_code == 200
    assert page(site.send(browser, page(response))).action == f"{site.path}3/"


# ── ten thousand choices ─────────────────────────────────────────────────────────────────────────


@pytest.fixture
def many_villages(site):
    """
    A form that asks for one village and for several, of ten thousand.
    """
    form = site.served.questionnaire
    villages = ChoiceList(
        "villages",
        tuple(
            Choice(name=f"v{i}", label=Wording({"kk": f"Ауыл {i}", "ru": f"Село {i}"}))
            for i in range(10_000)
        ),
    )
    asked = tuple(
        Question(name=name, kind=kind, label=Wording({"kk": name, "ru": name}), choices=villages)
        for name, kind in (("village", "select_one"), ("visited", "select_multiple"))
    )
    screen = Screen(number=1, label=Wording(), questions=asked)
    site.change(
        questionnaire=replace(
            form, questions=asked, screens=(screen,), order=tuple(one.name for one in asked)
        )
    )
    return site


def test_ten_thousand_choices_are_found_not_listed(many_villages):
    """
    Requirement 5: without a script.
    """
    site, browser = many_villages, many_villages.browser()
    first = browser.get(f"{site.path}?lang=ru")
    assert len(first.content) < LARGEST
    found = site.send(browser, page(first), go="find:village", **{"~find.village": "село 77"})
    assert page(found).offered["village"][0] == "v77"
    assert page(found).fields["village"] == ["v77"]
    assert len(page(found).offered["village"]) == MOST_FOUND + 1  # and "no answer"
    assert len(found.content) < LARGEST
    more = site.send(
        browser, page(found), go="find:visited", village="v777", **{"~find.visited": "5000"}
    )
    assert page(more).fields["village"] == ["v777"]
    assert page(more).offered["visited"] == ["v5000"]
    last = site.send(browser, page(more), visited=["v5000"])
    assert last.redirect_chain
    [stored] = site.responses.read()
    assert stored.answers == {"village": "v777", "visited": ["v5000"]}


def test_a_label_typed_in_full_needs_no_choosing(many_villages):
    """
    Requirement 5.
    """
    site, browser = many_villages, many_villages.browser()
    first = page(browser.get(f"{site.path}?lang=kk"))
    site.send(browser, first, **{"~find.village": "  ауыл 12 "})
    assert [one.answers for one in site.responses.read()] == [{"village": "v12"}]


def test_what_is_typed_and_not_found_is_not_lost_silently(many_villages):
    """
    Requirement 5: text that means no choice, or several, is asked about.
    """
    site, browser = many_villages, many_villages.browser()
    first = page(browser.get(f"{site.path}?lang=kk"))
    response = site.send(browser, first, **{"~find.village": "Атлантида"})
    assert response.status_code == 422
    assert page(response).fields["~find.village"] == ["Атлантида"]
    assert not list(site.responses.read())
