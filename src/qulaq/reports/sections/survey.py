"""What the public answered: the sample, then each question as a table and a chart."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from qulaq.lang.formats import day, number, share
from qulaq.reports import nouns
from qulaq.reports.document import Block, Cell, Column, Figure, Paragraph, Picture, Row, Table
from qulaq.reports.figures import Bar, draw_bars
from qulaq.reports.scope import Scope, bare
from qulaq.reports.wording import survey as words
from qulaq.survey.describe import AnswerCount, DescribedQuestion, Description
from qulaq.survey.sample import Sample
from qulaq.survey.tabulation import Worded, label_of
from qulaq.text.masking import mask

_MOST_TEXTS = 10
_BESIDE = 18
"""Characters of a label that find room beside its bar; longer ones stand above it."""


def show_survey(scope: Scope) -> list[Block]:
    """
    Nothing where no survey was held.
    """
    found = scope.findings.survey
    if found is None:
        return []
    blocks: list[Block] = [
        Paragraph(text=_lead(scope, found)),
        Paragraph(text=scope.say(words.CANNOT), notice=True),
    ]
    for question in found.questions:
        blocks += _show_question(scope, found, question)
    return blocks


def _lead(scope: Scope, found: Description) -> str:
    sample = found.sample
    names = {one.code: one.name.partition(" (")[0] for one in sample.questionnaire.languages}
    languages = [names.get(code, code) for code in sample.language]
    unknown = scope.say(words.CHANNEL_UNKNOWN)
    return scope.say(
        words.LEAD,
        n=scope.count(found.n, nouns.RESPONDENTS),
        when=_period(scope, sample),
        languages=_counted(scope, languages),
        channels=_counted(scope, [one or unknown for one in sample.channel]),
    )


def _period(scope: Scope, sample: Sample) -> str:
    """
    From the first day to the last one of the answers whose moment is known.
    """
    zone = ZoneInfo(scope.findings.study.time_zone)
    days = sorted({one.astimezone(zone).date() for one in sample.submitted_at if one})
    if not days:
        return scope.say(words.DAYS_UNKNOWN)
    first, last = (day(one, scope.language) for one in (days[0], days[-1]))
    return scope.say(words.PERIOD, first=first, last=last)


def _counted(scope: Scope, names: Sequence[str]) -> str:
    counts = Counter(names).most_common()
    return ", ".join(f"{name}\u00a0— {number(n, scope.language)}" for name, n in counts)


def _show_question(scope: Scope, found: Description, one: DescribedQuestion) -> Iterator[Block]:
    worded = Worded.of(found.sample.questionnaire, scope.language)
    question = label_of(one.question, worded)
    if one.answers and one.valid:
        labels = [
            found.sample.columns[one.question.name].label(answer.code, worded.form)
            for answer in one.answers
        ]
        yield _figure(scope, one, question, labels)
        yield _table(scope, one, question, labels, weighted=found.weights is not None)
    elif one.scale is not None and one.scale.n:
        told = [
            question,
            _scale(scope, one),
            *_notes(scope, one, weighted=found.weights is not None),
        ]
        yield Paragraph(text=" ".join(told))
    elif one.texts:
        yield _texts(scope, one, question)


def _figure(scope: Scope, one: DescribedQuestion, question: str, labels: Sequence[str]) -> Figure:
    above = max(map(len, labels)) > _BESIDE
    bars = [
        _bar(scope, label, answer, above=above)
        for label, answer in zip(labels, one.answers, strict=True)
    ]
    told = "; ".join(
        f"{label}\u00a0— {share(answer.percent / 100, scope.language)}"
        for label, answer in zip(labels, one.answers, strict=True)
    )
    alternative = scope.say(words.SHOWN, question=question, list=told)
    most = max(answer.percent for answer in one.answers)
    svg = draw_bars(bars, most=most, alternative=alternative)
    return Figure(
        name=f"survey-{one.question.name}",
        caption=question,
        pictures=(Picture(svg=svg, alternative=alternative),),
    )


def _bar(scope: Scope, label: str, answer: AnswerCount, *, above: bool) -> Bar:
    return Bar(
        group=label if above else "",
        name="" if above else label,
        value=answer.percent,
        written=share(answer.percent / 100, scope.language),
    )


def _table(
    scope: Scope,
    one: DescribedQuestion,
    question: str,
    labels: Sequence[str],
    *,
    weighted: bool,
) -> Table:
    note = _notes(scope, one, weighted=weighted)
    if one.scale is not None and one.scale.n:
        note.append(_scale(scope, one))
    return Table(
        caption=question,
        columns=(
            Column(title=scope.say(words.ANSWER), numeric=False),
            *(
                Column(title=scope.say(title))
                for title in (words.COUNT, words.SHARE, words.INTERVAL)
            ),
        ),
        rows=tuple(
            Row(header=Cell(text=label), cells=_cells(scope, answer))
            for label, answer in zip(labels, one.answers, strict=True)
        ),
        note=" ".join(note),
    )


def _cells(scope: Scope, answer: AnswerCount) -> tuple[Cell, ...]:
    language = scope.language
    percent, low, high = (
        share(one / 100, language) for one in (answer.percent, answer.low, answer.high)
    )
    texts = (number(answer.n, language), percent, f"{bare(low)}–{high}")
    return tuple(Cell(text=text) for text in texts)


def _notes(scope: Scope, one: DescribedQuestion, *, weighted: bool) -> list[str]:
    counts = {
        name: number(getattr(one, name), scope.language) for name in ("asked", "valid", "missing")
    }
    notes = [scope.say(words.PERCENT_OF, **counts)]
    if one.question.takes_many:
        notes.append(scope.say(words.SEVERAL))
    if one.contradictions:
        n = number(one.contradictions, scope.language)
        notes.append(scope.say(words.CONTRADICTS, n=n))
    if weighted:
        notes.append(scope.say(words.WEIGHTED))
    return notes


def _scale(scope: Scope, one: DescribedQuestion) -> str:
    scale = one.scale
    if scale is None:
        return ""
    told = {
        name: "—" if math.isnan(value) else number(value, scope.language, digits=2)
        for name, value in (("mean", scale.mean), ("sd", scale.sd), ("median", scale.median))
    }
    return scope.say(words.SCALE, **told)


def _texts(scope: Scope, one: DescribedQuestion, question: str) -> Table:
    rows = tuple(
        Row(
            header=Cell(text=number(place, scope.language)),
            cells=(Cell(text=" ".join(mask(text).split()), quoted=True),),
        )
        for place, text in enumerate(one.texts[:_MOST_TEXTS], start=1)
    )
    n = number(len(one.texts), scope.language)
    return Table(
        caption=scope.say(words.OPEN_TABLE, question=question),
        columns=(
            Column(title=scope.say(words.NUMBER)),
            Column(title=scope.say(words.TEXT), numeric=False),
        ),
        rows=rows,
        note=scope.say(words.OPEN, n=n),
    )
