"""What a machine can learn from: the texts of a corpus, and what people said of some of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import ibis
import pyarrow as pa

from qulaq.coding.assignments import Assignment
from qulaq.coding.codebook import Variable
from qulaq.coding.decisions import Settlement, Standing, settle
from qulaq.coding.judgements import Judgement
from qulaq.coding.units import Population
from qulaq.corpus.current import Corpus
from qulaq.corpus.newest import PLACE
from qulaq.engine import as_ibis
from qulaq.errors import Misused
from qulaq.lang import phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """
    All units that a variable is asked of. `texts` are None where a unit has no words, `codes` where people settled on
    none, or the unit waits for them to. `drawn`: the units of samples that chance drew.

    `gone` are units that people coded and that are not among these, `waiting` those on which they differ, `single`
    those that one person alone coded.
    """

    variable: Variable
    units: tuple[str, ...]
    texts: tuple[str | None, ...]
    codes: tuple[str | None, ...]
    judgements: tuple[Judgement, ...]
    drawn: frozenset[str]
    gone: int
    waiting: int
    single: int

    @property
    def readable(self) -> list[int]:
        """
        The places of units that have words.
        """
        return [place for place, text in enumerate(self.texts) if text is not None]

    @property
    def wordless(self) -> int:
        return len(self.units) - len(self.readable)

    @property
    def learnable(self) -> list[int]:
        """
        The places of units that have words, and that people settled on.
        """
        return [place for place in self.readable if self.codes[place] is not None]


def find_texts(corpus: Corpus, population: Population) -> list[str | None]:
    """
    The texts of all units of the population, in its order; None where one has no words.
    """
    rows = population.rows.select([*PLACE])
    rows = rows.append_column("place", pa.array(range(len(rows)), pa.int64()))
    corpus.engine.add_rows("read_units", rows)
    asked = ibis.table(as_ibis(rows.schema), name="read_units")
    table = "posts" if population.unit == "post" else "comments"
    texts: list[str | None] = corpus.engine.run(corpus.with_texts(asked, table).order_by("place"))[
        "text"
    ].to_pylist()
    return [text if text and text.strip() else None for text in texts]


def gather(
    variable: Variable,
    *,
    units: Sequence[str],
    texts: Sequence[str | None],
    stands: Standing,
    samples: Collection[Assignment],
) -> Material:
    """
    Join units with what people said of them. Raises Misused for a variable of which a unit may have several codes.
    """
    if variable.kind == "any":
        raise Misused(
            where=variable.name,
            found=phrase("a unit may have several codes of this variable, which no model here learns."),
            remedy=phrase("Choose a variable of kind one, yes_no or ordinal."),
        )  # fmt: skip
    settlement = _of(settle(stands.decisions), variable)
    settled = {one.unit: one for one in settlement.settled}
    known = set(units)
    return Material(
        variable=variable,
        units=tuple(units),
        texts=tuple(texts),
        codes=tuple(settled[unit].codes[0] if unit in settled else None for unit in units),
        judgements=tuple(
            one
            for one in stands.judgements()
            if one.variable == variable.name and one.unit in known
        ),
        drawn=frozenset(
            task.unit for one in samples if one.unit == variable.unit for task in one.tasks
        ),
        gone=len(settled.keys() - known),
        waiting=sum(one.unit not in settled for one in settlement.open),
        single=sum(one.basis == "single" for one in settled.values()),
    )


def _of(settlement: Settlement, variable: Variable) -> Settlement:
    return Settlement(
        settled=tuple(one for one in settlement.settled if one.variable == variable.name),
        open=tuple(one for one in settlement.open if one.variable == variable.name),
    )
