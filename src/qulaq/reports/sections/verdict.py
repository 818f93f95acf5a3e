"""The verdict on each page: the model, the evidence that it rests on, what is missing, what would change it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from qulaq.lang.formats import number
from qulaq.reports.cells import page_cell, page_column
from qulaq.reports.document import Block, Cell, Column, Paragraph, Row, Table
from qulaq.reports.scope import Scope, capitalize
from qulaq.reports.wording import verdict as words
from qulaq.verdict import UNDECIDED, Verdict
from qulaq.verdict.evidence import indicator_of
from qulaq.verdict.rules import Criterion
from qulaq.verdict.verdicts import Reason, Sensitivity

_DIGITS = 3


def show_verdict(scope: Scope) -> list[Block]:
    """
    The verdict on all pages that are told of.
    """
    verdicts = [_on(scope, page.id) for page in scope.pages]
    blocks: list[Block] = [Paragraph(text=scope.say(words.LEAD))]
    outcomes = {one.outcome for one in verdicts}
    if len(outcomes) == 1 and UNDECIDED not in outcomes:
        rule = scope.findings.rules.rule(verdicts[0].outcome)
        model, meaning = (text.to(scope.language) for text in (rule.label, rule.meaning))
        told = scope.say(words.ALL_ALIKE, model=model, meaning=meaning)
        blocks.append(Paragraph(text=told, notice=True))
    blocks.append(_pages(scope, verdicts))
    if scope.findings.few:
        blocks += [_evidence(scope, verdicts), *_sensitivity(scope, verdicts)]
    return blocks


def _on(scope: Scope, page: str) -> Verdict:
    return next(one for one in scope.findings.verdicts if one.page == page)


# ── By page ──────────────────────────────────────────────────────────────────────────────────────


def _pages(scope: Scope, verdicts: Sequence[Verdict]) -> Table:
    return Table(
        caption=scope.say(words.TABLE_OF_PAGES),
        columns=tuple(
            Column(title=scope.say(title), numeric=False)
            for title in (words.PAGE, words.OUTCOME, words.MISSING)
        ),
        rows=tuple(
            Row(
                header=page_cell(scope, page),
                cells=(Cell(text=name_outcome(scope, one)), Cell(text=_missing(scope, one))),
            )
            for page, one in zip(scope.pages, verdicts, strict=True)
        ),
    )


def name_outcome(scope: Scope, one: Verdict) -> str:
    """
    The model by its name, or those between which it is undecided.
    """
    if one.outcome == UNDECIDED:
        told = scope.say(words.OR).join(_labels(scope, one.between))
        return capitalize(scope.say(words.UNDECIDED, models=told))
    (label,) = _labels(scope, [one.outcome])
    return capitalize(label)


def _labels(scope: Scope, models: Iterable[str]) -> list[str]:
    return [scope.findings.rules.rule(one).label.to(scope.language) for one in models]


def _missing(scope: Scope, one: Verdict) -> str:
    titles = [indicator_of(key).title.to(scope.language) for key in one.missing]
    return capitalize("; ".join(titles)) if titles else scope.say(words.NOTHING)


# ── Evidence ─────────────────────────────────────────────────────────────────────────────────────


def _evidence(scope: Scope, verdicts: Sequence[Verdict]) -> Table:
    criteria = list(scope.findings.rules.criteria.values())
    return Table(
        caption=scope.say(words.EVIDENCE_TABLE),
        columns=(
            Column(title=scope.say(words.CRITERION), numeric=False),
            *(page_column(scope, page) for page in scope.pages),
        ),
        rows=tuple(
            Row(
                header=_criterion(scope, one),
                cells=tuple(_bearing(scope, verdict.reasons[place]) for verdict in verdicts),
            )
            for place, one in enumerate(criteria)
        ),
        note=scope.say(words.EVIDENCE_NOTE),
    )


def _criterion(scope: Scope, one: Criterion) -> Cell:
    limit = scope.say(words.THRESHOLD, value=_number(scope, one.at_least))
    return Cell(text=one.label.to(scope.language), details=(limit,))


def _bearing(scope: Scope, reason: Reason) -> Cell:
    told = reason.evidence
    text = scope.say(words.BEARINGS[reason.bearing]) + ("*" if reason.counts else "")
    if told.value is None:
        return Cell(text=text, missing=reason.bearing == "missing")
    details = [_number(scope, told.value)]
    if told.low is not None and told.high is not None:
        details.append(f"{_number(scope, told.low)}–{_number(scope, told.high)}")
    n = f"n\u00a0=\u00a0{number(told.n, scope.language)}"
    return Cell(text=text, details=(*details, n))


def _number(scope: Scope, value: float) -> str:
    digits = 0 if value == int(value) else _DIGITS if abs(value) < 1 else 1
    return number(value, scope.language, digits=digits)


# ── Sensitivity ──────────────────────────────────────────────────────────────────────────────────


def _sensitivity(scope: Scope, verdicts: Sequence[Verdict]) -> Iterator[Table]:
    told = {one.criterion for verdict in verdicts for one in verdict.sensitivity}
    criteria = [one for name, one in scope.findings.rules.criteria.items() if name in told]
    if criteria:
        yield Table(
            caption=scope.say(words.SENSITIVITY_TABLE),
            columns=(
                Column(title=scope.say(words.CRITERION), numeric=False),
                *(page_column(scope, page) for page in scope.pages),
            ),
            rows=tuple(
                Row(
                    header=_criterion(scope, one),
                    cells=tuple(Cell(text=_range(scope, one, verdict)) for verdict in verdicts),
                )
                for one in criteria
            ),
        )


def _range(scope: Scope, criterion: Criterion, verdict: Verdict) -> str:
    found: Sensitivity | None = next(
        (one for one in verdict.sensitivity if one.criterion == criterion.name), None
    )
    if found is None:
        return scope.say(words.ANY)
    low = None if found.lowest is None else _number(scope, found.lowest)
    high = None if found.highest is None else _number(scope, found.highest)
    if low is not None and high is not None:
        return scope.say(words.FROM_TO, low=low, high=high)
    if low is not None:
        return scope.say(words.FROM, low=low)
    return scope.say(words.UNTIL, high=high) if high is not None else scope.say(words.ANY)
