"""Reactions set against the number of posts and of followers, as the literature and the industry do."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import numpy as np

from qulaq.indicators.engagement import BONSON, HIDDEN, KINDS, NO_POSTS, SUMS, Kind, reason
from qulaq.indicators.followers import (
    NOBODY_FOLLOWED,
    SNAPSHOTS,
    followers,
    why_not_counted,
)
from qulaq.indicators.model import (
    Estimates,
    Expression,
    Floats,
    Indicator,
    Measure,
    Stats,
)
from qulaq.lang import Phrase, Text, phrase
from qulaq.stats.intervals import Interval, mean_t, wilson

_HIDDEN_PARTS = phrase(
    "Likes, comments and shares are not all shown for these posts, so they cannot be added up; an export that shows all "
    "three would make it measurable. Without shares, likes and comments alone are an indicator of their own."
)


def _interactions(posts: Expression) -> Mapping[str, Expression]:
    """
    Likes, comments and shares of a post together, and likes and comments alone.
    """
    whole, two = posts.interactions.cast("float64"), (posts.likes + posts.comments).cast("float64")
    # Of nobody there is no share: followers who were not there yet are as if not known.
    each = whole / posts.followers_then.nullif(0)
    return {
        "posts": posts.count(),
        "interactions_n": whole.count(),
        "interactions_sum": whole.sum(),
        "interactions_squares": (whole * whole).sum(),
        "two_n": two.count(),
        "two_sum": two.sum(),
        "two_squares": (two * two).sum(),
        "each_n": each.count(),
        "each_sum": each.sum(),
        "each_squares": (each * each).sum(),
    }


def _days(days: Expression) -> Mapping[str, Expression]:
    seen = days.observed
    shown = seen & (days.hidden == 0)
    whole = days.interactions.cast("float64")
    return {
        "days_hidden": (seen & (days.hidden > 0)).sum(),
        "days_sum": whole.sum(where=shown),
        "days_squares": (whole * whole).sum(where=shown),
        "days_each_sum": days.interactions_each.sum(where=shown),
        "days_each_squares": (days.interactions_each * days.interactions_each).sum(where=shown),
        "days_followers_hidden": days.followers_hidden.sum(where=shown),
    }


_INTERACTIONS = Measure("posts", _interactions)
_DAYS = Measure("post_days", _days)


def _some(kind: Kind, stats: Stats) -> Estimates:
    n, k = stats.count(f"{kind.name}_n"), stats.count(f"{kind.name}_some")
    interval = wilson(k, n, level=stats.level)
    return Estimates(
        value=np.where(n > 0, k / np.maximum(n, 1), np.nan),
        n=n,
        reason=reason(stats, kind),
        missing=stats.count("posts") - n,
        low=interval.low,
        high=interval.high,
    )


def _kind_mean(kind: Kind, stats: Stats) -> tuple[Floats, Interval]:
    return mean_t(
        stats.count(f"{kind.name}_n"),
        stats.count(f"{kind.name}_sum"),
        stats.count(f"{kind.name}_squares"),
        level=stats.level,
    )


def _per_post(kind: Kind, stats: Stats) -> Estimates:
    n = stats.count(f"{kind.name}_n")
    mean, interval = _kind_mean(kind, stats)
    return Estimates(
        value=mean,
        n=n,
        reason=reason(stats, kind),
        missing=stats.count("posts") - n,
        low=np.maximum(interval.low, 0.0),
        high=interval.high,
    )


def _per_follower(kind: Kind, stats: Stats) -> Estimates:
    """
    The followers are taken as they were counted; the interval is that of the mean.
    """
    per_post, scale = _per_post(kind, stats), 1_000 / followers(stats)
    return Estimates(
        value=per_post.value * scale,
        n=per_post.n,
        reason=_or_no_followers(stats, reason(stats, kind)),
        missing=per_post.missing,
        low=per_post.low * scale if per_post.low is not None else None,
        high=per_post.high * scale if per_post.high is not None else None,
    )


def _or_no_followers(stats: Stats, otherwise: list[Phrase]) -> list[Phrase]:
    """
    Why there is no number: nothing published, nobody counted the followers or nobody follows, else what
    is said otherwise.
    """
    reasons = np.array(otherwise, dtype=object)
    counted = followers(stats)
    reasons[counted == 0] = NOBODY_FOLLOWED
    reasons[np.isnan(counted)] = why_not_counted(stats)
    reasons[stats.count("posts") == 0] = NO_POSTS
    return list(reasons)


def _sum_of_kinds(kinds: tuple[Kind, ...], complete: str, stats: Stats) -> Estimates:
    """
    Each kind's mean over the posts that show it, added up; the interval is as wide as that of the
    posts which show all of them (n).
    """
    scale = 1_000 / followers(stats)
    value = np.sum([_kind_mean(kind, stats)[0] for kind in kinds], axis=0) * scale
    n = stats.count(f"{complete}_n")
    mean, interval = mean_t(
        n, stats.count(f"{complete}_sum"), stats.count(f"{complete}_squares"), level=stats.level
    )
    half = (interval.high - mean) * scale
    return Estimates(
        value=value,
        n=n,
        reason=_or_no_followers(stats, [_HIDDEN_PARTS] * len(stats.frame)),
        missing=stats.count("posts") - n,
        low=np.maximum(value - half, 0.0),
        high=value + half,
    )


def _by_follower(stats: Stats) -> Estimates:
    n, each = stats.count("interactions_n"), stats.count("each_n")
    at_posting = (each == n) & (n > 0)
    scale = 1 / followers(stats)
    total = np.where(at_posting, stats.count("each_sum"), stats.count("interactions_sum") * scale)
    squares = np.where(
        at_posting, stats.count("each_squares"), stats.count("interactions_squares") * scale**2
    )
    mean, interval = mean_t(n, total, squares, level=stats.level)
    return Estimates(
        value=mean,
        n=n,
        reason=_or_no_followers(stats, [_HIDDEN_PARTS] * len(stats.frame)),
        missing=stats.count("posts") - n,
        low=np.maximum(interval.low, 0.0),
        high=interval.high,
        notes={"at_posting": at_posting},
    )


def _by_day(stats: Stats) -> Estimates:
    """
    A day with a post whose reactions are not all known is missing; a day without posts counts as zero.
    """
    hidden = stats.count("days_hidden")
    n = stats.frame.days - hidden
    at_posting = (stats.count("days_followers_hidden") == 0) & (stats.count("days_sum") > 0)
    scale = 1 / followers(stats)
    total = np.where(at_posting, stats.count("days_each_sum"), stats.count("days_sum") * scale)
    squares = np.where(
        at_posting, stats.count("days_each_squares"), stats.count("days_squares") * scale**2
    )
    mean, interval = mean_t(n, total, squares, level=stats.level)
    return Estimates(
        value=mean,
        n=n,
        reason=_or_no_followers(stats, [_HIDDEN_PARTS] * len(stats.frame)),
        missing=hidden + stats.frame.days_missing,
        low=np.maximum(interval.low, 0.0),
        high=interval.high,
        notes={"at_posting": at_posting},
    )


# ── the indicators ───────────────────────────────────────────────────────────────────────────────

_LIKES, _COMMENTS, _SHARES = KINDS
_AUDIENCE = Text(
    kk="Жазылушылар саны — кезең ішіндегі санақтардың орташа мәні; болмаса, ең жақын санақ; ол да болмаса, жарияланым сәтіндегі сан. " + HIDDEN.kk,
    ru="Число подписчиков — среднее подсчётов за период; если их нет — ближайший подсчёт; если нет и его — число при публикации. " + HIDDEN.ru,
    en="Followers are the mean of the counts in the period; else the nearest count; else the number at posting. " + HIDDEN.en,
)  # fmt: skip
_QUESTION = Text(
    kk="Жазылушылар санымен салыстырғанда адамдар қаншалықты белсенді?",
    ru="Насколько активны люди относительно числа подписчиков?",
    en="How active are people, given how many follow the page?",
)
_HOW_MANY = Text(
    kk="Жарияланымдардың қаншасы үн туғызады?",
    ru="Сколько публикаций вызывают отклик?",
    en="How many posts draw a reaction at all?",
)
_HOW_MUCH = Text(
    kk="Бір жарияланым қанша үн туғызады?",
    ru="Сколько откликов вызывает публикация?",
    en="How much reaction does a post draw?",
)

_WORDS: Mapping[str, tuple[Kind, Text, Text]] = {
    "popularity": (
        _LIKES,
        Text(kk="танымалдық", ru="популярность", en="popularity"),
        Text(
            kk="лайк жинаған жарияланымдар",
            ru="публикации с лайками",
            en="posts with a like",
        ),
    ),
    "commitment": (
        _COMMENTS,
        Text(kk="қатысу", ru="участие", en="commitment"),
        Text(
            kk="пікір жазылған жарияланымдар",
            ru="публикации с комментариями",
            en="posts with a comment",
        ),
    ),
    "virality": (
        _SHARES,
        Text(kk="таралу", ru="распространение", en="virality"),
        Text(
            kk="бөлісілген жарияланымдар",
            ru="публикации с репостами",
            en="posts that were shared",
        ),
    ),
}


def _of_name(name: str) -> tuple[Indicator, ...]:
    kind, title, some = _WORDS[name]
    many = kind.many
    make = partial(Indicator, theme="engagement", citation=Text.same(BONSON), needs=("posts",))
    return (
        make(
            key=f"{name}_1",
            title=Text(
                kk=f"{title.kk}: {some.kk} үлесі",
                ru=f"{title.ru}: доля публикаций, где есть {_RU_WITH[name]}",
                en=f"{title.en}: share of {some.en}",
            ),
            question=_HOW_MANY,
            definition=Text(
                kk=f"Кемінде бір {many.kk} бар жарияланымдар ÷ {many.kk} саны белгілі жарияланымдар; аралығы — Уилсон бойынша.",
                ru=f"Публикации, где есть {_RU_WITH[name]}, ÷ публикации, где их число известно; интервал Уилсона.",
                en=f"Posts with at least one of the {many.en} ÷ posts that show their number; Wilson's interval.",
            ),
            caveat=HIDDEN,
            unit="share",
            measures=(SUMS[kind.name],),
            estimate=partial(_some, kind),
        ),
        make(
            key=f"{name}_2",
            title=Text(
                kk=f"{title.kk}: бір жарияланымға {many.kk}",
                ru=f"{title.ru}: {many.ru} на публикацию",
                en=f"{title.en}: {many.en} of a post",
            ),
            question=_HOW_MUCH,
            definition=Text(
                kk=f"Барлық {many.kk} ÷ саны белгілі жарияланымдар; аралығы — Стьюдент t бойынша.",
                ru=f"Сумма {many.ru} ÷ публикации, где их число известно; интервал по t Стьюдента.",
                en=f"All {many.en} ÷ posts that show their number; interval by Student's t.",
            ),
            caveat=HIDDEN,
            unit=kind.unit,
            measures=(SUMS[kind.name],),
            estimate=partial(_per_post, kind),
        ),
        make(
            key=f"{name}_3",
            title=Text(
                kk=f"{title.kk}: мың жазылушыға шаққанда",
                ru=f"{title.ru}: на тысячу подписчиков",
                en=f"{title.en}: per thousand followers",
            ),
            question=_QUESTION,
            definition=Text(
                kk=f"Бір жарияланымға келетін {many.kk} ÷ жазылушылар саны × 1000.",
                ru=f"Среднее число {many.ru} на публикацию ÷ число подписчиков × 1000.",
                en=f"Mean {many.en} of a post ÷ followers × 1,000.",
            ),
            caveat=_AUDIENCE,
            unit="per_1000_followers",
            measures=(SUMS[kind.name], SNAPSHOTS),
            estimate=partial(_per_follower, kind),
        ),
    )


_RU_WITH = {"popularity": "лайки", "commitment": "комментарии", "virality": "репосты"}

_rated = partial(Indicator, theme="engagement", needs=("posts",), question=_QUESTION, caveat=_AUDIENCE)  # fmt: skip

INDICATORS: tuple[Indicator, ...] = (
    *(one for name in _WORDS for one in _of_name(name)),
    _rated(
        key="engagement",
        title=Text(
            kk="белсенділік: лайк, пікір және бөлісу, мың жазылушыға шаққанда",
            ru="вовлечённость: лайки, комментарии и репосты на тысячу подписчиков",
            en="engagement: likes, comments and shares per thousand followers",
        ),
        definition=Text(
            kk="Танымалдық + қатысу + таралу, үшеуі де мың жазылушыға шаққанда.",
            ru="Популярность + участие + распространение, каждое на тысячу подписчиков.",
            en="Popularity + commitment + virality, each per thousand followers.",
        ),
        citation=Text.same(BONSON),
        unit="per_1000_followers",
        measures=(*SUMS.values(), _INTERACTIONS, SNAPSHOTS),
        estimate=partial(_sum_of_kinds, KINDS, "interactions"),
    ),
    _rated(
        key="engagement_without_shares",
        title=Text(
            kk="лайк пен пікір, мың жазылушыға шаққанда",
            ru="лайки и комментарии на тысячу подписчиков",
            en="likes and comments per thousand followers",
        ),
        definition=Text(
            kk="Танымалдық + қатысу, екеуі де мың жазылушыға шаққанда. Бөлісу саны кіретін белсенділікпен салыстыруға болмайды.",
            ru="Популярность + участие, каждое на тысячу подписчиков. С вовлечённостью, куда входят репосты, не сравнивается.",
            en="Popularity + commitment, each per thousand followers. Never to be compared with the engagement that holds shares.",
        ),
        citation=Text.same(BONSON),
        unit="per_1000_followers",
        measures=(SUMS["likes"], SUMS["comments"], _INTERACTIONS, SNAPSHOTS),
        estimate=partial(_sum_of_kinds, (_LIKES, _COMMENTS), "two"),
    ),
    _rated(
        key="engagement_rate_by_follower",
        title=Text(
            kk="бір жарияланымның белсенділік деңгейі",
            ru="уровень вовлечённости публикации",
            en="engagement rate of a post",
        ),
        definition=Text(
            kk="(Лайк + пікір + бөлісу) ÷ жарияланым сәтіндегі жазылушылар саны, жарияланымдар бойынша орташа мәні; ол сан көрсетілмесе, кезеңдегі жазылушылар саны алынады.",
            ru="(Лайки + комментарии + репосты) ÷ число подписчиков при публикации, среднее по публикациям; если оно не показано, берётся число подписчиков за период.",
            en="(Likes + comments + shares) ÷ followers at posting, mean over posts; where that is not shown, the period's followers.",
        ),
        citation=Text.same("Rival IQ, engagement rate by follower"),
        unit="ratio",
        measures=(_INTERACTIONS, SNAPSHOTS),
        estimate=_by_follower,
    ),
    _rated(
        key="engagement_rate_by_day",
        title=Text(
            kk="бір күннің белсенділік деңгейі",
            ru="уровень вовлечённости за день",
            en="engagement rate of a day",
        ),
        definition=Text(
            kk="Күн ішіндегі жарияланымдар жинаған лайк, пікір және бөлісу ÷ жазылушылар саны, бақыланған күндер бойынша орташа мәні; жарияланымсыз күндер де кіреді.",
            ru="Лайки, комментарии и репосты публикаций дня ÷ число подписчиков, среднее по дням наблюдения, включая дни без публикаций.",
            en="Likes, comments and shares of a day's posts ÷ followers, mean over observed days, those without posts too.",
        ),
        citation=Text.same("Popsters, ER day; Fanpage Karma, engagement"),
        unit="ratio",
        measures=(_DAYS, _INTERACTIONS, SNAPSHOTS),
        estimate=_by_day,
    ),
)
