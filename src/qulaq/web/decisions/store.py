"""The store of coders' decisions in the study's database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import QuerySet

from qulaq.coding.decisions import Decision, Overtaken
from qulaq.web.answers.faults import unreachable
from qulaq.web.decisions import models

_FIELDS = (
    "unit",
    "variable",
    "coder",
    "status",
    "turn",
    "codes",
    "fingerprint",
    "decided_at",
    "unsure",
    "remark",
    "probability",
)
_AT_ONCE = 500  # rows that one statement writes, and units that one asks for; SQLite takes some thousand values


class StoredDecisions:
    """
    The decisions of the study: the implementation of `qulaq.coding.decisions.Decisions`.
    """

    def append(self, decisions: Iterable[Decision]) -> None:
        rows = [
            models.Decision(**{name: getattr(one, name) for name in _FIELDS}) for one in decisions
        ]
        try:
            with transaction.atomic():
                models.Decision.objects.bulk_create(rows, batch_size=_AT_ONCE)
        except IntegrityError as error:
            raise Overtaken from error
        except DatabaseError as error:
            raise unreachable(error) from error

    def read(
        self, *, units: Iterable[str] | None = None, coder: str | None = None
    ) -> Iterator[Decision]:
        asked = (
            models.Decision.objects.all()
            if coder is None
            else models.Decision.objects.filter(coder=coder)
        )
        if units is None:
            yield from _decisions(asked)
            return
        for some in _batches(units):
            yield from _decisions(asked.filter(unit__in=some))

    def forget(self, units: Iterable[str]) -> int:
        with transaction.atomic():
            return sum(
                models.Decision.objects.filter(unit__in=some).delete()[0]
                for some in _batches(units)
            )


def _decisions(asked: QuerySet[models.Decision]) -> Iterator[Decision]:
    for row in asked.order_by("id").values(*_FIELDS).iterator(chunk_size=2_000):
        yield Decision(**row | {"codes": tuple(row["codes"])})


def _batches(units: Iterable[str]) -> Iterator[list[str]]:
    named = list(dict.fromkeys(units))
    for start in range(0, len(named), _AT_ONCE):
        yield named[start : start + _AT_ONCE]
