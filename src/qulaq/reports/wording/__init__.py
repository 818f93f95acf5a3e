"""
What the report says, in three languages, with blanks: here what many sections say, beside it each theme.

A Kazakh blank takes no ending: which one it takes depends on the number or name that fills it.
"""

from __future__ import annotations

from qulaq.lang import Text

# ── labels ────────────────────────────────────────────────────────────────────────────────────────

KICKER = Text(
    kk="Мемлекеттік органдар әлеуметтік желілерде тыңдай ма? Есеп",
    ru="Слышат ли государственные органы в социальных сетях? Отчёт",
    en="Do public bodies listen on social media? A report",
)
TABLE = Text(kk="{n}-кесте", ru="Таблица {n}", en="Table {n}")
FIGURE = Text(kk="{n}-сурет", ru="Рисунок {n}", en="Figure {n}")
NOTE = Text(kk="Ескертпе", ru="Примечание", en="Note")
SOURCE = Text(kk="Дереккөз", ru="Источник", en="Source")
CONTENTS = Text(kk="Мазмұны", ru="Содержание", en="Contents")
NUMBERS = Text(kk="Суреттегі сандар", ru="Числа на рисунке", en="The numbers of the figure")
SCROLLS = Text(
    kk="кесте оңға жылжиды", ru="таблица прокручивается вправо", en="the table scrolls to the right"
)
MAKER = Text(
    kk="Есептеген: Qulaq {version}.",
    ru="Расчёт: Qulaq {version}.",
    en="Computed by Qulaq {version}.",
)
NO_DATA = Text(kk="дерек жоқ", ru="нет данных", en="no data")
NOT_MEASURABLE = Text(kk="өлшеу мүмкін емес", ru="не поддаётся измерению", en="not measurable")
NO_ANSWER = Text(kk="жауап жоқ", ru="ответов нет", en="no answers")
NOT_REACHED = Text(kk="жетпеді", ru="не достигнуто", en="not reached")
TOO_EARLY = Text(kk="айтуға әлі ерте", ru="судить рано", en="too early to tell")
AND = Text(kk="{first} және {second}", ru="{first} и {second}", en="{first} and {second}")
PAGE_NAME = Text(kk="{body}, {network}", ru="{body}, {network}", en="{body}, {network}")
UNIVERSAL = Text(kk="барлық парақша", ru="все страницы", en="all pages")
MORE = Text(kk="тағы {n}", ru="ещё {n}", en="{n} more")
INTERVAL = Text(
    kk="95\u00a0% сенімділік аралығы: {low}–{high}",
    ru="95%-ный доверительный интервал: {low}–{high}",
    en="95% interval {low}–{high}",
)

OR_MORE = Text(kk="{low} не одан көп", ru="{low} или больше", en="{low} or more")
WINDOW = Text(kk="{first} – {last}", ru="с {first} по {last}", en="{first} to {last}")
PERIOD = Text(kk="Кезең", ru="Период", en="Period")

# ── tables and figures ────────────────────────────────────────────────────────────────────────────

PAGE = Text(kk="Парақша", ru="Страница", en="Page")
INDICATOR = Text(kk="Көрсеткіш", ru="Показатель", en="Indicator")
MONTH = Text(kk="Ай", ru="Месяц", en="Month")
PART = Text(kk="айдың бір бөлігі", ru="часть месяца", en="part of the month")
POST = Text(kk="Жарияланым", ru="Публикация", en="Post")
DATE = Text(kk="Күні", ru="Дата", en="Date")
LIKES = Text(kk="Лайк", ru="Лайки", en="Likes")
COMMENTS = Text(kk="Пікір", ru="Комментарии", en="Comments")
LEGEND = Text(
    kk="Ұсақ қаріппен: n — санның негізіндегі күндер, жарияланымдар, пікірлер, адамдар не санақтар саны; одан кейін — 95\u00a0% сенімділік аралығы.",
    ru="Мелким шрифтом: n — число дней, публикаций, комментариев, людей или подсчётов, на котором основан показатель; после него — 95%-ный доверительный интервал.",
    en="In small type: n, the number of days, posts, comments, persons or counts behind a number, then its 95% confidence interval.",
)
LEGEND_MISSING = Text(
    kk="«Дерексіз» — қаншасы туралы ештеңе белгісіз.",
    ru="«Нет данных» — о скольких из них ничего не известно.",
    en="“Missing” tells of how many of them nothing is known.",
)
ALL_MARKED = Text(
    kk="Барлық санға қатысты: {note}",
    ru="Относится ко всем числам: {note}",
    en="Of all numbers: {note}",
)
MISSING = Text(kk="дерексіз: {n}", ru="нет данных: {n}", en="missing: {n}")
SOURCE_CAPTURED = Text(
    kk="Дереккөз: парақшалардың экспорт файлдары; деректер алынған күн — {when}.",
    ru="Источник: файлы экспорта страниц; дата снимка данных — {when}.",
    en="Source: exports of the pages; data captured {when}.",
)
SOURCE_INFERRED = Text(
    kk="Дереккөз: парақшалардың экспорт файлдары. Деректер қашан алынғаны көрсетілмеген; оның орнына файлдардағы ең соңғы жазбаның күні алынды ({when}).",
    ru="Источник: файлы экспорта страниц. Когда сняты данные, не указано; вместо этого взята дата самой новой записи в файлах ({when}).",
    en="Source: exports of the pages. When the data were captured is not stated; the newest record of each file stands for it ({when}).",
)
SOURCE_NONE = Text(
    kk="Дереккөз: бұл деректер әлі жүктелмеген.",
    ru="Источник: эти данные ещё не загружены.",
    en="Source: these data have not been imported yet.",
)
