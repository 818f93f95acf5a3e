"""
`qulaq coding assist`, by command: a model that learns, then a language model on this machine.

1. Where it agrees with people its codes are kept as a machine's, with corrected shares.
2. A language model reads first what it can be tried on; where it disagrees nothing else leaves.
3. The key and unmasked data stand nowhere in the study.
4. Misuse, and what is not installed, is told of in words.
"""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from qulaq.cli.assist_desk import read_model, refuse_misuse
from qulaq.coding.assistance import learning
from qulaq.coding.samples import Order, draw_sample, place_sample, write_sample
from qulaq.coding.units import find_units
from qulaq.corpus.current import Corpus
from qulaq.errors import Misused, StudyError

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/coding"))
from assisted_study import WORDS, answering, code_by_two, make_posts, topic_of  # noqa: E402

KEY = "sk-very-secret"
PHONE = "8 701 123 45 67"
STUDY = """\
id = "assisted"
title = "Assisted"
window = { from = 2023-01-01, to = 2023-12-31 }
[[bodies]]
id = "akimat"
name = "Akimat"
[[pages]]
id = "akimat"
body = "akimat"
platform = "facebook"
handle = "akimat"
"""
SEED = """
import json, sys
from qulaq.cli.decisions import open_decisions
from qulaq.coding.decisions import Decision
from qulaq.study import open_study
from datetime import UTC, datetime
now = datetime(2026, 11, 27, tzinfo=UTC)
told = json.load(sys.stdin)
open_decisions(open_study(sys.argv[1])).append(
    Decision(**one | {"codes": tuple(one["codes"])}, decided_at=now) for one in told
)
"""


def run(*words, typed=None, code=0, **env):
    found = subprocess.run(
        [sys.executable, *map(str, words)],
        input=typed,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env=os.environ | {"QULAQ_LANG": "en", "NO_PROXY": "127.0.0.1"} | env,
    )
    assert found.returncode == code, found.stderr
    return found


def three(text):
    return f'{{ kk = "{text}", ru = "{text}", en = "{text}" }}'


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    from datetime import UTC, datetime

    from qulaq.coding.codebook import read_codebook
    from qulaq.corpus.intake import Order as Intake
    from qulaq.corpus.intake import take_in
    from qulaq.study import open_study

    folder = tmp_path_factory.mktemp("assisted")
    (folder / "study.toml").write_text(STUDY, encoding="utf-8")
    book = f'[[variables]]\nname = "topic"\nunit = "post"\nkind = "one"\nlabel = {three("t")}\nquestion = {three("What is it about?")}\n'
    for one in WORDS:
        book += f'[[variables.categories]]\ncode = "{one}"\nlabel = {three(one)}\ndefinition = {three(f"It is about {one}.")}\n'
    (folder / "codebook.toml").write_text(book, encoding="utf-8")
    posts = make_posts(240)
    lines = [f'akimat,{n},2023-03-01 10:00,"{text} {PHONE}"' for n, (text, _) in enumerate(posts)]
    (folder / "posts.csv").write_text(
        "\n".join(["page_id,post_id,published_at,text", *lines]), encoding="utf-8"
    )
    study = open_study(folder)
    moment = datetime(2023, 12, 31, tzinfo=UTC)
    take_in(study, folder / "posts.csv", Intake(captured=moment), now=moment)
    with Corpus(study) as corpus:
        population = find_units(corpus, "post", pages=study.pages, window=study.window)
        sample = draw_sample(population, Order(by="simple", n=120), study.window)
        write_sample(
            corpus, population, sample, place_sample(study.samples, "simple"), command="qulaq"
        )
    variable = read_codebook(study.codebook).variable("topic")
    told = [(row.unit, posts[int(row.unit.partition("/")[2])][1]) for row in sample.rows]
    given = [
        {name: getattr(one, name) for name in ("unit", "variable", "coder", "status", "codes", "fingerprint", "turn")}
        for one in code_by_two(variable, told)
    ]  # fmt: skip
    run("-c", SEED, folder, typed=json.dumps(given))
    return folder


