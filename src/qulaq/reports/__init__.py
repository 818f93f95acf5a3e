"""
Reports on a study: composed once as a document, written in any of the formats.

    write_report(akimats, languages=["kk", "ru"], now=now, command="qulaq report akimats")
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from qulaq.coding.coding import Coding
from qulaq.corpus.current import Corpus
from qulaq.engine import Engine
from qulaq.errors import StudyError
from qulaq.lang import Language, Phrase, phrase
from qulaq.registry import Registry
from qulaq.reports.charts import draw_charts
from qulaq.reports.compose import compose
from qulaq.reports.directory import PAGES_A_FILE, compose_directory
from qulaq.reports.document import Document
from qulaq.reports.findings import Findings, gather
from qulaq.reports.names import charts_name, directory_name, report_name
from qulaq.study import Study
from qulaq.survey.describe import Description

__all__ = ["FORMATS", "Document", "Findings", "Format", "compose", "gather", "write_report"]

Format = Callable[[Document], bytes]
Progress = Callable[[Phrase], None]

FORMATS: Registry[Format] = Registry(
    {"html": "qulaq.reports.html:render", "pdf": "qulaq.reports.pdf:render"},
    group="qulaq.reports",
    kind=phrase("formats of reports"),
)
"""Formats by key, which is also the ending of the file."""


def write_report(
    study: Study,
    *,
    languages: Sequence[Language],
    formats: Sequence[str] = ("html",),
    now: datetime,
    command: str,
    charts: bool = True,
    survey: Description | None = None,
    coding: Coding | None = None,
    engine: Engine | None = None,
    progress: Progress = lambda _: None,
) -> list[Path]:
    """
    Write the report in each language and format into the study's `reports/`, its charts as SVG and PNG
    into a folder beside it, and where pages are too many for the report the tables of all of them into
    another; the answer is the files and the folders. What was found in the *survey* is a part of it, and what people read out of the texts, the *coding*. The *engine* (left out: DuckDB)
    is closed then.

    Raises UnknownName for a format that is none, StudyError for a study without pages or where the
    files cannot be written. A format that this machine cannot write is refused with a StudyError after
    all others were written. A report that stood there is replaced only by a complete one.
    """
    study.must_have_pages()
    writers = {key: FORMATS.get(key) for key in formats}
    with Corpus(
        study, engine=engine, codes=coding.codes if coding else None, progress=progress
    ) as corpus:
        findings = gather(
            corpus, now=now, command=command, survey=survey, coding=coding, progress=progress
        )
    written = []
    refused: StudyError | None = None
    for language in dict.fromkeys(languages):
        progress(phrase("writing the report ({language})", language=language))
        document = compose(findings, language=language)
        for key, write in list(writers.items()):
            try:
                content = write(document)
            except StudyError as error:
                refused = refused or error
                del writers[key]
                continue
            target = study.reports / f"{report_name(study, language)}.{key}"
            _replace(target, content)
            written.append(target)
            written += _write_directory(findings, language, key, write, progress)
        if charts:
            written += _write_charts(study, document)
    if refused:
        raise refused
    return written


def _write_directory(
    findings: Findings, language: Language, ending: str, write: Format, progress: Progress
) -> list[Path]:
    """
    The tables of all pages into their folder, which is the answer if there are any; those of an earlier
    report that are none any more go.
    """
    folder = findings.study.reports / directory_name(findings.study, language)
    written: set[Path] = set()
    for name, document in compose_directory(findings, language=language):
        progress(
            phrase(
                "writing the tables of all pages ({language}, {n} pages)",
                language=language,
                n=PAGES_A_FILE * len(written),
            )
        )
        target = folder / f"{name}.{ending}"
        _replace(target, write(document))
        written.add(target)
    for file in folder.glob(f"[0-9]*.{ending}"):
        if file not in written:
            file.unlink()
    return [folder] if written else []


def _write_charts(study: Study, document: Document) -> list[Path]:
    """
    The charts of a report into their folder, which is the answer if there are any; those of an earlier
    report that are none any more go.
    """
    folder = study.reports / charts_name(study, document.language)
    written = set()
    for chart in draw_charts(document):
        for ending, content in (("svg", chart.svg), ("png", chart.png)):
            target = folder / f"{chart.name}.{ending}"
            _replace(target, content)
            written.add(target)
    for file in folder.glob("[0-9][0-9]-*.*"):
        if file not in written and file.suffix in (".svg", ".png"):
            file.unlink()
    return [folder] if written else []


def _replace(target: Path, content: bytes) -> None:
    """
    Put the whole file in its place, or leave what was there.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".aside-", dir=target.parent)
        aside = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            aside.chmod(0o644)
            aside.replace(target)
        finally:
            with suppress(FileNotFoundError):
                aside.unlink()
    except OSError as error:
        raise StudyError(
            where=str(target),
            found=phrase(
                "the report cannot be written ({message}).", message=error.strerror or str(error)
            ),
            remedy=phrase("Check that there is room and that the folder may be written."),
        ) from error
