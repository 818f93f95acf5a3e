"""
Drawing units to be coded.

1. A draw hangs on the seed and the names, on nothing else; a larger one holds the smaller.
2. Strata get their part, one unit at least, and what is drawn adds up.
3. Constructed weeks take every weekday as often.
4. How many are coded twice follows the published numbers.
"""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qulaq.coding.sampling import (
    allocate,
    draw,
    draw_by_stratum,
    draw_weeks,
    units_for_alpha,
    units_for_percent,
)
from qulaq.errors import Misused

NAMES = [f"page/{n}" for n in range(1000)]


# ── 1 simple ─────────────────────────────────────────────────────────────────────────────────────


def test_a_draw_does_not_hang_on_the_order_of_the_units():
    assert draw(NAMES, 50, seed=7) == draw(reversed(NAMES), 50, seed=7)


def test_a_larger_draw_holds_the_smaller_and_another_seed_draws_others():
    assert draw(NAMES, 100, seed=7)[:50] == draw(NAMES, 50, seed=7)
    assert set(draw(NAMES, 100, seed=7)) != set(draw(NAMES, 100, seed=8))
    assert sorted(draw(NAMES, 5000, seed=7)) == sorted(NAMES)


def test_every_unit_is_drawn_about_as_often_as_any_other():
    drawn = Counter(name for seed in range(400) for name in draw(NAMES[:20], 5, seed=seed))
    expected = 400 * 5 / 20
    chi_square = sum((drawn[name] - expected) ** 2 / expected for name in NAMES[:20])
    assert chi_square < 43.8  # of 19 degrees of freedom, p = .001


# ── 2 strata ─────────────────────────────────────────────────────────────────────────────────────


@given(
    sizes=st.lists(st.integers(1, 5000), min_size=1, max_size=40),
    more=st.integers(0, 500),
)
def test_parts_add_up_and_no_stratum_is_left_out_or_overdrawn(sizes, more):
    strata = {f"s{place:02}": size for place, size in enumerate(sizes)}
    n = len(sizes) + more
    parts = allocate(strata, n)
    assert parts.keys() == strata.keys()
    assert sum(parts.values()) == min(n, sum(sizes))
    assert all(1 <= parts[name] <= size for name, size in strata.items())


def test_parts_are_proportional_where_all_can_be():
    assert allocate({"a": 500, "b": 300, "c": 200}, 100) == {"a": 50, "b": 30, "c": 20}
    assert allocate({"a": 1, "b": 999}, 10) == {"a": 1, "b": 9}


def test_too_few_units_for_the_strata_are_refused():
    with pytest.raises(Misused, match="2 units cannot hold one of each of 3 strata"):
        allocate({"a": 1, "b": 1, "c": 1}, 2)


def test_units_come_from_their_strata():
    strata = {name: "even" if n % 2 == 0 else "odd" for n, name in enumerate(NAMES)}
    drawn = draw_by_stratum(strata, 100, seed=1)
    assert len(set(drawn)) == 100
    assert Counter(strata[name] for name in drawn) == {"even": 50, "odd": 50}


# ── 3 constructed weeks ──────────────────────────────────────────────────────────────────────────


@given(weeks=st.integers(1, 8), seed=st.integers(0, 99))
def test_a_constructed_week_has_every_weekday_once(weeks, seed):
    first, last = date(2022, 6, 1), date(2023, 5, 31)
    days = draw_weeks(first, last, weeks, seed=seed)
    assert Counter(day.isoweekday() for day in days) == dict.fromkeys(range(1, 8), weeks)
    assert list(days) == sorted(set(days))
    assert first <= days[0]
    assert days[-1] <= last


def test_a_window_too_short_for_the_weeks_is_refused():
    with pytest.raises(Misused, match="not every weekday occurs 1 times"):
        draw_weeks(date(2023, 1, 2), date(2023, 1, 6), 1, seed=1)
    with pytest.raises(Misused, match="not every weekday occurs 2 times"):
        draw_weeks(date(2023, 1, 2), date(2023, 1, 9), 2, seed=1)


# ── 4 coded twice ────────────────────────────────────────────────────────────────────────────────


def test_units_for_alpha_are_those_published_for_four_equal_codes():
    assert (units_for_alpha(0.8, 0.25), units_for_alpha(0.667, 0.25)) == (139, 81)
    assert units_for_alpha(0.8, 0.05) > units_for_alpha(0.8, 0.25)


def test_units_for_percent_agreement_are_those_of_lacy_and_riffe():
    assert [units_for_percent(1000, one) for one in (0.85, 0.9, 0.95)] == [125, 92, 51]
    assert units_for_percent(2, 0.9) <= 2
