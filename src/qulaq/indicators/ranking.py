"""
Places among the pages of a study, with the places that chance alone could have given.

Ranks say who comes before whom, not by how much, nor why: pages differ in what people ask of them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from qulaq.indicators.latency import LONG, WAITS, WEEK, curves
from qulaq.indicators.model import Estimates, Floats, Indicator, Stats
from qulaq.indicators.rates import (
    AUTHORS,
    THREADS,
    author_notes,
    is_withheld,
    rate,
)
from qulaq.lang import Phrase, Text, phrase
from qulaq.stats import survival
from qulaq.stats.intervals import Interval
from qulaq.stats.ranking import pairwise_level, rank_intervals

FEWEST_COMMENTS = 30
"""With fewer citizens' comments a page is listed, not ranked."""
MOST_PAGES = 500
"""With more pages ranks have no intervals: every pair would have to be compared."""

_FEW = phrase(
    "Fewer than 30 citizens' comments can be judged, too few to rank by; a longer period would make it measurable."
)
_NO_VALUE = phrase(
    "What is ranked could not be measured on this page; what would make it measurable is said of that indicator."
)
_ALONE = phrase(
    "There is no other page to compare with; a second page with enough comments would make it measurable."
)

ValueAt = Callable[[Stats, float], tuple[Floats, Interval]]
"""The value of every row with its interval at a level of confidence."""


def reply_rate_at(stats: Stats, level: float) -> tuple[Floats, Interval]:
    found = rate(stats, "threads", level=level)
    return found.value, found.interval


def answered_at(stats: Stats, level: float) -> tuple[Floats, Interval]:
    return survival.answered_by(curves(stats), LONG, level=level)


def mean_wait_at(stats: Stats, level: float) -> tuple[Floats, Interval]:
    return survival.mean_wait(curves(stats), WEEK, level=level)


def _rank(value_at: ValueAt, larger_is_better: bool, stats: Stats) -> Estimates:
    frame = stats.frame
    value, _ = value_at(stats, 0.95)
    n = stats.count("threads_n")
    rank, low, high = (np.full(len(frame), np.nan) for _ in range(3))
    reasons: list[Phrase] = [_NO_VALUE] * len(frame)
    known = ~np.isnan(value) & ~is_withheld(stats)
    enough = known & (n >= FEWEST_COMMENTS)
    starts = np.array(frame.starts)
    for start in dict.fromkeys(frame.starts):
        places = np.flatnonzero(enough & (starts == start))
        if len(places) > 1:
            level = pairwise_level(len(places))
            interval = value_at(stats, level)[1]
            ranked = rank_intervals(
                value[places],
                Interval(low=interval.low[places], high=interval.high[places]),
                larger_is_better=larger_is_better,
            )
            rank[places] = ranked[0]
            if len(places) <= MOST_PAGES:
                low[places], high[places] = ranked[1], ranked[2]
    for i in np.flatnonzero(known):
        reasons[i] = _ALONE if enough[i] else _FEW
    return Estimates(
        value=rank,
        n=n,
        reason=reasons,
        missing=stats.count("unknown"),
        low=low,
        high=high,
        notes={**author_notes(stats), "too_many_to_compare": ~np.isnan(rank) & np.isnan(low)},
    )


_PAIRS = "Mogstad, Romano, Shaikh & Wilhelm (2023), Review of Economic Studies; Newcombe (1998), Statistics in Medicine 17, 873–890"
_WHAT_RANKS_CANNOT_SAY = Text(
    kk="Орын айырманың қаншалықты екенін де, себебін де айтпайды: парақшаларға әртүрлі адамдар әртүрлі нәрсе жазады. Аралықтары қабысатын парақшалардың қайсысы алда екені белгісіз. Азамат пікірі 30-дан аз парақшаларға орын берілмейді.",
    ru="Место не говорит ни о величине разницы, ни о её причине: на страницы пишут разные люди о разном. Если интервалы мест пересекаются, кто впереди — неизвестно. Страницам, где меньше 30 комментариев граждан, место не присваивается.",
    en="A place tells neither how large a difference is nor why: different people write different things to the pages. Where intervals of places overlap, nobody knows who is ahead. Pages with fewer than 30 citizens' comments are not ranked.",
)
_QUESTION = Text(
    kk="Парақша басқалармен салыстырғанда қай орында?",
    ru="Какое место занимает страница среди других?",
    en="Where does the page stand among the others?",
)


def _ranked(
    key: str, title: Text, what: Text, citation: str, value_at: ValueAt, *, larger_is_better: bool
) -> Indicator:
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
        caveat=_WHAT_RANKS_CANNOT_SAY,
        citation=Text.same(citation),
        unit="rank",
        needs=("comments", "authors"),
        base="all",
        measures=(THREADS, AUTHORS) if value_at is reply_rate_at else (THREADS, AUTHORS, WAITS),
        estimate=partial(_rank, value_at, larger_is_better),
    )


INDICATORS: tuple[Indicator, ...] = (
    _ranked(
        "reply_rate_rank",
        Text(kk="жауап берілген пікірлер үлесі бойынша орны", ru="место по доле комментариев с ответом", en="place by reply rate"),
        Text(kk="Жауап берілген пікірлер үлесі", ru="доля комментариев с ответом", en="reply rate"),
        _PAIRS,
        reply_rate_at,
        larger_is_better=True,
    ),
    _ranked(
        "answered_by_72h_rank",
        Text(kk="72 сағат ішінде жауап алу ықтималдығы бойынша орны", ru="место по вероятности ответа за 72 часа", en="place by the chance of an answer within 72 hours"),
        Text(kk="72 сағат ішінде жауап алу ықтималдығы", ru="вероятность ответа за 72 часа", en="the chance of an answer within 72 hours"),
        _PAIRS,
        answered_at,
        larger_is_better=True,
    ),
    _ranked(
        "latency_rmst_7d_rank",
        Text(kk="орташа күту уақыты бойынша орны", ru="место по среднему времени ожидания", en="place by mean waiting time"),
        Text(kk="Алғашқы 7 күндегі орташа күту уақыты", ru="среднее ожидание в первые 7 дней", en="mean waiting time within the first 7 days"),
        _PAIRS,
        mean_wait_at,
        larger_is_better=False,
    ),
)  # fmt: skip
