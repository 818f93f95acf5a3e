"""How much a page publishes, and to how many: posts a day, a week, a month, a year; followers."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import numpy as np

from qulaq.indicators.model import (
    Estimates,
    Expression,
    Floats,
    Indicator,
    Measure,
    Stats,
)
from qulaq.lang import Text, phrase
from qulaq.stats.intervals import mean_t

STUDY = Text(
    kk="әкімдік парақшаларының контент-талдауы (docs/why/the-study.md)",
    ru="контент-анализ страниц акиматов (docs/why/the-study.md)",
    en="content analysis of akimats' pages (docs/why/the-study.md)",
)
_NO_DAY = phrase(
    "No day of the period was observed; a later export of the page's posts would make it measurable."
)

# ── measures ─────────────────────────────────────────────────────────────────────────────────────


def _per_day(days: Expression) -> Mapping[str, Expression]:
    seen = days.observed
    return {
        "published": days.n.sum(),
        "active_days": days.n.count(where=seen),
        "posts_observed": days.n.sum(where=seen),
        "posts_squared": (days.n * days.n).sum(where=seen),
        "least": days.n.min(where=seen),
        "most": days.n.max(where=seen),
    }


POST_DAYS = Measure("post_days", _per_day)

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
    mean, interval = mean_t(
        observed, stats.count("posts_observed"), stats.count("posts_squared"), level=stats.level
    )
    return Estimates(
        value=mean * days,
        n=observed,
        reason=_NO_DAY,
        missing=stats.frame.days_missing.astype(np.float64),
        low=np.maximum(interval.low * days, 0.0),
        high=interval.high * days,
    )


# ── the indicators ───────────────────────────────────────────────────────────────────────────────

_EMPTY_DAYS = Text(
    kk="Бақыланған күннің бәрі, соның ішінде жарияланым шықпаған күндер де есепке алынады; бақыланбаған күндер алынбайды.",
    ru="Учтены все дни наблюдения, в том числе без публикаций; дни без наблюдения не учтены.",
    en="All observed days count, those without posts too; days that nobody observed do not.",
)


_daily = partial(
    Indicator,
    theme="activity",
    citation=STUDY,
    unit="posts",
    needs=("posts",),
    measures=(POST_DAYS,),
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
)
