"""
KoboToolbox: names or labels as headings, groups before them with "/", columns of its own that begin with "_".

Several choices stand as codes joined by blanks, and each again in a column `question/choice` of 0 and 1; tools for
R write `question_choice`. The phone's own moments bear their offset; `_submission_time` is in UTC and bears none.
"""

from __future__ import annotations

from qulaq.survey.exchange.formats.base import Format

FORMAT = Format(
    key="kobo",
    title="KoboToolbox",
    signs=(
        frozenset(("_uuid", "_submission_time")),
        frozenset(("_id", "_submission_time")),
        frozenset(("_uuid", "_xform_id_string")),
        frozenset(("_id", "_uuid")),
    ),
    moments=("end", "_submission_time", "start"),
    in_utc=frozenset(("_submission_time",)),
    ids=("_uuid", "_id", "meta/instanceid", "instanceid"),
    languages=("_language",),
    technical=frozenset(
        (
            "start", "end", "today", "uuid", "instanceid", "deprecatedid", "meta/instanceid", "meta/deprecatedid",
            "meta/rootuuid", "formhub/uuid", "meta/instancename", "instancename", "audit",
        )
    ),
    technical_prefix="_",
    joints=(" ",),
    writes_codes=True,
)  # fmt: skip
