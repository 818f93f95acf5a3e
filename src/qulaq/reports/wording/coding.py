"""What the part on coded texts says."""

from __future__ import annotations

from qulaq.lang import Text
from qulaq.reports.nouns import Noun

CODING = Text(kk="Мәтіндер не туралы", ru="О чём тексты", en="What the texts are about")
PROCEDURE = Text(
    kk="Мәтіндерді {coders} кодтау нұсқаулығы бойынша оқыды: {units}. Бірінің кодын бірі көрмей екі рет кодталғаны — {twice}. "
    "Пікір екіге жарылған {settled} жағдайды үшінші адам шешті, {open} жағдай әлі шешілмеген және есепке кірмейді. "
    "Төмендегі үлестер кодталған мәтіндерге қатысты; келісім .667-ден төмен болса, үлес берілмейді.",
    ru="Тексты по кодировочной книге читали: {coders}. Прочитано: {units}. Дважды, не видя кодов друг друга, закодировано: {twice}. "
    "Где кодировщики разошлись, {settled} решено третьим лицом, {open} ещё не решено и не учитывается. "
    "Доли ниже относятся к закодированным текстам; при согласованности ниже .667 доля не приводится.",
    en="People read the texts by a codebook: {coders}. They read {units}. Coded twice, blind to each other: {twice}. "
    "Where coders differed, a third person settled {settled}, and {open} are not settled yet and not counted. "
    "The shares below are of coded texts; where agreement is below .667 no share is given.",
)
UNITS = {
    "post": Noun(
        kk="жарияланым", ru=("публикация", "публикации", "публикаций"), en=("post", "posts")
    ),
    "comment": Noun(
        kk="пікір", ru=("комментарий", "комментария", "комментариев"), en=("comment", "comments")
    ),
    "reply": Noun(kk="жауап", ru=("ответ", "ответа", "ответов"), en=("reply", "replies")),
}
CODERS = Noun(kk="адам", ru=("человек", "человека", "человек"), en=("person", "persons"))
AGREEMENT_TABLE = Text(
    kk="Кодтаушылардың келісімділігі", ru="Согласованность кодировщиков", en="How far coders agree"
)
VARIABLE = Text(kk="Не кодталды", ru="Что кодировали", en="What was coded")
TWICE = Text(kk="Екі рет кодталғаны", ru="Закодировано дважды", en="Coded twice")
PERCENT = Text(kk="Пайыздық келісім", ru="Процент совпадений", en="Percent agreement")
ALPHA = Text(kk="Криппендорф альфасы", ru="Альфа Криппендорфа", en="Krippendorff's alpha")
AC = Text(kk="Гвет AC1 (AC2)", ru="AC1 (AC2) Гвета", en="Gwet's AC1 (AC2)")
NOT_DEFINED = Text(kk="есептелмейді", ru="не определена", en="not defined")
AGREEMENT_NOTE = Text(
    kk="Аралықтар — бірліктер бойынша бутстреп, 95\u00a0%. Криппендорф ережесі: .800-ден бастап сенуге болады, .667 мен .800 аралығында "
    "тұжырым болжамды, одан төмен болса, қорытынды жасалмайды. Барлығына бір ғана код қойылса, альфа есептелмейді. "
    "Бірнеше код таңдалатын айнымалыда әр санат бөлек өлшенеді. Реттік айнымалыға AC2 беріледі.",
    ru="Интервалы — бутстреп по единицам, 95\u00a0%. Правило Криппендорфа: от .800 можно полагаться, от .667 до .800 выводы "
    "предварительные, ниже выводов не делают. Если всем дан один код, альфа не определена. "
    "Где выбирают несколько кодов, каждая категория измеряется отдельно. Для порядковых переменных приведена AC2.",
    en="Intervals are a bootstrap over units, 95\u00a0%. Krippendorff's rule: .800 and more can be relied upon, from .667 to .800 "
    "conclusions are tentative, below none are drawn. Where all got one code alpha is not defined. "
    "Where several codes can be chosen each category is measured apart. Of ordinal variables AC2 is given.",
)
SHARES_TABLE = Text(
    kk="{label}: кодталған мәтіндердегі үлестер",
    ru="{label}: доли закодированных текстов",
    en="{label}: shares of coded texts",
)
CATEGORY = Text(kk="Санат", ru="Категория", en="Category")
ALL_PAGES = Text(kk="Барлық парақша", ru="Все страницы", en="All pages")
WITHHELD = Text(kk="берілмейді", ru="не приводится", en="not given")
ONE_CODE = Text(
    kk="Әр мәтінге бір код; Гудман аралықтары барлық санатқа бірге жарамды, 5-тен аз санағанда дөрекі.",
    ru="Один код на текст; интервалы Гудмана верны для всех категорий сразу и грубы, где единиц меньше 5.",
    en="One code a text; Goodman's intervals hold for all categories together and are rough below 5 units.",
)
SEVERAL_CODES = Text(
    kk="Бір мәтінге бірнеше код қойылуы мүмкін: үлестердің қосындысы 100\u00a0%-дан асады. Уилсон аралықтары.",
    ru="У текста может быть несколько кодов: сумма долей превышает 100\u00a0%. Интервалы Уилсона.",
    en="A text may have several codes, so shares sum to more than 100%. Wilson intervals.",
)
CODED_TABLE = Text(
    kk="Кодталған мәтіндерден есептелген көрсеткіштер",
    ru="Показатели по закодированным текстам",
    en="Indicators of coded texts",
)
