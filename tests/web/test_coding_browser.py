"""
Two coders and an adjudicator in Chromium, through forty real posts.

1.  Both code all forty with the keyboard alone, one in Kazakh at a desk, one in Russian on a phone's screen without
    scripts; nobody sees what the other chose. The owner settles in English what they see differently.
2.  What is stored is what they did. Exported, imported into another study, it gives the same agreement to the last digit.
3.  axe finds nothing against WCAG 2.2 AA; nothing scrolls sideways; nothing is fetched but ours.
4.  Undo, "not sure" and keys work as the screen says.

QULAQ_PICTURES=folder keeps a picture of every kind of screen, to be looked at.
"""

from __future__ import annotations

import json
import os
import warnings
from datetime import date
from pathlib import Path

import pytest
from real_server import run, serving
from survey_pages import PASSWORD

from qulaq.coding.assignments import read_assignments
from qulaq.study import new_study

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
POSTS = Path(__file__).parents[3] / "shared/data/facebook-minimaxir-2016/whitehouse_facebook_statuses.csv"  # fmt: skip
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FORTY = 40
TODAY = date(2026, 11, 27)
STUDY = """\
id = "white-house"
title = { kk = "Ақ үй", ru = "Белый дом", en = "The White House" }
time_zone = "Asia/Almaty"
window = { from = 2009-01-01, to = 2016-12-31 }

[[bodies]]
id = "wh"
name = { kk = "Ақ үй", ru = "Белый дом", en = "The White House" }
time_zone = "America/New_York"

[[pages]]
id = "wh-facebook"
body = "wh"
platform = "facebook"
handle = "WhiteHouse"
"""

