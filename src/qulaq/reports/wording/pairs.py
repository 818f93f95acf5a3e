"""What the part that sets survey and measurement side by side says."""

from __future__ import annotations

from qulaq.lang import Text

SIDE_BY_SIDE = Text(
    kk="Адамдардың айтқаны мен өлшенгені қатар",
    ru="Что говорят люди и что измерено",
    en="What people say and what was measured",
)
LEAD = Text(
    kk="Сауалнама мен парақшалар бір нәрсені екі жақтан көрсетеді. Респонденттер кездейсоқ таңдалмаған, олар басқа органдардың парақшаларын да айтуы мүмкін, әрі уақыт та басқа: айырма — салыстыру, сынақ емес.",
    ru="Опрос и страницы показывают одно и то же с двух сторон. Респонденты отобраны не случайно, могли говорить и о страницах других органов и в другое время: разность — сопоставление, а не проверка.",
    en="The survey and the pages show the same from two sides. Respondents were not drawn at random, may speak of other bodies' pages, and at another time: a difference is a contrast, not a test.",
)
PAGE = Text(kk="Парақша", ru="Страница", en="Page")
CLAIM = Text(kk="Сауалнамада", ru="В опросе", en="In the survey")
MEASURED = Text(kk="Өлшенгені", ru="Измерено", en="Measured")
DIFFERENCE = Text(kk="Айырма", ru="Разность", en="Difference")
CAPTION = Text(kk="{claim}: {title}", ru="{claim}: {title}", en="{claim}: {title}")
NO_DIFFERENCE = Text(kk="—", ru="—", en="—")
NOT_ASKED = Text(kk="сұралмаған", ru="не спрашивали", en="not asked")
NEWCOMBE = Text(
    kk="Айырманың аралығы — Ньюкомб бойынша, егер респонденттер кездейсоқ таңдалған болса.",
    ru="Интервал разности — по Ньюкомбу, будь респонденты отобраны случайно.",
    en="The difference's interval is Newcombe's, if respondents had been drawn at random.",
)
