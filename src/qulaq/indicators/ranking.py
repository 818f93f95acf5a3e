"""
Places among the pages of a study, with the places that chance alone could have given.

Ranks say who comes before whom, not by how much, nor why: pages differ in what people ask of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from qulaq.indicators import latency, responsiveness
from qulaq.indicators.model import Counts, Estimates, Flags, Floats, Indicator, Stats, Unit
from qulaq.indicators.rates import THREADS, author_notes
from qulaq.indicators.results import Reasons, estimate, unmet_needs
from qulaq.lang import Phrase, Text, phrase
from qulaq.stats.intervals import Interval
from qulaq.stats.ranking import pairwise_level, rank_intervals, ranks

FEWEST = 30
"""With a smaller n, or fewer citizens' comments that can be judged, a page is listed, not ranked."""
MOST_PAGES = 500
"""With more pages ranks have no intervals: every pair would have to be compared."""

_FEW_COMMENTS = phrase(
    "Fewer than 30 citizens' comments can be judged, too few to rank by; a longer period would make it measurable."
)
_FEW_CASES = phrase(
    "There are fewer than 30 cases (n), too few to rank by; a longer period would make it measurable."
)
_NO_VALUE = phrase(
    "What is ranked could not be measured on this page; what would make it measurable is said of that indicator."
)
_ALONE = phrase(
    "There is no other page to compare with; a second page that can be ranked would make it measurable."
)

