"""
Answers of Meta's two interfaces: which is whose, whose comments are, and what is nobody's.
"""

from __future__ import annotations

import json

import pytest

from qulaq.corpus.importers import recognise
from qulaq.corpus.intake import Order, take_in
from qulaq.errors import UnknownExport, UnreadableExport
from qulaq.exports import open_export

MEDIA = {
    "id": "17900000000000801",
    "timestamp": "2023-03-01T05:00:00+0000",
    "caption": "Су құбыры жөнделді",
    "media_type": "IMAGE",
    "username": "town_akimat",
    "like_count": 1,
}
COMMENT = {
    "id": "17870000000000001",
    "timestamp": "2023-03-01T06:00:00+0000",
    "text": "Ал біздің көше ше?",
    "username": "aigul_s",
}
POST = {"id": "100100_801", "created_time": "2023-03-01T05:00:00+0000", "message": "Су келді"}


def next_page(path):
    return {"paging": {"next": f"https://graph.facebook.com/v26.0/{path}?after=x"}}


@pytest.mark.parametrize(
    ("answer", "key"),
    [
        ({"data": [POST], "paging": {}}, "graph-api"),
        ({"data": [MEDIA], "paging": {}}, "instagram-graph"),
        ({"data": [{**COMMENT, "media": {"id": "1"}}], "paging": {}}, "instagram-graph"),
        ({"id": "100100", "name": "Әкімдік", "followers_count": 5}, "graph-api"),
        ({"id": "100100", "username": "town.akimat", "fan_count": 5}, "graph-api"),
        ({"id": "17841400000000001", "username": "t", "followers_count": 5}, "instagram-graph"),
        ({"id": "17841400000000001", "username": "t", "media_count": 5}, "instagram-graph"),
        ([POST, {**POST, "id": "100100_802"}], "graph-api"),
        ([MEDIA, {**MEDIA, "id": "17900000000000802"}], "instagram-graph"),
        ({"data": [], "paging": {}}, "graph-api"),
    ],
)
def test_an_answer_is_known_as_that_of_its_network(write, tmp_path, answer, key):
    assert recognise(open_export(write("answer.json", answer), tmp_path)).key == key


@pytest.mark.parametrize(
    "answer",
    [
        {"data": [{"id": "1", "name": "Досым"}], "paging": {}},
        {"data": [{"name": "impressions", "values": [], "id": "1/insights"}], "paging": {}},
        {"id": "9", "created_time": POST["created_time"], "to": {"data": []}, "message": "хат"},
        {**MEDIA, "media_product_type": "THREADS", "text": "x"},
    ],
    ids=["friends", "insights", "a private message", "Threads"],
)
def test_what_belongs_to_neither_is_taken_for_nothing(write, tmp_path, answer):
    with pytest.raises(UnknownExport):
        recognise(open_export(write("answer.json", answer), tmp_path))


@pytest.mark.parametrize("edge", ["tags", "recent_media", "top_media"])
def test_media_of_strangers_are_refused_whatever_page_is_named(study, write, edge):
    answer = {"data": [MEDIA], **next_page(f"17841400000000001/{edge}")}
    with pytest.raises(UnreadableExport, match="of others"):
        take_in(study, write("answer.json", answer), Order(page="town-instagram"))


def test_in_a_folder_comments_belong_to_the_account_of_their_media(study, tmp_path, stored):
    folder = tmp_path / "answers"
    folder.mkdir()
    below = {"data": [COMMENT], **next_page(f"{MEDIA['id']}/comments")}
    (folder / "1.json").write_text(json.dumps(below), encoding="utf-8")
    (folder / "2.json").write_text(json.dumps({"data": [MEDIA]}), encoding="utf-8")
    take_in(study, folder)
    (row,) = stored(study, "comments")
    assert (row["page_id"], row["post_id"]) == ("town-instagram", MEDIA["id"])


def test_replies_are_below_the_comment_of_which_they_were_asked(study, write, stored):
    answer = {"data": [COMMENT], **next_page("17870000000000009/replies")}
    take_in(study, write("replies.json", answer), Order(page="town-instagram"))
    (row,) = stored(study, "comments")
    assert (row["post_id"], row["parent_id"]) == (None, "17870000000000009")


def test_a_list_of_comments_with_more_pages_is_not_complete(study, write, stored):
    answer = {"data": [COMMENT], **next_page(f"{MEDIA['id']}/comments")}
    take_in(study, write("comments.json", answer), Order(page="town-instagram"))
    (capture,) = stored(study, "captures")
    assert (capture["post_id"], capture["complete"]) == (MEDIA["id"], False)


def test_accounts_asked_for_by_ids_bring_their_media(study, write, stored):
    account = {"id": "17841400000000001", "username": "town_akimat", "media_count": 1}
    answer = {account["id"]: {**account, "media": {"data": [MEDIA]}}}
    balance = take_in(study, write("ids.json", answer))
    assert [row["post_id"] for row in stored(study, "posts")] == [MEDIA["id"]]
    assert [one.problem for one in balance.rejects] == ["captured_missing"]


def test_among_posts_other_objects_are_rejected_as_such_and_not_for_want_of_a_page(study, write):
    album = {"id": "7001", "created_time": POST["created_time"], "can_upload": False}
    balance = take_in(study, write("feed.json", {"data": [POST, album], "paging": {}}))
    assert [(one.line, one.problem) for one in balance.rejects] == [(2, "other_object")]


