"""Words on bodies side by side, and on a month and the one before."""

from __future__ import annotations

from qulaq.lang import Text

LEAD = Text(
    kk="Тізімдегі орын жиналған пікірлердің қандай бөлігіне жауап берілгенін ғана көрсетеді. Кім жақсырақ тыңдайды, кімнің жауабы пайдалырақ, кімге қиынырақ сұрақ қойылады — оны көрсетпейді.",
    ru="Место в списке говорит лишь о том, на какую долю собранных комментариев дан ответ. Кто лучше слышит, чьи ответы полезнее и кому задают более трудные вопросы, оно не говорит.",
    en="A place in the list only says what share of the captured comments was answered. It does not say who listens better, whose answers help more, or who is asked harder questions.",
)
EXTREMES = Text(
    kk="Салыстыруға болатын парақша саны: {all}. Суретте солардың алғашқы {n} және соңғы {n} парақшасы тұр; барлығы есеп қасындағы кестелерде.",
    ru="Сравнить можно страниц: {all}. На рисунке первые {n} и последние {n} из них; все стоят в таблицах рядом с отчётом.",
    en="Pages that can be compared: {all}. The figure shows the first {n} and the last {n} of them; all stand in the tables beside the report.",
)
FIGURE = Text(
    kk="Жауап берілген азамат пікірлерінің үлесі, парақшалар кему ретімен",
    ru="Доля комментариев граждан с ответом, страницы по убыванию",
    en="Share of citizens' comments answered, the highest page first",
)
NOTE = Text(
    kk="Нүкте — үлестің өзі, сызық — 95\u00a0% сенімділік аралығы.",
    ru="Точка — доля, черта — её 95%-ный доверительный интервал.",
    en="The dot is the share, the line its 95% confidence interval.",
)
PLACE_NOTE = Text(
    kk="«Орын» — кездейсоқтықты ескергенде парақша тұруы мүмкін орындар.",
    ru="«Место» — места, на которых страница может стоять с учётом случайности.",
    en="“Place” gives the places that the page may hold once chance is allowed for.",
)
PLACE = Text(kk="{place}-орын", ru="место {place}", en="place {place}")
SHOWN = Text(
    kk="Жауап берілген пікірлер үлесі: {list}.",
    ru="Доля комментариев с ответом: {list}.",
    en="Share of comments answered: {list}.",
)
TOO_FEW = Text(
    kk="Азамат пікірлері {n} данаға жетпейтін парақшаларға орын берілмейді: {pages}.",
    ru="Страницы, где комментариев граждан меньше {n}, мест не получают: {pages}.",
    en="Pages with fewer than {n} citizens' comments are given no place: {pages}.",
)
UNKNOWN = Text(
    kk="Үлесі белгісіз парақшалар: {pages}.",
    ru="Доля неизвестна: {pages}.",
    en="The share is not known: {pages}.",
)
NONE = Text(
    kk="Салыстыру үшін азаматтар кемінде {n} пікір жазған, авторлары белгілі екі парақша керек; мұнда олар жоқ.",
    ru="Для сравнения нужны хотя бы две страницы, где граждане написали не менее {n} комментариев и авторы известны; здесь их нет.",
    en="A comparison needs two pages with at least {n} citizens' comments whose authors are known; here they are lacking.",
)
