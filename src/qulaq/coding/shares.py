"""
How often each category was given, by page and period, of the units that are coded and settled.

Of a variable with one code a unit Goodman's simultaneous intervals, of one with several Wilson's for each category: such
shares may pass 100 % together. Goodman wants every count to be 5 or more (`few` marks smaller ones).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

import numpy as np

from qulaq.coding.codebook import Variable
from qulaq.coding.coding import Coding
from qulaq.coding.decisions import Settled
from qulaq.lang import Phrase, phrase
from qulaq.stats.alpha_thresholds import TENTATIVE_ALPHA
from qulaq.stats.intervals import Interval, goodman, wilson

_FEW = 5

By = Literal["month", "year"]
BYS: tuple[By, ...] = get_args(By)


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """
    The share of a category among the `n` units coded in the variable; `page` "" stands for all pages, `period` "" for all
    days. Where coders disagree `value` and the interval are None, and `reason` says so.
    """

    variable: str
    category: str
    page: str
    period: str
    k: int
    n: int
    value: float | None
    low: float | None
    high: float | None
    reason: Phrase | None = None
    few: bool = False


def measure_shares(
    coding: Coding,
    *,
    pages: Sequence[str],
    days: Mapping[str, date] | None = None,
    by: By | None = None,
) -> tuple[Share, ...]:
    """
    The shares of all variables in which something is settled, of all pages together and then of each that has coded
    units; with *by* in each period. *days* are those of units; units without one, which the corpus has not, are left out
    then.
    """
    found: list[Share] = []
    for variable in coding.codebook.variables:
        settled = [one for one in coding.settlement.settled if one.variable == variable.name]
        groups = _grouped(settled, pages, days or {}, by)
        for (page, period), told in groups.items():
            found += _shares(coding, variable, told, page=page, period=period)
    return tuple(found)


def _grouped(
    settled: Sequence[Settled], pages: Sequence[str], days: Mapping[str, date], by: By | None
) -> Mapping[tuple[str, str], list[Settled]]:
    """
    The units by page and period, in the order of the pages and of time.
    """
    groups: dict[tuple[str, str], list[Settled]] = defaultdict(list)
    for one in settled:
        period = _period(days.get(one.unit), by)
        if period is not None:
            for page in ("", one.unit.partition("/")[0]):
                groups[page, period].append(one)
    order = {page: place for place, page in enumerate(("", *pages))}
    known = [key for key in groups if key[0] in order]
    return {key: groups[key] for key in sorted(known, key=lambda key: (order[key[0]], key[1]))}


def _period(day: date | None, by: By | None) -> str | None:
    if by is None:
        return ""
    if day is None:
        return None
    return f"{day:%Y-%m}" if by == "month" else f"{day:%Y}"


def _shares(
    coding: Coding, variable: Variable, settled: Sequence[Settled], *, page: str, period: str
) -> Iterator[Share]:
    given = Counter(code for one in settled for code in one.codes)
    counts = np.array([float(given[code]) for code in variable.codes])
    n = len(settled)
    several = variable.kind == "any"
    interval = wilson(counts, np.full_like(counts, float(n))) if several else goodman(counts)
    for place, code in enumerate(variable.codes):
        reason = _why_not(coding, variable.name, code if several else "")
        yield Share(
            variable=variable.name,
            category=code,
            page=page,
            period=period,
            k=given[code],
            n=n,
            value=None if reason else given[code] / n,
            low=None if reason else _end(interval, place, "low"),
            high=None if reason else _end(interval, place, "high"),
            reason=reason,
            few=not several and given[code] < _FEW,
        )


def _end(interval: Interval, place: int, name: Literal["low", "high"]) -> float:
    return float(getattr(interval, name)[place])


def _why_not(coding: Coding, variable: str, category: str) -> Phrase | None:
    alpha = coding.alpha(variable, category)
    if alpha is None or alpha.value is None or alpha.value >= TENTATIVE_ALPHA:
        return None
    return phrase(
        "Coders agree too little (Krippendorff's alpha {alpha} over {units} units coded twice; .667 is wanted).",
        alpha=f"{alpha.value:.3f}",
        units=alpha.units,
    )
