"""
1. Each problem stands at its sheet, row and column with a remedy. 2. Missing translations are found cell by cell. 3. What
no answer reaches is found, and nothing that one does. 4. Names that SPSS would not take are found. 5. Circles, however long,
are found. 6. Large and broken forms are answered in words and in seconds. 7. The real forms convert.
"""

from __future__ import annotations

import time

import pytest
from survey_forms import FORMS, YES_NO, needs_data

from qulaq.errors import QulaqError
from qulaq.lang import LANGUAGES, say
from qulaq.survey.check import check_form
from qulaq.survey.spss import find_fault
from qulaq.survey.xlsform import read_questionnaire

KK, RU = "label::Қазақша (kk)", "label::Русский (ru)"


def found(check):
    return [(one.level, one.sheet, one.row, one.column, str(one.found)) for one in check.problems]


@pytest.fixture
def look(write_form):
    """
    A function that checks a form of rows and gives what was found, without the level.
    """

    def make(*survey, **sheets):
        return [one[1:] for one in found(check_form(write_form(*survey, **sheets)))]

    return make


# ── 1 ────────────────────────────────────────────────────────────────────────────────────────────


def test_a_sound_form_has_no_problem(look):
    assert look(("type", "name", KK, RU), ("text", "a", "1", "2"), choices=()) == []


@pytest.mark.parametrize(
    ("column", "text", "said"),
    [
        ("relevant", "(${a} = 'yes'", "does not parse"),
        ("relevant", "pulldata('x', 'y', 'z', ${a})", "pulldata()"),
        ("constraint", ". > now()", "now()"),
        ("required", "${a} == 'yes'", "does not parse"),
        ("relevant", "a = 'yes'", "“a” stands there without ${…}"),
        ("relevant", "${g} = 'yes'", "“g” is no question that is asked here."),
        ("relevant", "${a} = 'yess'", "“yess” is none of the choices of a."),
        ("relevant", "selected(${a}, 'Yes')", "“Yes” is none of the choices of a."),
        ("relevant", "${b} = 'x'", "depends on itself: b → b"),
        ("relevant", ". = 'x'", "depends on itself: b → b"),
        ("default", "today()", "“default” is not obeyed here"),
        ("read_only", "yes", "“read_only” is not obeyed here"),
        ("calculation", "1 + 1", "“calculation” is not obeyed here"),
    ],
)
def test_a_problem_stands_at_its_cell(look, column, text, said):
    problems = look(
        ("type", "name", "label", column),
        ("begin_group", "g", "", ""),
        ("select_one yes_no", "a", "1", ""),
        ("end_group", "", "", ""),
        ("text", "b", "2", text),
        choices=(("list_name", "name", "label"), ("yes_no", "yes", "1"), ("yes_no", "no", "2")),
    )
    places = {(sheet, row, where) for sheet, row, where, told in problems if said in told}
    assert places == {("survey", 5, column)}


def test_the_row_is_that_of_the_spreadsheet_with_empty_rows_between(look):
    problems = look(
        ("type", "name", "label", "relevant"), (), ("text", "a", "1", ""), (), (), ("text", "b", "2", "${a} ="),
        choices=(),
    )  # fmt: skip
    assert [(row, column) for _, row, column, _ in problems] == [(6, "relevant")]


def test_what_pyxform_says_is_told_in_three_languages(write_form):
    file = write_form(("type", "name", "label", "label"), ("text", "a", "1", "2"), choices=())
    (problem,) = check_form(file).problems
    assert (problem.sheet, problem.row, problem.column) == ("survey", 1, "label")
    told = {say(problem.found, language) for language in LANGUAGES}
    assert len(told) == len(LANGUAGES)


