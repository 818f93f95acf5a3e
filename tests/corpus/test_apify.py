"""
What is told of data sets of Apify beyond the samples.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qulaq.corpus.intake import Order, take_in
from qulaq.sheets import write_xlsx

SAMPLES = Path(__file__).parent / "samples" / "apify"


def sample(case):
    return json.loads((SAMPLES / case / "raw.json").read_text(encoding="utf-8"))


def comment(**more):
    return {
        "facebookUrl": "https://www.facebook.com/reel/900",
        "commentUrl": "https://www.facebook.com/reel/900?comment_id=51",
        "id": "Y29tbWVudDo4MDFfNTE=",  # comment:801_51
        "date": "2023-01-01T07:00:00.000Z",
        "text": "Өте жақсы",
        "profileName": "А. Б.",
        "profileId": "701",
        "threadingDepth": 0,
        **more,
    }


def test_comments_below_an_address_that_names_no_page_find_it_by_their_post(
    study, tmp_path, stored
):
    folder = tmp_path / "sets"
    folder.mkdir()
    (folder / "comments.json").write_text(json.dumps([comment()]), encoding="utf-8")
    (folder / "posts.json").write_text(json.dumps(sample("facebook-posts")), encoding="utf-8")
    take_in(study, folder)
    (row,) = stored(study, "comments")
    assert (row["page_id"], row["post_id"]) == ("town-facebook", "801")


def test_without_their_posts_they_need_the_page_to_be_named(study, write, stored):
    file = write("comments.json", [comment()])
    (reject,) = take_in(study, file).rejects
    assert (reject.problem, "--page" in str(reject.remedy)) == ("page_unnamed", True)
    take_in(study, file, Order(page="town-facebook"))
    assert [row["comment_id"] for row in stored(study, "comments")] == ["51"]


def test_an_answer_below_an_answer_keeps_what_it_answers(study, write, stored):
    answer = {"threadingDepth": 2, "replyToCommentId": "52"}
    take_in(study, write("comments.json", [comment(**answer)]), Order(page="town-facebook"))
    assert [row["parent_id"] for row in stored(study, "comments")] == ["52"]


def test_a_missing_kind_of_reaction_is_zero_only_where_the_others_are_all(study, stored):
    take_in(study, SAMPLES / "facebook-posts" / "raw.json")
    angry = {row["post_id"]: (row["likes"], row["reaction_haha"]) for row in stored(study, "posts")}
    assert angry == {"801": (17, 0), "802": (30, None), "803": (0, 0)}


def test_an_excel_sheet_gives_what_the_json_gives(study, tmp_path, stored):
    names = ["shortCode", "timestamp", "ownerUsername", "caption", "likesCount", "commentsCount"]
    rows = [[one.get(name, "") for name in names] for one in sample("instagram-posts")]
    write_xlsx({"Data": [names, *rows]}, tmp_path / "set.xlsx")
    balance = take_in(study, tmp_path / "set.xlsx")
    assert (balance.format, balance.total("kept")) == ("apify", 2)
    assert [row["likes"] for row in stored(study, "posts")] == [41, None]


@pytest.mark.parametrize("case", ["instagram-posts", "instagram-details"])
def test_the_few_comments_shown_inside_posts_are_no_capture_of_comments(study, stored, case):
    """They come without their answers, so that every one would look unanswered."""
    take_in(study, SAMPLES / case / "raw.json")
    assert stored(study, "comments") == []
