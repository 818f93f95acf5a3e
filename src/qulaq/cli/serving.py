"""`qulaq serve`: the web application of a study."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from qulaq.cli.options import StudyFolder
from qulaq.cli.speech import said, tell
from qulaq.lang import phrase

if TYPE_CHECKING:
    from qulaq.study import Study

HOST, PORT = "127.0.0.1", 8000

Host = Annotated[
    str,
    typer.Option(help=said("The address to listen at; 0.0.0.0 for all of this machine's.")),
]
Port = Annotated[int, typer.Option(help=said("The port to listen at."), min=1, max=65535)]
Workers = Annotated[
    int, typer.Option(help=said("Processes; more than the cores do not help."), min=1, max=64)
]


def serve(study: StudyFolder, host: Host = HOST, port: Port = PORT, workers: Workers = 2) -> None:
    from qulaq.study import open_study

    serve_study(open_study(study), host=host, port=port, workers=workers)


def serve_study(study: Study, *, host: str = HOST, port: int = PORT, workers: int = 2) -> None:
    """
    Make the database ready, say where the pages are, and serve until interrupted.
    """
    from qulaq.web.database import prepare_database
    from qulaq.web.listening import check_port
    from qulaq.web.opening import open_web
    from qulaq.web.server import open_questionnaire
    from qulaq.web.server import serve as serve_web

    check_port(host, port)
    questionnaire = open_questionnaire(study)
    open_web(study, questionnaire)
    prepare_database()
    from qulaq.web.accounts.users import list_users  # a table: Django must be open

    _announce(study, f"http://{_in_address(host)}:{port}", has_survey=questionnaire is not None)
    if not list_users():
        tell(phrase("Nobody can sign in yet: qulaq user add {study} NAME", study=study.folder))
    tell(phrase("{keys} ends the server.", keys="Ctrl-C"))
    serve_web(study, host=host, port=port, workers=workers)
    tell(phrase("The server has ended; what was stored stands."))


def _in_address(host: str) -> str:
    if host in {"0.0.0.0", "::"}:  # noqa: S104  # compared, not bound
        return HOST
    return f"[{host}]" if ":" in host else host


def _announce(study: Study, here: str, *, has_survey: bool) -> None:
    if has_survey:
        tell(
            phrase(
                "The survey: {address}",
                address=f"{study.web.address or here}/s/{study.survey.name}/",
            )
        )
    else:
        tell(phrase("There is no questionnaire.xlsx in the study, so there is no survey."))
    if study.web.public_reports:
        tell(phrase("The reports: {address}", address=f"{here}/reports/"))
    tell(phrase("For those who work on the study: {address}", address=f"{here}/sign-in/"))