@pytest.mark.parametrize(
    ("survey", "row", "said"),
    [
        ([("text", "a b", "1")], 2, "not one that forms can use"),
        ([("text", "a", "1"), ("text", "a", "2")], 3, "stands twice"),
        ([("select_one nowhere", "a", "1")], 2, "“nowhere” is not in the sheet"),
        ([("begin_group", "g", "1"), ("text", "a", "1")], 2, "does not end"),
        ([("text", "a", "1"), ("end_group", "", "")], 3, "did not begin"),
        ([("text", "", "1")], 2, "has no name"),
        ([("", "a", "1")], 2, "has no type"),
        ([("text", "a", "${b}")], 2, "“b” is no question of the form"),
        ([("magic", "a", "1")], 2, "no type “magic”"),
    ],
)
def test_what_pyxform_refuses_stands_at_its_row(look, survey, row, said):
    problems = look(("type", "name", "label"), *survey, choices=YES_NO)
    assert [where for _, where, _, told in problems if said in told] == [row], problems


def test_what_pyxform_trips_over_is_told_too(write_form):
    file = write_form(
        ("type", "name", "label"), ("text", "a", "1"), choices=(),
        settings=(("form_title", "form_title::kk"), ("a", "b")),
    )  # fmt: skip
    check = check_form(file)
    assert not check.converts
    assert check.errors == 1


@pytest.mark.parametrize("kind", ["geopoint", "image", "rank yes_no", "begin_repeat", "datetime"])
def test_a_kind_that_cannot_be_asked_is_refused_though_it_converts(write_form, kind):
    rows = [("type", "name", "label", "appearance"), (kind, "x", "1", ""), ("text", "a", "2", "")]
    rows += [("end_repeat",)] if kind == "begin_repeat" else []
    check = check_form(write_form(*rows))
    assert check.converts
    assert check.questionnaire is None
    assert any("cannot be asked" in str(one.found) and one.row == 2 for one in check.problems)


def test_a_form_that_asks_nothing_is_refused(write_form):
    check = check_form(write_form(("type", "name", "label"), ("note", "a", "1"), choices=()))
    assert check.questionnaire is None
    assert check.errors == 1


def test_a_name_of_two_questions_is_refused_even_in_two_groups(look):
    problems = look(
        ("type", "name", "label"),
        ("begin_group", "g", ""), ("text", "a", "1"), ("end_group",),
        ("begin_group", "h", ""), ("text", "a", "1"), ("end_group",),
        choices=(),
    )  # fmt: skip
    assert [told for *_, told in problems] == ["the name “a” is given to several questions."]


# ── 2 ────────────────────────────────────────────────────────────────────────────────────────────


def test_every_missing_translation_is_found(look):
    problems = look(
        ("type", "name", KK, RU, "hint::Қазақша (kk)", "hint::Русский (ru)"),
        ("text", "a", "1", "", "2", "3"),
        ("text", "b", "", "1", "", "2"),
        ("text", "c", "1", "2", "", ""),
        ("select_one yes_no", "d", "1", "2", "", ""),
        choices=(*YES_NO[:2], ("yes_no", "no", "", "нет")),
    )
    missing = [(sheet, row, column) for sheet, row, column, told in problems if "missing" in told]
    assert missing == [
        ("survey", 2, RU),
        ("survey", 3, KK),
        ("survey", 3, "hint::Қазақша (kk)"),
        ("choices", 3, KK),
    ]


def test_a_language_without_a_column_is_told_once(look):
    problems = look(
        ("type", "name", KK, RU, "hint::Русский (ru)"), ("text", "a", "1", "2", "3"), choices=()
    )
    told = [(row, column) for _, row, column, said in problems if "there is no column" in said]
    assert told == [(1, "hint::Қазақша (kk)")]


def test_a_question_without_wording_is_found(look):
    problems = look(("type", "name", "label"), ("text", "a", ""), ("text", "b", "1"), choices=())
    assert [(row, told) for _, row, _, told in problems if "no wording" in told] == [
        (2, "the row has no wording in any language.")
    ]


