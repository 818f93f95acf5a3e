"""Codes as a table, a row for each judgement: written for anybody, and read back to the same decisions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from qulaq.coding.decisions import STATUSES, Decision, Status
from qulaq.coding.exchange.given import Defaults, Given
from qulaq.errors import UnreadableExport
from qulaq.lang import phrase
from qulaq.tables import Line, Table, read_table
from qulaq.text.masking import mask

HEADING = (
    "unit",
    "coder",
    "variable",
    "code",
    "status",
    "unsure",
    "remark",
    "decided_at",
    "fingerprint",
    "probability",
)
_YES = {"yes", "true", "1"}
_NO = {"no", "false", "0", ""}


# ── Out ──────────────────────────────────────────────────────────────────────────────────────────


def as_rows(decisions: Iterable[Decision]) -> Iterator[tuple[object, ...]]:
    """
    The rows below `HEADING`, a row for each code; remarks with personal data masked, moments in UTC.
    """
    for one in decisions:
        moment = one.decided_at.astimezone(UTC).isoformat().replace("+00:00", "Z")
        unsure = "yes" if one.unsure else "no"
        rest = (one.status, unsure, mask(one.remark), moment, one.fingerprint, one.probability)
        for code in one.codes:
            yield (one.unit, one.coder, one.variable, code, *rest)


# ── In ───────────────────────────────────────────────────────────────────────────────────────────


def read_rows(file: Path, defaults: Defaults) -> Iterator[Given]:
    """
    The judgements of a CSV or XLSX with columns unit, coder, variable, code; the others of `HEADING` may lack. A row
    without a code is none: the coder left the unit out.

    Raises UnreadableExport for a table that lacks what is needed, and for cells that tell something else.
    """
    table = read_table(file)
    places = {name: place for name in HEADING if (place := table.find(name)) is not None}
    told = {"coder": defaults.coder, "variable": defaults.variable}
    if missing := [name for name in HEADING[:4] if name not in places and not told.get(name)]:
        raise table.refusal(
            phrase("there is no column {names}.", names=", ".join(missing)),
            phrase(
                "A row is a judgement: unit, coder, variable, code. --coder and --variable stand in for these two."
            ),
        )
    for line in table.lines:
        cells = told | {name: line.cells[place] for name, place in places.items()}
        if cells["code"]:
            yield _given(table, line, cells)


def _given(table: Table, line: Line, cells: dict[str, str]) -> Given:
    for name in ("unit", "coder", "variable"):
        if not cells[name]:
            raise table.refusal(
                phrase("the cell is empty."),
                phrase("Only a code may be left empty: the coder left the unit out."),
                line=line,
                column=name,
            )
    return Given(
        where=phrase("{file}, row {row}", file=table.file, row=line.number),
        unit=cells["unit"],
        coder=cells["coder"],
        variable=cells["variable"],
        codes=(cells["code"],),
        status=_status(table, line, cells.get("status", "") or "coder"),
        fingerprint=cells.get("fingerprint", ""),
        decided_at=_moment(table, line, cells.get("decided_at", "")),
        unsure=_flag(table, line, cells.get("unsure", "")),
        remark=cells.get("remark", "").removeprefix("'"),  # set before what looks like a formula
        probability=_share(table, line, cells.get("probability", "")),
    )


def _status(table: Table, line: Line, told: str) -> Status:
    for one in STATUSES:
        if one == told:
            return one
    raise _unreadable(table, line, "status", told, ", ".join(STATUSES))


def _moment(table: Table, line: Line, told: str) -> datetime | None:
    if not told:
        return None
    try:
        moment = datetime.fromisoformat(told)
    except ValueError:
        raise _unreadable(table, line, "decided_at", told, "2026-11-27T09:30:00Z") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _flag(table: Table, line: Line, told: str) -> bool:
    if told.casefold() in _YES | _NO:
        return told.casefold() in _YES
    raise _unreadable(table, line, "unsure", told, "yes, no")


def _share(table: Table, line: Line, told: str) -> float | None:
    if not told:
        return None
    try:
        share = float(told.replace(",", "."))
    except ValueError:
        share = -1
    if 0 <= share <= 1:
        return share
    raise _unreadable(table, line, "probability", told, "0.25")


def _unreadable(table: Table, line: Line, column: str, told: str, wanted: str) -> UnreadableExport:
    return table.refusal(
        phrase("the cell says “{value}”.", value=told),
        phrase("Expected: {expected}.", expected=wanted),
        line=line,
        column=column,
    )
