"""Whether Kazakh and Russian comments are answered alike: both rates side by side, and their gap."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from qulaq.indicators import citizens
from qulaq.indicators.model import Result, Stats
from qulaq.indicators.rates import Rate
from qulaq.indicators.results import make_results
from qulaq.indicators.table import INDICATORS
from qulaq.study import Study

GAP = "reply_rate_gap_kk_ru"


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageRate:
    """
    The share answered of `n` comments in one language, with its 95 % interval where one exists.
    """

    share: float
    n: int
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Languages:
    """
    Both rates of a page and the first less the second; all stand or fall together.

    `gap.value` is None, and so are the rates, where a language has no comments or where too many
    authors are unknown: `gap.reason` says which.
    """

    kazakh: LanguageRate | None
    russian: LanguageRate | None
    gap: Result


def compare_languages(stats: Stats, *, study: Study) -> Mapping[str, Languages]:
    """
    The comparison for every page by its id, from the sums that the gap's indicator measures in one
    period (`measure` of it, alone or among others).
    """
    gaps = make_results(INDICATORS.get(GAP), stats, study=study)
    kazakh, russian = citizens.rates_by_language(stats)
    return {
        gap.page or "": Languages(
            kazakh=_read(kazakh, i) if gap.value is not None else None,
            russian=_read(russian, i) if gap.value is not None else None,
            gap=gap,
        )
        for i, gap in enumerate(gaps)
    }


def _read(rate: Rate, i: int) -> LanguageRate:
    low, high = rate.interval.low[i], rate.interval.high[i]
    return LanguageRate(
        share=float(rate.value[i]),
        n=int(rate.n[i]),
        low=float(low) if np.isfinite(low) else None,
        high=float(high) if np.isfinite(high) else None,
    )
