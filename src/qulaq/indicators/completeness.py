"""How much of what was said is held, and of how much of it the author is known."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from qulaq.corpus.coverage import held_of_shown
from qulaq.indicators.model import OWN_DEFINITION, Estimates, Expression, Indicator, Measure, Stats
from qulaq.lang import Text, phrase


def _held(extents: Expression) -> Mapping[str, Expression]:
    return {
        "posts_seen": extents.count(),
        "posts_known": extents.shown.count(),
        "shown": extents.shown.sum(),
        "held": held_of_shown(extents).sum(),
    }


def _known(comments: Expression) -> Mapping[str, Expression]:
    return {"comments": comments.count(), "known": comments.by_page.count()}


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


INDICATORS: tuple[Indicator, ...] = (
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
        measure=Measure("extents", _held),
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
        measure=Measure("comments", _known),
        estimate=_known_share,
    ),
)
