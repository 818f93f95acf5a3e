"""How many follow a page, and how much it published of all time, as platforms count it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache, partial

import ibis
import numpy as np

from qulaq.indicators.activity import STUDY
from qulaq.indicators.model import (
    Estimates,
    Expression,
    Flags,
    Floats,
    Indicator,
    Measure,
    Stats,
)
from qulaq.lang import Phrase, Text, phrase

NO_FOLLOWERS = phrase(
    "The number is not in any import; a sheet of page counts (qulaq corpus template page-counts) would make it measurable."
)
NOT_COUNTED_THEN = phrase(
    "Nobody counted in this period; a sheet of page counts with a day of it (qulaq corpus template page-counts) would make it measurable."
)
NOBODY_FOLLOWED = phrase(
    "Nobody followed the page, so nothing can be set against its followers; followers would make it measurable."
)


def _counted(snapshots: Expression) -> Mapping[str, Expression]:
    epoch = ibis.date("1970-01-01")
    day = snapshots.day.delta(epoch, unit="day")
    own, then = ~snapshots.at_posting, snapshots.at_posting
    has, total = snapshots.followers.notnull(), snapshots.posts_total.notnull()
    order = snapshots.moment
    return {
        "followers": snapshots.followers.collect(where=own & has, order_by=order),
        "followers_day": day.collect(where=own & has, order_by=order),
        "followers_then": snapshots.followers.collect(where=then & has, order_by=order),
        "followers_then_day": day.collect(where=then & has, order_by=order),
        "posts_total": snapshots.posts_total.collect(where=own & total, order_by=order),
        "posts_total_day": day.collect(where=own & total, order_by=order),
    }


SNAPSHOTS = Measure("snapshots", _counted)


def _followers(stats: Stats) -> Estimates:
    """
    The mean of the counts in the period, else the nearest count, else the mean shown at posting.
    """
    value, n, nearest, posted = followers_with_source(stats)
    return Estimates(
        value=value,
        n=n,
        reason=why_not_counted(stats),
        notes={"nearest_snapshot": nearest, "at_posting": posted},
    )


def why_not_counted(stats: Stats) -> Phrase:
    """
    A series has gaps: what nobody counted in one of its periods may well be in an import.
    """
    return NO_FOLLOWERS if stats.frame.whole else NOT_COUNTED_THEN


def followers(stats: Stats) -> Floats:
    """
    F of the formulas: the followers of each page and period, NaN where nobody counted.
    """
    return followers_with_source(stats)[0]


@lru_cache(maxsize=1)  # several indicators divide by them, one after the other
def followers_with_source(stats: Stats) -> tuple[Floats, Floats, Flags, Flags]:
    """
    Followers, of how many counts, and whether the nearest count or those at posting stand in.
    """
    inside = _inside(stats, "followers")
    then = _inside(stats, "followers_then")
    nearest, has_nearest = _nearest(stats, "followers")
    counted = np.array([np.mean(one) if len(one) else np.nan for one in inside])
    posted = np.array([np.mean(one) if len(one) else np.nan for one in then])
    use_nearest = np.isnan(counted) & has_nearest
    use_posted = np.isnan(counted) & ~has_nearest & ~np.isnan(posted)
    value = np.where(use_nearest, nearest, np.where(use_posted, posted, counted))
    n = np.where(
        use_posted,
        [len(one) for one in then],
        np.where(use_nearest, 1, [len(one) for one in inside]),
    )
    return value, n.astype(np.float64), use_nearest, use_posted


def _all_time(stats: Stats) -> Estimates:
    """
    The newest count in the period, else the nearest one.
    """
    inside = _inside(stats, "posts_total")
    newest = np.array([one[-1] if len(one) else np.nan for one in inside])
    nearest, has_nearest = _nearest(stats, "posts_total")
    use_nearest = np.isnan(newest) & has_nearest
    value = np.where(use_nearest, nearest, newest)
    n = (~np.isnan(value)).astype(np.float64)
    return Estimates(
        value=value, n=n, reason=why_not_counted(stats), notes={"nearest_snapshot": use_nearest}
    )


def _inside(stats: Stats, name: str) -> list[Floats]:
    """
    Of each page the counts made within the period, oldest first.
    """
    pairs = zip(
        stats.lists(name),
        stats.lists(f"{name}_day"),
        stats.frame.firsts,
        stats.frame.lasts,
        strict=True,
    )
    return [
        values[(days >= _number(first)) & (days <= _number(last))]
        for values, days, first, last in pairs
    ]


def _nearest(stats: Stats, name: str) -> tuple[Floats, Flags]:
    """
    The count nearest to the period, only where the period is the whole window: a series has gaps.
    """
    value = np.full(len(stats.frame), np.nan)
    pairs = zip(
        stats.lists(name),
        stats.lists(f"{name}_day"),
        stats.frame.firsts,
        stats.frame.lasts,
        strict=True,
    )
    for i, (values, days, first, last) in enumerate(pairs):
        if len(values) and stats.frame.whole:
            away = np.maximum(_number(first) - days, days - _number(last))
            value[i] = values[np.argmin(away)]
    return value, ~np.isnan(value)


def _number(day: date) -> int:
    return (day - date(1970, 1, 1)).days


_counted_by_platform = partial(
    Indicator, theme="activity", citation=STUDY, needs=(), measures=(SNAPSHOTS,), unit="posts"
)

INDICATORS: tuple[Indicator, ...] = (
    _counted_by_platform(
        key="followers",
        title=Text(kk="жазылушылар саны", ru="количество подписчиков", en="followers"),
        question=Text(
            kk="Парақшаның қанша жазылушысы бар?",
            ru="Сколько подписчиков у страницы?",
            en="How many follow the page?",
        ),
        definition=Text(
            kk="Кезең ішіндегі санақтардың орташа мәні; болмаса, ең жақын санақ; ол да болмаса, жарияланым сәтінде көрсетілген сандардың орташа мәні.",
            ru="Среднее подсчётов за период; если их нет — ближайший подсчёт; если нет и его — среднее чисел, показанных при публикации.",
            en="The mean of the counts in the period; else the nearest count; else the mean of the numbers shown at posting.",
        ),
        caveat=Text(
            kk="Жазылушылардың бәрі азамат емес: ұйымдар да, жалған аккаунттар да бар.",
            ru="Не все подписчики — граждане: есть организации и поддельные аккаунты.",
            en="Not every follower is a citizen: there are organizations and fake accounts.",
        ),
        estimate=_followers,
        unit="followers",
    ),
    _counted_by_platform(
        key="posts_all_time",
        title=Text(
            kk="барлық уақыттағы жарияланымдар",
            ru="публикаций за всё время",
            en="posts of all time",
        ),
        question=Text(
            kk="Парақша ашылғалы бері қанша жариялады?",
            ru="Сколько опубликовано с открытия страницы?",
            en="How much was published since the page was opened?",
        ),
        definition=Text(
            kk="Платформа көрсететін жарияланымдардың жалпы саны, соңғы санақ бойынша.",
            ru="Общее число публикаций, которое показывает платформа, по последнему подсчёту.",
            en="The total of posts that the platform shows, by the newest count.",
        ),
        caveat=Text(
            kk="Платформа өшірілген жарияланымдарды шегереді.",
            ru="Платформа вычитает удалённые публикации.",
            en="The platform subtracts deleted posts.",
        ),
        estimate=_all_time,
    ),
)
