"""
The report's part on the survey: the sample, then a table and a chart a question, with the numbers of the description.

It is left out where no survey was held, and never shows what people told of themselves.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from report_reading import read, rows, words
from report_town import COMMAND, NOW

from qulaq.lang import LANGUAGES
from qulaq.lang.formats import number, share
from qulaq.replica.respondents import make_respondents, replica_questionnaire
from qulaq.reports import write_report
from qulaq.survey.describe import describe
from qulaq.survey.responses import Response
from qulaq.survey.sample import gather
from qulaq.survey.standard import standard_questionnaire

TODAY = date(2026, 11, 27)


def described(questionnaire, respondents):
    responses = [
        Response(
            survey="town",
            respondent=f"{place:032x}",
            submitted_at=datetime(2023, 5, 2, 9, tzinfo=UTC),
            language=language,
            channel=channel,
            pilot=False,
            answers=answers,
        )
        for place, (language, channel, answers) in enumerate(respondents)
    ]
    return describe(gather(questionnaire, responses), today=TODAY)


def written(study, description, *languages):
    write_report(
        study, languages=languages, now=NOW, command=COMMAND, charts=False, survey=description
    )
    return {
        one: (study.reports / f"{study.id}-{one}.html").read_text(encoding="utf-8")
        for one in languages
    }


@pytest.fixture(scope="module")
def replica():
    people = [(one.language, None, one.answers) for one in make_respondents()]
    return described(replica_questionnaire(), people)


@pytest.fixture(scope="module")
def reports(town, replica):
    return written(town, replica, *LANGUAGES)


def plain(text):
    return " ".join(text.replace("\xa0", " ").replace("\u202f", " ").split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_question_is_a_table_with_the_numbers_of_the_description(reports, replica, language):
    found = rows(reports[language])
    for question in replica.questions:
        for answer in question.answers:
            label = replica.sample.columns[question.question.name].label(answer.code, language)
            wanted = [label, number(answer.n, language), share(answer.percent / 100, language)]
            assert list(map(plain, wanted)) in [row[:3] for row in found], (question, answer)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_question_is_a_chart_that_says_in_words_what_it_shows(reports, replica, language):
    labels = [plain(one["label"]) for one in read(reports[language]).svgs]
    for question in replica.questions:
        title = plain(question.question.label.to(language))
        (label,) = (one for one in labels if one.startswith(title))
        told = [plain(share(one.percent / 100, language)) for one in question.answers]
        assert all(one in label for one in told)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("kk", ["қолжетімді іріктеме", "105 респондент қатысты", "қайшы келетін жауап саны: 42"]),
        ("ru", ["удобная выборка", "105 респондентов", "противоречат другим ответам того же человека: 42"]),
        ("en", ["a convenience sample", "105 respondents", "contradict what the same person answered elsewhere: 42"]),
    ],
)  # fmt: skip
def test_the_sample_its_limits_and_contradictions_are_told(reports, language, said):
    text = words(reports[language])
    assert all(one in text for one in said), [one for one in said if one not in text]


def test_without_a_survey_there_is_no_such_part(town, write):
    assert 'id="survey"' not in write(town, "en")["en"]


def test_open_answers_are_masked_and_stay_text(town):
    people = [
        ("kk", "whatsapp", {"suggestion": "Телефоным +7 701 234 56 78 <script>alert(1)</script>"})
    ]
    html = written(town, described(standard_questionnaire(), people), "kk")["kk"]
    assert "701 234" not in html
    assert "<script>alert" not in html
    assert "Телефоным" in words(html)
