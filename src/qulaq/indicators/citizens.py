"""Who is answered: persons rather than comments, first-time writers, how evenly attention falls."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import numpy as np

from qulaq.indicators.coded import answered_gap, coded_indicator, of_comments
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
from qulaq.indicators.rates import (
    ASKED,
    AUTHORS,
    FOLLOW_UP,
    MOST_UNKNOWN,
    NO_KEYS,
    NOBODY_WROTE,
    THREADS,
    WILSON_BY_POST,
    WITHHELD,
    Rate,
    author_notes,
    is_withheld,
    rate,
    rate_measure,
)
from qulaq.lang import Phrase, Text, phrase
from qulaq.stats.inequality import gini, share_held_by, top_share
from qulaq.stats.intervals import difference, wilson
from qulaq.stats.ragged import sum_within

_FEWEST = 10
"""With fewer citizens nothing is said of how evenly attention falls."""

_FEW_CITIZENS = phrase(
    "Fewer than ten citizens wrote, too few to say how evenly attention falls; a longer period would make it measurable."
)
_NO_REPLIES = phrase(
    "The body answered nobody, so there is no attention to share out; replies would make it measurable."
)
_ONE_LANGUAGE = phrase(
    "There are no citizens' comments in one of the two languages, so there is nothing to compare; comments in both would "
    "make it measurable."
)


def _persons(citizens: Expression) -> Mapping[str, Expression]:
    wrote = citizens.comments > 0
    # One number for both, by which lists can be put in one order.
    both = citizens.comments * _MOST + citizens.replies
    return {
        "persons_asked": citizens.persons.sum(),
        "persons": citizens.persons.sum(where=wrote),
        "persons_answered": citizens.persons_answered.sum(),
        "comments_and_replies": both.collect(where=wrote, order_by=both),
        "persons_alike": citizens.persons.collect(where=wrote, order_by=both),
    }


_MOST = 1 << 24  # replies to one person; 2^53 whole numbers leave as much for comments


def _keyless(posts: Expression) -> Mapping[str, Expression]:
    return {"keyless": posts.keyless.sum(), "keyless_judged": posts.n_keyless.sum()}


_PERSONS = Measure("citizens", _persons)
_KEYLESS = Measure("thread_posts", _keyless)
_FIRST = rate_measure("thread_posts", "first", n="n_first", k="k_first")
_KAZAKH = rate_measure("language_posts", "kk", n="n_kk", k="k_kk")
_RUSSIAN = rate_measure("language_posts", "ru", n="n_ru", k="k_ru")


def _others(posts: Expression) -> Mapping[str, Expression]:
    return {"other_languages": posts.others.sum()}


_OTHERS = Measure("language_posts", _others)


def _are_keyless(stats: Stats) -> Flags:
    """
    Where more than a fifth of the citizens' comments that can be judged bear no author.
    """
    keyless: Flags = stats.count("keyless_judged") > MOST_UNKNOWN * stats.count("threads_n")
    return keyless


def _missing(stats: Stats) -> Floats:
    return stats.count("keyless_judged") + stats.count("unknown")


def _why_not(stats: Stats, otherwise: Phrase = NOBODY_WROTE) -> list[Phrase]:
    rows = zip(is_withheld(stats), _are_keyless(stats), stats.count("threads_n"), strict=True)
    return [
        WITHHELD if withheld else NO_KEYS if keyless else otherwise if asked else NOBODY_WROTE
        for withheld, keyless, asked in rows
    ]


def _citizens(stats: Stats) -> Estimates:
    """
    All who wrote, whether or not it can be told if they were answered.
    """
    n, asked = stats.count("persons_asked"), stats.count("asked")
    nobody, keyless = stats.count("nobody"), stats.count("keyless")
    unknown = nobody > MOST_UNKNOWN * (asked + nobody)
    return Estimates(
        value=np.where(unknown | (keyless > MOST_UNKNOWN * asked), np.nan, n),
        n=n,
        reason=[WITHHELD if one else NO_KEYS for one in unknown],
        missing=keyless + nobody,
        notes={"unknown_authors": nobody > 0},
    )


def _answered(stats: Stats) -> Estimates:
    n, k = stats.count("persons"), stats.count("persons_answered")
    interval = wilson(k, n, level=stats.level)
    hidden = is_withheld(stats) | _are_keyless(stats) | (n == 0)
    return Estimates(
        value=np.where(hidden, np.nan, k / np.maximum(n, 1)),
        n=n,
        reason=_why_not(stats),
        missing=_missing(stats),
        low=interval.low,
        high=interval.high,
        notes=author_notes(stats),
    )


def _first_timers(stats: Stats) -> Estimates:
    found = rate(stats, "first")
    return Estimates(
        value=np.where(is_withheld(stats) | _are_keyless(stats), np.nan, found.value),
        n=found.n,
        reason=_why_not(stats),
        missing=_missing(stats),
        low=found.interval.low,
        high=found.interval.high,
        notes={**author_notes(stats), **found.notes},
    )


def _evenness(kind: str, stats: Stats) -> Estimates:
    """
    One of "gini", "replies" or "comments", over the citizens who wrote.
    """
    n = stats.count("persons")
    both, alike = stats.lists("comments_and_replies"), stats.lists("persons_alike").values
    comments, replies = np.divmod(both.values, _MOST)
    if kind == "gini":
        value = gini(replies, both.offsets, alike)
    elif kind == "replies":
        value = share_held_by(replies, comments, both.offsets, alike)
    else:
        value = top_share(comments, both.offsets, alike)
    empty = (sum_within(replies, both.offsets) == 0) & (kind != "comments")
    hidden = is_withheld(stats) | _are_keyless(stats)
    reasons = zip(_why_not(stats), hidden | (stats.count("threads_n") == 0), n, strict=True)
    return Estimates(
        value=np.where(hidden | (n < _FEWEST) | empty, np.nan, value),
        n=n,
        reason=[
            why if told else _FEW_CITIZENS if persons < _FEWEST else _NO_REPLIES
            for why, told, persons in reasons
        ],
        missing=_missing(stats),
        notes=author_notes(stats),
    )


def rates_by_language(stats: Stats) -> tuple[Rate, Rate]:
    """
    The share answered of Kazakh comments and that of Russian ones.
    """
    return rate(stats, "kk"), rate(stats, "ru")


def _language_gap(stats: Stats) -> Estimates:
    kazakh, russian = rates_by_language(stats)
    interval = difference((kazakh.value, kazakh.interval), (russian.value, russian.interval))
    hidden = is_withheld(stats)
    reasons = zip(hidden, stats.count("threads_n"), strict=True)
    return Estimates(
        value=np.where(hidden, np.nan, kazakh.value - russian.value),
        n=kazakh.n + russian.n,
        reason=[
            WITHHELD if one else _ONE_LANGUAGE if asked else NOBODY_WROTE for one, asked in reasons
        ],
        missing=stats.count("other_languages") + stats.count("unknown"),
        low=interval.low,
        high=interval.high,
        notes={
            **author_notes(stats),
            "kinds_not_coded": np.ones(len(stats.frame), dtype=np.bool_),
            "plain_interval": (kazakh.plain | russian.plain) & (kazakh.n + russian.n > 0),
        },
    )


_PERSON = Text(
    kk="Азамат — пікірінің астында автор кілті бар адам; бір адамның екі аккаунты екі азамат болып саналады.",
    ru="Гражданин — автор комментария, различимый по ключу; два аккаунта одного человека считаются двумя гражданами.",
    en="A citizen is an author told apart by a key; two accounts of one person count as two citizens.",
)
_EVEN = Text(
    kk="Органның назары азаматтарға қаншалықты тең бөлінеді?",
    ru="Насколько равномерно внимание органа распределено между гражданами?",
    en="How evenly does the body's attention fall on citizens?",
)
_WHO_WRITES = Text(
    kk="Кім көп жазса, соған көп жауап тиеді: сондықтан жауаптар мен пікірлердің үлесі қатар оқылады.",
    ru="Кто больше пишет, тому и отвечают чаще: поэтому доли ответов и комментариев читают рядом.",
    en="Who writes most is answered most: so the shares of replies and of comments are read side by side.",
)

_person = partial(
    Indicator,
    needs=("comments", "authors"),
    base="all",
    measures=(THREADS, AUTHORS, ASKED, _KEYLESS, _PERSONS),
)

RESPONSIVENESS: tuple[Indicator, ...] = (
    _person(
        key="citizens",
        theme="responsiveness",
        title=Text(
            kk="пікір жазған азаматтар", ru="граждане, писавшие комментарии", en="citizens who wrote"
        ),
        question=Text(
            kk="Қанша адам жазды?", ru="Сколько человек написало?", en="How many people wrote?"
        ),
        definition=Text(
            kk="Кемінде бір пікір жазған азаматтар саны. " + _PERSON.kk,
            ru="Число граждан, написавших хотя бы один комментарий. " + _PERSON.ru,
            en="The number of citizens with at least one comment. " + _PERSON.en,
        ),
        caveat=Text(
            kk="Авторы көрсетілмеген пікірлер есепке кірмейді.",
            ru="Комментарии без автора в счёт не входят.",
            en="Comments without an author are left out.",
        ),
        citation=OWN_DEFINITION,
        unit="citizens",
        estimate=_citizens,
    ),
    _person(
        key="citizens_answered_share",
        theme="responsiveness",
        better="larger",
        title=Text(
            kk="жауап алған азаматтар үлесі",
            ru="доля граждан, получивших ответ",
            en="share of citizens answered",
        ),
        question=Text(
            kk="Жазған адамдардың қаншасы жауап алды?",
            ru="Сколько из писавших получили ответ?",
            en="How many of those who wrote got an answer?",
        ),
        definition=Text(
            kk="Кемінде бір жауап алған азаматтар ÷ пікір жазған азаматтар; аралығы — Уилсон бойынша. " + _PERSON.kk,
            ru="Граждане, получившие хотя бы один ответ, ÷ граждане, писавшие комментарии; интервал Уилсона. " + _PERSON.ru,
            en="Citizens with at least one answer ÷ citizens who wrote; Wilson's interval. " + _PERSON.en,
        ),
        caveat=Text(
            kk="Пікірлер бойынша үлесті көп жазатын бір адам көтеріп жіберуі мүмкін, бұл үлесті — жоқ.",
            ru="Долю по комментариям может поднять один многословный собеседник, эту — нет.",
            en="A rate over comments can be lifted by one chatty correspondent; this one cannot.",
        ),
        citation=Text.same("Wilson (1927), JASA 22, 209–212"),
        unit="share",
        estimate=_answered,
    ),
    _person(
        key="reply_rate_first_timers",
        theme="responsiveness",
        better="larger",
        title=Text(
            kk="алғаш жазғандардың жауап алған пікірлерінің үлесі",
            ru="доля ответов тем, кто написал впервые",
            en="reply rate of first-time writers",
        ),
        question=Text(
            kk="Алғаш жазған адамға жауап беріле ме?",
            ru="Отвечают ли тем, кто пишет впервые?",
            en="Are people answered who write for the first time?",
        ),
        definition=Text(
            kk="Азаматтың осы парақшадағы алғашқы пікірлерінің ішінде жауап берілгендерінің үлесі.",
            ru="Доля комментариев с ответом среди первых комментариев граждан на этой странице.",
            en="The share answered of citizens' first comments on this page.",
        ),
        caveat=Text(
            kk="Алғашқы — жиналған деректердегі алғашқы: одан бұрын жазғаны көрінбейді. " + FOLLOW_UP.kk,
            ru="Первый — первый в собранных данных: более ранние не видны. " + FOLLOW_UP.ru,
            en="First means first in what was captured: earlier ones are not seen. " + FOLLOW_UP.en,
        ),
        citation=WILSON_BY_POST,
        unit="share",
        measures=(THREADS, AUTHORS, _KEYLESS, _FIRST),
        estimate=_first_timers,
    ),
)  # fmt: skip

FAIRNESS: tuple[Indicator, ...] = (
    _person(
        key="attention_gini",
        theme="fairness",
        better="smaller",
        title=Text(
            kk="жауаптардың азаматтарға бөліну теңсіздігі (Джини)",
            ru="неравенство ответов между гражданами (Джини)",
            en="inequality of replies among citizens (Gini)",
        ),
        question=_EVEN,
        definition=Text(
            kk="Бір азаматқа берілген жауап санының Джини коэффициенті, жауап алмағандарды қоса, × n ÷ (n − 1): 0 — бәріне тең, 1 — бәрі бір адамға.",
            ru="Коэффициент Джини числа ответов на гражданина, включая не получивших ответа, × n ÷ (n − 1): 0 — всем поровну, 1 — всё одному.",
            en="The Gini coefficient of replies per citizen, those without any included, × n ÷ (n − 1): 0 is even, 1 is all to one.",
        ),
        caveat=_WHO_WRITES,
        citation=Text.same("Gini (1912); Deltas (2003), Review of Economics and Statistics 85, 226–234"),
        unit="index",
        estimate=partial(_evenness, "gini"),
    ),
    _person(
        key="replies_to_top_tenth_share",
        theme="fairness",
        title=Text(
            kk="ең көп жазатын оннан бірге тиген жауаптар үлесі",
            ru="доля ответов десятой части, пишущей больше всех",
            en="share of replies to the tenth who write most",
        ),
        question=_EVEN,
        definition=Text(
            kk="Ең көп пікір жазған азаматтардың оннан біріне берілген жауаптар ÷ барлық жауап.",
            ru="Ответы десятой части граждан, написавших больше всего комментариев, ÷ все ответы.",
            en="Replies to the tenth of citizens who wrote most comments ÷ all replies.",
        ),
        caveat=_WHO_WRITES,
        citation=OWN_DEFINITION,
        unit="share",
        estimate=partial(_evenness, "replies"),
    ),
    _person(
        key="comments_by_top_tenth_share",
        theme="fairness",
        title=Text(
            kk="ең көп жазатын оннан бірдің пікірлерінің үлесі",
            ru="доля комментариев десятой части, пишущей больше всех",
            en="share of comments by the tenth who write most",
        ),
        question=Text(
            kk="Пікірлерді аз ғана адам жаза ма?",
            ru="Пишет ли лишь узкий круг людей?",
            en="Do only a few people write?",
        ),
        definition=Text(
            kk="Ең көп пікір жазған азаматтардың оннан бірінің пікірлері ÷ азаматтардың барлық пікірі.",
            ru="Комментарии десятой части граждан, написавших больше всего, ÷ все комментарии граждан.",
            en="Comments by the tenth of citizens who wrote most ÷ all citizens' comments.",
        ),
        caveat=_WHO_WRITES,
        citation=OWN_DEFINITION,
        unit="share",
        estimate=partial(_evenness, "comments"),
    ),
    Indicator(
        key="reply_rate_gap_kk_ru",
        theme="fairness",
        title=Text(
            kk="қазақша және орысша пікірлерге жауап беру айырмасы",
            ru="разница в ответах на комментарии на казахском и на русском",
            en="gap between replies to Kazakh and to Russian comments",
        ),
        question=Text(
            kk="Қазақша жазғанға да, орысша жазғанға да бірдей жауап беріле ме?",
            ru="Одинаково ли отвечают на казахском и на русском?",
            en="Are Kazakh and Russian comments answered alike?",
        ),
        definition=Text(
            kk="Қазақша пікірлердің жауап берілген үлесі − орысша пікірлердің жауап берілген үлесі; аралығы — Ньюком бойынша.",
            ru="Доля с ответом среди комментариев на казахском − доля с ответом среди комментариев на русском; интервал Ньюкомба.",
            en="The reply rate of Kazakh comments − the reply rate of Russian comments; Newcombe's interval.",
        ),
        caveat=Text(
            kk="Тілді бағдарлама анықтайды, аралас және латынша мәтіндерде қателеседі. Екі тілде әртүрлі нәрсе жазылса, айырма содан да шығуы мүмкін.",
            ru="Язык определяет программа, на смешанных и латинских текстах она ошибается. Разница может идти и от того, что на двух языках пишут о разном.",
            en="A program tells the language, and errs on mixed and Latin texts. The gap may also come from people writing of different things in the two languages.",
        ),
        citation=Text.same("Newcombe (1998), Statistics in Medicine 17, 873–890"),
        unit="gap",
        needs=("comments", "authors"),
        base="all",
        measures=(THREADS, AUTHORS, _KAZAKH, _RUSSIAN, _OTHERS),
        estimate=_language_gap,
    ),
    coded_indicator(
        key="reply_rate_gap_complaint_praise",
        theme="fairness",
        title=Text(
            kk="шағым мен алғысқа жауап беру айырмасы",
            ru="разница в ответах на жалобы и на похвалу",
            en="gap between replies to complaints and to praise",
        ),
        question=Text(
            kk="Шағым жазғанға да, алғыс айтқанға да бірдей жауап беріле ме?",
            ru="Одинаково ли отвечают на жалобы и на похвалу?",
            en="Are complaints and praise answered alike?",
        ),
        definition=Text(
            kk="Шағымдардың жауап берілген үлесі − алғыстардың жауап берілген үлесі.",
            ru="Доля жалоб с ответом − доля похвалы с ответом.",
            en="The reply rate of complaints − the reply rate of praise.",
        ),
        citation=Text.same("Newcombe (1998), Statistics in Medicine 17, 873–890"),
        unit="gap",
        needs=("comments", "authors"),
        measures=of_comments("complaint", "praise"),
        estimate=answered_gap("complaint", "praise"),
    ),
)  # fmt: skip
