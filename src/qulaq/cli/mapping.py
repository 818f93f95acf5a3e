"""`qulaq corpus mapping`: a mapping drafted from what a file looks like."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qulaq.cli.speech import ask, complain, said, tell, working
from qulaq.cli.tables import AsJson, Output
from qulaq.errors import Misused, SourceError
from qulaq.lang import phrase, preferred_language

if TYPE_CHECKING:
    from qulaq.corpus.drafts.description import Description
    from qulaq.corpus.drafts.lines import Draft


def mapping(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help=said("An export: CSV, XLSX, JSON, JSON lines, also packed with gzip."),
        ),
    ],
    table: Annotated[
        str | None,
        typer.Option(
            metavar="posts|comments|page_counts",
            help=said("What the rows are, where the guess is wrong."),
        ),
    ] = None,
    output: Output = None,
    as_json: AsJson = False,
) -> None:
    from qulaq.corpus.schema import RECORDS
    from qulaq.errors import UnknownName

    chosen = table.replace("-", "_") if table else None
    if chosen and chosen not in RECORDS:
        raise UnknownName.among(chosen, list(RECORDS), kind="--table")
    described, draft, toml = _draft(file, output=output, table=chosen)
    if as_json:
        typer.echo(
            json.dumps(_described(file, described, draft, toml), ensure_ascii=False, indent=2)
        )
    elif output is None:
        typer.echo(toml, nl=False)
    _tell_next(draft, file, output)


def _described(file: Path, described: Description, draft: Draft, toml: str) -> dict[str, object]:
    """
    What a file looks like and the draft, for programs; no cell of it.
    """
    sample = described.sample
    return {
        "file": str(file),
        "shape": described.shape,
        "separator": described.separator or None,
        "encoding": described.encoding or None,
        "rows": sample.n,
        "rows_counted": sample.whole,
        "records_under": sample.under or None,
        "columns": [
            {
                "name": one.name,
                "kind": one.kind,
                "means": draft.means(one.name),
                "filled": one.filled,
                "distinct": one.distinct,
                "writing": one.writing or None,
                "zone": one.zoned if one.kind == "moment" else None,
                "absent": list(one.marks),
            }
            for one in described.columns
        ],
        "table": draft.table,
        "to_fill": list(draft.to_fill),
        "mapping": toml,
    }


def offer_mapping(file: Path) -> None:
    """
    Draft a mapping beside the person, in the folder where they work, if they say yes.
    """
    target = Path(f"{file.name.partition('.')[0] or 'mapping'}.toml")
    if target.exists() or not ask(
        phrase("Draft a mapping for you to complete, in {file}?", file=target)
    ):
        return
    try:
        _, draft, _ = _draft(file, output=target, table=None)
    except (SourceError, Misused) as error:
        complain(error)
    else:
        _tell_next(draft, file, target)


def _draft(file: Path, *, output: Path | None, table: str | None) -> tuple[Description, Draft, str]:
    """
    What a file looks like, the draft of a mapping and its TOML, written to *output* where that is told.
    """
    from tempfile import TemporaryDirectory

    from qulaq.corpus.drafts.description import describe
    from qulaq.corpus.drafts.drafting import make_draft
    from qulaq.corpus.drafts.toml import check_heading, write_draft
    from qulaq.exports import open_export

    if output and output.exists():
        raise Misused(
            where=str(output),
            found=phrase("the file exists already."),
            remedy=phrase("Name another with --output."),
        )
    with TemporaryDirectory() as folder, working(file.name):
        export = open_export(file, Path(folder))
        described = describe(export)
        check_heading(export, described)
    draft = make_draft(described, table=table)
    toml = write_draft(draft, described, file, language=preferred_language())
    if output:
        output.write_text(toml, encoding="utf-8", newline="\n")
        tell(phrase("written: {file}", file=output))
    return described, draft, toml


def _tell_next(draft: Draft, file: Path, output: Path | None) -> None:
    from qulaq.corpus.drafts.toml import add_command

    command = add_command(draft, file, output or "mapping.toml")
    if draft.to_fill:
        tell(
            phrase(
                "Fill in {names} in the mapping, look through the rest, then: {command}",
                names=", ".join(draft.to_fill),
                command=command,
            )
        )
    else:
        tell(phrase("Look through the mapping, then: {command}", command=command))
