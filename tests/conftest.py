"""
The small town: three pages everyone knows, and the few tools with which tests build their own.

`answers` replies to everyone, `broadcasts` posts and never replies, `silent` was just opened. All three
enter through the normal road, from small files that the fixture writes.
"""

from __future__ import annotations

import csv
import json
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import settings

from qulaq.corpus.current import Corpus
from qulaq.corpus.intake import Order, take_in
from qulaq.store import Store
from qulaq.study import open_study

# No deadlines, for machines are noisy. QULAQ_EXAMPLES=1000 looks longer for what breaks a property.
settings.register_profile(
    "qulaq", deadline=None, max_examples=int(os.environ.get("QULAQ_EXAMPLES", "50"))
)
settings.load_profile("qulaq")

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
CAPTURED = datetime(2023, 2, 1, tzinfo=UTC)

TOWN = """\
id = "town"
title = { kk = "Кішкене қала", ru = "Городок", en = "The small town" }
time_zone = "Asia/Almaty"
window = { from = 2023-01-01, to = 2023-01-31 }

[[bodies]]
id = "akimat"
name = { kk = "Әкімдік", ru = "Акимат", en = "Akimat" }

[[bodies]]
id = "school"
name = "School No. 1"
time_zone = "Asia/Oral"

[[pages]]
id = "answers"
body = "akimat"
platform = "facebook"
handle = "town.answers"
ids = ["100"]
url = "https://www.facebook.com/town.answers"
accounts = ["akim_press"]

[[pages]]
id = "broadcasts"
body = "akimat"
platform = "facebook"
handle = "town.broadcasts"
ids = ["200"]

[[pages]]
id = "silent"
body = "school"
platform = "instagram"
handle = "town_silent"
opened = "2023-01-30"
"""

POSTS = [
    # page, post, published, likes, comments, shares, text
    ("answers", "a1", "2023-01-02 10:00", "10", "3", "1", "Су құбыры жөнделді"),
    ("answers", "a2", "2023-01-05 12:30", "", "1", "", "Прямая линия с акимом"),
    ("broadcasts", "b1", "2023-01-03 09:00", "5", "2", "0", "Отчёт за год"),
    ("broadcasts", "b2", "2023-01-03 18:00", "7", "0", "2", "Жиналыс өтті"),
]
COMMENTS = [
    # page, post, comment, parent, author, published, text
    ("answers", "a1", "c1", "", "700", "2023-01-02 11:00", "Когда дадут воду?"),
    ("answers", "a1", "c2", "c1", "100", "2023-01-02 13:00", "Сегодня в 18:00"),
    ("answers", "a1", "c3", "", "701", "2023-01-02 12:00", "Рақмет!"),
    ("answers", "a1", "c4", "c3", "akim_press", "2023-01-02 12:30", "Оқасы жоқ"),
    ("answers", "a2", "c5", "", "702", "2023-01-05 13:00", "Сұрақ қайда қояды?"),
    ("answers", "a2", "c6", "c5", "town.answers", "2023-01-06 13:00", "Осында"),
    ("broadcasts", "b1", "d1", "", "700", "2023-01-03 10:00", "А дороги?"),
    ("broadcasts", "b1", "d2", "", "703", "2023-01-03 11:00", "Почему молчите?"),
]
COUNTS = [("silent", "2023-01-31 12:00", "3", "0")]

_HEADINGS = {
    "posts": ("page_id", "post_id", "published_at", "likes", "comments", "shares", "text"),
    "comments": ("page_id", "post_id", "comment_id", "parent_id", "author", "published_at", "text"),
    "counts": ("page_id", "captured_at", "followers", "posts_total"),
}


