"""
What finding duplicates promises. All texts are invented.

1. Normalising drops what differs between copies of one letter, and nothing that tells letters apart.
2. Texts of one group are equal once normalised or, beyond 40 characters, near-duplicates; short ones and
   texts without words are not mixed up.
3. The partition does not depend on order or process.
4. Against brute force on thousands of near-duplicates all but a few are found.
"""

from __future__ import annotations

import doctest
import random
import subprocess
import sys
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz import fuzz, process

from qulaq.text import duplicates
from qulaq.text.duplicates import ALIKE, SHORT, group_duplicates, is_near, normalize

LETTER = "Сіздің өтінішіңіз қаралып, тұрғын үй-коммуналдық шаруашылық бөліміне жіберілді"
OTHER = "Ваше обращение принято и направлено в отдел жилищно-коммунального хозяйства"


def together(*texts):
    return len(set(group_duplicates(texts).tolist())) == 1


# ── 1 normalising ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  Рақмет,   СІЗГЕ!!! 👍🙏", "рақмет сізге"),
        ("Құрметті Асель! Өтінішіңіз тіркелді", "өтінішіңіз тіркелді"),
        ("Уважаемая Асель Болатовна, ответ готов", "ответ готов"),
        ("Уважаемые жители! Воды не будет", "жители воды не будет"),
        ("Dear Mr. Smith, done", "done"),
        ("@asel_k @bolat жауап: https://gov.kz/a?b=1", "жауап"),
        ("№154-А от 12.03.2023", "0 а от 0 0 0"),
        ("Қоңырау шалыңыз: [tel] немесе [email]", "қоңырау шалыңыз немесе"),
        ("👍👍 !!!", ""),
        ("", ""),
    ],
)
def test_what_is_compared(text, expected):
    assert normalize(text) == expected


def test_numbers_stay_where_they_are_asked_for():
    assert normalize("№154-А от 12.03.2023!", keep_numbers=True) == "154 а от 12 03 2023"


def test_a_name_that_no_salutation_introduces_stays():
    assert normalize("Асель, рақмет") == "асель рақмет"


@given(st.text())
def test_normalizing_twice_changes_nothing(text):
    assert normalize(normalize(text)) == normalize(text)


# ── 2 groups ─────────────────────────────────────────────────────────────────────────────────────


def test_copies_that_differ_in_name_number_and_link_are_one_group():
    assert together(
        f"Құрметті Асель! {LETTER} №154, https://gov.kz/1",
        f"Құрметті Болат Ержанұлы! {LETTER} №7 👍",
        f"@dina_k {LETTER} 12",
    )


def test_near_duplicates_are_one_group_and_different_letters_are_not():
    assert together(LETTER, LETTER.replace("жіберілді", "жолданды"))
    assert not together(LETTER, OTHER)


def test_short_texts_are_alike_only_if_equal():
    one, other = "Рақмет сізге, көп жасаңыз", "Рақмет сізге, көп жасаңызда"
    assert fuzz.ratio(normalize(one), normalize(other)) >= ALIKE
    assert len(normalize(other)) <= SHORT
    assert not together(one, other)
    assert together(one, one.upper() + "!")


def test_the_limits_are_as_told():
    word = "а" * SHORT
    assert not together(word, word + "б")
    assert together(word + "а", word + "б")
    tail = "".join(random.Random(1).choices("абвгдежзик", k=100))  # noqa: S311
    for cut, expected in (
        (18, True),
        (19, False),
    ):  # 100 × 2 × 82 / 182 = 90.1, 100 × 2 × 81 / 181 = 89.5
        assert together(tail, tail[:-cut]) is expected


def test_two_texts_are_near_by_the_limits_of_their_group():
    word = "а" * SHORT
    assert is_near(word + "а", word + "б")
    assert not is_near(word, word + "б")
    assert is_near(word, word)
    assert not is_near("", "")
    assert not is_near(normalize(LETTER), normalize(OTHER))


def test_texts_without_words_are_each_alone():
    assert group_duplicates(["👍", "👍", "", "@asel", "https://gov.kz"]).tolist() == [0, 1, 2, 3, 4]
    assert group_duplicates([]).tolist() == []


def test_groups_are_numbered_by_their_first_members():
    numbers = group_duplicates([OTHER, "Рақмет", LETTER, "рақмет", OTHER + "."])
    assert numbers.dtype == np.int64
    assert numbers.tolist() == [0, 1, 2, 1, 0]