def test_of_a_post_asked_for_with_nothing_but_its_comments_these_are_read(study, write, stored):
    comment = {"id": "801_1", "created_time": POST["created_time"], "message": "Су?", "from": {}}
    take_in(study, write("post.json", {"id": "100100_801", "comments": {"data": [comment]}}))
    (row,) = stored(study, "comments")
    assert (row["page_id"], row["post_id"], row["comment_id"]) == ("town-facebook", "801", "1")


def test_a_media_without_caption_and_likes_is_one_as_its_neighbours_are(study, write, stored):
    bare = {key: MEDIA[key] for key in ("timestamp", "media_type")}
    answer = {"data": [MEDIA, {**bare, "id": "17900000000000802"}], "paging": {}}
    balance = take_in(study, write("media.json", answer), Order(page="town-instagram"))
    assert (balance.total("kept"), balance.total("rejected")) == (2, 0)
    assert stored(study, "posts")[1]["likes"] is None


# ── comments and their posts on Facebook ─────────────────────────────────────────────────────────

SITE = "https://www.facebook.com"
ANSWER = {
    "id": "801_1",
    "created_time": "2023-03-01T06:00:00+0000",
    "message": "Су қашан?",
    "like_count": 0,
}


def write_folder(tmp_path, *answers):
    folder = tmp_path / "answers"
    folder.mkdir()
    for number, answer in enumerate(answers):
        (folder / f"{number}.json").write_text(json.dumps(answer), encoding="utf-8")
    return folder


def places(rows):
    return [(row["page_id"], row["post_id"], row["comment_id"], row["parent_id"]) for row in rows]


@pytest.mark.parametrize(
    "address",
    [
        f"{SITE}/town.akimat/posts/pfbid02aB?comment_id=1",
        f"{SITE}/photo.php?fbid=77&set=a.1&comment_id=1",
        f"{SITE}/watch/?v=78&comment_id=1",
        f"{SITE}/town.akimat/posts/801?comment_id=1",
    ],
)
def test_a_comment_stands_below_the_post_of_its_id_whatever_its_address_calls_that(
    study, tmp_path, stored, address
):
    comments = {"data": [{**ANSWER, "permalink_url": address}], "summary": {"total_count": 1}}
    take_in(study, write_folder(tmp_path, comments, {"data": [POST], "paging": {}}))
    assert places(stored(study, "comments")) == [("town-facebook", "801", "1", None)]


@pytest.mark.parametrize(
    ("post", "comment"),
    [
        (f"{SITE}/town.akimat/posts/pfbid02aB", f"{SITE}/town.akimat/posts/pfbid02aB?comment_id=1"),
        (f"{SITE}/photo.php?fbid=77&set=a.1", f"{SITE}/photo.php?fbid=77&set=a.1&comment_id=1"),
    ],
)
def test_a_comment_shown_to_outsiders_finds_its_post_by_its_address(
    study, tmp_path, stored, post, comment
):
    shown = {key: ANSWER[key] for key in ("created_time", "message")}
    posts = {"data": [{**POST, "permalink_url": post}], "paging": {}}
    comments = {"data": [{**shown, "permalink_url": comment}], "paging": {}}
    take_in(study, write_folder(tmp_path, comments, posts))
    assert places(stored(study, "comments")) == [("town-facebook", "801", "1", None)]


def test_files_named_in_one_command_tell_each_other_whose_page_it_is(study, write, stored):
    posts = write("posts.json", {"data": [POST], "paging": {}})
    comments = write("comments.json", {"data": [ANSWER], "paging": {}})
    assert take_in(study, comments).total("kept") == 0
    take_in(study, comments, Order(beside=(posts, comments)))
    assert places(stored(study, "comments")) == [("town-facebook", "801", "1", None)]
    media = write("media.json", {"data": [MEDIA]})
    below = write("below.json", {"data": [{**COMMENT, "media": {"id": MEDIA["id"]}}]})
    take_in(study, below, Order(beside=(media, below)))
    assert stored(study, "comments")[-1]["page_id"] == "town-instagram"


def test_what_was_asked_for_its_comments_tells_page_or_comment_above(study, write, stored):
    below_post = {"data": [ANSWER], **next_page("100100_801/comments")}
    take_in(study, write("post.json", below_post))
    reply = {**ANSWER, "id": "801_2"}
    below_comment = {"data": [reply], **next_page("801_1/comments")}
    take_in(study, write("comment.json", below_comment), Order(page="town-facebook"))
    assert places(stored(study, "comments")) == [
        ("town-facebook", "801", "1", None),
        ("town-facebook", "801", "2", "1"),
    ]


def test_a_comment_that_names_no_post_is_rejected_and_not_kept_as_below_none(study, write):
    bare = {**ANSWER, "id": "1"}
    unseen = {key: ANSWER[key] for key in ("created_time", "message")}
    answer = {"data": [bare, unseen, ANSWER], "paging": {}}
    balance = take_in(study, write("comments.json", answer), Order(page="town-facebook"))
    assert [(one.line, one.problem) for one in balance.rejects] == [
        (1, "post_unnamed"),
        (2, "post_unnamed"),
    ]
    assert balance.total("kept") == 1


@pytest.mark.parametrize(("edge", "problem"), [("feed", "visitor"), ("comments", "page_unnamed")])
def test_what_was_asked_for_tells_posts_of_visitors_from_comments(study, write, edge, problem):
    bare = {**POST, "from": {"id": "7"}}
    answer = {"data": [bare], **next_page(f"100100/{edge}")}
    balance = take_in(study, write("bare.json", answer))
    assert [one.problem for one in balance.rejects] == [problem]
