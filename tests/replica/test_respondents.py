"""The replica's 105 respondents: every printed count, the bases that fit best, and the contradiction that is told."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import UTC, date

from qulaq.replica.answers import TIMESTAMP, write_answers
from qulaq.replica.resources import open_resource
from qulaq.replica.respondents import make_respondents, replica_questionnaire
from qulaq.survey.check import check_form
from qulaq.survey.describe import describe
from qulaq.survey.published import read_published
from qulaq.survey.responses import Response
from qulaq.survey.sample import gather
from qulaq.survey.writing import write_questionnaire


def described():
    responses = [
        Response(
            survey="akimats",
            respondent=f"{number:032x}",
            submitted_at=one.moment.replace(tzinfo=UTC),
            language=one.language,
            channel=None,
            pilot=False,
            answers=one.answers,
        )
        for number, one in enumerate(make_respondents())
    ]
    found = describe(gather(replica_questionnaire(), responses), today=date(2026, 11, 27))
    return {one.question.name: one for one in found.questions}


def test_every_printed_count_is_met_exactly():
    found = described()
    with open_resource("survey.csv") as file:
        published = read_published(file)
    assert sum(len(one.figures) for one in published) == 29
    for question in published:
        counts = {one.code: one.n for one in found[question.name].answers}
        for figure in question.figures:
            assert counts[figure.answer] == figure.n, (question.name, figure.answer)


def test_each_question_has_the_base_that_fits_it_best():
    assert {name: one.valid for name, one in described().items()} == {
        "age": 104, "source": 104, "updates_seen": 101, "updates_wanted": 101, "rating": 101,
        "effective": 104, "wrote": 103, "answered": 98, "must_answer": 99, "post_at_once": 104,
    }  # fmt: skip


def test_who_tells_what_came_of_writing_without_having_written_contradicts():
    found = described()
    wrote = {one.code: one.n for one in found["wrote"].answers}["yes"]
    told = sum(one.n for one in found["answered"].answers if one.code != "other")
    assert (wrote, told) == (29, 71)
    assert found["answered"].contradictions == told - wrote == 42


def test_nothing_is_required_and_everybody_is_asked(tmp_path):
    form = replica_questionnaire()
    assert all(one.required is None and not one.relevant for one in form.questions)
    assert all(one.asked == 105 for one in described().values())
    file = tmp_path / "questionnaire.xlsx"
    write_questionnaire(form, file)
    found = check_form(file)
    assert found.converts
    assert not found.errors


def test_the_exports_are_those_of_two_forms(tmp_path):
    files = write_answers(tmp_path)
    rows = []
    for file, (language, timestamp) in zip(files, TIMESTAMP.items(), strict=True):
        with file.open(encoding="utf-8-sig", newline="") as stream:
            heading, *lines = csv.reader(stream)
        assert heading[0] == timestamp
        assert heading[1:] == [one.label.to(language) for one in replica_questionnaire().questions]
        rows.append(len(lines))
    assert sum(rows) == 105
    assert write_answers(tmp_path / "again")[0].read_bytes() == files[0].read_bytes()


def test_people_write_in_both_languages():
    assert Counter(one.language for one in make_respondents()).keys() == {"kk", "ru"}
