"""
What the report says, in three languages, with blanks.

A Kazakh blank takes no ending: which one it takes depends on the number or name that fills it.
"""

from __future__ import annotations

from qulaq.lang import Text

# ── labels ───────────────────────────────────────────────────────────────────────────────────────

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
NO_DATA = Text(kk="дерек жоқ", ru="нет данных", en="no data")
NOT_MEASURABLE = Text(kk="өлшеу мүмкін емес", ru="не поддаётся измерению", en="not measurable")
AND = Text(kk="{first} және {second}", ru="{first} и {second}", en="{first} and {second}")
PAGE_NAME = Text(kk="{body}, {network}", ru="{body}, {network}", en="{body}, {network}")
UNIVERSAL = Text(kk="барлық парақша", ru="все страницы", en="all pages")
MORE = Text(kk="тағы {n}", ru="ещё {n}", en="{n} more")
INTERVAL = Text(
    kk="95\u00a0% сенімділік аралығы: {low}–{high}",
    ru="95%-ный доверительный интервал: {low}–{high}",
    en="95% interval {low}–{high}",
)

# ── the head ─────────────────────────────────────────────────────────────────────────────────────

PERIOD = Text(kk="Кезең", ru="Период", en="Period")
WINDOW = Text(kk="{first} – {last}", ru="с {first} по {last}", en="{first} to {last}")
WHO = Text(kk="Зерттелген органдар", ru="Исследованные органы", en="Bodies studied")
WHO_MANY = Text(
    kk="{bodies}, {pages}; тізімі 1-кестеде",
    ru="{bodies}, {pages}; перечислены в таблице 1",
    en="{bodies}, {pages}; named in Table 1",
)
MADE = Text(kk="Есеп жасалған", ru="Отчёт составлен", en="Report made")
MADE_WHEN = Text(
    kk="{day}, {time} ({zone} уақыты), Qulaq {version}",
    ru="{day}, {time} (время {zone}), Qulaq {version}",
    en="{day}, {time} ({zone} time), by Qulaq {version}",
)
FOOTER = Text(
    kk="Qulaq {version} жасаған есеп. Сандар сақталған жазбалардан есептелді; әр санның анықтамасы мен оны қайта есептеу жолы осы есепте берілген.",
    ru="Отчёт составлен программой Qulaq {version}. Числа рассчитаны по сохранённым записям; определения и способ пересчёта приведены в этом отчёте.",
    en="Made by Qulaq {version}. The numbers are computed from stored records; this report defines each and says how to compute it again.",
)

# ── sections ─────────────────────────────────────────────────────────────────────────────────────

IN_SHORT = Text(kk="Қысқаша", ru="Коротко", en="In short")
THE_PAGES = Text(kk="Парақшалар", ru="Страницы", en="The pages")
OVER_TIME = Text(
    kk="Жарияланымдар айлар бойынша", ru="Публикации по месяцам", en="Posts month by month"
)
REACTIONS = Text(kk="Адамдар қалай үн қатады", ru="Как откликаются люди", en="How people react")
TOP = Text(
    kk="Ең көп лайк пен пікір жинаған жарияланымдар",
    ru="Публикации с наибольшим числом лайков и комментариев",
    en="Most liked and most commented posts",
)
ANSWERS = Text(kk="Орган жауап бере ме?", ru="Отвечает ли орган?", en="Does the body answer?")
GAPS = Text(
    kk="Нені өлшеу мүмкін болмады", ru="Что не удалось измерить", en="What could not be measured"
)
MEANINGS = Text(kk="Анықтамалар", ru="Определения", en="Definitions")
RECOMPUTE = Text(
    kk="Қалай қайта есептеуге болады", ru="Как пересчитать", en="How to compute it again"
)

# ── the summary ──────────────────────────────────────────────────────────────────────────────────

