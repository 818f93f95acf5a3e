"""
The coding of a study, taken together: its codebook, what stands of its decisions, how far coders agree, what counts.

    coding = Coding(codebook=codebook, standing=standing(decisions.read(), codebook))
    coding.codes          # for indicators
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import pyarrow as pa

from qulaq.coding.agreement import BOOTSTRAPS, Agreement, measure_agreement
from qulaq.coding.codebook import Codebook
from qulaq.coding.decisions import Settlement, Standing, settle
from qulaq.corpus.codes import JUDGED, SETTLED, Codes
from qulaq.stats.agreement import Level

ALPHA = "krippendorff_alpha"


@dataclass(frozen=True, kw_only=True)  # without slots, for what follows from it is kept
class Coding:
    """
    What people coded, at least one unit.
    """

    codebook: Codebook
    standing: Standing

    @cached_property
    def settlement(self) -> Settlement:
        return settle(self.standing.decisions)

    @cached_property
    def agreement(self) -> tuple[Agreement, ...]:
        """
        How far people agree, ordinal variables by their order, of those with several codes each category apart.
        """
        return self.measure_agreement()

    def measure_agreement(
        self, *, level: Level | None = None, bootstraps: int = BOOTSTRAPS
    ) -> tuple[Agreement, ...]:
        """
        The same at another level or with another number of samples. Raises Misused as `measure_agreement` does.
        """
        variables = self.codebook.variables
        own: Mapping[str, Level] = {
            one.name: "ordinal" if one.kind == "ordinal" else "nominal" for one in variables
        }
        return measure_agreement(
            self.standing.judgements(),
            level=level or own,
            several={one.name for one in variables if one.kind == "any"},
            bootstraps=bootstraps,
        )

    def alpha(self, variable: str, category: str = "") -> Agreement | None:
        """
        Krippendorff's alpha of a variable as a whole or of one category; None where nobody was there to agree with.
        """
        for one in self.agreement:
            wanted = (one.variable, one.coefficient, one.category) == (variable, ALPHA, category)
            if wanted and one.pair is None:
                return one
        return None

    @cached_property
    def codes(self) -> Codes:
        """
        What counts, and what each person gave, as the tables that indicators measure.
        """
        settled = [
            (*one.unit.partition("/")[::2], one.variable, code)
            for one in self.settlement.settled
            for code in one.codes
        ]
        judged = [
            (*one.unit.partition("/")[::2], one.variable, one.code, one.coder)
            for one in self.standing.judgements()
        ]
        return Codes(
            settled=_as_table(settled, SETTLED),
            judged=_as_table(judged, JUDGED),
            groups={
                one.name: {part.code: part.group for part in one.categories if part.group}
                for one in self.codebook.variables
            },
            answerable={
                one.name: frozenset(part.code for part in one.categories if part.answerable)
                for one in self.codebook.variables
            },
        )


def _as_table(rows: Iterable[tuple[str, ...]], schema: pa.Schema) -> pa.Table:
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    return pa.Table.from_arrays([pa.array(one, pa.string()) for one in columns], schema=schema)
