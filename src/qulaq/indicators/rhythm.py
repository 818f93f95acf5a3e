"""When people write and when the page answers: by hour and weekday, and month by month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import ibis
import numpy as np

from qulaq.corpus.coverage import read_coverage
from qulaq.corpus.current import Corpus
from qulaq.indicators.model import Expression
from qulaq.indicators.periods import periods
from qulaq.indicators.rates import MOST_UNKNOWN
from qulaq.study import Window

Week = tuple[tuple[int, ...], ...]
"""Seven days, Monday first, of twenty-four hours."""

_DAYS, _HOURS = 7, 24
WORKDAYS, WORK_BEGINS, WORK_ENDS = 5, 9, 18
"""Office hours: Monday to Friday, from 9:00 to 18:00, public holidays not looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """
    Comments by weekday and hour, as the clock of the page's body showed them.

    `people` are comments that do not speak for the body, `answers` those that do and stand below
    another (where the source knows no parents, all that do). `unknown`: by nobody knows whom.
    """

    people: Week
    answers: Week
    unknown: int

    @property
    def is_withheld(self) -> bool:
        """
        Whether too many authors are unknown to tell people from the page.
        """
        known = int(np.sum(self.people) + np.sum(self.answers))
        return self.unknown > MOST_UNKNOWN * (known + self.unknown)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerMonth:
    """
    How many answers a page wrote in a calendar month; None where nobody observed its comments, or where
    too many of their authors are unknown.

    `partial`: only a part of the month lies in the window, or was observed.
    """

    first: date
    answers: int | None
    partial: bool


def describe_rhythms(corpus: Corpus, *, window: Window) -> Mapping[str, Rhythm]:
    """
    The rhythm of each page that has comments in the window, by its id.
    """
    written = corpus.local_time(_comments(corpus, window), "published_at")
    placed = written.select(
        "page_id",
        "by_page",
        "answer",
        weekday=written.clock.day_of_week.index(),
        hour=written.clock.hour(),
    )
    places = ["page_id", "weekday", "hour"]
    counted = placed.group_by(places).aggregate(
        people=(~placed.by_page).sum(),
        answers=placed.answer.sum(),
        unknown=placed.by_page.isnull().sum(),
    )
    found: dict[str, list[dict[str, Any]]] = {}
    for row in corpus.engine.run(counted).to_pylist():
        found.setdefault(row["page_id"], []).append(row)
    return {page: _rhythm(rows) for page, rows in sorted(found.items())}


def add_rhythms(rhythms: Sequence[Rhythm]) -> Rhythm:
    """
    Several pages as one: their counts, hour by hour, added up.
    """
    return Rhythm(
        people=_add([one.people for one in rhythms]),
        answers=_add([one.answers for one in rhythms]),
        unknown=sum(one.unknown for one in rhythms),
    )


def off_hours_share(week: Week) -> float | None:
    """
    The share of a week's comments that were written outside office hours; None where there is none.
    """
    counts = np.array(week)
    within = counts[:WORKDAYS, WORK_BEGINS:WORK_ENDS].sum()
    return float(1 - within / counts.sum()) if counts.any() else None


def count_answers(corpus: Corpus, *, window: Window) -> Mapping[str, tuple[AnswerMonth, ...]]:
    """
    What each page of the study answered, month by month, by the page's id.
    """
    comments = _comments(corpus, window)
    # Ibis takes a truncated day for a day, DuckDB answers with a moment: hence the two casts.
    month = comments.day.cast("timestamp").truncate("M").cast("date")
    answers = comments.filter(comments.answer).select("page_id", month=month)
    counted = answers.group_by("page_id", "month").aggregate(n=answers.count())
    rows = corpus.engine.run(counted).to_pylist()
    held = {(row["page_id"], row["month"]): row["n"] for row in rows}
    unclear = _unclear(corpus, comments)
    coverage = read_coverage(corpus)
    found = {}
    months = periods(window, "month")
    for page in corpus.study.pages:
        end = None if page.id in unclear else coverage[page.id].comments_until
        found[page.id] = tuple(
            AnswerMonth(
                first=start,
                answers=held.get((page.id, start), 0) if end and end >= inside.first else None,
                partial=partial or bool(end and end < inside.last),
            )
            for start, inside, partial in months
        )
    return found


def _comments(corpus: Corpus, window: Window) -> Expression:
    """
    The window's comments with `answer`, whether they are the body's answers.
    """
    comments = corpus.tables["comments"]
    inside = comments.day.between(ibis.literal(window.first), ibis.literal(window.last))
    comments = comments.filter(inside)
    below = comments.parent_id.notnull() | ~comments.knows_parents
    return comments.mutate(answer=(comments.by_page & below).fill_null(False))


def _unclear(corpus: Corpus, comments: Expression) -> set[str]:
    """
    Pages of whose comments too many are by nobody knows whom.
    """
    counted = comments.group_by("page_id").aggregate(
        n=comments.count(), known=comments.by_page.count()
    )
    rows = corpus.engine.run(counted).to_pylist()
    return {row["page_id"] for row in rows if row["n"] - row["known"] > MOST_UNKNOWN * row["n"]}


def _rhythm(rows: Sequence[Mapping[str, Any]]) -> Rhythm:
    return Rhythm(
        people=_week(rows, "people"),
        answers=_week(rows, "answers"),
        unknown=sum(int(row["unknown"]) for row in rows),
    )


def _week(rows: Sequence[Mapping[str, Any]], name: str) -> Week:
    counts = np.zeros((_DAYS, _HOURS), dtype=np.int64)
    for row in rows:
        counts[row["weekday"], row["hour"]] = row[name] or 0
    return tuple(map(tuple, counts.tolist()))


def _add(weeks: Sequence[Week]) -> Week:
    total = np.sum([np.array(week) for week in weeks], axis=0)
    return tuple(map(tuple, total.tolist()))
