"""What citizens do under posts: likes, comments, shares. Never evidence that the body listens."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np

from qulaq.indicators.model import Estimates, Expression, Indicator, Measure, Stats, Unit
from qulaq.lang import Phrase, Text, phrase
from qulaq.stats.intervals import mean_t, ragged_quantiles, wilson

BONSON = "Bonsón & Ratkai (2013), Online Information Review 37(5), 787–803"
QUESTION = Text(
    kk="Адамдар жарияланымдарға қаншалықты үн қатады?",
    ru="Насколько люди откликаются на публикации?",
    en="How much do people react to the posts?",
)
HIDDEN = Text(
    kk="Жасырылған немесе дереккөз бермеген сан нөлге тең емес: ол есепке алынбайды, қаншасы жетіспейтіні көрсетіледі. Бұл азаматтардың белсенділігін көрсетеді, органның тыңдайтынын емес.",
    ru="Скрытое или не сообщённое источником число — не ноль: оно не учтено, а число пропусков показано. Это активность граждан, а не доказательство того, что орган слышит.",
    en="A count that is hidden or not given is not zero: it is left out, and how many are missing is shown. This tells what citizens do, not that the body listens.",
)


NO_POSTS = phrase(
    "Nothing was published in the period, so there is nothing to measure; a period with posts would make it measurable."
)


@dataclass(frozen=True, slots=True)
class Kind:
    """
    A kind of reaction and how it is said: "mean likes of a post".
    """

    name: str
    unit: Unit
    many: Text


KINDS = (
    Kind("likes", "likes", Text(kk="лайк", ru="лайков", en="likes")),
    Kind("comments", "comments", Text(kk="пікір", ru="комментариев", en="comments")),
    Kind("shares", "shares", Text(kk="бөлісу", ru="репостов", en="shares")),
)


def sums_of(name: str, posts: Expression) -> Mapping[str, Expression]:
    count = posts[name]
    known = count.cast("float64")
    return {
        "posts": posts.count(),
        f"{name}_n": count.count(),
        f"{name}_sum": count.sum(),
        f"{name}_squares": (known * known).sum(),
        f"{name}_max": count.max(),
        f"{name}_some": (count > 0).sum(),
    }


def _values(name: str, posts: Expression) -> Mapping[str, Expression]:
    return {"posts": posts.count(), f"{name}_values": posts[name].collect()}


def _commented(posts: Expression) -> Mapping[str, Expression]:
    return {
        "posts": posts.count(),
        "comments_n": posts.comments.count(),
        "uncommented": (posts.comments == 0).sum(),
    }


SUMS: Mapping[str, Measure] = {
    kind.name: Measure("posts", partial(sums_of, kind.name)) for kind in KINDS
}
"""Sums of each kind of reaction, one object each: measures are told apart by identity."""


def reason(stats: Stats, kind: Kind) -> list[Phrase]:
    hidden = phrase(
        "The source does not show how many {many} posts had; an export that shows them would make it measurable.",
        many=kind.many,
    )
    return [hidden if posts else NO_POSTS for posts in stats.count("posts")]


def _mean(kind: Kind, stats: Stats) -> Estimates:
    n = stats.count(f"{kind.name}_n")
    mean, interval = mean_t(
        n, stats.count(f"{kind.name}_sum"), stats.count(f"{kind.name}_squares"), level=stats.level
    )
    return Estimates(
        value=mean,
        n=n,
        reason=reason(stats, kind),
        missing=stats.count("posts") - n,
        low=np.maximum(interval.low, 0.0),
        high=interval.high,
    )


def _median(kind: Kind, stats: Stats) -> Estimates:
    values = stats.lists(f"{kind.name}_values")
    median, interval = ragged_quantiles(values.values, values.offsets, 0.5, level=stats.level)
    n = values.lengths
    return Estimates(
        value=median,
        n=n,
        reason=reason(stats, kind),
        missing=stats.count("posts") - n,
        low=interval.low,
        high=interval.high,
    )


def _most(kind: Kind, stats: Stats) -> Estimates:
    n = stats.count(f"{kind.name}_n")
    return Estimates(
        value=stats.number(f"{kind.name}_max"),
        n=n,
        reason=reason(stats, kind),
        missing=stats.count("posts") - n,
    )


def _uncommented(stats: Stats) -> Estimates:
    n, k = stats.count("comments_n"), stats.count("uncommented")
    interval = wilson(k, n, level=stats.level)
    return Estimates(
        value=np.where(n > 0, k / np.maximum(n, 1), np.nan),
        n=n,
        reason=reason(stats, KINDS[1]),
        missing=stats.count("posts") - n,
        low=interval.low,
        high=interval.high,
    )


def _of_kind(kind: Kind) -> tuple[Indicator, ...]:
    many = kind.many

    def make(
        key: str,
        title: Text,
        definition: Text,
        measure: Measure,
        estimate: Callable[[Kind, Stats], Estimates],
    ) -> Indicator:
        return Indicator(
            key=f"{kind.name}_{key}",
            theme="engagement",
            title=title,
            question=QUESTION,
            definition=definition,
            caveat=HIDDEN,
            citation=Text.same(BONSON),
            unit=kind.unit,
            needs=("posts",),
            measures=(measure,),
            estimate=partial(estimate, kind),
        )

    sums = SUMS[kind.name]
    values = Measure("posts", partial(_values, kind.name))
    return (
        make(
            "mean",
            Text(
                kk=f"{many.kk} саны: орташа мән",
                ru=f"{many.ru} на публикацию: среднее",
                en=f"{many.en} per post: mean",
            ),
            Text(
                kk=f"Бір жарияланымға келетін {many.kk} санының орташа мәні; аралығы — Стьюдент t бойынша.",
                ru=f"Среднее число {many.ru} на публикацию; интервал по t Стьюдента.",
                en=f"The mean number of {many.en} of a post; interval by Student's t.",
            ),
            sums,
            _mean,
        ),
        make(
            "median",
            Text(
                kk=f"{many.kk} саны: медиана",
                ru=f"{many.ru} на публикацию: медиана",
                en=f"{many.en} per post: median",
            ),
            Text(
                kk=f"Жарияланымдардың жартысында {many.kk} саны осыдан көп емес; аралығы — реттік статистика бойынша.",
                ru=f"У половины публикаций {many.ru} не больше этого; интервал по порядковым статистикам.",
                en=f"Half of the posts have no more {many.en} than this; interval by order statistics.",
            ),
            values,
            _median,
        ),
        make(
            "max",
            Text(
                kk=f"{many.kk} саны: ең көбі",
                ru=f"{many.ru} на публикацию: максимум",
                en=f"{many.en} per post: most",
            ),
            Text(
                kk=f"Бір жарияланымға жиналған ең көп {many.kk} саны.",
                ru=f"Наибольшее число {many.ru} у одной публикации.",
                en=f"The largest number of {many.en} of one post.",
            ),
            sums,
            _most,
        ),
    )


INDICATORS: tuple[Indicator, ...] = (
    *(indicator for kind in KINDS for indicator in _of_kind(kind)),
    Indicator(
        key="uncommented_share",
        theme="engagement",
        title=Text(
            kk="пікірсіз жарияланымдар үлесі",
            ru="доля публикаций без комментариев",
            en="share of posts without comments",
        ),
        question=Text(
            kk="Қанша жарияланым талқылау тудырмайды?",
            ru="Сколько публикаций не вызывают обсуждения?",
            en="How many posts raise no discussion?",
        ),
        definition=Text(
            kk="Бірде-бір пікір жазылмаған жарияланымдардың пікір саны белгілі жарияланымдардағы үлесі; аралығы — Уилсон бойынша.",
            ru="Доля публикаций без единого комментария среди публикаций с известным числом комментариев; интервал Уилсона.",
            en="The share of posts without any comment among posts whose number of comments is known; Wilson's interval.",
        ),
        caveat=HIDDEN,
        citation=Text.same(BONSON + "; Wilson (1927), JASA 22, 209–212"),
        unit="share",
        needs=("posts",),
        measures=(Measure("posts", _commented),),
        estimate=_uncommented,
    ),
)
