"""The rows that results fill: every page with every period, and what is known of it there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from qulaq.corpus.coverage import Coverage, observed
from qulaq.indicators.model import Flags, Frame
from qulaq.indicators.periods import By, length, periods
from qulaq.study import Study, Window


def make_frame(
    study: Study, coverage: Mapping[str, Coverage], *, by: By | None, window: Window
) -> Frame:
    """
    Every page with every period, and what is known of it there.
    """
    spans = periods(window, by)
    rows = [
        (page, start, inside, partial) for page in study.pages for start, inside, partial in spans
    ]
    seen = [observed(page, coverage[page.id], inside) for page, _, inside, _ in rows]
    days = np.array([length(one) if one else 0 for one in seen], dtype=np.int64)
    whole = np.array([length(inside) for _, _, inside, _ in rows], dtype=np.int64)
    covers = [coverage[page.id] for page, _, _, _ in rows]
    return Frame(
        pages=tuple(page.id for page, _, _, _ in rows),
        starts=tuple(start for _, start, _, _ in rows),
        firsts=tuple(inside.first for _, _, inside, _ in rows),
        lasts=tuple(inside.last for _, _, inside, _ in rows),
        days=days,
        days_missing=whole - days,
        whole=by is None,
        flags={
            **_flags(covers),
            "start_assumed": _flag(
                bool(page.opened is None and cover.oldest_post and inside.first < cover.oldest_post)
                for cover, (page, _, inside, _) in zip(covers, rows, strict=True)
            ),
            "partial": _flag(partial for _, _, _, partial in rows),
            "elsewhere": _flag(bool(study.pages_elsewhere(page)) for page, _, _, _ in rows),
            "comments_observed": _flag(
                bool(cover.comments_until and cover.comments_until >= inside.first)
                for cover, (_, _, inside, _) in zip(covers, rows, strict=True)
            ),
        },
    )


def _flags(covers: Sequence[Coverage]) -> dict[str, Flags]:
    return {
        "posts": _flag(cover.posts_until is not None for cover in covers),
        "comments": _flag(cover.comments_until is not None for cover in covers),
        "removals_seen": _flag(cover.removals_seen for cover in covers),
        "posts_inferred": _flag(cover.posts_inferred for cover in covers),
        "comments_inferred": _flag(cover.comments_inferred for cover in covers),
    }


def _flag(values: Iterable[bool]) -> Flags:
    return np.array(list(values), dtype=np.bool_)
