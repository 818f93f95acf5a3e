"""
Google Forms: the table of answers, from the form as CSV or from Google Sheets.

Columns are headed by the texts of the questions; the first is the moment, headed in the language of the form's owner.
Cells are labels, of several choices joined by ", ".
"""

from __future__ import annotations

from qulaq.survey.exchange.formats.base import Format

TIMESTAMPS = ("timestamp", "отметка времени", "уақыт белгісі")

FORMAT = Format(
    key="google-forms",
    title="Google Forms",
    signs=tuple(frozenset((one,)) for one in TIMESTAMPS),
    moments=TIMESTAMPS,
    technical=frozenset(("score", "total score", "баллы", "балл", "ұпай")),
    joints=(", ",),
    moment_first=True,
)
