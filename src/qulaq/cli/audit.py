"""`qulaq survey audit`: do published percentages follow from the counts beside them?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qulaq.cli.speech import said, tell
from qulaq.cli.tables import AsCsv, AsJson, AsXlsx, Form, Output, show
from qulaq.lang import Phrase, phrase, preferred_language
from qulaq.lang.formats import number

if TYPE_CHECKING:
    from qulaq.survey.audit import AuditedFigure, AuditedQuestion


def audit(
    figures: Annotated[
        Path,
        typer.Argument(
            metavar="FIGURES",
            help=said(
                "A table (CSV, XLSX) with columns for question_id, answer_id, n and percent."
            ),
        ),
    ],
    most: Annotated[
        int | None,
        typer.Option(
            "--most",
            metavar="N",
            min=1,
            help=said("How many respondents there were: no base is larger."),
        ),
    ] = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    as_xlsx: AsXlsx = False,
    output: Output = None,
) -> None:
    from qulaq.survey.audit import audit as audit_questions
    from qulaq.survey.published import read_published

    form = Form(json=as_json, csv=as_csv, xlsx=as_xlsx, output=output)
    audited = audit_questions(read_published(figures), most=most)
    show(
        form,
        heading=[
            said("question"),
            said("base that fits most"),
            said("sum of counts"),
            said("answer"),
            said("count"),
            said("published percentage"),
            said("bases, rounded half up"),
            said("bases, cut off"),
        ],
        rows=[row for question in audited for row in _as_rows(question)],
        data=[_as_object(question) for question in audited],
    )
    _tell_outcome(audited)


def _as_rows(question: AuditedQuestion) -> Iterator[list[object]]:
    for one in question.figures:
        yield [
            question.question.name,
            question.base,
            question.sum,
            one.published.answer,
            one.published.n,
            _percentage(one),
            _listed(one.bases),
            _listed(one.bases_cut),
        ]


def _percentage(figure: AuditedFigure) -> str:
    published = figure.published
    return number(float(published.percent), preferred_language(), digits=published.decimals)


def _listed(bases: Sequence[int]) -> str:
    """
    Bases with runs drawn together: 98–102, 105.
    """
    runs: list[list[int]] = []
    for base in bases:
        if runs and base == runs[-1][-1] + 1:
            runs[-1].append(base)
        else:
            runs.append([base])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs) or "—"


def _as_object(question: AuditedQuestion) -> dict[str, object]:
    return {
        "question": question.question.name,
        "label": question.question.label,
        "base": question.base,
        "fitted": question.fitted,
        "sum": question.sum,
        "figures": [_as_figure(one) for one in question.figures],
        "incomplete": list(question.question.incomplete),
    }


def _as_figure(figure: AuditedFigure) -> dict[str, object]:
    published = figure.published
    return {
        "answer": published.answer,
        "n": published.n,
        "percent": float(published.percent),
        "bases": list(figure.bases),
        "bases_cut": list(figure.bases_cut),
    }


def _tell_outcome(audited: Sequence[AuditedQuestion]) -> None:
    figures = [one for question in audited for one in question.figures]
    fitted = [one for one in figures if one.bases]
    unfitted = [one for one in figures if not one.bases]
    tell(
        phrase(
            "{fitted} of {n} pairs of a count and a percentage fit some base by rounding half up; "
            "{unfitted} fit none, {cut} of them do where digits are cut off.",
            fitted=len(fitted),
            n=len(figures),
            unfitted=len(unfitted),
            cut=sum(bool(one.bases_cut) for one in unfitted),
        )
    )
    for question in audited:
        _tell_of(question)


def _tell_of(question: AuditedQuestion) -> None:
    name, base = question.question.name, question.base
    if base is not None and question.sum != base:
        tell(_weighed(name, question.sum, base))
    if question.question.incomplete:
        tell(
            phrase(
                "{question}: no pair to check for {answers}; a count or a percentage is missing.",
                question=name,
                answers=", ".join(question.question.incomplete),
            )
        )


def _weighed(name: str, total: int, base: int) -> Phrase:
    if total > base:
        return phrase(
            "{question}: the counts sum to {sum}, above the base of {base}: "
            "several answers could be chosen, or the figures contradict each other.",
            question=name,
            sum=total,
            base=base,
        )
    return phrase(
        "{question}: the counts sum to {sum}, below the base of {base}: not every answer is printed.",
        question=name,
        sum=total,
        base=base,
    )
