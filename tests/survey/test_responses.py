"""Responses as values: their long form, and how exactly moments are kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

from qulaq.survey.responses import Response, as_table, to_the_minute

MOMENT = datetime(2026, 11, 27, 6, 30, tzinfo=UTC)


def response(respondent="a" * 32, **answers):
    return Response(
        survey="akimats", respondent=respondent, submitted_at=MOMENT, language="kk", channel=None,
        pilot=False, answers=answers,
    )  # fmt: skip


def test_the_long_form_has_a_row_for_each_answer_and_each_code_chosen():
    table = as_table([response(age="25_35", why_follow=["news", "ask"]), response("b" * 32)])
    assert table.column_names == [
        "survey", "respondent", "submitted_at", "language", "channel", "question", "answer",
    ]  # fmt: skip
    rows = [(row["question"], row["answer"]) for row in table.to_pylist()]
    assert rows == [("age", "25_35"), ("why_follow", "news"), ("why_follow", "ask")]
    assert table.to_pylist()[0]["submitted_at"] == MOMENT
    assert table.to_pylist()[0]["channel"] is None


def test_a_moment_that_is_not_told_is_none():
    one = replace(response(age="25_35"), submitted_at=None)
    assert as_table([one]).to_pylist()[0]["submitted_at"] is None


def test_no_responses_are_an_empty_table_of_the_same_columns():
    assert as_table([]).schema == as_table([response(age="25_35")]).schema
    assert as_table([]).num_rows == 0


def test_moments_are_kept_to_the_minute_in_utc():
    almaty = timezone(timedelta(hours=5))
    told = datetime(2026, 11, 27, 11, 30, 59, 999, tzinfo=almaty)
    assert to_the_minute(told) == MOMENT
