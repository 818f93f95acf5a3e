"""`qulaq corpus …`: import, show, templates, erasure."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qulaq.cli.frame import Command, Group
from qulaq.cli.mapping import offer_mapping
from qulaq.cli.options import PageId, StudyFolder, now, read_language, read_moment
from qulaq.cli.speech import can_ask, complain, said, tell, working
from qulaq.cli.tables import (
    MOST_PAGES,
    AsCsv,
    AsJson,
    AsXlsx,
    Form,
    Output,
    listed_names,
    show,
    tell_more,
)
from qulaq.errors import Misused, QulaqError, SourceError, UnknownExport
from qulaq.lang import formats, phrase, phrases, preferred_language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qulaq.corpus.intake import Order
    from qulaq.corpus.issues import Balance
    from qulaq.study import Study

app = typer.Typer(cls=Group, no_args_is_help=True, rich_markup_mode=None)

_REJECTS_SHOWN = 3


@app.command(
    cls=Command,
    help=said("Import exports and print the balance of rows.")
    + "\n\nqulaq corpus add akimats page.csv",
)
def add(
    study: StudyFolder,
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE…",
            help=said(
                "Exports: CSV, XLSX, JSON, JSON lines, also packed (gzip, xz), or a folder of JSON."
            ),
        ),
    ],
    importer: Annotated[
        str | None,
        typer.Option(
            "--as", metavar="KEY", help=said("The format, where the content does not tell it.")
        ),
    ] = None,
    page: PageId = None,
    captured: Annotated[
        str | None, typer.Option(metavar="MOMENT", help=said("When the export was made."))
    ] = None,
    knows: Annotated[
        list[str] | None,
        typer.Option(
            metavar="WORD",
            help=said(
                "What the export can know: authors, page-authors, no-authors, parents, no-parents …"
            ),
        ),
    ] = None,
    complete: Annotated[
        bool | None,
        typer.Option(
            "--complete/--incomplete",
            help=said("Whether the file holds every comment that the page showed at that moment."),
        ),
    ] = None,
    mapping: Annotated[
        Path | None, typer.Option(help=said("A mapping (TOML) of your own table's columns."))
    ] = None,
    as_json: AsJson = False,
) -> None:
    from qulaq.corpus.intake import Order
    from qulaq.study import open_study, read_words

    opened = open_study(study)
    opened.must_have_pages()
    words = tuple(word for told in knows or () for word in told.replace(",", " ").split())
    read_words(words)
    moment = read_moment("--captured", captured, opened.time_zone)
    if moment and moment > now() + timedelta(days=1):
        raise Misused(
            where="--captured",
            found=phrase("“{text}” is still to come.", text=captured),
            remedy=phrase("Give the day on which it was exported, or leave --captured out."),
        )
    order = Order(
        importer=importer,
        mapping=mapping,
        page=opened.page(page).id if page else None,
        captured=moment,
        knows=words,
        complete=complete,
        language=preferred_language(),
    )
    _check_importer(importer)
    named = _named(files)
    balances, code = _take_in_all(
        opened, named, replace(order, beside=tuple(named)), asking=not as_json and can_ask()
    )
    if any(balance.total("kept") or balance.vanished for balance in balances):
        _bring_copy_up_to_date(opened)
    if balances or as_json:
        _show_balances(balances, Form(json=as_json))
    if code:
        raise typer.Exit(code)


def _bring_copy_up_to_date(study: Study) -> None:
    from qulaq.corpus.current import Corpus

    with working(study.folder.name) as progress, Corpus(study, progress=progress):
        pass


def _check_importer(key: str | None) -> None:
    from qulaq.corpus.importers import IMPORTERS

    if key:
        IMPORTERS.get(key)


def _named(files: list[Path]) -> list[Path]:
    """
    The files; where the shell has not done so (Windows), * stands for several.
    """
    named: list[Path] = []
    for file in files:
        star = "*" in file.name and not file.exists()
        named += sorted(file.parent.glob(file.name)) or [file] if star else [file]
    return named


def _take_in_all(
    study: Study, files: list[Path], order: Order, *, asking: bool
) -> tuple[list[Balance], int]:
    """
    Import file by file; one that is refused does not keep the others out. Also the exit code.

    *asking*: of a file that no format knows a person is asked whether a mapping should be drafted.
    """
    from qulaq.corpus.intake import take_in

    balances: list[Balance] = []
    called = _names(files)
    code = 0
    for file in files:
        try:
            with working(called[file]) as progress:
                balance = take_in(study, file, order, now=now(), progress=progress)
        except (SourceError, Misused) as error:
            complain(error)
            code = max(code, 2 if isinstance(error, Misused) else 1)
            if asking and isinstance(error, UnknownExport):
                offer_mapping(file)
            continue
        balances.append(balance)
        _tell_of(balance, called[file])
        if balance.total("rejected") == balance.total("read"):
            code = max(code, 1)
    return balances, code


def _names(files: Sequence[Path]) -> dict[Path, str]:
    """
    What each file is called in messages: its name, and where others bear it too (Telegram calls every export
    "result.json"), its folder's before it.
    """
    times = Counter(file.name for file in files)
    return {
        file: file.name if times[file.name] == 1 else str(Path(file.parent.name, file.name))
        for file in files
    }


def _tell_of(balance: Balance, name: str) -> None:
    if balance.total("unchanged") and not balance.total("kept") and not balance.vanished:
        tell(phrase("{file}: nothing is new, all rows were known before.", file=name))
    for note in balance.notes:
        tell(phrase("{file}: {note}", file=name, note=note))
    if not balance.rejects:
        return
    tell(
        phrases(
            "{file}: {n} row was rejected; it is listed in {list}.",
            "{file}: {n} rows were rejected; they are listed in {list}.",
            n=len(balance.rejects),
            file=name,
            list=balance.rejects_file,
        )
    )
    for reject in balance.rejects[:_REJECTS_SHOWN]:
        where = phrase("{file}, line {line}", file=reject.file or name, line=reject.line)
        tell(
            QulaqError(where=where, found=reject.reason, remedy=reject.remedy).to(
                preferred_language()
            )
        )


def _show_balances(balances: list[Balance], form: Form) -> None:
    columns = {
        "file": said("file"), "format": said("format"), "page": said("page"), "read": said("read"),
        "kept": said("kept"), "unchanged": said("unchanged"), "rejected": said("rejected"),
    }  # fmt: skip
    if form.json:
        rows = [_as_row(balance, page) for balance in balances for page in balance.pages]
        show(form, heading=(), rows=(), data={"files": rows})
        return
    cells = [[row[name] for name in columns] for balance in balances for row in _lines_of(balance)]
    show(form, heading=list(columns.values()), rows=cells, data=None)
    for balance in balances:
        tell_more(len(balance.pages) - MOST_PAGES, options="--json")


def _lines_of(balance: Balance) -> list[dict[str, object]]:
    """
    A line for each page; of very many the first, and one for all of them.
    """
    rows = [_as_row(balance, page) for page in balance.pages[:MOST_PAGES]]
    if len(rows) == len(balance.pages):
        return rows
    counts = ("read", "kept", "unchanged", "rejected")
    every = {name: balance.total(name) for name in counts}
    page = said("all {n} pages", n=formats.number(len(balance.pages), preferred_language()))
    return [*rows, {**rows[0], "page": page, **every}]


def _as_row(balance: Balance, page: Any) -> dict[str, object]:  # noqa: ANN401  # a PageBalance, imported late
    rejected = page.rejected and balance.rejects_file
    return {
        "file": str(balance.file),
        "format": balance.format,
        **asdict(page),
        "rejects": str(balance.rejects_file) if rejected else None,
    }


@app.command(
    cls=Command,
    help=said("Bring the current copy up to date, from which all that is measured is read."),
)
def compact(
    study: StudyFolder,
    anew: Annotated[
        bool, typer.Option("--anew", help=said("Make all of it anew, whatever is there."))
    ] = False,
    as_json: AsJson = False,
) -> None:
    from qulaq.corpus.copies import remove_copy
    from qulaq.corpus.current import Corpus
    from qulaq.store import Store
    from qulaq.study import open_study

    opened = open_study(study)
    opened.must_have_pages()
    if anew:
        remove_copy(Store(opened.corpus))
    with working(str(study)) as progress, Corpus(opened, progress=progress) as corpus:
        copy = corpus.describe_copy()
    heading = [said("parts"), said("megabytes")]
    row = [copy.parts, f"{copy.bytes / 1_000_000:.1f}"]
    show(Form(json=as_json), heading=heading, rows=[row], data=asdict(copy))


@app.command(
    "formats", cls=Command, help=said("Which exports can be imported, and what each tells.")
)
def show_formats(
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    as_xlsx: AsXlsx = False,
    output: Output = None,
) -> None:
    from qulaq.corpus.importers import IMPORTERS
    from qulaq.study.networks import network_name

    language = preferred_language()
    data = [
        {
            "key": one.key,
            "title": one.title.to(language),
            "what": one.what.to(language),
            "platforms": one.platforms,
            "knows": asdict(one.knows),
            "proof": one.proof,
        }
        for one in IMPORTERS
    ]
    rows = [
        [
            one.key,
            one.title.to(language),
            ", ".join(map(network_name, one.platforms)) or said("any"),
            _AUTHORS_TOLD[one.knows.authors],
            _PROOFS[one.proof],
        ]
        for one in IMPORTERS
    ]
    heading = [
        said("key"),
        said("format"),
        said("networks"),
        said("who wrote a comment"),
        said("proven on"),
    ]
    form = Form(json=as_json, csv=as_csv, xlsx=as_xlsx, output=output)
    show(form, heading=heading, rows=rows, data={"formats": data})


_AUTHORS_TOLD = {
    "all": said("everybody"),
    "page": said("the page's own only"),
    "none": said("not told"),
}
_PROOFS = {"real files": said("real files"), "documented shape": said("documented shape")}


@app.command("show", cls=Command, help=said("What is there, and how complete."))
def show_corpus(
    study: StudyFolder,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    as_xlsx: AsXlsx = False,
    output: Output = None,
) -> None:
    from qulaq.corpus.coverage import describe, strangers
    from qulaq.corpus.current import Corpus
    from qulaq.study import open_study

    form = Form(json=as_json, csv=as_csv, xlsx=as_xlsx, output=output)
    opened = open_study(study)
    with working(str(study)) as progress, Corpus(opened, progress=progress) as corpus:
        summaries = [asdict(summary) for summary in describe(corpus)]
        unnamed = strangers(corpus)
        fingerprint, batches = corpus.store.fingerprint(), len(corpus.store.batches())
    if unnamed:
        tell(
            phrase(
                "the corpus also holds pages that study.toml does not name: {names}. Were they renamed?",
                names=listed_names(unnamed),
            )
        )
    columns = {
        "page": said("page"), "posts": said("posts"), "comments": said("comments"), "first": said("first record"),
        "last": said("last record"), "captures": said("captures"),
        "comments_captured_share": said("comments captured"), "observed_from": said("observed from"),
        "observed_to": said("observed to"),
    }  # fmt: skip
    listed = summaries if form.name else summaries[:MOST_PAGES]
    rows = [[_as_text(name, summary[name]) for name in columns] for summary in listed]
    pages = [{name: _as_json(value) for name, value in summary.items()} for summary in summaries]
    data = {"pages": pages, "batches": batches, "fingerprint": fingerprint}
    show(form, heading=list(columns.values()), rows=rows, data=data)
    if len(listed) < len(summaries):
        tell_more(len(summaries) - len(listed))
        _tell_totals(summaries)


def _tell_totals(summaries: list[dict[str, Any]]) -> None:
    """
    Of pages that are too many to be read one by one, what all of them hold together.
    """
    language = preferred_language()
    silent = sum(not one["captures"] for one in summaries)
    tell(
        phrase(
            "All {pages} pages hold {posts} posts and {comments} comments; of {silent} pages nothing was captured.",
            pages=formats.number(len(summaries), language),
            posts=formats.number(sum(one["posts"] for one in summaries), language),
            comments=formats.number(sum(one["comments"] for one in summaries), language),
            silent=formats.number(silent, language),
        )
    )


def _as_json(value: object) -> object:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _as_text(name: str, value: Any) -> object:  # noqa: ANN401  # counts, shares, days
    if name == "comments_captured_share" and value is not None:
        return formats.share(value, preferred_language())
    return _as_json(value)


@app.command(
    cls=Command, help=said("Write a sheet (XLSX) to type counts into, for studies counted by hand.")
)
def template(
    kind: Annotated[
        str, typer.Argument(metavar="posts|comments|page-counts", help=said("What is counted."))
    ],
    study: Annotated[
        Path | None, typer.Option(help=said("A study whose pages the sheet offers."))
    ] = None,
    lang: Annotated[
        str | None, typer.Option(help=said("The language of the headings: kk, ru or en."))
    ] = None,
    output: Output = None,
) -> None:
    from qulaq.corpus.template import KINDS, write_template
    from qulaq.errors import UnknownName
    from qulaq.study import open_study

    if kind not in KINDS:
        raise UnknownName.among(kind, list(KINDS), kind=phrase("sheets"))
    file = output or Path(f"{kind}.xlsx")
    if file.exists() and output is None:
        raise Misused(
            where=str(file),
            found=phrase("the file exists already."),
            remedy=phrase("Name another with --output."),
        )
    pages = open_study(study).pages if study else ()
    language = read_language(lang) if lang else preferred_language()
    write_template(kind, file, language=language, pages=[page.id for page in pages])
    typer.echo(file)


@app.command(cls=Command, help=said("Erase a person or a comment for good."))
def forget(
    study: StudyFolder,
    author: Annotated[
        str | None, typer.Option(metavar="ID", help=said("The platform's id of the person."))
    ] = None,
    handle: Annotated[
        str | None, typer.Option(metavar="NAME", help=said("The name of the person's account."))
    ] = None,
    comment: Annotated[
        str | None, typer.Option(metavar="ID", help=said("The platform's id of a comment."))
    ] = None,
) -> None:
    from qulaq.cli.decisions import forgetting_codes
    from qulaq.corpus.erasure import erase
    from qulaq.study import open_study

    if not (author or handle or comment):
        raise Misused(
            found=phrase("it is not said whom or what to forget."),
            remedy=phrase("Give --author, --handle or --comment."),
        )
    opened = open_study(study)
    with forgetting_codes(opened):
        erased = erase(opened, author=author, handle=handle, comment=comment, now=now())
    typer.echo(
        phrase(
            "Erased for good. Rows erased: {rows}; other rows from which mentions were taken out: {mentions}.",
            rows=erased.rows,
            mentions=erased.mentions,
        ).to(preferred_language())
    )
    if not erased.rows and not erased.mentions:
        tell(
            phrase(
                "Nothing of that name or id was stored; check it. It is on the stop list all the same."
            )
        )
    tell(phrase("The exports themselves are not Qulaq's: delete the person there too."))
