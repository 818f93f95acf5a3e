"""
Which page a row belongs to is the same, whether names are looked up as they stand or after all rules.
"""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qulaq.corpus.cells import Habits
from qulaq.corpus.placing import PROBLEM, ZONE, Places
from qulaq.engine import connect, name
from qulaq.study import open_study

STUDY = """
id = "placing"
title = { kk = "Орын", ru = "Место", en = "Place" }
time_zone = "Asia/Almaty"
window = { from = 2023-01-01, to = 2023-12-31 }

[[bodies]]
id = "akimat"
name = "Әкімдік"

[[bodies]]
id = "oral"
name = "Орал әкімдігі"
time_zone = "Asia/Oral"

[[pages]]
id = "akimat-fb"
body = "akimat"
platform = "facebook"
handle = "Akimat.Qala"
url = "https://www.facebook.com/profile.php?id=111"
ids = ["111", "shared"]

[[pages]]
id = "oral-ig"
body = "oral"
platform = "instagram"
handle = "oral.akimat"
ids = ["222", "shared"]
"""
PLAIN = ("akimat-fb", "oral-ig", "akimat.qala", "oral.akimat", "111", "222", "shared")
ODD = (
    "Akimat.Qala", " 111", "111 ", "\u00a0oral-ig", "@oral.akimat", "https://www.facebook.com/akimat.qala/posts/9",
    "facebook.com/profile.php?id=111", "nobody", "", " ", "-", None,
)  # fmt: skip


def place(study, cells, *, plain, forced=None, absent=("-",)):
    """
    Page, zone and problem of each cell.
    """
    places = Places(pages=study.pages, forced=forced)
    rows = "SELECT * FROM cells"
    layers = places.layers(["cell"], None, Habits(absent=absent), known=True, plain=plain)
    for layer in layers:
        rows = f"SELECT *, {', '.join(f'{sql} AS {name(one)}' for one, sql in layer.items())} FROM ({rows})"
    with connect() as connection:
        connection.register("cells", pa.table({"cell": pa.array(cells, pa.string())}))
        return connection.sql(
            f"SELECT page_id, {name(ZONE)}, {name(PROBLEM)} FROM ({rows})"
        ).fetchall()


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    folder = tmp_path_factory.mktemp("placing")
    (folder / "study.toml").write_text(STUDY, encoding="utf-8")
    return open_study(folder)


def test_names_as_they_stand_are_found_with_page_and_zone(study):
    found = place(study, PLAIN[:-1], plain=True)
    assert [page for page, _, _ in found] == ["akimat-fb", "oral-ig"] * 3
    assert [zone for _, zone, _ in found] == ["Asia/Almaty", "Asia/Oral"] * 3


def test_a_name_that_two_pages_bear_is_told_with_that_name(study):
    [(page, _, problem)] = place(study, ["shared"], plain=True)
    assert page is None
    assert problem.startswith("page_ambiguous")
    assert problem.endswith("shared")


@settings(
    max_examples=40, deadline=None, derandomize=True, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(
    cells=st.lists(st.sampled_from([*PLAIN, *ODD]) | st.text(max_size=8), min_size=1),
    forced=st.booleans(),
    absent=st.sampled_from([(), ("-",), ("111", "-")]),
)
def test_names_looked_up_as_they_stand_lead_where_all_rules_lead(study, cells, forced, absent):
    page = study.pages[0] if forced else None
    quick, slow = (
        place(study, cells, plain=plain, forced=page, absent=absent) for plain in (True, False)
    )
    assert quick == slow
