from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from qulaq.indicators.periods import BYS, length, periods, united
from qulaq.study import Window

DAYS = st.dates(min_value=date(2004, 1, 1), max_value=date(2040, 12, 31))


def test_without_a_series_the_window_is_the_one_period():
    window = Window(first=date(2022, 6, 1), last=date(2023, 5, 31))

    assert periods(window, None) == [(window.first, window, False)]
    assert length(window) == 365


def test_weeks_are_those_of_iso_8601():
    window = Window(first=date(2024, 12, 28), last=date(2025, 1, 6))

    starts = [start for start, _, _ in periods(window, "week")]

    assert starts == [date(2024, 12, 23), date(2024, 12, 30), date(2025, 1, 6)]
    assert starts[1].isocalendar()[:2] == (2025, 1)


def test_the_first_and_last_month_are_flagged_where_cut():
    window = Window(first=date(2016, 2, 24), last=date(2016, 4, 30))

    assert [partial for _, _, partial in periods(window, "month")] == [True, False, False]


@given(DAYS, st.integers(min_value=0, max_value=800), st.sampled_from(BYS))
def test_periods_cover_the_window_without_gap_or_overlap(first, days, by):
    window = Window(first=first, last=first + timedelta(days=days))

    found = [inside for _, inside, _ in periods(window, by)]

    assert sum(map(length, found)) == length(window)
    assert (found[0].first, found[-1].last) == (window.first, window.last)
    assert all(left.last < right.first for left, right in pairwise(found))


SPANS = st.lists(
    st.builds(
        lambda first, days: Window(first=first, last=first + timedelta(days=days)),
        st.dates(min_value=date(2023, 1, 1), max_value=date(2023, 2, 28)),
        st.integers(min_value=-3, max_value=20),
    ),
    max_size=5,
)


@given(SPANS)
def test_united_windows_hold_the_same_days_each_once(windows):
    def days(some):
        return [one.first + timedelta(days=i) for one in some for i in range(length(one))]

    found = days(united(windows))

    assert sorted(set(days(windows))) == found