NO_VERDICT = Text(
    kk="Мұнда тек байқалған нәрсе саналады. Органның азаматтарды тыңдайтын-тыңдамайтыны туралы қорытынды бұл есепке кірмейді.",
    ru="Здесь лишь подсчитано то, что наблюдалось. Вывода о том, слышит ли орган граждан, в этом отчёте нет.",
    en="This counts what was observed. Whether a body listens to citizens is a conclusion that this report does not draw.",
)
PUBLISHED = Text(
    kk="Кезең ішінде {posts} шыққан, күніне орта есеппен {mean}.",
    ru="За период — {posts}, в среднем {mean} в день.",
    en="In the period there were {posts}, {mean} a day on average.",
)
NOTHING_KNOWN = Text(
    kk="Парақшаның осы кезеңдегі жарияланымдары туралы дерек жоқ.",
    ru="О публикациях страницы за этот период данных нет.",
    en="Nothing is known of the page's posts in this period.",
)
SPAN = Text(
    kk="Кезеңдегі {all} күннің {seen} күні бақыланған; қалғаны туралы дерек жоқ.",
    ru="Дней под наблюдением: {seen} из {all}; об остальных данных нет.",
    en="{seen} of the period's {all} days were observed; nothing is known of the others.",
)
REACTED = Text(
    kk="Бір жарияланымға орта есеппен {mean} келеді (медианасы: {median}).",
    ru="На одну публикацию приходится в среднем {mean} (медиана: {median}).",
    en="A post drew {mean} on average (median: {median}).",
)
UNCOMMENTED = Text(
    kk="Бірде-бір пікір жазылмаған жарияланымдар үлесі — {share}.",
    ru="Доля публикаций без единого комментария — {share}.",
    en="{share} of the posts drew no comment at all.",
)
ANSWERED = Text(
    kk="Азаматтар жазған {n} пікірден жауап берілгені — {k} ({share}; {interval}).",
    ru="Из {n} {noun} граждан с ответом — {k} ({share}; {interval}).",
    en="Of {n} citizens' {noun} {k} got an answer ({share}; {interval}).",
)
ANSWERED_NONE = Text(
    kk="Азаматтар жазған {n} пікірдің бірде-біріне жауап берілмеген: жауап саны — {k} ({share}; {interval}).",
    ru="Ни на один комментарий граждан ответа не было: {k} из {n} ({share}; {interval}).",
    en="Of {n} citizens' {noun} {k} got an answer ({share}; {interval}).",
)
NOT_ANSWERED_KNOWN = Text(
    kk="Органның жауап беретін-бермейтінін өлшеу мүмкін болмады: {reason}.",
    ru="Отвечает ли орган, измерить не удалось: {reason}.",
    en="Whether the body answers could not be measured: {reason}.",
)
NO_COMMENTS_HELD = Text(
    kk="осы кезеңнің пікірлері жиналмаған",
    ru="комментарии за этот период не собраны",
    en="no comments of this period have been captured",
)
AUTHORS_UNKNOWN = Text(
    kk="пікірлерді кім жазғаны белгісіз",
    ru="неизвестно, кто написал комментарии",
    en="who wrote the comments is not known",
)
NOBODY_WROTE = Text(
    kk="кезең ішінде бірде-бір азамат пікір жазбаған",
    ru="за период не было ни одного комментария граждан",
    en="no citizen commented in the period",
)
BOUNDED = Text(
    kk="{n} пікірдің авторы белгісіз, сондықтан жауап берілген пікірлер үлесінің шектері ғана белгілі: {low}–{high}.",
    ru="Авторы {n} {noun} неизвестны, поэтому известны лишь границы доли комментариев с ответом: {low}–{high}.",
    en="Who wrote {n} {noun} is not known, so the reply rate is known only to lie within {low}–{high}.",
)
WAITED = Text(
    kk="Жауап беру уақытының медианасы — {hours}.",
    ru="Медиана времени ответа — {hours}.",
    en="The median response time was {hours}.",
)

# ── the summary of many pages ────────────────────────────────────────────────────────────────────

