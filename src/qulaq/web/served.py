"""What this process serves: one study and, where it has one, its questionnaire."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

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
