"""Whether a conversation arises: what follows an answer, and how the page divides its words."""

from __future__ import annotations

from qulaq.reports.cells import indicator_line, page_table
from qulaq.reports.document import Block
from qulaq.reports.findings import OF_CONVERSATION
from qulaq.reports.scope import Scope
from qulaq.reports.wording import citizens as words


def show_conversation(scope: Scope) -> list[Block]:
    lines = [indicator_line(scope, key) for key in OF_CONVERSATION]
    return [
        page_table(
            scope,
            caption=words.CONVERSATION_TABLE,
            lines=lines,
            looked_at=("comments",),
            remarks=(words.CONVERSATION_NOTE,),
        )
    ]
