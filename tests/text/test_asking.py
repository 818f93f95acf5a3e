"""
What telling questions and requests promises. All comments are invented.

1. On a list labelled by hand (asking.csv) little is missed and little is wrong.
2. Each rule is needed, by an example that no other rule finds, and stops where it should.
3. Greetings, thanks, congratulations and good wishes ask nothing, whatever their form.
4. Kazakh typed without its letters asks as Kazakh typed with them.
5. On the sentences of two treebanks, a check that did not see the rules: what ends with "?" is found
   without it where the language shows a question in words.
6. Any text is survived, in linear time.
"""

from __future__ import annotations

import csv
import doctest
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qulaq.text import asking, letters
from qulaq.text.asking import asks
from qulaq.text.letters import bare

TREEBANKS = Path(__file__).parents[3] / "shared" / "data" / "ud"
needs_treebanks = pytest.mark.skipif(
    not TREEBANKS.exists(), reason="the treebanks are not in ../shared/data/ud"
)

# ── 1 the list ───────────────────────────────────────────────────────────────────────────────────


def labelled():
    with Path(__file__).with_name("asking.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {
        answer: [row["comment"] for row in rows if row["asks"] == answer]
        for answer in ("yes", "no")
    }


def test_little_is_missed_and_little_is_wrong_on_comments_labelled_by_hand():
    comments = labelled()
    assert len(comments["yes"]) >= 80
    assert len(comments["no"]) >= 80
    found = [comment for comment in comments["yes"] if asks(comment)]
    wrong = [comment for comment in comments["no"] if asks(comment)]
    assert len(found) / len(comments["yes"]) >= 0.94
    assert len(found) / (len(found) + len(wrong)) >= 0.92


def test_the_list_holds_what_the_rules_get_wrong_too():
    comments = labelled()
    assert not asks("Пусть отремонтируют дорогу")
    assert asks("Когда был прежний аким, было лучше")
    assert "Пусть отремонтируют дорогу" in comments["yes"]
    assert "Когда был прежний аким, было лучше" in comments["no"]


# ── 2 each rule ──────────────────────────────────────────────────────────────────────────────────

EXAMPLES = {
    # rule: (found by it alone, asks nothing)
    "question mark": ("Вода есть?", "Смотрю https://example.org/?id=5 каждый день"),
    "Kazakh question word": ("Жол қашан жөнделеді", "Ешқашан жөнделмейді"),
    "Kazakh particle": ("Мектепке автобус барады ма", "Ма, мынаны ал дедім"),
    "Kazakh imperative": ("Көшеге шам қойыңыз", "Сіз оны өзіңіз айттыңыз"),
    "Kazakh request": ("Бізге көмек керек", "Көмек келді"),
    "Russian question word": ("Когда починят дорогу", "Никогда не починят"),
    "Russian particle": ("Будет ли автобус", "Вряд ли сделают"),
    "Russian imperative": ("Почините лифт", "Информация есть на сайте"),
    "Russian request": ("Просим отремонтировать двор", "Спрашивали не раз"),
    "English question": ("When will it open", "I know when it opens"),
    "English request": ("Please fix the light", "I am pleased"),
}


def test_every_rule_has_an_example():
    assert EXAMPLES.keys() == asking._RULES.keys()


def rules_that_find(text):
    return {name for name, rule in asking._RULES.items() if rule.search(asking._readable(text))}


@pytest.mark.parametrize("rule", EXAMPLES)
def test_a_rule_finds_what_no_other_does_and_stops_where_it_should(rule):
    asking_text, silent_text = EXAMPLES[rule]
    assert rules_that_find(asking_text) == {rule}
    assert not asks(silent_text)


@pytest.mark.parametrize(
    "text",
    [
        "Мәселені шешіңіздерші",
        "Тазалап берсеңізші",
        "Өтірік айтпаңдар",
        "Көрсетіңдерші",
        "Айтшы енді",
        "Назар аударыңыздар",
        "Жөндеп берсе екен",
        "Тоқтатыңыз мұны",
    ],
)
def test_kazakh_asks_politely_and_among_equals(text):
    assert rules_that_find(text) == {"Kazakh imperative"}


@pytest.mark.parametrize(
    "text",
    [
        "Сіз келдіңіз, шықтыңыз, айттыңыз, бастадыңыз",
        "Балаңыз да, еңбегіңіз де, ауылыңыз да осы",
        "Іс-шараларыңыз өтті",
        "Каспий теңіз",
        "Жарайсыңдар",
        "Тұрғындар, мамандар, ағылшындар",
        "Алаңдар мен өлеңдер",
    ],
)
def test_what_only_ends_as_an_imperative_asks_nothing(text):
    assert not asks(text)


