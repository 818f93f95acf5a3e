"""
What the workbench promises. asel owns the study and settles, bolat and erlan code, dina reads; a stranger gets 404.

1.  A coder gets a unit with its text, its link, the thread above it and nothing below, and its categories with their
    definitions; what is chosen is stored with who, when and under which definition.
2.  Nobody sees what others chose: not on the unit, not in the list of samples.
3.  Taking back and changing are further turns; nothing is ever changed in the store.
4.  Units coded twice go to two people, the others to one; who has finished is told so.
5.  Settling shows both views without names; what none of them chose wants a reason; gold counts from then on. Who coded a
    unit does not settle it, unless they own the study.
6.  Nothing of a damaged, forged or outdated form is stored: unknown categories, codes that do not go together, a codebook
    that changed meanwhile, another window that was faster, a remark that is too long, markup.
7.  Erased units are told of and wait for nobody. A damaged codebook or sample is told in words.
8.  Everything in three languages.
"""

from __future__ import annotations

import csv
import re
from datetime import UTC, datetime

import pytest
from survey_pages import NOW, PASSWORD, Page

from qulaq.coding.codebook import read_codebook
from qulaq.coding.standard import write_standard_codebook
from qulaq.corpus.intake import Order, take_in
from qulaq.study import open_study

LANGUAGES = ("kk", "ru", "en")
STUDY = """\
id = "coded"
title = { kk = "Кодтау", ru = "Кодирование", en = "Coding" }
time_zone = "Asia/Almaty"
window = { from = 2023-01-01, to = 2023-01-31 }

[[bodies]]
id = "akimat"
name = { kk = "Әкімдік", ru = "Акимат", en = "Akimat" }

[[pages]]
id = "town"
body = "akimat"
platform = "facebook"
handle = "town"
ids = ["100"]
"""
POSTS = [(f"p{n}", f"2023-01-0{n} 10:00", f"Жарияланым {n} <b>&amp;</b> \u200f🙂", f"https://example.kz/{n}") for n in range(1, 7)]  # fmt: skip
COMMENTS = [
    ("p1", "c1", "", "700", "2023-01-01 11:00", "Су қашан болады? +7 701 123 45 67"),
    ("p1", "c2", "c1", "100", "2023-01-01 12:00", "Ертең"),
    ("p1", "c3", "c1", "700", "2023-01-01 13:00", "Рақмет"),
    ("p2", "c4", "", "701", "2023-01-02 13:00", "<script>alert(1)</script>"),
]

