"""Words on answering."""

from __future__ import annotations

from qulaq.lang import Text

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

BENCHMARK = Text(
    kk="Зерттеудің өлшемі: жауап {days} ішінде. Бұл — салыстыруға арналған өлшем, міндет емес.",
    ru="Ориентир исследования — ответ в течение {days}. Это ориентир для сравнения, а не обязанность.",
    en="The study's benchmark is an answer within {days}. It is a benchmark, not a duty.",
)
BASIS = Text(kk="Негізі: {basis}.", ru="Основание: {basis}.", en="Basis: {basis}.")
CHECKED = Text(kk="Тексерілген күні: {day}.", ru="Проверено: {day}.", en="Checked on {day}.")
COMPLETENESS_TABLE = Text(
    kk="Пікірлердің қаншасы жиналған және олар туралы не белгілі",
    ru="Какая часть комментариев собрана и что о них известно",
    en="How many of the comments are held, and what is known of them",
)
BOUNDS_NOTE = Text(
    kk="Төменгі және жоғарғы шек жиналмаған пікірлер мен авторы белгісіз пікірлердің бәріне жауап берілмеген не бәріне жауап берілген болса, үлестің қандай болатынын көрсетеді.",
    ru="Нижняя и верхняя границы показывают, какой была бы доля, если бы ни на один или, напротив, на каждый комментарий, который не собран или автор которого неизвестен, был дан ответ.",
    en="The lowest and the highest possible rate tell what the share would be had none, or had every one, of the comments not held or by unknown authors been answered.",
)

# ── how long an answer takes ─────────────────────────────────────────────────────────────────────

WAITING_FIGURE = Text(
    kk="Уақыт өте келе жауап алған азамат пікірлерінің үлесі",
    ru="Доля комментариев граждан, получивших ответ, по мере ожидания",
    en="Share of citizens' comments answered as time goes by",
)
WAITING_TABLE = Text(kk="Күту уақыты", ru="Время ожидания", en="Waiting times")
WAITING_TABLE_NOTE = Text(
    kk="Алғашқы екі көрсеткіш — тек жауап алған пікірлер туралы, қалғаны — жазылған пікірдің бәрі туралы: жауап күтіп тұрғандары да есептелген. «Жетпеді» — деректер алынғанда жазылған пікірлердің жартысына жауап берілмеген. Пікірдің өшірілгені деректер бірнеше рет алынғанда ғана көрінеді.",
    ru="Первые два показателя — только о комментариях, на которые ответили; остальные — обо всех написанных, включая ждущие ответа. «Не достигнуто» — к моменту снимка ответа не получила и половина. Удаление видно лишь там, где комментарии снимали не один раз.",
    en="The first two numbers are of answered comments only, the others of all that were written, those still waiting included. “Not reached” means that at the capture fewer than half had an answer. A removal is seen only where comments were captured more than once.",
)
WAITING_DAYS = Text(
    kk="пікір жазылғаннан кейінгі күндер", ru="дней после комментария", en="days after the comment"
)
WITHIN = Text(kk="{span} ішінде", ru="за {span}", en="within {span}")
EVER = Text(
    kk="бүкіл бақылау уақытында", ru="за всё время наблюдения", en="as long as anybody looked"
)
WAITING_SHOWN = Text(
    kk="{page}, азаматтардан {comments}. Жауап алғаны: {list}.",
    ru="{page}, {comments} граждан. Получили ответ: {list}.",
    en="{page}, {comments} by citizens. Answered: {list}.",
)
WAITING_NOTE = Text(
    kk="Сызық — жазылғанына сонша күн болғанда жауабы бар азамат пікірлерінің үлесі; ашық жолақ — 95\u00a0% сенімділік аралығы. Жауап берілмеген пікір қанша бақыланса, сонша уақытқа ғана есептеледі; одан ұзақ ешбір пікір бақыланбаса, сызық үзіледі.",
    ru="Линия — доля комментариев граждан, на которые к этому дню уже ответили; светлая полоса — её 95%-ный доверительный интервал. Комментарий без ответа учитывается лишь столько времени, сколько за ним наблюдали; линия обрывается там, где дольше ни за одним не наблюдали.",
    en="The line is the share of citizens' comments that had an answer so many days after they were written; the pale band is its 95% confidence interval. A comment without an answer counts only for as long as somebody looked; the line ends where none was watched longer.",
)
WAITING_KEPT = Text(
    kk="Есеп жауап берілгенге дейін ешбір пікір өшірілмеген деген болжамға сүйенеді: өшірілгені байқалмаған.",
    ru="Расчёт исходит из того, что до ответа комментарии не удаляли: таких случаев не замечено.",
    en="The line takes it that no comment was deleted before it was answered: none is known to have been.",
)
WAITING_REMOVED = Text(
    kk="Кейбір пікір жауап берілгенге дейін жойылып кеткен; олар жауап алмаған болып есептелді: {list}.",
    ru="Часть комментариев исчезла до ответа; они считаются оставшимися без ответа: {list}.",
    en="Some comments disappeared before anybody answered; they count as never answered: {list}.",
)
WAITING_NONE = Text(
    kk="Азаматтардың жауапты қанша күткені бірде-бір парақша бойынша белгілі емес, сондықтан сурет салынбады.",
    ru="Сколько граждане ждали ответа, неизвестно ни по одной странице, поэтому рисунка нет.",
    en="How long citizens waited is not known of any page, so there is no figure.",
)
WAITING_MISSING = Text(
    kk="Азаматтар жазбаған немесе пікір авторларының бестен бірінен көбі белгісіз парақшалар көрсетілмеді: {pages}.",
    ru="Не показаны страницы, где граждане не писали или неизвестно более пятой части авторов: {pages}.",
    en="Not shown are pages where no citizen wrote, or where more than a fifth of the authors are unknown: {pages}.",
)
TIME = Text(kk="Уақыт", ru="Время", en="Time")
CITIZENS_WROTE = Text(
    kk="Азаматтардың пікірлері", ru="Комментарии граждан", en="Citizens' comments"
)

