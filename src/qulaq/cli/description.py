"""`qulaq survey describe`: what the survey found."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qulaq.cli.answers import open_answers, today_of
from qulaq.cli.description_data import as_data
from qulaq.cli.options import StudyFolder
from qulaq.cli.speech import said, tell, working
from qulaq.cli.tables import (
    AsCsv,
    AsJson,
    AsXlsx,
    Form,
    Output,
    Sheet,
    deliver,
    refuse_screen,
    show,
    show_sheets,
)
from qulaq.errors import UnknownName
from qulaq.lang import formats, phrase, phrases, preferred_language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qulaq.stats.raking import Weights
    from qulaq.survey.crosstab import Crosstab, Group, Grouping
    from qulaq.survey.describe import (
        AnswerCount,
        DescribedQuestion,
        Description,
        ScaleSummary,
    )
    from qulaq.survey.sample import Sample
    from qulaq.survey.tabulation import Worded

_MOST_TEXTS = 5
"""So many open answers of a question are shown on the screen."""
_LONGEST_SHOWN = 120


def describe(
    study: StudyFolder,
    by: Annotated[
        str | None,
        typer.Option(
            metavar="QUESTION",
            help=said("Compare groups: by a question with one choice, by language or by channel."),
        ),
    ] = None,
    margins: Annotated[
        Path | None,
        typer.Option(
            "--weights",
            metavar="MARGINS",
            help=said("Weight by a table of known margins: question, answer, share."),
        ),
    ] = None,
    suppress: Annotated[
        int | None,
        typer.Option(
            "--suppress-below",
            metavar="N",
            min=1,
            help=said("Hide answers of a group that fewer people gave; 1 hides none."),
        ),
    ] = None,
    pilot: Annotated[
        bool, typer.Option("--pilot", help=said("Describe the trial answers instead."))
    ] = False,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    as_xlsx: AsXlsx = False,
    as_sav: Annotated[
        bool, typer.Option("--sav", help=said("Give a file for SPSS: the answers, with labels."))
    ] = False,
    output: Output = None,
) -> None:
    from qulaq.study import open_study
    from qulaq.survey.crosstab import cross
    from qulaq.survey.crosstab import suppress as hide
    from qulaq.survey.describe import describe as describe_sample
    from qulaq.survey.sample import gather
    from qulaq.survey.tabulation import Worded

    form = Form(json=as_json, csv=as_csv, xlsx=as_xlsx, sav=as_sav, output=output)
    refuse_screen(form)
    opened = open_study(study)
    questionnaire, responses = open_answers(opened)
    worded = Worded.of(questionnaire, preferred_language())
    with working(str(study)):
        sample = gather(questionnaire, responses.read(pilot=pilot))
        weights = _weigh(sample, margins)
        description = describe_sample(sample, today=today_of(opened), weights=weights)
        crosstab = None
        if by is not None:
            crosstab = cross(sample, _grouping(sample, by))
            least = opened.survey.suppress_below if suppress is None else suppress
            crosstab = hide(crosstab, least=least)
    if form.sav:
        _give_sav(description, form, worded)
    else:
        _give(form, description, crosstab, worded)
    _tell(description, crosstab)


def _weigh(sample: Sample, margins: Path | None) -> Weights | None:
    from qulaq.survey.weighting import read_margins, weigh

    return None if margins is None else weigh(sample, read_margins(margins), file=margins)


def _grouping(sample: Sample, by: str) -> Grouping:
    from qulaq.survey.crosstab import find_grouping, groupings

    grouping = find_grouping(sample, by)
    if grouping is None:
        raise UnknownName.among(by, groupings(sample), kind="--by")
    return grouping


# ── To read, as CSV, XLSX or JSON ────────────────────────────────────────────────────────────────


def _give(form: Form, description: Description, crosstab: Crosstab | None, worded: Worded) -> None:
    from qulaq.sheets import write_xlsx
    from qulaq.survey.tabulation import as_sheets, tabulate_answers, tabulate_groups

    if form.xlsx:
        sheets = as_sheets(description, crosstab, worded)
        deliver(form, lambda file: write_xlsx(sheets, file))
    elif form.csv:
        rows = (
            tabulate_answers(description, worded)
            if crosstab is None
            else tabulate_groups(crosstab, description, worded)
        )
        show(form, heading=[str(one) for one in rows[0]], rows=rows[1:], data=None)
    else:
        sheets_to_read = [] if form.json else list(_to_read(description, crosstab, worded))
        show_sheets(form, sheets_to_read, data=as_data(description, crosstab, worded))


def _to_read(
    description: Description, crosstab: Crosstab | None, worded: Worded
) -> Iterator[Sheet]:
    from qulaq.survey.tabulation import tabulate_tests

    if crosstab is None:
        yield _answers_to_read(description, worded)
        return
    yield _groups_to_read(description, crosstab, worded)
    heading, *rows = tabulate_tests(crosstab, description, worded)
    yield Sheet(
        title=said("tests"),
        heading=[str(one) for one in heading],
        rows=[[*row[:4], *map(_written, row[4:])] for row in rows],
    )


def _answers_to_read(description: Description, worded: Worded) -> Sheet:
    rows: list[list[object]] = []
    for one in description.questions:
        column = description.sample.columns[one.question.name]
        base = said("{valid} of {asked}", valid=_count(one.valid), asked=_count(one.asked))
        rows.append([one.question.name, _shortened(_label(one, worded)), base, "", ""])
        for answer in one.answers:
            label = f"  {_shortened(column.label(answer.code, worded.form))}"
            rows.append(["", label, _count(answer.n), _percent(answer.percent), _interval(answer)])
        if one.scale is not None and one.scale.n:
            label = said("mean (sd), median")
            rows.append(["", f"  {label}", _count(one.scale.n), _scale(one.scale), ""])
        rows += [["", f"  “{text}”", "", "", ""] for text in _some_texts(one)]
    return Sheet(
        title=said("answers"),
        heading=[
            said("question"),
            said("answer"),
            said("n"),
            said("% of valid"),
            said("95 % interval, if drawn at random"),
        ],
        rows=rows,
    )


def _groups_to_read(description: Description, crosstab: Crosstab, worded: Worded) -> Sheet:
    from qulaq.survey.tabulation import name_group, name_grouping

    columns = description.sample.columns
    by = columns[crosstab.grouping.by] if crosstab.grouping.question else None
    codes = [group.code for group in crosstab.questions[0].groups] if crosstab.questions else []
    rows: list[list[object]] = []
    for crossed in crosstab.questions:
        column = columns[crossed.question.name]
        valid = [_count(group.valid) for group in crossed.groups]
        rows.append([crossed.question.name, said("valid answers"), *valid])
        for place, code in enumerate(column.codes):
            cells = [_shown(group, place) for group in crossed.groups]
            rows.append(["", f"  {_shortened(column.label(code, worded.form))}", *cells])
    return Sheet(
        title=said("by {grouping}", grouping=name_grouping(crosstab.grouping, worded)),
        heading=[
            said("question"),
            said("answer"),
            *(_shortened(name_group(code, by, worded)) for code in codes),
        ],
        rows=rows,
    )


def _shown(group: Group, place: int) -> str | None:
    """
    Count and percentage of an answer in a group; of few people only that they are few.
    """
    if place in group.hidden:
        return said("few")
    answer = group.answers[place]
    percent = _percent(answer.percent)
    return None if percent is None else f"{_count(answer.n)} ({percent})"


def _label(one: DescribedQuestion, worded: Worded) -> str:
    from qulaq.survey.tabulation import label_of

    return label_of(one.question, worded)


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 1]}…"


def _some_texts(one: DescribedQuestion) -> list[str]:
    from qulaq.text.masking import mask

    return [_shortened(" ".join(mask(text).split())) for text in one.texts[:_MOST_TEXTS]]


def _count(n: int) -> str:
    return formats.number(n, preferred_language())


def _percent(percent: float) -> str | None:
    return None if math.isnan(percent) else formats.share(percent / 100, preferred_language())


def _interval(answer: AnswerCount) -> str | None:
    low, high = _percent(answer.low), _percent(answer.high)
    return None if low is None or high is None else f"{low} – {high}"


def _scale(scale: ScaleSummary) -> str:
    language = preferred_language()
    mean, sd, median = (
        "—" if math.isnan(one) else formats.number(one, language, digits=2)
        for one in (scale.mean, scale.sd, scale.median)
    )
    return f"{mean} ({sd}), {median}"


def _written(value: object) -> str | None:
    if isinstance(value, float):
        return formats.number(value, preferred_language(), digits=4)
    return None


# ── What the numbers are ─────────────────────────────────────────────────────────────────────────


def _give_sav(description: Description, form: Form, worded: Worded) -> None:
    from qulaq.survey.datafiles import write_sav

    deliver(form, lambda file: write_sav(description, file, worded))


def _tell(description: Description, crosstab: Crosstab | None) -> None:
    from qulaq.survey.tabulation import IF_DRAWN_AT_RANDOM, OF_VALID

    tell(phrases("{n} response.", "{n} responses.", n=description.n))
    tell(OF_VALID)
    tell(IF_DRAWN_AT_RANDOM)
    contradicted = [one for one in description.questions if one.contradictions]
    for one in contradicted:
        tell(
            phrase(
                "{question}: {n} of {valid} answers contradict what the same person answered elsewhere.",
                question=one.question.name,
                n=one.contradictions,
                valid=one.valid,
            )
        )
    if crosstab is not None:
        _tell_groups(crosstab)
    if description.weights is not None:
        _tell_weights(description.weights, description.n)


def _tell_groups(crosstab: Crosstab) -> None:
    if crosstab.ungrouped:
        tell(
            phrases(
                "{n} respondent told no group and is in no column.",
                "{n} respondents told no group and are in no column.",
                n=crosstab.ungrouped,
            )
        )
    if any(group.hidden for one in crosstab.questions for group in one.groups):
        tell(
            phrase(
                "Answers that few people of a group gave are hidden, so that nobody is recognised."
            )
        )


def _tell_weights(weights: Weights, n: int) -> None:
    language = preferred_language()
    tell(
        phrase(
            "Percentages are weighted to the margins: {used} of {n} respondents, design effect {deff}, effective n {effective}.",
            used=int(weights.used.sum()),
            n=n,
            deff=formats.number(weights.design_effect, language, digits=2),
            effective=formats.number(weights.effective_n, language, digits=1),
        )
    )
    if not weights.converged:
        tell(phrase("The margins contradict each other: the weights meet only some of them."))
    elif weights.largest_gap:
        tell(
            phrase(
                "A group of the margins has no respondents: a share is missed by {gap} percentage points.",
                gap=formats.number(100 * weights.largest_gap, language, digits=1),
            )
        )
