"""
How long people wait: of the answered alone, and of all who asked, those still waiting too.

Who was not answered is no reason to leave them out: a body that answers one comment fast would look best.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from typing import Protocol

import numpy as np

from qulaq.indicators.model import (
    Estimates,
    Expression,
    Flags,
    Floats,
    Indicator,
    Lists,
    Measure,
    Stats,
)
from qulaq.indicators.rates import (
    AUTHORS,
    NOBODY_WROTE,
    THREADS,
    WITHHELD,
    author_notes,
    is_withheld,
)
from qulaq.lang import Phrase, Text, phrase
from qulaq.stats import survival
from qulaq.stats.intervals import Interval, ragged_quantiles

LONG = 72.0
WEEK = 168.0

NO_ANSWER = phrase(
    "No comment is known to have been answered, so there is no waiting time; an answered comment would make it measurable."
)
NOT_REACHED = phrase(
    "Not reached: of all who asked, fewer than half had an answer by the time that anybody last looked. A later capture, "
    "or more answers, would make it measurable."
)
NOT_SEEN_TWICE = phrase(
    "The comments were not captured completely a second time, so nobody could have missed one; a later complete capture "
    "(qulaq corpus add --complete) would make it measurable."
)
TOO_EARLY = phrase(
    "The comments were not followed that long, so it is too early to tell; a later capture would make it measurable."
)


def _waits(threads: Expression) -> Mapping[str, Expression]:
    """
    Hours of the answered, of those removed before an answer, and of those who still waited when anybody
    last looked.
    """
    open_still = threads.judged & ~threads.answered
    removed = open_still & threads.removed_hours.notnull()
    return {
        "answered_hours": threads.reply_hours.collect(where=threads.answered),
        "removed_hours": threads.removed_hours.collect(where=removed),
        "waiting_hours": threads.followed_hours.collect(
            where=open_still & threads.removed_hours.isnull()
        ),
    }


WAITS = Measure("threads", _waits)


def curves(stats: Stats) -> survival.Curves:
    """
    The waiting-time curves of every row of the frame.
    """
    return _curves(
        stats.lists("answered_hours"), stats.lists("removed_hours"), stats.lists("waiting_hours")
    )


@lru_cache(maxsize=1)  # several indicators read the same curves, at several levels of confidence
def _curves(answered: Lists, removed: Lists, waiting: Lists) -> survival.Curves:
    parts = (
        (answered, survival.ANSWERED),
        (removed, survival.REMOVED),
        (waiting, survival.CENSORED),
    )
    return survival.estimate_curves(
        survival.Waits(
            group=np.concatenate([hours.rows for hours, _ in parts]),
            hours=np.concatenate([hours.values for hours, _ in parts]),
            event=np.concatenate(
                [np.full(len(hours.values), event, dtype=np.int8) for hours, event in parts]
            ),
            groups=len(answered),
        )
    )


def _of_answered(quantile: float, stats: Stats) -> Estimates:
    hours = stats.lists("answered_hours")
    value, interval = ragged_quantiles(hours.values, hours.offsets, quantile, level=stats.level)
    return Estimates(
        value=value,
        n=hours.lengths,
        reason=[WITHHELD if unknown else NO_ANSWER for unknown in stats.count("unknown")],
        missing=stats.count("unknown"),
        low=interval.low,
        high=interval.high,
        notes=author_notes(stats),
    )


class Read(Protocol):
    """
    A number read off the curves, one for each row, with its interval.
    """

    def __call__(self, curves: survival.Curves, /, *, level: float) -> tuple[Floats, Interval]: ...


def _of_all(read: Read, otherwise: Phrase, stats: Stats) -> Estimates:
    """
    A number read off the curve, withheld where too many comments cannot be judged.
    """
    value, interval = read(curves(stats), level=stats.level)
    withheld = is_withheld(stats)
    known = np.where(withheld | ~np.isfinite(value), np.nan, value)
    return Estimates(
        value=known,
        n=stats.count("threads_n"),
        reason=_why_not(stats, withheld, otherwise),
        missing=stats.count("unknown"),
        low=interval.low,
        high=interval.high,
        notes={
            **author_notes(stats),
            "open_interval": np.isfinite(known)
            & np.isfinite(interval.low)
            & ~np.isfinite(interval.high),
        },
    )


def _removed(stats: Stats) -> Estimates:
    """
    Null where the comments were not captured completely a second time: then none could have been missed.
    """
    unseen = ~stats.frame.flags["removals_seen"]

    def read(curves: survival.Curves, /, *, level: float) -> tuple[Floats, Interval]:
        value, interval = survival.removed_as_happened_by(curves, LONG, level=level)
        low, high = (np.where(unseen, np.nan, end) for end in (interval.low, interval.high))
        return np.where(unseen, np.nan, value), Interval(low=low, high=high)

    found = _of_all(read, TOO_EARLY, stats)
    unsaid = unseen & (stats.count("threads_n") > 0) & ~is_withheld(stats)
    reasons = [NOT_SEEN_TWICE if one else found.why(i) for i, one in enumerate(unsaid)]
    return replace(found, reason=reasons)


def _why_not(stats: Stats, withheld: Flags, otherwise: Phrase) -> Sequence[Phrase]:
    asked = stats.count("threads_n")
    return [
        WITHHELD if hidden else otherwise if n else NOBODY_WROTE
        for hidden, n in zip(withheld, asked, strict=True)
    ]


_KAPLAN_MEIER = "Kaplan & Meier (1958), JASA 53, 457–481"
_AALEN_JOHANSEN = "Aalen & Johansen (1978), Scandinavian Journal of Statistics 5, 141–150"

_QUESTION = Text(
    kk="Жауап қанша күттіреді?", ru="Сколько ждать ответа?", en="How long does an answer take?"
)
_ALL = Text(
    kk="Жауап күтіп жүргендер де есепке алынады: олардың күткен уақыты деректер соңғы рет алынған сәтке дейін белгілі.",
    ru="Учтены и те, кто ещё ждёт: об их ожидании известно до последнего снимка данных.",
    en="Those who still wait count too: of their waiting it is known that it lasted until anybody last looked.",
)
_INDEPENDENT = Text(
    kk="Сенімділік аралығы пікірлер бір-біріне тәуелсіз деп есептелген. Өшірілген пікірлердің қашан жойылғаны екі сәттік көшірме арасындағы уақытқа дейін ғана белгілі: ортасы алынды. Алғашқы көшірмеге дейін өшірілгендер көрінбейді.",
    ru="Интервал рассчитан так, будто комментарии независимы. Время удаления известно лишь с точностью до промежутка между снимками: взята его середина. Удалённое до первого снимка не видно.",
    en="The interval treats comments as independent. When a comment was removed is known only between two captures: the middle is taken. What was removed before the first capture is not seen.",
)
_ONE_FAST = Text(
    kk="Бір ғана пікірге тез жауап берген орган жақсы көрінеді: жауап берілген пікірлер үлесімен бірге оқыңыз.",
    ru="Орган, быстро ответивший на один комментарий, выглядит хорошо: читайте вместе с долей ответов.",
    en="A body that answers one comment fast looks good: read it together with the reply rate.",
)

_measured = partial(
    Indicator,
    theme="responsiveness",
    needs=("comments", "authors"),
    base="all",
    measures=(THREADS, AUTHORS, WAITS),
)

INDICATORS: tuple[Indicator, ...] = (
    _measured(
        key="latency_median_hours",
        better="smaller",
        title=Text(
            kk="жауап беру уақыты (медиана, сағат)",
            ru="время ответа (медиана, часы)",
            en="response time (median, hours)",
        ),
        question=_QUESTION,
        definition=Text(
            kk="Пікірден алғашқы жауапқа дейінгі сағаттардың медианасы, тек жауап берілген пікірлер бойынша.",
            ru="Медиана часов от комментария до первого ответа, только по комментариям с ответом.",
            en="The median of hours from a comment to its first reply, of answered comments only.",
        ),
        caveat=_ONE_FAST,
        citation=Text(
            kk="Conover (1999), Practical Nonparametric Statistics: медиана аралығы",
            ru="Conover (1999), Practical Nonparametric Statistics: интервал медианы",
            en="Conover (1999), Practical Nonparametric Statistics: the interval of the median",
        ),
        unit="hours",
        estimate=partial(_of_answered, 0.5),
    ),
    _measured(
        key="latency_p90_hours",
        better="smaller",
        title=Text(
            kk="он жауаптың тоғызы осыдан кеш емес (сағат)",
            ru="девять ответов из десяти — не позже (часы)",
            en="nine answers in ten came within (hours)",
        ),
        question=_QUESTION,
        definition=Text(
            kk="Пікірден алғашқы жауапқа дейінгі сағаттардың 90-процентилі, тек жауап берілген пікірлер бойынша.",
            ru="90-й процентиль часов от комментария до первого ответа, только по комментариям с ответом.",
            en="The 90th percentile of hours from a comment to its first reply, of answered comments only.",
        ),
        caveat=_ONE_FAST,
        citation=Text(
            kk="Conover (1999), Practical Nonparametric Statistics: квантиль аралығы",
            ru="Conover (1999), Practical Nonparametric Statistics: интервал квантиля",
            en="Conover (1999), Practical Nonparametric Statistics: the interval of a quantile",
        ),
        unit="hours",
        estimate=partial(_of_answered, 0.9),
    ),
    _measured(
        key="latency_km_median_hours",
        better="smaller",
        title=Text(
            kk="жазғандардың жартысы жауап алған уақыт (сағат)",
            ru="время, за которое ответ получила половина написавших (часы)",
            en="time until half of all who wrote had an answer (hours)",
        ),
        question=_QUESTION,
        definition=Text(
            kk="Каплан — Мейер қисығы бойынша медиана: жауап берілмеген пікірлер соңғы көшірме сәтінде цензураланады. " + _ALL.kk,
            ru="Медиана по кривой Каплана — Мейера: комментарии без ответа цензурированы в момент последнего снимка. " + _ALL.ru,
            en="The median by Kaplan and Meier's curve: unanswered comments are censored when last captured. " + _ALL.en,
        ),
        caveat=_INDEPENDENT,
        citation=Text.same(f"{_KAPLAN_MEIER}; Brookmeyer & Crowley (1982), Biometrics 38, 29–41"),
        unit="hours",
        estimate=partial(_of_all, survival.median_wait, NOT_REACHED),
    ),
    _measured(
        key="answered_by_72h_km",
        better="larger",
        title=Text(
            kk="пікір өшірілмесе, 72 сағат ішінде жауап алу ықтималдығы",
            ru="вероятность ответа в течение 72 часов, если бы ничего не удаляли",
            en="chance of an answer within 72 hours, if nothing were deleted",
        ),
        question=Text(
            kk="Үш күн ішінде жауап ала аламын ба?",
            ru="Получу ли я ответ за три дня?",
            en="Shall I have an answer within three days?",
        ),
        definition=Text(
            kk="1 − S(72), S — Каплан — Мейер қисығы; жауап берілмеген не өшірілген пікірлер цензураланады. " + _ALL.kk,
            ru="1 − S(72), где S — кривая Каплана — Мейера; комментарии без ответа и удалённые цензурированы. " + _ALL.ru,
            en="1 − S(72), S being Kaplan and Meier's curve; unanswered and deleted comments are censored. " + _ALL.en,
        ),
        caveat=_INDEPENDENT,
        citation=Text.same(f"{_KAPLAN_MEIER}; log(−log)"),
        unit="share",
        estimate=partial(_of_all, partial(survival.answered_by, hours=LONG), TOO_EARLY),
    ),
    _measured(
        key="answered_by_72h_aj",
        better="larger",
        title=Text(
            kk="72 сағат ішінде жауап алғандардың үлесі, өшірілгендерін есепке алғанда",
            ru="доля получивших ответ за 72 часа с учётом удалённых",
            en="share answered within 72 hours, as it happened",
        ),
        question=Text(
            kk="Үш күн ішінде нешеуі жауап алды?",
            ru="Сколько получили ответ за три дня?",
            en="How many had an answer within three days?",
        ),
        definition=Text(
            kk="Ален — Йохансен бойынша: өшірілген пікірге енді жауап берілмейді, сондықтан өшіру — бәсекелес оқиға. " + _ALL.kk,
            ru="По Алену — Йохансену: на удалённый комментарий уже не ответят, поэтому удаление — конкурирующее событие. " + _ALL.ru,
            en="By Aalen and Johansen: a deleted comment can no longer be answered, so deletion is a competing event. " + _ALL.en,
        ),
        caveat=_INDEPENDENT,
        citation=Text.same(_AALEN_JOHANSEN),
        unit="share",
        estimate=partial(
            _of_all, partial(survival.answered_as_happened_by, hours=LONG), TOO_EARLY
        ),
    ),
    _measured(
        key="removed_by_72h_aj",
        better="smaller",
        title=Text(
            kk="жауапсыз күйі 72 сағат ішінде өшірілген пікірлер үлесі",
            ru="доля комментариев, удалённых за 72 часа без ответа",
            en="share removed within 72 hours without an answer",
        ),
        question=Text(
            kk="Пікірлер өшіріле ме?",
            ru="Удаляют ли комментарии?",
            en="Are comments removed?",
        ),
        definition=Text(
            kk="Ален — Йохансен бойынша: жауап берілмей тұрып жойылған пікірлердің үлесі; кім өшіргені (автор, парақша, платформа) белгісіз. " + _ALL.kk,
            ru="По Алену — Йохансену: доля комментариев, исчезнувших до ответа; кто удалил (автор, страница, платформа), неизвестно. " + _ALL.ru,
            en="By Aalen and Johansen: the share of comments that disappeared before an answer; who removed them (author, page, platform) is not known. " + _ALL.en,
        ),
        caveat=_INDEPENDENT,
        citation=Text.same(_AALEN_JOHANSEN),
        unit="share",
        estimate=_removed,
    ),
    _measured(
        key="latency_rmst_7d_hours",
        better="smaller",
        title=Text(
            kk="алғашқы 7 күнде орташа күту уақыты (сағат)",
            ru="среднее ожидание в первые 7 дней (часы)",
            en="mean waiting time within the first 7 days (hours)",
        ),
        question=_QUESTION,
        definition=Text(
            kk="0-ден 168 сағатқа дейінгі S(t) қисығының астындағы аудан: 7 күнде кесілген орташа күту уақыты. " + _ALL.kk,
            ru="Площадь под кривой S(t) от 0 до 168 часов: среднее время ожидания, обрезанное на 7 днях. " + _ALL.ru,
            en="The area below S(t) from 0 to 168 hours: the mean waiting time, cut at 7 days. " + _ALL.en,
        ),
        caveat=_INDEPENDENT,
        citation=Text.same("Royston & Parmar (2013), BMC Medical Research Methodology 13, 152"),
        unit="hours",
        estimate=partial(_of_all, partial(survival.mean_wait, hours=WEEK), TOO_EARLY),
    ),
)  # fmt: skip
