"""
Recorded answers and deliveries of Meta's interfaces, against an independent reckoning with `json` alone.

1. Every file of both collections is read, and its balance adds up, or it is refused with an error of ours.
2. Facebook's answers: posts, comments, pages. 3. Instagram's: media, comments, accounts, discovery.
4. Webhooks. 5. What belongs to neither is taken for nothing.
"""

from __future__ import annotations

import json
import shutil
from datetime import UTC, date, datetime

import pytest
from real_pages import DATA, needs_data

from qulaq.corpus.importers import recognise
from qulaq.corpus.intake import Order, take_in
from qulaq.engine import connect
from qulaq.errors import QulaqError
from qulaq.exports import open_export
from qulaq.study import open_study

pytestmark = needs_data

SHAPES = DATA / "shapes-python-facebook"
RESTFB = DATA / "shapes-restfb-graph-json"
FACEBOOK, INSTAGRAM = SHAPES / "facebook" / "apidata", SHAPES / "instagram" / "apidata"
CAPTURED = datetime(2024, 1, 1, tzinfo=UTC)

PAGES = {
    "developers": ("facebook", "FacebookforDevelopers", ["19292868552"]),
    "app": ("facebook", "facebookapp", ["20531316728"]),
    "mylife": ("facebook", "mylife", ["175154750010052"]),
    "tester": ("facebook", "tester", ["1234567890321"]),
    "ig-developers": ("instagram", "facebookfordevelopers", ["17841407673135339"]),
    "ig-own": ("instagram", "ikroskun", ["17841406338772941"]),
}


