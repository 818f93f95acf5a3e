"""
Samples of a study's corpus.

1. Posts, citizens' comments and the body's replies are drawn as what they are.
2. A sample lies beside the record that draws it again, and is never written over.
3. `qulaq coding sample` and `qulaq coding check`, by command.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from qulaq.coding.samples import Order, draw_sample, place_sample, write_sample
from qulaq.coding.standard import write_standard_codebook
from qulaq.coding.units import find_links, find_units
from qulaq.corpus.current import Corpus
from qulaq.errors import Misused

ROOT = Path(__file__).resolve().parents[2]
NASA = ROOT.parent / "shared/data/facebook-minimaxir-2016/nasa_facebook_statuses.csv"


@pytest.fixture(scope="module")
def populations(town):
    with Corpus(town) as corpus:
        return {
            unit: find_units(corpus, unit, pages=town.pages, window=town.window)
            for unit in ("post", "comment", "reply")
        }


# ── 1 units ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("unit", "names"),
    [
        ("post", ["answers/a1", "answers/a2", "broadcasts/b1", "broadcasts/b2"]),
        (
            "comment",
            ["answers/c1", "answers/c3", "answers/c5", "broadcasts/d1", "broadcasts/d2"],
        ),
        ("reply", ["answers/c2", "answers/c4", "answers/c6"]),
    ],
)
def test_each_kind_of_unit_is_found(populations, unit, names):
    assert sorted(populations[unit].names()) == names
    assert populations[unit].nameless == 0


def test_a_stratum_is_a_page_and_a_month_and_has_its_part(populations, town):
    sample = draw_sample(populations["comment"], Order(n=3, least=0.3, rarest=0.5), town.window)
    assert [(one.name, one.units, one.drawn) for one in sample.strata] == [
        ("answers 2023-01", 3, 2),
        ("broadcasts 2023-01", 2, 1),
    ]
    probabilities = {row.stratum: row.probability for row in sample.rows}
    assert probabilities == {
        "answers 2023-01": pytest.approx(2 / 3),
        "broadcasts 2023-01": pytest.approx(1 / 2),
    }


def test_where_more_are_needed_than_drawn_all_are_coded_twice_and_it_is_said(populations, town):
    sample = draw_sample(populations["post"], Order(by="simple", n=3), town.window)
    assert (sample.twice, len(sample.rows), sample.needed) == (3, 3, 294)
    assert "all 3 units are coded twice; 294 would tell" in sample.reason("en")
    assert "0,800" in sample.reason("ru")
    few = draw_sample(
        populations["post"], Order(by="simple", n=4, least=0.1, rarest=0.5), town.window
    )
    assert few.twice == 4


def test_weeks_draw_days_and_all_units_of_them(populations, town):
    sample = draw_sample(populations["post"], Order(by="weeks", weeks=4), town.window)
    assert len(sample.days) == 28
    drawn = {(row.unit, row.day) for row in sample.rows}
    assert all(day in sample.days for _, day in drawn)
    # In January 2023 Sundays, Mondays and Tuesdays occur five times, the other weekdays four times.
    assert {row.stratum: row.probability for row in sample.rows}["4"] == 1.0


def test_days_can_be_drawn_before_anything_was_captured(empty_town):
    with Corpus(empty_town) as corpus:
        nothing = find_units(corpus, "post", pages=empty_town.pages, window=empty_town.window)
        sample = draw_sample(nothing, Order(by="weeks"), empty_town.window)
        assert (len(sample.days), sample.rows) == (14, ())
        files = place_sample(empty_town.samples, "days")
        write_sample(corpus, nothing, sample, files, command="…")
        with pytest.raises(Misused, match="nothing of that kind"):
            draw_sample(nothing, Order(), empty_town.window)
    record = tomllib.loads(files.record.read_text(encoding="utf-8"))
    assert (len(record["days"]), record["drawn"], "twice_reason" in record) == (14, 0, False)


@pytest.mark.skipif(not NASA.is_file(), reason=f"the real data are not at {NASA}")
def test_forty_real_posts_are_drawn_from_every_month_with_their_links(make_study, add):
    study = make_study(
        'id = "nasa"\ntitle = "NASA"\ntime_zone = "America/New_York"\n'
        "window = { from = 2016-02-01, to = 2016-05-31 }\n"
        '[[bodies]]\nid = "nasa"\nname = "NASA"\n'
        '[[pages]]\nid = "nasa"\nbody = "nasa"\nplatform = "facebook"\nids = ["54971236771"]\n'
    )
    add(study, NASA)
    with Corpus(study) as corpus:
        posts = find_units(corpus, "post", pages=study.pages, window=study.window)
        sample = draw_sample(posts, Order(n=40), study.window)
        links = find_links(corpus, posts, [row.place for row in sample.rows])
    assert [one.name for one in sample.strata] == [f"nasa 2016-0{month}" for month in (2, 3, 4, 5)]
    assert sum(one.units for one in sample.strata) == sample.units
    assert len({row.unit for row in sample.rows}) == len(links) == 40
    assert all(link.startswith("http") for link in links)
    wanted = {one.name: one.units * 40 / sample.units for one in sample.strata}
    assert all(abs(one.drawn - wanted[one.name]) < 1 for one in sample.strata)


# ── 2 files ──────────────────────────────────────────────────────────────────────────────────────


def test_a_comment_by_nobody_knows_whom_is_drawn_and_counted(own_town, comments_csv, add):
    add(
        own_town,
        comments_csv(("broadcasts", "b2", "x1", "", "", "2023-01-04 10:00", "Қашан?")),
        knows=("authors",),
    )
    with Corpus(own_town) as corpus:
        found = find_units(corpus, "comment", pages=own_town.pages, window=own_town.window)
    assert "broadcasts/x1" in set(found.names())
    assert found.nameless == 1


@pytest.mark.parametrize("name", ["../out", "Үлгі", "", "a/b"])
def test_a_name_that_leads_elsewhere_is_refused(town, name):
    with pytest.raises(Misused, match="cannot name a file"):
        place_sample(town.samples, name)


# ── 3 by command ─────────────────────────────────────────────────────────────────────────────────


def qulaq(*words, lang="en", code=0):
    env = os.environ | {"QULAQ_LANG": lang, "PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "qulaq", "coding", *map(str, words)]
    done = subprocess.run(command, capture_output=True, env=env, encoding="utf-8", check=False)
    assert "Traceback" not in done.stderr
    assert done.returncode == code, done.stderr
    return done


def test_a_sample_is_drawn_recorded_and_never_written_over(own_town):
    words = ("sample", own_town.folder, "--unit", "post", "--n", "3", "--seed", "5")
    done = qulaq(*words, "--json", lang="ru")
    told = json.loads(done.stdout)
    assert "post-page-month-5.csv" in done.stderr
    assert (told["units"], told["drawn"], told["twice"]) == (4, 3, 3)
    with (own_town.samples / "post-page-month-5.csv").open(encoding="utf-8-sig") as stream:
        rows = list(csv.DictReader(stream))
    assert list(rows[0]) == ["unit", "page", "day", "link", "stratum", "probability", "twice"]
    assert {row["unit"].partition("/")[0] for row in rows} == {"answers", "broadcasts"}
    record = own_town.samples / "post-page-month-5.toml"
    recorded = tomllib.loads(record.read_text(encoding="utf-8"))
    assert recorded["seed"] == 5
    assert recorded["corpus"] == told["corpus"]
    assert recorded["command"] == told["command"]
    assert set(recorded["twice_reason"]) == {"kk", "ru", "en"}
    assert [one["name"] for one in recorded["strata"]] == ["answers 2023-01", "broadcasts 2023-01"]
    before = record.read_bytes()
    refused = qulaq(*words, code=2)
    assert "a sample of that name was drawn already" in refused.stderr
    assert record.read_bytes() == before


def test_check_tells_faults_or_variables(tmp_path):
    file = tmp_path / "codebook.toml"
    write_standard_codebook(file)
    sound = json.loads(qulaq("check", file, "--json", lang="kk").stdout)
    assert sound["problems"] == []
    assert sound["variables"][0]["label"] == "Тақырыбы"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('kind = "yes_no"', 'kind = "yesno"'), encoding="utf-8")
    broken = qulaq("check", file, lang="ru", code=1)
    assert "yesno" in broken.stdout
    assert "1 ошибка" in broken.stderr
