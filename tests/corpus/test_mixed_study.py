"""
One study of seven pages on five networks, from seven tools' real exports: one corpus, one report.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from real_pages import DATA, measure, needs_data, write_study

from qulaq.corpus.current import Corpus
from qulaq.corpus.intake import Order, take_in
from qulaq.reports import compose, gather

pytestmark = needs_data

NOW = datetime(2026, 11, 27, tzinfo=UTC)
PAGES = {
    "nasa": 'platform = "facebook"\nhandle = "NASA"\nids = ["54971236771"]',
    "harper": 'platform = "facebook"\nhandle = "pmharper"\nids = ["9106562109"]',
    "developers": 'platform = "facebook"\nhandle = "developers"\nids = ["19292868552"]',
    "tirto": 'platform = "instagram"\nhandle = "tirtoid"',
    "toots": 'platform = "mastodon"\nhandle = "page"',
    "skies": 'platform = "bluesky"\nhandle = "test.marshal.dev"',
    "moscow": 'platform = "telegram"\nhandle = "moscow"\nids = ["-1001003313758"]',
}
COMMENTS = """\
table = "comments"
needs = ["post_id", "created_utc"]
[columns]
post_id = "post_id"
comment_id = { join = ["post_id", "comment_no"] }
author = "author"
published_at = "created_utc"
text = "text"
"""
MESSAGES = """\
table = "posts"
needs = ["message_id", "sender_id", "date"]
page = ["sender_id"]
[columns]
post_id = "message_id"
published_at = "date"
text = "text"
"""


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    folder = tmp_path_factory.mktemp("mixed")
    study = write_study(folder, zone="UTC", window=("2015-01-01", "2025-12-31"), pages=PAGES)
    (folder / "comments.toml").write_text(COMMENTS, encoding="utf-8")
    (folder / "messages.toml").write_text(MESSAGES, encoding="utf-8")
    known = Order(page="tirto", mapping=folder / "comments.toml", knows=("authors", "no-parents"))
    for file, order in (
        ("facebook-minimaxir-2016/nasa_facebook_statuses.csv", Order()),
        ("facebook-canada2015/Harper_Posts.csv", Order()),
        ("shapes-python-facebook/facebook/apidata/comments/comments_p1.json", Order()),
        ("mastodon-thread/context.json", Order()),
        ("bluesky-thread/thread_view_post_with_embed_media.json", Order()),
        (
            "telegram-ru-channels/1001003313758_messages.json",
            Order(mapping=folder / "messages.toml"),
        ),
        ("instagram-tirto-id/comments.csv", known),
    ):
        balance = take_in(study, DATA / file, order)
        assert (balance.total("rejected"), balance.rejects) == (0, ())
    return study


def test_each_page_keeps_the_numbers_that_its_tool_gave(study):
    results = measure(study, "posts", "citizen_comments", "reply_rate")
    posts = {page: results["posts", page].value for page in PAGES}
    assert (posts["nasa"], posts["harper"], posts["moscow"], posts["skies"]) == (762, 500, 672, 1)
    comments = {page: results["citizen_comments", page].value for page in PAGES}
    assert (comments["tirto"], comments["toots"]) == (67830, 103)
    rates = {page: results["reply_rate", page].value for page in PAGES}
    assert rates["toots"] == pytest.approx(1 / 103)
    assert rates["tirto"] == pytest.approx(1 / 67830)
    # Not 0: nobody told who wrote, or no comments were captured.
    assert [rates[page] for page in ("developers", "nasa", "harper", "moscow")] == [None] * 4


def test_one_report_tells_of_all_of_them(study):
    with Corpus(study) as corpus:
        findings = gather(corpus, now=NOW, command="qulaq report")
    document = compose(findings, language="kk")
    told = str(document)
    assert all(page in told for page in PAGES)
    assert re.search(r"67(\\xa0|\\u202f| )830", told)
