"""
Running indicators: one scan for all measures of a table, then estimates on arrays.

    compute(corpus)                                  # all indicators, the study's window
    compute(corpus, keys=["posts"], by="month")
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from qulaq.corpus.coverage import held_of_shown, read_coverage
from qulaq.corpus.current import Corpus
from qulaq.indicators.codes import columns_of, measure_alphas
from qulaq.indicators.frames import make_frame
from qulaq.indicators.model import Floats, Frame, Indicator, Lists, Stats
from qulaq.indicators.periods import By
from qulaq.indicators.results import Results, unmet_by_study
from qulaq.indicators.table import INDICATORS
from qulaq.indicators.tables import Scope, make_table
from qulaq.lang import Phrase, phrase
from qulaq.study import Window

Expression = Any  # Ibis ships no types


def compute(
    corpus: Corpus,
    *,
    keys: Sequence[str] | None = None,
    by: By | None = None,
    window: Window | None = None,
    progress: Callable[[Phrase], None] = lambda _: None,
) -> Results:
    """
    Every indicator (or those of *keys*) for every page and period, in the order of the table, the
    study's pages and time. Raises UnknownName for a key that is none, StudyError for a study without pages.
    """
    chosen = [INDICATORS.get(key) for key in (keys if keys is not None else INDICATORS.keys())]
    stats = measure(corpus, chosen, by=by, window=window, progress=progress)
    return Results(tuple(chosen), stats, corpus.study)


def measure(
    corpus: Corpus,
    chosen: Sequence[Indicator],
    *,
    by: By | None = None,
    window: Window | None = None,
    progress: Callable[[Phrase], None] = lambda _: None,
) -> Stats:
    """
    The sums of all measures of these indicators. What the study cannot measure at all is left out.
    """
    corpus.study.must_have_pages()
    window = window or corpus.study.window
    progress(phrase("reading the corpus"))
    coverage = read_coverage(corpus)
    scope = Scope(corpus=corpus, coverage=coverage, window=window, by=by, progress=progress)
    frame = make_frame(corpus.study, coverage, by=by, window=window)
    frame = _with_incomplete(scope, frame)
    coded = np.full(len(frame), corpus.codes is not None)
    frame = replace(frame, flags={**frame.flags, "coded": coded})
    columns: dict[str, Floats | Lists] = {}
    for table, values in _by_table(chosen, corpus).items():
        progress(phrase("measuring"))
        found = _measure(scope, table, values, frame)
        if both := columns.keys() & found.keys():
            raise AssertionError(f"two tables give sums of one name: {both}")
        columns.update(found)
    if corpus.codes is not None:
        columns.update(columns_of(measure_alphas(corpus.codes), len(frame)))
    return Stats(frame, columns)


# ── measuring ────────────────────────────────────────────────────────────────────────────────────

Values = Callable[[Expression], Mapping[str, Expression]]


def _by_table(chosen: Sequence[Indicator], corpus: Corpus) -> dict[str, list[Values]]:
    """
    What is asked of each table, each measure once.
    """
    asked: dict[str, list[Values]] = {}
    for indicator in chosen:
        if unmet_by_study(indicator.needs, corpus.study, coded=corpus.codes is not None):
            continue
        for one in indicator.measures:
            values = asked.setdefault(one.table, [])
            if one.values not in values:
                values.append(one.values)
    return asked


def _measure(
    scope: Scope,
    name: str,
    asked: Sequence[Values],
    frame: Frame,
) -> dict[str, Floats | Lists]:
    table = make_table(name, scope)
    sums: dict[str, Expression] = {}
    for values in asked:
        for key, value in values(table).items():
            first: Expression = sums.setdefault(key, value)
            if not first.equals(value):
                raise AssertionError(f"two measures of {name} mean different sums by {key}")
    return _aggregate(scope, table, sums, frame)


def _aggregate(
    scope: Scope, table: Expression, sums: Mapping[str, Expression], frame: Frame
) -> dict[str, Floats | Lists]:
    """
    The sums by page and period in the order of the frame; nothing where a page has no rows in a period.
    """
    rows = scope.corpus.engine.run(table.group_by("page_id", "period").aggregate(**sums))
    places = _places(rows, frame)
    inside = np.flatnonzero(places >= 0)
    order = inside[np.argsort(places[inside])]
    rows, places = rows.take(pa.array(order)), places[order]
    return {
        name: _as_lists(rows[name], places, len(frame))
        if pa.types.is_list(rows[name].type)
        else _as_numbers(rows[name], places, len(frame))
        for name in sums
    }


def _places(rows: pa.Table, frame: Frame) -> np.ndarray[Any, np.dtype[np.int64]]:
    """
    The row of the frame for each page and period, -1 where it has none. A frame lists all periods of
    its first page, then those of the second.
    """
    pages = list(dict.fromkeys(frame.pages))
    starts = list(dict.fromkeys(frame.starts))
    page = pc.index_in(rows["page_id"], pa.array(pages, pa.string()))
    start = pc.index_in(rows["period"], pa.array(starts, pa.date32()))
    place = pc.add(pc.multiply(pc.cast(page, pa.int64()), len(starts)), pc.cast(start, pa.int64()))
    return np.asarray(pc.fill_null(place, -1).to_numpy(), dtype=np.int64)


def _as_numbers(
    column: pa.ChunkedArray, places: np.ndarray[Any, np.dtype[np.int64]], size: int
) -> Floats:
    numbers = np.full(size, np.nan)
    numbers[places] = pc.cast(column, pa.float64()).to_numpy()
    return numbers


def _as_lists(
    column: pa.ChunkedArray, places: np.ndarray[Any, np.dtype[np.int64]], size: int
) -> Lists:
    whole = column.combine_chunks()
    lengths = np.zeros(size, dtype=np.int64)
    lengths[places] = pc.fill_null(pc.list_value_length(whole), 0).to_numpy(zero_copy_only=False)
    values = pc.cast(pc.list_flatten(whole), pa.float64()).to_numpy(zero_copy_only=False)
    return Lists(values, np.concatenate([[0], np.cumsum(lengths)]))


def _with_incomplete(scope: Scope, frame: Frame) -> Frame:
    """
    The frame, knowing also where posts show more comments than are held.
    """
    extents = make_table("extents", scope)
    shown = extents.filter(extents.shown.notnull())
    lacking = shown.shown.sum() - held_of_shown(shown).sum()
    sums = _aggregate(scope, shown, {"lacking": lacking}, frame)
    found = Stats(frame, sums).count("lacking") > 0
    return replace(frame, flags={**frame.flags, "incomplete": found})
