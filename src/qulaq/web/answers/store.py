"""The store of a survey's answers in the study's database."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, tzinfo
from typing import Any

from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import Count, QuerySet

from qulaq.survey.answers import Answers
from qulaq.survey.responses import InvitationSpent, Partial, Response, Tally, to_the_minute
from qulaq.web.answers import models
from qulaq.web.answers.faults import unreachable

# The statements of every screen that is sent, and of all answers at once, are written out: Django takes longer to
# compose them, and to make a model of each row, than SQLite to run them.
_SELECT = (
    "SELECT begun_at, language, channel, pilot, screen, answers, screened_out FROM answers_partial "
    "WHERE respondent = %s AND survey = %s"
)
_INSERT = (
    "INSERT INTO answers_response (survey, respondent, submitted_at, language, channel, pilot, answers, "
    "version) VALUES (%s, %s, %s, %s, %s, %s, %s, %s)"
)
_KEEP_FIRST = _INSERT + " ON CONFLICT (respondent) DO NOTHING"
_KEEP_LAST = _INSERT + (
    " ON CONFLICT (respondent) DO UPDATE SET submitted_at = excluded.submitted_at, language = excluded.language, "
    "channel = excluded.channel, pilot = excluded.pilot, answers = excluded.answers, version = excluded.version"
)
_UPSERT = (
    "INSERT INTO answers_partial "
    "(survey, respondent, begun_at, language, channel, pilot, screen, answers, screened_out) "
    "VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s) "
    "ON CONFLICT (respondent) DO UPDATE SET language = excluded.language, screen = excluded.screen, "
    "answers = excluded.answers, screened_out = excluded.screened_out"
)
_FINISHED = (
    "SELECT respondent, submitted_at, language, channel, answers, version FROM answers_response "
    "WHERE survey = %s AND pilot = %s ORDER BY id"
)
_DELETE = "DELETE FROM answers_partial WHERE respondent = %s"

_BATCH = 2_000
_AT_ONCE = 500  # keys that one statement asks for; SQLite takes some thousand values
_INVITATION_BYTES = 9  # twelve letters and digits of an address


class StoredResponses:
    """
    The answers of one survey: the implementation of `qulaq.survey.responses.Responses`.
    """

    def __init__(self, survey: str) -> None:
        self.survey = survey

    def append(self, response: Response, *, invitation: str | None = None) -> bool:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(_INSERT, _as_row(response))
                if invitation is not None:
                    self._spend(invitation)
                cursor.execute(_DELETE, (response.respondent,))
        except IntegrityError:
            return False  # sent twice: the first one stands
        return True

    def _spend(self, invitation: str) -> None:
        unused = models.Invitation.objects.filter(
            survey=self.survey, key=_hashed(invitation), used=False
        )
        if unused.update(used=True) != 1:
            raise InvitationSpent

    def append_all(self, responses: Iterable[Response], *, replace: bool = False) -> int:
        given = {one.respondent: one for one in reversed(list(responses))}  # the first one stands
        statement = _KEEP_LAST if replace else _KEEP_FIRST
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                n = len(given) - sum(some.count() for some in _batches(given))
                cursor.executemany(statement, [_as_row(one) for one in reversed(given.values())])
        except DatabaseError as error:
            raise unreachable(error) from error
        return n

    def held(self, respondents: Iterable[str]) -> dict[str, Answers]:
        batches = _batches(respondents)
        return dict(row for some in batches for row in some.values_list("respondent", "answers"))

    def holds(self, respondent: str) -> bool:
        return models.Response.objects.filter(respondent=respondent).exists()

    def keep_partial(self, partial: Partial) -> None:
        row = (
            partial.survey,
            partial.respondent,
            _as_stored(to_the_minute(partial.begun_at)),
            partial.language,
            partial.channel,
            partial.pilot,
            partial.screen,
            json.dumps(partial.answers, ensure_ascii=False),
            partial.screened_out,
        )
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_UPSERT, row)

    def find_partial(self, respondent: str) -> Partial | None:
        with connection.cursor() as cursor:
            cursor.execute(_SELECT, (respondent, self.survey))
            row = cursor.fetchone()
        if row is None:
            return None
        begun_at, language, channel, pilot, screen, answers, screened_out = row
        return Partial(
            survey=self.survey,
            respondent=respondent,
            begun_at=_as_moment(begun_at),
            language=language,
            channel=channel,
            pilot=bool(pilot),
            screen=screen,
            answers=json.loads(answers),
            screened_out=bool(screened_out),
        )

    def read(self, *, pilot: bool = False) -> Iterator[Response]:
        with connection.cursor() as cursor:
            cursor.execute(_FINISHED, (self.survey, pilot))
            for respondent, submitted_at, language, channel, answers, version in _rows(cursor):
                yield Response(
                    survey=self.survey,
                    respondent=respondent,
                    submitted_at=None if submitted_at is None else _as_moment(submitted_at),
                    language=language,
                    channel=channel,
                    pilot=pilot,
                    answers=json.loads(answers),
                    version=version,
                )

    def tally(self, zone: tzinfo, *, pilot: bool = False) -> Tally:
        counted = (
            self._finished(pilot)
            .order_by()
            .values_list("submitted_at", "language", "channel")
            .annotate(n=Count("id"))
        )
        days, languages, channels = Counter[object](), Counter[str](), Counter[str | None]()
        for submitted_at, language, channel, n in counted:
            if submitted_at is not None:
                days[submitted_at.astimezone(zone).date()] += n
            languages[language] += n
            channels[channel] += n
        left = models.Partial.objects.filter(survey=self.survey, pilot=pilot)
        screens = left.filter(screened_out=False).values_list("screen").annotate(n=Count("*"))
        return Tally(
            n=languages.total(),
            by_day=dict(sorted(days.items())),  # type: ignore[arg-type]
            by_language=dict(languages.most_common()),
            by_channel=dict(channels.most_common()),
            left_at=dict(sorted(screens)),
            screened_out=left.filter(screened_out=True).count(),
        )

    def _finished(self, pilot: bool) -> QuerySet[models.Response]:
        return models.Response.objects.filter(survey=self.survey, pilot=pilot)

    def forget_pilot(self) -> int:
        with transaction.atomic():
            models.Partial.objects.filter(survey=self.survey, pilot=True).delete()
            n, _ = self._finished(pilot=True).delete()
        return n

    def invite(self, n: int) -> tuple[str, ...]:
        made = tuple(secrets.token_urlsafe(_INVITATION_BYTES) for _ in range(n))
        models.Invitation.objects.bulk_create(
            [models.Invitation(survey=self.survey, key=_hashed(one)) for one in made],
            batch_size=500,
        )
        return made

    def can_answer(self, invitation: str) -> bool:
        return models.Invitation.objects.filter(
            survey=self.survey, key=_hashed(invitation), used=False
        ).exists()


def _rows(cursor: CursorWrapper) -> Iterator[tuple[Any, ...]]:
    while rows := cursor.fetchmany(_BATCH):
        yield from rows


def _batches(respondents: Iterable[str]) -> Iterator[QuerySet[models.Response]]:
    """
    The stored responses of these respondents, as many at once as a statement can ask for.
    """
    keys = list(set(respondents))
    for start in range(0, len(keys), _AT_ONCE):
        yield models.Response.objects.filter(respondent__in=keys[start : start + _AT_ONCE])


def _as_row(response: Response) -> tuple[str | bool | None, ...]:
    moment = response.submitted_at
    return (
        response.survey,
        response.respondent,
        _as_stored(to_the_minute(moment)) if moment else None,
        response.language,
        response.channel,
        response.pilot,
        json.dumps(response.answers, ensure_ascii=False),
        response.version,
    )


def _as_stored(moment: datetime) -> str:
    return str(connection.ops.adapt_datetimefield_value(moment))


def _as_moment(stored: datetime | str) -> datetime:
    told = datetime.fromisoformat(stored) if isinstance(stored, str) else stored
    return told if told.tzinfo else told.replace(tzinfo=UTC)  # SQLite knows no zones


def _hashed(invitation: str) -> str:
    return hashlib.sha256(invitation.encode()).hexdigest()[:32]
