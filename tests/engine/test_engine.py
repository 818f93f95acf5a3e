"""
Each engine does the same with tables, files, clocks and lists.

What a cluster must do runs in `make test-slow` only.
"""

from __future__ import annotations

import socket
import sys
from datetime import UTC, date, datetime, timedelta

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from qulaq.engine import (
    DuckEngine,
    as_ibis,
    hours_between,
    local_day,
    placed,
    spark,
)
from qulaq.engine.clock import knows_the_clocks
from qulaq.engine.duck import MEMORY, SPILL
from qulaq.engine.opening import open_engine
from qulaq.errors import EngineError, Misused

MOMENT = pa.timestamp("us", "UTC")
NOON = datetime(2024, 2, 1, 12, tzinfo=UTC)


@pytest.fixture(params=["duckdb", pytest.param("spark", marks=pytest.mark.slow)])
def engine(request):
    """
    Each engine in turn, fresh.
    """
    address = None if request.param == "duckdb" else request.getfixturevalue("spark_address")
    opened = open_engine(address) or DuckEngine()
    yield opened
    opened.close()


def table(engine, name, schema, *rows):
    """
    These rows as a table of the engine.
    """
    columns = pa.schema(schema)
    told = [dict(zip(columns.names, row, strict=True)) for row in rows]
    engine.add_rows(name, pa.Table.from_pylist(told, columns))
    return ibis.table(as_ibis(columns), name=name)


def test_the_clocks_of_almaty_went_back_on_1_march_2024(engine):
    assert knows_the_clocks(engine)


def test_a_day_is_that_of_the_zone_and_never_shifted_twice(engine):
    schema = [("moment", MOMENT), ("zone", pa.string())]
    late = datetime(2023, 1, 31, 18, 30, tzinfo=UTC)
    zones = ["Asia/Almaty", "Asia/Oral"]
    rows = table(engine, "rows", schema, *((late, zone) for zone in zones), (late, None))
    days = rows.select("zone", day=local_day(rows.moment, rows.zone, zones))
    found = {row["zone"]: row["day"] for row in engine.run(days).to_pylist()}
    almaty = {"Asia/Almaty": date(2023, 2, 1), "Asia/Oral": date(2023, 1, 31)}
    assert found == {**almaty, None: None}


def test_hours_between_moments_are_told_to_the_microsecond(engine):
    ends = [NOON + timedelta(microseconds=1), NOON - timedelta(hours=1, milliseconds=1), None]
    rows = table(engine, "rows", [("a", MOMENT), ("b", MOMENT)], *((NOON, end) for end in ends))
    found = engine.run(rows.select(hours=hours_between(rows.a, rows.b)))["hours"].to_pylist()
    hours = sorted(hour for hour in found if hour is not None)
    assert hours == pytest.approx([-1 - 0.001 / 3600, 1e-6 / 3600], rel=1e-12)
    assert found.count(None) == 1


def test_lists_come_in_their_order_without_what_is_not_known(engine):
    rows = table(
        engine, "rows", [("key", pa.int64()), ("value", pa.int64()), ("wanted", pa.bool_())],
        (3, 30, True), (1, 10, True), (2, None, True), (0, 5, False), (-1, 7, None), (4, -1, True),
    )  # fmt: skip
    lists = rows.aggregate(
        all=rows.value.collect(order_by=rows.key),
        some=rows.value.collect(where=rows.wanted, order_by=rows.key),
        none=rows.value.collect(where=rows.key > 99, order_by=rows.key),
    )
    found = engine.run(lists).to_pylist()[0]
    assert (found["all"], found["some"]) == ([7, 5, 10, 30, -1], [10, 30, -1])
    assert not found["none"]


def test_a_median_is_exact_and_only_of_those_asked_for(engine):
    rows = table(
        engine, "rows", [("value", pa.float64()), ("wanted", pa.bool_())],
        (1.0, True), (2.0, True), (10.0, True), (90.0, True), (5.0, False), (None, True),
    )  # fmt: skip
    median = rows.aggregate(median=rows.value.median(where=rows.wanted))
    assert engine.run(median)["median"].to_pylist() == [6.0]


