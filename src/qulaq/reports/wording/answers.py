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
