"""Whether a text seems to ask something: a question or a request, in Kazakh, Russian or plain English."""

from __future__ import annotations

import re

from qulaq.text.addresses import without_addresses
from qulaq.text.letters import bare, with_own_letters

VERSION = "1"
"""Changes whenever some text would be read otherwise than before."""


def asks(text: str) -> bool:
    """
    Tell whether the text seems to hold a question or a request.

    Rules, not a model, and made to miss little: on 211 comments labelled by hand, which were known when the
    rules were written, recall is .94 and precision .93; people's labels elsewhere will agree less, and a
    share of asking texts is rather too high than too low.
    Found are question marks outside of links, question words, Kazakh question particles, the polite
    imperatives of both languages and set words such as өтінемін, прошу, please; Kazakh typed without its
    letters too. Greetings, thanks, congratulations and good wishes are no requests, whatever their form.
    Not found are complaints and wishes that leave the request unsaid (жол керек, пусть сделают), Russian
    questions with neither "?" nor a question word, and Kazakh in Latin letters without "?".

    >>> asks("Жолды қашан жөндейсіздер"), asks("Сізге рақмет, аман болыңыз!")
    (True, False)
    """
    words = _readable(text)
    return any(rule.search(words) for rule in _RULES.values())


def _readable(text: str) -> str:
    # A line is a sentence; blanks come one at a time, so that no pattern runs over them twice.
    lines = (" ".join(line.split()) for line in without_addresses(text).splitlines())
    # ң before д stays apart: it alone tells жасаңдар, do it, from ағылшындар, the English.
    own = with_own_letters(" . ".join(lines)).lower().replace("ңд", "нгд")
    return _NOTHING_ASKED.sub(" ", bare(own))


def _one_of(*patterns: str) -> str:
    return "(?:" + "|".join(patterns) + ")"


def _words(listed: str) -> str:
    """
    Any of these words; a blank within one is written "_".
    """
    return _one_of(*(word.replace("_", r"\s+") for word in listed.split()))


# All patterns are in small letters without those that only Kazakh has: қ is к, ң is н, і is и, ё is е.

_WISHED = _words("аман сау саламат бакытты бар жакын табысты бирге ден_сау сау-саламат ырза риза")
_NOTHING_ASKED = re.compile(
    r"\b"
    + _one_of(
        # Сәлеметсіз бе, армысыздар: questions by form only.
        r"с[ае]л[ае]м[ае]тс[ыи](?:з|нг?)(?:д[ае]р)?(?:\s*-?б[ае])?",
        r"(?:кайырлы\s+\w+|арм[ыи]с[ыи](?:з|нг?)(?:д[ае]р)?(?:\s*-?б[ае])?)",
        rf"{_WISHED}\s+бол(?:а\s+бер)?[ыи]нг?(?:[ыи]з)?(?:д[ае]р)?",
        r"(?:коп|мын|узак|жуз|омир)\s+жаса(?:й\s+бери)?н[ыи]з(?:д[ае]р)?",
        r"(?:тилек|куттыктау|алгыс|ризашылы|конил)\w*\s+(?:айту\w*\s+)?кабыл\s+алыныз(?:дар)?",
        r"(?:кеширим\s+сура|алладан\s+(?:\w+\s+){0,4}?сура|кудайдан\s+(?:\w+\s+){0,4}?сура)\w*",
        r"кешир(?:иниз|ерсиз)(?:дер)?",
        r"кандай\s+(?:\w+\s+)?(?:керемет|тамаша|адеми|жакс|сулу|гажап|бакыт|рахат|кушти|мыкты)\w*",
        r"здра?в?ств?уй(?:те)?|извини(?:те)?|простите|поверьте|представьте",
        r"будьте\s+(?!добры|любезны|внимат|любезн)\w+|не\s+(?:болейте|сдавайтесь|останавливайтесь)",
        r"(?:живите|процветайте|держитесь|выздоравливайте|поправляйтесь|радуйте(?:сь)?|крепитесь"
        r"|оставайтесь|берегите\s+себя|продолжайте|гордитесь|растите|расцветайте)",
        r"примите\s+(?:\w+\s+){0,4}?(?:поздравлени|соболезновани|благодарност|слова)\w*",
        r"(?:разрешите|позвольте)\s+(?:\w+\s+){0,4}?(?:поздравить|поблагодарить|пожелать|выразить)",
        r"как(?:ой|ая|ое|ие)?\s+(?:же\s+)?(?:\w+\s+){0,2}?(?:красив|красот|хорош|прекрасн|молод|умни|здорово"
        r"|приятн|замечательн|чудесн|прелест|классн|круто|рад|ужас|кошмар|позор|стыд)\w*",
        # Whatever one does, who knows, never.
        r"(?:кандай|кай|кала[йи]|канша|ким\w*|не|кашан|кайда)\s+(?:\w+\s+){0,3}?\w*с[ае]\w?\s+да",
        r"ким\s+бил(?:еди|син)|еш\s+\w+|кала[йи]\s+да|кандай\s+да|не\s+болганы\w+",
        r"(?:те|тот|та|тех|тем|все|всех|всем|там|туда|того|тому|везде)\s*,?\s+(?:кто|кого|кому|где|куда|когда)",
        r"(?:кое-)?(?:кто|кого|кому|где|куда|когда|как|какой|какая|какие|какое|каких|каким|какого)[\s-]+(?:то|нибудь|либо)",
        r"что-(?:то|нибудь|либо)|(?:то|вряд|едва|чуть|мало)\s+ли",
    )
    + r"\b"
)

