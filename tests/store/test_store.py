"""
The store: what is in it stays, whatever happens.

1. A full disk is told of and harms nothing, whoever writes: DuckDB or Python.
2. A kill at any moment leaves the last complete state; importing again completes it.
3. Imports at the same time lose nothing.
4. Damage is named with its place; nothing is guessed over a lost key.
"""

from __future__ import annotations

import gzip
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

import qulaq
from qulaq.corpus.current import Corpus
from qulaq.corpus.intake import take_in
from qulaq.errors import StoreError
from qulaq.store import Store
from qulaq.study import open_study

SOURCES = str(Path(qulaq.__file__).parents[1])
HEADING = "page_id,post_id,published_at,likes,text"

# An import in a process of its own: prints its steps, and at the end what became of it.
IMPORT = """
import sys
from pathlib import Path
from qulaq.corpus.intake import take_in
from qulaq.errors import StoreError
from qulaq.study import open_study
limit = int(sys.argv[3]) if len(sys.argv) > 3 else None
study = open_study(Path(sys.argv[1]))
if limit is not None:
    import resource, signal
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
try:
    balance = take_in(study, Path(sys.argv[2]), progress=lambda step: print(step, flush=True))
except StoreError as error:
    print("StoreError", error)
else:
    print("kept", balance.total("kept"))
"""


