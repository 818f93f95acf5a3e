"""Whether the survey is open, and what to say where it is not."""

from __future__ import annotations

from datetime import date

from qulaq.lang import Language, Phrase, phrase, phrases
from qulaq.lang.formats import day
from qulaq.study import Survey

_SOON = 3  # days before the end on which the end is told


def is_open(survey: Survey, today: date) -> bool:
    """
    Whether people can answer today.
    """
    return (survey.opens or today) <= today <= (survey.closes or today)


def why_closed(survey: Survey, today: date, language: Language) -> Phrase | None:
    """
    Why nobody can answer today; None on a day on which the survey is open.
    """
    if survey.opens and today < survey.opens:
        return phrase("The survey opens on {day}.", day=day(survey.opens, language))
    if survey.closes and today > survey.closes:
        return phrase(
            "The survey closed on {day}. Thank you for wanting to take part.",
            day=day(survey.closes, language),
        )
    return None


def reminder(survey: Survey, today: date) -> Phrase | None:
    """
    That few days are left, once they are few.
    """
    if survey.closes is None or not 0 <= (left := (survey.closes - today).days) < _SOON:
        return None
    if left == 0:
        return phrase("Today is the last day of the survey.")
    return phrases(
        "The survey is open for {n} more day after today.",
        "The survey is open for {n} more days after today.",
        n=left,
    )
