"""
What pages published and what people answered: the one road in, and what lies there.

    intake.take_in(akimats, [Path("page.csv")])     # read, check, pseudonymise, store, balance
    coverage.describe(akimats)                      # what is there, how complete
    current.Corpus(akimats)                         # the newest state of each record, as tables
"""

from __future__ import annotations
