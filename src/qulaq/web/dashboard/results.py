"""What the survey has found so far, question by question, for all or by group."""

from __future__ import annotations

import math
from dataclasses import dataclass

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from qulaq.lang import Language, Phrase, phrase
from qulaq.lang.formats import number, share
from qulaq.survey.crosstab import (
    CrossedQuestion,
    Crosstab,
    Group,
    cross,
    find_grouping,
    groupings,
    suppress,
)
from qulaq.survey.describe import DescribedQuestion, Description, describe
from qulaq.survey.sample import Column, Sample, gather
from qulaq.survey.tabulation import (
    IF_DRAWN_AT_RANDOM,
    METHODS,
    Worded,
    label_of,
    name_group,
    name_grouping,
)
from qulaq.web.dashboard.pages import show
from qulaq.web.dashboard.rights import for_users
from qulaq.web.served import Served, served
from qulaq.web.speech import speaks

_FRESH = 30  # seconds for which results are not reckoned anew


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """
    One answer as it is shown: its label, a width of 0 to 100 and the cells beside it.
    """

    label: str
    width: float
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """
    One question as it is shown. `heads` stand over the cells.
    """

    title: str
    notes: tuple[Phrase, ...]
    heads: tuple[str, ...]
    lines: tuple[Line, ...]


@require_safe
@for_users
def results(request: HttpRequest) -> HttpResponse:
    """
    The page; `?by=` names a question with one choice, language or channel. Unknown names are no page.
    """
    here, language = served(), speaks(request)
    if here.questionnaire is None:
        raise Http404
    by = request.GET.get("by", "")
    key = f"results.{here.survey.name}.{language}.{by}"
    context: dict[str, object] | None = cache.get(key)
    if context is None:
        context = _reckon(here, language, by)
        cache.set(key, context, _FRESH)
    return show(request, "results.html", **context)


def _reckon(here: Served, language: Language, by: str) -> dict[str, object]:
    if here.questionnaire is None:
        raise Http404
    sample = gather(here.questionnaire, here.responses.read())
    worded = Worded.of(here.questionnaire, language)
    description = describe(sample, today=here.today())
    chosen = [(one, _named(sample, one, worded)) for one in groupings(sample)]
    if not by:
        blocks = [_block(one, description, worded) for one in description.questions if one.answers]
        return {"n": sample.n, "blocks": blocks, "by": by, "groupings": chosen, **_NOTES}
    grouping = find_grouping(sample, by)
    if grouping is None:
        raise Http404
    crosstab = suppress(cross(sample, grouping), least=here.survey.suppress_below)
    blocks = [_crossed(one, crosstab, sample, worded) for one in crosstab.questions]
    return {"n": sample.n, "blocks": blocks, "by": by, "groupings": chosen, **_NOTES}


_NOTES: dict[str, object] = {"drawn": IF_DRAWN_AT_RANDOM}


def _named(sample: Sample, by: str, worded: Worded) -> str:
    grouping = find_grouping(sample, by)
    return by if grouping is None else name_grouping(grouping, worded)


# ── For all ──────────────────────────────────────────────────────────────────────────────────────


def _block(one: DescribedQuestion, description: Description, worded: Worded) -> Block:
    column, language = description.sample.columns[one.question.name], worded.language
    lines = tuple(
        Line(
            label=column.label(answer.code, worded.form),
            width=0 if math.isnan(answer.percent) else answer.percent,
            cells=(
                number(answer.n, language),
                _percent(answer.percent, language),
                _interval(answer.low, answer.high, language),
            ),
        )
        for answer in one.answers
    )
    heads = (phrase("n"), phrase("% of valid"), phrase("95 % interval, if drawn at random"))
    return Block(
        title=label_of(one.question, worded),
        notes=tuple(_notes(one)),
        heads=tuple(head.to(language) for head in heads),
        lines=lines,
    )


def _notes(one: DescribedQuestion) -> list[Phrase]:
    notes = [
        phrase(
            "{asked} asked, {valid} answered, {missing} missing.",
            asked=one.asked,
            valid=one.valid,
            missing=one.missing,
        )
    ]
    if one.contradictions:
        notes.append(
            phrase(
                "{n} answers contradict what the same person answered elsewhere.",
                n=one.contradictions,
            )
        )
    return notes


def _percent(percent: float, language: Language) -> str:
    return "—" if math.isnan(percent) else share(percent / 100, language)


def _interval(low: float, high: float, language: Language) -> str:
    return "—" if math.isnan(low) else f"{_percent(low, language)} – {_percent(high, language)}"


# ── By group ─────────────────────────────────────────────────────────────────────────────────────


def _crossed(crossed: CrossedQuestion, crosstab: Crosstab, sample: Sample, worded: Worded) -> Block:
    column = sample.columns[crossed.question.name]
    by = sample.columns[crosstab.grouping.by] if crosstab.grouping.question else None
    heads = tuple(
        f"{name_group(group.code, by, worded)} (n = {number(group.valid, worded.language)})"
        for group in crossed.groups
    )
    lines = tuple(
        Line(
            label=column.label(code, worded.form),
            width=0,
            cells=tuple(_cell(group, place, worded) for group in crossed.groups),
        )
        for place, code in enumerate(column.codes)
    )
    return Block(
        title=label_of(crossed.question, worded),
        notes=tuple(_tests(crossed, column, worded)),
        heads=heads,
        lines=lines,
    )


def _cell(group: Group, place: int, worded: Worded) -> str:
    if place in group.hidden:
        return worded.say(phrase("few"))
    answer = group.answers[place]
    percent = _percent(answer.percent, worded.language)
    return f"{number(answer.n, worded.language)} ({percent})"


def _tests(crossed: CrossedQuestion, column: Column, worded: Worded) -> list[Phrase]:
    told = []
    for one in crossed.comparisons:
        if math.isnan(one.test.p_value):
            continue
        option = f"{column.label(one.option, worded.form)}: " if one.option else ""
        told.append(
            phrase(
                "{option}{method} {effect}; p-value by Holm {p}",
                option=option,
                method=METHODS[one.method],
                effect=number(one.test.effect, worded.language, digits=3),
                p=number(one.p_adjusted, worded.language, digits=4),
            )
        )
    return told
