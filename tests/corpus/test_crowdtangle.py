"""
CrowdTangle's exports: addresses of posts as Facebook has written them, and counts of what is no video.
"""

from __future__ import annotations

import csv

import pytest

from qulaq.corpus.intake import take_in

POST = {
    "Page Name": "Town Akimat",
    "User Name": "town.akimat",
    "Facebook Id": "100100",
    "Post Created": "2021-07-06 16:45:20 EDT",
    "Type": "Photo",
    "Total Interactions": "1",
    "Post Views": "0",
    "Total Views": "0",
    "URL": "https://www.facebook.com/100100/posts/701",
}


@pytest.fixture
def add(study, tmp_path, stored):
    def add_posts(*posts):
        with (tmp_path / "posts.csv").open("w", encoding="utf-8-sig", newline="") as stream:
            rows = csv.DictWriter(stream, POST)
            rows.writeheader()
            rows.writerows({**POST, **post} for post in posts)
        take_in(study, tmp_path / "posts.csv")
        return stored(study, "posts")

    return add_posts


def test_posts_are_told_apart_whatever_their_addresses_look_like(add):
    site = "https://www.facebook.com"
    addresses = {
        f"{site}/100100/posts/701": "701",
        f"{site}/town.akimat/videos/702/": "702",
        f"{site}/permalink.php?story_fbid=703&id=100100": "703",
        f"{site}/permalink.php?id=100100&story_fbid=704": "704",
        f"{site}/photo.php?fbid=705&set=a.1&type=3": "705",
        f"{site}/watch/?v=706": "706",
        f"{site}/town.akimat/photos/a.1/707/?type=3": "707",
    }
    posts = add(*({"URL": address} for address in addresses))
    assert [post["post_id"] for post in posts] == list(addresses.values())


def test_views_of_a_photo_are_not_known_and_those_of_a_video_are(add):
    photo, video = add(
        {},
        {
            "URL": "https://www.facebook.com/100100/videos/8",
            "Type": "Native Video",
            "Total Views": "10",
        },
    )
    assert (photo["views"], video["views"]) == (None, 10)
