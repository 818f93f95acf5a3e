"""How much of what was said is held, and of how much of it the author is known."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import numpy as np

from qulaq.corpus.coverage import held_of_shown
from qulaq.indicators.activity import POST_DAYS
from qulaq.indicators.model import OWN_DEFINITION, Estimates, Expression, Indicator, Measure, Stats
from qulaq.indicators.rates import AUTHORS, NOBODY_WROTE, THREADS
from qulaq.lang import Text, phrase
from qulaq.stats.intervals import wilson


def _held(extents: Expression) -> Mapping[str, Expression]:
    return {
        "posts_seen": extents.count(),
        "posts_known": extents.shown.count(),
        "shown": extents.shown.sum(),
        "held": held_of_shown(extents).sum(),
    }


def _known(comments: Expression) -> Mapping[str, Expression]:
    return {"comments": comments.count(), "known": comments.by_page.count()}


def _open(posts: Expression) -> Mapping[str, Expression]:
    return {
        "posts_open_known": posts.comments_open.count(),
        "posts_closed": (~posts.comments_open).sum(),
    }


def _followed(threads: Expression) -> Mapping[str, Expression]:
    hours = threads.followed_hours
    return {
        "followed_median": hours.median(where=threads.asked),
        "followed_n": hours.count(where=threads.asked),
    }


_HELD = Measure("extents", _held)
_OPEN = Measure("posts", _open)
_FOLLOWED = Measure("threads", _followed)


def _closed_share(stats: Stats) -> Estimates:
    n, k = stats.count("posts_open_known"), stats.count("posts_closed")
    interval = wilson(k, n, level=stats.level)
    return Estimates(
        value=np.where(n > 0, k / np.maximum(n, 1), np.nan),
        n=n,
        reason=phrase(
            "The source does not show whether comments are open under the posts; an export that shows it would make it "
            "measurable."
        ),
        missing=stats.count("published") - n,
        low=interval.low,
        high=interval.high,
    )


def _follow_up(stats: Stats) -> Estimates:
    return Estimates(
        value=stats.number("followed_median"), n=stats.count("followed_n"), reason=NOBODY_WROTE
    )


def _bound(stats: Stats, *, highest: bool) -> Estimates:
    """
    What the reply rate would be if all that was not captured, or cannot be judged, had been left
    unanswered, or had been answered.
    """
    n, k, unknown = stats.count("threads_n"), stats.count("threads_k"), stats.count("unknown")
    uncaptured = stats.count("shown") - stats.count("held") + unknown
    whole = n + uncaptured
    answered = k + uncaptured if highest else k
    return Estimates(
        value=np.where(whole > 0, answered / np.maximum(whole, 1), np.nan),
        n=n,
        reason=NOBODY_WROTE,
        missing=uncaptured,
        notes={
            "extent_unknown": (stats.count("posts_seen") > stats.count("posts_known"))
            | (stats.count("posts_seen") == 0)
        },
    )


def _captured_share(stats: Stats) -> Estimates:
    shown = stats.count("shown")
    return Estimates(
        value=np.where(shown > 0, stats.count("held") / np.maximum(shown, 1), np.nan),
        n=shown,
        reason=phrase(
            "No post of the period shows comments, so there is nothing to compare with; an export of posts with their "
            "number of comments would make it measurable."
        ),
        missing=stats.count("posts_seen") - stats.count("posts_known"),
        notes={"comments_not_imported": ~stats.frame.flags["comments"] & (shown > 0)},
    )


def _known_share(stats: Stats) -> Estimates:
    n = stats.count("comments")
    return Estimates(
        value=np.where(n > 0, stats.count("known") / np.maximum(n, 1), np.nan),
        n=n,
        reason=phrase(
            "No comment of the period was captured; an export of comments would make it measurable."
        ),
    )


_MISSED = Text(
    kk="Жиналмаған пікірлердің бәрі азаматтардікі деп есептеледі; өшірілгендері көрінбейді. n — жиналған азамат пікірлері; «дерек жоқ» — жиналмаған не анықталмаған пікірлер.",
    ru="Считается, что все несобранные комментарии написали граждане; удалённые не видны. n — собранные комментарии граждан; «нет данных» — несобранные или неопределённые.",
    en="All comments that were not captured are taken for citizens'; deleted ones are not seen. n are the citizens' comments captured; missing are those not captured or not told apart.",
)
_MANSKI = Text(
    kk="Qulaq-тың өз анықтамасы, Мански шектері үлгісімен (docs/why/method.md)",
    ru="собственное определение Qulaq по образцу границ Мански (docs/why/method.md)",
    en="Qulaq's own definition, after Manski's bounds (docs/why/method.md)",
)
_HOW_SURE = Text(
    kk="Жиналмаған пікірлер нәтижені қаншалықты өзгерте алады?",
    ru="Насколько несобранные комментарии могут изменить результат?",
    en="How far can the comments that were not captured change the result?",
)


def _reply_rate_bound(key: str, *, highest: bool, title: Text, definition: Text) -> Indicator:
    return Indicator(
        key=key,
        theme="completeness",
        better="larger",
        title=title,
        question=_HOW_SURE,
        definition=definition,
        caveat=_MISSED,
        citation=_MANSKI,
        unit="share",
        needs=("comments",),
        base="all",
        measures=(THREADS, AUTHORS, _HELD),
        estimate=partial(_bound, highest=highest),
    )


INDICATORS: tuple[Indicator, ...] = (
    Indicator(
        key="comments_closed_share",
        theme="completeness",
        better="smaller",
        title=Text(
            kk="пікір қалдыру жабық жарияланымдар үлесі",
            ru="доля публикаций с закрытыми комментариями",
            en="share of posts with comments closed",
        ),
        question=Text(
            kk="Азаматтар жаза ала ма?",
            ru="Могут ли граждане писать?",
            en="Can citizens write at all?",
        ),
        definition=Text(
            kk="Пікір қалдыруға болмайтын жарияланымдар ÷ ол туралы белгілі жарияланымдар; аралығы — Уилсон бойынша.",
            ru="Публикации, где комментировать нельзя, ÷ публикации, о которых это известно; интервал Уилсона.",
            en="Posts that cannot be commented ÷ posts of which that is known; Wilson's interval.",
        ),
        caveat=Text(
            kk="Көп дереккөз мұны көрсетпейді; жиналғаннан кейінгі өзгеріс көрінбейді.",
            ru="Многие источники этого не показывают; изменения после сбора не видны.",
            en="Many sources do not show it; changes after the capture are not seen.",
        ),
        citation=OWN_DEFINITION,
        unit="share",
        needs=("posts",),
        measures=(POST_DAYS, _OPEN),
        estimate=_closed_share,
    ),
    Indicator(
        key="comments_captured_share",
        theme="completeness",
        title=Text(
            kk="жиналған пікірлер үлесі",
            ru="доля собранных комментариев",
            en="share of comments captured",
        ),
        question=Text(
            kk="Көрсетілген пікірлердің қаншасы қолымызда?",
            ru="Сколько из показанных комментариев у нас есть?",
            en="How many of the comments shown do we hold?",
        ),
        definition=Text(
            kk="Жиналған пікірлер саны ÷ жарияланымдарда көрсетілген пікірлер саны.",
            ru="Число собранных комментариев ÷ число комментариев, показанное под публикациями.",
            en="Comments captured ÷ comments that the posts show.",
        ),
        caveat=Text(
            kk="Платформа өшірілген не жасырылған пікірлерді де санауы мүмкін. n — көрсетілген пікірлер саны; «дерек жоқ» — пікір саны белгісіз жарияланымдар.",
            ru="Платформа может считать и удалённые или скрытые комментарии. n — число показанных комментариев; «нет данных» — публикации без их числа.",
            en="Platforms may count deleted or hidden comments too. n is the number of comments shown; missing are posts that show no number.",
        ),
        citation=OWN_DEFINITION,
        unit="share",
        needs=(),
        measures=(_HELD,),
        estimate=_captured_share,
    ),
    Indicator(
        key="authors_known_share",
        theme="completeness",
        title=Text(
            kk="авторы белгілі пікірлер үлесі",
            ru="доля комментариев с известным автором",
            en="share of comments with a known author",
        ),
        question=Text(
            kk="Қай пікірді орган, қайсысын азамат жазғаны белгілі ме?",
            ru="Известно ли, что написал орган, а что — гражданин?",
            en="Is it known what the body wrote and what a citizen wrote?",
        ),
        definition=Text(
            kk="Авторы орган не азамат екені анықталған пікірлердің барлық жиналған пікірдегі үлесі.",
            ru="Доля собранных комментариев, о которых известно, написал их орган или гражданин.",
            en="The share of captured comments of which it is known whether the body or a citizen wrote them.",
        ),
        caveat=Text(
            kk="Платформалар авторларды көбіне парақша иесіне ғана көрсетеді; бөгде парақшаларда бұл үлес нөл болуы мүмкін.",
            ru="Платформы обычно показывают авторов только владельцу страницы; на чужих страницах доля может быть нулевой.",
            en="Platforms mostly show authors to the page's owner only; on other pages this share can be zero.",
        ),
        citation=OWN_DEFINITION,
        unit="share",
        needs=("comments",),
        measures=(Measure("comments", _known),),
        estimate=_known_share,
    ),
    Indicator(
        key="follow_up_median_hours",
        theme="completeness",
        title=Text(
            kk="пікірлер қанша уақыт бақыланды (медиана, сағат)",
            ru="сколько времени наблюдали за комментариями (медиана, часы)",
            en="how long comments were followed (median, hours)",
        ),
        question=Text(
            kk="Жауапты қанша уақыт күттік?",
            ru="Сколько времени мы ждали ответа?",
            en="How long did we wait for an answer?",
        ),
        definition=Text(
            kk="Азамат пікірінен оның соңғы көшірмесіне дейінгі сағаттардың медианасы.",
            ru="Медиана часов от комментария гражданина до его последнего снимка.",
            en="The median of hours from a citizen's comment to its last capture.",
        ),
        caveat=Text(
            kk="Жауап берілген пікірлер үлесі осы уақытқа тәуелді: әртүрлі уақыт бақыланған парақшаларды ол бойынша салыстыруға болмайды.",
            ru="От этого времени зависит доля комментариев с ответом: страницы с разным временем наблюдения по ней не сравнивают.",
            en="The reply rate depends on it: pages followed for different times are not to be compared by that rate.",
        ),
        citation=OWN_DEFINITION,
        unit="hours",
        needs=("comments",),
        base="all",
        measures=(_FOLLOWED,),
        estimate=_follow_up,
    ),
    _reply_rate_bound(
        "reply_rate_lowest",
        highest=False,
        title=Text(
            kk="жауап берілген пікірлер үлесінің ең төменгі шегі",
            ru="нижняя граница доли комментариев с ответом",
            en="lowest possible reply rate",
        ),
        definition=Text(
            kk="Жиналмаған және анықталмаған пікірлердің бірде-біріне жауап берілмеген болса, үлес қандай болар еді.",
            ru="Какой была бы доля, если бы ни на один несобранный или неопределённый комментарий не ответили.",
            en="What the rate would be if no comment that was not captured, or not told apart, had been answered.",
        ),
    ),
    _reply_rate_bound(
        "reply_rate_highest",
        highest=True,
        title=Text(
            kk="жауап берілген пікірлер үлесінің ең жоғарғы шегі",
            ru="верхняя граница доли комментариев с ответом",
            en="highest possible reply rate",
        ),
        definition=Text(
            kk="Жиналмаған және анықталмаған пікірлердің бәріне жауап берілген болса, үлес қандай болар еді.",
            ru="Какой была бы доля, если бы на все несобранные и неопределённые комментарии ответили.",
            en="What the rate would be if every comment that was not captured, or not told apart, had been answered.",
        ),
    ),
)
