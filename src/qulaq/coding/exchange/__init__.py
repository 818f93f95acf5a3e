"""
Codes in and out: a table with a row for each judgement, and what doccano and Label Studio export.

    given = read_given(file, format="csv", defaults=Defaults())
    intake = take_in(given, codebook=codebook, stored=decisions.read(), known=units, now=now)
    decisions.append(intake.decisions)
"""

from __future__ import annotations

from qulaq.coding.exchange.formats import FORMATS, read_given
from qulaq.coding.exchange.given import Defaults, Given
from qulaq.coding.exchange.intake import Intake, Refusal, take_in
from qulaq.coding.exchange.rows import HEADING, as_rows

__all__ = [
    "FORMATS",
    "HEADING",
    "Defaults",
    "Given",
    "Intake",
    "Refusal",
    "as_rows",
    "read_given",
    "take_in",
]