def test_of_equal_moments_the_known_value_is_taken_as_that_of_the_newest(engine):
    rows = table(
        engine, "rows", [("value", pa.int64()), ("seen", MOMENT)],
        (1, NOON), (2, NOON + timedelta(hours=1)), (3, None),
    )  # fmt: skip
    newest = rows.aggregate(newest=rows.value.argmax(rows.seen))
    assert engine.run(newest)["newest"].to_pylist() == [2]


def test_what_lies_in_files_knows_its_file_and_its_row(engine, tmp_path):
    schema = pa.schema([("page_id", pa.string()), ("added_later", pa.int64()), ("at_once", MOMENT)])
    folder = tmp_path / "Қала [1] {a,b} 100% * ?"
    folder.mkdir()
    whole = pa.table({"page_id": ["а", "ә", None], "added_later": [1, 2, 3], "at_once": [NOON] * 3})
    older = pa.table({"page_id": ["б"], "at_once": [NOON]})
    files = {7: folder / "000007.parquet", 12: folder / "000012.parquet"}
    pq.write_table(whole.cast(schema), files[7])
    pq.write_table(older.cast(pa.schema([schema.field(0), schema.field(2)])), files[12])
    engine.add_files("stored", files, schema)
    found = engine.run(ibis.table(as_ibis(placed(schema)), name="stored")).to_pylist()
    places = sorted((row["intake_batch"], row["intake_row"], row["page_id"]) for row in found)
    assert [place[:2] for place in places] == [(7, 0), (7, 1), (7, 2), (12, 0)]
    assert [row["added_later"] for row in found if row["page_id"] == "б"] == [None]
    assert {row["at_once"] for row in found} == {NOON}


def test_where_no_file_is_there_is_an_empty_table(engine):
    schema = pa.schema([("page_id", pa.string())])
    engine.add_files("stored", {}, schema)
    assert engine.is_empty("stored")
    found = engine.run(ibis.table(as_ibis(placed(schema)), name="stored"))
    assert found.column_names == ["page_id", "intake_batch", "intake_row"]


def test_rows_come_whole_however_many_they_are(engine, monkeypatch):
    monkeypatch.setattr(spark, "_MESSAGE", 1000)
    rows = table(engine, "rows", [("n", pa.int64())], *((n,) for n in range(600)))
    sums = engine.run(rows.aggregate(n=rows.count(), sum=rows.n.sum())).to_pylist()
    assert [{name: int(n) for name, n in one.items()} for one in sums] == [
        {"n": 600, "sum": sum(range(600))}
    ]


def test_what_is_kept_can_be_asked_again_under_its_name(engine):
    rows = table(engine, "rows", [("n", pa.int64())], (1,), (2,), (3,))
    for name, as_view in (("kept", False), ("seen", True)):
        engine.materialize(name, engine.compiled(rows.filter(rows.n > 1)), as_view=as_view)
        kept = ibis.table(rows.schema(), name=name)
        assert not engine.is_empty(name)
        assert engine.run(kept.aggregate(n=kept.n.sum()))["n"].to_pylist() == [5]


# ── where there is no cluster ────────────────────────────────────────────────────────────────────


def test_what_is_no_address_of_a_cluster_is_refused():
    with pytest.raises(Misused, match="sc://host:15002"):
        open_engine("spark://127.0.0.1:7077")


def test_without_an_address_the_corpus_opens_its_own():
    assert open_engine() is None


@pytest.mark.parametrize("memory", ["lots", "4 elephants"])
def test_what_is_no_amount_of_memory_is_refused(monkeypatch, memory):
    monkeypatch.setenv(MEMORY, memory)
    with pytest.raises(Misused, match="4GB or 700MB"):
        DuckEngine()


def test_a_folder_to_spill_into_that_is_not_there_is_refused(monkeypatch, tmp_path):
    monkeypatch.setenv(SPILL, str(tmp_path / "nowhere"))
    with pytest.raises(Misused, match="nowhere"):
        DuckEngine()


