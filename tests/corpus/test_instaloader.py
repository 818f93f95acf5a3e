"""
Comments of instaloader stand below the post that lies beside them: in the folder, or in the same command.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from qulaq.corpus.intake import Order, take_in
from qulaq.errors import UnreadableExport

FOLDER = Path(__file__).parent / "samples" / "instaloader" / "folder" / "raw"
COMMENTS = FOLDER / "2023-01-01_06-00-00_UTC_comments.json"
POST = FOLDER / "2023-01-01_06-00-00_UTC.json"


def test_a_file_of_comments_alone_is_refused_with_the_advice_to_give_the_folder(study):
    with pytest.raises(UnreadableExport, match="which post") as refusal:
        take_in(study, COMMENTS)
    assert "whole folder" in str(refusal.value.remedy)


def test_a_post_named_in_the_same_command_tells_where_its_comments_stand(study, stored):
    balance = take_in(study, COMMENTS, Order(beside=(POST, COMMENTS)))
    assert (balance.format, balance.total("kept"), balance.total("rejected")) == (
        "instaloader",
        4,
        0,
    )
    assert {row["post_id"] for row in stored(study, "comments")} == {"CmiJBr2LAAB"}
    assert stored(study, "posts") == []


def test_a_post_of_the_same_name_in_another_folder_is_not_taken_for_theirs(study, tmp_path, stored):
    folder = tmp_path / "both"
    for name in ("town", "other"):
        (folder / name).mkdir(parents=True)
    shutil.copy(POST, folder / "town")
    shutil.copy(COMMENTS, folder / "town")
    foreign = POST.read_text(encoding="utf-8").replace("CmiJBr2LAAB", "CmiJBr2LAAZ")
    (folder / "other" / POST.name).write_text(foreign, encoding="utf-8")
    take_in(study, folder)
    assert {row["post_id"] for row in stored(study, "comments")} == {"CmiJBr2LAAB"}
    assert {row["post_id"] for row in stored(study, "posts")} == {"CmiJBr2LAAB", "CmiJBr2LAAZ"}


def test_followers_of_a_profile_are_of_the_moment_that_the_person_told(study):
    profile = FOLDER.parents[1] / "profile" / "raw.json"
    balance = take_in(study, profile)
    (reject,) = balance.rejects
    assert "--captured" in str(reject.remedy)


def test_a_collection_of_others_posts_is_not_the_pages_even_if_it_is_named(study, tmp_path):
    foreign = (
        POST.read_text(encoding="utf-8")
        .replace("town_akimat", "bolat_kz")
        .replace("5500000001", "702")
    )
    (tmp_path / "saved.json").write_text(foreign, encoding="utf-8")
    balance = take_in(study, tmp_path / "saved.json", Order(page="town-instagram"))
    assert [one.problem for one in balance.rejects] == ["page_unknown"]
