"""
The report's part on coded texts: how people coded, how far they agree, what the texts are about, with the numbers that the
coding itself has.

It is left out where nobody coded, and a share on which coders disagree is not told.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from report_reading import rows, words
from report_town import COMMAND, NOW

from qulaq.coding.codebook import read_codebook
from qulaq.coding.coding import ALPHA, Coding
from qulaq.coding.decisions import Decision, standing
from qulaq.coding.shares import measure_shares
from qulaq.coding.standard import write_standard_codebook
from qulaq.lang import LANGUAGES
from qulaq.lang.formats import number
from qulaq.reports import write_report

MOMENT = datetime(2026, 11, 27, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def coding(tmp_path_factory, town):
    """
    Topics of twenty posts on which coders agree but once, modes on which they often do not, acts of nobody.
    """
    file = tmp_path_factory.mktemp("book") / "codebook.toml"
    write_standard_codebook(file)
    book = read_codebook(file)
    told = []
    for n in range(20):
        for coder in ("asel", "bolat"):
            topic = "event" if n % 2 else "visit"
            mode = "pull" if n > 7 and (n + (coder == "asel")) % 2 else "push"
            for variable, code in (
                ("topic", "sport" if (n, coder) == (0, "asel") else topic),
                ("mode", mode),
            ):
                told.append(_decision(book, f"answers/{n}", variable, code, coder=coder))
    told.append(_decision(book, "answers/0", "topic", "visit", coder="dina", status="gold"))
    return Coding(codebook=book, standing=standing(told, book))


def _decision(book, unit, variable, code, **told):
    return Decision(
        unit=unit,
        variable=variable,
        codes=(code,),
        fingerprint=book.variable(variable).fingerprint,
        decided_at=MOMENT,
        **told,
    )


@pytest.fixture(scope="module")
def reports(town, coding):
    write_report(town, languages=LANGUAGES, now=NOW, command=COMMAND, charts=False, coding=coding)
    return {
        one: (town.reports / f"{town.id}-{one}.html").read_text(encoding="utf-8")
        for one in LANGUAGES
    }


def plain(text):
    return " ".join(text.replace("\xa0", " ").replace("\u202f", " ").split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_agreement_is_that_of_the_coding(reports, coding, language):
    label = coding.codebook.variable("topic").label.to(language)
    alpha = coding.alpha("topic")
    assert alpha.coefficient == ALPHA
    assert 0.8 < alpha.value < 1
    (row,) = (row for row in rows(reports[language]) if row[0] == label and len(row) == 5)
    assert plain(row[1]) == "20"
    assert number(alpha.value, language, digits=3) in plain(row[3])


@pytest.mark.parametrize("language", LANGUAGES)
def test_shares_are_those_of_the_coding(reports, coding, language):
    shares = measure_shares(coding, pages=["answers"])
    labels = {
        one.code: one.label.to(language) for one in coding.codebook.variable("topic").categories
    }
    for one in shares:
        if (one.variable, one.page) == ("topic", "") and one.k:
            label = labels[one.category]
            found = [
                row for row in rows(reports[language]) if row[0].casefold() == label.casefold()
            ]
            assert any(
                plain(row[1]).startswith(f"{50}") and f"{one.n}" in row[1] for row in found
            ), label


@pytest.mark.parametrize(
    ("language", "withheld", "disagree"),
    [("kk", "берілмейді", "келісімі тым төмен"), ("ru", "не приводится", "слишком расходятся"), ("en", "not given", "agree too little")],
)  # fmt: skip
def test_where_coders_disagree_no_share_is_told(reports, coding, language, withheld, disagree):
    text = words(reports[language])
    assert disagree in text
    label = coding.codebook.variable("mode").categories[2].label.to(language)
    assert any(
        withheld in row[1]
        for row in rows(reports[language])
        if row[0].casefold() == label.casefold()
    )


def test_without_coding_there_is_no_such_part(town, write):
    assert 'id="coding"' not in write(town, "en")["en"]