def test_what_is_spilled_lies_where_it_should_and_goes_with_the_engine(monkeypatch, tmp_path):
    monkeypatch.setenv(SPILL, str(tmp_path))
    monkeypatch.setenv(MEMORY, "40MB")
    engine = DuckEngine()
    assert len(list(tmp_path.iterdir())) == 1
    numbers = ibis.range(1_000_000).unnest().name("n").as_table()
    spilled = numbers.mutate(text=numbers.n.cast("string").lpad(40, "x")).order_by("text")
    engine.materialize("sorted", engine.compiled(spilled))
    assert engine.run(
        ibis.table({"n": "int64", "text": "string"}, name="sorted").count().as_table()
    )
    engine.close()
    assert list(tmp_path.iterdir()) == []


def needs_the_package():
    return pytest.importorskip("pyspark", reason="the extra spark is not installed")


def test_without_the_package_it_is_said_how_to_install_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyspark.errors", None)
    with pytest.raises(Misused, match=r"pip install 'qulaq\[spark\]'"):
        open_engine("sc://127.0.0.1:15002")


@pytest.mark.slow
@pytest.mark.parametrize(
    "place", ["127.0.0.1:{free}", "127.0.0.1:99999", "no-such-host.invalid", ""]
)
def test_where_nobody_listens_it_is_said_at_once(place):
    needs_the_package()
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        free = one.getsockname()[1]
    with pytest.raises(EngineError, match="Check host and port"):
        open_engine(f"sc://{place.format(free=free)}")


# ── what a cluster may do wrong ──────────────────────────────────────────────────────────────────


@pytest.mark.slow
def test_a_session_in_another_zone_is_refused(spark_address, monkeypatch):
    from pyspark.sql.connect.conf import RuntimeConf

    set_it = RuntimeConf.set
    stubborn = lambda conf, key, value: set_it(  # noqa: E731
        conf, key, "Asia/Almaty" if "timeZone" in key else value
    )
    monkeypatch.setattr(RuntimeConf, "set", stubborn)
    with pytest.raises(EngineError, match=r"--conf spark\.sql\.session\.timeZone=UTC"):
        open_engine(spark_address)


@pytest.mark.slow
def test_a_cluster_with_wrong_clocks_is_refused(spark_address, monkeypatch):
    # A setting that is not looked at again: the clocks themselves tell.
    monkeypatch.setattr(spark, "SETTINGS", {"spark.sql.session.timeZone": "Asia/Almaty"})
    with pytest.raises(EngineError, match="2024-03-01"):
        open_engine(spark_address)


@pytest.mark.slow
def test_a_file_that_the_cluster_does_not_see_is_told_of(spark_address, tmp_path):
    schema = pa.schema([("n", pa.int64())])
    file, elsewhere = tmp_path / "000001.parquet", tmp_path / "elsewhere.parquet"
    pq.write_table(pa.table({"n": [1]}, schema), file)
    opened = open_engine(spark_address)
    opened.add_files("stored", {1: file}, schema)
    file.rename(elsewhere)
    with pytest.raises(EngineError, match="under the same path"):
        opened.run(ibis.table(as_ibis(placed(schema)), name="stored"))
    opened.close()


@pytest.mark.slow
def test_what_was_kept_of_a_file_is_not_taken_for_its_later_state(spark_address, tmp_path):
    schema = pa.schema([("n", pa.int64())])
    file = tmp_path / "000001.parquet"
    stored = ibis.table(as_ibis(placed(schema)), name="stored")
    engines = []
    for n in (1, 2):
        pq.write_table(pa.table({"n": [n]}, schema), file)
        engines.append(open_engine(spark_address))
        engines[-1].add_files("stored", {1: file}, schema)
        engines[-1].materialize("kept", engines[-1].compiled(stored))
        kept = ibis.table(stored.schema(), name="kept")
        assert engines[-1].run(kept.select("n"))["n"].to_pylist() == [n]
    for engine in engines:
        engine.close()
