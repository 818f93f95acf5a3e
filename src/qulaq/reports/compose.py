"""The document of a language from findings: the head, then the sections in their order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from qulaq.lang import Language, Text
from qulaq.lang.formats import day
from qulaq.reports import nouns, wording
from qulaq.reports.document import (
    Block,
    Definition,
    Definitions,
    Document,
    Figure,
    Labels,
    Section,
    Table,
)
from qulaq.reports.figures import unchecked
from qulaq.reports.findings import Findings
from qulaq.reports.scope import Scope
from qulaq.reports.sections.answers import show_answers
from qulaq.reports.sections.citizens import show_citizens
from qulaq.reports.sections.coding import show_coding
from qulaq.reports.sections.comparison import show_comparison
from qulaq.reports.sections.conversation import show_conversation
from qulaq.reports.sections.definitions import show_definitions
from qulaq.reports.sections.gaps import show_gaps
from qulaq.reports.sections.latest import show_latest
from qulaq.reports.sections.months import show_months
from qulaq.reports.sections.pages import show_pages
from qulaq.reports.sections.pairs import show_pairs
from qulaq.reports.sections.reactions import show_reactions
from qulaq.reports.sections.recompute import show_recompute
from qulaq.reports.sections.rhythm import show_rhythm
from qulaq.reports.sections.summary import summarize
from qulaq.reports.sections.survey import show_survey
from qulaq.reports.sections.top import show_top
from qulaq.reports.sections.verdict import show_verdict
from qulaq.reports.sections.waiting import show_waiting
from qulaq.reports.sections.wordings import show_wordings
from qulaq.reports.wording import head as words
from qulaq.reports.wording.coding import CODING
from qulaq.reports.wording.pairs import SIDE_BY_SIDE
from qulaq.reports.wording.survey import SURVEY
from qulaq.reports.wording.verdict import VERDICT
from qulaq.reports.wording.wordings import WORDINGS


@dataclass(frozen=True, slots=True)
class Part:
    """
    A section to be written: its anchor, its title and what makes its blocks.
    """

    anchor: str
    title: Text
    make: Callable[[Scope], Sequence[Block]]


PARTS: tuple[Part, ...] = (
    Part("summary", words.IN_SHORT, summarize),
    Part("pages", words.THE_PAGES, show_pages),
    Part("months", words.OVER_TIME, show_months),
    Part("latest", words.LATEST, show_latest),
    Part("reactions", words.REACTIONS, show_reactions),
    Part("top", words.TOP, show_top),
    Part("wordings", WORDINGS, show_wordings),
    Part("answers", words.ANSWERS, show_answers),
    Part("waiting", words.WAITING, show_waiting),
    Part("rhythm", words.RHYTHM, show_rhythm),
    Part("citizens", words.CITIZENS, show_citizens),
    Part("conversation", words.CONVERSATION, show_conversation),
    Part("comparison", words.COMPARISON, show_comparison),
    Part("coding", CODING, show_coding),
    Part("survey", SURVEY, show_survey),
    Part("beside", SIDE_BY_SIDE, show_pairs),
    Part("verdict", VERDICT, show_verdict),
    Part("gaps", words.GAPS, show_gaps),
    Part("definitions", words.MEANINGS, show_definitions),
    Part("recompute", words.RECOMPUTE, show_recompute),
)
"""All sections, in the order of the report."""


def compose(findings: Findings, *, language: Language) -> Document:
    """
    The whole report in one language; a section that has nothing to say is left out.
    """
    scope = Scope(findings, language)
    with unchecked():
        made = [(part, part.make(scope)) for part in PARTS]
    written = [(part, blocks) for part, blocks in made if blocks]
    numbered = _number(scope, [blocks for _, blocks in written])
    sections = tuple(
        Section(anchor=part.anchor, title=scope.say(part.title), blocks=blocks)
        for (part, _), blocks in zip(written, numbered, strict=True)
    )
    return head(scope, sections=sections)


def head(scope: Scope, *, sections: tuple[Section, ...]) -> Document:
    """
    The sections under what stands at the head of every file of a report.
    """
    language, study = scope.language, scope.findings.study
    return Document(
        language=language,
        title=study.title.to(language),
        kicker=scope.say(wording.KICKER),
        notice=study.note.to(language) if study.note else "",
        facts=_facts(scope),
        sections=sections,
        labels=_labels(scope),
        footer=scope.say(words.FOOTER, version=scope.findings.versions.qulaq),
    )


def _facts(scope: Scope) -> Definitions:
    study, made = scope.findings.study, scope.findings.made
    local = made.astimezone(ZoneInfo(study.time_zone))
    when = scope.say(
        words.MADE_WHEN,
        day=day(local.date(), scope.language),
        time=f"{local:%H:%M}",
        zone=study.time_zone,
        version=scope.findings.versions.qulaq,
    )
    items = (
        Definition(
            term=scope.say(wording.PERIOD),
            texts=(scope.days(study.window.first, study.window.last),),
        ),
        Definition(term=scope.say(words.WHO), texts=(_bodies(scope),)),
        Definition(term=scope.say(words.MADE), texts=(when,)),
    )
    return Definitions(items=items, brief=True)


def _bodies(scope: Scope) -> str:
    """
    The bodies by name with the networks of their pages; many are counted.
    """
    study = scope.findings.study
    if not scope.findings.few:
        return scope.say(
            words.WHO_CROWD if scope.findings.crowded else words.WHO_MANY,
            bodies=scope.count(len(study.bodies), nouns.BODIES),
            pages=scope.count(len(study.pages), nouns.PAGES),
        )
    named = []
    for body in study.bodies:
        networks = [scope.network(page) for page in study.pages if page.body == body.id]
        named.append(f"{body.name.to(scope.language)} ({', '.join(networks)})" if networks else "")
    return "; ".join(filter(None, named))


def _number(scope: Scope, sections: Sequence[Sequence[Block]]) -> list[tuple[Block, ...]]:
    """
    Tables and figures with their labels, counted through the whole report.
    """
    tables = figures = 0
    numbered = []
    for blocks in sections:
        labelled: list[Block] = []
        for block in blocks:
            if isinstance(block, Table):
                tables += 1
                labelled.append(replace(block, label=scope.say(wording.TABLE, n=tables)))
            elif isinstance(block, Figure):
                figures += 1
                labelled.append(replace(block, label=scope.say(wording.FIGURE, n=figures)))
            else:
                labelled.append(block)
        numbered.append(tuple(labelled))
    return numbered


def _labels(scope: Scope) -> Labels:
    return Labels(
        note=scope.say(wording.NOTE),
        contents=scope.say(wording.CONTENTS),
        numbers=scope.say(wording.NUMBERS),
        source=scope.say(wording.SOURCE),
        scrolls=scope.say(wording.SCROLLS),
        maker=scope.say(wording.MAKER, version=scope.findings.versions.qulaq),
    )