pytestmark = pytest.mark.usefixtures("people")


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    folder = tmp_path_factory.mktemp("coded")
    (folder / "study.toml").write_text(STUDY, encoding="utf-8")
    write_standard_codebook(folder / "codebook.toml")
    exports = folder / "exports"
    exports.mkdir()
    for name, heading, rows in (
        ("posts", ("page_id", "post_id", "published_at", "text", "link"), [("town", *row) for row in POSTS]),
        ("comments", ("page_id", "post_id", "comment_id", "parent_id", "author", "published_at", "text"), [("town", *row) for row in COMMENTS]),
    ):  # fmt: skip
        with (exports / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([heading, *rows])
        order = Order(captured=datetime(2023, 2, 1, tzinfo=UTC), knows=("authors",))
        take_in(open_study(folder), exports / f"{name}.csv", now=NOW, order=order)
    return folder


def write_sample(folder, name, unit, rows):
    """
    A sample of units in that order, each "yes" or "no" for being coded twice.
    """
    samples = folder / "samples"
    samples.mkdir(exist_ok=True)
    lines = ["unit,page,day,link,stratum,probability,twice"]
    lines += [f"town/{one},town,2023-01-01,,all,0.5,{twice}" for one, twice in rows]
    (samples / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (samples / f"{name}.toml").write_text(f'unit = "{unit}"\n', encoding="utf-8")


@pytest.fixture
def bench(site, town):
    """
    The site of that study, with one sample of posts and one of comments, and nothing coded.
    """
    from qulaq.web.accounts.users import add_user

    add_user("erlan", role="coder", password=PASSWORD)
    write_standard_codebook(town / "codebook.toml")
    for file in (town / "samples").glob("*"):
        file.unlink()
    write_sample(
        town, "posts", "post", [(one[0], "yes" if n < 4 else "no") for n, one in enumerate(POSTS)]
    )
    write_sample(town, "comments", "comment", [("c1", "yes"), ("c4", "no")])
    site.change(study=open_study(town))
    return site


def text(response):
    return response.content.decode()


def stored():
    from qulaq.web.decisions.store import StoredDecisions

    return list(StoredDecisions().read())


def codes_of(**chosen):
    told = {
        "topic": "visit",
        "pr_model": ["report_inside"],
        "mode": "push",
        "dialogic": ["none"],
        "invites": "no",
    }
    return {f"code.{name}": code for name, code in (told | chosen).items() if code is not None}


def form_of(browser, path):
    response = browser.get(path, follow=True)
    page = Page(text(response))
    fields = {name: values for name, values in page.fields.items() if not name.startswith("csrf")}
    return response.redirect_chain[-1][0] if response.redirect_chain else path, fields


def send(browser, path, **more):
    """
    Choose on that screen as a browser would; the response to it.
    """
    place, fields = form_of(browser, path)
    kept = {
        name: values
        for name, values in fields.items()
        if name.startswith("print.") or name == "turn"
    }
    return browser.post(place, kept | (more.pop("codes", None) or codes_of()) | more)


def code_all(browser, name, **chosen):
    for _ in range(20):
        response = browser.get(f"/coding/{name}/next/", follow=True)
        if "print." not in text(response):
            return
        send(browser, response.redirect_chain[-1][0], codes=codes_of(**chosen))
    raise AssertionError("the sample does not end")


# ── 1 one unit ───────────────────────────────────────────────────────────────────────────────────


def test_a_post_is_coded(bench):
    bolat = bench.user("bolat")
    shown = text(bolat.get("/coding/posts/next/?lang=kk", follow=True))
    assert re.search(r"Жарияланым \d &lt;b&gt;&amp;amp;&lt;/b&gt;", shown), "markup stays text"
    assert re.search(r'href="https://example\.kz/\d" rel="noreferrer', shown)
    for variable in read_codebook(bench.served.study.codebook).of_unit("post"):
        assert f'name="code.{variable.name}"' in shown
        assert all(one.definition.kk.split()[0] in shown for one in variable.categories)
    response = send(bolat, "/coding/posts/next/", **{"unsure.topic": "1", "remark": "неге?"})
    assert response.status_code == 302
    told = {one.variable: one for one in stored()}
    assert set(told) == {"topic", "pr_model", "mode", "dialogic", "invites"}
    book = read_codebook(bench.served.study.codebook)
    assert all(one.fingerprint == book.variable(name).fingerprint for name, one in told.items())
    assert {(one.coder, one.turn, one.status, one.decided_at) for one in told.values()} == {
        ("bolat", 1, "coder", NOW)
    }
    assert (told["topic"].unsure, told["mode"].unsure, told["topic"].remark) == (
        True,
        False,
        "неге?",
    )


def test_a_comment_shows_what_stands_above_it_only(bench):
    write_sample(bench.served.study.folder, "comments", "comment", [("c1", "no")])
    shown = text(bench.user("bolat").get("/coding/comments/1/?lang=en"))
    assert "Жарияланым 1" in shown
    assert "Су қашан болады? [tel]" in shown
    assert "Ертең" not in shown


def test_a_reply_shows_the_comment_that_it_answers(bench):
    write_sample(bench.served.study.folder, "replies", "reply", [("c2", "no")])
    shown = text(bench.user("bolat").get("/coding/replies/1/?lang=en"))
    assert shown.index("Жарияланым 1") < shown.index("Су қашан болады?") < shown.index("Ертең")
    assert "Рақмет" not in shown


# ── 2 blind ──────────────────────────────────────────────────────────────────────────────────────


def test_nobody_sees_what_others_chose(bench):
    code_all(bench.user("bolat"), "posts", topic="sport")
    erlan = bench.user("erlan")
    for place in range(1, 7):
        assert "checked" not in text(erlan.get(f"/coding/posts/{place}/"))
    assert "bolat" not in text(erlan.get("/coding/"))
    assert "bolat" in text(bench.user("asel").get("/coding/"))


# ── 3 turns ──────────────────────────────────────────────────────────────────────────────────────


def test_taking_back_and_changing_are_further_turns(bench):
    bolat = bench.user("bolat")
    place, _ = form_of(bolat, "/coding/posts/next/")
    send(bolat, place)
    response = bolat.post("/coding/posts/undo/", follow=True)
    assert response.redirect_chain[-1][0] == f"{place}?undone=1"
    send(bolat, place, codes=codes_of(topic="sport"))
    changed = text(bolat.get(f"{place}?lang=en"))
    assert "You coded this text before" in changed
    send(bolat, place, codes=codes_of(topic="culture"))
    assert [(one.turn, one.codes) for one in stored() if one.variable == "topic"] == [
        (1, ("visit",)),
        (2, ()),
        (3, ("sport",)),
        (4, ("culture",)),
    ]


def test_taking_back_nothing_leads_on(bench):
    response = bench.user("bolat").post("/coding/posts/undo/")
    assert response["Location"] == "/coding/posts/next/"
    assert stored() == []


# ── 4 handing out ────────────────────────────────────────────────────────────────────────────────


def test_units_go_to_as_many_as_wanted(bench):
    bolat, erlan = bench.user("bolat"), bench.user("erlan")
    code_all(bolat, "posts")
    code_all(erlan, "posts")
    by = {}
    for one in stored():
        by.setdefault(one.unit, set()).add(one.coder)
    assert {unit: len(names) for unit, names in by.items()} == {
        f"town/p{n}": 2 if n <= 4 else 1 for n in range(1, 7)
    }
    assert "everything that waits" in text(erlan.get("/coding/posts/next/?lang=en"))
    assert "6 / 6" in text(bench.user("asel").get("/coding/"))


def test_skipping_leads_further_and_comes_back(bench):
    bolat = bench.user("bolat")
    first = bolat.get("/coding/posts/next/")["Location"]
    place = int(first.rstrip("/").rsplit("/", 1)[1])
    assert bolat.get(f"/coding/posts/next/?after={place}")["Location"] != first
    assert bolat.get("/coding/posts/next/?after=99")["Location"] == first
    assert bolat.get("/coding/posts/next/?after=x")["Location"] == first


# ── 5 settling ───────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def disputed(bench):
    code_all(bench.user("bolat"), "posts", topic="sport")
    code_all(bench.user("erlan"), "posts", topic="culture")
    return bench


def test_views_stand_side_by_side_without_names(disputed):
    asel = disputed.user("asel")
    shown = text(asel.get("/coding/posts/settle/?lang=en", follow=True))
    assert shown.count('class="view"') == 2
    assert "Coder A" in shown
    assert "bolat" not in shown
    assert "erlan" not in shown
    assert 'name="code.topic"' in shown
    assert 'name="code.mode"' not in shown, "what they agree on is settled"


def test_gold_counts_and_another_code_wants_a_reason(disputed):
    from qulaq.coding.decisions import settle, standing

    asel = disputed.user("asel")
    refused = send(asel, "/coding/posts/settle/", codes={"code.topic": "event"})
    assert refused.status_code == 200
    assert not [one for one in stored() if one.status == "gold"]
    assert (
        send(
            asel, "/coding/posts/settle/", codes={"code.topic": "event"}, remark="ашылу рәсімі"
        ).status_code
        == 302
    )
    for _ in range(3):
        assert send(asel, "/coding/posts/settle/", codes={"code.topic": "sport"}).status_code == 302
    assert "Nothing waits" in text(asel.get("/coding/posts/settle/?lang=en"))
    book = read_codebook(disputed.served.study.codebook)
    settled = settle(standing(stored(), book).decisions)
    assert not settled.open
    gold = [one for one in settled.settled if one.basis == "gold"]
    assert sorted(one.codes for one in gold) == [("event",), ("sport",), ("sport",), ("sport",)]


def test_who_coded_does_not_settle(disputed):
    bolat = disputed.user("bolat")
    assert "Nothing waits" in text(bolat.get("/coding/posts/settle/?lang=en"))
    place = disputed.user("asel").get("/coding/posts/settle/")["Location"]
    refused = bolat.post(place, {"turn": "0", "code.topic": "sport"})
    assert "somebody else must settle" in text(refused) or refused.status_code == 200
    assert not [one for one in stored() if one.status == "gold"]


def test_what_is_still_to_be_coded_cannot_be_settled(bench):
    """
    Requirement 2: whoever is to code it next must not see it there.
    """
    send(bench.user("bolat"), "/coding/posts/1/", **{"unsure.topic": "1"})
    for name in ("erlan", "asel"):
        assert "Nothing waits" in text(bench.user(name).get("/coding/posts/settle/?lang=en"))


def test_a_definition_that_changes_brings_units_back(bench):
    """
    Requirement 6.
    """
    bolat = bench.user("bolat")
    code_all(bolat, "posts")
    file = bench.served.study.codebook
    visit = read_codebook(file).variable("topic").categories[0].definition.en
    file.write_text(
        file.read_text(encoding="utf-8").replace(visit, "Another thing."), encoding="utf-8"
    )
    assert bolat.get("/coding/posts/next/")["Location"].startswith("/coding/posts/")


def test_what_one_is_unsure_of_waits(bench):
    write_sample(bench.served.study.folder, "comments", "comment", [("c1", "no"), ("c4", "no")])
    bolat = bench.user("bolat")
    while "print." in text(bolat.get("/coding/comments/next/", follow=True)):
        send(
            bolat,
            "/coding/comments/next/",
            codes={"code.comment_kind": "question"},
            **{"unsure.comment_kind": "1"},
        )
    asel = bench.user("asel")
    shown = text(asel.get("/coding/comments/settle/?lang=en", follow=True))
    assert "was not sure" in shown


# ── 6 what is wrong ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"code.topic": "gold"}, 400),
        ({"turn": "x"}, 400),
        ({"turn": "-1"}, 400),
        ({"code.topic": ["visit", "sport"]}, 200),
        ({"code.topic": ""}, 200),
        ({"code.dialogic": ["none", "says_who"]}, 200),
        ({"remark": "ә" * 4_001}, 200),
        ({"remark": "x" * 1_000_000}, 200),
        ({"print.topic": "0" * 12}, 409),
        ({"print.topic": ""}, 409),
    ],
)
def test_what_is_no_answer_is_not_stored(bench, more, status):
    bolat = bench.user("bolat")
    place, fields = form_of(bolat, "/coding/posts/next/")
    response = bolat.post(place, fields | codes_of() | more)
    assert response.status_code == status
    if status != 400:
        assert 'role="alert"' in text(response)
    assert stored() == []


