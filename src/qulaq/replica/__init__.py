"""
A study whose invented records reproduce the figures published on four pages.

>>> from qulaq import replica
>>> exports = replica.write_replica(folder)         # doctest: +SKIP
>>> exports[0].name                                 # doctest: +SKIP
'replica-page-counts.csv'
"""

from __future__ import annotations

from pathlib import Path

from qulaq.coding.codebook import read_codebook
from qulaq.coding.standard import write_standard_codebook
from qulaq.replica.answers import write_answers
from qulaq.replica.codes import write_codes
from qulaq.replica.drafts import draft_contents
from qulaq.replica.exports import write_exports
from qulaq.replica.figures import read_figures
from qulaq.replica.records import PageRecords, make_records
from qulaq.replica.resources import read_resource, read_table
from qulaq.replica.respondents import replica_questionnaire
from qulaq.replica.setting import read_settings
from qulaq.survey.writing import write_questionnaire

__all__ = ["ANSWERS", "CODES", "write_replica"]

ANSWERS = "replica-answers-*.csv"
"""What the exports of answers are called, among those of pages."""
CODES = "replica-codes.csv"
"""The table of invented codes beside them."""


def write_replica(folder: Path) -> tuple[Path, ...]:
    """
    Write the study file, its questionnaire, its codebook and its exports into `folder`; return the exports of pages in
    the order of import. Those of answers and the table of codes lie beside them, see `ANSWERS` and `CODES`.

    Files of the same names are replaced; every run writes the same bytes.
    """
    exports = folder / "exports"
    exports.mkdir(parents=True, exist_ok=True)
    write_text(folder / "study.toml", read_resource("study.toml"))
    write_questionnaire(replica_questionnaire(), folder / "questionnaire.xlsx")
    write_standard_codebook(folder / "codebook.toml")
    write_answers(exports)
    pages = make_pages()
    window = read_table("study.toml")["window"]
    codebook = read_codebook(folder / "codebook.toml")
    write_codes(exports / CODES, pages, window=window, codebook=codebook)
    write_text(exports / "README.md", read_resource("exports.md"))
    return write_exports(pages, folder=exports)


def make_pages() -> tuple[PageRecords, ...]:
    settings = read_settings()
    pages = read_figures()
    contents = draft_contents(pages, settings=settings)
    return tuple(
        make_records(
            figures,
            setting=settings[figures.page],
            drafts=contents[figures.content],
            place=place,
        )
        for place, figures in enumerate(pages)
    )


def write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
