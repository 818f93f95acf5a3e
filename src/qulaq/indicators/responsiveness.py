"""Whether the body answers: citizens' comments, the share answered, the time it takes, who still waits."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import numpy as np

from qulaq.indicators.model import (
    OWN_DEFINITION,
    Estimates,
    Expression,
    Flags,
    Floats,
    Indicator,
    Measure,
    Stats,
)
from qulaq.lang import Phrase, Text, phrase
from qulaq.stats.intervals import ClusterSums, clustered_wilson, median_with_interval

MOST_UNKNOWN = 1 / 5
"""With a larger share of unknown authors a rate is withheld and only its bounds are given."""

_WITHHELD = phrase(
    "Who wrote the comments is not known, or known of less than four in five: platforms show authors to the page's owner. "
    "An export made with the page's own access would make it measurable; if the file names at least the page's own "
    "comments, import it with --knows page-authors."
)
_NOBODY_WROTE = phrase(
    "No citizen commented in the period, so there was nothing to answer; a period with comments would make it measurable."
)
_NO_ANSWER = phrase(
    "No comment is known to have been answered, so there is no waiting time; an answered comment would make it measurable."
)


def _threads(posts: Expression) -> Mapping[str, Expression]:
    return {
        "m": (posts.n > 0).sum(),
        "n": posts.n.sum(),
        "k": posts.k.sum(),
        "k_squared": (posts.k * posts.k).sum(),
        "k_times_n": (posts.k * posts.n).sum(),
        "n_squared": (posts.n * posts.n).sum(),
        "unknown": posts.unknown.sum(),
        "inferred": posts.inferred.sum(),
    }


def _waiting(threads: Expression) -> Mapping[str, Expression]:
    answered = ~threads.by_page & threads.first_reply_at.notnull()
    hours = threads.first_reply_at.delta(threads.published_at, unit="microsecond") / 3_600_000_000
    unsure = threads.first_reply_at.isnull() & (threads.unknown_replies > 0)
    return {
        "hours": hours.collect(where=answered),
        "unknown": (threads.by_page.isnull() | (~threads.by_page & unsure)).sum(),
        "inferred": (answered & ~threads.knows_parents).sum(),
    }


_THREADS = Measure("thread_posts", _threads)
_WAITING = Measure("threads", _waiting)


def _notes(stats: Stats) -> dict[str, Flags]:
    return {"unknown_authors": stats.count("unknown") > 0, "inferred": stats.count("inferred") > 0}


def _missing_share(stats: Stats) -> Floats:
    n, unknown = stats.count("n"), stats.count("unknown")
    return unknown / np.maximum(n + unknown, 1)


def _why_not(stats: Stats) -> list[Phrase]:
    return [_WITHHELD if unknown else _NOBODY_WROTE for unknown in stats.count("unknown")]


def _citizen_comments(stats: Stats) -> Estimates:
    """
    Null where comments were captured but not one is known to be a citizen's.
    """
    n, unknown = stats.count("n"), stats.count("unknown")
    value = np.where((n == 0) & (unknown > 0), np.nan, n)
    return Estimates(value=value, n=n, reason=_WITHHELD, missing=unknown, notes=_notes(stats))


def _reply_rate(stats: Stats) -> Estimates:
    n, k, unknown = stats.count("n"), stats.count("k"), stats.count("unknown")
    columns = {
        name: stats.count(name) for name in ("m", "n", "k", "k_squared", "k_times_n", "n_squared")
    }
    interval, plain = clustered_wilson(ClusterSums(**columns))
    withheld = (_missing_share(stats) > MOST_UNKNOWN) & (n > 0)
    lowest = k / np.maximum(n + unknown, 1)
    highest = (k + unknown) / np.maximum(n + unknown, 1)
    return Estimates(
        value=np.where((n > 0) & ~withheld, k / np.maximum(n, 1), np.nan),
        n=n,
        reason=_why_not(stats),
        missing=unknown,
        low=np.where(withheld, lowest, interval.low),
        high=np.where(withheld, highest, interval.high),
        notes={**_notes(stats), "plain_interval": plain & (n > 0) & ~withheld, "bounds": withheld},
    )


def _unanswered(stats: Stats) -> Estimates:
    n, k, unknown = stats.count("n"), stats.count("k"), stats.count("unknown")
    measurable = (n > 0) & (_missing_share(stats) <= MOST_UNKNOWN) | ((n == 0) & (unknown == 0))
    value = np.where(measurable, n - k, np.nan)
    return Estimates(value=value, n=n, reason=_WITHHELD, missing=unknown, notes=_notes(stats))


def _latency_median(stats: Stats) -> Estimates:
    hours = stats.lists("hours")
    found = np.array([median_with_interval(one) for one in hours]).reshape(len(hours), 3)
    n = np.array([len(one) for one in hours], dtype=np.float64)
    return Estimates(
        value=found[:, 0],
        n=n,
        reason=[_WITHHELD if unknown else _NO_ANSWER for unknown in stats.count("unknown")],
        missing=stats.count("unknown"),
        low=found[:, 1],
        high=found[:, 2],
        notes=_notes(stats),
    )


_CITIZEN = Text(
    kk="Азамат пікірі — органның өзі, оның басқа аккаунттары жазбаған, басқа пікірге жауап болып табылмайтын пікір.",
    ru="Комментарий гражданина — комментарий верхнего уровня, написанный не органом и не его другими аккаунтами.",
    en="A citizen's comment is a top-level comment that neither the body nor its other accounts wrote.",
)
_REPLY = Text(
    kk="Жауап — орган атынан жазылған, сол тармақтағы кейінгі пікір. Лайк жауап емес.",
    ru="Ответ — более поздний комментарий от имени органа в той же ветке. Лайк ответом не считается.",
    en="A reply is a later comment by an account that speaks for the body, in the same thread. A like is no reply.",
)
_FOLLOW_UP = Text(
    kk="Кейін берілген жауап көрінбейді: үлес деректердің кезең аяқталғаннан соң қанша уақыттан кейін алынғанына тәуелді.",
    ru="Более поздние ответы не видны: доля зависит от того, через сколько времени после периода сняты данные.",
    en="Later replies are not seen: the share depends on how long after the period the data were captured.",
)


_responsive = partial(Indicator, theme="responsiveness", needs=("comments", "authors"), base="all")

INDICATORS: tuple[Indicator, ...] = (
    _responsive(
        key="citizen_comments",
        title=Text(kk="азаматтардың пікірлері", ru="комментарии граждан", en="citizens' comments"),
        question=Text(
            kk="Азаматтар қанша пікір жазды?",
            ru="Сколько написали граждане?",
            en="How much did citizens write?",
        ),
        definition=_CITIZEN,
        caveat=Text(
            kk="Өшірілген пікірлер көрінбейді; авторы белгісіз пікірлер бөлек саналады.",
            ru="Удалённые комментарии не видны; комментарии с неизвестным автором считаются отдельно.",
            en="Deleted comments are not seen; comments by unknown authors are counted apart.",
        ),
        citation=OWN_DEFINITION,
        unit="comments",
        measure=_THREADS,
        estimate=_citizen_comments,
    ),
    _responsive(
        key="reply_rate",
        title=Text(
            kk="жауап берілген пікірлер үлесі", ru="доля комментариев с ответом", en="reply rate"
        ),
        question=Text(
            kk="Орган азаматтарға жауап бере ме?",
            ru="Отвечает ли орган гражданам?",
            en="Does the body answer citizens?",
        ),
        definition=Text(
            kk="Жауап берілген азамат пікірлері ÷ барлық азамат пікірі. " + _REPLY.kk,
            ru="Комментарии граждан с ответом ÷ все комментарии граждан. " + _REPLY.ru,
            en="Citizens' comments that were answered ÷ all citizens' comments. " + _REPLY.en,
        ),
        caveat=_FOLLOW_UP,
        citation=Text(
            kk="Wilson (1927), JASA 22, 209–212; пікірлердің жарияланымдарға топтасу әсерімен (Kish 1965)",
            ru="Wilson (1927), JASA 22, 209–212, с эффектом группировки комментариев по публикациям (Kish 1965)",
            en="Wilson (1927), JASA 22, 209–212, with the design effect of comments clustered in posts (Kish 1965)",
        ),
        unit="share",
        measure=_THREADS,
        estimate=_reply_rate,
    ),
    _responsive(
        key="unanswered",
        title=Text(
            kk="жауап берілмеген пікірлер", ru="комментарии без ответа", en="unanswered comments"
        ),
        question=Text(
            kk="Қанша адам жауапсыз қалды?",
            ru="Сколько людей осталось без ответа?",
            en="How many were left without an answer?",
        ),
        definition=Text(
            kk="Жауап берілмеген азамат пікірлерінің саны. " + _REPLY.kk,
            ru="Число комментариев граждан без ответа. " + _REPLY.ru,
            en="The number of citizens' comments without a reply. " + _REPLY.en,
        ),
        caveat=_FOLLOW_UP,
        citation=OWN_DEFINITION,
        unit="comments",
        measure=_THREADS,
        estimate=_unanswered,
    ),
    _responsive(
        key="latency_median_hours",
        title=Text(
            kk="жауап беру уақыты (медиана, сағат)",
            ru="время ответа (медиана, часы)",
            en="response time (median, hours)",
        ),
        question=Text(
            kk="Жауап қанша күттіреді?",
            ru="Сколько ждать ответа?",
            en="How long does an answer take?",
        ),
        definition=Text(
            kk="Пікірден алғашқы жауапқа дейінгі сағаттардың медианасы, тек жауап берілген пікірлер бойынша.",
            ru="Медиана часов от комментария до первого ответа, только по комментариям с ответом.",
            en="The median of hours from a comment to its first reply, of answered comments only.",
        ),
        caveat=Text(
            kk="Бір ғана пікірге тез жауап берген орган жақсы көрінеді: жауап берілген пікірлер үлесімен бірге оқыңыз.",
            ru="Орган, быстро ответивший на один комментарий, выглядит хорошо: читайте вместе с долей ответов.",
            en="A body that answers one comment fast looks good: read it together with the reply rate.",
        ),
        citation=Text(
            kk="Conover (1999), Practical Nonparametric Statistics: медиана аралығы",
            ru="Conover (1999), Practical Nonparametric Statistics: интервал медианы",
            en="Conover (1999), Practical Nonparametric Statistics: the interval of the median",
        ),
        unit="hours",
        measure=_WAITING,
        estimate=_latency_median,
    ),
)
