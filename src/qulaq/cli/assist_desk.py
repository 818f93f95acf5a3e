"""What `qulaq coding assist` reads, and the two machines that it can ask."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qulaq.cli.speech import tell
from qulaq.errors import Misused
from qulaq.lang import phrase, phrases

if TYPE_CHECKING:
    from qulaq.cli.speech import Progress
    from qulaq.coding.assignments import Assignment
    from qulaq.coding.assistance.interview import Interview
    from qulaq.coding.assistance.material import Material
    from qulaq.coding.assistance.outcome import Outcome
    from qulaq.coding.assistance.remote import Model
    from qulaq.coding.codebook import Codebook, Variable
    from qulaq.coding.decisions import Decisions
    from qulaq.coding.units import Population
    from qulaq.corpus.current import Corpus
    from qulaq.study import Study

_SHOWN = 3  # texts that a dry run shows


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """
    What lies before a machine: a variable's units, and the samples that chance drew of them.
    """

    study: Study
    material: Material
    samples: tuple[Assignment, ...]


def set_desk(
    study: Study,
    corpus: Corpus,
    population: Population,
    codebook: Codebook,
    variable: Variable,
    decisions: Decisions,
) -> Desk:
    from qulaq.coding.assignments import read_assignments
    from qulaq.coding.assistance.material import find_texts, gather
    from qulaq.coding.decisions import standing

    samples = read_assignments(study.samples)
    stands = standing(decisions.read(), codebook)
    if n := stands.other_definitions.get(variable.name, 0):
        tell(
            phrases(
                "{n} decision on “{name}” was made under another definition and is not used; see same_as in codebook.toml.",
                "{n} decisions on “{name}” were made under another definition and are not used; see same_as in codebook.toml.",
                n=n,
                name=variable.name,
            )
        )
    material = gather(
        variable,
        units=list(population.names()),
        texts=find_texts(corpus, population),
        stands=stands,
        samples=samples,
    )
    return Desk(study=study, material=material, samples=samples)


def learn(desk: Desk, *, ask: int, progress: Progress) -> Outcome:
    """
    Have a model learn from what people coded.
    """
    from qulaq.coding.assistance.learning import learn_and_read, name_model
    from qulaq.coding.assistance.outcome import judge

    return judge(
        desk.material,
        learn_and_read(desk.material, progress=progress),
        coder=name_model(desk.material),
        samples=desk.samples,
        folder=desk.study.samples,
        least=desk.study.coding.least_alpha,
        ask=ask,
    )


# ── A language model ─────────────────────────────────────────────────────────────────────────────


def read_model(url: str | None, *, name: str, key_env: str, key_file: Path | None) -> Model | None:
    """
    The model that options name, None where they name none.
    """
    from qulaq.coding.assistance.remote import Model

    if url is None:
        return None
    if not name:
        raise Misused(
            where="--model-name",
            found=phrase("the model has no name."),
            remedy=phrase("Say what it is called at that address."),
        )
    key = key_file.read_text(encoding="utf-8-sig") if key_file else os.environ.get(key_env, "")
    if not key.strip().isascii() or len(key.split()) > 1:
        raise Misused(
            where="--key-file" if key_file else "--key-env",
            found=phrase("this is no key."),
            remedy=phrase("A key is one word of Latin letters, digits and signs."),
        )
    return Model(url=url, name=name, key=key.strip())


def refuse_misuse(remote: Model | None, *, dry_run: bool, ask: int, most: int | None) -> None:
    """
    Raises Misused for options that have no sense together.
    """
    if remote is None and (dry_run or most is not None):
        raise Misused(
            where="--dry-run" if dry_run else "--most",
            found=phrase("nothing leaves this machine without --model."),
            remedy=phrase("Leave it out, or name a --model."),
        )
    if remote and ask:
        raise Misused(
            where="--ask",
            found=phrase("a language model does not tell how sure it is."),
            remedy=phrase("Leave --model out: what learns from codes does."),
        )


def ask_model(desk: Desk, remote: Model, *, most: int | None, progress: Progress) -> Outcome:
    """
    Have a language model read first what it can be tried on, and the rest only where it may be used.
    """
    from qulaq.coding.assistance.interview import to_try
    from qulaq.coding.assistance.prompt import name_coder
    from qulaq.coding.assistance.remote import Connection

    interview = _interview(desk, remote)
    material = desk.material
    first = to_try(material)
    rest = [place for place in material.readable if place not in set(first)]
    limit = len(material.readable) if most is None else most
    coder = name_coder(material.variable, remote.name)
    with Connection(remote) as connection:
        interview.ask(connection, first[:limit], progress=progress)
        outcome = _judge(desk, interview, coder)
        if outcome.refusal:
            return outcome
        interview.ask(connection, rest[: max(limit - len(first), 0)], progress=progress)
    return _judge(desk, interview, coder)


def _judge(desk: Desk, interview: Interview, coder: str) -> Outcome:
    from qulaq.coding.assistance.outcome import judge

    read = len(interview.proposals) + len(interview.refused)
    return judge(
        desk.material,
        interview.proposals,
        coder=coder,
        samples=desk.samples,
        folder=desk.study.samples,
        least=desk.study.coding.least_alpha,
        complete=read == len(desk.material.readable),
        refused=len(interview.refused),
    )


def _interview(desk: Desk, remote: Model) -> Interview:
    from qulaq.coding.assistance.interview import Interview
    from qulaq.coding.assistance.prompt import instruct, name_coder
    from qulaq.coding.assistance.transcript import Transcript

    variable = desk.material.variable
    coder = name_coder(variable, remote.name)
    file = desk.study.answers / f"{variable.name}-{coder.partition(':')[2]}.jsonl.gz"
    about = {
        "coder": coder,
        "model": remote.name,
        "address": remote.url,
        "variable": variable.name,
        "fingerprint": variable.fingerprint,
        "instructions": instruct(variable),
        "temperature": 0,
    }
    return Interview(material=desk.material, transcript=Transcript(file, about))


def show_what_leaves(desk: Desk, remote: Model, *, most: int | None) -> None:
    """
    Print what a model would be told, and the first texts as they would leave.
    """
    import sys

    from qulaq.coding.assistance.interview import to_try
    from qulaq.coding.assistance.prompt import instruct, to_send

    material = desk.material
    n = min(len(material.readable), most or len(material.readable))
    sys.stdout.write(instruct(material.variable) + "\n\n")
    for place in (to_try(material) or material.readable)[:_SHOWN]:
        sys.stdout.write(to_send(material.texts[place] or "") + "\n")
    tell(
        phrase(
            "So {n} texts would go to {address}, personal data masked: phones, IINs, cards, e-mail addresses, links, @handles. Names in texts stay. Nothing was sent.",
            n=n, address=remote.url,
        )
    )  # fmt: skip
