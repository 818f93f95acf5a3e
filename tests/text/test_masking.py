"""
What masking promises. All numbers and names here are invented.

1. Phones, IINs, bank cards and e-mail addresses give way to marks.
2. Years, dates, sums, counts and whatever stands in a link are left alone.
3. Any text is survived; masking twice changes nothing.
"""

from __future__ import annotations

import doctest
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qulaq.text import masking
from qulaq.text.masking import mask

IIN = "850317400006"
IIN_BY_SECOND_WEIGHTS = "850317400703"
CARD = "4400430123456789"

# 1. What gives way


@pytest.mark.parametrize(
    "phone",
    [
        "87011234567",
        "+77011234567",
        "77011234567",
        "7011234567",
        "+7 701 123 45 67",
        "+7 (701) 123-45-67",
        "8-701-123-45-67",
        "8\u2013701\u2013123\u201345\u201367",
        "8\xa0701\xa0123\xa045\xa067",
        "8 701 1234567",
        "8 701 12 34 567",
        "8 70 11 23 45 67",
        "8.701.123.45.67",
        "8/701/1234567",
        "(8701)1234567",
        "701 123 45 67",
        "8(7112)50-12-34",
        "8 (71130) 2-12-34",
        "(7112) 50-12-34",
        "8 800 080 77 77",
        "8 915 123 45 67",
        "+998 90 123 45 67",
        "+996 700 123 456",
    ],
)
def test_phone_is_masked_however_it_is_written(phone):
    assert mask(f"Маған {phone} нөміріне хабарласыңыз") == "Маған [tel] нөміріне хабарласыңыз"
    assert mask(f"Позвоните мне: {phone}.") == "Позвоните мне: [tel]."


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("тел.87011234567,87021234567", "тел.[tel],[tel]"),
        ("87011234567 87021234567", "[tel] [tel]"),
        ("Көшеде 3 жыл жарық жоқ 87011234567", "Көшеде 3 жыл жарық жоқ [tel]"),
        ("87011234567ге WhatsApp жазыңыз", "[tel]ге WhatsApp жазыңыз"),
        ("WhatsApp87011234567", "WhatsApp[tel]"),
        ("2024 87011234567", "2024 [tel]"),
        ("8 701 123 45 67 12 адам", "[tel] 12 адам"),
        ("+998 90 123 45 67 12 человек", "[tel] 12 человек"),
        ("пишите 87011234567 тг", "пишите [tel] тг"),
        ("(7011234567)", "([tel])"),
        ("tel:+77011234567", "tel:[tel]"),
    ],
)
def test_phone_is_cut_out_of_what_stands_around_it(text, masked):
    assert mask(text) == masked


@pytest.mark.parametrize("iin", [IIN, IIN_BY_SECOND_WEIGHTS])
def test_iin_with_the_right_check_digit_is_masked(iin):
    assert mask(f"Менің нөмірім {iin}, көмектесіңіз") == "Менің нөмірім [iin], көмектесіңіз"


@pytest.mark.parametrize(
    "label", ["ЖСН ", "ЖСН-ім: ", "ИИН: ", "ИИН №", "иин ", "IIN ", "ЖСН/ИИН — ", "ИИН заявителя "]
)
def test_number_called_iin_is_masked_whatever_its_check_digit(label):
    assert mask(f"{label}850317400001 деп жазылған") == f"{label}[iin] деп жазылған"


def test_iin_with_blanks_is_masked_where_it_is_called_so():
    assert mask("ЖСН 850317 400 001") == "ЖСН [iin]"


def test_label_speaks_for_one_number():
    assert mask(f"ИИН {IIN}, счёт 123456789012") == "ИИН [iin], счёт 123456789012"


@pytest.mark.parametrize(
    "card",
    [
        CARD,
        "4400 4301 2345 6789",
        "4400-4301-2345-6789",
        "4400\xa04301\xa02345\xa06789",
        "44004301 23456789",
        "2200123456789019",
        "4400430123456789120",
        "4400 4301 2345 6789 120",
        "3700 123456 78905",
        "370012345678905",
        "4000000000006",
    ],
)
def test_bank_card_is_masked_however_it_is_written(card):
    assert mask(f"Көмек үшін карта: {card} Асел Н.") == "Көмек үшін карта: [card] Асел Н."


def test_number_after_a_card_stays():
    text = "4400 4301 2345 6789 12 адам жіберді, на карту 4400 4301 2345 6789 500 теңге"
    assert mask(text) == "[card] 12 адам жіберді, на карту [card] 500 теңге"


@pytest.mark.parametrize(
    "address", ["asel@mail.ru", "Asel.Nur+akimat@pochta.example.kz", "a_b-c@mail.қаз"]
)
def test_address_is_masked(address):
    assert mask(f"Поштам {address}, жазыңыз") == "Поштам [email], жазыңыз"
    assert mask(f"<a href='mailto:{address}'>") == "<a href='mailto:[email]'>"


def test_case_ending_stays_beside_an_address():
    assert mask("asel@mail.ruға жіберіңіз") == "[email]ға жіберіңіз"


