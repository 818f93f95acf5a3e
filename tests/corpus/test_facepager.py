"""
Comments that Facepager exports without the nodes above them, as outsiders see them: without ids.
"""

from __future__ import annotations

import csv

import pytest

from qulaq.corpus.intake import Order, take_in

SITE = "https://www.facebook.com"
NODE = {
    "path": "",
    "id": "7",
    "parent_id": "3",
    "level": "2",
    "object_id": "",
    "object_type": "data",
    "query_status": "fetched (200)",
    "query_type": "Facebook:<post>/comments",
    "created_time": "2023-05-02T05:00:00+0000",
    "message": "Су қашан?",
    "permalink_url": f"{SITE}/town.akimat/posts/pfbid02aB?comment_id=55",
}


@pytest.fixture
def add(study, tmp_path, stored):
    def add_node(**cells):
        with (tmp_path / "nodes.csv").open("w", encoding="utf-8", newline="") as stream:
            rows = csv.DictWriter(stream, NODE, delimiter=";")
            rows.writeheader()
            rows.writerow({**NODE, **cells})
        balance = take_in(study, tmp_path / "nodes.csv", Order(page="town-facebook"))
        kept = [(row["post_id"], row["comment_id"]) for row in stored(study, "comments")]
        return kept, [one.problem for one in balance.rejects]

    return add_node


@pytest.mark.parametrize(
    "cells",
    [
        {"path": "town.akimat/100100_901/"},
        {"permalink_url": f"{SITE}/town.akimat/posts/901?comment_id=55"},
        {"permalink_url": f"{SITE}/permalink.php?story_fbid=901&id=100100&comment_id=55"},
        {"object_id": "901_55"},
    ],
    ids=["path", "address", "address of a script", "id"],
)
def test_a_comment_alone_stands_below_the_post_that_anything_names(add, cells):
    assert add(**cells) == ([("901", "55")], [])


def test_a_comment_whose_post_nothing_names_is_rejected(add):
    assert add() == ([], ["post_unnamed"])
