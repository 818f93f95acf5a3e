"""
The survey in Chromium: a citizen with a phone, and the operator at a desk.

1.  The questionnaire is filled in from the first screen to the thanks, in three languages, with scripts on and
    off, and what is stored is what was answered.
2.  axe finds nothing against WCAG 2.2 AA on any screen; nothing scrolls sideways; nothing is fetched but ours.
3.  The browser's own back and forward keep the answers; so does a change of language.
4.  The same for what the operator sees.

QULAQ_PICTURES=folder keeps a picture of every screen, to be looked at.
"""

from __future__ import annotations

import os
import sqlite3
import warnings
from datetime import date
from pathlib import Path

import pytest
from real_server import run, serving
from survey_pages import ANSWERS, PASSWORD

from qulaq.study import new_study
from qulaq.survey.standard import write_standard_questionnaire

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
PHONE = {"width": 360, "height": 740}
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LARGEST = 30_000

pytestmark = pytest.mark.skipif(
    not CHROMIUM.exists(), reason="there is no Chromium at /usr/bin to look with"
)


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=str(CHROMIUM), args=list(FLAGS))
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("browser") / "akimats"
    new_study(folder, today=date(2026, 11, 27))
    write_standard_questionnaire(folder / "questionnaire.xlsx")
    run("user", "add", folder, "asel", "--role", "owner", typed=PASSWORD + "\n")
    with serving(folder) as found:
        found.folder = folder
        yield found


@pytest.fixture
def open_page(browser, server):
    """
    A page of a browser of its own; *scripts* says whether it runs any.
    """
    contexts = []

    def open_one(path, *, scripts=True, viewport=PHONE, locale="kk-KZ"):
        context = browser.new_context(
            viewport=viewport, java_script_enabled=scripts, locale=locale,
            base_url=f"http://127.0.0.1:{server.port}", has_touch=True,
        )  # fmt: skip
        contexts.append(context)
        page = context.new_page()
        page.asked = []
        page.sizes = []
        page.on("request", lambda one: page.asked.append(one.url))
        page.goto(path)
        return page

    yield open_one
    for context in contexts:
        context.close()


def look(page, name):
    """
    That the screen is in order; a picture of it where pictures are wanted.
    """
    from axe_playwright_python.sync_playwright import Axe

    if folder := os.environ.get("QULAQ_PICTURES"):
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = Axe().run(page, options={"runOnly": WCAG})
    assert found.violations_count == 0, found.generate_report()
    sideways = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert sideways <= 0
    assert len(page.content().encode()) < LARGEST


def answer(page):
    """
    Answer what the screen asks, as a finger does.
    """
    for name, told in ANSWERS.items():
        for one in [told] if isinstance(told, str) else told:
            option = page.locator(f'input[name="{name}"][value="{one}"]')
            if option.count():
                option.check()
        field = page.locator(
            f'textarea[name="{name}"], input[name="{name}"]:not([type=radio]):not([type=checkbox])'
        )
        if field.count():
            field.fill(told)


def go_on(page):
    page.locator("p.go button").first.click()


def stored(server):
    with sqlite3.connect(f"file:{server.folder / 'qulaq.sqlite3'}?mode=ro", uri=True) as database:
        rows = database.execute(
            "SELECT language, channel, answers FROM answers_response ORDER BY id"
        ).fetchall()
    database.close()
    return rows


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_citizen_fills_the_survey_in_on_a_phone(open_page, server, language, scripts):
    """
    Requirements 1, 2.
    """
    import json

    before = len(stored(server))
    page = open_page(f"/s/akimats/?from=whatsapp&lang={language}", scripts=scripts)
    screens = 0
    while page.locator("textarea, input[type=radio], input[type=checkbox], progress").count():
        screens += 1
        if scripts:
            look(page, f"{language}-{screens}")
        answer(page)
        go_on(page)
    if scripts:
        look(page, f"{language}-thanks")
    assert page.locator("h1").count() == 1
    [(told, channel, answers)] = stored(server)[before:]
    assert (told, channel) == (language, "whatsapp")
    assert json.loads(answers) == ANSWERS
    assert screens >= 8
    assert all(url.startswith(f"http://127.0.0.1:{server.port}/") for url in page.asked)


def test_a_missing_answer_is_pointed_at(open_page):
    """
    Requirement 2: the page with a complaint is in order too.
    """
    page = open_page("/s/akimats/?lang=ru")
    go_on(page)
    look(page, "ru-complaint")
    page.locator(".notice a").click()
    assert page.url.endswith("#q-age")
    assert page.locator(".problem").is_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_the_browsers_back_and_forward_keep_the_answers(open_page, scripts):
    """
    Requirement 3.
    """
    page = open_page("/s/akimats/?lang=kk", scripts=scripts)
    for _ in range(3):
        answer(page)
        go_on(page)
    here = page.url
    page.go_back()
    assert page.locator(
        'input[name="trust"][value="telegram"], input[name="source"][value="social"]'
    ).first.is_checked()
    page.go_back()
    page.go_back()
    assert page.locator('input[name="age"][value="25_35"]').is_checked()
    page.go_forward()
    page.go_forward()
    page.go_forward()
    assert page.url == here
    assert "token" not in page.url


def test_the_language_is_changed_midway(open_page):
    """
    Requirement 3.
    """
    page = open_page("/s/akimats/?lang=kk")
    page.locator('input[name="age"][value="36_50"]').check()
    page.locator('button[lang="ru"]').click()
    assert page.locator("html").get_attribute("lang") == "ru"
    assert page.locator('input[name="age"][value="36_50"]').is_checked()
    go_on(page)
    assert page.locator("html").get_attribute("lang") == "ru"


def test_the_keyboard_alone_is_enough(open_page):
    """
    Requirement 2: the Enter key goes on, and never changes the language.
    """
    page = open_page("/s/akimats/?lang=ru")
    page.locator('input[name="age"]').first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/2/**")
    assert page.locator("html").get_attribute("lang") == "ru"


@pytest.mark.parametrize("size", [PHONE, {"width": 1280, "height": 900}], ids=["phone", "desktop"])
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_operators_pages_are_in_order(open_page, server, language, size):
    """
    Requirement 4.
    """
    page = open_page(f"/sign-in/?lang={language}", viewport=size)
    wide = "" if size is PHONE else "-desktop"
    look(page, f"{language}-sign-in{wide}")
    page.fill("#name", "asel")
    page.fill("#password", PASSWORD)
    page.locator("main button").click()
    page.wait_for_url("**/")
    for name, path in (
        ("overview", "/"),
        ("results", "/results/"),
        ("share", "/share/"),
        ("reports", "/reports/"),
    ):
        page.goto(path)
        assert page.locator("html").get_attribute("lang") == language
        look(page, f"{language}-{name}{wide}")
    page.goto("/nothing")
    look(page, f"{language}-not-found{wide}")
