"""`qulaq corpus unanswered` and `qulaq corpus export`: comments that leave the corpus, texts masked."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qulaq.cli.options import (
    FirstDay,
    LastDay,
    PageIds,
    StudyFolder,
    now,
    read_duration,
    read_window,
)
from qulaq.cli.speech import said, tell, working
from qulaq.cli.tables import (
    MOST_PAGES,
    AsCsv,
    AsJson,
    AsXlsx,
    Form,
    Output,
    listed_names,
    show,
)
from qulaq.errors import Misused
from qulaq.lang import Phrase, formats, phrase, phrases, preferred_language, say
from qulaq.sheets import Link

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qulaq.corpus.unanswered import Listed, Queue, Waiting
    from qulaq.study import Page, Study

_SHOWN = 100  # rows on a screen; files take them all
_TEXT_SHOWN = 80  # characters of a text
_HOURS_A_DAY = 24

_TURNS = {"first": phrase("no answer yet"), "again": phrase("wrote again")}
_ASKS = {True: phrase("yes"), False: phrase("no"), None: None}
_BUCKETS = {
    "0-1h": phrase("under 1 h"),
    "1-4h": phrase("1 to 4 h"),
    "4-8h": phrase("4 to 8 h"),
    "8-24h": phrase("8 to 24 h"),
    "1-3d": phrase("1 to 3 d"),
    "3-7d": phrase("3 to 7 d"),
    "7d+": phrase("7 d and more"),
}


def unanswered(
    study: StudyFolder,
    page: PageIds = None,
    older_than: Annotated[
        str | None,
        typer.Option(metavar="TIME", help=said("Only who waits so long: 90m, 24h, 3d.")),
    ] = None,
    asking: Annotated[
        bool, typer.Option("--asking", help=said("Only comments that seem to ask something."))
    ] = False,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    as_xlsx: AsXlsx = False,
    output: Output = None,
) -> None:
    from qulaq.corpus.current import Corpus
    from qulaq.corpus.unanswered import find_unanswered
    from qulaq.study import open_study

    form = Form(json=as_json, csv=as_csv, xlsx=as_xlsx, output=output)
    wait = read_duration("--older-than", older_than)
    opened = open_study(study)
    pages, moment = _pages(opened, page), now()
    with working(str(study)) as progress, Corpus(opened, progress=progress) as corpus:
        queue = find_unanswered(
            corpus,
            now=moment,
            pages=pages,
            older_than=wait,
            asking=asking,
            most=None if form.name else _SHOWN,
            progress=progress,
        )
    _show_waiting(queue, form)
    if len(queue.pages) > MOST_PAGES:
        _tell_of_many(queue.pages, moment)
        return
    for listed in queue.pages:
        _tell_of(listed, moment)


def _pages(study: Study, ids: list[str] | None) -> tuple[Page, ...]:
    study.must_have_pages()
    return tuple(dict.fromkeys(map(study.page, ids))) if ids else study.pages


def _show_waiting(queue: Queue, form: Form) -> None:
    waiting = queue.waiting
    if form.csv or form.xlsx or form.json:
        data = [_as_json(one) for one in waiting]
        rows = [_as_sheet_row(one, clock=form.xlsx) for one in waiting] if not form.json else []
        show(form, heading=_sheet_heading(), rows=rows, data=data)
        return
    heading = [
        said("page"), said("since"), said("waits"), said("working days"), said("answer"), said("asks"), said("text"),
        said("link"),
    ]  # fmt: skip
    show(form, heading=heading, rows=[_line(one) for one in waiting], data=None)
    if queue.n > len(waiting):
        tell(
            phrases(
                "{n} more waits; --xlsx, --csv and --json give all.",
                "{n} more wait; --xlsx, --csv and --json give all.",
                n=queue.n - len(waiting),
            )
        )


def _as_json(one: Waiting) -> dict[str, object]:
    return asdict(one) | {
        "since": one.since.isoformat(),
        "seen_until": one.seen_until.isoformat(),
        "waiting_hours": round(one.waiting_hours, 2),
    }


def _sheet_heading() -> list[str]:
    return [
        said("page"), said("body"), said("post id"), said("link of the post"), said("comment id"), said("link"),
        said("text"), said("language"), said("asks"), said("since"), said("hours"), said("working days"),
        said("waits"), said("answer"), said("last looked at"),
    ]  # fmt: skip


def _as_sheet_row(one: Waiting, *, clock: bool) -> list[object]:
    """
    A row of a sheet in the order of the heading; *clock*: moments as the body's clock shows them.
    """

    def told(moment: datetime) -> object:
        return moment.replace(tzinfo=None) if clock else moment.isoformat(sep=" ")

    return [
        one.page, one.body, one.post_id, one.post_link and Link(one.post_link), one.comment_id,
        one.link and Link(one.link), one.text, one.language, _word(_ASKS[one.asks]), told(one.since),
        round(one.waiting_hours, 1), one.working_days, _word(_BUCKETS[one.bucket]), _word(_TURNS[one.turn]),
        told(one.seen_until),
    ]  # fmt: skip


def _line(one: Waiting) -> list[object]:
    from qulaq.reports.quoting import quote_text

    return [
        one.page,
        f"{one.since:%Y-%m-%d %H:%M}",
        _word(_lasting(one.waiting_hours)),
        one.working_days,
        _word(_TURNS[one.turn]),
        _word(_ASKS[one.asks]),
        one.text and quote_text(one.text, longest=_TEXT_SHOWN),
        one.link or one.post_link,
    ]


def _word(wording: Phrase | None) -> str | None:
    return None if wording is None else say(wording, preferred_language())


def _lasting(hours: float) -> Phrase:
    if hours < 1:
        return phrase("{minutes} min", minutes=int(hours * 60))
    if hours < _HOURS_A_DAY:
        return phrase("{hours} h", hours=int(hours))
    return phrase("{days} d", days=formats.number(int(hours // _HOURS_A_DAY), preferred_language()))


def _tell_of(listed: Listed, moment: datetime) -> None:
    """
    What the list does not hold of a page, and how old it is.
    """
    if listed.reason is not None:
        tell(phrase("{page}: no list. {reason}", page=listed.page, reason=listed.reason))
        return
    if listed.seen_until is not None:
        age = (moment - listed.seen_until).total_seconds() / 3600
        tell(
            phrase(
                "{page}: last looked at {moment}, {age} ago as far as is known; answers given since are not seen.",
                page=listed.page,
                moment=f"{listed.seen_until:%Y-%m-%d %H:%M}",
                age=_lasting(max(age, 0)),
            )
        )
    if listed.unclear:
        tell(
            phrases(
                "{page}: {n} comment is left out, for nobody knows whether the body answered it.",
                "{page}: {n} comments are left out, for nobody knows whether the body answered them.",
                n=listed.unclear,
                page=listed.page,
            )
        )
    if listed.nameless:
        tell(
            phrases(
                "{page}: {n} comment is left out, for nobody knows who wrote it.",
                "{page}: {n} comments are left out, for nobody knows who wrote them.",
                n=listed.nameless,
                page=listed.page,
            )
        )


def _tell_of_many(pages: Sequence[Listed], moment: datetime) -> None:
    """
    The same of very many pages at once: what was looked at longest ago stands for all.
    """
    from qulaq.corpus.unanswered import Listed

    reasons: dict[str, list[str]] = {}
    for listed in pages:
        if listed.reason is not None:
            told = say(listed.reason, preferred_language())
            reasons.setdefault(told, []).append(listed.page)
    for reason, names in reasons.items():
        tell(phrase("{page}: no list. {reason}", page=listed_names(names), reason=reason))
    rest = [listed for listed in pages if listed.reason is None]
    looked_at = [listed.seen_until for listed in rest if listed.seen_until is not None]
    together = Listed(
        page=said("all {n} pages", n=formats.number(len(rest), preferred_language())),
        waiting=sum(listed.waiting for listed in rest),
        unclear=sum(listed.unclear for listed in rest),
        nameless=sum(listed.nameless for listed in rest),
        seen_until=min(looked_at, default=None),
        reason=None,
    )
    _tell_of(together, moment)


def export(
    study: StudyFolder,
    output: Annotated[
        Path,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help=said("The file to write; its ending says how: .csv, .xlsx, .jsonl or .parquet."),
        ),
    ],
    comments: Annotated[
        bool, typer.Option("--comments", help=said("One row for each comment."))
    ] = False,
    page: PageIds = None,
    first: FirstDay = None,
    last: LastDay = None,
) -> None:
    from qulaq.corpus.current import Corpus
    from qulaq.corpus.dataset import FORMATS, Selection, write_dataset
    from qulaq.study import open_study

    if not comments:
        raise Misused(
            found=phrase("it is not said what to export."), remedy=phrase("Give --comments.")
        )
    form = output.suffix.lower().removeprefix(".")
    if form not in FORMATS:
        raise Misused(
            where=str(output),
            found=phrase("the ending of the file does not say how to write it."),
            remedy=phrase("Known: {names}.", names=", ".join(f".{one}" for one in FORMATS)),
        )
    opened = open_study(study)
    chosen = Selection(
        pages=_pages(opened, page), window=read_window(opened, first=first, last=last)
    )
    with working(str(study)) as progress, Corpus(opened, progress=progress) as corpus:
        n = write_dataset(corpus, chosen, file=output, form=form, progress=progress)
    typer.echo(output)
    tell(phrases("{n} comment is written.", "{n} comments are written.", n=n))
