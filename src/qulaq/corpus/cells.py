"""
Texts of cells as typed values, compiled to DuckDB SQL.

A rule takes the name of a column of raw cells and gives expressions: the value, whether something is
wrong, and what (the problem), so that nothing vanishes silently and all rows of a file go through in one plan.
What most cells look like is asked first and answered cheaply; the dear rules run on the odd ones only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from qulaq.corpus.ids import is_untidy_sql, trimmed_sql
from qulaq.corpus.issues import LONGEST_FOUND, SEPARATOR
from qulaq.engine import among, name, quote

_MOST = 100_000_000_000
YES = ("true", "t", "yes", "y", "1", "да", "иә", "ия")
NO = ("false", "f", "no", "n", "0", "нет", "жоқ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """
    How a tool writes its cells: which texts mean "absent", which zone a clock without one shows.

    `zone` is an offset ("-05:00"), a name ("Asia/Almaty"), "page" (the zone of the page's body) or
    empty: then a moment without a zone is refused.
    """

    absent: tuple[str, ...] = ()
    zone: str = ""
    formats: tuple[str, ...] = field(default=())

    @property
    def absent_numbers(self) -> bool:
        """
        Whether some mark of absence looks like a value ("-1", "1970-01-01").
        """
        return any(char.isdigit() for mark in self.absent for char in mark)


Layer = Mapping[str, str]
"""Columns that are computed together, by name, from the columns of the layers before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """
    A value as SQL, null where it is absent. `wrong` holds where it is not what it should be (null counts as right),
    `problem` is then the reason. `local` is a clock reading still without its zone.

    `layers` are to be computed first, one upon the other: SQL grows out of bounds when every rule repeats
    the rules beneath it.
    """

    value: str
    layers: tuple[Layer, ...] = ()
    absent: str
    wrong: str | None = None
    problem: str | None = None
    local: str | None = None


def step(what: str, column: str) -> str:
    """
    The name of a column that is computed on the way: begun by a sign with which no heading begins, for
    people do write "number of likes".
    """
    return f"{SEPARATOR}{what} of {column}"


def present(cell: str, habits: Habits) -> str:
    """
    The trimmed text, null where it is empty or one of the tool's marks of absence.
    """
    marks = ("", *habits.absent)
    longest = max(len(mark.encode()) for mark in marks)
    trimmed = trimmed_sql(cell)
    untidy = f"CASE WHEN NOT {among(trimmed, marks)} THEN {trimmed} END"
    return f"CASE WHEN {is_untidy_sql(cell)} THEN {untidy} WHEN strlen({cell}) > {longest} OR NOT {among(cell, marks)} THEN {cell} END"


def text(cell: str, habits: Habits, change: Callable[[str], str] = str) -> Typed:
    """
    The text itself, or what *change* makes of it.
    """
    words = step("text", cell)
    return Typed(
        value=change(name(words)),
        layers=({words: present(name(cell), habits)},),
        absent=f"{name(words)} IS NULL",
    )


def identifier(cell: str, column: str, habits: Habits) -> Typed:
    """
    An id, never a number; refused where a spreadsheet has rounded it (1,01582E+16).
    """
    plain = text(cell, habits)
    words = plain.value
    rounded = rf"contains({words}, '+') AND regexp_full_match({words}, '\d([.,]\d+)?[eE]\+\d+')"
    # A spreadsheet's "12345.0" is the id 12345.
    whole = rf"CASE WHEN suffix({words}, '.0') THEN regexp_replace({words}, '^(\d+)\.0$', '\1') ELSE {words} END"
    return Typed(
        value=whole,
        layers=plain.layers,
        absent=plain.absent,
        wrong=rounded,
        problem=problem_of((rounded, "id_rounded"), column=column, found=words),
    )


def whole_number(words: str) -> str:
    """
    The number of a text: "1 234", "1,234", "1.234" and "12,0" are 1234, 1234, 1234 and 12; else null.
    """
    # Most cells are digits only: asked first, that keeps the dear rules from most rows.
    plain = rf"regexp_full_match({words}, '\d{{1,18}}')"
    grouped = rf"regexp_full_match({words}, '[1-9]\d{{0,2}}([ \x{{a0}}\x{{202f}},.''’]\d{{3}})+')"
    digits = rf"regexp_replace({words}, '\D', '', 'g')"
    whole = rf"nullif(regexp_extract({words}, '^(\d+)(?:[.,]0*)?$', 1), '')"
    return f"try_cast(CASE WHEN {plain} THEN {words} WHEN {grouped} THEN {digits} ELSE {whole} END AS BIGINT)"


def count(cell: str, column: str, habits: Habits) -> Typed:
    """
    A count: a whole number, never below zero.
    """
    cast, plain, odd, number = (
        step(what, cell) for what in ("cast", "plain number", "odd number", "number")
    )
    # What reads the same when written again was written in digits only.
    same = f"CAST({name(cast)} AS VARCHAR) = {name(cell)}"
    known = f"{same} AND NOT ({marked(cell, habits)})" if habits.absent_numbers else same
    layers = (
        {cast: f"try_cast({name(cell)} AS UINTEGER)"},
        {plain: f"CASE WHEN {known} THEN {name(cast)} END"},
        {odd: f"CASE WHEN {name(plain)} IS NULL THEN {present(name(cell), habits)} END"},
        {
            number: f"CASE WHEN {name(odd)} IS NULL THEN CAST({name(plain)} AS BIGINT) ELSE {whole_number(name(odd))} END"
        },
    )
    problem = problem_of(
        (rf"regexp_full_match({name(odd)}, '[-−]\s*\d.*')", "count_negative"),
        (
            rf"{name(number)} > {_MOST} OR regexp_full_match({name(odd)}, '\d{{12,}}')",
            "count_absurd",
        ),
        (f"{name(number)} IS NULL", "count_unreadable"),
        column=column,
        found=name(odd),
    )
    return Typed(
        value=name(number),
        layers=layers,
        absent=f"{name(number)} IS NULL AND {name(odd)} IS NULL",
        wrong=f"{name(odd)} IS NOT NULL AND coalesce({name(number)} > {_MOST}, true)",
        problem=problem,
    )


def truth(cell: str, column: str, habits: Habits) -> Typed:
    plain, odd, told = (step(what, cell) for what in ("plain truth", "odd truth", "truth"))
    low = f"lower({name(odd)})"
    rule = f"CASE WHEN {among(low, YES)} THEN true WHEN {among(low, NO)} THEN false END"
    wrong = f"{name(odd)} IS NOT NULL AND {name(told)} IS NULL"
    return Typed(
        value=name(told),
        layers=(
            {plain: f"CASE {name(cell)} WHEN 'true' THEN true WHEN 'false' THEN false END"},
            {odd: f"CASE WHEN {name(plain)} IS NULL THEN {present(name(cell), habits)} END"},
            {told: f"CASE WHEN {name(odd)} IS NULL THEN {name(plain)} ELSE {rule} END"},
        ),
        absent=f"{name(plain)} IS NULL AND {name(odd)} IS NULL",
        wrong=wrong,
        problem=problem_of((wrong, "truth_unreadable"), column=column, found=name(odd)),
    )


def missing(value: Typed, column: str, code: str = "missing") -> str:
    """
    The problem of a value that must be there.
    """
    return problem_of((value.absent, code), column=column, found="''")


def marked(cell: str, habits: Habits) -> str:
    """
    Whether a cell is one of the tool's marks of absence.
    """
    return among(name(cell), habits.absent)


def first_problem(problems: Iterable[str]) -> str:
    return f"coalesce({', '.join((*problems, 'NULL'))}, CAST(NULL AS VARCHAR))"


def problem_of(*cases: tuple[str, str], column: str, found: str) -> str:
    """
    Code, column and what was found, as one text, of the first case that holds.
    """
    found = f"coalesce(left({found}, {LONGEST_FOUND}), '')"
    whens = " ".join(
        f"WHEN {condition} THEN {quote(code + SEPARATOR + column + SEPARATOR)} || {found}"
        for condition, code in cases
    )
    return f"CASE {whens} END"
