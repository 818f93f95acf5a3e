"""`qulaq coding assist`: a machine as one more coder, tried against people before it may propose anything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from qulaq.cli.assist_report import report
from qulaq.cli.decisions import open_decisions
from qulaq.cli.options import FirstDay, LastDay, PageIds, StudyFolder, now, read_window
from qulaq.cli.speech import said, tell, working
from qulaq.cli.tables import AsJson, Form
from qulaq.lang import phrase, phrases

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
    page: PageIds = None,
    first: FirstDay = None,
    last: LastDay = None,
    as_json: AsJson = False,
) -> None:
    from qulaq.coding.assignments import read_assignments
    from qulaq.coding.assistance.learning import learn_and_read, must_have_learner, name_model
    from qulaq.coding.assistance.material import find_texts, gather
    from qulaq.coding.assistance.outcome import judge
    from qulaq.coding.codebook import read_codebook
    from qulaq.coding.decisions import standing
    from qulaq.coding.units import find_links, find_units
    from qulaq.corpus.current import Corpus
    from qulaq.study import open_study

    must_have_learner()
    opened = open_study(study)
    opened.must_have_pages()
    codebook = read_codebook(opened.codebook)
    asked = codebook.variable(variable)
    window = read_window(opened, first=first, last=last)
    pages = tuple(dict.fromkeys(map(opened.page, page))) if page else opened.pages
    samples = read_assignments(opened.samples)
    decisions = open_decisions(opened)
    with working(str(study)) as progress, Corpus(opened, progress=progress) as corpus:
        population = find_units(corpus, asked.unit, pages=pages, window=window)
        material = gather(
            asked,
            units=list(population.names()),
            texts=find_texts(corpus, population),
            stands=standing(decisions.read(), codebook),
            samples=samples,
        )
        progress(phrase("learning from {n} coded texts", n=len(material.learnable)))
        outcome = judge(
            material,
            learn_and_read(material),
            coder=name_model(material),
            samples=samples,
            folder=opened.samples,
            least=opened.coding.least_alpha,
            ask=ask,
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