def test_two_languages_of_one_code_are_an_error(write_form):
    file = write_form(
        ("type", "name", KK, "label::Kazakh (kk)"), ("text", "a", "1", "2"), choices=()
    )
    assert any("have the code “kk”" in str(one.found) for one in check_form(file).problems)


# ── 3 ────────────────────────────────────────────────────────────────────────────────────────────


def test_a_question_that_no_answers_lead_to_is_found(look):
    problems = look(
        ("type", "name", "label", "relevant"),
        ("select_one yes_no", "a", "1", ""),
        ("text", "never", "2", "${a} = 'yes' and ${a} = 'no'"),
        ("text", "nor_this", "3", "${never} != ''"),
        ("text", "perhaps", "4", "${a} = 'yes' or ${perhaps_not} > 5"),
        ("integer", "perhaps_not", "5", ""),
        choices=(("list_name", "name", "label"), ("yes_no", "yes", "1"), ("yes_no", "no", "2")),
    )
    assert [row for _, row, _, told in problems if "never shown" in told] == [3, 4]


def test_a_choice_that_no_answer_offers_is_found(look):
    problems = look(
        ("type", "name", "label", "choice_filter"),
        ("select_one regions", "region", "1", ""),
        ("select_one towns", "town", "2", "region = ${region}"),
        choices=(
            ("list_name", "name", "label", "region"),
            ("regions", "wko", "Батыс Қазақстан", ""),
            ("towns", "oral", "Орал", "wko"),
            ("towns", "kentau", "Кентау", "tko"),
            ("unused", "x", "Басқа", ""),
        ),
    )
    assert [(row, column, told) for _, row, column, told in problems] == [
        (4, "name", "no answers lead to the choice “kentau” of town."),
        (5, "list_name", "no question uses the list “unused”."),
    ]


def test_nothing_is_claimed_where_answers_cannot_be_tried(look):
    problems = look(
        ("type", "name", "label", "relevant"),
        ("text", "a", "1", ""),
        ("text", "b", "2", "${a} = 'x' and ${a} = 'y'"),
        ("text", "c", "3", "today() > '2100-01-01'"),
        choices=(),
    )
    assert problems == []


# ── 4 ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["age", "вопрос_1", "a.b", "ALLOW", "a" * 64])
def test_spss_takes_a_name(name):
    assert find_fault(name) is None


@pytest.mark.parametrize(
    "name", ["all", "WITH", "_a", "a-b", "a.", "a" * 65, "я" * 33, "1a", "a b", ""]
)
def test_spss_does_not_take_a_name(name):
    assert find_fault(name) is not None


def test_names_that_spss_cannot_take_are_found(look):
    problems = look(
        ("type", "name", "label"),
        ("text", "with", "1"), ("text", "q-1", "2"), ("text", "Good", "3"), ("text", "good", "4"),
        ("select_multiple yes_no", "m", "5"), ("text", "m_yes", "6"),
        choices=(("list_name", "name", "label"), ("yes_no", "yes", "1"), ("yes_no", "no", "2")),
    )  # fmt: skip
    rows = [row for _, row, column, told in problems if column == "name" and "SPSS" in told]
    assert rows == [2, 3, 5, 7]


# ── 5 ────────────────────────────────────────────────────────────────────────────────────────────


def test_a_circle_of_questions_and_calculations_is_found(look):
    problems = look(
        ("type", "name", "label", "relevant", "calculation"),
        ("text", "a", "1", "${c} > 1", ""),
        ("text", "b", "2", "${a} != ''", ""),
        ("calculate", "c", "", "", "string-length(${b})"),
        ("text", "d", "3", "${d2} != ''", ""),
        ("text", "d2", "4", "${d} != ''", ""),
        choices=(),
    )
    told = [told for *_, told in problems if "itself" in told]
    assert len(told) == 2
    assert any(told_one.count("→") == 3 for told_one in told)


