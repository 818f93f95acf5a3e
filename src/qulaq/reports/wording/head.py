"""Words at the head and the foot of the report, and the titles of its sections."""

from __future__ import annotations

from qulaq.lang import Text

WHO = Text(kk="Зерттелген органдар", ru="Исследованные органы", en="Bodies studied")
WHO_MANY = Text(
    kk="{bodies}, {pages}; тізімі 1-кестеде",
    ru="{bodies}, {pages}; перечислены в таблице 1",
    en="{bodies}, {pages}; named in Table 1",
)
WHO_CROWD = Text(kk="{bodies}, {pages}", ru="{bodies}, {pages}", en="{bodies}, {pages}")
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

# ── sections ──────────────────────────────────────────────────────────────────────────────────────

IN_SHORT = Text(kk="Қысқаша", ru="Коротко", en="In short")
THE_PAGES = Text(kk="Парақшалар", ru="Страницы", en="The pages")
OVER_TIME = Text(
    kk="Жарияланымдар мен жауаптар айлар бойынша",
    ru="Публикации и ответы по месяцам",
    en="Posts and answers month by month",
)
LATEST = Text(
    kk="Соңғы толық ай және оның алдындағы ай",
    ru="Последний полный месяц и месяц до него",
    en="The newest full month and the month before",
)
REACTIONS = Text(kk="Адамдар қалай үн қатады", ru="Как откликаются люди", en="How people react")
TOP = Text(
    kk="Ең көп лайк пен пікір жинаған жарияланымдар",
    ru="Публикации с наибольшим числом лайков и комментариев",
    en="Most liked and most commented posts",
)
ANSWERS = Text(kk="Орган жауап бере ме?", ru="Отвечает ли орган?", en="Does the body answer?")
WAITING = Text(
    kk="Жауап қанша күттіреді?", ru="Сколько ждут ответа?", en="How long does an answer take?"
)
RHYTHM = Text(
    kk="Адамдар қашан жазады, парақша қашан жауап береді?",
    ru="Когда пишут люди и когда отвечает страница?",
    en="When do people write, and when does the page answer?",
)
CITIZENS = Text(kk="Кімге жауап беріледі?", ru="Кому отвечают?", en="Who is answered?")
CONVERSATION = Text(
    kk="Әңгіме өрби ме?", ru="Завязывается ли разговор?", en="Does a conversation arise?"
)
COMPARISON = Text(kk="Органдарды салыстыру", ru="Сравнение органов", en="The bodies compared")
GAPS = Text(
    kk="Нені өлшеу мүмкін болмады", ru="Что не удалось измерить", en="What could not be measured"
)
MEANINGS = Text(kk="Анықтамалар", ru="Определения", en="Definitions")
RECOMPUTE = Text(
    kk="Қалай қайта есептеуге болады", ru="Как пересчитать", en="How to compute it again"
)
