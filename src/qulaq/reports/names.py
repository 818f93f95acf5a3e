"""The names of a report's files and folders, by which they find each other; endings are the formats'."""

from __future__ import annotations

from qulaq.lang import Language
from qulaq.study import Study


def report_name(study: Study, language: Language) -> str:
    return f"{study.id}-{language}"


def charts_name(study: Study, language: Language) -> str:
    """
    The folder of the charts.
    """
    return f"{report_name(study, language)}-charts"


def directory_name(study: Study, language: Language) -> str:
    """
    The folder of the tables of all pages.
    """
    return f"{report_name(study, language)}-pages"


def part_name(place: int) -> str:
    """
    One of those tables, counted from 1.
    """
    return f"{place:03}"
