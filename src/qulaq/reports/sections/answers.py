"""Whether the body answers, and how much of what was written is held."""

from __future__ import annotations

from qulaq.reports import wording
from qulaq.reports.cells import indicator_line, page_table
from qulaq.reports.document import Block, Paragraph
from qulaq.reports.scope import Scope

_KEYS = (
    "citizen_comments",
    "reply_rate",
    "unanswered",
    "latency_median_hours",
    "comments_captured_share",
    "authors_known_share",
)


def show_answers(scope: Scope) -> list[Block]:
    lines = [indicator_line(scope, key) for key in _KEYS]
    table = page_table(scope, caption=wording.ANSWERS_TABLE, lines=lines, looked_at=("comments",))
    return [Paragraph(text=scope.say(wording.ANSWERS_LEAD)), table]
