"""Whether the body answers, how soon, and how much of what was written is held."""

from __future__ import annotations

from qulaq.lang.formats import day
from qulaq.reports import nouns
from qulaq.reports.cells import indicator_line, page_table
from qulaq.reports.document import Block, Paragraph
from qulaq.reports.findings import OF_ANSWERS, OF_COMPLETENESS
from qulaq.reports.scope import Scope
from qulaq.reports.wording import answers as words


def show_answers(scope: Scope) -> list[Block]:
    lines = [indicator_line(scope, key) for key in OF_ANSWERS if key in scope.findings.keys]
    answers = page_table(scope, caption=words.ANSWERS_TABLE, lines=lines, looked_at=("comments",))
    lines = [indicator_line(scope, key) for key in OF_COMPLETENESS]
    complete = page_table(
        scope,
        caption=words.COMPLETENESS_TABLE,
        lines=lines,
        looked_at=("posts", "comments"),
        remarks=(words.BOUNDS_NOTE,),
    )
    return [Paragraph(text=scope.say(words.ANSWERS_LEAD)), *_benchmark(scope), answers, complete]


def _benchmark(scope: Scope) -> list[Block]:
    """
    What the study holds answers against, with its basis and when that was looked up.
    """
    answering = scope.findings.study.answering
    if answering is None:
        return []
    within = scope.count(answering.within_working_days, nouns.OF_WORKING_DAYS)
    said = [scope.say(words.BENCHMARK, days=within)]
    if answering.basis:
        said.append(scope.say(words.BASIS, basis=answering.basis.rstrip(".")))
    if answering.verified_on:
        said.append(scope.say(words.CHECKED, day=day(answering.verified_on, scope.language)))
    return [Paragraph(text=" ".join(said))]
