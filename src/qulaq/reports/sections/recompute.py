"""How to come to the same numbers again: command, versions, hash of the data, files."""

from __future__ import annotations

from collections.abc import Sequence

from qulaq.lang.formats import number
from qulaq.reports import nouns, wording
from qulaq.reports.document import (
    Block,
    Cell,
    Column,
    Definition,
    Definitions,
    Paragraph,
    Row,
    Table,
)
from qulaq.reports.findings import MANY_PAGES
from qulaq.reports.scope import Scope
from qulaq.reports.wording import method as words
from qulaq.store import Batch

_MOST_FILES = 100
_SHORT = 12


def show_recompute(scope: Scope) -> list[Block]:
    lead = Paragraph(text=scope.say(words.RECOMPUTE_LEAD))
    facts = Definitions(items=tuple(_facts(scope)), brief=True)
    return [lead, facts, *([_files(scope)] if scope.findings.batches else [])]


def _facts(scope: Scope) -> list[Definition]:
    findings = scope.findings
    versions, window = findings.versions, findings.study.window
    programs = f"Qulaq {versions.qulaq}, Python {versions.python}, DuckDB {versions.duckdb}, Ibis {versions.ibis}"
    count = scope.count(len(findings.batches), nouns.FILES)
    return [
        Definition(term=scope.say(words.COMMAND), texts=(findings.command,), code=True),
        Definition(term=scope.say(words.FINGERPRINT), texts=(findings.fingerprint,), code=True),
        Definition(term=scope.say(words.VERSIONS), texts=(programs,)),
        Definition(term=scope.say(wording.PERIOD), texts=(scope.days(window.first, window.last),)),
        Definition(term=scope.say(words.ZONES), texts=("; ".join(_zones(scope)),)),
        Definition(term=scope.say(words.IMPORTS), texts=(count,)),
    ]


def _zones(scope: Scope) -> list[str]:
    """
    Each time zone with its bodies; of one alone, only its name.
    """
    bodies = scope.findings.study.bodies
    zones = list(dict.fromkeys(body.time_zone for body in bodies))
    if len(zones) == 1:
        return zones
    names = {
        zone: [body.name.to(scope.language) for body in bodies if body.time_zone == zone]
        for zone in zones
    }
    return [
        scope.say(words.ZONE_OF, zone=zone, bodies=_named(scope, names[zone])) for zone in zones
    ]


def _named(scope: Scope, names: Sequence[str]) -> str:
    """
    Bodies by name; so many that nobody would read them are counted.
    """
    if len(names) <= MANY_PAGES:
        return ", ".join(names)
    return scope.count(len(names), nouns.BODIES)


def _files(scope: Scope) -> Table:
    batches = scope.findings.batches[-_MOST_FILES:]
    cut = len(batches) < len(scope.findings.batches)
    notes = [words.FILES_NOTE, *([words.FILES_CUT] if cut else [])]
    titles = (words.READ, words.KEPT, words.UNCHANGED, words.REJECTED)
    return Table(
        caption=scope.say(words.FILES_TABLE),
        columns=(
            Column(title=scope.say(words.FILE), numeric=False),
            Column(title=scope.say(words.HASH), numeric=False),
            *(Column(title=scope.say(title)) for title in titles),
        ),
        rows=tuple(_file(scope, batch) for batch in batches),
        note=" ".join(
            scope.say(note, shown=number(len(batches), scope.language)) for note in notes
        ),
    )


def _file(scope: Scope, batch: Batch) -> Row:
    counts = (batch.read, batch.kept, batch.unchanged, batch.rejected)
    return Row(
        header=Cell(text=batch.file),
        cells=(
            Cell(text=batch.sha256[:_SHORT]),
            *(Cell(text=number(count, scope.language)) for count in counts),
        ),
    )
