"""
ODK: tables of ODK Central, ODK Briefcase and Aggregate.

Headings are names with their groups before them and "-" between; several choices are codes joined by blanks, and,
where the export was asked to split them, columns `question/choice` of 0 and 1.
"""

from __future__ import annotations

from qulaq.survey.exchange.formats.base import Format

FORMAT = Format(
    key="odk",
    title="ODK",
    signs=(frozenset(("submissiondate", "key")), frozenset(("key", "meta-instanceid"))),
    moments=("end", "submissiondate", "start"),
    in_utc=frozenset(("submissiondate",)),
    ids=("key", "instanceid", "meta-instanceid", "meta/instanceid"),
    technical=frozenset(
        (
            "start", "end", "today", "instanceid", "instancename", "meta-instanceid", "meta-instancename",
            "meta-deprecatedid", "attachmentspresent", "attachmentsexpected", "status", "reviewstate", "edits",
            "formversion", "isvalidated", "parent_key", "set-of", "meta-audit", "audit",
        )
    ),
    joints=(" ",),
    writes_codes=True,
)  # fmt: skip
