"""What every number of the report means, and what the notes on the numbers mean."""

from __future__ import annotations

from qulaq.indicators import NOTES
from qulaq.reports.document import Block, Definition, Definitions, Heading, Paragraph
from qulaq.reports.scope import Scope, capitalize, indicator
from qulaq.reports.wording import method as words


def show_definitions(scope: Scope) -> list[Block]:
    defined = Definitions(items=tuple(_define(scope, key) for key in scope.findings.keys))
    notes = [NOTES[note].to(scope.language) for note in _occurring(scope)]
    if not notes:
        return [defined]
    return [
        defined,
        Heading(text=scope.say(words.NOTES_HEADING)),
        *(Paragraph(text=note) for note in notes),
    ]


def _define(scope: Scope, key: str) -> Definition:
    one = indicator(key)
    return Definition(
        term=capitalize(one.title.to(scope.language)),
        question=one.question.to(scope.language),
        texts=(one.definition.to(scope.language), one.caveat.to(scope.language)),
        source=one.citation.to(scope.language),
        anchor=key,
    )


def _occurring(scope: Scope) -> list[str]:
    """
    The notes that stand on some number of the report, in the order of their table.
    """
    months = {note for row in scope.findings.months.values() for one in row for note in one.notes}
    occurring = months.union(*(found.notes for found in scope.findings.found.values()))
    return [note for note in NOTES if note in occurring]