def test_a_model_that_agrees_proposes_and_its_codes_are_kept(folder):
    pytest.importorskip("sklearn", reason="learning needs pip install 'qulaq[assist]'")
    told = run("-m", "qulaq", "coding", "assist", folder, "--variable", "topic", "--ask", 3, "--accept", "--json")  # fmt: skip
    found = json.loads(told.stdout)
    assert found["usable"]
    assert len(found["proposals"]) == 120
    assert len(found["ask"]) == 3
    assert found["correction"] == {"sample": "simple", "drawn": 120, "used": 120}
    truth = [topic for _, topic in make_posts(240)].count("water") / 240
    water = next(one for one in found["shares"] if one["category"] == "water" and not one["page"])
    assert water["low"] < truth < water["high"]
    assert "120 codes were kept as a machine's." in told.stderr


def test_a_language_model_is_tried_first_and_writes_down_what_it_answered(folder):
    words = ["-m", "qulaq", "coding", "assist", folder, "--variable", "topic", "--model-name", "m", "--json"]  # fmt: skip
    with answering(lambda _: '{"code": "roads"}') as server:
        shown = run(*words[:-1], "--model", server.url, "--dry-run")
        assert "[tel]" in shown.stdout
        assert "It is about water." in shown.stdout
        assert not server.heard
        refused = run(*words, "--model", server.url, code=1, QULAQ_MODEL_KEY=KEY)
        assert len(server.heard) == 120
    assert not json.loads(refused.stdout)["usable"]
    assert "so it proposes nothing" in refused.stderr
    words[words.index("m")] = "better"
    with answering(topic_of, busy=(429,)) as server:
        told = run(*words, "--model", server.url, "--accept", QULAQ_MODEL_KEY=KEY)
        assert len(server.heard) == 241
    found = json.loads(told.stdout)
    assert found["usable"]
    assert found["calibration"] == {"n": 120, "right": 1.0, "believed": None}
    assert len(found["proposals"]) == 120
    assert found["shares"]
    for file in (folder / "raw/assist").glob("*.gz"):
        written = gzip.decompress(file.read_bytes()).decode()
        assert "What is it about?" in written
        assert KEY not in written
        assert "701 123" not in written
    assert KEY not in told.stdout + told.stderr + refused.stderr


# ── Misuse ───────────────────────────────────────────────────────────────────────────────────────


def named(url="http://127.0.0.1:9/v1", name="m", key_file=None):
    return read_model(url, name=name, key_env="QULAQ_NO_KEY", key_file=key_file)


def test_a_model_without_a_name_and_a_key_that_is_none(tmp_path):
    assert named(url=None) is None
    with pytest.raises(Misused, match="the model has no name"):
        named(name="")
    file = tmp_path / "key"
    file.write_text("кілт жоқ", encoding="utf-8")
    with pytest.raises(Misused, match="this is no key"):
        named(key_file=file)
    file.write_text(f"{KEY}\n", encoding="utf-8")
    assert named(key_file=file).key == KEY


def test_options_that_have_no_sense_together():
    with pytest.raises(Misused, match="nothing leaves this machine without --model"):
        refuse_misuse(None, dry_run=False, ask=0, most=5)
    with pytest.raises(Misused, match="does not tell how sure it is"):
        refuse_misuse(named(), dry_run=False, ask=5, most=None)
    refuse_misuse(named(), dry_run=True, ask=0, most=5)


def test_what_learns_is_told_of_where_it_is_not_installed(monkeypatch):
    monkeypatch.setattr(learning, "find_spec", lambda _: None)
    with pytest.raises(StudyError, match=r"pip install 'qulaq\[assist\]'") as told:
        learning.must_have_learner()
    assert "орнатылмаған" in told.value.to("kk")
