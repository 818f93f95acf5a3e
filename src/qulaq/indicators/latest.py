"""The newest full month beside the month before: the main numbers of every page and what has changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from qulaq.corpus.coverage import Coverage, read_coverage
from qulaq.corpus.current import Corpus
from qulaq.indicators.comparison import Change, change_between, find_unseen, read_held
from qulaq.indicators.compute import measure
from qulaq.indicators.model import Indicator, Result
from qulaq.indicators.periods import periods
from qulaq.indicators.results import Found, make_results
from qulaq.indicators.table import INDICATORS
from qulaq.lang import Phrase
from qulaq.study import Window

_FOLLOWED = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """
    One number in both months, and the one less the other.
    """

    now: Result
    before: Result
    change: Change


@dataclass(frozen=True, slots=True, kw_only=True)
class LatestMonth:
    """
    Two calendar months with their numbers by indicator and page.

    Pages in `fresh` had the comments of the newer month watched for less than a week after its end:
    answers to them may still have come.
    """

    month: Window
    before: Window
    pairs: Mapping[tuple[str, str], Pair]
    fresh: tuple[str, ...]


def describe_latest_month(
    corpus: Corpus, *, keys: Sequence[str], window: Window, pages: Collection[str]
) -> LatestMonth | None:
    """
    The newest calendar month wholly in the window that some page's captures cover to its end, told of
    these *pages*; None where there is none. The month before may lie before the window.
    """
    coverage = read_coverage(corpus)
    month = _find_newest(window, coverage)
    if month is None:
        return None
    last = month.first - timedelta(days=1)
    before = Window(first=last.replace(day=1), last=last)
    chosen = [INDICATORS.get(key) for key in keys]
    both = Window(first=before.first, last=month.last)
    stats = measure(corpus, chosen, by="month", window=both)
    held = read_held(corpus)
    pairs: dict[tuple[str, str], Pair] = {}
    for indicator in chosen:
        results = make_results(indicator, stats, study=corpus.study)
        unseen = find_unseen(held, indicator, window=month, before=before)
        reasons = dict(zip(coverage, unseen, strict=True))
        pairs |= _pair(indicator, results, {page: reasons[page] for page in pages})
    fresh = [page for page, one in coverage.items() if _is_fresh(one, month)]
    return LatestMonth(month=month, before=before, pairs=pairs, fresh=tuple(fresh))


def _find_newest(window: Window, coverage: Mapping[str, Coverage]) -> Window | None:
    ends = [
        end for one in coverage.values() for end in (one.posts_until, one.comments_until) if end
    ]
    looked = max(ends, default=date.min)
    whole = [inside for _, inside, partial in periods(window, "month") if not partial]
    return next((one for one in reversed(whole) if one.last <= looked), None)


def _pair(
    indicator: Indicator, results: Found, unseen: Mapping[str, Phrase | None]
) -> dict[tuple[str, str], Pair]:
    """
    Of the pages in *unseen*. Results come page by page, the older month first.
    """
    pairs = {}
    for row, page in enumerate(results.frame.pages[::2]):
        if page in unseen:
            then, now = results[2 * row], results[2 * row + 1]
            change = change_between(now, before=then, unseen=unseen[page])
            pairs[indicator.key, page] = Pair(now=now, before=then, change=change)
    return pairs


def _is_fresh(coverage: Coverage, month: Window) -> bool:
    until = coverage.comments_until
    return until is not None and month.last <= until < month.last + _FOLLOWED
