"""Whether the body answers: citizens' comments, the share answered, in time, by post; who still waits."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import numpy as np

from qulaq.indicators.coded import answered_share, coded_indicator, of_comments
from qulaq.indicators.model import (
    OWN_DEFINITION,
    Estimates,
    Expression,
    Indicator,
    Measure,
    Stats,
)
from qulaq.indicators.rates import (
    ASKED,
    AUTHORS,
    CITIZEN,
    FOLLOW_UP,
    NOBODY_WROTE,
    REPLY,
    THREADS,
    WILSON_BY_POST,
    WITHHELD,
    author_notes,
    is_withheld,
    rate,
    rate_measure,
)
from qulaq.indicators.tables import HORIZONS
from qulaq.lang import Phrase, Text, phrase
from qulaq.stats.intervals import wilson

TOO_YOUNG = phrase(
    "No comment was that old when it was captured, so it is too early to tell; a later capture would make it measurable."
)


def _posts_answered(posts: Expression) -> Mapping[str, Expression]:
    asked = posts.of_post & (posts.n > 0)
    return {"posts_asked": asked.sum(), "posts_answered": (asked & (posts.k > 0)).sum()}


_POSTS = Measure("thread_posts", _posts_answered)
_WITHIN: Mapping[str, Measure] = {
    name: rate_measure("thread_posts", f"within_{name}", n=f"n_{name}", k=f"k_{name}")
    for name in HORIZONS
}
_STANDARD = rate_measure("standard_posts", "standard")


def _why_not(stats: Stats) -> list[Phrase]:
    return [WITHHELD if unknown else NOBODY_WROTE for unknown in stats.count("unknown")]


def _citizen_comments(stats: Stats) -> Estimates:
    """
    Null where comments were captured but not one is known to be a citizen's.
    """
    n, nobody = stats.count("asked"), stats.count("nobody")
    value = np.where((n == 0) & (nobody > 0), np.nan, n)
    notes = {"unknown_authors": nobody > 0}
    return Estimates(value=value, n=n, reason=WITHHELD, missing=nobody, notes=notes)


def _reply_rate(stats: Stats) -> Estimates:
    found, unknown = rate(stats, "threads"), stats.count("unknown")
    withheld = is_withheld(stats) & (found.n > 0)
    whole = np.maximum(found.n + unknown, 1)
    return Estimates(
        value=np.where(withheld, np.nan, found.value),
        n=found.n,
        reason=_why_not(stats),
        missing=unknown,
        low=np.where(withheld, found.k / whole, found.interval.low),
        high=np.where(withheld, (found.k + unknown) / whole, found.interval.high),
        notes={
            **author_notes(stats),
            "plain_interval": found.plain & (found.n > 0) & ~withheld,
            "bounds": withheld,
        },
    )


def _unanswered(stats: Stats) -> Estimates:
    n, k, unknown = stats.count("threads_n"), stats.count("threads_k"), stats.count("unknown")
    measurable = ~is_withheld(stats) | ((n == 0) & (unknown == 0))
    value = np.where(measurable, n - k, np.nan)
    return Estimates(value=value, n=n, reason=WITHHELD, missing=unknown, notes=author_notes(stats))


def _answered_posts(stats: Stats) -> Estimates:
    n, k = stats.count("posts_asked"), stats.count("posts_answered")
    interval = wilson(k, n, level=stats.level)
    value = np.where((n > 0) & ~is_withheld(stats), k / np.maximum(n, 1), np.nan)
    return Estimates(
        value=value,
        n=n,
        reason=_why_not(stats),
        missing=stats.count("unknown"),
        low=interval.low,
        high=interval.high,
        notes=author_notes(stats),
    )


def _within(name: str, stats: Stats) -> Estimates:
    """
    Missing are the comments too young to be judged, and those of which too little is known.
    """
    found = rate(stats, name)
    young = stats.count("threads_n") - found.n
    withheld = is_withheld(stats)
    reasons = zip(stats.count("unknown"), stats.count("threads_n"), withheld, strict=True)
    return Estimates(
        value=np.where(withheld, np.nan, found.value),
        n=found.n,
        reason=[
            WITHHELD if hidden or (unknown and not n) else TOO_YOUNG if n else NOBODY_WROTE
            for unknown, n, hidden in reasons
        ],
        missing=young + stats.count("unknown"),
        low=found.interval.low,
        high=found.interval.high,
        notes={**author_notes(stats), **found.notes},
    )


_responsive = partial(Indicator, theme="responsiveness", needs=("comments", "authors"), base="all")

_OLD_ENOUGH = Text(
    kk="Тек сол мерзімнен ұзақ бақыланған пікірлер есепке алынады: жақында жазылғандары туралы айту әлі ерте.",
    ru="Учтены только комментарии, за которыми наблюдали не меньше этого срока: о недавних судить рано.",
    en="Only comments that were followed for at least that long count: of recent ones it is too early to tell.",
)
_IN_TIME = Text(
    kk="Орган азаматтарға уақытында жауап бере ме?",
    ru="Отвечает ли орган гражданам вовремя?",
    en="Does the body answer citizens in time?",
)
_TIMES: Mapping[str, Text] = {
    "1h": Text(kk="бір сағат", ru="часа", en="an hour"),
    "24h": Text(kk="24 сағат", ru="24 часов", en="24 hours"),
    "72h": Text(kk="72 сағат", ru="72 часов", en="72 hours"),
    "7d": Text(kk="7 күн", ru="7 дней", en="7 days"),
}


def _reply_within(name: str) -> Indicator:
    time = _TIMES[name]
    return _responsive(
        key=f"reply_within_{name}",
        better="larger",
        title=Text(
            kk=f"{time.kk} ішінде жауап берілген пікірлер үлесі",
            ru=f"доля комментариев с ответом в течение {time.ru}",
            en=f"share answered within {time.en}",
        ),
        question=_IN_TIME,
        definition=Text(
            kk=f"{time.kk} ішінде жауап алған азамат пікірлері ÷ сол мерзімнен ұзақ бақыланған азамат пікірлері. "
            + REPLY.kk,
            ru=f"Комментарии граждан, получившие ответ в течение {time.ru}, ÷ комментарии граждан, за которыми наблюдали не меньше. "
            + REPLY.ru,
            en=f"Citizens' comments answered within {time.en} ÷ citizens' comments that were followed for at least that long. "
            + REPLY.en,
        ),
        caveat=_OLD_ENOUGH,
        citation=WILSON_BY_POST,
        unit="share",
        measures=(THREADS, AUTHORS, _WITHIN[name]),
        estimate=partial(_within, f"within_{name}"),
    )


INDICATORS: tuple[Indicator, ...] = (
    _responsive(
        key="citizen_comments",
        title=Text(kk="азаматтардың пікірлері", ru="комментарии граждан", en="citizens' comments"),
        question=Text(
            kk="Азаматтар қанша пікір жазды?",
            ru="Сколько написали граждане?",
            en="How much did citizens write?",
        ),
        definition=CITIZEN,
        caveat=Text(
            kk="Өшірілген пікірлер көрінбейді; авторы белгісіз пікірлер бөлек саналады.",
            ru="Удалённые комментарии не видны; комментарии с неизвестным автором считаются отдельно.",
            en="Deleted comments are not seen; comments by unknown authors are counted apart.",
        ),
        citation=OWN_DEFINITION,
        unit="comments",
        measures=(ASKED,),
        estimate=_citizen_comments,
    ),
    _responsive(
        key="reply_rate",
        better="larger",
        title=Text(
            kk="жауап берілген пікірлер үлесі", ru="доля комментариев с ответом", en="reply rate"
        ),
        question=Text(
            kk="Орган азаматтарға жауап бере ме?",
            ru="Отвечает ли орган гражданам?",
            en="Does the body answer citizens?",
        ),
        definition=Text(
            kk="Жауап берілген азамат пікірлері ÷ барлық азамат пікірі. " + REPLY.kk,
            ru="Комментарии граждан с ответом ÷ все комментарии граждан. " + REPLY.ru,
            en="Citizens' comments that were answered ÷ all citizens' comments. " + REPLY.en,
        ),
        caveat=FOLLOW_UP,
        citation=WILSON_BY_POST,
        unit="share",
        measures=(THREADS, AUTHORS),
        estimate=_reply_rate,
    ),
    coded_indicator(
        key="reply_rate_to_questions",
        theme="responsiveness",
        better="larger",
        title=Text(
            kk="жауап берілген сұрақтар үлесі",
            ru="доля вопросов с ответом",
            en="reply rate to questions",
        ),
        question=Text(
            kk="Орган азаматтардың сұрақтарына жауап бере ме?",
            ru="Отвечает ли орган на вопросы граждан?",
            en="Does the body answer citizens' questions?",
        ),
        definition=Text(
            kk="Жауап берілген сұрақтар ÷ сұрақ деп кодталған азамат пікірлері. " + REPLY.kk,
            ru="Вопросы с ответом ÷ комментарии граждан, закодированные как вопрос. " + REPLY.ru,
            en="Questions that were answered ÷ citizens' comments coded as a question. " + REPLY.en,
        ),
        citation=Text.same("Socialbakers (2012), Socially Devoted"),
        needs=("comments", "authors"),
        measures=of_comments("question"),
        estimate=answered_share("question"),
    ),
    _responsive(
        key="answered_posts_share",
        better="larger",
        title=Text(
            kk="азаматтарға жауап берілген жарияланымдар үлесі",
            ru="доля публикаций, под которыми гражданам ответили",
            en="share of posts under which a citizen was answered",
        ),
        question=Text(
            kk="Орган қанша жарияланымның астында азаматтармен сөйлеседі?",
            ru="Под сколькими публикациями орган говорит с гражданами?",
            en="Under how many posts does the body talk with citizens?",
        ),
        definition=Text(
            kk="Кемінде бір азамат пікіріне жауап берілген жарияланымдар ÷ азамат пікірі бар жарияланымдар. "
            + REPLY.kk,
            ru="Публикации, под которыми есть ответ хотя бы на один комментарий граждан, ÷ публикации с комментариями граждан. "
            + REPLY.ru,
            en="Posts under which at least one citizen's comment was answered ÷ posts with a citizen's comment. "
            + REPLY.en,
        ),
        caveat=FOLLOW_UP,
        citation=Text.same("Wilson (1927), JASA 22, 209–212"),
        unit="share",
        measures=(THREADS, AUTHORS, _POSTS),
        estimate=_answered_posts,
    ),
    *(_reply_within(name) for name in HORIZONS),
    Indicator(
        key="reply_within_standard",
        theme="responsiveness",
        better="larger",
        title=Text(
            kk="зерттеуде белгіленген мерзімде жауап берілген пікірлер үлесі",
            ru="доля комментариев с ответом в срок, принятый в исследовании",
            en="share answered within the study's benchmark",
        ),
        question=_IN_TIME,
        definition=Text(
            kk="Зерттеуде белгіленген жұмыс күндері ішінде жауап алған азамат пікірлері ÷ сол мерзімнен ұзақ бақыланған азамат пікірлері. Пікір жазылған күн есептелмейді, ауыстырылған демалыс күндері ескеріледі. "
            + REPLY.kk,
            ru="Комментарии граждан, получившие ответ за принятое в исследовании число рабочих дней, ÷ комментарии граждан, за которыми наблюдали дольше. День комментария не в счёт, переносы выходных учтены. "
            + REPLY.ru,
            en="Citizens' comments answered within the study's number of working days ÷ citizens' comments that were followed for longer. The day of the comment does not count; moved days off are heeded. "
            + REPLY.en,
        ),
        caveat=Text(
            kk="Бұл — салыстыру өлшемі, міндет емес: пікір ресми жолданым болып саналмайды.",
            ru="Это ориентир, а не обязанность: комментарий не является официальным обращением.",
            en="A benchmark, not a duty: a comment is not a formal appeal.",
        ),
        citation=WILSON_BY_POST,
        unit="share",
        needs=("comments", "authors", "answering"),
        base="all",
        measures=(THREADS, AUTHORS, _STANDARD),
        estimate=partial(_within, "standard"),
    ),
    _responsive(
        key="unanswered",
        better="smaller",
        title=Text(
            kk="жауап берілмеген пікірлер", ru="комментарии без ответа", en="unanswered comments"
        ),
        question=Text(
            kk="Қанша адам жауапсыз қалды?",
            ru="Сколько людей осталось без ответа?",
            en="How many were left without an answer?",
        ),
        definition=Text(
            kk="Жауап берілмеген азамат пікірлерінің саны. " + REPLY.kk,
            ru="Число комментариев граждан без ответа. " + REPLY.ru,
            en="The number of citizens' comments without a reply. " + REPLY.en,
        ),
        caveat=FOLLOW_UP,
        citation=OWN_DEFINITION,
        unit="comments",
        measures=(THREADS, AUTHORS),
        estimate=_unanswered,
    ),
)
