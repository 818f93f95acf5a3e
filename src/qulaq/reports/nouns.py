"""Counted nouns: "1 публикация", "2 публикации", "5 публикаций"; a numeral takes one form in Kazakh."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from babel import Locale

from qulaq.lang import Language
from qulaq.lang.formats import number


@dataclass(frozen=True, slots=True, kw_only=True)
class Noun:
    """
    A noun after numerals: Russian for 1, 2 and 5; English for one and many.
    """

    kk: str
    ru: tuple[str, str, str]
    en: tuple[str, str]

    def after(self, value: float, language: Language, *, digits: int = 0) -> str:
        """
        The form that follows the number as it is printed: "6,0 публикации", not "6,0 публикаций".
        """
        if language == "kk":
            return self.kk
        printed = Decimal(f"{value:.{digits}f}")
        form = Locale(language).plural_form(printed)
        if language == "en":
            return self.en[0 if form == "one" else 1]
        # What Unicode calls "other" in Russian, a fraction, takes the genitive singular, as 2 does.
        return self.ru[{"one": 0, "few": 1, "many": 2, "other": 1}[form]]


def counted(value: float, noun: Noun, language: Language, *, digits: int = 0) -> str:
    """
    The number and its noun, never parted at the end of a line.
    """
    return f"{number(value, language, digits=digits)}\u00a0{noun.after(value, language, digits=digits)}"


POSTS = Noun(kk="жарияланым", ru=("публикация", "публикации", "публикаций"), en=("post", "posts"))
OF_POSTS = Noun(
    kk="жарияланым", ru=("публикации", "публикаций", "публикаций"), en=("post", "posts")
)
LIKES = Noun(kk="лайк", ru=("лайк", "лайка", "лайков"), en=("like", "likes"))
COMMENTS = Noun(
    kk="пікір", ru=("комментарий", "комментария", "комментариев"), en=("comment", "comments")
)
OF_COMMENTS = Noun(
    kk="пікір", ru=("комментария", "комментариев", "комментариев"), en=("comment", "comments")
)
ANSWERS = Noun(kk="жауап", ru=("ответ", "ответа", "ответов"), en=("answer", "answers"))
DAYS = Noun(kk="күн", ru=("день", "дня", "дней"), en=("day", "days"))
OF_WORKING_DAYS = Noun(
    kk="жұмыс күні",
    ru=("рабочего дня", "рабочих дней", "рабочих дней"),
    en=("working day", "working days"),
)
HOURS = Noun(kk="сағат", ru=("час", "часа", "часов"), en=("hour", "hours"))
PAGES = Noun(kk="парақша", ru=("страница", "страницы", "страниц"), en=("page", "pages"))
OF_PAGES = Noun(kk="парақша", ru=("страницы", "страниц", "страниц"), en=("page", "pages"))
BODIES = Noun(kk="орган", ru=("орган", "органа", "органов"), en=("body", "bodies"))
FOLLOWERS = Noun(
    kk="жазылушы", ru=("подписчик", "подписчика", "подписчиков"), en=("follower", "followers")
)
RESPONDENTS = Noun(
    kk="респондент",
    ru=("респондент", "респондента", "респондентов"),
    en=("respondent", "respondents"),
)
FILES = Noun(kk="файл", ru=("файл", "файла", "файлов"), en=("file", "files"))
