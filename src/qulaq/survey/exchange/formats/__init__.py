"""
The programs whose exports of answers are known, one module each.

>>> get_format("kobo").title
'KoboToolbox'
"""

from __future__ import annotations

from qulaq.errors import UnknownName
from qulaq.survey.exchange.formats import (
    google_forms,
    kobo,
    limesurvey,
    odk,
    surveymonkey,
    table,
)
from qulaq.survey.exchange.formats.base import Format

__all__ = ["FORMATS", "TABLE", "Format", "get_format"]

TABLE = table.FORMAT
GOOGLE_FORMS = google_forms.FORMAT

FORMATS = (
    google_forms.FORMAT,
    kobo.FORMAT,
    odk.FORMAT,
    limesurvey.FORMAT,
    surveymonkey.FORMAT,
    table.FORMAT,
)
"""In this order they are tried; a table that none of them owns up to is `table`."""


def get_format(key: str) -> Format:
    """
    The format of that key. Raises UnknownName.
    """
    known = {one.key: one for one in FORMATS}
    if key not in known:
        raise UnknownName.among(key, list(known), kind="--as")
    return known[key]
