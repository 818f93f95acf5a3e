"""What the posts are written in, and which words set the pages apart."""

from __future__ import annotations

from qulaq.indicators.wordings import TONGUES, TongueShare, Wordings
from qulaq.lang.formats import number, share
from qulaq.reports import nouns, wording
from qulaq.reports.cells import page_cell, sources
from qulaq.reports.document import Block, Cell, Column, Paragraph, Row, Table
from qulaq.reports.scope import Scope, bare
from qulaq.reports.wording import wordings as words
from qulaq.study import Page
from qulaq.text.keywords import LEAST


def show_wordings(scope: Scope) -> list[Block]:
    found = scope.findings.wordings
    written = [page for page in scope.pages if page.id in found and found[page.id].n]
    if not written:
        return []
    told = {page: found[page.id] for page in written}
    blocks: list[Block] = [Paragraph(text=scope.say(words.LEAD)), _languages(scope, told)]
    if any(one.keywords for one in told.values()):
        blocks.append(_keywords(scope, told))
    return blocks


def _languages(scope: Scope, told: dict[Page, Wordings]) -> Table:
    titles = (*(words.TONGUES[one] for one in TONGUES), words.WITH_WORDS, words.WORDLESS)
    return Table(
        caption=scope.say(words.LANGUAGES_TABLE),
        columns=(
            Column(title=scope.say(wording.PAGE), numeric=False),
            *(Column(title=scope.say(title)) for title in titles),
        ),
        rows=tuple(
            Row(
                header=page_cell(scope, page),
                cells=(
                    *(_share_cell(scope, found.shares[one]) for one in TONGUES),
                    Cell(text=number(found.n, scope.language)),
                    Cell(text=number(found.wordless, scope.language)),
                ),
            )
            for page, found in told.items()
        ),
        note=" ".join([scope.say(words.LANGUAGES_NOTE), *sources(scope, ("posts",))]),
        wide=True,
    )


def _share_cell(scope: Scope, found: TongueShare) -> Cell:
    low, high = share(found.low, scope.language), share(found.high, scope.language)
    return Cell(text=share(found.share, scope.language), details=(f"{bare(low)}–{high}",))


def _keywords(scope: Scope, told: dict[Page, Wordings]) -> Table:
    note = scope.say(words.KEYWORDS_NOTE, least=number(LEAST, scope.language))
    return Table(
        caption=scope.say(words.KEYWORDS_TABLE),
        columns=(
            Column(title=scope.say(wording.PAGE), numeric=False),
            Column(title=scope.say(words.KEYWORDS), numeric=False),
        ),
        rows=tuple(
            Row(header=page_cell(scope, page), cells=(Cell(text=_list_keywords(scope, found)),))
            for page, found in told.items()
        ),
        note=" ".join([note, *sources(scope, ("posts",))]),
    )


def _list_keywords(scope: Scope, found: Wordings) -> str:
    listed = [
        scope.say(
            words.KEYWORD,
            word=one.word,
            posts=scope.count(one.texts, nouns.POSTS),
            z=number(one.z, scope.language, digits=1),
        )
        for one in found.keywords
    ]
    return ", ".join(listed) or scope.say(words.NO_KEYWORDS)
