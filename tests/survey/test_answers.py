"""
1. What is hidden is cleared, whatever it hid itself. 2. Calculations are made. 3. What is wrong is told for each question.
4. What was typed is read as it was meant. 5. A whole submission is judged in far less than a millisecond.
"""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from survey_forms import TODAY

from qulaq.survey.answers import (
    LONGEST_TEXT,
    check_answers,
    clear_hidden,
    read_answers,
    relevant_questions,
    settle,
)
from qulaq.survey.expressions import Scope
from qulaq.survey.standard import standard_questionnaire

STANDARD = standard_questionnaire()
FULL = {
    "age": "25_35",
    "source": "other",
    "source_other": "радио",
    "trust": "none",
    "why_follow": ["news", "ask"],
    "updates_seen": "often",
    "updates_wanted": "daily",
    "rating": "3",
    "effective": "yes",
    "effective_why": "жылдам",
    "wrote": "yes",
    "answered": "yes",
    "answer_days": "3",
    "must_answer": "must",
    "post_at_once": "yes",
    "suggestion": "Жауап беріңіздер",
}


def problems(questionnaire, answers, screen=None):
    settled = settle(questionnaire, answers, today=TODAY)
    return {name: str(told) for name, told in check_answers(settled, screen).items()}


def names(questions):
    return [one.name for one in questions]


# ── 1, 2 ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_question_is_shown_where_its_condition_holds(standard):
    hidden = names(relevant_questions(standard, {"source": "social"}, today=TODAY))
    shown = names(relevant_questions(standard, {"source": "other"}, today=TODAY))
    assert "source_other" not in hidden
    assert "source_other" in shown


def test_what_is_hidden_is_cleared_along_the_chain(standard):
    changed = {**FULL, "wrote": "never"}
    kept = clear_hidden(standard, changed, today=TODAY)
    assert "answered" not in kept
    assert "answer_days" not in kept  # it hung on an answer that is gone
    assert kept["must_answer"] == "must"


def test_a_full_answer_is_kept_as_it_is(standard):
    assert clear_hidden(standard, FULL, today=TODAY) == FULL


def test_names_that_are_no_question_are_dropped(standard):
    assert clear_hidden(standard, {"admin": "1", "consent": "x"}, today=TODAY) == {}


def test_a_condition_on_a_later_question_holds_too(ask):
    form = ask(
        {"type": "text", "name": "first", "label": "1", "relevant": "${second} = 'yes'"},
        {"type": "select_one yes_no", "name": "second", "label": "2"},
    )
    assert clear_hidden(form, {"first": "a", "second": "no"}, today=TODAY) == {"second": "no"}


def test_a_group_hides_all_that_stands_in_it(ask):
    form = ask(
        {"type": "select_one yes_no", "name": "more", "label": "0"},
        {"type": "begin_group", "name": "outer", "relevant": "${more} = 'yes'"},
        {"type": "begin_group", "name": "inner"},
        {"type": "text", "name": "deep", "label": "1"},
        {"type": "end_group"},
        {"type": "end_group"},
    )
    assert clear_hidden(form, {"more": "no", "deep": "a"}, today=TODAY) == {"more": "no"}
    assert clear_hidden(form, {"more": "yes", "deep": "a"}, today=TODAY)["deep"] == "a"


def test_calculations_are_made_and_cannot_be_sent(ask):
    form = ask(
        {"type": "integer", "name": "born", "label": "1"},
        {"type": "calculate", "name": "age", "calculation": "2026 - ${born}"},
        {"type": "note", "name": "told", "label": "${age}", "relevant": "${age} >= 18"},
    )
    settled = settle(form, {"born": "1990", "age": "7"}, today=TODAY)
    assert settled.answers == {"born": "1990", "age": "36"}
    assert settled.fill(form.by_name["told"].label, "und") == "36"
    assert "told" in settled.shown


def test_a_wording_is_filled_in_with_labels_of_choices(ask):
    form = ask(
        {"type": "select_multiple towns", "name": "town", "label": "1"},
        {"type": "note", "name": "told", "label": "Сіз ${town} таңдадыңыз: ${town}"},
        choices=(
            ("list_name", "name", "label"), ("towns", "a", "Орал"), ("towns", "b", "Түркістан"),
        ),
    )  # fmt: skip
    settled = settle(form, {"town": ["a", "b"]}, today=TODAY)
    told = settled.fill(form.by_name["told"].label, "und")
    assert told == "Сіз Орал, Түркістан таңдадыңыз: Орал, Түркістан"


