"""What the part on the survey says."""

from __future__ import annotations

from qulaq.lang import Text

SURVEY = Text(kk="Сауалнама", ru="Опрос", en="The survey")
LEAD = Text(
    kk="Сауалнамаға {n} қатысты ({when}). Тілі: {languages}. Қайдан келгені: {channels}.",
    ru="В опросе — {n} ({when}). Язык: {languages}. Откуда пришли: {channels}.",
    en="The survey has {n} ({when}). Language: {languages}. Where they came from: {channels}.",
)
PERIOD = Text(kk="{first} – {last}", ru="с {first} по {last}", en="{first} to {last}")
DAYS_UNKNOWN = Text(
    kk="қай күндері екені белгісіз",
    ru="в какие дни, неизвестно",
    en="on which days is not told",
)
CHANNEL_UNKNOWN = Text(kk="белгісіз", ru="неизвестно", en="not told")
CANNOT = Text(
    kk="Сауалнамаға қалаған адам қатысты (қолжетімді іріктеме), сондықтан пайыздар тек осы респонденттердің жауабын көрсетеді. "
    "Оларды барлық тұрғынның пікірі деуге болмайды: кім қатысып, кім қатыспағанын ешкім кездейсоқ таңдаған жоқ. "
    "Сенімділік аралығы респонденттер кездейсоқ таңдалған жағдайда қандай болар еді — соны ғана айтады. "
    "Ал жауаптардың қандай болатынын, топтардың немен ерекшеленетінін, нені әрі қарай зерттеу керегін бұл сауалнама көрсете алады.",
    ru="В опросе участвовал тот, кто захотел (удобная выборка), поэтому проценты описывают только этих респондентов. "
    "Мнением всех жителей их считать нельзя: никто не отбирал участников случайно. "
    "Интервал говорит лишь о том, каким он был бы, если бы респондентов отобрали случайно. "
    "Зато опрос показывает, какие ответы встречаются, чем различаются группы и что стоит изучить дальше.",
    en="Whoever wished took part (a convenience sample), so the percentages describe these respondents only. "
    "They are not the opinion of all residents: nobody drew the respondents at random. "
    "An interval says only what it would be if they had been drawn at random. "
    "What the survey can show is which answers there are, in what groups differ, and what deserves to be studied further.",
)
PERCENT_OF = Text(
    kk="Пайыз жауап бергендерден есептелді: сұралғаны {asked}, жауап бергені {valid}, жауапсыз қалғаны {missing}.",
    ru="Проценты — от ответивших: спрошено {asked}, ответили {valid}, без ответа {missing}.",
    en="Percentages are of those who answered: {asked} were asked, {valid} answered, {missing} did not.",
)
SEVERAL = Text(
    kk="Бірнеше жауап таңдауға болатын, сондықтан пайыздардың қосындысы 100-ден асуы мүмкін.",
    ru="Можно было выбрать несколько ответов, поэтому проценты в сумме могут превышать 100.",
    en="Several answers could be chosen, so percentages may sum to more than 100.",
)
CONTRADICTS = Text(
    kk="Сол респонденттің басқа жауабына қайшы келетін жауап саны: {n}.",
    ru="Ответов, которые противоречат другим ответам того же человека: {n}.",
    en="Answers that contradict what the same person answered elsewhere: {n}.",
)
SCALE = Text(
    kk="Орташа мәні {mean}, стандартты ауытқуы {sd}, медианасы {median}.",
    ru="Среднее {mean}, стандартное отклонение {sd}, медиана {median}.",
    en="Mean {mean}, standard deviation {sd}, median {median}.",
)
ANSWER = Text(kk="Жауап", ru="Ответ", en="Answer")
COUNT = Text(kk="Саны", ru="Число", en="Count")
SHARE = Text(kk="Жауап бергендердің үлесі", ru="Доля ответивших", en="Share of those who answered")
INTERVAL = Text(
    kk="95\u00a0% аралық, кездейсоқ таңдалса",
    ru="95%-ный интервал, будь отбор случайным",
    en="95% interval, if drawn at random",
)
SHOWN = Text(kk="{question} {list}.", ru="{question} {list}.", en="{question} {list}.")
OPEN = Text(
    kk="Өз сөзімен жауап жазған {n}; мұнда алғашқылары, жеке деректер жасырылды.",
    ru="Своими словами ответили {n}; здесь первые ответы, личные данные скрыты.",
    en="{n} answered in their own words; these are the first answers, personal data are masked.",
)
OPEN_TABLE = Text(
    kk="Еркін жауаптар: {question}",
    ru="Свободные ответы: {question}",
    en="Open answers: {question}",
)
TEXT = Text(kk="Жауап мәтіні", ru="Текст ответа", en="The answer")
NUMBER = Text(kk="№", ru="№", en="No.")
WEIGHTED = Text(
    kk="Пайыздар белгілі үлестерге сай салмақталды.",
    ru="Проценты взвешены по известным долям.",
    en="Percentages are weighted to known margins.",
)
