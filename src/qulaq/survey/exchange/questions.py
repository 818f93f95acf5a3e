"""What the columns of an export ask, as their headings and cells show it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from qulaq.survey.exchange.layout import Column, Layout
from qulaq.survey.exchange.likeness import alike
from qulaq.survey.exchange.matching import split_heading
from qulaq.survey.exchange.moments import read_day
from qulaq.survey.exchange.options import find_joined, find_options
from qulaq.survey.exchange.values import BLANKS, TICKS
from qulaq.survey.questionnaire import Kind

_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")
_WHOLE = re.compile(r"-?\d{1,9}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """
    One question as its columns show it: its text, its kind, the labels of its choices.
    """

    text: str
    kind: Kind
    labels: Sequence[str] = ()


def see_questions(layout: Layout, columns: Sequence[Column]) -> Iterator[Seen]:
    """
    The questions in the order of the columns; a text that stands above several columns is one question.
    """
    runs = _find_runs(layout, columns)
    place_of = {one.place: stem for stem, run in runs.items() for one in run}
    told: set[str] = set()
    for column in columns:
        stem = place_of.get(column.place, column.name)
        if alike(stem) in told:
            continue
        told.add(alike(stem))
        if stem in runs:
            labels = tuple(runs[stem].values())
            yield Seen(text=stem, kind="select_multiple", labels=labels)
        else:
            yield _see_values(column.name, [one for one in layout.cells(column) if one], layout)


def _find_runs(layout: Layout, columns: Sequence[Column]) -> Mapping[str, Mapping[Column, str]]:
    """
    Columns that are each for one choice of a question, with the choice, by the question.
    """
    headings = {one.heading for one in columns}
    runs: dict[str, dict[Column, str]] = {}
    for column in columns:
        for stem, option, mark in _stems(column):
            if (mark != "_" or stem in headings) and _is_ticked(layout.cells(column), option):
                runs.setdefault(stem, {})[column] = option
                break
    return {stem: run for stem, run in runs.items() if len(run) > 1}


def _stems(column: Column) -> Iterator[tuple[str, str, str]]:
    if column.option:
        yield column.heading, column.option, ""
        return
    yield from (one for one in split_heading(column.heading) if one[2] in {"[", "/", "_"})


def _is_ticked(cells: Iterable[str], option: str) -> bool:
    return {alike(cell) for cell in cells} <= TICKS | BLANKS | {alike(option)}


def _see_values(text: str, cells: Sequence[str], layout: Layout) -> Seen:
    """
    What a column of answers asks, as its distinct values and their shapes suggest.
    """
    joints = [joint for joint in layout.format.joints if joint.strip()]
    for joint in joints:
        if several := find_joined(cells, joint):
            return Seen(text=text, kind="select_multiple", labels=several)
    if labels := find_options(cells):
        return Seen(text=text, kind="select_one", labels=labels)
    return Seen(text=text, kind=_kind_of(cells))


def _kind_of(cells: Sequence[str]) -> Kind:
    if cells and all(_WHOLE.fullmatch(one) for one in cells):
        return "integer"
    if cells and all(_NUMBER.fullmatch(one) for one in cells):
        return "decimal"
    if cells and all(read_day(one, "day") or read_day(one, "month") for one in cells):
        return "date"
    return "text"
