"""`qulaq indicators rank`: the places of pages by an indicator, and what places cannot say."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qulaq.cli.decisions import read_codes
from qulaq.cli.options import EngineAddress, FirstDay, LastDay, StudyFolder, read_window
from qulaq.cli.quantities import written, written_change, written_interval
from qulaq.cli.speech import said, tell, working
from qulaq.cli.tables import (
    MOST_PAGES,
    AsCsv,
    AsJson,
    AsXlsx,
    Form,
    Output,
    Sheet,
    listed_names,
    show_sheets,
    tell_more,
)
from qulaq.errors import Misused
from qulaq.lang import Sayable, formats, phrase, preferred_language, say

if TYPE_CHECKING:
    from qulaq.indicators import Contrast, Ranking
    from qulaq.indicators.comparison import RankedPage
    from qulaq.study import Study

_FIELDS = (
    "by", "from", "to", "page", "body", "platform", "value", "n", "missing", "low", "high", "rank", "rank_low",
    "rank_high", "reason", "before_from", "before_to", "change", "change_low", "change_high", "change_reason", "notes",
)  # fmt: skip
_TEST_FIELDS = (
    "quantity", "test", "between", "first", "second", "n_first", "n_second", "effect", "low", "high", "p", "p_holm",
    "reason",
)  # fmt: skip


def rank(
    study: StudyFolder,
    by: Annotated[
        str, typer.Option("--by", metavar="KEY", help=said("The indicator; see indicators list."))
    ],
    first: FirstDay = None,
    last: LastDay = None,
    tests: Annotated[
        bool, typer.Option("--tests", help=said("Add tests between pages and between networks."))
    ] = False,
    engine: EngineAddress = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    as_xlsx: AsXlsx = False,
    output: Output = None,
) -> None:
    from qulaq import indicators
    from qulaq.corpus.current import Corpus
    from qulaq.engine.opening import open_engine
    from qulaq.study import open_study

    form = Form(json=as_json, csv=as_csv, xlsx=as_xlsx, output=output)
    if form.csv and tests:
        raise Misused(
            where="--tests",
            found=phrase("a CSV file holds one table, and this would be a second."),
            remedy=phrase("Choose --xlsx or --json, or leave it out."),
        )
    opened = open_study(study)
    window = read_window(opened, first=first, last=last)
    with (
        working(str(study)) as progress,
        Corpus(
            opened, engine=open_engine(engine), codes=read_codes(opened), progress=progress
        ) as corpus,
    ):
        ranking = indicators.rank(corpus, by=by, window=window, progress=progress)
        contrasts = (
            indicators.compare_pages(corpus, window=window, progress=progress) if tests else None
        )
    _show(form, ranking, contrasts, study=opened)


def _show(form: Form, ranking: Ranking, contrasts: list[Contrast] | None, *, study: Study) -> None:
    language = preferred_language()
    told = None if contrasts is None else [one.as_json(language) for one in contrasts]
    data = {**ranking.as_json(language), "tests": told}
    if form.csv or form.xlsx:
        sheets = [Sheet(title="ranking", heading=_FIELDS, rows=_cells(data))]
        if told is not None:
            rows = [[one[name] for name in _TEST_FIELDS] for one in told]
            sheets.append(Sheet(title="tests", heading=_TEST_FIELDS, rows=rows))
    else:
        sheets = [_ranking_sheet(ranking, study)]
        sheets += [] if contrasts is None else [_tests_sheet(contrasts)]
    show_sheets(form, sheets, data=data)
    if not form.name:
        tell_more(len(ranking.pages) - MOST_PAGES)
        _tell(ranking)
        if contrasts is not None:
            _tell_tests(contrasts, study)


def _cells(data: dict[str, Any]) -> list[list[object]]:
    return [
        [
            " ".join(page["notes"]) if name == "notes" else page.get(name, data.get(name))
            for name in _FIELDS
        ]
        for page in data["pages"]
    ]


# ── the ranking ──────────────────────────────────────────────────────────────────────────────────


def _ranking_sheet(ranking: Ranking, study: Study) -> Sheet:
    title = ranking.indicator.title.to(preferred_language())
    heading = [
        said("place"), said("possible places"), said("page"), said("body"), said("network"), title, said("95 % interval"),
        said("n"), said("missing"), said("change"), said("95 % interval of the change"),
    ]  # fmt: skip
    return Sheet(
        title=title,
        heading=heading,
        rows=[_line(page, study=study) for page in ranking.pages[:MOST_PAGES]],
    )


def _line(page: RankedPage, *, study: Study) -> list[object]:
    from qulaq.study import network_name

    language, result, change = preferred_language(), page.result, page.change
    has_interval = change.low is not None and change.high is not None
    return [
        page.rank,
        f"{page.rank_low} – {page.rank_high}" if page.rank_low is not None else None,
        result.page,
        study.body(result.body).name.to(language),
        network_name(page.platform),
        said("not measurable") if result.value is None else written(result.value, result.unit),
        written_interval(result.low, result.high, result.unit),
        formats.number(result.n, language),
        formats.number(result.missing, language),
        None if change.value is None else written_change(change.value, result.unit),
        " – ".join(
            written_change(end, result.unit) for end in (change.low, change.high) if end is not None
        )
        if has_interval
        else None,
    ]


def _tell(ranking: Ranking) -> None:
    """
    What the table means, what it cannot say, and why pages are not ranked.
    """
    from qulaq.indicators.ranking import WHAT_RANKS_CANNOT_SAY

    language = preferred_language()
    indicator = ranking.indicator
    if indicator.better == "smaller":
        tell(phrase("Place 1: the smallest number."))
    else:
        tell(phrase("Place 1: the largest number."))
    _tell_notes(ranking)
    tell(WHAT_RANKS_CANNOT_SAY)
    tell(indicator.caveat)
    tell(
        phrase(
            "Changes are counted from the period before ({first} – {last}).",
            first=formats.day(ranking.before.first, language),
            last=formats.day(ranking.before.last, language),
        )
    )
    unranked = [(page.reason, page) for page in ranking.pages if page.reason is not None]
    for reason, names in _by_reason(unranked).items():
        tell(phrase("Listed, not ranked: {pages}. {reason}", pages=names, reason=reason))
    unchanged = [
        (page.change.reason, page)
        for page in ranking.pages
        if page.change.reason is not None and page.result.value is not None
    ]
    for reason, names in _by_reason(unchanged).items():
        tell(phrase("No change is given: {pages}. {reason}", pages=names, reason=reason))


def _tell_notes(ranking: Ranking) -> None:
    from qulaq.indicators import NOTES

    for note in ranking.notes:
        tell(NOTES[note])
    noted = [(NOTES[note], page) for page in ranking.pages for note in page.notes]
    for note, names in _by_reason(noted).items():
        tell(f"{names}: {note}")


def _by_reason(pages: Iterable[tuple[Sayable, RankedPage]]) -> dict[str, str]:
    """
    The pages that something is said of, once for all of them.
    """
    said_of: dict[str, list[str]] = {}
    for reason, page in pages:
        said_of.setdefault(say(reason, preferred_language()), []).append(str(page.result.page))
    return {reason: listed_names(names) for reason, names in said_of.items()}


# ── the tests ────────────────────────────────────────────────────────────────────────────────────


def _tests_sheet(contrasts: list[Contrast]) -> Sheet:
    heading = [
        said("compared"), said("test"), said("first"), said("second"), said("n of the first"), said("n of the second"),
        said("effect"), said("95 % interval"), "p", said("corrected (Holm)"),
    ]  # fmt: skip
    return Sheet(
        title=said("Tests between pages and between networks"),
        heading=heading,
        rows=[_test_line(one) for one in contrasts if one.effect is not None or one.p is not None],
    )


def _test_line(one: Contrast) -> list[object]:
    from qulaq.indicators.contrasts import QUANTITIES, TESTS

    language = preferred_language()
    first, second = _side(one.first, one), _side(one.second, one)
    return [
        QUANTITIES[one.quantity].title.to(language),
        TESTS[one.test].to(language),
        first,
        second,
        formats.number(one.n_first, language),
        formats.number(one.n_second, language),
        None if one.effect is None else written(one.effect, "ratio"),
        written_interval(one.low, one.high, "ratio"),
        _probability(one.p),
        _probability(one.p_holm),
    ]


def _side(name: str | None, one: Contrast) -> str:
    from qulaq.study import network_name

    if name is None:
        return said("all other pages")
    return network_name(name) if one.between == "networks" else name


def _probability(p: float | None) -> str | None:
    least = 0.001
    if p is None:
        return None
    if p < least:
        return "< " + formats.number(least, preferred_language(), digits=3)
    return formats.number(p, preferred_language(), digits=3)


def _tell_tests(contrasts: list[Contrast], study: Study) -> None:
    from qulaq.indicators.contrasts import MOST_PAIRED, WHAT_TESTS_CANNOT_SAY
    from qulaq.indicators.ranking import MOST_PAGES

    language = preferred_language()
    tell(
        phrase(
            "Effect: the chance that a value of the first is larger than one of the second, ties counting half; of the "
            "negative binomial model, the ratio of the means, first to second."
        )
    )
    tell(WHAT_TESTS_CANNOT_SAY)
    if len(study.pages) > MOST_PAGES:
        tell(phrase("There are more than 500 pages: only networks were tested."))
    elif len(study.pages) > MOST_PAIRED:
        tell(
            phrase(
                "There are more than 20 pages: each was tested against all others, not in pairs."
            )
        )
    untested = {say(one.reason, language): None for one in contrasts if one.reason}
    for reason in untested:
        tell(phrase("Not tested: {reason}", reason=reason))