MANY = Text(
    kk="Зерттелгені: {bodies}, {pages}.",
    ru="Исследование охватывает: {bodies}, {pages}.",
    en="The study covers {bodies} with {pages}.",
)
MANY_PUBLISHED = Text(
    kk="Жарияланымдары белгілі парақшалар: {all} ішінде {known}. Кезең ішінде оларда барлығы {posts} шыққан, бір парақшада күніне орта есеппен: {low}–{high}.",
    ru="Публикации известны по {known} из {all} {noun}. Всего за период — {posts}; в среднем за день на одной странице — от {low} до {high}.",
    en="Posts are known of {known} of {all} {noun}: {posts} in all, on average from {low} to {high} a day on one page.",
)
MANY_UNKNOWN = Text(
    kk="Осы кезеңдегі жарияланымдар туралы дерек жоқ.",
    ru="О публикациях за этот период данных нет.",
    en="Nothing is known of posts in this period.",
)
MANY_ANSWERED = Text(
    kk="Органның жауап беретін-бермейтіні өлшенген парақшалар: {all} ішінде {known}. Оларда азаматтар жазған {n} пікірден жауап берілгені — {k}; парақшалар бойынша жауап берілген пікірлер үлесі: {low}–{high}.",
    ru="Отвечает ли орган, удалось измерить по {known} из {all} {noun}. Из {n} {comments} граждан на них с ответом — {k}; доля комментариев с ответом по страницам — {low}–{high}.",
    en="Whether the body answers could be measured on {known} of {all} {noun}. Of {n} citizens' {comments} there {k} got an answer; the reply rate of a page runs from {low} to {high}.",
)
MANY_NOT_ANSWERED = Text(
    kk="Органның жауап беретін-бермейтінін бірде-бір парақшада өлшеу мүмкін болмады.",
    ru="Отвечает ли орган, не удалось измерить ни по одной странице.",
    en="Whether the body answers could not be measured on any page.",
)

# ── tables and figures ───────────────────────────────────────────────────────────────────────────

