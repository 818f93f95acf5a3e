"""Words on what the posts are written in and which words set the pages apart."""

from __future__ import annotations

from qulaq.indicators.wordings import Tongue
from qulaq.lang import Text

WORDINGS = Text(
    kk="Жарияланымдардың тілі мен сөздері",
    ru="Язык и слова публикаций",
    en="The language and the words of posts",
)
LEAD = Text(
    kk="Тілді бағдарлама әріптер мен жиі сөздерге қарап анықтайды. Қазақша да, орысша да сөздері бар жарияланым, екеуінің әрқайсысы анықтаушы сөздердің кемінде төрттен бірін құраса, екі тілдегі жарияланым болып саналады.",
    ru="Язык определяет программа — по буквам и частым словам. Публикация считается написанной на двух языках, если на каждый из них приходится не меньше четверти слов, по которым язык виден.",
    en="A program tells the language by letters and common words. A post counts as written in both languages where each has at least a quarter of the words that give a language away.",
)
LANGUAGES_TABLE = Text(
    kk="Жарияланымдар қай тілде жазылған",
    ru="На каком языке написаны публикации",
    en="What language posts are written in",
)
TONGUES: dict[Tongue, Text] = {
    "kk": Text(kk="Қазақша", ru="На казахском", en="Kazakh"),
    "both": Text(kk="Екі тілде", ru="На обоих", en="Both"),
    "ru": Text(kk="Орысша", ru="На русском", en="Russian"),
    "en": Text(kk="Ағылшынша", ru="На английском", en="English"),
    "other": Text(kk="Басқа тілде", ru="На другом", en="Another"),
}
WITH_WORDS = Text(kk="Сөзі бар", ru="Со словами", en="With words")
WORDLESS = Text(kk="Сөзсіз", ru="Без слов", en="Without words")
LANGUAGES_NOTE = Text(
    kk="Үлес сөзі бар жарияланымдар бойынша есептелді; ұсақ қаріппен — 95\u00a0% сенімділік аралығы. «Екі тілде» — қазақша және орысша.",
    ru="Доли — от публикаций со словами; мелким шрифтом — 95%-ный доверительный интервал. «На обоих» — на казахском и русском.",
    en="Shares are of the posts with words; in small type, the 95% confidence interval. Both: Kazakh and Russian.",
)
KEYWORDS_TABLE = Text(
    kk="Парақшаны басқалардан ерекшелейтін сөздер",
    ru="Слова, которыми страница отличается от остальных",
    en="Words that set a page apart from the others",
)
KEYWORDS = Text(kk="Сөздер", ru="Слова", en="Words")
KEYWORD = Text(
    kk="{word} ({posts}; z\u00a0=\u00a0{z})",
    ru="{word} ({posts}; z\u00a0=\u00a0{z})",
    en="{word} ({posts}; z\u00a0=\u00a0{z})",
)
KEYWORDS_NOTE = Text(
    kk="Жақша ішінде — сөз кездесетін жарияланымдар саны және z: ол неғұрлым үлкен болса, сөз басқа парақшалардан соғұрлым жиірек кездеседі (Дирихле априорлық үлестірімі бар мүмкіндіктер қатынасының логарифмі). Кемінде {least} жарияланымда кездесетін сөздер ғана көрсетілген; сілтемелер, атап белгілеулер, сандар және жеке деректер оқылмайды.",
    ru="В скобках — в скольких публикациях есть слово и z: чем он больше, тем чаще слово по сравнению с другими страницами (логарифм отношения шансов с априорным распределением Дирихле). Показаны только слова, которые есть не менее чем в {least} публикациях; ссылки, упоминания, числа и личные данные не читаются.",
    en="In brackets, how many posts hold the word, and z: the larger, the more often the word stands here than on the other pages (log-odds with a Dirichlet prior). Only words that at least {least} posts hold are shown; links, mentions, numbers and personal data are not read.",
)
NO_KEYWORDS = Text(kk="жоқ", ru="нет", en="none")
