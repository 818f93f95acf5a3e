"""
LimeSurvey: codes or full texts as headings, or both as "code. text"; answers as codes or full.

A choice of several has its own column, `question[choice]`, with Y or Yes where it was chosen; `question[other]` holds
what was written. An anonymous survey dates every response 1980-01-01, which tells no moment.
"""

from __future__ import annotations

from qulaq.survey.exchange.formats.base import Format

FORMAT = Format(
    key="limesurvey",
    title="LimeSurvey",
    signs=(
        frozenset(("id", "lastpage")),
        frozenset(("id", "startlanguage")),
        frozenset(("response id", "last page")),
        frozenset(("id ответа", "последняя страница")),
    ),
    moments=("submitdate", "date submitted", "дата отправки", "datestamp", "date last action"),
    ids=("id", "response id", "id ответа"),
    languages=("startlanguage", "start language", "начальный язык"),
    technical=frozenset(
        (
            "submitdate", "date submitted", "дата отправки", "datestamp", "date last action", "startdate",
            "date started", "lastpage", "last page", "последняя страница", "seed", "refurl", "referrer url",
            "interviewtime", "total time", "token", "access code",
        )
    ),
    joints=(", ", "|"),
    writes_codes=True,
)  # fmt: skip
