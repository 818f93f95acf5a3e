"""Contestants take turns, and one that cannot finish is ended."""

from __future__ import annotations

import pytest
from bench.contest import Contest, Spent, TooMuch, alternate, run_apart


def test_who_begins_changes_from_round_to_round():
    order = []

    def run(name):
        order.append(name)
        return Spent(seconds=len(order), cpu=0, whole_cpu=0, peak_mb=0)

    contest = alternate(["a", "b"], run, rounds=3)
    assert order == ["a", "b", "b", "a", "a", "b"]
    assert contest.values("a", "seconds") == [1, 4, 5]


def _module(folder, monkeypatch, code):
    (folder / "contestant.py").write_text(code, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(folder))


def test_a_run_that_takes_too_long_is_ended(tmp_path, monkeypatch):
    _module(tmp_path, monkeypatch, "import time; time.sleep(60)")
    with pytest.raises(TooMuch, match="not done in"):
        run_apart("contestant", "x", patience=0.5)


def test_a_run_that_ends_for_want_of_memory_is_too_much(tmp_path, monkeypatch):
    _module(tmp_path, monkeypatch, "import os; os.kill(os.getpid(), 9)")
    with pytest.raises(TooMuch, match="for want of memory"):
        run_apart("contestant", "x")


def test_a_run_that_fails_says_why(tmp_path, monkeypatch):
    _module(tmp_path, monkeypatch, "raise SystemExit('no such corpus')")
    with pytest.raises(RuntimeError, match="contestant x: no such corpus"):
        run_apart("contestant", "x")


def test_who_is_left_out_is_told_below_the_table():
    spent = Spent(seconds=1, cpu=1, whole_cpu=1, peak_mb=1)
    contest = Contest(runs={"ours": (spent,)}, left_out={"other": "it was not done in time"})
    assert contest.table()[-1] == "\nother is left out: it was not done in time."


def test_a_contest_survives_being_written_down():
    spent = Spent(seconds=1, cpu=2, whole_cpu=3, peak_mb=4)
    contest = Contest(runs={"ours": (spent, spent)}, left_out={"other": "why"})
    assert Contest.from_json(contest.as_json()) == contest
