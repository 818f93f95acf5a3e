"""Decisions as the tables that indicators measure."""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa

from qulaq.coding.codebook import Codebook
from qulaq.coding.decisions import Standing, settle
from qulaq.corpus.codes import JUDGED, SETTLED, Codes


def as_codes(stands: Standing, codebook: Codebook) -> Codes | None:
    """
    What counts, and what each person gave, a row for each code; None where nothing counts.
    """
    settled = [
        (*one.unit.partition("/")[::2], one.variable, code)
        for one in settle(stands.decisions).settled
        for code in one.codes
    ]
    if not settled:
        return None
    judged = [
        (*one.unit.partition("/")[::2], one.variable, one.code, one.coder)
        for one in stands.judgements()
    ]
    return Codes(
        settled=_as_table(settled, SETTLED),
        judged=_as_table(judged, JUDGED),
        groups={
            one.name: {part.code: part.group for part in one.categories if part.group}
            for one in codebook.variables
        },
        answerable={
            one.name: frozenset(part.code for part in one.categories if part.answerable)
            for one in codebook.variables
        },
    )


def _as_table(rows: Iterable[tuple[str, ...]], schema: pa.Schema) -> pa.Table:
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    return pa.Table.from_arrays([pa.array(one, pa.string()) for one in columns], schema=schema)