_COUNTS: tuple[Unit, ...] = (
    "posts", "comments", "days", "likes", "shares", "followers", "citizens",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Places:
    """
    The place of every row among the rows of its period, 1 the first, and those that it may as well have.

    `rank` is NaN where a row is not ranked, for which `why_not` has the reason; `low` and `high` also
    where the places could not be compared: too many pages, or numbers without an interval.
    """

    found: Estimates
    rank: Floats
    low: Floats
    high: Floats
    why_not: Sequence[Phrase]

    @property
    def too_many(self) -> Flags:
        many: Flags = ~np.isnan(self.rank) & np.isnan(self.low) & (self.found.low is not None)
        return many


def find_places(indicator: Indicator, stats: Stats) -> Places:
    """
    The places by an indicator: the largest number first, or the smallest where that is better.

    Ranked are rows that can be measured, rest on 30 cases (n) or more and, where the indicator is of
    comments, on 30 citizens' comments that can be judged; counts that are no estimate want no minimum.
    Intervals of places hold together at the level of the sums (`rank_intervals`).
    """
    frame = stats.frame
    found = estimate(indicator, stats)
    rank, low, high = (np.full(len(frame), np.nan) for _ in range(3))
    why_not = _why_not(indicator, found, stats)
    enough = ~why_not.given
    starts = np.array(frame.starts, dtype="datetime64[D]")
    for start in dict.fromkeys(frame.starts):
        rows = np.flatnonzero(enough & (starts == np.datetime64(start)))
        if len(rows) > 1:
            rank[rows], low[rows], high[rows] = _rank(indicator, stats, rows)
    return Places(
        found=found,
        rank=rank,
        low=low,
        high=high,
        why_not=[why_not[row] or _ALONE for row in range(len(frame))],
    )


def _rank(indicator: Indicator, stats: Stats, rows: Counts) -> tuple[Floats, Floats, Floats]:
    larger_is_better = indicator.better != "smaller"
    found = estimate(indicator, stats.at(pairwise_level(len(rows), level=stats.level)))
    values = found.value[rows]
    if len(rows) > MOST_PAGES or found.low is None or found.high is None:
        unknown = np.full(len(rows), np.nan)
        return ranks(values, larger_is_better=larger_is_better), unknown, unknown
    interval = Interval(low=found.low[rows], high=found.high[rows])
    return rank_intervals(values, interval, larger_is_better=larger_is_better)


def _why_not(indicator: Indicator, found: Estimates, stats: Stats) -> Reasons:
    of_comments = "authors" in indicator.needs and THREADS in indicator.measures
    asked = stats.count("threads_n") if of_comments else found.n
    least = 0 if _is_count(indicator, found) else FEWEST
    reasons = (_NO_VALUE, _FEW_COMMENTS, _FEW_CASES)
    unknown = ~np.isfinite(found.value) | unmet_needs(indicator.needs, stats.frame).given
    few = np.full(len(unknown), of_comments) & (asked < FEWEST)
    places = np.select([unknown, few, found.n < least], range(len(reasons)), default=-1)
    return Reasons(reasons, places.astype(np.int64))


def _is_count(indicator: Indicator, found: Estimates) -> bool:
    """
    Whether all there was has been counted, so that there is nothing to estimate.
    """
    return found.low is None and indicator.unit in _COUNTS


def _place(base: Indicator, stats: Stats) -> Estimates:
    places = find_places(base, stats)
    return Estimates(
        value=places.rank,
        n=places.found.n,
        reason=places.why_not,
        missing=places.found.missing,
        low=places.low,
        high=places.high,
        notes={**author_notes(stats), "too_many_to_compare": places.too_many},
    )


_PAIRS = "Mogstad, Romano, Shaikh & Wilhelm (2023), Review of Economic Studies; Newcombe (1998), Statistics in Medicine 17, 873–890"
WHAT_RANKS_CANNOT_SAY = Text(
    kk="Орын айырманың қаншалықты екенін де, себебін де айтпайды: парақшаларға әртүрлі адамдар әртүрлі нәрсе жазады. Аралықтары қабысатын парақшалардың қайсысы алда екені белгісіз.",
    ru="Место не говорит ни о величине разницы, ни о её причине: на страницы пишут разные люди о разном. Если интервалы мест пересекаются, кто впереди — неизвестно.",
    en="A place tells neither how large a difference is nor why: different people write different things to the pages. Where intervals of places overlap, nobody knows who is ahead.",
)
"""What is said with every ranking."""
_CAVEAT = Text(
    kk=WHAT_RANKS_CANNOT_SAY.kk + " Азамат пікірі 30-дан аз парақшаларға орын берілмейді.",
    ru=WHAT_RANKS_CANNOT_SAY.ru
    + " Страницам, где меньше 30 комментариев граждан, место не присваивается.",
    en=WHAT_RANKS_CANNOT_SAY.en + " Pages with fewer than 30 citizens' comments are not ranked.",
)
_QUESTION = Text(
    kk="Парақша басқалармен салыстырғанда қай орында?",
    ru="Какое место занимает страница среди других?",
    en="Where does the page stand among the others?",
)


_BASES = {one.key: one for one in (*responsiveness.INDICATORS, *latency.INDICATORS)}

BASE_OF = {
    "reply_rate_rank": "reply_rate",
    "answered_by_72h_rank": "answered_by_72h_km",
    "latency_rmst_7d_rank": "latency_rmst_7d_hours",
}
"""By which indicator each rank is."""


def _ranked(key: str, title: Text, what: Text) -> Indicator:
    base = _BASES[BASE_OF[key]]
    return Indicator(
        key=key,
        theme="ranking",
        title=title,
        question=_QUESTION,
        definition=Text(
            kk=f"{what.kk} бойынша орны, 1 — ең жақсысы; аралығы — барлық жұптың айырмасынан, бір мезгілде.",
            ru=f"Место по показателю «{what.ru}», 1 — лучшее; интервал — по разностям всех пар одновременно.",
            en=f"The place by {what.en}, 1 being best; its interval from the differences of all pairs at once.",
        ),
        caveat=_CAVEAT,
        citation=Text.same(_PAIRS),
        unit="rank",
        needs=base.needs,
        base=base.base,
        measures=base.measures,
        estimate=partial(_place, base),
    )


INDICATORS: tuple[Indicator, ...] = (
    _ranked(
        "reply_rate_rank",
        Text(kk="жауап берілген пікірлер үлесі бойынша орны", ru="место по доле комментариев с ответом", en="place by reply rate"),
        Text(kk="Жауап берілген пікірлер үлесі", ru="доля комментариев с ответом", en="reply rate"),
    ),
    _ranked(
        "answered_by_72h_rank",
        Text(kk="72 сағат ішінде жауап алу ықтималдығы бойынша орны", ru="место по вероятности ответа за 72 часа", en="place by the chance of an answer within 72 hours"),
        Text(kk="72 сағат ішінде жауап алу ықтималдығы", ru="вероятность ответа за 72 часа", en="the chance of an answer within 72 hours"),
    ),
    _ranked(
        "latency_rmst_7d_rank",
        Text(kk="орташа күту уақыты бойынша орны", ru="место по среднему времени ожидания", en="place by mean waiting time"),
        Text(kk="Алғашқы 7 күндегі орташа күту уақыты", ru="среднее ожидание в первые 7 дней", en="mean waiting time within the first 7 days"),
    ),
)  # fmt: skip
