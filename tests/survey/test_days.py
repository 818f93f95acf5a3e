"""On which days a survey is open, and what is said about it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from qulaq.study import Survey
from qulaq.survey.days import is_open, reminder, why_closed

FIRST, LAST = date(2026, 12, 1), date(2026, 12, 31)
DAY = timedelta(days=1)
HELD = Survey(name="akimats", opens=FIRST, closes=LAST)


@pytest.mark.parametrize(
    ("today", "opened"), [(FIRST - DAY, False), (FIRST, True), (LAST, True), (LAST + DAY, False)]
)
def test_the_first_and_the_last_day_are_included(today, opened):
    assert is_open(HELD, today) is opened
    assert (why_closed(HELD, today, "ru") is None) is opened


def test_without_days_it_is_always_open():
    assert is_open(Survey(name="akimats"), FIRST)
    assert reminder(Survey(name="akimats"), FIRST) is None


def test_the_end_is_told_on_the_last_three_days():
    told = {left: reminder(HELD, LAST - left * DAY) for left in (-1, 0, 1, 2, 3)}
    assert told[-1] is None
    assert told[3] is None
    assert "last day" in str(told[0])
    assert "1 more day after" in str(told[1])
    assert "2 more days after" in str(told[2])
