"""
The study folder: who is studied, where, when, in which languages.

    akimats = open_study(Path("akimats"))
    [page.id for page in akimats.pages]
"""

from __future__ import annotations

from qulaq.study.knowledge import Authors, Knows, read_words
from qulaq.study.model import (
    Answering,
    Body,
    CodingRules,
    Opening,
    Page,
    ScreenOut,
    Study,
    Survey,
    Web,
    Window,
)
from qulaq.study.networks import network_name
from qulaq.study.reading import open_study
from qulaq.study.template import new_study, refuse_taken

__all__ = [
    "Answering",
    "Authors",
    "Body",
    "CodingRules",
    "Knows",
    "Opening",
    "Page",
    "ScreenOut",
    "Study",
    "Survey",
    "Web",
    "Window",
    "network_name",
    "new_study",
    "open_study",
    "read_words",
    "refuse_taken",
]