def test_the_day_is_an_argument(ask):
    form = ask({"type": "date", "name": "when", "label": "1", "constraint": ". <= today()"})
    answers = {"when": "2026-11-23"}
    assert not check_answers(settle(form, answers, today=TODAY))
    earlier = TODAY.replace(day=22)
    assert check_answers(settle(form, answers, today=earlier))


_CHOICES = st.sampled_from(["yes", "no", "never", "other", "social", "read_only", "nonsense", ""])
_ANY = st.dictionaries(
    st.sampled_from([*FULL, "stranger"]),
    st.one_of(_CHOICES, st.text(max_size=5), st.lists(_CHOICES, max_size=3)),
)


@settings(max_examples=200, deadline=None)
@given(_ANY)
def test_settling_twice_changes_nothing(answers):
    once = settle(STANDARD, answers, today=TODAY)
    twice = settle(STANDARD, once.answers, today=TODAY)
    assert twice.answers == once.answers
    assert twice.shown == once.shown
    check_answers(once)  # nothing that is sent breaks it


@settings(max_examples=300, deadline=None)
@given(_ANY)
def test_it_is_the_fixpoint_of_clearing_naively(answers):
    """
    The plain rule, repeated until nothing changes: drop answers whose condition does not hold.
    """
    left = {
        name: one if isinstance(one, str) else list(filter(None, one))
        for name, one in answers.items()
        if "".join(one) and name in FULL
    }
    while True:
        values = {n: one if isinstance(one, str) else " ".join(one) for n, one in left.items()}
        scope = Scope(values=values, today=TODAY)
        kept = {
            name: one
            for name, one in left.items()
            if all(rule.holds(scope) for rule in STANDARD.by_name[name].relevant)
        }
        if kept == left:
            break
        left = kept
    assert clear_hidden(STANDARD, answers, today=TODAY) == left


# ── 3 ────────────────────────────────────────────────────────────────────────────────────────────


def test_only_what_is_shown_is_required(ask):
    form = ask(
        {"type": "select_one yes_no", "name": "a", "label": "1", "required": "yes"},
        {"type": "text", "name": "b", "label": "2", "required": "yes", "relevant": "${a} = 'yes'"},
        {"type": "text", "name": "c", "label": "3", "required": "${a} = 'no'"},
    )
    assert set(problems(form, {})) == {"a"}
    assert set(problems(form, {"a": "yes"})) == {"b"}
    assert set(problems(form, {"a": "no"})) == {"c"}


def test_the_form_speaks_where_it_has_words_for_it(ask):
    form = ask(
        {
            "type": "integer", "name": "a", "label": "1", "constraint": ". < 10",
            "constraint_message::Қазақша (kk)": "Тым көп", "constraint_message::Русский (ru)": "Много",
        },
        {"type": "integer", "name": "b", "label": "2", "constraint": ". < ${a}"},
    )  # fmt: skip
    told = check_answers(settle(form, {"a": "11", "b": "12"}, today=TODAY))
    assert told["a"].to("kk") == "Тым көп"
    assert told["a"].to("ru") == "Много"
    assert told["b"].to("en") == "This answer is not possible here."


@pytest.mark.parametrize(
    ("kind", "answer", "said"),
    [
        ("integer", "3.5", "whole number"),
        ("integer", "1234567890", "nine digits"),
        ("integer", "١٢", "whole number"),
        ("integer", "=1+1", "whole number"),
        ("decimal", "abc", "a number"),
        ("decimal", "1e9", "a number"),
        ("date", "2026-02-30", "a day"),
        ("date", "20261123", "a day"),
        ("time", "25:00", "a time"),
        ("time", "14", "a time"),
        ("time", "14:05+06:00", "a time"),
        ("text", "я" * (LONGEST_TEXT + 1), "at most 5000"),
        ("text", "x" * 1_000_000, "1000000 characters"),
        ("select_one yes_no", "maybe", "not among"),
        ("select_one yes_no", ["yes", "no"], "from the list"),
        ("select_multiple yes_no", ["yes", "maybe"], "not among"),
        ("select_multiple yes_no", "yes", "from the list"),
        ("text", ["a"], "Only one answer"),
    ],
)
def test_what_is_not_of_its_kind_is_told(ask, kind, answer, said):
    form = ask({"type": kind, "name": "a", "label": "1"})
    assert said in problems(form, {"a": answer})["a"]


