"""[survey], [web] and [database] of study.toml; a mistake is answered with its line."""

from __future__ import annotations

from datetime import date

import pytest

from qulaq.errors import StudyError
from qulaq.study import ScreenOut, Survey, Web, new_study, open_study


@pytest.fixture
def study_with(tmp_path):
    def write(toml):
        folder = tmp_path / "akimats"
        new_study(folder, today=date(2026, 11, 27))
        with (folder / "study.toml").open("a", encoding="utf-8") as file:
            file.write("\n" + toml)
        return open_study(folder)

    return write


def test_without_settings_the_survey_bears_the_studys_id(study_with):
    study = study_with("")
    assert study.survey == Survey(name="akimats")
    assert study.web == Web()
    assert study.database_url == ""


def test_all_settings_are_read(study_with):
    study = study_with(
        """
[survey]
name = "pages"
opens = 2026-12-01
closes = 2026-12-31
screen_out = { question = "age", answers = ["under_18"] }
results = true
pilot = true
invitations = true
[web]
address = "https://survey.example.kz/"
public_reports = true
[database]
url = "postgresql://qulaq@localhost/qulaq"
"""
    )
    assert study.survey == Survey(
        name="pages", opens=date(2026, 12, 1), closes=date(2026, 12, 31), results=True, pilot=True,
        invitations=True, screen_out=ScreenOut(question="age", answers=("under_18",)),
    )  # fmt: skip
    assert study.web == Web(address="https://survey.example.kz", public_reports=True)
    assert study.database_url == "postgresql://qulaq@localhost/qulaq"


@pytest.mark.parametrize(
    ("toml", "told"),
    [
        ("[survey]\npilot = 1", "true or false"),
        ("[survey]\nname = 'Опрос'", "small Latin letters"),
        ("[survey]\nopens = 2026-12-31\ncloses = 2026-12-01", "before it opens"),
        ("[survey]\nclose = 2026-12-01", "closes"),
        ("[web]\naddress = 'survey.kz'", "https://"),
        ("[web]\naddress = 'https://survey.kz/path'", "without a path"),
        ("[database]\nurl = 'mysql://x'", "postgresql://"),
        ("[database]\nurl = 'postgresql://qulaq@x:port/y'", "postgresql://"),
        ("[database]\nurl = 'postgresql:///'", "postgresql://"),
        ("[database]", "missing"),
        ("[survey]\nscreen_out = { question = 'age' }", "“answers” is missing"),
    ],
)
def test_a_mistake_is_answered_with_its_line(study_with, toml, told):
    with pytest.raises(StudyError, match="line ") as refused:
        study_with(toml)
    message = str(refused.value)
    assert told in message or told.removeprefix("postgresql") in message
    assert "study.toml, line" in message


def test_a_password_is_not_repeated_in_a_message(study_with):
    with pytest.raises(StudyError) as refused:
        study_with("[database]\nurl = 'mysql://asel:very-secret@x/y'")
    assert "very-secret" not in str(refused.value)
