"""
The codebook of a study.

1. The standard one is sound, in three languages, with an example of every category and a source of every variable.
2. What is wrong is told with line and remedy, one fault of each variable and category.
3. A fingerprint stands for what coders decide by, and for nothing else.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from qulaq.coding.codebook import look_through, read_codebook
from qulaq.coding.standard import write_standard_codebook
from qulaq.errors import StudyError, UnknownName

HOW_TO = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "code-texts.md"

BOOK = """\
[[variables]]
name = "mood"
unit = "comment"
kind = "one"
label = { kk = "Көңіл күй", ru = "Настроение", en = "Mood" }
question = { kk = "Қандай?", ru = "Какое?", en = "Which?" }

[[variables.categories]]
code = "glad"
label = { kk = "Қуанышты", ru = "Радостное", en = "Glad" }
definition = { kk = "Қуанады.", ru = "Радуется.", en = "Is glad." }

[[variables.categories]]
code = "angry"
label = { kk = "Ашулы", ru = "Злое", en = "Angry" }
definition = { kk = "Ашуланады.", ru = "Злится.", en = "Is angry." }
"""


@pytest.fixture
def book(tmp_path):
    """
    The small codebook, with some of its text replaced.
    """

    def make(*changes):
        text = BOOK
        for old, new in changes:
            assert old in text
            text = text.replace(old, new, 1)
        file = tmp_path / "codebook.toml"
        file.write_text(text, encoding="utf-8")
        return file

    return make


@pytest.fixture(scope="module")
def standard(tmp_path_factory):
    file = tmp_path_factory.mktemp("standard") / "codebook.toml"
    write_standard_codebook(file)
    return read_codebook(file)


# ── 1 the standard codebook ──────────────────────────────────────────────────────────────────────


def test_the_standard_codebook_asks_what_the_study_wants_to_know(standard):
    asked = {(one.name, one.unit, one.kind) for one in standard.variables}
    assert asked == {
        ("topic", "post", "one"),
        ("pr_model", "post", "any"),
        ("mode", "post", "one"),
        ("dialogic", "post", "any"),
        ("invites", "post", "yes_no"),
        ("comment_kind", "comment", "one"),
        ("reply_acts", "reply", "any"),
        ("reply_grade", "reply", "ordinal"),
    }
    topics = standard.variable("topic").codes
    assert {"head_meeting", "briefing", "trip", "event", "inspection"} < set(topics)
    assert standard.variable("mode").codes[:4] == ("networking", "pull", "push", "impression")
    assert standard.variable("reply_grade").levels == (0, 1, 2, 3, 4)
    assert {one.name for one in standard.of_unit("reply")} == {"reply_acts", "reply_grade"}


def test_the_standard_codebook_has_an_example_of_everything_and_names_its_sources(standard):
    for variable in standard.variables:
        assert variable.source, variable.name
        for category in variable.categories:
            assert category.examples, (variable.name, category.code)
    told = " ".join(one.source for one in standard.variables)
    assert "Mergel 2013, Government Information Quarterly 30(4), 327-334" in told
    assert not re.search("alpha|kappa|reliab", told)  # no figure of theirs was seen


def test_the_kinds_of_comments_that_want_an_answer_are_marked(standard):
    kinds = standard.variable("comment_kind").categories
    wanting = [one.code for one in kinds if one.answerable]
    assert wanting == ["report", "request", "question", "complaint", "suggestion"]


def test_every_item_of_a_model_belongs_to_one_of_the_four(standard):
    groups = {one.group for one in standard.variable("pr_model").categories if one.group}
    assert groups == {
        "press_agentry", "public_information", "two_way_asymmetric", "two_way_symmetric"
    }  # fmt: skip


def test_the_how_to_tells_of_every_variable_and_its_example_is_sound(standard, tmp_path):
    text = HOW_TO.read_text(encoding="utf-8")
    told = re.findall(r"^\| `(\w+)` \| (\w+) \| (\w+) \|", text, re.MULTILINE)
    assert told == [(one.name, one.unit, one.kind) for one in standard.variables]
    file = tmp_path / "codebook.toml"
    file.write_text(re.search(r"```toml\n(.*?)```", text, re.DOTALL)[1], encoding="utf-8")
    assert [one.name for one in read_codebook(file).variables] == ["addressee"]


# ── 2 what is wrong ──────────────────────────────────────────────────────────────────────────────

LABEL = 'label = { kk = "Ашулы", ru = "Злое", en = "Angry" }'


@pytest.mark.parametrize(
    ("old", "new", "line", "found", "remedy"),
    [
        ('code = "angry"', 'code = "glad"', 14, "“glad” is taken: line 9.", "another name"),
        ('code = "angry"', 'code = "Angry!"', 14, "cannot name a column", "small Latin letters"),
        (LABEL, 'label = { kk = "Ашулы" }', 15, "“label” is not written in ru, en.", "Write label"),
        (LABEL, 'label = "Angry"', 15, "not written in kk, ru, en.", "Write label"),
        (
            'en = "Angry" }',
            'en = "Angry", de = "Wütend" }',
            15,
            "written in de, too.",
            "Write label",
        ),
        ("definition =", "defintion =", 8, "“definition” is not written in", "Write definition"),
        ('en = "Angry" }', "en = 5 }", 15, "not written in en.", "Write label"),
        (LABEL, LABEL + "\nanswerble = true", 16, "is not a setting", "“answerable”"),
        ('unit = "comment"', 'unit = "coment"', 3, "“unit” is 'coment'.", "post, comment, reply"),
        ('kind = "one"', 'kind = "any"', 1, "none for “nothing fits”", "code none"),
        ('kind = "one"', 'kind = "yes_no"', 1, "are glad, angry.", "yes, no"),
        ('kind = "one"', 'kind = "ordinal"', 14, "“angry” is no grade.", "whole numbers"),
        ('name = "mood"', 'name = "mood"\nsame_as = "mood"', 3, "no fingerprint", "twelve signs"),
        ('name = "mood"', 'name = "настроение"', 2, "cannot name a column", "small Latin"),
        ('code = "angry"', 'code = "unclear"', 1, "fewer than two categories", "Add"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_what_to_do(  # noqa: PLR0917
    book, old, new, line, found, remedy
):
    file = book((old, new))
    told = [str(one) for one in look_through(file).faults]
    fitting = [one for one in told if one.startswith(f"{file}, line {line}: ")]
    assert any(found in one and remedy in one for one in fitting), told
    with pytest.raises(StudyError):
        read_codebook(file)


def test_all_faulty_categories_and_variables_are_told_at_once(book):
    file = book(('code = "glad"', 'code = "Glad"'), ('code = "angry"', 'code = "1angry"'))
    file.write_text(file.read_text(encoding="utf-8") + BOOK, encoding="utf-8")
    lines = [re.search(r"line (\d+)", str(one))[1] for one in look_through(file).faults]
    assert lines == ["9", "14", "18"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[[variable]]\n", "“variables”"),
        (None, "there is no codebook here"),
        ("", "has no variables"),
        ("x = [", "this is not TOML"),
    ],
)
def test_what_is_no_codebook_says_so(tmp_path, text, found):
    file = tmp_path / "codebook.toml"
    if text is not None:
        file.write_text(text, encoding="utf-8")
    with pytest.raises(StudyError, match=found):
        read_codebook(file)


def test_an_unknown_variable_is_answered_with_the_known_ones(book):
    with pytest.raises(UnknownName, match="Known: mood"):
        read_codebook(book()).variable("modo")


# ── 3 fingerprints ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Радуется.", " Радуется.  "),
        ("Радостное", "Весёлое"),
        ('code = "glad"', 'code = "glad"\nexamples = { kk = "Ура!", ru = "Ура!", en = "Hurray!" }'),
        ('code = "glad"', 'code = "glad"\nanswerable = true'),
    ],
)
def test_labels_examples_and_spaces_leave_a_definition_what_it_was(book, old, new):
    before = read_codebook(book()).variable("mood").fingerprint
    assert read_codebook(book((old, new))).variable("mood").fingerprint == before


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Қуанады.", "Қатты қуанады."),
        ("Is glad.", "Is very glad."),
        ("Какое?", "Какое прежде всего?"),
        ('code = "glad"', 'code = "happy"'),
        ('unit = "comment"', 'unit = "reply"'),
    ],
)
def test_another_wording_is_another_definition(book, old, new):
    before = read_codebook(book()).variable("mood")
    after = read_codebook(book((old, new))).variable("mood")
    assert after.fingerprint != before.fingerprint
    assert not after.accepts(before.fingerprint)


def test_the_order_counts_where_the_first_that_fits_is_given(book):
    swap = [('code = "glad"', 'code = "x"'), ('code = "angry"', 'code = "glad"')]
    words = [("Қуанады.", "1"), ("Ашуланады.", "Қуанады."), ("1", "Ашуланады.")]
    words += [("Радуется.", "1"), ("Злится.", "Радуется."), ("1", "Злится.")]
    words += [("Is glad.", "1"), ("Is angry.", "Is glad."), ("1", "Is angry.")]
    changes = [*swap, ('code = "x"', 'code = "angry"'), *words]
    one = read_codebook(book()).variable("mood")
    swapped = read_codebook(book(*changes)).variable("mood")
    assert set(one.codes) == set(swapped.codes)
    assert one.fingerprint != swapped.fingerprint


def test_codes_of_an_older_definition_hold_only_where_the_codebook_says_so(book):
    before = read_codebook(book()).variable("mood").fingerprint
    changed = ("Is glad.", "Is very glad.")
    told = ('kind = "one"', f'kind = "one"\nsame_as = ["{before}"]')
    assert read_codebook(book(changed, told)).variable("mood").accepts(before)
