"""What people read out of the texts: how they coded, how far they agree, what the texts are about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from qulaq.coding.agreement import Agreement
from qulaq.coding.codebook import UNITS, Variable
from qulaq.coding.coding import ALPHA, Coding
from qulaq.coding.shares import Share, measure_shares
from qulaq.lang import say
from qulaq.lang.formats import number
from qulaq.reports.cells import indicator_line, page_column, page_table
from qulaq.reports.document import Block, Cell, Column, Paragraph, Row, Table
from qulaq.reports.findings import OF_CODES
from qulaq.reports.scope import Scope, bare, capitalize
from qulaq.reports.wording import coding as words

_DIGITS = 3


def show_coding(scope: Scope) -> list[Block]:
    """
    Nothing where nobody coded anything.
    """
    coding = scope.findings.coding
    if coding is None:
        return []
    return [
        Paragraph(text=_procedure(scope, coding)),
        *_show_agreement(scope, coding),
        *_show_shares(scope, coding),
        _show_indicators(scope),
    ]


# ── How it was done ──────────────────────────────────────────────────────────────────────────────


def _procedure(scope: Scope, coding: Coding) -> str:
    people: dict[str, set[str]] = defaultdict(set)
    for one in coding.standing.judgements():
        people[one.unit].add(one.coder)
    units = _units_by_kind(coding)
    return scope.say(
        words.PROCEDURE,
        coders=scope.count(len(set().union(*people.values())), words.CODERS),
        units=scope.join(
            scope.count(len(units[kind]), words.UNITS[kind]) for kind in UNITS if units[kind]
        ),
        twice=number(sum(len(coders) > 1 for coders in people.values()), scope.language),
        settled=number(
            sum(one.basis == "gold" for one in coding.settlement.settled), scope.language
        ),
        open=number(sum(len(one.decisions) > 1 for one in coding.settlement.open), scope.language),
    )


def _units_by_kind(coding: Coding) -> Mapping[str, set[str]]:
    units: dict[str, set[str]] = defaultdict(set)
    for one in coding.standing.decisions:
        units[coding.codebook.variable(one.variable).unit].add(one.unit)
    return units


# ── How far coders agree ─────────────────────────────────────────────────────────────────────────


def _show_agreement(scope: Scope, coding: Coding) -> Iterator[Table]:
    rows = [row for variable in coding.codebook.variables for row in _rows(scope, coding, variable)]
    if rows:
        titles = (words.TWICE, words.PERCENT, words.ALPHA, words.AC)
        yield Table(
            caption=scope.say(words.AGREEMENT_TABLE),
            columns=(
                Column(title=scope.say(words.VARIABLE), numeric=False),
                *(Column(title=scope.say(title)) for title in titles),
            ),
            rows=tuple(rows),
            note=scope.say(words.AGREEMENT_NOTE),
        )


def _rows(scope: Scope, coding: Coding, variable: Variable) -> Iterator[Row]:
    """
    A row for the variable, or one for each of its categories that somebody gave, below its name.
    """
    found: dict[str, dict[str, Agreement]] = defaultdict(dict)
    for one in coding.agreement:
        if one.variable == variable.name and one.pair is None:
            found[one.category][one.coefficient] = one
    label = variable.label.to(scope.language)
    whole = {"": found[""]} if variable.kind != "any" and "" in found else {}
    labels = {part.code: part.label.to(scope.language) for part in variable.categories}
    shown = whole or {code: found[code] for code in variable.codes if code in found}
    for place, (code, told) in enumerate(shown.items()):
        if told[ALPHA].units:
            yield Row(
                header=Cell(text=capitalize(labels[code] if code else label)),
                cells=_measured(scope, told),
                group=label if code and place == 0 else "",
            )


def _measured(scope: Scope, told: Mapping[str, Agreement]) -> tuple[Cell, ...]:
    ac = told.get("gwet_ac1") or told["gwet_ac2"]
    return (
        Cell(text=number(told[ALPHA].units, scope.language)),
        _coefficient(scope, told["percent_agreement"]),
        _coefficient(scope, told[ALPHA]),
        _coefficient(scope, ac),
    )


def _coefficient(scope: Scope, one: Agreement) -> Cell:
    if one.value is None:
        return Cell(text=scope.say(words.NOT_DEFINED), missing=True)
    ends = [
        number(end, scope.language, digits=_DIGITS)
        for end in (one.low, one.high)
        if end is not None
    ]
    return Cell(
        text=number(one.value, scope.language, digits=_DIGITS),
        details=("–".join(ends),) if ends else (),
    )


# ── What the texts are about ─────────────────────────────────────────────────────────────────────


def _show_shares(scope: Scope, coding: Coding) -> Iterator[Table]:
    shares = measure_shares(coding, pages=[page.id for page in scope.findings.study.pages])
    for variable in coding.codebook.variables:
        told = [one for one in shares if one.variable == variable.name]
        if told:
            yield _shares_table(scope, variable, told)


def _shares_table(scope: Scope, variable: Variable, shares: Sequence[Share]) -> Table:
    """
    Categories that somebody gave by page; of many pages all together only.
    """
    pages = [page for page in scope.pages if scope.findings.few]
    by_place = {(one.page, one.category): one for one in shares}
    given = [one.category for one in shares if not one.page and one.k]
    labels = {part.code: part.label.to(scope.language) for part in variable.categories}
    reasons = dict.fromkeys(say(one.reason, scope.language) for one in shares if one.reason)
    note = words.SEVERAL_CODES if variable.kind == "any" else words.ONE_CODE
    return Table(
        caption=scope.say(words.SHARES_TABLE, label=variable.label.to(scope.language)),
        columns=(
            Column(title=scope.say(words.CATEGORY), numeric=False),
            Column(title=scope.say(words.ALL_PAGES)),
            *(page_column(scope, page) for page in pages),
        ),
        rows=tuple(
            Row(
                header=Cell(text=capitalize(labels[code])),
                cells=tuple(
                    _share(scope, by_place.get((page, code)))
                    for page in ("", *(page.id for page in pages))
                ),
            )
            for code in given
        ),
        note=" ".join([scope.say(note), *reasons]),
    )


def _share(scope: Scope, one: Share | None) -> Cell:
    if one is None:
        return Cell(text="—", missing=True)
    n = f"n\u00a0=\u00a0{number(one.n, scope.language)}"
    if one.value is None or one.low is None or one.high is None:
        return Cell(text=scope.say(words.WITHHELD), details=(n,), missing=True)
    interval = f"{bare(scope.percent(one.low))}–{scope.percent(one.high)}"
    return Cell(text=scope.percent(one.value), details=(n, interval))


def _show_indicators(scope: Scope) -> Table:
    return page_table(
        scope,
        caption=words.CODED_TABLE,
        lines=[indicator_line(scope, key) for key in OF_CODES],
        looked_at=("posts", "comments"),
    )
