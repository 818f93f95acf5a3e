"""Options and arguments that several commands share."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from qulaq.cli.speech import said
from qulaq.errors import Misused
from qulaq.lang import Language, as_language, phrase

if TYPE_CHECKING:
    from qulaq.study import Study, Window

StudyFolder = Annotated[
    Path, typer.Argument(metavar="STUDY", help=said("The folder of the study."))
]
PageId = Annotated[
    str | None, typer.Option("--page", metavar="ID", help=said("A page's id in study.toml."))
]
PageIds = Annotated[
    list[str] | None,
    typer.Option("--page", metavar="ID", help=said("Only this page; may be repeated.")),
]
FirstDay = Annotated[
    str | None,
    typer.Option("--from", metavar="DAY", help=said("First day, instead of the study's.")),
]
LastDay = Annotated[
    str | None, typer.Option("--to", metavar="DAY", help=said("Last day, instead of the study's."))
]
EngineAddress = Annotated[
    str | None,
    typer.Option(
        "--engine",
        metavar="sc://HOST:PORT",
        help=said("Run on this Spark cluster instead of this machine."),
    ),
]

_DURATION = re.compile(r"(\d{1,5}) ?([mhd])")
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}
_MOMENTS = (
    "%Y-%m-%dT%H:%M:%S%z",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%d",
    "%d.%m.%Y %H:%M",
    "%d.%m.%Y",
)


def now() -> datetime:
    """
    The clock, read at the outermost layer only.
    """
    return datetime.now(UTC)  # noqa: TID251  # here is where time comes in


def read_language(code: str) -> Language:
    language = as_language(code)
    if language is None:
        raise Misused(
            where="--lang",
            found=phrase("“{code}” is not one of the languages.", code=code),
            remedy=phrase("Expected: one or more of kk, ru, en."),
        )
    return language


def read_day(option: str, text: str | None) -> date | None:
    """
    A day as 2023-01-31 or 31.01.2023.
    """
    if text is None:
        return None
    moment = _read_moment(text)
    if moment is None or moment.time() != moment.time().min:
        raise Misused(
            where=option,
            found=phrase("“{text}” is no day.", text=text),
            remedy=phrase("Write it as 2023-01-31."),
        )
    return moment.date()


def read_window(study: Study, *, first: str | None, last: str | None) -> Window:
    """
    The days from --from to --to, where left out those of the study.
    """
    from qulaq.study import Window

    window = Window(
        first=read_day("--from", first) or study.window.first,
        last=read_day("--to", last) or study.window.last,
    )
    if window.last < window.first:
        raise Misused(
            where="--from, --to",
            found=phrase(
                "the period ends ({last}) before it begins ({first}).",
                first=window.first,
                last=window.last,
            ),
            remedy=phrase("Set --from to the first day and --to to the last one."),
        )
    return window


def read_duration(option: str, text: str | None) -> timedelta:
    """
    A stretch of time as 90m, 24h or 3d; none where it is left out.
    """
    if text is None:
        return timedelta(0)
    told = _DURATION.fullmatch(text.strip().lower())
    if told is None:
        raise Misused(
            where=option,
            found=phrase("“{text}” is no stretch of time.", text=text),
            remedy=phrase("Write a whole number and m, h or d: 90m, 24h, 3d."),
        )
    return timedelta(**{_UNITS[told[2]]: int(told[1])})


def read_moment(option: str, text: str | None, zone: str) -> datetime | None:
    """
    A moment; without an offset it is told by the clock of *zone*.
    """
    if text is None:
        return None
    moment = _read_moment(text)
    if moment is None:
        raise Misused(
            where=option,
            found=phrase("“{text}” is no moment.", text=text),
            remedy=phrase("Write it as 2023-07-01, 2023-07-01 14:05 or 2023-07-01T14:05:00+05:00."),
        )
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))


def _read_moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        pass
    for form in _MOMENTS:
        try:
            return datetime.strptime(text, form)  # noqa: DTZ007  # a zone is added by the caller
        except ValueError:
            continue
    return None