def test_all_kinds_in_one_text():
    text = f"Мен Асел, ЖСН {IIN}, 87011234567, asel@mail.ru, карта {CARD}"
    assert mask(text) == "Мен Асел, ЖСН [iin], [tel], [email], карта [card]"


# 2. What is left alone


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Жол қашан жөнделеді?",
        "1 500 000 теңге",
        "87 025 000 000 теңге бөлінді",
        "87025000000 теңге",
        "7 025 000 000",
        "+15 000 000 тенге к бюджету",
        "21 347 820 511 234 теңге",
        "4400430123456789 теңге",
        "2019-2024 жылдары, 2023/2024 оқу жылы",
        "2019 2020 2021 2022 2023 2024",
        "2016 2019 2020 2021",
        "01.02.2024 12:30-14:00",
        "2024-01-15 18:30:00",
        "7.01.2024 120 адам келді",
        "15.03.2024-20.03.2024 аралығында",
        "Жұмыс уақыты 8.30-17.30 13.00-14.00",
        "109, 112 немесе 1414 нөміріне",
        "За 12 345 человек проголосовало 6 789 012",
        "51.1282, 71.4304123",
        "№ 0123456789012345 өтініш",
        "8 8 8 8 8 8 8 8 8 8 8",
        "БСН 990940001234",
        "Рахмет @asel.nur, @bolat_01! рақмет@asel.nur",
    ],
)
def test_what_is_not_personal_stays(text):
    assert mask(text) == text


@pytest.mark.parametrize(
    "link",
    [
        "https://www.facebook.com/19292868552/posts/10158407654328553",
        "facebook.com/19292868552/posts/10158407654328553",
        "https://t.me/akimat/87011234567",
        f"www.example.kz/{CARD}?id={IIN}",
        "https://example.kz/?to=asel@mail.ru",
    ],
)
def test_link_stays_whatever_it_holds(link):
    assert mask(f"Қараңыз: {link} 87011234567") == f"Қараңыз: {link} [tel]"


def test_link_ends_with_a_comma():
    assert mask("https://egov.kz,тел:87011234567") == "https://egov.kz,тел:[tel]"


@pytest.mark.parametrize(
    "digits", ["850317400007", "851317400006", "850332400006", "850230400006", "1850317400006"]
)
def test_number_of_no_person_stays(digits):
    assert mask(f"Тіркеу нөмірі {digits}") == f"Тіркеу нөмірі {digits}"


@pytest.mark.parametrize("last", range(10))
def test_no_check_digit_suits_a_number_that_is_not_given_out(last):
    assert mask(f"85031740079{last}") == f"85031740079{last}"


@pytest.mark.parametrize("place", range(16))
def test_card_with_one_wrong_digit_stays(place):
    wrong = str((int(CARD[place]) + 1) % 10)
    text = CARD[:place] + wrong + CARD[place + 1 :]
    assert mask(text) == text


# 3. Any text

TELLING = """
    701 87011234567 8-701 4400 4301 2024 850317400006 4400430123456789 ЖСН iin теңге Асел
    asel@mail.ru @mail.kz https:// www. egov.kz/ [tel] [iin] ٣ \ud800
"""
pieces = st.sampled_from([*"0178 +-().,@/:[]\n\xa0", *TELLING.split()])


@given(st.text() | st.lists(pieces, max_size=40).map("".join))
def test_masking_twice_changes_nothing(text):
    masked = mask(text)
    assert mask(masked) == masked


@given(st.text(st.characters(exclude_characters="@", exclude_categories=["Nd"])))
def test_text_without_digits_and_addresses_stays(text):
    assert mask(text) == text


@given(st.integers(7_010_000_000, 7_029_999_999), st.sampled_from(["8", "+7", "+7 ", "8-"]))
def test_any_mobile_number_is_masked(number, prefix):
    assert mask(f"нөмірім {prefix}{number}!") == "нөмірім [tel]!"


@pytest.mark.parametrize(
    "unit",
    [
        "Әкімдікке 87011234567 нөмірінен жаздым, жауап жоқ. ",
        "8",
        "8 ",
        "8-7",
        "1----",
        "+1 ",
        "4444 ",
        "a@",
        "a.",
        "www.",
        "ИИН ",
        "(",
    ],
)
def test_a_million_characters_are_masked(unit):
    text = (unit * 1_000_000)[:999_987] + ", 87011234567"
    assert mask(text).endswith(", [tel]")


def test_phone_tables_are_not_loaded_for_texts_without_numbers():
    program = (
        "import sys; from qulaq.text.masking import mask; mask('2024 жылы 1 500 адам');"
        "sys.exit('phonenumbers' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_examples_in_the_docstring_hold():
    assert doctest.testmod(masking).failed == 0


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Жазыңыз: https://wa.me/77011234567", "Жазыңыз: https://wa.me/[tel]"),
        ("wa.me/+77011234567?text=сәлем", "wa.me/+[tel]?text=сәлем"),
        (
            "https://api.whatsapp.com/send?phone=77011234567",
            "https://api.whatsapp.com/send?phone=[tel]",
        ),
    ],
)
def test_a_link_that_dials_is_masked(text, masked):
    assert mask(text) == masked
    assert mask(masked) == masked
