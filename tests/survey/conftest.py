"""Forms for the tests of the survey, written as spreadsheets and read as anyone's are."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from qulaq.sheets import write_xlsx
from qulaq.survey.standard import standard_questionnaire
from qulaq.survey.xlsform import read_questionnaire

sys.path.insert(0, str(Path(__file__).parent))

from survey_forms import YES_NO  # beside this file


@pytest.fixture
def write_form(tmp_path):
    """
    A function that writes a form from rows and gives its file.
    """

    def write(*survey, choices=YES_NO, settings=(), name="form.xlsx"):
        file = tmp_path / name
        sheets = {"survey": survey, "choices": choices, "settings": settings}
        write_xlsx({title: rows for title, rows in sheets.items() if rows}, file)
        return file

    return write


@pytest.fixture
def ask(write_form):
    """
    A function that makes a questionnaire from rows of type, name and further columns by keyword.
    """

    def make(*questions, choices=YES_NO, settings=()):
        columns = list(dict.fromkeys(key for question in questions for key in question))
        rows = [[question.get(column, "") for column in columns] for question in questions]
        return read_questionnaire(write_form(columns, *rows, choices=choices, settings=settings))

    return make


@pytest.fixture(scope="session")
def standard():
    return standard_questionnaire()