# Where a sentence, or what follows a dash or bracket, begins.
_START = r"(?:^|[.!?…;:()—–\"«»]|\s-)\s*(?:(?:а|и|но|ну|вот|же|ал|енди)\s+)?"

_KAZAKH_WORDS = _one_of(
    r"кашан(?:га|гы|нан)?(?:\s+дейин)?",
    r"кайда(?:н|с[ыи]з\w*|сын\w*|гы)?",
    r"кай(?:сы\w*)?",
    r"кайт(?:ем\w*|ес\w*|пек\w*|ип|у\s+керек)",
    r"кала[йи](?:ша)?",
    r"кан(?:ша\w*|дай\w*)",
    r"неше(?:нши|у|де|ден|ге)?",
    r"ким(?:ге|нин|нен|ди|мен|де|дер|дин|сиз\w*)?",
    r"неге|неликтен|немене\w*|нени|ненин|неден|немен|несине|негып|нестеп",
    r"не\s+(?:ушин|себеп\w*|деп|керек|екен|хал|жаналык|гып|бол(?:ды|ып|мак|ады|ар|ган)\w*)",
    r"не\s+(?:исте|кыл|жаса|айт|дей|кажет|кор|пайда|шара|керег)\w*",
    r"не(?=\s*(?:$|[.!,…)]))",  # Russian не never ends a sentence
    r"ше(?=\s*(?:$|\W))",
)

# Nouns and tenses that end as imperatives do: "балаңыз" is your child, "келдіңіз" you came.
_POSSESSED = _words(
    """оз соз енбег жумыс бала отбас денсаул мереке кун гумыр кызмет баг жол ис барлыг барша бари коб кайс бир
    мамандыг кала уй ата ана ага суйикти тил кыз кол конил хал жан журег когам ел жер омир сапар халк билим акыл
    пикир сураг жауаб коше аула мектеб дос жолдас айел немере шаныраг шаруа табыс дауыс сезим намыс тагдыр
    жоба екен ауыл аудан"""
)
_PAST = r"\w*(?:[пткхсшч]т|д)[ыи]"
_OF_MANY = r"(?!\w*(?:кайтар|котер|аудар|актар))\w*[лдт][ае]р[ыи]"  # іс-шараларыңыз
_WISHED_FOR = r"(?:\w+\s+)?(?:болсын|толсын|жансын|артсын|кутты)"
# A look ahead first: few words end so, and what follows is dear.
_KAZAKH_IMPERATIVE = r"(?=\w+(?:н[ыи]з|нг?д[ае]р|ш[ыи]\b|с[ае]\b))" + _one_of(
    rf"(?!{_POSSESSED}[ыи]?н[ыи]з|(?:{_PAST}|{_OF_MANY})н[ыи]з|тениз|маныз|доныз|болыныз)"
    rf"\w{{2,}}н[ыи]з(?:д[ае]р)?(?:ш[ыи])?\b(?!\s+{_WISHED_FOR})",
    rf"(?!(?:{_PAST}|{_OF_MANY}|\w*с[ыи]|ала|оле|кикилжи|бари|барлыгы|ози)нгд[ае]р)\w{{2,}}нгд[ае]р",
    r"\w{2,}с[ае]нш[ыи]|\w{2,}нг?д[ае]рш[ыи]",
    r"(?:айт|бер|кара|тында|корсет|жибер|тузет|жаса|комектес|жонде)ш[ыи]",
    r"\w+с[ае]\s+(?:екен|жаксы\s+болар)",
)
_PROMPT = r"(?:тез|жылдам|адал|адил|мукият|мейиримди|дайын)\s+болыныз(?:дар)?"

