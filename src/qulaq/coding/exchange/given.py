"""What a file tells of a judgement before it is held against the codebook."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from qulaq.coding.decisions import Status
from qulaq.lang import Sayable


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """
    A judgement as a file tells it; `codes` are one, but where the file lists several in one place. `fingerprint` "" and
    `decided_at` None: it does not tell.
    """

    where: Sayable
    unit: str
    coder: str
    variable: str
    codes: tuple[str, ...]
    status: Status = "coder"
    fingerprint: str = ""
    decided_at: datetime | None = None
    unsure: bool = False
    remark: str = ""
    probability: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Defaults:
    """
    What holds where the file itself does not tell.
    """

    coder: str = ""
    variable: str = ""
