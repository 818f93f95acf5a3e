"""
Ids of posts and comments in addresses and in other ids.
"""

from __future__ import annotations

import base64
import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qulaq.text import post_ids
from qulaq.text.post_ids import comment_in, shortcode_in, shortcode_of, unpacked


@pytest.mark.parametrize(
    ("key", "shortcode"),
    [
        ("1", "B"),
        ("63", "_"),
        ("64", "BA"),
        ("4095", "__"),
        ("3000000000000000000_55", "CmiJBr2LAAA"),
    ],
)
def test_a_key_of_instagram_is_written_in_base_64(key, shortcode):
    assert shortcode_of(key) == shortcode


@pytest.mark.parametrize("key", [None, "", "0", "C1ab", "-5", "1.5", "٣", "9" * 21])
def test_what_is_no_key_has_no_shortcode(key):
    assert shortcode_of(key) is None


@given(number=st.integers(1, 2**63 - 1))
def test_a_shortcode_holds_the_whole_key(number):
    """By Python's own base 64, whose letters are the same in the same order."""
    code = shortcode_of(str(number)).rjust(12, "A")
    assert int.from_bytes(base64.urlsafe_b64decode(code), "big") == number


@pytest.mark.parametrize(
    ("address", "shortcode"),
    [
        ("https://www.instagram.com/p/C1a_b-2/", "C1a_b-2"),
        ("instagram.com/reel/C1a?igsh=x", "C1a"),
        ("https://www.instagram.com/town_akimat/p/C1a/c/178/", "C1a"),
        ("https://www.instagram.com/town_akimat/", None),
        ("", None),
        (None, None),
    ],
)
def test_a_shortcode_is_found_in_an_address(address, shortcode):
    assert shortcode_in(address) == shortcode


def test_what_facebook_packs_is_unpacked():
    packed = {
        told: base64.b64encode(told.encode()).decode() for told in ("comment:8_5", "feedback:8")
    }
    assert unpacked(packed["comment:8_5"]) == ("8", "5")
    assert unpacked(packed["feedback:8"]) == ("8", None)


@pytest.mark.parametrize("packed", [None, "", "x", "әқ", "555", "Y29tbWVudDo=", "c3RvcnlfMQ=="])
def test_what_is_packed_by_nobody_is_nothing(packed):
    assert unpacked(packed) == (None, None)


def test_an_address_tells_a_comment_and_what_it_answers():
    post = "https://www.facebook.com/town.akimat/posts/801"
    assert comment_in(f"{post}?comment_id=5") == ("5", None)
    assert comment_in(f"{post}?comment_id=801_5&reply_comment_id=6") == ("6", "5")
    assert comment_in(f"{post}?comment_id=Y29tbWVudDo4MDFfNTU1") == ("555", None)
    assert comment_in(post) == comment_in("http://[x?comment_id=1") == (None, None)


def test_the_examples_hold():
    assert doctest.testmod(post_ids).failed == 0
