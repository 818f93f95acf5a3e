"""
Real answers of open networks, against what `json` alone finds in the files.

1. YouTube: every file of shapes-python-youtube is read or refused; two pages of a thread, replies by their parent.
2. Bluesky: a post with its thread.
3. Telegram: lists of three channels by the mapping that the documentation shows.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from real_pages import DATA, needs_data, write_study

from qulaq.corpus.current import Corpus
from qulaq.corpus.intake import Order, take_in
from qulaq.errors import QulaqError
from qulaq.indicators import compute
from qulaq.store import Store

pytestmark = needs_data
WINDOW = (date(2018, 1, 1), date(2024, 12, 31))
DOCS = Path(__file__).parents[2] / "docs" / "formats"


def stored(study, table):
    files = Store(study.corpus).files(table).values()
    return [row for file in files for row in pq.read_table(file).to_pylist()]


def measure(study, *keys):
    with Corpus(study) as corpus:
        return {(one.indicator, one.page): one for one in compute(corpus, keys=list(keys))}


# ── 1 YouTube ────────────────────────────────────────────────────────────────────────────────────

YOUTUBE = DATA / "shapes-python-youtube"
ANSWERS = sorted(YOUTUBE.rglob("*.json"))
CHANNELS = {
    "one": 'platform = "youtube"\nids = ["UC_x5XG1OV2P6uZZ5FSM9Ttw"]',
    "two": 'platform = "youtube"\nids = ["UCa-vrCLQHviTOVnEKDOdetQ"]',
}


@pytest.fixture
def youtube(tmp_path):
    return write_study(tmp_path / "study", pages=CHANNELS, window=WINDOW, zone="UTC")


def comments_in(value):
    """
    Every comment in a document, wherever it stands.
    """
    if isinstance(value, dict):
        own = [value] if value.get("kind") == "youtube#comment" else []
        return own + [one for inner in value.values() for one in comments_in(inner)]
    return [one for inner in value for one in comments_in(inner)] if isinstance(value, list) else []


@pytest.mark.parametrize("file", ANSWERS, ids=lambda file: str(file.relative_to(YOUTUBE)))
def test_every_answer_of_youtube_is_read_or_refused(youtube, file):
    document = json.loads(file.read_text(encoding="utf-8"))
    if "kind" not in document:  # parts of comments, as no answer holds them
        with pytest.raises(QulaqError, match="no format fits"):
            take_in(youtube, file)
        return
    told = comments_in(document)
    balance = take_in(youtube, file, Order(page="one", importer="youtube"))
    other = [one for one in told if "UCa-vr" in json.dumps(one)]
    if "all_to_me" in file.name or (file.name == "insert_response.json" and other):
        assert {one.problem for one in balance.rejects} == {"page_other"}
        return
    assert balance.total("kept") == balance.total("read") == len(told)
    rows = {row["comment_id"]: row for row in stored(youtube, "comments")}
    assert set(rows) == {one["id"] for one in told}
    for one in told:
        row, snippet = rows[one["id"]], one["snippet"]
        assert row["published_at"] == datetime.fromisoformat(snippet["publishedAt"])
        assert row["likes"] == snippet["likeCount"]
        assert row["text"] == snippet["textOriginal"].strip()
        assert row["parent_id"] == snippet.get("parentId")
        if "videoId" in snippet:
            assert row["post_id"] == snippet["videoId"]


def test_threads_of_a_channel_without_a_video_address_the_channel_itself(youtube):
    take_in(youtube, YOUTUBE / "apidata" / "comment_threads" / "comment_threads_all_to_me.json")
    rows = stored(youtube, "comments")
    assert Counter(row["post_id"] for row in rows) == {"JE8xdDp5B8Q": 2, None: 2}
    assert {row["page_id"] for row in rows} == {"two"}
    assert measure(youtube, "citizen_comments")["citizen_comments", "two"].value == 4


def test_a_folder_of_answers_joins_replies_to_the_video_of_the_thread_that_they_answer(
    youtube, tmp_path
):
    folder = tmp_path / "answers"
    folder.mkdir()
    for name in (
        "comments/comments_by_parent_paged_1",
        "comment_threads/comment_threads_all_to_me",
    ):
        file = YOUTUBE / "apidata" / f"{name}.json"
        (folder / file.name).write_bytes(file.read_bytes())
    balance = take_in(youtube, folder)
    assert balance.total("kept") == balance.total("read") == 6
    replies = [row for row in stored(youtube, "comments") if row["parent_id"]]
    assert {row["parent_id"] for row in replies} == {"Ugw5zYU6n9pmIgAZWvN4AaABAg"}
    assert {(row["post_id"], row["page_id"]) for row in replies} == {("JE8xdDp5B8Q", "two")}
    results = measure(youtube, "reply_rate", "citizen_comments")
    assert (results["reply_rate", "two"].value, results["reply_rate", "two"].n) == (0, 4)


# ── 2 Bluesky ────────────────────────────────────────────────────────────────────────────────────


def test_the_thread_of_bluesky_is_one_post_with_its_counts(tmp_path):
    file = DATA / "bluesky-thread" / "thread_view_post_with_embed_media.json"
    post = json.loads(file.read_text(encoding="utf-8"))["thread"]["post"]
    page = f'platform = "bluesky"\nids = ["{post["author"]["did"]}"]'
    study = write_study(tmp_path / "study", pages={"page": page}, window=WINDOW, zone="UTC")
    balance = take_in(study, file)
    assert (balance.format, balance.total("kept"), balance.total("read")) == ("bluesky", 1, 1)
    (row,) = stored(study, "posts")
    assert row["post_id"] == post["uri"].split("/")[-1]
    assert row["published_at"] == datetime.fromisoformat(post["record"]["createdAt"])
    counts = (row["likes"], row["comments"], row["shares"], row["views"], row["text"])
    assert counts == (post["likeCount"], post["replyCount"], post["repostCount"], None, None)


# ── 3 Telegram ───────────────────────────────────────────────────────────────────────────────────

TELEGRAM = DATA / "telegram-ru-channels"
LISTS = sorted(TELEGRAM.glob("*.json"))


@pytest.fixture(scope="module")
def telegram(tmp_path_factory):
    folder = tmp_path_factory.mktemp("telegram")
    page = (DOCS / "telethon.md").read_text(encoding="utf-8")
    (folder / "lists.toml").write_text(re.search(r"```toml\n(.*?)```", page, re.DOTALL)[1])
    pages = {
        f"channel-{file.name[:13]}": f'platform = "telegram"\nids = ["-{file.name[:13]}"]'
        for file in LISTS
    }
    window = (date(2024, 1, 1), date(2024, 12, 31))
    study = write_study(folder / "study", pages=pages, window=window, zone="Europe/Moscow")
    balances = [take_in(study, file, Order(mapping=folder / "lists.toml")) for file in LISTS]
    return study, balances


def test_the_documented_mapping_reads_every_message_of_three_channels(telegram):
    study, balances = telegram
    told = {file: json.loads(file.read_text(encoding="utf-8")) for file in LISTS}
    assert [one.total("read") for one in balances] == [len(told[file]) for file in LISTS]
    assert sum(map(len, told.values())) == 2672
    assert [one.total("rejected") for one in balances] == [0, 0, 0]
    rows = {(row["page_id"], row["post_id"]): row for row in stored(study, "posts")}
    for file, messages in told.items():
        for one in messages:
            row = rows[f"channel-{file.name[:13]}", str(one["message_id"])]
            assert row["published_at"] == datetime.fromisoformat(one["date"])
            assert row["text"] == (one["text"].strip() or None)


def test_posts_of_the_channels_are_counted_and_their_likes_are_missing(telegram):
    results = measure(telegram[0], "posts", "likes_mean")
    for file in LISTS:
        page = f"channel-{file.name[:13]}"
        messages = json.loads(file.read_text(encoding="utf-8"))
        in_window = {one["message_id"] for one in messages if one["date"] >= "2024-01-01"}
        assert results["posts", page].value == len(in_window)
        assert results["likes_mean", page].value is None
