"""Exponents of growth are those of the numbers, and the picture shows every contestant."""

from __future__ import annotations

import pytest
from bench.contest import Contest, Spent
from bench.growth import Growth, describe, draw


def _contest(seconds):
    return Contest(
        runs={
            name: (Spent(seconds=one, cpu=one, whole_cpu=one, peak_mb=100 * one),)
            for name, one in seconds.items()
        }
    )


@pytest.fixture
def growth():
    """
    Ours grows as n to the 1.5; another grows in proportion and stops at a million.
    """
    sizes = (100_000, 1_000_000, 10_000_000)
    contests = [
        (n, _contest({"ours": 1e-6 * n**1.5, **({"other": 1e-5 * n} if n < 2_000_000 else {})}))
        for n in sizes
    ]
    return Growth(contests)


def test_exponents_are_fitted_over_all_sizes_and_between_the_last(growth):
    assert growth.exponents("ours", "seconds") == pytest.approx((1.5, 1.5))
    assert growth.exponents("other", "seconds") == pytest.approx((1.0, 1.0))


def test_one_size_tells_nothing_of_growth():
    assert Growth([(1000, _contest({"ours": 1.0}))]).exponents("ours", "seconds") is None


def test_growth_that_bends_upwards_at_the_end_does_not_meet_the_bar():
    bent = Growth(
        [(n, _contest({"ours": seconds})) for n, seconds in ((1, 1.0), (10, 2.0), (100, 40.0))]
    )
    verdict, *_ = describe(bent, "ours")
    assert verdict.endswith("so the bar is **not met**.")
    assert "rows^0.80 over all sizes, rows^1.30 between the two largest" in verdict


def test_a_contestant_stands_at_the_sizes_that_it_could_do(growth):
    lines = describe(growth, "ours")
    assert any(line.startswith("| other | 100,000 · 1,000,000 | 1.0 · 10.0 |") for line in lines)


def test_the_picture_names_every_contestant_and_both_axes(growth, tmp_path):
    draw(growth, tmp_path / "images" / "x.svg")
    svg = (tmp_path / "images" / "x.svg").read_text(encoding="utf-8")
    for words in ("ours", "other", "comments", "seconds", "peak memory, MB"):
        assert f">{words}<" in svg
