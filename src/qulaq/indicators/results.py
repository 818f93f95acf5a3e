"""
Estimates as results: each with its n, interval, notes, and the reason where there is no value.

Numbers stay in columns, a row for every row of the frame; a `Result` is made of them when somebody looks
at it, for of many pages there are millions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import overload

import numpy as np
import pyarrow as pa

from qulaq.indicators.coded import NEEDS_CODING
from qulaq.indicators.model import (
    Counts,
    Estimates,
    Flags,
    Floats,
    Frame,
    Indicator,
    Need,
    Result,
    Stats,
)
from qulaq.lang import Language, Phrase, phrase
from qulaq.study import Study

SCHEMA = pa.schema(
    [
        ("indicator", pa.string()),
        ("page", pa.string()),
        ("body", pa.string()),
        ("from", pa.date32()),
        ("to", pa.date32()),
        ("category", pa.string()),
        ("value", pa.float64()),
        ("n", pa.int64()),
        ("missing", pa.int64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
        ("unit", pa.string()),
        ("base", pa.string()),
        ("reason", pa.string()),
        ("notes", pa.list_(pa.string())),
    ]
)
"""Results as columns, named as in `Result.as_json`."""


# ── reasons ──────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, eq=False)
class Reasons:
    """
    Why rows have no value: of each row the place of its reason among `phrases`, -1 where there is none.
    """

    phrases: tuple[Phrase, ...]
    places: Counts

    def __getitem__(self, row: int) -> Phrase | None:
        place = self.places[row]
        return None if place < 0 else self.phrases[place]

    @property
    def given(self) -> Flags:
        there: Flags = self.places >= 0
        return there

    def distinct(self) -> list[Phrase]:
        """
        The reasons that some row has, in the order of the first row of each.
        """
        places, rows = np.unique(self.places[self.given], return_index=True)
        return [self.phrases[place] for place in places[np.argsort(rows)]]

    def or_else(self, other: Reasons) -> Reasons:
        """
        These, and where there is none the others'.
        """
        shifted = np.where(other.given, other.places + len(self.phrases), -1)
        return Reasons((*self.phrases, *other.phrases), np.where(self.given, self.places, shifted))


def _reasons_of(estimates: Estimates, rows: Flags) -> Reasons:
    """
    What the estimates say of these rows.
    """
    places = np.full(len(rows), -1, dtype=np.int64)
    if isinstance(estimates.reason, Phrase):
        places[rows] = 0
        return Reasons((estimates.reason,), places)
    known: dict[int, int] = {}
    phrases: list[Phrase] = []
    for row in np.flatnonzero(rows).tolist():
        said = estimates.reason[row]
        place = known.setdefault(id(said), len(phrases))
        if place == len(phrases):
            phrases.append(said)
        places[row] = place
    return Reasons(tuple(phrases), places)


_UNMET: tuple[tuple[Need, Callable[[Frame], Flags], Phrase], ...] = (
    (
        "posts",
        lambda frame: ~frame.flags["posts"],
        phrase(
            "No posts of this page have been imported; an export of its posts would make it measurable."
        ),
    ),
    (
        "posts",
        lambda frame: frame.days == 0,
        phrase(
            "Nobody observed this page in the period; a later export of its posts would make it measurable."
        ),
    ),
    (
        "comments",
        lambda frame: ~frame.flags["comments"],
        phrase(
            "No comments of this page have been imported; an export of the comments under its posts, with their "
            "authors, would make it measurable."
        ),
    ),
    (
        "comments",
        lambda frame: ~frame.flags["comments_observed"],
        phrase(
            "Nobody observed the comments in the period; a later export of them would make it measurable."
        ),
    ),
)
"""What a need asks of a page and period, and why it is not met; the first that holds is said."""


def unmet_needs(needs: Sequence[Need], frame: Frame) -> Reasons:
    """
    Why pages cannot be measured in a period at all, and what would change that.
    """
    lacking = [fails(frame) & (need in needs) for need, fails, _ in _UNMET]
    places = np.select(lacking, range(len(_UNMET)), default=-1)
    return Reasons(tuple(said for _, _, said in _UNMET), places.astype(np.int64))


def unmet_by_study(needs: Sequence[Need], study: Study, *, coded: bool) -> Phrase | None:
    """
    Why a study cannot measure something on any page, and what would change that. *coded*: people coded something in it.
    """
    if "codes" in needs and not coded:
        return NEEDS_CODING
    if "answering" in needs and study.answering is None:
        return phrase(
            "The study names no benchmark for answering; an [answering] table in study.toml would make it measurable."
        )
    return None


# ── results ──────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Found(Sequence[Result]):
    """
    The results of one indicator for every row of a frame, in its order; NaN stands for what is not there.
    """

    indicator: Indicator
    frame: Frame
    bodies: Sequence[str]
    value: Floats
    n: Counts
    missing: Counts
    low: Floats
    high: Floats
    reasons: Reasons
    notes: Mapping[str, Flags]

    def __len__(self) -> int:
        return len(self.frame)

    @overload
    def __getitem__(self, row: int) -> Result: ...
    @overload
    def __getitem__(self, row: slice) -> list[Result]: ...
    def __getitem__(self, row: int | slice) -> Result | list[Result]:
        if isinstance(row, slice):
            return [self._result(one) for one in range(len(self))[row]]
        return self._result(range(len(self))[row])

    def __iter__(self) -> Iterator[Result]:
        return map(self._result, range(len(self)))

    def _result(self, row: int) -> Result:
        frame = self.frame
        return Result(
            indicator=self.indicator.key,
            page=frame.pages[row],
            body=self.bodies[row],
            first=frame.firsts[row],
            last=frame.lasts[row],
            value=_number(self.value[row]),
            n=int(self.n[row]),
            missing=int(self.missing[row]),
            low=_number(self.low[row]),
            high=_number(self.high[row]),
            unit=self.indicator.unit,
            base=self.indicator.base,
            reason=self.reasons[row],
            notes=tuple(note for note, flags in self.notes.items() if flags[row]),
        )

    def as_arrow(self, language: Language) -> pa.RecordBatch:
        """
        The results as rows of `SCHEMA`, the reasons in *language*.
        """
        size, frame, indicator = len(self), self.frame, self.indicator
        said = pa.array([one.to(language) for one in self.reasons.phrases], pa.string())
        columns = [
            pa.repeat(pa.scalar(indicator.key, pa.string()), size),
            pa.array(frame.pages, pa.string()),
            pa.array(self.bodies, pa.string()),
            pa.array(frame.firsts, pa.date32()),
            pa.array(frame.lasts, pa.date32()),
            pa.nulls(size, pa.string()),
            _known(self.value),
            pa.array(self.n),
            pa.array(self.missing),
            _known(self.low),
            _known(self.high),
            pa.repeat(pa.scalar(indicator.unit, pa.string()), size),
            pa.repeat(pa.scalar(indicator.base, pa.string()), size),
            said.take(pa.array(self.reasons.places, mask=~self.reasons.given)),
            self._notes_as_arrow(),
        ]
        return pa.RecordBatch.from_arrays(columns, schema=SCHEMA)

    def _notes_as_arrow(self) -> pa.Array:
        """
        Of thousands of rows most bear the same few notes: each set of notes is written once.
        """
        bits = np.zeros(len(self), dtype=np.int64)
        for i, flags in enumerate(self.notes.values()):
            bits |= flags.astype(np.int64) << i
        sets, places = np.unique(bits, return_inverse=True)
        told = [
            [note for i, note in enumerate(self.notes) if one >> i & 1] for one in sets.tolist()
        ]
        return pa.array(told, pa.list_(pa.string())).take(pa.array(places))


@dataclass(frozen=True, slots=True, eq=False)
class Results(Sequence[Result]):
    """
    The results of several indicators, one behind the other; each is estimated when it is asked for.
    """

    indicators: tuple[Indicator, ...]
    stats: Stats
    study: Study

    def parts(self) -> Iterator[Found]:
        """
        The results of each indicator.
        """
        return (self._part(indicator) for indicator in self.indicators)

    def _part(self, indicator: Indicator) -> Found:
        return make_results(indicator, self.stats, study=self.study)

    def __len__(self) -> int:
        return len(self.indicators) * len(self.stats.frame)

    @overload
    def __getitem__(self, row: int) -> Result: ...
    @overload
    def __getitem__(self, row: slice) -> list[Result]: ...
    def __getitem__(self, row: int | slice) -> Result | list[Result]:
        if isinstance(row, slice):
            return list(self)[row]
        indicator, place = divmod(range(len(self))[row], len(self.stats.frame))
        return self._part(self.indicators[indicator])[place]

    def __iter__(self) -> Iterator[Result]:
        return chain.from_iterable(self.parts())


def make_results(indicator: Indicator, stats: Stats, *, study: Study) -> Found:
    """
    The results of an indicator for every row of the frame, in its order.
    """
    frame = stats.frame
    lacking = unmet_by_study(indicator.needs, study, coded=bool(frame.flags["coded"].any()))
    estimates = _nothing(frame, lacking) if lacking else estimate(indicator, stats)
    unmet = _all_for(lacking, frame) if lacking else unmet_needs(indicator.needs, frame)
    met = ~unmet.given
    known = met & np.isfinite(estimates.value)
    notes = {note: met & flags for note, flags in _notes(indicator, estimates, frame).items()}
    bounded = known | notes.get("bounds", np.zeros(len(frame), dtype=np.bool_))
    return Found(
        indicator=indicator,
        frame=frame,
        bodies=_bodies(frame, study),
        value=_where(known, estimates.value),
        n=_whole(met, estimates.n),
        missing=_whole(met, estimates.missing),
        low=_where(bounded, estimates.low),
        high=_where(bounded, estimates.high),
        reasons=unmet.or_else(_reasons_of(estimates, met & ~known)),
        notes={note: flags for note, flags in notes.items() if flags.any()},
    )


def _bodies(frame: Frame, study: Study) -> list[str]:
    """
    Of every row; a frame lists all periods of its first page, then those of the second.
    """
    periods = len(frame) // len(study.pages)
    return [page.body for page in study.pages for _ in range(periods)]


def estimate(indicator: Indicator, stats: Stats) -> Estimates:
    """
    The numbers of an indicator; divisions by nothing give NaN, which asks for a reason.
    """
    with np.errstate(all="ignore"):
        return indicator.estimate(stats)


def _nothing(frame: Frame, reason: Phrase) -> Estimates:
    return Estimates(value=np.full(len(frame), np.nan), n=np.zeros(len(frame)), reason=reason)


def _all_for(reason: Phrase, frame: Frame) -> Reasons:
    return Reasons((reason,), np.zeros(len(frame), dtype=np.int64))


def _where(rows: Flags, numbers: Floats | None) -> Floats:
    if numbers is None:
        return np.full(len(rows), np.nan)
    return np.where(rows & np.isfinite(numbers), numbers, np.nan)


def _whole(rows: Flags, counts: Floats | None) -> Counts:
    return np.where(rows, 0 if counts is None else counts, 0).astype(np.int64)


def _known(numbers: Floats) -> pa.Array:
    return pa.array(numbers, mask=np.isnan(numbers))


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


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