def test_a_chain_of_a_thousand_questions_is_no_circle(write_form):
    rows = [("integer", f"q{n}", "1", f"${{q{n - 1}}} > 0" if n else "") for n in range(1000)]
    check = check_form(write_form(("type", "name", "label", "relevant"), *rows, choices=()))
    assert check.problems == ()
    assert len(check.questionnaire.screens) == 1000


# ── 6 ────────────────────────────────────────────────────────────────────────────────────────────


def test_a_form_with_ten_thousand_choices_is_checked_in_seconds(write_form):
    regions = [("regions", f"r{n}", f"Облыс {n}", "") for n in range(100)]
    towns = [("towns", f"t{n}", f"Қала {n}", f"r{n % 101}") for n in range(10_000)]
    file = write_form(
        ("type", "name", "label", "choice_filter"),
        ("select_one regions", "region", "1", ""),
        ("select_one towns", "town", "2", "region = ${region}"),
        choices=(("list_name", "name", "label", "region"), *regions, *towns),
    )
    begun = time.process_time()  # whatever else the machine has to do
    check = check_form(file)
    assert time.process_time() - begun < 20  # some six; the file is read by pyxform and by us
    assert len(check.problems) == 99  # the towns of r100, which is no region
    assert (
        check.questionnaire.by_name["town"].choices.by_name["t9999"].label.to("und") == "Қала 9999"
    )


@pytest.mark.parametrize("content", [b"", b"not a spreadsheet", b"PK\x03\x04broken"])
def test_a_file_that_is_no_spreadsheet_is_refused_in_words(tmp_path, content):
    file = tmp_path / "form.xlsx"
    file.write_bytes(content)
    with pytest.raises(QulaqError, match="not a spreadsheet"):
        check_form(file)


def test_a_form_that_is_not_there_is_refused_in_words(tmp_path):
    with pytest.raises(QulaqError, match="no such form"):
        read_questionnaire(tmp_path / "form.xlsx")


def test_an_empty_form_is_refused_in_words(write_form):
    check = check_form(write_form(("type", "name", "label"), choices=()))
    assert check.questionnaire is None
    assert check.errors


def test_reading_names_the_first_problem_with_its_place(write_form):
    file = write_form(("type", "name", "label", "relevant"), ("text", "a", "1", "("), choices=())
    with pytest.raises(
        QulaqError, match=r"file .*form\.xlsx, sheet survey, row 2, column relevant"
    ):
        read_questionnaire(file)


def test_markup_and_formulas_in_a_form_are_texts(ask):
    form = ask({"type": "text", "name": "a", "label": "<script>=1+1</script> &amp;"})
    assert form.by_name["a"].label.to("und") == "<script>=1+1</script> &amp;"


# ── 7 ────────────────────────────────────────────────────────────────────────────────────────────


@needs_data
@pytest.mark.parametrize("file", sorted(FORMS.glob("*.xlsx")), ids=lambda file: file.name)
def test_the_real_forms_convert_but_the_one_with_doubled_columns(file):
    check = check_form(file)
    assert check.converts == (file.name != "duplicate_columns.xlsx")
    for problem in check.problems:
        for language in LANGUAGES:
            assert say(problem.found, language)
            assert say(problem.remedy, language)
            assert say(problem.place, language) or not problem.sheet


@needs_data
def test_the_doubled_column_is_told_with_its_place():
    (problem,) = [
        one for one in check_form(FORMS / "duplicate_columns.xlsx").problems if one.blocks
    ]
    assert (problem.sheet, problem.row, problem.column) == ("survey", 1, "label")


@needs_data
def test_forms_within_the_subset_can_be_asked():
    asked = {file.name for file in FORMS.glob("*.xlsx") if check_form(file).questionnaire}
    assert asked == {"choice_filter_test.xlsx", "specify_other.xlsx", "yes_or_no_question.xlsx"}
