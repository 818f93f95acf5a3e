"""How the share of answered comments grows with the time since they were written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import ibis
import numpy as np

from qulaq.corpus.current import Corpus
from qulaq.indicators.model import Expression, Flags, Floats
from qulaq.indicators.rates import MOST_UNKNOWN
from qulaq.stats.ragged import IntArray
from qulaq.stats.survival import (
    ANSWERED,
    CENSORED,
    REMOVED,
    Curves,
    Waits,
    answered_as_happened_by,
    answered_by,
    estimate_curves,
)
from qulaq.study import Window

WEEK = 7 * 24
DENSE = (*range(24), *range(24, WEEK + 1, 3))
"""The hours of a week at which a curve is drawn: each of the first day, then every third."""

_UNKNOWN = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """
    The share answered so many hours after the comment, with its 95 % interval where one exists.
    """

    hours: float
    share: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingCurve:
    """
    The share of a page's citizens' comments that were answered, by the hours since they were written.

    `n` comments, of which `answered`, and `removed` before anybody answered. Where none was removed the
    curve is 1 - S by Kaplan and Meier, else Aalen and Johansen's, in which a removed comment was never
    answered. `points` end where nobody was watched longer; `ever` stands at the longest wait of all.
    `unknown` comments, by nobody knows whom, are left out; where they are too many, or nobody wrote,
    there are no points.
    """

    n: int
    answered: int
    removed: int
    unknown: int
    points: tuple[Point, ...]
    ever: Point | None

    def at(self, hours: float) -> Point | None:
        """
        The point at one of the hours that were asked for; None where nobody was watched so long.
        """
        return next((point for point in self.points if point.hours == hours), None)


def describe_waiting(
    corpus: Corpus, *, window: Window, hours: Sequence[float] = DENSE
) -> Mapping[str, WaitingCurve]:
    """
    The curve, at these hours, of each page with citizens' comments in the window, by its id.
    """
    rows = corpus.engine.run(_waits(corpus, window))
    coded = rows["page_id"].combine_chunks().dictionary_encode()
    pages, group = coded.dictionary.to_pylist(), coded.indices.to_numpy().astype(np.int64)
    event = rows["event"].to_numpy().astype(np.int8)
    known = event != _UNKNOWN
    waits = Waits(
        group=group[known],
        hours=rows["hours"].to_numpy().astype(np.float64)[known],
        event=event[known],
        groups=len(pages),
    )
    found = _curves(waits, unknown=np.bincount(group[~known], minlength=len(pages)), hours=hours)
    return dict(zip(pages, found, strict=True))


def _waits(corpus: Corpus, window: Window) -> Expression:
    """
    Each top-level comment that is not the body's own: how its waiting ended, and after how long.
    """
    threads = corpus.tables["threads"]
    inside = threads.day.between(ibis.literal(window.first), ibis.literal(window.last))
    threads = threads.filter(inside, threads.by_page.isnull() | ~threads.by_page)
    answered = threads.first_reply_at.notnull()
    unsure = threads.by_page.isnull() | (~answered & (threads.unknown_replies > 0))
    removed = threads.gone_between.notnull()
    event = ibis.cases((unsure, _UNKNOWN), (answered, ANSWERED), (removed, REMOVED), else_=CENSORED)
    hours = ibis.cases(
        (answered, threads.reply_hours),
        (removed, threads.removed_hours),
        else_=threads.followed_hours,
    )
    return threads.select("page_id", event=event.cast("int8"), hours=hours)


def _curves(waits: Waits, *, unknown: IntArray, hours: Sequence[float]) -> list[WaitingCurve]:
    curves = estimate_curves(waits)
    answered, removed = (
        np.bincount(waits.group[waits.event == event], minlength=waits.groups)
        for event in (ANSWERED, REMOVED)
    )
    times = [*(np.full(waits.groups, float(hour)) for hour in hours), curves.longest]
    rows = [_points_at(curves, time, as_happened=removed > 0) for time in times]
    shown = (curves.n > 0) & (unknown <= MOST_UNKNOWN * (curves.n + unknown))
    return [
        WaitingCurve(
            n=int(curves.n[i]),
            answered=int(answered[i]),
            removed=int(removed[i]),
            unknown=int(unknown[i]),
            points=tuple(point for row in rows[:-1] if (point := row[i]) and shown[i]),
            ever=rows[-1][i] if shown[i] else None,
        )
        for i in range(waits.groups)
    ]


def _points_at(curves: Curves, hours: Floats, *, as_happened: Flags) -> list[Point | None]:
    """
    One point for each page, by the estimate that suits it; None where nobody was watched so long.
    """
    share, interval = answered_by(curves, hours)
    low, high = interval.low, interval.high
    if as_happened.any():
        real, interval = answered_as_happened_by(curves, hours)
        share = np.where(as_happened, real, share)
        low = np.where(as_happened, interval.low, low)
        high = np.where(as_happened, interval.high, high)
    return [
        Point(hours=float(hour), share=float(one), low=_known(least), high=_known(most))
        if np.isfinite(one)
        else None
        for hour, one, least, most in zip(hours, share, low, high, strict=True)
    ]


def _known(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
