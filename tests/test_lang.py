"""
Three languages: texts that exist in each, phrases with blanks and plurals, numbers and dates.
"""

from __future__ import annotations

import pytest

from qulaq.errors import QulaqError
from qulaq.lang import LANGUAGES, Text, as_language, phrase, phrases, preferred_language, say
from qulaq.lang.formats import number, share
from qulaq.lang.phrases import read_catalogue


def test_a_text_that_lacks_a_language_is_not_made():
    with pytest.raises(ValueError, match="lacks its ru wording"):
        Text(kk="есеп", ru=" ", en="report")
    with pytest.raises(TypeError):
        Text(kk="есеп", en="report")


def test_a_text_speaks_the_language_that_is_asked_for():
    text = Text(kk="есеп", ru="отчёт", en="report")
    assert [text.to(language) for language in LANGUAGES] == ["есеп", "отчёт", "report"]
    assert str(text) == "report"
    assert {Text.same("NASA").to(language) for language in LANGUAGES} == {"NASA"}


def test_a_phrase_is_said_in_three_languages_with_its_blanks_filled():
    said = phrase("{column} is empty.", column="likes")
    assert len({said.to(language) for language in LANGUAGES}) == 3
    assert all("likes" in said.to(language) for language in LANGUAGES)


def test_a_phrase_that_no_catalogue_knows_is_said_in_english():
    assert {phrase("no catalogue knows {x}", x=1).to(language) for language in LANGUAGES} == {
        "no catalogue knows 1"
    }


def test_phrases_inside_a_phrase_speak_its_language():
    inner = Text(kk="пікір", ru="комментарии", en="comments")
    assert phrase("many {what}", what=inner).to("ru") == "many комментарии"
    assert say(phrase("{a}", a=phrase("{b}", b=inner)), "kk") == "пікір"


def test_braces_in_a_value_are_no_blanks():
    assert phrase("found {x}", x="{y} {0}").to("en") == "found {y} {0}"


def test_english_knows_one_and_many():
    assert [str(phrases("{n} row", "{n} rows", n=n)) for n in (0, 1, 2)] == [
        "0 rows",
        "1 row",
        "2 rows",
    ]


@pytest.mark.parametrize(("language", "forms"), [("ru", [0, 1, 2, 2, 0, 2]), ("kk", None)])
def test_a_catalogue_knows_the_plurals_of_its_language(language, forms):
    plural = read_catalogue(language).plural_form
    found = [plural(n) for n in (1, 2, 5, 11, 21, 111)]
    assert found == forms if forms else len(set(found)) <= 2


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_every_wording_of_a_catalogue_keeps_the_blanks_of_its_template(language):
    from string import Formatter

    def blanks(text):
        return {name for _, name, _, _ in Formatter().parse(text) if name is not None}

    for template, wordings in read_catalogue(language).wordings.items():
        for wording in wordings:
            assert not wording or blanks(wording) <= blanks(template) | {"n"}, template


def test_an_error_is_told_in_the_readers_language():
    error = QulaqError(
        where="x.csv", found=phrase("the file is empty."), remedy=phrase("Export it again.")
    )
    assert str(error) == "x.csv: the file is empty. Export it again."
    assert len({error.to(language) for language in LANGUAGES}) == 3
    assert all(error.to(language).startswith("x.csv: ") for language in LANGUAGES)


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("kk", "kk"),
        ("ru_RU.UTF-8", "ru"),
        ("en-GB", "en"),
        ("KK_kz", "kk"),
        ("de", None),
        ("", None),
        ("C.UTF-8", None),
    ],
)
def test_a_code_names_a_language_or_none(code, language):
    assert as_language(code) == language


def test_the_language_is_the_one_asked_for_before_the_systems(monkeypatch):
    monkeypatch.setenv("LANG", "ru_RU.UTF-8")
    for name in ("QULAQ_LANG", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    assert preferred_language() == "ru"
    monkeypatch.setenv("QULAQ_LANG", "kk")
    assert preferred_language() == "kk"
    monkeypatch.setenv("QULAQ_LANG", "klingon")
    assert preferred_language() == "en"


@pytest.mark.parametrize(
    ("language", "written"), [("kk", "1\u00a0234,5"), ("ru", "1\u00a0234,5"), ("en", "1,234.5")]
)
def test_numbers_are_written_as_each_language_does(language, written):
    assert number(1234.5, language, digits=1) == written


@pytest.mark.parametrize(
    ("language", "written"), [("kk", "90,9\u00a0%"), ("ru", "90,9\u00a0%"), ("en", "90.9%")]
)
def test_shares_are_written_as_each_language_does(language, written):
    assert share(0.909, language) == written
