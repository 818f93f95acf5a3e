"""
Running indicators: one scan for all measures of a table, then estimates on arrays.

    compute(corpus)                                  # all indicators, the study's window
    compute(corpus, keys=["posts"], by="month")
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import ibis
import numpy as np
import pyarrow as pa

from qulaq.corpus.coverage import Coverage, held_of_shown, observed, read_coverage
from qulaq.corpus.current import Corpus
from qulaq.engine import as_ibis
from qulaq.indicators.model import Estimates, Flags, Frame, Indicator, Need, Result, Stats
from qulaq.indicators.periods import TRUNCATION, By, length, periods
from qulaq.indicators.table import INDICATORS
from qulaq.lang import Phrase, phrase
from qulaq.study import Study, Window

Expression = Any  # Ibis ships no types


def compute(
    corpus: Corpus,
    *,
    keys: Sequence[str] | None = None,
    by: By | None = None,
    window: Window | None = None,
    progress: Callable[[Phrase], None] = lambda _: None,
) -> list[Result]:
    """
    Every indicator (or those of *keys*) for every page and period, in the order of the table, the
    study's pages and time. Raises UnknownName for a key that is none, StudyError for a study without pages.
    """
    corpus.study.must_have_pages()
    window = window or corpus.study.window
    chosen = [INDICATORS.get(key) for key in (keys if keys is not None else INDICATORS.keys())]
    progress(phrase("reading the corpus"))
    coverage = read_coverage(corpus)
    frame = make_frame(corpus.study, coverage, by=by, window=window)
    tables = make_tables(corpus, coverage, by=by, window=window)
    progress(phrase("measuring"))
    frame = _with_incomplete(corpus, tables["extents"], frame)
    stats = {
        name: _measure(corpus, tables[name], frame, _sharing(chosen, name))
        for name in _tables_of(chosen)
    }
    bodies = {page.id: page.body for page in corpus.study.pages}
    return [
        result
        for indicator in chosen
        for result in _results(indicator, stats[indicator.measure.table], bodies)
    ]


# ── the rows to be filled ────────────────────────────────────────────────────────────────────────


def make_frame(
    study: Study, coverage: Mapping[str, Coverage], *, by: By | None, window: Window
) -> Frame:
    """
    Every page with every period, and what is known of it there.
    """
    spans = periods(window, by)
    rows = [
        (page, start, inside, partial) for page in study.pages for start, inside, partial in spans
    ]
    seen = [observed(page, coverage[page.id], inside) for page, _, inside, _ in rows]
    days = np.array([length(one) if one else 0 for one in seen], dtype=np.int64)
    whole = np.array([length(inside) for _, _, inside, _ in rows], dtype=np.int64)
    covers = [coverage[page.id] for page, _, _, _ in rows]
    return Frame(
        pages=tuple(page.id for page, _, _, _ in rows),
        starts=tuple(start for _, start, _, _ in rows),
        firsts=tuple(inside.first for _, _, inside, _ in rows),
        lasts=tuple(inside.last for _, _, inside, _ in rows),
        days=days,
        days_missing=whole - days,
        whole=by is None,
        flags={
            **_flags(covers),
            "start_assumed": _flag(
                bool(page.opened is None and cover.oldest_post and inside.first < cover.oldest_post)
                for cover, (page, _, inside, _) in zip(covers, rows, strict=True)
            ),
            "partial": _flag(partial for _, _, _, partial in rows),
            "comments_observed": _flag(
                bool(cover.comments_until and cover.comments_until >= inside.first)
                for cover, (_, _, inside, _) in zip(covers, rows, strict=True)
            ),
        },
    )


def _flags(covers: Sequence[Coverage]) -> dict[str, Flags]:
    return {
        "posts": _flag(cover.posts_until is not None for cover in covers),
        "comments": _flag(cover.comments_until is not None for cover in covers),
        "posts_inferred": _flag(cover.posts_inferred for cover in covers),
        "comments_inferred": _flag(cover.comments_inferred for cover in covers),
    }


def _flag(values: Iterable[bool]) -> Flags:
    return np.array(list(values), dtype=np.bool_)


# ── the tables to be measured ────────────────────────────────────────────────────────────────────


def make_tables(
    corpus: Corpus, coverage: Mapping[str, Coverage], *, by: By | None, window: Window
) -> dict[str, Expression]:
    """
    The corpus' tables cut to the window, with `period`, the calendar start of each row's period.
    """
    cut = {
        name: _with_period(corpus.tables[name], by, window)
        for name in ("posts", "comments", "threads", "extents")
    }
    posts, threads = cut["posts"], cut["threads"]
    cut["post_days"] = _post_days(corpus, coverage, posts, window=window)
    cut["thread_posts"] = _thread_posts(threads)
    cut["snapshots"] = _with_period(_snapshots(corpus), by, window, cut=by is not None)
    return cut


def _post_days(
    corpus: Corpus, coverage: Mapping[str, Coverage], posts: Expression, *, window: Window
) -> Expression:
    """
    Posts counted by day; `observed` tells the days of the page's observed span from others, such as those
    before the opening that the study tells.
    """
    spans = [(page.id, observed(page, coverage[page.id], window)) for page in corpus.study.pages]
    rows = [
        {"page_id": page, "first": span.first, "last": span.last} for page, span in spans if span
    ]
    schema = pa.schema([("page_id", pa.string()), ("first", pa.date32()), ("last", pa.date32())])
    corpus.engine.add_rows("observed_spans", pa.Table.from_pylist(rows, schema))
    seen = ibis.table(as_ibis(schema), name="observed_spans")
    days = posts.group_by("page_id", "period", "day").aggregate(n=posts.count())
    joined = days.left_join(seen, "page_id")
    return joined.select(
        page_id=joined.page_id,
        period=joined.period,
        n=joined.n,
        observed=joined.day.between(joined.first, joined.last).fill_null(False),
    )


def _snapshots(corpus: Corpus) -> Expression:
    """
    Every count of followers: of the page itself, and as shown when a post was published.
    """
    counts, posts = corpus.tables["page_counts"], corpus.tables["posts"]
    counts = counts.select("page_id", "day", "followers", "posts_total", moment=counts.captured_at)
    then = posts.filter(posts.followers_then.notnull())
    then = then.select("page_id", "day", followers=then.followers_then, moment=then.published_at)
    then = then.mutate(posts_total=ibis.null("int64"), at_posting=ibis.literal(True))
    return ibis.union(
        counts.mutate(at_posting=ibis.literal(False)), then.select(*counts.columns, "at_posting")
    )


def _with_period(
    table: Expression, by: By | None, window: Window, *, cut: bool = True
) -> Expression:
    """
    Without *cut*, rows outside the window stay: the nearest stands in where none lies inside.
    """
    if cut:
        table = table.filter(
            table.day.between(ibis.literal(window.first), ibis.literal(window.last))
        )
    if by is None:
        return table.mutate(period=ibis.literal(window.first).cast("date"))
    # Ibis takes a truncated day for a day, DuckDB answers with a moment: hence the two casts.
    return table.mutate(period=table.day.cast("timestamp").truncate(TRUNCATION[by]).cast("date"))


def _thread_posts(threads: Expression) -> Expression:
    """
    Citizens' threads counted by post, for comments under one post are alike: n judged, k answered.

    A thread with no answer of the body but replies by nobody knows whom cannot be judged.
    """
    threads = threads.mutate(cluster=ibis.coalesce(threads.post_id, threads.comment_id))
    by_citizen = ~threads.by_page
    answered = threads.first_reply_at.notnull()
    unsure = ~answered & (ibis.coalesce(threads.unknown_replies, 0) > 0)
    return threads.group_by("page_id", "period", "cluster").aggregate(
        n=(by_citizen & ~unsure).sum(),
        k=(by_citizen & answered).sum(),
        unknown=(threads.by_page.isnull() | (by_citizen & unsure)).sum(),
        inferred=(by_citizen & ~threads.knows_parents).sum(),
    )


# ── measuring ────────────────────────────────────────────────────────────────────────────────────


def _tables_of(indicators: Sequence[Indicator]) -> list[str]:
    return list(dict.fromkeys(indicator.measure.table for indicator in indicators))


def _sharing(indicators: Sequence[Indicator], table: str) -> list[Indicator]:
    return [indicator for indicator in indicators if indicator.measure.table == table]


def _measure(corpus: Corpus, table: Expression, frame: Frame, sharing: list[Indicator]) -> Stats:
    values: dict[str, Expression] = {}
    for indicator in sharing:
        for name, value in indicator.measure.values(table).items():
            values.setdefault(name, value)
            if not values[name].equals(value):
                raise AssertionError(
                    f"two measures of {indicator.measure.table} mean different sums by {name}"
                )
    sums = corpus.engine.run(table.group_by("page_id", "period").aggregate(**values))
    return Stats(frame, _align(sums, frame, list(values)))


def _with_incomplete(corpus: Corpus, extents: Expression, frame: Frame) -> Frame:
    """
    The frame, knowing also where posts show more comments than are held.
    """
    shown = extents.filter(extents.shown.notnull())
    sums = shown.group_by("page_id", "period").aggregate(
        lacking=shown.shown.sum() - held_of_shown(shown).sum()
    )
    lacking = Stats(frame, _align(corpus.engine.run(sums), frame, ["lacking"])).count("lacking")
    return replace(frame, flags={**frame.flags, "incomplete": lacking > 0})


def _align(sums: pa.Table, frame: Frame, names: list[str]) -> dict[str, np.ndarray[Any, Any]]:
    """
    The sums in the order of the frame; nothing where a page has no rows in a period.
    """
    places = {key: i for i, key in enumerate(zip(frame.pages, frame.starts, strict=True))}
    rows = sums.to_pydict()
    aligned: dict[str, np.ndarray[Any, Any]] = {}
    for name in names:
        column = np.full(len(frame), None, dtype=object)
        for page, start, value in zip(rows["page_id"], rows["period"], rows[name], strict=True):
            place = places.get((page, start))
            if place is not None:
                column[place] = value
        aligned[name] = column
    return aligned


# ── results ──────────────────────────────────────────────────────────────────────────────────────


def _results(indicator: Indicator, stats: Stats, bodies: dict[str, str]) -> list[Result]:
    frame = stats.frame
    with np.errstate(all="ignore"):
        estimates = indicator.estimate(stats)
    unmet = [unmet_need(indicator.needs, frame, i) for i in range(len(frame))]
    return [
        _result(
            indicator,
            estimates=estimates,
            frame=frame,
            i=i,
            unmet=unmet[i],
            body=bodies[frame.pages[i]],
        )
        for i in range(len(frame))
    ]


def unmet_need(needs: Sequence[Need], frame: Frame, i: int) -> Phrase | None:
    """
    Why a page cannot be measured in a period at all, and what would change that.
    """
    if "posts" in needs and not frame.flags["posts"][i]:
        return phrase(
            "No posts of this page have been imported; an export of its posts would make it measurable."
        )
    if "posts" in needs and not frame.days[i]:
        return phrase(
            "Nobody observed this page in the period; a later export of its posts would make it measurable."
        )
    if "comments" in needs and not frame.flags["comments"][i]:
        return phrase(
            "No comments of this page have been imported; an export of the comments under its posts, with their "
            "authors, would make it measurable."
        )
    if "comments" in needs and not frame.flags["comments_observed"][i]:
        return phrase(
            "Nobody observed the comments in the period; a later export of them would make it measurable."
        )
    return None


def _result(
    indicator: Indicator,
    *,
    estimates: Estimates,
    frame: Frame,
    i: int,
    unmet: Phrase | None,
    body: str,
) -> Result:
    value = None if unmet else _number(estimates.value[i])
    notes = (
        []
        if unmet
        else [note for note, flags in _notes(indicator, estimates, frame).items() if flags[i]]
    )
    bounded = value is not None or "bounds" in notes
    return Result(
        indicator=indicator.key,
        page=frame.pages[i],
        body=body,
        first=frame.firsts[i],
        last=frame.lasts[i],
        value=value,
        n=0 if unmet else int(estimates.n[i]),
        missing=0 if unmet or estimates.missing is None else int(estimates.missing[i]),
        low=_number(estimates.low[i]) if bounded and estimates.low is not None else None,
        high=_number(estimates.high[i]) if bounded and estimates.high is not None else None,
        unit=indicator.unit,
        base=indicator.base,
        reason=unmet or (estimates.why(i) if value is None else None),
        notes=tuple(notes),
    )


def _notes(indicator: Indicator, estimates: Estimates, frame: Frame) -> dict[str, Flags]:
    posts, comments = "posts" in indicator.needs, "comments" in indicator.needs
    own = {
        "observed_span": (frame.days_missing > 0) & posts,
        "start_assumed": frame.flags["start_assumed"] & (indicator.measure.table == "post_days"),
        "partial_period": frame.flags["partial"],
        "incomplete_threads": frame.flags["incomplete"] & ("authors" in indicator.needs),
        "capture_time_inferred": (frame.flags["posts_inferred"] & posts)
        | (frame.flags["comments_inferred"] & comments),
    }
    return {**own, **estimates.notes}


def _number(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
