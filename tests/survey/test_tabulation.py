"""
The description as tables and files: labels in the chosen language, masked open answers, an SPSS file read back.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

import numpy as np
import pytest

from qulaq.survey.crosstab import cross, find_grouping, suppress
from qulaq.survey.datafiles import write_sav
from qulaq.survey.describe import describe
from qulaq.survey.responses import Response
from qulaq.survey.sample import gather
from qulaq.survey.standard import standard_questionnaire
from qulaq.survey.tabulation import (
    Worded,
    tabulate_answers,
    tabulate_codebook,
    tabulate_groups,
    tabulate_texts,
)

FORM = standard_questionnaire()
ANSWERS = (
    {"age": "18_24", "source": "press", "rating": "4", "why_follow": ["news", "ask"]},
    {
        "age": "36_50",
        "source": "social",
        "rating": "2",
        "suggestion": "Қоңырау шалыңыз: +7 701 234 56 78",
    },
    {"source": "social", "rating": "3"},
)


@pytest.fixture(scope="module")
def description():
    responses = [
        Response(
            survey="akimats",
            respondent=f"{number:032x}",
            submitted_at=datetime(2026, 11, 20, tzinfo=UTC),
            language="kk",
            channel=None,
            pilot=False,
            answers=given,
        )
        for number, given in enumerate(ANSWERS)
    ]
    return describe(gather(FORM, responses), today=date(2026, 11, 27))


def cells(rows, **wanted):
    heading, *lines = rows
    places = {name: heading.index(name) for name in wanted}
    return next(
        dict(zip(heading, line, strict=True))
        for line in lines
        if all(line[places[name]] == value for name, value in wanted.items())
    )


@pytest.mark.parametrize(
    ("language", "question", "label"),
    [
        ("kk", "сұрақ", "теледидардан, радиодан, газеттен"),
        ("ru", "вопрос", "по телевидению, радио, из газет"),
        ("en", "question", "from television, radio, newspapers"),
    ],
)
def test_answers_are_labelled_in_the_language(description, language, question, label):
    rows = tabulate_answers(description, Worded.of(FORM, language))
    found = [line for line in rows if label in line]
    assert len(found) == 1
    assert rows[0][0] == question
    assert found[0][8] == 1
    assert found[0][9] == pytest.approx(33.3333)


def test_open_answers_leave_masked(description):
    rows = tabulate_texts(description, Worded.of(FORM, "kk"))
    (text,) = (line[1] for line in rows[1:])
    assert "Қоңырау шалыңыз" in text
    assert "701" not in text


def test_the_codebook_has_every_name_and_code_in_every_language(description):
    rows = tabulate_codebook(FORM, Worded.of(FORM, "en"))
    assert rows[[line[2] for line in rows].index("press")][:3] == ["source", None, "press"]
    named = {line[0] for line in rows[1:]}
    assert {one.name for one in FORM.questions if one.is_asked} <= named
    assert all(all(line[3:]) for line in rows[1:] if line[2])


def test_hidden_cells_have_no_number(description):
    crosstab = cross(description.sample, find_grouping(description.sample, "age"))
    rows = tabulate_groups(suppress(crosstab, least=5), description, Worded.of(FORM, "en"))
    found = cells(rows, question="source", group="18_24", answer="press")
    assert (found["valid answers"], found["n"], found["% of valid"]) == (1, None, None)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_an_spss_file_is_read_back_with_its_labels(description, tmp_path, language):
    pyreadstat = pytest.importorskip("pyreadstat", reason="pip install 'qulaq[spss]' brings it")
    file = tmp_path / "akimats.sav"
    write_sav(description, file, Worded.of(FORM, language))
    data, meta = pyreadstat.read_sav(file, output_format="dict")
    press = FORM.by_name["source"].choices.by_name["press"].label.to(language)
    source = meta.variable_value_labels["source"]
    assert source[data["source"][0]] == press
    assert meta.column_names_to_labels["source"] == FORM.by_name["source"].label.to(language)
    assert list(data["rating"]) == [4, 2, 3]
    assert data["why_follow_news"][0] == 1
    assert np.isnan(np.array(data["why_follow_news"], float)).tolist() == [False, True, True]
    assert meta.variable_measure["rating"] == "ordinal"
    assert "701" not in "".join(filter(None, data["suggestion"]))
