"""
Which posts stand on another network too, as it is found and kept. All texts are invented.

1. A copy is on another platform and at most seven days away; short texts are not compared.
2. Against every pair held against every other, all but a few copies are found and no others.
3. Only bodies on several platforms are read, all their days, each body by itself, each once.
4. What is kept holds no words, is part of nothing that is stored, and goes with an erasure.
"""

from __future__ import annotations

import random
import re
from datetime import UTC, datetime

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qulaq.corpus.crossposts import DAYS, LONGER_THAN, Post, add_crossposts, find_copies
from qulaq.corpus.current import Corpus
from qulaq.corpus.erasure import erase
from qulaq.store import Store
from qulaq.study import open_study
from qulaq.text.captions import is_copy, words_of_post

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
CAPTURED = datetime(2023, 2, 1, tzinfo=UTC)
VISIT = (
    "Бүгін облыс әкімі Сауран ауданында жұмыс сапарымен болып, жаңа мектептің құрылысымен танысты"
)
WATER = "Хабарландыру! Ертең Абай көшесінде су құбыры ауыстырылады, су уақытша берілмейді, су қорын жинаңыздар"


def copies(*posts):
    return find_copies([Post(*one) for one in posts])


# ── 1 what is a copy ─────────────────────────────────────────────────────────────────────────────


def test_the_same_words_on_another_platform_are_a_copy_for_both():
    assert copies(("facebook", 1, VISIT), ("instagram", 1, VISIT), ("facebook", 1, WATER)) == [
        True,
        True,
        False,
    ]


def test_the_same_words_on_the_same_platform_are_none():
    assert copies(("facebook", 1, VISIT), ("facebook", 2, VISIT)) == [False, False]


@pytest.mark.parametrize(("days", "expected"), [(0, True), (DAYS, True), (DAYS + 1, False)])
def test_a_copy_is_at_most_seven_days_away_before_or_after(days, expected):
    for first, second in ((100, 100 + days), (100, 100 - days)):
        found = copies(("facebook", first, VISIT), ("telegram", second, VISIT + " #су #жол"))
        assert found == [expected, expected]


def test_short_texts_are_not_compared():
    short, long = "а" * LONGER_THAN, "а" * (LONGER_THAN + 1)
    assert copies(("facebook", 1, short), ("instagram", 1, short)) == [None, None]
    assert copies(("facebook", 1, long), ("instagram", 1, long)) == [True, True]
    assert copies(("facebook", 1, "👏👏"), ("instagram", 1, "#су " * 40)) == [None, None]


def test_the_ends_of_a_chain_are_not_copies_of_each_other():
    chance = random.Random(3)  # noqa: S311 - invented words, no secret
    words = ["".join(chance.choices("абвгдежзийқңөұүі", k=7)) for _ in range(40)]
    first, middle, last = (" ".join(words[:n]) for n in (40, 34, 28))
    assert is_copy(first, middle)
    assert is_copy(middle, last)
    found = copies(("facebook", 1, first), ("facebook", 1, middle), ("instagram", 1, last))
    assert found == [False, True, True]


# ── 2 every pair ─────────────────────────────────────────────────────────────────────────────────


def by_every_pair(posts):
    words = [words_of_post(post.text) for post in posts]
    return [
        any(
            post.platform != other.platform
            and abs(post.day - other.day) <= DAYS
            and is_copy(words[i], words[j])
            for j, other in enumerate(posts)
        )
        if len(words[i]) > LONGER_THAN
        else None
        for i, post in enumerate(posts)
    ]