@pytest.fixture
def study(tmp_path):
    lines = ['id = "meta"', 'title = "Meta"', 'time_zone = "Asia/Almaty"']
    lines.append(f"window = {{ from = {date(2010, 1, 1)}, to = {date(2024, 12, 31)} }}")
    lines += ["[[bodies]]", 'id = "body"', 'name = "Body"']
    for page, (platform, handle, ids) in PAGES.items():
        lines += ["[[pages]]", f'id = "{page}"', 'body = "body"', f'platform = "{platform}"']
        lines += [f'handle = "{handle}"', f"ids = {json.dumps(ids)}"]
    folder = tmp_path / "study"
    folder.mkdir()
    (folder / "study.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return open_study(folder)


@pytest.fixture
def import_file(study, stored):
    def import_one(file, **order):
        balance = take_in(study, file, Order(**order))
        rows = {table: stored(study, table) for table in ("posts", "comments", "page_counts")}
        return balance, rows

    return import_one


def data_of(file):
    return json.loads(file.read_text(encoding="utf-8"))


def moment(text):
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S%z")


# ── 1 every file ─────────────────────────────────────────────────────────────────────────────────


def read_file(file, aside, connection):
    """
    The format of a file and how many records it finds in it; None where it is refused.
    """
    try:
        export = open_export(file, aside)
        importer = recognise(export)
        sheets = importer.read(export, connection)
    except QulaqError as error:
        return None if str(error) and str(error.remedy) else "refused without a word"
    n = sum(len(connection.sql(one.relation).fetchall()) for one in sheets)
    return (importer.key, n + sum(len(one.broken()) for one in sheets))


@pytest.mark.parametrize(("folder", "n"), [(SHAPES, 138), (RESTFB, 342)], ids=["python", "restfb"])
def test_every_recorded_answer_is_read_with_a_balance_that_adds_up_or_refused(
    study, folder, n, tmp_path
):
    files = sorted(folder.rglob("*.json"))
    with connect() as connection:
        found = {file: read_file(file, tmp_path, connection) for file in files}
    assert len(found) == n
    formats = {told[0] for told in found.values() if told}
    assert formats <= {"graph-api", "graph-webhooks", "instagram-graph"}
    for key in sorted(formats):
        these = [file for file, told in found.items() if told and told[0] == key]
        together = tmp_path / key
        together.mkdir()
        for number, file in enumerate(these):
            shutil.copy(file, together / f"{number:03}.json")
        balance = take_in(study, together, Order(importer=key, captured=CAPTURED))
        assert balance.total("read") == sum(found[file][1] for file in these)
        assert all(page.adds_up for page in balance.pages)
        assert balance.total("rejected") == len(balance.rejects)


# ── 2 Facebook ───────────────────────────────────────────────────────────────────────────────────


def test_both_pages_of_a_feed_give_their_posts_with_every_count(import_file):
    files = [FACEBOOK / "posts" / f"feeds_default_fields_p{n}.json" for n in (1, 2)]
    items = [item for file in files for item in data_of(file)["data"]]
    import_file(files[0])
    _, rows = import_file(files[1])
    assert len(rows["posts"]) == len(items) == 10
    for row, item in zip(rows["posts"], items, strict=True):
        assert row["page_id"] == "developers"
        assert f"19292868552_{row['post_id']}" == item["id"]
        assert row["published_at"] == moment(item["created_time"])
        assert row["likes"] == item["reactions"]["summary"]["total_count"]
        assert row["reaction_love"] == item["love"]["summary"]["total_count"]
        assert row["comments"] == item["comments"]["summary"]["total_count"]
        assert row["shares"] == item.get("shares", {}).get("count")


def test_posts_asked_for_by_ids_bring_their_comments(import_file):
    file = FACEBOOK / "posts" / "multi_posts_data.json"
    posts = list(data_of(file).values())
    below = [(post["id"], one) for post in posts for one in post["comments"]["data"]]
    _, rows = import_file(file)
    assert [row["comments"] for row in rows["posts"]] == [p["comments"]["count"] for p in posts]
    told = [(f"19292868552_{row['post_id']}", row["text"] or "") for row in rows["comments"]]
    assert sorted(told) == sorted((post, one["message"].strip()) for post, one in below)


def test_a_thread_without_authors_has_the_ids_of_its_addresses(import_file):
    files = [FACEBOOK / "comments" / f"comments_p{n}.json" for n in (1, 2)]
    items = [item for file in files for item in data_of(file)["data"]]
    import_file(files[0])
    _, rows = import_file(files[1])
    replies = [item for item in items if "reply_comment_id" in item["permalink_url"]]
    assert len(rows["comments"]) == len(items) == 15
    assert sum(row["parent_id"] is not None for row in rows["comments"]) == len(replies) == 5
    assert {row["author"] for row in rows["comments"]} == {None}


@pytest.mark.parametrize(
    ("name", "page", "liked"),
    [
        ("pages/single_default_page", "app", 214_507_731),
        ("pages/single_fields_page", "app", 214_507_731),
    ],
)
def test_a_page_tells_how_many_like_it(import_file, name, page, liked):
    _, rows = import_file(FACEBOOK / f"{name}.json", captured=CAPTURED)
    (row,) = rows["page_counts"]
    assert (row["page_id"], row["captured_at"], row["page_likes"], row["followers"]) == (
        page,
        CAPTURED,
        liked,
        None,
    )


def test_several_pages_tell_it_at_once(import_file):
    file = FACEBOOK / "pages" / "multi_pages.json"
    _, rows = import_file(file, captured=CAPTURED)
    told = {row["page_id"]: row["page_likes"] for row in rows["page_counts"]}
    counts = {page["id"]: page["fan_count"] for page in data_of(file).values()}
    assert told == {"developers": counts["19292868552"], "app": counts["20531316728"]}


def test_without_a_moment_counts_of_a_page_are_rejected_and_told_how_to_be_taken(import_file):
    balance, rows = import_file(FACEBOOK / "pages" / "single_fields_page.json")
    (reject,) = balance.rejects
    assert (reject.problem, rows["page_counts"]) == ("captured_missing", [])
    assert "--captured" in str(reject.remedy)


# ── 3 Instagram ──────────────────────────────────────────────────────────────────────────────────


def test_own_media_are_the_account_s_by_the_address_of_the_next_page(import_file):
    files = [INSTAGRAM / "users" / f"medias_p{n}.json" for n in (1, 2)]
    items = [item for file in files for item in data_of(file)["data"]]
    for file in files:
        balance, rows = import_file(file)
        assert (balance.format, balance.total("rejected")) == ("instagram-graph", 0)
    assert len(rows["posts"]) == len(items) == 4
    told = {row["post_id"]: (row["likes"], row["comments"]) for row in rows["posts"]}
    assert told == {one["id"]: (one["like_count"], one["comments_count"]) for one in items}
    assert {row["page_id"] for row in rows["posts"]} == {"ig-own"}


def test_comments_of_a_media_are_below_the_one_that_the_next_address_names(import_file):
    file = INSTAGRAM / "medias" / "comments_p1.json"
    balance, rows = import_file(file, page="ig-own")
    assert "17846368219941692/comments" in data_of(file)["paging"]["next"]
    assert {row["post_id"] for row in rows["comments"]} == {"17846368219941692"}
    assert [row["text"] for row in rows["comments"]] == [
        one["text"] for one in data_of(file)["data"]
    ]
    assert balance.total("kept") == 2


def test_the_last_page_of_comments_must_be_told_its_media(import_file, tmp_path):
    file = INSTAGRAM / "medias" / "comments_p2.json"
    with pytest.raises(QulaqError, match="which post") as error:
        import_file(file, page="ig-own")
    assert "media_id" in str(error.value.remedy)
    told = tmp_path / "told.json"
    told.write_text(json.dumps({**data_of(file), "media_id": "17846368219941692"}))
    _, rows = import_file(told, page="ig-own")
    assert {row["post_id"] for row in rows["comments"]} == {"17846368219941692"}
    assert len(rows["comments"]) == len(data_of(file)["data"])


def test_a_comment_that_names_its_media_brings_its_reply(import_file):
    file = SHAPES / "instagram" / "models" / "ig_comment.json"
    comment = data_of(file)
    _, rows = import_file(file, page="ig-own")
    first, reply = rows["comments"]
    assert (first["post_id"], first["likes"]) == (comment["media"]["id"], comment["like_count"])
    assert (reply["post_id"], reply["parent_id"]) == (comment["media"]["id"], comment["id"])


def test_discovery_shows_posts_of_another_account(import_file):
    files = [INSTAGRAM / "discovery" / f"medias_p{n}.json" for n in (1, 2)]
    items = [
        item for file in files for item in data_of(file)["business_discovery"]["media"]["data"]
    ]
    for file in files:
        _, rows = import_file(file, page="ig-developers")
    assert {row["post_id"]: row["likes"] for row in rows["posts"]} == {
        item["id"]: item["like_count"] for item in items
    }
    assert len(items) == 4


@pytest.mark.parametrize(
    ("file", "page", "followers", "posts"),
    [
        (INSTAGRAM / "discovery" / "user_fields.json", "ig-developers", 64_976, 436),
        (INSTAGRAM / "users" / "user_fields.json", "ig-developers", 64_363, 427),
        (SHAPES / "instagram_basic" / "models" / "user_info.json", "ig-own", None, 10),
    ],
    ids=["discovery", "own", "basic"],
)
def test_an_account_tells_its_followers_and_posts(import_file, file, page, followers, posts):
    _, rows = import_file(file, captured=CAPTURED)
    (row,) = rows["page_counts"]
    assert (row["page_id"], row["followers"], row["posts_total"]) == (page, followers, posts)


# ── 4 webhooks ───────────────────────────────────────────────────────────────────────────────────


def reckon_deliveries(files):
    """
    The changes of the feed that add or edit a record: item, verb, value and whether the page wrote it.
    """
    changes = [
        (entry["id"], change["value"])
        for file in files
        for entry in data_of(file)["entry"]
        for change in entry.get("changes", [])
        if change["field"] == "feed" and change["value"]["verb"] in {"add", "edit", "edited"}
    ]
    return [
        (value["item"], value["verb"], value, page == str(author_of(value)))
        for page, value in changes
    ]


def author_of(value):
    return value["from"]["id"] if "from" in value else value.get("sender_id")


def test_a_folder_of_deliveries_is_one_import(import_file, tmp_path):
    folder = tmp_path / "deliveries"
    folder.mkdir()
    for file in (RESTFB / "webhooks").glob("feed-*.json"):
        shutil.copy(file, folder)
    files = sorted(folder.iterdir())
    balance, rows = import_file(folder)
    told = reckon_deliveries(files)
    added = {v["comment_id"] for item, verb, v, _ in told if (item, verb) == ("comment", "add")}
    assert {row["comment_id"] for row in rows["comments"]} == {one.split("_")[1] for one in added}
    assert all(row["author"] for row in rows["comments"])
    posts = [one for one in told if one[0] in {"post", "status", "photo", "video", "share"}]
    own = {value["post_id"].split("_")[1] for *_, value, by_page in posts if by_page}
    assert {row["post_id"] for row in rows["posts"]} == own
    problems = [one.problem for one in balance.rejects]
    # Edits of a comment that no delivery adds, and that say they were written when they were delivered.
    edits = [one for one in told if one[:2] == ("comment", "edited")]
    assert problems.count("edit_undated") == len(edits) == 3
    assert problems.count("visitor") == sum(not by_page for *_, by_page in posts) == 2
    assert (
        problems.count("removal") == len(list(folder.glob("*-remove-25.json"))) - 1
    )  # one of a like
    assert balance.total("read") == len(files) + 1  # one has two entries


def test_the_page_s_own_comment_is_known_by_the_delivery(import_file):
    _, rows = import_file(RESTFB / "webhooks" / "feed-comment-add-211.json")
    (row,) = rows["comments"]
    assert (row["by_page_source"], row["parent_id"], row["post_id"]) == (
        True,
        None,
        "901097836652708",
    )
    assert row["published_at"].timestamp() == 1_449_135_003


def test_a_delivery_of_instagram_names_media_and_comment_answered(import_file):
    _, rows = import_file(RESTFB / "instagram" / "wh-comments-2021.json", page="ig-own")
    (row,) = rows["comments"]
    assert (row["post_id"], row["parent_id"], row["comment_id"]) == (
        "76543987",
        "987654321",
        "123456789",
    )


# ── 5 what is neither ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "name",
    [
        "shapes-python-facebook/facebook/apidata/albums/albums_list_p1.json",
        "shapes-python-facebook/facebook/apidata/photos/photos_p1.json",
        "shapes-python-facebook/base/user_accounts_token.json",
        "shapes-python-facebook/instagram/apidata/users/user_insights.json",
        "shapes-python-facebook/instagram/apidata/hashtags/hashtag_top_medias_p1.json",
        "shapes-restfb-graph-json/v10_0/instagram-message.json",
        "shapes-restfb-graph-json/v1_0/page-rating.json",
        "shapes-restfb-graph-json/threads/basic-list-reply.json",
        "shapes-restfb-graph-json/connection-p1.json",
    ],
)
def test_other_answers_are_not_taken_for_posts_or_comments(study, name):
    with pytest.raises(QulaqError, match="no format fits"):
        take_in(study, DATA / name, Order(page=None))
