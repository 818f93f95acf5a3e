"""
A questionnaire drafted from an export, and real exports that go in by it.

1. What is drafted is a sound form, and the file it came from goes in without a single unread answer.
2. Kinds are seen from values: choices, several of them though labels hold the joint, numbers, days, words.
3. What tells who answered becomes no question. 4. Names are such as SPSS takes.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from qulaq.survey.check import check_form
from qulaq.survey.exchange.draft import draft_from
from qulaq.survey.exchange.intake import Circumstances, read_exchange
from qulaq.survey.exchange.layout import make_layout
from qulaq.survey.exchange.naming import make_names
from qulaq.survey.exchange.options import find_joined
from qulaq.survey.writing import write_questionnaire
from qulaq.tables import read_table

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
EXPORTS = Path(__file__).parent / "exports"


def drafted(file, tmp_path):
    """
    The questionnaire as it is read back, after the check found no error in it.
    """
    form = tmp_path / "drafted.xlsx"
    write_questionnaire(draft_from(file).questionnaire, form)
    checked = check_form(form)
    assert [one for one in checked.problems if one.level == "error"] == []
    return checked.questionnaire


def taken_in(file, form):
    here = Circumstances(survey="s", zone=ZoneInfo("Asia/Almaty"))
    return read_exchange(make_layout(read_table(file)), form, here)


def of(folder, name):
    file = DATA / folder / name
    if not file.exists():
        pytest.skip(f"{file} is not here")
    return file


@pytest.mark.parametrize(
    ("name", "n", "questions"),
    [
        ("comma-survey.csv", 1129, 12),
        ("StarWars.csv", 1186, 32),
        ("steak-risk-survey.csv", 550, 14),
    ],
)
def test_1_real_exports_go_in_and_nobody_is_lost(tmp_path, name, n, questions):
    file = of("survey-538", name)
    form = drafted(file, tmp_path)
    exchange = taken_in(file, form)
    assert len(form.questions) == questions
    assert (exchange.rows, len({one.respondent for one in exchange.responses})) == (n, n)
    assert (exchange.unread, [one for one in exchange.left_out if one.is_unknown]) == ((), [])
    filled = sum(bool(cell) for line in make_layout(read_table(file)).lines for cell in line.cells)
    codes = sum(
        1 if isinstance(answer, str) else len(answer)
        for one in exchange.responses
        for answer in one.answers.values()
    )
    assert codes == filled - n  # every filled cell is a code, but for the respondent's id


def test_1_what_star_wars_fans_said_is_what_the_file_says(tmp_path):
    file = of("survey-538", "StarWars.csv")
    exchange = taken_in(file, drafted(file, tmp_path))
    seen = Counter(
        code
        for one in exchange.responses
        for code in one.answers.get("which_of_the_following_star", [])
    )
    assert sorted(seen.values()) == [550, 571, 607, 673, 738, 758]
    shot = Counter(one.answers.get("which_character_shot_first") for one in exchange.responses)
    assert shot == {None: 358, "han": 325, "i_don_t_understand_this": 306, "greedo": 197}


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("data_ml_ar.csv", {"pet_yesno": "0"}),
        ("data_ml_vlabel.csv", {"q": "Jean-Pierre", "q_2": "0"}),
        ("data_sm.csv", {"pet_type": ["3", "4", "5"]}),
        ("data_sm_label.csv", {"pet_type": ["3", "4", "5"]}),
    ],
)
def test_1_kobos_files_go_in_by_code_by_label_and_by_column(tmp_path, name, first):
    file = of("survey-kobo-multilang", name)
    exchange = taken_in(file, drafted(file, tmp_path))
    assert dict(exchange.responses[0].answers) == first
    assert (exchange.format, exchange.rows, exchange.unread) == ("kobo", 5, ())
    assert {one.submitted_at.year for one in exchange.responses} == {2022}


@pytest.mark.parametrize("file", sorted(EXPORTS.glob("*.csv")), ids=lambda one: one.stem)
def test_1_every_program_gives_a_sound_draft(tmp_path, file):
    exchange = taken_in(file, drafted(file, tmp_path))
    assert exchange.unread == ()
    assert not [one for one in exchange.left_out if one.is_unknown]


@pytest.fixture
def many(tmp_path):
    """
    An export of Google Forms with a question of each kind.
    """
    rows = [
        "Отметка времени,Кто Вы?,Откуда узнаёте?,Сколько Вам лет?,Сколько детей?,Когда родились?,Почему?,ФИО"
    ]
    media = [
        "Телевидение, радио, пресса",
        "Интернет",
        "Интернет, Телевидение, радио, пресса",
        "Соседи",
    ]
    rows += [
        f'{1 + i:02d}.03.2024 10:00:00,{"житель" if i % 3 else "гость"},"{media[i % 4]}",{20 + i},{i % 3},'
        f"{1 + i:02d}.05.1990,потому что {i},Аман {i}"
        for i in range(20)
    ]
    file = tmp_path / "export.csv"
    file.write_text("\n".join(rows), encoding="utf-8")
    return file


def test_2_kinds_are_seen_from_the_values(many, tmp_path):
    form = drafted(many, tmp_path)
    assert [(one.name, one.kind) for one in form.questions] == [
        ("kto_vy", "select_one"), ("otkuda_uznaete", "select_multiple"), ("skolko_vam_let", "integer"),
        ("skolko_detei", "select_one"), ("kogda_rodilis", "date"), ("pochemu", "text"),
    ]  # fmt: skip
    labels = [one.label.to("ru") for one in form.by_name["otkuda_uznaete"].choices.choices]
    assert labels == ["Интернет", "Телевидение, радио, пресса", "Соседи"]
    assert [one.name for one in form.by_name["skolko_detei"].choices.choices] == ["0", "1", "2"]
    assert (form.default_language, len(form.screens)) == ("ru", 6)
    assert taken_in(many, form).unread == ()


def test_2_one_answer_with_a_comma_in_it_is_no_several():
    assert find_joined(["honest, kind and loyal", "honest, kind, and loyal"] * 9, ", ") == []
    assert find_joined(["иә", "жоқ"] * 9, ", ") == []


def test_3_nobody_is_asked_for_a_name(many):
    draft = draft_from(many)
    assert [one.column.heading for one in draft.left_out] == ["ФИО"]


def test_4_names_are_latin_short_and_unlike():
    texts = [
        "Жасыңыз нешеде?",
        "Жасыңыз  нешеде",
        "Әлеуметтік желіні тиімді деп санайсыз ба?",
        "2. Щука?",
        "ALL",
        "؟",
    ]
    assert make_names(texts, default="q") == [
        "zhasynyz_neshede", "zhasynyz_neshede_2", "aleumettik_zhelini_tiimdi", "q_2_shuka", "all_2", "q",
    ]  # fmt: skip
