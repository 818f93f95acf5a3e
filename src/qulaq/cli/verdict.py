"""`qulaq verdict`: which of Grunig's models each page lives by, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qulaq.cli.decisions import read_codes
from qulaq.cli.options import EngineAddress, StudyFolder
from qulaq.cli.speech import said, tell, working
from qulaq.cli.tables import AsCsv, AsJson, AsXlsx, Form, Output, show
from qulaq.lang import Phrase, formats, phrase, preferred_language, say

if TYPE_CHECKING:
    from qulaq.verdict import Rules, Verdict
    from qulaq.verdict.evidence import Evidence
    from qulaq.verdict.verdicts import Reason, Sensitivity


BEARINGS = {
    "holds": phrase("yes"),
    "fails": phrase("no"),
    "open": phrase("cannot be told: the interval lies astride"),
    "missing": phrase("not measurable"),
}


def verdict(
    study: StudyFolder,
    engine: EngineAddress = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    as_xlsx: AsXlsx = False,
    output: Output = None,
) -> None:
    from qulaq.corpus.current import Corpus
    from qulaq.engine.opening import open_engine
    from qulaq.study import open_study
    from qulaq.verdict import gather_evidence, reach_verdicts, read_rules

    form = Form(json=as_json, csv=as_csv, xlsx=as_xlsx, output=output)
    opened = open_study(study)
    opened.must_have_pages()
    rules = read_rules(opened)
    with (
        working(str(study)) as progress,
        Corpus(
            opened, engine=open_engine(engine), codes=read_codes(opened), progress=progress
        ) as corpus,
    ):
        evidence = gather_evidence(corpus, progress=progress)
    verdicts = reach_verdicts(evidence, rules, opened)
    show(
        form,
        heading=[said("page"), said("body"), said("network"), said("verdict"), said("between"), said("missing")],
        rows=[_as_row(one, rules) for one in verdicts],
        data=[_as_object(one) for one in verdicts],
    )  # fmt: skip
    if not form.name:
        for one in verdicts:
            _tell_reasons(one)


def _as_row(one: Verdict, rules: Rules) -> list[object]:
    language = preferred_language()
    return [
        one.page,
        one.body,
        one.network,
        _named(one, rules),
        ", ".join(rules.rule(model).label.to(language) for model in one.between) or None,
        ", ".join(one.missing) or None,
    ]


def _named(one: Verdict, rules: Rules) -> str:
    if one.outcome == "undecided":
        return said("undecided")
    return rules.rule(one.outcome).label.to(preferred_language())


def _tell_reasons(one: Verdict) -> None:
    language = preferred_language()
    for reason in one.reasons:
        if not reason.counts:
            continue
        tell(
            phrase(
                "{page}: {criterion}? {bearing} ({value}; threshold {threshold})",
                page=one.page or "",
                criterion=reason.criterion.label.to(language),
                bearing=BEARINGS[reason.bearing],
                value=_written(reason.evidence),
                threshold=formats.number(reason.criterion.at_least, language, digits=2),
            )
        )
        if reason.bearing == "missing" and reason.evidence.reason:
            tell(reason.evidence.reason)


def _written(evidence: Evidence) -> Phrase | str:
    language = preferred_language()
    if evidence.value is None:
        return "—"
    told = formats.number(evidence.value, language, digits=3)
    if evidence.low is None or evidence.high is None:
        return f"{told}, n = {evidence.n}"
    ends = (formats.number(end, language, digits=3) for end in (evidence.low, evidence.high))
    return f"{told} [{'; '.join(ends)}], n = {evidence.n}"


def _as_object(one: Verdict) -> dict[str, object]:
    return {
        "page": one.page,
        "body": one.body,
        "network": one.network,
        "model": one.outcome,
        "between": list(one.between),
        "reasons": [_reason(reason) for reason in one.reasons]
        or [{"page": part.page, "model": part.outcome} for part in one.parts],
        "missing": [
            {"evidence": key, "reason": say(reason, preferred_language())}
            for key, reason in one.missing.items()
        ],
        "sensitivity": [_sensitivity(told) for told in one.sensitivity],
    }


def _reason(reason: Reason) -> dict[str, object]:
    told = reason.evidence
    language = preferred_language()
    return {
        "criterion": reason.criterion.name,
        "text": reason.criterion.label.to(language),
        "bearing": reason.bearing,
        "counts": reason.counts,
        "threshold": reason.criterion.at_least,
        "evidence": told.key,
        "source": told.source,
        "value": told.value,
        "low": told.low,
        "high": told.high,
        "n": told.n,
        "reason": None if told.reason is None else say(told.reason, language),
    }


def _sensitivity(told: Sensitivity) -> dict[str, object]:
    return {
        "criterion": told.criterion,
        "threshold": told.threshold,
        "lowest": told.lowest,
        "highest": told.highest,
    }
