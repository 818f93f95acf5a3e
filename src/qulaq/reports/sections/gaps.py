"""What could not be measured, why, and what would help: each reason once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from qulaq.indicators import INDICATORS
from qulaq.lang import Text, say
from qulaq.reports import wording
from qulaq.reports.document import Block, Cell, Column, Paragraph, Row, Table
from qulaq.reports.findings import (
    OF_ANSWERS,
    OF_CITIZENS,
    OF_COMPARISON,
    OF_CONVERSATION,
    OF_WAITING,
)
from qulaq.reports.scope import Scope, capitalize, indicator
from qulaq.reports.wording import answers, citizens
from qulaq.reports.wording import method as words

_TABLES: tuple[tuple[Text, tuple[str, ...]], ...] = (
    (answers.ANSWERS_TABLE, OF_ANSWERS),
    (answers.WAITING_TABLE, OF_WAITING),
    (citizens.TABLE, OF_CITIZENS),
    (citizens.CONVERSATION_TABLE, OF_CONVERSATION),
)
"""Tables that are named as a whole where nothing of them could be measured."""


@dataclass(frozen=True, slots=True)
class Gap:
    """
    Indicators that could not be measured on the same pages for the same reason.
    """

    reason: str
    pages: tuple[str, ...]
    indicators: tuple[str, ...]


def find_gaps(scope: Scope) -> tuple[Gap, ...]:
    """
    The gaps in the order of the report.
    """
    pages_of: dict[tuple[str, str], list[str]] = {}
    for key in scope.findings.keys:
        if key in OF_COMPARISON:  # its section says why a page has no place
            continue
        reasons = scope.findings.found[key].reasons
        for place in np.flatnonzero(reasons.given).tolist():
            reason = say(reasons[place], scope.language)
            pages_of.setdefault((reason, key), []).append(scope.every_page[place].id)
    return _gather(pages_of)


def _gather(pages_of: Mapping[tuple[str, str], list[str]]) -> tuple[Gap, ...]:
    gathered: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for (reason, key), pages in pages_of.items():
        gathered.setdefault((reason, tuple(pages)), []).append(key)
    gaps = [Gap(reason, pages, tuple(keys)) for (reason, pages), keys in gathered.items()]
    reasons = list(dict.fromkeys(gap.reason for gap in gaps))
    return tuple(sorted(gaps, key=lambda gap: reasons.index(gap.reason)))


def show_gaps(scope: Scope) -> list[Block]:
    gaps = find_gaps(scope)
    if not gaps:
        return [Paragraph(text=scope.say(words.NO_GAPS)), *_uncoded(scope)]
    titles = (words.WHAT, words.WHERE)
    table = Table(
        caption=scope.say(words.GAPS_TABLE),
        columns=tuple(Column(title=scope.say(title), numeric=False) for title in titles),
        rows=_rows(scope, gaps),
    )
    return [Paragraph(text=scope.say(words.GAPS_LEAD)), table, *_uncoded(scope)]


def _uncoded(scope: Scope) -> list[Block]:
    """
    What needs people's reading is named once, not line by line, where nobody has read anything.
    """
    if scope.findings.coding is not None:
        return []
    titles = [one.title.to(scope.language) for one in INDICATORS if "codes" in one.needs]
    return [Paragraph(text=scope.say(words.NOT_CODED, list="; ".join(titles)))]


def _rows(scope: Scope, gaps: tuple[Gap, ...]) -> tuple[Row, ...]:
    """
    A reason is said once, as the heading of what it concerns.
    """
    rows = []
    said = ""
    for gap in gaps:
        rows.append(_row(scope, gap, group="" if gap.reason == said else gap.reason))
        said = gap.reason
    return tuple(rows)


def _row(scope: Scope, gap: Gap, *, group: str) -> Row:
    study = scope.findings.study
    pages = [study.page(page) for page in gap.pages]
    every = len(pages) == len(study.pages)
    where = scope.say(wording.UNIVERSAL) if every else scope.list_pages(pages)
    what = "; ".join(_name(scope, gap.indicators))
    return Row(header=Cell(text=capitalize(what)), cells=(Cell(text=where),), group=group)


def _name(scope: Scope, keys: Sequence[str]) -> list[str]:
    """
    The titles, with one name for all of a table.
    """
    names: dict[str, None] = {}
    for key in keys:
        table = next((one for one in _TABLES if key in one[1]), None)
        of_study = [other for other in table[1] if other in scope.findings.keys] if table else []
        if table and set(of_study) <= set(keys):
            names[scope.say(words.ALL_OF_TABLE, table=table[0].to(scope.language))] = None
        else:
            names[indicator(key).title.to(scope.language)] = None
    return list(names)
