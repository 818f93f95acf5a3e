"""A column of a Parquet file is replaced in place, for every reader, and nothing else is."""

from __future__ import annotations

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qulaq.corpus.grafts import graft

N = 5000
text = st.none() | st.text(st.characters(codec="utf-8"), max_size=12)
pairs = st.lists(st.tuples(text, text), max_size=40)


def write(file, columns, *, group, **options):
    pq.write_table(pa.table(columns), file, row_group_size=group, **options)


def read_with_duckdb(file):
    relation = duckdb.sql(f"SELECT * FROM read_parquet('{file}')")
    return dict(
        zip(relation.columns, map(list, zip(*relation.fetchall(), strict=True)), strict=True)
    )


@pytest.fixture
def stock(tmp_path):
    """
    Some comments in several groups, as DuckDB writes them.
    """
    file = tmp_path / "stock.parquet"
    duckdb.sql(
        f"COPY (SELECT 'c' || i AS comment_id, 'c' || i // 2 AS thread_id, i % 3 = 0 AS by_page, "
        f"['ә' || i] AS mentions, 'Мәтін ' || i AS text, {{seen: i, missed: NULL}} AS gone "
        f"FROM range({N}) t(i)) TO '{file}' (FORMAT parquet, ROW_GROUP_SIZE 2048)"
    )
    assert pq.ParquetFile(file).metadata.num_row_groups > 1
    return file


def write_donor(stock, file, threads):
    """
    A file of threads with the groups of rows of the stock.
    """
    schema = pa.schema([("thread_id", pa.string())])
    metadata = pq.ParquetFile(stock).metadata
    with pq.ParquetWriter(file, schema) as writer:
        first = 0
        for group in range(metadata.num_row_groups):
            n = metadata.row_group(group).num_rows
            writer.write_table(pa.table([threads[first : first + n]], schema=schema))
            first += n


def test_every_reader_finds_the_new_column_and_the_others_as_they_were(stock, tmp_path):
    before = pq.read_table(stock).to_pydict()
    threads = [None if i % 7 == 0 else f"түбір-{i}" for i in range(N)]
    write_donor(stock, tmp_path / "donor.parquet", threads)
    graft(stock, tmp_path / "donor.parquet", "thread_id")
    expected = {**before, "thread_id": threads}
    assert pq.read_table(stock).to_pydict() == expected
    assert read_with_duckdb(stock) == expected


def test_the_footer_tells_the_new_sizes_and_bounds(stock, tmp_path):
    write_donor(stock, tmp_path / "donor.parquet", [f"r{i:04}" for i in range(N)])
    graft(stock, tmp_path / "donor.parquet", "thread_id")
    for group in map(pq.ParquetFile(stock).metadata.row_group, range(2)):
        columns = [group.column(i) for i in range(group.num_columns)]
        assert group.total_byte_size == sum(one.total_uncompressed_size for one in columns)
        thread = next(one for one in columns if one.path_in_schema == "thread_id")
        assert thread.statistics.min.startswith("r")
    found = duckdb.sql(f"SELECT comment_id FROM '{stock}' WHERE thread_id = 'r4500'").fetchall()
    assert found == [("c4500",)]


@pytest.mark.parametrize("kept", [N - 1, 20])
def test_other_groups_of_rows_are_refused_and_the_file_stays_as_it_was(stock, tmp_path, kept):
    before = stock.read_bytes()
    write(tmp_path / "donor.parquet", {"thread_id": ["r"] * kept}, group=2048)
    with pytest.raises(ValueError, match=r"."):
        graft(stock, tmp_path / "donor.parquet", "thread_id")
    assert stock.read_bytes() == before


writings = st.fixed_dictionaries(
    {
        "compression": st.sampled_from(["zstd", "snappy", "none"]),
        "use_dictionary": st.booleans(),
        "write_page_index": st.booleans(),
        "group": st.integers(1, 40),
    }
)


@settings(max_examples=40, deadline=None, derandomize=True, database=None)
@given(threads=pairs, writing=writings)
def test_any_texts_in_any_groups_survive_a_graft(tmp_path_factory, threads, writing):
    folder = tmp_path_factory.mktemp("graft")
    stock, donor = folder / "stock.parquet", folder / "donor.parquet"
    old, new = (pa.array([pair[side] for pair in threads], pa.string()) for side in (0, 1))
    write(stock, {"thread": old, "n": range(len(old)), "text": old}, **writing)
    write(donor, {"thread": new}, **writing)
    graft(stock, donor, "thread")
    told = {"thread": new.to_pylist(), "n": list(range(len(old))), "text": old.to_pylist()}
    assert pq.read_table(stock).to_pydict() == told
