"""Figures that somebody published about a survey: how many gave an answer, and what percentage that is said to be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from qulaq.errors import UnreadableExport
from qulaq.lang import phrase
from qulaq.tables import Line, Table, read_table

_COUNT = re.compile(r"\d+(?:[ \u00a0\u202f]\d{3})*")
_PERCENT = re.compile(r"(\d+(?:[.,]\d+)?)\s*%?")
_NEEDED = ("question_id", "n", "percent")
_BLANKS = str.maketrans("", "", " \u00a0\u202f")


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """
    One published pair. `decimals` are those that the whole question is printed with: a spreadsheet drops the
    last zeros of a number.
    """

    answer: str
    n: int
    percent: Decimal
    decimals: int

    @property
    def units(self) -> int:
        """
        The percentage in units of its last printed digit.
        """
        return int(self.percent.scaleb(self.decimals))


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedQuestion:
    """
    A question and its pairs in the order of the file. `incomplete`: answers of which a count or a percentage
    is not printed.
    """

    name: str
    label: str
    figures: tuple[Published, ...]
    incomplete: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Row:
    answer: str
    n: int | None
    percent: Decimal | None


def read_published(file: Path) -> tuple[PublishedQuestion, ...]:
    """
    Read a table with the columns question_id, n and percent, and where they are there question, answer_id and
    answer. A row is one answer; a decimal comma and a percent sign are understood.

    Raises UnreadableExport where a column is missing or a cell holds no number.
    """
    table = read_table(file)
    if missing := [name for name in _NEEDED if table.find(name) is None]:
        raise table.refusal(
            phrase("there is no column {names}.", names=", ".join(missing)),
            phrase(
                "Needed are: {names}; further: {more}.",
                names=", ".join(_NEEDED),
                more="question, answer_id, answer",
            ),
        )
    labels: dict[str, str] = {}
    rows: dict[str, list[_Row]] = {}
    for line in table.lines:
        name = _cell(table, line, "question_id")
        if not name:
            raise table.refusal(
                phrase("the cell is empty."),
                phrase("Name the question in each row."),
                line=line,
                column="question_id",
            )
        labels.setdefault(name, _cell(table, line, "question") or name)
        rows.setdefault(name, []).append(_read_row(table, line))
    return tuple(_assembled(name, labels[name], answers) for name, answers in rows.items())


def _cell(table: Table, line: Line, column: str) -> str:
    place = table.find(column)
    return "" if place is None else line.cells[place]


def _read_row(table: Table, line: Line) -> _Row:
    answer = _cell(table, line, "answer_id") or _cell(table, line, "answer")
    count, percent = _cell(table, line, "n"), _cell(table, line, "percent")
    if count and not _COUNT.fullmatch(count):
        raise _no_number(table, line, "n", count)
    told = _PERCENT.fullmatch(percent)
    if percent and told is None:
        raise _no_number(table, line, "percent", percent)
    return _Row(
        answer or str(line.number),
        int(count.translate(_BLANKS)) if count else None,
        Decimal(told[1].replace(",", ".")) if told else None,
    )


def _no_number(table: Table, line: Line, column: str, cell: str) -> UnreadableExport:
    return table.refusal(
        phrase("“{cell}” is no number of the kind that stands here.", cell=cell),
        phrase(
            "A count is whole (46), a percentage has one point or comma (44.3); leave empty what is not printed."
        ),
        line=line,
        column=column,
    )


def _assembled(name: str, label: str, rows: list[_Row]) -> PublishedQuestion:
    decimals = max((_decimals(row.percent) for row in rows if row.percent is not None), default=0)
    return PublishedQuestion(
        name=name,
        label=label,
        figures=tuple(_complete(rows, decimals)),
        incomplete=tuple(row.answer for row in rows if row.n is None or row.percent is None),
    )


def _complete(rows: list[_Row], decimals: int) -> Iterator[Published]:
    for row in rows:
        if row.n is not None and row.percent is not None:
            yield Published(answer=row.answer, n=row.n, percent=row.percent, decimals=decimals)


def _decimals(percent: Decimal) -> int:
    exponent = percent.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0
