"""`qulaq coding shares`: what the texts are about, by page and period."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from qulaq.cli.decisions import must_be_coded
from qulaq.cli.options import StudyFolder
from qulaq.cli.speech import said, tell, working
from qulaq.cli.tables import AsCsv, AsJson, AsXlsx, Form, Output, show
from qulaq.errors import UnknownName
from qulaq.lang import formats, phrase, preferred_language, say

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from qulaq.coding.coding import Coding
    from qulaq.coding.shares import By, Share
    from qulaq.study import Study


def shares(
    study: StudyFolder,
    variable: Annotated[
        str | None, typer.Option(metavar="NAME", help=said("Only this variable of the codebook."))
    ] = None,
    by: Annotated[
        str | None, typer.Option(metavar="month|year", help=said("A series instead of all days."))
    ] = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    as_xlsx: AsXlsx = False,
    output: Output = None,
) -> None:
    from qulaq.coding.shares import BYS, measure_shares
    from qulaq.study import open_study

    form = Form(json=as_json, csv=as_csv, xlsx=as_xlsx, output=output)
    period = next((one for one in BYS if one == by), None)
    if by is not None and period is None:
        raise UnknownName.among(by, list(BYS), kind="--by")
    opened = open_study(study)
    with working(str(study)):
        coding = must_be_coded(opened)
        if variable is not None:
            coding.codebook.variable(variable)
        found = measure_shares(
            coding,
            pages=[page.id for page in opened.pages],
            days=_days(opened, coding, period),
            by=period,
        )
    wanted = [one for one in found if variable is None or one.variable == variable]
    show(
        form,
        heading=[
            said("variable"), said("category"), said("page"), said("period"), said("count"), said("n"),
            said("share"), said("95 % interval"), said("not given because"),
        ],
        rows=[_as_row(one) for one in wanted if one.k or form.json or form.csv or form.xlsx],
        data=[_as_object(one) for one in wanted],
    )  # fmt: skip
    if any(one.few and one.k for one in wanted):
        tell(phrase("Intervals of categories with fewer than five units are rough (Goodman)."))


def _days(study: Study, coding: Coding, by: By | None) -> Mapping[str, date]:
    from qulaq.coding.units import find_days
    from qulaq.corpus.current import Corpus

    if by is None:
        return {}
    with Corpus(study) as corpus:
        return find_days(corpus, {one.unit for one in coding.settlement.settled})


def _as_row(one: Share) -> list[object]:
    language = preferred_language()
    ends = [formats.share(end, language) for end in (one.low, one.high) if end is not None]
    return [
        one.variable,
        one.category,
        one.page or said("all pages"),
        one.period or None,
        one.k,
        one.n,
        None if one.value is None else formats.share(one.value, language),
        " – ".join(ends) or None,
        None if one.reason is None else say(one.reason, language),
    ]


def _as_object(one: Share) -> dict[str, object]:
    return {
        "variable": one.variable,
        "category": one.category,
        "page": one.page or None,
        "period": one.period or None,
        "k": one.k,
        "n": one.n,
        "value": one.value,
        "low": one.low,
        "high": one.high,
        "reason": None if one.reason is None else say(one.reason, preferred_language()),
        "few": one.few,
    }