_RULES: dict[str, re.Pattern[str]] = {
    # Not before a letter: there it is what a damaged file left of a Kazakh one.
    "question mark": re.compile(r"[?？؟❓❔](?!\w)"),
    "Kazakh question word": re.compile(rf"\b{_KAZAKH_WORDS}\b"),
    # Its own word or after a hyphen, and run together with the commonest verbs.
    "Kazakh particle": re.compile(
        r"\w[\s-]+[мбп][ае](?:\s*екен)?(?![\w-])"
        r"|\b(?:бар|бола|болма[йс]|жок|дурыс|рас|керек)[мбп][ае]\b"
        r"|\w(?:[ае]д|йд|ид)[ыи]м[ае]\b|\wс[ыи]з(?:д[ае]р)?б[ае]\b"
    ),
    "Kazakh imperative": re.compile(rf"\b(?:{_KAZAKH_IMPERATIVE}|{_PROMPT})\b"),
    "Kazakh request": re.compile(
        r"\b"
        + _one_of(
            r"отин(?:ем|и[шп])\w*",
            r"сура(?:й(?:м|ды?к|ымын|ымыз|мын|мыз)|рым|г(?:ым|ымыз)|к\s+(?:бар|кой))\w*",
            r"сура[ук](?:ым|ымыз)\w*",
            r"талап\s+ет\w*",
            r"комек(?:тес\w*|\s+керек)",
            r"жауап\s+кут\w*",
            r"бил(?:гим|гимиз|ейин|ейик)\s+(?:кел|де)\w*",
        )
        + r"\b"
    ),
    "Russian question word": re.compile(
        r"\b(?:когда|где|почему|кто|кого|кому|зачем|сколько|куда|откуда|отчего|чей|чья|чье|чьи|доколе|разве"
        r"|неужели|какого|каком|какому|какую|каких|каким|каков|какова)\b"
        rf"|{_START}(?:можно|что(?!\s+ж\b)|чего|чем(?!\s+\w+(?:ше|ее|же)\b)|че|чо|как(?!\s+(?:всегда|обычно|раз|будто|бы|и|в|у|говор\w+|видите)\b)"
        r"|как(?:ой|ая|ое|ие))\b"
        r"|\bкак\s+(?:(?:мне|нам|же|там|долго|скоро|часто|можно|быть|так)\b|\w+(?:ть(?:ся)?|ти|чь)\b)"
        r"|\bчто\s+(?:делать|за|там|с|по)\b"
    ),
    "Russian particle": re.compile(r"\w\s+ли\b"),
    "Russian imperative": re.compile(
        r"(?<!\bвы )(?<!\bвы же )\b(?!(?:на)?сайте|кредите|лимите|визите|аудите|граните|дефиците|элите|хотите|видите|молчите)"
        r"\w{2,}[йиь]те(?:сь)?\b"
        r"|\b(?:под)?скажи\b|\b(?:помоги|сделай|почини|ответь|объясни|покажи|проверь|убери)\b"
    ),
    "Russian request": re.compile(
        r"\b"
        + _one_of(
            r"(?:по)?прош[уе]|просим|просьб\w*|умоля(?:ю|ем)|требу(?:ю|ем)|обраща(?:юсь|емся)",
            r"пожалуйста|пожалуста|пж(?:л?ст)?|плиз",
            r"можно\s+(?:ли|узнать|спросить|попросить|мне|нам|вас)",
            r"(?:не\s+)?могли\s+бы|хорошо\s+бы|пора\s+бы|надо\s+бы|неплохо\s+бы",
            r"хо(?:чу|тим|телось|тела?|тели|чется)\s+(?:бы\s+)?(?:узнать|знать|спросить|попросить|услышать)",
            r"интересует|(?:есть|мой|такой|меня|один)\s+вопрос|вопрос\s+(?:к|такой|в)",
            r"жд(?:у|ем)\s+(?:ваш\w+\s+)?(?:ответ|решени|помощ)\w*",
            r"нуж(?:на|ен)\s+(?:\w+\s+)?(?:помощь|ремонт)|помощь\s+нужна",
        )
        + r"\b"
    ),
    "English question": re.compile(
        rf"{_START}(?:who|what|when|where|why|how|which|whose|(?:is|are|was|do|does|did|can|could|will|would"
        r"|should|has|have)\s+(?:you|we|it|they|there|the|this|that|anyone|i)\b)"
    ),
    "English request": re.compile(r"\b(?:please|pls|could\s+you|can\s+you|help\s+(?:us|me))\b"),
}
