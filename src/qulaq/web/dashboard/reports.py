"""The reports of the study's folder."""

from __future__ import annotations

import mimetypes
from pathlib import Path

from csp.decorators import csp_replace
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from qulaq.web.accounts.models import User
from qulaq.web.dashboard.words import WORDS
from qulaq.web.inside import show as show_page
from qulaq.web.served import served

# A report is one file with its style inside and no script.
_STYLED = {"style-src": ["'unsafe-inline'"], "img-src": ["'self'", "data:"]}


def _check_right(request: HttpRequest) -> None:
    if not (served().study.web.public_reports or isinstance(request.user, User)):
        raise Http404


@require_safe
def list_reports(request: HttpRequest) -> HttpResponse:
    _check_right(request)
    folder = served().study.reports
    files = sorted(file.name for file in folder.glob("*") if _is_shown(file))
    return show_page(request, "reports.html", words=WORDS, files=files)


def _is_shown(file: Path) -> bool:
    return file.is_file() and not file.name.startswith(".")


def _find(file: str) -> Path:
    """
    Raises Http404, for what is no name of a file too.
    """
    folder = served().study.reports.resolve()
    try:
        wanted = (folder / file).resolve()
        if wanted.is_relative_to(folder) and _is_shown(wanted):
            return wanted
    except (OSError, ValueError) as error:
        raise Http404 from error
    raise Http404


@require_safe
@csp_replace(_STYLED)  # type: ignore[arg-type]  # its type knows views without arguments only
def show(request: HttpRequest, file: str) -> FileResponse:
    """
    One file of the folder, or of a folder in it; nothing outside.
    """
    _check_right(request)
    wanted = _find(file)
    kind, _ = mimetypes.guess_type(wanted.name)
    return FileResponse(wanted.open("rb"), content_type=kind or "application/octet-stream")
