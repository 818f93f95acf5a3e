"""
What can be measured, and measuring it.

    with Corpus(akimats) as corpus:
        results = compute(corpus, keys=["reply_rate"], by="month")
        ranking = rank(corpus, by="reply_rate")
"""

from __future__ import annotations

from qulaq.indicators.comparison import Ranking, rank
from qulaq.indicators.compute import compute
from qulaq.indicators.contrasts import Contrast, compare_pages
from qulaq.indicators.model import Indicator, Result
from qulaq.indicators.notes import NOTES
from qulaq.indicators.table import INDICATORS

__all__ = [
    "INDICATORS",
    "NOTES",
    "Contrast",
    "Indicator",
    "Ranking",
    "Result",
    "compare_pages",
    "compute",
    "rank",
]
