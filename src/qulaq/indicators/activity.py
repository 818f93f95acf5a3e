"""How much a page publishes, and to how many: posts a day, a week, a month, a year; followers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial

import ibis
import numpy as np

from qulaq.indicators.model import (
    Estimates,
    Expression,
    Flags,
    Floats,
    Indicator,
    Measure,
    Stats,
)
from qulaq.lang import Text, phrase
from qulaq.stats.intervals import mean_t

_STUDY = Text(
    kk="әкімдік парақшаларының контент-талдауы (docs/why/the-study.md)",
    ru="контент-анализ страниц акиматов (docs/why/the-study.md)",
    en="content analysis of akimats' pages (docs/why/the-study.md)",
)
_NO_DAY = phrase(
    "No day of the period was observed; a later export of the page's posts would make it measurable."
)
_NO_COUNT = phrase(
    "The number is not in any import; a sheet of page counts (qulaq corpus template page-counts) would make it measurable."
)

# ── measures ─────────────────────────────────────────────────────────────────────────────────────


def _per_day(days: Expression) -> Mapping[str, Expression]:
    seen = days.observed
    return {
        "published": days.n.sum(),
        "active_days": days.n.count(where=seen),
        "posts": days.n.sum(where=seen),
        "posts_squared": (days.n * days.n).sum(where=seen),
        "least": days.n.min(where=seen),
        "most": days.n.max(where=seen),
    }


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


_POST_DAYS = Measure("post_days", _per_day)
_SNAPSHOTS = Measure("snapshots", _counted)

# ── estimates ────────────────────────────────────────────────────────────────────────────────────


def _posts(stats: Stats) -> Estimates:
    posts = stats.count("published")
    return Estimates(value=posts, n=posts, reason=_NO_DAY)


def _least(stats: Stats) -> Estimates:
    """
    Zero where a single observed day had no post, for empty days count.
    """
    days = stats.frame.days
    least = np.where(stats.count("active_days") < days, 0.0, stats.number("least"))
    return _of_days(stats, least)


def _most(stats: Stats) -> Estimates:
    return _of_days(stats, stats.count("most"))


def _without(stats: Stats) -> Estimates:
    return _of_days(stats, stats.frame.days - stats.count("active_days"))


def _of_days(stats: Stats, value: Floats) -> Estimates:
    frame = stats.frame
    days = frame.days.astype(np.float64)
    return Estimates(
        value=np.where(days > 0, value, np.nan),
        n=days,
        reason=_NO_DAY,
        missing=frame.days_missing.astype(np.float64),
    )


def _mean(stats: Stats, *, days: float) -> Estimates:
    """
    The mean per day times so many days. Never divided by calendar units: a window from June to June
    touches two years and 53 ISO weeks.
    """
    observed = stats.frame.days.astype(np.float64)
    mean, interval = mean_t(observed, stats.count("posts"), stats.count("posts_squared"))
    return Estimates(
        value=mean * days,
        n=observed,
        reason=_NO_DAY,
        missing=stats.frame.days_missing.astype(np.float64),
        low=np.maximum(interval.low * days, 0.0),
        high=interval.high * days,
    )


def _followers(stats: Stats) -> Estimates:
    """
    The mean of the counts in the period, else the nearest count, else the mean shown at posting.
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
    return Estimates(
        value=value,
        n=n.astype(np.float64),
        reason=_NO_COUNT,
        notes={"nearest_snapshot": use_nearest, "at_posting": use_posted},
    )


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
    return Estimates(value=value, n=n, reason=_NO_COUNT, notes={"nearest_snapshot": use_nearest})


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


# ── the indicators ───────────────────────────────────────────────────────────────────────────────

_EMPTY_DAYS = Text(
    kk="Бақыланған күннің бәрі, соның ішінде жарияланым шықпаған күндер де есепке алынады; бақыланбаған күндер алынбайды.",
    ru="Учтены все дни наблюдения, в том числе без публикаций; дни без наблюдения не учтены.",
    en="All observed days count, those without posts too; days that nobody observed do not.",
)


_daily = partial(
    Indicator, theme="activity", citation=_STUDY, unit="posts", needs=("posts",), measure=_POST_DAYS
)
_counted_by_platform = partial(
    Indicator, theme="activity", citation=_STUDY, needs=(), measure=_SNAPSHOTS, unit="posts"
)

