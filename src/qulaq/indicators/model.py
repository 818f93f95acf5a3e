"""
An indicator is a value, not a job: what it means, what it measures, how that becomes a number.

`measure` names sums over a table and runs nothing; `estimate` turns those sums, one element for each
page and period, into value, interval, reason and notes. `compute` runs them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from qulaq.lang import Language, Phrase, Text

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

Need = Literal["posts", "comments", "authors", "page_counts", "codes", "answering"]
Base = Literal["all", "coded"]
Theme = Literal[
    "activity",
    "engagement",
    "completeness",
    "responsiveness",
    "dialogue",
    "fairness",
    "quality",
    "ranking",
]
Unit = Literal[
    "posts",
    "comments",
    "days",
    "likes",
    "shares",
    "followers",
    "citizens",
    "share",
    "gap",
    "hours",
    "per_1000_followers",
    "ratio",
    "index",
    "rank",
]
"""`share` lies in [0, 1], `gap` is a difference of shares and `index` a measure in [-1, 1]."""
Better = Literal["larger", "smaller"]
Expression = Any  # Ibis ships no types


@dataclass(frozen=True, slots=True)
class Measure:
    """
    Sums over one of the tables of `qulaq.indicators.tables`, by page and period. Measures of the same
    table share one scan; equal names must mean equal sums.
    """

    table: str
    values: Callable[[Expression], Mapping[str, Expression]]


@dataclass(frozen=True, slots=True)
class Frame:
    """
    The rows to be filled: every page with every period. Arrays are aligned.

    `starts` are calendar starts (a month's first day), `firsts` and `lasts` the days inside the window.
    `days` counts the observed local days, `days_missing` those of the period that nobody observed.
    """

    pages: tuple[str, ...]
    starts: tuple[date, ...]
    firsts: tuple[date, ...]
    lasts: tuple[date, ...]
    days: Counts
    days_missing: Counts
    whole: bool  # one period, the study's window or the one asked for
    flags: Mapping[str, Flags]

    def __len__(self) -> int:
        return len(self.pages)


@dataclass(frozen=True, slots=True, eq=False)
class Lists:
    """
    All values of every row of a frame, one behind the other: those of row i are
    `values[offsets[i]:offsets[i + 1]]`.
    """

    values: Floats
    offsets: Counts

    def __iter__(self) -> Iterator[Floats]:
        return iter(np.split(self.values, self.offsets[1:-1])) if len(self) else iter(())

    def __len__(self) -> int:
        return len(self.offsets) - 1

    @property
    def lengths(self) -> Floats:
        return np.diff(self.offsets).astype(np.float64)

    @property
    def rows(self) -> Counts:
        """
        The row of each value.
        """
        return np.repeat(np.arange(len(self), dtype=np.int64), np.diff(self.offsets))


@dataclass(frozen=True, slots=True, eq=False)
class Stats:
    """
    The sums of measures, aligned with a frame. A page without rows has counts of 0 and no numbers.
    Estimates give their intervals at `level`.
    """

    frame: Frame
    columns: Mapping[str, Floats | Lists]
    level: float = 0.95

    def at(self, level: float) -> Stats:
        """
        The same sums, for intervals at another level of confidence.
        """
        return replace(self, level=level)

    def count(self, name: str) -> Floats:
        """
        A count or sum, 0 where there was nothing to count.
        """
        return np.nan_to_num(self.number(name), nan=0.0)

    def number(self, name: str) -> Floats:
        """
        A number, NaN where there is none.
        """
        column = self.columns[name]
        if isinstance(column, Lists):
            raise TypeError(f"{name} is a list of values, not a number")
        return column

    def lists(self, name: str) -> Lists:
        """
        All values of each row, none where there is nothing.
        """
        column = self.columns[name]
        if not isinstance(column, Lists):
            raise TypeError(f"{name} is a number, not a list of values")
        return column


@dataclass(frozen=True, slots=True)
class Estimates:
    """
    Numbers for each row of a frame; NaN in `value` asks for `reason` (one for all rows, or one each).
    `notes` marks the rows of a note.
    """

    value: Floats
    n: Floats
    reason: Phrase | Sequence[Phrase]
    missing: Floats | None = None
    low: Floats | None = None
    high: Floats | None = None
    notes: Mapping[str, Flags] = field(default_factory=dict)

    def why(self, row: int) -> Phrase:
        """
        Why there is no value in that row.
        """
        return self.reason if isinstance(self.reason, Phrase) else self.reason[row]


OWN_DEFINITION = Text(
    kk="Qulaq-тың өз анықтамасы (docs/why/method.md)",
    ru="собственное определение Qulaq (docs/why/method.md)",
    en="Qulaq's own definition (docs/why/method.md)",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """
    What can be measured of a page. The reference page and the report's footnotes are written from it.

    `better`: which numbers are better for those who write to the page; None where it only describes.
    """

    key: str
    theme: Theme
    title: Text
    question: Text
    definition: Text
    caveat: Text
    citation: Text
    unit: Unit
    needs: tuple[Need, ...]
    measures: tuple[Measure, ...]
    estimate: Callable[[Stats], Estimates]
    base: Base | None = None
    better: Better | None = None

    def measures_table(self, table: str) -> bool:
        return any(measure.table == table for measure in self.measures)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """
    One number of one page and period, with all that must travel with it.

    `value` is None exactly when `reason` says why and what would make it measurable. `low` and `high`
    are the 95 % interval where one exists (with the note "bounds": the possible range).
    """

    indicator: str
    page: str | None
    body: str
    first: date
    last: date
    value: float | None
    n: int
    missing: int
    low: float | None
    high: float | None
    unit: Unit
    base: Base | None
    reason: Phrase | None
    notes: tuple[str, ...]
    category: str | None = None

    def as_json(self, language: Language) -> dict[str, Any]:
        """
        The result as the commands print it; the reason in *language*.
        """
        return {
            "indicator": self.indicator,
            "page": self.page,
            "body": self.body,
            "from": self.first.isoformat(),
            "to": self.last.isoformat(),
            "category": self.category,
            "value": as_plain(self.value),
            "n": self.n,
            "missing": self.missing,
            "low": as_plain(self.low),
            "high": as_plain(self.high),
            "unit": self.unit,
            "base": self.base,
            "reason": self.reason.to(language) if self.reason else None,
            "notes": list(self.notes),
        }


def as_plain(value: float | None) -> float | int | None:
    """
    A count without the ".0" of its arithmetic.
    """
    return int(value) if value is not None and value.is_integer() else value