def test_what_was_chosen_stays_chosen_where_something_lacks(bench):
    bolat = bench.user("bolat")
    shown = text(
        send(
            bolat, "/coding/posts/next/", codes=codes_of(topic=None, mode="pull"), remark="<i>ә</i>"
        )
    )
    assert re.search(r'name="code.mode" value="pull"[^>]* checked', shown)
    assert "&lt;i&gt;ә&lt;/i&gt;" in shown


def test_a_codebook_that_changes_midway(bench):
    bolat = bench.user("bolat")
    place, fields = form_of(bolat, "/coding/posts/next/")
    file = bench.served.study.codebook
    book = file.read_text(encoding="utf-8")
    visit = next(
        one for one in read_codebook(file).variable("topic").categories if one.code == "visit"
    )
    file.write_text(
        book.replace(visit.definition.en, "Something else altogether."), encoding="utf-8"
    )
    response = bolat.post(f"{place}?lang=en", fields | codes_of())
    assert response.status_code == 409
    assert "codebook changed" in text(response)
    assert "Something else altogether." in text(response)
    assert stored() == []
    assert send(bolat, place).status_code == 302


def test_another_window_was_faster(bench):
    bolat = bench.user("bolat")
    place, fields = form_of(bolat, "/coding/posts/next/")
    assert bolat.post(place, fields | codes_of(topic="sport")).status_code == 302
    late = bolat.post(f"{place}?lang=en", fields | codes_of(topic="culture"))
    assert late.status_code == 409
    assert "another window" in text(late)
    assert re.search(r'name="code.topic" value="sport"[^>]* checked', text(late))
    assert {one.codes for one in stored() if one.variable == "topic"} == {("sport",)}