def test_nearly_all_copies_are_found_and_no_others():
    chance = random.Random(7)  # noqa: S311 - invented words, no secret
    vocabulary = ["".join(chance.choices("абвгдежзийқңөұүі", k=7)) for _ in range(400)]
    models = [chance.choices(vocabulary, k=chance.randint(4, 40)) for _ in range(150)]
    posts = []
    for _ in range(1_500):
        words = list(chance.choice(models))
        for _ in range(chance.choice([0, 0, 1, 2])):
            words.insert(chance.randrange(len(words)), chance.choice(vocabulary))
        if chance.random() < 0.3:
            words[chance.randrange(len(words))] = chance.choice(vocabulary)
        platform = chance.choice(["facebook", "instagram", "telegram"])
        posts.append(Post(platform, chance.randrange(60), " ".join(words)))
    found, expected = find_copies(posts), by_every_pair(posts)
    assert {True, False, None} == set(expected)
    wrong = [pair for pair in zip(found, expected, strict=True) if pair[0] != pair[1]]
    assert set(wrong) <= {(False, True)}
    assert len(wrong) <= 0.01 * expected.count(True)


POSTS = st.lists(
    st.builds(
        Post,
        platform=st.sampled_from(["facebook", "instagram", "telegram"]),
        day=st.integers(0, 30),
        text=st.sampled_from([VISIT, WATER, f"{VISIT} 🎉 #мектеп", WATER.upper(), "Рақмет", ""]),
    ),
    max_size=12,
)


@given(POSTS, st.integers(-5_000, 5_000), st.permutations(["facebook", "instagram", "telegram"]))
def test_other_names_and_days_moved_together_change_nothing(posts, days, names):
    renamed = dict(zip(["facebook", "instagram", "telegram"], names, strict=True))
    moved = [Post(renamed[one.platform], one.day + days, one.text) for one in posts]
    assert find_copies(moved) == find_copies(posts) == by_every_pair(posts)


@given(POSTS, st.randoms(use_true_random=False))
def test_the_order_of_posts_changes_nothing(posts, chance):
    order = chance.sample(range(len(posts)), len(posts))
    found = find_copies(posts)
    assert find_copies([posts[i] for i in order]) == [found[i] for i in order]


# ── 3 of a corpus ────────────────────────────────────────────────────────────────────────────────

HEADING = ("page_id", "post_id", "published_at", "text")
PAGE = '[[pages]]\nid = "{page}"\nbody = "{body}"\nplatform = "{platform}"\nhandle = "{page}"\n'
PAGES = (
    ("akimat-fb", "akimat", "facebook"),
    ("akimat-ig", "akimat", "instagram"),
    ("school-fb", "school", "facebook"),
    ("school-tg", "school", "telegram"),
    ("museum-fb", "museum", "facebook"),
    ("museum-too", "museum", "facebook"),
)
POSTED = (
    ("akimat-fb", "a1", "2023-01-05 10:00", VISIT),
    ("akimat-fb", "a2", "2023-01-06 10:00", WATER),
    ("akimat-fb", "a3", "2023-01-06 11:00", ""),
    ("akimat-ig", "a1", "2023-01-06 10:00", f"{VISIT} 📷 #мектеп #жол"),
    ("akimat-ig", "a4", "2022-12-31 10:00", WATER),
    ("akimat-ig", "a5", "2023-01-06 11:00", "Рақмет"),
    ("school-fb", "s1", "2023-01-05 10:00", VISIT),
    ("school-tg", "s2", "2023-01-06 10:00", WATER),
    ("museum-fb", "m1", "2023-01-05 10:00", VISIT),
    ("museum-too", "m1", "2023-01-05 10:00", VISIT),
)
FOUND = {
    ("akimat-fb", "a1"): True,
    ("akimat-fb", "a2"): True,  # the copy came before the window
    ("akimat-ig", "a1"): True,
    ("akimat-ig", "a4"): True,
    ("akimat-ig", "a5"): None,
    ("school-fb", "s1"): False,
    ("school-tg", "s2"): False,
}


@pytest.fixture
def posted(make_study, posts_csv, add):
    bodies = dict.fromkeys(body for _, body, _ in PAGES)
    study = make_study(
        'id = "three"\ntitle = "Three bodies"\nwindow = { from = 2023-01-01, to = 2023-01-31 }\n'
        + "".join(f'[[bodies]]\nid = "{body}"\nname = "{body}"\n' for body in bodies)
        + "".join(PAGE.format(page=page, body=body, platform=on) for page, body, on in PAGES)
    )
    add(study, posts_csv(*POSTED, heading=HEADING), captured=CAPTURED)
    return study


