"""Which words and endings give a language away: Kazakh and Russian, Kazakh in Latin letters, English, Ukrainian."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from qulaq.text.letters import bare

Side = Literal["kk", "ru"] | None


def listed(text: str) -> frozenset[str]:
    """
    The words of a list that is written as a text.
    """
    return frozenset(text.split())


_KAZAKH_LETTER = re.compile(r"[әғқңөұүһ]", re.IGNORECASE)

# No word that is also Russian once its letters are bare: not "бар", "мал", "не", "сол", "да".
_KAZAKH = listed(
    bare("""
        мен бұл бір біз сіз сіздер біздің сіздің менің сенің оның олар олардың осы осындай сондай мынау мына
        анау барлық бәрі ешкім ештеңе кейбір әр барша көп аз жоқ емес керек қажет мүмкін болады болмайды
        болды болса болсын болып болған болу бола болар еді екен деп дейді деген дейін кейін үшін туралы
        арқылы сияқты ретінде бойынша қарай қарсы және немесе бірақ сондықтан өйткені егер әлі енді қазір
        бүгін кеше ертең жыл жылы күні айы сағат қашан қайда қалай қандай неге неше қанша кім кімге немене
        рахмет рақмет сәлем сәлеметсіз сәлеметсіздер құрметті жақсы жаман өте тым тек ғана тағы дәл ия иә
        жаңа үлкен кіші адам адамдар халық халқы елі елде елге ауыл ауылда ауылы ауылдың қала қаласы облысы
        аудан ауданы аудандық мемлекет мемлекеттік республикасы жол жолы жолды жолдар мектеп мектебі бала
        балалар балабақша үйі үйде жұмыс жұмысы жатыр жатқан тұр тұрған отыр жүр келді келеді барды берді
        береді беріңіз бересіз алды алып алу көрді көріп айтты айтып жасап жасаған қылып істеп болмай
        жарайсыздар жарайсыз алла аллах бақыт денсаулық көрсін құтты болсын мерекеңізбен туған күніңізбен
        әкім әкімдік аға апа бауырым қазақ қазақша қазақстан тілі тілде тілінде сөз сөзі уақыт уақытта
        алдында ішінде үстінде арасында кезінде басында жағынан тарапынан сайын шейін бұрын соң түсті
        өзі өзім өзіміз өздері оған маған саған бізге сізге сіздерге одан содан осыдан онда сонда мұнда
        екі үш төрт жеті сегіз тоғыз жиырма отыз қырық елу алпыс
        """)
)

# No word that Kazakh has too, or that Kazakhs use amid Kazakh: not "не", "да", "по", "за", "он", "нет".
_RUSSIAN = listed("""
    и в на что это как для от из уже если или когда где почему зачем кто чтобы только ещё еще очень все всё
    всем всех вас вам вами нас нам мы вы они она оно его её ее их им ему мне меня тебя тебе себя себе свой
    своего своих свою наш наша наши наших нашей ваш ваша ваши вашей этот эта эти этого этом этой этих того
    тому тот той тех том так такой такая такие там тут здесь сейчас теперь потом тогда будет будут был была
    было были быть есть может можно нужно надо нельзя должен должны хочу хочет знаю знает сказал говорит
    спасибо большое пожалуйста здравствуйте привет добрый день вечер утро просто даже тоже также потому
    который которая которые которых которого чем чего кому ничего никто никогда всегда раз лет года году
    людей люди человек без через после перед между около при под над до со ко об обо про во же ли бы ведь
    вот вообще например конечно правда молодец молодцы хорошо плохо лучше больше меньше много мало
    второй третий каждый другой другие один одна одно одни два две три дети детей жизни время дома города
    улице дорогу дороги дорога воды вода света свет нету уважаемый уважаемые ура мда угу
    """)

# Plural, case, possession, person and negation of words that are long enough to have them.
_KAZAKH_ENDING = re.compile(
    r"""\w{2,}(?:
        л[ае]р
      | [лдт][ае]р(?:ы|и|ын|ин|га|ге|да|де|дан|ден|дын|дин|ды|ди|ымыз|имиз|ыныз|иниз|мен)
      | (?:ымыз|имиз|ыныз|иниз|сыз|сиз|сыздар|сиздер|ныздар|низдер)(?:дин|дын|га|ге|ди|ды|да|де)?
      | [нтд]ын | [лрнй]ган | [псшт]кан
      | (?:майды|мейди|байды|бейди|пайды|пейди|майсыз|мейсиз)
      | етин | ып | уде | лык | дык | тык | дагы | деги | тагы | теги | сында | синде | сынын | синин
    )$""",
    re.VERBOSE,
)
_RUSSIAN_ENDING = re.compile(
    r"""(?:
        \w{2,}(?:ться|тся|ого|его|ому|ему|ыми|ими|ами|ями|ях|ешь|ишь|ете|ите|ают|яют|ует|уют|ется|ится
               |ала|ила|али|или|ало|ать|ять|еть|ить|ую|юю|ая|яя|ое|ые|ых|ий|ый|ость|ости|ение|ения|ений|ию)
      | \w*[щъ]\w*
    )$""",
    re.VERBOSE,
)
# Words of the one whose endings are the other's as well.
_EITHER = re.compile(
    r"\w*(?:ала|али|ыми|ими|или|ите|ете|ий|ый|ию|доллар|дилер|киллер|триллер|холдер)$"
)


@lru_cache(maxsize=100_000)
def side(word: str) -> Side:
    """
    Which of Kazakh and Russian a word of Cyrillic letters speaks for; None: neither for sure.

    >>> side("қашан"), side("кашан"), side("когда"), side("президент")
    ('kk', 'kk', 'ru', None)
    """
    if _KAZAKH_LETTER.search(word):
        return "kk"
    small = bare(word)
    if small in _RUSSIAN or word.lower() in _RUSSIAN:
        return "ru"
    if small in _KAZAKH:
        return "kk"
    if _EITHER.match(small):
        return None
    russian, kazakh = _RUSSIAN_ENDING.match(small), _KAZAKH_ENDING.match(small)
    if bool(russian) == bool(kazakh):
        return None
    return "ru" if russian else "kk"


_UKRAINIAN = listed("""
    що це від або який якщо він вона вони дуже також тільки після треба немає дякую дякуємо щоб зараз
    сьогодні підтримку україні україна його її їх бути
    """)


def is_ukrainian(words: list[str]) -> bool:
    """
    Whether a word is among them that only Ukrainian has.
    """
    return not _UKRAINIAN.isdisjoint(words)


# ── Latin letters ────────────────────────────────────────────────────────────────────────────────

_DIGRAPHS = re.compile(r"zh|sh|ch|kh|gh|ya|yu|ts|ng(?=\b|[^aeiouyäöüıiūu])")
_OF_DIGRAPH = {
    "zh": "ж",
    "sh": "ш",
    "ch": "ш",
    "kh": "х",
    "gh": "г",
    "ya": "я",
    "yu": "ю",
    "ts": "ц",
    "ng": "н",
}
_OF_LATIN = str.maketrans(
    {
        **dict(zip("abcdefghijklmnopqrstuvwxyz", "абсдефгхижклмнопкрстуввхыз", strict=True)),
        **dict(zip("äáəğǵıíñńŋöóşūúüý", "аааггыиннноошуууу", strict=True)),
    }
)
_LATIN_KAZAKH = _KAZAKH | listed("калайсыз калайсын калайсыздар казакстан казакша бар рахмет")
# What transliterates into a Kazakh word but is one of English, Turkish or Indonesian.
_NOT_ALONE = listed(
    "men biz bala bar soz el az kim bir on apa aga ana iya ia jaman alla allah baru kala bola"
)
# q that no u follows, in a word that is longer than an abbreviation.
_Q = re.compile(r"\b(?!iraq|qatar)\w*q(?!u|\W|_)\w{2,}|\w{3,}[ayieou]q\b")


def is_latin_kazakh(words: list[str]) -> bool:
    """
    Whether words in small Latin letters are Kazakh: old or new alphabet or a chat's own spelling.

    A quarter of them have to be common Kazakh words, or written with q as no English word is.

    >>> is_latin_kazakh(["kalaisyz", "rahmet"]), is_latin_kazakh(["terima", "kasih"])
    (True, False)
    """
    told = sum(_is_kazakh_in_latin(word) for word in words)
    return 4 * told >= len(words) > 0


@lru_cache(maxsize=20_000)
def _is_kazakh_in_latin(word: str) -> bool:
    if word in _NOT_ALONE or word in _ENGLISH:
        return False
    if _Q.search(word) and word not in {"iraq", "iraqi"}:
        return True
    read = _DIGRAPHS.sub(lambda found: _OF_DIGRAPH[found[0]], word).translate(_OF_LATIN)
    # "qalaisyz" and "kalaysyz": й is i or y after a vowel.
    read = re.sub(r"(?<=[аеоуы])[иы](?=[^аеоуыи]|$)", "й", read)
    return read in _LATIN_KAZAKH


_ENGLISH = listed("""
    the and that this these those with from have has had was were will would could should what when where
    which who why how you your yours our ours they them their there here she her his him its it is are am
    be been being not but for all any some just like get got good great nice cool thank thanks please yes
    hello hi love happy day today people know think want need make makes made take see say says said one
    more most much many very too than then now new only about into over after before because out up can
    do does did don doesn didn isn wasn can't won so my me we if or as at by of to in on a an
    time water road school city help work best well way never always back really still right look let go
    going come came every other first last world year years news year congratulations beautiful amazing
    awesome wow sorry okay agree true god bless welcome morning night friends family life man men women
    """)
# Found in English lists and just as often in German, Turkish, Indonesian or French.
_WEAK = listed(
    "a an in on so am do of as at men die was man me go hi wow cool okay god to or by we"
)
_ENGLISH_ENDING = re.compile(r"\w{2,}(?:ing|tion|tions|ness|ful|ously|ally|ment|ments|ould|ght)$")
_FOREIGN_LATIN = re.compile(r"[àâãåæçèêëìîïłøœßšžčřąęśźżőűāēīōğışöüäñáéíóúýə]")


def is_english(words: list[str]) -> bool:
    """
    Whether words in small Latin letters are English: a fifth of them common there and seldom elsewhere.

    A word or two with nothing of their own ("Samsung", "Toyota") are not.
    """
    told = sum(word in _ENGLISH and word not in _WEAK for word in words)
    weak = sum(word in _WEAK for word in words)
    ended = sum(bool(_ENGLISH_ENDING.match(word)) for word in words)
    foreign = sum(bool(_FOREIGN_LATIN.search(word)) for word in words)
    if len(words) <= 2 and told + weak == len(words):  # noqa: PLR2004  # "so cool", "Wow!"
        return True
    return 5 * (told + ended / 2 + weak / 3 - foreign) >= len(words) and told + ended > 0
