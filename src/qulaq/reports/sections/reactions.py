"""How people react: likes, comments and shares of a post."""

from __future__ import annotations

from qulaq.reports import wording
from qulaq.reports.cells import indicator_line, page_table
from qulaq.reports.document import Block, Paragraph
from qulaq.reports.scope import Scope

_KEYS = (
    "likes_mean",
    "likes_median",
    "likes_max",
    "comments_mean",
    "comments_median",
    "comments_max",
    "uncommented_share",
    "shares_mean",
    "shares_median",
    "shares_max",
)


def show_reactions(scope: Scope) -> list[Block]:
    lines = [indicator_line(scope, key) for key in _KEYS]
    table = page_table(scope, caption=wording.REACTIONS_TABLE, lines=lines, looked_at=("posts",))
    return [Paragraph(text=scope.say(wording.REACTIONS_LEAD)), table]
