"""What people read out of the texts, as tables: how codes reach whoever measures, who knows nothing of coding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa

SETTLED = pa.schema([(name, pa.string()) for name in ("page_id", "id", "variable", "category")])
JUDGED = SETTLED.append(pa.field("coder", pa.string()))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Codes:
    """
    `settled` holds the codes that count, a row for each (columns of `SETTLED`), `judged` what each person gave (those of
    `JUDGED`). `id` is the post's or comment's. `groups` tells of each variable the group of each category that has one,
    `answerable` the categories of comments that want an answer.
    """

    settled: pa.Table
    judged: pa.Table
    groups: Mapping[str, Mapping[str, str]]
    answerable: Mapping[str, frozenset[str]]

    @property
    def variables(self) -> frozenset[str]:
        """
        The variables in which something is coded.
        """
        return frozenset(self.settled["variable"].unique().to_pylist())
