"""What the survey has found so far, question by question, for all or by group."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from qulaq.lang import Language, Phrase, phrase, phrases
from qulaq.lang.formats import number, share
from qulaq.survey.crosstab import (
    CHANNEL,
    LANGUAGE,
    CrossedQuestion,
    Crosstab,
    Group,
    cross,
    find_grouping,
    groupings,
    suppress,
)
from qulaq.survey.describe import DescribedQuestion, describe
from qulaq.survey.sample import Column, Sample, gather
from qulaq.survey.tabulation import (
    IF_DRAWN_AT_RANDOM,
    METHODS,
    Worded,
    label_of,
    name_group,
    name_grouping,
)
from qulaq.web.accounts.rights import for_users
from qulaq.web.dashboard.words import WORDS
from qulaq.web.inside import show
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


@for_users
@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """
    The page; `?by=` names a question with one choice, language or channel, `?pilot=1` asks for the trials. Unknown
    names are no page.
    """
    here, language = served(), speaks(request)
    form, by = here.questionnaire, request.GET.get("by", "")
    if form is None or by not in {"", LANGUAGE, CHANNEL, *form.by_name}:
        raise Http404
    trial = "pilot" in request.GET
    key = f"results.{here.survey.name}.{language}.{trial}.{by}"
    context: dict[str, Any] | None = cache.get(key)
    if context is None:
        sample = gather(form, here.responses.read(pilot=trial))
        context = _reckon(here, sample, Worded.of(form, language), by)
        cache.set(key, context, _FRESH)
    return show(request, "results.html", words=WORDS, trial=trial, **context)


def _reckon(here: Served, sample: Sample, worded: Worded, by: str) -> dict[str, object]:
    found = {one: grouping for one in groupings(sample) if (grouping := find_grouping(sample, one))}
    about: dict[str, object] = {
        "n": sample.n,
        "by": by,
        "groupings": [(one, name_grouping(grouping, worded)) for one, grouping in found.items()],
        "drawn": IF_DRAWN_AT_RANDOM,
    }
    if not by:
        description = describe(sample, today=here.today())
        return about | {
            "blocks": [_block(one, sample, worded) for one in description.questions if one.answers]
        }
    if by not in found:
        raise Http404
    crosstab = suppress(cross(sample, found[by]), least=here.survey.suppress_below)
    return about | {
        "blocks": [_crossed(one, crosstab, sample, worded, here) for one in crosstab.questions]
    }


# ── For all ──────────────────────────────────────────────────────────────────────────────────────


def _block(one: DescribedQuestion, sample: Sample, worded: Worded) -> Block:
    column, language = sample.columns[one.question.name], worded.language
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
    heads = (phrase("n"), phrase("% of valid"), phrase("95 % interval"))
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
            phrases(
                "{n} answer contradicts what the same person answered elsewhere.",
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


def _crossed(
    crossed: CrossedQuestion, crosstab: Crosstab, sample: Sample, worded: Worded, here: Served
) -> Block:
    column = sample.columns[crossed.question.name]
    heads = tuple(
        f"{_name_group(group, crosstab, sample, worded, here)} (n\u00a0=\u00a0{number(group.valid, worded.language)})"
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


def _name_group(
    group: Group, crosstab: Crosstab, sample: Sample, worded: Worded, here: Served
) -> str:
    grouping = crosstab.grouping
    if grouping.question is None and grouping.by == LANGUAGE:
        return dict(here.languages).get(group.code, group.code)
    column = sample.columns[grouping.by] if grouping.question else None
    return name_group(group.code, column, worded)


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
