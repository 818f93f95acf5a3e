"""`qulaq survey add` and `qulaq survey draft`: answers from elsewhere."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qulaq.cli.answers import open_answers
from qulaq.cli.options import StudyFolder
from qulaq.cli.speech import said, tell, working
from qulaq.cli.tables import AsJson, Form, show
from qulaq.errors import Misused
from qulaq.lang import Phrase, phrase, phrases, preferred_language, say

if TYPE_CHECKING:
    from qulaq.survey.exchange import Addition
    from qulaq.survey.exchange.intake import Unread
    from qulaq.survey.exchange.matching import Match

REFUSED = 1
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_MOST = 20  # values that were not read, of which the screen tells
_PARTS = {
    "moment": phrase("it tells when"),
    "id": phrase("it tells the rows apart"),
    "language": phrase("it tells the language"),
    "channel": phrase("it tells the channel"),
}

Export = Annotated[
    Path, typer.Argument(metavar="FILE", help=said("An export of answers, CSV or XLSX."))
]
FormatKey = Annotated[
    str | None,
    typer.Option(
        "--as",
        metavar="FORMAT",
        help=said("google-forms, kobo, odk, limesurvey, surveymonkey or table; else recognised."),
    ),
]


def add(
    study: StudyFolder,
    file: Export,
    format_key: FormatKey = None,
    mapping: Annotated[
        Path | None,
        typer.Option("--mapping", help=said("A file (TOML) that settles what does not match.")),
    ] = None,
    channel: Annotated[
        str | None,
        typer.Option("--channel", metavar="NAME", help=said("How these people were reached.")),
    ] = None,
    part: Annotated[
        str,
        typer.Option(
            "--part", metavar="NAME", help=said("Tells files apart whose ids may be the same.")
        ),
    ] = "",
    zone: Annotated[
        str | None,
        typer.Option(
            "--zone", metavar="ZONE", help=said("By which clock the file tells time, as Asia/Oral.")
        ),
    ] = None,
    pilot: Annotated[
        bool, typer.Option("--pilot", help=said("These are trial answers, to be thrown away."))
    ] = False,
    replace: Annotated[
        bool,
        typer.Option("--replace", help=said("Put the file's answers in the place of stored ones.")),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=said("Say what would happen; store nothing."))
    ] = False,
    as_json: AsJson = False,
) -> None:
    from qulaq.study import open_study
    from qulaq.survey.exchange import take_in_answers

    _check(channel, zone)
    opened = open_study(study)
    questionnaire, responses = open_answers(opened)
    with working(file.name):
        added = take_in_answers(
            opened,
            questionnaire,
            responses,
            file,
            format=format_key,
            mapping=mapping,
            channel=channel,
            part=part,
            zone=zone,
            pilot=pilot,
            replace=replace,
            dry_run=dry_run,
        )
    _show(added, as_json=as_json)
    tell_of(added, replace=replace)
    if not added.exchange.matches:
        raise typer.Exit(REFUSED)


def _check(channel: str | None, zone: str | None) -> None:
    from zoneinfo import available_timezones

    from qulaq.survey.exchange.intake import CHANNEL

    if channel is not None and not CHANNEL.fullmatch(channel):
        raise Misused(
            where="--channel",
            found=phrase("“{name}” is no name of a channel.", name=channel),
            remedy=phrase("Take at most 32 small Latin letters, digits, “-” and “_”."),
        )
    if zone is not None and zone not in available_timezones():
        raise Misused(
            where="--zone",
            found=phrase("there is no time zone “{zone}”.", zone=zone),
            remedy=phrase("Write it as Asia/Almaty or Asia/Oral."),
        )


# ── What is printed ──────────────────────────────────────────────────────────────────────────────


def _show(added: Addition, *, as_json: bool) -> None:
    """
    Every column and what it is used for; what could not be read is told of on stderr.
    """
    exchange = added.exchange
    rows: list[list[object]] = [
        [one.column.name, _answered(one), _how(one)] for one in exchange.matches
    ]
    rows += [
        [column.name, None, _PARTS[part].to(preferred_language())]
        for part, columns in exchange.about.items()
        for column in columns
    ]
    rows += [
        [one.column.name, None, said("left out: {why}", why=one.why)] for one in exchange.left_out
    ]
    show(
        Form(json=as_json),
        heading=[said("column"), said("question"), said("why")],
        rows=rows,
        data=_as_object(added),
    )


def _answered(one: Match) -> str:
    return f"{one.question.name}/{one.choice}" if one.choice else one.question.name


def _how(one: Match) -> str:
    if one.how == "name":
        return said("it has the question's name")
    if one.how == "mapping":
        return said("the mapping says so")
    return said(
        "it has the question's text ({languages})", languages=", ".join(sorted(one.languages))
    )


def _as_object(added: Addition) -> dict[str, object]:
    exchange, language = added.exchange, preferred_language()
    return {
        "file": str(added.file),
        "format": exchange.format,
        "rows": exchange.rows,
        "new": added.new,
        "there_already": added.held,
        "differing": added.differing,
        "repeated": added.repeated,
        "stored": added.stored,
        "questions": [
            {
                "column": one.column.name,
                "question": one.question.name,
                "choice": one.choice or None,
                "how": one.how,
                "languages": sorted(one.languages),
            }
            for one in exchange.matches
        ],
        "about": {part: [one.name for one in columns] for part, columns in exchange.about.items()},
        "left_out": [
            {"column": one.column.name, "why": say(one.why, language), "unknown": one.is_unknown}
            for one in exchange.left_out
        ],
        "unmatched": [
            {
                "row": one.row,
                "column": one.column,
                "question": one.question,
                "value": one.value,
                "why": say(one.why, language),
            }
            for one in exchange.unread
        ],
        "own_words": dict(exchange.own_words),
        "notes": [say(one, language) for one in exchange.notes],
    }


def tell_of(added: Addition, *, replace: bool = False) -> None:
    """
    The balance of rows, and all that a person should look at.
    """
    exchange = added.exchange
    if not exchange.matches:
        tell(
            phrase(
                "{file}: no column is a question of the form; nothing was stored.", file=added.file
            )
        )
        return
    _tell_balance(added, replace=replace)
    for note in exchange.notes:
        tell(note)
    for question, n in exchange.own_words.items():
        tell(
            phrases(
                "{question}: {n} answer is none of the choices; its words are in {place}.",
                "{question}: {n} answers are none of the choices; their words are in {place}.",
                n=n,
                question=question,
                place=f"{question}_other",
            )
        )
    if n := sum(one.is_unknown for one in exchange.left_out):
        tell(
            phrases(
                "{n} column is like no question of the form.",
                "{n} columns are like no question of the form.",
                n=n,
            )
        )
    _tell_unread(exchange.unread)


def _tell_balance(added: Addition, *, replace: bool) -> None:
    held = (
        phrases("{n} replaced", "{n} replaced", n=added.held)
        if replace
        else phrases("{n} there already", "{n} there already", n=added.held)
    )
    tell(
        phrase(
            "{file} was read as {format}. {rows}: {new}, {held}, {repeated}.",
            file=added.file.name,
            format=added.exchange.format,
            rows=phrases("{n} row", "{n} rows", n=added.exchange.rows),
            new=phrases("{n} new", "{n} new", n=added.new),
            held=held,
            repeated=phrases(
                "{n} repeated in the file", "{n} repeated in the file", n=added.repeated
            ),
        )
    )
    if added.differing and not replace:
        tell(
            phrases(
                "{n} that was there already is stored with other answers. Are these the same people? "
                "--replace takes the file's answers. Are they others? --part NAME tells them apart.",
                "{n} that were there already are stored with other answers. Are these the same people? "
                "--replace takes the file's answers. Are they others? --part NAME tells them apart.",
                n=added.differing,
            )
        )
    if not added.stored:
        tell(phrase("Nothing was stored: this was a dry run."))


def _tell_unread(unread: Sequence[Unread]) -> None:
    if not unread:
        return
    tell(
        phrases(
            "{n} answer could not be read and was left out:",
            "{n} answers could not be read and were left out:",
            n=len(unread),
        )
    )
    alike = list(_gathered(unread).values())
    for run in alike[:_MOST]:
        tell(
            phrase(
                "{rows}, column “{column}”: “{value}”: {why}",
                rows=_rows_of(run),
                column=run[0].column,
                value=run[0].value,
                why=run[0].why,
            )
        )
    if len(alike) > _MOST:
        n = len(alike) - _MOST
        tell(
            phrases(
                "and {n} more such value; all of them: --json",
                "and {n} more such values; all of them: --json",
                n=n,
            )
        )
    tell(phrase("A mapping settles them: --mapping FILE --replace"))


def _gathered(unread: Sequence[Unread]) -> Mapping[tuple[str, str], Sequence[Unread]]:
    """
    The same value of the same column once, with all its rows.
    """
    runs: dict[tuple[str, str], list[Unread]] = {}
    for one in unread:
        runs.setdefault((one.column, one.value), []).append(one)
    return runs


def _rows_of(run: Sequence[Unread]) -> Phrase:
    if len(run) == 1:
        return phrase("row {row}", row=run[0].row)
    return phrases(
        "row {row} and {n} more", "row {row} and {n} more", n=len(run) - 1, row=run[0].row
    )


# ── A draft ──────────────────────────────────────────────────────────────────────────────────────


def draft(
    file: Export,
    output: Annotated[
        Path, typer.Option("--output", "-o", help=said("Where to write the questionnaire."))
    ] = Path("questionnaire.xlsx"),
    language: Annotated[
        str | None,
        typer.Option(
            metavar="CODE", help=said("The language of its texts: kk, ru, en or another.")
        ),
    ] = None,
    format_key: FormatKey = None,
) -> None:
    from qulaq.survey.exchange import draft_from
    from qulaq.survey.writing import write_questionnaire

    if output.exists():
        raise Misused(
            where=str(output),
            found=phrase("the file exists already."),
            remedy=phrase("Name another with --output."),
        )
    if language is not None and not _LANGUAGE.fullmatch(language):
        raise Misused(
            where="--language",
            found=phrase("“{code}” is no code of a language.", code=language),
            remedy=phrase("Write it as kk, ru or en."),
        )
    with working(file.name):
        drafted = draft_from(file, format=format_key, language=language)
    questions = drafted.questionnaire.questions
    if not questions:
        tell(phrase("{file}: no column asks anything; nothing was written.", file=file))
        raise typer.Exit(REFUSED)
    write_questionnaire(drafted.questionnaire, output)
    typer.echo(output)
    for one in drafted.left_out:
        tell(phrase("“{column}” is left out: {why}", column=one.column.name, why=one.why))
    tell(
        phrases(
            "{n} question drafted. Look through it, add the other languages, then: {command}",
            "{n} questions drafted. Look through them, add the other languages, then: {command}",
            n=len(questions),
            command=shlex.join(["qulaq", "survey", "check", str(output)]),
        )
    )