_POSTS_QUESTION = Text(
    kk="Парақша қаншалықты жиі жариялайды?",
    ru="Как часто страница публикует?",
    en="How often does the page publish?",
)


def _mean_per(key: str, *, days: float, factor: str, kk: str, ru: str, en: str) -> Indicator:
    return _daily(
        key=key,
        title=Text(kk=kk, ru=ru, en=en),
        question=_POSTS_QUESTION,
        definition=Text(
            kk="Бақыланған бір күнге келетін жарияланым санының орташа мәні" + factor + ".",
            ru="Среднее число публикаций за день наблюдения" + factor + ".",
            en="The mean number of posts of an observed day" + factor + ".",
        ),
        caveat=_EMPTY_DAYS,
        estimate=partial(_mean, days=days),
    )


INDICATORS: tuple[Indicator, ...] = (
    _daily(
        key="posts",
        title=Text(kk="жарияланымдар", ru="публикации", en="posts"),
        question=Text(
            kk="Парақша қанша жариялады?",
            ru="Сколько опубликовала страница?",
            en="How much did the page publish?",
        ),
        definition=Text(
            kk="Кезең ішінде жарияланған және жиналған жарияланымдар саны.",
            ru="Число собранных публикаций, вышедших за период.",
            en="The number of captured posts published in the period.",
        ),
        caveat=Text(
            kk="Жинаққа дейін өшірілген жарияланымдар көрінбейді.",
            ru="Публикации, удалённые до сбора, не видны.",
            en="Posts deleted before the capture are not seen.",
        ),
        estimate=_posts,
    ),
    _daily(
        key="posts_per_day_min",
        title=Text(kk="күніне ең азы", ru="минимум публикаций в день", en="fewest posts a day"),
        question=_POSTS_QUESTION,
        definition=Text(
            kk="Бақыланған күндер ішінде бір күндегі ең аз жарияланым саны.",
            ru="Наименьшее число публикаций за один день наблюдения.",
            en="The smallest number of posts on one observed day.",
        ),
        caveat=_EMPTY_DAYS,
        estimate=_least,
    ),
    _mean_per(
        key="posts_per_day_mean",
        factor="",
        days=1,
        kk="күндік жарияланымдар саны (орташа)",
        ru="публикаций в день (среднее)",
        en="posts per day (mean)",
    ),
    _daily(
        key="posts_per_day_max",
        title=Text(kk="күніне ең көбі", ru="максимум публикаций в день", en="most posts a day"),
        question=_POSTS_QUESTION,
        definition=Text(
            kk="Бір күндегі ең көп жарияланым саны.",
            ru="Наибольшее число публикаций за один день.",
            en="The largest number of posts on one day.",
        ),
        caveat=_EMPTY_DAYS,
        estimate=_most,
    ),
    _mean_per(
        key="posts_per_week_mean",
        factor=" × 7",
        days=7,
        kk="аптасына (орташа)",
        ru="публикаций в неделю (среднее)",
        en="posts per week (mean)",
    ),
    _mean_per(
        key="posts_per_month_mean",
        factor=" × 365 / 12",
        days=365 / 12,
        kk="айына (орташа)",
        ru="публикаций в месяц (среднее)",
        en="posts per month (mean)",
    ),
    _mean_per(
        key="posts_per_year",
        factor=" × 365",
        days=365,
        kk="жылына",
        ru="публикаций в год",
        en="posts per year",
    ),
    _daily(
        key="days_without_posts",
        title=Text(kk="жарияланымсыз күндер", ru="дни без публикаций", en="days without posts"),
        question=Text(
            kk="Парақша қанша күн үнсіз болды?",
            ru="Сколько дней страница молчала?",
            en="For how many days was the page silent?",
        ),
        definition=Text(
            kk="Бақыланған күндердің ішінде бірде-бір жарияланым шықпаған күндер саны.",
            ru="Число дней наблюдения, когда не вышло ни одной публикации.",
            en="The number of observed days on which nothing was published.",
        ),
        caveat=_EMPTY_DAYS,
        estimate=_without,
        unit="days",
    ),
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
