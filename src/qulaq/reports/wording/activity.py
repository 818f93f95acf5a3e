"""Words on pages, posts and reactions."""

from __future__ import annotations

from qulaq.lang import Text

PAGES_TABLE = Text(
    kk="Парақшалар және олардың жарияланымдары",
    ru="Страницы и их публикации",
    en="The pages and their posts",
)
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
MONTHS_BOTH = Text(
    kk="Бір айдағы жарияланымдар мен орган жауаптарының саны",
    ru="Число публикаций и ответов органа за месяц",
    en="Posts and answers of the body per month",
)
ANSWERS_FIGURE = Text(
    kk="Бір айдағы орган жауаптарының саны",
    ru="Число ответов органа за месяц",
    en="Answers of the body per month",
)
OF_POSTS = Text(kk="Жарияланымдар", ru="Публикации", en="Posts")
OF_ANSWERS = Text(kk="Органның жауаптары", ru="Ответы органа", en="Answers of the body")
MONTHS_SHOWN = Text(
    kk="{page}: бір айда {low}–{high} жарияланым, ең көбі — {most}.",
    ru="{page}: от {low} до {high} {noun} за месяц, больше всего — {most}.",
    en="{page}: from {low} to {high} {noun} a month, most in {most}.",
)
ANSWERS_SHOWN = Text(
    kk="Орган жауаптары: бір айда {low}–{high}, ең көбі — {most}.",
    ru="Ответов органа — от {low} до {high} за месяц, больше всего — {most}.",
    en="Answers of the body: from {low} to {high} a month, most in {most}.",
)
ANSWERS_NOTE = Text(
    kk="Жауап орган оны жазған айға жатқызылады.",
    ru="Ответ отнесён к тому месяцу, когда орган его написал.",
    en="An answer is counted in the month in which the body wrote it.",
)
ANSWERS_MISSING = Text(
    kk="Орган жауаптары туралы дерек жоқ: {pages}.",
    ru="Об ответах органа данных нет: {pages}.",
    en="Nothing is known of answers: {pages}.",
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
NO_TEXT = Text(kk="мәтіні жоқ", ru="без текста", en="no text")

# ── distributions ────────────────────────────────────────────────────────────────────────────────

SPREAD_FIGURES = {
    "likes": Text(
        kk="Жарияланымдардың лайк санына қарай бөлінуі",
        ru="Распределение публикаций по числу лайков",
        en="Posts by the number of their likes",
    ),
    "comments": Text(
        kk="Жарияланымдардың пікір санына қарай бөлінуі",
        ru="Распределение публикаций по числу комментариев",
        en="Posts by the number of their comments",
    ),
}
AND_MORE = Text(kk="{n} және одан көп", ru="{n} и больше", en="{n} and more")
SPREAD_NOTES = {
    "likes": Text(
        kk="Баған — парақша жарияланымдарының қандай бөлігі сонша лайк жинағаны. Аралықтар барған сайын кеңейеді: жарияланымдардың көбі аз, кейбірі өте көп лайк жинайды.",
        ru="Столбец — доля публикаций страницы, собравших столько лайков. Интервалы становятся всё шире: большинство публикаций собирает мало, а некоторые — очень много.",
        en="A bar is the share of the page's posts that drew so many likes. The ranges grow wider, for most posts draw few and some very many.",
    ),
    "comments": Text(
        kk="Баған — парақша жарияланымдарының қандай бөлігі сонша пікір жинағаны. Аралықтар барған сайын кеңейеді: жарияланымдардың көбі аз, кейбірі өте көп пікір жинайды.",
        ru="Столбец — доля публикаций страницы, собравших столько комментариев. Интервалы становятся всё шире: большинство публикаций собирает мало, а некоторые — очень много.",
        en="A bar is the share of the page's posts that drew so many comments. The ranges grow wider, for most posts draw few and some very many.",
    ),
}
SPREAD_MISSING = {
    "likes": Text(
        kk="Лайк санын дереккөз көрсетпейтін жарияланымдар саналмады: {list}.",
        ru="Не учтены публикации, число лайков которых источник не показывает: {list}.",
        en="Posts whose likes the source does not show are left out: {list}.",
    ),
    "comments": Text(
        kk="Пікір санын дереккөз көрсетпейтін жарияланымдар саналмады: {list}.",
        ru="Не учтены публикации, число комментариев которых источник не показывает: {list}.",
        en="Posts whose comments the source does not count are left out: {list}.",
    ),
}
SPREAD_SHOWN = {
    "likes": Text(
        kk="{page}, {posts}. Лайк саны және жарияланымдар үлесі: {list}.",
        ru="{page}, {posts}. Число лайков и доля публикаций: {list}.",
        en="{page}, {posts}. Likes and share of posts: {list}.",
    ),
    "comments": Text(
        kk="{page}, {posts}. Пікір саны және жарияланымдар үлесі: {list}.",
        ru="{page}, {posts}. Число комментариев и доля публикаций: {list}.",
        en="{page}, {posts}. Comments and share of posts: {list}.",
    ),
}
