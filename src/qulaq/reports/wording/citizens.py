"""Words on who is answered, in which language, and what becomes of a conversation."""

from __future__ import annotations

from qulaq.lang import Text

TABLE = Text(
    kk="Кім жазады және кімге жауап беріледі",
    ru="Кто пишет и кому отвечают",
    en="Who writes and who is answered",
)
LEAD = Text(
    kk="Мұнда пікірлер емес, адамдар саналады. Бір адам бірнеше аккаунтпен жазса, бірнеше адам болып көрінеді.",
    ru="Здесь считаются люди, а не комментарии. Кто пишет с нескольких аккаунтов, выглядит как несколько человек.",
    en="Persons are counted here, not comments. Somebody with several accounts looks like several persons.",
)
EVENNESS = Text(
    kk="Теңсіздік 0-ден 1-ге дейін өзгереді: 0 — бәріне бірдей жауап берілген, 1 — барлық жауап бір адамға ғана берілген.",
    ru="Неравенство — от 0 до 1: 0 — всем ответили поровну, 1 — все ответы достались одному.",
    en="Inequality runs from 0, when everybody was answered equally often, to 1, when all replies went to one person.",
)

# ── languages ────────────────────────────────────────────────────────────────────────────────────

LANGUAGES_FIGURE = Text(
    kk="Жауап берілген қазақша және орысша пікірлердің үлесі",
    ru="Доля комментариев с ответом: на казахском и на русском",
    en="Share of comments answered, in Kazakh and in Russian",
)
KAZAKH = Text(kk="қазақша", ru="на казахском", en="in Kazakh")
RUSSIAN = Text(kk="орысша", ru="на русском", en="in Russian")
GAP = Text(kk="Айырма", ru="Разница", en="Difference")
GAPS = Text(
    kk="Айырма, пайыздық тармақпен: {list}.",
    ru="Разница в процентных пунктах: {list}.",
    en="The difference in percentage points: {list}.",
)
GAP_SHOWN = Text(
    kk="Айырма: {gap} пайыздық тармақ",
    ru="Разница: {gap} процентного пункта",
    en="Difference: {gap} percentage points",
)
ENDS = Text(kk="{low} … {high}", ru="от {low} до {high}", en="{low} to {high}")
OF_LANGUAGE = Text(
    kk="{language} — {share} ({comments})",
    ru="{language} — {share} ({comments})",
    en="{language} {share} ({comments})",
)
LANGUAGES_SHOWN = Text(
    kk="{page}, жауап берілген пікірлер үлесі: {kazakh}; {russian}. {gap}.",
    ru="{page}, доля комментариев с ответом: {kazakh}; {russian}. {gap}.",
    en="{page}, share of comments answered: {kazakh}; {russian}. {gap}.",
)
LANGUAGES_NOTE = Text(
    kk="Нүкте — үлестің өзі, сызық — 95\u00a0% сенімділік аралығы.",
    ru="Точка — доля, черта — её 95%-ный доверительный интервал.",
    en="The dot is the share, the line its 95% confidence interval.",
)
LANGUAGES_CAVEAT = Text(
    kk="Айырма — қазақша пікірлердікінен орысша пікірлердікін алғанда, пайыздық тармақпен; аралығына 0 кірсе, айырма кездейсоқ болуы мүмкін. Тілді бағдарлама анықтайды, кейде қателеседі. Екі тілде әртүрлі нәрсе жазылса, айырма содан да шығуы мүмкін.",
    ru="Разница — доля для казахского минус доля для русского, в процентных пунктах; если в её интервал входит 0, она может быть случайной. Язык определяет программа и иногда ошибается. Разница может возникнуть и оттого, что на двух языках пишут о разном.",
    en="The difference is the share in Kazakh less that in Russian, in percentage points; where its interval holds 0, it may be chance. A program tells the language and sometimes errs. The difference may also come from people writing of different things in the two languages.",
)
LANGUAGES_NONE = Text(
    kk="Қазақша және орысша пікірлерге жауап беру үлесін бірде-бір парақша бойынша салыстыру мүмкін болмады.",
    ru="Сравнить ответы на комментарии на казахском и на русском не удалось ни по одной странице.",
    en="Answers to Kazakh and to Russian comments could not be compared on any page.",
)
LANGUAGES_MISSING = Text(
    kk="Салыстыруға келмейтін парақшалар: {pages}.",
    ru="Сравнить не удалось: {pages}.",
    en="Not comparable: {pages}.",
)

# ── conversation ─────────────────────────────────────────────────────────────────────────────────

CONVERSATION_TABLE = Text(
    kk="Алғашқы жауаптан кейін не болады", ru="Что бывает после первого ответа",
    en="What follows the first answer",
)  # fmt: skip
CONVERSATION_NOTE = Text(
    kk="Жариялау мен жауап берудің арасалмағы −1-ден 1-ге дейін өзгереді: 1 — тек жариялайды, 0 — жарияланымы қанша болса, жауабы сонша, −1 — тек жауап береді.",
    ru="Перевес публикаций над ответами — от −1 до 1: 1 — только публикует, 0 — публикаций и ответов поровну, −1 — только отвечает.",
    en="Publishing against answering runs from −1 to 1: 1 is publishing only, 0 as many answers as posts, −1 answering only.",
)