# ── when people write ────────────────────────────────────────────────────────────────────────────

RHYTHM_FIGURE = Text(
    kk="Пікірлер мен жауаптар апта күндері мен сағаттар бойынша: {page}",
    ru="Комментарии и ответы по дням недели и часам: {page}",
    en="Comments and answers by weekday and hour: {page}",
)
ALL_TOGETHER = Text(kk="барлық парақша бірге", ru="все страницы вместе", en="all pages together")
PEOPLE_WRITE = Text(kk="Адамдар жазады", ru="Люди пишут", en="People write")
PAGE_ANSWERS = Text(kk="Парақша жауап береді", ru="Страница отвечает", en="The page answers")
RHYTHM_NOTE = Text(
    kk="Шаршы неғұрлым қою болса, сол сағатта соғұрлым көп жазылған; сұр шаршы — ештеңе жазылмаған. Уақыт — органның жергілікті уақыты.",
    ru="Чем темнее клетка, тем больше написано в этот час; серая клетка — ничего. Время — местное время органа.",
    en="The darker a square, the more was written in that hour; a gray one stands for nothing. Hours are those of the body's own clock.",
)
DARKEST = Text(
    kk="Ең қою шаршы: адамдарда — {people}, парақшада — {answers}.",
    ru="Самая тёмная клетка: у людей — {people}, у страницы — {answers}.",
    en="The darkest square: {people} by people, {answers} by the page.",
)
DARKEST_PEOPLE = Text(
    kk="Ең қою шаршы — {people}. Парақша кезең ішінде бірде-бір жауап жазбаған.",
    ru="Самая тёмная клетка — {people}. Страница за период не написала ни одного ответа.",
    en="The darkest square: {people}. The page wrote no answer in the period.",
)
OFF_HOURS = Text(
    kk="Жұмыс уақытынан тыс (жұмыс уақыты — дүйсенбі–жұма, 9:00–18:00) жазылғаны: адамдардың пікірлері — {people}, парақшаның жауаптары — {answers}.",
    ru="Вне рабочего времени (рабочее — с понедельника по пятницу, 9:00–18:00) написано: комментариев людей — {people}, ответов страницы — {answers}.",
    en="Written outside office hours (Monday to Friday, 9:00–18:00): {people} of people's comments, {answers} of the page's answers.",
)
OFF_HOURS_PEOPLE = Text(
    kk="Жұмыс уақытынан тыс (жұмыс уақыты — дүйсенбі–жұма, 9:00–18:00) жазылғаны: адамдардың пікірлері — {people}.",
    ru="Вне рабочего времени (рабочее — с понедельника по пятницу, 9:00–18:00) написано: комментариев людей — {people}.",
    en="Written outside office hours (Monday to Friday, 9:00–18:00): {people} of people's comments.",
)
RHYTHM_SHOWN = {
    "people": Text(
        kk="{page}, адамдар жазғаны: барлығы {all}, ең көбі — {day}, сағат {hour} ({most}).",
        ru="{page}, люди написали: всего {all}, больше всего — {day}, {hour} ({most}).",
        en="{page}, written by people: {all} in all, most on {day}, {hour} ({most}).",
    ),
    "answers": Text(
        kk="{page}, парақша жазғаны: барлығы {all}, ең көбі — {day}, сағат {hour} ({most}).",
        ru="{page}, страница написала: всего {all}, больше всего — {day}, {hour} ({most}).",
        en="{page}, written by the page: {all} in all, most on {day}, {hour} ({most}).",
    ),
}
RHYTHM_SILENT = {
    "people": Text(
        kk="{page}: кезең ішінде адамдар ештеңе жазбаған.",
        ru="{page}: за период люди ничего не написали.",
        en="{page}: people wrote nothing in the period.",
    ),
    "answers": Text(
        kk="{page}: кезең ішінде парақша бірде-бір жауап жазбаған.",
        ru="{page}: за период страница не написала ни одного ответа.",
        en="{page}: the page wrote no answer in the period.",
    ),
}
RHYTHM_NONE = Text(
    kk="Адамдардың қашан жазатыны бірде-бір парақша бойынша белгілі емес, сондықтан сурет салынбады.",
    ru="Когда пишут люди, неизвестно ни по одной странице, поэтому рисунка нет.",
    en="When people write is not known of any page, so there is no figure.",
)
RHYTHM_MISSING = Text(
    kk="Пікірлері жоқ немесе пікір авторларының бестен бірінен көбі белгісіз парақшалар көрсетілмеді: {pages}.",
    ru="Не показаны страницы, где нет комментариев или неизвестно более пятой части их авторов: {pages}.",
    en="Not shown are pages without comments, or where more than a fifth of their authors are unknown: {pages}.",
)
HOUR = Text(kk="Сағат", ru="Час", en="Hour")
