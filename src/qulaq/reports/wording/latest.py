"""Words on the newest month and the one before."""

from __future__ import annotations

from qulaq.lang import Text

TABLE = Text(
    kk="Негізгі сандар: {month} және {before}",
    ru="Основные числа: {month} и {before}",
    en="The main numbers: {month} and {before}",
)
CHANGE = Text(kk="Өзгеріс", ru="Изменение", en="Change")
BEFORE = Text(kk="{month}: {value}", ru="{month}: {value}", en="{month}: {value}")
CHANGED = Text(kk="өзгеріс: {change}", ru="изменение: {change}", en="change: {change}")
POINTS = Text(kk="пайыздық тармақ", ru="процентного пункта", en="percentage points")
NOT_COMPARED = Text(kk="салыстырылмайды", ru="не сравнить", en="no comparison")
NOTE = Text(
    kk="Өзгеріс — соңғы айдың санынан алдыңғы айдікін алғанда; үлестер үшін — пайыздық тармақпен.",
    ru="Изменение — число последнего месяца минус число предыдущего; для долей — в процентных пунктах.",
    en="The change is the newest month's number less that of the month before; of shares, in percentage points.",
)
NOTE_INTERVAL = Text(
    kk="Ұсақ қаріппен — өзгерістің 95\u00a0% сенімділік аралығы; оған 0 кірсе, өзгеріс кездейсоқ болуы мүмкін.",
    ru="Мелким шрифтом — 95%-ный доверительный интервал; если в него входит 0, изменение может быть случайным.",
    en="In small type stands the change's 95% confidence interval; where it holds 0, the change may be chance.",
)
FOLLOWED = Text(
    kk="Кейін берілген жауап көрінбейді, ал соңғы айдың пікірлері азырақ бақыланған: жауап берілген пікірлер үлесі әлі өсуі мүмкін.",
    ru="Более поздние ответы не видны, а за комментариями последнего месяца наблюдали меньше: доля комментариев с ответом ещё может вырасти.",
    en="Later answers are not seen, and the newest month's comments were watched for less long: its reply rate may yet grow.",
)
FRESH = Text(
    kk="Айдың соңынан деректер алынғанға дейін бір апта да өтпеген, сондықтан жауаптар туралы қорытынды жасауға ерте: {pages}.",
    ru="После конца месяца до снимка данных не прошло и недели, поэтому об ответах судить рано: {pages}.",
    en="Less than a week passed between the end of the month and the capture, so it is too early to judge answers: {pages}.",
)
NONE = Text(
    kk="Кезең ішінде соңына дейін бақыланған бірде-бір күнтізбелік ай жоқ, сондықтан айларды салыстыру мүмкін емес.",
    ru="В периоде нет ни одного календарного месяца, который наблюдался бы до конца, поэтому месяцы не сравнить.",
    en="No calendar month of the period was observed to its end, so there are no months to compare.",
)
