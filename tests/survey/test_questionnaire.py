"""
1. A questionnaire that is written and read again is the same. 2. Screens never show what hangs on themselves. 3. The standard
questionnaire says what the study's own file says. 4. Languages and headings are understood as forms write them.
"""

from __future__ import annotations

import csv
import warnings

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyxform.xls2xform import convert
from survey_forms import FORMS, SHARED, needs_data

from qulaq.survey.check import check_form
from qulaq.survey.dependence import depends, in_order, inputs
from qulaq.survey.expressions import compile_expression
from qulaq.survey.questionnaire import (
    Choice,
    ChoiceList,
    FormLanguage,
    Question,
    Questionnaire,
    Wording,
)
from qulaq.survey.screens import Placed, lay_out
from qulaq.survey.standard import write_standard_questionnaire
from qulaq.survey.workbook import language_code
from qulaq.survey.writing import write_questionnaire
from qulaq.survey.xlsform import read_questionnaire

# ── 1 ────────────────────────────────────────────────────────────────────────────────────────────

LANGUAGES = (FormLanguage("kk", "Қазақша (kk)"), FormLanguage("ru", "Русский (ru)"))
# One space between words, for pyxform makes one of several.
_WORDS = (
    st.text("абвғқңөұүһі <>&=+-@'\"", min_size=1, max_size=12)
    .map(lambda text: " ".join(text.split()))
    .filter(bool)
)
_WORDINGS = st.tuples(_WORDS, _WORDS).map(lambda two: Wording({"kk": two[0], "ru": two[1]}))
_LISTS = st.lists(_WORDINGS, min_size=1, max_size=4).map(
    lambda labels: tuple(Choice(name=f"c{n}", label=one) for n, one in enumerate(labels))
)


@st.composite
def _questions(draw):
    made = []
    for n in range(draw(st.integers(1, 7))):
        kind = draw(
            st.sampled_from(
                ["text", "integer", "select_one", "select_multiple", "note", "calculate"]
            )
        )
        before = [one.name for one in made if one.kind != "note"]
        rule = compile_expression(f"${{{draw(st.sampled_from(before))}}} != ''") if before else None
        made.append(
            Question(
                name=f"q{n}",
                kind=kind,
                label=draw(_WORDINGS) if kind != "calculate" else Wording(),
                hint=draw(st.one_of(st.just(Wording()), _WORDINGS)) if kind == "text" else Wording(),
                relevant=(rule,) if rule and draw(st.booleans()) else (),
                required=compile_expression("true()") if kind == "text" and draw(st.booleans()) else None,
                constraint=compile_expression(". > 0") if kind == "integer" else None,
                constraint_message=draw(_WORDINGS) if kind == "integer" else Wording(),
                calculation=compile_expression("1 + 1") if kind == "calculate" else None,
                choices=ChoiceList(f"list{n}", draw(_LISTS)) if kind.startswith("select") else None,
            )
        )  # fmt: skip
    made.append(Question(name="last", kind="text", label=draw(_WORDINGS)))
    return tuple(made)


