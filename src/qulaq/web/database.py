"""The study's database as Django is told of it: SQLite beside study.toml, or PostgreSQL."""

from __future__ import annotations

import secrets
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.conf import settings
from django.db import DatabaseError, transaction

from qulaq.errors import StudyError
from qulaq.lang import phrase
from qulaq.study import Study
from qulaq.web.answers.faults import unreachable

_PATIENCE = 5  # seconds that a writer waits for another one
_ON_OPENING = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"


def describe_database(study: Study) -> dict[str, Any]:
    """
    The entry of DATABASES. Connections stay open; a write is on the disk before it is acknowledged.
    """
    kept = {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True}
    if study.database_url:
        return kept | _describe_postgresql(study)
    return kept | {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": study.database,
        # A transaction that begins as a writer waits its turn instead of failing midway.
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": _PATIENCE,
            "init_command": _ON_OPENING,
        },
    }


def _describe_postgresql(study: Study) -> dict[str, Any]:
    if find_spec("psycopg") is None:
        raise StudyError(
            where=str(study.settings),
            found=phrase("the study names a PostgreSQL database, and its driver is not installed."),
            remedy=phrase("Run pip install 'qulaq[postgres]', or leave [database] out for SQLite."),
        )
    url = urlsplit(study.database_url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path.removeprefix("/")),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": url.hostname or "",
        "PORT": str(url.port or ""),
        "OPTIONS": dict(parse_qsl(url.query)),
    }


def prepare_database() -> None:
    """
    Bring the tables up to date and make the secret where there is none.

    Raises StudyError where the database cannot be opened or written.
    """
    from django.core.management import call_command

    from qulaq.web.answers.models import Secret

    _make_private()
    try:
        call_command("migrate", verbosity=0, interactive=False)
        with transaction.atomic():
            Secret.objects.get_or_create(id=1, defaults={"value": secrets.token_urlsafe(48)})
    except DatabaseError as error:
        raise unreachable(error) from error


def _make_private() -> None:
    """
    SQLite's file for its owner only: it holds what people answered, and what tokens are signed with.
    """
    name = settings.DATABASES["default"]["NAME"]
    if isinstance(name, Path):
        with suppress(OSError):  # what is wrong with the file is told when it is opened
            name.touch(mode=0o600)
            name.chmod(0o600)


def read_secret() -> None:
    """
    Sign with the secret of the study's database from now on: all its servers share it.
    """
    from qulaq.web.answers.models import Secret

    try:
        settings.SECRET_KEY = Secret.objects.get(id=1).value
    except DatabaseError as error:
        raise unreachable(error) from error