pytestmark = [
    pytest.mark.skipif(
        not CHROMIUM.exists(), reason="there is no Chromium at /usr/bin to look with"
    ),
    pytest.mark.skipif(not POSTS.exists(), reason="the real posts are not beside the project"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("coding") / "wh"
    new_study(folder, today=TODAY)
    (folder / "study.toml").write_text(STUDY, encoding="utf-8")
    from qulaq.coding.standard import write_standard_codebook

    write_standard_codebook(folder / "codebook.toml")
    for words in (
        ("corpus", "add", folder, POSTS, "--page", "wh-facebook"),
        ("coding", "sample", folder, "--unit", "post", "--by", "simple", "--n", FORTY, "--name", "forty"),
    ):  # fmt: skip
        assert (done := run(*words)).returncode == 0, done.stderr
    for name, role in (("asel", "owner"), ("bolat", "coder"), ("erlan", "coder")):
        assert (
            run("user", "add", folder, name, "--role", role, typed=PASSWORD + "\n").returncode == 0
        )
    return folder


@pytest.fixture(scope="module")
def signed_in(folder):
    """
    A function that opens a browser in which somebody has signed in.
    """
    with serving(folder) as server, playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=str(CHROMIUM), args=list(FLAGS))

        def open_one(name, language, *, viewport=DESK, scripts=True):
            context = browser.new_context(
                viewport=viewport, java_script_enabled=scripts,
                base_url=f"http://127.0.0.1:{server.port}",
            )  # fmt: skip
            page = context.new_page()
            page.asked = []
            page.on("request", lambda one: page.asked.append(one.url))
            page.goto("/sign-in/")
            page.fill('input[name="username"]', name)
            page.fill('input[name="password"]', PASSWORD)
            page.click("main button")
            page.goto(f"/coding/?lang={language}")
            return page

        yield open_one
        browser.close()


def look(page, name):
    from axe_playwright_python.sync_playwright import Axe

    if told := os.environ.get("QULAQ_PICTURES"):
        page.screenshot(path=str(Path(told) / f"{name}.png"), full_page=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = Axe().run(page, options={"runOnly": WCAG})
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0


def place_of(page):
    return int(page.url.split("?")[0].rstrip("/").rsplit("/", 1)[1])


def topic_of(place, coder):
    """
    What they choose: the same, but for every tenth text.
    """
    return (
        "sport"
        if place % 10 == 0 and coder == "erlan"
        else ("event", "economy", "health")[place % 3]
    )


def code_by_keys(page):
    """
    Every question by its key: that of a topic is read off the screen.
    """
    place = place_of(page)
    for code in (topic_of(place, "bolat"), "report_inside", "push", "none", "no"):
        marked = page.locator("fieldset.marked")
        key = marked.locator(f'input[value="{code}"]').get_attribute("data-key")
        many = marked.locator("input[type=checkbox][name^='code.']").count() > 0
        page.keyboard.press(f"Digit{key}" if key.isdigit() else f"Key{key.upper()}")
        if many:
            page.keyboard.press("ArrowDown")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    return place


def code_by_hand(page):
    place = place_of(page)
    for name, code in (
        ("topic", topic_of(place, "erlan")),
        ("pr_model", "report_inside"),
        ("mode", "push"),
        ("dialogic", "none"),
        ("invites", "no"),
    ):
        page.locator(f'input[name="code.{name}"][value="{code}"]').check(force=True)
    with page.expect_navigation():
        page.locator("button.save").click()
    return place


def test_two_coders_and_an_adjudicator(folder, signed_in, tmp_path):
    """
    Requirements 1 to 4.
    """
    done = _code_at_a_desk(signed_in)
    assert _code_on_a_phone(signed_in) == done
    _settle(signed_in)
    _compare(folder, tmp_path)


def _code_at_a_desk(signed_in):
    bolat = signed_in("bolat", "kk")
    look(bolat, "coding-kk-samples")
    bolat.locator("a.button").first.click()
    look(bolat, "coding-kk-unit")
    first = place_of(bolat)
    bolat.keyboard.press("KeyU")
    assert bolat.locator('[name="unsure.topic"]').is_checked()
    bolat.keyboard.press("KeyU")
    assert code_by_keys(bolat) == first
    bolat.keyboard.press("KeyZ")
    bolat.wait_for_url("**undone=1")
    assert place_of(bolat) == first, "taken back, the same text is there again"
    done = set()
    while bolat.locator("button.save").count():
        done.add(code_by_keys(bolat))
        assert len(done) <= FORTY
    assert len(done) == FORTY
    assert all(one.startswith(bolat.url.split("/coding")[0]) for one in bolat.asked)
    return done


def _code_on_a_phone(signed_in):
    erlan = signed_in("erlan", "ru", viewport=PHONE, scripts=False)
    erlan.goto("/coding/forty/next/")
    assert erlan.locator(":checked").count() == 0
    seen = set()
    while erlan.locator("button.save").count():
        seen.add(code_by_hand(erlan))
    phone = signed_in("erlan", "ru", viewport=PHONE)
    phone.goto("/coding/forty/1/")
    look(phone, "coding-ru-unit-phone")
    return seen


def _settle(signed_in):
    asel = signed_in("asel", "en")
    look(asel, "coding-en-samples")
    asel.goto("/coding/forty/settle/")
    look(asel, "coding-en-settle")
    settled = 0
    while asel.locator("button.save").count():
        assert asel.locator(".view").count() == 2
        asel.locator('input[name="code.topic"][value="sport"]').check()
        with asel.expect_navigation():
            asel.locator("button.save").click()
        settled += 1
        assert settled <= FORTY
    assert settled == FORTY // 10


def _compare(folder, tmp_path):
    """
    Requirement 2.
    """
    file = tmp_path / "codes.csv"
    assert (done := run("coding", "export", folder, "--output", file)).returncode == 0, done.stderr
    (sample,) = read_assignments(folder / "samples")
    lines = file.read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 1 + 2 * 5 * FORTY + FORTY // 10
    for place, task in enumerate(sample.tasks, start=1):
        for coder in ("bolat", "erlan"):
            assert any(
                one.startswith(f"{task.unit},{coder},topic,{topic_of(place, coder)},coder,")
                for one in lines
            )

    other = tmp_path / "elsewhere"
    new_study(other, today=TODAY)
    (other / "study.toml").write_text(STUDY.split("[[bodies]]", maxsplit=1)[0], encoding="utf-8")
    (other / "codebook.toml").write_bytes((folder / "codebook.toml").read_bytes())
    assert (done := run("coding", "import", other, file)).returncode == 0, done.stderr
    here, there = (run("coding", "agree", one, "--json") for one in (folder, other))
    assert here.returncode == there.returncode == 0
    assert json.loads(here.stdout) == json.loads(there.stdout)
    (alpha,) = (
        one
        for one in json.loads(here.stdout)
        if (one["variable"], one["coefficient"], one["category"])
        == ("topic", "krippendorff_alpha", None)
    )
    assert 0.8 < alpha["value"] < 1
    assert (alpha["units"], alpha["coders"]) == (FORTY, 2)
    measured = run("indicators", "compute", folder, "--key", "one_way_share", "--json")
    (one,) = json.loads(measured.stdout)
    assert (one["value"], one["n"], one["base"]) == (1, FORTY, "coded")
