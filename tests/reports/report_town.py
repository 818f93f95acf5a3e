"""A small study that everyone knows: `answers` replies, `broadcasts` never does, `silent` was never read."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from pathlib import Path

from qulaq.corpus import intake
from qulaq.reports import write_report
from qulaq.study import open_study

NOW = datetime(2024, 3, 5, 7, 30, tzinfo=UTC)
COMMAND = "qulaq report town --to html"
EVIL = "<script>alert(1)</script> & <img src=x onerror=alert(2)> 8 701 123 45 67"

SETTINGS = """\
id = "town"
title = { kk = "Қаланың парақшалары", ru = "Страницы города", en = "Pages of the town" }
note = { kk = "Жазбалар ойдан құрастырылған.", ru = "Записи вымышлены.", en = "The records are invented." }
window = { from = 2024-01-01, to = 2024-02-29 }
[[bodies]]
id = "akimat"
name = { kk = "Қала әкімдігі", ru = "Акимат города", en = "Town & <b>akimat</b>" }
"""
PAGE = """\
[[pages]]
id = "{page}"
body = "akimat"
platform = "{platform}"
handle = "{page}"
"""
POST_COLUMNS = (
    "page_id",
    "post_id",
    "published_at",
    "kind",
    "text",
    "link",
    "likes",
    "comments",
    "captured_at",
)
COMMENT_COLUMNS = (
    "page_id", "post_id", "comment_id", "parent_id", "author", "published_at", "text", "likes", "captured_at",
)  # fmt: skip
COUNT_COLUMNS = ("page_id", "captured_at", "followers", "posts_total")
CAPTURED = "2024-02-20T12:00:00+05:00"


def found_study(folder, *pages, settings=SETTINGS):
    """
    A study of pages (id and platform) without any record.
    """
    text = settings + "".join(PAGE.format(page=page, platform=platform) for page, platform in pages)
    (folder / "study.toml").write_text(text, encoding="utf-8")
    return open_study(folder)


def take_rows(study, name, columns, rows):
    """
    Rows of a table into the corpus, by the usual road.
    """
    file = study.folder / f"{name}.csv"
    with file.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows([columns, *rows])
    intake.take_in(study, file)


def posts(
    page,
    *,
    texts=("Хабарландыру",),
    days=range(1, 21),
    link="https://town.example/{n}",
    likes=lambda n: n,
):
    return [
        (
            page,
            f"{page}-{n}",
            f"2024-01-{n:02}T10:00:00+06:00",
            "photo",
            texts[n % len(texts)],
            link.format(n=n),
            likes(n),
            n % 3,
            CAPTURED,
        )
        for n in days
    ]


def comments(page, *, answered):
    rows = []
    for n in range(1, 11):
        moment = f"2024-01-{n:02}T1{{}}:00:00+06:00"
        asked = (
            page,
            f"{page}-{n}",
            f"{page}-c{n}",
            "",
            f"citizen-{n}",
            moment.format(1),
            "Сұрақ?",
            0,
            CAPTURED,
        )
        reply = (
            page,
            f"{page}-{n}",
            f"{page}-r{n}",
            f"{page}-c{n}",
            page,
            moment.format(6),
            "Жауап",
            0,
            CAPTURED,
        )
        rows += [asked, reply] if n <= answered else [asked]
    return rows


def written(study, *languages):
    files = write_report(study, languages=languages, now=NOW, command=COMMAND, charts=False)
    return {file.stem.rpartition("-")[2]: file.read_text(encoding="utf-8") for file in files}


def chromium():
    return next(
        (
            path
            for path in (Path("/usr/bin/chromium"), Path("/usr/bin/google-chrome"))
            if path.exists()
        ),
        None,
    )
