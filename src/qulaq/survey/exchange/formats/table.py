"""Any other table: one row a respondent, headings that are names or texts of the questions."""

from __future__ import annotations

from qulaq.survey.exchange.formats.base import Format

FORMAT = Format(
    key="table",
    title="a table",
    moments=("submitted_at", "submitted", "moment", "timestamp", "date", "дата", "күні"),
    ids=("respondent", "respondent_id", "respondent id", "id"),
    joints=("; ", ";", "|", "\n", ", ", " "),
    writes_codes=True,
    has_sure_ids=False,
)
