"""
Working days, proven against what Kazakhstan's government published.

1. Moved days, holidays that fall on weekends and days off that are not moved are counted as they were.
2. Whole months agree with the official balance of working time.
3. Numbers and differences say the same; a term begins on the day after.
4. What is no calendar, and days that a calendar does not know, are refused with what to do.
"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qulaq.errors import Misused, UnknownName
from qulaq.workdays import is_calendar, working_day_numbers, working_days_between


def works(day):
    return working_days_between("KZ", day - timedelta(days=1), day) == 1


# ── 1 single days ────────────────────────────────────────────────────────────────────────────────

WORKED = {
    # Resolution N 1322 of 2013 (adilet P1300001322): Saturday 28 December 2013 for 3 January 2014.
    "2013-12-28": "a Saturday worked for a day off in the next year",
    # Resolution N 326 of 25 April 2023 (adilet P2300000326): Saturday 1 July for Friday 7 July.
    "2023-07-01": "a Saturday worked for another day",
    # Ministry of Labour, order N 109 of 17 April 2024 (adilet G24G0000109): Saturday 4 May for 8 May.
    "2024-05-04": "a Saturday worked for another day",
    # Ministry of Labour, statement of 7 June 2024: Qurban ait fell on Sunday the 16th and is not moved.
    "2024-06-17": "the Monday after a day of rest that is no holiday",
    # Labour Code, art. 84: neither is the Orthodox Christmas, a Sunday in 2024.
    "2024-01-08": "the Monday after a day of rest that is no holiday",
    # Ministry of Labour, order N 436 of 2024 (adilet G24G0000436): Sunday 5 January for Friday the 3rd.
    "2025-01-05": "a Sunday worked for another day",
    "2023-07-03": "a Monday like any other",
}
RESTED = {
    "2014-01-03": "a day off worked for in the year before",
    "2023-07-07": "a Friday given for a Saturday",
    "2024-05-08": "a Wednesday given for a Saturday",
    "2025-01-03": "a Friday given for a Sunday",
    "2023-06-28": "Qurban ait of 2023, announced for a Wednesday",
    # Law on holidays: a holiday on a weekend gives the next working day.
    "2024-03-25": "the Monday after Nauryz on a Saturday",
    "2024-07-08": "the Monday after Astana day on a Saturday",
    "2023-12-18": "the Monday after Independence day on a Saturday",
    "2023-01-03": "the Tuesday after New Year on a Sunday and a Monday",
    # Republic day is a holiday again since 2022 (adilet Z2200000143).
    "2023-10-25": "Republic day",
    "2023-07-08": "a Saturday like any other",
}


@pytest.mark.parametrize("day", WORKED, ids=[f"{day}: {why}" for day, why in WORKED.items()])
def test_a_day_that_was_worked_counts(day):
    assert works(date.fromisoformat(day))


@pytest.mark.parametrize("day", RESTED, ids=[f"{day}: {why}" for day, why in RESTED.items()])
def test_a_day_of_rest_does_not_count(day):
    assert not works(date.fromisoformat(day))


def test_republic_day_was_worked_while_it_was_no_holiday():
    assert works(date(2021, 10, 25))


# ── 2 months ─────────────────────────────────────────────────────────────────────────────────────

# Balance of working time for 2024, five-day week (Ministry of Labour). It gives 19 days to June, for it
# was drawn up with Qurban ait on Monday the 17th; the statement above made that a working day.
BALANCE_2024 = [21, 21, 17, 22, 20, 19 + 1, 22, 21, 21, 22, 21, 21]


def test_months_of_2024_are_those_of_the_official_balance():
    numbers = working_day_numbers("KZ", first=date(2023, 12, 31), last=date(2024, 12, 31))
    starts = [date(2024, month, 1) for month in range(1, 13)] + [date(2025, 1, 1)]
    ends = np.array([(day - date(2024, 1, 1)).days for day in starts])  # places of each last day
    assert np.diff(numbers[ends]).tolist() == BALANCE_2024
    assert numbers[-1] == 249


def test_the_last_days_of_december_know_of_the_january_for_which_they_were_worked():
    numbers = working_day_numbers("KZ", first=date(2013, 12, 27), last=date(2013, 12, 29))
    assert numbers.tolist() == [1, 2, 2]


# ── 3 differences ────────────────────────────────────────────────────────────────────────────────


def test_a_term_begins_on_the_day_after():
    friday, monday = date(2023, 6, 2), date(2023, 6, 5)
    assert working_days_between("KZ", friday, friday) == 0
    assert working_days_between("KZ", friday, monday) == 1
    assert working_days_between("KZ", monday, friday) == -1


def test_fifteen_working_days_over_moved_days():
    # 16 June 2023 to 7 July: 19–23, 26–27, 29–30 June (Qurban ait on the 28th), Saturday 1 July, 3–5 July
    # (the 6th is Astana day, the 7th was given for the 1st), then 10 and 11 July.
    assert working_days_between("KZ", date(2023, 6, 16), date(2023, 7, 9)) == 13
    assert working_days_between("KZ", date(2023, 6, 16), date(2023, 7, 11)) == 15


DAYS = st.dates(date(2000, 1, 1), date(2030, 12, 31))


@settings(max_examples=50, deadline=None, derandomize=True, database=None)
@given(start=DAYS, length=st.integers(0, 400), cut=st.integers(0, 400))
def test_numbers_and_differences_agree_wherever_they_begin(start, length, cut):
    end, middle = start + timedelta(days=length), start + timedelta(days=min(cut, length))
    numbers = working_day_numbers("KZ", first=start, last=end)
    assert len(numbers) == length + 1
    assert set(np.diff(numbers)) <= {0, 1}
    whole = working_days_between("KZ", start, end)
    assert whole == numbers[-1] - numbers[0]
    assert whole == working_days_between("KZ", start, middle) + working_days_between(
        "KZ", middle, end
    )


def test_weekends_are_those_of_the_country():
    friday, sunday = date(2023, 6, 2), date(2023, 6, 4)
    assert working_days_between("EG", friday, sunday) == 1  # rests on Friday and Saturday
    assert working_days_between("KZ", friday, sunday) == 0


# ── 4 refusals ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("code", ["KZ", "RU", "DE", "GB"])
def test_a_country_is_a_calendar(code):
    assert is_calendar(code)


@pytest.mark.parametrize("code", ["", "kz", "KAZ", "UK", "US-CA", "XX", "Kazakhstan", "NYSE"])
def test_an_alias_a_subdivision_or_a_market_is_none(code):
    assert not is_calendar(code)
    with pytest.raises(UnknownName, match=r"calendars: .* is not known here. Known: "):
        working_day_numbers(code, first=date(2023, 1, 1), last=date(2023, 1, 2))


@pytest.mark.parametrize(
    ("first", "last"),
    [(date(1990, 12, 31), date(1991, 1, 2)), (date(2100, 12, 31), date(2101, 1, 1))],
)
def test_days_that_a_calendar_does_not_know_are_refused(first, last):
    wrong = (
        rf"the calendar of KZ: .* years 1991 to 2100, not for {first} to {last}. Choose days inside"
    )
    with pytest.raises(Misused, match=wrong):
        working_day_numbers("KZ", first=first, last=last)
    with pytest.raises(Misused, match=wrong):
        working_days_between("KZ", last, first)


def test_the_first_and_the_last_year_of_a_calendar_are_counted():
    for year in (1991, 2100):
        numbers = working_day_numbers("KZ", first=date(year, 1, 1), last=date(year, 12, 31))
        assert 240 < numbers[-1] < 262
