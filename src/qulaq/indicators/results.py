"""Estimates as results: each with its n, interval, notes, and the reason where there is no value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isfinite

import numpy as np

from qulaq.indicators.coded import NEEDS_CODING
from qulaq.indicators.model import Estimates, Flags, Frame, Indicator, Need, Result, Stats
from qulaq.lang import Phrase, phrase
from qulaq.study import Study


def make_results(indicator: Indicator, stats: Stats, *, study: Study) -> list[Result]:
    """
    The results of an indicator for every row of the frame, in its order.
    """
    frame = stats.frame
    lacking = unmet_by_study(indicator.needs, study)
    estimates = _nothing(frame, lacking) if lacking else estimate(indicator, stats)
    notes = {
        note: flags for note, flags in _notes(indicator, estimates, frame).items() if flags.any()
    }
    bodies = {page.id: page.body for page in study.pages}
    return [
        _result(
            indicator,
            estimates,
            frame=frame,
            i=i,
            unmet=lacking or unmet_need(indicator.needs, frame, i),
            notes=[note for note, flags in notes.items() if flags[i]],
            body=bodies[frame.pages[i]],
        )
        for i in range(len(frame))
    ]


def estimate(indicator: Indicator, stats: Stats) -> Estimates:
    """
    The numbers of an indicator; divisions by nothing give NaN, which asks for a reason.
    """
    with np.errstate(all="ignore"):
        return indicator.estimate(stats)


def _nothing(frame: Frame, reason: Phrase) -> Estimates:
    return Estimates(value=np.full(len(frame), np.nan), n=np.zeros(len(frame)), reason=reason)


def unmet_by_study(needs: Sequence[Need], study: Study) -> Phrase | None:
    """
    Why a study cannot measure something on any page, and what would change that.
    """
    if "codes" in needs:
        return NEEDS_CODING
    if "answering" in needs and study.answering is None:
        return phrase(
            "The study names no benchmark for answering; an [answering] table in study.toml would make it measurable."
        )
    return None


def unmet_need(needs: Sequence[Need], frame: Frame, i: int) -> Phrase | None:
    """
    Why a page cannot be measured in a period at all, and what would change that.
    """
    if "posts" in needs and not frame.flags["posts"][i]:
        return phrase(
            "No posts of this page have been imported; an export of its posts would make it measurable."
        )
    if "posts" in needs and not frame.days[i]:
        return phrase(
            "Nobody observed this page in the period; a later export of its posts would make it measurable."
        )
    if "comments" in needs and not frame.flags["comments"][i]:
        return phrase(
            "No comments of this page have been imported; an export of the comments under its posts, with their "
            "authors, would make it measurable."
        )
    if "comments" in needs and not frame.flags["comments_observed"][i]:
        return phrase(
            "Nobody observed the comments in the period; a later export of them would make it measurable."
        )
    return None


def _result(
    indicator: Indicator,
    estimates: Estimates,
    *,
    frame: Frame,
    i: int,
    unmet: Phrase | None,
    notes: list[str],
    body: str,
) -> Result:
    value = None if unmet else _number(estimates.value[i])
    notes = [] if unmet else notes
    bounded = value is not None or "bounds" in notes
    return Result(
        indicator=indicator.key,
        page=frame.pages[i],
        body=body,
        first=frame.firsts[i],
        last=frame.lasts[i],
        value=value,
        n=0 if unmet else int(estimates.n[i]),
        missing=0 if unmet or estimates.missing is None else int(estimates.missing[i]),
        low=_number(estimates.low[i]) if bounded and estimates.low is not None else None,
        high=_number(estimates.high[i]) if bounded and estimates.high is not None else None,
        unit=indicator.unit,
        base=indicator.base,
        reason=unmet or (estimates.why(i) if value is None else None),
        notes=tuple(notes),
    )


def _notes(indicator: Indicator, estimates: Estimates, frame: Frame) -> Mapping[str, Flags]:
    posts, comments = "posts" in indicator.needs, "comments" in indicator.needs
    own = {
        "observed_span": (frame.days_missing > 0) & posts,
        "start_assumed": frame.flags["start_assumed"] & indicator.measures_table("post_days"),
        "partial_period": frame.flags["partial"],
        "incomplete_threads": frame.flags["incomplete"] & ("authors" in indicator.needs),
        "capture_time_inferred": (frame.flags["posts_inferred"] & posts)
        | (frame.flags["comments_inferred"] & comments),
    }
    return {**own, **estimates.notes}


def _number(value: float) -> float | None:
    return float(value) if isfinite(value) else None