@pytest.mark.parametrize(
    "path",
    [
        "/coding/",
        "/coding/posts/next/",
        "/coding/posts/1/",
        "/coding/posts/settle/",
        "/coding/posts/settle/1/",
    ],
)
def test_who_has_no_right_finds_nothing(bench, path):
    assert bench.browser().get(path).status_code == 404
    assert bench.user("dina").get(path).status_code == 404
    assert bench.browser().post(path, codes_of()).status_code == 404


@pytest.mark.parametrize("path", ["/coding/none/next/", "/coding/posts/0/", "/coding/posts/7/", "/coding/posts/99999999999999999999/", "/coding/..%2f/next/"])  # fmt: skip
def test_what_is_not_there_is_not_found(bench, path):
    assert bench.user("bolat").get(path).status_code == 404


def test_a_form_of_another_site_is_refused(bench):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(_user("bolat"), backend="django.contrib.auth.backends.ModelBackend")
    assert strict.post("/coding/posts/1/", codes_of()).status_code == 403


def _user(name):
    from django.contrib.auth import get_user_model

    return get_user_model().objects.get(name=name)


# ── 7 what is gone or damaged ────────────────────────────────────────────────────────────────────


def test_an_erased_unit_waits_for_nobody(bench):
    write_sample(bench.served.study.folder, "comments", "comment", [("c9", "yes"), ("c1", "no")])
    bolat = bench.user("bolat")
    assert "no more in the corpus" in text(bolat.get("/coding/comments/1/?lang=en"))
    assert bolat.get("/coding/comments/next/")["Location"] == "/coding/comments/2/"
    assert "No more in the corpus" in text(bolat.get("/coding/?lang=en"))


def test_a_damaged_file_is_told_in_words(bench):
    study = bench.served.study
    bolat = bench.user("bolat")
    (study.samples / "posts.csv").write_text("unit\n")
    for path in ("/coding/", "/coding/posts/next/"):
        response = bolat.get(f"{path}?lang=en")
        assert response.status_code == 500
        assert "posts.csv" in text(response)
    study.codebook.write_text("[[variables]]\n")
    assert "codebook.toml" in text(bolat.get("/coding/?lang=en"))
    study.codebook.unlink()
    assert "no codebook.toml" in text(bolat.get("/coding/?lang=en"))


def test_without_a_sample_it_says_how_to_draw_one(bench):
    for file in bench.served.study.samples.glob("*"):
        file.unlink()
    assert "qulaq coding sample" in text(bench.user("bolat").get("/coding/"))


# ── 8 languages ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_speaks_three_languages(disputed, language):
    asel = disputed.user("asel")
    label = read_codebook(disputed.served.study.codebook).variable("topic").label.to(language)
    for path in ("/coding/", "/coding/posts/1/", "/coding/posts/settle/"):
        shown = text(asel.get(f"{path}?lang={language}", follow=True))
        assert f'<html lang="{language}">' in shown
    assert label in shown