@settings(max_examples=40, deadline=None)
@given(_questions(), _WORDS)
def test_what_is_written_and_read_again_is_the_same(tmp_path_factory, questions, title):
    placed = [Placed(one, (str(n // 3),), Wording()) for n, one in enumerate(questions)]
    written = Questionnaire(
        name="form",
        version="7",
        title=Wording({"kk": title}),
        languages=LANGUAGES,
        default_language="kk",
        questions=questions,
        screens=lay_out(placed),
        order=in_order({one.name: depends(one) for one in questions}),
    )
    file = tmp_path_factory.mktemp("form") / "form.xlsx"
    write_questionnaire(written, file)
    read = read_questionnaire(file)
    assert read.questions == written.questions
    assert read.screens == written.screens
    assert (read.name, read.version, read.languages) == ("form", "7", LANGUAGES)


@needs_data
@pytest.mark.parametrize("name", ["choice_filter_test", "specify_other", "yes_or_no_question"])
def test_real_forms_survive_being_written(tmp_path, name):
    read = read_questionnaire(FORMS / f"{name}.xlsx")
    write_questionnaire(read, tmp_path / "form.xlsx")
    again = read_questionnaire(tmp_path / "form.xlsx")
    assert again.questions == read.questions


def test_conditions_of_groups_are_written_with_those_of_questions(ask, tmp_path):
    form = ask(
        {"type": "select_one yes_no", "name": "a", "label": "1"},
        {"type": "begin_group", "name": "g", "relevant": "${a} = 'yes' or ${a} = 'no'"},
        {"type": "text", "name": "b", "label": "2", "relevant": "${a} != 'no'"},
        {"type": "end_group"},
    )
    write_questionnaire(form, tmp_path / "again.xlsx")
    (rule,) = read_questionnaire(tmp_path / "again.xlsx").by_name["b"].relevant
    assert rule.text == "(${a} = 'yes' or ${a} = 'no') and (${a} != 'no')"


# ── 2 ────────────────────────────────────────────────────────────────────────────────────────────


def screens(form):
    return [[one.name for one in screen.questions] for screen in form.screens]


def test_a_group_is_a_screen_and_nested_groups_are_their_own(ask):
    form = ask(
        {"type": "text", "name": "a", "label": "1"},
        {"type": "text", "name": "b", "label": "2"},
        {"type": "begin_group", "name": "outer", "label": "Сыртқы"},
        {"type": "text", "name": "c", "label": "3"},
        {"type": "begin_group", "name": "inner"},
        {"type": "text", "name": "d", "label": "4"},
        {"type": "end_group"},
        {"type": "text", "name": "e", "label": "5"},
        {"type": "end_group"},
    )
    assert screens(form) == [["a", "b"], ["c"], ["d"], ["e"]]
    assert [screen.label.to("und") for screen in form.screens] == ["", "Сыртқы", "Сыртқы", "Сыртқы"]


@pytest.mark.parametrize(
    "dependent",
    [
        {"type": "text", "name": "b", "label": "2", "relevant": "${a} = 'yes'"},
        {"type": "note", "name": "b", "label": "Сіз ${a} дедіңіз"},
        {"type": "note", "name": "b", "label": "2", "relevant": "${c} > 0"},
        {"type": "select_one yes_no", "name": "b", "label": "2", "choice_filter": "name != ${a}"},
    ],
)
def test_what_hangs_on_an_answer_stands_on_a_later_screen(ask, dependent):
    form = ask(
        {"type": "select_one yes_no", "name": "a", "label": "1"},
        {"type": "calculate", "name": "c", "calculation": "count-selected(${a})"},
        dependent,
        {"type": "text", "name": "z", "label": "3", "constraint": ". != ${a}"},
    )
    assert screens(form) == [["a"], ["b", "z"]]


@settings(max_examples=60, deadline=None)
@given(_questions())
def test_no_screen_shows_what_hangs_on_itself(questions):
    by_name = {one.name: one for one in questions}
    for screen in lay_out([Placed(one, (), Wording()) for one in questions]):
        names = {one.name for one in screen.questions}
        for one in screen.questions:
            assert not names & inputs(depends(one), by_name)


# ── 3 ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.skipif(not SHARED.is_dir(), reason=f"the study is not at {SHARED}")
def test_the_standard_questionnaire_says_what_the_study_says(standard):
    with (SHARED / "study" / "questionnaire.csv").open(encoding="utf-8") as stream:
        told = list(csv.DictReader(stream))
    assert list(_rows(standard)) == told


def _rows(questionnaire):
    for one in questionnaire.questions:
        rule = one.relevant[0].text if one.relevant else ""
        head = {"question": one.name, "type": one.kind, "required": "yes" if one.required else ""}
        yield {**head, "relevant": rule, "choice": "", **one.label.texts}
        for choice in one.choices.choices if one.choices else ():
            rest = {"type": "", "required": "", "relevant": "", "choice": choice.name}
            yield {"question": one.name, **rest, **choice.label.texts}


def test_the_standard_form_is_without_fault_here_and_in_pyxform(tmp_path, standard):
    file = tmp_path / "questionnaire.xlsx"
    write_standard_questionnaire(file)
    check = check_form(file)
    assert check.problems == ()
    assert check.questionnaire == standard
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        result = convert(str(file), validate=False)
    assert result.warnings == []
    assert '<translation lang="Қазақша (kk)" default="true()">' in result.xform


def test_the_standard_questionnaire_asks_in_three_languages(standard):
    assert [one.code for one in standard.languages] == ["kk", "ru", "en"]
    assert standard.nearest_language("ru") == "ru"
    assert standard.nearest_language("sw") == "kk"


# ── 4 ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Қазақша (kk)", "kk"),
        ("Русский язык (RU)", "ru"),
        ("English (en-GB)", "en-gb"),
        ("Казахский", "kk"),
        ("EN", "en"),
        ("default", "und"),
        ("Klingon", "klingon"),
    ],
)
def test_a_language_is_known_by_its_code(name, code):
    assert language_code(name) == code


def test_headings_are_understood_in_capitals_with_one_colon_and_by_old_names(write_form):
    file = write_form(
        ("Type", "NAME", "Label:Қазақша (kk)", "caption:English (en)", "Relevance", "Constraint Message:English (en)"),
        ("text", "a", "бір", "one", "", ""),
        ("text", "b", "екі", "two", "${a} != ''", "wrong"),
        choices=(), name="old.xlsx",
    )  # fmt: skip
    form = read_questionnaire(file)
    assert form.by_name["b"].label.to("en") == "two"
    assert form.by_name["b"].relevant[0].text == "${a} != ''"
    assert [one.code for one in form.languages] == ["kk", "en"]


def test_settings_name_the_form(ask):
    form = ask(
        {"type": "text", "name": "a", "label::Қазақша (kk)": "1", "label::Русский (ru)": "2"},
        settings=(
            ("form_title", "form_id", "version", "default_language"),
            ("Сауалнама", "town_2026", "3", "Русский (ru)"),
        ),
    )
    assert (form.name, form.version, form.default_language) == ("town_2026", "3", "ru")
    assert form.title.to("ru") == "Сауалнама"
    assert [one.code for one in form.languages] == ["kk", "ru"]


def test_a_wording_falls_back_on_the_default_language(ask):
    form = ask(
        {"type": "text", "name": "a", "label::Қазақша (kk)": "бір", "label::Русский (ru)": ""},
        {"type": "text", "name": "b", "label::Қазақша (kk)": "екі", "label::Русский (ru)": "два"},
    )
    assert form.by_name["a"].label.to("ru") == "бір"
    assert form.by_name["b"].hint.to("ru") == ""
