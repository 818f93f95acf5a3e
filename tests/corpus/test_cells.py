"""
Rules of cells: what most cells look like is read the quick way, and never otherwise than by all the rules.

1. A moment that is written as most of its column are is the moment that all formats together read.
2. A count in digits is the count that the rules for every writing read.
3. A text is trimmed, whatever it begins or ends with; marks of absence are absent.
4. No step of the plan that writes rows is a join: joins lose the order of the rows.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qulaq.corpus.cells import Habits, count, present, truth, whole_number
from qulaq.corpus.moments import Writing, find_writing, moment
from qulaq.engine import connect

modest = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
MARKS = ("—", "NA", "0", "-1", "1970-01-01 00:00:00")


def read(rule, cells):
    """
    Value, reading of a local clock, and problem where something is wrong, of each cell.
    """
    relation = "SELECT * FROM cells"
    for layer in rule.layers:
        steps = ", ".join(f'{sql} AS "{name}"' for name, sql in layer.items())
        relation = f"SELECT *, {steps} FROM ({relation})"
    wrong = f"coalesce({rule.wrong}, false)"
    query = (
        f"SELECT CASE WHEN NOT {wrong} THEN CAST({rule.value} AS VARCHAR) END, "
        f"CASE WHEN NOT {wrong} THEN CAST({rule.local or 'NULL'} AS VARCHAR) END, "
        f"CASE WHEN {wrong} THEN {rule.problem} END, {rule.absent} FROM ({relation})"
    )
    with connect() as connection:
        connection.register("cells", pa.table({"cell": pa.array(cells, pa.string())}))
        return connection.sql(query).fetchall()


clocks = st.datetimes(datetime(1990, 1, 1), datetime(2105, 1, 1))  # noqa: DTZ001  # as people write them
ends = st.sampled_from(
    ["", "Z", "+05", "-0500", "+05:30", "+15:00", "+0575", " EDT", " XYZ", ".5", ".123456", "  "]
)
formats = st.sampled_from(
    ["%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%d.%m.%Y %H:%M", "%d.%m.%Y, %H:%M", "%Y-%m-%d"]
)
written = st.builds(lambda clock, form, end: clock.strftime(form) + end, clocks, formats, ends)
moments = st.one_of(
    written,
    st.sampled_from(
        [*MARKS, "", " ", "infinity", "1672653600", "1672653600000", "2023-02-30 10:00:00"]
    ),
    st.text(max_size=12),
)
zones = st.sampled_from(["", "page", "-05:00", "Asia/Almaty"])
# A day without a clock is never found to be written with a zone.
writings = st.builds(Writing, formats, st.sampled_from(["", "Z", "offset"])).filter(
    lambda writing: "%M" in writing.format or not writing.zone
)


@modest
@given(
    cells=st.lists(st.none() | moments, min_size=1),
    writing=writings,
    zone=zones,
    marks=st.booleans(),
)
def test_the_quick_way_to_a_moment_leads_where_all_rules_lead(cells, writing, zone, marks):
    habits = Habits(absent=MARKS if marks else (), zone=zone)
    if not (writing.zone or zone):  # a clock of no zone is never read the quick way
        return
    slow, quick = (
        moment("cell", "published_at", habits),
        moment("cell", "published_at", habits, writing),
    )
    assert read(quick, cells) == read(slow, cells)


@pytest.mark.parametrize(
    ("cells", "writing"),
    [
        (["2023-01-02 10:00:00", "2023-01-03 10:00:00", "soon"], Writing("%Y-%m-%d %H:%M:%S", "")),
        (["02.01.2023 10:00"], Writing("%d.%m.%Y %H:%M", "")),
        (["2023-01-02T10:00:00Z"], Writing("%Y-%m-%dT%H:%M:%S", "Z")),
        (["2023-01-02T10:00:00-0500"], Writing("%Y-%m-%dT%H:%M:%S", "offset")),
        (["2023-01-02T10:00:00.125+05:00"], Writing("%Y-%m-%dT%H:%M:%S.%f", "offset")),
        (["2021-07-06 16:45:20 EDT"], None),
        ([], None),
    ],
)
def test_the_first_cells_tell_how_moments_are_written(cells, writing):
    assert find_writing(cells, Habits(zone="page")) == writing


def test_a_format_of_a_tools_own_is_not_guessed_away():
    habits = Habits(zone="page", formats=("%Y-%d-%m %H:%M:%S",))
    assert find_writing(["2023-02-01 10:00:00"], habits) is None
    assert (
        read(moment("cell", "published_at", habits), ["2023-02-01 10:00:00"])[0][1]
        == "2023-01-02 10:00:00"
    )


numbers = st.one_of(
    st.integers(-10, 10**13).map(str),
    st.from_regex(r"[ +-]?[0-9eE.,_ ]{1,8}[ %]?", fullmatch=True),
    st.sampled_from(
        [*MARKS, "007", "1e2", "0x10", "1_000", "1 234", "1,234", "12,0", "+5", "½", "٣"]
    ),
    st.text(max_size=8),
)


@modest
@given(cells=st.lists(numbers, min_size=1), marks=st.booleans())
def test_the_quick_way_to_a_count_leads_where_all_rules_lead(cells, marks):
    habits = Habits(absent=MARKS if marks else ())
    with connect() as connection:
        connection.register("cells", pa.table({"cell": pa.array(cells, pa.string())}))
        rule = whole_number(present("cell", habits))
        expected = connection.sql(f"SELECT {present('cell', habits)}, {rule} FROM cells").fetchall()
    for (value, _, problem, absent), (text, number) in zip(
        read(count("cell", "likes", habits), cells), expected, strict=True
    ):
        right = number is not None and number <= 100_000_000_000
        assert absent == (text is None)
        assert (problem is None) == (right or text is None)
        assert value == (str(number) if right else None)


@modest
@given(
    cells=st.lists(st.text(max_size=6) | st.text(" \t\r\n\u00a0a\u0420-", max_size=6), min_size=1)
)
def test_a_text_is_trimmed_and_a_mark_is_absent(cells):
    cells = [cell.replace("\0", "") for cell in cells]
    with connect() as connection:
        connection.register("cells", pa.table({"cell": pa.array(cells, pa.string())}))
        rows = connection.sql(f"SELECT {present('cell', Habits(absent=('—', '-')))} FROM cells")
        found = [text for (text,) in rows.fetchall()]
    trimmed = [cell.strip(" \t\r\n\u00a0") for cell in cells]
    assert found == [None if text in {"", "—", "-"} else text for text in trimmed]


def test_yes_and_no_are_read_in_three_languages():
    cells = ["true", "false", " Иә ", "нет", "1", "", None, "maybe"]
    told = [
        (value, problem and problem.split("\x1f")[0])
        for value, _, problem, _ in read(truth("cell", "x", Habits()), cells)
    ]
    assert told == [
        ("true", None), ("false", None), ("true", None), ("false", None), ("true", None), (None, None), (None, None),
        (None, "truth_unreadable"),
    ]  # fmt: skip


def test_rows_of_a_large_file_keep_their_order(empty_town, posts_csv, add, stored):
    rows = [("answers", f"p{i}", "2023-01-02 10:00", str(i)) for i in range(200_000)]
    add(empty_town, posts_csv(*rows), captured=datetime(2023, 2, 1, tzinfo=UTC))
    assert [row["likes"] for row in stored(empty_town, "posts")] == list(range(200_000))