def crossposts(study, progress=lambda _: None):
    with Corpus(study) as corpus:
        rows = corpus.engine.run(add_crossposts(corpus, progress=progress)).to_pylist()
    return {(row["page_id"], row["post_id"]): row["elsewhere"] for row in rows}


def told(study):
    said = []
    crossposts(study, progress=lambda step: said.append(str(step)))
    return said


def files(study):
    return sorted((study.corpus / "readings").rglob("*.parquet"))


def test_posts_with_a_text_of_bodies_on_several_platforms_are_judged(posted):
    assert crossposts(posted) == FOUND


def test_a_corpus_without_such_bodies_has_crossposts_of_nothing(own_town, empty_town):
    assert crossposts(own_town) == crossposts(empty_town) == {}
    assert not files(own_town)


def test_asking_twice_gives_the_same_table(posted):
    with Corpus(posted) as corpus:
        assert add_crossposts(corpus) is add_crossposts(corpus)


def test_posts_are_compared_once_and_again_only_where_they_changed(posted, posts_csv, add):
    assert told(posted) == [
        "comparing posts with each other (0 of 2 bodies)",
        "comparing posts with each other (1 of 2 bodies)",
    ]
    assert told(posted) == []
    again = ("school-tg", "s3", "2023-01-07 10:00", VISIT)
    add(posted, posts_csv(again, heading=HEADING, name="b.csv"), captured=CAPTURED)
    assert told(posted) == ["comparing posts with each other (1 of 2 bodies)"]
    assert [file.stem for file in files(posted)] == ["all"]
    news = {("school-fb", "s1"): True, ("school-tg", "s3"): True}
    assert crossposts(posted) == {**FOUND, **news}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('platform = "instagram"', 'platform = "facebook"'),
        ('name = "akimat"', 'name = "akimat"\ntime_zone = "America/Anchorage"'),
    ],
    ids=["another platform", "another time zone"],
)
def test_what_the_study_says_otherwise_is_compared_anew(posted, before, after):
    crossposts(posted)
    text = posted.settings.read_text(encoding="utf-8")
    posted.settings.write_text(text.replace(before, after), encoding="utf-8")
    changed = open_study(posted.folder)
    kept = crossposts(changed)
    for file in files(changed):
        file.unlink()
    assert crossposts(changed) == kept


# ── 4 what is kept ───────────────────────────────────────────────────────────────────────────────


def test_what_is_broken_is_compared_anew(posted):
    crossposts(posted)
    right = {file: file.read_bytes() for file in files(posted)}
    assert right
    for file, content in right.items():
        file.write_bytes(content[:-20])
    assert crossposts(posted) == FOUND
    assert {file: file.read_bytes() for file in files(posted)} == right


def test_what_is_kept_holds_no_words_and_no_ids(posted, bytes_of):
    before, fingerprint = bytes_of(posted), Store(posted.corpus).fingerprint()
    crossposts(posted)
    (kept,) = map(pq.read_table, files(posted))
    assert kept.column_names == ["read_from", "elsewhere"]
    assert all(re.fullmatch("[0-9a-f]{32}", key) for key in kept["read_from"].to_pylist())
    assert bytes_of(posted) == before
    assert Store(posted.corpus).fingerprint() == fingerprint


def test_an_erasure_takes_it_along(posted, comments_csv, add):
    add(posted, comments_csv(("akimat-fb", "a1", "c1", "", "7", "2023-01-06 10:00", "Рақмет")))
    crossposts(posted)
    assert erase(posted, comment="c1", now=NOW).rows == 1
    assert not (posted.corpus / "readings").exists()
    assert crossposts(posted) == FOUND
