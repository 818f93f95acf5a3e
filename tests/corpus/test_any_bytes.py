"""
Any bytes as an export: nothing but our own errors, a balance that adds up, and nothing stored is harmed.

Also: a record that goes in comes out of the Parquet as it was, and hashes agree in SQL and Python.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import string
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qulaq.corpus.cells import Habits
from qulaq.corpus.ids import MENTION, Pseudonyms
from qulaq.corpus.importers import IMPORTERS
from qulaq.corpus.intake import Order, take_in
from qulaq.corpus.moments import moment as read_moment
from qulaq.engine import connect, quote
from qulaq.errors import QulaqError
from qulaq.exports import DAMAGED, open_export
from qulaq.sheets import write_xlsx
from qulaq.store import Store

SAMPLES = Path(__file__).parent / "samples"
RAWS = sorted(SAMPLES.glob("*/*/raw.*"))

modest = settings(
    max_examples=25,
    deadline=None,
    derandomize=True,  # the same examples on every machine, so that a red build can be looked into
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def import_any(study, file, content, **order):
    """
    Import bytes: our own error or a balance that adds up.
    """
    file.write_bytes(content)
    before = Store(study.corpus).batches()
    try:
        balance = take_in(study, file, Order(**order))
    except QulaqError as error:
        told = (str(error), error.remedy, Store(study.corpus).batches() == before)
        balance = None
    else:
        told = [page.adds_up for page in balance.pages]
        told += [balance.total("rejected") == len(balance.rejects)]
        told += [str(one.reason) and str(one.remedy) for one in balance.rejects]
    assert all(told)
    return balance


@pytest.fixture
def survive(empty_town, tmp_path):
    return lambda content, name="any.csv", **order: import_any(
        empty_town, tmp_path / name, content, **order
    )


@pytest.fixture
def survive_sample(make_study, tmp_path):
    study = make_study((SAMPLES / "study.toml").read_text(encoding="utf-8"))
    return lambda content, name, **order: import_any(study, tmp_path / name, content, **order)


keys = st.sampled_from([None, *IMPORTERS.keys()])


@modest
@given(content=st.binary(max_size=300), importer=keys)
def test_random_bytes_raise_only_our_own_errors(survive, content, importer):
    survive(content, importer=importer)


@modest
@given(data=st.data(), raw=st.sampled_from(RAWS))
def test_damaged_exports_raise_only_our_own_errors(survive_sample, data, raw):
    content = bytearray(raw.read_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        start = data.draw(st.integers(0, max(len(content) - 1, 0)))
        length = data.draw(st.integers(0, 12))
        content[start : start + length] = data.draw(st.binary(max_size=12))
    survive_sample(bytes(content), raw.name)


@modest
@given(raw=st.sampled_from(RAWS), share=st.floats(0, 1))
def test_exports_cut_off_raise_only_our_own_errors(survive_sample, raw, share):
    content = raw.read_bytes()
    survive_sample(content[: int(len(content) * share)], raw.name)


cell = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [
            "answers",
            "broadcasts",
            "nobody",
            "2023-01-02 10:00",
            "12",
            "-1",
            "",
            '"',
            "=1",
            "1,5",
            "\n",
        ]
    ),
)
names = st.sampled_from(
    [
        "page_id",
        "post_id",
        "comment_id",
        "published_at",
        "likes",
        "text",
        "author",
        "captured_at",
        "followers",
        "x",
        "",
    ]
)


@modest
@given(
    heading=st.lists(names, min_size=1, max_size=7),
    rows=st.lists(st.lists(cell, max_size=8), max_size=6),
    separator=st.sampled_from(",;\t"),
    quoting=st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_any_table_raises_only_our_own_errors(survive, heading, rows, separator, quoting, end):  # noqa: PLR0917
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=separator, quoting=quoting, lineterminator=end)
    writer.writerows([["page_id", "published_at", *heading], *rows])
    survive(stream.getvalue().encode("utf-8", errors="replace"))


scalars = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=10), cell
)
documents = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.one_of(
                names,
                st.sampled_from(
                    ["data", "id", "created_time", "from", "comments", "permalink_url", "message"]
                ),
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)


JSON_RAWS = [raw for raw in RAWS if raw.suffix in {".json", ".jsonl", ".ndjson"}]


def replaced(value, place, new):
    """
    A document in which the part with that number, counted in depth, is another.
    """
    counter = iter(range(place + 1))

    def walk(value):
        if next(counter, None) == place:
            return new
        if isinstance(value, dict):
            return {key: walk(one) for key, one in value.items()}
        return [walk(one) for one in value] if isinstance(value, list) else value

    return walk(value)


def size(value):
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + sum(map(size, inner))


@pytest.mark.parametrize("raw", JSON_RAWS, ids=lambda raw: "/".join(raw.parts[-3:-1]))
def test_a_document_with_any_part_replaced_is_read_or_refused(raw, tmp_path):
    lines = raw.suffix != ".json"
    export = open_export(raw, tmp_path)
    whole = (
        [value for _, value in export.lines() if value is not DAMAGED] if lines else export.document
    )
    importer = IMPORTERS.get(raw.parent.parent.name)

    @modest
    @given(data=st.data())
    def read(data):
        mended = whole
        for _ in range(data.draw(st.integers(1, 3))):
            place = data.draw(st.integers(1 if lines else 0, size(mended) - 1))
            mended = replaced(mended, place, data.draw(documents))
        content = "\n".join(map(json.dumps, mended)) if lines else json.dumps(mended)
        file = tmp_path / raw.name
        file.write_text(content, encoding="utf-8")
        with connect() as connection, suppress(QulaqError):
            for sheet in importer.read(open_export(file, tmp_path), connection):
                connection.sql(sheet.relation).fetchall()

    read()


@modest
@given(document=documents, importer=keys, packed=st.booleans())
def test_any_json_raises_only_our_own_errors(survive, document, importer, packed):
    content = json.dumps(document).encode()
    survive(gzip.compress(content) if packed else content, "any.json", importer=importer)


graph_items = st.fixed_dictionaries(
    {"created_time": st.one_of(scalars, st.just("2023-01-02T10:00:00+0000"))},
    optional={
        "id": st.one_of(scalars, st.just("100_7"), st.just("7")),
        "from": st.one_of(scalars, st.fixed_dictionaries({"id": scalars})),
        "permalink_url": st.one_of(
            scalars,
            st.sampled_from(["http://[x?comment_id=1", "https://x.y/1/posts/2?comment_id=%ff"]),
        ),
        "comments": documents,
        "parent": documents,
        "reactions": documents,
        "like_count": scalars,
        "message": st.one_of(scalars, st.just("\ud83d")),
    },
)


@modest
@given(items=st.lists(graph_items, max_size=4), extent=documents, lines=st.booleans())
def test_any_answer_of_the_graph_api_raises_only_our_own_errors(survive, items, extent, lines):
    answer = {"data": items, "summary": extent, "paging": extent}
    content = "\n".join(map(json.dumps, items)) if lines else json.dumps(answer)
    survive(content.encode(), "any.json", importer="graph-api", page="answers")


statuses = st.fixed_dictionaries(
    {
        "id": st.one_of(scalars, st.sampled_from(["1", "2", "3"])),
        "created_at": st.one_of(scalars, st.just("2023-01-02T10:00:00.000Z")),
        "content": st.one_of(scalars, st.sampled_from(["<p>a<br>b</p>", "<![x", "<a href>@b</a>"])),
        "account": st.one_of(documents, st.just({"id": "42", "acct": "akimat"})),
    },
    optional={
        "in_reply_to_id": st.one_of(scalars, st.sampled_from(["1", "2", "9"])),
        "in_reply_to_account_id": documents,
        "mentions": st.one_of(
            documents, st.just([{"url": "u", "acct": "b@c.kz"}, {"url": {}, "acct": []}])
        ),
        "media_attachments": documents,
        "visibility": scalars,
        "reblog": documents,
        "favourites_count": scalars,
        "url": documents,
    },
)


@modest
@given(
    above=st.lists(st.one_of(statuses, documents), max_size=2),
    below=st.lists(st.one_of(statuses, documents), max_size=5),
    told=st.fixed_dictionaries({}, optional={"root_status_id": scalars, "root_account": documents}),
    page=st.sampled_from([None, "town-mastodon"]),
    lines=st.booleans(),
)
def test_any_answer_of_mastodon_raises_only_our_own_errors(  # noqa: PLR0917
    survive_sample, above, below, told, page, lines
):
    answer = {"ancestors": above, "descendants": below, **told}
    content = "\n".join(map(json.dumps, [answer, *below])) if lines else json.dumps(answer)
    survive_sample(content.encode(), "any.json", importer="mastodon", page=page)


@modest
@given(lines=st.lists(st.one_of(st.text(max_size=20), documents.map(json.dumps)), max_size=6))
def test_any_json_lines_raise_only_our_own_errors(survive, lines):
    first = {"page_id": "answers", "post_id": "1", "published_at": "2023-01-02 10:00", "likes": 1}
    content = "\n".join([json.dumps(first), *lines])
    balance = survive(content.encode("utf-8", errors="replace"), "any.jsonl")
    assert balance is None or balance.total("read") >= 1


@modest
@given(data=st.data())
def test_damaged_spreadsheets_raise_only_our_own_errors(survive, tmp_path, data):
    book = tmp_path / "whole.xlsx"
    if not book.exists():
        write_xlsx(
            {"posts": [["page_id", "published_at", "likes"], ["answers", "2023-01-02 10:00", 1]]},
            book,
        )
    content = bytearray(book.read_bytes())
    for _ in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place] = data.draw(st.integers(0, 255))
    survive(bytes(content), "any.xlsx")


# ── there and back ───────────────────────────────────────────────────────────────────────────────

BLANKS = " \t\r\n\u00a0"
words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30).map(
    lambda text: text.strip(BLANKS)
)
ids = st.text(string.ascii_letters + string.digits + "_-", min_size=1, max_size=20).filter(
    lambda one: "e+" not in one.lower()
)
counts = st.one_of(st.none(), st.integers(0, 100_000_000_000))
moments = st.datetimes(datetime(1995, 1, 2), datetime(2100, 12, 30)).map(  # noqa: DTZ001  # made aware below
    lambda one: one.replace(tzinfo=UTC)
)
posts = st.fixed_dictionaries(
    {
        "post_id": ids,
        "published_at": moments,
        "text": words,
        "likes": counts,
        "comments": counts,
        "comments_open": st.one_of(st.none(), st.booleans()),
    }
)


@modest
@given(
    records=st.lists(posts, min_size=1, max_size=5, unique_by=lambda one: one["post_id"]),
    shape=st.sampled_from(["csv", "json", "jsonl"]),
)
def test_a_record_comes_out_as_it_went_in(make_study, tmp_path, town, stored, records, shape):  # noqa: PLR0917
    folder = f"study-{len(list(tmp_path.iterdir()))}"
    study = make_study(town.settings.read_text(encoding="utf-8"), name=folder)
    written = [
        {**one, "page_id": "answers", "published_at": one["published_at"].isoformat()}
        for one in records
    ]
    file = tmp_path / f"posts.{shape}"
    if shape == "csv":
        with file.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, list(written[0]), quoting=csv.QUOTE_ALL)
            writer.writeheader()
            writer.writerows(written)
    else:
        text = json.dumps(written) if shape == "json" else "\n".join(map(json.dumps, written))
        file.write_text(text, encoding="utf-8")
    balance = take_in(study, file, Order(importer="table"))
    assert balance.rejects == ()
    marks = {"", "—", "-", "NA", "N/A", "null", "None"}
    for row, record in zip(stored(study, "posts"), records, strict=True):
        expected = {**record, "text": None if record["text"] in marks else record["text"]}
        expected["post_id"] = row["post_id"] if record["post_id"] in marks else record["post_id"]
        assert {key: row[key] for key in expected} == expected


@modest
@given(people=st.lists(words, min_size=1, max_size=30))
def test_the_hash_of_any_name_is_the_same_in_sql_and_in_python(people):
    pseudonyms = Pseudonyms("key")
    trimmed = f"trim(name, {quote(BLANKS)})"
    with connect() as connection:
        connection.register("people", pa.table({"name": pa.array(people, pa.string())}))
        rows = connection.sql(
            f"SELECT name, {pseudonyms.sql('name')}, {pseudonyms.sql_of_trimmed(trimmed)} FROM people"
        ).fetchall()
    assert rows == [(one, pseudonyms.of(one), pseudonyms.of(one)) for one in people]


handles = st.from_regex(r"@?[A-Za-z0-9_.\-@ ]{0,12}", fullmatch=True)


@modest
@given(texts=st.lists(st.lists(handles | words, max_size=4).map(" ".join), min_size=1, max_size=20))
def test_mentions_are_the_hashes_of_all_handles_or_none(texts):
    pseudonyms = Pseudonyms("key")
    with connect() as connection:
        connection.register("texts", pa.table({"text": pa.array(texts, pa.string())}))
        rows = connection.sql(f"SELECT {pseudonyms.mentions_sql('text')} FROM texts").fetchall()
    expected = [[pseudonyms.of(handle) for handle in re.findall(MENTION, one)] for one in texts]
    assert [mentions for (mentions,) in rows] == [one or None for one in expected]


quarters = st.integers(-14 * 4, 14 * 4).map(lambda quarter: quarter * 15)


@modest
@given(pairs=st.lists(st.tuples(moments, quarters), min_size=1, max_size=50))
def test_a_moment_with_an_offset_is_that_moment(pairs):
    written = [
        f"{moment + timedelta(minutes=minutes):%Y-%m-%d %H:%M:%S}"
        f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
        for moment, minutes in pairs
    ]
    rule = read_moment("cell", "published_at", Habits())
    relation = "SELECT * FROM written"
    for layer in rule.layers:
        steps = ", ".join(f'{sql} AS "{name}"' for name, sql in layer.items())
        relation = f"SELECT *, {steps} FROM ({relation})"
    with connect() as connection:
        connection.register("written", pa.table({"cell": pa.array(written, pa.string())}))
        query = f"SELECT epoch({rule.value}) FROM ({relation})"
        read = [second for (second,) in connection.sql(query).fetchall()]
    assert read == [moment.replace(microsecond=0).timestamp() for moment, _ in pairs]
