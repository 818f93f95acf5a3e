"""
A survey of a hundred thousand responses described: from the stored answers to counts, percentages and intervals.

pandas counts the same answers, from the same rows of the same database, and reckons neither intervals nor who was asked
nor contradictions. Both must count alike before they are timed.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from typing import Any

from bench.contest import Contest, alternate, hide_pandas, met, run_apart, tell
from bench.results import Entry

RESPONSES, FEW = 100_000, 500
BAR = 2.0
"""Seconds from the database to the last interval."""
OURS, THEIRS = "Qulaq", "pandas, counts only"
WORDS = (
    "A hundred thousand responses to the standard questionnaire, in the study's SQLite: read, and described question by "
    "question. Beside it pandas, which counts answers and does no more. What was asked for is less than two seconds."
)
_TODAY = date(2026, 11, 27)
_DATABASE = "qulaq.sqlite3"
_FINISHED = "SELECT answers FROM answers_response WHERE pilot = 0 ORDER BY id"


def measure(folder: Path, *, small: bool, rounds: int) -> Mapping[str, Any]:
    """
    What both took, by turns, each run in a process of its own.
    """
    study = folder / "akimats"
    run_apart("bench.describing", "make", str(study), str(FEW if small else RESPONSES))
    counted = {}
    for name in (OURS, THEIRS):
        file = folder / f"{name}.json"
        run_apart("bench.describing", name, str(study), str(file))
        counted[name] = json.loads(file.read_text(encoding="utf-8"))
    assert counted[OURS] == counted[THEIRS], "the contestants count differently"
    contest = alternate(
        [OURS, THEIRS],
        lambda name: run_apart("bench.describing", name, str(study), str(folder / "again.json")),
        rounds=max(rounds, 1),
    )
    n = FEW if small else RESPONSES
    return {"what": f"{n:,} responses", "contest": contest.as_json()}


def describe(entry: Entry) -> list[str]:
    """
    What it took, as lines of Markdown.
    """
    contest = Contest.from_json(entry.found["contest"])
    took = contest.median(OURS)
    return [
        f"{entry.found['what']}: {took:.2f} seconds (bar: {BAR:g}), so the bar is {met(took <= BAR)}.",
        "",
        *contest.table(),
    ]


# ── one run ──────────────────────────────────────────────────────────────────────────────────────


def make(study: Path, n: int) -> None:
    """
    A study with so many invented responses, a tenth of all questions left open.
    """
    from qulaq.cli.answers import open_answers
    from qulaq.study import new_study, open_study
    from qulaq.survey.standard import write_standard_questionnaire

    new_study(study, today=_TODAY)
    opened = open_study(study)
    write_standard_questionnaire(opened.questionnaire)
    questionnaire, _ = open_answers(opened)
    draw = Random(105)  # noqa: S311  # invented answers, not secrets
    asked = [one for one in questionnaire.questions if one.is_asked]
    rows = []
    for place in range(n):
        answers = {one.name: _answer(one, draw) for one in asked if draw.random() > 0.1}  # noqa: PLR2004
        told = json.dumps(answers, ensure_ascii=False)
        moment = datetime(2026, 11, 1 + place % 25, tzinfo=UTC).strftime("%Y-%m-%d %H:%M:%S")
        rows.append((opened.survey.name, f"{place:032x}", moment, "kk", None, False, told, ""))
    with sqlite3.connect(study / _DATABASE) as connection:
        connection.executemany(
            "INSERT INTO answers_response (survey, respondent, submitted_at, language, channel, pilot, answers, version) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            rows,
        )


def _answer(question: Any, draw: Random) -> object:  # noqa: ANN401  # a question of the form
    if question.choices is None:
        return (
            str(draw.randrange(30)) if question.kind == "integer" else "Жауап тезірек берілсе екен"
        )
    names = [one.name for one in question.choices.choices]
    return draw.sample(names, 2) if question.takes_many else draw.choice(names)


def describe_in_qulaq(study: Path, file: Path) -> None:
    from qulaq.cli.answers import describe_answers
    from qulaq.study import open_study

    found = describe_answers(open_study(study))
    assert found is not None
    counts = {
        one.question.name: {answer.code: answer.n for answer in one.answers if answer.n}
        for one in found.questions
        if one.answers
    }
    file.write_text(json.dumps(counts, sort_keys=True), encoding="utf-8")


def count_in_pandas(study: Path, file: Path) -> None:
    import pandas as pd

    with sqlite3.connect(study / _DATABASE) as connection:
        told = [json.loads(row[0]) for row in connection.execute(_FINISHED)]
    table = pd.DataFrame.from_records(told)
    counts = {}
    for name in table.columns.difference(
        ["source_other", "effective_why", "answer_days", "suggestion"]
    ):
        column = table[name].dropna().explode()
        counts[name] = {code: int(n) for code, n in column.value_counts().items()}
    file.write_text(json.dumps(counts, sort_keys=True), encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", nargs=3, metavar="WHAT", required=True)
    what, study, last = parser.parse_args(arguments).run
    if what == "make":
        tell(lambda: make(Path(study), int(last)))
    elif what == THEIRS:
        import pandas as pd  # noqa: F401  # loaded before the clock starts

        tell(lambda: count_in_pandas(Path(study), Path(last)))
    else:
        hide_pandas()
        _load()
        tell(lambda: describe_in_qulaq(Path(study), Path(last)))
    return 0


def _load() -> None:
    """
    The libraries, which every command loads before it begins.
    """
    import django.db.models
    import openpyxl
    import pyxform
    import scipy.special

    import qulaq.cli.answers
    import qulaq.survey.describe
    import qulaq.web.server

    del django, openpyxl, pyxform, qulaq, scipy


if __name__ == "__main__":
    sys.exit(main())
