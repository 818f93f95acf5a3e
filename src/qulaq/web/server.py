"""The server: granian with few processes, for few writers win in SQLite."""

from __future__ import annotations

import os
from pathlib import Path

from django.db import connections

from qulaq.study import Study, open_study
from qulaq.survey.questionnaire import Questionnaire
from qulaq.survey.xlsform import read_questionnaire
from qulaq.web.listening import check_port

WORKERS = 2
_STUDY = "QULAQ_SERVED_STUDY"
_HOSTS = "QULAQ_SERVED_HOSTS"
_BACKLOG = 2048
_IDLE = 600  # seconds that a thread keeps its connection to the database without a request


def open_questionnaire(study: Study) -> Questionnaire | None:
    """
    The study's questionnaire; None where it has none. Raises QuestionnaireError.
    """
    return read_questionnaire(study.questionnaire) if study.questionnaire.exists() else None


def serve(study: Study, *, host: str, port: int, workers: int = WORKERS) -> None:
    """
    Serve the study until somebody interrupts. The database is made ready first.

    Raises Misused where the port is taken, StudyError where the database cannot be used.
    """
    import multiprocessing

    from granian import Granian
    from granian.constants import Interfaces

    check_port(host, port)
    # Workers open the study themselves: a connection to a database does not outlive a fork.
    multiprocessing.set_start_method("spawn", force=True)
    connections.close_all()
    os.environ[_STUDY] = str(study.folder.resolve())
    os.environ[_HOSTS] = "" if host in {"0.0.0.0", "::"} else host  # noqa: S104  # compared, not bound
    Granian(
        "qulaq.web.server:application",
        factory=True,
        interface=Interfaces.WSGI,
        address=host,
        port=port,
        workers=workers,
        blocking_threads=1,
        blocking_threads_idle_timeout=_IDLE,
        backlog=_BACKLOG,
        websockets=False,
        respawn_failed_workers=True,
        log_enabled=False,
        log_access=False,  # addresses of citizens are written nowhere
    ).serve()


def application() -> object:
    """
    The WSGI application of a worker, opened from the study that `serve` named.
    """
    from django.core.wsgi import get_wsgi_application

    from qulaq.web.database import read_secret
    from qulaq.web.opening import open_web

    study = open_study(Path(os.environ[_STUDY]))
    hosts = filter(None, [os.environ.get(_HOSTS, "")])
    open_web(study, open_questionnaire(study), hosts=hosts)
    read_secret()
    return get_wsgi_application()
