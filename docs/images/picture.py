"""
Takes the pictures of the README from the reports of the demo, in a headless Chromium.

    python docs/images/picture.py qulaq-demo
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
]
SIZE = {"width": 1000, "height": 1180}


def main() -> None:
    reports = Path(sys.argv[1]) / "reports"
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = browser.new_page(viewport=SIZE)
        for report in sorted(reports.glob("*.html")):
            language = report.stem.rpartition("-")[2]
            page.goto(report.resolve().as_uri())
            page.screenshot(path=HERE / f"report-{language}.png")
        browser.close()


main()
