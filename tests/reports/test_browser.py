"""What a browser sees: axe finds nothing, no page scrolls sideways, nothing is fetched."""

from __future__ import annotations

import warnings

import pytest
from report_town import NOW, POST_COLUMNS, chromium, posts

from qulaq.reports import write_report

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
SIZES = {"desktop": (1280, 900), "phone": (360, 740)}

pytestmark = pytest.mark.skipif(
    chromium() is None, reason="there is no Chromium at /usr/bin to look with"
)


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=str(chromium()), args=list(FLAGS))
        yield opened
        opened.close()


def look(browser, file, size):
    """
    The page, the addresses it asked for, and what axe found.
    """
    from axe_playwright_python.sync_playwright import Axe

    width, height = SIZES[size]
    page = browser.new_page(viewport={"width": width, "height": height})
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = Axe().run(page)
    sideways = page.evaluate("document.documentElement.scrollWidth") - width
    page.close()
    return found, asked, sideways


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_axe_finds_nothing_and_nothing_is_fetched(town, browser, language, size):
    [file] = write_report(town, languages=[language], now=NOW, command="", charts=False)
    found, asked, sideways = look(browser, file, size)
    assert found.violations_count == 0, found.generate_report()
    assert asked == [file.as_uri()]
    assert sideways <= 0


@pytest.mark.parametrize("size", SIZES)
def test_many_pages_do_not_scroll_the_page_sideways(make_study, take_in, browser, size):
    names = [f"page-{i}" for i in range(30)]
    study = make_study(*((name, "instagram") for name in names))
    take_in(
        study,
        "posts",
        POST_COLUMNS,
        [line for name in names for line in posts(name, days=range(1, 4))],
    )
    [file] = write_report(study, languages=["kk"], now=NOW, command="", charts=False)
    found, _, sideways = look(browser, file, size)
    assert found.violations_count == 0, found.generate_report()
    assert sideways <= 0