# ── 3 order ──────────────────────────────────────────────────────────────────────────────────────


def partition(texts, numbers):
    members = {}
    for text, number in zip(texts, numbers.tolist(), strict=True):
        members.setdefault(number, []).append(text)
    return sorted(map(sorted, members.values()))


letters = st.sampled_from([LETTER, OTHER, LETTER + " " + OTHER, OTHER[:60], "Рақмет!", "👍", ""])
edited = st.builds(
    lambda text, at, put: text[: at % (len(text) + 1)] + put + text[at % (len(text) + 1) :],
    letters,
    st.integers(0, 200),
    st.sampled_from(["", "х", " үй", "№5 ", "!!"]),
)


@settings(max_examples=60)
@given(st.lists(edited, max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_texts_does_not_change_the_partition(texts, chance):
    shuffled = chance.sample(texts, len(texts))
    assert partition(texts, group_duplicates(texts)) == partition(
        shuffled, group_duplicates(shuffled)
    )


@given(st.lists(edited, min_size=1, max_size=6))
def test_a_text_with_words_is_in_the_group_of_its_copy(texts):
    numbers = group_duplicates([*texts, *texts])
    for place, text in enumerate(texts):
        same = numbers[place] == numbers[place + len(texts)]
        assert same == bool(normalize(text))


def test_another_process_groups_alike():
    code = (
        "import random; from qulaq.text.duplicates import group_duplicates as g\n"
        "r = random.Random(3); words = ['сөз%d' % i for i in range(50)]\n"
        "texts = [' '.join(r.choices(words[:9], k=14)) for _ in range(300)]\n"
        "print(g(texts).tolist())"
    )
    printed = {
        subprocess.run([sys.executable, "-c", code], check=True, capture_output=True).stdout
        for _ in range(2)
    }
    assert len(printed) == 1


# ── 4 brute force ────────────────────────────────────────────────────────────────────────────────


def make_letters(n, *, models, seed):
    """
    Copies of *models* letters, each with up to five words or a few letters changed.
    """
    chance = random.Random(seed)  # noqa: S311
    vocabulary = [
        "".join(chance.choices("абвгдежзийклмнопрстуфхцчшыәғқңөұүі", k=chance.randint(2, 10)))
        for _ in range(2_000)
    ]
    letters = [chance.choices(vocabulary, k=chance.randint(8, 40)) for _ in range(models)]
    made = []
    for _ in range(n):
        words = list(chance.choice(letters))
        for _ in range(chance.randint(0, 5)):
            words[chance.randrange(len(words))] = chance.choice(vocabulary)
        text = list(" ".join(words))
        for _ in range(chance.randint(0, 6)):
            text[chance.randrange(len(text))] = chance.choice("абвгд ")
        made.append("".join(text))
    return made


def near_by_brute_force(texts):
    ratios = process.cdist(texts, texts, scorer=fuzz.ratio, score_cutoff=ALIKE)
    return [(one, other) for one, other in zip(*ratios.nonzero(), strict=True) if one < other]


@pytest.mark.parametrize(("models", "seed"), [(8, 1), (60, 2), (700, 3)])
def test_nearly_all_near_duplicates_are_found_and_no_others(models, seed):
    texts = sorted({normalize(text) for text in make_letters(3_000, models=models, seed=seed)})
    texts = [text for text in texts if len(text) > SHORT]
    numbers = group_duplicates(texts)
    pairs = near_by_brute_force(texts)
    assert len(pairs) > 1_000
    found = sum(numbers[one] == numbers[other] for one, other in pairs)
    assert found / len(pairs) >= 0.998

    closure = duplicates._Groups(len(texts))
    for one, other in pairs:
        closure.join(one, other)
    roots = [closure.root(place) for place in range(len(texts))]
    # What is together here is together by brute force: every group lies within one of its.
    assert len(set(zip(numbers.tolist(), roots, strict=True))) == len(set(numbers.tolist()))
    lost = len(set(numbers.tolist())) - len(set(roots))
    assert lost <= 0.01 * len(texts)


def test_a_thousand_copies_of_one_letter_are_one_group():
    texts = [f"{LETTER} {'аб' * (number % 3)} {number}" for number in range(1_000)]
    assert max(Counter(group_duplicates(texts).tolist()).values()) == 1_000


def test_examples_in_the_docstrings_are_true():
    assert doctest.testmod(duplicates).failed == 0
    assert doctest.testmod(duplicates).attempted
