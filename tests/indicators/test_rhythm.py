"""
When people write and when the page answers.

RH1 the hour and the weekday are those of the clock of the page's body; RH2 Monday is the first day; RH3 an
answer is the body's comment below another; RH4 comments by nobody knows whom are counted apart, and many
of them withhold the rest; RH5 months that nobody observed have no number of answers.
"""

from __future__ import annotations

from datetime import date

import pytest

from qulaq.corpus.current import Corpus
from qulaq.indicators.rhythm import add_rhythms, count_answers, describe_rhythms, off_hours_share
from qulaq.study import Window

MONDAY, SUNDAY = 0, 6


@pytest.fixture
def opened(empty_town, comments_csv, add):
    """
    The corpus with comments given as page, comment, parent, author and moment (in UTC).
    """
    corpora = []

    def take(*rows, **order):
        cells = [
            (page, "p", comment, parent, author, f"{moment}Z", "?")
            for page, comment, parent, author, moment in rows
        ]
        add(empty_town, comments_csv(*cells), **order)
        corpora.append(Corpus(empty_town))
        return corpora[-1]

    yield take
    for corpus in corpora:
        corpus.engine.close()


def rhythms(corpus):
    return describe_rhythms(corpus, window=corpus.study.window)


def placed(week):
    return {(day, hour): n for day, hours in enumerate(week) for hour, n in enumerate(hours) if n}


def test_the_clock_is_that_of_the_body(opened):
    # 18:30 in UTC is 00:30 of the next day in Almaty (UTC+6 in 2023) and 23:30 in Oral (UTC+5).
    found = rhythms(
        opened(
            ("answers", "c1", "", "700", "2023-01-08T18:30:00"),
            ("silent", "s1", "", "700", "2023-01-08T18:30:00"),
        )
    )

    assert placed(found["answers"].people) == {(MONDAY, 0): 1}
    assert placed(found["silent"].people) == {(SUNDAY, 23): 1}


def test_only_the_bodys_comments_below_others_are_answers(opened):
    found = rhythms(
        opened(
            ("answers", "c1", "", "700", "2023-01-09T04:00:00"),
            ("answers", "c2", "c1", "100", "2023-01-09T05:10:00"),
            ("answers", "c3", "c1", "701", "2023-01-09T05:20:00"),
            ("answers", "c4", "", "100", "2023-01-09T06:00:00"),
        )
    )["answers"]

    assert placed(found.people) == {(MONDAY, 10): 1, (MONDAY, 11): 1}
    assert placed(found.answers) == {(MONDAY, 11): 1}


def test_without_parents_all_that_the_body_writes_are_answers(opened):
    corpus = opened(
        ("answers", "c1", "", "700", "2023-01-09T04:00:00"),
        ("answers", "c2", "", "100", "2023-01-09T05:00:00"),
        knows=("authors", "no-parents"),
    )

    assert placed(rhythms(corpus)["answers"].answers) == {(MONDAY, 11): 1}


def test_comments_by_nobody_knows_whom_are_counted_apart(opened):
    known = [("answers", f"c{i}", "", "700", "2023-01-09T04:00:00") for i in range(4)]

    one = rhythms(opened(*known, ("answers", "x1", "", "", "2023-01-09T04:00:00")))["answers"]

    assert (placed(one.people), one.unknown) == ({(MONDAY, 10): 4}, 1)
    assert not one.is_withheld


def test_many_unknown_authors_withhold_the_rhythm_and_the_answers(opened):
    corpus = opened(
        ("answers", "c1", "", "700", "2023-01-09T04:00:00"),
        ("answers", "x1", "", "", "2023-01-09T04:00:00"),
    )

    assert rhythms(corpus)["answers"].is_withheld
    months = count_answers(corpus, window=corpus.study.window)["answers"]
    assert [month.answers for month in months] == [None]


def test_two_pages_add_up_hour_by_hour(opened):
    found = rhythms(
        opened(
            ("answers", "c1", "", "700", "2023-01-09T04:00:00"),
            ("broadcasts", "d1", "", "700", "2023-01-09T04:30:00"),
            ("broadcasts", "d2", "d1", "200", "2023-01-10T04:30:00"),
        )
    )

    together = add_rhythms(list(found.values()))

    assert placed(together.people) == {(MONDAY, 10): 2}
    assert placed(together.answers) == {(MONDAY + 1, 10): 1}


def test_months_know_what_was_observed(opened):
    corpus = opened(
        ("answers", "c1", "", "700", "2023-01-20T04:00:00"),
        ("answers", "c2", "c1", "100", "2023-01-20T05:00:00"),
        ("answers", "c3", "c1", "100", "2023-02-10T05:00:00"),
    )
    window = Window(first=date(2023, 1, 10), last=date(2023, 3, 31))

    found = count_answers(corpus, window=window)

    # The newest comment, of 10 February, is the last thing that anybody observed.
    assert [(one.first, one.answers, one.partial) for one in found["answers"]] == [
        (date(2023, 1, 1), 1, True),
        (date(2023, 2, 1), 1, True),
        (date(2023, 3, 1), None, True),
    ]
    assert [one.answers for one in found["silent"]] == [None, None, None]


def test_an_observed_month_without_answers_is_zero(opened):
    corpus = opened(
        ("answers", "c1", "", "700", "2023-01-20T04:00:00"),
        ("answers", "c2", "", "700", "2023-02-28T18:00:00"),
    )
    window = Window(first=date(2023, 1, 1), last=date(2023, 2, 28))

    [january, february] = count_answers(corpus, window=window)["answers"]

    assert (january.answers, january.partial) == (0, False)
    assert february.answers == 0


def test_off_hours_are_evenings_nights_and_weekends():
    week = [[0] * 24 for _ in range(7)]
    week[MONDAY][8], week[MONDAY][9], week[MONDAY][17], week[MONDAY][18] = 1, 1, 1, 1
    week[SUNDAY][12] = 1

    assert off_hours_share(week) == pytest.approx(3 / 5)
    assert off_hours_share([[0] * 24] * 7) is None
