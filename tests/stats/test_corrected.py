"""
Shares from a machine's codes.

1. Published and worked cases come out.
2. Intervals hold what they promise, where the uncorrected share misses the truth.
"""

from __future__ import annotations

import numpy as np
import pytest

from qulaq.stats.corrected import Known, design_based, prediction_powered, rogan_gladen

N = 2_000
ROUNDS = 400


def test_a_simple_random_sample_as_worked_by_hand():
    """
    Requirement 1: 1,000 uncoded of which 300 predicted; coded 25 both, 10 only the model, 5 only people, 60 neither.
    """
    machine = np.repeat([1.0, 1, 0, 0, 1, 0], [25, 10, 5, 60, 300, 700])
    people = np.repeat([1.0, 0, 1, 0, 0, 0], [25, 10, 5, 60, 300, 700])
    coded = np.arange(1_100) < 100
    share = prediction_powered(machine, people, coded)
    assert (share.value, share.low, share.high) == pytest.approx((0.25, 0.1695, 0.3305), abs=5e-5)
    designed = design_based(machine, people, coded, np.full(1_100, 100 / 1_100))
    assert designed.value == pytest.approx(335 / 1_100 - 0.05)


def test_where_all_are_coded_it_is_the_share_that_people_told():
    people = np.repeat([1.0, 0.0], [30, 70])
    share = design_based(1 - people, people, np.full(100, fill_value=True), np.ones(100))
    assert share.value == pytest.approx(0.3)


def test_sensitivity_and_specificity_from_elsewhere():
    """
    Requirement 1: Rogan and Gladen's estimate of epiR's example; large studies of the test narrow it to nearly that.
    """
    se, sp = Known(value=0.96, n=10**7), Known(value=0.89, n=10**7)
    share = rogan_gladen(23, 150, sensitivity=se, specificity=sp)
    assert share is not None
    assert share.value == pytest.approx(0.0510, abs=5e-5)
    small = [Known(value=one.value, n=50) for one in (se, sp)]
    wide = rogan_gladen(23, 150, sensitivity=small[0], specificity=small[1])
    assert wide is not None
    assert wide.low <= share.low < share.high < wide.high
    none = Known(value=0.5, n=100)
    assert rogan_gladen(23, 150, sensitivity=none, specificity=none) is None


def _population(draw):
    """
    Units of two strata, of which the smaller is often of the category, and the machine is often wrong of it.
    """
    small = np.arange(N) < N // 4
    people = (draw.random(N) < np.where(small, 0.5, 0.1)).astype(float)
    wrong = draw.random(N) < np.where(people == 1, 0.3, 0.05)
    return small, people, np.where(wrong, 1 - people, people)


def test_design_based_intervals_hold_the_truth_under_unequal_probabilities():
    """
    Requirement 2.
    """
    draw = np.random.default_rng(20_261_127)
    truth, held, naive = 0.25 * 0.5 + 0.75 * 0.1, 0, 0.0
    for _ in range(ROUNDS):
        small, people, machine = _population(draw)
        probability = np.where(small, 0.3, 0.1)
        share = design_based(machine, people, draw.random(N) < probability, probability)
        held += share.low <= truth <= share.high
        naive += machine.mean() / ROUNDS
    assert 0.92 <= held / ROUNDS <= 0.98
    assert naive < truth - 0.015


def test_intervals_of_a_simple_random_sample_hold_the_truth():
    draw = np.random.default_rng(11)
    held = 0
    for _ in range(ROUNDS):
        _, people, machine = _population(draw)
        share = prediction_powered(machine, people, draw.permutation(N) < 300)
        held += share.low <= 0.2 <= share.high
    assert 0.92 <= held / ROUNDS <= 0.98


def test_the_interval_of_lang_and_reiczigel_holds_the_truth():
    draw = np.random.default_rng(7)
    held = 0
    for _ in range(2_000):
        k = draw.binomial(500, 0.2 * 0.9 + 0.8 * 0.05)
        se, sp = draw.binomial(100, 0.9) / 100, draw.binomial(200, 0.95) / 200
        share = rogan_gladen(
            int(k), 500, sensitivity=Known(value=se, n=100), specificity=Known(value=sp, n=200)
        )
        held += share is not None and share.low <= 0.2 <= share.high
    assert 0.935 <= held / 2_000 <= 0.975
