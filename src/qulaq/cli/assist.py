"""`qulaq coding assist`: a machine as one more coder, tried against people before it may propose anything."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qulaq.cli.assist_desk import (
    ask_model,
    learn,
    read_model,
    refuse_misuse,
    set_desk,
    show_what_leaves,
)
from qulaq.cli.assist_report import report
from qulaq.cli.decisions import open_decisions
from qulaq.cli.options import FirstDay, LastDay, PageIds, StudyFolder, now, read_window
from qulaq.cli.speech import said, tell, working
from qulaq.cli.tables import AsJson, Form
from qulaq.lang import phrases

if TYPE_CHECKING:
    from qulaq.coding.assistance.outcome import Outcome
    from qulaq.coding.decisions import Decisions


def assist(
    study: StudyFolder,
    variable: Annotated[
        str, typer.Option(metavar="NAME", help=said("Which variable of the codebook."))
    ],
    ask: Annotated[
        int,
        typer.Option(
            "--ask",
            min=0,
            metavar="N",
            help=said("List the N units of which the model is least sure, to be coded next."),
        ),
    ] = 0,
    accept: Annotated[
        bool,
        typer.Option(
            "--accept",
            help=said("Keep the proposed codes, as a machine's: they are never gold."),
        ),
    ] = False,
    model: Annotated[
        str | None,
        typer.Option(
            "--model",
            metavar="URL",
            help=said("Ask a language model at this address (as https://host/v1) instead."),
        ),
    ] = None,
    model_name: Annotated[
        str, typer.Option("--model-name", metavar="NAME", help=said("What it is called there."))
    ] = "",
    key_env: Annotated[
        str,
        typer.Option(
            "--key-env", metavar="NAME", help=said("The environment variable that holds its key.")
        ),
    ] = "QULAQ_MODEL_KEY",
    key_file: Annotated[
        Path | None,
        typer.Option("--key-file", metavar="FILE", help=said("Or a file with the key.")),
    ] = None,
    most: Annotated[
        int | None,
        typer.Option(
            "--most", min=1, metavar="N", help=said("Have it read so many texts at most.")
        ),
    ] = None,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help=said("Show what would be sent to the model; send nothing.")),
    ] = False,
    page: PageIds = None,
    first: FirstDay = None,
    last: LastDay = None,
    as_json: AsJson = False,
) -> None:
    from qulaq.coding.assistance.learning import must_have_learner
    from qulaq.coding.codebook import read_codebook
    from qulaq.coding.units import find_links, find_units
    from qulaq.corpus.current import Corpus
    from qulaq.study import open_study

    remote = read_model(model, name=model_name, key_env=key_env, key_file=key_file)
    if remote is None:
        must_have_learner()
    refuse_misuse(remote, dry_run=dry_run, ask=ask, most=most)
    opened = open_study(study)
    opened.must_have_pages()
    codebook = read_codebook(opened.codebook)
    asked = codebook.variable(variable)
    window = read_window(opened, first=first, last=last)
    pages = tuple(dict.fromkeys(map(opened.page, page))) if page else opened.pages
    decisions = open_decisions(opened)
    with working(str(study)) as progress, Corpus(opened, progress=progress) as corpus:
        population = find_units(corpus, asked.unit, pages=pages, window=window)
        desk = set_desk(opened, corpus, population, codebook, asked, decisions)
        if remote and dry_run:
            show_what_leaves(desk, remote, most=most)
            return
        outcome = (
            ask_model(desk, remote, most=most, progress=progress)
            if remote
            else learn(desk, ask=ask, progress=progress)
        )
        links = find_links(corpus, population, outcome.uncertain)
    report(outcome, links, Form(json=as_json))
    if outcome.refusal:
        raise outcome.refusal
    if accept:
        keep(outcome, decisions)


def keep(outcome: Outcome, decisions: Decisions) -> None:
    """
    Store what the machine proposes.
    """
    from qulaq.coding.assistance.proposals import as_decisions

    told = list(
        as_decisions(
            outcome.material,
            outcome.proposals,
            coder=outcome.coder,
            stored=decisions.read(),
            now=now(),
        )
    )
    decisions.append(told)
    n = sum(bool(one.codes) for one in told)
    tell(phrases("{n} code was kept as a machine's.", "{n} codes were kept as a machine's.", n=n))
