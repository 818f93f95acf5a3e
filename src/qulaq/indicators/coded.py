"""
Indicators that need people's reading of texts: shares of coded units, given where coders agree well enough.

Krippendorff's rule of thumb (2004; as restated by Hayes & Krippendorff 2007, Communication Methods and Measures 1(1),
77-89): below .667 nothing is published, up to .800 conclusions are tentative.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import numpy as np

from qulaq.indicators.model import (
    Better,
    Estimates,
    Expression,
    Flags,
    Floats,
    Indicator,
    Measure,
    Need,
    Stats,
    Theme,
    Unit,
)
from qulaq.indicators.rates import (
    AUTHORS,
    THREADS,
    WITHHELD,
    author_notes,
    is_withheld,
    rate,
    rate_measure,
)
from qulaq.lang import Phrase, Text, phrase
from qulaq.stats.alpha_thresholds import RELIABLE_ALPHA, TENTATIVE_ALPHA
from qulaq.stats.intervals import difference, mean_t

NEEDS_CODING = phrase(
    "This needs coding: people read the texts and note what they are about. Coding a sample of them would make it "
    "measurable."
)
_NONE_CODED = phrase(
    "None of this page's texts of the period is coded for it; coding a sample of them would make it measurable."
)
_CODED = Text(
    kk="Мәтіндерді адамдар оқып, кодтау нұсқаулығы бойынша белгілейді; олардың келісімділігі өлшенуге тиіс.",
    ru="Тексты читают и размечают люди по кодировочной книге; их согласованность должна быть измерена.",
    en="People read the texts and code them by a codebook; how far they agree must be measured.",
)
Estimate = Callable[[Stats], Estimates]


def coded_indicator(
    *,
    key: str,
    theme: Theme,
    title: Text,
    question: Text,
    definition: Text,
    citation: Text,
    measures: Sequence[Measure],
    estimate: Estimate,
    needs: Sequence[Need] = (),
    unit: Unit = "share",
    caveat: Text = _CODED,
    better: Better | None = None,
) -> Indicator:
    """
    An indicator of coded texts.
    """
    return Indicator(
        key=key,
        theme=theme,
        title=title,
        question=question,
        definition=definition,
        caveat=caveat,
        citation=citation,
        unit=unit,
        needs=("codes", *needs),
        measures=tuple(measures),
        estimate=estimate,
        base="coded",
        better=better,
    )


# ── Measures ─────────────────────────────────────────────────────────────────────────────────────


def reading_measure(table: str, name: str) -> Measure:
    """
    The sums of a share of coded units, and how many of them its codes leave open.
    """
    shares = rate_measure(table, name, n=f"n_{name}", k=f"k_{name}")
    return Measure(table, partial(_with_open, name, shares.values))


def _with_open(
    name: str, values: Callable[[Expression], Mapping[str, Expression]], units: Expression
) -> Mapping[str, Expression]:
    return {**values(units), f"{name}_open": units[f"open_{name}"].sum()}


# ── Estimates ────────────────────────────────────────────────────────────────────────────────────


def coded_share(name: str) -> Estimate:
    """
    The share of coded units that a reading holds for.
    """
    return partial(_share, name)


def _share(name: str, stats: Stats) -> Estimates:
    found = rate(stats, name)
    return _published(
        stats,
        [name],
        value=found.value,
        n=found.n,
        missing=stats.count(f"{name}_open"),
        low=found.interval.low,
        high=found.interval.high,
        notes=found.notes,
    )


def coded_mean(name: str) -> Estimate:
    """
    The mean of a reading that is a number in [0, 1].
    """
    return partial(_mean, name)


def _mean(name: str, stats: Stats) -> Estimates:
    n = stats.count(f"{name}_n")
    # The square of each unit's number is the square of its cluster's: a unit is a cluster of its own here.
    mean, interval = mean_t(
        n, stats.count(f"{name}_k"), stats.count(f"{name}_k_squared"), level=stats.level
    )
    return _published(
        stats,
        [name],
        value=mean,
        n=n,
        missing=stats.count(f"{name}_open"),
        low=np.maximum(interval.low, 0.0),
        high=np.minimum(interval.high, 1.0),
        notes={},
    )


def answered_share(name: str) -> Estimate:
    """
    The share answered of citizens' comments of a coded kind.
    """
    return partial(_answered, name)


def _answered(name: str, stats: Stats) -> Estimates:
    found = rate(stats, name)
    return _published(
        stats,
        [name],
        value=found.value,
        n=found.n,
        missing=stats.count(f"{name}_open") + stats.count("coded_unjudged"),
        low=found.interval.low,
        high=found.interval.high,
        notes={**author_notes(stats), **found.notes},
        withheld=is_withheld(stats),
    )


def answered_gap(first: str, second: str) -> Estimate:
    """
    The share answered of one coded kind of comments less that of another.
    """
    return partial(_gap, first, second)


def _gap(first: str, second: str, stats: Stats) -> Estimates:
    one, other = rate(stats, first), rate(stats, second)
    interval = difference((one.value, one.interval), (other.value, other.interval))
    return _published(
        stats,
        [first, second],
        value=one.value - other.value,
        n=one.n + other.n,
        missing=stats.count(f"{first}_open") + stats.count("coded_unjudged"),
        low=interval.low,
        high=interval.high,
        notes={
            **author_notes(stats),
            "plain_interval": (one.plain | other.plain) & (one.n + other.n > 0),
        },
        withheld=is_withheld(stats),
    )


def stayed_share(stats: Stats) -> Estimates:
    """
    Of inviting posts that drew comments those under which the page answered.
    """
    found = rate(stats, "stayed")
    return _published(
        stats,
        ["inviting"],
        value=found.value,
        n=found.n,
        missing=stats.count("stayed_unjudged"),
        low=found.interval.low,
        high=found.interval.high,
        notes={**author_notes(stats), **found.notes},
        withheld=is_withheld(stats),
    )


def _published(
    stats: Stats,
    readings: Sequence[str],
    *,
    value: Floats,
    n: Floats,
    missing: Floats,
    low: Floats,
    high: Floats,
    notes: Mapping[str, Flags],
    withheld: Flags | None = None,
) -> Estimates:
    """
    The numbers where coders agree well enough on all these readings and authors are known; else the reason.
    """
    alphas = np.stack([stats.number(f"alpha_{one}") for one in readings])
    units = np.min([stats.count(f"alpha_units_{one}") for one in readings], axis=0)
    worst = np.min(np.where(np.isnan(alphas), np.inf, alphas), axis=0)
    disagree = worst < TENTATIVE_ALPHA
    hidden = np.zeros_like(disagree) if withheld is None else withheld
    held_back = disagree | hidden
    reasons: list[Phrase] = [
        WITHHELD if one else _disagree(alpha, int(twice)) if below else _NONE_CODED
        for one, below, alpha, twice in zip(hidden, disagree, worst, units, strict=True)
    ]
    some = n > 0
    return Estimates(
        value=np.where(held_back, np.nan, value),
        n=n,
        reason=reasons,
        missing=missing,
        low=np.where(held_back, np.nan, low),
        high=np.where(held_back, np.nan, high),
        notes={
            **notes,
            "coded_once": some & (units == 0),
            "agreement_undefined": some & (units > 0) & np.isinf(worst),
            "coders_tentative": some & (worst >= TENTATIVE_ALPHA) & (worst < RELIABLE_ALPHA),
        },
    )


def _disagree(alpha: float, units: int) -> Phrase:
    return phrase(
        "Coders agree too little on this (Krippendorff's alpha {alpha} over {units} units coded twice; .667 is wanted), so "
        "no share is given. A clearer definition and another coding would make it measurable.",
        alpha=f"{alpha:.3f}",
        units=units,
    )


# ── What the readings of each kind are measured by ───────────────────────────────────────────────


def _unjudged(threads: Expression) -> Mapping[str, Expression]:
    return {"coded_unjudged": threads.unjudged.sum()}


def _stayed(posts: Expression) -> Mapping[str, Expression]:
    return {"stayed_unjudged": posts.unjudged.sum()}


UNJUDGED = Measure("coded_thread_posts", _unjudged)
"""Coded comments of which it is not known whether they were answered."""
STAYED: tuple[Measure, ...] = (rate_measure("inviting_posts", "stayed"), Measure("inviting_posts", _stayed), THREADS, AUTHORS)  # fmt: skip


def of_posts(name: str) -> tuple[Measure, ...]:
    return (reading_measure("coded_posts", name),)


def of_comments(*names: str) -> tuple[Measure, ...]:
    return (*(reading_measure("coded_thread_posts", one) for one in names), UNJUDGED, THREADS, AUTHORS)  # fmt: skip


def of_replies(name: str) -> tuple[Measure, ...]:
    return (reading_measure("coded_reply_posts", name),)