PAGES_TABLE = Text(
    kk="Парақшалар және олардың жарияланымдары",
    ru="Страницы и их публикации",
    en="The pages and their posts",
)
PAGE = Text(kk="Парақша", ru="Страница", en="Page")
INDICATOR = Text(kk="Көрсеткіш", ru="Показатель", en="Indicator")
OPENED = Text(kk="парақша ашылған күн", ru="дата открытия страницы", en="page opened")
FOLLOWERS_FIGURE = Text(
    kk="Парақшалардың жазылушылар саны",
    ru="Количество подписчиков страниц",
    en="Followers of the pages",
)
NO_FOLLOWERS = Text(
    kk="Жазылушылар саны бірде-бір парақша бойынша белгілі емес, сондықтан сурет салынбады.",
    ru="Количество подписчиков неизвестно ни по одной странице, поэтому рисунка нет.",
    en="The number of followers is not known of any page, so there is no figure.",
)
FOLLOWERS_MISSING = Text(
    kk="Жазылушылар саны белгісіз: {pages}.",
    ru="Количество подписчиков неизвестно: {pages}.",
    en="The number of followers is not known: {pages}.",
)
FOLLOWERS_SHOWN = Text(
    kk="Жазылушылар саны: {list}.", ru="Количество подписчиков: {list}.", en="Followers: {list}."
)
MONTHS_FIGURE = Text(
    kk="Бір айдағы жарияланымдар саны", ru="Число публикаций за месяц", en="Posts per month"
)
MONTHS_SHOWN = Text(
    kk="{page}: бір айда {low}–{high} жарияланым, ең көбі — {most}.",
    ru="{page}: от {low} до {high} {noun} за месяц, больше всего — {most}.",
    en="{page}: from {low} to {high} {noun} a month, most in {most}.",
)
MONTHS_NOTE_FULL = Text(
    kk="Қою баған — толық бақыланған ай.",
    ru="Тёмный столбец — месяц под наблюдением целиком.",
    en="A dark bar is a month observed in full.",
)
MONTHS_NOTE_PARTIAL = Text(
    kk="Ашық баған — айдың бір бөлігі ғана кезеңге кіреді не бақыланған.",
    ru="Светлый столбец — в период или наблюдение вошла лишь часть месяца.",
    en="A light bar is a month of which only a part lies in the period or was observed.",
)
MONTHS_NOTE_GAP = Text(
    kk="Сұр жолақ — бақыланбаған ай: дерек жоқ, бұл нөл емес.",
    ru="Серая полоса — месяц без наблюдения: данных нет, это не ноль.",
    en="A gray band is a month that nobody observed: no data, not zero.",
)
MONTHS_NOTE_OWN = Text(
    kk="Әр суреттің өз шкаласы бар.",
    ru="У каждого графика своя шкала.",
    en="Each chart has a scale of its own.",
)
MONTHS_NONE = Text(
    kk="Бірде-бір парақшаның жарияланымдары бақыланбаған, сондықтан сурет салынбады.",
    ru="Публикации не наблюдались ни на одной странице, поэтому рисунка нет.",
    en="Posts were not observed on any page, so there is no figure.",
)
MONTHS_MISSING = Text(
    kk="Бақыланбаған парақшалар: {pages}.",
    ru="Страницы без наблюдения: {pages}.",
    en="Pages not observed: {pages}.",
)
MONTH = Text(kk="Ай", ru="Месяц", en="Month")
PART = Text(kk="айдың бір бөлігі", ru="часть месяца", en="part of the month")
REACTIONS_TABLE = Text(
    kk="Бір жарияланымға келетін лайк, пікір және бөлісу саны",
    ru="Лайки, комментарии и репосты на одну публикацию",
    en="Likes, comments and shares of a post",
)
REACTIONS_LEAD = Text(
    kk="Бұл — азаматтардың белсенділігі, органның тыңдайтынының дәлелі емес.",
    ru="Это активность граждан, а не доказательство того, что орган слышит.",
    en="This is what citizens do; it is no evidence that the body listens.",
)
TOP_TABLES = {
    "likes": Text(
        kk="Ең көп лайк жинаған жарияланымдар",
        ru="Публикации с наибольшим числом лайков",
        en="Most liked posts",
    ),
    "comments": Text(
        kk="Ең көп пікір жинаған жарияланымдар",
        ru="Публикации с наибольшим числом комментариев",
        en="Most commented posts",
    ),
}
TOP_NONE = {
    "likes": Text(
        kk="Лайк жинағаны белгілі жарияланым жоқ.",
        ru="Публикаций, о лайках которых известно, нет.",
        en="No post is known to have drawn likes.",
    ),
    "comments": Text(
        kk="Пікір жинағаны белгілі жарияланым жоқ.",
        ru="Публикаций, о комментариях к которым известно, нет.",
        en="No post is known to have drawn comments.",
    ),
}
TOP_NOTE = Text(
    kk="Мәтіндер қысқартылған; телефон, ЖСН, карта нөмірі және электрондық пошта жасырылған.",
    ru="Тексты сокращены; телефоны, ИИН, номера карт и адреса почты скрыты.",
    en="Texts are shortened; phone numbers, IINs, card numbers and e-mail addresses are hidden.",
)
POST = Text(kk="Жарияланым", ru="Публикация", en="Post")
DATE = Text(kk="Күні", ru="Дата", en="Date")
LIKES = Text(kk="Лайк", ru="Лайки", en="Likes")
COMMENTS = Text(kk="Пікір", ru="Комментарии", en="Comments")
NO_TEXT = Text(kk="мәтіні жоқ", ru="без текста", en="no text")
ANSWERS_TABLE = Text(
    kk="Азаматтардың пікірлері және оларға берілген жауаптар",
    ru="Комментарии граждан и ответы на них",
    en="Citizens' comments and the answers to them",
)
ANSWERS_LEAD = Text(
    kk="Жауап деп орган атынан сол тармақта кейін жазылған пікір саналады; лайк жауап емес. Пікір ресми жолданым емес, сондықтан жауап беру міндеті туралы сөз болып отырған жоқ.",
    ru="Ответом считается более поздний комментарий от имени органа в той же ветке; лайк — не ответ. Комментарий не является официальным обращением, поэтому об обязанности отвечать речи нет.",
    en="An answer is a later comment in the body's name in the same thread; a like is none. A comment is not a formal appeal, so nothing is said here of a duty to answer.",
)
LEGEND = Text(
    kk="Ұсақ қаріппен: n — санның негізіндегі күндер, жарияланымдар, пікірлер не санақтар саны; одан кейін — 95\u00a0% сенімділік аралығы.",
    ru="Мелким шрифтом: n — число дней, публикаций, комментариев или подсчётов, на котором основан показатель; после него — 95%-ный доверительный интервал.",
    en="In small type: n, the number of days, posts, comments or counts behind a number, then its 95% confidence interval.",
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

# ── what could not be measured ───────────────────────────────────────────────────────────────────

NO_GAPS = Text(
    kk="Осы есептегі көрсеткіштердің бәрі барлық парақша бойынша өлшенді.",
    ru="Все показатели этого отчёта измерены по всем страницам.",
    en="Every indicator of this report could be measured on every page.",
)
GAPS_TABLE = Text(
    kk="Өлшенбеген көрсеткіштер, себебі және не көмектесер еді",
    ru="Неизмеренные показатели, причина и что помогло бы",
    en="What was not measured, why, and what would help",
)
GAPS_LEAD = Text(
    kk="Дерек жоқ деген нөл деген сөз емес.",
    ru="«Нет данных» не значит «ноль».",
    en="No data does not mean zero.",
)
WHERE = Text(kk="Қай парақшаларда", ru="На каких страницах", en="On which pages")
WHAT = Text(kk="Не өлшенбеді", ru="Что не измерено", en="What")

# ── definitions, recomputing ─────────────────────────────────────────────────────────────────────

NOTES_HEADING = Text(kk="Сандарға ескертпелер", ru="Примечания к числам", en="Notes on the numbers")
RECOMPUTE_LEAD = Text(
    kk="Төмендегі деректер мен нұсқаларды пайдаланып, осы сандардың өзін қайта алуға болады.",
    ru="С теми же данными и версиями получатся те же числа.",
    en="The same data and versions give the same numbers again.",
)
COMMAND = Text(kk="Команда", ru="Команда", en="Command")
VERSIONS = Text(kk="Бағдарлама нұсқалары", ru="Версии программ", en="Versions")
FINGERPRINT = Text(
    kk="Деректердің бақылау хеші", ru="Контрольный хеш данных", en="Hash of the data"
)
IMPORTS = Text(kk="Жүктелген файлдар", ru="Загружено файлов", en="Files imported")
ZONES = Text(kk="Уақыт белдеуі", ru="Часовые пояса", en="Time zones")
ZONE_OF = Text(kk="{zone} ({bodies})", ru="{zone} ({bodies})", en="{zone} ({bodies})")
FILES_TABLE = Text(
    kk="Жүктелген файлдар, жүктелу ретімен",
    ru="Загруженные файлы в порядке загрузки",
    en="Imported files, in the order of import",
)
FILES_NOTE = Text(
    kk="Оқылған жолдар = алынған + өзгермеген + қабылданбаған. Хештің алғашқы 12 таңбасы берілген (SHA-256).",
    ru="Прочитано строк = принято + без изменений + отклонено. Приведены первые 12 знаков хеша (SHA-256).",
    en="Rows read = kept + unchanged + rejected. The first 12 characters of the hash (SHA-256) are given.",
)
FILES_CUT = Text(
    kk="Соңғы {shown} файл ғана көрсетілген.",
    ru="Показаны только последние файлы: {shown}.",
    en="Only the last {shown} files are shown.",
)
FILE = Text(kk="Файл", ru="Файл", en="File")
HASH = Text(kk="Хеш", ru="Хеш", en="Hash")
READ = Text(kk="Оқылған", ru="Прочитано", en="Read")
KEPT = Text(kk="Алынған", ru="Принято", en="Kept")
UNCHANGED = Text(kk="Өзгермеген", ru="Без изменений", en="Unchanged")
REJECTED = Text(kk="Қабылданбаған", ru="Отклонено", en="Rejected")