def start_import(study, file, *more):
    return subprocess.Popen(
        [sys.executable, "-c", IMPORT, str(study.folder), str(file), *map(str, more)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": SOURCES},
    )


def finish_import(study, file, *more):
    process = start_import(study, file, *more)
    out, problems = process.communicate(timeout=120)
    assert process.returncode == 0, problems
    return out.splitlines()[-1]


@pytest.fixture
def many_posts(write):
    def make(n, name="many.csv", page="answers", salt=""):
        # Texts that do not compress, so that what is stored is about as large as the file.
        rows = (
            f"{page},{salt}p{i},2023-01-{i % 28 + 1:02} 10:00,{i},{os.urandom(60).hex()}"
            for i in range(n)
        )
        return write(name, "\n".join([HEADING, *rows]) + "\n")

    return make


def count_posts(study):
    with Corpus(study) as corpus:
        return corpus.engine.run(corpus.tables["posts"].count().as_table())[0][0].as_py()


# ── 1 a full disk ────────────────────────────────────────────────────────────────────────────────

posix = pytest.mark.skipif(os.name != "posix", reason="a limit on file sizes is a thing of POSIX")


@posix
@pytest.mark.parametrize("limit", [0, 1_000, 150_000])
def test_a_full_disk_is_told_of_and_harms_nothing(own_town, many_posts, bytes_of, limit):
    file = many_posts(3_000)
    before = bytes_of(own_town)
    said = finish_import(own_town, file, limit)
    assert said.startswith("StoreError")
    assert "no room left" in said
    assert "Free some space" in said
    assert bytes_of(own_town) == before
    assert finish_import(own_town, file) == "kept 3000"
    assert count_posts(own_town) == 3_004


@posix
def test_a_disk_that_fills_while_a_file_is_unpacked_harms_nothing(
    own_town, many_posts, write, bytes_of
):
    packed = write("many.csv.gz", gzip.compress(many_posts(3_000).read_bytes()))
    before = bytes_of(own_town)
    assert "no room left" in finish_import(own_town, packed, 100_000)
    assert bytes_of(own_town) == before


@posix
def test_a_disk_that_fills_with_the_list_of_rejected_rows_harms_nothing(own_town, write, bytes_of):
    rows = [f"answers,p{i},never,1,x" for i in range(3_000)]
    file = write("wrong.csv", "\n".join([HEADING, "answers,p,2023-01-01 10:00,1,x", *rows]))
    before = bytes_of(own_town)
    assert "no room left" in finish_import(own_town, file, 100_000)
    assert bytes_of(own_town) == before


@posix
def test_a_first_import_on_a_full_disk_leaves_a_corpus_that_can_still_begin(empty_town, many_posts):
    file = many_posts(500)
    for limit in (64, 1_000):
        assert finish_import(empty_town, file, limit).startswith("StoreError")
        assert Store(empty_town.corpus).batches() == ()
    assert finish_import(empty_town, file) == "kept 500"


@pytest.mark.skipif(
    os.name != "posix" or os.geteuid() == 0, reason="the superuser may write everywhere"
)
def test_a_folder_that_may_not_be_written_is_told_of(own_town, many_posts):
    own_town.corpus.chmod(0o500)
    try:
        with pytest.raises(StoreError, match="may be written"):
            take_in(own_town, many_posts(1))
    finally:
        own_town.corpus.chmod(0o700)


def test_a_corpus_that_is_a_file_is_told_of(empty_town, many_posts):
    empty_town.corpus.write_text("not a folder", encoding="utf-8")
    with pytest.raises(StoreError, match="cannot be written"):
        take_in(empty_town, many_posts(1))


# ── 2 a kill ─────────────────────────────────────────────────────────────────────────────────────

STEPS = ("reading", "checking", "comparing with what is stored", "storing")
MOMENTS = [(step, 0.0) for step in STEPS] + [
    ("storing", wait) for wait in (0.004, 0.008, 0.015, 0.03)
]


@pytest.mark.parametrize(("step", "wait"), MOMENTS)
def test_a_kill_leaves_the_last_complete_state(own_town, many_posts, step, wait):
    file = many_posts(8_000)
    process = start_import(own_town, file)
    for said in process.stdout:
        if said.strip() == step:
            time.sleep(wait)
            process.kill()
            break
    process.communicate()
    batches = Store(own_town.corpus).batches()
    assert len(batches) in {3, 4}
    assert count_posts(own_town) == (4 if len(batches) == 3 else 8_004)
    balance = take_in(own_town, file)
    assert balance.total("kept") == (8_000 if len(batches) == 3 else 0)
    assert balance.total("kept") + balance.total("unchanged") == 8_000
    assert count_posts(own_town) == 8_004
    assert not list(own_town.corpus.glob(".aside-*"))


def test_a_file_of_a_killed_import_that_the_manifest_does_not_name_is_not_there(
    own_town, many_posts
):
    # As a kill between the files and the manifest leaves it.
    for table in ("posts", "captures"):
        shutil.copy(
            own_town.corpus / table / "000001.parquet", own_town.corpus / table / "000004.parquet"
        )
    assert count_posts(own_town) == 4
    assert take_in(own_town, many_posts(10)).total("kept") == 10
    assert count_posts(own_town) == 14


def test_what_killed_imports_left_aside_is_cleaned_up_by_the_next(own_town, many_posts):
    left = own_town.corpus / ".aside-left"
    left.mkdir()
    (left / "staged-0000.parquet").write_bytes(b"half")
    take_in(own_town, many_posts(1))
    assert not list(own_town.corpus.glob(".aside-*"))


# ── 3 at the same time ───────────────────────────────────────────────────────────────────────────


def test_imports_at_the_same_time_lose_nothing(own_town, many_posts):
    files = [many_posts(2_000, name=f"{salt}.csv", salt=salt) for salt in "abc"]
    processes = [start_import(own_town, file) for file in files]
    for process in processes:
        out, problems = process.communicate(timeout=120)
        assert process.returncode == 0, problems
        assert out.splitlines()[-1] == "kept 2000"
    batches = Store(own_town.corpus).batches()
    assert [one.number for one in batches] == [1, 2, 3, 4, 5, 6]
    assert count_posts(own_town) == 6_004


def test_first_imports_at_the_same_time_share_one_key(empty_town, many_posts, comments_csv, stored):
    posts = many_posts(2_000)
    comments = comments_csv(("answers", "a1", "c1", "", "100", "2023-01-02 10:00", "?"))
    for process in [start_import(empty_town, file) for file in (posts, comments)]:
        _, problems = process.communicate(timeout=120)
        assert process.returncode == 0, problems
    with Corpus(empty_town) as corpus:
        (comment,) = corpus.engine.run(corpus.tables["comments"]).to_pylist()
    assert comment["by_page"] is True


# ── 4 damage ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "damage", [b"{", b"[]", b'"text"', b"{}", b"\xff\xfe\x00", b'{"number": 2}', b""]
)
def test_a_damaged_line_of_the_manifest_is_named(own_town, many_posts, damage):
    manifest = own_town.corpus / "manifest.jsonl"
    lines = manifest.read_bytes().splitlines()
    manifest.write_bytes(b"\n".join([lines[0], damage, lines[2]]) + b"\n")
    for attempt in (lambda: Corpus(own_town), lambda: take_in(own_town, many_posts(1))):
        with pytest.raises(StoreError, match=r"manifest\.jsonl, line 2: .*damaged.* Restore"):
            attempt()


