"""
What keywords promise. Invented posts; the z of every word is reckoned a second time in plain Python.

1. Words that one group has more often come out, farthest first, each counted once a text.
2. Nobody's own words, no addresses, numbers or personal data.
3. z is what the article defines.
"""

from __future__ import annotations

import doctest
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qulaq.text import keywords
from qulaq.text.keywords import find_keywords, stem

ROADS = ["Жолды жөндеу басталды, асфальт төселді", "Көшедегі жолдар жөнделді", "Жол ашылды"] * 4
SCHOOLS = ["Мектептерде жаңа оқу жылы", "Мектепке автобус берілді", "Мектептің спортзалы"] * 4


def words(found):
    return [one.word for one in found]


# ── 1 what comes out ─────────────────────────────────────────────────────────────────────────────


def test_each_group_gets_the_words_that_the_others_lack():
    found = find_keywords({"roads": ROADS, "schools": SCHOOLS}, least=4)
    assert stem(found["roads"][0].word) == "жол"
    assert stem(found["schools"][0].word) == "мектеп"
    assert found["roads"][0].texts == found["schools"][0].texts == 12
    for told in found.values():
        assert [one.z for one in told] == sorted((one.z for one in told), reverse=True)


def test_a_word_repeated_in_one_text_counts_once():
    shouting = {"a": ["вода " * 500, "тариф"] * 9, "b": ["дороги"] * 18}
    assert {one.word: one.texts for one in find_keywords(shouting)["a"]}["вода"] == 9


@pytest.mark.parametrize("groups", [{}, {"a": []}, {"a": ROADS}, {"a": ROADS, "b": []}])
def test_what_has_nothing_beside_it_has_no_keywords(groups):
    assert find_keywords(groups) == {name: [] for name in groups}


def test_groups_of_the_same_words_have_none():
    assert find_keywords({"a": ROADS, "b": ROADS}) == {"a": [], "b": []}


# ── 2 what never comes out ───────────────────────────────────────────────────────────────────────


def test_a_word_of_few_texts_is_not_told():
    assert "жалғызов" not in words(
        find_keywords({"a": [*ROADS, *["Жалғызов"] * 4], "b": SCHOOLS * 9})["a"]
    )


@pytest.mark.parametrize(
    "text",
    [
        "@some_citizen",
        "@[…]",
        "https://example.org/secret/path",
        "invented.person@example.org",
        "+7 701 111 22 33",
        "2026",
        "және бойынша также the",
        "#құттықтаймыз",
    ],
)
def test_addresses_numbers_personal_data_and_stop_words_are_not_read(text):
    assert find_keywords({"a": [text] * 20, "b": SCHOOLS})["a"] == []


# ── 3 a second reckoning ─────────────────────────────────────────────────────────────────────────

VOCABULARY = ["асфальт", "тариф", "автобус", "паводок"]
posts = st.lists(st.sets(st.sampled_from(VOCABULARY), min_size=1).map(sorted), max_size=30)


@settings(max_examples=60, deadline=None)
@given(st.tuples(posts, posts, posts))
def test_z_is_what_a_second_reckoning_finds(groups):
    found = find_keywords(
        {str(name): [" ".join(post) for post in group] for name, group in enumerate(groups)},
        least=1,
    )
    for name, group in enumerate(groups):
        rest = [post for i, other in enumerate(groups) if i != name for post in other]
        expected = {}
        for word in VOCABULARY:
            y, other_y = sum(word in post for post in group), sum(word in post for post in rest)
            n, other_n = sum(map(len, group)), sum(map(len, rest))
            if y == 0 or other_n == 0:
                continue
            alpha = n * (y + other_y) / (n + other_n)
            if y + other_y == n + other_n:  # the only word there is
                continue
            first = (y + alpha) / (2 * n - y - alpha)
            second = (other_y + alpha) / (other_n + n - other_y - alpha)
            z = (math.log(first) - math.log(second)) / (
                1 / (y + alpha) + 1 / (other_y + alpha)
            ) ** 0.5
            if z >= 1.96:
                expected[word] = z
        assert {one.word: one.z for one in found[str(name)]} == pytest.approx(expected)


def test_examples_in_the_docstrings_are_true():
    result = doctest.testmod(keywords)
    assert result.attempted
    assert result.failed == 0
