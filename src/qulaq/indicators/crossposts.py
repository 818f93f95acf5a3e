"""Whether a body publishes the same on several networks: posts that stand on another of its pages too."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from qulaq.corpus.crossposts import DAYS, LONGER_THAN
from qulaq.indicators.activity import STUDY
from qulaq.indicators.engagement import NO_POSTS
from qulaq.indicators.model import Estimates, Expression, Indicator, Measure, Stats
from qulaq.lang import Phrase, Text, phrase
from qulaq.stats.intervals import wilson

ONE_NETWORK = phrase(
    "The study names pages of this body on one network only, so there is nothing to compare with; a page of it on "
    "another network, with an export of its posts, would make it measurable."
)
NOT_SEEN = phrase(
    "On the days of these posts no page of the body on another network was observed, or its texts are not known; an "
    "export of that page's posts with their texts would make it measurable."
)
NO_TEXTS = phrase(
    "No post of the period has a text long enough to be compared; an export that shows the texts of posts would make it "
    "measurable."
)


def _copied(posts: Expression) -> Mapping[str, Expression]:
    return {
        "crosspost_posts": posts.count(),
        "crosspost_texts": posts.comparable.sum(),
        "crosspost_n": posts.judged.sum(),
        "crosspost_k": posts.elsewhere.sum(),
    }


def _share(stats: Stats) -> Estimates:
    posts, n = stats.count("crosspost_posts"), stats.count("crosspost_n")
    k = stats.count("crosspost_k")
    missing = posts - n
    interval = wilson(k, n, level=stats.level)
    return Estimates(
        value=np.where(n > 0, k / np.maximum(n, 1), np.nan),
        n=n,
        reason=_reasons(stats),
        missing=missing,
        low=interval.low,
        high=interval.high,
        notes={"not_compared": (n > 0) & (missing > 0)},
    )


def _reasons(stats: Stats) -> list[Phrase]:
    """
    The first thing that is lacking, row by row.
    """
    several = stats.frame.flags["elsewhere"]
    lacking = zip(
        several, stats.count("crosspost_posts"), stats.count("crosspost_texts"), strict=True
    )
    return [
        ONE_NETWORK if not networks else NO_POSTS if not posts else NOT_SEEN if texts else NO_TEXTS
        for networks, posts, texts in lacking
    ]


INDICATORS: tuple[Indicator, ...] = (
    Indicator(
        key="cross_posted_share",
        theme="activity",
        title=Text(
            kk="басқа желіде қайталанған жарияланымдар үлесі",
            ru="доля публикаций, повторённых в другой сети",
            en="share of posts cross-posted to another network",
        ),
        question=Text(
            kk="Орган әртүрлі желіде бір мазмұнды жариялай ма?",
            ru="Публикует ли орган одно и то же в разных сетях?",
            en="Does the body publish the same on different networks?",
        ),
        definition=Text(
            kk=f"Мәтіні дәл сондай не дерлік бірдей жарияланым сол органның басқа желідегі парақшасында ең көбі {DAYS} күн бұрын не кейін шыққан жарияланымдар ÷ мәтінін салыстыруға болатын (хэштег тізбегі, сілтеме, @ат және эмодзи алынғанда {LONGER_THAN} таңбадан ұзын) және органның басқа желідегі парақшасы бақыланған күні шыққан жарияланымдар; аралығы — Уилсон бойынша.",
            ru=f"Публикации, которые с тем же или почти тем же текстом вышли на странице того же органа в другой сети не более чем за {DAYS} дней до или после, ÷ публикации, текст которых можно сравнить (длиннее {LONGER_THAN} знаков без рядов хештегов, ссылок, @имён и эмодзи) и которые вышли в день, когда такая страница наблюдалась; интервал Уилсона.",
            en=f"Posts that a page of the same body on another network published with the same text or nearly the same at most {DAYS} days before or after ÷ posts whose text can be compared (more than {LONGER_THAN} characters without rows of hashtags, links, @handles and emoji) and that were published on a day on which such a page was observed; Wilson's interval.",
        ),
        caveat=Text(
            kk=f"Хабарландыру бірнеше күн ішінде көшіріледі, ал құттықтау келер жылы сөзбе-сөз қайталанады: {DAYS} күндік шек содан. Хэштег, сілтеме, қосылған сөз бен соңғы сөйлем айырмаға жатпайды; ал бір үлгімен жазылып, басқа жер не басқа сан аталған мәтін — басқа жарияланым. Аударма да, қайта жазылған мәтін де басқа деп саналады; суреттер мен бейнелер салыстырылмайды. «Дерек жоқ» — мәтіні жоқ не тым қысқа жарияланымдар және органның басқа желідегі парақшасы бақыланбаған күні шыққандары.",
            ru=f"Объявление копируют в считаные дни, а поздравление через год повторяют слово в слово, поэтому взято {DAYS} дней. Хештеги, ссылки, добавленные слова и конец текста не считаются различием; текст по тому же образцу о другом месте или с другим числом — другая публикация. Другими считаются и перевод, и переписанный текст; изображения и видео не сравниваются. «Нет данных» — публикации без текста или с очень коротким и вышедшие в день, когда страница органа в другой сети не наблюдалась.",
            en=f"An announcement is copied within days, a congratulation comes back word for word a year later: hence {DAYS} days. Hashtags, links, words added and other last words make no difference; a text of the same form about another place or with another number is another post. So are a translation and a text reworded; pictures and videos are not compared. Missing are posts with no text or too short a one, and those of days on which no page of the body on another network was observed.",
        ),
        citation=Text(
            kk=f"{STUDY.kk}; Wilson (1927), JASA 22, 209–212",
            ru=f"{STUDY.ru}; Wilson (1927), JASA 22, 209–212",
            en=f"{STUDY.en}; Wilson (1927), JASA 22, 209–212",
        ),
        unit="share",
        needs=("posts",),
        measures=(Measure("crossposts", _copied),),
        estimate=_share,
    ),
)
