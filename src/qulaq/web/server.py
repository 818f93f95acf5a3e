"""The server: granian with few processes, for few writers win in SQLite."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

from django.db import connections

from qulaq.errors import QulaqError
from qulaq.lang import phrase
from qulaq.study import Study, open_study
from qulaq.survey.eligibility import check_screen_out
from qulaq.survey.questionnaire import Questionnaire
from qulaq.survey.xlsform import read_questionnaire
from qulaq.web.listening import check_port, own_addresses

WORKERS = 2
_STUDY = "QULAQ_SERVED_STUDY"
_HOSTS = "QULAQ_SERVED_HOSTS"
_BACKLOG = 2048
_GRACE = 10  # seconds in which a worker may finish what it has begun
_IDLE = 600  # seconds that a thread keeps its connection to the database without a request


def open_questionnaire(study: Study) -> Questionnaire | None:
    """
    The study's questionnaire; None where it has none. Raises QuestionnaireError, and StudyError where the study's
    settings do not fit it.
    """
    if not study.questionnaire.exists():
        return None
    questionnaire = read_questionnaire(study.questionnaire)
    check_screen_out(study, questionnaire)
    return questionnaire


def serve(study: Study, *, host: str, port: int, workers: int = WORKERS) -> None:
    """
    Serve the study until somebody interrupts. The database is made ready first.

    Raises Misused where the port is taken, QulaqError where the workers do not start.
    """
    import multiprocessing

    from granian import Granian
    from granian.constants import Interfaces

    check_port(host, port)
    # Workers open the study themselves: a connection to a database does not outlive a fork.
    multiprocessing.set_start_method("spawn", force=True)
    connections.close_all()
    os.environ[_STUDY] = str(study.folder.resolve())
    everywhere = host in {"0.0.0.0", "::"}  # noqa: S104  # compared, not bound
    os.environ[_HOSTS] = " ".join(sorted(own_addresses())) if everywhere else host
    server = Granian(
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
        log_enabled=bool(os.environ.get("QULAQ_DEBUG")),
        log_access=False,  # addresses of citizens are written nowhere
        workers_kill_timeout=_GRACE,
    )
    try:
        server.serve()
    except SystemExit:
        if not server.interrupt_signal:  # else a worker was interrupted while it started: no matter
            raise _broken() from None


def _follow_the_parent() -> None:
    """
    Let a worker end when its parent does, and only then.

    Ctrl-C reaches every process of a terminal's group, and granian's workers hang when they are told twice: by the
    terminal and by their parent. So they leave the group. A parent that is killed tells nobody: so they look.
    """
    if os.name != "posix":
        return
    os.setpgid(0, 0)
    threading.Thread(target=_end_without, args=(os.getppid(),), daemon=True).start()


def _end_without(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def _broken() -> QulaqError:
    return QulaqError(
        found=phrase("the server ended by itself."),
        remedy=phrase("Set QULAQ_DEBUG=1 for details, and run the same command again."),
    )


def application() -> object:
    """
    The WSGI application of a worker, opened from the study that `serve` named.
    """
    from django.core.wsgi import get_wsgi_application

    _follow_the_parent()
    from qulaq.web.database import read_secret
    from qulaq.web.opening import open_web

    study = open_study(Path(os.environ[_STUDY]))
    open_web(study, open_questionnaire(study), hosts=os.environ.get(_HOSTS, "").split())
    read_secret()
    return get_wsgi_application()
