"""Weights by known margins: a table says how the population is made up, the sample is brought to agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from qulaq.errors import UnreadableExport
from qulaq.lang import phrase
from qulaq.stats.ragged import IntArray
from qulaq.stats.raking import Margin, Weights, rake
from qulaq.survey.sample import Column, Sample
from qulaq.tables import Line, Table, read_table

_COLUMNS = ("question", "answer", "share")


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownMargin:
    """
    How the population is known to answer one question; shares sum to 1.
    """

    question: str
    shares: dict[str, float]


def read_margins(file: Path) -> tuple[KnownMargin, ...]:
    """
    Read a table with the columns question, answer (a code of the form) and share, which may be counts, percentages
    or shares: those of one question are brought to sum to 1.

    Raises UnreadableExport where a column is missing or a share is no number above zero.
    """
    table = read_table(file)
    if missing := [name for name in _COLUMNS if table.find(name) is None]:
        raise table.refusal(
            phrase("there is no column {names}.", names=", ".join(missing)),
            phrase("Needed are: {names}.", names=", ".join(_COLUMNS)),
        )
    places = [table.find(name) or 0 for name in _COLUMNS]
    shares: dict[str, dict[str, float]] = {}
    for line in table.lines:
        question, answer, told = (line.cells[place] for place in places)
        of_question = shares.setdefault(question, {})
        if answer in of_question:
            raise table.refusal(
                phrase("“{cell}” stands there a second time.", cell=answer),
                phrase("Give each answer of a question one row."),
                line=line,
                column="answer",
            )
        of_question[answer] = _read_share(table, line, told)
    return tuple(
        KnownMargin(
            question=question, shares={code: n / sum(of.values()) for code, n in of.items()}
        )
        for question, of in shares.items()
    )


def _read_share(table: Table, line: Line, told: str) -> float:
    text = told.replace("\u00a0", "").replace(" ", "").rstrip("%").replace(",", ".")
    try:
        share = float(text)
    except ValueError:
        share = np.nan
    if not 0 < share < np.inf:
        raise table.refusal(
            phrase("“{cell}” is no number above zero.", cell=told),
            phrase("Write a count, a percentage or a share; leave out answers that nobody gives."),
            line=line,
            column="share",
        )
    return share


def weigh(sample: Sample, margins: Sequence[KnownMargin], *, file: Path) -> Weights:
    """
    Rake the sample to the margins. Whoever left one of their questions open, or gave an answer that they do not
    have, gets no weight.

    Raises UnreadableExport, naming the *file*, for a question or an answer that the form does not have.
    """
    return rake([_margin(sample, one, file) for one in margins])


def _margin(sample: Sample, known: KnownMargin, file: Path) -> Margin:
    column = sample.columns.get(known.question)
    if column is None or column.question.kind != "select_one":
        raise UnreadableExport(
            where=str(file),
            found=phrase(
                "“{name}” is no question of the form with one choice.", name=known.question
            ),
            remedy=phrase("Name questions as the form does."),
        )
    codes = list(known.shares)
    if strange := [code for code in codes if code not in column.codes]:
        raise UnreadableExport(
            where=str(file),
            found=phrase(
                "the question “{name}” has no answer {answers}.",
                name=known.question,
                answers=", ".join(strange),
            ),
            remedy=phrase("Its answers: {answers}.", answers=", ".join(column.codes)),
        )
    return Margin(category=_category(column, codes), shares=np.array(list(known.shares.values())))


def _category(column: Column, codes: Sequence[str]) -> IntArray:
    """
    The place of everybody's answer among the margin's codes; -1 where it is not among them.
    """
    places = np.array([codes.index(one) if one in codes else -1 for one in column.codes] + [-1])
    return places[column.choice]
