"""Indicators that need people's reading of texts: they exist, and say so until a sample is coded."""

from __future__ import annotations

import numpy as np

from qulaq.indicators.model import Better, Estimates, Indicator, Stats, Theme, Unit
from qulaq.lang import Text, phrase

NEEDS_CODING = phrase(
    "This needs coding: people read the texts and note what they are about. Coding a sample of them would make it "
    "measurable."
)
_CODED = Text(
    kk="Мәтіндерді адамдар оқып, кодтау нұсқаулығы бойынша белгілейді; олардың келісімділігі өлшенуге тиіс.",
    ru="Тексты читают и размечают люди по кодировочной книге; их согласованность должна быть измерена.",
    en="People read the texts and code them by a codebook; how far they agree must be measured.",
)


def needs_coding(
    *,
    key: str,
    theme: Theme,
    title: Text,
    question: Text,
    definition: Text,
    citation: Text,
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
        needs=("codes",),
        measures=(),
        estimate=_none_coded,
        base="coded",
        better=better,
    )


def _none_coded(stats: Stats) -> Estimates:
    # Later (coding): the sums of codes; until then compute never asks, for no study has any.
    size = len(stats.frame)
    return Estimates(value=np.full(size, np.nan), n=np.zeros(size), reason=NEEDS_CODING)
