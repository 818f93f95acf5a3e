"""The report in a few sentences."""

from __future__ import annotations

from qulaq.lang import Text

VERDICT = Text(
    kk="Қорытынды: {verdict}.",
    ru="Вывод: {verdict}.",
    en="Verdict: {verdict}.",
)
VERDICT_OF = Text(kk="{verdict} — {n}", ru="{verdict} — {n}", en="{verdict}: {n}")
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
    kk="Жауаптардың жартысы мынадай уақыт ішінде келген: {hours}.",
    ru="Половина ответов пришла не позже чем через {hours}.",
    en="Half of the answers came within {hours}.",
)
WAITED_DAYS = Text(
    kk="Үш күн ішінде жауап алған пікірлер үлесі — {share}.",
    ru="За три дня ответили на {share} всех написанных комментариев.",
    en="Within three days {share} of all comments written had an answer.",
)

# ── many pages ────────────────────────────────────────────────────────────────────────────────────

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
