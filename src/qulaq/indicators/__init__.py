"""
What can be measured, and measuring it.

    with Corpus(akimats) as corpus:
        results = compute(corpus, keys=["reply_rate"], by="month")
"""

from __future__ import annotations

from qulaq.indicators.compute import compute
from qulaq.indicators.model import Indicator, Result
from qulaq.indicators.notes import NOTES
from qulaq.indicators.table import INDICATORS

__all__ = ["INDICATORS", "NOTES", "Indicator", "Result", "compute"]