def test_a_lost_key_is_refused_and_never_replaced(own_town, many_posts):
    (own_town.corpus / "key").unlink()
    for attempt in (lambda: Corpus(own_town), lambda: take_in(own_town, many_posts(1))):
        with pytest.raises(StoreError, match="key of this corpus is missing"):
            attempt()
    assert not (own_town.corpus / "key").exists()


@pytest.mark.parametrize("damage", [b"", b"\xff\xff\n", b"short\n"])
def test_a_damaged_key_is_refused(own_town, many_posts, damage):
    (own_town.corpus / "key").write_bytes(damage)
    for attempt in (lambda: Corpus(own_town), lambda: take_in(own_town, many_posts(1))):
        with pytest.raises(StoreError, match="key"):
            attempt()


def test_the_longer_key_of_an_earlier_qulaq_is_refused_as_such(own_town, many_posts):
    (own_town.corpus / "key").write_text("0123456789abcdef" * 4 + "\n", encoding="ascii")
    for attempt in (lambda: Corpus(own_town), lambda: take_in(own_town, many_posts(1))):
        with pytest.raises(StoreError, match=r"key: .*earlier Qulaq.* fresh corpus"):
            attempt()


def test_a_key_has_as_many_digits_as_a_hash(own_town):
    assert re.fullmatch(r"[0-9a-f]{32}\n", (own_town.corpus / "key").read_text(encoding="ascii"))


@pytest.mark.parametrize("table", ["posts", "captures"])
@pytest.mark.parametrize("damage", [None, b"", b"PAR1 no longer PAR1"])
def test_a_lost_or_damaged_batch_is_named(own_town, many_posts, table, damage):
    file = own_town.corpus / table / "000001.parquet"
    if damage is None:
        file.unlink()
    else:
        file.write_bytes(damage)
    for attempt in (lambda: Corpus(own_town), lambda: take_in(own_town, many_posts(1))):
        with pytest.raises(StoreError, match=r"000001.parquet") as caught:
            attempt()
        assert caught.value.remedy


# ── what the store says of itself ────────────────────────────────────────────────────────────────


def test_the_fingerprint_tells_what_was_taken_in_and_not_when(
    town_folder, tmp_path, make_study, town
):
    def build(name, moments):
        study = make_study(town.settings.read_text(encoding="utf-8"), name=name)
        for file, now in zip(("posts", "counts"), moments, strict=True):
            take_in(study, town_folder / "exports" / f"{file}.csv", now=now)
        return Store(study.corpus).fingerprint()

    from datetime import UTC, datetime

    early, late = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC)
    assert build("one", (early, early)) == build("two", (late, late))
    assert build("three", (early, early)) != Store(town.corpus).fingerprint()


def test_an_empty_corpus_can_be_read(empty_town):
    assert Store(empty_town.corpus).batches() == ()
    assert count_posts(empty_town) == 0
    assert not empty_town.corpus.exists()


def test_a_study_that_was_moved_is_still_whole(own_town, tmp_path, newest):
    moved = open_study(shutil.move(own_town.folder, tmp_path / "moved"))
    assert len(newest(moved, "comments")) == 8


def test_a_lost_manifest_is_told_and_nothing_overwritten(own_town, write, bytes_of):
    (own_town.corpus / "manifest.jsonl").unlink()
    before = bytes_of(own_town)

    with pytest.raises(StoreError, match="manifest"):
        take_in(
            own_town,
            write("posts.csv", "page_id,post_id,published_at,likes\nanswers,z,2023-01-02,1\n"),
        )

    assert bytes_of(own_town) == before
