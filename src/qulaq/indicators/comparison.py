"""
Comparing bodies: the places of their pages by one number, and how it changed since the period before.

    ranking = rank(corpus, by="reply_rate")
    [(page.rank, page.result.page) for page in ranking.pages]
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from qulaq.corpus.coverage import read_coverage
from qulaq.corpus.current import Corpus
from qulaq.errors import Misused, QulaqError
from qulaq.indicators.compute import measure
from qulaq.indicators.model import Floats, Indicator, Result, as_plain
from qulaq.indicators.periods import length
from qulaq.indicators.ranking import BASE_OF, Places, find_places
from qulaq.indicators.results import make_results, unmet_by_study
from qulaq.indicators.table import INDICATORS
from qulaq.lang import Language, Phrase, phrase
from qulaq.stats.intervals import Estimate, Interval, difference
from qulaq.study import Page, Window

_NOT_SEEN = phrase(
    "Nobody observed the page in the period before, or it was not open yet; an import that reaches back so far would make "
    "it measurable."
)
_PARTLY_SEEN = phrase(
    "Only a part of the period before was observed; another period, or an import that reaches back so far, would make it "
    "measurable."
)
_PARTLY_NOW = phrase(
    "Only a part of the period was observed, so it cannot be set against a whole one; a period that was observed as a "
    "whole would make it measurable."
)
_NOT_COUNTED = phrase(
    "Nobody counted in one of the two periods; a sheet of page counts from both would make it measurable."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """
    A number less that of the period before, with its 95 % interval where both have one; or why not.
    """

    value: float | None = None
    low: float | None = None
    high: float | None = None
    reason: Phrase | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RankedPage:
    """
    A page with its number, its place and the places that it may as well have.

    `rank` is None where `reason` says why the page is listed and not ranked. `rank_low` and `rank_high`
    are None where places have no intervals: the ranking's notes say why.
    """

    result: Result
    platform: str
    rank: int | None
    rank_low: int | None
    rank_high: int | None
    reason: Phrase | None
    change: Change

    @property
    def notes(self) -> tuple[str, ...]:
        """
        Those of the number, and of the earlier one where a change is given.
        """
        return tuple(dict.fromkeys((*self.result.notes, *self.change.notes)))

    def as_json(self, language: Language) -> dict[str, Any]:
        """
        The page as the command prints it; reasons in *language*.
        """
        result, change = self.result.as_json(language), self.change
        return {
            "page": result["page"],
            "body": result["body"],
            "platform": self.platform,
            **{name: result[name] for name in ("value", "n", "missing", "low", "high")},
            "rank": self.rank,
            "rank_low": self.rank_low,
            "rank_high": self.rank_high,
            "reason": self.reason.to(language) if self.reason else None,
            "change": as_plain(change.value),
            "change_low": as_plain(change.low),
            "change_high": as_plain(change.high),
            "change_reason": change.reason.to(language) if change.reason else None,
            "notes": result["notes"]
            + [note for note in change.notes if note not in result["notes"]],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """
    The pages of a study by one number: the ranked in order, then the others in the study's order.

    `before` is the period that changes are counted from: as many days, right before `window`. `notes`
    concern the whole ranking: "too_many_to_compare", "places_only", "no_direction".
    """

    indicator: Indicator
    window: Window
    before: Window
    pages: tuple[RankedPage, ...]
    notes: tuple[str, ...]

    def as_json(self, language: Language) -> dict[str, Any]:
        """
        The ranking as the command prints it.
        """
        return {
            "by": self.indicator.key,
            "from": self.window.first.isoformat(),
            "to": self.window.last.isoformat(),
            "before_from": self.before.first.isoformat(),
            "before_to": self.before.last.isoformat(),
            "unit": self.indicator.unit,
            "better": self.indicator.better,
            "notes": list(self.notes),
            "pages": [page.as_json(language) for page in self.pages],
        }


def rank(
    corpus: Corpus,
    *,
    by: str,
    window: Window | None = None,
    progress: Callable[[Phrase], None] = lambda _: None,
) -> Ranking:
    """
    The pages of a study ranked by the indicator of that key, in the window given or the study's own.

    Raises UnknownName for a key that is none, Misused for one that is a rank itself, and QulaqError, with
    the reason, where the study cannot measure it at all.
    """
    indicator = INDICATORS.get(by)
    study, window = corpus.study, window or corpus.study.window
    _check(indicator, corpus)
    before = _period_before(window)
    stats = measure(corpus, [indicator], window=window, progress=progress)
    earlier = measure(corpus, [indicator], window=before, progress=progress)
    results = make_results(indicator, stats, study=study)
    unseen = find_unseen(read_held(corpus), indicator, window=window, before=before)
    of_before = make_results(indicator, earlier, study=study)
    changes = [
        change_between(now, before=then, unseen=why)
        for now, then, why in zip(results, of_before, unseen, strict=True)
    ]
    places = find_places(indicator, stats)
    rows = zip(study.pages, results, changes, strict=True)
    pages = [
        _place(page, result, change=change, places=places, i=i)
        for i, (page, result, change) in enumerate(rows)
    ]
    return Ranking(
        indicator=indicator,
        window=window,
        before=before,
        pages=tuple(sorted(pages, key=_order)),
        notes=_notes(indicator, places),
    )


def _check(indicator: Indicator, corpus: Corpus) -> None:
    if indicator.key in BASE_OF:
        raise Misused(
            where=indicator.key,
            found=phrase("this is a place already."),
            remedy=phrase("Rank by {key}.", key=BASE_OF[indicator.key]),
        )
    if unmet := unmet_by_study(indicator.needs, corpus.study, coded=corpus.codes is not None):
        raise QulaqError(where=indicator.key, found=unmet)


def _period_before(window: Window) -> Window:
    first = window.first.toordinal()
    return Window(
        first=date.fromordinal(max(first - length(window), 1)),
        last=date.fromordinal(max(first - 1, 1)),
    )


def _order(page: RankedPage) -> tuple[bool, int, bool]:
    return page.rank is None, page.rank or 0, page.result.value is None


def _place(page: Page, result: Result, *, change: Change, places: Places, i: int) -> RankedPage:
    ranked = not np.isnan(places.rank[i])
    return RankedPage(
        result=result,
        platform=page.platform,
        rank=_whole(places.rank[i]),
        rank_low=_whole(places.low[i]),
        rank_high=_whole(places.high[i]),
        reason=None if ranked else result.reason or places.why_not[i],
        change=change,
    )


def _whole(number: float) -> int | None:
    return None if np.isnan(number) else int(number)


def _notes(indicator: Indicator, places: Places) -> tuple[str, ...]:
    said = {
        "too_many_to_compare": bool(places.too_many.any()),
        "places_only": places.found.low is None,
        "no_direction": indicator.better is None,
    }
    return tuple(note for note, holds in said.items() if holds)


# ── the period before ────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """
    What is held of one kind of records of a page: the oldest day, the last one looked at.
    """

    opened: date | None
    oldest: date | None
    until: date | None

    def misses_all(self, period: Window) -> bool:
        starts = [day for day in (self.opened, self.oldest) if day]
        return (
            self.until is None
            or self.oldest is None
            or self.until < period.first
            or max(starts) > period.last
        )

    def misses_some(self, period: Window) -> bool:
        return (self.until is None or self.until < period.last) or (
            self.opened is not None and self.opened > period.first
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """
    What is held of the posts and of the comments of every page of a study, in its order.
    """

    posts: Sequence[_Seen]
    comments: Sequence[_Seen]


def read_held(corpus: Corpus) -> Held:
    coverage = read_coverage(corpus)
    comments = corpus.tables["comments"]
    first = comments.group_by("page_id").aggregate(first=comments.day.min())
    oldest = {row["page_id"]: row["first"] for row in corpus.engine.run(first).to_pylist()}
    pages = [
        (page.id, page.opened.first if page.opened else None, coverage[page.id])
        for page in corpus.study.pages
    ]
    return Held(
        posts=[
            _Seen(opened=opened, oldest=cover.oldest_post, until=cover.posts_until)
            for _, opened, cover in pages
        ],
        comments=[
            _Seen(opened=opened, oldest=oldest.get(page), until=cover.comments_until)
            for page, opened, cover in pages
        ],
    )


def find_unseen(
    held: Held, indicator: Indicator, *, window: Window, before: Window
) -> list[Phrase | None]:
    """
    For every page why its two periods cannot be set side by side; None where both were observed.

    A period counts as observed as a whole by the rule of the observed span: from the opening, or from
    the beginning where the study does not tell it; and only if records reach back into it.
    """
    of_posts = "posts" in indicator.needs or indicator.measures_table("extents")
    of_comments = "comments" in indicator.needs
    return [
        _unseen([posts] * of_posts + [comments] * of_comments, window=window, before=before)
        for posts, comments in zip(held.posts, held.comments, strict=True)
    ]


def _unseen(kinds: Sequence[_Seen], *, window: Window, before: Window) -> Phrase | None:
    if any(seen.misses_all(before) for seen in kinds):
        return _NOT_SEEN
    if any(seen.misses_some(before) for seen in kinds):
        return _PARTLY_SEEN
    if any(seen.misses_some(window) for seen in kinds):
        return _PARTLY_NOW
    return None


def change_between(now: Result, *, before: Result, unseen: Phrase | None = None) -> Change:
    """
    A number less that of the period before, with the interval of the difference; or why there is none.

    *unseen*: why the two periods cannot be set side by side (`find_unseen`).
    """
    reason = _why_no_change(now, before, unseen)
    if reason or now.value is None or before.value is None:
        return Change(reason=reason)
    interval = difference(_estimate(now), _estimate(before))
    return Change(
        value=now.value - before.value,
        low=_number(interval.low[0]),
        high=_number(interval.high[0]),
        notes=before.notes,
    )


def _why_no_change(now: Result, before: Result, unseen: Phrase | None) -> Phrase | None:
    if now.value is None:
        return now.reason
    if unseen:
        return unseen
    if before.value is None:
        return phrase("In the period before: {reason}", reason=before.reason)
    if "nearest_snapshot" in (*now.notes, *before.notes):
        return _NOT_COUNTED
    return None


def _estimate(result: Result) -> Estimate:
    def read(number: float | None) -> Floats:
        return np.array([np.nan if number is None else number])

    return read(result.value), Interval(low=read(result.low), high=read(result.high))


def _number(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
