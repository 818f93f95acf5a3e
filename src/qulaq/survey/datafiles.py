"""The answers as a file for SPSS: one row for each respondent, with the wording of questions and choices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import numpy as np

from qulaq.errors import Misused
from qulaq.lang import phrase
from qulaq.survey.describe import Description
from qulaq.survey.sample import Column, Sample
from qulaq.survey.spss import find_fault, variables
from qulaq.survey.tabulation import Worded, label_of
from qulaq.survey.values import as_number
from qulaq.text.masking import mask

Measure = Literal["nominal", "ordinal", "scale"]

_LONGEST_LABEL = 255  # bytes that SPSS takes of a variable's label
_LONGEST_VALUE_LABEL = 120
LANGUAGE, CHANNEL, WEIGHT = "response_language", "response_channel", "weight"


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """
    One column of the file. `values` are numbers with NaN, or texts with None, for what is missing.
    """

    name: str
    label: str
    values: object
    measure: Measure
    labels: Mapping[float, str] = field(default_factory=dict)


def write_sav(description: Description, file: Path, worded: Worded) -> None:
    """
    Write the file. Choices are numbers, those of a scale as they are named and others in the order of the form from
    1, their wording is the value's label; of several choices each is a variable of 0 and 1. Personal data in
    open answers are masked. Weights, where there are any, are a variable of their own.

    Raises Misused where the libraries for SPSS are not installed, or where a name cannot be a variable there.
    """
    try:
        import polars as pl
        import pyreadstat
    except ImportError:
        raise Misused(
            found=phrase("files for SPSS need further libraries."),
            remedy=phrase("Install them: pip install 'qulaq[spss]'"),
        ) from None
    made = list(_variables(description, worded))
    _check_names(made)
    pyreadstat.write_sav(
        pl.DataFrame({one.name: one.values for one in made}),
        file,
        column_labels={one.name: one.label for one in made},
        variable_value_labels={one.name: dict(one.labels) for one in made if one.labels},
        variable_measure={one.name: one.measure for one in made},
    )


def _check_names(made: list[Variable]) -> None:
    for one in made:
        if fault := find_fault(one.name):
            raise Misused(found=fault, remedy=phrase("Change the name in the form."))


def _variables(description: Description, worded: Worded) -> Iterator[Variable]:
    sample = description.sample
    yield from _about(sample)
    for column in sample.columns.values():
        yield from _of_column(column, worded)
    if description.weights is not None:
        yield Variable(
            name=WEIGHT,
            label=worded.say(phrase("weight")),
            values=description.weights.values,
            measure="scale",
        )


def _about(sample: Sample) -> Iterator[Variable]:
    for name, told in ((LANGUAGE, sample.language), (CHANNEL, sample.channel)):
        if name not in sample.columns:
            yield Variable(name=name, label=name, values=list(told), measure="nominal")


def _of_column(column: Column, worded: Worded) -> Iterator[Variable]:
    question, label = column.question, _cut(label_of(column.question, worded), _LONGEST_LABEL)
    if question.takes_many:
        yield from _of_options(column, label, worded)
    elif question.choices is not None:
        numbers = _numbers_of(column)
        labels = {
            number: _cut(column.label(code, worded.form), _LONGEST_VALUE_LABEL)
            for number, code in zip(numbers, column.codes, strict=True)
        }
        values = np.where(column.choice >= 0, np.array([*numbers, np.nan])[column.choice], np.nan)
        measure: Measure = "ordinal" if column.is_scale else "nominal"
        yield Variable(
            name=question.name, label=label, values=values, measure=measure, labels=labels
        )
    elif column.is_scale:
        yield Variable(name=question.name, label=label, values=column.numbers, measure="scale")
    else:
        masked = [mask(one) if isinstance(one, str) else None for one in column.distinct]
        texts = [masked[kind] for kind in column.kind]
        yield Variable(name=question.name, label=label, values=texts, measure="nominal")


def _of_options(column: Column, label: str, worded: Worded) -> Iterator[Variable]:
    """
    A variable for each choice of the form; codes that the form lacks have none.
    """
    for place, name in enumerate(variables(column.question)):
        option = column.label(column.codes[place], worded.form)
        yield Variable(
            name=name,
            label=_cut(f"{label}: {option}", _LONGEST_LABEL),
            values=np.where(column.valid, column.chosen[:, place].astype(float), np.nan),
            measure="nominal",
            labels={0.0: worded.say(phrase("not chosen")), 1.0: worded.say(phrase("chosen"))},
        )


def _numbers_of(column: Column) -> list[float]:
    if column.is_scale:
        told = [as_number(code) for code in column.codes]
        if not np.isnan(told).any():
            return told
    return [float(place) for place in range(1, len(column.codes) + 1)]


def _cut(text: str, most: int) -> str:
    """
    At most so many bytes of UTF-8, whole letters.
    """
    return text.encode()[:most].decode(errors="ignore")
