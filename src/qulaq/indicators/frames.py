"""The rows that results fill: every page with every period, and what is known of it there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import numpy as np

from qulaq.corpus.coverage import Coverage
from qulaq.indicators.model import Counts, Flags, Frame
from qulaq.indicators.periods import By, periods
from qulaq.study import Study, Window


def make_frame(
    study: Study, coverage: Mapping[str, Coverage], *, by: By | None, window: Window
) -> Frame:
    """
    Every page with every period, and what is known of it there.
    """
    spans = periods(window, by)
    firsts, lasts = (
        _ordinals(inside.first for _, inside, _ in spans),
        _ordinals(inside.last for _, inside, _ in spans),
    )
    covers = [coverage[page.id] for page in study.pages]
    opened = _ordinals(page.opened.first if page.opened else date.min for page in study.pages)
    posts_until = _ordinals(cover.posts_until or date.min for cover in covers)
    comments_until = _ordinals(cover.comments_until or date.min for cover in covers)
    # A page in each row and a period in each column, laid out below row by row.
    seen = np.minimum(lasts, posts_until[:, None]) - np.maximum(firsts, opened[:, None]) + 1
    days = seen.clip(min=0).ravel()
    n = len(study.pages)

    def of_page(values: Iterable[bool]) -> Flags:
        return np.repeat(_flag(values), len(spans))

    return Frame(
        pages=tuple(page.id for page in study.pages for _ in spans),
        starts=tuple(start for start, _, _ in spans) * n,
        firsts=tuple(inside.first for _, inside, _ in spans) * n,
        lasts=tuple(inside.last for _, inside, _ in spans) * n,
        days=days,
        days_missing=np.tile(lasts - firsts + 1, n) - days,
        whole=by is None,
        flags={
            "posts": of_page(cover.posts_until is not None for cover in covers),
            "comments": of_page(cover.comments_until is not None for cover in covers),
            "removals_seen": of_page(cover.removals_seen for cover in covers),
            "posts_inferred": of_page(cover.posts_inferred for cover in covers),
            "comments_inferred": of_page(cover.comments_inferred for cover in covers),
            "start_assumed": (firsts < _assumed_until(study, covers)[:, None]).ravel(),
            "partial": np.tile(_flag(partial for _, _, partial in spans), n),
            "elsewhere": of_page(bool(study.pages_elsewhere(page)) for page in study.pages),
            "coded": of_page(False for _ in covers),  # until codes are there
            "comments_observed": (comments_until[:, None] >= firsts).ravel(),
        },
    )


def _assumed_until(study: Study, covers: Sequence[Coverage]) -> Counts:
    """
    Of pages of which it is not told when they were opened the day of the oldest post: before it they
    may not have been there.
    """
    return _ordinals(
        cover.oldest_post if page.opened is None and cover.oldest_post else date.min
        for page, cover in zip(study.pages, covers, strict=True)
    )


def _ordinals(days: Iterable[date]) -> Counts:
    return np.array([day.toordinal() for day in days], dtype=np.int64)


def _flag(values: Iterable[bool]) -> Flags:
    return np.array(list(values), dtype=np.bool_)
