"""Whether the body answers, and how much of what was written is held."""

from __future__ import annotations

from qulaq.reports.cells import indicator_line, page_table
from qulaq.reports.document import Block, Paragraph
from qulaq.reports.findings import OF_ANSWERS
from qulaq.reports.scope import Scope
from qulaq.reports.wording import answers as words


def show_answers(scope: Scope) -> list[Block]:
    lines = [indicator_line(scope, key) for key in OF_ANSWERS]
    table = page_table(scope, caption=words.ANSWERS_TABLE, lines=lines, looked_at=("comments",))
    return [Paragraph(text=scope.say(words.ANSWERS_LEAD)), table]