@pytest.mark.parametrize(
    ("kind", "answer"),
    [
        ("integer", "-7"),
        ("decimal", "3.25"),
        ("date", "2024-02-29"),
        ("time", "14:05"),
        ("text", "<script>alert(1)</script>"),
        ("text", "=HYPERLINK(1)"),
        ("text", "я" * LONGEST_TEXT),
        ("select_multiple yes_no", ["yes", "no"]),
        ("acknowledge", "OK"),
    ],
)
def test_what_is_of_its_kind_is_taken_unchanged(ask, kind, answer):
    form = ask({"type": kind, "name": "a", "label": "1"})
    settled = settle(form, {"a": answer}, today=TODAY)
    assert check_answers(settled) == {}
    assert settled.answers == {"a": answer}


CITIES = (
    ("list_name", "name", "label", "region"),
    ("regions", "wko", "Батыс Қазақстан", ""),
    ("regions", "tko", "Түркістан", ""),
    ("towns", "oral", "Орал", "wko"),
    ("towns", "kentau", "Кентау", "tko"),
)


def test_only_the_choices_offered_are_taken(ask):
    form = ask(
        {"type": "select_one regions", "name": "region", "label": "1"},
        {"type": "select_one towns", "name": "town", "label": "2", "choice_filter": "region = ${region}"},
        choices=CITIES,
    )  # fmt: skip
    settled = settle(form, {"region": "wko", "town": "kentau"}, today=TODAY)
    assert names(settled.choices(form.by_name["town"])) == ["oral"]
    assert "not among" in str(check_answers(settled)["town"])
    assert problems(form, {"region": "tko", "town": "kentau"}) == {}


def test_only_one_screen_is_judged_where_one_is_named(ask):
    form = ask(
        {"type": "begin_group", "name": "g1"},
        {"type": "text", "name": "a", "label": "1", "required": "yes"},
        {"type": "end_group"},
        {"type": "begin_group", "name": "g2"},
        {"type": "text", "name": "b", "label": "2", "required": "yes"},
        {"type": "end_group"},
    )
    assert set(problems(form, {}, form.screens[0])) == {"a"}
    assert set(problems(form, {})) == {"a", "b"}


def test_progress_counts_the_screens_that_are_shown(standard):
    few = settle(standard, {"wrote": "never"}, today=TODAY)
    many = settle(standard, FULL, today=TODAY)
    assert many.progress(standard.screens[0]) == (1, len(standard.screens))
    assert few.progress(few.screens[-1]) == (len(few.screens), len(few.screens))
    assert len(few.screens) < len(many.screens)


# ── 4 ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("kind", "typed", "answer"),
    [
        ("text", ["  a\r\nb  "], "a\nb"),
        ("text", ["a\x00\x1bb"], "ab"),
        ("text", ["и\u0306"], "й"),
        ("text", ["   "], None),
        ("text", [], None),
        ("integer", [" 1 000 "], "1000"),
        ("decimal", ["3,5"], "3.5"),
        ("date", ["23.11.2026"], "2026-11-23"),
        ("time", ["9:05"], "09:05"),
        ("date", ["2026-11-23"], "2026-11-23"),
        ("acknowledge", ["on"], "OK"),
        ("select_one yes_no", ["no"], "no"),
        ("select_multiple yes_no", ["no", "yes", "no"], ["yes", "no"]),
        ("select_multiple yes_no", ["strange", "no"], ["no", "strange"]),
        ("select_multiple yes_no", [""], None),
    ],
)
def test_what_was_typed_is_read_as_it_was_meant(ask, kind, typed, answer):
    form = ask({"type": kind, "name": "a", "label": "1"})
    read = read_answers(form.questions, {"a": typed, "stranger": ["1"]})
    assert read == ({} if answer is None else {"a": answer})


@given(st.lists(st.text(), max_size=3))
def test_whatever_is_typed_is_read_and_judged(typed):
    read = read_answers(STANDARD.questions, dict.fromkeys(FULL, typed))
    check_answers(settle(STANDARD, read, today=TODAY))


# ── 5 ────────────────────────────────────────────────────────────────────────────────────────────


def test_a_submission_is_judged_in_far_less_than_a_millisecond(standard):
    def judge():
        return check_answers(settle(standard, FULL, today=TODAY))

    assert judge() == {}
    best = min(_timed(judge) for _ in range(50))
    assert best < 0.001, f"{best * 1e6:.0f} µs"


def _timed(call):
    begun = time.perf_counter()
    call()
    return time.perf_counter() - begun
