"""Whether it becomes a conversation: who speaks after whom, how often, and who speaks how much."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import numpy as np

from qulaq.indicators.activity import POST_DAYS
from qulaq.indicators.coded import (
    STAYED,
    coded_indicator,
    coded_mean,
    coded_share,
    of_posts,
    stayed_share,
)
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
    AUTHORS,
    FOLLOW_UP,
    MOST_UNKNOWN,
    NO_KEYS,
    NOBODY_WROTE,
    THREADS,
    WITHHELD,
    author_notes,
    is_withheld,
    rate,
    rate_measure,
)
from qulaq.lang import Phrase, Text, phrase
from qulaq.stats.intervals import clustered_mean

_NO_ANSWERS = phrase(
    "No citizen was answered in a thread that can be followed, so no conversation can go on; answers would make it "
    "measurable."
)
_NOBODY_AGAIN = phrase(
    "No citizen is known to have written again after an answer; longer conversations would make it measurable."
)
_NOBODY_SPOKE = phrase(
    "Neither the page nor a citizen is known to have said anything in the period; posts or comments would make it measurable."
)

# ── measures ─────────────────────────────────────────────────────────────────────────────────────


def _turns(posts: Expression) -> Mapping[str, Expression]:
    """
    Changes of speaker, with the sums over posts that their mean's interval needs.
    """
    n, total = posts.turns_n.cast("float64"), posts.turns.fill_null(0).cast("float64")
    return {
        "turns_m": (posts.turns_n > 0).sum(),
        "turns_n": n.sum(),
        "turns": total.sum(),
        "turns_squared": (total * total).sum(),
        "turns_times_n": (total * n).sum(),
        "turns_n_squared": (n * n).sum(),
    }


def _spoken(posts: Expression) -> Mapping[str, Expression]:
    page, citizens = posts.by_page.cast("float64"), posts.by_citizens.cast("float64")
    return {
        "spoken_m": (posts.by_page + posts.by_citizens > 0).sum(),
        "spoken_by_page": page.sum(),
        "spoken_by_citizens": citizens.sum(),
        "spoken_by_unknown": posts.by_unknown.sum(),
        "spoken_page_squared": (page * page).sum(),
        "spoken_page_times_citizens": (page * citizens).sum(),
        "spoken_citizens_squared": (citizens * citizens).sum(),
    }


def _followed(posts: Expression) -> Mapping[str, Expression]:
    return {"followed_k": posts.n_followed.sum()}


def _replies(threads: Expression) -> Mapping[str, Expression]:
    return {"replies_to_citizens": threads.replies.sum(where=threads.asked)}


_CONTINUED = rate_measure("thread_posts", "continued", n="n_followed", k="k_continued")
_FOLLOWED_UP = rate_measure("thread_posts", "followed_up", n="n_again", k="k_again")
_TURNS = Measure("thread_posts", _turns)
_FOLLOWED = Measure("thread_posts", _followed)
_SPOKEN = Measure("comment_posts", _spoken)
_REPLIES = Measure("threads", _replies)

# ── estimates ────────────────────────────────────────────────────────────────────────────────────


def _untold(stats: Stats) -> Floats:
    """
    Answered threads of which it is not known who spoke again: a citizen in them bears no author key.
    """
    untold: Floats = stats.count("threads_k") - stats.count("followed_k")
    return untold


def _is_untold(stats: Stats) -> Flags:
    """
    Where that are more than a fifth of the answered threads: the unanswered are known, and no measure.
    """
    untold: Flags = _untold(stats) > MOST_UNKNOWN * stats.count("threads_k")
    return untold


def _why_not(stats: Stats, otherwise: Phrase) -> list[Phrase]:
    rows = zip(is_withheld(stats), _is_untold(stats), stats.count("threads_n"), strict=True)
    return [
        WITHHELD if hidden else NO_KEYS if untold else otherwise if n else NOBODY_WROTE
        for hidden, untold, n in rows
    ]


def _of_threads(name: str, otherwise: Phrase, stats: Stats) -> Estimates:
    found = rate(stats, name)
    return Estimates(
        value=np.where(is_withheld(stats) | _is_untold(stats), np.nan, found.value),
        n=found.n,
        reason=_why_not(stats, otherwise),
        missing=stats.count("unknown") + _untold(stats),
        low=found.interval.low,
        high=found.interval.high,
        notes={**author_notes(stats), **found.notes},
    )


def _changes(stats: Stats) -> Estimates:
    n = stats.count("turns_n")
    mean, interval = clustered_mean(
        stats.count("turns_m"),
        n,
        stats.count("turns"),
        stats.count("turns_squared"),
        stats.count("turns_times_n"),
        stats.count("turns_n_squared"),
        level=stats.level,
    )
    return Estimates(
        value=np.where(is_withheld(stats) | _is_untold(stats), np.nan, mean),
        n=n,
        reason=_why_not(stats, NOBODY_WROTE),
        missing=stats.count("unknown") + _untold(stats),
        low=np.maximum(interval.low, 0.0),
        high=interval.high,
        notes=author_notes(stats),
    )


def _page_per_citizen(stats: Stats) -> Estimates:
    page, citizens = stats.count("spoken_by_page"), stats.count("spoken_by_citizens")
    unknown = stats.count("spoken_by_unknown")
    ratio, interval = clustered_mean(
        stats.count("spoken_m"),
        citizens,
        page,
        stats.count("spoken_page_squared"),
        stats.count("spoken_page_times_citizens"),
        stats.count("spoken_citizens_squared"),
        level=stats.level,
    )
    hidden = unknown > MOST_UNKNOWN * (page + citizens + unknown)
    return Estimates(
        value=np.where(hidden, np.nan, ratio),
        n=citizens,
        reason=[WITHHELD if one else NOBODY_WROTE for one in hidden],
        missing=unknown,
        low=np.maximum(interval.low, 0.0),
        high=interval.high,
        notes={"unknown_authors": unknown > 0},
    )


def _asymmetry(stats: Stats) -> Estimates:
    """
    Null where authors are not known, for then nobody knows how often the page answered.
    """
    published, replies = stats.count("published"), stats.count("replies_to_citizens")
    n = published + replies
    hidden = is_withheld(stats)
    return Estimates(
        value=np.where(hidden | (n == 0), np.nan, (published - replies) / np.maximum(n, 1)),
        n=n,
        reason=[WITHHELD if one else _NOBODY_SPOKE for one in hidden],
        missing=stats.count("unknown"),
        notes=author_notes(stats),
    )


# ── the indicators ───────────────────────────────────────────────────────────────────────────────

_TURN = Text(
    kk="Кезек — бір тараптың қатарынан жазғандары; тек орган мен сол азаматтың жазғаны есептеледі. Автор кілті жоқ азаматтың кейінгі пікірлерін басқалардан айыру мүмкін емес.",
    ru="Реплика — всё, что одна сторона написала подряд; считаются только слова органа и этого гражданина. Гражданина без ключа автора нельзя отличить от других.",
    en="A turn is what one side writes in a row; only the body and that citizen count. A citizen without an author key cannot be told from others.",
)
_QUESTION = Text(
    kk="Әңгіме жалғаса ма?", ru="Продолжается ли разговор?", en="Does the conversation go on?"
)
_CODEBOOK = Text(
    kk="Waters & Williams (2011), Journal of Public Affairs 11, 353–363 (Грунигтің төрт моделі)",
    ru="Waters & Williams (2011), Journal of Public Affairs 11, 353–363 (четыре модели Грунига)",
    en="Waters & Williams (2011), Journal of Public Affairs 11, 353–363 (Grunig's four models)",
)

_spoken_of = partial(
    Indicator, theme="dialogue", needs=("comments", "authors"), base="all", question=_QUESTION
)

INDICATORS: tuple[Indicator, ...] = (
    _spoken_of(
        key="threads_continued_share",
        better="larger",
        title=Text(
            kk="жалғасқан әңгімелер үлесі",
            ru="доля продолжившихся разговоров",
            en="share of conversations that went on",
        ),
        definition=Text(
            kk="Азамат қайта жазып, орган тағы жауап берген тармақтар ÷ жауап берілген тармақтар. " + _TURN.kk,
            ru="Ветки, где гражданин написал снова и орган снова ответил, ÷ ветки с ответом. " + _TURN.ru,
            en="Threads in which the citizen wrote again and the body answered again ÷ answered threads. " + _TURN.en,
        ),
        caveat=FOLLOW_UP,
        citation=Text.same("Rafaeli (1988)"),
        unit="share",
        measures=(THREADS, AUTHORS, _FOLLOWED, _CONTINUED),
        estimate=partial(_of_threads, "continued", _NO_ANSWERS),
    ),
    _spoken_of(
        key="page_comments_per_citizen_comment",
        title=Text(
            kk="азаматтың бір пікіріне парақшаның пікірі",
            ru="комментариев страницы на комментарий гражданина",
            en="page's comments per citizen's comment",
        ),
        definition=Text(
            kk="Парақшаның барлық пікірі ÷ азаматтардың барлық пікірі, басқа пікірге жауаптарды қоса.",
            ru="Все комментарии страницы ÷ все комментарии граждан, включая ответы на комментарии.",
            en="All comments by the page ÷ all comments by citizens, replies to comments included.",
        ),
        caveat=Text(
            kk="Парақшаның жауап емес пікірлері де саналады.",
            ru="Считаются и комментарии страницы, не являющиеся ответом.",
            en="Comments by the page that answer nobody count too.",
        ),
        citation=OWN_DEFINITION,
        unit="ratio",
        measures=(_SPOKEN,),
        estimate=_page_per_citizen,
    ),
    coded_indicator(
        key="dialogic_index",
        theme="dialogue",
        better="larger",
        title=Text(kk="диалогтік көрсеткіш", ru="индекс диалогичности", en="dialogic index"),
        question=Text(
            kk="Жарияланымдар әңгімеге шақыра ма?",
            ru="Приглашают ли публикации к разговору?",
            en="Do the posts invite a conversation?",
        ),
        definition=Text(
            kk="Диалог белгілерінің (сұрақ қою, пікірге шақыру, кім жазғанын көрсету, жауап беруге уәде ету) бір жарияланымдағы үлесі, барлық кодталған жарияланым бойынша орташа мәні.",
            ru="Доля признаков диалога в публикации (вопрос, приглашение комментировать, подпись автора, обещание ответить), среднее по закодированным публикациям.",
            en="The share of the marks of a dialogic loop that a post shows (asks, invites comments, says who writes, promises an answer), mean over coded posts.",
        ),
        citation=Text.same(
            "Kent & Taylor (1998), Public Relations Review 24, 321–334; Rybalko & Seltzer (2010), 36, 336–341"
        ),
        needs=("posts",),
        measures=of_posts("loop"),
        estimate=coded_mean("loop"),
    ),
    coded_indicator(
        key="one_way_share",
        theme="dialogue",
        better="smaller",
        title=Text(
            kk="біржақты жарияланымдар үлесі",
            ru="доля односторонних публикаций",
            en="share of one-way posts",
        ),
        question=Text(
            kk="Қанша жарияланым тек хабарлайды?",
            ru="Сколько публикаций только сообщают?",
            en="How many posts only tell?",
        ),
        definition=Text(
            kk="Жарнама-үгіт не қоғамды хабардар ету моделі ретінде кодталған, екіжақты белгісі жоқ жарияланымдар үлесі.",
            ru="Доля публикаций, закодированных как паблисити или информирование общественности, без признаков двусторонней модели.",
            en="The share of posts coded as press agentry or public information, with no mark of a two-way model.",
        ),
        citation=_CODEBOOK,
        needs=("posts",),
        measures=of_posts("one_way"),
        estimate=coded_share("one_way"),
    ),
    coded_indicator(
        key="two_way_share",
        theme="dialogue",
        better="larger",
        title=Text(
            kk="екіжақты жарияланымдар үлесі",
            ru="доля двусторонних публикаций",
            en="share of two-way posts",
        ),
        question=Text(
            kk="Қанша жарияланым жауап күтеді?",
            ru="Сколько публикаций ждут ответа?",
            en="How many posts want an answer?",
        ),
        definition=Text(
            kk="Екіжақты асимметриялық не симметриялық модель ретінде кодталған жарияланымдар үлесі.",
            ru="Доля публикаций, закодированных как двусторонняя асимметричная или симметричная модель.",
            en="The share of posts coded as two-way asymmetric or two-way symmetric.",
        ),
        citation=_CODEBOOK,
        needs=("posts",),
        measures=of_posts("two_way"),
        estimate=coded_share("two_way"),
    ),
    coded_indicator(
        key="mention_only_share",
        theme="dialogue",
        title=Text(
            kk="біреудің аты ғана аталған жарияланымдар үлесі",
            ru="доля публикаций, где лишь кого-то упомянули",
            en="share of posts that only mention somebody",
        ),
        question=Text(
            kk="Қанша жарияланымда біреудің аты ғана аталады?",
            ru="Сколько публикаций лишь упоминают кого-то?",
            en="How many posts merely name somebody?",
        ),
        definition=Text(
            kk="Біреу аталған, бірақ оған ештеңе айтылмаған жарияланымдар үлесі; екіжақты деп саналмайды.",
            ru="Доля публикаций, где кто-то упомянут, но к нему не обращаются; двусторонними не считаются.",
            en="The share of posts that name somebody without speaking to them; never counted as two-way.",
        ),
        citation=_CODEBOOK,
        needs=("posts",),
        measures=of_posts("mention_only"),
        estimate=coded_share("mention_only"),
    ),
    _spoken_of(
        key="speaker_changes_mean",
        better="larger",
        title=Text(
            kk="бір әңгімедегі сөз алмасу саны (орташа)",
            ru="сколько раз за разговор сменяется говорящий (среднее)",
            en="changes of speaker in a conversation (mean)",
        ),
        definition=Text(
            kk="Азамат пен орган арасында сөз қанша рет ауысқаны, барлық тармақ бойынша орташа мәні; жауап берілмегені — 0. " + _TURN.kk,
            ru="Сколько раз слово переходило между гражданином и органом, среднее по всем веткам; без ответа — 0. " + _TURN.ru,
            en="How often the word passed between the citizen and the body, mean over all threads; unanswered counts as 0. " + _TURN.en,
        ),
        caveat=FOLLOW_UP,
        citation=OWN_DEFINITION,
        unit="ratio",
        measures=(THREADS, AUTHORS, _FOLLOWED, _TURNS),
        estimate=_changes,
    ),
    _spoken_of(
        key="follow_up_answered_share",
        better="larger",
        title=Text(
            kk="қайта жазғандардың жауап алған үлесі",
            ru="доля ответов тем, кто написал ещё раз",
            en="share answered of those who wrote again",
        ),
        definition=Text(
            kk="Азаматтың соңғы сөзіне жауап берілген тармақтар ÷ азамат жауаптан кейін қайта жазған тармақтар. " + _TURN.kk,
            ru="Ветки, где на последнюю реплику гражданина ответили, ÷ ветки, где гражданин написал после ответа. " + _TURN.ru,
            en="Threads whose last citizen's turn was answered ÷ threads in which the citizen wrote after an answer. " + _TURN.en,
        ),
        caveat=FOLLOW_UP,
        citation=OWN_DEFINITION,
        unit="share",
        measures=(THREADS, AUTHORS, _FOLLOWED, _FOLLOWED_UP),
        estimate=partial(_of_threads, "followed_up", _NOBODY_AGAIN),
    ),
    Indicator(
        key="broadcast_asymmetry",
        theme="dialogue",
        title=Text(
            kk="жариялау мен жауап берудің арасалмағы",
            ru="перевес публикаций над ответами",
            en="publishing against answering",
        ),
        question=Text(
            kk="Парақша көбіне сөйлей ме, жауап бере ме?",
            ru="Страница больше говорит или отвечает?",
            en="Does the page rather speak or answer?",
        ),
        definition=Text(
            kk="(Жарияланымдар − азаматтарға жауаптар) ÷ (жарияланымдар + азаматтарға жауаптар): +1 — тек жариялайды, −1 — тек жауап береді.",
            ru="(Публикации − ответы гражданам) ÷ (публикации + ответы гражданам): +1 — только публикует, −1 — только отвечает.",
            en="(Posts − replies to citizens) ÷ (posts + replies to citizens): +1 only publishes, −1 only answers.",
        ),
        caveat=FOLLOW_UP,
        citation=OWN_DEFINITION,
        unit="index",
        needs=("posts", "comments", "authors"),
        base="all",
        measures=(THREADS, AUTHORS, POST_DAYS, _REPLIES),
        estimate=_asymmetry,
    ),
    coded_indicator(
        key="ask_and_stay_share",
        theme="dialogue",
        better="larger",
        title=Text(
            kk="шақырып, жауап та берген жарияланымдар үлесі",
            ru="доля публикаций, где позвали и ответили",
            en="share of inviting posts under which the page answered",
        ),
        question=Text(
            kk="Пікір сұраған орган өзі жауап бере ме?",
            ru="Отвечает ли орган, когда сам спрашивает?",
            en="Does the body stay and answer when it asks?",
        ),
        definition=Text(
            kk="Парақша кемінде бір азаматқа жауап берген жарияланымдар ÷ шақыру деп кодталған, азамат пікірі бар жарияланымдар.",
            ru="Публикации, под которыми страница ответила хотя бы одному гражданину, ÷ публикации, закодированные как приглашение и собравшие комментарии граждан.",
            en="Posts under which the page answered at least one citizen ÷ posts coded as inviting that drew a citizen's comment.",
        ),
        citation=OWN_DEFINITION,
        needs=("posts", "comments", "authors"),
        measures=STAYED,
        estimate=stayed_share,
    ),
)  # fmt: skip
