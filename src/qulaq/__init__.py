"""
Qulaq tells whether a public body listens on social media.

Typical use, the same road as the commands of `qulaq`:

    from qulaq import indicators, study
    from qulaq.corpus import intake

    akimats = study.open_study("akimats")
    intake.take_in(akimats, ["page.csv"])
    results = indicators.compute(akimats)
"""

from __future__ import annotations

__version__ = "0.1.0"
