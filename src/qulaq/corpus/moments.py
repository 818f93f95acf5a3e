"""
Texts of cells as moments: clocks with an offset, with an abbreviation, with no zone, seconds since 1970.

The first cells of a column tell how its moments are written; those that are written so are read by that
one format, the others by all that are known.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from qulaq.corpus.cells import Habits, Layer, Typed, marked, present, problem_of, step
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
_OFFSETS = r"(?:0\d|1[0-4])(?::?[0-5]\d)?"
_OFFSET = rf"(.*:\d\d(?:\.\d+)?)\s*(Z|[+-]{_OFFSETS})"
_ABBREVIATION = r"(.*:\d\d(?:\.\d+)?)\s+([A-Z]{3,5})"  # two letters are AM and PM
_FIRST_YEAR, _LAST_YEAR = 1995, 2100


@dataclass(frozen=True, slots=True)
class Writing:
    """
    How a column's moments are written: the format, and whether it ends in Z, in an offset or in neither.
    """

    format: str
    zone: Literal["", "Z", "offset"]

    @property
    def whole(self) -> str:
        return self.format + {"": "", "Z": "Z", "offset": "%z"}[self.zone]


def find_writing(cells: Iterable[str], habits: Habits) -> Writing | None:
    """
    How most of these cells are written; None where that is not known, or a tool's own format might be meant.
    """
    if habits.formats:
        return None
    shapes = Counter(map(_shape, cells))
    writing = next((_WRITINGS.get(shape) for shape, _ in shapes.most_common(1)), None)
    # A clock without a zone that nobody told is refused, so that there is nothing to be quick about.
    return writing if writing and (writing.zone or habits.zone) else None


def _shape(cell: str) -> str:
    """
    The cell with every digit a zero; one look covers offsets east and west.
    """
    return re.sub("[0-9]", "0", cell).replace("-00", "+00")


def _shapes() -> dict[str, Writing]:
    """
    Formats by the shapes of what is written so.
    """
    shapes: dict[str, Writing] = {}
    some = datetime(2023, 5, 31, 14, 5, 59, tzinfo=UTC)
    for one in _LOCAL_FORMATS:
        written = some.strftime(one)
        for shape in map(_shape, {written, written.replace(".000000", ".000")}):
            shapes[shape] = Writing(one, "")
            if "%M" in one:
                shapes[shape + "Z"] = Writing(one, "Z")
                for offset in ("+00", "+0000", "+00:00"):
                    shapes[shape + offset] = Writing(one, "offset")
    return shapes


_WRITINGS = _shapes()


def moment(cell: str, column: str, habits: Habits, writing: Writing | None = None) -> Typed:
    """
    A moment in UTC; a clock reading without a zone goes to `local` where the page decides its zone.
    """
    odd, offset, abbreviation, clock, plain = (
        name(step(part, cell)) for part in ("odd moment", "offset", "zone", "clock", "plain moment")
    )
    minutes = f"coalesce({_offset_minutes(offset)}, {_abbreviation_minutes(abbreviation)})"
    zoned = f"CASE WHEN {odd} IS NOT NULL THEN coalesce({_unix(odd)}, timezone('UTC', {clock} - to_minutes({minutes}))) END"
    unzoned = f"CASE WHEN {offset} IS NULL AND {abbreviation} IS NULL THEN {clock} END"
    if writing and writing.zone:
        quick = plain if writing.zone == "offset" else f"timezone('UTC', {plain})"
        zoned = f"CASE WHEN {plain} IS NOT NULL THEN {quick} ELSE {zoned} END"
    elif writing:
        unzoned = f"CASE WHEN {plain} IS NOT NULL THEN {plain} ELSE {unzoned} END"
    fixed = _at_zone(unzoned, habits.zone)
    value = f"coalesce({zoned}, {fixed})" if fixed else zoned
    wall = unzoned if habits.zone == "page" else None
    has_zone = f"({value}) IS NOT NULL" + (f" OR ({wall}) IS NOT NULL" if wall else "")
    year = f"year(coalesce({_unix(odd)}, timezone('UTC', {clock})))"
    cases = (
        (f"{year} IS NULL", "moment_unreadable"),
        (f"NOT ({has_zone})", "zone_unknown"),
        (f"{year} NOT BETWEEN {_FIRST_YEAR} AND {_LAST_YEAR}", "moment_absurd"),
    )
    problem = problem_of(*cases, column=column, found=odd)
    return Typed(
        value=value,
        layers=_layers(cell, habits, writing),
        absent=f"{plain} IS NULL AND {odd} IS NULL",
        wrong=f"{odd} IS NOT NULL AND ({' OR '.join(condition for condition, _ in cases)})",
        problem=f"CASE WHEN {odd} IS NOT NULL THEN {problem} END",
        local=wall,
    )


def _layers(cell: str, habits: Habits, writing: Writing | None) -> tuple[Layer, ...]:
    """
    "2021-07-06 16:45:20 EDT" in parts: the clock's reading, an offset, an abbreviation. Of moments that
    are written as most are, nothing but the reading.
    """
    odd, offset, abbreviation = (step(part, cell) for part in ("odd moment", "offset", "zone"))
    read, plain = step("read moment", cell), step("plain moment", cell)

    def part(pattern: str, group: int) -> str:
        return f"nullif(regexp_extract({name(odd)}, {quote(f'^{pattern}$')}, {group}), '')"

    formats = ", ".join(quote(one) for one in (*habits.formats, *_LOCAL_FORMATS))
    bare = f"coalesce({part(_OFFSET, 1)}, {part(_ABBREVIATION, 1)}, {name(odd)})"
    return (
        {
            read: f"try_strptime({name(cell)}, {quote(writing.whole)})"
            if writing
            else "CAST(NULL AS TIMESTAMP)"
        },
        {plain: f"CASE WHEN {_sure(cell, read, habits, writing)} THEN {name(read)} END"},
        {odd: f"CASE WHEN {name(plain)} IS NULL THEN {present(name(cell), habits)} END"},
        {
            offset: _if_odd(odd, part(_OFFSET, 2)),
            abbreviation: _if_odd(odd, part(_ABBREVIATION, 2)),
            step("clock", cell): _if_odd(odd, f"try_strptime({bare}, [{formats}])"),
        },
    )


def _if_odd(odd: str, expression: str) -> str:
    return f"CASE WHEN {name(odd)} IS NOT NULL THEN {expression} END"


def _sure(cell: str, read: str, habits: Habits, writing: Writing | None) -> str:
    """
    Whether what the one format read is what all rules together would.
    """
    # A day within the years that are taken: the dear rules judge what lies near their ends.
    first, last = f"TIMESTAMP '{_FIRST_YEAR}-01-03'", f"TIMESTAMP '{_LAST_YEAR}-12-29'"
    sure = f"{name(read)} BETWEEN {first} AND {last}"
    if writing and writing.zone == "offset":
        sure += f" AND regexp_matches(right({name(cell)}, 6), {quote(f'[+-]{_OFFSETS}$')})"
    return f"{sure} AND NOT ({marked(cell, habits)})" if habits.absent_numbers else sure


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
