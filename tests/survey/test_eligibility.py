"""Whom the survey is for: what `screen_out` may ask, and who is let through."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from qulaq.errors import StudyError
from qulaq.study import ScreenOut, new_study, open_study
from qulaq.survey.answers import settle
from qulaq.survey.eligibility import check_screen_out, is_screened_out

TODAY = date(2026, 11, 27)


@pytest.fixture
def study_with(tmp_path):
    new_study(tmp_path / "akimats", today=TODAY)
    study = open_study(tmp_path / "akimats")
    return lambda rule: replace(study, survey=replace(study.survey, screen_out=rule))


@pytest.mark.parametrize(
    ("question", "answer", "told"),
    [
        ("years", "under_18", "“years”, which the form does not ask"),
        ("age", "under18", "“under18”, which age does not have"),
    ],
)
def test_a_rule_that_would_let_everybody_through_is_refused(
    study_with, standard, question, answer, told
):
    study = study_with(ScreenOut(question=question, answers=("under_18", answer)))
    with pytest.raises(StudyError, match=told):
        check_screen_out(study, standard)


def test_a_rule_of_the_form_is_taken(study_with, standard):
    check_screen_out(study_with(None), standard)
    check_screen_out(study_with(ScreenOut(question="age", answers=("under_18",))), standard)


@pytest.mark.parametrize(
    ("answers", "out"),
    [({"age": "under_18"}, True), ({"age": "18_24"}, False), ({}, False)],
)
def test_who_gives_such_an_answer_does_not_take_part(standard, answers, out):
    rule = ScreenOut(question="age", answers=("under_18",))
    assert is_screened_out(rule, settle(standard, answers, today=TODAY)) is out


def test_one_of_several_answers_is_enough(standard):
    rule = ScreenOut(question="why_follow", answers=("news",))
    settled = settle(standard, {"why_follow": ["ask", "news"]}, today=TODAY)
    assert is_screened_out(rule, settled)
