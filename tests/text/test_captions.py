"""
What a post says, and whether another says the same. All texts are invented.

1. Labels go and words stay, in one form.
2. Copies as bodies make them from one network to another are told, whatever hangs on them.
3. Posts of one form about something else are none, nor are translations.
4. Which of two is asked first does not matter.
"""

from __future__ import annotations

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qulaq.text import captions
from qulaq.text.captions import is_copy, words_of_post

VISIT = (
    "Бүгін Түркістан облысының әкімі Сауран ауданында жұмыс сапарымен болып, жаңа мектептің құрылысымен "
    "танысты. Нысан келесі жылы пайдалануға беріледі."
)
SCHOOL = (
    "Сегодня аким области посетил Сауранский район и ознакомился со строительством новой школы. Объект "
    "сдадут в следующем году."
)


def said(one, other):
    return is_copy(words_of_post(one), words_of_post(other))


# ── 1 words ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Мектеп ашылды #мектеп #жаңалық #kz", "мектеп ашылды"),
        ("#мектеп#жаңалық\nМектеп ашылды", "мектеп ашылды"),
        ("Мектеп ашылды\n.\n.\n#мектеп 🎉 @akimat #kz", "мектеп ашылды"),
        ("Мектеп ашылды #жаңалық 👏", "мектеп ашылды"),
        ("#Түркістан қаласында мектеп ашылды", "түркістан қаласында мектеп ашылды"),
        ("Бүгін #Түркістан қаласында", "бүгін түркістан қаласында"),
        ("5 желтоқсан, №14 мектеп", "5 желтоқсан no14 мектеп"),
        ("Толығырақ: https://gov.kz/a#b @akimat 👉", "толығырақ"),
        ("𝗛𝗮𝗯𝗮𝗿 🇰🇿 и\u0306од", "habar йод"),
        ("#бір #екі", ""),
        ("👏👏", ""),
    ],
)
def test_what_of_a_post_is_compared(text, expected):
    assert words_of_post(text) == expected


@given(st.text(alphabet="аб #@_\n.5👏", max_size=60))
def test_finding_the_words_twice_changes_nothing(text):
    assert words_of_post(words_of_post(text)) == words_of_post(text)


# ── 2 copies ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("facebook", "instagram"),
    [
        (VISIT, VISIT),
        (VISIT, VISIT + "\n\n#Түркістан #мектеп #әкімдік #жаңалықтар #kazakhstan"),
        (VISIT, VISIT + "\n.\n.\n.\n#әкімдік #turkistan_akimat @akimat #news"),
        (VISIT, "#Түркістан#мектеп\n" + VISIT),
        (VISIT, VISIT.replace("Түркістан", "#Түркістан").replace("Сауран", "#Сауран")),
        (VISIT, "🏫 " + VISIT.replace(". ", ". ✅ ") + " 👏👏"),
        (VISIT + " https://gov.kz/kk/news/1?lang=kk", VISIT + " Сілтеме профильде 👆"),
        (
            VISIT + " Толығырақ: https://gov.kz/1",
            VISIT + "\n👉 Толық ақпарат профильдегі сілтемеде",
        ),
        (VISIT.replace("әкімі", "әкімі Асан Үсенов"), VISIT.replace("әкімі", "әкімі @asan_usenov")),
        ("Құрметті тұрғындар! " + VISIT, VISIT),
        (SCHOOL, "❗️❗️" + SCHOOL.upper()),
        (SCHOOL, SCHOOL.replace("й", "и\u0306")),
        (SCHOOL, SCHOOL.replace("ознакомился", "ознакамился")),
        (SCHOOL + " Подробнее: facebook.com/akimat/posts/1", SCHOOL + "\n\n#акимат #школа"),
        (SCHOOL + " Фото: пресс-служба", SCHOOL),
        (SCHOOL + " Справки: 8 701 123 45 67", SCHOOL),
        (SCHOOL, "⚡️" + SCHOOL + "\n➖➖➖\nПодписывайтесь на нас: t.me/akimat"),
    ],
)
def test_a_copy_is_told_whatever_its_network_hangs_on_it(facebook, instagram):
    assert said(facebook, instagram)
    assert said(instagram, facebook)


# ── 3 other posts ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (VISIT, SCHOOL),  # a translation
        (VISIT, VISIT.replace("Сауран", "Жетісай")),
        (VISIT, VISIT.replace("мектептің", "аурухананың")),
        (SCHOOL, SCHOOL.replace("новой школы", "поликлиники")),
        (
            SCHOOL.replace("школы.", "школы № 14."),
            SCHOOL.replace("школы.", "школы № 17."),
        ),
        (SCHOOL + " Мест: 300", SCHOOL + " Мест: 900"),  # the last word, but a number
        (  # here a word more, there a word more
            SCHOOL.replace("новой школы", "школы в районе Бәйтерек"),
            SCHOOL.replace("новой школы", "школы в Жангалинском районе"),
        ),
        (VISIT, ""),
        ("", ""),
    ],
)
def test_one_form_of_words_about_something_else_is_no_copy(one, other):
    assert not said(one, other)
    assert not said(other, one)


def test_words_moved_far_are_no_copy():
    first, second = VISIT.split(". ")
    assert not said(VISIT, f"{second} {first}")


# ── 4 order ──────────────────────────────────────────────────────────────────────────────────────

WORDS = st.lists(st.sampled_from(["әкім", "ауданы", "ауылы", "мектеп", "5", "7"]), max_size=30)


@given(WORDS, WORDS)
def test_either_may_be_asked_first(one, other):
    one, other = " ".join(one), " ".join(other)
    assert is_copy(one, other) == is_copy(other, one)


@given(WORDS, st.integers(0, 30), st.sampled_from(["әкім", "5", "күні"]))
def test_a_post_with_one_word_more_is_a_copy_of_a_long_one(words, at, word):
    long = [*VISIT.lower().split(), *words]
    more = [*long[: at % len(long)], word, *long[at % len(long) :]]
    assert is_copy(" ".join(long), " ".join(more))


def test_examples_in_the_docstrings_are_true():
    assert doctest.testmod(captions).failed == 0
    assert doctest.testmod(captions).attempted
