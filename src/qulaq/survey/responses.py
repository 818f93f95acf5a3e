"""
What people answered: finished responses, partial ones kept apart, and the store that holds both.

Answers identify nobody: a respondent is a random key that only the respondent's own form knew, moments are
kept to the minute, and neither address nor browser is kept at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo
from typing import TYPE_CHECKING, Protocol

from qulaq.survey.answers import Answers

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """
    One finished questionnaire. `respondent` is unique within the survey; `channel` None: the link did not tell;
    `submitted_at` None: answered elsewhere, and the file does not tell when.

    What was not answered is not in `answers`. `version` is the form's, empty where it tells none.
    """

    survey: str
    respondent: str
    submitted_at: datetime | None
    language: str
    channel: str | None
    pilot: bool
    answers: Answers
    version: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Partial:
    """
    A questionnaire under way. `screen` is the furthest one reached, from 1.

    `screened_out`: this person was thanked and not asked further; the answers were thrown away.
    """

    survey: str
    respondent: str
    begun_at: datetime
    language: str
    channel: str | None
    pilot: bool
    screen: int
    answers: Answers
    screened_out: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """
    How many responses there are, in which breakdowns: local days (those of which they are known), languages, channels
    (None: not told).

    `left_at`: partial responses by the furthest screen reached; `screened_out` are none of these.
    """

    n: int = 0
    by_day: Mapping[date, int] = field(default_factory=dict)
    by_language: Mapping[str, int] = field(default_factory=dict)
    by_channel: Mapping[str | None, int] = field(default_factory=dict)
    left_at: Mapping[int, int] = field(default_factory=dict)
    screened_out: int = 0


class InvitationSpent(Exception):
    """
    The invitation is unknown, or somebody answered with it already.
    """


class Responses(Protocol):
    """
    The store of one survey's answers.
    """

    def append(self, response: Response, *, invitation: str | None = None) -> bool:
        """
        Keep a response for good, in the place of its partial one; durable on return.

        False where this respondent's response is stored already: the first one stands.
        Raises InvitationSpent where *invitation* is given and cannot be used.
        """

    def append_all(self, responses: Iterable[Response], *, replace: bool = False) -> int:
        """
        Keep many responses for good in one step, all or none; how many were not stored before.

        Of a respondent who is stored already the response stands or, with *replace*, gives way; of one who is
        given twice the first one counts. Raises StudyError where the database cannot be written.
        """

    def held(self, respondents: Iterable[str]) -> Mapping[str, Answers]:
        """
        The answers of those of these respondents whose response is stored.
        """

    def holds(self, respondent: str) -> bool:
        """
        Whether this respondent's response is stored.
        """

    def keep_partial(self, partial: Partial) -> None:
        """
        Keep how far a respondent has come, in the place of what was kept before.
        """

    def find_partial(self, respondent: str) -> Partial | None: ...

    def read(self, *, pilot: bool = False) -> Iterator[Response]:
        """
        The finished responses, oldest first.
        """

    def tally(self, zone: tzinfo, *, pilot: bool = False) -> Tally: ...

    def forget_pilot(self) -> int:
        """
        Throw the trial answers away; how many responses they were.
        """

    def invite(self, n: int) -> tuple[str, ...]:
        """
        Make *n* invitations; who holds one can answer once. They are not kept in readable form.
        """

    def can_answer(self, invitation: str) -> bool:
        """
        Whether an invitation is known and unused.
        """


def to_the_minute(moment: datetime) -> datetime:
    """
    A moment as responses keep it: exact enough for days, too coarse to tell who held the phone.
    """
    return moment.astimezone(UTC).replace(second=0, microsecond=0)


def as_table(responses: Iterable[Response]) -> pa.Table:
    """
    The long form: survey, respondent, submitted_at, language, channel, question, answer.

    A row for each answer, and for each code chosen of a multiple choice.
    """
    import pyarrow as pa

    rows = [
        (one.survey, one.respondent, one.submitted_at, one.language, one.channel, question, answer)
        for one in responses
        for question, given in one.answers.items()
        for answer in ((given,) if isinstance(given, str) else given)
    ]
    columns = list(zip(*rows, strict=True)) or [()] * len(_schema())
    arrays = [
        pa.array(column, field.type) for column, field in zip(columns, _schema(), strict=True)
    ]
    return pa.Table.from_arrays(arrays, schema=_schema())


def _schema() -> pa.Schema:
    import pyarrow as pa

    texts = ("survey", "respondent", "language", "channel", "question", "answer")
    fields = [pa.field(name, pa.string()) for name in texts]
    fields.insert(2, pa.field("submitted_at", pa.timestamp("us", "UTC")))
    return pa.schema(fields)
