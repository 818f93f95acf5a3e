"""What this process serves: one study and, where it has one, its questionnaire."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from qulaq.lang import as_language
from qulaq.study import Study, Survey
from qulaq.survey.questionnaire import Questionnaire
from qulaq.web.answers.store import StoredResponses


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """
    The study behind the pages. `questionnaire` None: there is no survey here. `clock` gives the moment.
    """

    study: Study
    questionnaire: Questionnaire | None
    clock: Callable[[], datetime] = timezone.now

    @property
    def survey(self) -> Survey:
        return self.study.survey

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.study.time_zone)

    @property
    def responses(self) -> StoredResponses:
        return StoredResponses(self.survey.name)

    def title(self, language: str) -> str:
        """
        The survey's title: the study's, which exists in our languages, or the form's own.
        """
        ours = as_language(language)
        if ours is not None:
            return self.study.title.to(ours)
        form = self.questionnaire.title.to(language) if self.questionnaire else ""
        return form or self.study.title.en

    @property
    def languages(self) -> tuple[tuple[str, str], ...]:
        """
        Code and name of each language of the form; the code that some forms write behind a name is left away.
        """
        listed = self.questionnaire.languages if self.questionnaire else ()
        return tuple((one.code, one.name.removesuffix(f"({one.code})").strip()) for one in listed)

    def today(self) -> date:
        """
        The day on the study's clock.
        """
        return self.clock().astimezone(self.zone).date()


def served() -> Served:
    """
    What `qulaq.web.opening` was given.
    """
    here: Served = settings.QULAQ_SERVED
    return here
