"""Published percentages are held to the counts beside them: the paper's figures, and any figures at all."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qulaq.errors import UnreadableExport
from qulaq.survey.audit import audit
from qulaq.survey.published import Published, PublishedQuestion, read_published

PAPER = Path(__file__).parents[3] / "shared" / "study" / "published" / "survey.csv"


@pytest.fixture(scope="module")
def paper():
    if not PAPER.exists():
        pytest.skip(f"the paper's figures are not beside the project ({PAPER})")
    return {one.question.name: one for one in audit(read_published(PAPER), most=105)}


def written(folder, text):
    file = folder / "figures.csv"
    file.write_text(text, encoding="utf-8")
    return file


def test_twenty_of_the_papers_pairs_fit_some_base_and_nine_fit_none(paper):
    figures = [one for question in paper.values() for one in question.figures]
    assert len(figures) == 29
    assert sum(bool(one.bases) for one in figures) == 20


def test_base_101_fits_what_the_paper_says_of_updates_and_marks(paper):
    fitted = {name: sum(one.fits(101) for one in paper[name].figures) for name in paper}
    assert (fitted["updates_seen"], fitted["rating"], fitted["updates_wanted"]) == (4, 4, 3)
    assert {paper[name].base for name in ("updates_seen", "rating", "updates_wanted")} == {101}


def test_each_of_the_papers_questions_has_its_base(paper):
    assert {name: one.base for name, one in paper.items()} == {
        "age": 104, "source": 104, "updates_seen": 101, "updates_wanted": 101, "rating": 101,
        "effective": 104, "wrote": 103, "answered": 98, "must_answer": 99, "post_at_once": 104,
    }  # fmt: skip


@given(
    n=st.integers(0, 300),
    percent=st.integers(0, 1000).map(lambda tenths: Decimal(tenths) / 10),
    most=st.integers(1, 300),
)
def test_bases_are_those_that_decimal_arithmetic_finds(n, percent, most):
    figure = Published(answer="a", n=n, percent=percent, decimals=1)
    question = PublishedQuestion(name="q", label="q", figures=(figure,))
    ((found,),) = (one.figures for one in audit([question], most=most))
    for bases, rounding in ((found.bases, ROUND_HALF_UP), (found.bases_cut, ROUND_DOWN)):
        assert bases == tuple(
            base
            for base in range(max(n, 1), most + 1)
            if (Decimal(100 * n) / base).quantize(Decimal("0.1"), rounding) == percent
        )


@given(counts=st.lists(st.integers(1, 60), min_size=2, max_size=6), more=st.integers(0, 20))
def test_true_percentages_fit_their_base(counts, more):
    base = sum(counts) + more
    tenths = Decimal("0.1")
    figures = tuple(
        Published(
            answer=str(place),
            n=n,
            percent=(Decimal(100 * n) / base).quantize(tenths, ROUND_HALF_UP),
            decimals=1,
        )
        for place, n in enumerate(counts)
    )
    (found,) = audit([PublishedQuestion(name="q", label="q", figures=figures)])
    assert all(one.fits(base) for one in found.figures)
    assert all(one.fits_somehow(found.base) for one in found.figures)
    assert found.sum == base - more


def test_zeros_that_a_spreadsheet_dropped_are_digits_all_the_same(tmp_path):
    file = written(tmp_path, "question_id;answer;n;percent\nq;yes;1 120;28\nq;no;2880;72,0 %\n")
    (question,) = audit(read_published(file))
    assert [one.published.decimals for one in question.figures] == [1, 1]
    assert question.base == 4000
    assert question.fitted == 2


def test_a_count_of_none_fits_all_bases_that_the_other_figures_allow(tmp_path):
    file = written(tmp_path, "question_id,answer,n,percent\nq,yes,10,100.0\nq,no,0,0.0\n")
    (question,) = audit(read_published(file))
    assert question.base == 10
    assert question.figures[1].bases == tuple(range(1, 11))


def test_a_count_above_the_most_fits_nothing(tmp_path):
    file = written(tmp_path, "question_id,answer,n,percent\nq,yes,57,54.8\n")
    (question,) = audit(read_published(file), most=50)
    assert (question.base, question.figures[0].bases) == (None, ())


def test_what_is_not_printed_is_told_of(tmp_path):
    file = written(tmp_path, "question_id,answer_id,n,percent\nq,yes,5,50\nq,no,,50\nq,other,5,\n")
    (question,) = audit(read_published(file))
    assert question.question.incomplete == ("no", "other")
    assert question.base == 10


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("question,n\nq,1\n", "no column question_id, percent"),
        ("question_id,n,percent\nq,many,5\n", "row 2, column n: “many” is no number"),
        ("question_id,n,percent\nq,1,4\nq,1.5,5\n", "row 3, column n: “1.5” is no number"),
        ("question_id,n,percent\nq,1,-3\n", "row 2, column percent: “-3” is no number"),
        ("question_id,n,percent\n,1,3\n", "row 2, column question_id: the cell is empty"),
        ("question_id,n,percent\nq,1,3,2\n", "row 2: 4 cells below 3 headings"),
        ("", "the file is empty"),
        ('[{"n": 1}]', "this is no table"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused_in_words(tmp_path, text, said):
    with pytest.raises(UnreadableExport) as refusal:
        read_published(written(tmp_path, text))
    assert said in str(refusal.value)
