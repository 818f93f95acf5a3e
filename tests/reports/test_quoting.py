"""Words of others: masked, on one line, cut between words, unable to turn the page about."""

from __future__ import annotations

import pytest

from qulaq.reports.nouns import COMMENTS, LIKES, POSTS, counted
from qulaq.reports.quoting import quote_text, web_address


def test_a_short_text_stays_as_it_is():
    assert (
        quote_text("Құрметті тұрғындар!\n\nЖиналыс  11:00-де")
        == "Құрметті тұрғындар! Жиналыс 11:00-де"
    )


def test_a_long_text_is_cut_between_words():
    assert quote_text("бір екі үш төрт", longest=9) == "бір екі…"


def test_a_number_at_the_cut_is_masked_before_it_is_cut():
    assert "701" not in quote_text("а" * 190 + " 8 701 123 45 67")


def test_overrides_of_direction_are_dropped_and_emoji_stay():
    assert quote_text("\u202eабв\u2066 👨\u200d👩\u200d👧\x00") == "абв 👨\u200d👩\u200d👧"


def test_an_emoji_is_not_left_waiting_for_its_other_half():
    assert quote_text("👨\u200d👩" * 200, longest=2) == "👨…"


@pytest.mark.parametrize(
    "link",
    ["javascript:alert(1)", "data:text/html,x", "//x", "file:///etc", "", "https:", "http://[x"],
)
def test_what_leads_elsewhere_is_no_link(link):
    assert web_address(link) == ""


def test_a_web_address_is_a_link():
    assert web_address(" https://a.kz/1?b=2 ") == "https://a.kz/1?b=2"


@pytest.mark.parametrize(
    ("value", "noun", "language", "digits", "words"),
    [
        (1, POSTS, "ru", 0, "1 публикация"),
        (2, POSTS, "ru", 0, "2 публикации"),
        (11, POSTS, "ru", 0, "11 публикаций"),
        (2190, POSTS, "ru", 0, "2 190 публикаций"),
        (35.0, LIKES, "ru", 1, "35,0 лайка"),
        (21, COMMENTS, "ru", 0, "21 комментарий"),
        (5, COMMENTS, "kk", 0, "5 пікір"),
        (1, LIKES, "en", 0, "1 like"),
        (1.0, LIKES, "en", 1, "1.0 likes"),
    ],
)
def test_a_noun_agrees_with_its_number_as_printed(value, noun, language, digits, words):
    assert counted(value, noun, language, digits=digits).replace("\xa0", " ") == words