def write_town(folder: Path) -> Path:
    """
    The town's study with nothing in its corpus yet.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "study.toml").write_text(TOWN, encoding="utf-8")
    return folder


def write_exports(folder: Path) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for name, rows in (("posts", POSTS), ("comments", COMMENTS), ("counts", COUNTS)):
        files.append(folder / f"{name}.csv")
        with files[-1].open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([_HEADINGS[name], *rows])
    return files


@pytest.fixture(scope="session")
def town_folder(tmp_path_factory):
    """
    The built town, shared: only to be read.
    """
    folder = write_town(tmp_path_factory.mktemp("town") / "study")
    for file in write_exports(folder / "exports"):
        take_in(open_study(folder), file, Order(captured=CAPTURED), now=NOW)
    return folder


@pytest.fixture(scope="session")
def town(town_folder):
    """
    The study of the three pages with its records: only to be read.
    """
    return open_study(town_folder)


@pytest.fixture(scope="session")
def spark_address(tmp_path_factory):
    """
    A cluster on this machine, for tests marked slow.
    """
    from bench import local_spark

    if not local_spark.CAN_RUN:
        pytest.skip("there is no Spark here: it needs Java 17 and pip install 'qulaq[spark]'")
    with local_spark.running(tmp_path_factory.mktemp("spark")) as cluster:
        yield cluster.address


@pytest.fixture
def own_town(town_folder, tmp_path):
    """
    A copy of the built town that a test may change.
    """
    # Without what other tests had derived of it.
    plain = shutil.ignore_patterns("readings", "current")
    return open_study(shutil.copytree(town_folder, tmp_path / "own-town", ignore=plain))


@pytest.fixture
def empty_town(tmp_path):
    """
    The three pages before anything was imported.
    """
    return open_study(write_town(tmp_path / "empty-town"))


@pytest.fixture
def make_study(tmp_path):
    """
    A study from the text of its `study.toml`.
    """

    def make(toml, name="study"):
        folder = tmp_path / name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "study.toml").write_text(toml, encoding="utf-8")
        return open_study(folder)

    return make


@pytest.fixture
def write(tmp_path):
    """
    An export file: text (in UTF-8), bytes, rows of cells (CSV), or a list or object (JSON).
    """

    def write_file(name, content):
        file = tmp_path / name
        if isinstance(content, bytes):
            file.write_bytes(content)
        elif isinstance(content, str):
            file.write_bytes(content.encode())
        elif name.endswith(".json"):
            file.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        else:
            with file.open("w", encoding="utf-8", newline="") as stream:
                csv.writer(stream).writerows(content)
        return file

    return write_file


@pytest.fixture
def posts_csv(write):
    """
    A plain table of posts: rows of page, post, moment, likes.
    """

    def make(*rows, name="posts.csv", heading=("page_id", "post_id", "published_at", "likes")):
        return write(name, [heading, *rows])

    return make


@pytest.fixture
def comments_csv(write):
    """
    A plain table of comments.
    """
    usual = ("page_id", "post_id", "comment_id", "parent_id", "author", "published_at", "text")

    def make(*rows, name="comments.csv", heading=usual):
        return write(name, [heading, *rows])

    return make


@pytest.fixture
def add():
    """
    Import a file the normal road; options of `Order` by name. The balance must add up.
    """

    def take(study, file, **order):
        balance = take_in(study, file, Order(**order), now=NOW)
        assert all(page.adds_up for page in balance.pages)
        return balance

    return take


@pytest.fixture
def stored():
    """
    All rows of a table as they lie in the batches, in the order of intake.
    """

    def read(study, table):
        files = Store(study.corpus).files(table).values()
        return [row for file in files for row in pq.ParquetFile(file).read().to_pylist()]

    return read


@pytest.fixture
def newest():
    """
    The newest state of a table's records, as indicators see them, by their ids.
    """

    def read(study, table):
        with Corpus(study) as corpus:
            found = corpus.tables[table]
            if table in ("posts", "comments"):
                found = corpus.with_texts(found, table)
            rows = corpus.engine.run(found).to_pylist()
        key = {"posts": "post_id", "comments": "comment_id"}.get(table)
        return {row[key]: row for row in rows} if key else rows

    return read


@pytest.fixture
def bytes_of():
    """
    Every byte that counts as stored: batches, manifest, key, stop list; not what was derived from them.
    """

    def read(study):
        files = [
            file for file in study.corpus.rglob("*") if file.is_file() and file.name != ".lock"
        ]
        kept = [file for file in files if not {"rejects", "readings", "current"} & set(file.parts)]
        return {str(file.relative_to(study.corpus)): file.read_bytes() for file in sorted(kept)}

    return read
