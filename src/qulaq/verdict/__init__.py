"""
What it adds up to: which of Grunig's models a page lives by, on what evidence, and what would change that.

    rules = read_rules(study)
    verdicts = reach_verdicts(gather_evidence(corpus), rules, study)
"""

from __future__ import annotations

from qulaq.verdict.evidence import Evidence, gather_evidence
from qulaq.verdict.rules import Rules, read_rules
from qulaq.verdict.verdicts import UNDECIDED, Verdict, reach_verdict, reach_verdicts

__all__ = [
    "UNDECIDED",
    "Evidence",
    "Rules",
    "Verdict",
    "gather_evidence",
    "reach_verdict",
    "reach_verdicts",
    "read_rules",
]
