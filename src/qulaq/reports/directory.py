"""
All pages of a study that has too many for its report: tables of the main numbers, in files beside it.

    for name, document in compose_directory(findings, language="kk"): …
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from qulaq.lang import Language
from qulaq.lang.formats import number
from qulaq.reports import wording
from qulaq.reports.cells import indicator_line, page_table
from qulaq.reports.compose import head
from qulaq.reports.document import Document, Link, Links, Section
from qulaq.reports.findings import Findings
from qulaq.reports.names import part_name, report_name
from qulaq.reports.scope import Scope
from qulaq.reports.wording import directory as words
from qulaq.study import Page

PAGES_A_FILE = 500

MAIN = (
    "followers",
    "posts",
    "likes_mean",
    "citizen_comments",
    "reply_rate",
    "reply_rate_rank",
    "reply_within_24h",
    "latency_median_hours",
)
"""The numbers told of every page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """
    Pages that stand in one file; they are counted from 1.
    """

    name: str
    first: int
    pages: tuple[Page, ...]

    @property
    def last(self) -> int:
        return self.first + len(self.pages) - 1


def compose_directory(findings: Findings, *, language: Language) -> Iterator[tuple[str, Document]]:
    """
    The files by their names, one after the other; none where the report tells of all pages.
    """
    parts = _divide(findings.study.pages) if findings.crowded else []
    for place, part in enumerate(parts):
        yield part.name, _compose(Scope(findings, language, part.pages), parts, place)


def _divide(pages: Sequence[Page]) -> list[Part]:
    return [
        Part(
            name=part_name(place),
            first=start + 1,
            pages=tuple(pages[start : start + PAGES_A_FILE]),
        )
        for place, start in enumerate(range(0, len(pages), PAGES_A_FILE), start=1)
    ]


def _compose(scope: Scope, parts: Sequence[Part], place: int) -> Document:
    table = page_table(
        scope,
        caption=words.TABLE,
        # The definitions stand in the report.
        lines=[replace(indicator_line(scope, key), link="") for key in MAIN],
        looked_at=("posts", "comments", "page_counts"),
    )
    table = replace(table, label=scope.say(wording.TABLE, n=place + 1))
    around = Links(items=(_report(scope), *_near(scope, parts, place)))
    every = Links(items=tuple(_link(scope, part) for part in parts))
    title = _title(scope, parts[place])
    return head(
        scope,
        sections=(
            Section(anchor="pages", title=title, blocks=(around, table, around)),
            Section(anchor="files", title=scope.say(words.FILES), blocks=(every,)),
        ),
    )


def _report(scope: Scope) -> Link:
    name = report_name(scope.findings.study, scope.language)
    return Link(text=scope.say(words.REPORT), address=f"../{name}")


def _near(scope: Scope, parts: Sequence[Part], place: int) -> Iterator[Link]:
    for title, other in ((words.BEFORE, place - 1), (words.NEXT, place + 1)):
        if 0 <= other < len(parts):
            yield Link(text=scope.say(title), address=parts[other].name)


def _title(scope: Scope, part: Part) -> str:
    first, last, every = (
        number(one, scope.language) for one in (part.first, part.last, len(scope.every_page))
    )
    return scope.say(words.PAGES_OF, first=first, last=last, all=every)


def _link(scope: Scope, part: Part) -> Link:
    """
    "501–1,000: the first page – the last page".
    """
    first, last = (number(one, scope.language) for one in (part.first, part.last))
    names = [scope.page_name(page) for page in (part.pages[0], part.pages[-1])]
    return Link(text=f"{first}–{last}: {names[0]} – {names[1]}", address=part.name)
