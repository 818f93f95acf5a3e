"""A tiny invented town, built in a temporary folder and measured: every indicator by example."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from qulaq.corpus.current import Corpus
from qulaq.corpus.intake import Order, take_in
from qulaq.indicators import compute
from qulaq.study import open_study

STUDY = """\
id = "example"
title = "An invented town"
window = { from = 2023-01-01, to = 2023-01-31 }

[answering]
within_working_days = 5
calendar = "KZ"

[[bodies]]
id = "akimat"
name = "Akimat"

[[pages]]
id = "answers"
body = "akimat"
platform = "facebook"
handle = "answers"
opened = "2021"

[[pages]]
id = "hardly-answers"
body = "akimat"
platform = "facebook"
handle = "hardly.answers"
opened = "2021"

[[pages]]
id = "pictures"
body = "akimat"
platform = "instagram"
handle = "pictures"
opened = "2021"
"""
NOW = datetime(2023, 3, 2, tzinfo=UTC)
CAPTURED = datetime(2023, 3, 1, tzinfo=UTC)
_START = datetime(2023, 1, 1, 10, 0, tzinfo=UTC)
_PAGES = {"answers": (3, 4), "hardly-answers": (1, 6)}  # answers so many of so many comments
_ASKED = ("Когда починят дорогу?", "Су қашан болады?", "Рақмет!", "Почему закрыт парк?")
_POSTS, _COMMENTS, _CITIZENS = 40, 60, 17
_STREETS = ("Абай", "Бөгенбай", "Вокзальная", "Гагарин", "Достық", "Есенов", "Жамбыл", "Школьная")


def measure_example() -> dict[str, dict[str, Any]]:
    """
    What `qulaq indicators compute --json` gives of each indicator: the first page that it can be measured
    on, else the first.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "study.toml").write_text(STUDY, encoding="utf-8")
        for table, rows in (("posts", _posts()), ("comments", _comments()), ("counts", _counts())):
            file = folder / f"{table}.csv"
            with file.open("w", encoding="utf-8", newline="") as stream:
                csv.writer(stream).writerows(rows)
            take_in(open_study(folder), file, Order(captured=CAPTURED, knows=("authors",)), now=NOW)
        with Corpus(open_study(folder)) as corpus:
            results = compute(corpus)
    examples: dict[str, dict[str, Any]] = {}
    for result in results:
        if examples.get(result.indicator, {"value": None})["value"] is None:
            known = result.value is not None or result.indicator not in examples
            examples |= {result.indicator: result.as_json("en")} if known else {}
    return examples


def _posts() -> Iterator[tuple[object, ...]]:
    yield (
        "page_id", "post_id", "published_at", "likes", "comments", "shares", "followers_then", "comments_open", "text",
    )  # fmt: skip
    for page in _PAGES:
        for i in range(_POSTS):
            moment = _START + timedelta(hours=17 * i)
            asked = sum(1 for j in range(_COMMENTS) if j % _POSTS == i)
            likes = 5 + i * i % 23
            yield (page, f"p{i}", _clock(moment), likes, asked, i % 3, 1200, "yes" if i % 10 else "no", _text(i))  # fmt: skip
    for i in range(0, _POSTS, 3):  # every third post stands on the other network a day later
        moment = _START + timedelta(hours=17 * i + 24)
        yield (
            "pictures",
            f"i{i}",
            _clock(moment),
            3,
            0,
            "",
            800,
            "yes",
            f"{_text(i)} 📷 #көше #жөндеу",
        )


def _text(i: int) -> str:
    street, house = _STREETS[i % len(_STREETS)], i // len(_STREETS) + 1
    return f"{street} көшесіндегі {house}-үйдің ауласында су құбыры ауыстырылды" if i % 10 else ""


def _comments() -> Iterator[tuple[object, ...]]:
    yield ("page_id", "post_id", "comment_id", "parent_id", "author", "published_at", "text")
    for page, (answered, of) in _PAGES.items():
        for i in range(_COMMENTS):
            post, name, citizen = (
                f"p{i % _POSTS}",
                f"c{i}",
                f"citizen-{i % _CITIZENS if i % 3 else 0}",
            )
            moment = _START + timedelta(hours=11 * i)
            yield (page, post, name, "", citizen, _clock(moment), _ASKED[i % len(_ASKED)])
            if i % of < answered:
                moment += timedelta(hours=1 + i % 9 * 7)
                yield (
                    page,
                    post,
                    f"r{i}",
                    name,
                    page.replace("-", "."),
                    _clock(moment),
                    "Жөнделді.",
                )
                if i % 5 == 0:
                    moment += timedelta(hours=2)
                    yield (page, post, f"again{i}", name, citizen, _clock(moment), "А сегодня?")
                if i % 10 == 0:
                    moment += timedelta(hours=3)
                    yield (
                        page,
                        post,
                        f"last{i}",
                        name,
                        page.replace("-", "."),
                        _clock(moment),
                        "Да.",
                    )


def _counts() -> Iterator[tuple[object, ...]]:
    yield ("page_id", "captured_at", "followers", "posts_total")
    for page in _PAGES:
        yield (page, "2023-01-15 12:00", 1200, 900)


def _clock(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"
