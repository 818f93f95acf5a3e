"""
Under which post a comment of minet stands: its input column, whatever it is called and however it names posts.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from qulaq.corpus.intake import Order, take_in

SAMPLE = Path(__file__).parent / "samples" / "minet" / "instagram-comments" / "raw.csv"


@pytest.fixture
def first_comment(tmp_path):
    """
    A table of one comment with another column of posts.
    """

    def write(column, told):
        with SAMPLE.open(encoding="utf-8", newline="") as text:
            row = next(csv.DictReader(text))
        del row["post"]
        file = tmp_path / "comments.csv"
        with file.open("w", encoding="utf-8", newline="") as text:
            writer = csv.writer(text)
            writer.writerow([column, *row])
            writer.writerow([told, *row.values()])
        return file

    return write


@pytest.mark.parametrize(
    ("column", "told"),
    [
        ("post", "CmiJBr2LAAB"),
        ("post_url", "https://www.instagram.com/town_akimat/reel/CmiJBr2LAAB/?hl=kk"),
        ("shortcode", "CmiJBr2LAAB"),
        ("post_id", "3000000000000000001"),
        ("post_id", "3000000000000000001_5500000001"),
        ("сілтеме", "https://www.instagram.com/p/CmiJBr2LAAB/"),
    ],
)
def test_a_post_is_found_by_address_shortcode_or_key(study, stored, first_comment, column, told):
    take_in(study, first_comment(column, told), Order(page="town-instagram"))
    assert [row["post_id"] for row in stored(study, "comments")] == ["CmiJBr2LAAB"]


def test_a_link_in_the_words_of_a_citizen_does_not_tell_the_post(study, first_comment):
    file = first_comment("note", "")
    words = "Ғабит көшесіне су қашан келеді?"
    link = "https://www.instagram.com/p/CmiJBr2LAAZ/"
    file.write_text(file.read_text(encoding="utf-8").replace(words, link), encoding="utf-8")
    balance = take_in(study, file, Order(page="town-instagram"))
    assert [one.problem for one in balance.rejects] == ["post_unnamed"]


def test_comments_of_instagram_need_their_page_to_be_named(study):
    balance = take_in(study, SAMPLE)
    # The last one does not even say under which post it stands.
    assert [one.problem for one in balance.rejects] == ["page_unnamed"] * 4 + ["post_unnamed"]
