"""Who is answered: persons rather than comments, and whether both languages are answered alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qulaq.indicators.languages import LanguageRate, Languages
from qulaq.lang import Text
from qulaq.lang.formats import number, share
from qulaq.reports import nouns, wording
from qulaq.reports.cells import indicator_line, page_cell, page_table, sources
from qulaq.reports.document import Block, Cell, Column, Figure, Paragraph, Picture, Row, Table
from qulaq.reports.figures import Dot, draw_dots
from qulaq.reports.findings import OF_CITIZENS
from qulaq.reports.scope import Scope, bare, capitalize
from qulaq.reports.sections.comparison import share_ticks
from qulaq.reports.wording import citizens as words
from qulaq.study import Page


def show_citizens(scope: Scope) -> list[Block]:
    lines = [indicator_line(scope, key) for key in OF_CITIZENS]
    table = page_table(
        scope,
        caption=words.TABLE,
        lines=lines,
        looked_at=("comments",),
        remarks=(words.EVENNESS,),
    )
    return [Paragraph(text=scope.say(words.LEAD)), table, *_languages(scope)]


def _languages(scope: Scope) -> list[Block]:
    found = scope.findings.languages
    known = {page: found[page.id] for page in scope.pages if found[page.id].gap.value is not None}
    if not known:
        return [Paragraph(text=scope.say(words.LANGUAGES_NONE))]
    missing = [page for page in scope.pages if page not in known]
    left_out = scope.say(words.LANGUAGES_MISSING, pages=scope.list_pages(missing))
    if not scope.findings.few:
        return [_numbers(scope, known, note=left_out if missing else "")]
    figure = Figure(
        name="languages",
        caption=scope.say(words.LANGUAGES_FIGURE),
        pictures=(_picture(scope, known),),
        note=" ".join(
            [
                _gaps(scope, known),
                scope.say(words.LANGUAGES_NOTE),
                scope.say(words.LANGUAGES_CAVEAT),
                *([left_out] if missing else []),
            ]
        ),
        source=" ".join(sources(scope, ("comments",))),
        numbers=_numbers(scope, known),
    )
    return [figure]


def _gaps(scope: Scope, known: Mapping[Page, Languages]) -> str:
    """
    The difference on each page, said below the drawing.
    """
    listed = [
        f"{scope.page_name(page)}: {scope.value(found.gap)}{_in_brackets(_ends(scope, found))}"
        for page, found in known.items()
    ]
    return scope.say(words.GAPS, list="; ".join(listed))


def _in_brackets(told: Sequence[str]) -> str:
    return f" ({'; '.join(told)})" if told else ""


def _rates(found: Languages) -> Sequence[tuple[Text, LanguageRate]]:
    both = ((words.KAZAKH, found.kazakh), (words.RUSSIAN, found.russian))
    return [(language, rate) for language, rate in both if rate is not None]


def _picture(scope: Scope, known: Mapping[Page, Languages]) -> Picture:
    alternative = " ".join(_describe(scope, page, found) for page, found in known.items())
    dots = [
        Dot(
            group=scope.page_name(page),
            name=scope.say(language),
            value=rate.share,
            low=rate.low,
            high=rate.high,
            written=share(rate.share, scope.language),
        )
        for page, found in known.items()
        for language, rate in _rates(found)
    ]
    ticks = share_ticks(scope, (dot.high or dot.value for dot in dots))
    svg = draw_dots(dots, alternative=alternative, ticks=ticks)
    return Picture(svg=svg, alternative=alternative)


def _describe(scope: Scope, page: Page, found: Languages) -> str:
    kazakh, russian = (
        scope.say(
            words.OF_LANGUAGE,
            language=scope.say(language),
            share=share(rate.share, scope.language),
            comments=scope.count(rate.n, nouns.COMMENTS),
        )
        for language, rate in _rates(found)
    )
    gap = scope.say(words.GAP_SHOWN, gap=scope.value(found.gap))
    return scope.say(
        words.LANGUAGES_SHOWN, page=scope.page_name(page), kazakh=kazakh, russian=russian, gap=gap
    )


def _numbers(scope: Scope, known: Mapping[Page, Languages], *, note: str = "") -> Table:
    """
    Behind the drawing, or in its stead where pages are many.
    """
    titles = (words.KAZAKH, words.RUSSIAN, words.GAP)
    return Table(
        caption=scope.say(words.LANGUAGES_FIGURE),
        columns=(
            Column(title=scope.say(wording.PAGE), numeric=False),
            *(Column(title=capitalize(scope.say(title))) for title in titles),
        ),
        rows=tuple(
            Row(
                header=page_cell(scope, page),
                cells=(
                    *(_rate_cell(scope, rate) for _, rate in _rates(found)),
                    Cell(text=scope.value(found.gap), details=_ends(scope, found)),
                ),
            )
            for page, found in known.items()
        ),
        note=_note_of_many(scope, note) if not scope.findings.few else "",
        wide=not scope.findings.few,
    )


def _note_of_many(scope: Scope, left_out: str) -> str:
    said = [scope.say(words.LANGUAGES_CAVEAT), left_out, *sources(scope, ("comments",))]
    return " ".join(filter(None, said))


def _ends(scope: Scope, found: Languages) -> tuple[str, ...]:
    bounds = scope.bounds(found.gap)
    return (scope.say(words.ENDS, low=bounds[0], high=bounds[1]),) if bounds else ()


def _rate_cell(scope: Scope, rate: LanguageRate) -> Cell:
    details = [f"n\u00a0=\u00a0{number(rate.n, scope.language)}"]
    if rate.low is not None and rate.high is not None:
        low, high = share(rate.low, scope.language), share(rate.high, scope.language)
        details.append(f"{bare(low)}–{high}")
    return Cell(text=share(rate.share, scope.language), details=tuple(details))
