"""
What is told of captures of Zeeschuimer beyond the samples: when, on whose page, in which wrapping.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from qulaq.corpus.intake import Order, take_in

SAMPLES = Path(__file__).parent / "samples" / "zeeschuimer"
NETWORKS = ("instagram", "threads", "tiktok", "x")


def lines(network):
    text = (SAMPLES / network / "raw.ndjson").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def bare(line):
    """
    What the platform sent, with nothing of Zeeschuimer's around it.
    """
    item = line.get("data", line)
    return {key: value for key, value in item.items() if key != "__import_meta"}


def test_captures_are_of_the_minute(study, stored):
    take_in(study, SAMPLES / "instagram" / "raw.ndjson")
    moments = {row["captured_at"] for row in stored(study, "captures")}
    assert moments == {datetime(2023, 6, 1, 6, minute, tzinfo=UTC) for minute in (15, 16)}


@pytest.mark.parametrize("network", NETWORKS)
def test_an_object_without_its_wrapping_is_the_same_post(study, write, stored, network):
    first = bare(lines(network)[0])
    balance = take_in(study, write("one.ndjson", json.dumps(first)))
    assert (balance.format, balance.total("kept"), balance.rejects) == ("zeeschuimer", 1, ())
    (capture,) = stored(study, "captures")
    assert capture["captured_at"] is None
    assert capture["page_id"] == f"town-{network}"


@pytest.mark.parametrize("network", NETWORKS)
def test_files_of_all_networks_go_in_as_one_folder(study, tmp_path, network):
    folder = tmp_path / "captures"
    folder.mkdir()
    for name in NETWORKS:
        raw = (SAMPLES / name / "raw.ndjson").read_text(encoding="utf-8")
        (folder / f"{name}.ndjson").write_text(raw, encoding="utf-8")
    balance = take_in(study, folder)
    alone = json.loads((SAMPLES / network / "expected.json").read_text(encoding="utf-8"))
    kept = {page.page: page.kept for page in balance.pages}
    expected = sum(len(alone[table]) for table in ("posts", "comments", "page_counts"))
    assert kept[f"town-{network}"] == expected


def test_what_a_stream_shows_of_others_is_not_the_pages_even_if_it_is_named(study, write):
    stranger = lines("instagram")[5]
    balance = take_in(
        study, write("one.ndjson", json.dumps(stranger)), Order(page="town-instagram")
    )
    assert [one.problem for one in balance.rejects] == ["page_unknown"]


def test_comments_on_the_video_of_another_are_not_the_pages_even_if_it_is_named(study, write):
    comment = {
        "source_platform": "tiktok-comments",
        "source_platform_url": "https://www.tiktok.com/@other.town/video/7199",
        "data": {"cid": "72", "aweme_id": "7199", "reply_id": "0", "create_time": 1672560000},
    }
    file = write("comments.ndjson", json.dumps(comment))
    balance = take_in(study, file, Order(page="town-tiktok"))
    assert [one.problem for one in balance.rejects] == ["page_unknown"]


def test_a_moment_of_x_that_is_none_is_told_as_it_stands(study, write):
    line = lines("x")[0]
    line["data"]["legacy"]["created_at"] = "Sun Foo 01"
    balance = take_in(study, write("one.ndjson", json.dumps(line)))
    (reject,) = balance.rejects
    assert (reject.problem, reject.found) == ("moment_unreadable", "Sun Foo 01")
