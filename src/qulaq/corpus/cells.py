"""
Texts of cells as typed values, compiled to DuckDB SQL.

A rule takes the SQL of a trimmed text and gives two expressions: the value (null where absent or wrong)
and the problem (null where there is none), so that nothing vanishes silently and all rows of a file go through in one plan.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from qulaq.corpus.issues import LONGEST_FOUND, SEPARATOR
from qulaq.engine import name, quote

# Abbreviations as American and European tools print them; an unknown one is refused, not dropped.
ABBREVIATIONS = {
    "UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "WEST": 60, "BST": 60, "CET": 60, "CEST": 120,
    "EET": 120, "EEST": 180, "MSK": 180, "EST": -300, "EDT": -240, "CST": -360, "CDT": -300,
    "MST": -420, "MDT": -360, "PST": -480, "PDT": -420,
}  # fmt: skip
_LOCAL_FORMATS = (
    "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M:%S.%f", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%S.%f",
    "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d",
    "%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M", "%d.%m.%Y, %H:%M:%S", "%d.%m.%Y, %H:%M", "%d.%m.%Y",
)  # fmt: skip
_OFFSET = r"(.*:\d\d(?:\.\d+)?)\s*(Z|[+-](?:0\d|1[0-4])(?::?[0-5]\d)?)"
_ABBREVIATION = r"(.*:\d\d(?:\.\d+)?)\s+([A-Z]{3,5})"  # two letters are AM and PM
_MOST = 100_000_000_000
_YES = ("true", "t", "yes", "y", "1", "да", "иә", "ия")
_NO = ("false", "f", "no", "n", "0", "нет", "жоқ")


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


@dataclass(frozen=True, slots=True)
class Typed:
    """
    A value and its problem as SQL. `local` is a clock reading still without its zone.

    `steps` are columns to be computed first, by name: SQL grows out of bounds when every rule repeats
    the rules beneath it.
    """

    value: str
    problem: str | None = None
    local: str | None = None
    steps: Mapping[str, str] = field(default_factory=dict)


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
    marks = ", ".join(quote(mark) for mark in ("", *habits.absent))
    trimmed = f"trim({cell}, ' \t\r\n\u00a0')"
    return f"CASE WHEN {trimmed} NOT IN ({marks}) THEN {trimmed} END"


def identifier(text: str, column: str) -> Typed:
    """
    An id, never a number; refused where a spreadsheet has rounded it (1,01582E+16).
    """
    rounded = rf"regexp_full_match({text}, '\d([.,]\d+)?[eE]\+\d+')"
    # A spreadsheet's "12345.0" is the id 12345.
    plain = rf"regexp_replace({text}, '^(\d+)\.0$', '\1')"
    return Typed(plain, _case((rounded, "id_rounded"), column=column, text=text))


def whole_number(text: str) -> str:
    """
    The number of a text: "1 234", "1,234", "1.234" and "12,0" are 1234, 1234, 1234 and 12; else null.
    """
    # Most cells are digits only: asked first, that keeps the dear rules from most rows.
    plain = rf"regexp_full_match({text}, '\d{{1,18}}')"
    grouped = rf"regexp_full_match({text}, '[1-9]\d{{0,2}}([ \x{{a0}}\x{{202f}},.''’]\d{{3}})+')"
    digits = rf"regexp_replace({text}, '\D', '', 'g')"
    whole = rf"nullif(regexp_extract({text}, '^(\d+)(?:[.,]0*)?$', 1), '')"
    return f"try_cast(CASE WHEN {plain} THEN {text} WHEN {grouped} THEN {digits} ELSE {whole} END AS BIGINT)"


def count(text: str, column: str) -> Typed:
    """
    A count: a whole number, never below zero.
    """
    number = name(step("number", column))
    wrong = _case(
        (rf"regexp_full_match({text}, '[-−]\s*\d.*')", "count_negative"),
        (rf"{number} > {_MOST} OR regexp_full_match({text}, '\d{{12,}}')", "count_absurd"),
        (f"{number} IS NULL", "count_unreadable"),
        column=column,
        text=text,
    )
    return Typed(
        f"CASE WHEN {number} <= {_MOST} THEN {number} END",
        f"CASE WHEN {text} IS NULL OR {number} <= {_MOST} THEN NULL ELSE {wrong} END",
        steps={step("number", column): whole_number(text)},
    )


def truth(text: str, column: str) -> Typed:
    yes, no = (", ".join(map(quote, words)) for words in (_YES, _NO))
    told = (
        f"CASE WHEN lower({text}) IN ({yes}) THEN true WHEN lower({text}) IN ({no}) THEN false END"
    )
    problem = _case(
        (f"{text} IS NOT NULL AND ({told}) IS NULL", "truth_unreadable"), column=column, text=text
    )
    return Typed(told, problem)


def moment(text: str, column: str, habits: Habits) -> Typed:
    """
    A moment in UTC; a clock reading without a zone goes to `local` where the page decides its zone.
    """
    offset, abbreviation, clock = (name(step(part, column)) for part in ("offset", "zone", "clock"))
    minutes = f"coalesce({_offset_minutes(offset)}, {_abbreviation_minutes(abbreviation)})"
    zoned = f"coalesce({_unix(text)}, timezone('UTC', {clock} - to_minutes({minutes})))"
    unzoned = f"CASE WHEN {offset} IS NULL AND {abbreviation} IS NULL THEN {clock} END"
    fixed = _at_zone(unzoned, habits.zone)
    value = f"coalesce({zoned}, {fixed})" if fixed else zoned
    wall = unzoned if habits.zone == "page" else None
    has_zone = f"({value}) IS NOT NULL" + (f" OR ({wall}) IS NOT NULL" if wall else "")
    year = f"year(coalesce({_unix(text)}, timezone('UTC', {clock})))"
    problem = _case(
        (f"{text} IS NOT NULL AND {year} IS NULL", "moment_unreadable"),
        (f"{text} IS NOT NULL AND NOT ({has_zone})", "zone_unknown"),
        (f"{year} NOT BETWEEN 1995 AND 2100", "moment_absurd"),
        column=column,
        text=text,
    )
    return Typed(value, problem, wall, _clock_steps(text, column, habits))


def _clock_steps(text: str, column: str, habits: Habits) -> dict[str, str]:
    """
    "2021-07-06 16:45:20 EDT" in parts: the clock's reading, an offset, an abbreviation.
    """

    def part(pattern: str, group: int) -> str:
        return f"nullif(regexp_extract({text}, {quote(f'^{pattern}$')}, {group}), '')"

    formats = ", ".join(quote(one) for one in (*habits.formats, *_LOCAL_FORMATS))
    bare = f"coalesce({part(_OFFSET, 1)}, {part(_ABBREVIATION, 1)}, {text})"
    return {
        step("offset", column): part(_OFFSET, 2),
        step("zone", column): part(_ABBREVIATION, 2),
        step("clock", column): f"try_strptime({bare}, [{formats}])",
    }


def needed(text: str, column: str) -> str:
    """
    The problem of a value that must be there.
    """
    return _case((f"{text} IS NULL", "missing"), column=column, text="''")


def first_problem(problems: list[str]) -> str:
    return f"coalesce({', '.join(problems)}, NULL)" if problems else "CAST(NULL AS VARCHAR)"


def _case(*cases: tuple[str, str], column: str, text: str) -> str:
    """
    Code, column and what was found, as one text, of the first case that holds.
    """
    found = f"coalesce(left({text}, {LONGEST_FOUND}), '')"
    whens = " ".join(
        f"WHEN {condition} THEN {quote(code + SEPARATOR + column + SEPARATOR)} || {found}"
        for condition, code in cases
    )
    return f"CASE {whens} END"


def _unix(value: str) -> str:
    """
    Seconds (ten digits) or milliseconds (thirteen) since 1970.
    """
    seconds = rf"CASE WHEN regexp_full_match({value}, '\d{{10}}') THEN try_cast({value} AS BIGINT) * 1000 WHEN regexp_full_match({value}, '\d{{13}}') THEN try_cast({value} AS BIGINT) END"
    return f"timezone('UTC', epoch_ms({seconds}))"


def _offset_minutes(offset: str) -> str:
    digits = f"regexp_replace({offset}, '[^0-9]', '', 'g')"
    sign = f"CASE WHEN starts_with({offset}, '-') THEN -1 ELSE 1 END"
    hours = f"CAST(left({digits}, 2) AS INTEGER)"
    rest = f"coalesce(try_cast(nullif(substr({digits}, 3, 2), '') AS INTEGER), 0)"
    return f"CASE WHEN {offset} = 'Z' THEN 0 WHEN {offset} IS NOT NULL THEN ({sign}) * ({hours} * 60 + {rest}) END"


def _abbreviation_minutes(abbreviation: str) -> str:
    whens = " ".join(f"WHEN {quote(zone)} THEN {offset}" for zone, offset in ABBREVIATIONS.items())
    return f"CASE {abbreviation} {whens} END"


def _at_zone(clock: str, zone: str) -> str | None:
    if zone in ("", "page"):
        return None
    if zone[0] in "+-":
        sign = -1 if zone[0] == "-" else 1
        minutes = sign * (int(zone[1:3]) * 60 + int(zone[4:6] or 0))
        return f"timezone('UTC', {clock} - to_minutes({minutes}))"
    return f"timezone({quote(zone)}, {clock})"