def test_a_question_mark_in_the_middle_of_a_word_is_a_lost_letter():
    assert not asks("?аза?стан халы?ы")
    assert asks("Су бар?")
    assert asks("Су бар❓")


def test_a_link_asks_nothing_but_a_text_beside_it_may():
    assert not asks("https://example.org/where?when=1")
    assert asks("https://example.org/page қашан ашылады")


# ── 3 what asks nothing ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "text",
    [
        "Рақмет сіздерге!",
        "Құттықтаймын!",
        "Аман болыңыз",
        "Сау-саламат болыңыздар",
        "Денсаулық тілейміз",
        "Көп жасаңыз",
        "Құттықтауымызды қабыл алыңыз",
        "Сәлеметсіз бе",
        "Саламатсыздар ма",
        "Кешіріңіз",
        "Алладан денсаулық сұраймын",
        "Қандай тамаша",
        "Кім біледі",
        "Здравствуйте",
        "Будьте здоровы и живите долго",
        "Примите наши искренние поздравления",
        "Разрешите поблагодарить",
        "Какая красота",
        "Кто-то постарался",
    ],
)
def test_greetings_thanks_and_wishes_ask_nothing(text):
    assert not asks(text)


def test_who_greets_and_thanks_may_still_ask():
    assert asks("Сәлеметсіз бе! Су қашан болады")
    assert asks("Рақмет. Енді жолды жөндеңіздер")
    assert asks("Здравствуйте, подскажите телефон")
    assert asks("Спасибо за ответ. Будьте добры, уберите снег")


# ── 4 without letters ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("bare_text", "text"),
    [
        ("кашан берединиздер", "қашан бересіздер"),
        ("калай тиркелемиз", "қалай тіркелеміз"),
        ("ким жауап береди", "кім жауап береді"),
        ("Неше жылдан бери", "Неше жылдан бері"),
        ("комектесиниздерши", "көмектесіңіздерші"),
        ("отинемин", "өтінемін"),
        ("кiмге айтамыз", "кімге айтамыз"),  # Latin i
    ],
)
def test_kazakh_typed_without_its_letters_asks_too(bare_text, text):
    assert asks(bare_text)
    assert asks(text)


@given(st.text(alphabet="абвгдежзийклмнопрстуфхцчшщъыьэюя әғқңөұүһіiёq.,!"))
def test_bare_letters_are_of_the_russian_keyboard_and_stay_as_they_are(text):
    assert not set(bare(text)) & set("әғқңөұүһіё")
    assert bare(bare(text)) == bare(text)


# ── 5 the treebanks ──────────────────────────────────────────────────────────────────────────────


def sentences(of):
    return [
        line.removeprefix("# text = ")
        for file in sorted(TREEBANKS.glob(f"{of}_*.conllu"))
        for line in file.read_text(encoding="utf-8").splitlines()
        if line.startswith("# text = ")
    ]


def shares(of):
    """
    How many questions are found without their mark, and how many other sentences are found too.
    """
    all_of = sentences(of)
    questions = [text.replace("?", ".") for text in all_of if "?" in text]
    others = [text for text in all_of if "?" not in text and len(text) < 150]
    return [sum(map(asks, texts)) / len(texts) for texts in (questions, others)]


@needs_treebanks
def test_kazakh_questions_are_found_without_their_mark():
    found, others = shares("kk")
    assert found >= 0.85
    assert others <= 0.04


@needs_treebanks
def test_russian_questions_without_mark_and_question_word_are_not_found():
    found, others = shares("ru")
    assert 0.3 <= found <= 0.6
    assert others <= 0.12


# ── 6 any text ───────────────────────────────────────────────────────────────────────────────────


@given(st.text())
def test_any_text_is_survived(text):
    assert asks(text) in {True, False}


@given(st.text(alphabet="абқңі .,-!\n", max_size=40))
def test_a_question_mark_at_the_end_always_asks(text):
    assert asks(text + " нет?")


@pytest.mark.parametrize(
    "piece",
    ["қ", "а ", "ма ", "-", "? ", "?a", "как ", "как какой ", "вы ", "ңыз", "саңдар", "алладан ", "қандай ", ". ", "\n", " "],
)  # fmt: skip
def test_long_texts_are_read_in_linear_time(piece):
    assert asks(piece * 20_000 + "я") in {True, False}


@pytest.mark.parametrize("module", [asking, letters])
def test_examples_in_the_docstrings_are_true(module):
    assert doctest.testmod(module).failed == 0
    assert doctest.testmod(module).attempted
