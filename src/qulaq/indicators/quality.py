"""What the answers are worth: repeated phrases are found by program, the rest needs coding."""

from __future__ import annotations

from qulaq.indicators.coded import coded_indicator, coded_share, of_replies
from qulaq.indicators.model import Better, Estimates, Indicator, Stats
from qulaq.indicators.rates import AUTHORS, THREADS, WITHHELD, is_withheld, rate, rate_measure
from qulaq.lang import Text, phrase

_NO_REPLIES = phrase(
    "No reply of the body with a text is known, so there is nothing to compare; replies would make it measurable."
)
_BOILERPLATE = rate_measure("boilerplate_posts", "boilerplate")


def _boilerplate(stats: Stats) -> Estimates:
    found = rate(stats, "boilerplate")
    hidden = is_withheld(stats) & (found.n == 0)
    return Estimates(
        value=found.value,
        n=found.n,
        reason=[WITHHELD if one else _NO_REPLIES for one in hidden],
        low=found.interval.low,
        high=found.interval.high,
        notes=found.notes,
    )


_SCHEME = Text(
    kk="Avidar (2013), Public Relations Review 39, 440–450; жауаптарды кодтау сызбасы",
    ru="Avidar (2013), Public Relations Review 39, 440–450; схема кодирования ответов",
    en="Avidar (2013), Public Relations Review 39, 440–450; the scheme for coding replies",
)
_QUESTION = Text(
    kk="Жауаптардың мәні бар ма?", ru="Есть ли в ответах содержание?", en="Do the answers say anything?"
)  # fmt: skip


def _coded(key: str, title: Text, what: Text, better: Better | None = None) -> Indicator:
    reading = key.removesuffix("_share").removesuffix("_reply")
    return coded_indicator(
        key=key,
        theme="quality",
        title=title,
        question=_QUESTION,
        definition=Text(
            kk=f"Кодталған жауаптар ішінде {what.kk} үлесі.",
            ru=f"Доля среди закодированных ответов: {what.ru}.",
            en=f"Of coded replies, the share that {what.en}.",
        ),
        citation=_SCHEME,
        better=better,
        needs=("comments", "authors"),
        measures=of_replies(reading),
        estimate=coded_share(reading),
    )


INDICATORS: tuple[Indicator, ...] = (
    _coded(
        "substantive_reply_share",
        Text(kk="мазмұнды жауаптар үлесі", ru="доля содержательных ответов", en="share of substantive replies"),
        Text(
            kk="сұраққа жауап берген, түсіндірген не не істелгенін айтқан жауаптар",
            ru="отвечают, объясняют или говорят, что сделано",
            en="answer, explain, or say what was done",
        ),
        "larger",
    ),
    _coded(
        "referral_reply_share",
        Text(kk="басқа жаққа сілтеген жауаптар үлесі", ru="доля ответов с отсылкой", en="share of replies that refer elsewhere"),
        Text(
            kk="басқа органға не жеке хабарламаға жіберген жауаптар",
            ru="отсылают в другое место или в личные сообщения",
            en="refer to another place or to private messages",
        ),
    ),
    _coded(
        "deferral_reply_share",
        Text(kk="кейінге қалдырған жауаптар үлесі", ru="доля ответов с отсрочкой", en="share of replies that put off"),
        Text(
            kk="мерзімін айтпай, қараймыз деген жауаптар",
            ru="обещают рассмотреть, не называя срока",
            en="promise to look, without a date",
        ),
        "smaller",
    ),
    _coded(
        "acknowledgement_reply_share",
        Text(kk="тек рақмет айтқан жауаптар үлесі", ru="доля ответов с одной благодарностью", en="share of replies that only acknowledge"),
        Text(
            kk="тек рақмет айтқан не назарға алдық деген жауаптар",
            ru="только благодарят или принимают к сведению",
            en="only thank or take note",
        ),
    ),
    _coded(
        "closed_loop_share",
        Text(kk="істелген іс айтылған жауаптар үлесі", ru="доля ответов о принятых мерах", en="share of replies that report an action"),
        Text(
            kk="азаматтардың сөзіне сүйеніп не істелгенін хабарлаған жауаптар",
            ru="сообщают о мере, принятой по словам граждан",
            en="report an action taken because of citizens' words",
        ),
        "larger",
    ),
    Indicator(
        key="boilerplate_reply_share",
        theme="quality",
        better="smaller",
        title=Text(kk="үлгі жауаптар үлесі", ru="доля шаблонных ответов", en="share of boilerplate replies"),
        question=Text(
            kk="Әр адамға бөлек жауап жазыла ма?",
            ru="Пишут ли каждому своё?",
            en="Is everyone written to, or all alike?",
        ),
        definition=Text(
            kk="Аты-жөні мен сілтемелері алынған мәтіні кемінде үш рет қайталанатын не басқа жауаппен дерлік бірдей жауаптар ÷ парақшаның мәтіні бар жауаптары.",
            ru="Ответы, текст которых без имён и ссылок встречается не менее трёх раз или почти совпадает с другим, ÷ ответы страницы с текстом.",
            en="Replies whose text, without names and links, occurs at least three times or is nearly another's ÷ replies of the page with a text.",
        ),
        caveat=Text(
            kk="Дайын сөйлем жаман емес, бірақ үлес жоғары болса, жауап беру әлі тыңдау деген сөз емес.",
            ru="Готовая фраза не порок, но при большой доле ответ ещё не значит, что слышат.",
            en="A ready phrase is no fault; but where the share is high, answering is not yet listening.",
        ),
        citation=Text.same(
            "Wang & Han (2022); Hu, Gong & Zhao (2025); Wilson (1927), JASA 22, 209–212"
        ),
        unit="share",
        needs=("comments", "authors"),
        base="all",
        measures=(THREADS, AUTHORS, _BOILERPLATE),
        estimate=_boilerplate,
    ),
)  # fmt: skip
