"""How people react: likes, comments and shares of a post."""

from __future__ import annotations

from qulaq.reports.cells import indicator_line, page_table
from qulaq.reports.document import Block, Paragraph
from qulaq.reports.findings import OF_REACTIONS
from qulaq.reports.scope import Scope
from qulaq.reports.sections.spread import show_spread
from qulaq.reports.wording import activity as words


def show_reactions(scope: Scope) -> list[Block]:
    lines = [indicator_line(scope, key) for key in OF_REACTIONS]
    table = page_table(scope, caption=words.REACTIONS_TABLE, lines=lines, looked_at=("posts",))
    return [Paragraph(text=scope.say(words.REACTIONS_LEAD)), table, *show_spread(scope)]
